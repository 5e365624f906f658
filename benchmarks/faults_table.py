"""What a user sees of each fault that endpoints have, as a Markdown table: one run of the command line for each.

    PYTHONPATH=. python benchmarks/faults_table.py

One article and one translation, at a simulated endpoint (`benchmarks/endpoint.py`) where every request, or the first
one alone, meets the fault. The exit code of the script is 1 where a run ends in a traceback, or counts other requests
than the endpoint saw. Takes half a minute.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.endpoint import Behaviour, Endpoint

_ARTICLE = Path(__file__).resolve().parent.parent / "seeds" / "zinsen.de.txt"
_ONCE = {"strikes": 1}
_AT_ONCE = 2
_SECONDS = 60
# Less patience than by default, so that the table is soon made.
_SETTINGS = {"SUMMARIZER_LLM__ATTEMPTS": "3", "SUMMARIZER_LLM__TIMEOUT_S": "0.5", "SUMMARIZER_LLM__RETRY_TOTAL_S": "5"}


class Case(NamedTuple):
    """A fault in words, its name in the simulator, and what else is special about the endpoint."""

    words: str
    fault: str
    special: Mapping[str, Any] = MappingProxyType({})


class Seen(NamedTuple):
    """What a user sees; `counted` are the requests that the run tells of, `arrived` those that the endpoint saw."""

    exit_code: int
    article: str
    translation: str
    codes: tuple[str, ...]
    message: str
    counted: int
    arrived: int


CASES = (
    Case("nothing", "500", {"strikes": 0}),
    Case("key refused (401)", "key"),
    Case("too many requests (429), told when to come back, once", "429", _ONCE),
    Case("too many requests (429), not told, once", "429", {**_ONCE, "retry_after": False}),
    Case("too many requests (429), always", "429"),
    Case("no quota left", "quota"),
    Case("server error (500), once", "500", _ONCE),
    Case("server error (500), always", "500"),
    Case("connection broken, once", "reset", _ONCE),
    Case("connection broken, always", "reset"),
    Case("no answer", "hang"),
    Case("an error with status 200, once", "error200", _ONCE),
    Case("an error with status 200, always", "error200"),
    Case("a web page in place of an answer", "html"),
    Case("the model refuses", "refusal"),
    Case("a content filter stops the answer", "filter"),
    Case("the answer is cut off", "length"),
    Case("no content (null)", "null"),
    Case("empty content", "empty"),
    Case("fences around the JSON", "fences"),
    Case("prose around the JSON", "prose"),
    Case('quotations as „…" inside the JSON', "quotes"),
    Case("thoughts before the answer", "think"),
    Case("`temperature` rejected", "reject_temperature"),
    Case("`max_tokens` rejected", "reject_max_tokens"),
    Case("system role rejected", "reject_system"),
    Case("JSON schema rejected", "reject_json_schema"),
    Case("JSON schema ignored, once", "ignore_schema", _ONCE),
    Case("JSON schema ignored, always", "ignore_schema"),
    Case("the article is longer than the context", "context_overflow", _ONCE),
    Case("nothing fits the context", "context_overflow"),
    Case("a translation that is not translated", "untranslated"),
    Case("a bullet missing in each translation", "dropped_bullet"),
    Case("a wrong figure in each answer", "wrong_figure"),
    Case("wrong sentence numbers", "wrong_evidence"),
    Case("an invented name in each answer", "invented_name"),
)


async def seen(case: Case) -> Seen:
    """Run the command line against an endpoint with this fault."""
    behaviour = Behaviour(scale=0.0, latency_s=0.0, faults={case.fault: 1.0}, **case.special)
    async with Endpoint(behaviour) as endpoint:
        model = ["--model", "simulated", "--base-url", endpoint.base_url, "--no-journal"]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "summarizer", "summarize", str(_ARTICLE), "--to", "es", "--json", *model),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **_SETTINGS},
        )
        out, err = await asyncio.wait_for(process.communicate(), _SECONDS)
        return _read(json.loads(out), err.decode(), process.returncode or 0, len(endpoint.chat_entries))


def _read(result: dict[str, Any], stderr: str, exit_code: int, arrived: int) -> Seen:
    """The result on stdout, or the error and the lines on stderr."""
    if "Traceback" in stderr:
        raise SystemExit(stderr)
    if "translations" not in result:
        message = re.search(r"^summarizer: (.*)$", stderr, re.MULTILINE)
        counted = re.search(r"^in all │ (\d+) call", stderr, re.MULTILINE)
        told = message[1].removeprefix(f"{_ARTICLE}: ") if message else "NO MESSAGE"
        told = re.sub(r"127\.0\.0\.1:\d+", "HOST", told)
        return Seen(exit_code, "none", "none", (), told, int(counted[1]) if counted else 0, arrived)
    translation = result["translations"]["es"]
    found = (*result["findings"], *translation["findings"])
    codes = dict.fromkeys(finding["code"] for finding in found)
    counted = result["provenance"]["usage"]["requests"]
    return Seen(exit_code, result["status"], translation["status"], tuple(codes), "", counted, arrived)


def row(case: Case, result: Seen) -> str:
    """The row of the table."""
    said = result.message or ", ".join(f"`{code}`" for code in result.codes)
    wrong = "" if result.arrived == result.counted else f", counted as {result.counted}"
    cells = (case.words, result.exit_code, result.article, result.translation, said, f"{result.arrived}{wrong}")
    return f"| {' | '.join(map(str, cells))} |"


async def main() -> int:
    """Print the table; 1 where requests are counted wrongly."""
    free = asyncio.Semaphore(_AT_ONCE)

    async def limited(case: Case) -> Seen:
        async with free:
            return await seen(case)

    results = await asyncio.gather(*map(limited, CASES))
    print("| what goes wrong | exit code | article | translation | message or finding codes | requests |")
    print("|---|---|---|---|---|---|")
    for case, result in zip(CASES, results, strict=True):
        print(row(case, result))
    return int(any(result.counted != result.arrived for result in results))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
