"""The engine that asks a language model: one call per draft where it fits, one per language, repairs where needed."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from typing import ClassVar

from summarizer.engines import Drafted, Names, Plan, Shortened, Translated
from summarizer.glossary import NO_HOUSE_STYLE, HouseStyle
from summarizer.identify import load_model
from summarizer.llm.desk import Asks, Desk
from summarizer.llm.drafting import draft_article, repair_draft
from summarizer.llm.lane import Load
from summarizer.llm.limiter import take_turn
from summarizer.llm.naming import draft_names, translation_names
from summarizer.llm.translating import (
    repair_translation,
    shorten_headline,
    translate_draft,
    translate_packed,
    translation_tokens,
)
from summarizer.prompts import load_prompt
from summarizer.records import Article, Draft, EngineName, Finding, Usage
from summarizer.settings import Settings

# Languages in one call at most: an answer that is cut off or goes wrong costs all of them.
_MOST_PACKED = 8
# The prompt of a translation, about; and how much longer one more language in a call takes, in times of an answer.
_PROMPT_TOKENS = 1500
_LONGER = 0.5


class LLMEngine:
    """Writes and translates through an OpenAI-compatible endpoint; belongs to one event loop, and owns its gateway."""

    name: ClassVar[EngineName] = "llm"
    # The limiter decides how many of their calls are under way; the others wait their turn, and only take up memory.
    articles_at_once: ClassVar[int] = 64

    def __init__(self, gateway: Asks, settings: Settings, house: HouseStyle = NO_HOUSE_STYLE) -> None:
        """An engine for the models that the settings name, which tells them the house style.

        Raises:
            PromptError: a prompt file is missing, malformed or not the one that was released.
        """
        assert settings.llm.model is not None, "choose_engine sees to that"
        self.model: str = settings.llm.model
        self._translate_model = settings.llm.translate_model or self.model
        self._gateway = gateway
        self._house = house
        self._warming: asyncio.Task[None] | None = None
        self._drafting = 0
        self._budget = settings.chunks.tokens
        self._versions: dict[str, int] = settings.prompts.model_dump()
        self._labels = {name: load_prompt(name, version).digest for name, version in self._versions.items()}

    @property
    def endpoint(self) -> str:
        """The host that is asked."""
        return self._gateway.endpoint

    @property
    def usage(self) -> Usage:
        """What all requests so far have cost, those of articles that failed included."""
        return self._gateway.usage

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
        """The summary in the article's language, at most three steps: notes in parallel, a choice, the draft."""
        take_turn()
        if self._warming is None:  # the checks of the first draft may need it, and it would stop all that wait
            self._warming = asyncio.create_task(asyncio.to_thread(load_model))
        desk = self._desk(self.model)
        self._drafting += 1
        try:
            drafted = await draft_article(desk, article, max_bullets=max_bullets, budget=self._budget)
        finally:
            self._drafting -= 1
        await asyncio.shield(self._warming)
        return drafted._replace(work=desk.work)

    def plan(self, draft: Draft | None, languages: Sequence[str]) -> Plan:
        """A call per language, side by side; several languages in one where the limits make requests scarce.

        The articles that are being drafted will want as many, and are reckoned with.
        """
        if draft is None or len(languages) < 2:
            return Plan.one_by_one("spread", languages)
        batches = tuple(tuple(languages[at : at + _MOST_PACKED]) for at in range(0, len(languages), _MOST_PACKED))
        output = translation_tokens(draft, languages)
        spread = Load(len(languages), len(languages) * _PROMPT_TOKENS + output)
        packed = Load(len(batches), len(batches) * _PROMPT_TOKENS + output)
        longer = _LONGER * (min(len(languages), _MOST_PACKED) - 1)
        articles = self._drafting + 1
        if self._gateway.is_worth(self._translate_model, longer, spread.times(articles), packed.times(articles)):
            return Plan("packed", batches)
        return Plan.one_by_one("spread", languages)

    async def translate(self, article: Article, draft: Draft, languages: Sequence[str]) -> tuple[Translated, ...]:  # noqa: ARG002 (the engine protocol)
        """All of them by one call."""
        desk = self._desk(self._translate_model)
        if len(languages) == 1:
            alone = await translate_draft(desk, draft, languages[0], self._translate_model)
            return (alone._replace(work=desk.work),)
        first, *others = await translate_packed(desk, draft, languages, self._translate_model)
        return (first._replace(work=desk.work), *others)

    async def repair_draft(self, article: Article, draft: Draft, findings: Sequence[Finding]) -> Drafted:
        """The failing lines, asked for once more."""
        desk = self._desk(self.model)
        repaired = await repair_draft(desk, article, draft, findings, budget=self._budget)
        return repaired._replace(work=desk.work)

    async def repair_translation(
        self,
        article: Article,  # noqa: ARG002 (the engine protocol)
        draft: Draft,
        translated: Translated,
        findings: Sequence[Finding],
    ) -> Translated:
        """The failing lines, asked for once more."""
        desk = self._desk(self._translate_model)
        repaired = await repair_translation(desk, draft, translated, findings)
        return repaired._replace(work=desk.work)

    async def shorten(
        self,
        article: Article,
        draft: Draft,
        headline: str,
        language: str,
        *,
        names: Names = (),
    ) -> Shortened:
        """A shorter headline, asked for once."""
        own = language == draft.language
        desk = self._desk(self.model if own else self._translate_model)
        table = draft_names(self._house, article) if own else translation_names(self._house, draft, language, names)
        shortened = await shorten_headline(desk, draft, headline, language, table)
        return shortened._replace(work=desk.work)

    def fingerprint(self) -> str:
        """Endpoint, models and prompts: with others, results differ."""
        parts = [self.endpoint, self.model, self._translate_model, self._labels]
        return "llm " + hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    async def aclose(self) -> None:
        """Release the connections."""
        await self._gateway.aclose()

    def _desk(self, model: str) -> Desk:
        return Desk(self._gateway, model, self._versions, self._house)
