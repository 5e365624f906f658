"""Lines that repeat each other, and lines that are still those of the source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from functools import lru_cache
from itertools import combinations

import regex

from summarizer.checks.codes import finding
from summarizer.checks.lengths import words
from summarizer.checks.lines import Line
from summarizer.identify import near, same_language, words_only_in
from summarizer.languages import columns
from summarizer.records import Draft, Finding, line_of

# A line repeats another that holds nearly all of it; what was made from lines that share half may do so.
_NEARLY_ALL, _HALF = 0.85, 0.5
# Lines of close languages may be the same by chance; a whole translation of three lines is not.
_NOT_BY_CHANCE = 3
# Words, and words without a capital, that are too many for a name or a score.
_WORDS, _PLAIN_WORDS = 5, 2
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# So many words in a row, four of them without a capital, stand in both lines only where they were not translated: in
# none of 10,251 lines of newstest2019 (documents 1 to 40, 17 languages of Latin script), titles of books included.
_RUNS, _PLAIN_IN_RUN = (4, 5, 6), 4
# With a function word that only the source's language has, and another word, so many without a capital are enough.
_SMALL_IN_RUN = 3
# Columns of a line that stands inside another by no chance; in 2 of 126,060 pairs of lines of newstest2019 one does.
_WHOLE_LINE = 20
# Letters of articles and prepositions that a new order may need.
_SHORT = 3


def repeated_in_draft(lines: Sequence[Line]) -> Iterator[Finding]:
    """Lines that say what another one says; a bullet that is a sentence of the article may be the headline as well.

    Extracts of short articles have such headlines, and a sentence may stand in the place of a bullet that failed. The
    same words in another order are only a warning: who accuses whom may be all that differs.
    """
    for one, other in combinations(lines, 2):
        if repeats(one.text, other.text):
            if one.where != "headline" or other.text not in other.source:
                yield _repetition(one, other)
        elif _reordered(one.text, other.text):
            detail = f"has the same words as {_named(one)}"
            yield finding("line_repeated", other.where, detail, severity="warning")


def repeated_in_translation(lines: Sequence[Line]) -> Iterator[Finding]:
    """Lines that say what another one says, or all of it and more, where their lines in the draft do not."""
    for one, other in combinations(lines, 2):
        if _repeats(_key(one.source), _key(other.source), _HALF):
            continue
        if repeats(one.text, other.text) or _holds(other, one):
            yield _repetition(one, other)
        elif _holds(one, other):
            yield _repetition(other, one)


def untranslated(lines: Sequence[Line], draft: Draft, language: str) -> Iterator[Finding]:
    """Lines of a translation that are those of the draft; names and figures may stay as they are.

    Varieties of one language may share every line, close languages some lines.
    """
    same = [line for line in lines if _key(line.text) == _key(line.source) and not _only_names(line.text, draft.names)]
    if same_language(draft.language, language):
        return
    if near(draft.language, language) and len(same) < max(_NOT_BY_CHANCE, len(lines)):
        return
    for line in same:
        yield finding("line_untranslated", line.where, "the same as in the draft")
    telling = words_only_in(draft.language, language)
    for line in () if near(draft.language, language) else lines:
        if line not in same and (left := left_over(line.source, line.unquoted().text, telling)):
            yield finding("line_untranslated", line.where, "words of the draft that were not translated", found=left)


def left_over(source: str, text: str, telling: Collection[str] = ()) -> str | None:
    """Words in a row that a translation has from its source as they were; None where there are too few to tell.

    `telling` are function words that the language of the translation does not have.
    """
    words, others = (_TOKEN.findall(line) for line in (source, text))
    if not _have_run(words, set(others)):
        return None
    for size in _RUNS:
        theirs = {tuple(others[start : start + size]) for start in range(len(others) - size + 1)}
        for start in range(len(words) - size + 1):
            run = tuple(words[start : start + size])
            small = [word for word in run if word[0].islower()] if run in theirs else []
            plain = {word for word in small if len(word) >= _SHORT}
            tells = len(small) >= _SMALL_IN_RUN and not plain <= set(telling) and not set(telling).isdisjoint(small)
            if tells or sum(len(word) >= _SHORT for word in small) >= _PLAIN_IN_RUN:
                return " ".join(run)
    return None


def _have_run(words: Sequence[str], others: Set[str]) -> bool:
    """Whether so many words in a row are among others that they may be a run of these."""
    length = 0
    for word in words:
        length = length + 1 if word in others else 0
        if length == _RUNS[0]:
            return True
    return False


def repeats(text: str, other: str) -> bool:
    """Whether one of two texts has hardly more than what the other says, in the same order."""
    return _repeats(_key(text), _key(other), _NEARLY_ALL)


def _holds(line: Line, other: Line) -> bool:
    """Whether a line has all of another one in it, and its source has not, as where two lines became one."""
    key = _key(other.text)
    return key in _key(line.text) and columns(key) >= _WHOLE_LINE and _key(other.source) not in _key(line.source)


def _repetition(one: Line, other: Line) -> Finding:
    return finding("line_repeated", other.where, f"says what {_named(one)} says")


def _named(line: Line) -> str:
    """A line as people call it."""
    number = line_of(line.where)
    return f"bullet {number}" if number else "the headline"


def _reordered(text: str, other: str) -> bool:
    """Whether two texts have the same words, but for a few short ones that are no names."""
    words, others = (_TOKEN.findall(one) for one in (text, other))
    known, known_too = ({word.casefold() for word in one} for one in (words, others))
    extra = [word for word in (*words, *others) if word.casefold() not in known & known_too]
    return len(known & known_too) >= _WORDS and all(len(word) <= _SHORT and word.islower() for word in extra)


def _repeats(key: str, other: str, share: float) -> bool:
    short, long = sorted((key, other), key=len)
    return bool(short) and short in long and len(short) >= share * len(long)


def _only_names(text: str, names: Sequence[str]) -> bool:
    """Whether a line has nothing but names; where they are not known, whether it is too short to have more."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    found = _WORD.findall(text)
    if names:
        return not found
    plain = sum(len(word) > 2 and word[0].islower() for word in found)
    return words(" ".join(found)) < _WORDS and plain < _PLAIN_WORDS


@lru_cache(maxsize=2048)
def _key(text: str) -> str:
    """The letters and digits of a text, case-folded: what is left when punctuation and spacing do not count."""
    return "".join(filter(str.isalnum, text.casefold()))
