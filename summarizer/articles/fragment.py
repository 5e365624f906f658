"""HTML as blocks, by its elements alone: for HTML inside of JSON, and for pages in which no article is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from summarizer.articles.hidden import remove_hidden
from summarizer.articles.lines import is_dense, is_finished
from summarizer.articles.parsed import Block, Kind, Parsed

_KINDS: dict[str, Kind] = {
    "ul": "list",
    "ol": "list",
    "dl": "list",
    "table": "table",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
}
_WHITE = re.compile(r"[ \t\r\n\f]+")
# Entries and rows, of HTML and of the trees that trafilatura makes.
_ENTRIES = ("li", "dt", "dd", "tr", "item", "row")
_FURNITURE = {"nav", "header", "footer", "aside", "form", "figure", "head"}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd"),
    *(
        "label",
        "mark",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "br",
    ),
}


def parse_html(text: str) -> Any:
    """The tree of a page; entities of a document's own and files outside of it are not loaded."""
    from lxml import html  # only for HTML

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    return html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)


def parse_fragment(text: str) -> Parsed:
    """The blocks of a piece of HTML."""
    tree = parse_html(text)
    remove_hidden(tree)
    return Parsed(blocks_of(tree))


def blocks_of(tree: Any) -> tuple[Block, ...]:
    """The blocks of a tree in reading order, without its navigation, headers, footers and forms."""
    blocks: list[Block] = []
    pieces: list[str] = []
    for token in (*_tokens(tree), None):
        if isinstance(token, str):
            pieces.append(token)
            continue
        if text := joined_lines("".join(pieces)):
            blocks.append(Block("paragraph", text))
        pieces = []
        if token is not None and token.text:
            blocks.append(token)
    return tuple(blocks)


def _tokens(element: Any) -> Iterator[str | Block | None]:
    """Pieces of text, whole headings, lists and tables, and None where a paragraph ends.

    Recursion is safe: the parser gives up at a depth of 256.
    """
    yield _one_line(element.text)
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag in _KINDS:
            yield Block(_KINDS[child.tag], entries(child))
        elif child.tag not in _FURNITURE:
            if child.tag not in _INLINE:
                yield None
            yield from _tokens(child)
            if child.tag not in _INLINE:
                yield None
        yield _one_line(child.tail)


def entries(element: Any) -> str:
    """A heading's text, or the entries of a list and the rows of a table on lines of their own."""
    rows = list(element.iter(*_ENTRIES)) or [element]
    lines = (
        " ".join(" ".join(row.itertext()).split()) for row in rows if next(row.iterdescendants(*_ENTRIES), None) is None
    )
    return "\n".join(line for line in lines if line)


def joined_lines(text: str) -> str:
    """A paragraph's text: line breaks stay where a sentence ends or where there are two, others become spaces."""
    result = ""
    for line in (line.strip(" ") for line in text.split("\n")):
        if not line:
            result += "\n" if result and not result.endswith("\n") else ""
        elif not result or result.endswith("\n"):
            result += line
        else:
            result += ("\n" if is_finished(result) else "" if is_dense(result) else " ") + line
    return result.strip("\n")


def _one_line(text: str | None) -> str:
    """Text of HTML, where a line end is a space; no-break spaces stay."""
    return _WHITE.sub(" ", text or "")
