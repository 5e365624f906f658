"""The one door to an endpoint: a question with a schema in, a validated value and its exact cost out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar

from pydantic import BaseModel

from summarizer.engines import moment
from summarizer.errors import EndpointError
from summarizer.llm.client import Client
from summarizer.llm.conversation import LASTING, Conversation, Received, Refusal, prompt_of_all
from summarizer.llm.faults import BASIC, Fault, as_error, kind_once_proven
from summarizer.llm.intent import Terms, digest_of
from summarizer.llm.journal import NO_JOURNAL, Journal
from summarizer.llm.ladder import Dialect, Turn, lesson, request_body
from summarizer.llm.lane import NOTHING_TOLD, Cost, Load, Told, prompt_tokens
from summarizer.llm.limiter import Limiter, Slot
from summarizer.llm.memory import Memory
from summarizer.llm.meter import Bill, Meter
from summarizer.llm.replies import Answer, Tokens, read_answer
from summarizer.llm.retry import Pace, RetryPolicy
from summarizer.llm.room import Room
from summarizer.llm.waiting import Waiting
from summarizer.records import NO_USAGE, Usage

if TYPE_CHECKING:
    from summarizer.prompts import Rendered
    from summarizer.settings import LLMSettings

_T = TypeVar("_T", bound=BaseModel)

# Two caps, temperature, service tier, system role and two rungs: no endpoint can teach more in one request.
_LESSONS = 7
# A list of models is short; it has a local server's time to wake up.
_MODELS_TIMEOUT_S = 20.0
# What the vendor recommends (developers.openai.com/api/docs/guides/flex-processing).
_FLEX_TIMEOUT_S = 900.0


@dataclass(frozen=True)
class Call(Generic[_T]):
    """A question: the answer is to be an object of `schema`, of at most `max_output_tokens` tokens.

    With `anew` it is asked whatever the journal has, and the answer takes the place of that.
    """

    prompt: Rendered
    schema: type[_T]
    model: str
    max_output_tokens: int
    anew: bool = False

    def key(self, terms: Terms) -> bytes:
        """What names the question in the journal."""
        return terms.key(self.prompt, self.schema, self.model, self.max_output_tokens)

    def first_turn(self, terms: Terms, room: Room) -> Turn:
        """How to put it first."""
        return Turn(self.prompt, self.schema, self.model, self.max_output_tokens, terms.temperature, room)


@dataclass(frozen=True)
class Reply(Generic[_T]):
    """A validated answer and what it cost, everything that it took included, in earlier runs too.

    `made` is when it came, RFC 3339. `shared_by` is the label of the prompt that asked for it together with others, ""
    for one that was asked for alone.
    """

    value: _T
    usage: Usage
    made: str = ""
    shared_by: str = ""


class Keeping(NamedTuple):
    """Where answers are kept, and what decides them besides the questions."""

    terms: Terms
    journal: Journal = NO_JOURNAL


class _Tally:
    """What one answer has cost so far, and the seconds in which it waited for its turn.

    `again` = every request for it repeats an earlier one.
    """

    def __init__(self, *, again: bool) -> None:
        self.queued_s = 0.0
        self._again = again
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
            retries=self._requests if self._again else max(self._requests - 1, 0),
            input_tokens=self._input,
            cached_tokens=self._cached,
            output_tokens=self._output,
            cost_usd=round(self._cost_usd, 9) if self._requests and self._cost_usd is not None else None,
        )


class Gateway:
    """Asks one endpoint, any number of calls at a time; an async context manager that belongs to one event loop.

    `usage` is what all calls so far have cost, those that failed included, and nothing for what the journal had.
    """

    def __init__(
        self,
        client: Client,
        memory: Memory,
        policy: RetryPolicy | None = None,
        told: Told = NOTHING_TOLD,
        *,
        keeping: Keeping | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._client = client
        self._memory = memory
        policy = policy or RetryPolicy()
        self._waiting = Waiting(client.host, policy.clock)
        self._limiter = Limiter(told, memory, self._waiting, sleep=policy.sleep, clock=policy.clock, now=policy.now)
        self._policy = replace(policy, sleep=self._limiter.pause)
        self.terms, self._journal = keeping or Keeping(Terms(client.endpoint_id))
        self._meter = meter or Meter()
        self._paces: dict[str, Pace] = {}
        self._proven: set[str] = set()
        self._unschooled: set[str] = set()
        self.endpoint = client.host
        self.usage: Usage = NO_USAGE

    @classmethod
    def from_settings(
        cls,
        llm: LLMSettings,
        *,
        memory: Path | None = None,
        journal: Journal = NO_JOURNAL,
        identity: str | None = None,
        meter: Meter | None = None,
    ) -> Self:
        """A gateway to the endpoint of the settings; `memory` is the file for what is learnt of it, None = forget it.

        `identity` stands for the endpoint in the journal where its URL names nothing. The journal stays the caller's.
        `meter` knows prices and budget; without one nothing is limited and costs are those of the packaged list.

        Raises:
            ConfigError: the base URL, the key or a header cannot be used.
        """
        client = Client(llm)
        least_s = 0.0 if llm.service_tier is None else _FLEX_TIMEOUT_S
        policy = RetryPolicy(llm.attempts, max(llm.retry_total_s, least_s), max(llm.timeout_s, least_s))
        told = Told(llm.requests_per_minute, llm.tokens_per_minute, llm.max_in_flight)
        known, meter = Memory(memory, client.endpoint_id), meter or Meter(tier=llm.service_tier, extra=llm.extra_body)
        terms = terms_of(llm, identity or client.endpoint_id)
        return cls(client, known, policy, told, keeping=Keeping(terms, journal), meter=meter)

    async def __aenter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, and keep what was learnt of the limits."""
        self._limiter.close()
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
                models = await self._policy.run(lambda allow: self._client.models(allow(patience)), self._waiting.again)
        except Fault as fault:
            if fault.kind in BASIC:
                raise as_error(fault, self.endpoint, "", Usage()) from fault.__cause__
            return None
        return models[0] if len(models) == 1 else None

    def is_worth(self, model: str, longer: float, more: Load, fewer: Load) -> bool:
        """Whether `fewer` requests to a model, which take longer by so many answer times, are sooner done than `more`.

        That is so where its limits bind; those that wait already go first.
        """
        return self._limiter.is_worth(model, longer, more, fewer)

    def room_for(self, taken: Usage) -> float:
        """How many articles that take so much the budget still holds; infinitely many without a limit."""
        return self._meter.room_for(taken)

    async def has_ended(self, call: Call[_T]) -> bool:
        """Whether the journal has all that an answer takes, so that asking costs nothing."""
        talk = self._talk(call)
        await self._listen(call, talk)
        return talk.ended

    async def share(self, call: Call[_T], reply: Reply[_T]) -> None:
        """Keep the part of an answer to several questions that is the answer to this one, as if it had been asked."""
        said = Answer(reply.value.model_dump_json(), truncated=False, refusal=None, tokens=Tokens())
        part = Received(said, Room(0), reply.usage, reply.made, "accepted", reply.shared_by)
        await self._journal.keep(call.key(self.terms), 0, part, anew=True)

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
        key, talk = call.key(self.terms), self._talk(call)
        async with self._journal.alone(key):
            shared_by = await self._listen(call, talk)
            while not talk.ended:
                try:
                    received = await self._received(talk.turn, again=talk.heard > 0)
                except EndpointError as error:
                    error.usage = talk.usage + (error.usage or NO_USAGE)
                    raise
                talk.hear(await self._journal.keep(key, talk.heard, received, anew=call.anew))
                self._journal.note(key, talk.heard - 1, talk.state, talk.reason)
                self._note_use(talk, received)
        return Reply(talk.result(), talk.usage, talk.made, shared_by)

    def _talk(self, call: Call[_T]) -> Conversation[_T]:
        room = Room(self._memory.dialect(call.model).reasoning_tokens)
        return Conversation(call.first_turn(self.terms, room), call.schema, self.endpoint)

    async def _listen(self, call: Call[_T], talk: Conversation[_T]) -> str:
        """Hear what the journal has; the label of the prompt that asked for it with others, if one did."""
        kept = () if call.anew else await self._journal.answers(call.key(self.terms))
        for each in kept:
            talk.hear(each)
        return prompt_of_all(kept)

    async def _received(self, turn: Turn, *, again: bool) -> Received:
        """What comes of a question: an answer, or a refusal that would come again."""
        tally = _Tally(again=again)
        said: Answer | Refusal
        try:
            turn, said = await self._answer(turn, tally)
        except Fault as fault:
            if fault.kind not in LASTING:
                raise as_error(fault, self.endpoint, turn.model, tally.usage()) from fault.__cause__
            said = Refusal(fault.kind, fault.text)
        finally:
            self.usage += tally.usage()
        return Received(said, turn.room, tally.usage(), moment())

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
        cost = Cost(prompt_tokens(body), body[dialect.cap_name])

        async def attempt(allow: Callable[[float], float]) -> Answer:
            async with self._limiter.slot(turn.model, cost) as slot:
                tally.queued_s += slot.waited_s
                slot.timeout_s = allow(pace.timeout_s(cost.cap, self._policy.floor_s))
                patience = pace.patience(cost.cap, self._policy.floor_s, slot.timeout_s)
                answer = await self._send(body, tally, slot, patience)
                pace.observe(slot.seconds, answer.tokens.output or len(answer.text) // 4)
                return answer

        with self._waiting.for_an_answer():
            return await self._policy.run(attempt, self._waiting.again, lambda: tally.queued_s)

    async def _send(
        self, body: dict[str, Any], tally: _Tally, slot: Slot, patience: AbstractAsyncContextManager[None]
    ) -> Answer:
        """Send one chat request: every one passes here, so this is the place to budget, to learn and to record."""
        reached = True
        async with self._meter.request(body, self._memory) as bill:
            slot.begin()
            try:
                async with patience:
                    answered = await self._client.chat(body, slot.timeout_s)
                self._meter.answered(bill, answered.body)
            except Fault as fault:
                reached = fault.reached
                slot.failed(fault)
                self._meter.failed(bill, fault)
                if body["model"] in self._proven:
                    fault.kind = kind_once_proven(fault)
                raise
            finally:
                if reached:
                    tally.sent(bill)
        slot.answered(answered.headers, bill.tokens)
        self._meter.learn(bill, self._memory)
        return read_answer(answered.body)

    def _note_use(self, talk: Conversation[Any], received: Received) -> None:
        """Keep what an answer that was of use proves: how much room thoughts take, and that the schema was seen."""
        turn, model = talk.turn, talk.turn.model
        if talk.unschooled and not talk.ended:
            self._note_unschooled(model)
        if talk.value is None or not isinstance(received.said, Answer):
            return
        known = self._memory.dialect(model)
        self._learn(model, {"reasoning_tokens": turn.room.to_remember(known.reasoning_tokens, received.said)})
        self._memory.confirm(model)
        if not turn.schooled:
            self._unschooled.discard(model)

    def _note_unschooled(self, model: str) -> None:
        """Show the schema in every prompt after two answers in a row as if it had not been seen."""
        if model in self._unschooled:
            self._learn(model, {"schema_in_prompt": True})
        self._unschooled.add(model)

    def _learn(self, model: str, facts: dict[str, Any]) -> None:
        known = self._memory.dialect(model)
        self._memory.learn(model, known, known.model_copy(update=facts))


def terms_of(llm: LLMSettings, endpoint: str) -> Terms:
    """What the settings say of every answer; `endpoint` names the endpoint or the model file."""
    return Terms(endpoint, llm.temperature, digest_of(llm.extra_body) if llm.extra_body else "")
