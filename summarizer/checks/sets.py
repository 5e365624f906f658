"""All the checks of a draft, and all those of a translation beside its draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checks import structure
from summarizer.checks.copies import repeated_in_draft, repeated_in_translation, untranslated
from summarizer.checks.language import languages
from summarizer.checks.leaks import leaks
from summarizer.checks.lengths import lengths
from summarizer.checks.lines import Line, drafted_lines, translated_lines
from summarizer.records import Article, Draft, Finding, Translation


def check_summary(draft: Draft, article: Article) -> tuple[Finding, ...]:
    """The findings about a whole draft, whoever wrote it: shape, evidence, copies, language, leaks and lengths."""
    return tuple(_in_draft(draft, article))


def check_translated(draft: Draft, translation: Translation) -> tuple[Finding, ...]:
    """The findings about a whole translation beside its draft; none about one that has no text."""
    return () if translation.headline is None else tuple(_in_translation(draft, translation, translation.headline))


def _in_draft(draft: Draft, article: Article) -> Iterator[Finding]:
    lines = drafted_lines(draft, article)
    yield from structure.bullet_count(draft, article)
    yield from structure.empty_lines(lines)
    yield from structure.evidence(draft, article)
    yield from repeated_in_draft(lines)
    written = [line for line in lines if not _is_quoted(line.text, article)]
    if written:
        yield from languages(written, draft.language, text="draft", source_language=draft.language)
    yield from _in_any_text(lines, draft.language)


def _is_quoted(text: str, article: Article) -> bool:
    """Whether a line is the article's own words, whose language was found out when it was read."""
    return text in article.text or text in (article.title or "")


def _in_translation(draft: Draft, translation: Translation, headline: str) -> Iterator[Finding]:
    lines = translated_lines(draft, headline, translation.bullets)
    yield from structure.same_count(draft, translation.bullets)
    yield from structure.empty_lines(lines)
    yield from repeated_in_translation(lines)
    copied = tuple(untranslated(lines, draft, translation.language))
    yield from copied
    others = [line for line in lines if line.where not in {found.where for found in copied}]
    yield from languages(others, translation.language, text="translation", source_language=draft.language)
    yield from _in_any_text(lines, translation.language)


def _in_any_text(lines: Sequence[Line], language: str) -> Iterator[Finding]:
    yield from leaks(lines, language)
    yield from lengths(lines, language)
