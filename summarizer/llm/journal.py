"""What models have answered, and how articles ended, kept from run to run in one SQLite file: nothing is paid twice.

Every answer is a row as soon as it is complete, and only then it is used. A run that is killed, and every later one,
takes the rows in the order in which they came and asks on where they end. Several processes may share the file; two
that ask the same question in the same moment both pay, and both go on with the answer that was written first.

Rows hold the model's answers and a digest of what was asked, never the prompt: of an article only what an answer quotes
of it is here.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar
from weakref import WeakValueDictionary

from pydantic import TypeAdapter, ValidationError

from summarizer.errors import ConfigError
from summarizer.llm.conversation import Received, State
from summarizer.llm.intent import Setup

if TYPE_CHECKING:
    from summarizer.settings import Settings

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

_VERSION = 1
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE answers (
    key BLOB NOT NULL,         -- SHA-256 of what was asked, see Terms.key
    attempt INTEGER NOT NULL,  -- from 0; the question was put differently after each answer that was of no use
    made TEXT NOT NULL,        -- when it came, RFC 3339 in UTC
    state TEXT NOT NULL,       -- received, then accepted or rejected
    reason TEXT NOT NULL,      -- why it was rejected
    received TEXT NOT NULL,    -- JSON: the answer or refusal, and what it cost
    PRIMARY KEY (key, attempt)
);
CREATE INDEX answers_by_age ON answers (made);
CREATE TABLE plans (
    article BLOB NOT NULL,     -- SHA-256 of what the prompts take of it
    language TEXT NOT NULL,    -- of a translation; empty for the summary itself
    made TEXT NOT NULL,        -- when its content was made
    held INTEGER NOT NULL,     -- 1 = it came to nothing that can be published
    setup TEXT NOT NULL,       -- JSON: models, versions of prompts and all else that decided the run
    PRIMARY KEY (article, language)
);
PRAGMA user_version = {_VERSION};
COMMIT;
"""
# Another process writes for a millisecond at a time; one that prunes a full file may take some seconds.
_BUSY_S = 30.0
# A file that is full is emptied down to here, so that the next run need not do it again.
_KEPT_OF_FULL = 0.8
# Answers between two looks at the size of the file, which take microseconds: half a megabyte.
_PRUNED_EVERY = 200
_RECEIVED: TypeAdapter[Received] = TypeAdapter(Received)
# State and reason of an answer, by key and attempt.
_Note: TypeAlias = tuple[State, str, bytes, int]


class Plan(NamedTuple):
    """How an article ended, in its own language or another; `made` is RFC 3339."""

    setup: Setup
    held: bool
    made: str


class Journal:
    """The file at `path`, opened when it is first needed; None = nothing is kept, and every question is asked.

    Reads and writes happen in one thread of its own, one small transaction each, so that an event loop never waits for
    the disk or for another process. What was written is safe from the death of this process, not from that of the
    machine, which may cost the last answers and nothing else. A file that cannot be used is reported once, and the run
    goes on as if there were none. When it is opened and after every 200 answers, rows older than `max_age_days` go,
    and the oldest ones where it holds more than `max_mb` megabytes.
    """

    def __init__(self, path: Path | None, *, max_mb: int = 500, max_age_days: int = 90) -> None:
        self.path = path
        self._max_bytes = max_mb * 1_000_000
        self._max_age = timedelta(days=max_age_days)
        self._connection: sqlite3.Connection | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._locks: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()
        self._notes: list[_Note] = []
        self._written = 0

    @property
    def is_kept(self) -> bool:
        """Whether there is a file, as far as is known."""
        return self.path is not None

    @asynccontextmanager
    async def alone(self, key: bytes) -> AsyncIterator[None]:
        """For as long as the block runs nobody else of this run asks this question: the next one finds the answer."""
        if not self.is_kept:
            yield
            return
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            yield

    async def answers(self, key: bytes) -> tuple[Received, ...]:
        """What came of a question so far, in order; empty for one that was never asked."""
        return await self._do(lambda connection: _answers(connection, key), ())

    async def keep(self, key: bytes, attempt: int, received: Received, *, anew: bool = False) -> Received:
        """Write what came of a question; returns what the file has now, which another process may have written first.

        With `anew` this takes the place of what was there, from the first answer on.
        """
        notes, self._notes = self._notes, []

        def work(connection: sqlite3.Connection) -> Received:
            kept = _keep(connection, key, attempt, received, notes, anew=anew)
            self._written += 1
            if self._written % _PRUNED_EVERY == 0:
                _prune(connection, self._max_bytes, self._max_age)
            return kept

        return await self._do(work, received)

    def note(self, key: bytes, attempt: int, state: State, reason: str) -> None:
        """Write what was thought of an answer, together with the next answer or at the end: it decides nothing."""
        if self.is_kept:
            self._notes.append((state, reason, key, attempt))

    async def plans(self, article: bytes) -> Mapping[str, Plan]:
        """How an article ended, by language; the summary itself is ""."""
        return await self._do(lambda connection: _plans(connection, article), {})

    async def keep_plans(self, article: bytes, plans: Mapping[str, Plan]) -> None:
        """Write how an article ended; other languages stay as they are."""
        await self._do(lambda connection: _keep_plans(connection, article, plans), None)

    async def aclose(self) -> None:
        """Close the file; the next use would open it again."""
        notes, self._notes = self._notes, []
        if notes:
            await self._do(lambda connection: _note(connection, notes), None)
        thread, self._thread = self._thread, None
        if thread is not None:
            await asyncio.get_running_loop().run_in_executor(thread, self._close)
            thread.shutdown()

    async def _do(self, work: Callable[[sqlite3.Connection], Any], otherwise: _T) -> _T:
        """The result of some work in the thread; `otherwise` without a file."""
        if not self.is_kept:
            return otherwise
        self._thread = self._thread or ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._done, work, otherwise)

    def _done(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        try:
            if self.path is None:  # given up meanwhile
                return otherwise
            if self._connection is None:
                self._connection = _open(self.path, self._max_bytes, self._max_age)
            return work(self._connection)
        except (sqlite3.Error, OSError) as error:
            told = "%s: %s; the run goes on without a journal, and pays again (this file, -wal and -shm may be deleted)"
            _log.error(told, self.path, error)
            self._close()
            self.path = None
            return otherwise

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


NO_JOURNAL = Journal(None)


def open_journal(settings: Settings) -> Journal:
    """The journal of the settings, which may be none."""
    chosen = settings.journal
    path = None if settings.state is None or not chosen.enabled else journal_file(settings.state)
    return Journal(path, max_mb=chosen.max_mb, max_age_days=chosen.max_age_days)


def journal_file(state: Path) -> Path:
    """Where the journal stands in the state folder."""
    return state / "journal.sqlite3"


def _answers(connection: sqlite3.Connection, key: bytes) -> tuple[Received, ...]:
    rows = connection.execute(
        "SELECT state, reason, received FROM answers WHERE key = ? ORDER BY attempt", (key,)
    ).fetchall()
    try:
        return tuple(
            replace(_RECEIVED.validate_json(received), state=state, reason=reason) for state, reason, received in rows
        )
    except ValidationError:  # not ours, whoever wrote it: as good as none
        connection.execute("DELETE FROM answers WHERE key = ?", (key,))
        return ()


def _keep(
    connection: sqlite3.Connection,
    key: bytes,
    attempt: int,
    received: Received,
    notes: Sequence[_Note],
    *,
    anew: bool,
) -> Received:
    row = (key, attempt, received.made, received.state, received.reason, _RECEIVED.dump_json(received).decode())
    with _transaction(connection):
        _note(connection, notes)
        if anew and attempt == 0:
            connection.execute("DELETE FROM answers WHERE key = ?", (key,))
        written = connection.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?, ?)", row).rowcount
    if written:
        return received
    theirs = _answers(connection, key)
    return theirs[attempt] if attempt < len(theirs) else received


def _note(connection: sqlite3.Connection, notes: Sequence[_Note]) -> None:
    connection.executemany("UPDATE answers SET state = ?, reason = ? WHERE key = ? AND attempt = ?", notes)


def _plans(connection: sqlite3.Connection, article: bytes) -> dict[str, Plan]:
    rows = connection.execute("SELECT language, setup, held, made FROM plans WHERE article = ?", (article,))
    found = {}
    for language, setup, held, made in rows:
        try:
            found[language] = Plan(Setup.model_validate_json(setup), bool(held), made)
        except ValidationError:  # of another version: as good as none
            continue
    return found


def _keep_plans(connection: sqlite3.Connection, article: bytes, plans: Mapping[str, Plan]) -> None:
    rows = [
        (article, language, plan.made, int(plan.held), plan.setup.model_dump_json()) for language, plan in plans.items()
    ]
    with _transaction(connection):
        connection.executemany("INSERT OR REPLACE INTO plans VALUES (?, ?, ?, ?, ?)", rows)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the lock for writing is taken first, because one that is taken late may fail at once."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        yield


def _open(path: Path, max_bytes: int, max_age: timedelta) -> sqlite3.Connection:
    """The file, made where there is none, for its owner alone; without what is too old or too much."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_at_a_time(path.parent):
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        path.chmod(0o600)  # what SQLite writes beside it has the same mode
        connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
        try:
            _prepare(connection)
            _prune(connection, max_bytes, max_age)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep other processes from opening a file in there meanwhile: SQLite does not wait where WAL mode is begun."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _prepare(connection: sqlite3.Connection) -> None:
    """Set the connection up, and make the tables of a new file.

    Raises:
        sqlite3.Error: the file is not a journal, or one of another version.
    """
    tables = _tables_of_ours(connection)
    # NORMAL: the log is written at every commit, which the death of the process cannot undo, and flushed to the disk
    # now and then only; after a power cut the last rows may be missing, but the file is whole.
    connection.executescript("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    if not tables:
        connection.executescript(_SCHEMA)


def _tables_of_ours(connection: sqlite3.Connection) -> int:
    """How many tables and indexes there are; none in a new file.

    Raises:
        sqlite3.Error: the file is not a journal, or one of another version.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version != _VERSION and (version or tables):
        raise sqlite3.DatabaseError(f"not a journal of version {_VERSION}")
    return int(tables)


def _prune(connection: sqlite3.Connection, max_bytes: int, max_age: timedelta) -> None:
    """Delete the rows that are too old, then the oldest share of what is too much; looking costs microseconds."""
    oldest = (datetime.now(UTC) - max_age).isoformat(timespec="seconds")
    gone = _delete_before(connection, oldest)
    used = _bytes_in_use(connection)
    if used > max_bytes:
        (rows,) = connection.execute("SELECT count(*) FROM answers").fetchone()
        surplus = int(rows * (1 - _KEPT_OF_FULL * max_bytes / used))
        row = connection.execute("SELECT made FROM answers ORDER BY made LIMIT 1 OFFSET ?", (surplus,)).fetchone()
        gone += _delete_before(connection, row[0]) if row else 0
    if gone:
        connection.executescript("PRAGMA incremental_vacuum")  # `execute` would take the first of its steps alone


def _delete_before(connection: sqlite3.Connection, moment: str) -> int:
    with _transaction(connection):
        return sum(
            connection.execute(f"DELETE FROM {table} WHERE made < ?", (moment,)).rowcount
            for table in ("answers", "plans")
        )


def _bytes_in_use(connection: sqlite3.Connection) -> int:
    size, pages, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
    )
    return int(size * (pages - free))


def journal_state(path: Path) -> str:
    """What the file holds, in words, without changing it.

    Raises:
        ConfigError: runs cannot use it, and pay for everything.
    """
    if not path.exists():
        return f"{path}: none yet"
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            _tables_of_ours(connection)
            (answers,) = connection.execute("SELECT count(*) FROM answers").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise ConfigError(f"{path}: cannot be used: {error}; delete {path.name}*, and a new one is begun") from error
    size = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
    held = f"{size / 1e6:.1f} MB, {answers:,} answers"
    return f"{path}: {held}; deleting {path.name}* is safe, and what is asked again is paid again"
