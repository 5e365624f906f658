"""The named fields of an article in JSON, schema.org markup and front matter, as metadata."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.articles.parsed import ArticleMeta
from summarizer.errors import InputError

TEXT_KEYS = ("text", "articleBody", "body", "content")
# Our own names first, then those of schema.org, of feeds and of content systems.
_KEYS = {
    "title": ("title", "headline"),
    "id": ("id", "guid", "uri", "identifier", "@id"),
    "url": ("url", "canonical_url", "link", "mainEntityOfPage"),
    "language": ("language", "inLanguage", "lang"),
    "publisher": ("publisher", "source"),
    "section": ("section", "articleSection"),
    "published": ("published", "datePublished", "published_at", "date", "pubDate"),
    "modified": ("modified", "dateModified", "updated", "updated_at"),
    "embargoed_until": ("embargoed_until", "embargoedUntil", "embargo"),
    "rights": ("rights", "license", "usageInfo", "copyrightNotice"),
    "dateline": ("dateline",),
}
# Where an object stands in the place of a text: a publisher, a page, a language, a licence.
_INNER_KEYS = ("name", "alternateName", "@value", "@id", "url")
_KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    dict: "an object",
    list: "a list",
    str: "a string",
    type(None): "null",
}
# Fields that schema.org and feeds also fill with objects or lists, and those that may be numbers; others are strings.
_STRUCTURED = {
    *("headline", "identifier", "@id", "mainEntityOfPage", "inLanguage", "publisher", "source", "section"),
    *("articleSection", "rights", "license", "usageInfo"),
}
_NUMBERED = {"id", "guid", "uri", "identifier"}


def meta_from_fields(fields: Mapping[str, Any], source: str | None) -> ArticleMeta:
    """The metadata among these fields; unknown ones are ignored, empty ones are missing.

    The fields of schema.org may also hold an object with a name, or a list of which the first counts. In the markup of
    a page (`source` is None) all may, and a field of the wrong type is ignored.

    Raises:
        InputError: a field has the wrong type; the message names it.
    """
    values: dict[str, Any] = {name: _first(fields, keys, source) for name, keys in _KEYS.items()}
    meta = ArticleMeta(revision=_revision(fields, source), live=is_live_blog(fields), sponsored=_is_sponsored(fields))
    return dataclasses.replace(meta, **values)


def is_live_blog(fields: Mapping[str, Any]) -> bool:
    """Whether schema.org markup calls this a live blog."""
    return "LiveBlogPosting" in types_of(fields)


def _is_sponsored(fields: Mapping[str, Any]) -> bool:
    """Whether schema.org markup calls this an article that an advertiser paid for."""
    return "AdvertiserContentArticle" in types_of(fields)


def types_of(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The `@type` names of a schema.org object, without a namespace."""
    types = fields.get("@type")
    names = types if isinstance(types, list) else [types]
    return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def _first(fields: Mapping[str, Any], keys: Sequence[str], source: str | None) -> str | None:
    for key in keys:
        value = fields.get(key)
        if source is not None and not _fits(key, value):
            raise wrong_type(source, key, value, "a string")
        text = _text_of(value)
        if text:
            return html.unescape(text) if source is None else text
    return None


def _fits(key: str, value: object) -> bool:
    """Whether a field may hold a value; an empty one is missing."""
    if value is None or value in ([], {}) or isinstance(value, str):
        return True
    if isinstance(value, list | Mapping):
        return key in _STRUCTURED and bool(_text_of(value))
    return key in _NUMBERED and isinstance(value, int) and not isinstance(value, bool)


def _text_of(value: object) -> str | None:
    """A text, number, named object, or the first of a list, as text."""
    if isinstance(value, list):
        return _text_of(value[0]) if value else None
    if isinstance(value, Mapping):
        return next((value[key] for key in _INNER_KEYS if isinstance(value.get(key), str) and value[key].strip()), None)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _revision(fields: Mapping[str, Any], source: str | None) -> int:
    value = fields.get("revision")
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    if isinstance(value, str) and re.fullmatch("[1-9][0-9]{0,8}", value):  # as in front matter
        return int(value)
    if value is not None and source is not None:
        shown = json.dumps(value)[:40] if isinstance(value, int | float | str) else kind_of(value)
        raise InputError(source, f'the field "revision" is {shown}; expected a whole number from 1')
    return 1


def kind_of(value: object) -> str:
    """What JSON calls a value."""
    return _KINDS.get(type(value), "something else")


def wrong_type(source: str, key: str, value: object, expected: str) -> InputError:
    """The error that a field holds something else than it should."""
    return InputError(source, f'the field "{key}" is {kind_of(value)}; expected {expected}')
