"""Where a job stands, without a run: the state of each article, and when the next one has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from summarizer.job.entries import Entry
from summarizer.job.ledger import read_ledger
from summarizer.job.results import ArticleStatus


def status_of_job(output: Path) -> Iterator[ArticleStatus]:
    """Every article that a job knows, by folder.

    Raises:
        ConfigError: no job has written there, or the ledger cannot be used.
    """
    with read_ledger(output) as ledger:
        for entry in ledger.entries():
            yield ArticleStatus(
                key=entry.key,
                state=entry.state,
                reason=entry.reason,
                live=tuple(entry.live),
                review=entry.review,
                withdrawn=tuple(entry.withdrawn),
                stale=entry.stale,
                attempts=entry.attempts,
                due=entry.retry_at or "",
            )


def next_due(output: Path) -> float | None:
    """The seconds until the next embargo lifts or the next attempt is due; None where nothing is.

    Raises:
        ConfigError: no job has written there, or the ledger cannot be used.
    """
    now = datetime.now(UTC)
    with read_ledger(output) as ledger:
        times = [time for entry in ledger.entries() for time in _times(entry)]
    waits = [(time - now).total_seconds() for time in times if time > now]
    return min(waits, default=None)


def _times(entry: Entry) -> Iterator[datetime]:
    for text in (entry.lift, entry.retry_at):
        time = datetime.fromisoformat(text) if text else None
        if time is not None and time.tzinfo is not None:  # without a zone nobody knows when
            yield time
