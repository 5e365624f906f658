"""Numbers written in words: `three hundred and five`, `dreiundzwanzig`, `二十三`, and the scale words behind digits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from summarizer.figures.lexicon import Lexicon

_SHORTEST_COMPOUND = 5


class Part(NamedTuple):
    """A word of a number: a value, or the exponent of a scale word; `joined` tells of an *and* before it."""

    value: Decimal
    scale: int | None = None
    joined: bool = False
    digits: bool = False


class Sum:
    """A number as it is read from left to right; every part is smaller than what the last one left open."""

    def __init__(self) -> None:
        self._parts: list[Decimal] = []
        self._after_scale = False
        self._after_digits = False

    def value(self) -> Decimal:
        """What has been read so far."""
        return sum(self._parts, Decimal(0))

    def add(self, part: Part) -> bool:
        """Take a further word in; False where it does not continue the number."""
        taken = self._scale(part.scale) if part.scale is not None else self._number(part)
        self._after_scale, self._after_digits = part.scale is not None, part.digits
        return taken

    def _scale(self, exponent: int) -> bool:
        scale = Decimal(10) ** exponent
        smaller = [value for value in self._parts if value < scale]
        if not smaller and self._parts and self._parts[-1] % (scale * 10):
            return False
        kept = self._parts[: len(self._parts) - len(smaller)]
        self._parts = [*kept, (sum(smaller, Decimal(0)) if smaller else 1) * scale]
        return True

    def _number(self, part: Part) -> bool:
        if not self._parts:
            self._parts.append(part.value)
            return True
        last = self._parts[-1]
        fits = 0 < part.value < _open(last) and part.value == part.value.to_integral_value()
        fits = fits and not self._after_digits and (self._after_scale or not part.digits)
        reverse = part.joined and 0 < last < 10 and 20 <= part.value < 100 and part.value % 10 == 0
        if fits or reverse:
            self._parts.append(part.value)
        return fits or reverse


def _open(value: Decimal) -> int:
    """The first power of ten that the value leaves no room for: 100 for 300, 10 for 20, 1 for 21."""
    power = 1
    while value and value % (power * 10) == 0:
        power *= 10
    return power


def compound(word: str, lexicon: Lexicon) -> Decimal | None:
    """The value of a word that consists of number words only, as in `dreihundertfünf`; None for any other."""
    for ending in lexicon.endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            role, value = lexicon.number_words.get(word.removesuffix(ending), ("", None))
            return value if role == "number" else _compound(word.removesuffix(ending), lexicon)
    return _compound(word, lexicon) if lexicon.compounds and len(word) >= _SHORTEST_COMPOUND else None


@lru_cache(maxsize=8192)
def _compound(word: str, lexicon: Lexicon) -> Decimal | None:
    pieces = _pieces(word, lexicon)
    if pieces is None or len(pieces) < 2:
        return None
    total, joined = Sum(), False
    for role, value in pieces:
        if role == "joiners":
            joined = True
            continue
        part = Part(Decimal(0), value, joined) if role == "scale" else Part(value, None, joined)
        if not total.add(part):
            return None
        joined = False
    return total.value()


def _pieces(word: str, lexicon: Lexicon) -> Sequence[tuple[str, Any]] | None:
    """The number words that a word is made of, the longest first; None where something is left over."""
    if not word:
        return []
    for end in range(len(word), 1, -1):
        entry = lexicon.number_words.get(word[:end])
        if entry is not None:
            rest = _pieces(word[end:], lexicon)
            if rest is not None:
                return [entry, *rest]
    return None
