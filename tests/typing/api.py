"""The public API as a user's type checker sees it: checked by mypy, never run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from summarizer import Article, NewsSummary, Outcome, Settings, Summarizer, SummarizerError, read_articles, summarize


def one() -> None:
    assert_type(summarize("text"), NewsSummary)
    assert_type(summarize(Path("a.txt"), to=["es"], settings=Settings.load(), strict=True), NewsSummary)


async def many(paths: list[Path]) -> None:
    async with Summarizer.from_settings(Settings.load()) as summarizer:
        assert_type(await summarizer.summarize("text", to=("es",)), NewsSummary)
        async for outcome in summarizer.summarize_many(paths, to=("es", "ar")):
            assert_type(outcome, Outcome)
            assert_type(outcome.summary, NewsSummary | None)
            assert_type(outcome.error, SummarizerError | None)
        async for outcome in summarizer.summarize_many(read_articles(paths[0])):
            assert_type(outcome.result(), NewsSummary)


def fields(article: Article, summary: NewsSummary) -> None:
    assert_type(article.sentence_texts(), tuple[str, ...])
    assert_type(summary.bullets[0].evidence[0].start, int)
