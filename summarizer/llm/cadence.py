"""How often an endpoint lets a request through that refuses some and does not say what its limits are."""

from __future__ import annotations

# Without a word from the endpoint, the first request after a refusal waits so long.
_FIRST_GAP_S = 0.5
_LONGEST_GAP_S = 60.0
# After a refusal, this share of what got through between it and the last one; then a little more with every answer.
# The rate swings by a few percent about the true one, and of thirty to forty requests one is refused.
_CAUTION = 0.85
_STEP, _LONG_STEP = 1.01, 1.05
# So many answers after the last refusal it is likely that the limit has gone.
_LONG = 40
# A request that goes within this part of the time between two was waiting for it.
_SOON = 0.25
# Requests per second that are as good as no limit.
_NO_LIMIT = 1000.0


class Cadence:
    """The least time between two requests; without a refusal there is none.

    What gets through between two refusals is what the limit lets through: at both moments nothing was left of it. Until
    there was a second one the rate doubles with every answer.
    """

    def __init__(self, per_minute: float | None = None) -> None:
        self._measured = None if per_minute is None else per_minute / 60
        self._rate = None if self._measured is None else _CAUTION * self._measured
        self._next_at = 0.0
        self._refused_at: float | None = None
        self._through = 0
        self._answers = 0
        self._binds = True

    @property
    def per_minute(self) -> float | None:
        """Requests per minute that got through when that was last measured; None where it never was."""
        return self._measured * 60 if self._measured else None

    def wait_s(self, now: float) -> float:
        """Seconds until the next request may be sent."""
        return max(self._next_at - now, 0.0)

    def delay_s(self, requests: int) -> float:
        """Seconds until so many requests have gone."""
        return 0.0 if self._rate is None else requests / self._rate

    def take(self, now: float) -> None:
        """Take note of a request that is sent."""
        self._through += 1
        if self._rate is not None:
            self._binds = now - self._next_at <= _SOON / self._rate
            self._next_at = now + 1 / self._rate

    def answered(self, sent_at: float) -> None:
        """Take note of a clean answer.

        One to a request that was sent before the last refusal proves nothing, nor do any while other limits bind.
        """
        if (self._refused_at is not None and sent_at <= self._refused_at) or not self._binds:
            return
        self._answers += 1
        if self._rate is not None:
            step = _LONG_STEP if self._answers > _LONG else _STEP
            self._rate *= 2.0 if self._measured is None else step
            if self._rate > _NO_LIMIT:
                self._rate = self._measured = None

    def lost(self) -> None:
        """Take note of one more refusal in the same burst: that request did not get through."""
        self._through = max(self._through - 1, 0)

    def refused(self, retry_after_s: float | None, now: float) -> None:
        """Take note of the first refusal of a burst."""
        self.lost()
        if self._refused_at is not None and self._through and now > self._refused_at:
            known = None if self._measured is None else self._rate
            self._measured = self._through / (now - self._refused_at)
            seen = _CAUTION * self._measured
            self._rate = seen if known is None else max(min(known, seen), known / 2)
        elif self._rate is not None:
            self._rate /= 2
        else:
            self._rate = 1 / min(max(retry_after_s or 0.0, _FIRST_GAP_S), _LONGEST_GAP_S)
        self._rate = max(self._rate, 1 / _LONGEST_GAP_S)
        self._next_at = now + (1 / self._rate if retry_after_s is None else retry_after_s)
        self._refused_at, self._through, self._answers = now, 0, 0
