"""What a prompt says about one language: the `[prompt]` and `[headline]` tables of its file, as a few English lines.

Keys of `[prompt]`, each a line of English with the language's own words as examples:
- `headline`: the grammar of headlines; the length comes from `[headline]`;
- `quotes`: quotation marks, and those inside quotations;
- `numbers`: separators, digits, the percent sign, scale words with their English value;
- `dates`: a date and a time as news texts write them;
- `attribution`: the words for "according to" and "say", and moods of reported speech;
- `wording`: plain words for deaths, and words that only the source may choose;
- `names`: which names have forms of their own, how others are written;
- `register`: how readers and people are spoken of.

A house's own style comes before what the file says of quotation marks, numbers and the length of headlines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from summarizer.glossary import NO_STYLE, Style, native_digits
from summarizer.languages import columns, english_name, facts, script_of

WRITING = ("headline", "quotes", "wording", "register")
"""What matters for a text in the article's own language, whose figures and names stay as they are."""
HEADLINE = ("headline", "quotes")
"""What matters for a headline that is only made shorter, whose length is asked for by itself."""
TRANSLATING = ("headline", "quotes", "numbers", "dates", "attribution", "wording", "names", "register")
"""What matters for a text that comes from another language."""

_LABELS = {
    "headline": "Headline",
    "quotes": "Quotation marks",
    "numbers": "Numbers",
    "dates": "Dates and times",
    "attribution": "Attribution",
    "wording": "Neutral words",
    "names": "Names",
    "register": "Register",
}
_GENERIC = {
    "headline": "as newspapers in {language} write it; 6 to 12 words.",
    "quotes": "those that newspapers in {language} use.",
    "numbers": "digits, separators and scale words as newspapers in {language} write them.",
    "register": "neutral and formal, as in a news report.",
}
_FULL_WIDTH = frozenset({"Hans", "Hant", "Jpan", "Kore"})
# The separators in the examples of a `numbers` line: 12.000, 1,20,000; 3,5.
_THOUSANDS = re.compile(r"(?<=\d)[.,٬'’\s](?=(?:\d{2}[.,٬'’\s])*\d{3}(?!\d))")
_DECIMALS = re.compile(r"(?<=\d)[.,٫](?=\d(?!\d))")
_WESTERN_DIGITS = "0123456789"


def language_facts(tag: str, about: Sequence[str] = TRANSLATING, style: Style = NO_STYLE) -> str:
    """A line `- Headline: …` for each thing that is known about a language, in the order of `about`.

    A language without a `[prompt]` table gets general lines, and none where there is nothing general to say. The line
    about headlines ends with their length, except in `HEADLINE`.
    """
    known = facts(tag, "prompt")
    texts = known or {key: text.format(language=english_name(tag)) for key, text in _GENERIC.items()}
    texts = _restyled(texts, tag, style)
    lines = []
    for key in about:
        text = texts.get(key)
        if text:
            measured = key == "headline" and about != HEADLINE and (style.headline_max or facts(tag, "headline"))
            length = f" Length: {headline_length(tag, style)}." if measured else ""
            lines.append(f"- {_LABELS[key]}: {text}{length}")
    return "\n".join(lines)


def headline_length(tag: str, style: Style = NO_STYLE) -> str:
    """The length of a headline in words for a prompt: `about 73 characters, at most 122`.

    The figures are columns; a Chinese, Japanese or Korean character takes two. Without `[headline]` those of English.
    Where the house allows less than the language's file, the usual length shrinks in proportion.
    """
    known = facts(tag, "headline") or facts("en", "headline")
    most = style.headline_max or known["max"]
    usual = min(known["target"], known["target"] * most // known["max"])
    width = _character_width(tag)
    return f"about {usual // width} characters, at most {most // width}"


def present_length(headline: str, tag: str) -> int:
    """The length that a headline has, in the same characters."""
    return columns(headline) // _character_width(tag)


def _character_width(tag: str) -> int:
    """Columns of a character."""
    return 2 if script_of(tag) in _FULL_WIDTH else 1


def _restyled(texts: Mapping[str, str], tag: str, style: Style) -> Mapping[str, str]:
    """The lines with the house's quotation marks and numbers in the place of the language's."""
    changed = {}
    if style.quotes is not None:
        opening, closing, *inner = [mark for mark in style.quotes if not mark.isspace()]
        inside = f", inside them {' '.join(inner)}" if inner else ""
        changed["quotes"] = f"{opening} {closing}{inside}."
    if style.thousands or style.decimals or style.digits:
        changed["numbers"] = _numbers(texts.get("numbers", ""), tag, style)
    return {**texts, **changed}


def _numbers(text: str, tag: str, style: Style) -> str:
    """The line about numbers with its examples in the house's style, and with that style in words at its end."""
    items = [item for item in text.rstrip(".").split("; ") if item and not (style.digits and "digits" in item)]
    said = []
    if style.thousands:
        mark = "" if style.thousands == "none" else style.thousands
        items = [_THOUSANDS.sub(mark, item) for item in items]
        said.append(f"12{mark}000")
    if style.decimals:
        items = [_DECIMALS.sub(style.decimals, item) for item in items]
        said.append(f"3{style.decimals}5")
    if style.digits:
        digits = native_digits(tag) if style.digits == "native" else None
        items, said = ([_in_digits(part, digits or _WESTERN_DIGITS) for part in parts] for parts in (items, said))
        said.append(f"the digits {digits}" if digits else "Western digits")
    return "; ".join([*items, f"always {', '.join(said)}"]) + "."


def _in_digits(text: str, digits: str) -> str:
    return "".join(digits[unicodedata.decimal(character)] if character.isdecimal() else character for character in text)
