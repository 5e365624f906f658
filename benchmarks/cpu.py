"""Processor time of an article, beside peers, and where ours goes.

    PYTHONPATH=. python benchmarks/cpu.py --venvs VENVS --results RESULTS

What 400 articles more cost: the difference between a run with 500 and one with 100 at an endpoint that answers at once,
so that start-up does not count. Each article takes five requests. The second table is a profile of this project in the
same job, in which everything takes about twice as long; only its shares count. Takes two minutes.
"""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.contestants import (
    CONTESTANTS,
    TO,
    Contestant,
    Job,
    Options,
    endpoint,
    is_done,
    perform,
    python_of,
    read_options,
    read_run,
    table,
)
from benchmarks.endpoint import Behaviour
from benchmarks.news import written
from summarizer import Settings, Summarizer

_AT_ONCE = Behaviour(scale=0.0, latency_s=0.0)
_FEW, _MANY = 100, 500
_TOGETHER = 20
_WARM, _PROFILED = 20, 100
_SHOWN = 14
# Whose code it is, by a part of its file's path; the first that fits counts.
_GROUPS = (
    ("summarizer/checks/", "checks: words, lines, lengths, leaks"),
    ("summarizer/figures/", "checks: figures"),
    ("summarizer/names/", "checks: names"),
    ("summarizer/identify", "checks: languages"),
    ("summarizer/quotations", "checks: quotations"),
    ("summarizer/typography", "typography"),
    ("summarizer/inflection", "inflection"),
    ("summarizer/articles/", "articles, sentences"),
    ("summarizer/sentence", "articles, sentences"),
    ("summarizer/llm/", "prompts, gateway, answers"),
    ("summarizer/prompts", "prompts, gateway, answers"),
    ("summarizer/", "pipeline and the rest"),
    *((f"/{name}/", "openai and its transport") for name in ("openai", "httpx2", "httpcore2", "h11", "anyio")),
    ("/pydantic", "pydantic"),
    ("/tenacity/", "tenacity"),
    ("/asyncio/", "asyncio"),
)


def main() -> None:
    """Run what is missing, and print the tables."""
    options = read_options(__doc__ or "")
    print(tables_of(options))


def tables_of(options: Options) -> str:
    """The tables in Markdown."""
    rows = [row for each in CONTESTANTS if (row := _row(options, each))]
    costs = table(["contestant", "CPU ms an article", "MB with 500 articles"], rows)
    shares = table(["this project's time", "share"], _shares()) if options.wants("profile") else ""
    return "\n\n".join(filter(None, [costs, shares]))


def _row(options: Options, contestant: Contestant) -> list[str] | None:
    python = python_of(contestant, options.venvs)
    folders = {count: options.results / "cpu" / str(count) / contestant.script for count in (_FEW, _MANY)}
    for count, folder in folders.items():
        if python and options.is_due(folder, "cpu", contestant.name):
            print(f"CPU, {count} articles: {contestant.name}", file=sys.stderr, flush=True)
            perform(contestant, python, _AT_ONCE, folder, Job(count, at_once=_TOGETHER, most_s=300.0))
    if not all(map(is_done, folders.values())):
        return None
    few, many = (read_run(folders[count]) for count in (_FEW, _MANY))
    if len(many.handed_in) < _MANY:
        return [contestant.name, "stopped", f"{many.cost.rss_mb:.0f}"]
    milliseconds = 1000 * (many.cost.cpu_s - few.cost.cpu_s) / (_MANY - _FEW)
    return [contestant.name, f"{milliseconds:.1f}", f"{many.cost.rss_mb:.0f}"]


def _shares() -> Iterator[list[str]]:
    """The groups by their own time; what is built into Python counts for its callers."""
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in _profile().stats.items():  # type: ignore[attr-defined]
        if file == "~":
            for (caller, _, _), (_, _, part, _) in callers.items():
                spent[_group(caller)] += part
        else:
            spent[_group(file)] += own
    for group, seconds in spent.most_common(_SHOWN):
        yield [group, f"{100 * seconds / spent.total():.0f} %"]


def _group(file: str) -> str:
    return next((name for part, name in _GROUPS if part in file), "the rest of Python and its libraries")


def _profile() -> pstats.Stats:
    profiler = cProfile.Profile(time.process_time)

    async def work(base_url: str, articles: Path, state: Path) -> None:
        llm = {"model": "simulated", "base_url": base_url, "api_key": "none", "max_in_flight": _TOGETHER}
        settings = Settings.load(overrides={"engine": "llm", "state": str(state), "llm": llm})
        async with (
            Summarizer.from_settings(settings) as summarizer,
            aclosing(summarizer.summarize_many([articles], to=TO)) as outcomes,
        ):
            for _ in range(_WARM):
                await anext(outcomes)
            profiler.enable()
            async for _ in outcomes:
                pass
            profiler.disable()

    with tempfile.TemporaryDirectory() as state, endpoint(_AT_ONCE, None) as base_url:
        articles = written(_WARM + _PROFILED, Path(state))
        asyncio.run(work(base_url, articles, Path(state)))
    return pstats.Stats(profiler)


if __name__ == "__main__":
    main()
