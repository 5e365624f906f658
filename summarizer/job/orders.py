"""What a person asks of a job between two runs: to take something back, or to write a language anew."""

from __future__ import annotations

import difflib
from datetime import UTC, datetime
from typing import NamedTuple

from summarizer.errors import InputError
from summarizer.job.edits import read_edits
from summarizer.job.entries import ALL, Entry, Withdrawal
from summarizer.job.handling import Handling, handlings
from summarizer.job.ledger import Ledger, open_ledger
from summarizer.job.publisher import Publisher
from summarizer.job.publishing import Outlets
from summarizer.job.runner import Job
from summarizer.languages import parse_tag
from summarizer.pipeline import Summarizer
from summarizer.records import NewsSummary
from summarizer.settings import Settings


class Redone(NamedTuple):
    """What came of writing a language anew; a text that is `held` was not taken in, so the entry is what it was."""

    summary: NewsSummary
    entry: Entry
    held: bool


def withdraw(job: Job, settings: Settings, key: str, language: str | None, reason: str) -> Entry:
    """Take an article back, or one language of it, for good and without a call; `key` may also be its folder's name.

    Of a whole article the ledger keeps no text either.

    Raises:
        InputError: no article has this key, or it has no such language.
        ConfigError: the ledger, the edits or the folders cannot be used.
        RunLocked: a run is writing.
    """
    tag = ALL if language is None else parse_tag(language)
    with open_ledger(job.output) as ledger:
        entry = _found(ledger, key)
        version = ledger.version(entry.key, entry.version)
        if tag != ALL and version is not None:
            _check_language(entry, tag, version.summary)
        taken = Withdrawal(time=datetime.now(UTC).isoformat(timespec="seconds"), reason=reason)
        entry = entry.model_copy(update={"withdrawn": {**entry.withdrawn, tag: taken}, "pending": version is not None})
        ledger.record(entry)
        _publisher(ledger, job, settings).settle(entry, _handling(entry, settings, job))
        _outlets(job, settings).write()
        return ledger.entry(entry.key) or entry


async def redo(job: Job, settings: Settings, key: str, language: str, because: str) -> Redone:
    """Have one language of an article written anew, and tell the model what an editor found wrong with it.

    For the article's own language the translations follow, because they would no longer fit. Where the new text is held
    nothing changes: what was published stays.

    Raises:
        InputError: no article has this key, it has no such language, was taken back, or its text was not kept.
        ConfigError: the engine writes nothing anew, or the ledger, the edits or the folders cannot be used.
        RunLocked: a run is writing.
        EndpointError: the endpoint gave no answer.
    """
    tag = parse_tag(language)
    with open_ledger(job.output) as ledger:
        entry = _found(ledger, key)
        version = ledger.version(entry.key, entry.version)
        if entry.is_withdrawn or tag in entry.withdrawn:
            raise InputError(key, "was taken back, which is final")
        if version is None or version.article is None:
            raise InputError(key, "its text was not kept by an earlier release; the next change of it will do")
        _check_language(entry, tag, version.summary)
        async with Summarizer.from_settings(settings) as summarizer:
            summary = await summarizer.rewrite(version.article, version.whole, tag, because)
        if tag in summary.held or (tag == summary.language and summary.headline is None):
            return Redone(summary, entry, held=True)
        entry = entry.model_copy(update={"digest": entry.made, "state": "done"})
        _publisher(ledger, job, settings).adopt(
            entry, version.article, summary, _handling(entry, settings, job), content=""
        )
        _outlets(job, settings).write()
        return Redone(summary, ledger.entry(entry.key) or entry, held=False)


def _found(ledger: Ledger, key: str) -> Entry:
    entry = ledger.entry(key) or ledger.entry_in(key)
    if entry is None:
        known = [name for each in ledger.entries() for name in (each.key, each.folder)]
        near = difflib.get_close_matches(key, known, n=2, cutoff=0.6)
        raise InputError(key, "no article has this key" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    return entry


def _check_language(entry: Entry, tag: str, summary: NewsSummary) -> None:
    known = {summary.language, *summary.translations, *entry.live}
    if tag not in known:
        raise InputError(entry.key, f"has no text in {tag}; it has {', '.join(sorted(known))}")


def _publisher(ledger: Ledger, job: Job, settings: Settings) -> Publisher:
    return Publisher(ledger, job.output, job.desk_folder, read_edits(settings.job.edits))


def _outlets(job: Job, settings: Settings) -> Outlets:
    sources = handlings(settings.job, None, (), None) if settings.job.source else ()
    return Outlets(settings, job.output, job.desk_folder, sources)


def _handling(entry: Entry, settings: Settings, job: Job) -> Handling:
    """How the article is handled; by the rules of the job where its source is gone or has no name."""
    named = handlings(settings.job, None, (), None) if settings.job.source else []
    found = next((each for each in named if each.name == entry.source), None)
    return found or handlings(settings.job, job.output, (), None)[0]
