"""Figures that fit better in each other's place: each is what its own place makes of it and counts what stands there.

`40 miles in 1967` is not `1967 miles in 40`: with the two exchanged again the translation says what the source says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain, combinations
from typing import NamedTuple

from summarizer.figures.anchors import marks
from summarizer.figures.reader import figures_in
from summarizer.figures.sides import Pair, Swap, Text, are_ends, are_part_and_whole, gap, is_base, share_words
from summarizer.figures.values import Figure, Kind

# What several figures of a text may count; of other things only one that counts them is known again.
_COMMON = frozenset({"people", "second", "minute", "hour", "day", "week", "month", "year", "date"})
_CENTURY = 100
_OF_SHARES = frozenset({"votes", "seats"})  # `with 92% of votes counted, it had 31%`
_DEGREES = ({"degree", "celsius"}, {"degree", "fahrenheit"})
# Kinds that languages write like numbers: `80'li yaşlarında` is *in her 80s*.
_LOOSE: frozenset[Kind] = frozenset({"age", "decade", "time"})
_JOINTS = frozenset(":.'")  # of one time or measure


class _Slot(NamedTuple):
    """A figure of both texts, with what it counts or is in the source and in the translation."""

    pair: Pair
    here: frozenset[str]
    there: frozenset[str]


def in_each_others_place(pairs: Sequence[Pair], source: Text, target: Text) -> Iterator[Swap]:
    """Two figures of which each has become what the other was, or counts what the other counted."""
    movable = [pair for pair in pairs if _is_movable(pair)]
    if len(movable) < 2:
        return
    slots = [_Slot(pair, _dated(pair[0], source), _counted(pair[1], target)) for pair in movable]
    once = _once(slot.here for slot in slots) & _once(slot.there for slot in slots)
    for first, second in combinations(slots, 2):
        if first.pair[0].value == second.pair[0].value or gap(first.pair[1], second.pair[1]) < 0:
            continue
        if not share_words(first.pair, second.pair, source) and _fit_better(first, second, once, source, target):
            yield first.pair, second.pair


def _fit_better(first: _Slot, second: _Slot, once: Set[str], source: Text, target: Text) -> bool:
    """Whether more is right of two figures when they are exchanged, and nothing less: what they count and are."""
    pairs = first.pair, second.pair
    told = _words_tell(first, second, once, source, target)
    if told < 0 or (told == 0 and all(same_kind(*pair) for pair in pairs)):
        return False
    exchanged = _exchanged(*pairs, target)
    if exchanged is None:
        return told > 0
    marked = sum(map(_is_marked, exchanged)) - sum(map(_is_marked, pairs))
    loose = first.pair[1] < second.pair[1] and any(pair[0].kind in _LOOSE for pair in pairs)
    kept = sum(same_kind(*pair) for pair in exchanged) - sum(same_kind(*pair) for pair in pairs)
    return marked >= 0 and (told > 0 or (marked > 0 and kept >= 0 and not loose))


def _words_tell(first: _Slot, second: _Slot, once: Set[str], source: Text, target: Text) -> int:
    """How many more of the words beside two figures would be right with them exchanged; 0 where they tell nothing.

    A part and its whole count the same thing, which may stand beside either.
    """
    kinds = {first.pair[0].kind, second.pair[0].kind}
    known = _COMMON if are_part_and_whole(first.pair, second.pair, source, target) else _COMMON | once
    if "percent" in kinds:
        known = known - _OF_SHARES
    if "year" in kinds:
        known = known - {"year"}  # `2020年` has the word of `30年`
    straight = len(first.here & first.there & known) + len(second.here & second.there & known)
    crossed = len(first.here & second.there & known) + len(second.here & first.there & known)
    if crossed > straight and _may_be_of_either(first.pair, second.pair, source, target):
        return 0
    return crossed - straight


def _exchanged(first: Pair, second: Pair, target: Text) -> Swap | None:
    """The two figures with what they would be in each other's place, None where they would not be read."""
    left, right = sorted((first[1], second[1]))
    between = target.text[left.end : right.start]
    text = "".join((target.text[: left.start], right.text, between, left.text, target.text[right.end :]))
    places = left.start, right.start + len(right.text) - len(left.text)
    read = {figure.start: figure for figure in figures_in(text, target.language)}
    one, other = read.get(places[0]), read.get(places[1])
    if one is None or other is None or (one.text, other.text) != (right.text, left.text):
        return None
    return ((first[0], one), (second[0], other)) if right == first[1] else ((first[0], other), (second[0], one))


def _is_marked(pair: Pair) -> bool:
    """Whether a figure is the same in both texts, and more than a number."""
    return pair[0].kind != "number" and same_kind(*pair)


def same_kind(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one kind and unit."""
    if {one.kind, other.kind} == {"age", "decade"}:  # `in their 80s`
        return max(one.value, other.value) < _CENTURY
    if one.kind == "time" and other.kind == "number" and other.value % 1:
        return True  # `9.30 bis 17 Uhr`
    degrees = {one.unit, other.unit} in _DEGREES and one.value in other.values
    return one.kind == other.kind and (one.unit == other.unit or degrees)


def _once(marks: Iterable[frozenset[str]]) -> frozenset[str]:
    """The marks that only one of several figures has."""
    return frozenset(mark for mark, times in Counter(chain.from_iterable(marks)).items() if times == 1)


def _is_movable(pair: Pair) -> bool:
    """Whether a figure is in digits, and so can be exchanged by mistake; a base is the same for several."""
    return pair[1].written and (pair[0].written or not pair[0].weak) and not is_base(pair[0])


def _counted(figure: Figure, text: Text) -> frozenset[str]:
    """What a figure counts; an age counts years, and a year does not: `2024 roku`."""
    if figure.kind == "year":
        return marks(figure, text) - {"year"}
    return marks(figure, text) | ({"year"} if figure.kind == "age" else set())


def _dated(figure: Figure, text: Text) -> frozenset[str]:
    return _counted(figure, text) | ({"dated"} if figure.kind == "year" else set())


def _may_be_of_either(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether a word beside one of two figures may belong to the other: `5 pounds` are money or a weight."""
    return (
        {"money", "measure"} in ({first[0].kind, second[1].kind}, {second[0].kind, first[1].kind})
        or _are_of_one_measure(first, second, source, target)
        or is_elliptic(first, second, source)
        or are_ends(first[0], second[0], source)  # `won by 17½ points to 10½`
    )


def _are_of_one_measure(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether two figures are parts of one measure, whose unit stands once: `12 minutes 35.4 s`, `12:35,4 min`."""
    joint = target.text[first[1].end : second[1].start]
    return joint in _JOINTS and any(map(str.isalpha, source.text[first[0].end : second[0].start]))


def is_elliptic(first: Pair, second: Pair, source: Text) -> bool:
    """Whether the second figure counts what the first does, said once: `lost 5 men and Lastia 10, it said`."""
    behind = source.text[second[0].end :].lstrip()[:1]
    return first[1] < second[1] and not behind.isalpha() and first[0].kind == second[0].kind == "number"
