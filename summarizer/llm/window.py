"""How many requests at a time an endpoint takes that nobody has told about: probed, and given up where it refuses."""

from __future__ import annotations

import math
from collections import deque
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from summarizer.llm.replies import Tokens

FIRST = 2.0
# Each clean answer makes room for so many more: an article's translations go out together after its draft, and 40
# articles are under way after four round trips. Refusals come back at once, so going too far costs few of them.
_RAMP = 4.0
# Of these more, one is sent in so many answer times; the first ones, beyond n that are proven, in 1/n² of so many, so
# that a refusal is back before all of them are under way.
_SPREAD, _FIRST_SPREAD = 1 / 1000, 1 / 40
# Answers that take so many times what they took at best, for their length, wait in a queue.
_STRAINED = 2.0
_RECENT = 5
# No clock is so exact.
_SHORTEST = 1e-9
# The part of a request's timeout that it may spend behind others.
_PATIENCE = 0.5
# What an answer costs besides its output, in output tokens: the time to the first one, and the reading of the prompt.
_OVERHEAD, _INPUT_SHARE = 20.0, 0.01


class Clean(NamedTuple):
    """A clean answer: the seconds that it took, those that it might have taken, and its tokens."""

    seconds: float
    timeout_s: float
    tokens: Tokens


class Window:
    """Requests that may be in flight, by answers: more for clean ones, half as many once for each burst of refusals.

    `told` is the most there may be, 0 as many as there are; `remembered` is what an earlier run learnt.
    """

    def __init__(self, told: int | None = None, remembered: int | None = None) -> None:
        self._is_free = told is not None
        self._most = math.inf if told is None or told == 0 else float(told)
        start = FIRST if told is None else self._most
        self.size = min(max(start, float(remembered or 0)), self._most)
        self._refused_at: float | None = None
        self._strain = _Strain()
        self._proven = self.size
        self._seconds = 0.0

    @property
    def seconds(self) -> float:
        """What the last answer took; 0 before the first one."""
        return self._seconds

    def gap_s(self, in_flight: int) -> float:
        """Seconds between two requests that go beyond what has proved to be possible: refusals come back at once."""
        unproven = self._refused_at is None and self._proven <= in_flight < math.inf
        return self._seconds * max(_SPREAD, _FIRST_SPREAD / self._proven**2) if unproven else 0.0

    def lift(self) -> None:
        """Let go: the endpoint's own headers say what it takes, unless it has refused more than they tell."""
        if self._refused_at is None:
            self.size = self._proven = self._most
            self._is_free = True

    def answered(self, clean: Clean, beside: int, in_flight: int) -> None:
        """Take note of a clean answer: `beside` were in flight when it was sent, `in_flight` now, both with it.

        In the time that it took the endpoint did all those that were in flight when it was sent, side by side or one
        after the other: if more only makes it slower there are enough, and if the last one of them would come too late
        there are too many.
        """
        self._proven, self._seconds = max(self._proven, beside), clean.seconds
        if self._is_free:
            return
        full = 2 * max(in_flight, beside) >= self.size
        strain = self._strain.after(
            clean.seconds / (_OVERHEAD + _INPUT_SHARE * clean.tokens.input + clean.tokens.output)
        )
        if full and strain <= _STRAINED:
            self.size += _RAMP if self._refused_at is None else 1.0 / max(self.size, 1.0)
        elif full:
            self.size = min(self.size, beside * _STRAINED / strain)
        in_time = beside * _PATIENCE * clean.timeout_s / max(clean.seconds, _SHORTEST)
        self.size = min(max(FIRST, min(self.size, in_time)), self._most)

    def refused(self, in_flight: int, sent_at: float, now: float) -> bool:
        """Take note of a refusal; False where the request belongs to a burst that has been noted."""
        if self._refused_at is not None and sent_at <= self._refused_at:
            return False
        self.size = max(1.0, min(self.size, float(in_flight)) / 2)
        self._is_free = False
        self._refused_at = now
        return True


class _Strain:
    """How much slower answers have become, for their length: an endpoint may queue what it cannot do at once."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=_RECENT)
        self._best = math.inf

    def after(self, pace: float) -> float:
        """How many times what they took at best recent answers take, with one more of `pace` seconds per token."""
        self._recent.append(max(pace, _SHORTEST))
        now = median(self._recent)
        self._best = min(self._best, now)
        return now / self._best
