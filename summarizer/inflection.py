"""Finds a term in a text: whole words with the endings that their language gives them.

How much an ending may change stands in `config/inflection.toml`. In scripts without spaces between words a term is
found wherever its characters stand. Case counts only for a term that has capitals, and then all capitals do as well:
Turkey is no turkey.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

import regex

from summarizer.resources import packaged_toml

Pattern: TypeAlias = "regex.Pattern[str]"
# How far a word may be from the term: as the language's endings allow; any longer word besides, up to twice the
# length (a place and the people of it), case aside; or not at all.
_Nearness: TypeAlias = Literal["inflected", "derived", "exact"]

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_HAS_UNSPACED = regex.compile(rf"[{_UNSPACED}]")
# A particle that is written behind a name in Latin letters ends no word of those letters: NASA는.
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{Nd}}]--[{_UNSPACED}\p{{Hangul}}]]"
# Sets that hold both cases anyway keep out of IGNORECASE, which takes five times as long to compile them.
_START = {False: rf"(?-i:(?<!{_LETTER}))", True: r"(?-i:(?<!\p{Hangul}))"}
_END = {False: rf"(?-i:(?!{_LETTER}))", True: r"(?-i:(?!\p{Hangul}))"}
_HANGUL = regex.compile(r"\p{Hangul}")
_SUFFIX = r"(?-i:[\p{L}\p{M}])"
_GAP = r"\s+"
_NEVER = regex.compile(r"(?!)")
_SHORT_WORD, _LONG_WORD = 3, 7
_ANY_HYPHEN, _ANY_APOSTROPHE = "[-\u2010\u2011]", "['\u2019\u02bc]"
# Vowel marks and the stretching sign of Arabic and Hebrew, soft hyphens and direction marks: not part of a spelling.
_UNWRITTEN = regex.compile(
    "[\u0640\u064b-\u065f\u0670\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u00ad\u200e\u200f]"
)
_GREEK_ACCENT = regex.compile("(?<=\\p{Greek})\u0301")
_YO = str.maketrans("ёЁ", "еЕ")
_EDGES = str.maketrans(dict.fromkeys(".,;:!?()\n", " "))


class _Endings(NamedTuple):
    """Letters that a word may lose at its end, and letters that it may then have more than the term."""

    lost: int = 0
    gained: int = 0


def terms_in(text: str, terms: Collection[str], language: str) -> tuple[set[str], str]:
    """The terms that stand in a text of a language, inflected or not, and the text without them.

    Longer terms come first: "Congo" is not found in "DR Congo" where both are terms.
    """
    rest, found = normal(text), set()
    folded = rest.casefold()
    for term in sorted(terms, key=len, reverse=True):
        if _beginning(term, language) not in folded:
            continue
        rest, count = _pattern(term, language, "inflected").subn(" ", rest)
        if count:
            found.add(term)
    return found, rest


def stands_in(term: str, text: str, language: str) -> bool:
    """Whether a term stands in a text of a language, inflected or not."""
    plain = normal(text)
    return _stands_as_it_is(term, plain) or bool(_pattern(term, language, "inflected").search(plain))


def is_written(form: str, text: str, language: str) -> bool:
    """Whether a form stands in a text of a language, inflected, or as the first part of a longer word."""
    plain = normal(text)
    return _stands_as_it_is(form, plain) or bool(_pattern(form, language, "derived").search(plain))


def _stands_as_it_is(term: str, text: str) -> bool:
    """Whether a term stands between spaces or marks of a normalised text, which is seen without making a pattern."""
    return any(map(str.isalnum, term)) and f" {normal(term)} " in f" {text.translate(_EDGES)} "


def is_verbatim(term: str, text: str) -> bool:
    """Whether a term stands in a text letter by letter, capitals included; something may be attached to its end."""
    return bool(_pattern(term, "", "derived", cased=True).search(normal(text)))


def without_form(text: str, form: str, language: str) -> str:
    """The text, normalised, without a form in any inflection."""
    return str(_pattern(form, language, "derived").sub(" ", normal(text)))


def word_in(word: str, text: str, language: str) -> str | None:
    """What stands in a text for a word that is meant exactly; a `*` at its end is any ending. None if nothing does."""
    found = _pattern(word, language, "exact").search(normal(text))
    return str(found[0]) if found else None


@lru_cache(maxsize=1024)
def normal(text: str) -> str:
    """The text in NFC, without what spelling leaves open: vowel marks in Arabic, the accent in Greek, the dots of ё."""
    if text.isascii():
        return text
    bare = _GREEK_ACCENT.sub("", unicodedata.normalize("NFD", _UNWRITTEN.sub("", text)))
    return unicodedata.normalize("NFC", bare).translate(_YO)


@lru_cache(maxsize=10_000)
def _beginning(term: str, language: str) -> str:
    """Letters without which a term is nowhere in a text, case-folded: quick to look for."""
    first, *_ = [*normal(term).casefold().split(), ""]
    word = first.removeprefix(_data("elided", language) or "")
    hyphen = min((at for at in map(word.find, "-\u2010\u2011'\u2019\u02bc") if at >= 0), default=len(word))
    return word[: min(_SHORT_WORD, hyphen)]


@lru_cache(maxsize=10_000)
def _pattern(term: str, language: str, nearness: _Nearness, *, cased: bool | None = None) -> Pattern:
    """The pattern for a term in normalised text; `cased` None = as the term's own capitals and the nearness say."""
    plain = normal(term)
    if not any(map(str.isalnum, plain)):
        return _NEVER
    if cased is None:
        cased = nearness != "derived" and plain != plain.lower()
    spellings = dict.fromkeys([plain, plain.upper()] if cased and nearness != "derived" else [plain])
    either = "|".join(_spelling(spelling, language, nearness) for spelling in spellings)
    return regex.compile(either, regex.V1 | (0 if cased else regex.IGNORECASE))


def _spelling(term: str, language: str, nearness: _Nearness) -> str:
    if _HAS_UNSPACED.search(term):
        return r"\s*".join(regex.escape(word.rstrip("*")) for word in term.split())
    parts = term.split()
    words = [_word(word, language, nearness, alone=len(parts) == 1) for word in parts]
    elided = regex.escape(_data("elided", language) or "")
    if elided and words[0].startswith(elided):
        words[0] = f"{elided}?{words[0].removeprefix(elided)}"
    prefixes = "|".join(_data("prefixes", language) or ())
    attached = f"(?:{prefixes}){{0,3}}" if prefixes else ""
    hangul = bool(_HANGUL.search(term))
    return f"{_START[hangul]}{attached}{_GAP.join(words)}{_END[hangul]}"


def _word(word: str, language: str, nearness: _Nearness, *, alone: bool) -> str:
    """The pattern for one word of a term; words that end in a digit or a sign have no endings.

    `alone` tells whether the term has no other word: then a short one that is inflected keeps all letters but one,
    because too many other words would begin as it does.
    """
    if nearness == "exact":
        stem = word.removesuffix("*")
        return _literal(stem) + (f"{_SUFFIX}*" if stem != word else "")
    if not regex.search(rf"{_SUFFIX}\Z", word):
        return _literal(word)
    lost, gained = _endings(language)
    if alone and nearness == "inflected" and len(word) < _LONG_WORD:
        lost = min(lost, 1)
    stem = word[: max(_SHORT_WORD, len(word) - lost)]
    more = len(word) - len(stem) + (max(gained, len(word)) if nearness == "derived" else gained)
    return f"{_literal(stem)}{_SUFFIX}{{0,{more}}}"


def _literal(text: str) -> str:
    """The text as a pattern, with any hyphen for a hyphen and any apostrophe for an apostrophe."""
    escaped = regex.sub(r"\\?[-\u2010\u2011]", _ANY_HYPHEN, regex.escape(text))
    return str(regex.sub("\\\\?['\u2019\u02bc]", _ANY_APOSTROPHE, escaped))


def _endings(language: str) -> _Endings:
    return _Endings(*(_data("endings", language) or ()))


def _data(table: str, language: str) -> Any:
    return packaged_toml("config", "inflection.toml")[table].get(language.partition("-")[0])
