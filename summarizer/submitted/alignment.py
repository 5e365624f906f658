"""Which sentences of an article a line speaks of, where it does not say so itself."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from summarizer.content import terms
from summarizer.figures import figures_in
from summarizer.identify import same_language
from summarizer.names.sounds import has_sound, unlike_any_part
from summarizer.names.words import words_in

# Words of another language that still look alike: names and terms of Greek or Latin origin, by their first letters.
_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{M}]{3,}|\d[\d.,\s\u00a0]*\d|\d")
_FIRST_LETTERS = 5
# A second sentence is read beside the best one where it fits at least this well against it.
_NEXT_BEST = 0.6
_MOST = 3
# How little a name may differ from what is heard of it in another script.
_LIKE = 0.25
_NAME, _VALUE = "name ", "value "


def aligned(line: str, language: str, sentences: Sequence[str], source_language: str) -> tuple[int, ...]:
    """The numbers (from 1) of the sentences that share most with a line, best first; none where nothing is shared.

    Within a language the shared words count; between two the figures, the words that look alike and the names that
    sound alike; each the more the fewer sentences have it.
    """
    alike = same_language(language, source_language)
    marks = [_marks(text, source_language, alike=alike) for text in sentences]
    wanted = _marks(line, language, alike=alike)
    if not alike:
        names = [
            frozenset(word.text for word in words_in(text) if word.capital and not word.opens) for text in sentences
        ]
        heard = {name for name in frozenset().union(*names) if _is_heard(name, line, language)}
        marks = [{*each, *(f"{_NAME}{name}" for name in own)} for each, own in zip(marks, names, strict=True)]
        wanted |= {f"{_NAME}{name}" for name in heard}
    spread = Counter(mark for each in marks for mark in each)
    scores = {
        number: sum(math.log1p(len(sentences) / spread[mark]) for mark in each & wanted)
        for number, each in enumerate(marks, start=1)
    }
    ranked = sorted((number for number, score in scores.items() if score), key=lambda number: -scores[number])
    return tuple(number for number in ranked[:_MOST] if scores[number] >= _NEXT_BEST * scores[ranked[0]])


def carrying(
    line: str, language: str, sentences: Sequence[str], source_language: str, known: Sequence[int], *, alone: bool
) -> tuple[int, ...]:
    """The first sentences that have the figures of a line which the `known` ones lack, each figure by its value.

    Unless `alone`, such a sentence has a word of the line as well.
    """
    alike = same_language(language, source_language)
    values = [{figure.value for figure in figures_in(text, source_language)} for text in sentences]
    wanted = set(filter(_is_word, _marks(line, language, alike=alike)))
    found = list(known)
    for figure in figures_in(line, language):
        if any(figure.value in values[number - 1] for number in found):
            continue
        having = (number for number, own in enumerate(values, start=1) if figure.value in own)
        fitting = (
            number for number in having if alone or wanted & _marks(sentences[number - 1], source_language, alike=alike)
        )
        found += [number] if (number := next(fitting, None)) else []
    return tuple(found[len(known) :])


def _is_word(mark: str) -> bool:
    return not any(map(str.isdigit, mark))


def _is_heard(name: str, line: str, language: str) -> bool:
    return len(name) >= _FIRST_LETTERS and has_sound(name) and unlike_any_part(name, line, language) <= _LIKE


def _marks(text: str, language: str, *, alike: bool) -> set[str]:
    return set(terms(text, language)) if alike else set(_shared_marks(text, language))


def _shared_marks(text: str, language: str) -> Iterable[str]:
    """What a translation keeps: figures and their digits, and the first letters of longer words without accents."""
    yield from (f"{_VALUE}{figure.value.normalize():f}" for figure in figures_in(text, language) if not figure.weak)
    plain = unicodedata.normalize("NFKD", text.casefold())
    for match in _WORD.finditer(plain):
        if match[0][0].isdigit():
            yield "".join(str(unicodedata.digit(sign)) for sign in match[0] if sign.isdigit())
        else:
            yield "".join(filter(str.isalpha, match[0]))[:_FIRST_LETTERS]
