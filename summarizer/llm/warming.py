"""What the checks of answers need loaded: in threads, while the first requests are under way."""

from __future__ import annotations

import asyncio

from summarizer.concurrency import cancelled, quiet
from summarizer.identify import asks_model, load_model
from summarizer.llm.client import load_library
from summarizer.records import Draft
from summarizer.tokens import load_vocabulary


class Warming:
    """Loads once what would otherwise stop the event loop, a second in all; belongs to one loop."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._words: asyncio.Task[None] | None = None
        self._model: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Load, one after the other: two imports at a time hold each other up."""
        if self._words is None:
            self._words = asyncio.create_task(_load_words())
            self._model = asyncio.create_task(_load_model(self._words))

    async def before_draft(self, draft: Draft | None) -> None:
        """Wait for what the checks of a draft take: the model of languages only where words leave its language open."""
        self.begin()
        assert self._words is not None
        await asyncio.shield(self._words)
        texts = (*draft.lines, "\n".join(draft.lines)) if draft is not None else ()
        if draft is not None and any(asks_model(text, draft.language) for text in texts):
            await self.before_translations()

    async def before_translations(self) -> None:
        """Wait for all of it."""
        self.begin()
        assert self._model is not None
        await asyncio.shield(self._model)

    async def aclose(self) -> None:
        """End what still waits; what a thread has begun to load goes on."""
        await cancelled(task for task in (self._words, self._model) if task is not None)


async def _load_words() -> None:
    await asyncio.to_thread(load_library)  # what the first request takes; the rest would only slow it down
    await quiet()
    await asyncio.to_thread(load_vocabulary)


async def _load_model(words: asyncio.Task[None]) -> None:
    await asyncio.wait([words])
    await quiet()
    await asyncio.to_thread(load_model)
