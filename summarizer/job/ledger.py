"""What the job has done: one row per input file, in SQLite below the output folder."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from summarizer.errors import RunLocked

_FOLDER = ".summarizer"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY,      -- relative to the input folder
    digest TEXT NOT NULL,       -- SHA-256 of the file
    recipe TEXT NOT NULL,       -- SHA-256 of everything else that decides the result
    done INTEGER NOT NULL,      -- 0: something failed, try again next time
    folders TEXT NOT NULL       -- JSON list of the article folders that were written
)
"""


class FileRecord(NamedTuple):
    """What the last run did with one file; `folders` are relative to the output folder."""

    path: str
    digest: str
    recipe: str
    done: bool
    folders: tuple[str, ...]


class Ledger:
    """The rows of one output folder, for one run at a time; use `open_ledger`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        with connection:
            connection.execute(_SCHEMA)

    @classmethod
    def at(cls, file: Path) -> Self:
        """The ledger in a file, made if it is missing."""
        return cls(sqlite3.connect(file))

    def find(self, path: str) -> FileRecord | None:
        """The row of a file, None for a file never seen."""
        row = self._connection.execute("SELECT * FROM files WHERE path = ?", (path,)).fetchone()
        if row is None:
            return None
        name, digest, recipe, done, folders = row
        return FileRecord(name, digest, recipe, bool(done), tuple(json.loads(folders)))

    def record(self, entry: FileRecord) -> None:
        """Keep what became of a file; on disk when this returns."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", (*entry[:4], _json(entry.folders))
            )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@contextmanager
def open_ledger(output: Path) -> Iterator[Ledger]:
    """The ledger of an output folder, locked against other runs until the block ends; a killed run leaves no lock.

    Raises:
        RunLocked: another run holds this folder.
    """
    home = output / _FOLDER
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunLocked(f"{output}: another run is writing here; wait for it or choose another folder") from error
        ledger = Ledger.at(home / "ledger.sqlite3")
        try:
            yield ledger
        finally:
            ledger.close()


def _json(folders: Sequence[str]) -> str:
    return json.dumps(list(folders), ensure_ascii=False)
