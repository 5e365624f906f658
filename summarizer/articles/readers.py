"""Files and bytes to articles: the format by suffix, else by content, and one result for each article."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

from summarizer.articles.assemble import assemble
from summarizer.articles.decode import MAX_BYTES, decode
from summarizer.articles.json_articles import article_values, load_json, parse_json_article
from summarizer.articles.markdown import parse_markdown
from summarizer.articles.page import parse_page
from summarizer.articles.parsed import ArticleMeta, Parsed
from summarizer.articles.plain import parse_plain
from summarizer.errors import InputError
from summarizer.records import Article

Format = Literal["text", "markdown", "html", "json", "jsonl"]

_SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
SUFFIXES = frozenset(_SUFFIXES)
_HTML_OPENING = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|\?xml[^>]{0,200}>\s{0,20}<(?:!doctype\s+html|html))\b",
    re.IGNORECASE,
)
_HTML_WITHIN = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_JSON_OPENING = re.compile(r"\s*(?:\{|\[\s*[\[{\]])")


def read_articles(
    path: Path, *, language: str | None = None, source: str | None = None
) -> Iterator[Article | InputError]:
    """The articles of a file, each or what is wrong with it; at least one result, and one bad line loses no other.

    The suffix says the format, and for unknown suffixes the content. JSON Lines are read line by line, whatever the
    size of the file; anything else may have up to 20 MB. `language` is a tag that the user knows to be right; `source`
    names the file in results, its lines as `source:12`, its items as `source[2]`, those of a line as `source:12[2]`.
    """
    label = source or str(path)
    try:
        with path.open("rb") as file:
            if _SUFFIXES.get(path.suffix.lower()) == "jsonl":
                yield from _read_lines(file, label, language)
            else:
                yield from read_bytes(file.read(MAX_BYTES + 1), label, language=language, suffix=path.suffix)
    except IsADirectoryError:
        yield InputError(label, f"a folder: use summarizer job run --in {label}")
    except FileNotFoundError:
        yield InputError(label, "no such file")
    except PermissionError:
        yield InputError(label, "no permission to read it")
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the name
        yield InputError(label, f"cannot be read: {getattr(error, 'strerror', None) or error}")


def read_bytes(
    data: bytes, source: str, *, language: str | None = None, suffix: str = ""
) -> Iterator[Article | InputError]:
    """The articles in bytes, each or what is wrong with it; at least one result."""
    try:
        text = decode(data, source)
        chosen = _SUFFIXES.get(suffix.lower()) or _sniffed(text)
        if chosen == "jsonl":
            yield from _parse_lines(text, source, language)
            return
        if chosen == "json":
            items = list(article_values(load_json(text, source), source))
        else:
            yield assemble(_parse(text, chosen, source), source, language)
            return
    except InputError as error:
        yield error
        return
    for label, value in items:
        yield _json_article(value, label, language)


def read_stream(file: BinaryIO, source: str, *, language: str | None = None) -> Iterator[Article | InputError]:
    """The articles of standard input, each or what is wrong with it, as soon as it is there; at least one result.

    Where the first line is a JSON object by itself, JSON Lines follow, which are read line by line and without an end
    if need be; anything else may have up to 20 MB. Labels are those of `read_articles`.
    """
    first = file.readline(MAX_BYTES + 1)
    if first.endswith(b"\n") and _is_object(first, source):
        yield from _read_lines(file, source, language, [first])
    else:
        yield from read_bytes(first + file.read(MAX_BYTES + 1 - len(first)), source, language=language)


def article_from_text(
    text: str, meta: ArticleMeta | None = None, *, source: str = "text", language: str | None = None
) -> Article:
    """The article in a plain text; `meta` is what is known besides, and where it has a title, no line is taken for one.

    A text that is a web page or an article in JSON is read as such; `meta` goes before what it says about itself.

    Raises:
        InputError: no text is left after cleaning, `language` is no language, or JSON is not one article.
    """
    if len(text) > MAX_BYTES:
        raise InputError(source, f"{len(text):,} characters; an article may have up to {MAX_BYTES:,}")
    known = meta or ArticleMeta()
    parsed = _parse_text(text, source, titled=known.title is None)
    given = {f.name: value for f in dataclasses.fields(known) if (value := getattr(known, f.name)) != f.default}
    return assemble(Parsed(parsed.blocks, dataclasses.replace(parsed.meta, **given)), source, language)


def _parse_text(text: str, source: str, *, titled: bool) -> Parsed:
    chosen = _sniffed(text)
    if chosen == "html":
        return parse_page(text, source)
    if chosen == "text":
        return parse_plain(text, titled=titled)
    values = [] if chosen == "jsonl" else list(article_values(load_json(text, source), source))
    if len(values) != 1:
        raise InputError(source, "several articles in JSON; expected one, or a file")
    return parse_json_article(values[0][1], source)


def _parse(text: str, chosen: Format, source: str) -> Parsed:
    if chosen == "html":
        return parse_page(text, source)
    return parse_markdown(text, source) if chosen == "markdown" else parse_plain(text)


def _sniffed(text: str) -> Format:
    """The format that the beginning of a text gives away; plain text where nothing does."""
    opening = text[:4000].lstrip("\ufeff \t\r\n")
    if _HTML_OPENING.match(opening) or _HTML_WITHIN.search(opening):
        return "html"
    if _JSON_OPENING.match(opening):
        return "jsonl" if _is_lines(text) else "json"
    return "text"


def _is_lines(text: str) -> bool:
    """Whether several lines are each a JSON object."""
    lines = [line.strip() for line in text.split("\n", 50)[:50] if line.strip()]
    return len(lines) > 1 and all(line.startswith("{") for line in lines[:2]) and lines[0].endswith("}")


def _is_object(line: bytes, source: str) -> bool:
    """Whether a line is a whole JSON object."""
    try:
        return line.lstrip(b" \t\xef\xbb\xbf").startswith(b"{") and bool(load_json(decode(line, source), source))
    except InputError:
        return False


def _read_lines(
    file: BinaryIO, source: str, language: str | None, read: Sequence[bytes] = ()
) -> Iterator[Article | InputError]:
    """The articles of a file of JSON Lines, one line at a time; `read` are the first lines where they are read."""
    found = 0
    lines = iter(lambda: file.readline(MAX_BYTES + 1), b"")
    for number, line in enumerate(chain(read, lines), start=1):
        label = f"{source}:{number}"
        if len(line) > MAX_BYTES:
            yield InputError(label, f"a line of more than {MAX_BYTES // 1_000_000} MB")
            found += 1
            rest = line
            while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
                rest = next(lines, b"")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            found += 1
            yield from _line_articles(line, label, language)
    if not found:
        yield InputError(source, "empty; expected an article in JSON on each line")


def _parse_lines(text: str, source: str, language: str | None) -> Iterator[Article | InputError]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield from _line_articles(line.encode("utf-8", errors="surrogatepass"), f"{source}:{number}", language)


def _line_articles(line: bytes, label: str, language: str | None) -> Iterator[Article | InputError]:
    """The articles of one line: one as a rule, all of a list or graph."""
    try:
        value = load_json(decode(line, label).strip(), label)
    except InputError as error:
        yield error
        return
    for place, item in article_values(value, label):
        yield _json_article(item, place, language)


def _json_article(value: object, label: str, language: str | None) -> Article | InputError:
    try:
        return assemble(parse_json_article(value, label), label, language)
    except InputError as error:
        return error
