"""A headline from the article's own words: its title, or its lead, shortened where that is safe."""

from __future__ import annotations

from collections.abc import Collection

from summarizer.content import is_figure, terms
from summarizer.offline.clauses import shorten
from summarizer.offline.standing import asks, headings, soundness
from summarizer.records import Article

# An article carries a title if this share of the title's terms stands in so many sentences: that admits 93 % of the
# headlines of ntrex-dev, documents 1 to 40, in 34 languages, and 3 % of those of other articles.
_CARRIED, _CARRIERS = 1 / 3, 3
# A further sentence is cited only for so many further terms; a figure is worth as many.
_GAIN = 2


def headline(article: Article) -> tuple[str, tuple[int, ...]]:
    """The headline, and the indexes (from 0) of the sentences that carry it, the one that carries most first.

    The title serves if it is no question and the article carries it, all its figures included; else the first sentence
    that can stand alone. Either is shortened to the language's headline length, as far as that is safe.
    """
    title = (article.title or "").strip()
    carriers = () if asks(title) else carriers_of(title, article)
    if carriers:
        return shorten(title, article.language), carriers
    lead = _lead(article)
    return shorten(article.sentence_texts()[lead], article.language), (lead,)


def carriers_of(title: str, article: Article) -> tuple[int, ...]:
    """The fewest sentences that share the title's terms, as indexes from 0; none if the article does not carry it."""
    wanted = frozenset(terms(title, article.language))
    shared = _shared(wanted, article)
    missing, carriers = wanted, list[int]()
    while shared and len(carriers) < _CARRIERS:
        best = max(shared, key=lambda index: (shared[index][1] * _gain(shared[index][0] & missing), -index))
        gain = shared[best][0] & missing
        if _gain(gain) < (_GAIN if carriers else 1):
            break
        missing -= gain
        carriers.append(best)
    carried = len(missing) <= (1 - _CARRIED) * len(wanted) and not any(map(is_figure, missing))
    return tuple(carriers) if carried else ()


def _shared(wanted: Collection[str], article: Article) -> dict[int, tuple[frozenset[str], float]]:
    """By index, what each sentence shares with the title and how well it stands alone; headings are left out."""
    skipped = headings(article)
    return {
        index: (frozenset(terms(text, article.language)).intersection(wanted), soundness(text, article.language))
        for index, text in enumerate(article.sentence_texts())
        if index not in skipped
    }


def _gain(found: Collection[str]) -> int:
    return sum(_GAIN if is_figure(term) else 1 for term in found)


def _lead(article: Article) -> int:
    """The first sentence without a flaw, else the first that is no heading, else the first."""
    sentences, skipped = article.sentence_texts(), headings(article)
    rest = [index for index in range(len(sentences)) if index not in skipped] or [0]
    return next((index for index in rest if soundness(sentences[index], article.language) == 1.0), rest[0])
