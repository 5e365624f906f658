"""What would be sent: the engine's own steps, run against an endpoint that only takes down what it is asked."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar, cast

from summarizer.engines import Translated
from summarizer.errors import InputError
from summarizer.glossary import HouseStyle
from summarizer.languages import direction_of
from summarizer.llm.desk import Unlimited
from summarizer.llm.engine import LLMEngine
from summarizer.llm.gateway import Call, Reply
from summarizer.llm.schemas import MergeWire, NotesWire, NoteWire, Wire
from summarizer.prompts import Rendered
from summarizer.records import NO_USAGE, Article, Draft, Finding, Translation, Usage
from summarizer.settings import Settings
from summarizer.tokens import count_tokens

EXAMPLE = Finding(
    code="figure_not_in_evidence",
    severity="error",
    where="bullets[0]",
    detail="an example of a finding",
    expected="12",
    found="21",
)
"""The finding that a preview of a repair shows."""
_MODEL = "preview"
_LONG = frozenset({"notes", "merge"})
_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_W = TypeVar("_W", bound=Wire)


class _TakenDown(Exception):
    """No error: it carries the prompt out of the engine."""

    def __init__(self, prompt: Rendered) -> None:
        super().__init__(prompt.name)
        self.prompt = prompt


class _Recorder(Unlimited):
    """Answers the steps before the wanted one with the article's own sentences, and takes that one down."""

    endpoint = "preview"
    usage = NO_USAGE

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted

    async def ask(self, call: Call[_W]) -> Reply[_W]:
        """An answer, unless this is the prompt that is wanted or one that comes after it."""
        if call.prompt.name == self._wanted or call.prompt.name not in _ANSWERS:
            raise _TakenDown(call.prompt)
        return Reply(cast("_W", _ANSWERS[call.prompt.name](call.prompt.user)), Usage())

    async def aclose(self) -> None:
        """Nothing is open."""


def _notes(user: str) -> NotesWire:
    number, text = _SENTENCE.findall(user.partition("<article>\n")[2])[0]
    return NotesWire(notes=[NoteWire(claim=text, sentences=[int(number)])])


_ANSWERS: Mapping[str, Callable[[str], Wire]] = {"notes": _notes, "merge": lambda _: MergeWire(notes=[1])}


async def preview(name: str, article: Article, draft: Draft, language: str, settings: Settings) -> Rendered:
    """The prompt `name` as the engine would send it for this article, with `draft` in the place of the model's own.

    `language` is what is translated into, and what a headline is shortened in. Notes and the choice among them are
    shown for short articles too, which are really read in one call; a repair is shown with `EXAMPLE`.

    Raises:
        InputError: the article is too short to be read in parts.
        ConfigError: the glossary cannot be used.
    """
    house = HouseStyle.load(settings.glossary.folder)
    engine = LLMEngine(_Recorder(name), _adapted(settings, name, article), house)
    steps: Mapping[str, Callable[[], Awaitable[object]]] = {
        "translate": lambda: engine.translate(article, draft, [language]),
        "translate_packed": lambda: engine.translate(article, draft, [language, _beside(language)]),
        "repair": lambda: engine.repair_draft(article, draft, [EXAMPLE]),
        "repair_translation": lambda: engine.repair_translation(article, draft, _pretended(draft, language), [EXAMPLE]),
        "headline": lambda: engine.shorten(article, draft, draft.headline, language),
    }
    try:
        await steps.get(name, lambda: engine.draft(article, max_bullets=settings.summary.max_bullets))()
    except _TakenDown as taken:
        if taken.prompt.name == name:
            return taken.prompt
    raise InputError(article.source, f"too short to be read in parts, so {name} is never sent for it")


def _beside(language: str) -> str:
    """Another language, for a prompt that is never sent for one alone."""
    return "fr" if language != "fr" else "es"


def _adapted(settings: Settings, name: str, article: Article) -> Settings:
    """The settings with a model, and for the steps of long articles with parts that are shorter than this one."""
    llm = settings.llm.model_copy(update={"model": _MODEL})
    half = max(count_tokens(article.text) // 2, *map(count_tokens, article.sentence_texts()))
    tokens = min(settings.chunks.tokens, half) if name in _LONG else settings.chunks.tokens
    return settings.model_copy(update={"llm": llm, "chunks": settings.chunks.model_copy(update={"tokens": tokens})})


def _pretended(draft: Draft, language: str) -> Translated:
    """A translation that was never made: the draft's own lines."""
    return Translated(
        Translation(
            language=language,
            direction=direction_of(language),
            status="ok",
            headline=draft.headline,
            bullets=tuple(bullet.text for bullet in draft.bullets),
            engine="llm",
            source_hash=draft.source_hash,
        )
    )
