"""The one door to an endpoint: a question with a schema in, a validated value and its exact cost out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from pydantic import BaseModel

from summarizer.errors import OutputInvalid, OutputRefused, OutputTruncated
from summarizer.llm.client import Client
from summarizer.llm.faults import Fault, as_error, kind_once_proven
from summarizer.llm.ladder import Dialect, Turn, lesson, request_body
from summarizer.llm.memory import Memory
from summarizer.llm.meter import Bill, Meter
from summarizer.llm.replies import Answer, read_answer, read_value
from summarizer.llm.retry import Pace, RetryPolicy
from summarizer.llm.room import Room
from summarizer.llm.waiting import Waiting
from summarizer.records import NO_USAGE, Usage

if TYPE_CHECKING:
    from summarizer.prompts import Rendered
    from summarizer.settings import LLMSettings

_T = TypeVar("_T", bound=BaseModel)

_REASKS = 2
# Two caps, temperature, service tier, system role and two rungs: no endpoint can teach more in one request.
_LESSONS = 7
# A list of models is short; it has a local server's time to wake up.
_MODELS_TIMEOUT_S = 20.0
# What the vendor recommends (developers.openai.com/api/docs/guides/flex-processing).
_FLEX_TIMEOUT_S = 900.0


@dataclass(frozen=True)
class Call(Generic[_T]):
    """A question: the answer is to be an object of `schema`, of at most `max_output_tokens` tokens."""

    prompt: Rendered
    schema: type[_T]
    model: str
    max_output_tokens: int


@dataclass(frozen=True)
class Reply(Generic[_T]):
    """A validated answer and what it cost, everything that it took included."""

    value: _T
    usage: Usage


class _Tally:
    """What one call has cost so far."""

    def __init__(self) -> None:
        self._requests = 0
        self._input = self._cached = self._output = 0
        self._cost_usd: float | None = 0.0

    def sent(self, bill: Bill) -> None:
        """One more chat request that the endpoint has seen, answered or not."""
        self._requests += 1
        self._input += bill.tokens.input
        self._cached += bill.tokens.cached
        self._output += bill.tokens.output
        known = self._cost_usd is not None and bill.cost_usd is not None
        self._cost_usd = (self._cost_usd or 0.0) + (bill.cost_usd or 0.0) if known else None

    def usage(self) -> Usage:
        """The sum; within one call every request after the first repeats an earlier one."""
        return Usage(
            requests=self._requests,
            retries=max(self._requests - 1, 0),
            input_tokens=self._input,
            cached_tokens=self._cached,
            output_tokens=self._output,
            cost_usd=round(self._cost_usd, 9) if self._requests and self._cost_usd is not None else None,
        )


class Gateway:
    """Asks one endpoint, any number of calls at a time; an async context manager that belongs to one event loop.

    `usage` is what all calls so far have cost, those that failed included.
    """

    def __init__(
        self,
        client: Client,
        memory: Memory,
        policy: RetryPolicy | None = None,
        *,
        temperature: float | None = 0.0,
        meter: Meter | None = None,
    ) -> None:
        self._client = client
        self._memory = memory
        self._meter = meter or Meter()
        self._policy = policy or RetryPolicy()
        self._temperature = temperature
        self._paces: dict[str, Pace] = {}
        self._proven: set[str] = set()
        self._unschooled: set[str] = set()
        self._waiting = Waiting(client.host, self._policy.clock)
        self.endpoint = client.host
        self.usage: Usage = NO_USAGE

    @classmethod
    def from_settings(cls, llm: LLMSettings, *, memory: Path | None = None, meter: Meter | None = None) -> Self:
        """A gateway to the endpoint of the settings; `memory` is the file for what is learnt of it, None = forget it.

        `meter` knows prices and budget; without one nothing is limited and costs are those of the packaged list.

        Raises:
            ConfigError: the base URL, the key or a header cannot be used.
        """
        client = Client(llm)
        least_s = 0.0 if llm.service_tier is None else _FLEX_TIMEOUT_S
        policy = RetryPolicy(llm.attempts, max(llm.retry_total_s, least_s), max(llm.timeout_s, least_s))
        known, meter = Memory(memory, client.endpoint_id), meter or Meter(tier=llm.service_tier, extra=llm.extra_body)
        return cls(client, known, policy, temperature=llm.temperature, meter=meter)

    async def __aenter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def default_model(self) -> str | None:
        """The one model that the endpoint lists; None if it lists several, or has no list.

        Raises:
            EndpointUnavailable: no answer.
            EndpointRefused: no quota left.
            ConfigError: the key is not accepted.
        """
        try:
            patience = max(self._policy.floor_s, _MODELS_TIMEOUT_S)
            with self._waiting.for_an_answer():
                models = await self._policy.run(self._client.models, patience, self._waiting.again)
        except Fault as fault:
            if fault.kind in {"transient", "quota", "key", "page"}:
                raise as_error(fault, self.endpoint, "", Usage()) from fault.__cause__
            return None
        return models[0] if len(models) == 1 else None

    async def ask(self, call: Call[_T]) -> Reply[_T]:
        """The endpoint's answer, as an object that the schema accepts.

        Raises:
            EndpointUnavailable: no answer after all attempts.
            EndpointRefused: no quota left.
            ConfigError: the key, the model or the base URL is wrong, or the endpoint does not understand our requests.
            OutputInvalid: no answer that the schema accepts, after asking again twice.
            OutputTruncated: the answer is longer than twice the limit, or goes round in circles up to the limit.
            OutputRefused: the model refuses, or a content filter stopped the prompt or the answer.
            ContextOverflow: the prompt is longer than the model's context; a shorter one may fit.
        """
        tally = _Tally()
        try:
            value = await self._value(call, tally)
        except Fault as fault:
            raise as_error(fault, self.endpoint, call.model, tally.usage()) from fault.__cause__
        finally:
            self.usage += tally.usage()
        return Reply(value, tally.usage())

    async def _value(self, call: Call[_T], tally: _Tally) -> _T:
        """Ask, and ask again where more room or a correction may help."""
        room = Room(self._memory.dialect(call.model).reasoning_tokens)
        turn = Turn(call.prompt, call.schema, call.model, call.max_output_tokens, self._temperature, room)
        while True:
            turn, answer = await self._answer(turn, tally)
            if answer.refusal:
                raise OutputRefused(answer.refusal, tally.usage())
            reading = read_value(answer, call.schema)
            if reading.value is not None:
                self._note_use(turn, answer)
                return reading.value
            if answer.truncated:
                turn = _with_more_room(turn, answer, tally)
                continue
            if turn.reasks == _REASKS:
                raise OutputInvalid("; ".join(reading.problems), tally.usage())
            if reading.unschooled:
                self._note_unschooled(turn.model)
            turn = turn.corrected(reading.problems, schooled=reading.unschooled)

    async def _answer(self, turn: Turn, tally: _Tally) -> tuple[Turn, Answer]:
        """The answer to the request in the model's dialect, which may have to be learnt first, and how it was asked."""
        lessons = _LESSONS
        while True:
            dialect = self._memory.dialect(turn.model)
            try:
                answer = await self._attempts(turn, dialect, tally)
            except Fault as fault:
                less = turn.room.after_refusal(fault)
                learnt = lesson(fault, dialect) if less is None and lessons else None
                if less is not None:
                    turn = turn.with_room(less)
                elif learnt is not None:
                    self._memory.learn(turn.model, dialect, learnt)
                    lessons -= 1
                else:
                    raise
            else:
                self._proven.add(turn.model)
                self._memory.confirm(turn.model)
                return turn, answer

    async def _attempts(self, turn: Turn, dialect: Dialect, tally: _Tally) -> Answer:
        """The answer to one request, retried; it is timed for the next one's timeout."""
        body = request_body(turn, dialect, self._meter.tier)
        pace = self._paces.setdefault(turn.model, Pace())

        async def attempt(timeout_s: float) -> Answer:
            started = self._policy.clock()
            answer = await self._send(body, timeout_s, tally)
            pace.observe(self._policy.clock() - started, answer.tokens.output or len(answer.text) // 4)
            return answer

        patience = pace.timeout_s(body[dialect.cap_name], self._policy.floor_s)
        with self._waiting.for_an_answer():
            return await self._policy.run(attempt, patience, self._waiting.again)

    async def _send(self, body: dict[str, Any], timeout_s: float, tally: _Tally) -> Answer:
        """Send one chat request: every one passes here, so this is the place to limit, to budget and to record."""
        reached = True
        async with self._meter.request(body, self._memory) as bill:
            try:
                answer = await self._client.chat(body, timeout_s)
                self._meter.answered(bill, answer)
            except Fault as fault:
                reached = fault.reached
                self._meter.failed(bill, fault)
                if body["model"] in self._proven:
                    fault.kind = kind_once_proven(fault)
                raise
            finally:
                if reached:
                    tally.sent(bill)
        self._meter.learn(bill, self._memory)
        return read_answer(answer)

    def _note_use(self, turn: Turn, answer: Answer) -> None:
        """Keep what an answer that was of use proves: how much room thoughts take, and that the schema was seen."""
        known = self._memory.dialect(turn.model)
        self._learn(turn.model, {"reasoning_tokens": turn.room.to_remember(known.reasoning_tokens, answer)})
        self._memory.confirm(turn.model)
        if not turn.schooled:
            self._unschooled.discard(turn.model)

    def _note_unschooled(self, model: str) -> None:
        """Show the schema in every prompt after two answers in a row as if it had not been seen."""
        if model in self._unschooled:
            self._learn(model, {"schema_in_prompt": True})
        self._unschooled.add(model)

    def _learn(self, model: str, facts: dict[str, Any]) -> None:
        known = self._memory.dialect(model)
        self._memory.learn(model, known, known.model_copy(update=facts))


def _with_more_room(turn: Turn, answer: Answer, tally: _Tally) -> Turn:
    """The question that an answer did not get to the end of, with more room for thoughts, else once for the answer.

    Raises:
        OutputTruncated: more room was given before, or would not help.
    """
    room = None if answer.loops else turn.room.after_cut_off(answer, turn.cap)
    if room is not None:
        return turn.with_room(room)
    if turn.roomier or answer.loops or (answer.only_thoughts and turn.room.tokens == turn.room.most):
        why = ", where it went round in circles" if answer.loops else ""
        limit = turn.cap + turn.room.tokens
        raise OutputTruncated(f"cut off at {limit} output tokens{why}", tally.usage())
    return turn.with_more_room()
