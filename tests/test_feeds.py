"""Atom and JSON Feed: read back by a feed reader's library, stable in their names, and empty of withdrawn text."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.publish.feeds import Entry, Feed, atom, json_feed

NOW = datetime(2026, 5, 14, 10, tzinfo=UTC)
FEED = Feed("urn:uuid:feed", "موجز", "ar", "Example News", "https://example.org/ar/", "https://example.org/ar/atom.xml")
ENTRY = Entry(
    uri="urn:uuid:pier",
    headline="12 < 17 & more",
    bullets=("one <b>bold</b> claim", "two"),
    published=NOW,
    updated=NOW,
    disclosure="Made by rules.",
    page="https://example.org/ar/pier.html",
    original="https://example.net/pier",
    publisher="Example Wire",
    section="politics",
)
GONE = ENTRY._replace(uri="urn:uuid:gone", headline="A libel", updated=NOW + timedelta(hours=1), withdrawn="Withdrawn.")


def test_atom_is_read_back_whole() -> None:
    """A feed reader finds name, language, headline, bullets, both links and the dates."""
    feed = feedparser.parse(atom(FEED, [ENTRY]))
    assert not feed.bozo
    assert (feed.feed.id, feed.feed.title, feed.feed.language) == (FEED.uri, FEED.title, "ar")
    (entry,) = feed.entries
    assert (entry.id, entry.title, entry.updated) == (ENTRY.uri, ENTRY.headline, "2026-05-14T10:00:00+00:00")
    assert [(link.rel, link.href) for link in entry.links] == [("alternate", ENTRY.page), ("via", ENTRY.original)]
    assert 'dir="rtl"' in entry.content[0].value
    assert "&lt;b&gt;bold&lt;/b&gt;" in entry.content[0].value


def test_json_feed_has_the_same() -> None:
    """The JSON Feed carries the same names, dates and texts."""
    item = json.loads(json_feed(FEED, [ENTRY]))["items"][0]
    assert (item["id"], item["title"], item["url"], item["external_url"]) == (
        ENTRY.uri,
        ENTRY.headline,
        ENTRY.page,
        ENTRY.original,
    )
    assert item["content_text"].splitlines() == ["• one <b>bold</b> claim", "• two", "Made by rules."]
    assert "<b>" not in item["content_html"]
    assert item["date_modified"] == "2026-05-14T10:00:00+00:00"


def test_a_withdrawn_entry_says_so_and_nothing_else() -> None:
    """Headline and bullets of a withdrawn entry are in no feed; Atom has a tombstone for it, and it comes first."""
    for text in (atom(FEED, [ENTRY, GONE]), json_feed(FEED, [ENTRY, GONE])):
        assert "A libel" not in text
        assert text.count("bold") == text.count("bold", text.index("urn:uuid:pier"))
    root = ET.fromstring(atom(FEED, [ENTRY, GONE]))
    tombstone = root.find("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert tombstone is not None
    assert (tombstone.get("ref"), tombstone.get("when")) == (GONE.uri, "2026-05-14T11:00:00+00:00")
    assert [entry.id for entry in feedparser.parse(atom(FEED, [ENTRY, GONE])).entries] == [GONE.uri, ENTRY.uri]


def test_the_feed_is_as_new_as_its_newest_entry() -> None:
    """`updated` of the feed is that of its latest entry, and the order given does not matter."""
    assert feedparser.parse(atom(FEED, [ENTRY, GONE])).feed.updated == "2026-05-14T11:00:00+00:00"
    assert atom(FEED, [ENTRY, GONE]) == atom(FEED, [GONE, ENTRY])
    assert not feedparser.parse(atom(FEED, [])).bozo


def test_without_a_page_of_ours_the_original_is_the_link() -> None:
    """Where no site is published, an entry leads to the article."""
    bare = ENTRY._replace(page=None)
    assert feedparser.parse(atom(FEED, [bare])).entries[0].link == ENTRY.original
    assert json.loads(json_feed(FEED, [bare]))["items"][0]["url"] == ENTRY.original


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_well_formed_feeds(headline: str, bullet: str) -> None:
    """Markup and control characters cannot break a feed."""
    entry = ENTRY._replace(headline=headline, bullets=(bullet,))
    ET.fromstring(atom(FEED, [entry]).encode())
    assert json.loads(json_feed(FEED, [entry]))["items"][0]["title"] == headline


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_text_carries_language_and_direction(language: str) -> None:
    """Readers show entries inside pages of their own, so each says what it is."""
    item = json.loads(json_feed(FEED._replace(language=language), [ENTRY]))["items"][0]
    assert f'<div lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in item["content_html"]
