"""The job: a folder in, summaries out, only what is new, whatever happened to the run before."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer import (
    BudgetExceeded,
    ConfigError,
    EndpointUnavailable,
    InputError,
    Outcome,
    RunLocked,
    Settings,
    Summarizer,
    SummarizerError,
)
from summarizer.checks import finding
from summarizer.cli.entry import main
from summarizer.engines import Drafted, Work
from summarizer.errors import EndpointRefused
from summarizer.job import Job, Tally, filing, run_job, status_of_job
from summarizer.job.intake import article_files
from summarizer.offline.engine import OfflineEngine
from summarizer.publish import slug, write_atomically
from summarizer.records import Article, Draft, Translation, Usage
from summarizer.testing import FakeEngine, fake_translation

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


ERROR_PAGE = (
    "<html><title>404 Not Found</title><body><h1>404 Not Found</h1><p>The page was not found.</p></body></html>"
)


def run(
    source: Path, *to: str, settings: Settings = OFFLINE, language: str | None = "en"
) -> tuple[Tally, list[Outcome]]:
    outcomes: list[Outcome] = []
    job = Job(source, source.parent / "out", to or ("ja",), language)
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


@pytest.mark.parametrize("name", ["en.md", "summary.json"])
def test_lost_file_is_written_again_without_a_call(articles: Path, name: str) -> None:
    """The ledger keeps what was made, so a file that somebody deleted costs nothing, and says the same."""
    run(articles)
    lost = next((articles.parent / "out").glob(f"one-*/{name}"))
    before = lost.read_text()
    lost.unlink()
    assert run(articles) == (Tally(unchanged=2, restored=1), [])
    assert lost.read_text() == before


@pytest.mark.parametrize("change", ["text", "language", "setting"])
def test_what_changed_is_done_again(articles: Path, change: str) -> None:
    """A changed file, another language or another setting makes work; the rest stays."""
    run(articles)
    to, settings = ("ja",), OFFLINE
    if change == "text":
        (articles / "one.txt").write_text(TEXT.replace("12.4", "12.5"))
    elif change == "language":
        to = ("ja", "ko")  # type: ignore[assignment]
    else:
        settings = Settings.load(overrides={"engine": "offline", "summary": {"max_bullets": 1}})
    tally, _ = run(articles, *to, settings=settings)
    assert tally.ok == (2 if change in {"language", "setting"} else 1)
    assert len(snapshot(articles.parent / "out")) == 4


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
    (folder / "gone.html").write_text(ERROR_PAGE)
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


def lines(folder: Path, *contents: str, name: str = "feed.jsonl") -> Path:
    """A file of JSON Lines with an article in each line, known by its URL; what starts with { is a line as it is."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    rows = [
        text
        if text.startswith("{")
        else json.dumps({"url": f"https://example.org/{text}", "text": TEXT.replace("12.4", str(len(text)))})
        for text in contents
    ]
    file.write_text("\n".join(rows))
    return file


def keys(outcomes: list[Outcome]) -> set[str]:
    return {outcome.key.rsplit("/", 1)[-1] for outcome in outcomes}


def test_many_files_are_done_once(tmp_path: Path) -> None:
    """More files than are under way at once are all done, and all remembered."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(TEXT.replace("12.4", f"{number}.5"))
    assert run(folder)[0] == Tally(ok=9)
    assert run(folder)[0] == Tally(unchanged=9)


def test_only_new_and_changed_lines_are_done(tmp_path: Path) -> None:
    """A line added above or below, a changed one and a broken one leave the other articles of the file alone."""
    folder = tmp_path / "in"
    lines(folder, "a", "b")
    assert run(folder)[0].ok == 2
    lines(folder, "new", "a", "b", "{")
    for expected in ({"new", "feed.jsonl:4"}, {"feed.jsonl:4"}):
        tally, outcomes = run(folder)
        assert keys(outcomes) == expected
        assert (tally.failed, tally.unchanged) == (1, 4 - len(expected))
    file = lines(folder, "new", "a", "b")
    file.write_text(file.read_text().replace('"text": "The', '"title": "Budget", "text": "The', 1))
    assert keys(run(folder)[1]) == {"new"}
    assert run(folder)[0] == Tally(unchanged=3)


def test_stopped_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """What was finished before the run was stopped inside a file is not done again."""
    folder = tmp_path / "in"
    lines(folder, "a", "b", "c")
    seen: list[Outcome] = []

    def stop(outcome: Outcome) -> None:
        seen.append(outcome)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(run_job(Job(folder, tmp_path / "out", ("ja",), "en"), OFFLINE, stop))
    tally, outcomes = run(folder)
    assert tally == Tally(ok=1, unchanged=2)
    assert keys(outcomes) == {"a", "b", "c"} - keys(seen)
    assert run(folder)[0] == Tally(unchanged=3)


def test_article_killed_while_it_was_written_is_done_again(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that may be half of one version and half of another count as not done, even if the text goes back."""
    run(articles)

    def killed(path: Path, text: str) -> None:
        write_atomically(path, text)
        raise KeyboardInterrupt

    (articles / "one.txt").write_text(TEXT.replace("12.4", "99"))
    with monkeypatch.context() as patch:
        patch.setattr(filing, "write_atomically", killed)
        with pytest.raises(KeyboardInterrupt):
            run(articles)
    (articles / "one.txt").write_text(TEXT)
    assert run(articles)[0] == Tally(ok=1, unchanged=1, restored=1)
    assert "99" not in next((articles.parent / "out").glob("one-*/en.md")).read_text()


@pytest.mark.parametrize("change", ["engine", "language"])
def test_another_engine_or_language_makes_every_file_new(
    articles: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """What decides every result, an engine of another build or the language given, decides what is new."""
    run(articles)
    if change == "engine":
        monkeypatch.setattr(OfflineEngine, "fingerprint", lambda _: "another build")
    assert run(articles, language=None if change == "language" else "en")[0] == Tally(ok=2)


@pytest.mark.parametrize("job", [{"to": ("ca", "xx-nonsense-q")}, {"language": "englsh"}])
def test_mistyped_tag_stops_before_anything_is_done(articles: Path, job: dict[str, Any]) -> None:
    """A tag that is no language is an error of the call, whichever tag it is."""
    with pytest.raises(InputError, match="not a language tag"):
        asyncio.run(run_job(Job(articles, articles.parent / "out", **job), OFFLINE, lambda _: None))
    assert not (articles.parent / "out").exists()


def test_language_is_read_like_any_tag(articles: Path) -> None:
    """Another spelling of the same language is the same language."""
    assert run(articles, language="en")[0].ok == 2
    assert run(articles, language="eng")[0] == Tally(unchanged=2)


def fake(monkeypatch: pytest.MonkeyPatch, translate: Callable[[Draft, str], Translation]) -> None:
    """The job works with a fake engine from here on."""
    engine = FakeEngine(translate=translate)
    monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(engine)))


def with_finding(code: str, where: str = "translation") -> Callable[[Draft, str], Translation]:
    found = (finding(code, where, "as a test"),)
    return lambda draft, language: fake_translation(draft, language).model_copy(update={"findings": found})


@pytest.mark.parametrize("code", ["translator_failed", "endpoint_unavailable", "output_invalid", "output_truncated"])
def test_failed_translator_is_asked_again(code: str, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translator that stopped holds its language for now, which is no failure of the article."""
    fake(monkeypatch, with_finding(code))
    for _ in range(2):
        assert run(articles)[0] == Tally(ok=2)
    assert not list((articles.parent / "out").glob("*/ja.md"))
    fake(monkeypatch, fake_translation)
    assert run(articles)[0] == Tally(ok=2)
    assert len(list((articles.parent / "out").glob("*/ja.md"))) == 2
    assert run(articles)[0] == Tally(unchanged=2)


def test_other_held_languages_are_final(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that is held for what the text says is not tried again."""
    fake(monkeypatch, with_finding("word_untranslated"))
    assert run(articles)[0] == Tally(ok=2)
    assert run(articles)[0] == Tally(unchanged=2)


def test_warning_about_an_answer_is_final(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice that the model did not make holds nothing, so nothing is tried again for it."""
    found = (finding("output_invalid", "article", "as a test", severity="warning"),)
    fake(monkeypatch, lambda draft, tag: fake_translation(draft, tag).model_copy(update={"findings": found}))
    assert run(articles)[0] == Tally(ok=2)
    assert run(articles)[0] == Tally(unchanged=2)


def test_flagged_article_counts_as_ok_and_flagged(tmp_path: Path) -> None:
    """A flagged article is published, so it is among those that are ok."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "listed.md").write_text(f"# Budget agreed\n\n{TEXT} {TEXT}\n\n- one thing\n- another thing\n")
    assert run(folder)[0] == Tally(ok=1, flagged=1)


def test_first_of_two_articles_with_one_key_wins(tmp_path: Path) -> None:
    """Two files with the same article never write one folder in turn; the error names both, on every run."""
    folder = tmp_path / "in"
    lines(folder, "a", "b", name="2.jsonl")
    assert run(folder)[0].ok == 2
    lines(folder, "a", name="1.jsonl")
    for expected in (Tally(unchanged=2, failed=1), Tally(unchanged=2, failed=1)):
        tally, outcomes = run(folder)
        assert tally == expected
        (error,) = (str(outcome.error) for outcome in outcomes)
        assert error.startswith("2.jsonl:1: has the same key (URL or id) as 1.jsonl")
    (folder / "1.jsonl").unlink()
    assert run(folder)[0] == Tally(unchanged=2)


def test_key_that_is_taken_before_the_first_is_written(tmp_path: Path) -> None:
    """A file done before is read again when an earlier one takes its key with another text, and only then fails."""
    folder = tmp_path / "in"
    lines(folder, "a", name="2.jsonl")
    assert run(folder)[0].ok == 1
    first = lines(folder, "a", name="1.jsonl")
    first.write_text(first.read_text().replace("Monday", "Tuesday"))
    assert run(folder)[0] == Tally(ok=1, failed=1)
    assert "Tuesday" in next((tmp_path / "out").glob("*/en.md")).read_text()


def test_file_that_goes_back_to_an_earlier_version_is_done_again(tmp_path: Path) -> None:
    """What was published meanwhile, from a version that was not finished, does not stay."""
    folder = tmp_path / "in"
    file = lines(folder, "a")
    before = file.read_text()
    run(folder)
    file.write_text(before.replace("Monday", "Tuesday") + "\n{")
    assert run(folder)[0] == Tally(ok=1, failed=1)
    file.write_text(before)
    assert run(folder)[0] == Tally(ok=1)


class Unreachable(FakeEngine):
    """An engine that fails, but only when all files have been read."""

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:  # noqa: ARG002, D102 (the engine protocol)
        await asyncio.sleep(0.3)
        raise EndpointUnavailable(f"{article.source}: no answer")


def test_late_failure_is_tried_again(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed file that was read to its end is not done before its article is."""
    engine = FakeEngine()
    monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(engine)))
    run(articles)
    (articles / "one.txt").write_text(TEXT.replace("12.4", "99"))
    engine = Unreachable()
    for _ in range(2):
        assert run(articles)[0] == Tally(failed=1, unchanged=1)


class Answers(FakeEngine):
    """An engine whose drafts take a request, and which answers only articles with one of these words."""

    def __init__(self, *words: str, error: SummarizerError) -> None:
        super().__init__()
        self._words, self._error = words, error

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:  # noqa: D102 (the engine protocol)
        if not any(word in article.text for word in self._words):
            await asyncio.sleep(0.1)  # the others are answered before
            raise self._error
        drafted = await super().draft(article, max_bullets=max_bullets)
        return drafted._replace(work=Work(Usage(requests=1)))


def attempts(folder: Path) -> dict[str, tuple[int, bool]]:
    """How often each article was tried, and whether it waits."""
    return {each.key: (each.attempts, each.due != "") for each in status_of_job(folder.parent / "out")}


@pytest.mark.parametrize(
    "error", [BudgetExceeded(9, 1, 10, unit="tokens"), EndpointUnavailable("down"), EndpointRefused("no quota left")]
)
def test_what_stops_a_run_is_no_attempt_at_an_article(
    error: SummarizerError, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the budget was used up or nobody answered, the first run that can does all that was left."""
    engine: FakeEngine = Answers("nothing", error=error)
    monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(engine)))
    for _ in range(4):
        assert run(articles)[0].ok == 0
        assert set(attempts(articles).values()) == {(0, False)}
    engine = FakeEngine()
    assert run(articles)[0] == Tally(ok=2)


def test_an_article_that_fails_beside_others_waits(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the endpoint does not answer although it answers others is tried less and less often."""
    engine = Answers("committee", error=EndpointUnavailable("500"))
    monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(engine)))
    for number in range(1, 4):
        (articles / "sub" / "two.txt").write_text(TEXT.replace("council", f"committee number {number}"))
        assert run(articles)[0] == Tally(ok=1, failed=1)
    assert attempts(articles)["one.txt"] == (3, True)
    assert run(articles)[0] == Tally(unchanged=1, waiting=1)


def test_twice_the_same_key_in_one_file(tmp_path: Path) -> None:
    """A held second version does not take the pages of the first away."""
    folder = tmp_path / "in"
    live = json.dumps({"url": "https://example.org/a", "@type": "LiveBlogPosting", "articleBody": TEXT})
    lines(folder, "a", live)
    tally, _ = run(folder)
    assert (tally.ok, tally.held, tally.failed) == (1, 0, 1)
    assert len(list((tmp_path / "out").glob("*/en.md"))) == 1


def test_orphans_are_named_and_kept(tmp_path: Path) -> None:
    """A folder whose article vanished, with its file or from it, is reported until it is removed; a bad line hides none."""
    folder, out = tmp_path / "in", tmp_path / "out"
    lines(folder, "a", "b")
    other = lines(folder, "c", name="other.jsonl")
    assert run(folder)[0].orphans == ()
    lines(folder, "a", "{")
    assert run(folder)[0].orphans == ()
    lines(folder, "a")
    other.unlink()
    gone = tuple(sorted(slug(f"https://example.org/{key}") for key in "bc"))
    for _ in range(2):
        assert run(folder)[0].orphans == gone
    for path in (out / gone[0]).iterdir():
        path.unlink()
    (out / gone[0]).rmdir()
    assert run(folder)[0].orphans == gone[1:]


def test_article_that_moves_to_another_file_is_not_done_again(tmp_path: Path) -> None:
    """An article is known by its key and content, wherever it stands."""
    folder = tmp_path / "in"
    moved = lines(folder, "a", name="today.jsonl")
    assert run(folder)[0].ok == 1
    moved.rename(folder / "archive.jsonl")
    for _ in range(2):
        assert run(folder)[0] == Tally(unchanged=1)
    (folder / "archive.jsonl").write_text("{")
    assert run(folder)[0].orphans == ()


def test_file_name_that_is_not_utf8_fails_alone(articles: Path) -> None:
    """A name that no output could carry is reported in ASCII, and the other files are done."""
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (articles / name).write_text(TEXT)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for expected in (Tally(ok=2, failed=1), Tally(unchanged=2, failed=1)):
        tally, outcomes = run(articles)
        assert tally == expected
        assert [str(o.error) for o in outcomes if o.error] == ["'caf\\udce9.txt': the file name is not UTF-8"]


def test_output_that_cannot_be_a_folder_is_named(articles: Path) -> None:
    """Where nothing can be written, the message names the folder and the exit code is 2."""
    (articles.parent / "out").write_text("a file")
    with pytest.raises(ConfigError, match="out: cannot be written: ") as caught:
        run(articles)
    assert caught.value.exit_code == 2


def test_disk_that_fills_up_is_named(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails halfway through the run stops it with the folder's name, and the next run makes it good."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(filing, "write_atomically", full)
        with pytest.raises(ConfigError, match="out: cannot be written: No space left on device"):
            run(articles)
    assert run(articles)[0] == Tally(ok=1, unchanged=1, restored=1)
    assert len(snapshot(articles.parent / "out")) == 4


@pytest.mark.parametrize("damage", ["not a ledger", "a table is missing"])
def test_damaged_ledger_is_named(articles: Path, damage: str) -> None:
    """A ledger that cannot be used stops the run; without it the job starts afresh."""
    run(articles)
    ledger = articles.parent / "out" / ".summarizer" / "ledger.sqlite3"
    if damage == "not a ledger":
        ledger.write_bytes(b"no database" * 100)
    else:
        with sqlite3.connect(ledger) as connection:
            connection.execute("DROP TABLE articles")
        connection.close()
    with pytest.raises(ConfigError, match=r"ledger\.sqlite3: .*; delete this file, and the job starts afresh"):
        run(articles)
    ledger.unlink()
    assert run(articles)[0] == Tally(ok=2)


def test_ledger_of_another_version_is_emptied(articles: Path) -> None:
    """After an update that keeps other rows the job does everything again."""
    run(articles)
    with sqlite3.connect(articles.parent / "out" / ".summarizer" / "ledger.sqlite3") as connection:
        connection.executescript("DROP TABLE articles; CREATE TABLE articles (x); PRAGMA user_version = 1")
    connection.close()
    assert run(articles)[0] == Tally(ok=2)
    assert run(articles)[0] == Tally(unchanged=2)


def test_leftovers_of_a_killed_run_are_swept(articles: Path) -> None:
    """Our temporary files in article folders go, also where nothing is new; everybody else's stay."""
    run(articles)
    out = articles.parent / "out"
    home = next(out.glob("one-*"))
    (out / "mine").mkdir()
    ours = home / ".summary.json.0123456789abcdef.tmp"
    others = [home / ".notes.tmp", home / "en.md.0123456789abcdef.tmp", out / "mine" / ours.name, out / ours.name]
    for path in (ours, *others):
        path.write_text("half")
    assert run(articles)[0] == Tally(unchanged=2)
    assert not ours.exists()
    assert all(path.exists() for path in others)


@pytest.mark.parametrize(
    ("name", "content", "code"), [("c.txt", TEXT, 0), ("c.json", "{", 1), ("c.html", ERROR_PAGE, 1)]
)
def test_exit_code_tells_of_failed_and_held(
    articles: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, code: int
) -> None:
    """One failed or one held article makes the exit code 1."""
    (articles / name).write_text(content)
    arguments = ["job", "run", "--in", str(articles), "--out", str(articles.parent / "out"), "--from", "en", "-q"]
    assert main(arguments) == code
    assert capsys.readouterr().out.startswith("3 ok · 0 held · 0 failed" if code == 0 else "2 ok · ")


def test_job_by_its_settings_file_alone(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A settings file is enough: folders, beside the file, and languages; the last line starts with the counts."""
    config = articles.parent / "job.toml"
    config.write_text('engine = "offline"\n[job]\ninput = "in"\noutput = "out"\nto = ["ja"]\n')
    arguments = ["job", "run", "--config", str(config)]
    assert main(arguments) == 0
    saved = json.loads(next((articles.parent / "out").glob("one-*/summary.json")).read_text())
    assert list(saved["translations"]) == ["ja"]
    (articles / "one.txt").rename(articles / "three.txt")
    capsys.readouterr()
    assert main(arguments) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("1 ok · 0 held · 0 failed │ ")
    assert captured.out.endswith("1 unchanged, 1 orphaned\n")
    assert f"{slug('one.txt')}: its article is no longer in " in captured.err


def test_embargoed_article_is_tried_until_it_lifts(tmp_path: Path) -> None:
    """What is held under an embargo is looked at again on every run, and published by the first after it lifts."""
    folder = tmp_path / "in"
    folder.mkdir()
    article = {"text": TEXT, "language": "en", "embargoed_until": "2099-01-01T00:00:00Z"}
    (folder / "one.json").write_text(json.dumps(article))
    assert run(folder)[0].held == 1
    assert run(folder)[0].held == 1
