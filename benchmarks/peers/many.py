"""What this project takes over very many articles that are made as they are asked for.

Prints JSON: resident megabytes after some articles and at the end, seconds, and how many articles are whole.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # as a script it is not in its package

from benchmarks.news import articles
from summarizer import Article, Settings, Summarizer
from summarizer.articles import article_from_text

_PAGE = 4096


def _sources(count: int) -> Iterator[Article]:
    for row in articles(count):
        yield article_from_text(row["text"], source=row["id"], language=row["language"])


def _megabytes() -> float:
    """What is resident now, not at its highest."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 2**20


async def work(count: int, early: int, most_s: float, base_url: str) -> dict[str, float]:
    """All articles into Spanish, or as many as can be done in `most_s` seconds."""
    llm = {"model": "simulated", "base_url": base_url, "api_key": "none"}
    settings = Settings.load(overrides={"engine": "llm", "llm": llm})
    done = whole = 0
    first = 0.0
    started = time.monotonic()
    async with (
        Summarizer.from_settings(settings) as summarizer,
        aclosing(summarizer.summarize_many(_sources(count), to=["es"])) as outcomes,
    ):
        async for outcome in outcomes:
            done += 1
            whole += outcome.summary is not None and outcome.summary.status != "held"
            if done == early:
                first = _megabytes()
            if time.monotonic() - started > most_s:
                break
        last = _megabytes()
    seconds = time.monotonic() - started
    return {"early_mb": first, "late_mb": last, "seconds": seconds, "whole": whole, "done": done}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--early", type=int, required=True)
    parser.add_argument("--most-s", type=float, required=True)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    result = asyncio.run(work(given.articles, given.early, given.most_s, given.base_url))
    given.out.write_text(json.dumps(result), encoding="utf-8")
