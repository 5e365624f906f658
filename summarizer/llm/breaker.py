"""An endpoint that cannot be reached: few attempts while it may come back, none once it is taken for dead."""

from __future__ import annotations

import math

# Pauses between attempts to reach it, in seconds: six of them, as many as a call has attempts, take half a minute.
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 8.0
# An endpoint that nobody reached for so long is dead: whatever waits for it fails. A restart takes less.
_DEAD_AFTER_S = 30.0
# After that it is tried once every so often, for callers that live longer than the outage.
_REST_S = 30.0


class Breaker:
    """Watches whether the endpoint can be reached at all; an answer of any kind shows that it can.

    While it cannot, one attempt at a time is let through, and the others wait without using up theirs; so a short
    outage costs nobody anything. After half a minute the last attempt decides: it opens the circuit.
    """

    def __init__(self) -> None:
        self._down_since: float | None = None
        self._pause_s = _FIRST_PAUSE_S
        self._next_at = 0.0
        self._rests_until = -math.inf

    def wait_s(self, now: float) -> float:
        """Seconds until the next attempt to reach the endpoint."""
        return 0.0 if self._down_since is None else max(self._next_at - now, 0.0)

    def is_open(self, now: float) -> bool:
        """Whether calls fail without an attempt."""
        return now < self._rests_until

    def take(self, now: float) -> None:
        """Take note of an attempt: the next one waits for what comes of it, or for its time."""
        if self._down_since is not None:
            self._next_at = now + self._pause_s

    def reached(self) -> None:
        """The endpoint is there."""
        self._down_since, self._pause_s, self._rests_until = None, _FIRST_PAUSE_S, -math.inf

    def missed(self, now: float) -> bool:
        """Take note of an attempt that did not reach it; whether that opens the circuit."""
        if self._down_since is None:
            self._down_since = now
        else:
            self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
        self._next_at = now + self._pause_s
        if now - self._down_since < _DEAD_AFTER_S:
            return False
        self._rests_until = now + _REST_S
        return True
