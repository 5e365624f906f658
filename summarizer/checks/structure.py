"""Checks on the shape of a draft and of a translation: counts, empty lines, evidence that is really there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summarizer.checks.codes import finding
from summarizer.checks.lines import Line
from summarizer.records import Article, Draft, Evidence, Finding, bullet_place

# Sentences that one fact needs at most: with its attribution, its denial and the names behind pronouns three or four.
_MOST_CITED = 8


def bullet_count(draft: Draft, article: Article) -> Iterator[Finding]:
    """A draft has one bullet at least, and leaves at least one sentence out where the article has several."""
    most = max(1, len(article.sentences) - 1)
    if not 1 <= len(draft.bullets) <= most:
        yield finding(
            "bullets_count",
            "bullets",
            f"a summary of this article has 1 to {most} bullets",
            found=str(len(draft.bullets)),
        )


def same_count(draft: Draft, bullets: Sequence[str]) -> Iterator[Finding]:
    """A translation has one line for each bullet of the draft."""
    if len(bullets) != len(draft.bullets):
        yield finding(
            "bullets_differ",
            "bullets",
            "not one line for each bullet",
            expected=str(len(draft.bullets)),
            found=str(len(bullets)),
        )


def empty_lines(lines: Iterable[Line]) -> Iterator[Finding]:
    """Every line has a letter or a digit."""
    for line in lines:
        if not any(map(str.isalnum, line.text)):
            yield finding("empty_text", line.where, "there is no text")


def evidence(draft: Draft, article: Article) -> Iterator[Finding]:
    """Every line cites sentences that the article has, with exactly their text, and few enough to tell something."""
    cited = [("headline", draft.headline_evidence)]
    cited += [(bullet_place(index), bullet.evidence) for index, bullet in enumerate(draft.bullets)]
    for where, items in cited:
        if not items:
            yield finding("evidence_invalid", where, "no sentence is cited")
        if len(items) > _MOST_CITED:
            detail = "more sentences than anybody will compare with one line"
            yield finding("evidence_broad", where, detail, expected=str(_MOST_CITED), found=str(len(items)))
        for item in items:
            yield from _bad_evidence(where, item, article)


def _bad_evidence(where: str, item: Evidence, article: Article) -> Iterator[Finding]:
    if not 1 <= item.sentence <= len(article.sentences):
        yield finding("evidence_invalid", where, f"the article has no sentence {item.sentence}")
        return
    sentence = article.sentences[item.sentence - 1]
    inside = sentence.start <= item.start < item.end <= sentence.end
    if not inside or article.text[item.start : item.end] != item.text:
        yield finding("evidence_invalid", where, f"the text of sentence {item.sentence} is not what is cited")
