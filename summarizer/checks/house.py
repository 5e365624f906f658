"""House style: forms that the glossary wants, terms that it keeps, words that it rules out.

Lines of a translation must have our form where the draft's line has the source form; the form may be inflected, or be
the first part of a longer word, as in Kyjiwer for Kyjiw. Words inside quotations are the speaker's and are not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from summarizer.checks.codes import finding
from summarizer.checks.lines import Line
from summarizer.identify import outside_quotes
from summarizer.inflection import is_verbatim, is_written, terms_in, without_form, word_in
from summarizer.records import Finding, NameTable

# Headlines quote in single marks; an apostrophe does not open a quotation.
_SINGLE_QUOTED = regex.compile(r"‘[^‘’\n]{1,500}’|‹[^‹›\n]{1,500}›|‚[^‚‘’\n]{1,500}[‘’]")


def ignored_terms(lines: Iterable[Line], names: NameTable, *, language: str, source_language: str) -> Iterator[Finding]:
    """Terms of the source line that its translation does not write as the glossary says."""
    ours: dict[str, list[str]] = {}
    for source, form in names.prefer:
        ours.setdefault(source, []).append(form)
    for line in lines:
        found, _ = terms_in(line.source, {*ours, *names.keep}, source_language)
        for source, forms in ours.items():
            if source in found and not any(is_written(form, line.text, language) for form in forms):
                detail = f'the form of the house for "{source}" is missing'
                yield finding("glossary_ignored", line.where, detail, expected=forms[0])
        for term in names.keep:
            if term in found and not is_verbatim(term, line.text):
                detail = "a term that stays as it is, letter by letter, is missing"
                yield finding("glossary_ignored", line.where, detail, expected=term)


def avoided_words(lines: Iterable[Line], names: NameTable, language: str) -> Iterator[Finding]:
    """Words that the house does not use, outside quotations and outside the forms and terms that it wants."""
    for line in lines:
        text = _SINGLE_QUOTED.sub(" ", outside_quotes(line.text, least=0))
        for form in (*(form for _, form in names.prefer), *names.keep):
            text = without_form(text, form, language)
        for word, instead in names.avoid:
            if used := word_in(word, text, language):
                detail = "a word that the house does not use"
                yield finding("glossary_ignored", line.where, detail, expected=instead, found=used)


def contradicts(form: tuple[str, str], names: NameTable, *, language: str, source_language: str) -> bool:
    """Whether a pair of source form and target form goes against the glossary."""
    source, target = form
    lines = [Line("translation", target, source)]
    ignored = ignored_terms(lines, names, language=language, source_language=source_language)
    return any(ignored) or any(avoided_words(lines, names, language))
