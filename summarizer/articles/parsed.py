"""What the readers of all formats produce: an article's blocks and what its source says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["paragraph", "heading", "list", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the article's body; an item of a list and a row of a table stand on lines of their own."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class ArticleMeta:
    """What a source says about an article; every field may be missing, and none has been checked yet.

    `id` is the source's own key; `language` a hint, because the templates of sites lie; dates are ISO 8601 or as in
    e-mail; `live` says that the source calls this a live blog, `sponsored` that it calls it paid for; `labels` are its
    categories.
    """

    title: str | None = None
    id: str | None = None
    url: str | None = None
    language: str | None = None
    publisher: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    embargoed_until: str | None = None
    rights: str | None = None
    dateline: str | None = None
    revision: int = 1
    live: bool = False
    sponsored: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A source that was read: blocks in reading order, and the metadata."""

    blocks: tuple[Block, ...]
    meta: ArticleMeta = field(default_factory=ArticleMeta)
