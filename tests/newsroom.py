"""A newsroom of one article, for the tests of the job and of what people see of it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import Settings, Summarizer
from summarizer.checks import finding
from summarizer.job import Job, Published, Tally, published_articles, run_job
from summarizer.publish import slug
from summarizer.records import Draft, Translation
from summarizer.testing import FakeEngine, fake_translation

KEY = "https://example.org/blast"
TEXT = (
    "An explosion at the harbour injured 12 people on Tuesday. The fire service needed four hours to put out the flames. "
    "The port reopened in the evening. Investigators look for the cause."
)
HOME = slug(KEY)


class Desk:
    """A newsroom of one article: a folder, its job, and a fake engine whose translations may be held."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.engine = FakeEngine(translate=self._translate)
        self.held: dict[str, str] = {}
        self.job: dict[str, Any] = {}
        self.edits: str | None = None
        self.publish: dict[str, Any] = {}
        (folder / "in").mkdir()
        monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(self.engine)))

    def _translate(self, draft: Draft, language: str) -> Translation:
        made = fake_translation(draft, language)
        if language not in self.held:
            return made
        return made.model_copy(update={"findings": (finding(self.held[language], "bullets[0]", "secret detail"),)})

    def article(self, text: str = TEXT, name: str = "a", **fields: Any) -> None:
        """What the source says now."""
        values = {"url": KEY if name == "a" else f"https://example.org/{name}", "language": "en", **fields}
        (self.folder / "in" / f"{name}.json").write_text(json.dumps({**values, "text": text}))

    @property
    def settings(self) -> Settings:
        """Those of the job, with the edits that were made."""
        job: dict[str, Any] = {"publish_gist": True, **self.job}
        if self.edits is not None:
            (self.folder / "edits.toml").write_text(self.edits)
            job["edits"] = self.folder / "edits.toml"
        return Settings.load(overrides={"job": job, "publish": self.publish})

    @property
    def task(self) -> Job:
        """The job."""
        return Job(self.folder / "in", self.folder / "out", ("es", "de"), desk=self.folder / "desk")

    def run(self) -> Tally:
        """One run; what the engine drafted is forgotten before."""
        self.engine.drafted.clear()
        return asyncio.run(run_job(self.task, self.settings, lambda _: None))

    def pages(self, key: str = KEY) -> set[str]:
        """The published languages."""
        return {path.stem for path in (self.folder / "out" / slug(key)).glob("*.md")}

    def page(self, language: str = "en", key: str = KEY) -> str:
        """A published page."""
        return (self.folder / "out" / slug(key) / f"{language}.md").read_text()

    def told(self) -> dict[str, Any]:
        """What the desk is told of the article."""
        found: dict[str, Any] = json.loads((self.folder / "desk" / HOME / "desk.json").read_text())
        return found

    def listed(self, key: str = KEY) -> Published:
        """What other writers see."""
        edits = self.folder / "edits.toml" if self.edits is not None else None
        return next(each for each in published_articles(self.folder / "out", edits) if each.key == key)
