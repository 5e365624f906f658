"""The embedded offline engine: sentences of the article as the summary, Apertium for close languages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from summarizer.checks import finding
from summarizer.engines import Chosen, Drafted, Names, Translated, Work, moment
from summarizer.languages import direction_of
from summarizer.offline.apertium import ApertiumTranslator, installed, pairs
from summarizer.offline.extract import draft
from summarizer.records import NO_USAGE, Article, Draft, EngineName, Finding, Translation, Usage


class OfflineEngine:
    """Writes and translates without a network; close it to end the translator processes it started."""

    name: ClassVar[EngineName] = "offline"
    model: ClassVar[str] = "extractive"
    endpoint: ClassVar[None] = None
    usage: ClassVar[Usage] = NO_USAGE

    def __init__(self, *, timeout_s: float) -> None:
        self._translator = ApertiumTranslator(timeout_s=timeout_s)

    def articles_at_once(self, taken: Usage) -> int:  # noqa: ARG002 (the engine protocol)
        """Enough to keep the translators busy while the next article is read."""
        return 4

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
        """The article's own sentences, chosen in a thread so that other articles go on."""
        return Drafted(await asyncio.to_thread(draft, article, max_bullets=max_bullets))

    def batches(self, draft: Draft, languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:  # noqa: ARG002 (the engine protocol)
        """Each language by itself, because each pair has a translator of its own."""
        return tuple((language,) for language in languages)

    def plan_of(self, work: Work) -> None:
        """It makes no calls."""

    async def translate(self, article: Article, draft: Draft, languages: Sequence[str]) -> tuple[Translated, ...]:  # noqa: ARG002 (the engine protocol)
        """One translation per language, in the order given; never `ok`."""
        done = await asyncio.gather(*(self._translate(draft, language) for language in languages))
        return tuple(Translated(translation) for translation in done)

    async def repair_draft(self, article: Article, draft: Draft, findings: Sequence[Finding]) -> None:
        """Nothing: the same article gives the same draft."""

    async def repair_translation(
        self, article: Article, draft: Draft, translated: Translated, findings: Sequence[Finding]
    ) -> None:
        """Nothing: the same draft gives the same translation."""

    async def shorten(self, article: Article, draft: Draft, headline: str, language: str, *, names: Names = ()) -> None:
        """Nothing: a headline is as short as safe cuts make it."""

    async def for_step(self, article: Article, language: str) -> Chosen:  # noqa: ARG002 (the engine protocol)
        """Always itself: it costs nothing, so nothing is kept."""
        return Chosen(self)

    async def finish(self, article: Article, held: Mapping[str, bool], made: str) -> str:  # noqa: ARG002
        """Nothing is kept."""
        return made or moment()

    def fingerprint(self) -> str:
        """The translators that are installed: what was held for want of one is worth another try."""
        return " ".join(["offline", *(pair.mode for pair in pairs() if installed(pair))])

    def version(self) -> str:
        """The same: finished translations are worth another try as well."""
        return self.fingerprint()

    async def aclose(self) -> None:
        """End the translator processes."""
        await self._translator.aclose()

    async def _translate(self, draft: Draft, language: str) -> Translation:
        result = await self._translator.translate(draft.lines, draft.language, language)
        gist = finding(
            "machine_gist", "translation", "translated by rules, without understanding; for people who can check it"
        )
        held = any(found.severity == "error" for found in result.findings)
        return Translation(
            language=language,
            direction=direction_of(language),
            status="flagged",
            headline=result.lines[0] if result.lines else None,
            bullets=result.lines[1:],
            quotes="translated" if result.quotes else "none",
            engine="offline",
            model=result.model,
            source_hash=draft.source_hash,
            findings=result.findings if held else (*result.findings, gist),
        )
