"""A gateway to an endpoint without a network, in a time that passes only where everybody waits."""

from __future__ import annotations

import asyncio
import json
import selectors
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, cast

from benchmarks.endpoint import Bucket
from summarizer.llm.client import Answered, Client
from summarizer.llm.faults import Fault, fault_in_body
from summarizer.llm.gateway import Call, Gateway, Keeping
from summarizer.llm.intent import Terms
from summarizer.llm.lane import Told
from summarizer.llm.limiter import take_turn
from summarizer.llm.memory import Memory
from summarizer.llm.retry import RetryPolicy
from summarizer.prompts import Rendered
from tests.endpoint import GOOD, Wire

_T = TypeVar("_T")
LANGUAGES = 4
# Tokens of the prompt and of the answer, and the most that the answer may have, as measured with the program's prompts.
DRAFT, TRANSLATION = (2300, 230, 700), (2100, 190, 800)


class _Jumps(selectors.SelectSelector):
    """Waits for nothing: where a loop would, its clock jumps to the time of the next thing to do."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select(1.0)  # a thread is at work
        self.now += max(timeout, 0.0)
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumps = _Jumps()
        super().__init__(self._jumps)

    def time(self) -> float:
        return self._jumps.now


def run(main: Coroutine[Any, Any, _T]) -> _T:
    """The result of a coroutine whose sleeps take no time."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main)


def clock() -> float:
    """The time of the running loop."""
    return asyncio.get_running_loop().time()


class Seen(NamedTuple):
    """A request as the endpoint saw it: when it came, the status of its answer, how many were then at work."""

    at: float
    status: int
    under_way: int


@dataclass
class FarSide:
    """An endpoint with the limits and the times of `benchmarks.endpoint`; `seen` is what came.

    `parallel` requests are answered at a time, the others wait (`refuses` False) or get a 503. With `down` it cannot be
    reached from one time to another, and `hangs` are the numbers of requests that are never answered.
    """

    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    burst_s: float = 60.0
    tells: bool = True
    retry_after: bool = True
    parallel: int | None = None
    refuses: bool = False
    down: tuple[float, float] = (0.0, 0.0)
    hangs: frozenset[int] = frozenset()
    scale: float = 1.0
    host: str = "far.example"
    endpoint_id: str = "http://far.example/v1"
    seen: list[Seen] = field(default_factory=list)
    tried: int = 0

    def __post_init__(self) -> None:
        limits = {"requests": self.requests_per_minute, "tokens": self.tokens_per_minute}
        self.buckets = {name: Bucket(limit, self.burst_s, 0.0) for name, limit in limits.items() if limit}
        self._slots = asyncio.Semaphore(self.parallel or 1_000_000)
        self._under_way = 0

    async def chat(self, body: Mapping[str, Any], timeout_s: float) -> Answered:
        """The answer of a client."""
        self.tried += 1
        await asyncio.sleep(0.002)
        if self.down[0] <= clock() < self.down[1]:
            raise Fault("transient", "ConnectError: refused", reached=False)
        sizes = json.loads(body["messages"][1]["content"])
        costs = {"requests": 1, "tokens": len(body["messages"][1]["content"]) // 4 + 1 + body["max_tokens"]}
        wait = max((bucket.wait_s(costs[name], clock()) for name, bucket in self.buckets.items()), default=0.0)
        full = self.refuses and self.parallel is not None and self._under_way >= self.parallel
        status = 429 if wait > 0 else 503 if full else 200
        self.seen.append(Seen(clock(), status, self._under_way))
        if status != 200:
            await asyncio.sleep(0.002)
            raise self._refusal(status, wait)
        for name, bucket in self.buckets.items():
            bucket.take(costs[name], clock())
        return await self._answer(sizes, timeout_s)

    async def _answer(self, sizes: Mapping[str, Any], timeout_s: float) -> Answered:
        hangs = len(self.seen) in self.hangs
        work = 0.25 + sizes["input"] / 8000 + sizes["output"] / 80
        self._under_way += 1
        try:
            async with asyncio.timeout(timeout_s), self._slots:
                await asyncio.sleep(1e6 if hangs else self.scale * work)
        except TimeoutError:
            fault = Fault("transient", "no complete answer")
            fault.timed_out = True
            raise fault from None
        finally:
            self._under_way -= 1
        usage = {"prompt_tokens": sizes["input"], "completion_tokens": sizes["output"]}
        choice = {"finish_reason": "stop", "message": {"content": json.dumps(GOOD)}}
        return Answered({"choices": [choice], "usage": usage}, self._headers())

    def _refusal(self, status: int, wait: float) -> Fault:
        fault = fault_in_body({"error": {"message": "slow down"}}, status, (), wait if self.retry_after else None)
        fault.headers = self._headers()
        return fault

    def _headers(self) -> dict[str, str]:
        told = (bucket.headers(name, clock()) for name, bucket in self.buckets.items())
        return {name: value for each in told for name, value in each.items()} if self.tells else {}

    async def models(self, timeout_s: float) -> tuple[str, ...]:
        """No list."""
        raise Fault("address", f"no list within {timeout_s} s")

    async def aclose(self) -> None:
        """Nothing is open."""

    @property
    def refusals(self) -> int:
        """How many requests were refused."""
        return sum(seen.status != 200 for seen in self.seen)

    def gateway(self, told: Told | None = None, memory: Memory | None = None, **policy: Any) -> Gateway:
        """A gateway to this endpoint, in the time of the running loop."""
        timing = RetryPolicy(clock=clock, now=lambda: 1e9 + clock(), **policy)
        return Gateway(
            cast("Client", self),
            memory or Memory(None, self.endpoint_id),
            timing,
            told or Told(),
            keeping=Keeping(Terms("far", None)),
        )


def call(kind: tuple[int, int, int]) -> Call[Wire]:
    """A question of this kind; its size stands in it."""
    inputs, outputs, cap = kind
    user = json.dumps({"input": inputs, "output": outputs})
    return Call(Rendered("p", 1, "d", "", user.ljust(4 * inputs - 4), cap), Wire, "m", cap)


async def article(gateway: Gateway) -> float:
    """A draft and its translations; the time at which the last one came."""
    take_turn()
    await gateway.ask(call(DRAFT))
    await asyncio.gather(*(gateway.ask(call(TRANSLATION)) for _ in range(LANGUAGES)))
    return clock()


async def articles(gateway: Gateway, count: int) -> list[float | BaseException]:
    """Many at once: when each was done, or why it was not."""
    async with gateway:
        return list(await asyncio.gather(*(article(gateway) for _ in range(count)), return_exceptions=True))
