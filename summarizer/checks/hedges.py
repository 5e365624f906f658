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
# English words that are read as about, and say more than: *over 40 people* may be no approximator.
_EITHER = frozenset({"over", "above"})
_DATED = frozenset({"time", "year", "day", "month"})
_NEAR = 25  # characters, at most, between a figure and an approximator behind it
_Pair = tuple[Figure, Figure]


def hedges_in_claim(claim: Claim, carried: Sequence[_Pair]) -> Iterator[Finding]:
    """Approximators of the evidence that the line drops or changes, and bounds that it adds to a number of victims."""
    deadly = read(claim.text, claim.language).has("attribution", "grave")
    for source, figure in carried:
        if source.weak or figure.weak or (source.hedge and is_emphasis(source.hedge, claim.language)):
            continue
        people = deadly and counts_people(figure, claim.text, claim.language)
        if not _lost(source, figure) and not (people and _added(source, figure) and _beside(figure, claim.text)):
            continue
        grave = source.approximator in _BOUNDS or counts_people(figure, claim.text, claim.language)
        yield _finding(claim.where, "evidence", source, "line", figure, grave=grave)


def hedges_in_pair(pair: Pair, pairs: Sequence[_Pair]) -> Iterator[Finding]:
    """Bounds of the source that the translation drops or changes, and any approximator of a number of victims."""
    grave = read(pair.source, pair.source_language).has("attribution", "grave")
    for source, figure in pairs:
        if source.weak or figure.weak:
            continue
        if source.approximator is None or not _lost(source, figure):
            if grave and _added(source, figure) and counts_people(source, pair.source, pair.source_language):
                yield from _bound_added(pair, source, figure)
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


def _bound_added(pair: Pair, source: Figure, figure: Figure) -> Iterator[Finding]:
    """A bound beside a figure that the source gives without one, in a language where that would be found."""
    if has_approximators(pair.source_language, "at_least") and _beside(figure, pair.text):
        yield _finding(pair.where, "source", source, "translation", figure, grave=True)


def _lost(source: Figure, figure: Figure) -> bool:
    """Whether the approximator is gone, bounds the figure from the other side, or no longer bounds it, or only now.

    Translators write *about* for *up to* and *as many as*.
    """
    kinds = {source.approximator, figure.approximator}
    if source.approximator is None or source.kind in _DATED:
        return False
    turned = bool(kinds & _LOWER) and bool(kinds & _UPPER)
    unsure = {source.hedge.casefold(), figure.hedge.casefold()} & _EITHER
    return figure.approximator is None or turned or ("about" in kinds and bool(kinds & _KEPT) and not unsure)


def _added(source: Figure, figure: Figure) -> bool:
    """Whether a figure has a bound that the same figure of the source has not."""
    plain = source.approximator is None and source.kind not in _DATED and source.value == figure.value
    return plain and figure.approximator in _BOUNDS


def _beside(figure: Figure, text: str) -> bool:
    """Whether no word stands between an approximator and its figure, or a unit at most, so that it belongs to it."""
    before = text[: figure.start].rstrip(" $€£¥\u00a0-")
    after = text[figure.end : figure.end + len(figure.hedge) + _NEAR]
    return before.endswith(figure.hedge) or figure.hedge in after


def _finding(where: str, one: str, source: Figure, other: str, figure: Figure, *, grave: bool) -> Finding:
    before, after = f"{source.hedge} {source.text}".strip(), f"{figure.hedge} {figure.text}".strip()
    return finding(
        "figure_approximator_lost", where, f'{one} "{before}", {other} "{after}"',
        severity="error" if grave else "warning", expected=before, found=after,
    )  # fmt: skip
