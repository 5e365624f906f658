"""What is known of a language's names, and which capitalised words are none.

`config/names/README.md` describes the keys of `config/names/<tag>.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import regex
from babel.core import get_global

from summarizer.languages import language_data, locale_of, script_of
from summarizer.tokens import count_tokens, rank

_CASED = frozenset({"Cyrl", "Grek", "Latn"})
# Scripts that set no spaces between words.
_UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Thai"})
# How much rarer the word must be without its capital.
_MOSTLY = 3
# Longer words are offices.
_LONGEST_TITLE = 4
_ODD = 3
_LONG_PLACE = 3  # signs; shorter ones are parts of names of people: 马里奥
_LONGEST_PROCLITICS = {"ar": 3, "he": 2}  # letters: `وللصحفيين`
_LETTERS = regex.compile(r"\p{L}[\p{L}\p{M}]+")


def is_cased(tag: str) -> bool:
    """Whether names have capitals."""
    return script_of(tag) in _CASED


def is_spaced(tag: str) -> bool:
    """Whether spaces stand between words."""
    return script_of(tag) not in _UNSPACED


def capitals_mean_names(tag: str) -> bool:
    """Whether a capital inside a sentence speaks for a name; in German every noun has one."""
    return is_cased(tag) and tag.partition("-")[0] not in {"de", "lb"}


def roles(tag: str) -> tuple[str, ...]:
    """The words for offices, ranks and forms of address, as the file has them."""
    return tuple(language_data("names", tag).get("roles", ()))


@cache
def signs_of_people(tag: str) -> frozenset[str]:
    """The signs by which capitalised words are taken for a person's name: `two_words`, `rare_word`."""
    return frozenset(language_data("names", tag).get("people", ()))


@cache
def given_names(tag: str) -> frozenset[str]:
    """Given names that people in the news have, for a language whose nouns all have capitals."""
    return frozenset(language_data("names", tag).get("given", ()))


@cache
def other_forms(name: str, tag: str) -> tuple[str, ...]:
    """How the name of a ruler, pope or saint begins in a language, where it sounds otherwise than in English."""
    listed = language_data("names", tag).get("known_as", {}).get(name, "")
    return tuple(filter(None, map(str.strip, listed.split(","))))


@cache
def verbs_of_names(tag: str) -> frozenset[str]:
    """What stands beside a bare name: finite verbs in the singular, in scripts without capitals also case markers."""
    return frozenset(language_data("names", tag).get("verbs", ()))


@cache
def verbs_follow(tag: str) -> bool:
    """Whether `verbs_of_names` stand only behind a name, in a script without capitals."""
    return bool(language_data("names", tag).get("verbs_follow", False))


@cache
def inflects_names(tag: str) -> bool:
    """Whether names have endings for cases."""
    return is_cased(tag) and bool(language_data("names", tag).get("inflected", True))


def looks_like_noun(word: str, tag: str) -> bool:
    """Whether a capitalised word ends as nouns of the language do; only where every noun has a capital."""
    return word.endswith(tuple(language_data("names", tag).get("noun_endings", ())))


def may_precede_noun(word: str, tag: str) -> bool:
    """Whether a word ends as articles and adjectives do, which stand before nouns and not before names."""
    return word.islower() and word.endswith(tuple(language_data("names", tag).get("adjective_endings", ())))


@cache
def articles(tag: str) -> frozenset[str]:
    """Articles and what stands in their place, in lower case, for a language whose nouns all have capitals."""
    return frozenset(language_data("names", tag).get("articles", ()))


@cache
def before_places(tag: str) -> frozenset[str]:
    """The words that stand before places and groups, in lower case."""
    return frozenset(language_data("names", tag).get("before_places", ()))


@lru_cache(maxsize=4096)
def is_role(word: str, tag: str) -> bool:
    """Whether a word says who a person is, as `president` does; so does one whose last part does: `vice-president`."""
    pattern = _role_pattern(tag)
    folded = word.casefold()
    return bool(pattern.fullmatch(folded) or pattern.fullmatch(folded.rpartition("-")[2]))


@cache
def _beginnings_of_no_names(tag: str) -> tuple[str, ...]:
    return tuple(language_data("names", tag).get("no_names", ()))


@lru_cache(maxsize=4096)
def is_no_name(word: str, tag: str) -> bool:
    """Whether a word begins as those for people and what they do, in some languages behind *and*, *the* or *to*."""
    beginnings, most = _beginnings_of_no_names(tag), _LONGEST_PROCLITICS.get(tag, 0)
    return any(word.startswith(beginnings, at) for at in range(most + 1))


@lru_cache(maxsize=4096)
def is_title(word: str, tag: str) -> bool:
    """Whether a word is a short form of address or degree without its full stop: *Dr*, *Prof*, *Mr*."""
    return f"{word}." in roles(tag) or (len(word) <= _LONGEST_TITLE and word in roles(tag))


@cache
def _role_pattern(tag: str) -> re.Pattern[str]:
    words = (re.escape(word.casefold()).replace(r"\*", r"\w*") for word in roles(tag))
    return re.compile("|".join(words) or r"(?!)")


@cache
def sounds(tag: str) -> frozenset[str]:
    """The characters that write foreign names by their sound; empty for most languages."""
    return frozenset("".join(language_data("names", tag).get("sounds", "").split()))


@cache
def places(tag: str) -> frozenset[str]:
    """Words of the names of countries, regions, big cities, languages, months and weekdays, in lower case, by CLDR."""
    locale = locale_of(tag)
    if locale is None:
        return frozenset()
    names = [*locale.territories.values(), *locale.languages.values()]
    names += [zone["city"] for zone in locale.time_zones.values() if "city" in zone]
    names += [zone.rpartition("/")[2].replace("_", " ") for zone in get_global("zone_territories")]
    for calendar in (locale.months, locale.days):
        names += [name for forms in calendar["format"].values() for name in forms.values()]
    return frozenset(word.lower() for name in names for word in _LETTERS.findall(name))


@cache
def _not_people(tag: str) -> frozenset[str]:
    return frozenset(language_data("names", tag).get("not_people", ()))


@lru_cache(maxsize=16384)
def is_place(word: str, tag: str) -> bool:
    """Whether a word is one of `places` or `not_people`, or made from a place: `Macedonian`, by its first letters."""
    folded = word.lower()
    return folded in places(tag) or folded in _not_people(tag) or (len(folded) >= 5 and folded[:5] in _place_stems(tag))


@lru_cache(maxsize=4096)
def has_place(run: str, tag: str) -> bool:
    """Whether a run of signs is a place, or has the name of one of some signs in it: `达英格兰`."""
    names = (places(tag) | _not_people(tag)) if sounds(tag) else frozenset[str]()
    return is_place(run, tag) or any(len(name) >= _LONG_PLACE and name in run for name in names)


@cache
def _place_stems(tag: str) -> frozenset[str]:
    return frozenset(word[:5] for word in places(tag) if len(word) >= 5)


@lru_cache(maxsize=16384)
def is_common(word: str) -> bool:
    """Whether a word is one of the language, and not mostly a name.

    That is so where the vocabulary of the tokenizer, made from a great deal of text in all languages, has it whole
    without its capital, unless it has the capital much earlier: `Trump`.
    """
    plain, capital = rank(f" {word.lower()}"), rank(f" {word}")
    return plain is not None and (capital is None or plain < _MOSTLY * capital)


@lru_cache(maxsize=4096)
def is_plain_word(word: str) -> bool:
    """Whether people write a word mostly without its capital, by the same vocabulary."""
    return is_common(word) or count_tokens(f" {word.lower()}") < count_tokens(f" {word}")


@lru_cache(maxsize=4096)
def is_known_name(word: str) -> bool:
    """Whether that vocabulary has a word whole, with its capital, and mostly so."""
    return rank(f" {word}") is not None and not is_common(word)


@lru_cache(maxsize=4096)
def is_rare(word: str) -> bool:
    """Whether that vocabulary lacks a word, as it lacks most names."""
    return rank(f" {word}") is None


@lru_cache(maxsize=4096)
def is_odd(word: str) -> bool:
    """Whether that vocabulary needs a token for every letter or two of a word, as for most names from elsewhere."""
    tokens = count_tokens(f" {word}")
    return tokens >= _ODD and 2 * tokens >= len(word)


@lru_cache(maxsize=4096)
def is_capital_word(word: str) -> bool:
    """Whether people write a word mostly with its capital, by the same vocabulary."""
    return count_tokens(f" {word}") < count_tokens(f" {word.lower()}") or is_known_name(word)
