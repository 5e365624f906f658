"""`summarizer job withdraw` and `job redo`: what a person asks between two runs."""

from __future__ import annotations

import argparse
import asyncio

from summarizer.cli.common import engine_line, load_settings, note, note_findings, status_line
from summarizer.cli.job import job_of, use_job_file
from summarizer.job.orders import redo, withdraw
from summarizer.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Take something back, or have it written anew; 1 where the new text is held."""
    use_job_file(options)
    if options.action == "withdraw":
        settings = Settings.load(options.config)
        entry = withdraw(job_of(options, settings), settings, options.key, options.lang, options.reason)
        left = f"still published: {', '.join(sorted(entry.live))}" if entry.live else "nothing of it is published"
        print(f"{entry.key} · withdrawn · {left}")
        return 0
    settings = load_settings(options)
    note(engine_line(settings))
    summary, entry, held = asyncio.run(
        redo(job_of(options, settings), settings, options.key, options.lang, options.because)
    )
    note(status_line(summary))
    if held:
        note_findings(summary)
    told = "the new text is held, nothing has changed" if held else f"version {entry.version}"
    print(f"{entry.key} · {told} · published: {', '.join(sorted(entry.live)) or 'nothing'}")
    return int(held)
