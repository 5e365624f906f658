"""A summary in our JSON or Markdown, in anybody's JSON, or as plain text, as a headline and bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from summarizer.articles.decode import MAX_BYTES, decode
from summarizer.articles.json_articles import load_json
from summarizer.articles.lines import bullet_of, may_be_title
from summarizer.articles.markdown import parse_markdown
from summarizer.errors import InputError
from summarizer.identify import identify
from summarizer.records import NewsSummary
from summarizer.sentences import split_sentences

_HEADLINE_KEYS = ("headline", "title")
_BULLET_KEYS = ("bullets", "points", "key_points", "highlights", "summary", "text")
_LANGUAGE_KEYS = ("language", "lang", "inLanguage")
_REFERENCE = re.compile(r"\s*\[\^(\d{1,4})\]")
# Lines of a page that claim nothing about the article: footnotes, notes in italics, a link that stands alone.
_BESIDE_THE_POINT = re.compile(r"^(?:\[\^\w+\]:.*|\*[^*].*\*|_[^_].*_|\[[^\]]*\]\([^)]*\))\s*$", re.MULTILINE)
_MARKDOWN_OPENING = re.compile(r"\s*(?:---\n|\+\+\+\n|#{1,6}\s)")


class SubmittedLine(NamedTuple):
    """A line, and the numbers of the sentences that it says it comes from."""

    text: str
    sentences: tuple[int, ...] = ()


class Submitted(NamedTuple):
    """A headline and bullets in one language; `language` is what the file says, None where it says nothing."""

    headline: SubmittedLine | None
    bullets: tuple[SubmittedLine, ...]
    language: str | None = None

    @property
    def text(self) -> str:
        """All its lines."""
        lines = (() if self.headline is None else (self.headline,)) + self.bullets
        return "\n".join(line.text for line in lines)


def read_submitted(path: Path) -> tuple[Submitted, ...]:
    """The summaries of a file, one for each language that it publishes; at least one.

    JSON is our own output, or an object with a headline or title and with bullets, points or a summary; Markdown has
    its bullets in a list; anything else is text, whose bullets begin with a mark or are its sentences.

    Raises:
        InputError: the file cannot be read, or holds no line of a summary.
    """
    try:
        with path.open("rb") as file:
            text = decode(file.read(MAX_BYTES + 1), str(path))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    found = tuple(each for each in _parsed(text, path) if each.headline or each.bullets)
    if not found:
        raise InputError(str(path), "no headline and no bullet in it; expected a summary in JSON, Markdown or text")
    return found


def _parsed(text: str, path: Path) -> Iterator[Submitted]:
    suffix = path.suffix.lower()
    if suffix == ".json" or (suffix not in {".md", ".markdown"} and text.lstrip()[:1] in {"{", "["}):
        yield from _from_json(load_json(text, str(path)), str(path))
    elif suffix in {".md", ".markdown"} or _MARKDOWN_OPENING.match(text):
        yield _from_markdown(text, str(path))
    else:
        yield _from_text(text)


def _from_json(value: object, source: str) -> Iterator[Submitted]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield Submitted(None, tuple(map(SubmittedLine, value)))
    elif not isinstance(value, Mapping):
        raise InputError(source, "expected a JSON object with a headline and bullets")
    elif "schema_version" in value and "article" in value:
        yield from _from_ours(value, source)
    else:
        yield _from_object(value)


def _from_ours(value: Mapping[str, Any], source: str) -> Iterator[Submitted]:
    """The languages that our own output publishes; held ones have no lines."""
    try:
        summary = NewsSummary.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(source, f"not a summary of schema_version 1: {place}: {first['msg']}") from None
    cited = [tuple(item.sentence for item in bullet.evidence) for bullet in summary.bullets]
    above = tuple(item.sentence for item in summary.headline_evidence)
    if summary.headline is not None:
        texts = [bullet.text for bullet in summary.bullets]
        yield _cited(summary.language, summary.headline, above, zip(texts, cited, strict=True))
    for tag, translation in summary.translations.items():
        if translation.headline is not None:
            yield _cited(tag, translation.headline, above, zip(translation.bullets, cited, strict=False))


def _cited(
    language: str, headline: str, above: tuple[int, ...], bullets: Iterator[tuple[str, tuple[int, ...]]]
) -> Submitted:
    return Submitted(SubmittedLine(headline, above), tuple(SubmittedLine(*bullet) for bullet in bullets), language)


def _from_object(value: Mapping[str, Any]) -> Submitted:
    headline = _first(value, _HEADLINE_KEYS)
    language = _first(value, _LANGUAGE_KEYS)
    found = _first(value, _BULLET_KEYS)
    spoken = language if isinstance(language, str) else None
    bullets: tuple[SubmittedLine, ...] = ()
    if isinstance(found, str):
        bullets = tuple(map(SubmittedLine, _sentences(found)))
    elif isinstance(found, list):
        bullets = tuple(_line_of(item) for item in found if isinstance(item, str | Mapping))
    return Submitted(SubmittedLine(headline) if isinstance(headline, str) and headline else None, bullets, spoken)


def _first(value: Mapping[str, Any], keys: Sequence[str]) -> object:
    return next((value[key] for key in keys if value.get(key)), None)


def _line_of(item: str | Mapping[str, Any]) -> SubmittedLine:
    """A bullet that is a string, or an object with `text` and perhaps the sentences that it cites."""
    if isinstance(item, str):
        return SubmittedLine(item)
    numbers = item.get("sentences", ())
    cited = tuple(number for number in numbers if isinstance(number, int)) if isinstance(numbers, list) else ()
    return SubmittedLine(str(item.get("text", "")), cited)


def _from_markdown(text: str, source: str) -> Submitted:
    parsed = parse_markdown(_BESIDE_THE_POINT.sub("", text), source)
    lists = [block.text for block in parsed.blocks if block.kind == "list"]
    paragraphs = [block.text for block in parsed.blocks if block.kind == "paragraph"]
    items = [item for block in lists for item in block.split("\n")]
    bullets = items or [sentence for paragraph in paragraphs for sentence in _sentences(paragraph)]
    headline = _referring(parsed.meta.title) if parsed.meta.title else None
    return Submitted(headline, tuple(map(_referring, bullets)), parsed.meta.language)


def _referring(text: str) -> SubmittedLine:
    """A line without its footnote marks, which number the sentences on our own pages."""
    return SubmittedLine(_REFERENCE.sub("", text).strip(), tuple(map(int, _REFERENCE.findall(text))))


def _from_text(text: str) -> Submitted:
    """A title on the first line, then bullets with marks, or running text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [line.removeprefix(mark) for line in lines if (mark := bullet_of(line))]
    first = lines[0] if lines else ""
    headline = first if first and bullet_of(first) is None and may_be_title(first) else None
    rest = lines[1:] if headline else lines
    bullets = marked or [sentence for line in rest for sentence in _sentences(line)]
    return Submitted(SubmittedLine(headline) if headline else None, tuple(map(SubmittedLine, bullets)))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, identify(text).tag)]
