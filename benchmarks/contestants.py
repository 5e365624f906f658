"""Who does the job, in which environment, and one run of one of them against a simulated endpoint of its own.

Each contestant is a script in `benchmarks/peers/` and a process; so is the endpoint. What a run leaves in its folder:
`log.jsonl` of the endpoint, `out.jsonl` of what was handed in, `run.json` of what the process cost.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.endpoint import Behaviour, Entry
from benchmarks.news import written

TO = ("es", "fr", "de", "ar")
_HERE = Path(__file__).resolve().parent
_GRACE_S = 10.0
_POLL_S = 0.02


class Contestant(NamedTuple):
    """A script, and the packages that it needs; none for this project, which runs where these benchmarks run."""

    name: str
    script: str
    packages: tuple[str, ...] = ()


CONTESTANTS = (
    Contestant("summarizer", "ours"),
    Contestant("reference script", "reference", ("openai",)),
    Contestant("instructor", "with_instructor", ("instructor",)),
    Contestant("LangGraph", "with_langgraph", ("langgraph", "langchain-openai")),
    Contestant("naive loop", "naive", ("openai",)),
)


class Job(NamedTuple):
    """So many articles, into these languages, `at_once` of them at a time (0 = all), in `most_s` seconds at most.

    They are short ones; with `tokens` it is one of so many tokens instead.
    The limits are what the contestant is told of them: per minute, None = nothing, 0 = that there are none.
    """

    articles: int = 40
    tokens: int = 0
    to: Sequence[str] = TO
    at_once: int = 0
    most_s: float = 150.0
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None


class Cost(NamedTuple):
    """What a process cost, in seconds and MB, and whether it ended well and in time."""

    cpu_s: float
    rss_mb: float
    ended: bool


class Run(NamedTuple):
    """What one run left."""

    cost: Cost
    log: Sequence[Entry]
    handed_in: Sequence[Mapping[str, Any]]

    @property
    def chat(self) -> list[Entry]:
        """The chat requests of the log."""
        return [entry for entry in self.log if entry.kind != "models"]

    @property
    def wall_s(self) -> float:
        """From the first request received to the last answer."""
        chat = self.chat
        return max(e.at + e.seconds for e in chat) - min(e.at for e in chat) if chat else 0.0

    @property
    def startup_s(self) -> float:
        """From the start of the process to its first request; a request for models marks the start."""
        return min(entry.at for entry in self.chat) - self.log[0].at if self.chat else 0.0


class Options(NamedTuple):
    """What these benchmarks are told: folders, and which rows and contestants to run, by parts of their names."""

    venvs: Path | None
    results: Path
    only: Sequence[str]
    again: bool

    def wants(self, *names: str) -> bool:
        """Whether a row of these names is to be run."""
        return not self.only or any(part in name for part in self.only for name in names)

    def is_due(self, folder: Path, *names: str) -> bool:
        """Whether a run of these names is to be made in a folder: it is wanted, and not there or made again."""
        return self.wants(*names) and (self.again or not is_done(folder))


def read_options(description: str) -> Options:
    """The options of the command line; from here on SIGTERM is an exception, so that no process is left behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venvs", type=Path, help="folder for the environments of peers; without it none takes part")
    parser.add_argument("--results", type=Path, required=True, help="folder for logs; what is there is not run again")
    parser.add_argument("--only", default="", metavar="PARTS", help="parts of the names of what to run, by commas")
    parser.add_argument("--again", action="store_true", help="run again what is there")
    options = parser.parse_args()
    only = [part.strip() for part in options.only.split(",") if part.strip()]
    return Options(options.venvs, options.results, only, options.again)


def python_of(contestant: Contestant, venvs: Path | None) -> Path | None:
    """The interpreter that has what the contestant needs, installed where missing; None without a folder for it."""
    if not contestant.packages:
        return Path(sys.executable)
    if venvs is None:
        return None
    folder = venvs.resolve() / "-".join(contestant.packages)
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *contestant.packages], check=True)
        versions = subprocess.run([python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True).stdout
        done.write_text(versions, encoding="utf-8")
    return python


@contextmanager
def endpoint(behaviour: Behaviour, log: Path | None) -> Iterator[str]:
    """The base URL of an endpoint in a process of its own, which ends with the block."""
    command = [sys.executable, str(_HERE / "endpoint.py"), *_flags(behaviour)]
    if log is not None:
        log.unlink(missing_ok=True)
        command += ["--log", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.wait(_GRACE_S)


def _flags(behaviour: Behaviour) -> list[str]:
    defaults, flags = asdict(Behaviour()), []
    for name, value in asdict(behaviour).items():
        flag = name.replace("_", "-")
        if name == "faults":
            flags += [f"--fault={fault}={rate}" for fault, rate in value.items()]
        elif value is False and defaults[name]:
            flags.append(f"--no-{flag}")
        elif value != defaults[name]:
            flags.append(f"--{flag}={value}")
    return flags


def perform(contestant: Contestant, python: Path, behaviour: Behaviour, folder: Path, job: Job) -> Run:
    """Run it, and leave everything in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state, endpoint(behaviour, folder / "log.jsonl") as base_url:
        mark(base_url)
        command = command_of(contestant, python, folder, base_url, job)
        cost = timed(command, {**os.environ, "XDG_STATE_HOME": state}, job.most_s, folder / "stderr.txt")
    (folder / "run.json").write_text(json.dumps(cost._asdict()), encoding="utf-8")
    return read_run(folder)


def command_of(contestant: Contestant, python: Path, folder: Path, base_url: str, job: Job) -> list[str]:
    """The command line that does the job."""
    options = {
        "base_url": base_url,
        "articles": written(job.articles, folder.parent, tokens=job.tokens),
        "to": ",".join(job.to),
        "out": folder / "out.jsonl",
        "at_once": job.at_once,
        "requests_per_minute": job.requests_per_minute,
        "tokens_per_minute": job.tokens_per_minute,
    }
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in options.items() if value is not None]
    return [str(python), str(_HERE / "peers" / f"{contestant.script}.py"), *flags]


def mark(base_url: str) -> None:
    """Put a line into the endpoint's log: now."""
    with urllib.request.urlopen(f"{base_url}/models", timeout=_GRACE_S) as answer:
        answer.read()


def timed(command: Sequence[str], environment: Mapping[str, str], most_s: float, stderr: Path) -> Cost:
    """Run a command to its end, and stop it after `most_s` seconds."""
    with stderr.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=file)
        late = time.monotonic() + most_s
        try:
            while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
                if time.monotonic() > late:
                    process.kill()
                time.sleep(_POLL_S)
        except BaseException:
            process.kill()
            raise
    _, status, used = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(round(used.ru_utime + used.ru_stime, 3), round(used.ru_maxrss / 1024, 1), process.returncode == 0)


def read_run(folder: Path) -> Run:
    """What a run has left in its folder."""
    cost = Cost(**json.loads((folder / "run.json").read_text(encoding="utf-8")))
    return Run(cost, [Entry(**row) for row in _lines(folder / "log.jsonl")], list(_lines(folder / "out.jsonl")))


def requests_in(log: Path) -> int:
    """How many chat requests an endpoint has logged."""
    return sum(row["kind"] != "models" for row in _lines(log))


def is_done(folder: Path) -> bool:
    """Whether a run has been made here."""
    return (folder / "run.json").exists()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a file; the last one of a process that was stopped may be half a line."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        with suppress(ValueError):
            yield json.loads(line)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines)
