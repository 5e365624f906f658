"""What stays in its place where only figures are exchanged, and goes along where a clause moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.figures.items import items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.values import Figure
from summarizer.names.sounds import has_sound, unlike_any_part

_Pair = tuple[Figure, Figure]
_NAME = re.compile(r"\b[A-Z][A-Za-z]{2,}")
_NEAR = 60  # characters, at most, between a figure and what belongs to it
_BESIDE = 12  # characters, at most, between a figure and what it counts
_CLEARER = 0.3  # how much more alike a name must sound beside one figure than beside the other
_HEARD = 0.25


class Text(NamedTuple):
    """A text with its language, a BCP 47 tag."""

    text: str
    language: str


def moved_alone(first: _Pair, second: _Pair, source: Text, target: Text) -> int:
    """How many more anchors tell that two figures changed places than that they kept them; 0 where nothing tells."""
    sides = (source, (first[0], second[0])), (target, (first[1], second[1]))
    votes = [_approximators(first, second), *_names(first, second, source, target)]
    beside = [_people(text, *figures) for text, figures in sides]
    if all(beside):
        votes.append(-beside[0] * beside[1])
    return sum(votes)


def _approximators(first: _Pair, second: _Pair) -> int:
    """An approximator that one of the two has in the source."""
    kinds = [figure.approximator for figure in (first[0], second[0], first[1], second[1])]
    if kinds[0] == kinds[1] or kinds[2] == kinds[3]:
        return 0
    return 1 if kinds[0] == kinds[3] and kinds[1] == kinds[2] else -1 if kinds[:2] == kinds[2:] else 0


def _people(text: Text, one: Figure, other: Figure) -> int:
    """1 where only the first has a word for people beside it, -1 where only the second has, else 0."""
    return _counts(text, one, other) - _counts(text, other, one)


def _counts(text: Text, figure: Figure, other: Figure) -> bool:
    return people_behind(figure, text, most=_window(text.text, figure, other, _BESIDE)[1] - figure.end)


def people_behind(figure: Figure, text: Text, *, most: int = _BESIDE) -> bool:
    """Whether a word for people, dead or wounded stands at most so many characters behind a figure."""
    words = lexicon(text.language)
    behind = text.text[figure.end : figure.end + most]
    return words is not None and any("people" in item.roles for item in items_of(behind, words))


def _names(first: _Pair, second: _Pair, source: Text, target: Text) -> Iterator[int]:
    """Names beside one of the figures in a source in Latin letters, by their sound in the translation."""
    here, there = (_around(target.text, one[1], two[1]) for one, two in ((first, second), (second, first)))
    for own, (one, two) in ((1, (first, second)), (-1, (second, first))):
        for name in set(_NAME.findall(_around(source.text, one[0], two[0]))):
            if not has_sound(name):
                continue
            beside, away = (unlike_any_part(name, text, target.language) for text in (here, there))
            if min(beside, away) <= _HEARD and abs(beside - away) >= _CLEARER:
                yield own if away < beside else -own


def _around(text: str, figure: Figure, other: Figure) -> str:
    start, end = _window(text, figure, other, _NEAR)
    return f"{text[start : figure.start]} {text[figure.end : end]}"


def _window(text: str, figure: Figure, other: Figure, size: int) -> tuple[int, int]:
    """The part of a text round a figure, up to half the way to the other one."""
    start, end = max(0, figure.start - size), min(len(text), figure.end + size)
    if other.start >= figure.end:
        end = min(end, (figure.end + other.start) // 2)
    else:
        start = max(start, (other.end + figure.start) // 2)
    return start, end
