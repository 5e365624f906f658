"""`summarizer job run` and `job watch`: what is new or changed, once or again and again."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from summarizer.cli.common import (
    Report,
    complain,
    engine_line,
    given_language,
    kept_lines,
    load_settings,
    note,
    run_line,
    status_line,
    warn,
)
from summarizer.cli.parser import overrides
from summarizer.cli.printable import printable
from summarizer.errors import ConfigError, EndpointError, RunLocked
from summarizer.job import Job, Tally, due_articles, next_due, run_job
from summarizer.records import Outcome
from summarizer.settings import Settings

_JOB_FILE = Path("job.toml")


def run(options: argparse.Namespace) -> int:
    """Run the job; the last line on stdout says what became of the articles."""
    use_job_file(options)
    if options.dry_run:
        return _plan(options)
    settings = load_settings(options)
    job = job_of(options, settings)
    note(engine_line(settings), quiet=options.quiet)
    if options.action == "run":
        return asyncio.run(_once(options, job, settings))
    return asyncio.run(_watch(options, job, settings))


def use_job_file(options: argparse.Namespace) -> None:
    """Take `job.toml` of this folder where neither a settings file nor folders are given, and say so."""
    folders = (getattr(options, "source", None), options.output)
    if options.config is None and not any(folders) and _JOB_FILE.is_file():
        options.config = _JOB_FILE
        note(f"settings: {_JOB_FILE}", quiet=getattr(options, "quiet", False))


def job_of(options: argparse.Namespace, settings: Settings) -> Job:
    """The job that options and settings describe.

    Raises:
        ConfigError: no folder to read from or to write into is named.
    """
    source = getattr(options, "source", None) or settings.job.input
    if source is None and not settings.job.source and options.action in {"run", "watch"}:
        raise ConfigError(
            "--in: name a folder, or set job.input or [[job.source]]; `summarizer job init` writes a start"
        )
    output = options.output or settings.job.output
    if output is None:
        raise ConfigError("--out: name a folder, or set job.output in the settings file")
    given = getattr(options, "to", None)
    return Job(
        source=source,
        output=output,
        to=settings.job.to if given is None else given,
        language=given_language(options) if hasattr(options, "language") else None,
        desk=settings.job.desk,
    )


async def _once(options: argparse.Namespace, job: Job, settings: Settings) -> int:
    async with _told_to_stop() as stop:
        return await _run(options, job, settings, stop)


async def _watch(options: argparse.Namespace, job: Job, settings: Settings) -> int:
    """Run until told to stop; 3 where that left something undone. Settings that are wrong end it."""
    every = options.every or settings.job.every_s
    async with _told_to_stop() as stop:
        while True:
            try:
                code = await _run(options, job, settings, stop)
            except (EndpointError, RunLocked) as error:
                complain(error)
                code = 0
            if stop.is_set() or code == ConfigError.exit_code:
                return code if code in {ConfigError.exit_code, EndpointError.exit_code} else 0
            wait = min(every, next_due(job.output) or every)
            try:
                async with asyncio.timeout(wait):
                    await stop.wait()
                return 0
            except TimeoutError:
                continue


@asynccontextmanager
async def _told_to_stop() -> AsyncIterator[asyncio.Event]:
    """An event that SIGTERM sets, as service managers send it."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    try:
        yield stop
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


async def _run(options: argparse.Namespace, job: Job, settings: Settings, stop: asyncio.Event) -> int:
    report = Report(options)
    progress = _Progress(options)

    def told(outcome: Outcome) -> None:
        progress.clear()
        if outcome.error is not None:
            report.failure(outcome.label, outcome.error)
        else:
            summary = outcome.result()
            report.summary(summary, progress.line(outcome))
        progress.show()

    try:
        tally = await run_job(job, settings, told, stop)
    finally:
        progress.clear()
    report.note_left(stopped=False)
    _tell(options, job, settings, tally)
    return EndpointError.exit_code if stop.is_set() and tally.stopped else report.exit_code


class _Progress:
    """On a terminal a line for people, with a count below that is taken away again; elsewhere one line of fields."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._live = sys.stderr.isatty() and not options.quiet
        self._done = 0

    def line(self, outcome: Outcome) -> str:
        """What is told of an article that was summarised."""
        summary = outcome.result()
        if self._live:
            return f"{summary.article.source} · {status_line(summary)}"
        states = {summary.language: summary.status, **{tag: t.status for tag, t in summary.translations.items()}}
        languages = ",".join(f"{tag}:{status}" for tag, status in states.items())
        usage = summary.provenance.usage
        counts = f"calls={usage.requests} in={usage.input_tokens} out={usage.output_tokens}"
        return f"article={_quoted(summary.article.source)} status={summary.status} languages={languages} {counts}"

    def show(self) -> None:
        """Count one more."""
        self._done += 1
        if self._live:
            print(f"\x1b[2m{self._done} done …\x1b[0m", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the count away."""
        if self._live and self._done:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _quoted(text: str) -> str:
    plain = printable(text).replace('"', "'")
    return f'"{plain}"' if " " in plain else plain


def _tell(options: argparse.Namespace, job: Job, settings: Settings, tally: Tally) -> None:
    for folder in tally.orphans:
        note(f"{job.output / folder}: its article is no longer in its source", quiet=options.quiet)
    for problem in tally.problems:
        warn(f"edits: {problem}")
    for name in tally.foreign:
        warn(f"{name}: was changed by somebody else, and is left as it is; move it away to have it written again")
    for line in kept_lines(tally.kept, settings.llm.model):
        note(line, quiet=options.quiet)
    if tally.usage.requests:
        note(run_line(tally.usage, settings), quiet=options.quiet)
    if tally.left:
        warn(f"stopped; {tally.left} of the files were not done, or not to the end: the next run does them")
    print(_tally_line(tally), flush=True)


def _plan(options: argparse.Namespace) -> int:
    """Say what the next run would take: new and changed articles alone; nothing is asked of the endpoint."""
    from summarizer.cli.dry_run import show
    from summarizer.forecast import Forecaster
    from summarizer.pipeline import Summarizer

    settings = Settings.load(options.config, overrides(options))
    job, forecaster = job_of(options, settings), Forecaster.from_settings(settings)
    edition = forecaster or Summarizer.from_settings(settings)
    return show(options, settings, due_articles(job, settings, edition), job.to, forecaster)


def _tally_line(tally: Tally) -> str:
    counts = (
        (tally.flagged, "flagged"),
        (tally.review, "in review"),
        (tally.waiting, "waiting"),
        (tally.skipped, "skipped"),
        (tally.withdrawn, "withdrawn"),
        (tally.unchanged, "unchanged"),
        (tally.restored, "restored"),
        (len(tally.orphans), "orphaned"),
    )
    extra = ", ".join(f"{count} {name}" for count, name in counts if count)
    return f"{tally.ok} ok · {tally.held} held · {tally.failed} failed" + (f" │ {extra}" if extra else "")
