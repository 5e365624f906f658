"""The engine that asks a language model: one call per draft where it fits, one per language, repairs where needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import ClassVar

from summarizer.concurrency import together
from summarizer.engines import Chosen, Drafted, Names, Shortened, Translated, Work, moment
from summarizer.errors import PromptError
from summarizer.glossary import NO_HOUSE_STYLE, HouseStyle
from summarizer.llm.desk import Asks, Desk
from summarizer.llm.drafting import draft_article, repair_draft
from summarizer.llm.intent import Setup, digest_of
from summarizer.llm.journal import Journal
from summarizer.llm.lane import Load
from summarizer.llm.limiter import take_turn
from summarizer.llm.naming import draft_names, translation_names
from summarizer.llm.plans import Plans
from summarizer.llm.replay import Replay
from summarizer.llm.translating import (
    is_kept,
    repair_translation,
    shorten_headline,
    translate_draft,
    translate_packed,
    translation_tokens,
)
from summarizer.llm.warming import Warming
from summarizer.prompts import load_prompt
from summarizer.records import Article, Draft, EngineName, Finding, Usage
from summarizer.settings import Settings

_PACKED = "translate_packed"
# The limiter decides how many calls of these articles are under way; the others wait, and only take up memory.
_MOST_ARTICLES = 64
# Those under way take no more than half of what is left of a budget, since articles differ; of two each helps the other
# little, and two drafts at most are paid without a translation.
_FEWEST_ARTICLES, _SHARE_OF_BUDGET = 2, 0.5
# Languages in one call at most: an answer that is cut off or goes wrong costs all of them.
_MOST_PACKED = 8
# The prompt of a translation, about; and how much longer one more language in a call takes, in times of an answer.
_PROMPT_TOKENS = 1500
_LONGER = 0.5


@dataclass(frozen=True, slots=True)
class _Manner:
    """How an engine asks: whom, which models, with which prompts, in parts of which size, and whether all anew."""

    gateway: Asks
    model: str
    translate_model: str
    versions: Mapping[str, int]
    budget: int
    anew: bool


class LLMEngine:
    """Writes and translates through an OpenAI-compatible endpoint; belongs to one event loop, and owns its gateway."""

    name: ClassVar[EngineName] = "llm"

    def __init__(
        self, gateway: Asks, settings: Settings, house: HouseStyle = NO_HOUSE_STYLE, plans: Plans | None = None
    ) -> None:
        """An engine for the models that the settings name, which tells them the house style.

        `plans` tells how earlier runs ended; without it every article is new. The engine closes its journal.

        Raises:
            PromptError: a prompt file is missing, malformed or not the one that was released.
        """
        assert settings.llm.model is not None, "choose_engine sees to that"
        self._manner = _Manner(
            gateway=gateway,
            model=settings.llm.model,
            translate_model=settings.llm.translate_model or settings.llm.model,
            versions=settings.prompts.model_dump(),
            budget=settings.chunks.tokens,
            anew=plans is not None and plans.anew,
        )
        self._house = house
        self._max_bullets = settings.summary.max_bullets
        self._plans = plans
        self._warming = Warming()
        self._drafting = 0
        versions = self._manner.versions.items()
        self._labels = {name: load_prompt(name, version).digest for name, version in versions}

    @property
    def model(self) -> str:
        """The model that writes."""
        return self._manner.model

    @property
    def endpoint(self) -> str:
        """The host that is asked."""
        return self._manner.gateway.endpoint

    @property
    def usage(self) -> Usage:
        """What all requests so far have cost, those of articles that failed included."""
        return self._manner.gateway.usage

    def articles_at_once(self, taken: Usage) -> int:
        """Many; with a budget no more than it has room for, so that drafts do not take what translations need."""
        room = self._manner.gateway.room_for(taken)
        return max(_FEWEST_ARTICLES, int(min(_SHARE_OF_BUDGET * room, _MOST_ARTICLES)))

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
        """The summary in the article's language, at most three steps: notes in parallel, a choice, the draft."""
        take_turn()
        self._warming.begin(article)
        desk = self._desk(self.model)
        self._drafting += 1
        try:
            drafted = await draft_article(desk, article, max_bullets=max_bullets, budget=self._manner.budget)
        finally:
            self._drafting -= 1
        await self._warming.before_draft(article, drafted.draft)
        return drafted._replace(work=desk.work)

    def batches(self, draft: Draft, languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """A call per language, side by side; several languages in one where the limits make requests scarce.

        The articles that are being drafted will want as many, and are reckoned with.
        """
        alone = tuple((language,) for language in languages)
        if len(languages) < 2:
            return alone
        batches = tuple(tuple(languages[at : at + _MOST_PACKED]) for at in range(0, len(languages), _MOST_PACKED))
        output = translation_tokens(draft, languages)
        spread = Load(len(languages), len(languages) * _PROMPT_TOKENS + output)
        packed = Load(len(batches), len(batches) * _PROMPT_TOKENS + output)
        longer = _LONGER * (min(len(languages), _MOST_PACKED) - 1)
        articles = self._drafting + 1
        manner = self._manner
        worth = manner.gateway.is_worth(manner.translate_model, longer, spread.times(articles), packed.times(articles))
        return batches if worth else alone

    def plan_of(self, work: Work) -> str:
        """A call for each language, unless several came by one."""
        return "packed" if _PACKED in work.prompts else "spread"

    async def translate(self, article: Article, draft: Draft, languages: Sequence[str]) -> tuple[Translated, ...]:
        """One call for those that are not in the journal."""
        self._warming.begin_translations(draft, languages)
        desk = self._desk(self._manner.translate_model)
        kept = [tag for tag in languages if len(languages) > 1 and await is_kept(desk, draft, tag)]
        others = [tag for tag in languages if tag not in kept]
        alone = kept if len(others) > 1 else languages
        done = dict(zip(alone, await together(self._translate(draft, tag) for tag in alone), strict=True))
        if len(others) > 1:
            packed = await translate_packed(desk, draft, others, self._manner.translate_model)
            done |= zip(others, packed, strict=True)
        await self._warming.before_translations(article, languages)
        return tuple(done[tag] for tag in languages)

    async def repair_draft(self, article: Article, draft: Draft, findings: Sequence[Finding]) -> Drafted:
        """The failing lines, asked for once more."""
        desk = self._desk(self.model)
        repaired = await repair_draft(desk, article, draft, findings, budget=self._manner.budget)
        return repaired._replace(work=desk.work)

    async def repair_translation(
        self,
        article: Article,  # noqa: ARG002 (the engine protocol)
        draft: Draft,
        translated: Translated,
        findings: Sequence[Finding],
    ) -> Translated:
        """The failing lines, asked for once more."""
        desk = self._desk(self._manner.translate_model)
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
        desk = self._desk(self.model if own else self._manner.translate_model)
        table = draft_names(self._house, article) if own else translation_names(self._house, draft, language, names)
        shortened = await shorten_headline(desk, draft, headline, language, table)
        return shortened._replace(work=desk.work)

    async def for_step(self, article: Article, language: str) -> Chosen:
        """For a finished step the engine that an earlier run was, if that was another one; else this engine.

        What is held is asked anew where the settings want that.
        """
        self._warming.begin(article)
        if self._plans is None:
            return Chosen(self)
        ended = await self._plans.of(article, self._max_bullets, language)
        if ended is None or self._manner.anew:
            return Chosen(self)
        if ended.held:
            retried = replace(self._manner, anew=True)
            return Chosen(self._with(retried) if self._plans.retry_held else self)
        if self._plans.upgrade or ended.setup == await self._setup(self._plans):
            return Chosen(self)
        versions = {**self._manner.versions, **ended.setup.prompts}
        if not _are_there(versions):
            return Chosen(self)
        return Chosen(self._with(_manner_of(ended.setup, versions, self._plans.journal)), kept=True)

    async def finish(self, article: Article, held: Mapping[str, bool], made: str) -> str:
        """Keep how the steps ended, and what this engine was meanwhile."""
        if self._plans is None:
            return made or moment()
        return await self._plans.finish(article, self._max_bullets, await self._setup(self._plans), held, made)

    def fingerprint(self) -> str:
        """The same for all endpoints, models and prompts: what one of them finished stays."""
        return self.name

    def version(self) -> str:
        """Endpoint, models and prompts: others may do better."""
        parts = [self.endpoint, self.model, self._manner.translate_model, self._labels]
        return f"llm {digest_of(parts)}"

    async def aclose(self) -> None:
        """Release the connections and the journal."""
        try:
            await self._warming.aclose()
            await self._manner.gateway.aclose()
        finally:
            if self._plans is not None:
                await self._plans.journal.aclose()

    async def _setup(self, plans: Plans) -> Setup:
        return Setup(
            terms=await plans.terms(),
            host=self.endpoint,
            model=self.model,
            translate_model=self._manner.translate_model,
            prompts=self._manner.versions,
            chunk_tokens=self._manner.budget,
        )

    def _with(self, manner: _Manner) -> LLMEngine:
        """An engine that asks in another manner and shares everything else; it is not closed by itself."""
        other = copy(self)
        other._manner = manner  # noqa: SLF001 (a copy of this very class)
        return other

    def _desk(self, model: str) -> Desk:
        return Desk(self._manner.gateway, model, self._manner.versions, self._house, anew=self._manner.anew)

    async def _translate(self, draft: Draft, language: str) -> Translated:
        desk = self._desk(self._manner.translate_model)
        translated = await translate_draft(desk, draft, language, self._manner.translate_model)
        return translated._replace(work=desk.work)


class PastEngine(LLMEngine):
    """What an engine of these settings finds in the journal, which it leaves as it is; its gateway asks nobody."""

    async def finish(self, article: Article, held: Mapping[str, bool], made: str) -> str:  # noqa: ARG002 (nothing is kept)
        """When the content was made."""
        return made


def _are_there(versions: Mapping[str, int]) -> bool:
    """Whether these versions of prompts still come with the program."""
    try:
        return all(load_prompt(name, version) for name, version in versions.items())
    except PromptError:
        return False


def _manner_of(setup: Setup, versions: Mapping[str, int], journal: Journal) -> _Manner:
    """The manner of an earlier run, with the answers that it had and nobody to ask."""
    return _Manner(
        gateway=Replay(journal, setup.terms, setup.host),
        model=setup.model,
        translate_model=setup.translate_model,
        versions=versions,
        budget=setup.chunk_tokens,
        anew=False,
    )
