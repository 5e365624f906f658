"""What drafts, notes and translations share: lines cleaned, claims checked, failures in words."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.checks import finding
from summarizer.errors import ContextOverflow, OutputError, OutputRefused, OutputTruncated, PromptTruncated
from summarizer.offline.clauses import without_stop
from summarizer.quotations import quotations_in
from summarizer.records import Draft, Finding, Severity
from summarizer.typography import clean_line

# The first one that fits decides.
_CODES = {
    PromptTruncated: "prompt_truncated",
    ContextOverflow: "context_overflow",
    OutputRefused: "output_refused",
    OutputTruncated: "output_truncated",
}


def clean_headline(text: str) -> str:
    """The headline on one line, without the stop that some models put behind it."""
    return without_stop(clean_line(text)).rstrip()


def has_quotation(draft: Draft) -> bool:
    """Whether a line of the draft quotes somebody."""
    return any(quotations_in(line) for line in draft.lines)


def failing_lines(findings: Iterable[Finding], bullets: int) -> set[int]:
    """The lines that the findings name (0 is the headline); all of them where a finding is about the whole."""
    named = {found.line for found in findings}
    every = set(range(bullets + 1))
    return every if None in named else every & {line for line in named if line is not None}


def output_finding(error: OutputError, where: str, *, severity: Severity | None = None) -> Finding:
    """Why an answer could not be used."""
    return finding(_code(error), where, error.reason, severity=severity)


def _code(error: OutputError) -> str:
    return next((code for kind, code in _CODES.items() if isinstance(error, kind)), "output_invalid")
