"""Approximators beside figures: *at least 17* is not *17*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checks.codes import finding
from summarizer.checks.lines import Claim, Pair
from summarizer.checks.terms import read
from summarizer.figures import Approximator, Figure, counts_people, has_approximators
from summarizer.figures.approximators import bounded_by_verb, is_emphasis
from summarizer.records import Finding

# Translators of news keep these; "about" and "up to" they often leave out, and must not where people died.
_KEPT: frozenset[Approximator] = frozenset({"at_least", "more_than", "less_than"})
_BOUNDS: frozenset[Approximator] = frozenset({"at_least", "more_than", "at_most", "less_than"})
_LOWER: frozenset[Approximator] = frozenset({"at_least", "more_than"})
_UPPER: frozenset[Approximator] = frozenset({"at_most", "less_than", "nearly"})
_NEAR = 25  # characters, at most, between a figure and an approximator behind it
_Pair = tuple[Figure, Figure]


def hedges_in_claim(claim: Claim, carried: Sequence[_Pair]) -> Iterator[Finding]:
    """Approximators of the evidence that the line drops or turns round."""
    for source, figure in carried:
        if source.weak or figure.weak or not _lost(source, figure) or is_emphasis(source.hedge, claim.language):
            continue
        grave = source.approximator in _BOUNDS or counts_people(figure, claim.text, claim.language)
        yield _finding(claim.where, "evidence", source, "line", figure, grave=grave)


def hedges_in_pair(pair: Pair, pairs: Sequence[_Pair]) -> Iterator[Finding]:
    """Bounds of the source that the translation drops or turns round, and any approximator of a number of victims."""
    grave = read(pair.source, pair.source_language).has("attribution", "grave")
    for source, figure in pairs:
        if source.weak or figure.weak or source.approximator is None or not _lost(source, figure):
            continue
        victims = grave and counts_people(source, pair.source, pair.source_language)
        if source.approximator not in _KEPT and not victims:
            continue
        if figure.approximator is not None and not _beside(figure, pair.text):
            continue  # a word further away may belong to something else
        if bounded_by_verb(source.hedge, pair.source_language, pair.text[figure.end :], pair.language):
            continue
        if has_approximators(pair.language, source.approximator) and _beside(source, pair.source):
            yield _finding(pair.where, "source", source, "translation", figure, grave=True)


def _lost(source: Figure, figure: Figure) -> bool:
    """Whether the approximator is gone, or bounds the figure from the other side."""
    kinds = {source.approximator, figure.approximator}
    if source.approximator is None or source.kind in {"time", "year", "day", "month"}:
        return False
    return figure.approximator is None or (bool(kinds & _LOWER) and bool(kinds & _UPPER))


def _beside(figure: Figure, text: str) -> bool:
    """Whether no word stands between an approximator and its figure, or a unit at most, so that it belongs to it."""
    before = text[: figure.start].rstrip(" $€£¥\u00a0-")
    after = text[figure.end : figure.end + len(figure.hedge) + _NEAR]
    return before.endswith(figure.hedge) or figure.hedge in after


def _finding(where: str, one: str, source: Figure, other: str, figure: Figure, *, grave: bool) -> Finding:
    before, after = f"{source.hedge} {source.text}", f"{figure.hedge} {figure.text}".strip()
    return finding(
        "figure_approximator_lost", where, f'{one} "{before}", {other} "{after}"',
        severity="error" if grave else "warning", expected=before, found=after,
    )  # fmt: skip
