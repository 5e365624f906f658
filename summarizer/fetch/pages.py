"""From an answer to an article."""

from __future__ import annotations

from urllib.parse import urlsplit

from summarizer.articles import read_bytes
from summarizer.errors import InputError
from summarizer.fetch.client import Fetched
from summarizer.records import Article


def page_article(answer: Fetched, asked: str, language: str | None) -> Article | InputError:
    """The article of a page that was fetched; its key is the page's own canonical address, else where it was found.

    A canonical address on another host, or that of a front page, is not believed: it would make one article of many.
    """
    suffix = ".html" if "html" in answer.content_type else ""
    first = next(read_bytes(answer.data or b"", asked, language=language, suffix=suffix))
    if isinstance(first, InputError):
        return first
    found, own = urlsplit(answer.url), urlsplit(first.url or "")
    believed = own.hostname == found.hostname and own.path not in {"", "/"}
    if believed:
        return first
    return first.model_copy(update={"url": answer.url, "key": answer.url})
