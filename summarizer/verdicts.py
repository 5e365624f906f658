"""What the shared checks say of a draft or translation; a check that fails is an error too, and never silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from summarizer.checks import check_summary, check_translated, finding
from summarizer.records import NO_NAMES, Article, Draft, Finding, NameTable, Translation


def draft_findings(draft: Draft, article: Article, names: NameTable = NO_NAMES) -> tuple[Finding, ...]:
    """Everything that the checks find in a draft."""
    return _guarded("draft", lambda: check_summary(draft, article, names))


def translation_findings(draft: Draft, translation: Translation, names: NameTable = NO_NAMES) -> tuple[Finding, ...]:
    """Everything that the checks find in a translation beside its draft; nothing about one that is held already."""
    return _guarded("translation", lambda: check_translated(draft, translation, names))


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that hold a text."""
    return tuple(found for found in findings if found.severity == "error")


def _guarded(where: str, check: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What a check finds; a check that fails is an error finding, because silence would publish an unchecked text."""
    try:
        return check()
    except Exception as error:  # noqa: BLE001 (the guard: whatever goes wrong in a check must hold the text)
        return (finding("check_failed", where, f"{type(error).__name__}: {error}"),)
