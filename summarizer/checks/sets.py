"""All the checks of a draft, and all those of a translation beside its draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from summarizer.checks import single, structure
from summarizer.checks.carriers import carriers
from summarizer.checks.codes import finding
from summarizer.checks.copies import repeated_in_draft, repeated_in_translation, untranslated
from summarizer.checks.house import avoided_words, ignored_terms
from summarizer.checks.language import languages
from summarizer.checks.leaks import leaks
from summarizer.checks.lengths import lengths
from summarizer.checks.lines import Claim, Line, Pair, claims, drafted_lines, pairs, translated_lines
from summarizer.figures import has_figure_data
from summarizer.languages import english_name
from summarizer.records import NO_NAMES, Article, Draft, Finding, NameTable, Translation

_L = TypeVar("_L", Claim, Pair)
_UNCHECKED = "language_unchecked"
# A line with one of these, or a text as a whole, is not in its language.
_ANOTHER_LANGUAGE = frozenset({"language_wrong", "line_untranslated", "script_wrong"})


def check_summary(draft: Draft, article: Article, names: NameTable | None = None) -> tuple[Finding, ...]:
    """The findings about a whole draft, whoever wrote it: shape, evidence, copies, language, leaks, lengths and style.

    Of `names`, the house style for this article in its own language, only words to avoid and lengths count here.
    """
    return tuple(_in_draft(draft, article, names or NO_NAMES))


def check_translated(draft: Draft, translation: Translation, names: NameTable | None = None) -> tuple[Finding, ...]:
    """The findings about a whole translation beside its draft; none about one that has no text.

    `names` is the house style for this draft in the translation's language.
    """
    if translation.headline is None:
        return ()
    return tuple(_in_translation(draft, translation, translation.headline, names or NO_NAMES))


def _in_draft(draft: Draft, article: Article, names: NameTable) -> Iterator[Finding]:
    lines = drafted_lines(draft, article)
    yield from structure.bullet_count(draft, article)
    yield from structure.empty_lines(lines)
    yield from structure.evidence(draft, article)
    yield from carriers(draft, article)
    yield from repeated_in_draft(lines)
    written = [line for line in lines if not _is_quoted(line.text, article)]
    foreign = tuple(languages(written, draft.language, text="draft", source_language=draft.language) if written else ())
    yield from foreign
    yield from _in_any_text(lines, draft.language, names)
    if written:
        yield from _unchecked("draft", draft.language)
    for claim in _readable(claims(draft, article), foreign):
        yield from _told(single.in_claim(claim))


def _is_quoted(text: str, article: Article) -> bool:
    """Whether a line is the article's own words, whose language was found out when it was read."""
    return text in article.text or text in (article.title or "")


def _in_translation(draft: Draft, translation: Translation, headline: str, names: NameTable) -> Iterator[Finding]:
    lines = translated_lines(draft, headline, translation.bullets)
    yield from structure.same_count(draft, translation.bullets)
    yield from structure.empty_lines(lines)
    yield from repeated_in_translation(lines)
    copied = tuple(untranslated(lines, draft, translation.language))
    others = [line for line in lines if line.where not in {found.where for found in copied}]
    foreign = tuple(languages(others, translation.language, text="translation", source_language=draft.language))
    yield from (*copied, *foreign)
    yield from ignored_terms(lines, names, language=translation.language, source_language=draft.language)
    yield from _in_any_text(lines, translation.language, names)
    yield from _unchecked("translation", draft.language, translation.language)
    for pair in _readable(pairs(draft, translation, names), (*copied, *foreign)):
        yield from _told(single.in_pair(pair))


def _unchecked(where: str, *languages: str) -> Iterator[Finding]:
    """Once for a whole text that a language has no figure data, so that nothing in it is ever `ok`."""
    if without := [language for language in languages if not has_figure_data(language)]:
        yield finding(_UNCHECKED, where, f"no number words of {' and '.join(map(english_name, without))}")


def _told(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but those that are said of the whole text."""
    return (found for found in findings if found.code != _UNCHECKED)


def _readable(lines: Sequence[_L], found: Sequence[Finding]) -> Iterator[_L]:
    """The lines in the language that they should be in; what others say cannot be compared by its words."""
    places = {item.where for item in found if item.code in _ANOTHER_LANGUAGE}
    if places <= {line.where for line in lines}:
        yield from (line for line in lines if line.where not in places)


def _in_any_text(lines: Sequence[Line], language: str, names: NameTable) -> Iterator[Finding]:
    yield from leaks(lines, language)
    yield from lengths(lines, language, headline_max=names.headline_max)
    yield from avoided_words(lines, names, language)
