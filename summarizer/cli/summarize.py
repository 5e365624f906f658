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
    warn,
)
from summarizer.cli.outputs import Output, TextOutput, choose_output
from summarizer.cli.parser import overrides
from summarizer.engine_choice import choose_engine
from summarizer.errors import BudgetExceeded, InputError, PageError, SummarizerError
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
    return asyncio.run(_run(options, settings, _read(files, given_language(options), settings.fetch), languages))


def _plan(options: argparse.Namespace, files: list[str]) -> int:
    """Say what it would take; nothing is asked of the endpoint, not even for its models."""
    from summarizer.cli.dry_run import show
    from summarizer.forecast import Forecaster

    settings = Settings.load(options.config, overrides(options))
    languages, articles = parse_tags(options.to or ()), _read(files, given_language(options), settings.fetch)
    return show(options, settings, articles, languages, Forecaster.from_settings(settings))


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


async def _read(
    files: list[str], language: str | None, settings: FetchSettings
) -> AsyncGenerator[Article | InputError, None]:
    """The articles of files and addresses; files are read in a thread, because results are written meanwhile."""
    async with Fetcher(settings) as fetcher:
        for name in files:
            if is_url(name):
                yield await _fetched(fetcher, name, language)
            else:
                articles = articles_of(name, language)
                while (article := await asyncio.to_thread(next, articles, None)) is not None:
                    yield article


async def _fetched(fetcher: Fetcher, url: str, language: str | None) -> Article | InputError:
    try:
        answer = await fetcher.get(url, "page")
    except PageError as error:
        return error
    return await asyncio.to_thread(page_article, answer, url, language)


async def _run(
    options: argparse.Namespace,
    settings: Settings,
    articles: AsyncGenerator[Article | InputError, None],
    languages: tuple[str, ...],
) -> int:
    """The exit code of all that was done."""
    output = choose_output(options)
    report = Report(options)
    stopping, answered, counted, held = Stopping(), set[str](), NO_USAGE, list[str]()
    async with (
        Summarizer.from_settings(settings) as summarizer,
        aclosing(articles),
        aclosing(summarizer.summarize_many(_while_wanted(articles, stopping), to=languages)) as outcomes,
    ):
        try:
            async for outcome in outcomes:
                if not isinstance(outcome.error, BudgetExceeded):
                    answered.add(outcome.label)
                error = outcome.error or _put_out(outcome, output, report, quiet=options.quiet)
                if error is None:
                    counted += outcome.result().provenance.usage
                    held += [outcome.label] if outcome.result().held else []
                else:
                    report.failure(error)
                    output.failure(outcome.key, error)
                if stopping.after(error):
                    break
        finally:
            output.finish()
    if stopping.no_more:
        _note_left([name for name in options.files if name not in answered])
    if summarizer.usage != counted:  # of what failed no summary tells
        note(run_line(summarizer.usage, settings), quiet=options.quiet)
    for line in kept_lines(summarizer.kept, settings.llm.model):
        note(line, quiet=options.quiet)
    if held and isinstance(output, TextOutput) and not options.show_held:
        _note_held(options, settings, held)
    return report.exit_code_of_few


async def _while_wanted(
    articles: AsyncGenerator[Article | InputError, None], stopping: Stopping
) -> AsyncGenerator[Article | InputError, None]:
    """The articles until nothing new is to begin."""
    async for article in articles:
        if stopping.no_more:
            return
        yield article


def _note_left(names: list[str]) -> None:
    """Say what a run that stops early leaves."""
    if names:
        warn(f"stopped; not done, or not to the end: {', '.join(names)}")


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


def _put_out(outcome: Outcome, output: Output, report: Report, *, quiet: bool) -> SummarizerError | None:
    """Show a summary, with what was read and what it cost on stderr; the error where it cannot be put out."""
    summary = outcome.result()
    if isinstance(outcome.source, Article):
        note(article_line(outcome.source), quiet=quiet)
    try:
        output.summary(summary)
    except SummarizerError as error:
        return error
    report.summary(summary, status_line(summary))
    return None
