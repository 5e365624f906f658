"""All that limits the requests to one model: what was told, what its headers say, what its refusals taught."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.llm.bucket import Bucket
from summarizer.llm.cadence import Cadence
from summarizer.llm.measure import BYTES_PER_TOKEN
from summarizer.llm.window import Clean, Window

if TYPE_CHECKING:
    from summarizer.llm.limit_headers import Reading, Resource
    from summarizer.llm.memory import Limits

# Nobody waits longer without trying, whatever the book says: headers may be wrong, and a run must not stand still.
_LONGEST_WAIT_S = 120.0
# Where requests are counted per minute or less, the headers say all; a limit per day says nothing of the next minute.
_SHORT_PERIOD_S = 120.0
# Fewer requests at a time are soon found again.
_NOTABLE = 8
# A refusal with so little left, in costs of the request, was for want of it.
_NEARLY = 1.2
# Requests are written some time after their turn has come, as often as it took to see that it had.
_LAG = 3.0
_FADING = 0.98
# How far one answer moves what is known of the provider's way to count our prompts.
_MOVED = 0.2
_SMALLEST_RATIO, _LARGEST_RATIO = 0.25, 8.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says of the limits: None = to be learnt, 0 = there is none."""

    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    max_in_flight: int | None = None


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a request asks for: input as estimated, and the output that it may have, in tokens."""

    input: int
    cap: int


class Load(NamedTuple):
    """Several requests, and what they ask for in all: input as estimated, and output at most, in tokens."""

    requests: int
    tokens: int

    def times(self, count: int) -> Load:
        """So many of them."""
        return Load(self.requests * count, self.tokens * count)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request on its way: when it left, `beside` how many in flight, and what was taken for it.

    `taken` is how much had been taken of each limit by then; all of them include this request.
    """

    number: int
    cost: Cost
    at: float
    beside: int
    costs: Mapping[Resource, float]
    taken: Mapping[Resource, float]


def prompt_tokens(body: Mapping[str, Any]) -> int:
    """The size of a chat request's messages in tokens, as far as bytes tell; answers teach the rest."""
    return sum(len(message["content"].encode()) for message in body["messages"]) // BYTES_PER_TOKEN + 1


class Lane:
    """The limits of one model; nothing here waits, `now` is in seconds of any clock that never goes back."""

    def __init__(self, told: Told, remembered: Limits | None, now: float) -> None:
        limits: Mapping[Resource, int | None] = {
            "requests": told.requests_per_minute,
            "tokens": told.tokens_per_minute,
        }
        self._buckets = {what: Bucket(limit, now) for what, limit in limits.items() if limit != 0}
        self._window = Window(told.max_in_flight, remembered.in_flight if remembered else None)
        self._cadence = Cadence(remembered.requests_per_minute if remembered else None)
        self._ratio = 1.0
        self._sent_at = now
        self._lag_s = 0.0
        self._count = 0
        self._under_way: dict[int, Sent] = {}

    @property
    def in_flight(self) -> int:
        """Requests in flight."""
        return len(self._under_way)

    @property
    def width(self) -> float:
        """Requests that may be in flight."""
        return self._window.size

    @property
    def learnt(self) -> tuple[int, float | None] | None:
        """Requests in flight and per minute that the endpoint took; None where that is not worth remembering."""
        size, rate = self._window.size, self._cadence.per_minute
        return None if math.isinf(size) or (size < _NOTABLE and rate is None) else (int(size), rate)

    def wait_s(self, cost: Cost, now: float) -> float:
        """Seconds until such a request may be sent; infinite where an answer has to come first."""
        if self.in_flight + 1 > max(1.0, self._window.size):
            return math.inf
        costs = self._costs(cost)
        waits = (bucket.wait_s(costs[what], now, self._lag_s) for what, bucket in self._buckets.items())
        gap = self._sent_at + self._window.gap_s(self.in_flight) - now
        return min(max(self._cadence.wait_s(now), gap, *waits, 0.0), max(self._sent_at + _LONGEST_WAIT_S - now, 0.0))

    def is_worth(self, longer: float, more: Load, fewer: Load, now: float) -> bool:
        """Whether the limits hold `more` for longer than `fewer`, by `longer` times what an answer takes."""
        return self._delay_s(more, now) - self._delay_s(fewer, now) > longer * self._window.seconds

    def _delay_s(self, load: Load, now: float) -> float:
        costs: Mapping[Resource, float] = {"requests": load.requests, "tokens": load.tokens}
        delays = (bucket.delay_s(costs[what], now) for what, bucket in self._buckets.items())
        return max(self._cadence.delay_s(load.requests), *delays, 0.0)

    def send(self, cost: Cost, now: float) -> Sent:
        """Take what a request costs."""
        costs = self._costs(cost)
        for what, bucket in self._buckets.items():
            bucket.take(costs[what], now)
        self._cadence.take(now)
        self._sent_at = now
        taken = {what: bucket.taken for what, bucket in self._buckets.items()}
        self._count += 1
        sent = Sent(self._count, cost, now, self.in_flight + 1, costs, taken)
        self._under_way[sent.number] = sent
        return sent

    def departed(self, sent: Sent, now: float) -> None:
        """Take note of how long the request took to leave; where many leave at once, the last ones take a while."""
        self._lag_s = max(_LAG * (now - sent.at), _FADING * self._lag_s)

    def done(self, sent: Sent) -> None:
        """One request less in flight, however it ended."""
        del self._under_way[sent.number]

    def answered(self, sent: Sent, readings: Mapping[Resource, Reading], clean: Clean, now: float) -> None:
        """Learn from a clean answer to a request that is still counted as in flight."""
        self._read(sent, readings, now)
        self._cadence.answered(sent.at)
        self._window.answered(clean, sent.beside, self.in_flight)
        if clean.tokens.input:
            self._learn_ratio(sent, clean.tokens.input)
            if "tokens" not in readings and "tokens" in self._buckets:
                surplus = sent.costs["tokens"] - sent.cost.cap - clean.tokens.input
                self._buckets["tokens"].correct(surplus, now)

    def refused(
        self, sent: Sent, readings: Mapping[Resource, Reading], retry_after_s: float | None, now: float
    ) -> None:
        """Learn from a 429 or 503; where the headers explain it, they say how to go on."""
        self._read(sent, readings, now)
        if any(reading.remaining <= _NEARLY * sent.costs[what] for what, reading in readings.items()):
            return
        if self._window.refused(self.in_flight, sent.at, now):
            self._cadence.refused(retry_after_s, now)
        else:
            self._cadence.lost()

    def _costs(self, cost: Cost) -> dict[Resource, float]:
        return {"requests": 1.0, "tokens": cost.input * self._ratio + cost.cap}

    def _read(self, sent: Sent, readings: Mapping[Resource, Reading], now: float) -> None:
        for what, reading in readings.items():
            bucket = self._buckets.get(what)
            if bucket is not None:
                overtaken = sum(each.costs[what] for each in self._under_way.values() if each.number < sent.number)
                bucket.observe(
                    reading, sent.costs[what], overtaken + bucket.taken - sent.taken[what], now - sent.at, now
                )
        requests = self._buckets.get("requests")
        if readings and requests is not None and requests.period_s <= _SHORT_PERIOD_S:
            self._window.lift()

    def _learn_ratio(self, sent: Sent, input_tokens: int) -> None:
        """Learn how the provider counts prompts, for the next ones."""
        counted = sent.cost.input * self._ratio
        ratio = self._ratio * (1 + _MOVED * (input_tokens / max(counted, 1.0) - 1))
        self._ratio = min(max(ratio, _SMALLEST_RATIO), _LARGEST_RATIO)
