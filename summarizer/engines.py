"""What every engine offers: the protocol between the pipeline and whatever writes and translates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeAlias

from summarizer.records import NO_USAGE, Article, Draft, EngineName, Finding, Translation, Usage

Names: TypeAlias = tuple[tuple[str, str], ...]
"""Names of a draft, each with the form that a translation has for it."""


@dataclass(frozen=True)
class Work:
    """What a step took: its usage, and the prompts that it used, as name → `1@sha256:…`."""

    usage: Usage = NO_USAGE
    prompts: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: Work) -> Work:
        """Both together."""
        return Work(self.usage + other.usage, {**self.prompts, **other.prompts})


NO_WORK = Work()


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


class Plan(NamedTuple):
    """How an article is translated: the languages of a batch are asked for together; provenance shows the name."""

    name: str | None
    batches: tuple[tuple[str, ...], ...]

    @classmethod
    def one_by_one(cls, name: str | None, languages: Iterable[str]) -> Plan:
        """Each language by itself."""
        return cls(name, tuple((language,) for language in languages))


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
    def articles_at_once(self) -> int:
        """How many articles may be under way: enough to keep the engine busy, few enough for the memory."""

    @property
    def usage(self) -> Usage:
        """What all requests so far have cost, those of articles that failed included."""

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
        """The summary in the article's language."""

    def plan(self, draft: Draft | None, languages: Sequence[str]) -> Plan:
        """How a draft, None where there is none, is to be translated into these languages."""

    async def translate(self, article: Article, draft: Draft, languages: Sequence[str]) -> tuple[Translated, ...]:
        """One translation per language, in the order given, with the engine's own findings.

        The languages are those of one batch of a plan, or one language alone.
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

    def fingerprint(self) -> str:
        """What decides the results besides settings and input; equal fingerprints give equal results."""

    async def aclose(self) -> None:
        """Release what the engine holds."""
