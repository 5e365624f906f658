"""Markdown by the CommonMark rules, with tables, and with front matter between `---` or `+++` lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from summarizer.articles.fields import meta_from_fields
from summarizer.articles.parsed import Block, Kind, Parsed

if TYPE_CHECKING:
    from markdown_it.token import Token

_KEY_AND_VALUE = re.compile(r"([A-Za-z_@][\w-]*)\s*:\s+(.*)")
_CONTAINERS: dict[str, Kind] = {"bullet_list": "list", "ordered_list": "list", "table": "table"}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def parse_markdown(text: str, source: str) -> Parsed:
    """The blocks of a Markdown text; a heading before any paragraph is the title, unless the front matter has one.

    Raises:
        InputError: a field of the front matter has the wrong type.
    """
    fields, body = _front_matter(text)
    meta = meta_from_fields(fields, source)
    blocks = list(_blocks(_tokens(body)))
    if blocks and blocks[0].kind == "heading":
        meta = replace(meta, title=meta.title or blocks[0].text)
    return Parsed(tuple(blocks), meta)


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields before the body: TOML between `+++` lines, or simple `key: value` lines between `---` lines."""
    first, _, rest = text.partition("\n")
    fence = first.strip()
    if fence not in {"---", "+++"}:
        return {}, text
    inside, found, body = rest.partition(f"\n{fence}")
    fields = _toml_fields(inside) if fence == "+++" else _simple_fields(inside)
    return (fields, body.partition("\n")[2]) if found and fields else ({}, text)


def _toml_fields(text: str) -> dict[str, Any]:
    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
    return {key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in fields.items()}


def _simple_fields(text: str) -> dict[str, Any]:
    pairs = (_KEY_AND_VALUE.match(line) for line in text.split("\n"))
    return {pair[1]: pair[2].strip().strip("\"'") for pair in pairs if pair}


def _tokens(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt  # only for Markdown

    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Paragraphs, headings, and whole lists and tables; code, HTML and rules are left out."""
    collected: list[str] = []
    kind: Kind = "paragraph"
    depth = 0
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in _CONTAINERS:
            depth += token.nesting
            if token.nesting == 1 and depth == 1:
                collected, kind = [], _CONTAINERS[name]
            elif depth == 0:
                yield Block(kind, "\n".join(collected))
        elif token.type == "inline":
            collected.append(_shown(token))
        elif name in {"paragraph", "heading"} and token.nesting == -1 and not depth:
            yield Block("heading" if name == "heading" else "paragraph", collected[-1])


def _shown(inline: Token) -> str:
    """The text of inline Markdown as a reader sees it: without marks, link targets, images and HTML."""
    shown = (
        child.content if child.type in {"text", "code_inline"} else _BREAKS.get(child.type, "")
        for child in inline.children or ()
    )
    return "".join(shown)
