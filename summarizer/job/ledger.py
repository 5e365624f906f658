"""What the job has done: a row for each article and each finished file, in SQLite below the output folder."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from summarizer.errors import ConfigError, RunLocked

_FOLDER = ".summarizer"
_VERSION = 2
# A ledger of another version is emptied: the worst that follows is that every article is summarised again.
_SCHEMA = f"""
DROP TABLE IF EXISTS files;
DROP TABLE IF EXISTS articles;
CREATE TABLE files (
    path TEXT PRIMARY KEY,    -- relative to the input folder
    digest TEXT NOT NULL,     -- SHA-256 of the file
    recipe TEXT NOT NULL,     -- SHA-256 of everything else that decides the result
    folders TEXT NOT NULL     -- JSON list of the folders of its articles
);
CREATE TABLE articles (
    folder TEXT PRIMARY KEY,  -- relative to the output folder
    path TEXT NOT NULL,       -- the file that holds the article
    digest TEXT NOT NULL,     -- SHA-256 of the article; empty where it has to be done again
    recipe TEXT NOT NULL,
    names TEXT NOT NULL       -- JSON list of the files that were written into the folder
);
PRAGMA user_version = {_VERSION};
"""


class FileRecord(NamedTuple):
    """A file of which every article is done, with the folders of these articles."""

    path: str
    digest: str
    recipe: str
    folders: tuple[str, ...]


class ArticleRecord(NamedTuple):
    """An article folder: which file its article stands in, and which files were written; `digest` "" is not done."""

    folder: str
    path: str
    digest: str
    recipe: str
    names: tuple[str, ...] = ()


class Ledger:
    """The rows of one output folder, for one run at a time; use `open_ledger`. Rows are on disk when a call returns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        if connection.execute("PRAGMA user_version").fetchone() != (_VERSION,):
            connection.executescript(_SCHEMA)

    def file(self, path: str) -> FileRecord | None:
        """The row of a file, None where something in it is still to be done."""
        row = self._connection.execute("SELECT * FROM files WHERE path = ?", (path,)).fetchone()
        if row is None:
            return None
        name, digest, recipe, folders = row
        return FileRecord(name, digest, recipe, tuple(json.loads(folders)))

    def article(self, folder: str) -> ArticleRecord | None:
        """The row of an article folder, None for one never written."""
        row = self._connection.execute("SELECT * FROM articles WHERE folder = ?", (folder,)).fetchone()
        if row is None:
            return None
        name, path, digest, recipe, names = row
        return ArticleRecord(name, path, digest, recipe, tuple(json.loads(names)))

    def folders(self) -> Iterator[tuple[str, str]]:
        """Every article folder ever written, sorted, each with the file that holds its article."""
        yield from self._connection.execute("SELECT folder, path FROM articles ORDER BY folder")

    def record_file(self, entry: FileRecord) -> None:
        """Keep that a file is done."""
        self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", *entry[:-1], json.dumps(entry.folders))

    def record_article(self, entry: ArticleRecord) -> None:
        """Keep what became of an article."""
        self._write("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)", *entry[:-1], json.dumps(entry.names))

    def forget_file(self, path: str) -> None:
        """Keep that a file has to be read again."""
        self._write("DELETE FROM files WHERE path = ?", path)

    def _write(self, statement: str, *values: str) -> None:
        with self._connection:
            self._connection.execute(statement, values)


@contextmanager
def open_ledger(output: Path) -> Iterator[Ledger]:
    """The ledger of an output folder, locked against other runs until the block ends; a killed run leaves no lock.

    Raises:
        ConfigError: the folder cannot be written, or the ledger in it cannot be used.
        RunLocked: another run holds this folder.
    """
    home = output / _FOLDER
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise ConfigError(f"{output}: cannot be written: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunLocked(f"{output}: another run is writing here; wait for it or choose another folder") from error
        with _open(home / "ledger.sqlite3") as ledger:
            yield ledger


@contextmanager
def ledger_copy(output: Path) -> Iterator[Ledger]:
    """A copy in memory of the ledger of an output folder, empty where there is none; locks and changes nothing.

    Raises:
        ConfigError: the ledger cannot be used.
    """
    file = output / _FOLDER / "ledger.sqlite3"
    try:
        with closing(sqlite3.connect(":memory:")) as copy:
            if file.exists():
                with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as kept:
                    kept.backup(copy)
            yield Ledger(copy)
    except sqlite3.Error as error:
        raise ConfigError(f"{file}: {error}; delete this file, and the job starts afresh") from error


@contextmanager
def _open(file: Path) -> Iterator[Ledger]:
    try:
        with closing(sqlite3.connect(file)) as connection:
            yield Ledger(connection)
    except sqlite3.Error as error:
        raise ConfigError(f"{file}: {error}; delete this file, and the job starts afresh") from error
