"""A job that is killed again and again, at random moments (SIGKILL): what was paid twice, and what was lost.

    PYTHONPATH=. python benchmarks/kills.py --kills 30 --articles 200

The articles are the seeds with a number in each; the endpoint is the simulator. After each kill the journal is read,
and from then on no question that it has an answer to may come again. After the last kill the job runs to its end. Then
the folder of summaries is deleted and the job runs once more: it has to ask nothing, and to write the same bytes. The
exit code is 1 where a question came again, where a summary is missing or differs from that of a run that nobody
disturbed, or where the second run asks anything. Answers that a kill took on their way, between the endpoint and the
journal, are counted apart: nobody has used them, and they are paid again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.endpoint import Behaviour, Endpoint, Entry, Response
from summarizer.articles import read_articles
from summarizer.llm.intent import Terms
from summarizer.llm.schemas import SCHEMAS
from summarizer.prompts import Rendered, load_prompt
from summarizer.records import Article

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_NAMES = ("harbour.en.txt", "puerto.es.txt", "zinsen.de.txt", "gaza-talks.en.txt", "flash.en.txt", "urteil.de.md")
_TO = ("es", "de")
_LONGEST_RUN_S = 600.0


class Kill(NamedTuple):
    """A kill, in seconds since the endpoint began, and the questions that the journal had answers to."""

    at: float
    kept: frozenset[bytes]


class Killed(NamedTuple):
    """What a disturbed job came to.

    `answered` are questions that the endpoint answered; `twice` are requests for what the journal had at an earlier
    kill, `on_their_way` answers that it did not have yet. `incomplete` and `different` are names of summaries;
    `asked_again` are the requests of the run after the last, `changed` the files that it wrote otherwise.
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
        text = article.text.replace(".", f" ({number}).", 1)  # in the lead, so that its translations differ too
        fields = {"url": f"https://news.example/{number}", "language": article.language, "text": text}
        (folder / f"{number:04}.json").write_text(json.dumps({**fields, "title": article.title}), encoding="utf-8")


async def killed_job(kills: int, articles: int, *, seed: int = 0, latency_s: float = 0.05) -> Killed:
    """Run a job over the articles, kill it so often, let it end, and look at everything."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        write_articles(home / "in", articles)
        async with _Recording(Behaviour(latency_s=latency_s, output_tokens_per_s=4000.0)) as endpoint:
            job = _Job(home, endpoint)
            all_kills = await job.disturb(kills, articles * len(_TO), random.Random(seed))
            await job.run("out", "state")
            entries = endpoint.chat_entries
            first = _files(home / "out")
            shutil.rmtree(home / "out")
            await job.run("out", "state")
            asked_again, second = len(endpoint.chat_entries) - len(entries), _files(home / "out")
            await job.run("undisturbed", "another-state")
        others = _files(home / "undisturbed")
        return Killed(
            kills=len(all_kills),
            answered=len({entry.body for entry in entries if entry.status == 200}),
            twice=sum(_was_kept(entry, endpoint.key(entry), all_kills) for entry in entries),
            on_their_way=sum(_was_lost(entry, endpoint.key(entry), all_kills) for entry in entries),
            incomplete=tuple(sorted(set(others) - set(first))),
            different=tuple(sorted(path for path in first if _content(first[path]) != _content(others.get(path, b"")))),
            asked_again=asked_again,
            changed=tuple(sorted(path for path in {*first, *second} if first.get(path) != second.get(path))),
        )


class _Recording(Endpoint):
    """The simulator, which also knows what each request is in the journal."""

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(behaviour)
        self._bodies: dict[str, dict[str, Any]] = {}
        self.began = time.monotonic()

    def _note(self, arrived: float, path: str, raw: bytes, kind: str, response: Response) -> None:
        super()._note(arrived, path, raw, kind, response)
        self._bodies[self.entries[-1].body] = json.loads(raw)

    def key(self, entry: Entry) -> bytes:
        """What names the question of a request; without faults it is always put in the same form."""
        body = self._bodies[entry.body]
        system, user = (message["content"] for message in body["messages"])
        prompt = load_prompt(entry.kind)
        rendered = Rendered(entry.kind, prompt.version, prompt.digest, system, user, prompt.max_output_tokens)
        schema = SCHEMAS[body["response_format"]["json_schema"]["name"]]
        return Terms(self.base_url, body["temperature"]).key(rendered, schema, body["model"], body["max_tokens"])


class _Job:
    """A job over `in`, run as a process of its own at an endpoint in this one."""

    def __init__(self, home: Path, endpoint: _Recording) -> None:
        self._home, self._endpoint = home, endpoint

    async def disturb(self, kills: int, requests: int, chance: random.Random) -> list[Kill]:
        """Start it and kill it so often, after a random number of answers each time."""
        done = []
        for _ in range(kills):
            process = await self._start("out", "state")
            wanted = len(self._endpoint.chat_entries) + chance.uniform(0, requests / kills)
            while len(self._endpoint.chat_entries) < wanted and process.returncode is None:
                await asyncio.sleep(0.005)
            await asyncio.sleep(chance.uniform(0, 0.3))
            if process.returncode is not None:  # it was done before
                break
            process.send_signal(signal.SIGKILL)
            at = time.monotonic() - self._endpoint.began
            await process.wait()
            done.append(Kill(at, _kept(self._home / "state" / "summarizer" / "journal.sqlite3")))
        return done

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


def _kept(journal: Path) -> frozenset[bytes]:
    """The questions that the journal has answers to."""
    if not journal.exists():
        return frozenset()
    with closing(sqlite3.connect(journal)) as connection:
        return frozenset(key for (key,) in connection.execute("SELECT key FROM answers"))


def _was_kept(entry: Entry, key: bytes, kills: Sequence[Kill]) -> bool:
    """Whether a request came after a kill at which the journal had its answer."""
    return any(kill.at < entry.at and key in kill.kept for kill in kills)


def _was_lost(entry: Entry, key: bytes, kills: Sequence[Kill]) -> bool:
    """Whether an answer was sent, and the journal did not have it when the run was killed."""
    kill = next((kill for kill in kills if kill.at >= entry.at), None)
    return entry.status == 200 and kill is not None and key not in kill.kept


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
        ("… that came again although the journal had their answer", result.twice),
        ("… whose answer was between endpoint and journal at a kill, and is paid again", result.on_their_way),
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
