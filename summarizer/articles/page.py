"""A web page: hidden text removed, the article found by trafilatura, metadata from JSON-LD before meta elements."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from summarizer.articles.fields import is_live_blog, meta_from_fields
from summarizer.articles.fragment import blocks_of, entries, joined_lines, parse_html
from summarizer.articles.hidden import remove_hidden
from summarizer.articles.json_articles import is_article
from summarizer.articles.lines import is_finished
from summarizer.articles.parsed import ArticleMeta, Block, Parsed
from summarizer.articles.plain import parse_plain
from summarizer.errors import InputError

_SEPARATORS = (" | ", " – ", " — ", " - ", " · ", " :: ", "｜", "|", "_")
_CELL_OF_PROSE = 120
# Extraction makes plain spaces of no-break ones, which are typography in numbers and French: symbols stand in for them.
_SHOWN_SPACES = {0xA0: "␠", 0x202F: "␣"}
_REAL_SPACES = {ord("␠"): "\u00a0", ord("␣"): "\u202f"}
# Names of meta elements by the field that they fill: Open Graph first, then Dublin Core and what sites made up.
_META_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title"),
    "url": ("og:url",),
    "language": ("og:locale", "content-language", "dc.language"),
    "publisher": ("og:site_name", "dc.publisher", "application-name"),
    "section": ("article:section",),
    "published": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "dc.date.issued",
        "dcterms.created",
        "date",
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"),
    "rights": ("dcterms.rights", "dc.rights", "copyright"),
}


def parse_page(text: str, source: str) -> Parsed:
    """The article's blocks and metadata in a page of HTML.

    The title is that of the markup for search engines, else Open Graph's, else the only heading of level 1, else the
    page's. Dates are never guessed from the text or the address.

    Raises:
        InputError: there is no page in it.
    """
    from lxml import etree  # only for HTML

    try:
        tree = parse_html(text)
    except (etree.ParserError, ValueError) as error:
        raise InputError(source, f"not an HTML page: {error}") from error
    nodes = list(_linked_data(tree))
    meta = _merged(_article_fields(nodes), _page_fields(tree), live=any(map(is_live_blog, nodes)))
    remove_hidden(tree)
    return Parsed(_unglued(_article_blocks(tree), tree) or _linked_body(nodes) or blocks_of(tree), meta)


def _unglued(found: tuple[Block, ...], tree: Any) -> tuple[Block, ...]:
    """The blocks found, or the page's own where all of them were run together into one that the page does not have."""
    if len(found) != 1:
        return found
    own = tuple(block for block in blocks_of(tree) if block.kind != "table")
    return found if not own or found[0].text in {block.text for block in own} else own


def _article_blocks(tree: Any) -> tuple[Block, ...]:
    """The blocks that trafilatura takes for the article; none where it finds nothing."""
    from trafilatura import bare_extraction  # 0.3 s: only for HTML

    _swap(tree, _SHOWN_SPACES)
    document = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    _swap(tree, _REAL_SPACES)
    body = getattr(document, "body", None)
    if body is None:
        return ()
    _swap(body, _REAL_SPACES)
    blocks = tuple(_blocks(body))
    return blocks if any(block.kind == "paragraph" for block in blocks) else _layout_cells(body) or blocks


def _layout_cells(body: Any) -> tuple[Block, ...]:
    """The prose in the cells of a table, for pages that are laid out by one."""
    cells = [(cell, joined_lines(_text(cell))) for cell in body.iter("cell")]
    prose = [(cell, text) for cell, text in cells if len(text) >= _CELL_OF_PROSE and is_finished(text)]
    return tuple(block for cell, text in prose for block in tuple(_blocks(cell)) or (Block("paragraph", text),))


def _swap(tree: Any, characters: Mapping[int, str]) -> None:
    """Replace characters in all text of a tree."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.text = element.text and element.text.translate(characters)
            element.tail = element.tail and element.tail.translate(characters)


def _blocks(body: Any) -> Iterator[Block]:
    """The blocks of trafilatura's own tree of an article."""
    for element in body:
        if element.tag in {"list", "table"}:
            yield Block(element.tag, entries(element))
        elif element.tag == "head":
            yield Block("heading", entries(element))
        elif any(child.tag in {"p", "list", "table", "quote", "head"} for child in element):
            yield from _blocks(element)
        elif element.tag not in {"graphic", "code"}:
            yield Block("paragraph", joined_lines(_text(element)))


def _text(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\n" if child.tag == "lb" else "" if child.tag == "graphic" else _text(child), child.tail or ""]
    return "".join(pieces)


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in the page's JSON-LD, those of graphs and lists included."""
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", ""):
            try:
                waiting = deque([json.loads(script.text or "null", strict=False)])
            except (ValueError, RecursionError):
                continue
            while waiting:
                value = waiting.popleft()
                if isinstance(value, list):
                    waiting += value
                elif isinstance(value, dict):
                    yield value
                    waiting += [
                        value[key] for key in ("@graph", "mainEntity") if isinstance(value.get(key), list | dict)
                    ]


def _article_fields(nodes: list[Mapping[str, Any]]) -> ArticleMeta:
    """The metadata of the first article among schema.org objects."""
    return next((meta_from_fields(node, None) for node in nodes if is_article(node)), ArticleMeta())


def _linked_body(nodes: list[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The article's text in its JSON-LD, for pages that scripts would fill."""
    bodies = (node.get("articleBody") for node in nodes if is_article(node))
    return next(
        (parse_plain(body, titled=False).blocks for body in bodies if isinstance(body, str) and body.strip()), ()
    )


def _page_fields(tree: Any) -> ArticleMeta:
    """The metadata of meta and link elements, headings and times."""
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        named.setdefault(name.strip().lower(), (element.get("content") or "").strip())
    found = {field: next((named[n] for n in names if named.get(n)), None) for field, names in _META_NAMES.items()}
    canonical = _link(tree, "canonical")
    html_language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    site = found["publisher"]
    return ArticleMeta(
        title=_without_site(found["title"], site) or _only_heading(tree) or _page_title(tree, site),
        url=urljoin(found["url"] or "", canonical) if canonical else found["url"],
        language=html_language or found["language"],
        publisher=site,
        section=found["section"],
        published=found["published"] or _first_time(tree),
        modified=found["modified"],
        rights=_link(tree, "license") or found["rights"],
    )


def _merged(markup: ArticleMeta, page: ArticleMeta, *, live: bool) -> ArticleMeta:
    """The fields of the markup, filled up with the page's; the canonical address is the page's own."""
    return ArticleMeta(
        title=_without_site(markup.title, markup.publisher) or page.title,
        url=page.url or markup.url,
        language=markup.language or page.language,
        publisher=markup.publisher or page.publisher,
        section=markup.section or page.section,
        published=markup.published or page.published,
        modified=markup.modified or page.modified,
        rights=markup.rights or page.rights,
        dateline=markup.dateline,
        live=live,
        sponsored=markup.sponsored,
    )


def _link(tree: Any, relation: str) -> str | None:
    links = (element for element in tree.iter("link", "a") if relation in (element.get("rel") or "").lower().split())
    return next((link.get("href").strip() for link in links if link.get("href")), None)


def _only_heading(tree: Any) -> str | None:
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    return headings[0] if len(headings) == 1 else None


def _page_title(tree: Any, site: str | None) -> str | None:
    """The page's title, without the name of the site or, where that is not known, without a short last part."""
    element = next(tree.iter("title"), None)
    title = _without_site(" ".join(element.text_content().split()), site) if element is not None else None
    for separator in _SEPARATORS if title and not site else ():
        before, found, after = title.rpartition(separator) if title else ("", "", "")
        if found and len(after) * 2 < len(before):
            return before.strip()
    return title


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the site's name behind it: `Headline | Site`."""
    if not title or not site:
        return title or None
    for separator in _SEPARATORS:
        before, found, after = title.rpartition(separator)
        if found and before.strip() and after.strip().casefold() == site.strip().casefold():
            return before.strip()
    return title


def _first_time(tree: Any) -> str | None:
    """The first machine-readable time inside the article."""
    for name in ("article", "main"):
        for part in tree.iter(name):
            return next((time.get("datetime") for time in part.iter("time") if time.get("datetime")), None)
    return None
