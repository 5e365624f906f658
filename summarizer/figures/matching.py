"""Which figure of one text stands for which figure of another."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from summarizer.figures.units import UNITS, converted, misconverted, roughly_converted
from summarizer.figures.values import Figure, Kind

MANY = 60  # figures of a line, above which they are compared by their values alone
_HALF_HOUR = 30
_HALF_DAY, _DAY = 720, 1440
_HOURS, _HOUR = 24, 60
_MINUTE_PLACES = -2  # of a decimal that is a time
_TEN, _CENTURY = 10, 100  # years of a decade and a century
_SLIP = 6  # the closeness of a measure and another that is nearly the same, but no rounding of it
_BY_CHANCE = 7  # of equal numbers in two units: `1 to 2 feet, 50 to 60 mph` has 60 cm and 97 km/h
_DECADE = frozenset({_TEN - 1, _TEN})
_YEAR_AND_A_HALF = Decimal("1.5"), Decimal(18)  # months
_ASIDE = 15  # characters, at most, between a measure and the same in another unit
_FIRST_CENTURY = 1000  # that is called so
_PLACES: frozenset[Kind] = frozenset({"number", "ordinal"})
_DATED: frozenset[Kind] = frozenset({"day", "month"})
_NUMBERS = re.compile(r"\d+")
_Pair = tuple[Figure, Figure]


class Matched(NamedTuple):
    """Figures of two texts that stand for each other, and those that have no counterpart."""

    pairs: tuple[tuple[Figure, Figure], ...]
    lost: tuple[Figure, ...]
    added: tuple[Figure, ...]

    def unpaired(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures of one of the texts without a counterpart, weak ones among them."""
        paired = {id(figure) for pair in self.pairs for figure in pair}
        return [figure for figure in figures if id(figure) not in paired]


def matched(source: Sequence[Figure], target: Sequence[Figure], *, foreign: bool = False) -> Matched:
    """The counterparts among the figures of two texts: the closest first, each figure once, weak ones only if needed.

    With `foreign`, numbers of the target may be read by the separators of other languages too; those of the source
    always are. Of `MANY` figures the values alone decide, so that a table in one line takes no seconds.
    """
    if max(len(source), len(target)) > MANY:
        return _by_value(source, target)
    ways = sorted(
        (closeness, abs(first / len(source) - second / len(target)), first, second)
        for first, one in enumerate(source)
        for second, other in enumerate(target)
        if (closeness := _closeness(one, other, foreign=foreign)) is not None
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, first, second in ways:
        if first not in partner and second not in taken:
            partner[first] = second
            taken.add(second)
    pairs = _in_order([(source[first], target[second]) for first, second in sorted(partner.items())])
    left = [figure for index, figure in enumerate(source) if index not in partner]
    more = [figure for index, figure in enumerate(target) if index not in taken]
    left, more = _without_parts(left, more)
    more, left = _without_parts(more, left)
    lost = tuple(figure for figure in left if not figure.weak)
    added = tuple(figure for figure in more if not figure.weak)
    added = tuple(figure for figure in added if not (figure.kind == "century" and _among(figure, source, foreign)))
    if lost and added:
        found = list(_borrowing(lost, added, pairs))
        lost = tuple(figure for figure in lost if not any(figure is one for one, _ in found))
        added = tuple(figure for figure in added if not any(figure is other for _, other in found))
        pairs = (*pairs, *found)
    added = tuple(figure for figure in added if not _ends_decade(figure, source))
    new = {figure.unit for figure in added}
    lost = tuple(figure for figure in lost if figure.unit in new or not _is_said_otherwise(figure, pairs))
    if not lost or not added:  # said twice in one text, once in the other
        lost = tuple(figure for figure in lost if not _among(figure, target, foreign))
        added = tuple(figure for figure in added if not _among(figure, source, foreign) or _is_slip(figure, source))
    return Matched(pairs, lost, added)


def _by_value(source: Sequence[Figure], target: Sequence[Figure]) -> Matched:
    """The first figures of the same values in the order of both texts."""
    places: defaultdict[Decimal, deque[int]] = defaultdict(deque)
    for index, figure in enumerate(target):
        for value in figure.values:
            places[value].append(index)
    pairs, lost, taken = [], [], set[int]()
    for figure in source:
        same = next((place for value in (*figure.values, *figure.foreign) if (place := places[value])), None)
        while same and same[0] in taken:
            same.popleft()
        if same:
            taken.add(same[0])
            pairs.append((figure, target[same.popleft()]))
        elif not figure.weak:
            lost.append(figure)
    added = tuple(figure for index, figure in enumerate(target) if index not in taken and not figure.weak)
    return Matched(tuple(pairs), tuple(lost), added)


def _is_said_otherwise(figure: Figure, pairs: Sequence[tuple[Figure, Figure]]) -> bool:
    """Whether a figure of the source is there in another unit too, as the translation has it: `14F (minus 10C)`."""
    return any(
        0 < twin.start - figure.end <= _ASIDE and twin.value == other.value and converted(figure, twin)
        for twin, other in pairs
    )


def _in_order(pairs: list[_Pair]) -> tuple[_Pair, ...]:
    """The pairs, those of equal figures in the order of both texts: `6-4, 7-6` has two sixes, which cannot be told."""
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for index, (one, other) in enumerate(pairs):
        alike[tuple((side.kind, side.values, side.weak, side.approximator) for side in (one, other))].append(index)
    ordered = list(pairs)
    for places in alike.values():
        others = sorted((pairs[index][1] for index in places), key=_place)
        for index, other in zip(places, others, strict=True):
            ordered[index] = (pairs[index][0], other)
    return tuple(ordered)


def _place(figure: Figure) -> int:
    return figure.start


def _without_parts(left: Sequence[Figure], others: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures of two texts without times whose numbers the other has one by one: `2:03:11` and `2 h 3 m 11 s`.

    Those may be durations, or scores that a language writes with a colon.
    """
    kept, rest = [], list(others)
    for figure in left:
        numbers = [Decimal(number) for number in _NUMBERS.findall(figure.text)] if figure.kind == "time" else []
        enough = len(numbers) > figure.written  # `két óra 48 perc` has its hours in words
        parts = _parts([number for number in numbers if number], rest) if enough else []
        if parts:
            rest = [other for other in rest if other not in parts]
        else:
            kept.append(figure)
    return kept, rest


def _parts(numbers: Sequence[Decimal], others: Sequence[Figure]) -> list[Figure]:
    """A figure for each of the numbers, none where one has none."""
    found: list[Figure] = []
    for number in numbers:
        part = next((other for other in others if number in other.values and other not in found), None)
        if part is None:
            return []
        found.append(part)
    return found


def _borrowing(
    lost: Sequence[Figure], added: Sequence[Figure], pairs: Sequence[tuple[Figure, Figure]]
) -> Iterator[tuple[Figure, Figure]]:
    """Numbers that are the same in the units of a pair that was converted, where one text or both leave them out.

    `113 degrees Fahrenheit, and 110 before`; `24 chilometri, 13 dei quali`.
    """
    units = {
        (one.unit, other.unit)
        for one, other in pairs
        if (one.unit != other.unit or one.value not in other.values) and converted(one, other)
    }
    known = {"", "degree", *(unit for _, unit in units)}
    for one, other in product(lost, added):
        for unit, wanted in units if other.unit in known else ():
            if not (one.kind == "number" or (one.unit == unit and other.kind == "number")):
                continue
            first, second = one._replace(unit=unit), other._replace(unit=other.unit or wanted)
            if converted(first, second) and (one.kind == "decade" or not roughly_converted(first, second)):
                yield one, other
                break


def _ends_decade(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether a figure is where an age in the other text ends: `in their 40s` is from 40 to 49, or to 50."""
    return figure.kind in {"age", "number"} and any(
        other.kind == "decade" and other.value < _CENTURY and figure.value - other.value in _DECADE for other in others
    )


def _is_slip(figure: Figure, source: Sequence[Figure]) -> bool:
    """Whether a measure repeats one of the source in another unit, and gets it wrong: `200 miles (329 km)`."""
    return figure.kind == "measure" and any(
        other.kind == "measure" and converted(other, figure) and misconverted(other, figure) for other in source
    )


def _among(figure: Figure, others: Sequence[Figure], foreign: bool) -> bool:
    return any(_within(other, figure) or _within(figure, other) for other in others) or any(
        (figure.kind == other.kind or not {figure.kind, other.kind} & _DATED)
        and _closeness(figure, other, foreign=foreign) not in {None, _SLIP}
        for other in others
    )


def may_be(one: Figure, other: Figure) -> bool:
    """Whether a figure of a translation may be one of its source."""
    return _closeness(one, other, foreign=False) is not None


def _closeness(one: Figure, other: Figure, *, foreign: bool) -> int | None:
    """How well two figures fit, 0 best, None where they do not."""
    readings = (*other.values, *other.foreign) if foreign else other.values
    if any(value in readings for value in (*one.values, *one.foreign)):
        if not one.same_zeros(other):
            return None
        if (one.weak or other.weak) and one.kind != other.kind and "day" in {one.kind, other.kind}:
            return None
        if one.weak or other.weak:
            return 2 if one.kind == other.kind else 3
        alike = one.kind == other.kind and one.unit == other.unit
        by_chance = not alike and one.unit in UNITS and other.unit in UNITS
        return _BY_CHANCE if by_chance else int(not alike)
    if _same_in_other_words(one, other) or _same_in_other_words(other, one):
        return 4
    slip = one.kind == other.kind == "measure" and misconverted(one, other)
    return (_SLIP if slip else 5) if converted(one, other) else None


def _same_in_other_words(one: Figure, other: Figure) -> bool:
    """Times, decades and centuries that the other text writes as a bare number; `30er Jahre` is any century's."""
    if one.kind == other.kind == "time" and {one.unit, other.unit} == {"local", ""}:  # the readers' zone
        return any((minutes - found) % _HALF_HOUR == 0 for minutes in one.values for found in other.values)
    if not other.written and (one.value, other.value) == _YEAR_AND_A_HALF:
        return True
    if one.kind == "time":
        return any(minutes in _minutes(other) for minutes in one.values)
    if one.kind == "percent" and other.kind == "number" and not other.written:
        return 0 < other.value < 1 and one.value == other.value * 100
    if one.kind == "decade":
        return _is_decade(one, other) or (other.kind in _PLACES and other.value == century_of(one))
    return (
        one.kind == "century" and other.kind in {"century", "decade", "year"} and other.value == (one.value - 1) * 100
    )


def century_of(decade: Figure) -> Decimal | None:
    """The century that is called by its hundreds, None for a decade: the 1800s are the 19th."""
    return decade.value / _CENTURY + 1 if decade.value >= _FIRST_CENTURY and decade.value % _CENTURY == 0 else None


def _is_decade(decade: Figure, other: Figure) -> bool:
    """Whether a figure says the same decade, with or without its century; *late 60s* is nearly 70."""
    if other.approximator == "nearly" and other.value - decade.value == _TEN:
        return bool(decade.value < _CENTURY)
    alike = decade.value % _CENTURY == other.value % _CENTURY
    short = (
        min(decade.value, other.value) < _CENTURY and not _CENTURY <= max(decade.value, other.value) < _FIRST_CENTURY
    )
    return other.kind in {"decade", "number", "year", "age", "ordinal"} and alike and short


def _within(figure: Figure, century: Figure) -> bool:
    """Whether a year or decade lies in a century: `1930s` is the thirties of the 20th century."""
    dated = figure.kind in {"year", "decade"} and century.kind == "century"
    return dated and any(value // 100 + 1 == century.value for value in figure.values)


def _minutes(figure: Figure) -> tuple[Decimal, ...]:
    """The times that a number can be, in minutes: 7, 19 and 7.30 are an hour in some language."""
    if figure.kind == "time":
        return figure.values
    written = figure.text[-1].isdigit()
    if written and int(figure.value.as_tuple().exponent) not in {0, _MINUTE_PLACES}:  # `4.4` is no `4.40`
        return ()
    hour = int(figure.value)
    minute = (figure.value - hour) * (100 if written else _HOUR)  # `10 and a half` is 10:30
    if not 0 <= hour <= _HOURS or minute >= 60 or minute != int(minute):
        return ()
    time = Decimal(hour * 60 + int(minute))
    return time % _DAY, (time + _HALF_DAY) % _DAY
