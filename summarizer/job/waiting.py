"""When something that failed is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# The first attempts follow as runs do; then one waits, twice as long after each.
_FREE_ATTEMPTS = 2
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=6)
_MOST_DOUBLINGS = 16


def later(attempts: int) -> str | None:
    """When to try again after so many attempts in a row, in RFC 3339; None = at the next occasion."""
    if attempts <= _FREE_ATTEMPTS:
        return None
    doublings = min(attempts - _FREE_ATTEMPTS - 1, _MOST_DOUBLINGS)
    return (datetime.now(UTC) + min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)).isoformat()


def has_come(time: str | None) -> bool:
    """Whether a time in RFC 3339 is over; None always is."""
    return time is None or datetime.fromisoformat(time) <= datetime.now(UTC)
