"""Words of a line, and whether two of them are forms of one name."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import regex

# A hyphen joins parts of a name; an apostrophe is inside a word or before an ending.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*(?:['‘’ʼ״\"\u05f3\u05f4-][\p{L}\p{M}\p{N}]+)*")
# A capital is due after these anyway.
_OPENERS = regex.compile(r"(?:^|[.!?…:;–—•|/«»“”„‘\"(\[\n]\s*|(?<![\p{L}\p{M}])['’]|\s-\s*)$")
_APOSTROPHES = frozenset("'’ʼ")
_ENDING = regex.compile(r"(?<=\p{L}{3})['’ʼ](?!\p{Hebrew})\p{L}{1,5}$")  # in Hebrew it makes another sound of a letter
_ELISION = regex.compile(r"^\p{L}{1,5}['’ʼ](?=\p{Lu})")
# Two forms of a name share this much of the shorter, at the beginning or by and large.
_BEGINNING, _ALIKE = 0.7, 0.75


class Word(NamedTuple):
    """A word by its offsets.

    `opens` where a capital says nothing because a sentence or a quotation begins, `begins` for the first of the line.
    """

    text: str
    start: int
    end: int
    opens: bool
    begins: bool = False

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital and is no abbreviation in capitals, also in the plural (`MPs`)."""
        return self.text[:1].isupper() and not self.text.removesuffix("s").isupper()


@lru_cache(maxsize=1024)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a line, without endings after an apostrophe (`Ankara'da`) and articles before one (`l'Italia`)."""
    return tuple(_word(text, *match.span()) for match in _WORD.finditer(text))


def _word(text: str, start: int, end: int) -> Word:
    inside = start > 1 and text[start - 1] == " " and text[start - 2].isalnum()  # quick to see
    opens = not inside and (not start or bool(_OPENERS.search(text, max(0, start - 4), start)))
    begins = opens and not any(map(str.isalnum, text[:start]))
    whole = text[start:end]
    if _APOSTROPHES.isdisjoint(whole):
        return Word(whole, start, end, opens, begins)
    before = _ELISION.match(whole)
    if before and not whole[:1].isupper():
        start, opens, begins = start + before.end(), False, False
    if ending := _ENDING.search(text[start:end]):
        end = start + ending.start()
    return Word(text[start:end], start, end, opens, begins)


@lru_cache(maxsize=65536)
def akin(word: str, other: str) -> bool:
    """Whether two words may be forms of one name: they begin alike, or differ in little.

    Made to err on the side of "the same": Путин and Путина, Moskova and Moskovassa, Павел and Павла, but not Trump and
    Truss.
    """
    one, two = word.casefold(), other.casefold()
    if one == two:
        return True
    short = min(len(one), len(two))
    if short < 2:
        return False
    shared = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), short)
    if shared >= max(3, _BEGINNING * short) or (shared == short >= 2 and short <= 3):
        return True
    whole = len(one) + len(two)
    if 2 * short < _ALIKE * whole or len(set(one) & set(two)) < _BEGINNING * min(len(set(one)), len(set(two))):
        return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE
