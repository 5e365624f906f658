"""One step's calls to the endpoint: prompts filled in, output capped, usage and prompt versions added up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from summarizer.engines import NO_WORK, Work
from summarizer.errors import OutputError
from summarizer.glossary import NO_HOUSE_STYLE, HouseStyle
from summarizer.languages import script_of
from summarizer.llm.gateway import Call, Reply
from summarizer.llm.lane import Load
from summarizer.llm.schemas import Wire
from summarizer.prompts import load_prompt, render
from summarizer.records import Usage

_W = TypeVar("_W", bound=Wire)
# A line of a summary has 10 to 30 words, and 100 tokens leave room for its sentence numbers and the JSON around it.
_LINE_TOKENS = 100
# What other tokenizers need for the same text, against o200k: that of SmolLM2 was measured at 1.5 times as much in
# Spanish, and 2 to 4.3 times in other scripts.
_LATIN_RATIO, _OTHER_RATIO = 1, 4


class Asks(Protocol):
    """What the engine needs of a gateway; `endpoint` is a host."""

    @property
    def endpoint(self) -> str:
        """The host that is asked."""

    @property
    def usage(self) -> Usage:
        """What all calls so far have cost, those that failed included."""

    def is_worth(self, model: str, longer: float, more: Load, fewer: Load) -> bool:
        """Whether fewer requests wait so much less for limits that they may take longer, in times of an answer."""

    def room_for(self, taken: Usage) -> float:
        """How many articles that take so much the budget still holds; 0 where `taken` is nothing: nobody knows."""

    async def ask(self, call: Call[_W]) -> Reply[_W]:
        """One validated answer."""

    async def has_ended(self, call: Call[_W]) -> bool:
        """Whether the journal has the answer."""

    async def share(self, call: Call[_W], reply: Reply[_W]) -> None:
        """Put an answer into the journal that came together with others."""

    async def aclose(self) -> None:
        """Release the connections."""


class Unlimited:
    """A gateway that nobody limits: for it languages are never packed, so it never has to share an answer."""

    def is_worth(self, model: str, longer: float, more: Load, fewer: Load) -> bool:  # noqa: ARG002 (what engines ask of gateways)
        """Never."""
        return False

    def room_for(self, taken: Usage) -> float:  # noqa: ARG002
        """Any number."""
        return math.inf

    async def has_ended(self, call: Call[_W]) -> bool:  # noqa: ARG002
        """Nobody needs to know."""
        return False

    async def share(self, call: Call[_W], reply: Reply[_W]) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Question(Generic[_W]):
    """What to ask: a prompt by its name, filled in; `tokens` bounds the output below the prompt's own ceiling."""

    name: str
    inputs: Mapping[str, str]
    schema: type[_W]
    tokens: int


class Desk:
    """Asks for one step of one article, by prompts in these versions; `work` is what it took, failures included.

    `house` is the style that the step has to keep to; with `anew` what the journal has does not count.
    """

    def __init__(
        self,
        gateway: Asks,
        model: str,
        versions: Mapping[str, int],
        house: HouseStyle = NO_HOUSE_STYLE,
        *,
        anew: bool = False,
    ) -> None:
        self.house = house
        self._anew = anew
        self._gateway = gateway
        self._model = model
        self._versions = versions
        self.work: Work = NO_WORK

    async def ask(self, question: Question[_W]) -> _W:
        """The answer to a question.

        Raises:
            OutputError: the model did not answer, or not in a form that can be used.
            EndpointError: the endpoint did not do its part.
            ConfigError: the endpoint refuses the key or does not know the model.
        """
        call = self._call(question)
        try:
            reply = await self._gateway.ask(call)
        except OutputError as error:
            self.work += Work(error.usage, {question.name: call.prompt.label}, error.made)
            raise
        name, _, label = reply.shared_by.partition(" ")
        prompts = {name: label} if name else {question.name: call.prompt.label}
        self.work += Work(reply.usage, prompts, reply.made)
        return reply.value

    async def has_answer(self, question: Question[_W]) -> bool:
        """Whether an answer is in the journal, so that asking costs nothing."""
        return await self._gateway.has_ended(self._call(question))

    async def share(self, question: Question[_W], value: _W, work: Work) -> None:
        """Keep a value as the answer to a question; `work` is what it took, by the prompt for several."""
        ((name, label),) = work.prompts.items()
        await self._gateway.share(self._call(question), Reply(value, work.usage, work.made, f"{name} {label}"))

    def _call(self, question: Question[_W]) -> Call[_W]:
        prompt = render(load_prompt(question.name, self._versions[question.name]), question.inputs)
        cap = min(prompt.max_output_tokens, question.tokens)
        return Call(prompt, question.schema, self._model, cap, self._anew)


def lines_tokens(lines: int, language: str) -> int:
    """An upper limit for the tokens of an answer of so many lines in a language."""
    return lines * _LINE_TOKENS * (_LATIN_RATIO if script_of(language) == "Latn" else _OTHER_RATIO)
