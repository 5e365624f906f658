"""The engine that asks a language model: one call per draft where it fits, one per language, repairs where needed."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from typing import ClassVar

from summarizer.concurrency import together
from summarizer.engines import Drafted, Names, Shortened, Translated
from summarizer.glossary import NO_HOUSE_STYLE, HouseStyle
from summarizer.identify import load_model
from summarizer.llm.client import load_library
from summarizer.llm.desk import Asks, Desk
from summarizer.llm.drafting import draft_article, repair_draft
from summarizer.llm.naming import draft_names, translation_names
from summarizer.llm.translating import repair_translation, shorten_headline, translate_draft
from summarizer.prompts import load_prompt
from summarizer.records import Article, Draft, EngineName, Finding, Usage
from summarizer.settings import Settings


class LLMEngine:
    """Writes and translates through an OpenAI-compatible endpoint; belongs to one event loop, and owns its gateway."""

    name: ClassVar[EngineName] = "llm"
    plan: ClassVar[str] = "spread"

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
        if self._warming is None:  # the checks of the first draft may need it, and it would stop all that wait
            self._warming = asyncio.create_task(_warmed())
        desk = self._desk(self.model)
        drafted = await draft_article(desk, article, max_bullets=max_bullets, budget=self._budget)
        await asyncio.shield(self._warming)
        return drafted._replace(work=desk.work)

    async def translate(self, article: Article, draft: Draft, languages: Sequence[str]) -> tuple[Translated, ...]:  # noqa: ARG002 (the engine protocol)
        """One call per language, in parallel."""
        return tuple(await together(self._translate(draft, language) for language in languages))

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

    async def _translate(self, draft: Draft, language: str) -> Translated:
        desk = self._desk(self._translate_model)
        translated = await translate_draft(desk, draft, language, self._translate_model)
        return translated._replace(work=desk.work)


async def _warmed() -> None:
    """Load what is needed, the first request's part first: two imports at a time hold each other up."""
    await asyncio.to_thread(load_library)
    await asyncio.to_thread(load_model)
