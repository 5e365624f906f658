"""What the site shows: articles with their languages, changes and withdrawals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from summarizer.publish.files import slug
from summarizer.records import NewsSummary


class Change(NamedTuple):
    """What readers of earlier versions should know: a correction, or figures that moved on.

    `text` is shown as it is: `12 → 17`, or the sentence of whoever corrected it, which is in `language`.
    """

    kind: Literal["update", "correction"]
    moment: datetime
    text: str
    language: str | None = None


class Gone(NamedTuple):
    """A language that was published and is not any more: withdrawn for ever, or pulled until it is right."""

    moment: datetime
    final: bool


class Story(NamedTuple):
    """One article as readers may see it.

    `texts` has, for each published language in the order of the language switch, the summary that its text stands in;
    they may be of several revisions. `updated` says when the text of each last changed, `changes` what its readers
    should know. `gone` are languages whose page stays and says only that the text is not there any more. `evidence` is
    `full`, or `first_words` where the rights of the source allow no more than that beside a link.
    """

    key: str
    texts: Mapping[str, NewsSummary]
    published: datetime
    updated: Mapping[str, datetime]
    changes: Mapping[str, Sequence[Change]] = MappingProxyType({})
    gone: Mapping[str, Gone] = MappingProxyType({})
    evidence: Literal["full", "first_words"] = "full"

    @property
    def slug(self) -> str:
        """The name of its pages, for ever."""
        return slug(self.key)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that can be read."""
        return tuple(self.texts)

    def last_change(self, language: str) -> datetime:
        """When the text of a language was last written, or taken away."""
        return self.gone[language].moment if language in self.gone else self.updated.get(language, self.published)


class Site(NamedTuple):
    """What an operator says of the site: `base_url` ends in a slash; without it, links are relative."""

    title: str | None = None
    base_url: str | None = None
    corrections: str | None = None
    zone: tzinfo = ZoneInfo("UTC")
