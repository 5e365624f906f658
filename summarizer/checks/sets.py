"""All the checks of a draft, and all those of a translation beside its draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checks import structure
from summarizer.checks.copies import repeated_in_draft, repeated_in_translation, untranslated
from summarizer.checks.language import languages
from summarizer.checks.leaks import leaks
from summarizer.checks.lengths import lengths
from summarizer.checks.lines import Line, drafted_lines, translated_lines
from summarizer.checks.terms import avoided_words, ignored_terms
from summarizer.records import NO_NAMES, Article, Draft, Finding, NameTable, Translation


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
    yield from repeated_in_draft(lines)
    written = [line for line in lines if not _is_quoted(line.text, article)]
    if written:
        yield from languages(written, draft.language, text="draft", source_language=draft.language)
    yield from _in_any_text(lines, draft.language, names)


def _is_quoted(text: str, article: Article) -> bool:
    """Whether a line is the article's own words, whose language was found out when it was read."""
    return text in article.text or text in (article.title or "")


def _in_translation(draft: Draft, translation: Translation, headline: str, names: NameTable) -> Iterator[Finding]:
    lines = translated_lines(draft, headline, translation.bullets)
    yield from structure.same_count(draft, translation.bullets)
    yield from structure.empty_lines(lines)
    yield from repeated_in_translation(lines)
    copied = tuple(untranslated(lines, draft, translation.language))
    yield from copied
    others = [line for line in lines if line.where not in {found.where for found in copied}]
    yield from languages(others, translation.language, text="translation", source_language=draft.language)
    yield from ignored_terms(lines, names, language=translation.language, source_language=draft.language)
    yield from _in_any_text(lines, translation.language, names)


def _in_any_text(lines: Sequence[Line], language: str, names: NameTable) -> Iterator[Finding]:
    yield from leaks(lines, language)
    yield from lengths(lines, language, headline_max=names.headline_max)
    yield from avoided_words(lines, names, language)
