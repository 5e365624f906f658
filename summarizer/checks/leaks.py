"""What belongs to the making of a text and not into it: markup, links, words of prompts, reasoning, broken characters.

What the line's source has as well is no leak. The words are in `config/leaks.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import regex

from summarizer.checks.codes import finding
from summarizer.checks.lines import Line, passage
from summarizer.languages import english_name, own_name
from summarizer.records import Finding
from summarizer.resources import packaged_toml

# `regex` has no complete stubs; its patterns have the interface of those of `re`.
_Pattern: TypeAlias = re.Pattern[str]


class _Leak(NamedTuple):
    """What to look for, and how to call it in a finding.

    Where the pattern is slow, `hint` tells whether a text, case-folded, may have it at all.
    """

    code: str
    name: str
    pattern: _Pattern
    hint: _Pattern | None = None


_MARKUP = (
    ("a code fence", r"```|~~~"),
    ("Markdown emphasis", r"\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|(?<![\w*])\*(?=\w)[^*\n]{1,200}(?<=\w)\*(?![\w*])|`"),
    ("a Markdown heading", r"^\s*#{1,6}\s"),
    ("a list mark", r"^\s*[*•‣◦▪●+]\s"),
    ("a Markdown link", r"\]\("),
    ("a citation mark", r"\[\^?\d+(?:\s*[,;–-]\s*\d+)*\]|【[^】\n]{0,60}】|†"),
    ("an HTML tag", r"</?[a-zA-Z][\w-]*(?:\s[^<>\n]{0,300})?/?>|<!--"),
    ("an HTML entity", r"&(?:[a-zA-Z]{2,8}|#\d{2,7}|#x[0-9a-fA-F]{2,6});"),
    ("a brace", r"[{}]"),
    ("a key of JSON", r'"[a-zA-Z_]{2,30}"\s*:\s*(?:["\[]|\d|true|false|null)|^\s*[\[\]]\s*$'),
)
_LINKS = (
    ("an address", r"(?i)\b(?:https?|ftp|file|mailto|data):\S|\bwww\.\w"),
    ("an address", r"(?i)\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|info|io|co|[a-z]{2})/[\w?#%]", "/"),
    ("an e-mail address", r"\b[\w.+-]+@[\w-]+\.[a-zA-Z]{2,}"),
)
_BROKEN = (
    ("an escape sequence", r"\\(?:[nrtbf\"'/\\]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})"),
    ("an escape sequence", r"u00[0-9a-f]{2}|(?:u[0-9a-f]{4}){2,}|(?:%[0-9A-Fa-f]{2}){2,}"),
    ("a wrong encoding", r"Ã[\u0080-\u00bf©¨¡³±¤¶¼]|â€|Â[\u0080-\u00bf]|ï»¿|\ufffd"),
)
_LEAKS = tuple(
    _Leak(code, name, regex.compile(pattern), *map(re.compile, hint))
    for code, patterns in (("markup_leaked", _MARKUP), ("link_leaked", _LINKS), ("character_broken", _BROKEN))
    for name, pattern, *hint in patterns
)
_NUMBERED = regex.compile(r"^\s*(\d{1,2})[.)]\s")
# Direction marks and other characters without a shape that people's texts have too; joiners in scripts that need them.
_INVISIBLE = regex.compile(
    r"(?V1)[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff]"
    r"|(?<![\p{L}\p{M}--[\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}]])\u200c|\u200c(?![\p{L}\p{M}])"
    r"|(?<![\p{L}\p{M}\p{Extended_Pictographic}\ufe0f])\u200d"
)
# Controls, overrides and isolates of direction, private-use and unassigned characters, surrogates, tags.
_CONTROL = regex.compile(r"(?V1)[\p{Cc}\p{Co}\p{Cs}\p{Cn}\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


_BRACKET = re.compile(r"[\[(（［【]")
_DIGIT = re.compile(r"\d(?<=[^\W\d_]\d)")
# Words are parted by spaces in all other scripts; two letters before a digit may be a unit: km2.
_GLUED = regex.compile(
    r"(?V1)(?<![\p{L}\p{M}\p{N}])([\p{L}\p{M}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]{3,})"
    r"\p{Nd}+"
)


def leaks(lines: Sequence[Line], language: str) -> Iterator[Finding]:
    """What should not stand in these lines, at most one finding of a code for each line."""
    yield from _numbering(lines)
    for line in lines:
        seen: set[str] = set()
        for found in _in_line(line, language):
            if found.code not in seen:
                seen.add(found.code)
                yield found


def _in_line(line: Line, language: str) -> Iterator[Finding]:
    yield from _matches(line.unquoted(), (*_phrases(), _name_label(language)))
    yield from _notes(line.unquoted())
    yield from _matches(line, _LEAKS)
    yield from _glued(line)
    if line.text.isprintable():
        return
    if match := _CONTROL.search(line.text):
        yield finding("character_broken", line.where, "a character that no text has", found=_described(match[0]))
    if match := _INVISIBLE.search(line.text):
        yield finding("character_invisible", line.where, "a character without a shape", found=_described(match[0]))


def _matches(line: Line, leaks: Iterable[_Leak]) -> Iterator[Finding]:
    folded = line.text.casefold()
    for leak in leaks:
        if leak.hint is not None and not leak.hint.search(folded):
            continue
        if (match := leak.pattern.search(line.text)) and match[0].casefold() not in line.source.casefold():
            yield finding(leak.code, line.where, leak.name, found=passage(match[0].strip()))


def _notes(line: Line) -> Iterator[Finding]:
    """A note in brackets about the text, where the source has none, in whatever language."""
    if not _BRACKET.search(line.text):
        return
    if (note := _note().search(line.text)) and not _note().search(line.source):
        yield finding("prompt_leaked", line.where, "a note about the text", found=passage(note[0]))


def _glued(line: Line) -> Iterator[Finding]:
    """A digit behind the letters of a word that the source does not have, where a space was lost."""
    for word in _GLUED.finditer(line.text) if _DIGIT.search(line.text) else ():
        if word[1].casefold() not in line.source.casefold():
            yield finding("digit_glued", line.where, "a digit touches a letter", found=word[0])


def _numbering(lines: Sequence[Line]) -> Iterator[Finding]:
    """Bullets that carry their own numbers, all of them; one that begins with a number may be a date or a club."""
    bullets = [line for line in lines if line.where != "headline"]
    numbers = [match[1] if (match := _NUMBERED.match(line.text)) else "" for line in bullets]
    if len(bullets) > 1 and numbers == [str(index) for index in range(1, len(bullets) + 1)]:
        for line, number in zip(bullets, numbers, strict=True):
            yield finding("markup_leaked", line.where, "a number of a list", found=number)


@cache
def _phrases() -> tuple[_Leak, ...]:
    words = packaged_toml("config", "leaks.toml")
    return (
        _Leak("reasoning_leaked", "words of reasoning", _any_of(words["reasoning"]), _hint(words["reasoning"])),
        _Leak(
            "prompt_leaked",
            "words of an answer, not of a text",
            _any_of(words["phrases"]),
            _hint(words["phrases"]),
        ),
        _Leak("prompt_leaked", "words of an answer, not of a text", _any_of(words["openings"], before=r"^\W*")),
        _Leak("prompt_leaked", "a label", _any_of(words["labels"], before=r"^\W*", after=r"(?:\s*\d+)?\s*[:：]")),
        _Leak("prompt_leaked", "a placeholder", _any_of(words["placeholders"], before=r"^\W*", after=r"\W*$")),
    )


@cache
def _note() -> _Pattern:
    words = packaged_toml("config", "leaks.toml")
    first, made = (_any_of(words[key]).pattern for key in ("notes", "made"))
    opening, inside = r"[\[(（［【]\s*", r"[^\[\](){}（）［］【】\n]"
    pattern: _Pattern = regex.compile(
        rf"{opening}(?:{first}(?!\p{{L}}){inside}{{0,40}}?[:：]|{inside}{{0,60}}?{made})", regex.IGNORECASE
    )
    return pattern


@cache
def _name_label(language: str) -> _Leak:
    """The name of the language as a label."""
    names = {english_name(language), own_name(language)}
    return _Leak("prompt_leaked", "a label", _any_of(sorted(names), before=r"^[\[(*]*", after=r"[\])*]*\s*[:：]"))


def _any_of(phrases: Iterable[str], before: str = "", after: str = "") -> _Pattern:
    alternatives = "|".join(regex.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    pattern: _Pattern = regex.compile(f"{before}(?:{alternatives}){after}", regex.IGNORECASE)
    return pattern


def _hint(phrases: Iterable[str]) -> _Pattern:
    """A pattern for any of the phrases, case-folded; by their first letters, which is twice as fast."""
    folded = sorted({phrase.casefold() for phrase in phrases})
    groups = (
        (first, "|".join(re.escape(phrase[1:]) for phrase in each)) for first, each in groupby(folded, itemgetter(0))
    )
    return re.compile("|".join(f"{re.escape(first)}(?:{others})" for first, others in groups))


def _described(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
