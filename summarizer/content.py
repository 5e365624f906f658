"""Content terms: what two passages share when they are about the same thing, in scripts with and without spaces.

`[words]` in `config/languages/<tag>.toml` holds, all optional:

- `function`: words that carry no topic, and with which no headline ends; in Chinese and Japanese, characters;
- `dangling`: words at the start of a sentence that lean on the one before it;
- `unfinished`: endings after which something must follow, as in Chinese after "says";
- `prefixes`: particles written together with the next word, as in Arabic and Hebrew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import regex

from summarizer.languages import facts

# `regex` has no complete stubs; its patterns have the interface of those of `re`.
Pattern: TypeAlias = re.Pattern[str]

# Scripts without spaces between words: overlapping runs of characters stand in for words there.
_IDEOGRAPHS = r"\p{Han}\p{Hiragana}\p{Katakana}\u30FC"
_ALPHABETS = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_RUN = regex.compile(
    rf"(?V1)(?P<ideographs>[{_IDEOGRAPHS}]+)|(?P<alphabet>[{_ALPHABETS}]+)|(?P<hangul>\p{{Hangul}}+)"
    rf"|[\w--[{_IDEOGRAPHS}{_ALPHABETS}\p{{Hangul}}]]+"
)
_UNSPACED = regex.compile(rf"[{_IDEOGRAPHS}{_ALPHABETS}]")
# Grammar is written in hiragana, topics are not.
_GRAMMAR = regex.compile(r"\p{Hiragana}+")
# A word's first letters stand for all its forms; a Hangul syllable holds two or three letters. Compared with whole
# words, of 37 articles 6 more share a third of the terms with their headline in Finnish and Hungarian, 10 in Tamil and
# 14 in Korean; of 444 headlines with other articles 4 more do (ntrex-dev, documents 1 to 40).
_STEM, _HANGUL_STEM = 6, 2
# Lengths of the runs; four letters tell Thai articles apart, three or fewer do not.
_IDEOGRAPH_RUN, _ALPHABET_RUN = 2, 4


@dataclass(frozen=True, slots=True)
class Words:
    """The `[words]` table of a language, compiled; empty for a language without data."""

    function: frozenset[str]
    dangling: Pattern | None
    unfinished: Pattern | None
    prefix: Pattern | None


@cache
def words_of(language: str) -> Words:
    """The word lists of a language."""
    table = facts(language, "words")
    prefixes = "|".join(map(regex.escape, table.get("prefixes", ())))
    return Words(
        function=frozenset(word.casefold() for word in table.get("function", ())),
        dangling=word_pattern(table.get("dangling", ()), before=r"^\W*"),
        unfinished=word_pattern(table.get("unfinished", ()), after=r"\W*$"),
        prefix=regex.compile(rf"^(?:{prefixes})(?=\w{{3}})") if prefixes else None,
    )


def word_pattern(words: Sequence[str], *, before: str = "", after: str = "") -> Pattern | None:
    """A pattern for any of these words or phrases between two patterns; None for no words.

    In scripts with spaces only whole words match; a leading `*` stands for any letters of the same word: `*n't`.
    """
    if not words:
        return None
    alternatives = "|".join(_alternative(word) for word in sorted(words, key=len, reverse=True))
    pattern: Pattern = regex.compile(f"{before}(?:{alternatives}){after}", regex.IGNORECASE)
    return pattern


def _alternative(word: str) -> str:
    body = re.escape(word.removeprefix("*"))
    if _UNSPACED.match(word[-1]):
        return body
    return (r"\w+" if word.startswith("*") else r"(?<!\w)") + body + r"(?!\w)"


def terms(text: str, language: str) -> Iterator[str]:
    """The content terms of a text, in order: case-folded stems, figures in full, or runs of characters."""
    words = words_of(language)
    for match in _RUN.finditer(text.casefold()):
        if match["ideographs"]:
            runs = _runs(match[0], _IDEOGRAPH_RUN)
            yield from (run for run in runs if words.function.isdisjoint(run) and not _GRAMMAR.fullmatch(run))
        elif match["alphabet"]:
            yield from _runs(match[0], _ALPHABET_RUN)
        elif match[0] not in words.function and (len(match[0]) > 1 or match[0].isdigit()):
            yield _stem(match[0], _HANGUL_STEM if match["hangul"] else _STEM, words.prefix)


def is_figure(term: str) -> bool:
    """Whether a term is a number, or begins with one, as `5bn` does."""
    return term[0].isdigit()


def _runs(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(max(1, len(text) - length + 1)))


def _stem(word: str, letters: int, prefix: Pattern | None) -> str:
    if is_figure(word):
        return word
    return (prefix.sub("", word) if prefix else word)[:letters]
