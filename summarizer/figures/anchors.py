"""What stays in its place where only figures are exchanged, and goes along where a clause moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from summarizer.figures.durations import unit_of_time
from summarizer.figures.items import Item, items_beside, items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.sides import Pair, Text
from summarizer.figures.values import Approximator, Figure, Kind

_BESIDE = 12  # characters, at most, between a figure and the people it counts
# Characters and words that are looked through for what a figure counts, and characters before it for its label.
_BEHIND, _WORDS, _UNIT_WORDS, _BEFORE = 30, 3, 2, 12
_ENDS = frozenset(",.;:!?()–—、。，；：？！،؛؟।")
_ADJACENT = {"month": "date", "decade": "decade"}
_BEFORE_IT = {"month": "date", "decade_before": "decade", "ordinal_before": "ordinal", "from_before": "from"}
_LEADING = frozenset({"celsius", "fahrenheit"})  # scales that many languages name before the number
# Kinds that stand beside a word for years or days, but count none.
_PLACED: frozenset[Kind] = frozenset({"age", "decade", "century", "day", "month"})


def moved_alone(first: Pair, second: Pair, source: Text, target: Text) -> int:
    """How many more words beside them tell that two figures changed places than that they kept them."""
    return sum((*_approximators(first, second), *_marks(first, second, source, target)))


def marks(figure: Figure, text: Text) -> frozenset[str]:
    """What a figure counts or is, by the words beside it: a unit, people or things, part of a date, what was before."""
    words = lexicon(text.language)
    points = figure.unit if figure.kind == "number" else ""
    found = {points, "ordinal" if figure.kind == "ordinal" else ""}
    found.add("" if figure.kind in _PLACED else unit_of_time(figure, *text))
    behind = text.text[figure.end : figure.end + _BEHIND]
    behind = behind.rsplit(" ", 1)[0] if len(behind) == _BEHIND else behind.rstrip(".")
    for place, item in _clause(items_beside(behind, words)):
        found |= set(_marks_behind(item, place))
    before = text.text[max(0, figure.start - _BEFORE) : figure.start]
    for item in reversed(items_beside(before, words)[-2:]):
        found |= set(_marks_before(item, before))
        if item.text[0].isalpha() or item.text in _ENDS - {"."}:
            break
    return frozenset(found - {""})


def _marks_behind(item: Item, place: int) -> Iterator[str]:
    """What a word behind a figure tells of it, by the number of the word."""
    yield str(item.roles.get("counted", ""))
    if place < _UNIT_WORDS:
        yield from (mark for role, mark in _ADJACENT.items() if role in item.roles)
    if place <= _UNIT_WORDS and (unit := item.roles.get("unit", "")) not in _LEADING:
        yield unit
    if "ordinal_after" in item.roles and (item.glued or not item.start):
        yield "ordinal"
    if "from_after" in item.roles:
        yield "from"
    if "people" in item.roles and item.start < _BESIDE:
        yield "people"


def _marks_before(item: Item, before: str) -> Iterator[str]:
    """What a word before a figure tells of it, within the text that ends there."""
    yield str(item.roles.get("label", ""))
    yield from (mark for role, mark in _BEFORE_IT.items() if role in item.roles)
    if _is_name_of_number(item, before):
        yield item.text.casefold()


def _is_name_of_number(item: Item, before: str) -> bool:
    """Whether a word right before a figure makes a name of it, in letters that translations keep: `Interstate 80`."""
    beside = item.end >= len(before.rstrip(" -‑"))
    return beside and before[item.start].isascii() and before[item.start].isupper() and "month" not in item.roles


def _clause(items: Sequence[Item]) -> Iterator[tuple[int, Item]]:
    """The first words behind a figure, each with its number, up to what it counts, another figure or a mark."""
    said = 0
    for item in items:
        said += item.text[0].isalpha() and not item.glued
        ordinal = item.text == "." and not item.start  # 30. Mai
        if item.digits is not None or (item.text in _ENDS and not ordinal) or said > _WORDS:
            return
        yield said, item
        if "counted" in item.roles:
            return


def _marks(first: Pair, second: Pair, source: Text, target: Text) -> Iterator[int]:
    """What only one of the two figures counts, on both sides."""
    here = marks(first[0], source), marks(second[0], source)
    there = marks(first[1], target), marks(second[1], target)
    for mark in (here[0] ^ here[1]) & (there[0] ^ there[1]):
        yield 1 if (mark in here[0]) != (mark in there[0]) else -1


def _approximators(first: Pair, second: Pair) -> Iterator[int]:
    """An approximator that only one of the two has, on both sides; *about* and *nearly* are one.

    One that is with the other figure tells most: an exchange of two figures leaves it where it was.
    """
    (one, two), (three, four) = ([_LIKE.get(side.approximator, "") for side in pair] for pair in (first, second))
    for kind in {one, three} & {two, four} - {""}:
        if one != three and two != four:
            yield 5 if (kind == one) != (kind == two) else -1


_LIKE = {**{kind: kind for kind in get_args(Approximator)}, "nearly": "about"}


def and_between(one: Figure, other: Figure, text: Text) -> bool:
    """Whether a word for *and* stands between a figure and one behind it."""
    words = lexicon(text.language)
    between = text.text[one.end : other.start]
    return any("joiners" in item.roles for item in items_of(between, words))
