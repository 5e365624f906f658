"""The frozen values that travel between the modules, and the JSON contract (`schema_version` "1")."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from summarizer.errors import SummarizerError

Status = Literal["ok", "flagged", "held"]
Severity = Literal["error", "warning"]
Direction = Literal["ltr", "rtl"]
EngineName = Literal["llm", "offline"]

_BULLET = re.compile(r"bullets\[(\d+)\]")


class Record(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, json_schema_serialization_defaults_required=True
    )


class Finding(Record):
    """What a check or a reader noticed.

    `code` is one of `summarizer.checks.CODES`; `where` is a path in the summary, such as
    `bullets[1]` (0-based), `headline` or `article`. `found` is a short passage or a figure and never a whole line,
    because findings are shown where held lines are not.
    """

    code: str
    severity: Severity
    where: str
    detail: str
    expected: str | None = None
    found: str | None = None

    @property
    def line(self) -> int | None:
        """The line that this is about: 0 is the headline, 1 the first bullet; None for the whole or something else."""
        return line_of(self.where)


def line_of(where: str) -> int | None:
    """The line that a path names, as people and prompts count: 0 for `headline`, 2 for `bullets[1]`, else None."""
    if where == "headline":
        return 0
    match = _BULLET.fullmatch(where)
    return int(match[1]) + 1 if match else None


def bullet_place(index: int) -> str:
    """The path of the bullet with this index, from 0."""
    return f"bullets[{index}]"


class Sentence(Record):
    """One sentence of an article: `number` is 1-based, `start` and `end` are code points of `Article.text`."""

    number: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class Evidence(Record):
    """A passage of the article that carries a line: `article.text[start:end] == text`, in code points."""

    sentence: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str


class Article(Record):
    """One cleaned, language-tagged article with its numbered sentences.

    `key` names the article for ever: its URL, else its id, else its path, and where a text has none of them its `id`.
    `id` is the SHA-256 of `text`; `language` a BCP 47 tag; the dates are ISO 8601 as the source gave them. The title is
    no sentence and stands nowhere in `text`; a dateline stays in `text`, before the first sentence.
    `not_news` says why there is nothing to summarise (an error page, a live blog), and is None for news;
    `dropped_lines` counts the lines of boilerplate that were left out. `notices` are what the source says about the
    article: `correction`, `embargo` (in its text, whether or not `embargoed_until` has a time), `sponsored`.
    """

    key: str
    source: str
    language: str
    text: str
    sentences: tuple[Sentence, ...]
    revision: int = Field(default=1, ge=1)
    url: str | None = None
    title: str | None = None
    dateline: str | None = None
    publisher: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    embargoed_until: str | None = None
    rights: str | None = None
    not_news: str | None = None
    dropped_lines: int = Field(default=0, ge=0)
    notices: tuple[Literal["correction", "embargo", "sponsored"], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The SHA-256 of the cleaned text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def sentence_texts(self) -> tuple[str, ...]:
        """The sentences' texts, in order."""
        return tuple(self.text[sentence.start : sentence.end] for sentence in self.sentences)

    def evidence(self, numbers: Iterable[int]) -> tuple[Evidence, ...]:
        """The evidence for sentence numbers (1-based), in the order given."""
        chosen = (self.sentences[number - 1] for number in numbers)
        return tuple(
            Evidence(sentence=s.number, start=s.start, end=s.end, text=self.text[s.start : s.end]) for s in chosen
        )


class Bullet(Record):
    """One line of the summary and the sentences that carry it."""

    text: str
    evidence: tuple[Evidence, ...]


class Draft(Record):
    """The summary in the article's own language, before it is assembled; `names` are those in it, as it writes them."""

    language: str
    headline: str
    headline_evidence: tuple[Evidence, ...]
    bullets: tuple[Bullet, ...]
    names: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The headline, then the bullets."""
        return self.headline, *(bullet.text for bullet in self.bullets)

    @property
    def source_hash(self) -> str:
        """`sha256:` and the digest of the canonical JSON of `[headline, *bullets]`."""
        canonical = json.dumps(self.lines, ensure_ascii=False, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


class NameTable(Record):
    """How names and terms of one article are written in one language; what stands first is stronger.

    `prefer` and `forms` are pairs of source form and target form: those of the glossary (the first form of a source is
    the usual one, the others count too), and those that earlier answers about this article gave. `keep` are terms that
    stay as they are, `avoid` pairs of a word that the target must not have and what to write instead. `headline_max` is
    the house's own limit in columns; None = that of the language.
    """

    prefer: tuple[tuple[str, str], ...] = ()
    keep: tuple[str, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    forms: tuple[tuple[str, str], ...] = ()
    headline_max: int | None = None


NO_NAMES = NameTable()


class Translation(Record):
    """The draft in one more language; a held one has no headline, no bullets, and findings that say why."""

    language: str
    direction: Direction
    status: Status
    headline: str | None
    bullets: tuple[str, ...]
    quotes: Literal["none", "translated"] = "none"
    engine: EngineName
    model: str | None = None
    source_hash: str | None
    findings: tuple[Finding, ...] = ()


class ArticleInfo(Record):
    """The article as the JSON output shows it; `sentences` and `tokens` are counts."""

    key: str
    id: str
    revision: int
    source: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    section: str | None = None
    language: str
    published: str | None = None
    modified: str | None = None
    embargoed_until: str | None = None
    rights: str | None = None
    sentences: int
    tokens: int | None = None
    text: str | None = None


class Usage(Record):
    """What an article cost: chat requests and tokens are counts, `cost_usd` is None where a part of it is unknown."""

    requests: int = 0
    retries: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together; a cost that is unknown on either side stays unknown, and nothing costs nothing."""
        if NO_USAGE in (self, other):
            return self if other == NO_USAGE else other
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            **{name: getattr(self, name) + getattr(other, name) for name in _COUNTS},
            cost_usd=round((self.cost_usd or 0.0) + (other.cost_usd or 0.0), _DECIMALS) if known else None,
        )


NO_USAGE = Usage()
_DECIMALS = 9  # of US dollars: one token of the cheapest model is more
_COUNTS = tuple(name for name in Usage.model_fields if name != "cost_usd")


class CheckPolicy(Record):
    """How the checks were used: enforced, or as a shadow in which errors are only warnings; and the codes left out."""

    mode: Literal["enforce", "shadow"] = "enforce"
    ignored: tuple[str, ...] = ()


class Provenance(Record):
    """How the content was made: `created` is RFC 3339, `coverage` the share of the text that was read (0 to 1)."""

    engine: EngineName
    model: str | None = None
    endpoint: str | None = None
    plan: str | None = None
    prompts: Mapping[str, str] = {}
    checks: CheckPolicy = CheckPolicy()
    created: str
    coverage: float = Field(default=1.0, ge=0.0, le=1.0)
    usage: Usage = Usage()


class Candidate(Record):
    """Lines that were held: for the eyes of an editor, never for publication."""

    headline: str | None
    bullets: tuple[str, ...]


class NewsSummary(Record):
    """The result for one article; the JSON contract.

    `status` speaks of the source-language text only: `ok` has no finding that matters, `flagged` is publishable with a
    warning, `held` has at least one error and neither headline nor bullets. Each translation has a status of its own.
    """

    schema_version: Literal["1"] = "1"
    status: Status
    article: ArticleInfo
    language: str
    headline: str | None
    headline_evidence: tuple[Evidence, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    translations: Mapping[str, Translation] = {}
    findings: tuple[Finding, ...] = ()
    review: str | None = None
    edited: tuple[str, ...] = ()
    provenance: Provenance
    _held: dict[str, Candidate] = PrivateAttr(default_factory=dict)
    _kept: bool = PrivateAttr(default=False)

    @property
    def not_ok(self) -> Mapping[str, Status]:
        """The languages that are held or flagged, the article's own first."""
        statuses = {self.language: self.status, **{tag: t.status for tag, t in self.translations.items()}}
        return {tag: status for tag, status in statuses.items() if status != "ok"}

    @property
    def is_clean(self) -> bool:
        """Whether `strict` accepts the summary: nothing held, nothing flagged, in any language."""
        return not self.not_ok

    @property
    def held(self) -> Mapping[str, Candidate]:
        """The held lines by language tag, kept out of every output; empty after a round trip through JSON."""
        return self._held

    def with_held(self, held: Mapping[str, Candidate]) -> NewsSummary:
        """The same summary, carrying these held lines privately."""
        copy = self.model_copy()
        copy._held = dict(held)  # noqa: SLF001 (a copy of this very class)
        return copy

    @property
    def is_kept(self) -> bool:
        """Whether a part of it stands as another model or other prompts of an earlier run wrote it; False from JSON."""
        return self._kept

    def with_kept(self, *, kept: bool) -> NewsSummary:
        """The same summary, knowing whether a part of it was kept."""
        copy = self.model_copy()
        copy._kept = kept  # noqa: SLF001 (a copy of this very class)
        return copy


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source of `summarize_many`: a summary or an error, never both."""

    source: str | Path | Article
    key: str
    summary: NewsSummary | None
    error: SummarizerError | None

    @property
    def label(self) -> str:
        """Where it came from: the file, the position in it or the text that was given."""
        return self.source.source if isinstance(self.source, Article) else str(self.source)

    def result(self) -> NewsSummary:
        """The summary.

        Raises:
            SummarizerError: what went wrong instead.
        """
        if self.error is not None:
            raise self.error
        assert self.summary is not None
        return self.summary
