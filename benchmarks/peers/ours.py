"""What this project does, as a Python program uses it: `summarize_many` over a file of articles."""

from __future__ import annotations

import sys
from contextlib import aclosing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # as a script it is not in its package

from benchmarks.peers.contest import Results, Task, Texts, run
from summarizer import NewsSummary, Settings, Summarizer


async def work(task: Task, results: Results) -> None:
    """All articles; the limits are told where the task tells them."""
    limits = {"requests_per_minute": task.requests_per_minute, "tokens_per_minute": task.tokens_per_minute}
    told: dict[str, Any] = {name: limit for name, limit in limits.items() if limit is not None}
    if told and not any(told.values()):
        told["max_in_flight"] = 0
    model = {"model": "simulated", "base_url": task.base_url, "api_key": "none"}
    settings = Settings.load(overrides={"engine": "llm", "llm": {**model, **told}})
    async with Summarizer.from_settings(settings) as summarizer:
        outcomes = summarizer.summarize_many([task.articles], to=task.to)
        async with aclosing(outcomes):
            async for outcome in outcomes:
                summary = outcome.summary
                error = str(outcome.error) if outcome.error else _held(summary)
                coverage = summary.provenance.coverage if summary else 0.0
                results.add(outcome.key, _texts(summary), error, doubtful=_flagged(summary), coverage=coverage)


def _held(summary: NewsSummary | None) -> str | None:
    """What was held, if anything was."""
    assert summary is not None
    held = [tag for tag, translation in summary.translations.items() if translation.status == "held"]
    return f"held: {', '.join(held)}" if held else None


def _flagged(summary: NewsSummary | None) -> list[str]:
    """The languages of what is flagged."""
    if summary is None:
        return []
    statuses = {summary.language: summary.status, **{tag: each.status for tag, each in summary.translations.items()}}
    return [tag for tag, status in statuses.items() if status == "flagged"]


def _texts(summary: NewsSummary | None) -> Texts:
    """What would be published."""
    if summary is None or summary.headline is None:
        return {}
    bullets = [bullet.text for bullet in summary.bullets]
    texts: Texts = {summary.language: {"headline": summary.headline, "bullets": bullets}}
    for tag, translation in summary.translations.items():
        if translation.status != "held":
            texts[tag] = {"headline": translation.headline, "bullets": list(translation.bullets)}
    return texts


if __name__ == "__main__":
    run(work)
