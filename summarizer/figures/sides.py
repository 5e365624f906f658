"""The two texts of a translation, the figures that they share, and what joins two figures of one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from summarizer.figures.items import Item, items_beside
from summarizer.figures.lexicon import lexicon
from summarizer.figures.values import Figure

Pair: TypeAlias = tuple[Figure, Figure]  # a figure of the source and the one of the translation that says the same
Swap: TypeAlias = tuple[Pair, Pair]
LIST_GAP = 30  # characters, at most, between figures of a list, or of a part and its whole
_LEAST_BASE = 1000
_COMMAS = frozenset(",;/–—-、，；，")
_JOINTS = frozenset("-–—‑−/")
_ONE_NOUN = 1  # word, at most, between figures of a list, marks, units and names apart
_OF_FIGURES = frozenset(
    ["joiners", "range", "number", "scale", "scale_mark", "unit", "currency", "percent", "point", "points", "age",
     "people", "counted", "ordinal_after", "month"]
)  # fmt: skip
_OF_LISTS = frozenset({"joiners", "range"})
_BESIDE_ENDS = frozenset({"range", "scale", "unit", "currency", "percent", "point", "points", "year_after", "age"})
_WORD = re.compile(r"[^\W\d_]+|;")


class Text(NamedTuple):
    """A text with its language, a BCP 47 tag."""

    text: str
    language: str


def gap(one: Figure, other: Figure) -> int:
    """How many characters part two figures of a text; negative where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def sort_of(figure: Figure) -> tuple[str, str]:
    """What a figure cannot leave without notice; only its size tells a year, and at times an age, from a number."""
    return ("number", "") if figure.kind in {"year", "number", "age"} else (figure.kind, figure.unit)


def is_base(figure: Figure) -> bool:
    """Whether a figure is what others are counted by: `17.4 per 100,000`."""
    return figure.value >= _LEAST_BASE and figure.value == Decimal(1).scaleb(figure.value.adjusted())


def items_between(one: Figure, other: Figure, text: Text) -> Sequence[Item]:
    """The words and marks between a figure and one behind it; none where they stand far from each other."""
    words = lexicon(text.language)
    between = text.text[one.end : other.start]
    return items_beside(between, words) if len(between) <= LIST_GAP else ()


def says_between(one: Figure, other: Figure, text: Text, role: str) -> bool:
    """Whether a word of a sort stands between a figure and one close behind it."""
    words = lexicon(text.language)
    if not words.knows(role):
        return False
    return any(role in item.roles for item in items_between(one, other, text))


def are_turned_by_word(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether a word for *against* or *compared to* turns two figures round: `48 के मुकाबले 52` is 52 to 48."""
    return says_between(first[0], second[0], source, "turned") or says_between(second[1], first[1], target, "turned")


def are_ends(one: Figure, other: Figure, text: Text) -> bool:
    """Whether a word of ranges stands between two figures, units apart: `16 to 34`, not `17 of 23`."""
    roles = [item.roles.keys() for item in items_between(one, other, text)]
    return sum("range" in of for of in roles) == 1 and all(not of.isdisjoint(_BESIDE_ENDS) for of in roles)


def are_joined(one: Figure, other: Figure, text: Text) -> bool:
    """Whether only a dash, a stroke or a word of ranges stands between two figures of a text."""
    return text.text[one.end : other.start].strip() in _JOINTS or are_ends(one, other, text)


def are_listed(first: Pair, second: Pair, source: Text) -> bool:
    """Whether two figures close to each other are parts of a list or ends of a range, which no language turns round.

    A comma, *and* or *to* stands between them, and at most a word that is no name, as in `28 men, 14 women`.
    """
    mixed = (first[0].kind == "year") != (second[0].kind == "year")  # `since 1987, the 12-storey hotel`
    if mixed or gap(first[1], second[1]) > LIST_GAP or sort_of(first[0]) != sort_of(second[0]):
        return False
    between = items_between(first[0], second[0], source)
    parted = any(item.text in _COMMAS or "joiners" in item.roles for item in between)
    start = first[0].end
    others = sum(
        item.text[0].isalpha()
        and item.roles.keys().isdisjoint(_OF_FIGURES)
        and not source.text[start + item.start].isupper()
        for item in between
    )
    return others <= _ONE_NOUN if parted else not others and any("range" in item.roles for item in between)


def share_words(first: Pair, second: Pair, source: Text) -> bool:
    """Whether only marks and words of lists part two figures of one sort, so that a word of one belongs to both."""
    if gap(first[1], second[1]) > LIST_GAP or sort_of(first[0]) != sort_of(second[0]):
        return False
    between = items_between(first[0], second[0], source)
    return bool(between) and all(
        item.is_mark or item.digits is not None or not _OF_LISTS.isdisjoint(item.roles) for item in between
    )


def are_coordinated(first: Pair, second: Pair, source: Text) -> bool:
    """Whether two figures stand in clauses of one rank, which no language turns round: `fell 2%, but oil rose 3%`."""
    words = lexicon(source.language)
    if not words.coordinating:
        return False
    between = _WORD.findall(source.text[first[0].end : second[0].start].casefold())
    joints = [index for index, word in enumerate(between) if word == ";" or word in words.coordinating]
    return bool(joints) and words.subordinating.isdisjoint(between[joints[0] :])


def is_partitive(one: Figure, other: Figure, text: Text) -> bool:
    """Whether a figure is a part of the one behind it: `14 of the 21 seats`, `18-for-27`."""
    return text.text[one.end : other.start] == lexicon(text.language).tries or any(
        "of" in item.roles for item in items_between(one, other, text)[:1]
    )


def are_part_and_whole(first: Pair, second: Pair, source: Text, target: Text) -> bool:
    """Whether the first figure is a part of the second in the source, or the second of the first in the translation."""
    part, whole = second[1], first[1]
    return is_partitive(first[0], second[0], source) or (part.value < whole.value and is_partitive(part, whole, target))
