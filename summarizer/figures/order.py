"""Figures that have changed places in a translation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from itertools import chain, combinations, pairwise

from summarizer.figures.alignment import Alignment
from summarizer.figures.anchors import moved_alone
from summarizer.figures.dates import DATED, dates_torn
from summarizer.figures.items import items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.matching import may_be
from summarizer.figures.ranges import seen_by_loser, torn, typed_round
from summarizer.figures.sides import (
    LIST_GAP,
    Pair,
    Swap,
    Text,
    are_coordinated,
    are_joined,
    are_listed,
    are_part_and_whole,
    are_turned_by_word,
    gap,
    is_partitive,
    says_between,
    sort_of,
)
from summarizer.figures.slots import in_each_others_place, is_elliptic, same_kind
from summarizer.figures.values import Figure

_BEFORE = 14  # characters beside a figure, among which its preposition or its unit stands
_WORDS_OF_FIGURE = 2  # that may have an ending: `455 millióról`, `61,2 százalékról`
# How much better two figures have to stand in each other's place to be held: in the order of the source; turned round,
# where figures ask for it, where languages do so freely, only between clauses of one rank, or not at all; and how much
# a word beside them tells. Set as the distances of `alignment` were.
_KEPT, _ASKED, _FREE, _RANKED, _TURNED = 0.43, 0.3, 0.18, -0.1, -0.02
_MARK = 0.25
_CLAUSE = 12  # characters, at least, between figures that words other than *of* part


def swapped_in_translation(pairs: Sequence[Pair], source: Text, target: Text) -> Iterator[Swap]:
    """Two figures in each other's place: by what they are and count, by dates and ranges, or by what stands about."""
    if len(pairs) < 2:
        return
    ordered = sorted(pairs)
    firm = [pair for pair in ordered if not pair[0].weak and not pair[1].weak]
    found = chain(
        in_each_others_place(ordered, source, target),
        dates_torn(firm, source.language, target.language),
        torn(firm, source, target),
        _misparted(firm, source, target),
        _misplaced(firm, ordered, source, target),
    )
    told: set[Pair] = set()  # an exchange shows in more than one way
    for swap in found:
        if told.isdisjoint(swap) and not _are_alike(*swap) and not seen_by_loser(*swap, source, target):
            told.update(swap)
            yield swap


def _are_alike(first: Pair, second: Pair) -> bool:
    """Whether each of two figures may as well be the other: *from 8am to 8pm* is `dalle 8 alle 20`."""
    return may_be(first[0], second[1]) and may_be(second[0], first[1])


def _misparted(pairs: Sequence[Pair], source: Text, target: Text) -> Iterator[Swap]:
    """A part and its whole, or two sides of a vote, that a word between them puts in the order that they do not have.

    `14 of 21` is `21 में से 14`, and `52 to 48` is `48 के मुकाबले 52`.
    """
    words = lexicon(target.language)
    for first, second in pairwise(pairs):
        one, other = sorted((first[1], second[1]))
        if max(gap(first[0], second[0]), gap(one, other)) > LIST_GAP or sort_of(first[0]) != sort_of(second[0]):
            continue
        straight = one == first[1]
        if first[0].value < second[0].value and is_partitive(first[0], second[0], source):
            wrong = straight if words.part_last else not straight and says_between(one, other, target, "out_of")
        else:
            wrong = straight and _says_to(first[0], second[0], source) and says_between(one, other, target, "turned")
        if wrong:
            yield first, second


def _says_to(first: Figure, second: Figure, text: Text) -> bool:
    """Whether a dash or a word of ranges stands somewhere between two figures of a text."""
    return are_joined(first, second, text) or says_between(first, second, text, "range")


def _misplaced(firm: Sequence[Pair], pairs: Sequence[Pair], source: Text, target: Text) -> Iterator[Swap]:
    """Two figures of one sort that would stand better in each other's place; the less so, the odder their order is."""
    alone = set(_transpositions(firm))
    swaps = sorted(alone.union(swap for swap in combinations(firm, 2) if _may_be_exchanged(*swap)))
    if not swaps:
        return
    alignment = Alignment(pairs, source, target)
    by_how_much = {swap: alignment.crossed(*swap) - _enough(swap, alone, firm, source, target) for swap in swaps}
    yield from sorted((swap for swap in swaps if by_how_much[swap] > 0), key=by_how_much.__getitem__, reverse=True)


def _enough(swap: Swap, alone: Set[Swap], pairs: Sequence[Pair], source: Text, target: Text) -> float:
    """How much better two figures have to stand in each other's place to be held: less where nobody turns them round.

    Words right beside them that tell of an exchange leave less to tell; a part and its whole share theirs.
    """
    if not _is_turned(*swap):
        return math.inf if is_elliptic(*swap, source) or _in_list(*swap, pairs, source) else _KEPT
    if _may_turn(*swap, source, target):
        return _ASKED
    return _least(swap, alone, pairs, source, target) - _MARK * moved_alone(*swap, source, target)


def _least(swap: Swap, alone: Set[Swap], pairs: Sequence[Pair], source: Text, target: Text) -> float:
    """How much better two turned figures have to stand in each other's place, as odd as their order is.

    Where only one of the languages puts modifiers before their noun, people turn the order round, but not inside a list
    nor between clauses of one rank.
    """
    if swap in alone and (_in_list(*swap, pairs, source) or _are_joined_in_target(*swap, target)):
        return -math.inf
    if swap in alone and not _turn(source, target):
        return _TURNED
    if swap in alone and are_coordinated(*swap, source):
        return _RANKED
    return _KEPT if _is_year_and_number(*swap) else _FREE


def _are_joined_in_target(first: Pair, second: Pair, target: Text) -> bool:
    """Whether two figures that stand close in the source are ends of one score or range in the translation."""
    one, other = sorted((first[1], second[1]))
    between = target.text[one.end : other.start]
    close = gap(first[0], second[0]) <= LIST_GAP
    return close and are_joined(one, other, target) and not any(map(str.isalpha, between))


def _is_year_and_number(first: Pair, second: Pair) -> bool:
    return (first[0].kind == "year") != (second[0].kind == "year")


def _is_turned(first: Pair, second: Pair) -> bool:
    return second[1] < first[1]


def _transpositions(pairs: Sequence[Pair]) -> Iterator[Swap]:
    """The only two of a sort that have changed places."""
    for sort in {sort_of(first) for first, _ in pairs}:
        swap = _transposition([pair for pair in pairs if sort_of(pair[0]) == sort and not _is_in_date(pair)])
        if swap is not None:
            yield swap


def _may_be_exchanged(first: Pair, second: Pair) -> bool:
    """Whether two figures in digits are of one sort in both texts, so that only their places tell them apart."""
    pairs = first, second
    same = all(sort_of(one) == sort_of(other) and one.kind != "score" for one, other in zip(first, second, strict=True))
    written = all(figure.written for pair in pairs for figure in pair)
    return same and written and first[0].values != second[0].values and not any(map(_is_in_date, pairs))


def _may_turn(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether people turn two figures round: scores, parts and wholes, what was and what is."""
    whole_first = _turn(source, target) or lexicon(target.language).whole_first
    apart = whole_first or gap(first[1], second[1]) > _CLAUSE or not is_partitive(first[0], second[0], source)
    return (
        typed_round(first, second, source, target)
        or are_turned_by_word(first, second, source, target)
        or (apart and are_part_and_whole(first, second, source, target))  # `of 61 that came, 44` is 44 of 61
        or _are_then_and_now(first, second, source, target)
    )


def _is_in_date(pair: Pair) -> bool:
    """Whether a number is part of a date in the translation, where it may have another place: `9/11`, `12 January`."""
    return pair[0].kind == "number" and pair[1].kind in DATED


def _transposition(pairs: Sequence[Pair]) -> Swap | None:
    """The two that have changed places, where all the others have kept theirs."""
    moved = [pair for pair, other in zip(pairs, sorted(pairs, key=_target_place), strict=True) if pair[1] != other[1]]
    return (moved[0], moved[1]) if len(moved) == 2 and moved[0][0].values != moved[1][0].values else None


def _target_place(pair: Pair) -> int:
    return pair[1].start


def _in_list(first: Pair, second: Pair, pairs: Sequence[Pair], source: Text) -> bool:
    """Whether two figures are parts of a list, perhaps with others of it between them."""
    between = [pair for pair in pairs if first < pair < second and same_kind(pair[0], first[0])]
    return all(are_listed(one, other, source) for one, other in pairwise((first, *between, second)))


def _are_then_and_now(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether a change is told as *to 9 from 7*, and the other way round in the other language."""
    return all(
        _comes_from(then, text) and not _comes_from(now, text)
        for now, then, text in ((first[0], second[0], source), (first[1], second[1], target))
    )


def _comes_from(figure: Figure, text: Text) -> bool:
    """Whether a word for *from* stands right before a figure, or an ending that says so right behind it."""
    words = lexicon(text.language)
    behind = text.text[figure.start : figure.end + _BEFORE].split()[:_WORDS_OF_FIGURE]
    if any(word.endswith(words.from_endings) for word in behind):
        return True
    before = items_of(text.text[max(0, figure.start - _BEFORE) : figure.start], words)
    return any("changed_from" in item.roles for item in [item for item in before if item.text[0].isalpha()][-1:])


def _turn(source: Text, target: Text) -> bool:
    """Whether only one of two languages puts modifiers before their noun."""
    return lexicon(source.language).verb_last != lexicon(target.language).verb_last
