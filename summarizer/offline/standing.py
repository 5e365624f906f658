"""Whether a sentence can stand alone, away from the sentences around it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import regex

from summarizer.articles.lines import is_heading, leads_on
from summarizer.content import Pattern, words_of
from summarizer.languages import columns
from summarizer.records import Article

# What each flaw leaves of a sentence's worth, by an editor's judgement: half a quotation is no sentence; a pronoun
# without its noun misleads; a question, a bare quotation, a very long or very short sentence is only a poor bullet.
_FRAGMENT, _DANGLING, _ASKED, _SPOKEN = 0.2, 0.5, 0.7, 0.7
_LONG, _SHORT = 0.7, 0.5
# About 45 English words. Twice the article's median is long as well, and half of it is short.
_LONG_COLUMNS = 270

_QUESTION = regex.compile(r"[?？؟;\u037e][\p{Pf}\p{Pi}\p{Pe}\"'”»]*$")
_SPEECH = regex.compile(r"[\"“”„«»「『‘']")
# A straight or curly mark between letters is part of a word, as in Hebrew acronyms.
_DOUBLE_MARK = regex.compile(r"(?<!\w)[\"“”„]|[\"“”„](?!\w)")
_BLANKS = frozenset(" \t")
_PAIRS = (("«", "»"), ("「", "」"), ("『", "』"), ("(", ")"), ("（", "）"), ("[", "]"))


def headings(article: Article) -> frozenset[int]:
    """The indexes (from 0) of sentences that are headings: short unfinished lines of their own."""
    return frozenset(
        sentence.number - 1
        for sentence in article.sentences
        if is_heading(article.text[sentence.start : sentence.end])
        and _has_own_line(article.text, sentence.start, sentence.end)
    )


def _has_own_line(text: str, start: int, end: int) -> bool:
    while text[start - 1 : start] in _BLANKS:
        start -= 1
    while text[end : end + 1] in _BLANKS:
        end += 1
    return text[max(0, start - 1) : start] in {"", "\n"} and text[end : end + 1] in {"", "\n"}


def soundness(sentence: str, language: str) -> float:
    """The share of its worth, from 0 to 1, that a sentence keeps when it stands alone; 1.0 without a flaw."""
    words = words_of(language)
    flaws = (
        (is_fragment(sentence) or _matches(words.unfinished, sentence), _FRAGMENT),
        (_matches(words.dangling, sentence), _DANGLING),
        (asks(sentence), _ASKED),
        (_SPEECH.match(sentence) is not None, _SPOKEN),
    )
    worth = 1.0
    for found, share in flaws:
        worth *= share if found else 1.0
    return worth


def _matches(pattern: Pattern | None, sentence: str) -> bool:
    return pattern is not None and pattern.search(sentence) is not None


def is_fragment(sentence: str) -> bool:
    """Whether something is missing: a quotation or bracket has one end only, or a colon announces what follows."""
    if leads_on(sentence) or len(_DOUBLE_MARK.findall(sentence)) % 2:
        return True
    return any(sentence.count(opening) != sentence.count(closing) for opening, closing in _PAIRS)


def asks(text: str) -> bool:
    """Whether a text ends with a question mark, which in Greek looks like a semicolon."""
    return _QUESTION.search(text) is not None


def proportions(sentences: Sequence[str]) -> list[float]:
    """For each sentence the share of its worth, from 0 to 1, that its length leaves beside the others."""
    widths = [columns(sentence) for sentence in sentences]
    middle = median(widths)
    long, short = min(_LONG_COLUMNS, 2 * middle), middle / 2
    return [_LONG if width > long else _SHORT if width < short else 1.0 for width in widths]
