"""One limit of a provider as we know it: told by the user, or read from the headers of its answers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.llm.limit_headers import Reading

# Of a limit per minute whose bucket nobody has seen, so many seconds' worth may be spent at once: providers enforce it
# by the second too, and what others with the same key have left of it is not known.
_UNSEEN_BURST_S = 0.5
# Where a reset is not said, or not exactly enough: the period that most limits are stated for.
_USUAL_PERIOD_S = 60.0
# Our book is never exact: prompts are estimated, headers are rounded, packets overtake each other. A little more has to
# be there than a request costs, and a little later; both delay a run once, and not each request.
_MARGIN = 1.05
_LATER_S = 0.01
# What is told counts as the endpoint's own limit where its headers prove no more than this above it.
_SAME = 1.05


class Bucket:
    """A level that refills all the time, from which each request takes its cost; seconds and units of the limit.

    Until a header was read, a limit that nobody told is no limit. Never more is let through than both the user and the
    headers allow: with a provider that counts as its headers say, no request is refused.
    """

    def __init__(self, told_per_minute: float | None, now: float) -> None:
        self._told = None if told_per_minute is None else told_per_minute / 60
        self._size: float | None = None
        self._slowest, self._fastest = 0.0, math.inf
        self._level = self.capacity
        self._then = now
        self.taken = 0.0

    @property
    def is_known(self) -> bool:
        """Whether there is a limit at all."""
        return self._told is not None or self._size is not None

    @property
    def rate(self) -> float:
        """What comes back per second; without a limit infinite."""
        if self._told is not None:
            return min(self._fastest, self._told)
        if math.isinf(self._fastest) and self._size is not None:
            return max(self._size / _USUAL_PERIOD_S, self._slowest)
        return self._fastest

    @property
    def capacity(self) -> float:
        """The most that may be spent at once."""
        strict = self._told is not None and (self._size is None or self._told * _SAME < self._slowest)
        if strict and self._told is not None:
            return max(1.0, self._told * _UNSEEN_BURST_S)
        return math.inf if self._size is None else self._size

    @property
    def period_s(self) -> float:
        """Seconds in which the endpoint's own bucket fills; infinite where it has shown none."""
        return math.inf if self._size is None else self._size / self.rate

    def wait_s(self, cost: float, now: float, lag_s: float = 0.0) -> float:
        """Seconds until a request of this cost may be sent; one above the capacity needs the whole of it.

        `lag_s` is how long requests take to leave: a bucket that is full meanwhile does not refill, as ours does.
        """
        if not self.is_known:
            return 0.0
        lacking = min(cost * _MARGIN + self.rate * lag_s, self.capacity) - self._refilled(now)
        return lacking / self.rate + _LATER_S if lacking > 1e-9 else 0.0

    def delay_s(self, cost: float, now: float) -> float:
        """Seconds until so much has been spent, if nothing else is."""
        return max(cost - self._refilled(now), 0.0) / self.rate if self.is_known else 0.0

    def take(self, cost: float, now: float) -> None:
        """Spend the cost of a request that is sent, which may leave less than nothing."""
        self._level = self._refilled(now) - cost
        self.taken += cost

    def correct(self, surplus: float, now: float) -> None:
        """Give back what a request turned out to cost less (negative: more) than was taken for it."""
        self._level = self._refilled(now) + surplus

    def observe(self, reading: Reading, cost: float, later: float, age_s: float, now: float) -> None:
        """Learn from the headers of an answer to a request of this cost, sent `age_s` ago.

        `later` was taken for others that it may have come before: sent after it, or before it and still under way. Some
        providers tell what was left when the request arrived, some what is left when it is answered. Our own book
        stands as long as it lies between what the two could mean.
        """
        first = self._size is None
        self._size = float(reading.limit)
        self._learn_rate(reading, cost, age_s)
        level = -math.inf if first else self._refilled(now)
        self._level = max(reading.remaining - later, min(level, reading.remaining + self.rate * age_s))
        self._then = now

    def _learn_rate(self, reading: Reading, cost: float, age_s: float) -> None:
        """Narrow down the rate by (limit − remaining) / reset, as exactly as both are told; newer news win.

        Where less is used than the request cost, the rest has come back since.
        """
        used = reading.limit - reading.remaining
        if used < min(cost, reading.limit) and age_s > 0:
            self._slowest = max(self._slowest, min((min(cost, reading.limit) - used) / age_s, self._fastest))
        if reading.reset is None or used <= 0:
            return
        seconds, step = reading.reset
        slowest = (used - 1) / (seconds + step)
        fastest = used / (seconds - step) if seconds > step else math.inf
        if max(self._slowest, slowest) > _SAME * min(self._fastest, fastest):
            self._slowest, self._fastest = slowest, fastest
        else:
            self._slowest, self._fastest = max(self._slowest, slowest), min(self._fastest, fastest)

    def _refilled(self, now: float) -> float:
        elapsed = max(now - self._then, 0.0)
        gain = self.rate * elapsed if elapsed else 0.0
        self._level, self._then = min(self.capacity, self._level + gain), now
        return self._level
