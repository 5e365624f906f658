"""What the shared checks say of a draft or translation; a check that fails is an error too, and never silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from summarizer.checks import check_summary, check_translated, finding
from summarizer.records import Article, Draft, Finding, Translation


def draft_findings(draft: Draft, article: Article) -> tuple[Finding, ...]:
    """Everything that the checks find in a draft."""
    return _guarded("draft", lambda: check_summary(draft, article))


def translation_findings(draft: Draft, translation: Translation) -> tuple[Finding, ...]:
    """Everything that the checks find in a translation beside its draft; nothing about one that is held already."""
    return _guarded("translation", lambda: check_translated(draft, translation))


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that hold a text."""
    return tuple(found for found in findings if found.severity == "error")


def bullet_index(where: str) -> int | None:
    """The index that `bullets[1]` names, None for any other place."""
    name, _, index = where.partition("[")
    return int(index.rstrip("]")) if name == "bullets" and index else None


def _guarded(where: str, check: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What a check finds; a check that fails is an error finding, because silence would publish an unchecked text."""
    try:
        return check()
    except Exception as error:  # noqa: BLE001 (the guard: whatever goes wrong in a check must hold the text)
        return (finding("check_failed", where, f"{type(error).__name__}: {error}"),)
