"""The two texts of a translation, the figures that they share, and what stands between two figures of one text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from summarizer.figures.items import Item, items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.values import Figure

Pair: TypeAlias = tuple[Figure, Figure]  # a figure of the source and the one of the translation that says the same
LIST_GAP = 30  # characters, at most, between figures of a list, or of a part and its whole
_COMMAS = frozenset(",;/–—-、，；，")
_ONE_NOUN = 1  # word, at most, between figures of a list, marks and units apart
_OF_FIGURES = frozenset(
    ["joiners", "range", "number", "scale", "scale_mark", "unit", "currency", "percent", "point", "points", "age",
     "people", "counted", "ordinal_after"]
)  # fmt: skip


class Text(NamedTuple):
    """A text with its language, a BCP 47 tag."""

    text: str
    language: str


def gap(one: Figure, other: Figure) -> int:
    """How many characters part two figures of a text; negative where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def items_between(one: Figure, other: Figure, text: Text) -> Sequence[Item]:
    """The words and marks between a figure and one behind it; none where they stand far from each other."""
    words = lexicon(text.language)
    between = text.text[one.end : other.start]
    return items_of(between, words) if words is not None and len(between) <= LIST_GAP else ()


def says_between(one: Figure, other: Figure, text: Text, role: str) -> bool:
    """Whether a word of a sort stands between a figure and one close behind it."""
    words = lexicon(text.language)
    if words is None or not words.knows(role):
        return False
    return any(role in item.roles for item in items_between(one, other, text))


def are_listed(first: Pair, second: Pair, source: Text) -> bool:
    """Whether two figures close to each other are parts of a list, which no language turns round.

    A comma or *and* stands between them, and a word at most, as in `28 men, 14 women`.
    """
    if gap(first[1], second[1]) > LIST_GAP or sort_of(first[0]) != sort_of(second[0]):
        return False
    between = items_between(first[0], second[0], source)
    others = sum(item.text[0].isalpha() and item.roles.keys().isdisjoint(_OF_FIGURES) for item in between)
    return others <= _ONE_NOUN and any(item.text in _COMMAS or "joiners" in item.roles for item in between)


def is_partitive(first: Pair, second: Pair, source: Text) -> bool:
    """Whether the first figure is a part of the second: `14 of the 21 seats`."""
    return any("of" in item.roles for item in items_between(first[0], second[0], source)[:1])


def sort_of(figure: Figure) -> tuple[str, str]:
    """What a figure cannot leave without notice; only its size tells a year, and at times an age, from a number."""
    return ("number", "") if figure.kind in {"year", "number", "age"} else (figure.kind, figure.unit)
