"""What the journal costs: processor time of a write, of a replayed call, and of a whole article that is replayed.

    PYTHONPATH=. python benchmarks/journal.py

Answers of 2,000 characters, which is what a translation takes; in a temporary folder. The articles are the English one
of the seeds, with other titles, in five languages: five requests each. The endpoint is the simulator, in a process of
its own. The last column is time on the clock: the longest that the event loop was kept from turning.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from summarizer import Settings, Summarizer
from summarizer.articles import read_articles
from summarizer.llm.conversation import Received
from summarizer.llm.journal import Journal
from summarizer.llm.replies import Answer, Tokens
from summarizer.llm.room import Room
from summarizer.records import Article, Usage

_SEED = Path(__file__).resolve().parent.parent / "seeds" / "harbour.en.txt"
_ROWS = 2000
_ARTICLES = 60
_TO = ("es", "de", "fr", "ar")
_BATCHES = 10


class Cost(NamedTuple):
    """Of one operation: microseconds of processor time, all threads, median of the batches; the longest stall, ms."""

    cpu_us: float
    stall_ms: float


async def cost(operation: Callable[[int], Awaitable[object]], count: int) -> Cost:
    """The cost of an operation that is given its number."""
    stalls = asyncio.create_task(_longest_stall())
    per_batch = []
    for batch in range(_BATCHES):
        began = time.process_time()
        for number in range(batch * count // _BATCHES, (batch + 1) * count // _BATCHES):
            await operation(number)
        per_batch.append((time.process_time() - began) / (count / _BATCHES) * 1e6)
    stalls.cancel()
    longest = (await asyncio.gather(stalls, return_exceptions=True))[0]
    assert isinstance(longest, float)
    return Cost(statistics.median(per_batch), longest * 1000)


async def _longest_stall() -> float:
    """The longest that a sleep of 5 ms took too long, in seconds, until this is cancelled."""
    longest = 0.0
    while True:
        began = time.monotonic()
        try:
            await asyncio.sleep(0.005)
        except asyncio.CancelledError:
            return longest
        longest = max(longest, time.monotonic() - began - 0.005)


async def rows(folder: Path) -> dict[str, Cost]:
    """Writes, verdicts and reads of one row each."""
    journal = Journal(folder / "rows.sqlite3")
    keys = [hashlib.sha256(str(number).encode()).digest() for number in range(_ROWS)]
    answer = Answer("x" * 2000, truncated=False, refusal=None, tokens=Tokens(900, 0, 500, 0))
    received = Received(answer, Room(0), Usage(requests=1, input_tokens=900, output_tokens=500), "2026-11-28T12:00:00Z")
    await journal.answers(keys[0])  # opens it

    async def write(number: int) -> None:
        await journal.keep(keys[number], 0, received)
        journal.note(keys[number], 0, "accepted", "")

    done = {
        "an answer written, with its verdict": await cost(write, _ROWS),
        "an answer read": await cost(lambda n: journal.answers(keys[n]), _ROWS),
    }
    await journal.aclose()
    return done


async def articles(folder: Path) -> dict[str, Cost]:
    """Whole articles: asked for, replayed, and asked for without a journal."""
    (article,) = (found for found in read_articles(_SEED) if isinstance(found, Article))
    many = [article.model_copy(update={"title": f"{article.title} ({number})"}) for number in range(_ARTICLES)]
    simulator = await asyncio.create_subprocess_exec(
        *(sys.executable, str(Path(__file__).with_name("endpoint.py")), "--scale", "0", "--latency-s", "0"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert simulator.stdout is not None
    llm = {"model": "simulated", "base_url": (await simulator.stdout.readline()).decode().strip()}
    done = {}
    try:
        for name, enabled in (
            ("an article asked for, journal off", False),
            ("an article asked for, journal on", True),
            ("an article replayed", True),
        ):
            overrides = {"llm": llm, "state": str(folder), "journal": {"enabled": enabled}}
            async with Summarizer.from_settings(Settings.load(overrides=overrides)) as summarizer:
                await summarizer.summarize(_SEED, to=_TO)  # loads what is loaded once
                done[name] = await cost(lambda n: summarizer.summarize(many[n], to=_TO), _ARTICLES)
    finally:
        simulator.terminate()
        await simulator.wait()
    return done


async def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        measured = {**await rows(Path(name)), **await articles(Path(name))}
    print(f"| measured, on {os.cpu_count()} processors | processor time | longest stall of the loop |")
    print("|---|---|---|")
    for what, (cpu_us, stall_ms) in measured.items():
        print(f"| {what} | {f'{cpu_us:.0f} µs' if cpu_us < 1000 else f'{cpu_us / 1000:.1f} ms'} | {stall_ms:.0f} ms |")


if __name__ == "__main__":
    asyncio.run(main())
