"""One step's calls to the endpoint: prompts filled in, output capped, usage and prompt versions added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from summarizer.engines import NO_WORK, Work
from summarizer.errors import OutputError
from summarizer.glossary import NO_HOUSE_STYLE, HouseStyle
from summarizer.languages import script_of
from summarizer.llm.gateway import Call, Reply
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

    async def ask(self, call: Call[_W]) -> Reply[_W]:
        """One validated answer."""

    async def aclose(self) -> None:
        """Release the connections."""


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

    async def ask(self, name: str, inputs: Mapping[str, str], schema: type[_W], *, tokens: int) -> _W:
        """The answer to a prompt; `tokens` bounds the output below the prompt's own ceiling.

        Raises:
            OutputError: the model did not answer, or not in a form that can be used.
            EndpointError: the endpoint did not do its part.
            ConfigError: the endpoint refuses the key or does not know the model.
        """
        prompt = render(load_prompt(name, self._versions[name]), inputs)
        self.work += Work(prompts={name: prompt.label})
        cap = min(prompt.max_output_tokens, tokens)
        try:
            reply = await self._gateway.ask(Call(prompt, schema, self._model, cap, self._anew))
        except OutputError as error:
            self.work += Work(error.usage, made=error.made)
            raise
        self.work += Work(reply.usage, made=reply.made)
        return reply.value


def lines_tokens(lines: int, language: str) -> int:
    """An upper limit for the tokens of an answer of so many lines in a language."""
    return lines * _LINE_TOKENS * (_LATIN_RATIO if script_of(language) == "Latn" else _OTHER_RATIO)
