"""Which figures of a line its evidence carries, both in the same language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from summarizer.figures.neighbours import neighbours
from summarizer.figures.values import Figure, Kind

# A number may be said with or without what it counts, but not become a date or a percentage.
_CLASSES: tuple[frozenset[Kind], ...] = (
    frozenset({"number", "measure", "age", "score", "ordinal"}),
    frozenset({"number", "money"}),
    frozenset({"number", "year"}),
    frozenset({"number", "code"}),
    frozenset({"year", "decade"}),
    frozenset({"day", "ordinal"}),
)
_Pair = tuple[Figure, Figure]


def grounded(
    figures: Sequence[Figure], evidence: Sequence[Figure], claim: str, source: str
) -> tuple[tuple[_Pair, ...], tuple[tuple[Figure, Figure | None], ...]]:
    """The figures of a line with those of the evidence that carry them, and those that nothing carries.

    With the latter comes the figure of the evidence that has the same value but counts something else, if there is one.
    """
    carried: list[_Pair] = []
    missing: list[tuple[Figure, Figure | None]] = []
    by_value: defaultdict[Decimal, list[int]] = defaultdict(list)
    for index, other in enumerate(evidence):
        for value in set(other.values):
            by_value[value].append(index)
    for figure in figures:
        places = {index for value in figure.values for index in by_value.get(value, ())}
        same = [evidence[index] for index in sorted(places) if figure.same_zeros(evidence[index])]
        fitting = [other for other in same if _compatible(figure, other)]
        if fitting:
            best = fitting[0]
            if len(fitting) > 1:
                best = max(fitting, key=lambda other: _fit(figure, other, claim, source))
            carried.append((best, figure))
        elif not figure.weak or figure.written:
            missing.append((figure, next((other for other in same if _shares_class(figure, other)), None)))
    return tuple(carried), tuple(missing)


def _compatible(figure: Figure, other: Figure) -> bool:
    if other.weak and not other.written and figure.written and (figure.kind == "age") != (other.kind == "age"):
        return False  # `a man` is no `1-year-old`
    if figure.kind == other.kind:
        return figure.unit == other.unit or not other.unit or not figure.unit
    return any(figure.kind in kinds and other.kind in kinds for kinds in _CLASSES)


def _shares_class(figure: Figure, other: Figure) -> bool:
    quantities = {"number", "percent", "points", "money", "measure"}
    return figure.kind in quantities and other.kind in quantities


def _fit(figure: Figure, other: Figure, claim: str, source: str) -> tuple[bool, int]:
    mine, its = neighbours(figure, claim), neighbours(other, source)
    return figure.kind == other.kind, len((mine[0] | mine[1]) & (its[0] | its[1]))
