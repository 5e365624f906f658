"""What decides the results of a source besides its articles, and when something was done well enough."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from summarizer import __version__
from summarizer.job.handling import Handling
from summarizer.settings import JournalSettings, Settings


class Edition(Protocol):
    """What writes: a summarizer, or what stands for one in a forecast."""

    def fingerprint(self) -> str:
        """What decides finished results besides settings and input."""

    def version(self) -> str:
        """What may decide better."""


class Recipe(NamedTuple):
    """What decides results besides the article: `result` always, `version` where something may be better than before.

    Both are SHA-256; as a text it also says whether anything of the article was held, and whether a part of it was kept
    as another version wrote it.
    """

    result: str
    version: str
    journal: JournalSettings

    def text(self, *, held: bool = False, kept: bool = False) -> str:
        """What the ledger has of it."""
        return f"{self.result} {self.version} {'held' if held else 'done'}{' kept' if kept else ''}"

    def stands(self, text: str) -> bool:
        """Whether an article that was done by such a recipe need not be done again."""
        result, version, state, kept = (*text.split(), "", "", "", "")[:4]
        if result != self.result or self.journal.fresh:
            return False
        if self.journal.upgrade and (kept or version != self.version):
            return False
        return state != "held" or (version == self.version and not self.journal.retry_held)


def recipes_of(sources: Mapping[str, Handling], settings: Settings, edition: Edition) -> dict[str, Recipe]:
    """The recipe of each source."""
    version = hashlib.sha256(edition.version().encode()).hexdigest()
    fingerprint = edition.fingerprint()
    return {
        name: Recipe(_result(handling, settings, fingerprint), version, settings.journal)
        for name, handling in sources.items()
    }


def _result(handling: Handling, settings: Settings, fingerprint: str) -> str:
    """A digest of everything but the article that decides the result; a change of it makes every article new."""
    chosen = settings.model_dump(mode="json", include={"summary", "output"})
    parts = [__version__, fingerprint, sorted(handling.to), handling.language, chosen]
    own = [handling.origin.bullets] if handling.origin.bullets else []
    return hashlib.sha256(json.dumps([*parts, *own], sort_keys=True).encode()).hexdigest()
