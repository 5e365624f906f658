"""Figures in digits, where the number words of a language are not known, nor all of its words for units and scales."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from summarizer.figures.matching import MANY, Matched, matched
from summarizer.figures.units import UNITS, converted
from summarizer.figures.values import Figure, Kind

# Below it, and of larger ones those with one digit before their zeros, or one and a half, people write in words.
_IN_WORDS, _TEN, _AND_A_HALF = 100, 10, frozenset({15, 25})
_ASIAN = tuple(map(Decimal, (10**4, 10**5, 10**7)))  # myriad, lakh, crore: CLDR does not have them all
_IN_WORDS_TOO: frozenset[Kind] = frozenset({"decade", "century"})
_NUMBERS: frozenset[Kind] = frozenset({"number", "measure", "score"})
_HOUR, _NOON, _DAY = 60, 12, 24
# Units that are everybody's, so that nobody converts them, and into which the others are.
_METRIC = ("mm", "cm", "m", "km", "m2", "km2", "hectare", "kg", "tonne", "litre", "kmh", "celsius")


def changed_digits(source: Sequence[Figure], target: Sequence[Figure], *, spelt: tuple[bool, bool]) -> Matched:
    """The figures in digits of two texts that have no counterpart, without those that may be there in words.

    `spelt` tells of each text whether its number words are known. One figure of each text that is left is one that was
    changed, whatever its size.
    """
    found = matched(source, target, foreign=True)
    lost = [figure for figure in found.lost if figure.written and figure.kind not in _IN_WORDS_TOO]
    clock = {part for figure in source if figure.kind == "time" for part in _parts_of_time(figure)}
    added = [figure for figure in found.added if figure.written and figure.value not in clock | {Decimal(1)}]
    for one in tuple(lost) if max(len(lost), len(added)) <= MANY else ():
        same = next((other for other in added if _may_be(one, other) or _may_be(other, one)), None)
        if same is not None or (_is_customary(one) and not added):
            lost.remove(one)
        if same is not None:
            added.remove(same)
    if not len(lost) == len(added) == 1:
        lost, added = (
            [figure for figure in left if known or not may_be_in_words(figure)]
            for left, known in zip((lost, added), reversed(spelt), strict=True)
        )
    return Matched((), tuple(lost), tuple(added))


def may_be_in_words(figure: Figure) -> bool:
    """Whether people may write a figure in words: hours, and 17, a hundred, three billion, one and a half million."""
    whole = figure.value % 1 == 0
    said = int("".join(map(str, figure.value.normalize().as_tuple().digits)))
    small = said < _TEN or said in _AND_A_HALF or (whole and figure.value < _IN_WORDS)
    return figure.kind == "time" or small


def same_digits(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same, as far as words for millions and the like are known."""
    scales_differ = one.exponent and other.exponent and one.exponent != other.exponent
    return not scales_differ and not _digits_of(one).isdisjoint(_digits_of(other))


def _parts_of_time(time: Figure) -> Iterator[Decimal]:
    """The hours and minutes of a time as other languages may write them: `3 p.m.` is `15.00`."""
    for minutes in time.values:
        hour = minutes // _HOUR
        yield from (hour, (hour + _NOON) % _DAY, minutes % _HOUR)


def _digits_of(figure: Figure) -> set[Decimal]:
    return {value.scaleb(-figure.exponent).normalize() for value in (*figure.values, *figure.foreign)}


def _may_be(one: Figure, other: Figure) -> bool:
    """Whether two figures have the same digits, or a number is what a measure is in some metric unit."""
    if same_digits(one, other) or any(one.value == other.value * scale for scale in _ASIAN):
        return True
    units = _METRIC if _is_customary(one) and other.kind in _NUMBERS else ()
    return any(converted(one, other._replace(kind="measure", unit=unit)) for unit in units)


def _is_customary(figure: Figure) -> bool:
    """Whether a figure is a measure in feet, pounds or the like, or in degrees of any scale."""
    return figure.unit == "degree" or (figure.unit in UNITS and figure.unit not in _METRIC)
