"""Who may send the next request, and when: within all limits, and articles one after the other."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit

from summarizer.concurrency import cancelled
from summarizer.llm.breaker import Breaker
from summarizer.llm.faults import Fault
from summarizer.llm.lane import Cost, Lane, Load, Sent, Told
from summarizer.llm.limit_headers import read_limits
from summarizer.llm.memory import Memory
from summarizer.llm.replies import Tokens
from summarizer.llm.waiting import Waiting
from summarizer.llm.window import Clean

# Too many requests, or too busy to take one: 529 is Anthropic's.
_BUSY = frozenset({429, 503, 529})

_TURNS = count()
_turn: ContextVar[int] = ContextVar("turn")


def max_connections() -> float:
    """Connections that this process may have open: half of its files at most, so that it can read its own."""
    soft, _ = getrlimit(RLIMIT_NOFILE)
    return math.inf if soft == RLIM_INFINITY else max(1.0, soft // 2)


def take_turn() -> None:
    """Begin an article: from here on the calls of this task go behind those of articles that began before."""
    _turn.set(next(_TURNS))


@dataclass(order=True, slots=True)
class _Waiter:
    """A call that waits for its turn: that of its article, then its own."""

    turn: int
    number: int
    cost: Cost = field(compare=False)
    admitted: asyncio.Future[Sent] = field(compare=False)


class _Queue(Lane):
    """The lane of one model, with those who wait for it."""

    def __init__(self, told: Told, memory: Memory, model: str, now: float) -> None:
        super().__init__(told, memory.limits(model), now)
        self.waiting: list[_Waiter] = []

    def head(self) -> _Waiter | None:
        """The next one to go; those that were cancelled meanwhile are passed over."""
        while self.waiting and self.waiting[0].admitted.done():
            heappop(self.waiting)
        return self.waiting[0] if self.waiting else None


class Slot:
    """The right to send one request; `waited_s` is how long that took to come, `timeout_s` how long the answer may."""

    def __init__(self, limiter: Limiter, lane: Lane, sent: Sent, waited_s: float) -> None:
        self._limiter, self._lane, self._sent = limiter, lane, sent
        self._left_at = sent.at
        self.waited_s = waited_s
        self.timeout_s = math.inf

    def begin(self) -> None:
        """Say that the request leaves now: something else had to be waited for."""
        self._left_at = self._limiter.clock()

    @property
    def seconds(self) -> float:
        """Seconds since the request left."""
        return self._limiter.clock() - self._left_at

    def answered(self, headers: Mapping[str, str], tokens: Tokens) -> None:
        """Learn from a clean answer."""
        limiter = self._limiter
        limiter.breaker.reached()
        clean = Clean(self.seconds, self.timeout_s, tokens)
        self._lane.answered(self._sent, read_limits(headers, limiter.now()), clean, limiter.clock())

    def failed(self, fault: Fault) -> None:
        """Learn from a fault, which is one for good where it shows that the endpoint is dead."""
        limiter = self._limiter
        if not fault.reached:
            if fault.kind == "transient" and limiter.breaker.missed(limiter.clock()):
                fault.kind = "dead"
                limiter.give_up(fault.text)
            return
        limiter.breaker.reached()
        if fault.status in _BUSY and fault.kind == "transient":
            readings = read_limits(fault.headers, limiter.now())
            self._lane.refused(self._sent, readings, fault.retry_after_s, limiter.clock())


class Limiter:
    """Lets requests go to one endpoint, each model within limits of its own; belongs to one event loop.

    Of those that wait, the calls of the article that began first go first, so that articles finish one by one. `clock`
    never goes back, `now` counts seconds since the epoch.
    """

    def __init__(
        self,
        told: Told,
        memory: Memory,
        waiting: Waiting,
        *,
        sleep: Callable[[float], Awaitable[None]],
        clock: Callable[[], float],
        now: Callable[[], float],
    ) -> None:
        self._told, self._memory, self._waiting = told, memory, waiting
        self._most_open = max_connections()
        self._sleep = sleep
        self._queues: dict[str, _Queue] = {}
        self._numbers = count()
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = math.inf
        self._died = asyncio.Event()
        self._why = ""
        self.clock, self.now = clock, now
        self.breaker = Breaker()

    @asynccontextmanager
    async def slot(self, model: str, cost: Cost) -> AsyncIterator[Slot]:
        """A slot for one request, given back at the end, however that comes.

        Raises:
            Fault: the endpoint is dead, or dies while this waits.
        """
        queue = self._queue(model)
        begun = self.clock()
        sent = await self._admission(queue, cost)
        queue.departed(sent, self.clock())
        try:
            yield Slot(self, queue, sent, self.clock() - begun)
        finally:
            queue.done(sent)
            self._admit()

    def is_worth(self, model: str, longer: float, more: Load, fewer: Load) -> bool:
        """Whether fewer requests save waiting for limits, by more than `longer` times what an answer takes.

        Those that wait already go first.
        """
        queue = self._queue(model)
        costs = [waiter.cost for waiter in queue.waiting if not waiter.admitted.done()]
        tokens = sum(cost.input + cost.cap for cost in costs)
        first = Load(len(costs), tokens)
        more, fewer = (Load(each.requests + first.requests, each.tokens + first.tokens) for each in (more, fewer))
        return queue.is_worth(longer, more, fewer, self.clock())

    async def pause(self, seconds: float) -> None:
        """Sleep, no longer than until the endpoint is taken for dead."""
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        died = asyncio.ensure_future(self._died.wait())
        try:
            await asyncio.wait({sleeping, died}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await cancelled([sleeping, died])

    def give_up(self, why: str) -> None:
        """Fail everything that waits, because the endpoint is dead."""
        self._why = why
        self._died.set()
        self._died.clear()
        for queue in self._queues.values():
            while (waiter := queue.head()) is not None:
                waiter.admitted.set_exception(self._dead())

    def _dead(self) -> Fault:
        """What a call is told that is not sent."""
        return Fault("dead", self._why, reached=False)

    def close(self) -> None:
        """Keep what was learnt for the next run."""
        if self._alarm is not None:
            self._alarm.cancel()
        for model, queue in self._queues.items():
            if queue.learnt is not None:
                self._memory.keep_limits(model, *queue.learnt)

    def _queue(self, model: str) -> _Queue:
        if model not in self._queues:
            self._queues[model] = _Queue(self._told, self._memory, model, self.clock())
        return self._queues[model]

    async def _admission(self, queue: _Queue, cost: Cost) -> Sent:
        """Wait for the turn of this call."""
        if self.breaker.is_open(self.clock()):
            raise self._dead()
        admitted: asyncio.Future[Sent] = asyncio.get_running_loop().create_future()
        waiter = _Waiter(_turn.get(-1), next(self._numbers), cost, admitted)
        heappush(queue.waiting, waiter)
        self._admit()
        try:
            return await admitted
        except asyncio.CancelledError:
            if not admitted.cancelled() and admitted.exception() is None:
                queue.done(admitted.result())
            self._admit()
            raise

    def _admit(self) -> None:
        """Let go whoever may go, and come back when the next one may."""
        while True:
            now = self.clock()
            soonest = math.inf
            ready: list[tuple[_Waiter, _Queue]] = []
            for queue in self._queues.values():
                head = queue.head()
                if head is not None:
                    wait = max(queue.wait_s(head.cost, now), self.breaker.wait_s(now))
                    soonest = min(soonest, wait)
                    if wait <= 0:
                        ready.append((head, queue))
            if not ready or not self._has_room():
                break
            waiter, queue = min(ready)
            heappop(queue.waiting)
            self.breaker.take(now)
            waiter.admitted.set_result(queue.send(waiter.cost, now))
        if 0 < soonest < math.inf:
            self._wake_in(soonest, now)

    def _has_room(self) -> bool:
        """Whether all models together are below the number in flight that was told, and that this process can hold."""
        most = min(self._told.max_in_flight or self._most_open, self._most_open)
        return sum(queue.in_flight for queue in self._queues.values()) < most

    def _wake_in(self, seconds: float, now: float) -> None:
        if self._alarm is not None and not self._alarm.done():
            if self._alarm_at <= now + seconds:
                return
            self._alarm.cancel()
        self._alarm_at = now + seconds
        if not self.breaker.wait_s(now):  # who could not reach it has told so
            self._waiting.for_a_slot(seconds)
        self._alarm = asyncio.create_task(self._ring(seconds))

    async def _ring(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._alarm = None
        self._admit()
