"""`summarizer job run`: a folder of articles, only what is new or changed."""

from __future__ import annotations

import argparse
import asyncio
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
from summarizer.errors import ConfigError
from summarizer.job import Job, Tally, due_articles, run_job
from summarizer.records import Outcome
from summarizer.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Run the job once; the last line on stdout says what became of the articles."""
    if options.dry_run:
        return _plan(options)
    settings = load_settings(options)
    job = _job(options, settings)
    report = Report(options)

    def told(outcome: Outcome) -> None:
        if outcome.error is not None:
            complain(outcome.error)
            report.failure(outcome.error)
        else:
            summary = outcome.result()
            report.summary(summary, f"{summary.article.source} · {status_line(summary)}")

    note(engine_line(settings), quiet=options.quiet)
    tally = asyncio.run(run_job(job, settings, told))
    for folder in tally.orphans:
        note(f"{job.output / folder}: its article is no longer in {job.source}", quiet=options.quiet)
    for line in kept_lines(tally.kept, settings.llm.model):
        note(line, quiet=options.quiet)
    if tally.usage.requests:
        note(run_line(tally.usage, settings), quiet=options.quiet)
    if tally.left:
        warn(f"stopped; {tally.left} of the files were not done, or not to the end: the next run does them")
    print(_tally_line(tally))
    return report.exit_code


def _job(options: argparse.Namespace, settings: Settings) -> Job:
    """The job that options and settings describe."""
    return Job(
        source=_folder(options.source or settings.job.input, "--in", "job.input"),
        output=_folder(options.output or settings.job.output, "--out", "job.output"),
        to=settings.job.to if options.to is None else options.to,
        language=given_language(options),
    )


def _plan(options: argparse.Namespace) -> int:
    """Say what the next run would take: new and changed articles alone; nothing is asked of the endpoint."""
    from summarizer.cli.dry_run import show
    from summarizer.forecast import Forecaster
    from summarizer.pipeline import Summarizer

    settings = Settings.load(options.config, overrides(options))
    job, forecaster = _job(options, settings), Forecaster.from_settings(settings)
    edition = forecaster or Summarizer.from_settings(settings)
    return show(options, settings, due_articles(job, settings, edition), job.to, forecaster)


def _tally_line(tally: Tally) -> str:
    counts = (tally.flagged, "flagged"), (tally.unchanged, "unchanged"), (len(tally.orphans), "orphaned")
    extra = ", ".join(f"{count} {name}" for count, name in counts if count)
    return f"{tally.ok} ok · {tally.held} held · {tally.failed} failed" + (f" │ {extra}" if extra else "")


def _folder(path: Path | None, flag: str, key: str) -> Path:
    if path is None:
        raise ConfigError(f"{flag}: name a folder, or set {key} in the settings file")
    return path
