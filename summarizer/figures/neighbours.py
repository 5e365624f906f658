"""Figures of a line and of its evidence by the words beside them, both in the same language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from summarizer.figures.values import Figure

_STEM = 5
_WORD = re.compile(r"[^\W\d_]{3,}")
_NEIGHBOURS, _FAR = 4, 200  # words, and characters that they take at most
_Pair = tuple[Figure, Figure]


def swapped_in_claim(pairs: Sequence[_Pair], evidence: str, claim: str) -> Iterator[tuple[_Pair, _Pair]]:
    """Two figures of one kind, each beside the words that the other has in the evidence."""
    for first, second in combinations(pairs, 2):
        if first[0].kind != second[0].kind or first[0].values == second[0].values:
            continue
        straight = [_shared(*first, evidence, claim), _shared(*second, evidence, claim)]
        crossed = [_shared(second[0], first[1], evidence, claim), _shared(first[0], second[1], evidence, claim)]
        together = _has_company(first, second, pairs) and _has_company(second, first, pairs)
        if sum(crossed) > sum(straight) and min(crossed) > 0 and min(straight) == 0 and not together:
            yield first, second


def _has_company(pair: _Pair, other: _Pair, pairs: Sequence[_Pair]) -> bool:
    """Whether the figure behind this one, none of the two, is the same in both texts: both moved as one."""
    following = [
        next(
            (one for one in sorted(pairs, key=lambda one: one[side].start) if one[side].start > pair[side].start), None
        )
        for side in (0, 1)
    ]
    return following[0] is not None and following[0] == following[1] and following[0] != other


def _shared(one: Figure, other: Figure, evidence: str, claim: str) -> int:
    before, after = neighbours(one, evidence), neighbours(other, claim)
    return len(before[0] & after[0]) + len(before[1] & after[1])


def neighbours(figure: Figure, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the words before and behind a figure, up to the next digit; pairs of letters where none part."""
    before = re.split(r"\d", text[max(0, figure.start - _FAR) : figure.start])[-1]
    after = re.split(r"\d", text[figure.end : figure.end + _FAR])[0]
    return frozenset(_stems(before)[-_NEIGHBOURS:]), frozenset(_stems(after)[:_NEIGHBOURS])


def _stems(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    if _unspaced(text):
        return [text[index : index + 2] for index in range(len(text) - 1) if text[index : index + 2].isalpha()]
    return [word[:_STEM] for word in words]


def _unspaced(text: str) -> bool:
    return any("\u3040" <= character <= "\u9fff" or "\u0e00" <= character <= "\u0e7f" for character in text)
