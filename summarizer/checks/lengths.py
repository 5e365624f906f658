"""Lengths of headlines and bullets, and how headlines end: warnings, because length never holds a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from summarizer.checks.codes import finding
from summarizer.checks.lines import Line
from summarizer.languages import columns, facts
from summarizer.records import Finding

# Columns of a headline in a language without data: the longest `[headline] max` of those that have some.
_HEADLINE_MAX = 133
# Words of a bullet; of 603 English news sentences 2 % are longer (newstest2019, documents 1 to 40).
_BULLET_WORDS = 45
# Letters that say what one English word says, where words are not separated: translations of those sentences.
_LETTERS_PER_WORD = (
    (regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]"), 2.0),
    (regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"), 4.5),
)
_CLOSING_MARK = regex.compile(r"[?!؟？！‽;՞]\W*$")


def lengths(lines: Iterable[Line], language: str, *, headline_max: int | None = None) -> Iterator[Finding]:
    """What is too long, and headlines that ask or exclaim; `headline_max` in columns, None = that of the language."""
    for line in lines:
        if line.where == "headline":
            yield from _headline(line, headline_max or facts(language, "headline").get("max", _HEADLINE_MAX))
        elif (count := words(line.text)) > _BULLET_WORDS:
            yield finding(
                "bullet_long", line.where, "too long to read at a glance", expected=str(_BULLET_WORDS), found=str(count)
            )


def words(text: str) -> int:
    """How many words a text has; in scripts without spaces, how many English words would say the same."""
    spaced, unspaced = text, 0.0
    for letters, per_word in _LETTERS_PER_WORD:
        spaced, count = letters.subn(" ", spaced)
        unspaced += count / per_word
    return round(unspaced) + sum(any(map(str.isalnum, word)) for word in spaced.split())


def _headline(line: Line, most: int) -> Iterator[Finding]:
    if (width := columns(line.text)) > most:
        yield finding("headline_long", line.where, "wider than headlines are", expected=str(most), found=str(width))
    if mark := _CLOSING_MARK.search(line.text):
        yield finding("headline_mark", line.where, "a headline states", found=mark[0].strip())
