"""One Atom feed (RFC 4287) and one JSON Feed (version 1.1) per language."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from summarizer.languages import direction_of

_ATOM = "http://www.w3.org/2005/Atom"
# Tombstones, RFC 6721.
_DELETED = "http://purl.org/atompub/tombstones/1.0"
_JSON_FEED = "https://jsonfeed.org/version/1.1"
# What XML 1.0 cannot hold (production 2, Char).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """One article in one language, as a feed shows it.

    `uri` is its name for ever; `published` and `updated` are instants with a zone, and `updated` moves only when the
    published text does. `page` is our own page, `original` the article. `disclosure` says how the text was made.
    `withdrawn` is None, or what to say in the place of headline and text.
    """

    uri: str
    headline: str
    bullets: Sequence[str]
    published: datetime
    updated: datetime
    disclosure: str
    page: str | None = None
    original: str | None = None
    publisher: str | None = None
    section: str | None = None
    withdrawn: str | None = None


class Feed(NamedTuple):
    """The frame of a feed: `uri` is its name for ever, `home` the page that it belongs to, `here` its own address."""

    uri: str
    title: str
    language: str
    author: str
    home: str | None = None
    here: str | None = None


def atom(feed: Feed, entries: Iterable[Entry]) -> str:
    """The Atom feed, the latest entry first; a withdrawn one is there without text, and as a tombstone."""
    shown = _latest_first(entries)
    root = ET.Element("feed", {"xmlns": _ATOM, "xmlns:at": _DELETED, "xml:lang": feed.language})
    _add(root, "id", feed.uri)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(shown[0].updated) if shown else "1970-01-01T00:00:00+00:00")
    _add(_add(root, "author"), "name", feed.author)
    for relation, address in (("alternate", feed.home), ("self", feed.here)):
        if address:
            _add(root, "link", rel=relation, href=address)
    for entry in shown:
        if entry.withdrawn is not None:
            ET.SubElement(root, "at:deleted-entry", ref=entry.uri, when=_instant(entry.updated))
        _add_entry(root, entry, feed.language)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def json_feed(feed: Feed, entries: Iterable[Entry]) -> str:
    """The JSON Feed, the latest entry first; a withdrawn one is there without text."""
    head = {
        "version": _JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.here,
        "language": feed.language,
        "authors": [{"name": feed.author}],
    }
    items = [_item(entry, feed.language) for entry in _latest_first(entries)]
    return json.dumps({**_given(head), "items": items}, ensure_ascii=False, indent=1) + "\n"


def _add_entry(root: ET.Element, entry: Entry, language: str) -> None:
    element = _add(root, "entry")
    element.set("xml:lang", language)
    _add(element, "id", entry.uri)
    _add(element, "title", entry.headline if entry.withdrawn is None else entry.withdrawn)
    _add(element, "published", _instant(entry.published))
    _add(element, "updated", _instant(entry.updated))
    if entry.page:
        _add(element, "link", rel="alternate", href=entry.page, hreflang=language)
    if entry.original:
        _add(element, "link", rel="via" if entry.page else "alternate", href=entry.original)
    if entry.section:
        _add(element, "category", term=entry.section)
    if entry.publisher:
        _add(_add(element, "contributor"), "name", entry.publisher)
    if entry.withdrawn is None:
        _add(element, "content", _html(entry, language), type="html")
    else:
        _add(element, "summary", entry.withdrawn)


def _item(entry: Entry, language: str) -> dict[str, Any]:
    shown = {"content_text": entry.withdrawn} if entry.withdrawn is not None else _contents(entry, language)
    item = {
        "id": entry.uri,
        "url": entry.page or entry.original,
        "external_url": entry.original if entry.page else None,
        "title": entry.headline if entry.withdrawn is None else entry.withdrawn,
        **shown,
        "date_published": _instant(entry.published),
        "date_modified": _instant(entry.updated),
        "language": language,
        "tags": [entry.section] if entry.section else None,
        "authors": [{"name": entry.publisher}] if entry.publisher else None,
        "_summarizer": {"withdrawn": entry.withdrawn is not None},
    }
    return _given(item)


def _contents(entry: Entry, language: str) -> dict[str, str]:
    lines = [f"• {bullet}" for bullet in entry.bullets]
    return {"content_html": _html(entry, language), "content_text": "\n".join([*lines, entry.disclosure])}


def _html(entry: Entry, language: str) -> str:
    """The bullets and how they were made, with language and direction: readers show them inside pages of their own."""
    items = "".join(f"<li>{html.escape(bullet)}</li>" for bullet in entry.bullets)
    note = f"<p><small>{html.escape(entry.disclosure)}</small></p>"
    return f'<div lang="{language}" dir="{direction_of(language)}"><ul>{items}</ul>{note}</div>'


def _latest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.updated, entry.uri), reverse=True)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    clean = {key: _NO_XML.sub("", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, clean)
    element.text = None if text is None else _NO_XML.sub("", text)
    return element


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
