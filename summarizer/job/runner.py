"""Runs the job once: reads new and changed files, writes their summaries, remembers what it did."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

from summarizer import __version__
from summarizer.articles import SUFFIXES, read_articles
from summarizer.errors import InputError
from summarizer.job.ledger import FileRecord, Ledger, open_ledger
from summarizer.pipeline import Summarizer, parse_tags
from summarizer.publish import write_summary
from summarizer.records import Article, Outcome
from summarizer.settings import Settings


@dataclass(frozen=True)
class Job:
    """What to run: every article file below `source`, into `output`, in the languages `to`."""

    source: Path
    output: Path
    to: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True)
class Tally:
    """Counts of one run: articles `ok` (with the `flagged` among them), `held`, `failed`; files left `unchanged`."""

    ok: int = 0
    flagged: int = 0
    held: int = 0
    failed: int = 0
    unchanged: int = 0


@dataclass
class _File:
    """One input file under way."""

    name: str
    digest: str
    articles: int = 0
    finished: int = 0
    read_to_end: bool = False
    failed: bool = False
    folders: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return self.read_to_end and self.finished == self.articles


async def run_job(job: Job, settings: Settings, report: Callable[[Outcome], None]) -> Tally:
    """Summarise what is new or changed since the last run, calling `report` for each article as it finishes.

    A file that fails is tried again next time; a file whose text, languages and settings are unchanged costs nothing.

    Raises:
        InputError: the folders or the tags cannot be used.
        RunLocked: another run holds the output folder.
        OSError: the output folder cannot be written.
    """
    checked = Job(job.source, job.output, parse_tags(job.to), job.language)
    _check_folders(checked)
    with open_ledger(checked.output) as ledger:
        return await _Run(checked, settings, ledger, report).run()


def _check_folders(job: Job) -> None:
    if not job.source.is_dir():
        raise InputError(str(job.source), "no such folder; --in names the folder that holds the articles")
    if job.output.resolve().is_relative_to(job.source.resolve()):
        raise InputError(str(job.output), f"lies inside {job.source}, so its pages would be read as articles")


class _Run:
    def __init__(self, job: Job, settings: Settings, ledger: Ledger, report: Callable[[Outcome], None]) -> None:
        self._job = job
        self._settings = settings
        self._ledger = ledger
        self._report = report
        self._under_way: dict[str, _File] = {}
        self._counts: Counter[str] = Counter()

    async def run(self) -> Tally:
        async with Summarizer.from_settings(self._settings) as summarizer:
            self._recipe = _recipe(self._job, self._settings, summarizer.fingerprint())
            async with aclosing(summarizer.summarize_many(self._articles(), to=self._job.to)) as outcomes:
                async for outcome in outcomes:
                    self._finish(outcome)
        return Tally(**self._counts)

    def _articles(self) -> Iterator[Article | InputError]:
        """What new and changed files hold, with an error in the place of what cannot be read."""
        for path in article_files(self._job.source):
            name = path.relative_to(self._job.source).as_posix()
            file = _File(name, _digest(path))
            if self._is_unchanged(file):
                self._counts["unchanged"] += 1
                continue
            for article in read_articles(path, language=self._job.language, source=name):
                file.articles += 1
                self._under_way[article.source] = file
                yield article
            file.read_to_end = True
            self._remember(file)

    def _is_unchanged(self, file: _File) -> bool:
        """Whether the last run did this very file with this very recipe, and its results still stand."""
        before = self._ledger.find(file.name)
        if before is None or not before.done or (before.digest, before.recipe) != (file.digest, self._recipe):
            return False
        return all((self._job.output / folder / "summary.json").exists() for folder in before.folders)

    def _finish(self, outcome: Outcome) -> None:
        """Write, count and report one article; then its file, if that was the last of it."""
        file = self._under_way.pop(
            outcome.source.source if isinstance(outcome.source, Article) else str(outcome.source)
        )
        file.finished += 1
        if outcome.summary is None:
            file.failed = True
            self._counts["failed"] += 1
        else:
            file.folders.append(write_summary(outcome.summary, self._job.output).name)
            self._counts["held" if outcome.summary.status == "held" else "ok"] += 1
            self._counts["flagged"] += outcome.summary.status == "flagged"
        self._report(outcome)
        self._remember(file)

    def _remember(self, file: _File) -> None:
        if file.complete:
            folders = tuple(sorted(set(file.folders)))
            self._ledger.record(FileRecord(file.name, file.digest, self._recipe, not file.failed, folders))


def article_files(folder: Path) -> Iterator[Path]:
    """Every article file below a folder, sorted by path; hidden files and files named README are none."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix.lower() not in SUFFIXES or any(part.startswith(".") for part in parts):
            continue
        if path.stem.lower() != "readme" and path.is_file():
            yield path


def _digest(path: Path) -> str:
    """The SHA-256 of a file; empty for one that cannot be read, which the reader then reports."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _recipe(job: Job, settings: Settings, engine: str) -> str:
    """A digest of everything but the file that decides the result; a change of it makes every file new."""
    chosen = settings.model_dump(mode="json", include={"summary", "output"})
    parts = [__version__, engine, sorted(job.to), job.language, chosen]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
