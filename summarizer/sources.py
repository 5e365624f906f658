"""What callers may hand in, and how it becomes articles: one at a time, and never on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import aclosing
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from summarizer.articles import article_from_text, read_articles
from summarizer.concurrency import in_thread
from summarizer.errors import InputError
from summarizer.records import Article

Source = str | Path | Article
_T = TypeVar("_T")


class Order(NamedTuple):
    """An article with wishes of its own: `to` which languages, how many bullets at most (None = as for the others).

    With `prepare`, it is summarised although its embargo has not lifted; whoever asks for that must not publish it.
    """

    article: Article
    to: tuple[str, ...] = ()
    max_bullets: int | None = None
    prepare: bool = False


class Read(NamedTuple):
    """What was read from a source: an article, or what is wrong with it; `order` where it has wishes of its own."""

    source: Source
    article: Article | InputError
    order: Order | None = None


def read_one(source: Source) -> Article:
    """The only article of a source; `str` is text, `Path` a file.

    Raises:
        InputError: the source cannot be read, or holds more than one article.
    """
    if isinstance(source, Article):
        return source
    if isinstance(source, str):
        return _article_from_str(source)
    articles = list(islice(read_articles(source), 2))
    if len(articles) > 1:
        raise InputError(str(source), "holds more than one article; use summarize_many")
    if isinstance(articles[0], InputError):
        raise articles[0]
    return articles[0]


async def read_all(
    sources: Iterable[Source | Order | InputError] | AsyncIterable[Source | Order | InputError],
) -> AsyncGenerator[Read, None]:
    """Every article of every source, with the source it came from.

    Files, text and the steps of an ordinary iterable run in a thread, one after the other, so that the loop goes on.

    Raises:
        InputError: `sources` is one string, which would be taken letter by letter.
    """
    if isinstance(sources, str):
        raise InputError(sources[:80], "expected several sources, not one string; pass a list")
    async with aclosing(each(sources)) as items:
        async for source in items:
            if isinstance(source, InputError):
                yield Read(source.source, source)
            elif isinstance(source, Order):
                yield Read(source.article, source.article, source)
            elif isinstance(source, Article):
                yield Read(source, source)
            elif isinstance(source, Path):
                async with aclosing(in_thread(read_articles(source))) as articles:
                    async for article in articles:
                        yield Read(source, article)
            else:
                yield Read(source, await asyncio.to_thread(_read_or_error, source))


async def each(sources: Iterable[_T] | AsyncIterable[_T]) -> AsyncGenerator[_T, None]:
    """The items of either kind of iterable; each step of an ordinary one happens in a thread."""
    if isinstance(sources, AsyncIterable):
        async for source in sources:
            yield source
    else:
        own = (source for source in sources)  # closed at the end, as the caller's generator must not be
        async with aclosing(in_thread(own)) as steps:
            async for source in steps:
                yield source


def _read_or_error(text: str) -> Article | InputError:
    try:
        return read_one(text)
    except InputError as error:
        return error


def _article_from_str(text: str) -> Article:
    """An article from text; a line that names an existing file is a path given as the wrong type."""
    if "\n" not in text and _is_file(text):
        raise InputError(text, f"this is a path; pass Path({text!r})")
    return article_from_text(text)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for this file system, or a NUL inside: no path
        return False
