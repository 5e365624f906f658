"""Figures of a line that have changed places in a sentence that the line follows word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

# Digits with their separators, and a word; where no spaces part words, a letter.
_PIECE = re.compile(r"\d+(?:[.,:’'٫٬]\d+)*|[^\W\d_]+")
_LETTER = re.compile(r"\d+(?:[.,:’'٫٬]\d+)*|[a-z]+|[^\W\d_]")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff]")
# So many pieces on each side of a figure must be the same as in the sentence, so that nothing moved along with it.
_WORDS_AROUND, _LETTERS_AROUND = 3, 6


def exchanged(line: str, evidence: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Two figures in digits, each of which stands where a sentence has the other; everything round them is as there."""
    pattern, around = (_LETTER, _LETTERS_AROUND) if _UNSPACED.search(line) else (_PIECE, _WORDS_AROUND)
    mine = pattern.findall(line.casefold())
    if sum(piece[0].isdigit() for piece in mine) < 2:
        return
    for sentence in evidence:
        theirs = pattern.findall(sentence.casefold())
        moved = [(i, j) for i, j in _aligned_figures(theirs, mine) if theirs[i] != mine[j]]
        if len(moved) != 2 or not all(_stand_alike(theirs, i, mine, j, around) for i, j in moved):
            continue
        (first, left), (second, right) = moved
        if (theirs[first], theirs[second]) == (mine[right], mine[left]):
            yield mine[left], mine[right]
            return


def _aligned_figures(theirs: Sequence[str], mine: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of figures that correspond, whatever figures stand there."""
    matcher = SequenceMatcher(None, _shape(theirs), _shape(mine), autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            if mine[block.b + step][0].isdigit():
                yield block.a + step, block.b + step


def _stand_alike(theirs: Sequence[str], i: int, mine: Sequence[str], j: int, around: int) -> bool:
    """Whether the pieces round two places are the same, as far as the line goes."""
    before = min(around, j)
    behind = mine[j + 1 : j + 1 + around]
    if _shape(theirs[max(0, i - before) : i]) != _shape(mine[j - before : j]):
        return False
    return _shape(theirs[i + 1 : i + 1 + len(behind)]) == _shape(behind)


def _shape(pieces: Sequence[str]) -> list[str]:
    return ["0" if piece[0].isdigit() else piece for piece in pieces]
