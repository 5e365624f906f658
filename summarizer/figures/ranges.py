"""Scores and ranges in a translation: ends that have changed places with each other or with another figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from summarizer.figures.dates import DATED
from summarizer.figures.items import items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.sides import (
    LIST_GAP,
    Pair,
    Swap,
    Text,
    are_ends,
    are_joined,
    are_turned_by_word,
    gap,
    is_base,
    sort_of,
)
from summarizer.figures.values import Kind
from summarizer.languages import direction_of

_RANGE = 6  # characters, at most, between the ends of a range: "34 to 39"
_TRAILING = 30  # characters, at most, between a score and the word for those who trail
_WORDS_BEHIND = 2  # the word, or the particle of the score and the word
_TORN_BY = frozenset(",;(")
_LISTS = frozenset(",;،؛")
_MOMENTS: frozenset[Kind] = DATED - {"year"}


def torn(pairs: Sequence[Pair], source: Text, target: Text) -> Iterator[Swap]:
    """A figure between the ends of a range or score or in the place of one, and the end that stands where it stood."""
    numbers = [pair for pair in pairs if DATED.isdisjoint({pair[0].kind, pair[1].kind})]
    for first, second in pairwise(numbers):
        between = source.text[first[0].end : second[0].start]
        if len(between) > _RANGE or not _TORN_BY.isdisjoint(between) or sort_of(first[0]) != sort_of(second[0]):
            continue
        if is_base(second[0]):
            continue
        turned = second[1].start < first[1].start and gap(first[1], second[1]) <= LIST_GAP
        turned = turned and not are_turned_by_word(first, second, source, target)
        if turned and are_ends(first[0], second[0], source):
            yield first, second
            return
        if not are_joined(first[0], second[0], source):
            continue
        others = [pair for pair in pairs if pair not in {first, second} and pair[0].kind not in _MOMENTS]
        if (taken := next(_took_place(first, second, others, target), None)) is not None:
            yield taken
            return
        start, end = sorted((first[1].start, second[1].start))
        for other in others:
            if start < other[1].start < end:
                yield (second, other) if other > second else (other, first)
                return


def _took_place(first: Pair, second: Pair, others: Sequence[Pair], target: Text) -> Iterator[Swap]:
    """An end of a range or score that has left the other one, and the figure that is joined to that instead.

    A year before a word for *to* may be a date of its own: `2031 तक`.
    """
    ends = sorted((first[1], second[1]))
    if are_joined(ends[0], ends[1], target):
        return
    for (gone, kept), other in product(((first, second), (second, first)), others):
        one, two = sorted((kept[1], other[1]))
        if other[0].kind == "year" and any(map(str.isalpha, target.text[one.end : two.start])):
            continue
        if gap(one, two) <= LIST_GAP and are_joined(one, two, target) and gap(kept[0], other[0]) > _RANGE:
            yield min(gone, other), max(gone, other)


def typed_round(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether two ends of a score or of a telephone number are typed from right to left, and shown the right way.

    Scores are where the language does so; longer chains only in digits that run with the script.
    """
    between = target.text[second[1].end : first[1].start]
    both = source.text[first[0].end : second[0].start] + between
    if any(character.isalpha() or character in _LISTS for character in both):
        return False
    if any(map(str.isdecimal, between)):
        return direction_of(target.language) == "rtl" and not between.isascii()
    return _mirrors(source.text[first[0].end : second[0].start], source) != _mirrors(between, target)


def seen_by_loser(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether two figures are the ends of one score of those who trail, told from their side in one of the languages.

    They are `2-0 down` in English, and `lagen 0:2 zurück` in German.
    """
    words = lexicon(source.language)
    between = source.text[first[0].end : second[0].start]
    scored = first[0].kind == second[0].kind == "score" and len(between) == 1
    if not scored and between != ":":  # which tells scores in many languages
        return False
    if words.loser_first == lexicon(target.language).loser_first:
        return False
    before = source.text[max(0, first[0].start - _TRAILING) : first[0].start]
    behind = source.text[second[0].end : second[0].end + _TRAILING]
    last = items_of(re.split(r"\d", before)[-1], words)
    return any("trailing" in item.roles for item in last) or any(
        "trailing_after" in item.roles for item in items_of(behind, words)[:_WORDS_BEHIND]
    )


def _mirrors(mark: str, text: Text) -> bool:
    """Whether people type scores with a mark the other way round in the language of a text."""
    return bool(mark.strip()) and mark.strip() in lexicon(text.language).mirrored
