"""Language and script of the lines of a draft or translation, judged outside quotations.

A text in the right language must never be held: names stay in Latin letters, close languages are not told apart, and
short lines count only where their script decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

import regex

from summarizer.checks.codes import finding
from summarizer.checks.lines import Line, passage
from summarizer.identify import another_language
from summarizer.languages import english_name, script_of
from summarizer.records import Finding

_Pattern: TypeAlias = re.Pattern[str]

# The Unicode scripts of texts in the scripts of ISO 15924 that stand for several; Korean headlines have Chinese
# characters for countries and parties.
_WRITTEN = {
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Latf": ("Latn",),
    "Latg": ("Latn",),
    "Aran": ("Arab",),
}
# A letter of these writes about as much as so many Latin ones.
_WEIGHTS = {"Hani": 3, "Hira": 2, "Kana": 2, "Hang": 2}
_LATIN_WORD = regex.compile(r"\p{Script=Latin}[\p{Script=Latin}\p{M}'’]*")
# Latin words without a capital that a line among names may have, and words that are too many to be all of a line.
_PLAIN_WORDS, _NAMES = 3, 6
# Latin words without a capital in a row, in a text of another script: no name has so many.
_LATIN_RUN = regex.compile(r"(?:(?<![\p{L}\p{M}@/.-])[a-z][\p{Latin}'’]*[\s,;:]+){3}[a-z][\p{Latin}'’]*")
# Letters of mathematics and physics: α particles, Ω.
_GREEK_SYMBOL = regex.compile(r"\p{Script=Greek}")
# Alphabets with letters that look alike.
_ALIKE = tuple(regex.compile(rf"\p{{Script={name}}}") for name in ("Latin", "Cyrillic", "Greek"))
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_MIXED = 4


class _Script(NamedTuple):
    """Patterns for the letters of a language with their weights, and for runs of letters that it does not use."""

    own: tuple[tuple[_Pattern, int], ...]
    foreign: _Pattern
    latin: bool

    def letters(self, text: str) -> int:
        """How many Latin letters would say what the language's own letters in a text say."""
        return sum(weight * len(pattern.findall(text)) for pattern, weight in self.own)


def languages(lines: Sequence[Line], language: str, *, text: str, source_language: str) -> Iterator[Finding]:
    """What is in the wrong language or script; `text` is how findings name all the lines together.

    `source_language` is that of the lines' sources: the language itself for a draft.
    """
    lines = [line.unquoted() for line in lines]
    scripts = {line.where: list(_script_findings(line, language, source_language)) for line in lines}
    wrong = [found for findings in scripts.values() for found in findings if found.code == "script_wrong"]
    if len(wrong) == len(lines) > 1:
        yield wrong[0].model_copy(update={"where": text})
        return
    yield from (found for findings in scripts.values() for found in findings)
    readable = [line for line in lines if line.where not in {found.where for found in wrong}]
    if found := another_language("\n".join(line.text for line in readable), language):
        yield _wrong(text, found, language, source_language)
        return
    for line in readable:
        if found := another_language(line.text, language):
            yield _wrong(line.where, found, language, source_language)


def _script_findings(line: Line, language: str, source_language: str) -> Iterator[Finding]:
    script = _script(language)
    foreign = script.foreign.findall(line.text)
    if script.latin and not foreign:
        return
    if _is_foreign(line.text, foreign, script):
        yield finding("script_wrong", line.where, f"not in the script of {english_name(language)}")
        return
    foreign = [run for run in foreign if not _GREEK_SYMBOL.fullmatch(run)]
    for run in _unexplained(foreign, line, source_language)[:1]:
        yield finding("script_foreign", line.where, "letters of another script", found=passage(run))
    words = [] if script.latin else _LATIN_RUN.findall(line.text)
    for run in _unexplained(words, line, source_language)[:1]:
        yield finding("line_untranslated", line.where, "words in Latin letters", found=passage(run))
    for word in _mixed_words(line)[:1]:
        yield finding("script_mixed", line.where, "a word with letters of two alphabets", found=passage(word))


def _is_foreign(text: str, runs: Sequence[str], script: _Script) -> bool:
    """Whether most letters are in another script, as these runs are, and not because of names."""
    own, foreign = script.letters(text), sum(map(len, runs))
    words = _LATIN_WORD.findall(text) if not script.latin else []
    plain = sum(word[0].islower() for word in words)
    if foreign > own + sum(map(len, words)):
        return True
    if not own:
        return plain >= _PLAIN_WORDS - 1 or len(words) >= _NAMES
    return sum(map(len, words)) > own and plain >= max(_PLAIN_WORDS, len(words) / 3)


def _unexplained(runs: Sequence[str], line: Line, source_language: str) -> list[str]:
    """The runs that were not foreign in the line's source already."""
    source = _script(source_language)
    return [run for run in runs if run not in line.source or source.letters(run)]


def _mixed_words(line: Line) -> list[str]:
    """Words of two alphabets that the source does not have; the shortest ones are units: μm."""
    words = (word for word in _WORD.findall(line.text) if not word.isascii() and len(word) >= _MIXED)
    return [word for word in words if sum(bool(one.search(word)) for one in _ALIKE) > 1 and word not in line.source]


@cache
def _script(language: str) -> _Script:
    """The patterns of a language; those of a script that Unicode does not know find nothing."""
    code = script_of(language)
    names = _WRITTEN.get(code, (code,))
    try:
        own = tuple((regex.compile(rf"\p{{Script={name}}}"), _WEIGHTS.get(name, 1)) for name in names)
    except regex.error:
        return _Script((), regex.compile(r"(?!)"), latin=True)
    used = "".join(rf"\p{{Script={name}}}" for name in ("Latin", "Common", "Inherited", *names))
    return _Script(own, regex.compile(rf"(?V1)[\p{{L}}--[{used}]]+"), latin="Latn" in names)


def _wrong(where: str, found: str, language: str, source_language: str) -> Finding:
    code, detail = "language_wrong", "in another language"
    if found == source_language:
        code, detail = "line_untranslated", "still in the language of the source"
    return finding(code, where, detail, expected=english_name(language), found=english_name(found))
