"""The extractive writer: a draft made of the article's own sentences."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.content import terms
from summarizer.errors import InputError
from summarizer.offline.headline import headline
from summarizer.offline.rank import TermVectors, choose, relevance
from summarizer.offline.standing import headings, proportions, soundness
from summarizer.records import Article, Bullet, Draft


def draft(article: Article, *, max_bullets: int = 4) -> Draft:
    """A headline and up to `max_bullets` sentences of the article, word for word.

    At most half of the sentences become bullets, and at least one does; those that carry the headline come before
    others. Bullets stand in the article's order, because news is told with the most newsworthy first. A bullet's text
    is its evidence. The same article always gives the same draft.

    Raises:
        InputError: the article has no sentence.
    """
    if not article.sentences:
        raise InputError(article.source, "the article has no sentence")
    line, carriers = headline(article)
    return Draft(
        language=article.language,
        headline=line,
        headline_evidence=article.evidence(index + 1 for index in sorted(carriers)),
        bullets=tuple(_bullet(article, index) for index in _newsworthy(article, line, carriers, max_bullets)),
    )


def _newsworthy(article: Article, line: str, carriers: Sequence[int], most: int) -> list[int]:
    """The indexes (from 0) of the sentences that become bullets, in order."""
    sentences, language = article.sentence_texts(), article.language
    vectors = TermVectors.of(sentences, language)
    parts = zip(relevance(vectors, terms(line, language)), proportions(sentences), sentences, strict=True)
    worth = [relevant * proportion * soundness(sentence, language) for relevant, proportion, sentence in parts]
    for index in headings(article):
        worth[index] = 0.0
    half = (len(sentences) + 1) // 2
    return choose(vectors, worth, max(1, min(most, half)), given=carriers)


def _bullet(article: Article, index: int) -> Bullet:
    evidence = article.evidence([index + 1])
    return Bullet(text=evidence[0].text, evidence=evidence)
