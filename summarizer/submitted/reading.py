"""A summary in our JSON or Markdown, in anybody's JSON, or as plain text, as a headline and bullets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from summarizer.articles.decode import MAX_BYTES, decode
from summarizer.errors import InputError
from summarizer.submitted.from_json import read_json
from summarizer.submitted.from_markdown import is_markdown, read_markdown
from summarizer.submitted.from_text import read_text
from summarizer.submitted.lines import Submitted

_JSON, _MARKDOWN = frozenset({".json", ".jsonl", ".ndjson"}), frozenset({".md", ".markdown"})
_EXPECTED = "expected a summary in JSON, Markdown or text"
# Characters that no text has, one of so many, tell that it is none.
_RARE = 50
_FEWEST_LETTERS = 3


def read_submitted(path: Path) -> tuple[Submitted, ...]:
    """The summaries of a file, one for each language that it publishes; at least one.

    JSON is our own output, IPTC ninjs, or an object with a headline or title and with bullets, points or a summary;
    JSON Lines and lists hold several. Markdown has its bullets in a list; anything else is text, whose bullets begin
    with a mark or are its sentences.

    Raises:
        InputError: the file cannot be read, or holds no line of a summary.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the name
        raise InputError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return submitted_in(data, str(path), suffix=path.suffix)


def submitted_in(data: bytes, source: str, *, suffix: str = "") -> tuple[Submitted, ...]:
    """The summaries in bytes, such as those of standard input; the content says the form where no suffix does.

    Raises:
        InputError: there is no line of a summary.
    """
    text = decode(data, source, _EXPECTED).replace("\r\n", "\n")
    strange = sum(unicodedata.category(sign) in {"Cc", "Co", "Cn"} and not sign.isspace() for sign in text)
    if strange * _RARE > len(text):
        raise InputError(source, f"binary data; {_EXPECTED}")
    found = tuple(each for each in _parsed(text, source, suffix.lower()) if each.lines)
    if not found or not all(_has_words(each) for each in found):
        raise InputError(source, f"no headline and no bullet in it; {_EXPECTED}")
    return found


def _has_words(submitted: Submitted) -> bool:
    return any(sum(map(str.isalnum, line.text)) >= _FEWEST_LETTERS for line in submitted.lines)


def _parsed(text: str, source: str, suffix: str) -> Iterator[Submitted]:
    if suffix in _JSON or (suffix not in _MARKDOWN and text.lstrip()[:1] in {"{", "["}):
        yield from read_json(text, source)
    elif suffix in _MARKDOWN or is_markdown(text):
        yield from read_markdown(text, source)
    else:
        yield from read_text(text, source)
