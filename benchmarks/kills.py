"""A job that is killed again and again, at random moments (SIGKILL): what was paid twice, and what was lost.

    PYTHONPATH=. python benchmarks/kills.py --kills 30 --articles 200

The articles are the seeds with other titles; the endpoint is the simulator, whose log tells which requests it has
answered. After the last kill the job runs to its end. Then the folder of summaries is deleted and the job runs once
more: it has to ask nothing, and to write the same bytes. The exit code is 1 where an answer was paid twice that was
there before the kill, where a summary is missing or differs from that of a run that nobody disturbed, or where the
second run asks anything. An answer that the endpoint finished within the last moments before a kill may still have been
on its way; such ones are counted apart.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.endpoint import Behaviour, Endpoint, Entry
from summarizer.articles import read_articles
from summarizer.records import Article

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_NAMES = ("harbour.en.txt", "puerto.es.txt", "zinsen.de.txt", "gaza-talks.en.txt", "flash.en.txt", "urteil.de.md")
_TO = ("es", "de")
# From the end of an answer at the endpoint to its row: sending, waking up, reading, writing, on a busy machine.
_ON_ITS_WAY_S = 0.1
_LONGEST_RUN_S = 600.0


class Killed(NamedTuple):
    """What a disturbed job came to.

    `answered` are bodies that the endpoint answered; `twice` those that it answered again although the answer had come
    `_ON_ITS_WAY_S` before a kill or earlier, `on_their_way` the others. `incomplete` and `different` are names of
    summaries; `asked_again` are the requests of the run after the last, `changed` the files that it wrote otherwise.
    """

    kills: int
    answered: int
    twice: int
    on_their_way: int
    incomplete: tuple[str, ...]
    different: tuple[str, ...]
    asked_again: int
    changed: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was paid twice and nothing lost."""
        return not (self.twice or self.incomplete or self.different or self.asked_again or self.changed)


def write_articles(folder: Path, count: int) -> None:
    """So many articles as JSON files, no two alike."""
    folder.mkdir()
    seeds = [article for name in _NAMES for article in read_articles(_SEEDS / name) if isinstance(article, Article)]
    for number in range(count):
        article = seeds[number % len(seeds)]
        fields = {"url": f"https://news.example/{number}", "language": article.language, "text": article.text}
        title = f"{article.title or 'News'} ({number})"
        (folder / f"{number:04}.json").write_text(json.dumps({**fields, "title": title}), encoding="utf-8")


async def killed_job(kills: int, articles: int, *, seed: int = 0, latency_s: float = 0.05) -> Killed:
    """Run a job over the articles, kill it so often, let it end, and look at everything."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        write_articles(home / "in", articles)
        async with Endpoint(Behaviour(latency_s=latency_s, scale=1.0, output_tokens_per_s=4000.0)) as endpoint:
            began = time.monotonic()
            job = _Job(home, endpoint)
            moments = await job.disturb(kills, articles * len(_TO), random.Random(seed))
            await job.run("out", "state")
            answered = [entry for entry in endpoint.chat_entries if entry.status == 200]
            first = _files(home / "out")
            shutil.rmtree(home / "out")
            before = len(endpoint.chat_entries)
            await job.run("out", "state")
            asked_again, second = len(endpoint.chat_entries) - before, _files(home / "out")
            await job.run("undisturbed", "another-state")
        twice, on_their_way = _repeated(answered, [moment - began for moment in moments])
        others = _files(home / "undisturbed")
        return Killed(
            kills=len(moments),
            answered=len({entry.body for entry in answered}),
            twice=twice,
            on_their_way=on_their_way,
            incomplete=tuple(sorted(set(others) - set(first))),
            different=tuple(sorted(path for path in first if _content(first[path]) != _content(others.get(path, b"")))),
            asked_again=asked_again,
            changed=tuple(sorted(path for path in {*first, *second} if first.get(path) != second.get(path))),
        )


class _Job:
    """A job over `in`, run as a process of its own at an endpoint in this one."""

    def __init__(self, home: Path, endpoint: Endpoint) -> None:
        self._home, self._endpoint = home, endpoint

    async def disturb(self, kills: int, requests: int, chance: random.Random) -> list[float]:
        """Start it and kill it so often, after a random number of answers each time; when, in monotonic seconds."""
        moments = []
        for _ in range(kills):
            process = await self._start("out", "state")
            wanted = len(self._endpoint.chat_entries) + chance.uniform(0, requests / kills)
            while len(self._endpoint.chat_entries) < wanted and process.returncode is None:
                await asyncio.sleep(0.005)
            await asyncio.sleep(chance.uniform(0, 0.05))
            if process.returncode is not None:  # it was done before
                break
            process.send_signal(signal.SIGKILL)
            moments.append(time.monotonic())
            await process.wait()
        return moments

    async def run(self, output: str, state: str) -> None:
        """Run it to its end.

        Raises:
            SystemExit: it failed.
        """
        process = await self._start(output, state)
        _, errors = await asyncio.wait_for(process.communicate(), _LONGEST_RUN_S)
        if process.returncode not in {0, 1} or b"Traceback" in errors:
            raise SystemExit(errors.decode())

    async def _start(self, output: str, state: str) -> asyncio.subprocess.Process:
        arguments = ["--in", str(self._home / "in"), "--out", str(self._home / output), "--to", ",".join(_TO), "-q"]
        model = ["--model", "simulated", "--base-url", self._endpoint.base_url]
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "summarizer", "job", "run", *arguments, *model),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "XDG_STATE_HOME": str(self._home / state)},
        )


def _repeated(answered: Sequence[Entry], kills: Sequence[float]) -> tuple[int, int]:
    """How many answers came again although they were there, and although they may have been on their way."""
    times = Counter(entry.body for entry in answered)
    there = on_their_way = 0
    for entry in answered:
        times[entry.body] -= 1
        if times[entry.body] > 0:  # it came once more later
            end = entry.at + entry.seconds
            lost = any(0 <= kill - end <= _ON_ITS_WAY_S for kill in kills)
            there, on_their_way = there + (not lost), on_their_way + lost
    return there, on_their_way


def _files(folder: Path) -> Mapping[str, bytes]:
    """Every page and summary by its path; what the job keeps for itself left out."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in named.items() if not name.startswith(".")}


def _content(text: bytes) -> Any:
    """A summary without the time at which it was made; a page as it is."""
    if not text.startswith(b"{"):
        return text
    summary = json.loads(text)
    return {**summary, "provenance": {**summary["provenance"], "created": None}}


def main() -> int:
    """Read the options, run, print the table."""
    parser = argparse.ArgumentParser(description="A job that is killed again and again.")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    result = asyncio.run(killed_job(options.kills, options.articles, seed=options.seed))
    rows = (
        (f"kills of a job of {options.articles} articles in 3 languages", result.kills),
        ("requests that were answered", result.answered),
        ("… answered again although the answer was there", result.twice),
        (f"… answered again where it came within {_ON_ITS_WAY_S:g} s of a kill", result.on_their_way),
        (
            "files missing / different from those of an undisturbed job",
            f"{len(result.incomplete)} / {len(result.different)}",
        ),
        ("requests of the next run / bytes that it wrote otherwise", f"{result.asked_again} / {len(result.changed)}"),
    )
    print("| measured | |\n|---|---|")
    for words, value in rows:
        print(f"| {words} | {value} |")
    return int(not result.is_clean)


if __name__ == "__main__":
    sys.exit(main())
