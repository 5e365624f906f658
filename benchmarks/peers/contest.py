"""What every contestant is given and has to hand in: articles in, texts out, one JSON line for each article.

A line is `{"id": …, "error": null, "doubtful": [], "coverage": 1.0, "texts": {"en": {"headline": …, "bullets": ["…"]},
"es": {…}}}`.
`texts` are what would be published. `error` says what went wrong with the article, as far as the contestant knows, and
`doubtful` names the languages of texts that it wants somebody to look at; `coverage` is the share of the article that
was read, which is all of it where it is sent as a whole.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

ATTEMPTS = 6
MOST_TOKENS = 800
# English names as a prompt has them.
NAMES = {"ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French"}
SUMMARIZE = (
    "You are a careful news editor. Summarise the article in English: a headline and at most 4 bullets. Say only what "
    "the article says; keep figures, names and quotations exact.\n\n<article>\n{text}\n</article>"
)
TRANSLATE = (
    "You are a careful news translator. Translate the headline and the bullets from English into {language}. Keep "
    "their number and order, and every figure, name and quotation.\n\n<draft>\n{draft}\n</draft>"
)
IN_JSON = '\n\nAnswer with one JSON object: {"headline": "…", "bullets": ["…"]}'
Texts = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Task:
    """The job: limits are per minute, None = not told, 0 = told that there is none; `at_once` articles, 0 = all."""

    base_url: str
    articles: Path
    to: Sequence[str]
    requests_per_minute: int | None
    tokens_per_minute: int | None
    at_once: int

    def rows(self) -> Iterator[dict[str, Any]]:
        """The articles, read as they are needed."""
        with self.articles.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


class Results:
    """The file for what is handed in, written as it comes."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(
        self,
        article_id: str,
        texts: Texts,
        error: str | None = None,
        *,
        doubtful: Sequence[str] = (),
        coverage: float = 1.0,
    ) -> None:
        """Hand in one article."""
        line = {"id": article_id, "error": error, "texts": texts, "doubtful": doubtful, "coverage": coverage}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")


def run(work: Callable[[Task, Results], Awaitable[None]]) -> None:
    """Read the command line, and do the work."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--to", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--requests-per-minute", type=int)
    parser.add_argument("--tokens-per-minute", type=int)
    parser.add_argument("--at-once", type=int, default=0)
    options = vars(parser.parse_args())
    with options.pop("out").open("w", encoding="utf-8") as file:
        task = Task(**{**options, "to": options["to"].split(",")})
        asyncio.run(_whole(work, task, Results(file)))


async def _whole(work: Callable[[Task, Results], Awaitable[None]], task: Task, results: Results) -> None:
    await work(task, results)


async def each(task: Task, results: Results, texts_of: Callable[[str], Awaitable[Texts]]) -> None:
    """All articles, as many at a time as the task allows; whatever is raised fails its article alone."""
    rows = list(task.rows())
    free = asyncio.Semaphore(task.at_once or len(rows))

    async def one(row: dict[str, Any]) -> None:
        async with free:
            try:
                results.add(row["id"], await texts_of(row["text"]))
            except Exception as error:  # noqa: BLE001 (scripts of this kind catch what may come)
                results.add(row["id"], {}, f"{type(error).__name__}: {error}"[:200])

    await asyncio.gather(*map(one, rows))
