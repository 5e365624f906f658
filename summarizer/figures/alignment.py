"""Whether two figures of a translation have left what stands about them: things, names and other figures.

What a line names once, and its translation once, belongs more to the figure that it stands near to, in words and
clauses, and stays near that figure where a sentence is turned round.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import regex

from summarizer.figures.lexicon import lexicon
from summarizer.figures.sides import Pair, Text
from summarizer.figures.things import things_in
from summarizer.languages import script_of
from summarizer.names.sounds import has_sound, unlike

Span: TypeAlias = tuple[int, int]
# Of one text to the other: how far an anchor's nearness to a figure falls by a factor of e, in words; how many words
# the end of a clause counts; and how much less an anchor before a figure tells than one behind it, where counted
# things stand. Set on documents 1 to 40 of newstest2019 and 3,600 lines of other news.
_REACH, _CLAUSE, _BEFORE = 6.0, 2.0, 0.7
_LETTERS_OF_WORD = 2  # in scripts without spaces
_NAME = regex.compile(r"\b[A-Z][A-Za-z]{2,}")
_FAINT = 0.2  # nearness at which it is not worth while to listen for a name
_NAMES = 0.6  # how much a name tells: who said it stands before or behind all
_HEARD, _CLEARER = 0.2, 0.15  # how unlike a name may sound, and how much more unlike the next word has to
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’ʼ.][\p{L}\p{M}]+)*|\d+(?:[.,:]\d+)*")
_FOREIGN_WORD = regex.compile(r"[ァ-ヺー]{2,}|[A-Za-z]{2,}")  # that stand out where others are not separated
_END_OF_CLAUSE = regex.compile(r"[,;:()（）、，。；：–—؛،۔।\"“”「」]|\.\s")


class Anchor(NamedTuple):
    """Where a thing, a name or a figure stands in the source and in the translation, and how much it tells."""

    here: Span
    there: Span
    weight: float = 1.0


class Alignment:
    """How near the figures of two texts stand to what both name."""

    def __init__(self, pairs: Sequence[Pair], source: Text, target: Text) -> None:
        self._places = {pair: place for place, pair in enumerate(pairs)}
        here, there = _Measure(source), _Measure(target)
        figures = [Anchor((one.start, one.end), (other.start, other.end)) for one, other in pairs]
        anchors = [*figures, *_things(source, target)]
        if script_of(source.language) == "Latn":
            near = here.near(_NAME.finditer(source.text), [figure.here for figure in figures])
            anchors += (Anchor(place, heard, _NAMES) for place, heard in _heard(near, target))
        elif script_of(target.language) == "Latn":
            near = there.near(_NAME.finditer(target.text), [figure.there for figure in figures])
            anchors += (Anchor(heard, place, _NAMES) for place, heard in _heard(near, source))
        self._weights = [anchor.weight for anchor in anchors]
        self._near = [[here.nearness(figure.here, anchor.here) for figure in figures] for anchor in anchors]
        self._near_there = [[there.nearness(figure.there, anchor.there) for figure in figures] for anchor in anchors]

    def crossed(self, first: Pair, second: Pair) -> float:
        """How much better two figures would stand in each other's place; negative where they stand well."""
        one, other = self._places[first], self._places[second]
        return sum(
            weight * (near[other] - near[one]) * (there[one] - there[other])
            for index, (weight, near, there) in enumerate(zip(self._weights, self._near, self._near_there, strict=True))
            if index not in {one, other}
        )


class _Measure:
    """Distances in a text: words, with more for ends of clauses."""

    def __init__(self, text: Text) -> None:
        steps = [0.0] * (len(text.text) + 1)
        if lexicon(text.language).spaces:
            for match in _WORD.finditer(text.text):
                steps[match.start()] = 1.0
        else:
            steps = [0.0 if character.isspace() else 1 / _LETTERS_OF_WORD for character in text.text] + [0.0]
        for match in _END_OF_CLAUSE.finditer(text.text):
            steps[match.start()] += _CLAUSE
        self._sums = [0.0, *accumulate(steps)]

    def nearness(self, figure: Span, anchor: Span) -> float:
        """1 for what stands right behind a figure, less for what stands farther from it or before it."""
        before = anchor[1] <= figure[0]
        start, end = (anchor[1], figure[0]) if before else (figure[1], anchor[0])
        way = self._sums[end] - self._sums[start] if end > start else 0.0
        return math.exp(-way / _REACH) * (_BEFORE if before else 1.0)

    def near(self, names: Iterable[regex.Match[str]], figures: Sequence[Span]) -> Iterator[regex.Match[str]]:
        """The names that stand near enough to one of the figures to tell something of it."""
        for name in names:
            if any(self.nearness(figure, name.span()) > _FAINT for figure in figures):
                yield name


def _things(source: Text, target: Text) -> Iterator[Anchor]:
    """The things that each text names once."""
    here, there = _once(things_in(source)), _once(things_in(target))
    yield from (Anchor(here[thing], there[thing]) for thing in here.keys() & there.keys())


def _heard(names: Iterable[regex.Match[str]], other: Text) -> Iterator[tuple[Span, Span]]:
    """Names in Latin letters that stand once, and the words of the other text that sound like them."""
    words = [match for match in _words_of(other) if match[0][0].isalpha()]
    for name, place in _once((match[0], match.span()) for match in names).items():
        if has_sound(name):
            alike = sorted((unlike(name, [word[0]], other.language), word.span()) for word in words)
            if alike and alike[0][0] <= _HEARD and (len(alike) == 1 or alike[1][0] - alike[0][0] > _CLEARER):
                yield place, alike[0][1]


def _words_of(text: Text) -> Iterator[regex.Match[str]]:
    yield from (_WORD if lexicon(text.language).spaces else _FOREIGN_WORD).finditer(text.text)


def _once(named: Iterable[tuple[str, Span]]) -> dict[str, Span]:
    found = list(named)
    times = Counter(name for name, _ in found)
    return {name: place for name, place in found if times[name] == 1}
