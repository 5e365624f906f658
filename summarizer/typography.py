"""White space, separators and quotation marks, set right without asking anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from summarizer.glossary import NO_STYLE, Style
from summarizer.languages import fallbacks
from summarizer.quotations import Quotation, quotations_in
from summarizer.resources import packaged_toml

# A number as English sets it; what follows or stands before may make it a clock time, a version or a date.
_NUMBER = re.compile(r"(?<![\w.,:/-])(?:\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?|\d+[.,]\d+)(?![\w:/]|[.,]\d)")
_CLOCK = re.compile(r"\s?(?:[ap]\.?\s?m\b|o.clock)", re.IGNORECASE)
# Marks that are nothing but quotation marks; single ones may be apostrophes, minutes or feet.
_DOUBLE = frozenset('“”„‟«»"「」『』')
_WHITE = re.compile(r"[^\S\u00a0\u2007\u202f\u3000]+")
_NAME_BEFORE = re.compile(r"(?<!\w)[^\W\d_]*[A-Z][\w.-]*\s$")


def typeset(text: str, source: str, *, source_language: str, language: str, style: Style = NO_STYLE) -> str:
    """A translated line with the separators and the quotation marks of its language.

    A number is touched only where it stands just so in the source line and the target would read another value, as
    `40,000` and `3.5` in German; never a clock time or the version in a name. Double quotation marks are touched only
    in pairs without others inside, and those that people of the language write besides stay. `style` is the house's.
    """
    forms = {**_forms(language), **_house_forms(style)}
    return _with_own_quotes(_with_own_separators(text, source, _forms(source_language), forms), forms)


def _with_own_separators(text: str, source: str, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    if theirs.get("decimals") in {None, ours.get("decimals")} or "decimals" not in ours:
        return text
    known = {match[0] for match in _NUMBER.finditer(source) if _is_amount(match, source)}

    def set_right(match: re.Match[str]) -> str:
        if match[0] not in known:
            return match[0]
        marks = {theirs["thousands"]: ours["thousands"], theirs["decimals"]: ours["decimals"]}
        return "".join(marks.get(sign, sign) for sign in match[0])

    return _NUMBER.sub(set_right, text)


def _is_amount(match: re.Match[str], text: str) -> bool:
    return not _CLOCK.match(text, match.end()) and not _NAME_BEFORE.search(text[: match.start()])


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
