"""Words and verbs of saying that are stronger than those of the source.

`[loaded]` and `[saying]` have concepts that code does not know one by one: a language without a concept is not judged
by it, and a word may stand under several concepts, where a language has one word for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage
from summarizer.records import Finding


def loaded_words(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """Words of `[loaded]`, such as murder or regime, that the source has in no form."""
    for word, concepts in _unlicensed("loaded", line, source):
        yield finding("loaded_word", where, f'"{word}": the source has no word for {_either(concepts)}', found=word)


def loaded_sayings(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """Verbs of `[saying]`, such as admit or threaten, where the source says something, but not so."""
    if not source.has("attribution", "said"):
        return
    for word, concepts in _unlicensed("saying", line, source):
        yield finding("saying_loaded", where, f'"{word}": the source has no word for {_either(concepts)}', found=word)


def _unlicensed(table: str, line: Passage, source: Passage) -> Iterator[tuple[str, set[str]]]:
    """The words of a line none of whose concepts the source allows."""
    within = line.language == source.language
    for word, concepts in line.words(table).items():
        if not any(source.allows(table, concept, within=within) for concept in concepts):
            yield word, concepts


def _either(concepts: set[str]) -> str:
    return " or ".join(sorted(concepts))
