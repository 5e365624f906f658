"""What the checks of answers need loaded: in threads, while the requests are under way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from summarizer.checks import check_summary, check_translation
from summarizer.concurrency import cancelled, quiet
from summarizer.identify import asks_model, load_model
from summarizer.llm.client import load_library
from summarizer.records import Article, Draft
from summarizer.tokens import load_vocabulary

_LINE = 200  # characters, as of a bullet


class Warming:
    """Loads once what would otherwise stop the event loop, a second in all; belongs to one loop."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._words: asyncio.Task[None] | None = None
        self._checks: asyncio.Task[None] | None = None
        self._model: asyncio.Task[None] | None = None
        self._translations: dict[str, asyncio.Task[None]] = {}

    def begin(self, article: Article) -> None:
        """Load what such an article takes, one after the other: two imports at a time hold each other up."""
        if self._words is None:
            self._words = asyncio.create_task(_load_words())
            self._checks = asyncio.create_task(_load_checks(self._words, article))
            self._model = asyncio.create_task(_load_model(self._checks))

    def begin_translations(self, draft: Draft, languages: Sequence[str]) -> None:
        """Load what the checks take in these languages."""
        for language in languages:
            if language not in self._translations:
                self._translations[language] = asyncio.create_task(_load_language(draft, language))

    async def before_draft(self, article: Article, draft: Draft | None) -> None:
        """Wait for what the checks of a draft take: the model of languages only where words leave its language open."""
        self.begin(article)
        assert self._words is not None
        assert self._checks is not None
        await asyncio.shield(self._words)
        await asyncio.wait([self._checks])
        assert self._model is not None
        if self._model.done() and not self._model.exception():
            return
        texts = (*draft.lines, "\n".join(draft.lines)) if draft is not None else ()
        if draft is not None and any(asks_model(text, draft.language) for text in texts):
            await self.before_translations(article)

    async def before_translations(self, article: Article, languages: Sequence[str] = ()) -> None:
        """Wait for all that the checks of these languages take."""
        self.begin(article)
        assert self._model is not None
        await asyncio.shield(self._model)
        if begun := [self._translations[language] for language in languages if language in self._translations]:
            await asyncio.wait(begun)

    async def aclose(self) -> None:
        """End what still waits; what a thread has begun to load goes on."""
        tasks = (self._words, self._checks, self._model, *self._translations.values())
        await cancelled(task for task in tasks if task is not None)


async def _load_words() -> None:
    await asyncio.to_thread(load_library)  # what the first request takes; the rest would only slow it down
    await quiet(threads=True)  # no article is being read that would make a request
    await asyncio.to_thread(load_vocabulary)


async def _load_checks(words: asyncio.Task[None], article: Article) -> None:
    await asyncio.wait([words])
    await asyncio.to_thread(check_summary, _in_its_own_words(article), article)


async def _load_model(checks: asyncio.Task[None]) -> None:
    await asyncio.wait([checks])
    await quiet()
    await asyncio.to_thread(load_model)


async def _load_language(draft: Draft, language: str) -> None:
    await quiet()
    await asyncio.to_thread(
        check_translation, draft.headline, draft.headline, source_language=draft.language, language=language
    )


def _in_its_own_words(article: Article) -> Draft:
    """The beginning of an article that cites its end: a line with which the checks have to do."""
    return Draft(
        language=article.language,
        headline=article.text[:_LINE],
        headline_evidence=article.evidence([len(article.sentences)]),
        bullets=(),
    )
