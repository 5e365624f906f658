"""The only retries: which failures, how long to wait, how long to wait for an answer, and when to give up."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from summarizer.llm.faults import Fault, too_late

if TYPE_CHECKING:
    from tenacity import RetryCallState

_T = TypeVar("_T")

# Full jitter: uniform in [0, min(30, 0.5 · 2^n)] (Brooker, "Exponential Backoff And Jitter", AWS 2015).
_FIRST_WAIT_S = 0.5
_LONGEST_JITTER_S = 30.0
# Before anything was observed: 20 tokens per second, a model of middling size on a processor.
_ASSUMED_S_PER_TOKEN = 0.05
_PATIENCE = 4.0
_OBSERVED = 100
# A short answer takes as long as its prompt takes to read; it says little about the time per token.
_FEWEST_TOKENS = 50


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how long: `total_s` bounds one request with its retries, `floor_s` is the least time per attempt.

    `sleep`, `clock` (monotonic seconds), `now` (seconds since the epoch) and `random` (in [0, 1)) can be injected.
    """

    attempts: int = 6
    total_s: float = 600.0
    floor_s: float = 20.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    random: Callable[[], float] = random.random

    async def run(
        self,
        attempt: Callable[[Callable[[float], float]], Awaitable[_T]],
        again: Callable[[Fault, float, float], None] = lambda _fault, _lost_s, _wait_s: None,
        idle: Callable[[], float] = lambda: 0.0,
    ) -> _T:
        """The result of the first attempt that succeeds.

        `attempt` is given a function from the seconds that it would usually wait for an answer to those that it may. An
        attempt that follows one without an answer in time may take twice as long: the endpoint may just be slow.
        Before each wait `again` is told the fault, the seconds that the attempt took, and those of the wait. `idle`
        tells the seconds so far in which attempts waited for their turn; these count nowhere.

        Raises:
            Fault: of the last attempt, when it is not transient or when attempts or time are used up.
        """
        from tenacity import AsyncRetrying, retry_if_exception

        def clock() -> float:
            return self.clock() - idle()

        end = clock() + self.total_s
        stretch, started = 1.0, 0.0

        def exhausted(state: RetryCallState) -> bool:
            return state.attempt_number >= self.attempts or clock() + state.upcoming_sleep >= end

        async def once() -> _T:
            nonlocal stretch, started
            started = clock()
            try:
                return await attempt(lambda usual_s: min(stretch * usual_s, max(end - clock(), 0.0)))
            except Fault as fault:
                stretch *= 2 if fault.timed_out else 1
                raise

        def told(state: RetryCallState) -> None:
            fault = state.outcome.exception() if state.outcome else None
            if isinstance(fault, Fault):
                again(fault, clock() - started, state.upcoming_sleep)

        retrying = AsyncRetrying(
            retry=retry_if_exception(_is_transient),
            wait=self._wait,
            stop=exhausted,
            sleep=self.sleep,
            before_sleep=told,
            reraise=True,
        )
        return await retrying(once)

    def _wait(self, state: RetryCallState) -> float:
        """What the answer asked for, else full jitter; nothing after a timeout, which was wait enough."""
        fault = state.outcome.exception() if state.outcome else None
        if isinstance(fault, Fault) and fault.timed_out:
            return 0.0
        if isinstance(fault, Fault) and fault.retry_after_s is not None:
            return fault.retry_after_s
        return self.random() * min(_LONGEST_JITTER_S, _FIRST_WAIT_S * 2.0**state.attempt_number)


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, Fault) and error.kind == "transient"


def retry_after_s(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that `retry-after-ms` or `retry-after` ask for, at least 0; None without either.

    `retry-after` is a number or an HTTP date (RFC 9110, 10.2.3); a date is taken relative to the answer's own `date`,
    because clocks differ, and to `now` (seconds since the epoch) where there is none.
    """
    in_ms, told = _number(headers.get("retry-after-ms")), headers.get("retry-after")
    seconds = in_ms / 1000 if in_ms is not None else _number(told)
    if seconds is None and told is not None:
        then, sent = _date(told), _date(headers.get("date", ""))
        seconds = None if then is None else then - (now if sent is None else sent)
    return None if seconds is None else max(seconds, 0.0)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


class Pace:
    """How fast a model answers, from its last hundred answers."""

    def __init__(self) -> None:
        self._seconds_per_token: deque[float] = deque(maxlen=_OBSERVED)
        self._waiting: set[Callable[[], None]] = set()

    def observe(self, seconds: float, output_tokens: int) -> None:
        """Take note of one answer; those that still wait for theirs wait no longer than it shows to be usual."""
        self._seconds_per_token.append(seconds / max(output_tokens, _FEWEST_TOKENS))
        for shorten in self._waiting:
            shorten()

    @asynccontextmanager
    async def patience(self, cap: int, floor_s: float, timeout_s: float) -> AsyncGenerator[None, None]:
        """Wait for an answer of up to `cap` tokens: `timeout_s` seconds, fewer once other answers come faster.

        Of an endpoint that is not known the first requests would wait for minutes where one of them hangs.

        Raises:
            Fault: the time is over.
        """
        loop = asyncio.get_running_loop()
        started, stretch = loop.time(), timeout_s / self.timeout_s(cap, floor_s)

        def shorten() -> None:
            until = started + stretch * self.timeout_s(cap, floor_s)
            if until < (clock.when() or math.inf):
                clock.reschedule(until)

        try:
            async with asyncio.timeout(timeout_s) as clock:
                self._waiting.add(shorten)
                try:
                    yield
                finally:
                    self._waiting.discard(shorten)
        except TimeoutError as error:
            raise too_late(loop.time() - started) from error

    def timeout_s(self, cap: int, floor_s: float) -> float:
        """Seconds for an attempt of up to `cap` output tokens: four times the 95th percentile, at least `floor_s`."""
        seen = sorted(self._seconds_per_token)
        p95 = seen[math.ceil(0.95 * len(seen)) - 1] if seen else _ASSUMED_S_PER_TOKEN
        return max(floor_s, _PATIENCE * p95 * cap)
