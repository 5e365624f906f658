"""One question until an answer to it can be used: what each answer means, and how to ask after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

from summarizer.errors import OutputError, OutputInvalid, OutputRefused, OutputTruncated
from summarizer.llm.faults import Fault, Kind, as_error
from summarizer.llm.ladder import Turn
from summarizer.llm.replies import Answer, read_value
from summarizer.llm.room import Room
from summarizer.records import NO_USAGE, Usage

_T = TypeVar("_T", bound=BaseModel)

State = Literal["received", "accepted", "rejected"]

_REASKS = 2
# Refusals that speak of the question and not of this moment: the same question meets them again.
LASTING: frozenset[Kind] = frozenset({"filter", "overflow", "forbidden", "spoilt", "cut"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A lasting fault, in the place of an answer."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Received:
    """What came of one question, asked with this room for thoughts: an answer, or a refusal in its place.

    `usage` counts the failed requests before it too; `made` is when it came, RFC 3339; `state` and `reason` are what
    was thought of it last.
    """

    said: Answer | Refusal
    room: Room
    usage: Usage
    made: str
    state: State = "received"
    reason: str = ""


class Conversation(Generic[_T]):
    """The answers to one question so far; `turn` is how to ask next, unless there is a `value` or an `error`.

    The same answers always lead to the same end, whether they come from the endpoint or from the journal. `usage` and
    `made` are what they took and when the last one came; `unschooled` tells of the last one.
    """

    def __init__(self, turn: Turn, schema: type[_T], host: str) -> None:
        self.turn = turn
        self.heard = 0
        self.usage: Usage = NO_USAGE
        self.made = ""
        self.value: _T | None = None
        self.error: OutputError | None = None
        self.reason = ""
        self.unschooled = False
        self._schema = schema
        self._host = host

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to ask."""
        return self.value is not None or self.error is not None

    @property
    def state(self) -> State:
        """What to note of the last answer."""
        return "accepted" if self.value is not None else "rejected"

    def hear(self, received: Received) -> None:
        """Take the next answer; one that comes after it shows that it was of no use, whatever it seems today."""
        self.heard += 1
        self.usage += received.usage
        self.made = max(self.made, received.made)
        self.turn = self.turn.with_room(received.room)
        self.value, self.error, self.reason, self.unschooled = None, None, "", False
        try:
            self._weigh(received.said)
        except OutputError as error:
            self.error, self.reason = error, error.reason

    def result(self) -> _T:
        """The value.

        Raises:
            OutputError: what there is instead, with what it took.
        """
        if self.error is not None:
            self.error.usage, self.error.made = self.usage, self.made
            raise self.error
        assert self.value is not None, "a conversation is heard to its end"
        return self.value

    def _weigh(self, said: Answer | Refusal) -> None:
        if isinstance(said, Refusal):
            error = as_error(Fault(said.kind, said.text), self._host, self.turn.model, NO_USAGE)
            assert isinstance(error, OutputError), "lasting faults are such"
            raise error
        if said.refusal:
            raise OutputRefused(said.refusal, NO_USAGE)
        reading = read_value(said, self._schema)
        self.value, self.reason, self.unschooled = reading.value, "; ".join(reading.problems), reading.unschooled
        if self.value is not None:
            return
        if said.truncated:
            self.turn, self.unschooled = _with_more_room(self.turn, said), False
            return
        if self.turn.reasks == _REASKS:
            raise OutputInvalid(self.reason, NO_USAGE)
        self.turn = self.turn.corrected(reading.problems, schooled=reading.unschooled)


def prompt_of_all(kept: Sequence[Received]) -> str:
    """The label of the prompt that asked for an accepted answer together with others; "" for one that was alone."""
    return kept[-1].reason if kept and kept[-1].state == "accepted" else ""


def _with_more_room(turn: Turn, answer: Answer) -> Turn:
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
        raise OutputTruncated(f"cut off at {limit} output tokens{why}", NO_USAGE)
    return turn.with_more_room()
