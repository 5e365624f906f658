"""Articles from the web: the items of feeds and lists of pages, asked for only when something may have changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from datetime import UTC, datetime, timedelta

from summarizer.articles import is_sponsored
from summarizer.errors import InputError, PageError
from summarizer.fetch import Fetched, Fetcher, page_article
from summarizer.job.feeds import FeedItem, feed_items
from summarizer.job.handling import Handling, digest_of
from summarizer.job.intake import Arrival, Batch, Gone, Known, NotYet, Skipped, named
from summarizer.job.ledger import AddressRecord, FileRecord, Ledger
from summarizer.job.recipes import Recipe
from summarizer.job.waiting import has_come, later
from summarizer.publish import slug
from summarizer.records import Article

_FEED = "feed"


class WebIntake:
    """The web sources of one run.

    `recipes` has what decides the results, by source; `stands` tells whether the article of a folder is done by it, and
    need not be read again.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        ledger: Ledger,
        recipes: Mapping[str, Recipe],
        stands: Callable[[str, Handling], bool],
    ) -> None:
        self._fetcher = fetcher
        self._ledger = ledger
        self._recipes = recipes
        self._stands = stands

    async def batches(self, handling: Handling) -> AsyncGenerator[Batch, None]:
        """A batch for a feed, or one for each address of a list.

        Raises:
            InputError: the file of addresses cannot be read.
        """
        if handling.origin.feed is not None:
            yield await self._feed(handling, handling.origin.feed)
        for url in addresses_of(handling):
            bucket = f"{_bucket(handling):x}"

            def articles(url: str = url) -> AsyncGenerator[Arrival, None]:
                return self._one(url, handling)

            yield Batch(named(handling, url), handling, bucket, articles)

    async def _feed(self, handling: Handling, url: str) -> Batch:
        """The batch of a feed; where it is what it was, its digest says so, and nobody reads its items."""
        name = named(handling, _FEED)
        record, before = self._ledger.address(url), self._ledger.file(name)
        bucket = f"{_bucket(handling):x}" if handling.origin.full_text == "page" else ""
        same = before is not None and self._is_done(before, bucket, handling)
        if not has_come(record.retry_at or None):
            return Batch(name, handling, "", lambda: _only(NotYet(url)))
        validators = {"etag": record.etag, "modified": record.modified} if same else {}
        try:
            answer = await self._fetcher.get(url, "feed", **validators)
        except PageError as error:
            self._put_off(record, error)
            failure = error
            return Batch(name, handling, "", lambda: _only(failure))
        self._ledger.record_address(_answered(record, answer, "", ""))
        if answer.data is None and before is not None:
            return Batch(name, handling, before.digest, _only)
        return Batch(
            name, handling, f"{bucket}:{digest_of((answer.data or b'').hex())}", lambda: self._items(handling, answer)
        )

    def _is_done(self, before: FileRecord, bucket: str, handling: Handling) -> bool:
        """Whether nothing need be done if the feed is what it was."""
        if before.recipe != self._recipes[handling.name].result or not before.digest.startswith(f"{bucket}:"):
            return False
        return all(self._stands(folder, handling) for folder in before.folders)

    async def _items(self, handling: Handling, answer: Fetched) -> AsyncGenerator[Arrival, None]:
        try:
            items = await asyncio.to_thread(feed_items, answer.data or b"", answer.url, answer.content_type)
        except InputError as error:
            yield error
            return
        for place, item in enumerate(items, 1):
            yield await self._item(handling, item, f"{named(handling, _FEED)}[{place}]")

    async def _item(self, handling: Handling, item: FeedItem, label: str) -> Arrival:
        key = item.meta.url or item.meta.id or label
        language = handling.language or item.meta.language or "en"
        if item.meta.sponsored or any(is_sponsored(name, language) for name in item.meta.labels):
            return Skipped(key, "somebody paid for it: the feed says so")
        if handling.origin.full_text == "item":
            try:
                return await asyncio.to_thread(item.article, label, handling.language)
            except InputError as error:
                return error
        if item.meta.url is None:
            return InputError(label, 'the item has no link; full_text = "item" would take its own text')
        return await self._page(item.meta.url, handling, item.digest)

    async def _one(self, url: str, handling: Handling) -> AsyncGenerator[Arrival, None]:
        yield await self._page(url, handling, "")

    async def _page(self, url: str, handling: Handling, pointer: str) -> Arrival:
        """The article of a page; asked for where it is new, what points at it has changed, or it was long ago."""
        record = self._ledger.address(url)
        if not has_come(record.retry_at or None):
            return NotYet(url)
        stands = bool(record.folder) and self._stands(record.folder, handling)
        if stands and record.digest == pointer and not self._is_old(record, handling):
            return Known(record.folder)
        try:
            validators = {"etag": record.etag, "modified": record.modified} if stands else {}
            answer = await self._fetcher.get(url, "page", **validators)
        except PageError as error:
            return self._not_there(record, error)
        if answer.data is None:
            self._ledger.record_address(_answered(record, answer, pointer, record.folder))
            return Known(record.folder)
        article = await asyncio.to_thread(page_article, answer, url, handling.language)
        if isinstance(article, Article):
            self._ledger.record_address(_answered(record, answer, pointer, slug(article.key)))
        return article

    def _is_old(self, record: AddressRecord, handling: Handling) -> bool:
        minutes = timedelta(minutes=handling.origin.recheck_minutes)
        return datetime.fromisoformat(record.checked_at) + minutes <= datetime.now(UTC)

    def _not_there(self, record: AddressRecord, error: PageError) -> Arrival:
        """What a page that did not come means for its article."""
        entry = self._ledger.entry_in(record.folder) if record.folder else None
        if error.kind in {"gone", "refused"} and entry is not None and entry.version:
            return Gone(entry.folder, error.reason)
        if error.kind == "refused":
            return Skipped(record.url, error.reason)
        self._put_off(record, error)
        return error

    def _put_off(self, record: AddressRecord, error: PageError) -> None:
        """Keep when an address may be asked again: when it said, or after a growing wait."""
        failures = record.failures + 1
        now = datetime.now(UTC)
        wait = None if error.retry_after_s is None else (now + timedelta(seconds=error.retry_after_s)).isoformat()
        self._ledger.record_address(record._replace(failures=failures, retry_at=wait or later(failures) or ""))


def addresses_of(handling: Handling) -> list[str]:
    """The addresses that a source lists, each once.

    Raises:
        InputError: their file cannot be read.
    """
    file, listed = handling.origin.url_file, list(handling.origin.urls)
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(str(file), f"expected addresses, one on each line: {error}") from error
        listed += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return list(dict.fromkeys(listed))


def _answered(record: AddressRecord, answer: Fetched, pointer: str, folder: str) -> AddressRecord:
    return AddressRecord(
        url=record.url,
        etag=answer.etag or (record.etag if answer.data is None else ""),
        modified=answer.modified or (record.modified if answer.data is None else ""),
        checked_at=datetime.now(UTC).isoformat(),
        digest=pointer,
        folder=folder,
    )


def _bucket(handling: Handling) -> int:
    """The number of the stretch of time in which a page need not be asked for twice."""
    minutes = handling.origin.recheck_minutes
    return int(datetime.now(UTC).timestamp() // (minutes * 60)) if minutes else int(datetime.now(UTC).timestamp() * 1e6)


async def _only(*arrivals: Arrival) -> AsyncGenerator[Arrival, None]:
    for arrival in arrivals:
        yield arrival
