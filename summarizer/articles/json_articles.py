"""Articles in JSON and JSON Lines: our own fields, or schema.org's, alone, in a list or in a graph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from summarizer.articles.fields import TEXT_KEYS, kind_of, meta_from_fields, types_of, wrong_type
from summarizer.articles.fragment import parse_fragment
from summarizer.articles.parsed import Parsed
from summarizer.articles.plain import parse_plain
from summarizer.errors import InputError

_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol)\b[^<>]{0,200}>", re.IGNORECASE)
_KEYS = '"text" or "articleBody"'


def load_json(text: str, source: str) -> Any:
    """A JSON value.

    Raises:
        InputError: it is not JSON; the message has the column, and the line where there are several.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text else ""
        problem = error.msg.removesuffix(" at").removesuffix(" starting")
        raise InputError(source, f"not JSON: {problem} ({line}column {error.colno})") from error
    except ValueError as error:
        raise InputError(source, f"not JSON: {error}") from error
    except RecursionError as error:
        raise InputError(source, "not an article: JSON nested too deeply") from error


def article_values(value: object, source: str) -> Iterator[tuple[str, object]]:
    """The values of a JSON document that should be articles, each with the name of its place: `file.json[2]`."""
    if isinstance(value, list):
        if not value:
            yield source, value
        for place, item in enumerate(value, start=1):
            yield from article_values(item, source if len(value) == 1 else f"{source}[{place}]")
    elif isinstance(value, dict) and isinstance(value.get("@graph"), list):
        articles = [node for node in value["@graph"] if isinstance(node, dict) and is_article(node)]
        yield from article_values(articles or value["@graph"][:1], source)
    else:
        yield source, value


def is_article(node: Mapping[str, Any]) -> bool:
    """Whether a schema.org object is an article of some kind."""
    return any(
        name.endswith(("Article", "Posting", "Report")) or name in {"Review", "CreativeWork"} for name in types_of(node)
    )


def parse_json_article(value: object, source: str) -> Parsed:
    """The article in a JSON object; unknown fields are ignored, and text with HTML in it is read as HTML.

    Raises:
        InputError: it is no object, its text is missing, or a field has the wrong type.
    """
    if not isinstance(value, dict):
        kind = "an empty list" if value == [] else kind_of(value)
        raise InputError(source, f"not an article: {kind}; expected a JSON object with {_KEYS}")
    key = next((key for key in TEXT_KEYS if value.get(key) is not None), None)
    if key is None:
        found = ", ".join(map(str, list(value)[:8])) or "none"
        raise InputError(source, f"no {_KEYS}; its keys are: {found}")
    text = value[key]
    if not isinstance(text, str):
        raise wrong_type(source, key, text, "a string")
    if not text.strip():
        raise InputError(source, f'the field "{key}" is empty')
    meta = meta_from_fields(value, source)
    parsed = parse_fragment(text) if _MARKUP.search(text[:20_000]) else parse_plain(text, titled=False)
    return Parsed(parsed.blocks, meta)
