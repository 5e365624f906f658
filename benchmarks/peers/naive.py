"""A loop over articles and languages with the openai library, as anybody writes it first."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # as a script it is not in its package

from openai import OpenAI

from benchmarks.peers.contest import ATTEMPTS, IN_JSON, MOST_TOKENS, NAMES, SUMMARIZE, TRANSLATE, Results, Task, run


async def work(task: Task, results: Results) -> None:
    """One request after the other."""
    client = OpenAI(base_url=task.base_url, api_key="none", max_retries=ATTEMPTS - 1)

    def ask(prompt: str) -> dict[str, Any]:
        response = client.chat.completions.create(
            model="simulated",
            messages=[{"role": "user", "content": prompt + IN_JSON}],
            response_format={"type": "json_object"},
            max_tokens=MOST_TOKENS,
            temperature=0,
        )
        return dict(json.loads(response.choices[0].message.content or ""))

    for row in task.rows():
        try:
            draft = ask(SUMMARIZE.format(text=row["text"]))
            written = json.dumps(draft, ensure_ascii=False)
            translated = {tag: ask(TRANSLATE.format(language=NAMES[tag], draft=written)) for tag in task.to}
            results.add(row["id"], {"en": draft, **translated})
        except Exception as error:  # noqa: BLE001 (scripts of this kind catch what may come)
            results.add(row["id"], {}, f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    run(work)
