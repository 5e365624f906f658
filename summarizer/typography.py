"""White space, separators and quotation marks, set right without asking anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from summarizer.figures import Figure, Kind, figures_in
from summarizer.glossary import NO_STYLE, Style
from summarizer.languages import fallbacks
from summarizer.quotations import Quotation, quotations_in
from summarizer.resources import packaged_toml

# A number with points or commas; what stands beside it may make it a clock time, a version or a date.
_NUMBER = re.compile(r"(?<![\w.,:/-])(?:\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?|\d+[.,]\d+)(?![\w:/]|[.,]\d)")
_CLOCK = re.compile(r"\s?(?:[ap]\.?\s?m\b|o.clock)", re.IGNORECASE)
_MAY_BE_CLOCK = re.compile(r"(?:[1-9]|[01]\d|2[0-4])[.,][0-5]\d")
# What a number with a mark in it may be and what is no amount.
_NO_AMOUNTS: frozenset[Kind] = frozenset({"time", "score", "code", "ordinal", "day", "month", "year"})
# Marks that are nothing but quotation marks; single ones may be apostrophes, minutes or feet.
_DOUBLE = frozenset('“”„‟«»"「」『』')
_GROUP = 3  # digits between marks of thousands
_WHITE = re.compile(r"[^\S\u00a0\u2007\u202f\u3000]+")
_NAME_BEFORE = re.compile(r"(?<!\w)[^\W\d_]*[A-Z][\w.-]*\s$")


def typeset(text: str, source: str, *, source_language: str, language: str, style: Style = NO_STYLE) -> str:
    """A translated line with the separators and the quotation marks of its language.

    A number is touched only where it stands just so in the source line, set as the source's language sets it, and the
    target would read another value, as `40,000` and `3.5` in German; never a clock time, a score, a section or the
    version in a name, nor what could be a clock time and counts nothing that is known. Double quotation marks are
    touched only in pairs without others inside, and those that people of the language write besides stay. `style` is
    the house's.
    """
    line = _Side(text, language, {**_forms(language), **_house_forms(style)})
    return _with_own_quotes(
        _with_own_separators(line, _Side(source, source_language, _forms(source_language))), line.forms
    )


class _Side(NamedTuple):
    """A line or its source, and the marks that it is set with."""

    text: str
    language: str
    forms: Mapping[str, Any]

    def is_amount(self, match: re.Match[str]) -> bool:
        """Whether a number is neither a time or a score nor one that a text, a law or a version goes by."""
        figure, (before, behind) = self._figure(match), _numbered(self.language)
        if figure is not None and figure.kind in _NO_AMOUNTS:
            return False
        named = before.search(self.text[: match.start()]) or behind.match(self.text, match.end())
        return not named and not _CLOCK.match(self.text, match.end())

    def is_sure_amount(self, match: re.Match[str]) -> bool:
        """Whether it has the marks of its language, no name before it, and counts something if it looks like a time."""
        if not self._is_set(match[0]) or _NAME_BEFORE.search(self.text[: match.start()]):
            return False
        figure = self._figure(match)
        counts = figure is not None and (figure.kind != "number" or figure.exponent > 0)
        return self.is_amount(match) and (counts or not _MAY_BE_CLOCK.fullmatch(match[0]))

    def _is_set(self, number: str) -> bool:
        whole, mark, decimals = number.partition(self.forms["decimals"])
        first, *groups = whole.split(self.forms["thousands"])
        return (
            first.isdecimal() and all(len(group) == _GROUP for group in groups) and decimals.isdecimal() == bool(mark)
        )

    def _figure(self, match: re.Match[str]) -> Figure | None:
        figures = figures_in(self.text, self.language)
        return next((figure for figure in figures if figure.start <= match.start() < figure.end), None)


def _with_own_separators(line: _Side, source: _Side) -> str:
    theirs, ours = source.forms, line.forms
    if not {"decimals", "thousands"} <= theirs.keys() & ours.keys():
        return line.text
    if theirs["decimals"] == ours["decimals"] or ours["decimals"] == ours["thousands"]:
        return line.text
    marks = {theirs["thousands"]: ours["thousands"], theirs["decimals"]: ours["decimals"]}
    numbers = list(_NUMBER.finditer(source.text))
    others = {match[0] for match in numbers if not source.is_sure_amount(match)}
    known = {match[0] for match in numbers} - others

    def set_right(match: re.Match[str]) -> str:
        if match[0] not in known or not line.is_amount(match):
            return match[0]
        return "".join(marks.get(sign, sign) for sign in match[0])

    return _NUMBER.sub(set_right, line.text)


@cache
def _numbered(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a number that counts nothing, as in Article 4.2, and what stands behind, as in 3.1 update."""
    before, behind = (
        "|".join(re.escape(word).replace(r"\*", r"\w*") for word in _forms(language).get(key, ()))
        for key in ("numbered", "numbered_behind")
    )
    return (
        re.compile(rf"(?:(?<!\w)(?:{before or '(?!)'})|[§№])\s?$", re.IGNORECASE),
        re.compile(rf"(?:-\w+)?\.?\s(?:{behind or '(?!)'})(?!\w)", re.IGNORECASE),
    )


def _with_own_quotes(text: str, forms: Mapping[str, Any]) -> str:
    marks: Sequence[str] = forms.get("quotes", ())
    if not marks:
        return text
    allowed = {"".join(marks[:2]).replace("\u00a0", ""), *forms.get("also", ())}
    found = [quotation for quotation in quotations_in(text) if _marks(text, quotation) <= _DOUBLE]
    if sum(map(text.count, _DOUBLE)) != 2 * len(found):
        return text  # a mark without a partner, and no telling which
    outer = [quotation for quotation in found if not any(quotation.inside(other) for other in found)]
    for quotation in reversed(outer):
        if text[quotation.start] + text[quotation.end - 1] in allowed:
            continue
        if any(other.inside(quotation) for other in found):
            continue
        words = text[quotation.first : quotation.last]
        text = f"{text[: quotation.start]}{marks[0]}{words}{marks[1]}{text[quotation.end :]}"
    return text


def _marks(text: str, quotation: Quotation) -> set[str]:
    """The opening and the closing mark."""
    return {text[quotation.start], text[quotation.end - 1]}


def _house_forms(style: Style) -> Mapping[str, Any]:
    """What a house has settled for itself."""
    settled: dict[str, Any] = {}
    if style.quotes:
        settled |= {"quotes": [mark for mark in style.quotes if not mark.isspace()][:2], "also": ()}
    if style.decimals:
        settled["decimals"] = style.decimals
    if style.thousands:
        settled["thousands"] = "" if style.thousands == "none" else style.thousands
    return settled


@cache
def _forms(language: str) -> Mapping[str, Any]:
    merged: dict[str, Any] = {}
    for tag in reversed(fallbacks(language)):
        merged |= packaged_toml("config", "typography.toml").get(tag, {})
    return merged


def clean_line(text: str) -> str:
    """The text on one line, without white space at its ends; spaces that do not break and wide ones stay."""
    return _WHITE.sub(" ", text).strip()
