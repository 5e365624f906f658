"""Days counted from today, the first person, and verb endings of speech.

`[day]` has `today`, `yesterday` and `tomorrow`, `[person]` has `first`: pronouns, no verb endings; `[register]` has
`polite`: endings of sentences that news texts do not have.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage, read
from summarizer.identify import outside_quotes
from summarizer.languages import language_data
from summarizer.records import Finding

_ASKED = regex.compile(r"(?<=[:：])[^:：.。!！]*[?？؟](?=\s*$)")
_QUOTE = regex.compile(r"[\"\p{Pi}\p{Pf}„“”「『〝]")
_END = regex.compile(r"[.。!?！？\n]+|$")


def relative_days(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """Today, yesterday or tomorrow, where the source has no such word."""
    within = line.language == source.language
    for word, days in line.words("day", within=within).items():
        if not any(source.says("day", day) or (not within and source.allows("day", day)) for day in days):
            yield finding("relative_day", where, f'"{word}": the source does not say it', found=word)


def first_person(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """I, we, my or our outside quotations, where the source has none there."""
    word = _unquoted(line).first("person", "first") if line.has("person", "first") else ""
    if word and not _unquoted(source).has("person", "first"):
        yield finding("first_person", where, f'"{word}" outside a quotation', found=word)


def first_person_translated(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """The same in a translation, where the source has it nowhere, or only in quotations and the translation has none.

    A warning: people translate *the best in the country* as *unser*. Where verbs need no pronoun, nothing is known.
    """
    judged = line.has("person", "first") and language_data("wording", source.language).get("pronouns")
    word = _unquoted(line).first("person", "first") if judged else ""
    if not word or _unquoted(source).has("person", "first"):
        return
    if not source.has("person", "first") or not _QUOTE.search(line.text):
        detail = f'"{word}": the source does not speak of itself'
        yield finding("first_person", where, detail, severity="warning", found=word)


def polite_endings(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A sentence outside quotations that ends as speech does, where no sentence of the source does."""
    ending = _polite(line)
    if ending and not _polite(source):
        yield finding("register_wrong", where, f'"{ending}": news texts end sentences plainly', found=ending)


def _unquoted(passage: Passage) -> Passage:
    """What is said by the text itself: neither its quotations nor a question that it reports."""
    return read(_ASKED.sub(" ", outside_quotes(passage.text, least=0)), passage.language)


def _polite(passage: Passage) -> str:
    """The word that ends a sentence of a passage politely, else an empty text."""
    for sentence in _END.split(outside_quotes(passage.text, least=0)):
        words = sentence.rstrip(" \t)）」』”’").split()
        if words and (ending := read(f"{words[-1]} ", passage.language).first("register", "polite")):
            return ending
    return ""
