"""The one door to an endpoint: a question with a schema in, a validated value and its exact cost out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from pydantic import BaseModel

from summarizer.engines import moment
from summarizer.llm.client import Client
from summarizer.llm.conversation import LASTING, Conversation, Received, Refusal
from summarizer.llm.faults import Fault, as_error, kind_once_proven
from summarizer.llm.intent import Terms, digest_of
from summarizer.llm.journal import NO_JOURNAL, Journal
from summarizer.llm.ladder import Dialect, Turn, lesson, request_body
from summarizer.llm.memory import Memory
from summarizer.llm.replies import Answer, Tokens, read_answer, read_tokens
from summarizer.llm.retry import Pace, RetryPolicy
from summarizer.llm.room import Room
from summarizer.llm.waiting import Waiting
from summarizer.records import NO_USAGE, Usage

if TYPE_CHECKING:
    from summarizer.prompts import Rendered
    from summarizer.settings import LLMSettings

_T = TypeVar("_T", bound=BaseModel)

# Two caps, temperature, system role and two rungs: no endpoint can teach more in one request.
_LESSONS = 6
# A list of models is short; it has a local server's time to wake up.
_MODELS_TIMEOUT_S = 20.0


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

    `made` is when it came, RFC 3339.
    """

    value: _T
    usage: Usage
    made: str = ""


class _Tally:
    """What one answer has cost so far; `again` = every request for it repeats an earlier one."""

    def __init__(self, *, again: bool) -> None:
        self._again = again
        self._requests = 0
        self._input = self._cached = self._output = 0

    def sent(self) -> None:
        """One more chat request that the endpoint has seen."""
        self._requests += 1

    def answered(self, tokens: Tokens) -> None:
        """One more answer, good or bad."""
        self._input += tokens.input
        self._cached += tokens.cached
        self._output += tokens.output

    def usage(self) -> Usage:
        """The sum; within one call every request after the first repeats an earlier one."""
        return Usage(
            requests=self._requests,
            retries=self._requests if self._again else max(self._requests - 1, 0),
            input_tokens=self._input,
            cached_tokens=self._cached,
            output_tokens=self._output,
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
        *,
        terms: Terms | None = None,
        journal: Journal = NO_JOURNAL,
    ) -> None:
        self._client = client
        self._memory = memory
        self._policy = policy or RetryPolicy()
        self._journal = journal
        self._paces: dict[str, Pace] = {}
        self._proven: set[str] = set()
        self._unschooled: set[str] = set()
        self._waiting = Waiting(client.host, self._policy.clock)
        self.terms = terms or Terms(client.endpoint_id)
        self.endpoint = client.host
        self.usage: Usage = NO_USAGE

    @classmethod
    def from_settings(
        cls, llm: LLMSettings, *, memory: Path | None = None, journal: Journal = NO_JOURNAL, identity: str | None = None
    ) -> Self:
        """A gateway to the endpoint of the settings; `memory` is the file for what is learnt of it, None = forget it.

        `identity` stands for the endpoint in the journal where its URL names nothing. The journal stays the caller's.

        Raises:
            ConfigError: the base URL, the key or a header cannot be used.
        """
        client = Client(llm)
        policy = RetryPolicy(llm.attempts, llm.retry_total_s, llm.timeout_s)
        terms = terms_of(llm, identity or client.endpoint_id)
        return cls(client, Memory(memory, client.endpoint_id), policy, terms=terms, journal=journal)

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
        key = call.key(self.terms)
        async with self._journal.alone(key):
            room = Room(self._memory.dialect(call.model).reasoning_tokens)
            talk = Conversation(call.first_turn(self.terms, room), call.schema, self.endpoint)
            if not call.anew:
                for kept in await self._journal.answers(key):
                    talk.hear(kept)
            while not talk.ended:
                received = await self._received(talk.turn, again=talk.heard > 0)
                talk.hear(await self._journal.keep(key, talk.heard, received, anew=call.anew))
                await self._journal.note(key, talk.heard - 1, talk.state, talk.reason)
                self._note_use(talk, received)
        return Reply(talk.result(), talk.usage, talk.made)

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
        body = request_body(turn, dialect)
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
        try:
            answer = await self._client.chat(body, timeout_s)
        except Fault as fault:
            reached = fault.reached
            if body["model"] in self._proven:
                fault.kind = kind_once_proven(fault)
            raise
        finally:
            if reached:
                tally.sent()
        tally.answered(read_tokens(answer))
        return read_answer(answer)

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
