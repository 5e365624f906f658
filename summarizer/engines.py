"""What every engine offers: the protocol between the pipeline and whatever writes and translates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, Protocol, Self, TypeAlias

from summarizer.errors import EndpointError
from summarizer.records import NO_USAGE, Article, Draft, EngineName, Finding, Translation, Usage

Names: TypeAlias = tuple[tuple[str, str], ...]
"""Names of a draft, each with the form that a translation has for it."""


@dataclass(frozen=True)
class Work:
    """What a step took: its usage, and the prompts that it used, as name → `1@sha256:…`.

    `made` is when the last answer in it came, as `moment` writes it; empty where nothing was asked.
    """

    usage: Usage = NO_USAGE
    prompts: Mapping[str, str] = field(default_factory=dict)
    made: str = ""

    @classmethod
    def in_vain(cls, error: EndpointError) -> Self:
        """What a step took that the endpoint did not answer."""
        return cls(error.usage or NO_USAGE)

    def __add__(self, other: Work) -> Work:
        """Both together."""
        return Work(self.usage + other.usage, {**self.prompts, **other.prompts}, max(self.made, other.made))


NO_WORK = Work()


def moment() -> str:
    """Now, RFC 3339 in UTC, to the second: such texts sort by time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Drafted(NamedTuple):
    """The outcome of a draft or of its repair: no draft where there is none, and then the findings say why.

    `coverage` is the share of the article's text that was read, 0 to 1.
    """

    draft: Draft | None
    findings: tuple[Finding, ...] = ()
    work: Work = NO_WORK
    coverage: float = 1.0


class Translated(NamedTuple):
    """The outcome of a translation or of its repair: a translation without a headline is held, and says why.

    `names` holds the names of the draft as this translation writes them.
    """

    translation: Translation
    names: Names = ()
    work: Work = NO_WORK


class Shortened(NamedTuple):
    """A shorter headline; None where there is none."""

    headline: str | None
    work: Work = NO_WORK


class NotKept(Exception):
    """No error: an engine of an earlier run would have to ask something that is not in the journal."""


class Chosen(NamedTuple):
    """The engine for one step; `kept` = as an earlier run finished that step, and it asks nothing."""

    engine: Engine
    kept: bool = False


class Engine(Protocol):
    """What writes and translates; checks, the decision to repair, assembly and output are shared by all engines."""

    @property
    def name(self) -> EngineName:
        """The kind of engine, as provenance shows it."""

    @property
    def model(self) -> str | None:
        """What writes the draft, as provenance shows it."""

    @property
    def endpoint(self) -> str | None:
        """The host that is asked, None where there is none."""

    @property
    def usage(self) -> Usage:
        """What all requests so far have cost, those of articles that failed included."""

    def articles_at_once(self, taken: Usage) -> int:
        """How many articles may be under way: enough to keep the engine busy, few enough for memory and budget.

        `taken` is the most that one took so far, nothing before the first is finished.
        """

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
        """The summary in the article's language."""

    def batches(self, draft: Draft, languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """These languages in batches: those of one are best translated together."""

    def plan_of(self, work: Work) -> str | None:
        """How the calls that some work took were cut, as provenance shows it."""

    async def translate(self, article: Article, draft: Draft, languages: Sequence[str]) -> tuple[Translated, ...]:
        """One translation per language, in the order given, with the engine's own findings.

        The languages are those of one batch, or one language alone.
        """

    async def repair_draft(self, article: Article, draft: Draft, findings: Sequence[Finding]) -> Drafted | None:
        """The draft with the lines that the findings name written anew; None from an engine that cannot."""

    async def repair_translation(
        self, article: Article, draft: Draft, translated: Translated, findings: Sequence[Finding]
    ) -> Translated | None:
        """The translation written anew, with the findings in mind; None from an engine that cannot."""

    async def shorten(
        self, article: Article, draft: Draft, headline: str, language: str, *, names: Names = ()
    ) -> Shortened | None:
        """A shorter form of a headline of this draft in a language; None from an engine that cannot.

        `names` holds the names of the draft as the other lines of a translation write them.
        """

    async def for_step(self, article: Article, language: str) -> Chosen:
        """The engine for a translation of the article, or for the summary itself (""): this one, unless it is done.

        One that is kept raises `NotKept` where the journal does not have what it needs.
        """

    async def finish(self, article: Article, held: Mapping[str, bool], made: str) -> str:
        """Keep how the steps ended that this engine did itself, by language; returns when the content was made.

        `made` is when the last answer came, empty where nothing was asked: such a result is as old as the first of its
        kind that is known.
        """

    def fingerprint(self) -> str:
        """What decides finished results besides settings and input: with another one they are made anew."""

    def version(self) -> str:
        """What may decide better: with another one held results are made anew, and finished ones where asked for."""

    async def aclose(self) -> None:
        """Release what the engine holds."""
