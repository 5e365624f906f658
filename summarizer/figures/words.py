"""Numbers written in words: `three hundred and five`, `dreiundzwanzig`, `二十三`, and the scale words behind digits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from summarizer.figures.lexicon import Lexicon, Roles

_SHORTEST_COMPOUND = 5
_SHORTEST_SYLLABLES = 2  # of a script that writes a syllable as one character


class Part(NamedTuple):
    """A word of a number: a value, or the exponent of a scale word; `joined` tells of an *and* before it."""

    value: Decimal
    scale: int | None = None
    joined: bool = False
    digits: bool = False


class Sum:
    """A number as it is read from left to right; every part is smaller than what the last one left open.

    With `ones_first`, tens may follow ones and a word for *and*: `fünf und zwanzig`.
    """

    def __init__(self, *, ones_first: bool = True) -> None:
        self._ones_first = ones_first
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
        whole = part.value == part.value.to_integral_value() or (part.digits and self._after_scale)  # `3만8946.93`
        fits = 0 < part.value < _open(last) and whole
        fits = fits and not self._after_digits and (self._after_scale or not part.digits)
        reverse = self._ones_first and part.joined and 0 < last < 10 and 20 <= part.value < 100 and part.value % 10 == 0
        if fits or reverse:
            self._parts.append(part.value)
        return fits or reverse


def _open(value: Decimal) -> int:
    """The first power of ten that the value leaves no room for: 100 for 300, 10 for 20, 1 for 21."""
    power = 1
    while value and value % (power * 10) == 0:
        power *= 10
    return power


@lru_cache(maxsize=16_384)
def compound(word: str, lexicon: Lexicon) -> Roles:
    """What a word is that is made of number words, an ordinal or an ending: `dreihundertfünf`, `siebenköpfig`.

    That is a number, perhaps with a unit behind it (`hatméteres`), or an ordinal, doubtful where its parts often are no
    numbers; nothing for any other word, and for one that stands in the data.
    """
    if len(word) < (_SHORTEST_SYLLABLES if lexicon.syllables else _SHORTEST_COMPOUND):
        return {}
    if not (lexicon.compounds or lexicon.endings) or lexicon.has_word(word):
        return {}
    for pieces in _pieces(word, lexicon):
        if _is_number(pieces) and (value := _sum(pieces)) is not None:
            unsure = lexicon.syllables and (pieces[0][0] == "scale" or "part" in [role for role, _ in pieces])
            doubtful = {"doubtful": True} if unsure else {}
            ending = {"closed": pieces[-1][1]} if pieces[-1][0] == "ending" else {}
            return {"ordinal" if pieces[-1][0] == "ordinal" else "number": value, **doubtful, **ending}
    return {}


def _is_number(pieces: Sequence[tuple[str, Any]]) -> bool:
    """Whether pieces make up a number: more than one, of which no part stands alone, ordinals (Finnish) to the end."""
    roles = [role for role, _ in pieces]
    ordinals = "ordinal" not in roles or set(roles[roles.index("ordinal") :]) == {"ordinal"}
    return len(pieces) > 1 and roles[:2] != ["part", "ending"] and ordinals


def _sum(pieces: Sequence[tuple[str, Any]]) -> Decimal | None:
    """The value of number words in a row; None where they do not make up one number."""
    total, joined = Sum(), False
    for role, value in pieces:
        if role == "joiners":
            joined = True
        elif role != "ending":
            part = Part(Decimal(0), value, joined) if role == "scale" else Part(value, None, joined)
            if not total.add(part):
                return None
            joined = False
    return total.value()


def _pieces(word: str, lexicon: Lexicon, size: int = 0) -> Iterator[list[tuple[str, Any]]]:
    """The ways in which a word is number words, the longest first, perhaps with an ordinal or an ending behind them."""
    if not word:
        yield []
        return
    lengths = range(1, len(word) + 1) if lexicon.syllables else range(len(word), 0, -1)
    for end in lengths if lexicon.compounds or not size else ():
        entry = lexicon.number_words.get(word[:end])
        if entry is not None:
            for rest in _pieces(word[end:], lexicon, size + 1):
                yield [entry, *rest]
        last = lexicon.last_words.get(word[:end])
        if last is not None and size and (end == len(word) or last[2]):
            yield [last[:2]]
        elif last is not None and last[0] == "ordinal":
            for rest in _pieces(word[end:], lexicon, size + 1):
                yield [last[:2], *rest]
    unit = next((unit for end, unit in lexicon.endings if _begins(word, end)), None) if size else None
    if unit is not None:
        yield [("ending", unit)]


def _begins(word: str, form: str) -> bool:
    """Whether a word is a form of the data, or begins with one that has any ending."""
    return word.startswith(form[:-1]) if form[-1] == "*" else word == form
