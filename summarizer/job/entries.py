"""What the job remembers of an article, and of each text that was made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from summarizer.records import Article, Candidate, NewsSummary, Record

ALL = "*"  # in the place of a language tag: the whole article

Verdict = Literal["publish", "review", "held", "never", "withdrawn", "embargoed"]
State = Literal["done", "again", "waiting", "skipped", "gone"]


class Change(Record):
    """A figure of a cited sentence that the source changed, both as the source writes them."""

    before: str
    after: str


class Update(Record):
    """A new version of a published article: `time` is RFC 3339; `correction` is set where somebody says it is one.

    `note` is what a person wrote about it, "" where nobody did.
    """

    revision: int
    time: str
    changes: tuple[Change, ...] = ()
    correction: bool = False
    note: str = ""


class Withdrawal(Record):
    """What was taken back, and why; `time` is RFC 3339."""

    time: str
    reason: str = ""


class Version(Record):
    """One text that was made of an article; `held` are the lines that were held, by language.

    `article` is None where an earlier release made it, which kept no articles.
    """

    number: int
    article: Article | None
    summary: NewsSummary
    held: Mapping[str, Candidate] = {}

    @property
    def whole(self) -> NewsSummary:
        """The summary with its held lines."""
        return self.summary.with_held(self.held)


class Entry(Record):
    """One article: where it stands, what became of it, and what is published; times are RFC 3339.

    `place` is the file that it was in, or the feed. `digest` and `recipe` say what was done or tried last, `made`
    is the digest of what the last version was made from; `seen` is a changed article that must first settle. `live`
    has the number of the version that is published, by language, `dated` when the text of a language that was ever
    published was last written or taken away; `review` the languages that wait for a person. `verdicts` and
    `reasons` are those on the last version, `problems` what an edit asked for in vain. `files` and `desk` have the
    SHA-256 of the files that are ours, two while one is being replaced. `rules` digests edits and policy as they
    were applied last; `anchor` the lines that the edit was made for, which is `stale` where they changed. `lift` is
    when the embargo of the last version lifts, "" where nobody knows, None without one. `pending` tells that files
    have still to be written.
    """

    key: str
    folder: str
    source: str = ""
    place: str = ""
    digest: str = ""
    recipe: str = ""
    made: str = ""
    state: State = "again"
    reason: str = ""
    attempts: int = 0
    retry_at: str | None = None
    seen: str = ""
    seen_at: str | None = None
    version: int = 0
    revision: int = 0
    live: Mapping[str, int] = {}
    review: tuple[str, ...] = ()
    verdicts: Mapping[str, Verdict] = {}
    reasons: Mapping[str, str] = {}
    problems: tuple[str, ...] = ()
    first_published: str | None = None
    updated: str | None = None
    dated: Mapping[str, str] = {}
    updates: tuple[Update, ...] = ()
    withdrawn: Mapping[str, Withdrawal] = {}
    files: Mapping[str, tuple[str, ...]] = {}
    desk: Mapping[str, tuple[str, ...]] = {}
    near: tuple[str, ...] = ()
    rules: str = ""
    edit: str = ""
    anchor: str = ""
    stale: bool = False
    lift: str | None = None
    pending: bool = False

    @property
    def is_withdrawn(self) -> bool:
        """Whether the whole article was taken back."""
        return ALL in self.withdrawn
