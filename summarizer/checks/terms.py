"""Word lists of a language, and which of their words stand in a text.

`config/wording/<tag>.toml` holds tables of concepts, each a list of words. `word` is a whole word, `word*` and `*word`
have an open ending or beginning, several words stand in this order; `!word` is never meant, whatever else matches.
Capitals, vowel signs of Arabic and Hebrew, hyphens and apostrophes do not count: `ex-` is the word `ex`.
`[role_within]` and `[day_within]` have words that translators use freely, so that they count within one language
only, `[role_then]` those of the time that a line tells of. `[licence]` has words of a source that allow a concept in a
translation without being a word for it, `[near]` the few that do so within one language: elsewhere `late` may be made
of `death`. Top-level keys: `spaces = false` where words are not separated, so that a word may stand anywhere;
`pronouns = true` where no verb stands without one; `prefixes`, what is written together with the word behind it;
`whole`, words that only look as if they had one (لامس is no "for yesterday").
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from summarizer.languages import language_data

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Vowel signs and the stretching of Arabic and Hebrew, and marks of direction, count for nothing.
_SIGNS = (*range(0x591, 0x5C8), *range(0x610, 0x61B), *range(0x64B, 0x653), 0x670, 0x640)
_MARKS = (0x200E, 0x200F, 0x2060, 0xAD)
# Letters that writers and keyboards interchange; the joiner of Indic scripts drops out.
_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "\u200d": None}
    | dict(zip("άέήίόύώ", "αεηιουω", strict=True))  # accents of Greek move with the ending
    | dict.fromkeys(map(chr, (*_SIGNS, *_MARKS)), None)
)
# Without dots on capitals a Turkish word does not match itself.
_DOTTED = {"tr": str.maketrans({"İ": "i", "I": "ı"})}
# A stem that is left when prefixes go has at least so many letters: the negations of Arabic and Hebrew have two.
_STEM = 2
# Characters, with the space before it, by which a word is looked up.
_BEGINNING = 5


class Words(NamedTuple):
    """The words of one concept, as they stand in a folded text, with spaces at their closed ends."""

    forms: Sequence[str]
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
# Table and concept.
_Place = tuple[str, str]


class _Lexicon(NamedTuple):
    """The words of a language by table and concept, and the forms by how they begin, each with its place and rank.

    Forms that may stand inside a word, or are too short, are under the empty text.
    """

    tables: Mapping[str, _Table]
    by_beginning: Mapping[str, Sequence[tuple[str, _Place, int]]]


class Passage(NamedTuple):
    """A text as the word lists are compared with it; `said` has the words of each concept that stand in it."""

    text: str
    folded: str
    language: str
    said: Mapping[_Place, Sequence[str]]

    def has(self, table: str, concept: str) -> bool:
        """Whether a word of the concept stands here; false where the language has no list for it."""
        return (table, concept) in self.said

    def words(self, table: str, *, within: bool = False) -> Mapping[str, set[str]]:
        """The words of a table that stand here, each with its concepts; `within` one language also vaguer ones."""
        found: dict[str, set[str]] = {}
        for name in (table, f"{table}_within")[: 1 + within] if self.said else ():
            for concept in _lexicon(self.language).tables.get(name, {}):
                for word in self.said.get((name, concept), ()):
                    found.setdefault(word, set()).add(concept)
        return found

    def first(self, table: str, concept: str) -> str:
        """The first word of a concept found here, else an empty text."""
        return self.said.get((table, concept), ("",))[0]

    def allows(self, table: str, concept: str, *, within: bool = False) -> bool:
        """Whether a line made from this text may have the concept; true where the language has no list to tell.

        A line `within` the same language may have it for a word of `[near]`, where that has the concept.
        """
        tables = [name for name in (table, f"{table}_within") if has_table(self.language, name, concept)]
        licence = "near" if within and has_table(self.language, "near", concept) else "licence"
        return not tables or any(self.has(name, concept) for name in (*tables, licence))

    def says(self, table: str, concept: str) -> bool:
        """Whether a word for the concept stands here, a vaguer one or not."""
        return self.has(table, concept) or self.has(f"{table}_within", concept)


# A line is compared with its translations, one after the other.
@lru_cache(maxsize=2048)
def read(text: str, language: str) -> Passage:
    """A text made ready for the word lists of its language."""
    plain = _folded(text, language)
    prefixes = _prefixes(language)
    if prefixes:
        whole = _unparted(language)
        plain += "\n".join(["", *(_stripped(plain, order, whole) for order in (prefixes, prefixes[::-1]))])
    return Passage(text, plain, language, _said(plain, language))


def _said(text: str, language: str) -> Mapping[_Place, Sequence[str]]:
    """The words of each concept that stand in a folded text, in the order of its list.

    Of thousands only those are looked for that begin as a word of the text does.
    """
    tables, by_beginning = _lexicon(language)
    beginnings = {f" {word} "[:_BEGINNING] for word in text.split()}
    found: defaultdict[_Place, list[tuple[int, str]]] = defaultdict(list)
    for beginning in ("", *by_beginning.keys() & beginnings):
        for form, place, rank in by_beginning.get(beginning, ()):
            if form in text:
                found[place].append((rank, form))
    said = {}
    for (table, concept), forms in found.items():
        listed, here = tables[table][concept], [form for _, form in sorted(forms)]
        if words := list(Words(here, listed.exceptions, listed.spaced).found_in(text)):
            said[table, concept] = words
    return said


def has_table(language: str, table: str, concept: str) -> bool:
    """Whether the language has words for a concept."""
    return concept in _lexicon(language).tables.get(table, {})


@cache
def _lexicon(language: str) -> _Lexicon:
    tables = {
        name: {concept: _words(listed, language) for concept, listed in table.items() if listed}
        for name, table in language_data("wording", language).items()
        if isinstance(table, Mapping)
    }
    index: defaultdict[str, list[tuple[str, _Place, int]]] = defaultdict(list)
    for name, table in tables.items():
        for concept, words in table.items():
            for rank, form in enumerate(words.forms):
                index[_beginning(form)].append((form, (name, concept), rank))
    return _Lexicon(tables, dict(index))


def _beginning(form: str) -> str:
    """How a word begins where a form stands, the space before it included; nothing where that is not known."""
    if not form.startswith(" "):
        return ""
    word, end, _ = form[1:].partition(" ")
    beginning = f" {word}{end}"[:_BEGINNING]
    return beginning if end or len(beginning) == _BEGINNING else ""


def _words(listed: Sequence[str], language: str) -> Words:
    forms = tuple(_form(word, language) for word in listed if not word.startswith("!"))
    exceptions = tuple(_form(word[1:], language) for word in listed if word.startswith("!"))
    return Words(forms, exceptions, spaced(language))


def _form(word: str, language: str) -> str:
    text = _folded(word.strip("*"), language)
    if not spaced(language):
        return text
    return text[word.startswith("*") : len(text) - word.endswith("*")]


def _folded(text: str, language: str) -> str:
    """The words in one form, with single spaces between them and around; as it stands where words are not separated."""
    text = unicodedata.normalize("NFC", text)
    if language in _DOTTED:
        text = text.translate(_DOTTED[language])
    text = text.casefold()
    if not text.isascii():
        text = text.translate(_SAME)
    return f" {' '.join(_WORD.findall(text))} " if spaced(language) else text


@cache
def spaced(language: str) -> bool:
    """Whether the language separates its words."""
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
