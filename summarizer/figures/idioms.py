"""Figures that are names more than numbers, which others say in other words: 24/7, 9/11, S&P 500, `4~6月期`, `8強`."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from summarizer.figures.surroundings import Surroundings
from summarizer.figures.values import Kind

DASHES = frozenset("-‐‑–—−~〜～")
_SLASHES = frozenset("/·・‧")
_WHOLES = ({"24", "7"}, {"9", "11"})
_HALVES: dict[str, Kind] = {"24": "number", "7": "number", "9": "month", "11": "day"}
_LARGEST_INDEX = 3000  # shares in the name of an index: S&P 500, Russell 2000
_STAGES, _QUARTERS = frozenset({4, 8}), frozenset({1, 4, 7, 10})


class Idiom(NamedTuple):
    """What a numeral of an idiom would be alone, and how many items behind it belong to the idiom."""

    kind: Kind
    values: tuple[Decimal, ...]
    items: int = 0


def idiom_of(around: Surroundings) -> Idiom | None:
    """The idiom that a numeral is part of, in any order of its halves; None for every other numeral.

    A quarter of the year by its months has the last month as its value, then the number of the quarter; a round of a
    cup is the number of those who are left in it.
    """
    numeral = around.numeral
    if not numeral.written or numeral.scaled or numeral.first != numeral.last:
        return None
    value, text = numeral.values[0], around.items[numeral.first].text
    if text in _HALVES and (_is_half(around, 1) or _is_half(around, -1)):
        return Idiom(_HALVES[text], numeral.values)
    if value <= _LARGEST_INDEX and around.role_before("index_before"):
        return Idiom("number", numeral.values)
    if value in _STAGES and around.role_after("stage"):
        return Idiom("number", numeral.values)
    if value in _QUARTERS and (items := _quarter(around)):
        return Idiom("month", (value + 2, (value + 2) / 3), items)
    return None


def _is_half(around: Surroundings, side: int) -> bool:
    """Whether a mark and the other half stand on a side of the numeral, and no third number behind those."""
    mark, other, beyond = ((around.after if side > 0 else around.before)(distance) for distance in (1, 2, 3))
    if mark is None or other is None or mark.text not in _SLASHES or (beyond is not None and beyond.text == mark.text):
        return False
    return {around.items[around.numeral.first].text, other.text} in _WHOLES


def _quarter(around: Surroundings) -> int:
    """How many items behind the first month lead to the last one of a quarter, 0 where there is none."""
    behind = [item for distance in range(1, 5) if (item := around.after(distance)) is not None]
    taken = 3 if behind and "month_after" in behind[0].roles else 2
    if len(behind) <= taken or not (behind[taken - 2].text in DASHES or "range" in behind[taken - 2].roles):
        return 0
    month = behind[taken - 1].digits
    ends = month is not None and month.value == around.numeral.values[0] + 2
    return taken if ends and "month_after" in behind[taken].roles else 0
