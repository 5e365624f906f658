"""Runs the job once: reads new and changed files, writes their summaries, remembers what it did."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from summarizer import __version__
from summarizer.articles import SUFFIXES, read_articles
from summarizer.errors import ConfigError, InputError
from summarizer.job.ledger import ArticleRecord, FileRecord, Ledger, ledger_copy, open_ledger
from summarizer.languages import parse_tag
from summarizer.pipeline import Summarizer, parse_tags
from summarizer.publish import Claims, file_names, slug, sweep, write_summary
from summarizer.records import NO_USAGE, Article, NewsSummary, Outcome, Usage
from summarizer.settings import JournalSettings, Settings
from summarizer.stopping import Stopping
from summarizer.verdicts import errors_in

# Errors that speak of this moment and not of the text: the article is done again next time. A model that gave no answer
# of use may give one then.
_TRANSIENT = frozenset({"embargoed", "endpoint_unavailable", "output_invalid", "output_truncated", "translator_failed"})


@dataclass(frozen=True)
class Job:
    """What to run: every article file below `source`, into `output`, in the languages `to`."""

    source: Path
    output: Path
    to: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True)
class Tally:
    """Counts of articles in one run: `ok` (with the `flagged` among them), `held`, `failed`, left `unchanged`.

    `orphans` are the folders of earlier runs, sorted, whose article no file of the input holds any more. `left` counts
    the files that a run did not do to the end because it stopped early; such a run looks for no orphans. `usage` is
    what all requests cost, those of articles that failed included. `kept` counts what was repeated and stands as
    another model or other prompts wrote it, by model.
    """

    ok: int = 0
    flagged: int = 0
    held: int = 0
    failed: int = 0
    unchanged: int = 0
    orphans: tuple[str, ...] = ()
    left: int = 0
    usage: Usage = NO_USAGE
    kept: Mapping[str, int] = field(default_factory=dict)


class Edition(Protocol):
    """What writes: a summarizer, or what stands for one in a forecast."""

    def fingerprint(self) -> str:
        """What decides finished results besides settings and input."""

    def version(self) -> str:
        """What may decide better."""


class _Recipe(NamedTuple):
    """What decides results besides the file: `result` always, `version` where something may be better than before.

    Both are SHA-256; as a text it also says whether anything of the article was held.
    """

    result: str
    version: str
    journal: JournalSettings

    def text(self, *, held: bool) -> str:
        """What the ledger has of it."""
        return f"{self.result} {self.version} {'held' if held else 'done'}"

    def stands(self, text: str) -> bool:
        """Whether an article that was done by such a recipe need not be done again."""
        result, version, state = (*text.split(), "", "", "")[:3]
        if result != self.result or self.journal.fresh:
            return False
        if state == "held":
            return version == self.version and not self.journal.retry_held
        return version == self.version or not self.journal.upgrade


@dataclass
class _File:
    """One input file under way: `folders` of its articles, and how many of these are `waiting` for their result."""

    name: str
    digest: str
    folders: list[str] = field(default_factory=list)
    waiting: int = 0
    read_to_end: bool = False
    again: bool = False


async def run_job(job: Job, settings: Settings, report: Callable[[Outcome], None]) -> Tally:
    """Summarise what is new or changed since the last run, calling `report` for each article as it finishes.

    An article that fails, or whose translator, endpoint or model gave no answer of use, is tried again next time, and
    so is what a run leaves that stops because a setting is wrong, budget or quota are used up or the endpoint is
    down. Any other whose content, languages and settings are unchanged costs nothing, wherever in its file it stands.
    Of several articles with the same key the first wins, in the order of the file names, and the others fail. Nothing
    is deleted when an article vanishes.

    Raises:
        InputError: the folders or the tags cannot be used.
        ConfigError: the output folder cannot be written, or the ledger in it cannot be used.
        RunLocked: another run holds the output folder.
    """
    checked = _checked(job)
    with open_ledger(checked.output) as ledger:
        sweep(checked.output)
        return await _Run(checked, settings, ledger, report).run()


async def due_articles(job: Job, settings: Settings, edition: Edition) -> AsyncGenerator[Article | InputError, None]:
    """What a run would summarise now, with an error in the place of what cannot be read; nothing is written.

    `edition` is the summarizer that would work, or what stands for it.

    Raises:
        InputError: the folders or the tags cannot be used.
        ConfigError: the ledger in the output folder cannot be used.
    """
    checked = _checked(job)
    with ledger_copy(checked.output) as ledger:
        run = _Run(checked, settings, ledger, lambda _: None)
        recipe = await asyncio.to_thread(_recipe, checked, settings, edition)
        async with aclosing(run.due(recipe)) as articles:
            async for article in articles:
                yield article


def _checked(job: Job) -> Job:
    """The job with canonical tags.

    Raises:
        InputError: the folders or the tags cannot be used.
    """
    language = None if job.language is None else parse_tag(job.language)
    checked = Job(job.source, job.output, parse_tags(job.to), language)
    _check_folders(checked)
    return checked


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
        self._claims = Claims()
        self._failed: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._left = 0
        self._stopping = Stopping()

    async def run(self) -> Tally:
        async with Summarizer.from_settings(self._settings) as summarizer:
            recipe = await asyncio.to_thread(_recipe, self._job, self._settings, summarizer)
            async with aclosing(self.due(recipe)) as articles:
                stopped = await self._finish_all(summarizer, articles)
            usage, kept = summarizer.usage, summarizer.kept
        orphans = () if stopped else tuple(self._orphans())
        return Tally(**self._counts, orphans=orphans, left=self._left if stopped else 0, usage=usage, kept=kept)

    async def _finish_all(self, summarizer: Summarizer, articles: AsyncGenerator[Article | InputError, None]) -> bool:
        """Do the articles; whether that stopped early."""
        async with aclosing(summarizer.summarize_many(articles, to=self._job.to)) as outcomes:
            async for outcome in outcomes:
                self._finish(outcome)
                if self._stopping.after(outcome.error):
                    break
        return self._stopping.no_more

    async def due(self, recipe: _Recipe) -> AsyncGenerator[Article | InputError, None]:
        """The articles that are new or changed for a recipe, with an error in the place of what cannot be read.

        Only the reading itself happens in a thread, because results are written meanwhile.
        """
        self._recipe = recipe
        paths = await asyncio.to_thread(list, article_files(self._job.source))
        self._left = len(paths)
        for path in paths:
            if self._stopping.no_more:
                return
            name, articles = self._read(path)
            file = _File(name, await asyncio.to_thread(_file_digest, path))
            if self._is_unchanged(file):
                self._left -= 1
                continue
            self._ledger.forget_file(name)
            while (article := await asyncio.to_thread(next, articles, None)) is not None:
                if self._stopping.no_more:
                    return
                due = self._due(article, file)
                if due is not None:
                    file.waiting += 1
                    self._under_way[due.source] = file
                    yield due
            file.read_to_end = True
            self._remember(file)

    def _read(self, path: Path) -> tuple[str, Iterator[Article | InputError]]:
        """The name of a file in results, and what is in it."""
        name = path.relative_to(self._job.source).as_posix()
        try:
            name.encode()
        except UnicodeEncodeError:
            return ascii(name), iter([InputError(ascii(name), "the file name is not UTF-8")])
        return name, read_articles(path, language=self._job.language, source=name)

    def _is_unchanged(self, file: _File) -> bool:
        """Whether an earlier run did this very file with this very recipe, and all its results still stand."""
        before = self._ledger.file(file.name)
        if before is None or (before.digest, before.recipe) != (file.digest, self._recipe.result):
            return False
        entries = [self._ledger.article(folder) for folder in before.folders]
        if not all(entry and entry.path == file.name and self._stands(entry) for entry in entries):
            return False
        if any(folder in self._claims for folder in before.folders):
            return False
        for folder in before.folders:
            self._claims.claim(folder, file.name)
        self._counts["unchanged"] += len(before.folders)
        return True

    def _stands(self, entry: ArticleRecord) -> bool:
        """Whether an article is done by a recipe that still holds, and nothing that was written for it is missing."""
        home = self._job.output / entry.folder
        return (
            entry.digest != ""
            and self._recipe.stands(entry.recipe)
            and all((home / name).exists() for name in entry.names)
        )

    def _due(self, article: Article | InputError, file: _File) -> Article | InputError | None:
        """The article, unless it was done before; an error where another one has its key."""
        if isinstance(article, InputError):
            return article
        folder = slug(article.key)
        try:
            self._claims.claim(folder, article.source)
        except InputError as error:
            return error
        file.folders.append(folder)
        before = self._ledger.article(folder)
        if before is None or before.digest != _article_digest(article) or not self._stands(before):
            return article
        self._counts["unchanged"] += 1
        if before.path != file.name:
            self._ledger.record_article(before._replace(path=file.name))
        return None

    def _finish(self, outcome: Outcome) -> None:
        """Write, count and report one article; then its file, if that was the last of it."""
        file = self._under_way.pop(outcome.label)
        file.waiting -= 1
        if outcome.summary is None:
            file.again = True
            self._failed.add(file.name)
            self._counts["failed"] += 1
        else:
            assert isinstance(outcome.source, Article)
            self._publish(outcome.summary, outcome.source, file)
            self._counts["held" if outcome.summary.status == "held" else "ok"] += 1
            self._counts["flagged"] += outcome.summary.status == "flagged"
        self._report(outcome)
        self._remember(file)

    def _publish(self, summary: NewsSummary, article: Article, file: _File) -> None:
        """Write the article's folder; a run that is killed meanwhile leaves a row that says it is not done."""
        recipe = self._recipe.text(held="held" in summary.not_ok.values())
        entry = ArticleRecord(slug(article.key), file.name, "", recipe)
        self._ledger.record_article(entry)
        try:
            write_summary(summary, self._job.output)
        except OSError as error:
            raise ConfigError(f"{self._job.output}: cannot be written: {error.strerror}") from error
        if _is_transient(summary):
            file.again = True
        else:
            done = entry._replace(digest=_article_digest(article), names=file_names(summary))
            self._ledger.record_article(done)

    def _remember(self, file: _File) -> None:
        if not file.read_to_end or file.waiting:
            return
        self._left -= 1
        if not file.again:
            self._ledger.record_file(FileRecord(file.name, file.digest, self._recipe.result, tuple(file.folders)))

    def _orphans(self) -> Iterator[str]:
        """Folders without an article; one whose file failed may only be out of sight."""
        for folder, path in self._ledger.folders():
            if folder not in self._claims and path not in self._failed and (self._job.output / folder).exists():
                yield folder


def article_files(folder: Path) -> Iterator[Path]:
    """Every article file below a folder, sorted by path; hidden files and files named README are none."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix.lower() not in SUFFIXES or any(part.startswith(".") for part in parts):
            continue
        if path.stem.lower() != "readme" and path.is_file():
            yield path


def _is_transient(summary: NewsSummary) -> bool:
    translated = (found for translation in summary.translations.values() for found in translation.findings)
    return any(found.code in _TRANSIENT for found in errors_in((*summary.findings, *translated)))


def _file_digest(path: Path) -> str:
    """The SHA-256 of a file; empty for one that cannot be read, which the reader then reports."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _article_digest(article: Article) -> str:
    """The SHA-256 of text and metadata without `source`, so that a line above does not make an article new."""
    return hashlib.sha256(article.model_dump_json(exclude={"source"}).encode()).hexdigest()


def _recipe(job: Job, settings: Settings, edition: Edition) -> _Recipe:
    """Everything but the file that decides the result; a change of `result` makes every file new."""
    chosen = settings.model_dump(mode="json", include={"summary", "output"})
    parts = [__version__, edition.fingerprint(), sorted(job.to), job.language, chosen]
    result = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return _Recipe(result, hashlib.sha256(edition.version().encode()).hexdigest(), settings.journal)
