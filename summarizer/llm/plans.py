"""How articles ended in earlier runs: what a later one with another model or other prompts leaves as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from summarizer.engines import moment
from summarizer.llm.intent import Setup, Terms, digest_of
from summarizer.llm.journal import Journal, Plan
from summarizer.records import Article


class Plans:
    """The ends of articles in a journal, and what the settings want of them.

    `anew`: everything is asked once more; `retry_held`: what was held; `upgrade`: what another model, other prompts or
    other settings of the engine have finished. `find_terms` may take long, and is called once, in a thread.
    """

    def __init__(
        self,
        journal: Journal,
        find_terms: Callable[[], Terms],
        *,
        anew: bool = False,
        retry_held: bool = False,
        upgrade: bool = False,
    ) -> None:
        self.journal = journal
        self.anew = anew
        self.retry_held = retry_held
        self.upgrade = upgrade
        self._find_terms = find_terms
        self._terms: Terms | None = None
        self._ended: dict[bytes, Mapping[str, Plan]] = {}

    async def terms(self) -> Terms:
        """What decides the answers of the endpoint besides the questions."""
        if self._terms is None:
            self._terms = await asyncio.to_thread(self._find_terms)
        return self._terms

    async def of(self, article: Article, max_bullets: int, language: str) -> Plan | None:
        """How a translation, or the summary itself (""), ended before this article was begun; None where none did."""
        identity = _identity(article, max_bullets)
        if identity not in self._ended:
            self._ended[identity] = await self.journal.plans(identity)
        return self._ended[identity].get(language)

    async def finish(
        self, article: Article, max_bullets: int, setup: Setup, held: Mapping[str, bool], made: str
    ) -> str:
        """Keep how steps ended; returns when the content was made: now, or before, where nothing was asked for it."""
        identity = _identity(article, max_bullets)
        self._ended.pop(identity, None)
        before = await self.journal.plans(identity)
        known = before.get("")
        when = made or (known.made if known else moment())
        ended = {language: Plan(setup, is_held, when) for language, is_held in held.items()}
        new = {tag: plan for tag, plan in ended.items() if before.get(tag) != plan}
        if new:
            await self.journal.keep_plans(identity, new)
        return when


def _identity(article: Article, max_bullets: int) -> bytes:
    """What names an article here: all of it that stands in prompts."""
    return bytes.fromhex(digest_of([article.text, article.language, article.title, max_bullets]))
