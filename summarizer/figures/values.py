"""What a figure is: its place in the text, its kind and its exact value."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal[
    "number", "percent", "points", "money", "ordinal", "year", "decade", "century", "day", "month", "time", "score",
    "measure", "age", "code",
]  # fmt: skip
Approximator = Literal["at_least", "more_than", "at_most", "less_than", "nearly", "about"]


class Figure(NamedTuple):
    """One number of a text; a date, a score and a range are as many figures as they have numbers.

    `text[start:end] == Figure.text`, sign and scale word included, the unit and the approximator not.
    `values` holds the readings that the language's own rules allow, the likeliest first; it is never empty. `foreign`
    holds what a decimal would be by the rules of others, as 1200 for `1.200` in English. A clock time is in minutes
    after midnight, a month counted from 1, a decade its first year, a century counted from 1.
    `unit` is an ISO 4217 code for money and a name of `summarizer.figures.units` for a measure; `exponent` the power of
    ten of the scale word behind the digits; `shared` tells that kind and unit come from the other end of a range.
    `approximator` is the type of the word beside the figure that says how exact it is, `hedge` that word.
    A `weak` figure is a word that often is no figure, such as *one* or *half*: it can stand for a figure of another
    text, but need not be found there. `written` tells whether it is written in digits.
    """

    start: int
    end: int
    text: str
    kind: Kind
    values: tuple[Decimal, ...]
    unit: str = ""
    approximator: Approximator | None = None
    hedge: str = ""
    weak: bool = False
    written: bool = True
    foreign: tuple[Decimal, ...] = ()
    exponent: int = 0
    shared: bool = False

    @property
    def value(self) -> Decimal:
        """The value by the language's own rules."""
        return self.values[0]

    def same_zeros(self, other: Figure) -> bool:
        """Whether two counts written in digits have the zeros alike that add nothing: 0 is no 00, 2.5 no 2.50."""
        counts = self.written and other.written and {self.kind, other.kind} <= _COUNTS
        if not counts or self.exponent != other.exponent:
            return True
        return _padding(self.text) == _padding(other.text)


_COUNTS: frozenset[Kind] = frozenset({"number", "score", "percent", "points"})


@lru_cache(maxsize=4096)
def _padding(text: str) -> tuple[bool, int]:
    """Whether a zero stands before other digits, and how many zeros end a decimal of one or two places."""
    digits = "".join(str(unicodedata.decimal(character, character)) for character in text)
    decimal = re.search(r"\d[.,٫]\d?(0*)(?!\d)", digits)
    return re.match(r"0\d", digits) is not None, len(decimal[1]) if decimal and len(decimal[0]) < 5 else 0
