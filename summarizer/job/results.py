"""What a run tells its caller: counts, and a report on each article it touched."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from summarizer import __version__
from summarizer.publish import write_atomically
from summarizer.records import NO_USAGE, Outcome, Usage

_RUNS = "runs"
_RUNS_KEPT = 200


@dataclass(frozen=True)
class Tally:
    """Counts of articles in one run: `ok` (with the `flagged` among them), `held`, `failed`, left `unchanged`.

    `review` counts languages that wait for a person; `waiting` changed articles that settle, or whose next attempt is
    not due; `skipped` those that are not wanted, `withdrawn` those that were taken back. `restored` counts files that
    were written anew without a call. `foreign` are files that somebody else changed, which were left alone. `orphans`
    are the folders of earlier runs, sorted, whose article no file of the input holds any more. `left` counts the files
    that a run did not do to the end because it `stopped` early; such a run looks for no orphans. `usage` is what all
    requests cost, those of articles that failed included. `kept` counts what was repeated and stands as another model
    or other prompts wrote it, by model.
    """

    ok: int = 0
    flagged: int = 0
    held: int = 0
    failed: int = 0
    unchanged: int = 0
    review: int = 0
    waiting: int = 0
    skipped: int = 0
    withdrawn: int = 0
    restored: int = 0
    foreign: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    left: int = 0
    stopped: bool = False
    usage: Usage = NO_USAGE
    kept: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ArticleStatus:
    """Where one article stands: `live` has its published languages, `due` when it is tried again, "" for next time."""

    key: str
    state: str
    reason: str
    live: tuple[str, ...]
    review: tuple[str, ...]
    withdrawn: tuple[str, ...]
    stale: bool
    attempts: int
    due: str


@dataclass
class Manifest:
    """What a run did, article by article: a JSON file in the desk folder."""

    started: datetime
    engine: str
    counts: Counter[str] = field(default_factory=Counter)
    articles: list[Mapping[str, Any]] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def outcome(self, outcome: Outcome, verdicts: Mapping[str, str], reasons: Mapping[str, str]) -> None:
        """Note an article that was summarised, or failed."""
        if outcome.summary is None:
            error = {"type": type(outcome.error).__name__, "message": str(outcome.error)}
            self.articles.append({"key": outcome.key, "source": outcome.label, "status": "failed", "error": error})
            return
        summary = outcome.summary
        statuses = {tag: each.status for tag, each in summary.translations.items()} | {summary.language: summary.status}
        found = {tag: each.findings for tag, each in summary.translations.items()} | {
            summary.language: summary.findings
        }
        languages = {
            tag: {
                "status": status,
                "verdict": verdicts.get(tag),
                "reason": reasons.get(tag) or None,
                "findings": sorted({finding.code for finding in found[tag]}),
            }
            for tag, status in statuses.items()
        }
        made = summary.provenance
        self.articles.append(
            {
                "key": summary.article.key,
                "source": summary.article.source,
                "revision": summary.article.revision,
                "status": summary.status,
                "languages": languages,
                "checks": made.checks.model_dump(mode="json"),
                "coverage": made.coverage,
                "usage": made.usage.model_dump(),
            }
        )

    def note(self, key: str, status: str, reason: str) -> None:
        """Note what became of an article without a summary."""
        self.articles.append({"key": key, "status": status, "reason": reason})

    def write(self, desk: Path, tally: Tally, now: datetime) -> None:
        """Write the file, and remove those of runs long ago.

        Raises:
            OSError: the folder cannot be written.
        """
        told = {
            "version": __version__,
            "started": self.started.isoformat(timespec="seconds"),
            "finished": now.isoformat(timespec="seconds"),
            "engine": self.engine,
            "stopped": tally.stopped,
            "counts": {name: getattr(tally, name) for name in _COUNTS},
            "usage": tally.usage.model_dump(),
            "foreign_files": sorted(tally.foreign),
            "problems": list(tally.problems),
            "orphans": list(tally.orphans),
            "articles": self.articles,
        }
        folder = desk / _RUNS
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.started:%Y%m%dT%H%M%S.%f}Z.json"
        write_atomically(folder / name, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        for old in sorted(folder.glob("*Z.json"))[:-_RUNS_KEPT]:
            old.unlink(missing_ok=True)


_COUNTS = (
    "ok",
    "flagged",
    "held",
    "failed",
    "unchanged",
    "review",
    "waiting",
    "skipped",
    "withdrawn",
    "restored",
    "left",
)
