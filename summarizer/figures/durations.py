"""Amounts of time: units beside a figure or alone, by the words that CLDR and the figure data have for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from babel.units import format_unit

from summarizer.figures.cldr import COUNTS
from summarizer.figures.lexicon import lexicon
from summarizer.figures.values import Figure, Kind
from summarizer.languages import locale_of

_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# What stays of a word when endings go, and how far from its figure it may stand and begin, in characters.
_ENDING, _STEM, _BESIDE, _FAR = 2, 4, 2, 20
_LAST_WORD = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}]|\p{{N}}\s)([\p{{L}}\p{{M}}]+)[^\p{{L}}\p{{M}}\p{{N}},;:،؛]{{0,{_BESIDE}}}$"
)
# Seconds of a unit, months of 30 days (the mean one of the Gregorian calendar has 30.44, within `_CLOSE`).
_SECONDS = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 2_592_000, "year": 31_557_600,
}  # fmt: skip
_CALENDAR = frozenset({"month", "year"})
_MONTHS = 12
_CLOSE = Decimal("0.04")
_DAY_MORE = ({7, 8}, {14, 15})  # Romance and Greek weeks count both ends: `quince días`
_HALF = Decimal("0.5")
_ARTICLE = 5  # characters: *half a minute*
# Number words that have a unit of their own: *day and night*, *fortnight*, `quincena`.
_OWN_UNITS = {Decimal(24): ("day", 1), Decimal(14): ("day", 14), Decimal(15): ("day", 15)}
_COUNTED: frozenset[Kind] = frozenset({"number", "ordinal", "measure", "time", "age"})


class Duration(NamedTuple):
    """So many units of time, and the figure that says how many; none for a unit that stands alone, which is one."""

    unit: str
    number: Decimal
    figure: Figure | None = None


def durations_in(figures: Sequence[Figure], text: str, language: str) -> Iterator[Duration]:
    """The amounts of time in a text whose figures are known."""
    counting: list[Figure] = []
    for index, figure in enumerate(figures):
        unit = unit_of_time(figure, text, language) if figure.kind in _COUNTED else ""
        if unit:
            counting.append(figure)
            yield Duration(unit, figure.value, figure)
        elif figure.weak and not figure.written and figure.value in _OWN_UNITS:  # *fortnight*, `trzy doby`
            before = figures[index - 1] if index and figure.start - figures[index - 1].end <= _BESIDE else None
            unit, size = _OWN_UNITS[figure.value]
            yield Duration(unit, size * (before.value if before else Decimal(1)), before or figure)
    for word in _WORD.finditer(text):
        if (unit := _unit(word[0], language)) and not any(_counts(figure, word) for figure in counting):
            half = next((figure for figure in figures if figure.value == _HALF and _counts(figure, word)), None)
            more = _HALF if _and_a_half(text[word.end() :], language) else 0
            yield Duration(unit, _HALF if half else Decimal(1) + more, half)


def _counts(figure: Figure, word: regex.Match[str]) -> bool:
    """Whether a figure stands before a unit, an article at most between, or behind it."""
    return bool(0 <= word.start() - figure.end <= _ARTICLE or 0 <= figure.start - word.end() <= _BESIDE)


def _and_a_half(behind: str, language: str) -> bool:
    """Whether a text begins with a half that belongs to what stands before it: `minuto y medio`."""
    words = lexicon(language)
    said = tuple(words.fold(match[0].casefold()) for match in _WORD.finditer(behind[:_FAR]))
    return bool(said) and "and_a_half" in words.phrase(said)[1]


def same_duration(one: Duration, other: Duration) -> bool:
    """Whether two amounts in different units are the same: 72 hours and 3 days, a fortnight and 15 days.

    Exactly so, except that months and years are compared with shorter units as news does: 90 days are three months.
    """
    if one.unit == other.unit:
        return False
    first, second = one.number * _SECONDS[one.unit], other.number * _SECONDS[other.unit]
    if {one.unit, other.unit} == _CALENDAR:
        return one.number * _in_months(one.unit) == other.number * _in_months(other.unit)
    if _CALENDAR.isdisjoint({one.unit, other.unit}):
        days = {first / _SECONDS["day"], second / _SECONDS["day"]}
        return first == second or days in _DAY_MORE
    return abs(first - second) <= _CLOSE * max(first, second)


def _in_months(unit: str) -> int:
    return _MONTHS if unit == "year" else 1


def unit_of_time(figure: Figure, text: str, language: str) -> str:
    """The unit that stands right behind a figure, or right before it and behind no other; an empty text for none."""
    end = figure.end
    for _ in range(2):  # the 80th minute: an ending may stand between
        behind = _WORD.search(text, end)
        if behind and behind.start() - end <= _BESIDE and (unit := _unit(behind[0], language)):
            return unit
        if behind is None or behind.start() > figure.end:
            break
        end = behind.end()
    before = _LAST_WORD.search(text[max(0, figure.start - _FAR) : figure.start])
    return _unit(before[1], language) if before else ""


@lru_cache(maxsize=4096)
def _unit(word: str, language: str) -> str:
    folded = word.casefold()
    units = {unit for stem, unit in _stems(language).items() if folded.startswith(stem)}
    if units:
        return units.pop() if len(units) == 1 else ""
    words = lexicon(language)
    counted = words.phrase((words.fold(folded),))[1].get("counted", "")
    return counted if counted in _UNITS else ""


@cache
def _stems(language: str) -> Mapping[str, str]:
    """The beginnings of the words for units; a beginning that two units share is none's."""
    locale = locale_of(language)
    if locale is None:
        return {}
    found: dict[str, set[str]] = {}
    for unit in _UNITS:
        for count in COUNTS:
            for word in _WORD.findall(format_unit(count, f"duration-{unit}", locale=locale)):
                folded = word.casefold()
                found.setdefault(folded[: max(_STEM, len(folded) - _ENDING)], set()).add(unit)
    return {stem: units.pop() for stem, units in found.items() if len(units) == 1}
