"""instructor with `asyncio.gather`: an object of a Pydantic model from each call, asked again where it does not fit."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # as a script it is not in its package

import instructor
from openai import AsyncOpenAI
from pydantic import BaseModel, Field

from benchmarks.peers.contest import ATTEMPTS, MOST_TOKENS, NAMES, SUMMARIZE, TRANSLATE, Results, Task, Texts, each, run


class Summary(BaseModel):
    """A headline and its bullets."""

    headline: str = Field(min_length=1)
    bullets: list[str] = Field(min_length=1, max_length=4)


async def work(task: Task, results: Results) -> None:
    """All articles, the languages of each at the same time; it has no place to tell limits to."""
    client = instructor.from_openai(AsyncOpenAI(base_url=task.base_url, api_key="none", max_retries=ATTEMPTS - 1))

    async def ask(prompt: str) -> Summary:
        answer: Summary = await client.chat.completions.create(
            model="simulated",
            response_model=Summary,
            messages=[{"role": "user", "content": prompt}],
            max_retries=2,
            max_tokens=MOST_TOKENS,
            temperature=0,
        )
        return answer

    async def texts_of(text: str) -> Texts:
        draft = await ask(SUMMARIZE.format(text=text))
        prompts = [TRANSLATE.format(language=NAMES[tag], draft=draft.model_dump_json()) for tag in task.to]
        translated = await asyncio.gather(*map(ask, prompts))
        return {tag: each.model_dump() for tag, each in zip(["en", *task.to], [draft, *translated], strict=True)}

    await each(task, results, texts_of)


if __name__ == "__main__":
    run(work)
