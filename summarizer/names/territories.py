"""Countries and big cities by the names that CLDR gives them in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from babel.core import get_global

from summarizer.languages import language_data, locale_of, script_of
from summarizer.names.customs import inflects_names, is_cased, is_spaced

# What stays of a long and of a short name when endings go, how much longer a form may be, and what adjectives share.
_LONG_ENDING, _SHORT_ENDING, _LONG, _LONGER, _STEM = 2, 1, 7, 3, 4
# Letters of a name, at least, and signs of scripts that write more with one.
_SHORTEST, _SHORTEST_SIGNS = 4, 2
# The most that Arabic and Hebrew write before a name in one word, and letters that their writers interchange.
_PROCLITICS = {"Arab": 3, "Hebr": 2}
_SAME = str.maketrans("أإآيىكة", "اااییکه")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_BRACKETS = regex.compile(r"\s*[(（].*?[)）]")
# What CLDR lists among territories and is none, or is left out because people call it otherwise.
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "ZZ", "XA", "XB", "JE", "TD", "GE", "JO"})


class Exchange(NamedTuple):
    """A country or city of one text, and the one that another text has in its place."""

    expected: str
    found: str


def exchanged(source: str, source_tag: str, text: str, tag: str) -> Iterator[Exchange]:
    """Countries, or cities, that a translation lacks, where it has another that its source has in no form.

    A word that begins as a name does counts as the name, as adjectives do, so that in doubt nothing is said.
    """
    lost = {code: name for code, name in places_in(source, source_tag) if not is_hinted(code, text, tag)}
    if not lost:
        return
    new = {code: name for code, name in places_in(text, tag) if not is_hinted(code, source, source_tag)}
    for code, name in lost.items():
        other = next((one for one in new if ("/" in one) == ("/" in code)), None)
        if other is not None:
            yield Exchange(name, new.pop(other))


@lru_cache(maxsize=1024)
def places_in(text: str, tag: str) -> tuple[tuple[str, str], ...]:
    """The countries and cities of a text: codes, and what stands there."""
    return tuple(dict(_found_in_words(text, tag) if is_spaced(tag) else _found_in_run(text, tag)).items())


def _found_in_words(text: str, tag: str) -> Iterator[tuple[str, str]]:
    words = _WORD.findall(text.translate(_SAME))
    index, most = _index(tag), _PROCLITICS.get(script_of(tag), 0)
    for place, word in enumerate(words):
        if is_cased(tag) and not word[0].isupper():
            continue
        for cut in range(most + 1):
            for code, name in index.get(word[cut : cut + _shortest(tag)], ()):
                size = len(name)
                there = [word[cut:], *words[place + 1 : place + size]]
                if (
                    len(there) == size
                    and (not cut or len(name[0]) > _SHORTEST)
                    and all(map(_is_form(tag), name, there))
                ):
                    yield code, " ".join(words[place : place + size])


def _found_in_run(text: str, tag: str) -> Iterator[tuple[str, str]]:
    index = _index(tag)
    for place in range(len(text) - 1):
        for code, (name,) in index.get(text[place : place + _SHORTEST_SIGNS], ()):
            if text.startswith(name, place):
                yield code, name


def _shortest(tag: str) -> int:
    return _SHORTEST if is_spaced(tag) and script_of(tag) != "Kore" else _SHORTEST_SIGNS


def _is_form(tag: str) -> Callable[[str, str], bool]:
    """How to tell whether a word is a form of a name: with another ending, or with something written behind it."""
    if is_cased(tag):
        return _with_ending if inflects_names(tag) else str.__eq__
    return str.__eq__ if script_of(tag) in _PROCLITICS else _with_suffix


def _with_ending(name: str, word: str) -> bool:
    stem = name[: len(name) - (_LONG_ENDING if len(name) >= _LONG else _SHORT_ENDING)]
    return name == word or (len(name) > _SHORTEST and word.startswith(stem) and len(word) <= len(name) + _LONGER)


def _with_suffix(name: str, word: str) -> bool:
    return word.startswith(name) and len(word) <= len(name) + _LONGER


@lru_cache(maxsize=4096)
def is_hinted(code: str, text: str, tag: str) -> bool:
    """Whether a text has a word that begins as a name of the place does; true for places that it cannot name."""
    hints = _hints(tag).get(code)
    folded = text.translate(_SAME).casefold()
    return not hints or any(hint in folded for hint in hints)


@cache
def _hints(tag: str) -> Mapping[str, tuple[str, ...]]:
    """What a text has that speaks of a place: first letters of its name, and the `aliases` of the language."""
    spaced, aliases = is_spaced(tag), language_data("names", tag).get("aliases", {})
    return {
        code: (
            *(
                word[: _STEM if spaced else None].casefold()
                for word in name
                if len(word) >= _SHORTEST or len(name) == 1
            ),
            *aliases.get(code, ()),
        )
        for code, name in _names(tag)
    }


@cache
def _index(tag: str) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The places by the first letters of their names."""
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for code, name in _names(tag):
        key = name[0][: _shortest(tag)]
        found[key] = (*found.get(key, ()), (code, name))
    return found


@cache
def _names(tag: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Codes and names of countries and of the cities that stand for time zones; a name by its words.

    Left out is what a weekday or a month is called as well.
    """
    locale = locale_of(tag)
    if locale is None:
        return ()
    places = [(code, name) for code, name in locale.territories.items() if len(code) == 2 and code not in _NO_COUNTRIES]
    for zone in get_global("zone_territories"):  # CLDR leaves out the city that is written as in the name of the zone
        city = "" if script_of(tag) != "Latn" else zone.rpartition("/")[2].replace("_", " ")
        places.append((zone, locale.time_zones.get(zone, {}).get("city", city)))
    dates = {name.casefold() for table in (locale.months, locale.days) for name in table["format"]["wide"].values()}
    plain = [(code, _BRACKETS.sub("", name).strip().translate(_SAME)) for code, name in places]
    return tuple(
        (code, tuple(_WORD.findall(name)) if is_spaced(tag) else (name,))
        for code, name in plain
        if len(name) >= _shortest(tag) and name.casefold() not in dates and _WORD.search(name)
    )
