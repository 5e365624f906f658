"""The items of a feed: RSS and Atom in all their dialects, and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin

from summarizer.articles import ArticleMeta, article_from_text
from summarizer.errors import InputError
from summarizer.job.handling import digest_of
from summarizer.records import Article


class FeedItem(NamedTuple):
    """One item: what the feed says about an article, and `text`, HTML or plain, "" where it has none."""

    meta: ArticleMeta
    text: str

    @property
    def digest(self) -> str:
        """What changes when the feed says something else about the article."""
        return digest_of([str(value) for value in (self.meta, self.text)])

    def article(self, source: str, language: str | None) -> Article:
        """The article in the item itself.

        Raises:
            InputError: the item has no text.
        """
        if not self.text.strip():
            raise InputError(source, 'the item has no text; full_text = "page" would follow its link')
        page = f"<html><body><article>{self.text}</article></body></html>" if "<" in self.text else self.text
        return article_from_text(page, self.meta, source=source, language=language)


def feed_items(data: bytes, url: str, content_type: str) -> list[FeedItem]:
    """The items of a feed, in its order; links are absolute.

    Raises:
        InputError: this is no feed.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    found = _json_feed(data, url) if start == b"{" else _xml_feed(data, url, content_type)
    return list(found)


def _xml_feed(data: bytes, url: str, content_type: str) -> Iterator[FeedItem]:
    import feedparser  # 53 ms: only for feeds

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    feed = feedparser.parse(data, response_headers=headers)
    if not feed.get("version") and not feed.entries:
        raise InputError(url, "no feed; expected RSS, Atom or JSON Feed")
    for entry in feed.entries:
        links = entry.get("links", ())
        content = next((part.get("value") for part in entry.get("content", ()) if part.get("value")), None)
        meta = ArticleMeta(
            title=_plain(entry.get("title")),
            id=entry.get("id"),
            url=entry.get("link"),
            language=entry.get("language") or feed.feed.get("language"),
            publisher=_plain(feed.feed.get("title")),
            published=entry.get("published"),
            modified=dict.get(entry, "updated"),  # its own look-up would give `published` for it, with a warning
            rights=entry.get("rights") or feed.feed.get("rights"),
            labels=tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term")),
            sponsored=any("sponsored" in str(link.get("rel", "")).split() for link in links),
        )
        yield FeedItem(meta, content or entry.get("summary") or "")


def _json_feed(data: bytes, url: str) -> Iterator[FeedItem]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(url, f"not JSON: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise InputError(url, 'no feed; JSON Feed has a list "items"')
    for item in feed["items"]:
        if not isinstance(item, dict):
            continue
        address = _text(item, "url") or _text(item, "external_url")
        meta = ArticleMeta(
            title=_text(item, "title"),
            id=str(item["id"]) if isinstance(item.get("id"), str | int) else None,
            url=urljoin(url, address) if address else None,
            language=_text(item, "language") or _text(feed, "language"),
            publisher=_text(feed, "title"),
            published=_text(item, "date_published"),
            modified=_text(item, "date_modified"),
            labels=tuple(tag for tag in item.get("tags") or () if isinstance(tag, str)),
        )
        yield FeedItem(meta, _text(item, "content_html") or _text(item, "content_text") or "")


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) and value else None


def _plain(text: str | None) -> str | None:
    """A title without the markup that some feeds put into it."""
    if not text or "<" not in text:
        return text
    from lxml import html  # the same parser as for pages

    return str(html.fromstring(f"<p>{text}</p>").text_content())
