"""The job in its first form: a folder in, summaries out, only what is new."""

from __future__ import annotations

import asyncio
import fcntl
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import InputError, Outcome, RunLocked, Settings
from summarizer.job import Job, Tally, run_job
from summarizer.job.runner import article_files

OFFLINE = Settings.load(overrides={"engine": "offline"})
TEXT = "The council met on Monday in the old town hall. It agreed on a budget of 12.4 million euros."


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two articles, in a subfolder too."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "one.txt").write_text(TEXT)
    (folder / "sub" / "two.txt").write_text(TEXT.replace("council", "committee"))
    return folder


def run(source: Path, *to: str, settings: Settings = OFFLINE) -> tuple[Tally, list[Outcome]]:
    outcomes: list[Outcome] = []
    job = Job(source, source.parent / "out", to or ("ja",), "en")
    return asyncio.run(run_job(job, settings, outcomes.append)), outcomes


def snapshot(folder: Path) -> dict[str, int]:
    return {
        str(path): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and ".summarizer" not in path.parts
    }


def test_second_run_does_nothing(articles: Path) -> None:
    """Unchanged files are neither summarised nor rewritten."""
    tally, outcomes = run(articles)
    assert (tally.ok, tally.held, tally.failed, tally.unchanged) == (2, 0, 0, 0)
    assert {outcome.key for outcome in outcomes} == {"one.txt", "sub/two.txt"}
    before = snapshot(articles.parent / "out")
    assert len(before) == 4
    tally, outcomes = run(articles)
    assert (tally, outcomes) == (Tally(unchanged=2), [])
    assert snapshot(articles.parent / "out") == before


@pytest.mark.parametrize("change", ["text", "language", "setting", "output lost"])
def test_what_changed_is_done_again(articles: Path, change: str) -> None:
    """A changed file, another language, another setting or a lost result makes work; the rest stays."""
    run(articles)
    to, settings = ("ja",), OFFLINE
    if change == "text":
        (articles / "one.txt").write_text(TEXT.replace("12.4", "12.5"))
    elif change == "output lost":
        next((articles.parent / "out").glob("one-*/summary.json")).unlink()
    elif change == "language":
        to = ("ja", "ko")  # type: ignore[assignment]
    else:
        settings = Settings.load(overrides={"engine": "offline", "summary": {"max_bullets": 1}})
    tally, _ = run(articles, *to, settings=settings)
    assert tally.ok == (1 if change in {"text", "output lost"} else 2)


def test_failed_file_is_reported_and_tried_again(articles: Path) -> None:
    """A file that cannot be read fails alone, on every run, until it is mended."""
    bad = articles / "bad.json"
    bad.write_text("{")
    for expected in (Tally(ok=2, failed=1), Tally(failed=1, unchanged=2)):
        tally, outcomes = run(articles)
        assert tally == expected
        assert next(str(outcome.error) for outcome in outcomes if outcome.error).startswith("bad.json: ")
    bad.write_text(json.dumps({"text": TEXT, "language": "en"}))
    assert run(articles)[0] == Tally(ok=1, unchanged=2)


def test_failure_keeps_the_last_good_version(articles: Path) -> None:
    """When a file turns bad, what was published from it stays."""
    run(articles)
    page = next((articles.parent / "out").glob("one-*/en.md"))
    before = page.read_text()
    (articles / "one.txt").write_bytes(b"\0\0\0")
    assert run(articles)[0].failed == 1
    assert page.read_text() == before


def test_unreadable_file_fails_alone(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without read permission, which even root meets on some mounts, is reported like any other failure."""
    opened = Path.open

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == "one.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    tally, outcomes = run(articles)
    assert tally == Tally(ok=1, failed=1)
    assert [str(outcome.error) for outcome in outcomes if outcome.error] == ["one.txt: no permission to read it"]


def test_held_article_is_counted_and_final(tmp_path: Path) -> None:
    """An article that is held is not tried again while it stays the same."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "gone.html").write_text(
        "<html><title>404 Not Found</title><body><h1>404 Not Found</h1><p>The page was not found.</p></body></html>"
    )
    assert run(folder)[0].held == 1
    assert run(folder)[0] == Tally(unchanged=1)
    assert not list((tmp_path / "out").glob("*/*.md"))


def test_two_runs_never_share_a_folder(articles: Path) -> None:
    """While another run holds the folder this one stops with exit code 3 and changes nothing."""
    home = articles.parent / "out" / ".summarizer"
    home.mkdir(parents=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RunLocked) as caught:
            run(articles)
    assert caught.value.exit_code == 3
    assert run(articles)[0].ok == 2


def test_output_inside_input_is_refused(articles: Path) -> None:
    """Pages that the job writes must never be read as articles."""
    job = Job(articles, articles / "out")
    with pytest.raises(InputError, match="lies inside"):
        asyncio.run(run_job(job, OFFLINE, lambda _: None))


def test_missing_input_folder_is_named(tmp_path: Path) -> None:
    """A mistyped folder is an error, not an empty run."""
    with pytest.raises(InputError, match="no such folder"):
        asyncio.run(run_job(Job(tmp_path / "absent", tmp_path / "out"), OFFLINE, lambda _: None))


def test_only_article_files_count(tmp_path: Path) -> None:
    """Hidden files, pages about the folder and files of other kinds are not articles."""
    for name in ("a.txt", "b.HTML", "README.md", ".c.txt", "d.toml", ".git/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in article_files(tmp_path)] == ["a.txt", "b.HTML"]
