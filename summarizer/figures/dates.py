"""Dates of a translation: days and years that have changed places with each other or with another figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from summarizer.figures.lexicon import lexicon
from summarizer.figures.sides import Pair, Swap, gap
from summarizer.figures.values import Figure, Kind

_BESIDE = 5  # characters, at most, between a year and its month
_DATE = 25  # characters, at most, between the day and the year of a date
DATED: frozenset[Kind] = frozenset({"day", "month", "year", "time"})


def dates_torn(pairs: Sequence[Pair], source: str, target: str) -> Iterator[Swap]:
    """The day and the year of a date in the wrong order, or a figure at its month in the place of its year."""
    years, months, days = (_of_kind(kind, pairs) for kind in ("year", "month", "day"))
    for day, year in product(days, years):
        near = gap(day[0], year[0]) <= _DATE and gap(day[1], year[1]) <= _DATE
        if near and not _misplaced(year[0], day[0], source) and _misplaced(year[1], day[1], target):
            yield day, year
    others = [pair for pair in pairs if pair[0].kind not in DATED]
    for year, month, other in product(years, months, others):
        left = gap(year[0], month[0]) <= _DATE < gap(year[1], month[1])
        if left and gap(other[1], month[1]) <= _BESIDE < gap(other[0], month[0]):
            yield min(year, other), max(year, other)


def _of_kind(kind: Kind, pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[0].kind == kind]


def _misplaced(year: Figure, day: Figure, language: str) -> bool:
    """Whether a year stands on the side of a day where dates of a language do not have it."""
    place = lexicon(language).year_place
    return place != "any" and (year.start < day.start) == (place == "last")
