"""A gateway that asks nobody: it has the answers of an earlier run, and nothing else."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from pydantic import BaseModel

from summarizer.engines import NotKept
from summarizer.llm.conversation import Conversation, prompt_of_all
from summarizer.llm.desk import Unlimited
from summarizer.llm.gateway import Call, Reply
from summarizer.llm.intent import Terms
from summarizer.llm.journal import Journal
from summarizer.llm.room import Room
from summarizer.records import NO_USAGE, Usage

_T = TypeVar("_T", bound=BaseModel)


class Replay(Unlimited):
    """Answers from the journal, as they came under these terms; `endpoint` is the host that gave them."""

    usage: ClassVar[Usage] = NO_USAGE

    def __init__(self, journal: Journal, terms: Terms, endpoint: str) -> None:
        self._journal = journal
        self._terms = terms
        self.endpoint = endpoint

    async def ask(self, call: Call[_T]) -> Reply[_T]:
        """What the question came to.

        Raises:
            NotKept: it was not asked to its end, or is to be asked anew.
            OutputError: no answer was of use.
        """
        talk = Conversation(call.first_turn(self._terms, Room(0)), call.schema, self.endpoint)
        kept = await self._journal.answers(call.key(self._terms))
        for each in kept:
            talk.hear(each)
        if call.anew or not talk.ended:
            raise NotKept(call.prompt.name)
        return Reply(talk.result(), talk.usage, talk.made, prompt_of_all(kept))

    async def aclose(self) -> None:
        """Nothing is open."""
