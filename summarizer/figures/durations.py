"""Units of time beside a figure, by the words that CLDR has for them in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import regex
from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from summarizer.figures.values import Figure

_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
# Numbers whose plural forms differ in some language, by the plural rules of CLDR.
_COUNTS = (1, 2, 3, 5, 11, 100)
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# What stays of a word when endings go, and how far from its figure it may stand and begin, in characters.
_ENDING, _STEM, _BESIDE, _FAR = 2, 4, 2, 20
_LAST_WORD = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}]|\p{{N}}\s)([\p{{L}}\p{{M}}]+)[^\p{{L}}\p{{M}}\p{{N}},;:،؛]{{0,{_BESIDE}}}$"
)


def unit_of_time(figure: Figure, text: str, language: str) -> str:
    """The unit that stands right behind a figure, or right before it and behind no other; an empty text for none."""
    end = figure.end
    for _ in range(2):  # the 80th minute: an ending may stand between
        behind = _WORD.search(text, end)
        if behind and behind.start() - end <= _BESIDE and (unit := _unit(behind[0], language)):
            return unit
        if behind is None or behind.start() > figure.end:
            break
        end = behind.end()
    before = _LAST_WORD.search(text[max(0, figure.start - _FAR) : figure.start])
    return _unit(before[1], language) if before else ""


@lru_cache(maxsize=4096)
def _unit(word: str, language: str) -> str:
    folded = word.casefold()
    units = {unit for stem, unit in _stems(language).items() if folded.startswith(stem)}
    return units.pop() if len(units) == 1 else ""


@cache
def _stems(language: str) -> Mapping[str, str]:
    """The beginnings of the words for units; a beginning that two units share is none's."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, set[str]] = {}
    for unit in _UNITS:
        for count in _COUNTS:
            for word in _WORD.findall(format_unit(count, f"duration-{unit}", locale=locale)):
                folded = word.casefold()
                found.setdefault(folded[: max(_STEM, len(folded) - _ENDING)], set()).add(unit)
    return {stem: units.pop() for stem, units in found.items() if len(units) == 1}
