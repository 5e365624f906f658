"""The calls that an article would take: the engine's own steps, with guesses in the place of answers; nothing is sent.

The prompts are those that would be sent, but for the draft in them, which nobody knows before it is written: the
article's first sentences stand in its place, the sentences themselves in that of notes, and filling in that of
translations.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar, cast

import regex

from summarizer.checks.lengths import usual_ratio
from summarizer.languages import columns, own_name
from summarizer.llm.desk import Unlimited
from summarizer.llm.gateway import Call, Reply
from summarizer.llm.ladder import Turn, request_body
from summarizer.llm.lane import NOTHING_TOLD, Cost, Lane, Load, Told
from summarizer.llm.measure import expected_tokens, weigh
from summarizer.llm.memory import Memory
from summarizer.llm.meter import prompt_text
from summarizer.llm.prices import known_model
from summarizer.llm.replies import Tokens
from summarizer.llm.room import Room
from summarizer.llm.schemas import (
    BulletWire,
    DraftWire,
    MergeWire,
    NameWire,
    NotesWire,
    NoteWire,
    PackedWire,
    TranslationWire,
    Wire,
)
from summarizer.llm.window import Clean
from summarizer.records import NO_USAGE, Usage
from summarizer.tokens import count_tokens

_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_NOTE = re.compile(r"^\[n\d+\] ", re.MULTILINE)
# As many as the prompts ask for at most.
_NOTES, _CHOSEN = 8, 12
# Characters of a headline: the prompts ask for about 73 columns in English.
_HEADLINE = 80
# Words with capitals inside a line, as far as a script has them; in German most of them are only nouns.
_NAME = regex.compile(r"(?<=[\p{L},] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*")
_NAMES = 6
# What an answer takes, for the plan alone: 200 tokens at 80 per second, and the time to begin.
_ANSWER_S = 3.0
_W = TypeVar("_W", bound=Wire)


class Planned(NamedTuple):
    """One call: its prompt and model, the tokens of its input, and those of its output as guessed.

    `thoughts` is the room for a model's thoughts on top, as far as earlier runs learnt that it needs any.
    """

    prompt: str
    model: str
    input_tokens: float
    output_tokens: float
    thoughts: int


class Planner(Unlimited):
    """Takes down what it is asked and answers by guess, in the place of a gateway; `calls` are those so far, in order.

    Say what comes next in `most_bullets`, in `source` and `languages`, which are translated from and into, and in
    `articles`, how many wait for their translations. Of limits it knows what was told.
    """

    usage: Usage = NO_USAGE

    def __init__(self, endpoint: str, memory: Memory, told: Told = NOTHING_TOLD, *, exact: bool = False) -> None:
        """`memory` is what earlier runs learnt; `exact`: the endpoint counts by the encodings that are known."""
        self._memory = memory
        self._exact = exact
        self.most_bullets = 1
        self.source = "en"
        self.languages: tuple[str, ...] = ()
        self.articles = 1
        self.endpoint = endpoint
        self.calls: list[Planned] = []
        self._lane = Lane(told, None, 0.0)
        sent = self._lane.send(Cost(0, 0), 0.0)
        self._lane.answered(sent, {}, Clean(_ANSWER_S, math.inf, Tokens()), 0.0)
        self._lane.done(sent)

    def is_worth(self, model: str, longer: float, more: Load, fewer: Load) -> bool:  # noqa: ARG002 (one lane for all)
        """Whether the limits that were told hold so many articles for longer."""
        return self._lane.is_worth(longer, more.times(self.articles), fewer.times(self.articles), 0.0)

    async def ask(self, call: Call[_W]) -> Reply[_W]:
        """A guess of the answer."""
        value = _GUESSES[call.prompt.name](self, call.prompt.user)
        dialect = self._memory.dialect(call.model)
        turn = Turn(call.prompt, call.schema, call.model, call.max_output_tokens, None, Room(0))
        self.calls.append(
            Planned(
                prompt=call.prompt.name,
                model=call.model,
                input_tokens=self._tokens(call.model, prompt_text(request_body(turn, dialect))),
                output_tokens=expected_tokens(weigh(value.model_dump_json()), dialect.token_ratios),
                thoughts=dialect.reasoning_tokens,
            )
        )
        return Reply(cast("_W", value), NO_USAGE)

    async def aclose(self) -> None:
        """Nothing is open."""

    def _tokens(self, model: str, text: str) -> float:
        """The tokens of a prompt: as the endpoint counted earlier ones, else by its encoding, else by the bytes."""
        ratios, known = self._memory.dialect(model).token_ratios, known_model(model)
        if self._exact and not ratios and known is not None and known.encoding == "o200k_base":
            return count_tokens(text)
        return expected_tokens(weigh(text), ratios)


def _draft(planner: Planner, user: str) -> DraftWire:
    sentences = _sentences(user)
    number, text = sentences[0]
    bullets = [BulletWire(text=text, sentences=[number]) for number, text in sentences[: planner.most_bullets]]
    return DraftWire(
        kind="news",
        reason="",
        headline=text[:_HEADLINE],
        headline_sentences=[number],
        bullets=bullets,
        names=list(dict.fromkeys(name for bullet in bullets for name in _NAME.findall(bullet.text)))[:_NAMES],
    )


def _notes(_planner: Planner, user: str) -> NotesWire:
    return NotesWire(notes=[NoteWire(claim=text, sentences=[number]) for number, text in _sentences(user)[:_NOTES]])


def _merge(_planner: Planner, user: str) -> MergeWire:
    return MergeWire(notes=list(range(1, min(len(_NOTE.findall(user)), _CHOSEN) + 1)))


def _translation(planner: Planner, user: str) -> TranslationWire:
    (language,) = planner.languages
    return _translated(planner, user, language)


def _packed(planner: Planner, user: str) -> PackedWire:
    return PackedWire(translations=[_translated(planner, user, language) for language in planner.languages])


def _translated(planner: Planner, user: str, language: str) -> TranslationWire:
    draft = json.loads(user.rpartition("<draft>\n")[2].partition("\n</draft>")[0])
    ratio = usual_ratio(planner.source, language)

    def filled(text: str) -> str:
        return _filling(ratio * columns(text), language)

    return TranslationWire(
        language=language,
        headline=filled(draft["headline"]),
        bullets=list(map(filled, draft["bullets"])),
        names=[NameWire(source=name, target=filled(name)) for name in draft["names"]],
    )


def _sentences(user: str) -> list[tuple[int, str]]:
    """The numbered sentences of the article's block."""
    found = _SENTENCE.findall(user.partition("<article>\n")[2])
    return [(int(number), text) for number, text in found]


def _filling(width: float, language: str) -> str:
    """So many columns in the script of a language."""
    word = own_name(language)
    text = f"{word} " if " " not in word else word
    return (text * round(width))[: max(1, round(width * len(text) / max(1, columns(text))))]


_GUESSES: Mapping[str, Callable[[Planner, str], Wire]] = {
    "summarize": _draft,
    "notes": _notes,
    "merge": _merge,
    "translate": _translation,
    "translate_packed": _packed,
}
