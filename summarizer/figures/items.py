"""A text as the items that figures are made of: runs of digits, known phrases, other words and marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from summarizer.figures.digits import Digits, grouped_by_spaces, ideographs_as_digits, numbers_in, plain
from summarizer.figures.lexicon import Lexicon, Roles
from summarizer.figures.words import compound

_LONGEST_PHRASE = 6
_AVERAGE = 3  # digits
_SIGNS = frozenset("$€£¥₹")
_POINTS = frozenset(".,")
_NONE: Roles = {}
_NUMERIC = frozenset({"number", "ordinal"})


class Item(NamedTuple):
    """A number, phrase, word or mark: `text` in lower case, `roles` what it can be, `digits` if it is a run of digits.

    `glued` tells that no space stands before it.
    """

    start: int
    end: int
    text: str
    roles: Roles = _NONE
    digits: Digits | None = None
    glued: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation or another sign."""
        return not self.digits and not self.text[0].isalpha()


def items_of(text: str, lexicon: Lexicon) -> tuple[Item, ...]:
    """The items of a text, in order, without spaces."""
    written = plain(text) if lexicon.spaces else ideographs_as_digits(plain(text))
    return tuple(_items(grouped_by_spaces(written, lexicon), lexicon))


@lru_cache(maxsize=2048)
def items_beside(text: str, lexicon: Lexicon) -> tuple[Item, ...]:
    """The items of a few words beside a figure; they are the same for each translation of a line."""
    return items_of(text, lexicon)


def _items(text: str, lexicon: Lexicon) -> Iterator[Item]:
    tokens = list(lexicon.tokens.finditer(text))
    # A tatweel serves as a dash, and folds to nothing.
    words = [lexicon.fold(token[0]) or token[0] for token in tokens]
    index, end = 0, -1
    while index < len(tokens):
        word = words[index]
        start, stop = tokens[index].span()
        glued = start == end
        decimal = _average(tokens, words, index) if word in _POINTS else None
        if decimal is None and (roles := _wherever_it_stands(word, lexicon)) is not None:
            yield Item(start, stop, text[start:stop], roles, None, glued)
            index, end = index + 1, stop
            continue
        if (decimal := decimal or _spoken_decimal(tokens, words, index, lexicon)) is not None:
            yield decimal
            index, end = index + (2 if word in _POINTS else 3), decimal.end
            continue
        if word[0].isdigit():
            yield from _numbers(word, start, glued, lexicon)
            index, end = index + 1, start + len(word)
            continue
        size, roles = _phrase(tokens, words, index, lexicon)
        index += size
        end = tokens[index - 1].end()
        yield Item(start, end, text[start:end], roles, None, glued)


@lru_cache(maxsize=16_384)
def _wherever_it_stands(word: str, lexicon: Lexicon) -> Roles | None:
    """What a word can be; None for one of which words beside it decide that, and for digits."""
    roles = None if word[0].isdigit() else lexicon.alone(word)
    if roles is None or "month_mark" in roles or (lexicon.decimal_words and roles.get("number") == 0):
        return None
    return _or_made(word, roles, lexicon)


def _or_made(word: str, roles: Roles, lexicon: Lexicon) -> Roles:
    """What a word is made of, where it can be nothing but a number by itself; else what it can be."""
    return (compound(word, lexicon) or roles) if roles.keys() <= _NUMERIC else roles


def _phrase(
    tokens: Sequence[regex.Match[str]], words: Sequence[str], index: int, lexicon: Lexicon
) -> tuple[int, Roles]:
    """How many words the longest known phrase from here on has, at least one, and what it can be."""
    size, roles = lexicon.phrase(_ahead(tokens, words, index))
    if size < 2:
        size, roles = 1, _or_made(words[index], roles, lexicon)
    if "month_mark" in roles and _beside_digits(words, index, index + size):
        roles = {"month": roles["month_mark"]}
    return size, roles


def _spoken_decimal(
    tokens: Sequence[regex.Match[str]], words: Sequence[str], index: int, lexicon: Lexicon
) -> Item | None:
    """The decimal that begins here with a word for its point: `৮৭ দশমিক ৪০`."""
    if not lexicon.decimal_words.intersection(words[index + 1 : index + 2]) or len(words) < index + 3:
        return None
    zero = lexicon.phrase((words[index],))[1].get("number") == 0
    whole, rest = "0" if zero else words[index], words[index + 2]
    if not whole.isdecimal() or not rest.isdecimal():
        return None
    start, text = tokens[index].start(), f"{whole}.{rest}"
    glued = index > 0 and tokens[index - 1].end() == start
    return Item(start, tokens[index + 2].end(), text, _NONE, Digits(0, len(text), Decimal(text)), glued)


def _average(tokens: Sequence[regex.Match[str]], words: Sequence[str], index: int) -> Item | None:
    """The average that a point or comma begins here, of three digits and without its zero: `.275`, `,275`."""
    behind = index + 1 < len(words) and words[index + 1].isdecimal() and len(words[index + 1]) == _AVERAGE
    apart = index == 0 or tokens[index - 1].end() < tokens[index].start()
    if not (behind and apart and tokens[index].end() == tokens[index + 1].start()):
        return None
    text, start = f"0.{words[index + 1]}", tokens[index].start()
    return Item(start, tokens[index + 1].end(), text, _NONE, Digits(0, len(text), Decimal(text)), False)


def _beside_digits(words: Sequence[str], first: int, end: int) -> bool:
    """Whether a number in digits stands before some words or behind them, a full stop between at most."""
    behind = words[end : end + 2] if words[end : end + 1] == ["."] else words[end : end + 1]
    before = words[max(0, first - 2) : first] if words[first - 1 : first] == ["."] else words[max(0, first - 1) : first]
    return any(word[0].isdigit() for word in (*before, *behind))


def _ahead(tokens: Sequence[regex.Match[str]], words: Sequence[str], index: int) -> tuple[str, ...]:
    """The words of a phrase; a sign behind a space begins another one: `a $5 note` is not Australian."""
    end = index + 1
    for before, token in pairwise(tokens[index : index + _LONGEST_PHRASE]):
        if token[0] in _SIGNS and before.end() != token.start():
            break
        end += 1
    return tuple(words[index:end])


def _numbers(run: str, offset: int, glued: bool, lexicon: Lexicon) -> Iterator[Item]:
    for number in numbers_in(run, lexicon):
        start, end = offset + number.start, offset + number.end
        yield Item(start, end, run[number.start : number.end], _NONE, number, glued if number.start == 0 else True)


def roman(text: str) -> Decimal | None:
    """The value of a Roman numeral in lower case, None for any other word."""
    if not text or not set(text) <= _ROMAN.keys():
        return None
    values = [_ROMAN[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return Decimal(sum(-value if value < following else value for value, following in pairs))


# Cyrillic letters are written for Latin ones that look the same.
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "і": 1, "х": 10}
