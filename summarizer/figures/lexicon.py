"""The words of `config/figures/<tag>.toml`, ready to be looked up.

A file holds strings of forms separated by commas; `*` at the end of a word stands for any ending. What all languages
share (signs, ISO codes, unit symbols) is in `common.toml`. At the top level:

- `decimal`, `thousands`: the marks inside numbers; several where several occur, a space where people write one;
- `grouping = "indian"`: 1,20,000;
- `spaces = false`: words are not separated by spaces;
- `compounds = true`: number words are written together (`dreiundzwanzig`);
- `joining`: *and* where it is written onto the next word (Arabic);
- `apostrophe = true`: words have apostrophes inside (Ukrainian);
- `prefixes`, `endings`: what is written onto any word (Hebrew, Arabic), and behind a number word (`desetiletý`);
- `currency_first`, `units_first`, `scale_first`: words for money, units and powers of ten precede the number (Swahili);
- `mixed = true`: digits go on behind a power of ten: `3 bin 200` (Turkish);
- `mirrored`: the marks of scores and ranges that are often typed the other way round, from right to left;
- `verb_last = true`: modifiers precede their noun, so that translators turn the order of figures round;
- `part_last = true`: a part always follows its whole: `21 में से 14` is 14 of 21;
- `dual = true`: two of a thing are said by the ending of its word, without a number;
- `whole_first = true`: *17 of 23* is said the other way round, as it is where modifiers precede (Hungarian);
- `loser_first = true`: the score of a defeat may be told from the loser's side: `verlor 0:2` (German);
- `coordinating`, `subordinating`: words that join clauses of one rank, whose order translators keep, and words that
  others begin with;
- `tries`: what joins those that succeeded to all: `18-for-27`;
- `from_endings`: what stands behind a figure for *from* (`40-ről`);
- `year_place`: whether the year of a date comes `first`, `last` (unless told) or in `any` place;
- `hour_shift`: hours that the clock is behind (Swahili); `era_shift`: years that it is ahead (Thai).

Tables, the value on the left and its words on the right: `[numbers]` cardinals and fractions; `[parts]` those that are
numbers only inside a compound (Korean 사); `[ordinals]`; `[scales]`
powers of ten by exponent; `[scale_marks]` those that are one only behind a digit; `[months]`,
`[month_marks]` those that are one only beside digits; `[minutes]` and
`[minutes_after]` what words before and behind an hour add to it (`halb acht`); `[times]` by minutes after midnight;
`[holidays]` days that have a name, by month and day; `[century_names]` names of centuries, which have a capital
(`Settecento`); `[eras]` words before a year by what they add to it; `[currencies]` by ISO
4217; `[units]` by the names of `summarizer.figures.units`, `[unit_endings]` those behind a number in one word
(`hatméteres`); `[counted]` what figures count and `[labels]` what stands
before a number that is a name, by English words that all languages share; `[approximators]` by type, `~` before one
that follows its figure; `[words]` with

- `percent`, `percent_before`, `points`: behind or before a percentage, behind percentage points; `point`: behind these
  or points of another sort (ポイント); `tenths`: behind tens of percent (三成);
- `basis_points`, `quarter_points`: hundredths and quarters of a percentage point, the latter (碼) near a `rate_before`;
- `hundredths`: behind the small coin of a sum (銭); `storm_before`: before metres a second (風速);
- `stage`: behind those who are left in a cup (8強); `index_before`: before the number in the name of an index;
- `second_half`: before minutes that count from the middle of a match (後半);
- `trailing`, `trailing_after`: before and behind the score of those who trail or lose;
- `emphasis`: approximators that may only tell that a figure is large (达到);
- `ordinal_before`, `ordinal_after`: marks of an ordinal number beside digits;
- `decimal_word`: between the digits of a decimal: `৮৭ দশমিক ৪০`;
- `am`, `pm`, `night`, `hour`, `clock`: before or after noon, in the night (2 is am, 10 is pm), the word behind an hour,
  a word before a clock time; `minutes_of`: behind the minutes of a time that passes (Vietnamese);
- `hour_before`: before an hour that may be in either half of the day: *at 10 tonight*;
- `speed_before`: before what goes in an hour: `时速`;
- `per_before`, `per_after`: before or behind the unit of a rate (`每1公顷`, `1ヘクタール当たり`), also written onto it;
- `short_year_before`: letters that a year without its century is glued to: `FY26`;
- `year_after`: behind a year, where no year goes without (年);
- `zone`: behind a time: GMT;
- `name_after`: written onto a number that is a name: `49ers`; `named_digits`: where others leave such a name out;
- `cent`: behind the hundredths of a currency that is not named; `ended`: before the last day of a quarter;
- `local_time`: behind a time in the readers' own zone; `life_year`: behind a year of life, one more than the age;
- `decade`, `century`: words behind them; `decade_before`, `century_before`: words before them; `hundreds`: behind the
  centuries that are called by their hundreds (`1800-talet`);
- `middle`: before a decade, for the years in its middle (*mid-40s*);
- `of`: between a day and its month;
- `month_before`, `month_after`: words beside the number of a month;
- `age`, `age_before`: words behind and before an age;
- `closing`: forms of powers of ten that end a number: `400 binin dört katı` is four times 400,000; `apart`: ordinals
  that are no part of a number: `dix premiers` are the first ten;
- `range`, `joiners`: between the ends of a range, inside a number; `links`: those that only join powers of ten
  (`migliaia di miliardi`);
- `and_a_half`, `half_before`: behind and before a number and a half: `siete y media`, `साढ़े 12`;
- `direct`: approximators that are some only right before the number: verbs, which may have another object;
- `years`: a number word that means years (Vietnamese) or weeks (Hungarian) behind a number, unless a power of ten
  follows;
- `from_before`, `from_after`: beside the figure that something was before: `from 5 to 8`, `8, up from 5`;
- `changed_from`: words that may stand before what something was: `von 5 auf 8`;
- `out_of`: between a part and the whole that follows it: `۹ مورد از ۱۴`;
- `turned`: between two figures that other languages have in the other order: `48 के मुकाबले 52` is 52 to 48;
- `people`: who or what happened to whom: a figure beside them counts people;
- `doubtful`: number words that often are something else;
- `ignore`: looks like a number and is none, or like a unit that all languages share (*ha* in Italian).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import regex

from summarizer.figures.cldr import figure_words
from summarizer.languages import language_data, script_of

Roles = Mapping[str, Any]
_BARE = r"\d+(?:[.,'’٫٬،]\d+)*|[\p{L}\p{M}]+|[^\s\p{L}\p{M}\d]"
_APOSTROPHES = _BARE.replace(r"|[\p{L}", r"|[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)+|[\p{L}", 1)
_PLAIN = {
    **dict.fromkeys(("numbers", "parts", "ordinals", "months", "month_marks", "times", "century_names"), Decimal),
    **dict.fromkeys(("scales", "scale_marks", "minutes", "minutes_after", "eras"), int),
}
_LISTED = (
    ("currencies", "currency"),
    ("units", "unit"),
    ("unit_endings", "unit_ending"),
    ("counted", "counted"),
    ("labels", "label"),
)
_INSIDE = frozenset({"part", "unit_ending", "closing"})  # what is no word of its own
_SHORTEST_ATTACHED = 2  # characters, with the mark of an ending
_FRACTIONS = frozenset(map(Decimal, ("0.25", "0.5")))
_NAMED = ("currencies", "units", "unit_endings", "approximators", "words", "counted", "labels")
# Things of `[counted]` that are people.
_PEOPLE = frozenset(
    {"dead", "wounded", "missing", "women", "men", "children", "soldiers", "workers", "students", "passengers"}
)


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases: the words that may follow, whole or by their beginning, and what ends here.

    Most places have none of these, so a table is made when it is needed.
    """

    exact: dict[str, _Node] | None = None
    stems: dict[str, _Node] | None = None
    roles: dict[str, Any] | None = None

    def child(self, word: str) -> _Node:
        if word.endswith("*"):
            self.stems = {} if self.stems is None else self.stems
            return self.stems.setdefault(word[:-1], _Node())
        self.exact = {} if self.exact is None else self.exact
        return self.exact.setdefault(word, _Node())

    def stands_for(self, role: str, value: Any) -> None:
        self.roles = {} if self.roles is None else self.roles
        self.roles.setdefault(role, value)

    def after(self, word: str) -> Iterator[_Node]:
        """What the word leads to, the closest form first."""
        if self.exact is not None and word in self.exact:
            yield self.exact[word]
        for end in range(len(word), 0, -1) if self.stems is not None else ():
            if self.stems is not None and word[:end] in self.stems:
                yield self.stems[word[:end]]


class Lexicon:
    """How one language writes figures."""

    def __init__(self, language: str, data: Mapping[str, Any], common: Mapping[str, Any]) -> None:
        self.language = language
        self.decimal = str(data.get("decimal", "."))
        self.thousands = str(data.get("thousands", ""))
        self.indian = data.get("grouping") == "indian"
        self.spaces = bool(data.get("spaces", True))
        self.syllables = script_of(language) == "Kore"
        self.compounds = bool(data.get("compounds", False))
        self.apostrophe = bool(data.get("apostrophe", False))
        self.prefixes = tuple(sorted(map(_fold, _forms(data.get("prefixes", ""))), key=len, reverse=True))
        self.mirrored = str(data.get("mirrored", ""))
        self.currency_first = bool(data.get("currency_first", False))
        self.units_first = bool(data.get("units_first", False))
        self.joining = str(data.get("joining", ""))
        self.dual = bool(data.get("dual", False))
        self.part_last, self.verb_last, self.whole_first, self.loser_first = (
            bool(data.get(key, False)) for key in ("part_last", "verb_last", "whole_first", "loser_first")
        )
        self.coordinating, self.subordinating = (
            frozenset(_forms(data.get(key, ""))) for key in ("coordinating", "subordinating")
        )
        self.tries = data.get("tries")
        self.from_endings = tuple(_forms(data.get("from_endings", "")))
        self.scale_first = bool(data.get("scale_first", False))
        self.mixed = bool(data.get("mixed", False))
        self.year_place = str(data.get("year_place", "last"))
        self.hour_shift = int(data.get("hour_shift", 0))
        self.era_shift = int(data.get("era_shift", 0))
        self.fold: Callable[[str], str] = _fold if script_of(language) in _FOLDED or self.apostrophe else str
        entries = [(self.fold(form), role, value) for form, role, value in _joint(_entries(common), _entries(data))]
        self.tokens = regex.compile(
            _unspaced(entries) if not self.spaces else _APOSTROPHES if self.apostrophe else _BARE
        )
        self.per, self.closing = _with_role(entries, "per_after"), _with_role(entries, "closing")
        self._known = frozenset(role for _, role, _ in entries)
        self.hedges = frozenset(value for _, role, value in entries if role in {"hedge", "hedge_after"})
        self._attached = tuple(
            (form.rstrip("*"), kind)
            for form, role, kind in entries
            if self.syllables and role == "hedge_after" and form.endswith("*") and len(form) > _SHORTEST_ATTACHED
        )
        self._root = _Node()
        for form, role, value in entries:
            if role not in _INSIDE:
                self._add(form, role, value)
        self.endings: tuple[tuple[str, str], ...] = (  # with the unit that an ending says, an empty text for none
            *((form, unit) for form, role, unit in entries if role == "unit_ending"),
            *((self.fold(form), "") for form in _forms(data.get("endings", ""))),
        )
        self.parts = {form: ("part", value) for form, role, value in entries if role == "part"}
        words = [entry for entry in entries if " " not in entry[0]]
        self.number_words = _number_words(words) | self.parts
        self.last_words = _last_words(words)
        self.decimal_words = frozenset(form for form, role, _ in entries if role == "decimal_word")
        self.look_up = lru_cache(maxsize=4096)(self._look_up)

    def has_word(self, word: str) -> bool:
        """Whether a word stands in the data as it is, or one of its prefixes before a word that does."""
        words = self._root.exact or {}
        return word in words or any(
            word.startswith(prefix) and word[len(prefix) :] in words for prefix in self.prefixes
        )

    def attached_hedge(self, word: str) -> str | None:
        """The type of an approximator that is written onto what a figure counts: `명가량`, `원쯤` (Korean)."""
        return next((kind for form, kind in self._attached if form in word[1:]), None)

    def knows(self, role: str) -> bool:
        """Whether the language has words for something."""
        return role in self._known

    def phrase(self, words: tuple[str, ...]) -> tuple[int, Roles]:
        """The longest phrase that these words begin with: how many of them it has, and what it can be."""
        best: tuple[int, Roles] = (0, {})
        ways = [(1, node) for node in self.look_up(words[0])]
        while ways:
            size, node = ways.pop(0)
            if node.roles and size > best[0]:
                best = size, node.roles
            if size < len(words):
                ways += [(size + 1, following) for following in node.after(words[size])]
        return best

    def alone(self, word: str) -> Roles | None:
        """What a word can be, None for one that longer phrases begin with."""
        nodes = self.look_up(word)
        if any(node.exact or node.stems for node in nodes):
            return None
        return next((node.roles for node in nodes if node.roles), {})

    def _look_up(self, word: str) -> tuple[_Node, ...]:
        found = tuple(self._root.after(word))
        for prefix in () if found else self.prefixes:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                found += tuple(self._root.after(word[len(prefix) :]))
        return found

    def _add(self, form: str, role: str, value: Any) -> None:
        node = self._root
        for match in self.tokens.finditer(form):
            if match[0] != "*":
                node = node.child(match[0] + ("*" if form.startswith("*", match.end()) else ""))
        node.stands_for(role, value)


def is_known(language: str) -> bool:
    """Whether there are data of our own about a language."""
    return bool(language_data("figures", language))


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language: those of CLDR where there are no data of our own."""
    data = language_data("figures", language) or figure_words(language)
    return Lexicon(language, data, language_data("figures", "common"))


def _with_role(entries: Sequence[tuple[str, str, Any]], wanted: str) -> tuple[str, ...]:
    return tuple(form for form, role, _ in entries if role == wanted)


def _forms(listed: str) -> Iterator[str]:
    for form in filter(None, (part.strip().lower() for part in listed.split(","))):
        if form.isascii() and '"' not in form:
            yield form
        else:
            yield from dict.fromkeys(_spellings(form))


def _spellings(form: str) -> Iterator[str]:
    """The form, and as other keyboards and programs write it."""
    yield from (form, unicodedata.normalize("NFC", form), form.translate(_CEDILLAS))
    if not _SIGNS_OF_NUKTA.isdisjoint(form):
        yield _composed(form)
    yield from (form.replace('"', mark) for mark in _GERSHAYIM if '"' in form)


def _composed(form: str) -> str:
    """The form with the letters of Indic scripts that Unicode never composes, but that people type as one."""
    for pair, letter in _NUKTA.items():
        form = form.replace(pair, letter)
    return form


# How people type Romanian letters, for which old keyboards had no key.
_CEDILLAS = str.maketrans("șț", "şţ")
# How people type the mark inside Hebrew abbreviations.
_GERSHAYIM = "״“”"
_SIGNS_OF_NUKTA = frozenset("\u093c\u09bc")
# Unicode Standard, CompositionExclusions.txt: letters with nukta of Devanagari and Bengali.
_NUKTA = {
    unicodedata.normalize("NFD", letter): letter for letter in map(chr, [*range(0x958, 0x960), 0x9DC, 0x9DD, 0x9DF])
}


def _entries(data: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """Every form with what it is and stands for."""
    found: list[tuple[str, str, Any]] = []
    for table, number in _PLAIN.items():
        for key, listed in data.get(table, {}).items():
            found += [(form, table.removesuffix("s"), number(key)) for form in _forms(listed)]
    for key, listed in data.get("holidays", {}).items():
        found += [(form, "holiday", tuple(map(Decimal, key.split("-")))) for form in _forms(listed)]
    for name, listed in data.get("words", {}).items():
        found += [(form, name, True) for form in _forms(listed)]
    for table, role in _LISTED:
        for key, listed in data.get(table, {}).items():
            found += [(form, role, key) for form in _forms(listed)]
    for key in _PEOPLE & data.get("counted", {}).keys():
        found += [(form, "people", True) for form in _forms(data["counted"][key])]
    for key, listed in data.get("approximators", {}).items():
        for form in _forms(listed):
            found.append((form.lstrip("~"), "hedge_after" if form.startswith("~") else "hedge", key))
    return found


def _number_words(words: Sequence[tuple[str, str, Any]]) -> dict[str, tuple[str, Any]]:
    """What number words are written together of."""
    roles = {"number", "scale", "joiners"}
    return {form.rstrip("*"): (role, value) for form, role, value in words if role in roles and value not in _FRACTIONS}


def _last_words(words: Sequence[tuple[str, str, Any]]) -> dict[str, tuple[str, Any, bool]]:
    """What they end with, and whether any ending may follow."""
    return {
        form.rstrip("*"): (role, value, form.endswith("*"))
        for form, role, value in words
        if role == "ordinal" or (role in {"number", "scale"} and form.endswith("*"))
    }


def _joint(shared: list[tuple[str, str, Any]], own: list[tuple[str, str, Any]]) -> Iterator[tuple[str, str, Any]]:
    """The entries of all languages, but for those that one ignores, and its own."""
    ignored = {form for form, role, _ in own if role == "ignore"}
    yield from (entry for entry in shared if entry[0] not in ignored)
    yield from own


def _unspaced(entries: Sequence[tuple[str, str, Any]]) -> str:
    """A pattern for known words, the longest first, then single characters."""
    known = sorted({form.rstrip("*") for form, _, _ in entries}, key=len, reverse=True)
    numerals = "".join({form for form, role, _ in entries if role in {"number", "scale"} and len(form) == 1})
    words = (_apart(form, numerals) for form in known)
    return rf"\d+(?:[.,'’]\d+)*|{'|'.join(words)}|[a-z]+|[^\s\d]"


def _apart(form: str, numerals: str) -> str:
    """A pattern for a form that is no part of a longer number: no `一時` in `二十一時`, no `第一` in `第一百`."""
    before = f"(?<![{numerals}])" if len(form) > 1 and form[0] in numerals else ""
    behind = f"(?![{numerals}])" if form[-1] in numerals and not set(form) <= set(numerals) else ""
    if form.isascii() and form[-1].isalpha():  # `mi` is no metre
        behind += "(?![a-z])"
    return f"{before}{regex.escape(form)}{behind}"


def _fold(word: str) -> str:
    """The word as people spell it most simply: without hamza, vowel signs and nukta, with one sort of yeh and kaf."""
    return word.translate(_SPELLINGS)


_FOLDED = frozenset({"Arab", "Deva"})
_SPELLINGS = str.maketrans(
    "أإآٱىيكةۀۂہھۓەँ’ʼ",
    "اااا" + "ی" * 2 + "ک" + "ه" * 5 + "ے" + "ه" + "ं" + "''",
    "".join(map(chr, [*range(0x64B, 0x653), 0x670, 0x640, 0x93C])),
) | {0x958 + index: letter for index, letter in enumerate("कखगजडढफय")}
