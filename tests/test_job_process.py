"""The job as a process: killed, told to end, started twice, left running, and taken over from an earlier release."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.cli.entry import main
from summarizer.job import published_articles
from summarizer.job.ledger import open_ledger
from summarizer.records import NewsSummary
from tests.conftest import ROOT

TEXT = (
    "The council met on Monday in the old town hall. It agreed on a budget of {} million euros. The mayor was absent."
)
ARTICLES = 8
# An engine that needs a while for each article, so that there is a moment to kill it in.
SLOW = """
import asyncio, sys
from summarizer import Summarizer
from summarizer.cli import main
from summarizer.testing import FakeEngine
class Slow(FakeEngine):
    async def draft(self, article, *, max_bullets):
        print("begun", article.key, file=sys.stderr, flush=True)
        await asyncio.sleep({seconds})
        print("drafted", article.key, file=sys.stderr, flush=True)
        return await super().draft(article, max_bullets=max_bullets)
Summarizer.from_settings = classmethod(lambda cls, _: cls(Slow()))
raise SystemExit(main())
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A folder with a job of a few articles."""
    (tmp_path / "in").mkdir()
    for number in range(ARTICLES):
        (tmp_path / "in" / f"{number:02}.txt").write_text(TEXT.format(number + 20))
    config = 'engine = "offline"\n[job]\noutput = "out"\ndesk = "desk"\nto = ["es"]\n{}[[job.source]]\nname = "a"\nfolder = "in"\n'
    (tmp_path / "job.toml").write_text(config.format("stop_s = 0.2\n"))
    return tmp_path


class Starter:
    """Starts runs in processes of their own, and leaves none behind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[str]] = []

    def __call__(self, *arguments: str, seconds: float = 0) -> subprocess.Popen[str]:
        """A run whose engine needs so many seconds for each article."""
        process = subprocess.Popen(
            [sys.executable, "-c", SLOW.format(seconds=seconds), "job", *arguments],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._processes.append(process)
        return process

    def finished(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout and stderr of a run that need not wait for anything."""
        process = self(*arguments)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors

    def end(self) -> None:
        """Kill what is left, and close its pipes."""
        for process in self._processes:
            process.kill()
            process.communicate()


@pytest.fixture
def start(newsroom: Path) -> Iterator[Starter]:
    """The job of the newsroom, as processes."""
    starter = Starter(newsroom)
    yield starter
    starter.end()


def wait_for(process: subprocess.Popen[str], text: str, times: int = 1) -> list[str]:
    """The lines of stderr until a text has come so many times."""
    assert process.stderr is not None
    lines: list[str] = []
    while sum(text in line for line in lines) < times:
        line = process.stderr.readline()
        assert line, "".join(lines)
        lines.append(line)
    return lines


def check_all_is_there(folder: Path) -> None:
    """Every article is published once, in both languages, and every file is whole."""
    found = list(published_articles(folder / "out"))
    assert [len(each.languages) for each in found] == [2] * ARTICLES
    homes = sorted(path for path in (folder / "out").iterdir() if path.name != ".summarizer")
    assert len(homes) == ARTICLES
    for home in homes:
        assert sorted(path.name for path in home.iterdir()) == ["en.md", "es.md", "summary.json"]
        whole = NewsSummary.model_validate_json((home / "summary.json").read_bytes())
        assert str(whole.headline) in (home / "en.md").read_text()


@pytest.mark.parametrize("moment", [0, 2, 6])
def test_killed_at_any_moment_nothing_is_lost_or_twice_or_half(newsroom: Path, start: Starter, moment: int) -> None:
    """After `kill -9` the next run does what is missing, and only that."""
    process = start("run", seconds=0.05)
    lines = wait_for(process, "drafted", moment) if moment else []
    process.send_signal(signal.SIGKILL)
    _, rest = process.communicate()
    done = {line.split()[1] for line in [*lines, *rest.splitlines()] if line.startswith("drafted")}
    with open_ledger(newsroom / "out") as ledger:
        kept = sum(entry.version > 0 for entry in ledger.entries())
    code, _, errors = start.finished("run")
    assert (code, errors.count("drafted")) == (0, ARTICLES - kept), errors
    assert kept >= len(done) - 4  # those under way at once
    check_all_is_there(newsroom)
    _, output, errors = start.finished("run")
    assert (output, "drafted" in errors) == (f"0 ok · 0 held · 0 failed │ {ARTICLES} unchanged\n", False)


def test_told_to_end_it_begins_nothing_new_and_can_be_resumed(newsroom: Path, start: Starter) -> None:
    """On SIGTERM what is under way is finished within `job.stop_s`, nothing else is begun, and the exit code is 3."""
    config = newsroom / "job.toml"
    config.write_text(config.read_text().replace("stop_s = 0.2", "stop_s = 60.0"))
    for number in range(60):
        (newsroom / "in" / f"more-{number:02}.txt").write_text(TEXT.format(number + 100))
    process = start("run", seconds=0.5)
    lines = wait_for(process, "drafted")
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 3
    assert "the next run does them" in errors
    begun = sum(line.startswith("begun") for line in [*lines, *errors.splitlines()])
    assert output == f"{begun} ok · 0 held · 0 failed\n"
    assert begun < 60
    code, output, _ = start.finished("run")
    assert (code, output.partition(" ")[0]) == (0, str(60 + ARTICLES - begun))


@pytest.mark.parametrize("action", [["run"], ["watch", "--every", "60"]])
def test_interrupted_it_ends_with_130_and_can_be_resumed(newsroom: Path, start: Starter, action: list[str]) -> None:
    """Ctrl-C while the engine is at work ends the job without a word of Python, and the next run does the rest."""
    process = start(*action, seconds=3600)
    wait_for(process, "begun")
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, "Traceback" in errors) == (130, "", False)
    assert start.finished("run")[0] == 0
    check_all_is_there(newsroom)


def test_of_two_runs_at_once_one_works(newsroom: Path, start: Starter) -> None:
    """The second one says so and exits with 3; the first, whose endpoint never answers, still ends when it is told."""
    first = start("run", seconds=3600)
    wait_for(first, "begun")
    code, output, errors = start.finished("run")
    assert (code, output) == (3, "")
    assert "another run is writing here" in errors
    first.send_signal(signal.SIGTERM)
    output, _ = first.communicate(timeout=60)
    assert (first.returncode, output) == (3, "0 ok · 0 held · 0 failed\n")
    assert start.finished("run")[0] == 0
    check_all_is_there(newsroom)


def test_watch_finds_what_is_new_and_ends_when_told(newsroom: Path, start: Starter) -> None:
    """A new article is found at the next look; told to end while it sleeps, the job has nothing to resume."""
    process = start("watch", "--every", "0.2")
    lines = wait_for(process, "article=", ARTICLES)
    fields = [line for line in lines if line.startswith("article=")]
    assert fields[0].endswith("status=ok languages=en:ok,es:ok calls=0 in=0 out=0\n")
    (newsroom / "in" / "late.txt").write_text(TEXT.format(99))
    wait_for(process, "article=a/late.txt")
    assert process.stdout is not None
    while "1 ok" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


def written(folder: Path) -> dict[Path, int]:
    """The files of a job with the times when they were written; the ledger and the reports on runs left out."""
    apart = {".summarizer", "runs"}
    return {
        path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and not apart & set(path.parts)
    }


def test_job_init_and_run_in_an_empty_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start runs at once, the second run rewrites nothing, and a second init overwrites nothing."""
    monkeypatch.chdir(tmp_path)
    assert main(["job", "init"]) == 0
    assert "next: summarizer job run\n" in capsys.readouterr().out
    assert main(["job", "run", "--engine", "offline"]) == 0
    assert capsys.readouterr().out.startswith("2 ok · 0 held · 0 failed")
    before = written(tmp_path)
    assert main(["job", "run", "--engine", "offline"]) == 0
    assert "2 unchanged" in capsys.readouterr().out
    assert written(tmp_path) == before
    assert main(["job", "init"]) == 2
    assert "job.toml: is there already" in capsys.readouterr().err
    assert main(["job", "status"]) == 0
    assert capsys.readouterr().out.startswith("2 articles · ")


def version_2(folder: Path, digest: str, recipe: str) -> None:
    """Make the ledger of a folder what the release before wrote, for one article."""
    home = next(path for path in (folder / "out").iterdir() if path.name != ".summarizer")
    file = folder / "out" / ".summarizer" / "ledger.sqlite3"
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.executescript(
            "CREATE TABLE files (path TEXT PRIMARY KEY, digest TEXT, recipe TEXT, folders TEXT);"
            "CREATE TABLE articles (folder TEXT PRIMARY KEY, path TEXT, digest TEXT, recipe TEXT, names TEXT);"
            "PRAGMA user_version = 2;"
        )
        names = sorted(path.name for path in home.iterdir())
        row = (home.name, "one.txt", digest, recipe, json.dumps(names))
        connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", row)
    connection.close()


def test_ledger_of_the_release_before_is_taken_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is done again and nothing is written again; an edit and a withdrawal work on what was published then."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(TEXT.format(12))
    arguments: list[Any] = ["--in", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--engine", "offline"]
    assert main(["job", "run", *arguments]) == 0
    with open_ledger(tmp_path / "out") as ledger:
        (entry,) = ledger.entries()
    version_2(tmp_path, entry.digest, entry.recipe)
    page = tmp_path / "out" / entry.folder / "en.md"
    before = (page.stat().st_mtime_ns, hashlib.sha256(page.read_bytes()).hexdigest())
    capsys.readouterr()
    assert main(["job", "run", *arguments]) == 0
    assert capsys.readouterr().out == "0 ok · 0 held · 0 failed │ 1 unchanged\n"
    assert (page.stat().st_mtime_ns, hashlib.sha256(page.read_bytes()).hexdigest()) == before
    assert main(["job", "withdraw", "one.txt", "--out", str(tmp_path / "out")]) == 0
    assert not page.exists()


def test_terminal_shows_a_count_that_goes_away(
    newsroom: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal lines are for people, and what counts beside them is taken away before the run ends."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["job", "run", "--config", str(newsroom / "job.toml")]) == 0
    told = capsys.readouterr().err
    assert f"{ARTICLES} done …" in told
    assert told.endswith("\r\x1b[K")
    assert "article=" not in told
