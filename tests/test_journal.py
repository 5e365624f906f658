"""The journal's file: what is written is there, for whoever reads it next, and a file that fails costs no article."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.errors import ConfigError
from summarizer.llm.conversation import Received, Refusal
from summarizer.llm.intent import Setup, Terms
from summarizer.llm.journal import Journal, Plan, journal_state
from summarizer.llm.replies import Answer, Tokens
from summarizer.llm.room import Room
from summarizer.llm.schemas import DraftWire, HeadlineWire
from summarizer.prompts import Rendered
from summarizer.records import Usage

_T = TypeVar("_T")

KEY = b"k" * 32
TERMS = Terms("http://news.example/v1")
PROMPT = Rendered("summarize", 1, "sha256:0", "Summarise.", "<article>…</article>", 400)
SETUP = Setup(terms=TERMS, host="news.example", model="m", translate_model="t", prompts={"x": 1}, chunk_tokens=9)


def received(text: str = "{}", made: str = "2026-11-28T12:00:00+00:00") -> Received:
    answer = Answer(text, truncated=False, refusal=None, tokens=Tokens(30, 10, 5, 0))
    return Received(answer, Room(0), Usage(requests=1, input_tokens=30), made)


def using(path: Path | None, work: Callable[[Journal], Coroutine[Any, Any, _T]], **limits: int) -> _T:
    """The result of some work with a journal that is closed afterwards."""

    async def main() -> _T:
        journal = Journal(path, **limits)
        try:
            return await work(journal)
        finally:
            await journal.aclose()

    return asyncio.run(main())


def keep(path: Path, *rows: tuple[bytes, int, Received], anew: bool = False, **limits: int) -> None:
    async def work(journal: Journal) -> None:
        for key, attempt, row in rows:
            await journal.keep(key, attempt, row, anew=anew)

    using(path, work, **limits)


def answers(path: Path, key: bytes = KEY) -> tuple[Received, ...]:
    return using(path, lambda journal: journal.answers(key))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


@given(
    st.one_of(
        st.builds(Answer, st.text(), st.booleans(), st.none() | st.text(), st.just(Tokens(1, 2, 3, 4)), st.integers(0)),
        st.builds(Refusal, st.sampled_from(["filter", "overflow"]), st.text()),
    )
)
@settings(max_examples=20, deadline=None)
def test_what_is_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, said: Answer | Refusal) -> None:
    """Any answer, with its room, its cost and its time, is the same in a later run."""
    row = replace(received(), said=said, room=Room(512, 1024))
    path = tmp_path_factory.mktemp("state") / "journal.sqlite3"
    keep(path, (KEY, 0, row))
    assert answers(path) == (row,)


def test_only_the_owner_may_read(path: Path) -> None:
    """The file, and what SQLite writes beside it, have mode 0600, their folder 0700; a laxer file is set right."""
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o644)
    path.chmod(0o644)

    async def modes(journal: Journal) -> dict[str, int]:
        await journal.keep(KEY, 0, received())
        return {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}

    assert using(path, modes) == dict.fromkeys((path.name, f"{path.name}-wal", f"{path.name}-shm"), 0o600)
    umask = os.umask(0)
    try:
        other = path.parent / "new" / "journal.sqlite3"
        keep(other, (KEY, 0, received()))
    finally:
        os.umask(umask)
    assert stat.S_IMODE(other.stat().st_mode) == 0o600
    assert stat.S_IMODE(other.parent.stat().st_mode) == 0o700


def test_first_one_to_write_wins(path: Path) -> None:
    """Whoever comes second with an answer to the same question goes on with the first one."""
    first, second = received('{"first": 1}'), received('{"second": 1}')
    keep(path, (KEY, 0, first))
    assert using(path, lambda journal: journal.keep(KEY, 0, second)) == first
    assert answers(path) == (first,)


def test_asking_anew_replaces_all_that_was_there(path: Path) -> None:
    """The first new answer takes the place of every old one, and the second one stands behind it."""
    keep(path, *((KEY, attempt, received("old")) for attempt in range(3)))
    keep(path, (KEY, 0, received("new")), (KEY, 1, received("newer")), anew=True)
    assert [row.said.text for row in answers(path) if isinstance(row.said, Answer)] == ["new", "newer"]


def test_verdicts_are_kept(path: Path) -> None:
    """A row is received, then accepted or rejected with a reason."""
    keep(path, (KEY, 0, received()), (KEY, 1, received()))

    async def note(journal: Journal) -> None:
        journal.note(KEY, 0, "rejected", "no object")

    using(path, note)
    assert [(row.state, row.reason) for row in answers(path)] == [("rejected", "no object"), ("received", "")]


def test_a_verdict_is_written_with_the_next_answer(path: Path) -> None:
    """What was thought of an answer is in the file once another answer came, before the file is closed."""

    async def work(journal: Journal) -> list[str]:
        await journal.keep(KEY, 0, received())
        journal.note(KEY, 0, "rejected", "no object")
        await journal.keep(KEY, 1, received())
        return [row.state for row in await journal.answers(KEY)]

    assert using(path, work) == ["rejected", "received"]


def test_plans_are_kept_by_language(path: Path) -> None:
    """Each language of an article has an end of its own; another article has none."""
    mine, other = Plan(SETUP, False, "2998"), Plan(SETUP.model_copy(update={"model": "n"}), True, "2999")
    using(path, lambda journal: journal.keep_plans(KEY, {"": mine, "es": mine}))
    using(path, lambda journal: journal.keep_plans(KEY, {"es": other}))
    assert using(path, lambda journal: journal.plans(KEY)) == {"": mine, "es": other}
    assert using(path, lambda journal: journal.plans(b"another")) == {}


def test_a_row_that_nobody_can_read_is_as_good_as_none(path: Path) -> None:
    """It goes, and the question is asked again."""
    keep(path, (KEY, 0, received()))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE answers SET received = '{'")
    assert answers(path) == ()
    keep(path, (KEY, 0, received("again")))
    assert answers(path) == (received("again"),)


def damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database, and long enough to be told from an empty one" * 100)


def damaged_inside(path: Path) -> None:
    keep(path, (KEY, 0, received("x" * 20_000)))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def of_another_version(path: Path) -> None:
    keep(path, (KEY, 0, received()))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def of_another_program(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def in_no_folder(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")


@pytest.mark.parametrize("spoil", [damaged, damaged_inside, of_another_version, of_another_program, in_no_folder])
def test_a_file_that_cannot_be_used_is_said_once_and_left_alone(
    path: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    """The run goes on without it: answers are used as they come, and no file is deleted."""
    spoil(path)
    before = path.stat().st_size if path.exists() else None

    async def work(journal: Journal) -> bool:
        assert await journal.answers(KEY) == ()
        assert await journal.keep(KEY, 0, received()) == received()
        journal.note(KEY, 0, "accepted", "")
        assert await journal.plans(KEY) == {}
        return journal.is_kept

    assert using(path, work) is False
    (record,) = caplog.records
    assert record.levelno == logging.ERROR, "also where only errors are shown"
    assert str(path) in record.getMessage()
    assert "goes on without a journal" in record.getMessage()
    assert (path.stat().st_size if path.exists() else None) == before


def test_a_full_disk_costs_no_answer(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be written is used all the same, and what was written before stays."""

    async def work(journal: Journal) -> None:
        await journal.keep(KEY, 0, received())
        connection = journal._connection
        assert connection is not None
        journal._thread.submit(connection.execute, "PRAGMA max_page_count = 1").result()  # type: ignore[union-attr]
        row = received("x" * 100_000)
        assert await journal.keep(b"another", 0, row) == row
        assert await journal.answers(b"another") == ()

    using(path, work)
    assert "full" in caplog.text
    assert answers(path) == (received(),)


def test_old_rows_go_when_the_file_is_opened(path: Path) -> None:
    """Answers and ends of articles older than the limit are deleted, younger ones stay."""
    old, young = received(made="2020-01-01T00:00:00+00:00"), received(made="2999-01-01T00:00:00+00:00")
    keep(path, (b"old", 0, old), (b"young", 0, young))
    plans = {"": Plan(SETUP, False, old.made), "es": Plan(SETUP, False, young.made)}
    using(path, lambda journal: journal.keep_plans(KEY, plans))
    assert answers(path, b"old") == ()
    assert answers(path, b"young") == (young,)
    assert set(using(path, lambda journal: journal.plans(KEY))) == {"es"}


def test_oldest_rows_go_from_a_full_file(path: Path) -> None:
    """Above the limit the oldest answers are deleted, the youngest stay, and the file shrinks."""
    rows = [(bytes([n]), 0, received("x" * 20_000, f"2999-01-01T00:01:{n:02}+00:00")) for n in range(60)]
    keep(path, *rows)
    assert path.stat().st_size > 1_200_000
    assert using(path, lambda journal: journal.answers(bytes([0])), max_mb=1) == ()
    assert answers(path, bytes([59])) != ()
    assert path.stat().st_size < 1_000_000


def test_a_loop_goes_on_while_another_process_writes(path: Path) -> None:
    """A write that has to wait for somebody else's lock stops nothing else: here the loop itself ends that lock."""
    keep(path, (KEY, 0, received()))

    async def work(journal: Journal) -> Received:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            writing = asyncio.create_task(journal.keep(b"another", 0, received("mine")))
            await asyncio.sleep(0.05)
            assert not writing.done()
            other.execute("COMMIT")
        return await writing

    using(path, work)
    assert answers(path, b"another") == (received("mine"),)


_WRITER = """
import asyncio, sys, time
from pathlib import Path
from tests.test_journal import Journal, received
async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    for name in range(20):
        journal = Journal(Path(sys.argv[1]) / f"{name}.sqlite3")
        for n in range(10):
            kept = await journal.keep(bytes([n]), 0, received(f"{sys.argv[2]} {n}"))
            assert kept.said.text.endswith(f" {n}")
            journal.note(bytes([n]), 0, "accepted", "")
        assert journal.is_kept
        await journal.aclose()
asyncio.run(main())
"""


def test_processes_share_a_file(tmp_path: Path) -> None:
    """Four processes that make files and write the same questions at once: one answer each, and the files are whole."""
    command = [sys.executable, "-W", "error", "-c", _WRITER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    writers = [subprocess.Popen([*command, str(number)], **pipes) for number in range(4)]  # type: ignore[call-overload]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert (writer.returncode, errors) == (0, "")
    for file in tmp_path.glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*), min(state) FROM answers").fetchone() == (10, "accepted")


def test_state_in_words(path: Path) -> None:
    """The size and the number of answers, without a file too, and with one that is none."""
    assert journal_state(path) == f"{path}: none yet"
    keep(path, (KEY, 0, received()))
    assert "1 answer" in journal_state(path)
    assert "deleting journal.sqlite3* is safe" in journal_state(path)


@pytest.mark.parametrize("spoil", [damaged, of_another_version, of_another_program])
def test_a_journal_that_runs_cannot_use_is_not_in_order(path: Path, spoil: Callable[[Path], None]) -> None:
    """`doctor` says so of whatever a run would pass over, and which files to delete."""
    spoil(path)
    with pytest.raises(ConfigError, match=r"cannot be used: .*; delete journal\.sqlite3\*, and"):
        journal_state(path)


def test_a_file_does_not_outgrow_its_limit_in_one_run(path: Path) -> None:
    """The oldest answers go while the run writes, too: at most 200 are too many."""

    async def work(journal: Journal) -> int:
        for number in range(1000):
            made = f"2999-01-01T00:{number // 60:02}:{number % 60:02}+00:00"
            await journal.keep(f"{number}".encode(), 0, received("x" * 2000, made=made))
        assert len(await journal.answers(b"999")) == 1
        return len(await journal.answers(b"0"))

    assert using(path, work, max_mb=1) == 0
    assert path.stat().st_size < 1_000_000 + 200 * 3000


PARTS = st.fixed_dictionaries(
    {
        "endpoint": st.text(),
        "temperature": st.none() | st.floats(0, 2),
        "extra": st.text(),
        "model": st.text(),
        "cap": st.integers(1, 4096),
        "schema": st.sampled_from([DraftWire, HeadlineWire]),
        "prompt": st.text(),
        "version": st.integers(1, 9),
        "digest": st.text(),
        "system": st.text(),
        "user": st.text(),
    }
)


def key_of(parts: dict[str, Any]) -> bytes:
    prompt = Rendered(parts["prompt"], parts["version"], parts["digest"], parts["system"], parts["user"], 400)
    terms = Terms(parts["endpoint"], parts["temperature"], parts["extra"])
    return terms.key(prompt, parts["schema"], parts["model"], parts["cap"])


@given(PARTS, PARTS)
def test_a_key_names_all_that_decides_an_answer(one: dict[str, Any], other: dict[str, Any]) -> None:
    """The same question has the same key; another value of any part gives another one, of the cap its power of two."""
    assert key_of(one) == key_of(dict(one))
    for name, value in other.items():
        changed = {**one, name: value}
        alike = value.bit_length() == one[name].bit_length() if name == "cap" else value == one[name]
        assert (key_of(changed) == key_of(one)) == alike, name


class Fixed(BaseModel):
    """A schema that does not change."""

    headline: str


def test_keys_do_not_change_by_accident() -> None:
    """A key that changes makes everybody pay everything again: that must be meant."""
    key = TERMS.key(PROMPT, Fixed, "m", 400)
    assert key.hex() == "0c351f98f74795eed9e5172d612c67083d7c5f2fe2d9f283510b9b571c33f12c"
