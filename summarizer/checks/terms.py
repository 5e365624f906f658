"""Word lists of a language, and which of their words stand in a text.

`config/wording/<tag>.toml` holds tables of concepts, each a list of words. `word` is a whole word, `word*` and `*word`
have an open ending or beginning, several words stand in this order; `!word` is never meant, whatever else matches.
Capitals, vowel signs of Arabic and Hebrew, hyphens and apostrophes do not count: `ex-` is the word `ex`.
`[role_within]` and `[day_within]` have words that translators use freely, so that they count within one language
only; `[licence]` has words of a source that allow a concept without being a word for it. Top-level keys: `spaces =
false` where words are not separated, so that a word may stand anywhere; `prefixes`, what is written together with the
word behind it; `whole`, words that only look as if they had one (لامس is no "for yesterday").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from summarizer.languages import language_data

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Vowel signs and the stretching of Arabic and Hebrew, and marks of direction, count for nothing.
_DROPPED = regex.compile(r"[\u0591-\u05c7\u0610-\u061a\u064b-\u0652\u0670\u0640\u200e\u200f\u2060\u00ad]")
# Letters that writers and keyboards interchange; the joiner of Indic scripts drops out.
_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "\u200d": None}
    | dict(zip("άέήίόύώ", "αεηιουω", strict=True))  # accents of Greek move with the ending
)
# Without dots on capitals a Turkish word does not match itself.
_DOTTED = {"tr": str.maketrans({"İ": "i", "I": "ı"})}
# A stem that is left when prefixes go has at least so many letters: the negations of Arabic and Hebrew have two.
_STEM = 2


class Words(NamedTuple):
    """The words of one concept, as they stand in a folded text, with spaces at their closed ends."""

    forms: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    spaced: bool = True

    def found_in(self, text: str) -> Iterator[str]:
        """The whole words of a folded text that match, once for each form."""
        for exception in self.exceptions:
            text = text.replace(exception, " | ")
        for form in self.forms:
            if (start := text.find(form)) >= 0:
                yield _whole(text, start, start + len(form)) if self.spaced else form


_Table = Mapping[str, Words]


class Passage(NamedTuple):
    """A text as the word lists are compared with it."""

    text: str
    folded: str
    language: str

    def has(self, table: str, concept: str) -> bool:
        """Whether a word of the concept stands here; false where the language has no list for it."""
        return bool(_first(self, table, concept))

    def words(self, table: str, *, within: bool = False) -> Mapping[str, set[str]]:
        """The words of a table that stand here, each with its concepts; `within` one language also vaguer ones."""
        return _found(self, (table, f"{table}_within")[: 1 + within])

    def first(self, table: str, concept: str) -> str:
        """The first word of a concept found here, else an empty text."""
        return _first(self, table, concept)

    def allows(self, table: str, concept: str) -> bool:
        """Whether a line made from this text may have the concept; true where the language has no list to tell."""
        tables = [name for name in (table, f"{table}_within") if has_table(self.language, name, concept)]
        return not tables or any(self.has(name, concept) for name in (*tables, "licence"))

    def says(self, table: str, concept: str) -> bool:
        """Whether a word for the concept stands here, a vaguer one or not."""
        return self.has(table, concept) or self.has(f"{table}_within", concept)


# A line is compared with its translations, one after the other, and asked the same each time.
@lru_cache(maxsize=8192)
def _first(passage: Passage, table: str, concept: str) -> str:
    words = _lexicon(passage.language).get(table, {}).get(concept)
    return next(words.found_in(passage.folded), "") if words else ""


@lru_cache(maxsize=2048)
def _found(passage: Passage, tables: Sequence[str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table in tables:
        for concept, words in _lexicon(passage.language).get(table, {}).items():
            for word in words.found_in(passage.folded):
                found.setdefault(word, set()).add(concept)
    return found


@lru_cache(maxsize=1024)
def read(text: str, language: str) -> Passage:
    """A text made ready for the word lists of its language."""
    plain = _folded(text, language)
    prefixes = _prefixes(language)
    if prefixes:
        whole = _unparted(language)
        plain += "\n".join(["", *(_stripped(plain, order, whole) for order in (prefixes, prefixes[::-1]))])
    return Passage(text, plain, language)


def has_table(language: str, table: str, concept: str) -> bool:
    """Whether the language has words for a concept."""
    return concept in _lexicon(language).get(table, {})


@cache
def _lexicon(language: str) -> Mapping[str, _Table]:
    tables = ((name, table) for name, table in language_data("wording", language).items() if isinstance(table, Mapping))
    return {
        name: {concept: _words(listed, language) for concept, listed in table.items() if listed}
        for name, table in tables
    }


def _words(listed: Sequence[str], language: str) -> Words:
    forms = tuple(_form(word, language) for word in listed if not word.startswith("!"))
    exceptions = tuple(_form(word[1:], language) for word in listed if word.startswith("!"))
    return Words(forms, exceptions, _spaced(language))


def _form(word: str, language: str) -> str:
    text = _folded(word.strip("*"), language)
    if not _spaced(language):
        return text
    return text[word.startswith("*") : len(text) - word.endswith("*")]


def _folded(text: str, language: str) -> str:
    """The words in one form, with single spaces between them and around; as it stands where words are not separated."""
    text = unicodedata.normalize("NFC", text).translate(_DOTTED.get(language, {}))
    text = _DROPPED.sub("", text.casefold().translate(_SAME))
    return f" {' '.join(_WORD.findall(text))} " if _spaced(language) else text


@cache
def _spaced(language: str) -> bool:
    return bool(language_data("wording", language).get("spaces", True))


@cache
def _prefixes(language: str) -> tuple[str, ...]:
    """What may be written before a word, shortest first."""
    listed: Iterable[str] = language_data("wording", language).get("prefixes", ())
    return tuple(sorted({_folded(prefix, language).strip() for prefix in listed}, key=len))


@cache
def _unparted(language: str) -> frozenset[str]:
    """Words that begin as if with a prefix."""
    listed: Iterable[str] = language_data("wording", language).get("whole", ())
    return frozenset(_folded(word, language).strip() for word in listed)


def _stripped(text: str, prefixes: Sequence[str], whole: frozenset[str]) -> str:
    return f" {' '.join(word if word in whole else _without_prefix(word, prefixes) for word in text.split())} "


@lru_cache(maxsize=16_384)
def _without_prefix(word: str, prefixes: Sequence[str]) -> str:
    fits = (prefix for prefix in prefixes if word.startswith(prefix) and len(word) - len(prefix) >= _STEM)
    return word[len(next(fits, "")) :]


def _whole(text: str, start: int, end: int) -> str:
    """The words around a match."""
    first = start if text[start] == " " else text.rfind(" ", 0, start)
    last = end if text[end - 1] == " " else text.find(" ", end)
    return text[first + 1 : last if last >= 0 else len(text)].strip()
