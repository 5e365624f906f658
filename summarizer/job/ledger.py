"""What the job has done: articles, the versions made of them, files and web addresses, in SQLite below the output."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from summarizer.errors import ConfigError, RunLocked
from summarizer.job.entries import Entry, Version
from summarizer.publish import slug
from summarizer.records import NewsSummary

_FOLDER = ".summarizer"
_FOLDER_MODE = 0o700  # what is held, and why, is nobody's but the desk's
_FILE = "ledger.sqlite3"
_VERSION = 3
_MIGRATED = 2
# A ledger of a version that is not known is emptied: the worst that follows is that every article is summarised again.
_SCHEMA = f"""
DROP TABLE IF EXISTS files;
DROP TABLE IF EXISTS articles;
DROP TABLE IF EXISTS versions;
DROP TABLE IF EXISTS addresses;
CREATE TABLE files (
    path TEXT PRIMARY KEY,    -- relative to the input folder, behind the name of its source if it has one
    digest TEXT NOT NULL,     -- SHA-256 of the file
    recipe TEXT NOT NULL,     -- SHA-256 of everything else that decides the result
    folders TEXT NOT NULL     -- JSON list of the folders of its articles
);
CREATE TABLE articles (
    key TEXT PRIMARY KEY,
    folder TEXT NOT NULL UNIQUE,  -- relative to the output folder
    content TEXT NOT NULL,        -- SHA-256 of what decides its summary; empty where it has none that could be shared
    simhash TEXT NOT NULL,        -- 64 bits in hexadecimal; empty where it was never summarised
    data TEXT NOT NULL            -- Entry in JSON
);
CREATE INDEX by_content ON articles (content);
CREATE TABLE versions (
    key TEXT NOT NULL,
    number INTEGER NOT NULL,
    data TEXT NOT NULL,           -- Version in JSON
    PRIMARY KEY (key, number)
);
CREATE TABLE addresses (
    url TEXT PRIMARY KEY,
    data TEXT NOT NULL            -- AddressRecord in JSON
);
PRAGMA user_version = {_VERSION};
"""


class FileRecord(NamedTuple):
    """A file of which every article is done, with the folders of these articles."""

    path: str
    digest: str
    recipe: str
    folders: tuple[str, ...]


class AddressRecord(NamedTuple):
    """What a web address answered last: `etag` and `modified` to ask by, "" where the next request must be a full one.

    `checked_at` and `retry_at` are RFC 3339, "" for never; `failures` are those in a row; `digest` is that of what
    pointed at the address, such as the item of a feed; `folder` is that of the article found there, "" for none.
    """

    url: str
    etag: str = ""
    modified: str = ""
    checked_at: str = ""
    retry_at: str = ""
    failures: int = 0
    digest: str = ""
    folder: str = ""


class Ledger:
    """The rows of one output folder, for one run at a time; use `open_ledger`. Rows are on disk when a call returns."""

    def __init__(self, connection: sqlite3.Connection, output: Path) -> None:
        self._connection = connection
        connection.execute(
            "PRAGMA journal_mode = WAL"
        )  # one wait for the disk for each change, and readers do not wait
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is not to be read from the file
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == _MIGRATED:
            _migrate(connection, output)
        elif version != _VERSION:
            connection.executescript(_SCHEMA)

    def file(self, path: str) -> FileRecord | None:
        """The row of a file, None where something in it is still to be done."""
        row = self._connection.execute("SELECT * FROM files WHERE path = ?", (path,)).fetchone()
        if row is None:
            return None
        name, digest, recipe, folders = row
        return FileRecord(name, digest, recipe, tuple(json.loads(folders)))

    def entry(self, key: str) -> Entry | None:
        """The row of an article, None for one never seen."""
        return self._one("SELECT data FROM articles WHERE key = ?", key)

    def entry_in(self, folder: str) -> Entry | None:
        """The row of the article that a folder belongs to."""
        return self._one("SELECT data FROM articles WHERE folder = ?", folder)

    def entry_with(self, content: str) -> Entry | None:
        """The first article that has this very content and a version made of it."""
        return self._one(
            "SELECT data FROM articles WHERE content = ? AND content != '' ORDER BY rowid LIMIT 1", content
        )

    def entries(self) -> Iterator[Entry]:
        """Every article ever seen, by folder; what the caller writes meanwhile does not disturb."""
        for (key,) in self._connection.execute("SELECT key FROM articles ORDER BY folder").fetchall():
            entry = self.entry(key)
            if entry is not None:
                yield entry

    def simhashes(self) -> Iterator[tuple[str, int]]:
        """The keys of all summarised articles with their simhash."""
        for key, simhash in self._connection.execute("SELECT key, simhash FROM articles WHERE simhash != ''"):
            yield key, int(simhash, 16)

    def version(self, key: str, number: int) -> Version | None:
        """One version of an article, None where it was never made or is no longer needed."""
        statement = "SELECT data FROM versions WHERE key = ? AND number = ?"
        row = self._connection.execute(statement, (key, number)).fetchone()
        return None if row is None else Version.model_validate_json(row[0])

    def address(self, url: str) -> AddressRecord:
        """What is known of a web address."""
        row = self._connection.execute("SELECT data FROM addresses WHERE url = ?", (url,)).fetchone()
        return AddressRecord(url) if row is None else AddressRecord(**json.loads(row[0]))

    def record_file(self, entry: FileRecord) -> None:
        """Keep that a file is done."""
        self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", *entry[:-1], json.dumps(entry.folders))

    def record(self, entry: Entry) -> None:
        """Keep what became of an article."""
        self._write(
            "INSERT INTO articles VALUES (?, ?, '', '', ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data",
            entry.key,
            entry.folder,
            entry.model_dump_json(),
        )

    def record_version(self, entry: Entry, version: Version, *, content: str, simhash: int) -> None:
        """Keep a version with its article's row, and drop those that are neither published nor the last."""
        needed = (*set(entry.live.values()), version.number)
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO versions VALUES (?, ?, ?)",
                (entry.key, version.number, version.model_dump_json()),
            )
            marks = ", ".join("?" * len(needed))
            statement = f"DELETE FROM versions WHERE key = ? AND number NOT IN ({marks})"
            self._connection.execute(statement, (entry.key, *needed))
            self._connection.execute(
                "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)",
                (entry.key, entry.folder, content, f"{simhash:016x}", entry.model_dump_json()),
            )

    def erase(self, entry: Entry) -> None:
        """Keep of an article that it was there, and nothing of its text or of what was made from it."""
        kept = entry.model_copy(update={"version": 0})
        with self._connection:
            self._connection.execute("DELETE FROM versions WHERE key = ?", (entry.key,))
            statement = "UPDATE articles SET content = '', simhash = '', data = ? WHERE key = ?"
            self._connection.execute(statement, (kept.model_dump_json(), entry.key))

    def record_address(self, record: AddressRecord) -> None:
        """Keep what a web address answered."""
        self._write("INSERT OR REPLACE INTO addresses VALUES (?, ?)", record.url, json.dumps(record._asdict()))

    def forget_file(self, path: str) -> None:
        """Keep that a file has to be read again."""
        self._write("DELETE FROM files WHERE path = ?", path)

    def _one(self, statement: str, value: str) -> Entry | None:
        row = self._connection.execute(statement, (value,)).fetchone()
        return None if row is None else Entry.model_validate_json(row[0])

    def _write(self, statement: str, *values: str) -> None:
        with self._connection:
            self._connection.execute(statement, values)


def state_folder(output: Path) -> Path:
    """Where a job keeps what is its own, below its output folder."""
    return output / _FOLDER


@contextmanager
def open_ledger(output: Path) -> Iterator[Ledger]:
    """The ledger of an output folder, locked against other runs until the block ends; a killed run leaves no lock.

    Raises:
        ConfigError: the folder cannot be written, or the ledger in it cannot be used.
        RunLocked: another run holds this folder.
    """
    home = state_folder(output)
    try:
        home.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise ConfigError(f"{output}: cannot be written: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunLocked(f"{output}: another run is writing here; wait for it or choose another folder") from error
        with _opened(home / _FILE, output) as ledger:
            yield ledger


@contextmanager
def ledger_copy(output: Path) -> Iterator[Ledger]:
    """A copy in memory of the ledger of an output folder, empty where there is none; locks and changes nothing.

    Raises:
        ConfigError: the ledger cannot be used.
    """
    file = state_folder(output) / _FILE
    try:
        with closing(sqlite3.connect(":memory:")) as copy:
            if file.exists():
                with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as kept:
                    kept.backup(copy)
            yield Ledger(copy, output)
    except sqlite3.Error as error:
        raise ConfigError(f"{file}: {error}; delete this file, and the job starts afresh") from error


@contextmanager
def read_ledger(output: Path) -> Iterator[Ledger]:
    """The ledger of an output folder to read, also while a run is writing.

    Raises:
        ConfigError: there is none, or it cannot be used.
    """
    file = state_folder(output) / _FILE
    if not file.is_file():
        raise ConfigError(f"{output}: no job has written here yet; start one with: summarizer job run")
    with _opened(file, output) as ledger:
        yield ledger


@contextmanager
def _opened(file: Path, output: Path) -> Iterator[Ledger]:
    try:
        with closing(sqlite3.connect(file, timeout=30.0)) as connection:
            yield Ledger(connection, output)
    except (sqlite3.Error, ValidationError) as error:
        told = str(error).partition("\n")[0]
        raise ConfigError(f"{file}: {told}; delete this file, and the job starts afresh") from error


def _migrate(connection: sqlite3.Connection, output: Path) -> None:
    """Make entries of the rows of version 2 and of the files that they speak of, so that nothing is done again."""
    rows = connection.execute("SELECT folder, path, digest, recipe, names FROM articles").fetchall()
    files = connection.execute("SELECT * FROM files").fetchall()
    connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA}")  # all or nothing
    with connection:
        connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?)", files)
        for folder, path, digest, recipe, names in rows:
            found = _published_by_version_2(output / folder)
            if found is None or slug(found.article.key) != folder:
                continue
            pages = [name for name in json.loads(names) if (output / folder / name).is_file()]
            entry = Entry(
                key=found.article.key,
                folder=folder,
                place=path,
                digest=digest,
                recipe=recipe,
                made=digest,
                state="done" if digest else "again",
                version=1,
                revision=found.article.revision,
                live={name.removesuffix(".md"): 1 for name in pages if name.endswith(".md")},
                first_published=found.provenance.created,
                dated={name.removesuffix(".md"): found.provenance.created for name in pages if name.endswith(".md")},
                files={name: (hashlib.sha256((output / folder / name).read_bytes()).hexdigest(),) for name in pages},
            )
            version = Version(number=1, article=None, summary=found)
            values = (entry.key, folder, "", "", entry.model_dump_json())
            connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", values)
            connection.execute("INSERT INTO versions VALUES (?, ?, ?)", (entry.key, 1, version.model_dump_json()))


def _published_by_version_2(folder: Path) -> NewsSummary | None:
    with suppress(OSError, ValueError):  # lost, or changed by hand: the article is done again
        return NewsSummary.model_validate_json((folder / "summary.json").read_bytes())
    return None
