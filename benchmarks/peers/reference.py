"""A short script by somebody who knows the endpoint: a summary, the translations at once, limits kept by a clock."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # as a script it is not in its package

from openai import APIConnectionError, APIStatusError, AsyncOpenAI
from pydantic import BaseModel, Field

from benchmarks.peers.contest import (
    ATTEMPTS,
    IN_JSON,
    MOST_TOKENS,
    NAMES,
    SUMMARIZE,
    TRANSLATE,
    Results,
    Task,
    Texts,
    each,
    run,
)

_TIMEOUT_S = 20.0


class Summary(BaseModel):
    """A headline and its bullets."""

    headline: str = Field(min_length=1)
    bullets: list[str] = Field(min_length=1, max_length=4)


class Clock:
    """Lets requests go at the pace that the limits allow; `seconds` is what a request of one token or one costs."""

    def __init__(self, task: Task) -> None:
        self._per_request = 60 / task.requests_per_minute if task.requests_per_minute else 0.0
        self._per_token = 60 / task.tokens_per_minute if task.tokens_per_minute else 0.0
        self._next = 0.0

    async def wait(self, tokens: int) -> None:
        """Wait for this request's turn."""
        now = time.monotonic()
        turn = max(self._next, now)
        self._next = turn + max(self._per_request, self._per_token * tokens)
        await asyncio.sleep(turn - now)


async def work(task: Task, results: Results) -> None:
    """All articles, the languages of each at the same time."""
    client = AsyncOpenAI(base_url=task.base_url, api_key="none", max_retries=0, timeout=_TIMEOUT_S)
    clock = Clock(task)

    async def ask(prompt: str) -> Summary:
        for attempt in range(ATTEMPTS):
            await clock.wait(len((prompt + IN_JSON).encode()) // 4 + MOST_TOKENS)
            try:
                response = await client.chat.completions.create(
                    model="simulated",
                    messages=[{"role": "user", "content": prompt + IN_JSON}],
                    response_format={"type": "json_object"},
                    max_tokens=MOST_TOKENS,
                    temperature=0,
                )
                return Summary.model_validate_json(response.choices[0].message.content or "")
            except (APIConnectionError, APIStatusError, ValueError):
                if attempt == ATTEMPTS - 1:
                    raise
                await asyncio.sleep(random.uniform(0, 0.5 * 2**attempt))
        raise AssertionError("the last attempt returns or raises")

    async def texts_of(text: str) -> Texts:
        draft = await ask(SUMMARIZE.format(text=text))
        prompts = [TRANSLATE.format(language=NAMES[tag], draft=draft.model_dump_json()) for tag in task.to]
        translated = await asyncio.gather(*map(ask, prompts))
        return {tag: each.model_dump() for tag, each in zip(["en", *task.to], [draft, *translated], strict=True)}

    await each(task, results, texts_of)


if __name__ == "__main__":
    run(work)
