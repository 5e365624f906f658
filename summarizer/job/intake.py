"""What a source holds: batches of articles, a file each or a feed, read one after the other and only when needed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from summarizer.articles import SUFFIXES, read_articles
from summarizer.concurrency import in_thread
from summarizer.errors import InputError
from summarizer.job.handling import Handling
from summarizer.records import Article


class Known(NamedTuple):
    """An article that its source says has not changed; `folder` is where it was published."""

    folder: str


class Gone(NamedTuple):
    """A published article that its source no longer shows, or shows to nobody; a person has to look."""

    folder: str
    reason: str


class Skipped(NamedTuple):
    """An article that is not wanted, and why; `key` is what it would be known by."""

    key: str
    reason: str


class NotYet(NamedTuple):
    """An address that has to wait, because it failed before or asked for it."""

    url: str


Arrival: TypeAlias = Article | InputError | Known | Gone | Skipped | NotYet


@dataclass
class Batch:
    """One file or feed under way: `folders` of its articles, and how many of these are `waiting` for their result.

    `digest` tells whether it is what it was; `again` whether something in it has to be done again next time.
    """

    name: str
    handling: Handling
    digest: str
    articles: Callable[[], AsyncGenerator[Arrival, None]]
    folders: list[str] = field(default_factory=list)
    waiting: int = 0
    read_to_end: bool = False
    again: bool = False


def named(handling: Handling, name: str) -> str:
    """A name within a source as the whole job knows it."""
    return f"{handling.name}/{name}" if handling.name else name


async def file_batches(handling: Handling, files: list[Path]) -> AsyncGenerator[Batch, None]:
    """A batch for each file of a source; only the reading itself happens in a thread."""
    for path in files:
        name, articles = _read(handling, path)
        yield Batch(name, handling, await asyncio.to_thread(_file_digest, path), partial(in_thread, articles))


def files_of(handling: Handling) -> list[Path]:
    """The files of a source, sorted; none for one that is no folder or file.

    Raises:
        InputError: the folder or file is not there.
    """
    folder, lines = handling.origin.folder, handling.origin.lines
    if lines is not None:
        if not lines.is_file():
            raise InputError(str(lines), f"no such file; the source {handling.name} names it")
        return [lines]
    if folder is None:
        return []
    if not folder.is_dir():
        told = (
            f"the source {handling.name} names it" if handling.name else "--in names the folder that holds the articles"
        )
        raise InputError(str(folder), f"no such folder; {told}")
    return list(article_files(folder))


def article_files(folder: Path) -> Iterator[Path]:
    """Every article file below a folder, sorted by path; hidden files and files named README are none."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix.lower() not in SUFFIXES or any(part.startswith(".") for part in parts):
            continue
        if path.stem.lower() != "readme" and path.is_file():
            yield path


def _read(handling: Handling, path: Path) -> tuple[str, Iterator[Article | InputError]]:
    """The name of a file in results, and what is in it."""
    relative = path.relative_to(handling.origin.folder) if handling.origin.folder else Path(path.name)
    name = named(handling, relative.as_posix())
    try:
        name.encode()
    except UnicodeEncodeError:
        return ascii(name), iter([InputError(ascii(name), "the file name is not UTF-8")])
    return name, read_articles(path, language=handling.language, source=name)


def _file_digest(path: Path) -> str:
    """The SHA-256 of a file; empty for one that cannot be read, which the reader then reports."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
