"""Figures that have changed places in a translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, pairwise, permutations, product

from summarizer.figures.anchors import marks, moved_alone
from summarizer.figures.items import items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.sides import Text
from summarizer.figures.slots import in_each_others_place
from summarizer.figures.values import Figure, Kind
from summarizer.languages import direction_of
from summarizer.quotations import quotations_in

_LIST_GAP = 30  # characters, at most, between figures of a list
_LISTS = frozenset(",;،؛")
_COMMAS = frozenset(",;/–—-、，；،")
_TORN_BY = frozenset(",;(")
_DASHES = frozenset("-–—‑−")
_JOINTS = frozenset(":.'")  # of one time or measure
_LEAST_BASE = 1000
_ONE_NOUN = 1  # word, at most, between figures of a list, marks and units apart
_OF_FIGURES = frozenset(
    [
        "joiners",
        "range",
        "number",
        "scale",
        "scale_mark",
        "unit",
        "currency",
        "percent",
        "point",
        "points",
        "age",
        "people",
        "counted",
        "ordinal_after",
    ]
)
_TRAILING = 15  # characters, at most, between a score and the word for those who trail
_RANGE = 6  # characters, at most, between the ends of a range: "34 to 39"
_DATED: frozenset[Kind] = frozenset({"day", "month", "year", "time"})
_BEFORE = 14  # characters beside a figure, among which its preposition or its unit stands
_WORDS_OF_FIGURE = 2  # that may have an ending: `455 millióról`, `61,2 százalékról`
_BESIDE = 5  # characters, at most, between a year and its month
_CLAUSE = 12  # characters, at least, between figures that words other than *of* part
_DATE = 25  # characters, at most, between the day and the year of a date
# Kinds that a sign, a unit or a month beside the figure shows.
_MARKED: frozenset[Kind] = frozenset({"percent", "points", "money", "measure", "time", "day", "age", "code"})
_COMMON = frozenset({"people", "second", "minute", "hour", "day", "week", "month", "year"})
_Pair = tuple[Figure, Figure]


def swapped_in_translation(pairs: Sequence[_Pair], source: Text, target: Text) -> Iterator[tuple[_Pair, _Pair]]:
    """Two figures that stand in each other's place: by what they count, by their dates and ranges, or by their order.

    Where only one of the languages puts modifiers before their noun, people turn the order round too; there it counts
    only inside a list, or where names and approximators have kept their places.
    """
    written = sorted(pair for pair in pairs if not pair[0].weak and not pair[1].weak)
    if len(written) < 2:
        return
    found = chain(
        in_each_others_place([pair for pair in sorted(pairs) if pair[0].written or not pair[0].weak], source, target),
        _dates_turned(written, source.language, target.language),
        _misdated(written),
        _torn(written, source, target),
        _misparted(written, source, target),
        _reversed(written, source, target),
    )
    yield from (swap for swap in dict.fromkeys(found) if not _seen_by_loser(*swap, source))


def _seen_by_loser(first: _Pair, second: _Pair, source: Text) -> bool:
    """Whether two figures are the ends of one score, beside a word of those who trail: `2-0 down` is 0-2 to others."""
    words = lexicon(source.language)
    if words is None or not first[0].kind == second[0].kind == "score" or _gap(first[0], second[0]) > 1:
        return False
    before = source.text[max(0, first[0].start - _TRAILING) : first[0].start]
    behind = source.text[second[0].end : second[0].end + _TRAILING]
    last = items_of(re.split(r"\d", before)[-1], words)
    return any("trailing" in item.roles for item in last) or any(
        "trailing_after" in item.roles for item in items_of(behind, words)[:1]
    )


def _reversed(pairs: Sequence[_Pair], source: Text, target: Text) -> Iterator[tuple[_Pair, _Pair]]:
    """Two figures of one sort in the other order, where that is no custom of the languages."""
    turns = _turns_round(source.language) != _turns_round(target.language)
    dated = [*_dated(pairs), *(pair for pair in pairs if pair[0].kind == "number" and pair[1].kind in _DATED)]  # 9/11
    whole_first = turns or _says_whole_first(target.language)
    for sort in sorted({_sort(first) for first, _ in pairs}):
        sorted_out = [pair for pair in pairs if _sort(pair[0]) == sort and pair not in dated]
        swap = _transposition(sorted_out)
        if swap is None or _typed_round(*swap, source, target):
            continue
        turned = _has_between(swap[1][1], swap[0][1], target, "turned")
        apart = whole_first or _gap(swap[0][1], swap[1][1]) > _CLAUSE  # `of 61 that came, 44` is 44 of 61
        if turned or (apart and _partitive(*swap, source)):
            continue
        if _are_then_and_now(*swap, source, target) or _moved_with_words(*swap, source, target):
            continue
        least = 1 if turns and not _embraces(*swap, sorted_out) else 0
        if _in_list(*swap, pairs, source) or moved_alone(*swap, source, target, named=turns) >= least:
            yield swap


def _in_list(first: _Pair, second: _Pair, pairs: Sequence[_Pair], source: Text) -> bool:
    """Whether two figures are parts of a list, perhaps with others of it between them."""
    between = [pair for pair in pairs if first < pair < second and _same_kind(pair[0], first[0])]
    return all(_listed(one, other, source) for one, other in pairwise((first, *between, second)))


def _sort(figure: Figure) -> tuple[str, str]:
    """What a figure cannot leave without notice; only its size tells a year, and at times an age, from a number."""
    return ("number", "") if figure.kind in {"year", "number", "age"} else (figure.kind, figure.unit)


def _are_then_and_now(first: _Pair, second: _Pair, source: Text, target: Text) -> bool:
    """Whether a change is told as *to 9 from 7*, and the other way round in the other language."""
    return all(
        _comes_from(then, text) and not _comes_from(now, text)
        for now, then, text in ((first[0], second[0], source), (first[1], second[1], target))
    )


def _comes_from(figure: Figure, text: Text) -> bool:
    """Whether a word for *from* stands right before a figure, or an ending that says so right behind it."""
    words = lexicon(text.language)
    if words is None:
        return False
    behind = text.text[figure.start : figure.end + _BEFORE].split()[:_WORDS_OF_FIGURE]
    if any(word.endswith(words.from_endings) for word in behind):
        return True
    before = items_of(text.text[max(0, figure.start - _BEFORE) : figure.start], words)
    return any("changed_from" in item.roles for item in [item for item in before if item.text[0].isalpha()][-1:])


def _moved_with_words(first: _Pair, second: _Pair, source: Text, target: Text) -> bool:
    """Whether what one of two figures counts, or the quotation that it stands in, came along with it."""
    for mark in (_company, _is_quoted):
        one, other = mark(first[0], source), mark(second[0], source)
        if one != other and (one, other) == (mark(first[1], target), mark(second[1], target)):
            return True
    return False


def _company(figure: Figure, text: Text) -> frozenset[str]:
    return frozenset({"age"}) if figure.kind == "age" else _counted(figure, text) & _COMMON


def _is_quoted(figure: Figure, text: Text) -> bool:
    return any(quotation.start < figure.start < quotation.end for quotation in quotations_in(text.text))


def _says_whole_first(language: str) -> bool:
    words = lexicon(language)
    return words is not None and words.whole_first


def _dated(pairs: Sequence[_Pair]) -> list[_Pair]:
    """The years that stand beside the same month in both texts: whole dates, which may move."""
    years, months = ([pair for pair in pairs if pair[0].kind == kind] for kind in ("year", "month"))
    return [
        year
        for year, month in product(years, months)
        if _gap(year[0], month[0]) <= _BESIDE and _gap(year[1], month[1]) <= _BESIDE
    ]


def _torn(pairs: Sequence[_Pair], source: Text, target: Text) -> Iterator[tuple[_Pair, _Pair]]:
    """A figure between the ends of a range or score or in the place of one, and the end that stands where it stood."""
    numbers = [pair for pair in pairs if pair[0].kind not in _DATED]
    for index, (first, second) in enumerate(pairwise(numbers)):
        between = source.text[first[0].end : second[0].start]
        if len(between) > _RANGE or not _TORN_BY.isdisjoint(between) or _sort(first[0]) != _sort(second[0]):
            continue
        if _is_base(second[0]):
            continue
        turned = second[1].start < first[1].start and _gap(first[1], second[1]) <= _LIST_GAP
        if turned and _are_ends(first[0], second[0], source):
            yield first, second
            return
        others = (*numbers[:index], *numbers[index + 2 :])
        if not _are_joined(first[0], second[0], source):
            continue
        taken = next(_took_place(first, second, others, target), None)
        if taken is not None:
            yield taken
            return
        start, end = sorted((first[1].start, second[1].start))
        for other in others:
            if start < other[1].start < end:
                yield (second, other) if other > second else (other, first)
                return


def _is_base(figure: Figure) -> bool:
    """Whether a figure is what others are counted by: `17.4 per 100,000`."""
    return figure.value >= _LEAST_BASE and figure.value == Decimal(1).scaleb(figure.value.adjusted())


def _took_place(first: _Pair, second: _Pair, others: Sequence[_Pair], target: Text) -> Iterator[tuple[_Pair, _Pair]]:
    """An end of a range or score that has left the other one, and the figure that is joined to that instead."""
    ends = sorted((first[1], second[1]))
    if _are_joined(ends[0], ends[1], target):
        return
    for (gone, kept), other in product(((first, second), (second, first)), others):
        one, two = sorted((kept[1], other[1]))
        if _gap(one, two) <= _LIST_GAP and _are_joined(one, two, target) and _gap(kept[0], other[0]) > _RANGE:
            yield min(gone, other), max(gone, other)


def _misdated(pairs: Sequence[_Pair]) -> Iterator[tuple[_Pair, _Pair]]:
    """A year that has left its month, and the figure that stands there in its place."""
    years, months = ([pair for pair in pairs if pair[0].kind == kind] for kind in ("year", "month"))
    others = [pair for pair in pairs if pair[0].kind not in _DATED]
    for year, month, other in product(years, months, others):
        left = _gap(year[0], month[0]) <= _DATE < _gap(year[1], month[1])
        if left and _gap(other[1], month[1]) <= _BESIDE < _gap(other[0], month[0]):
            yield min(year, other), max(year, other)


def _dates_turned(pairs: Sequence[_Pair], source: str, target: str) -> Iterator[tuple[_Pair, _Pair]]:
    """The day and the year of a date, right in the source, in an order that dates of the other language do not have."""
    days, years = ([pair for pair in pairs if pair[0].kind == kind] for kind in ("day", "year"))
    for day, year in product(days, years):
        near = _gap(day[0], year[0]) <= _DATE and _gap(day[1], year[1]) <= _DATE
        if near and not _misplaced(year[0], day[0], source) and _misplaced(year[1], day[1], target):
            yield day, year


def _misplaced(year: Figure, day: Figure, language: str) -> bool:
    """Whether a year stands on the side of a day where dates of a language do not have it."""
    words = lexicon(language)
    place = words.year_place if words is not None else "any"
    return place != "any" and (year.start < day.start) == (place == "last")


def _gap(one: Figure, other: Figure) -> int:
    """How many characters part two figures of a text."""
    return max(one.start, other.start) - min(one.end, other.end)


def _typed_round(first: _Pair, second: _Pair, source: Text, target: Text) -> bool:
    """Whether two ends of a score or of a telephone number are typed from right to left, and shown the right way.

    Scores are where the language does so; longer chains only in digits that run with the script.
    """
    between = target.text[second[1].end : first[1].start]
    both = source.text[first[0].end : second[0].start] + between
    if any(character.isalpha() or character in _LISTS for character in both):
        return False
    if any(map(str.isdecimal, between)):
        return direction_of(target.language) == "rtl" and not between.isascii()
    return _mirrored(source.language) != _mirrored(target.language)


def _misparted(pairs: Sequence[_Pair], source: Text, target: Text) -> Iterator[tuple[_Pair, _Pair]]:
    """A part and its whole, or two sides of a vote, that a word between them puts in the order that they do not have.

    `14 of 21` is `21 में से 14`, and `52 to 48` is `48 के मुकाबले 52`.
    """
    words = lexicon(target.language)
    if words is None:
        return
    for first, second in pairwise(pairs):
        one, other = sorted((first[1], second[1]))
        if max(_gap(first[0], second[0]), _gap(one, other)) > _LIST_GAP or _sort(first[0]) != _sort(second[0]):
            continue
        straight = one == first[1]
        if first[0].value < second[0].value and _partitive(first, second, source):
            wrong = straight if words.part_last else not straight and _has_between(one, other, target, "out_of")
        else:
            wrong = straight and _says_to(first[0], second[0], source) and _has_between(one, other, target, "turned")
        if wrong:
            yield first, second


def _says_to(first: Figure, second: Figure, text: Text) -> bool:
    """Whether a dash or a word of ranges stands somewhere between two figures of a text."""
    return _are_joined(first, second, text) or _has_between(first, second, text, "range")


def _has_between(one: Figure, other: Figure, text: Text, role: str) -> bool:
    """Whether a word of a sort stands between two figures of a text, close to each other."""
    words = lexicon(text.language)
    between = text.text[one.end : other.start]
    if words is None or len(between) > _LIST_GAP or not words.knows(role):
        return False
    return any(role in item.roles for item in items_of(between, words))


def _embraces(first: _Pair, second: _Pair, pairs: Sequence[_Pair]) -> bool:
    """Whether two others stand between two figures, in the same order in both texts: they were not turned round."""
    return sum(first < pair < second for pair in pairs) > 1


def _are_ends(first: Figure, second: Figure, text: Text) -> bool:
    """Whether a word of ranges stands between two figures of a text: `16 to 34`, but not `17 of 23`."""
    words = lexicon(text.language)
    between = text.text[first.end : second.start].strip().casefold()
    return words is not None and bool(between) and "range" in words.phrase((words.fold(between),))[1]


def _are_joined(first: Figure, second: Figure, text: Text) -> bool:
    """Whether only a dash or a word of ranges stands between two figures of a text."""
    return text.text[first.end : second.start].strip() in _DASHES or _are_ends(first, second, text)


def _crossed(pairs: Sequence[_Pair]) -> Iterator[tuple[_Pair, _Pair]]:
    """A figure that has become what another was, which is that no longer: `40 miles in 1967`, `1967 miles in 40`."""
    changed = [pair for pair in pairs if not _same_kind(*pair)]
    for first, second in permutations(changed, 2):
        if second[0].kind in _MARKED and _same_kind(second[0], first[1]) and not _ages(first[0], second[0]):
            yield min(first, second), max(first, second)
            return


def _crossed_counts(pairs: Sequence[_Pair], source: Text, target: Text) -> Iterator[tuple[_Pair, _Pair]]:
    """A figure of hours that counts something else now, and a figure that has become one of hours; so for people.

    Of other things only where no third figure counts them: `21 seats, of which 14` is `of 21, 14 seats` elsewhere.
    """
    pairs = [pair for pair in pairs if pair[0].kind != "month" and not _may_be_ages(pair[0])]
    if len(pairs) < 2:
        return
    marked = [_counted(one, source) | ({"dated"} if one.kind == "year" else set()) for one, _ in pairs]
    if not any(marked):
        return
    counted = [(own, _counted(other, target)) for own, (_, other) in zip(marked, pairs, strict=True)]
    once = [Counter(chain.from_iterable(side)) for side in zip(*counted, strict=True)]
    for (first, before), (second, after) in permutations(zip(pairs, counted, strict=True), 2):
        if _keep_their_marks(first, second, source, target):
            continue
        crossed = (before[0] & after[1]) - before[1] - after[0]
        in_order = min(first, second), max(first, second)
        if not _partitive(*in_order, source):
            plain = {mark for mark in crossed if mark in _COMMON or once[0][mark] == once[1][mark] == 1}
        else:
            plain = set(crossed & _COMMON)
        if "month" in plain or (plain and not _listed(*in_order, source)):
            yield in_order
            return


def _keep_their_marks(first: _Pair, second: _Pair, source: Text, target: Text) -> bool:
    """Whether words beside the first figure and beside the second one in the translation tell nothing of either.

    The word of a rate's base, of a month, of pounds that are money on one side and a weight on the other, or of the
    last part of one measure: `12 minutes 35.4 seconds`, `12:35,4 minuty`.
    """
    kinds = {first[0].kind, second[1].kind}
    return (
        _is_base(first[0])
        or _is_base(second[0])
        or _share_month(first, second, target)
        or kinds == {"money", "measure"}
        or (target.text[first[1].end : second[1].start] in _JOINTS and _has_words(first[0], second[0], source))
    )


def _has_words(first: Figure, second: Figure, text: Text) -> bool:
    return any(map(str.isalpha, text.text[first.end : second.start]))


def _may_be_ages(figure: Figure) -> bool:
    """Whether a decade may be of ages, as in `in their 50s`."""
    return figure.kind == "decade" and figure.value < _LEAST_BASE


def _counted(figure: Figure, text: Text) -> frozenset[str]:
    """What a figure counts; an age counts years, and a year does not: `2024 roku`."""
    if figure.kind == "year":
        return marks(figure, text) - {"year"}
    return marks(figure, text) | ({"year"} if figure.kind == "age" else set())


def _share_month(first: _Pair, second: _Pair, target: Text) -> bool:
    """Whether a month stands beside two figures that may both belong to it: `December 9-10`, `3. Mai 2019`."""
    days = [one for one in (first[1], second[1]) if one.kind == "day"]
    return first[0].kind == second[0].kind == "day" or any(target.text[day.end : day.end + 1] == "." for day in days)


def _partitive(first: _Pair, second: _Pair, source: Text) -> bool:
    """Whether the first figure is a part of the second: `14 of the 21 seats`."""
    words = lexicon(source.language)
    between = source.text[first[0].end : second[0].start]
    if words is None or len(between) > _LIST_GAP:
        return False
    return any("of" in item.roles for item in items_of(between, words)[:1])


def _ages(one: Figure, other: Figure) -> bool:
    """Whether the two can be ages of one list, of which languages mark the first or the last."""
    return {one.kind, other.kind} in ({"number", "age"}, {"decade", "age"})


def _same_kind(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind and one.unit == other.unit


def _transposition(pairs: Sequence[_Pair]) -> tuple[_Pair, _Pair] | None:
    """The two that have changed places, where all the others have kept theirs."""
    moved = [pair for pair, other in zip(pairs, sorted(pairs, key=_target_place), strict=True) if pair[1] != other[1]]
    return (moved[0], moved[1]) if len(moved) == 2 and moved[0][0].values != moved[1][0].values else None


def _target_place(pair: _Pair) -> int:
    return pair[1].start


def _mirrored(language: str) -> bool:
    words = lexicon(language)
    return words is not None and words.mirrored


def _turns_round(language: str) -> bool:
    words = lexicon(language)
    return words is not None and words.verb_last


def _listed(first: _Pair, second: _Pair, source: Text) -> bool:
    """Whether two figures close to each other are parts of a list, which no language turns round.

    A comma or *and* stands between them, and a word at most, as in `28 men, 14 women`.
    """
    words = lexicon(source.language)
    if words is None or max(_gap(first[0], second[0]), _gap(first[1], second[1])) > _LIST_GAP:
        return False
    between = items_of(source.text[first[0].end : second[0].start], words)
    others = sum(item.text[0].isalpha() and item.roles.keys().isdisjoint(_OF_FIGURES) for item in between)
    parted = any(item.text in _COMMAS or "joiners" in item.roles for item in between)
    return parted and others <= _ONE_NOUN and _sort(first[0]) == _sort(second[0])
