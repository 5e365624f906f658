"""Lengths of lines and of translations, and headlines that ask: warnings, because length never holds a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from math import exp, hypot, log, sqrt

import regex

from summarizer.checks.codes import finding
from summarizer.checks.lines import Line, Pair
from summarizer.identify import outside_quotes
from summarizer.languages import columns, facts, fallbacks
from summarizer.records import Finding
from summarizer.resources import packaged_toml

# Columns of a headline in a language without data: the longest `[headline] max` of those that have some.
_HEADLINE_MAX = 133
# Words of a bullet; of 603 English news sentences 2 % are longer (newstest2019, documents 1 to 40).
_BULLET_WORDS = 45
# Letters that say what one English word says, where words are not separated: translations of those sentences.
_LETTERS_PER_WORD = (
    (regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]"), 2.0),
    (regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"), 4.5),
)
# Columns that a line needs before its ratio tells anything; shorter ones, such as headlines, may go further: of 3,993
# lines of newstest2019 with 25 to 59 columns 3 go as far.
_ENOUGH_COLUMNS, _SHORT_COLUMNS = 60, 25
_FURTHER = 1.5
_MARKS = "?!؟？！‽⁇⁈⁉‼⸮\u037e՞՜፧"
_ANY_MARK = regex.compile(f"[{_MARKS}]")
_CLOSING_MARK = regex.compile(rf"[{_MARKS}]\W*$")
# In Greek a semicolon asks.
_GREEK_MARK = regex.compile(f"[{_MARKS};]")
# Quotations that headlines have and that `outside_quotes` leaves, because in running text the marks mean other things.
_QUOTED = regex.compile(
    r"”[^”\n]+”|»[^«»\n]+«|‹[^‹›\n]+›"
    r"|(?<!\w)['‘‚][^'‘’‚\n]+(?:(?<=\w)['’](?=\w)[^'‘’‚\n]+)*['’‘](?!\w)"
)


def lengths(lines: Iterable[Line], language: str, *, headline_max: int | None = None) -> Iterator[Finding]:
    """What is too long, and headlines that ask or exclaim; `headline_max` in columns, None = that of the language."""
    for line in lines:
        if line.where == "headline":
            most = headline_max or facts(language, "headline").get("max", _HEADLINE_MAX)
            yield from _headline(line, language, most)
        elif (count := words(line.text)) > _BULLET_WORDS:
            yield finding(
                "bullet_long", line.where, "too long to read at a glance", expected=str(_BULLET_WORDS), found=str(count)
            )


def in_pair(pair: Pair) -> Iterator[Finding]:
    """A translation so short or so long that something was left out, added or put into the wrong line."""
    low, high = _ratios(pair.source_language, pair.language)
    width = columns(pair.source)
    if width < _ENOUGH_COLUMNS:
        low, high = low / _FURTHER, high * _FURTHER
    ratio = columns(pair.text) / width if width else low
    if width >= _SHORT_COLUMNS and pair.text.strip() and not low <= ratio <= high:
        detail = f"{ratio:.1f} times as long as the source; people write {low:.1f} to {high:.1f} times as much"
        yield finding("length_ratio", pair.where, detail, expected=f"{low:.2f} to {high:.2f}", found=f"{ratio:.2f}")


def usual_ratio(source_language: str, language: str) -> float:
    """Columns of a translation for each column of its source, as people usually write; 1 where nothing is known."""
    least, most = _ratios(source_language, language)
    return sqrt(least * most) if least else 1.0


@cache
def _ratios(source_language: str, language: str) -> tuple[float, float]:
    """The least and the most columns for one of the source; any number where a language has no data.

    Both are known relative to English; their spreads around the middle add up as those of independent errors do.
    """
    source, target = _logarithms(source_language), _logarithms(language)
    if source is None or target is None:
        return 0.0, float("inf")
    middle = (sum(target) - sum(source)) / 2
    spread = hypot(target[1] - target[0], source[1] - source[0]) / 2
    return exp(middle - spread), exp(middle + spread)


def _logarithms(language: str) -> tuple[float, float] | None:
    """The bounds relative to English, as logarithms; English itself has no spread."""
    known = {"en": (1.0, 1.0), **packaged_toml("config", "length_ratios.toml")}
    bounds = next((known[tag] for tag in fallbacks(language) if tag in known), None)
    return None if bounds is None else (log(bounds[0]), log(bounds[1]))


def words(text: str) -> int:
    """How many words a text has; in scripts without spaces, how many English words would say the same."""
    spaced, unspaced = text, 0.0
    for letters, per_word in _LETTERS_PER_WORD:
        spaced, count = letters.subn(" ", spaced)
        unspaced += count / per_word
    return round(unspaced) + sum(any(map(str.isalnum, word)) for word in spaced.split())


def _headline(line: Line, language: str, most: int) -> Iterator[Finding]:
    if (width := columns(line.text)) > most:
        yield finding("headline_long", line.where, "wider than headlines are", expected=str(most), found=str(width))
    if mark := _mark_in(line.text, language):
        yield finding("headline_mark", line.where, "a headline states", found=mark)


def _mark_in(headline: str, language: str) -> str | None:
    """A mark with which a headline asks or exclaims; one in a quotation only where it ends the headline."""
    marks = _GREEK_MARK if language.partition("-")[0] == "el" else _ANY_MARK
    found = marks.search(_QUOTED.sub(" ", outside_quotes(headline, least=0))) or _CLOSING_MARK.search(headline)
    return found[0].strip() if found else None
