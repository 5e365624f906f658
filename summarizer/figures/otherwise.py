"""Figures that the other text says in other words: 72 hours are three days, 1 in 4 a quarter, XIV is 14."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from summarizer.figures.durations import durations_in, same_duration
from summarizer.figures.items import roman
from summarizer.figures.lexicon import lexicon
from summarizer.figures.matching import Matched, century_of
from summarizer.figures.sides import Text
from summarizer.figures.values import Figure, Kind

_COUNTS: frozenset[Kind] = frozenset({"number", "ordinal", "code", "score", "points"})
_PERCENT = 100
_HALF_DIGIT, _EXACTLY = Decimal("0.005"), Decimal("1e-9")  # a third is 33 percent
_APART = 16  # characters, at most, between a part and its whole: `une personne sur 4`
_ENDS = regex.compile(r"[.,;:!?()–—。，；：、]")
_BESIDE = 2  # characters, at most, between the two words of a fraction
_LARGEST_DENOMINATOR = 20
_ROMAN = regex.compile(r"(?<![\p{L}\p{N}])[IVXLCІХ]{2,}(?![\p{L}\p{N}'’])")
_LAST_WORD = regex.compile(r"(\p{L}+) $")
_HALF_DAY = 12  # hours
# `6:15 p.m. local time (1515 GMT)`
_LOCAL = 40  # characters, at most, between a time and the same in another zone
_ASIDE, _END_OF_ASIDE = regex.compile(r"[^()（）]*[(（]\P{N}{0,12}"), regex.compile(r"\P{N}{0,12}[)）]")
_WHOLES = {"second": {60}, "minute": {60}, "hour": {24}, "day": {7, 365}, "week": {52}, "month": {12}}
_TIE, _AHEAD = 7, 2  # the points that win a tie-break, and how many more than the other's they are


def without_same(
    found: Matched, figures: tuple[Sequence[Figure], Sequence[Figure]], sides: tuple[Text, Text]
) -> Matched:
    """What was matched, without the lost and added figures that the other text says in other words."""
    if not found.lost and not found.added:
        return found
    source, target = (_Said(*side) for side in zip(figures, sides, strict=True))
    uncounted = not found.added and not target.counts_time(besides=[other for _, other in found.pairs])
    return found._replace(
        lost=tuple(
            figure
            for figure in found.lost
            if not source.shares_with(target, figure)
            and not (uncounted and source.is_whole(figure))
            and not (figure.kind == "time" and source.is_in_other_zone(figure))
        ),
        added=tuple(figure for figure in found.added if not target.shares_with(source, figure)),
    )


class _Share(NamedTuple):
    """A part of a whole, from 0 to 1, the figures that say it, and whether those are a percentage, or two counts."""

    figures: tuple[Figure, ...]
    value: Decimal
    sort: Literal["percent", "fraction", "counts"]

    @property
    def rounded(self) -> Decimal:
        """By how much the value may be off: by half of its last digit for a percentage, which is rounded."""
        if self.sort != "percent":
            return _EXACTLY
        return _HALF_DIGIT.scaleb(min(0, int(self.figures[-1].value.as_tuple().exponent)))


class _Said:
    """The amounts of time, the shares, the Roman numerals and the hours of a text."""

    def __init__(self, figures: Sequence[Figure], text: Text) -> None:
        self._figures, self._text = figures, text
        self._durations = tuple(durations_in(figures, text.text, text.language))
        self._shares = tuple(_shares(figures, text.text))
        self._numerals = {roman(match[0].lower()) for match in _ROMAN.finditer(text.text)} - {None}
        self._hours = tuple(figure for figure in figures if _is_hour(figure, text))

    def is_whole(self, figure: Figure) -> bool:
        """Whether a figure counts what makes up one of a larger unit: 24 hours are a day, 12 months last a year."""
        return any(one.number in _WHOLES.get(one.unit, ()) for one in self._durations if one.figure is figure)

    def is_in_other_zone(self, time: Figure) -> bool:
        """Whether a time in brackets behind another one tells it in another zone, which papers leave out."""
        text = self._text.text
        others = [one for one in self._figures if one.kind == "time" and 0 < time.start - one.end <= _LOCAL]
        return (
            bool(others)
            and _ASIDE.fullmatch(text, others[-1].end, time.start) is not None
            and _END_OF_ASIDE.match(text, time.end) is not None
        )

    def counts_time(self, besides: Sequence[Figure]) -> bool:
        """Whether the text has an amount of time with a figure that is more than one, and none of some others."""
        return any(one.figure and one.number > 1 and one.figure not in besides for one in self._durations)

    def shares_with(self, other: _Said, figure: Figure) -> bool:
        """Whether the other text has the amount or share that a figure of this one is part of, or it as a numeral."""
        return (
            any(same_duration(one, two) for one in self._durations if one.figure is figure for two in other._durations)
            or any(_is_same(one, share) for one in self._shares if figure in one.figures for share in other._shares)
            or (figure.kind in _COUNTS and figure.value > 1 and figure.value in other._numerals)
            or (figure.kind == "decade" and century_of(figure) in other._numerals)
            or any(two.value == figure.value + _HALF_DAY for two in other._figures if figure in self._hours)
            or any(hour.value + _HALF_DAY == figure.value for hour in other._hours)
            or self._is_tie_break(figure)
        )

    def _is_tie_break(self, figure: Figure) -> bool:
        """Whether a figure is the winner's points of a tie-break, which follow from the loser's: `7-6 (8-6)`."""
        text = self._text.text
        for one, other in pairwise(self._figures):
            bracketed = text[one.start - 1 : one.start] == "(" and text[other.end : other.end + 1] == ")"
            most, least = max(one.value, other.value), min(one.value, other.value)
            if bracketed and other.start - one.end == 1 and figure in {one, other}:
                return figure.value == most == max(Decimal(_TIE), least + _AHEAD)
        return False


def _is_hour(figure: Figure, text: Text) -> bool:
    """Whether a number may be an hour of the afternoon, as a word before it tells: *at 10 tonight*."""
    words = lexicon(text.language)
    before = _LAST_WORD.search(text.text[: figure.start])
    fits = figure.kind == "number" and not figure.unit and 0 < figure.value <= _HALF_DAY and figure.value % 1 == 0
    return fits and before is not None and "hour_before" in words.phrase((before[1].lower(),))[1]


def _shares(figures: Sequence[Figure], text: str) -> Iterator[_Share]:
    """The shares of a whole: `25 %`, *a quarter*, *two-fifths*, `1 in 4`, `3/4`."""
    before = None
    for figure in figures:
        part = _part(figure)
        if before is not None and part and figure.start - before.end <= _BESIDE:
            yield _Share((before, figure), before.value * part, "fraction")
        elif part:
            yield _Share((figure,), part, _sort_of(figure))
        if before is not None and _is_counted(before, figure, text):
            value = min(before.value, figure.value) / max(before.value, figure.value)
            yield _Share((before, figure), value, "counts")
        before = figure


def _sort_of(figure: Figure) -> Literal["percent", "fraction", "counts"]:
    if figure.kind == "percent":
        return "percent"
    return "counts" if figure.written else "fraction"


def _part(figure: Figure) -> Decimal:
    """The part of a whole that a percentage, a fraction or the word for one says, 0 for other figures."""
    if figure.kind == "percent":
        return figure.value / _PERCENT
    if (figure.written and "/" not in figure.text) or not figure.value:
        return Decimal(0)
    if figure.kind == "ordinal" and 2 < figure.value <= _LARGEST_DENOMINATOR:
        return 1 / figure.value
    return figure.value if figure.value < 1 else Decimal(0)


def _is_counted(one: Figure, other: Figure, text: str) -> bool:
    """Whether two counts in a row may be a part and its whole."""
    between = text[one.end : other.start]
    apart = not {one.kind, other.kind} <= _COUNTS or len(between) > _APART or _ENDS.search(between)
    whole = one.value % 1 == other.value % 1 == 0
    return whole and not apart and 0 not in {one.value, other.value} and one.value != other.value


def _is_same(one: _Share, other: _Share) -> bool:
    """Whether two shares are the same in other words; a percentage is rounded."""
    if one.sort == other.sort:
        return False
    return abs(one.value - other.value) <= max(one.rounded, other.rounded)
