"""What stands in a line where a sentence that it follows closely has something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import regex

from summarizer.names.customs import is_spaced
from summarizer.names.words import Word, words_in

# A piece of text without spaces: a run of one kind of letter in Japanese, else a single character.
_KANA_RUNS = regex.compile(r"[\p{Katakana}ー]+(?:[・=＝][\p{Katakana}ー]+)*|\p{Hiragana}|\p{Han}|\p{L}+|\p{N}+|\S")
_CHARACTERS = regex.compile(r"[\p{Latin}]+|\p{N}+|\S")
# Words, or characters, that a name has at most, and the share of a line that a sentence must have to be followed.
_LONGEST_WORDS, _LONGEST_CHARACTERS = 3, 8
_CLOSE = 0.5


class Slot(NamedTuple):
    """Words of a line, and those of the sentence in the same place; `before` and `after` stand round both.

    `only` where the line differs from the sentence in nothing else.
    """

    found: tuple[Word, ...]
    expected: tuple[Word, ...]
    before: Word | None
    after: Word | None
    only: bool


def slots(line: str, sentence: str, tag: str) -> Iterator[Slot]:
    """The places where a line that follows a sentence closely has other words, between neighbours that are the same."""
    new, old = pieces(line, tag), pieces(sentence, tag)
    matcher = SequenceMatcher(None, _keys(old), _keys(new), autojunk=False)
    blocks = matcher.get_opcodes()
    same = sum(last - first for kind, _, _, first, last in blocks if kind == "equal")
    if same < _CLOSE * len(new):
        return
    longest = _LONGEST_WORDS if is_spaced(tag) else _LONGEST_CHARACTERS
    only = sum(kind != "equal" for kind, *_ in blocks) == 1
    for kind, old_first, old_last, first, last in blocks:
        if kind != "replace" or last - first > longest or old_last - old_first > longest:
            continue
        before = new[first - 1] if first and old_first else None
        after = new[last] if last < len(new) and old_last < len(old) else None
        if before or after:
            yield Slot(tuple(new[first:last]), tuple(old[old_first:old_last]), before, after, only)


@lru_cache(maxsize=256)
def pieces(text: str, tag: str) -> tuple[Word, ...]:
    """The words of a text; where a script has no spaces, its runs of katakana and single characters."""
    if is_spaced(tag):
        return words_in(text)
    pattern = _KANA_RUNS if tag == "ja" else _CHARACTERS
    return tuple(Word(match[0], match.start(), match.end(), opens=False) for match in pattern.finditer(text))


def _keys(words: Sequence[Word]) -> list[str]:
    return [word.text.casefold() for word in words]
