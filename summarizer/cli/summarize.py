"""`summarizer summarize`: articles in, each answered as it finishes."""

from __future__ import annotations

import argparse
import asyncio
import shlex
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing

from summarizer.cli.common import (
    STDIN,
    Report,
    article_line,
    articles_of,
    engine_line,
    given_language,
    is_url,
    kept_lines,
    load_settings,
    note,
    reject_folder,
    run_line,
    status_line,
)
from summarizer.cli.outputs import Output, TextOutput, choose_output
from summarizer.cli.parser import overrides
from summarizer.concurrency import in_thread
from summarizer.engine_choice import choose_engine
from summarizer.errors import InputError, PageError, SummarizerError
from summarizer.fetch import Fetcher, page_article
from summarizer.pipeline import Summarizer, parse_tags
from summarizer.records import NO_USAGE, Article, Outcome
from summarizer.settings import FetchSettings, Settings
from summarizer.stopping import Stopping


def run(options: argparse.Namespace) -> int:
    """Summarise every file; what cannot be summarised is reported and does not stop the others."""
    files = _files(options)
    if options.dry_run:
        return _plan(options, files)
    settings = load_settings(options)
    if options.no_article_text:
        settings = settings.model_copy(update={"output": settings.output.model_copy(update={"article_text": False})})
    languages = parse_tags(options.to or ())
    note(engine_line(settings), quiet=options.quiet)
    return asyncio.run(_run(options, settings, _Intake(files, given_language(options), settings.fetch), languages))


def _plan(options: argparse.Namespace, files: list[str]) -> int:
    """Say what it would take; nothing is asked of the endpoint, not even for its models."""
    from summarizer.cli.dry_run import show
    from summarizer.forecast import Forecaster

    settings = Settings.load(options.config, overrides(options))
    languages, intake = parse_tags(options.to or ()), _Intake(files, given_language(options), settings.fetch)
    return show(options, settings, intake.articles(), languages, Forecaster.from_settings(settings))


def _files(options: argparse.Namespace) -> list[str]:
    """The arguments, `-` for piped standard input without any.

    Raises:
        InputError: nothing to read, a folder, or options that contradict each other.
    """
    if options.out is not None and options.format is not None:
        raise InputError(
            "--out", f"writes Markdown and JSON files, so --format {options.format} has no place beside it"
        )
    for name in options.files:
        reject_folder(name)
    if options.files:
        return list(options.files)
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError("FILE", "name a file, or pipe an article in")
    return [STDIN]


class _Intake:
    """The articles of files and addresses, one after the other, and what a run that ends early has left of them."""

    def __init__(self, files: list[str], language: str | None, settings: FetchSettings) -> None:
        self._unread = files
        self._language = language
        self._settings = settings
        self._under_way: dict[str, None] = {}
        self._last = ""

    async def articles(self) -> AsyncGenerator[Article | InputError, None]:
        """The articles; files are read in a thread, because results are written meanwhile."""
        async with Fetcher(self._settings) as fetcher:
            while self._unread:
                name = self._unread[0]
                if is_url(name):
                    yield self._begun(await _fetched(fetcher, name, self._language))
                else:
                    async with aclosing(in_thread(articles_of(name, self._language))) as articles:
                        async for article in articles:
                            yield self._begun(article)
                del self._unread[0]

    async def wanted(self, stopping: Stopping) -> AsyncGenerator[Article | InputError, None]:
        """The articles until nothing new is to begin."""
        async with aclosing(self.articles()) as articles:
            async for article in articles:
                if stopping.no_more:
                    return
                yield article

    def done(self, label: str) -> None:
        """Note that an article is not under way any more."""
        self._under_way.pop(label, None)

    @property
    def left(self) -> list[str]:
        """The articles that are under way, and the files and addresses that were not read to their end."""
        unread = self._unread[1:] if self._unread[:1] == [self._last] else self._unread  # was its only article
        return [*self._under_way, *unread]

    def _begun(self, article: Article | InputError) -> Article | InputError:
        self._last = article.source
        self._under_way[article.source] = None
        return article


async def _fetched(fetcher: Fetcher, url: str, language: str | None) -> Article | InputError:
    try:
        answer = await fetcher.get(url, "page")
    except PageError as error:
        return error
    return await asyncio.to_thread(page_article, answer, url, language)


async def _run(options: argparse.Namespace, settings: Settings, intake: _Intake, languages: tuple[str, ...]) -> int:
    """The exit code of all that was done."""
    output = choose_output(options)
    report = Report(options)
    stopping, counted, held = Stopping(), NO_USAGE, list[str]()
    async with (
        Summarizer.from_settings(settings) as summarizer,
        aclosing(intake.wanted(stopping)) as articles,
        aclosing(summarizer.summarize_many(articles, to=languages)) as outcomes,
    ):
        try:
            async for outcome in outcomes:
                intake.done(outcome.label)
                put = outcome if outcome.error else _put_out(outcome, output, report, quiet=options.quiet)
                if put.error is None:
                    counted += put.result().provenance.usage
                    held += [put.label] if put.result().held else []
                else:
                    report.failure(put.label, put.error)
                    output.failure(put.key, put.error)
                if stopping.after(put):
                    break
        finally:
            output.finish()
    report.note_left(intake.left if stopping.no_more else (), stopped=stopping.no_more)
    if summarizer.usage != counted:  # of what failed no summary tells
        note(run_line(summarizer.usage, settings), quiet=options.quiet)
    for line in kept_lines(summarizer.kept, settings.llm.model):
        note(line, quiet=options.quiet)
    if held and isinstance(output, TextOutput) and not options.show_held:
        _note_held(options, settings, held)
    return report.exit_code_of_few


def _note_held(options: argparse.Namespace, settings: Settings, labels: list[str]) -> None:
    """Say how to look at what was held; from the journal, or offline, that takes no call."""
    files = [name for name in options.files if name != STDIN and any(_is_from(label, name) for label in labels)]
    is_free = choose_engine(settings)[0] == "offline" or (settings.journal.enabled and settings.state is not None)
    if files and is_free:
        again = _given(options, files)
        note(f"look at it: summarizer summarize {shlex.join(again)} --show-held  (0 calls)", quiet=options.quiet)


def _is_from(label: str, file: str) -> bool:
    """Whether an article came from a file, which may hold several."""
    return label == file or label.startswith(f"{file}:")


def _given(options: argparse.Namespace, files: list[str]) -> list[str]:
    """The arguments that give the same results for these files."""
    names = ("language", "from"), ("engine", "engine"), ("model", "model"), ("base_url", "base-url"), ("gguf", "gguf")
    flags = [("to", ",".join(options.to or ()) or None)]
    flags += [(flag, getattr(options, name)) for name, flag in (*names, ("config", "config"))]
    return [*files, *(part for flag, value in flags if value is not None for part in (f"--{flag}", str(value)))]


def _put_out(outcome: Outcome, output: Output, report: Report, *, quiet: bool) -> Outcome:
    """Show a summary, with what was read and what it cost on stderr; what came of that, which may be an error."""
    summary = outcome.result()
    if isinstance(outcome.source, Article):
        note(article_line(outcome.source), quiet=quiet)
    try:
        output.summary(summary)
    except SummarizerError as error:
        return Outcome(outcome.source, outcome.key, None, error)
    report.summary(summary, status_line(summary))
    return outcome
