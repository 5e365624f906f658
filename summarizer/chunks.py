"""Splits an article into balanced chunks within a token budget, cut at the ends of sentences.

The article is seen as a row of units: a sentence with the white space behind it or, where a sentence is above the
budget, parts of it. Units are never cut; a chunk is a run of them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

import regex

from summarizer.tokens import TokenIndex, bytes_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from summarizer.records import Sentence

MIN_BUDGET = 4  # tokens: a character has up to four bytes, and each of them may be a token of its own

# A flag before another flag by itself, because \X counts all flags before it: quadratic in a run of them.
_GRAPHEME = regex.compile(r"\p{RI}{2}(?=\p{RI})|\X")
# Where a sentence may be cut, best first; a cut is the end of a match. SB is Sentence_Break of UAX #29, and \b with
# (?w) a word break by its rules, which know words of scripts without spaces.
_CUTS = (
    regex.compile(  # clause
        r"[\p{SB=SContinue}\p{SB=STerm}\p{SB=ATerm}…؛]\p{SB=Close}*\s+|[、，：；。！？…]\p{SB=Close}*\s*|\n\s*"
    ),
    regex.compile(r"\s+"),
    regex.compile(r"(?w)(?=\w)\b"),
    _GRAPHEME,
)


class Chunk(NamedTuple):
    """A run of an article: `start` and `end` are code points of its text.

    `sentences` are the numbers (1-based) of the sentences that begin in the chunk: none where it only continues one
    that is above the budget. `tokens` is the exact count, or None where the bytes proved the fit and nobody counted.
    """

    start: int
    end: int
    sentences: tuple[int, ...]
    tokens: int | None


class Measure(Protocol):
    """Counts the tokens of one text; all offsets are code points, and a token is at least one byte of UTF-8."""

    def count(self, start: int, end: int) -> int:
        """Count the tokens of `text[start:end]` exactly."""

    def before(self, offset: int) -> int:
        """Count the tokens before an offset, but for one across it; never decreases from an offset to a later one."""


@dataclass(frozen=True, slots=True)
class _Room:
    """What a chunk of one text may hold."""

    text: str
    measured: Measure
    budget: int

    def holds(self, start: int, end: int) -> bool:
        return bytes_fit(self.text[start:end], self.budget) or self.measured.count(start, end) <= self.budget


def chunk_article(
    text: str,
    sentences: Sequence[Sentence],
    *,
    budget: int,
    measure: Callable[[str], Measure] = TokenIndex,
) -> tuple[Chunk, ...]:
    """Split a text into the fewest chunks of at most `budget` tokens, as even as its sentences allow.

    The chunks joined are the text, and every sentence begins in exactly one of them. A chunk ends with a sentence and
    the white space behind it, unless that sentence alone is above the budget: then it is cut after a clause, else
    between words, else between graphemes, and by code point only inside a grapheme that alone is above the budget.
    What stands before the first sentence goes with it. An empty text has no chunks.

    Raises:
        ValueError: `budget` is below `MIN_BUDGET`.
        ConfigError: the vocabulary is needed, and missing or damaged.
    """
    if budget < MIN_BUDGET:
        raise ValueError(f"budget must be at least {MIN_BUDGET} tokens, not {budget}")
    if not text:
        return ()
    if bytes_fit(text, budget):
        return (Chunk(0, len(text), tuple(sentence.number for sentence in sentences), None),)
    starts = [sentence.start for sentence in sentences]
    room = _Room(text, measure(text), budget)
    edges = [0, len(text)] if room.holds(0, len(text)) else _edges([0, *starts[1:], len(text)], room)
    firsts = [0, *(bisect_left(starts, edge) for edge in edges[1:])]
    return tuple(
        Chunk(start, end, tuple(sentence.number for sentence in sentences[first:last]), room.measured.count(start, end))
        for (start, end), (first, last) in zip(pairwise(edges), pairwise(firsts), strict=True)
    )


def _edges(marks: Sequence[int], room: _Room) -> list[int]:
    """Choose the offsets between the chunks, and both ends of the text.

    The tokens before each unit predict the tokens of a chunk only nearly, because tokens reach across the edges of
    units. So each plan is counted, and made anew within a lower limit where a chunk is above the budget; at last every
    unit would be a chunk, and each of them fits.
    """
    units = list(_units(marks, room))
    before = [room.measured.before(unit) for unit in units]
    limit = room.budget
    while True:
        edges = [units[edge] for edge in _balanced(before, limit)]
        excess = max(room.measured.count(start, end) for start, end in pairwise(edges)) - room.budget
        if excess <= 0:
            return edges
        limit -= excess


def _balanced(before: Sequence[int], limit: int) -> list[int]:
    """Part a row of units into the fewest runs within `limit`, so that the largest run is as small as can be.

    `before[i]` is the size of all units before unit `i`, the last item the size of all. A unit above the limit is a run
    of its own. Returns the unit that each run begins with, and the number of units.
    """
    runs = len(_filled(before, limit)) - 1
    largest_unit = max(after - earlier for earlier, after in pairwise(before))
    least = max(largest_unit, math.ceil(before[-1] / runs))
    limits = range(least, max(least, limit))
    enough = bisect_left(limits, True, key=lambda lower: len(_filled(before, lower)) - 1 <= runs)
    return _evened(before, runs, least + enough)


def _filled(before: Sequence[int], limit: int) -> list[int]:
    """Fill one run after the other up to `limit`; takes and returns what `_balanced` does."""
    edges, last = [0], len(before) - 1
    while edges[-1] < last:
        start = edges[-1]
        edges.append(max(start + 1, bisect_right(before, before[start] + limit) - 1))
    return edges


def _evened(before: Sequence[int], runs: int, limit: int) -> list[int]:
    """Give each run an equal share of what is left, as nearly as the units and `limit` allow."""
    last = len(before) - 1
    earliest = [last]  # earliest[n]: no run that n others must follow may end before this unit
    for _ in range(1, runs):
        earliest.append(bisect_left(before, before[earliest[-1]] - limit))
    edges = [0]
    for others in range(runs - 1, 0, -1):
        start = edges[-1]
        lowest = max(start + 1, earliest[others])
        highest = min(last - others, bisect_right(before, before[start] + limit) - 1)
        share = before[start] + (before[-1] - before[start]) / (others + 1)
        above = bisect_left(before, share, lowest, highest)
        below = max(lowest, above - 1)
        edges.append(above if before[above] - share < share - before[below] else below)
    return [*edges, last]


def _units(marks: Sequence[int], room: _Room) -> Iterator[int]:
    """Yield the offsets between units, which no chunk divides, and both ends of the text.

    A unit is a sentence, or a part of one that is above the budget; each alone is within the budget.
    """
    yield marks[0]
    for start, end in pairwise(marks):
        if room.holds(start, end):
            yield end
        else:
            graphemes = {match.end() for match in _GRAPHEME.finditer(room.text, start, end)}
            yield from _part_ends(start, end, room, graphemes)


def _part_ends(start: int, end: int, room: _Room, graphemes: AbstractSet[int], level: int = 0) -> Iterator[int]:
    """Cut what is above the budget into clauses, a clause above it into words, and so on down to code points."""
    if level == len(_CUTS):
        yield from range(start + 1, end + 1)
        return
    ends = (match.end() for match in _CUTS[level].finditer(room.text, start, end))
    cuts = [cut for cut in ends if start < cut < end and cut in graphemes]
    for begin, stop in pairwise([start, *cuts, end]):
        if cuts and room.holds(begin, stop):
            yield stop
        else:
            yield from _part_ends(begin, stop, room, graphemes, level + 1)
