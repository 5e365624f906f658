"""Names of people that a translation has and its source has not."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from summarizer.languages import script_of
from summarizer.names.customs import capitals_mean_names, inflects_names, is_cased, is_plain_word, is_spaced
from summarizer.names.people import capitalised, openers, people_in
from summarizer.names.sounds import has_sound, unlike
from summarizer.names.translated import Side
from summarizer.names.words import Word, words_in

# More unlike than names are that were only spelled in another way; set on documents 1 to 40 of newstest2019.
_STRANGE = 0.4
_HEARD = 0.3  # of a name in the letters of the translation
_SHORTEST = 5
_LATIN_NAME = regex.compile(r"\p{Lu}[\p{Latin}'’-]+(?:\s\p{Lu}[\p{Latin}'’-]+)+")


def added(source: Side, translation: Side) -> Iterator[str]:
    """People of a translation of whom nothing in the source sounds like any part of the name.

    In scripts without capitals only names in Latin letters are seen. A source that is written without spaces or without
    capitals is not compared.
    """
    if not (is_cased(source.tag) and is_spaced(source.tag)):
        return
    if not is_cased(translation.tag):
        known = source.text.casefold()
        runs = (match[0] for match in _LATIN_NAME.finditer(translation.text))
        yield from (run for run in runs if not any(part in known for part in run.casefold().split()))
        return
    words = [word.text for word in words_in(source.text) if _may_be_name(word)]
    least = 2 if capitals_mean_names(translation.tag) else 1  # a given name that is known says enough
    for name in _names(translation):
        parts = [part for part in name.split() if has_sound(part)]
        if len(parts) >= least and not any(_is_like(part, words, source.tag, translation.tag) for part in parts):
            yield name


def _names(side: Side) -> Iterator[str]:
    """Capitalised words in a row that are no places, roles or common words; no common word begins one.

    Where every noun has a capital, those that begin with a given name or are no nouns.
    """
    if not capitals_mean_names(side.tag):
        yield from (person.name for person in people_in(*side) if person.sure)
        return
    shown, run = {*capitalised(*side, openers=False), *(word.text for word in openers(*side))}, list[Word]()
    for word in (*words_in(side.text), None):
        beside = run and word and side.text[run[-1].end : word.start].isspace()
        if word and word.text in shown and (beside or not run):
            run.append(word)
            continue
        if len(run) > 1:
            yield side.text[run[0].start : run[-1].end]
        run = [word] if word and word.text in shown else []


def _may_be_name(word: Word) -> bool:
    """Whether a word of the source may be a name: no abbreviation of a few letters, no common word that opens."""
    named = word.text[:1].isupper() and (word.capital or len(word.text) >= _SHORTEST)
    return named and not (word.opens and is_plain_word(word.text))


def _is_like(part: str, words: list[str], tag: str, own: str) -> bool:
    """Whether a part of a name sounds like a word of the source, read by the letters of either language."""
    if unlike(part, words, tag, inflected=inflects_names(tag)) <= _STRANGE:
        return True
    return script_of(own) != script_of(tag) and any(unlike(word, (part,), own) <= _HEARD for word in words)
