"""Runs the job once: reads new and changed articles, has them summarised, remembers and publishes what came of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from summarizer.concurrency import cancelled
from summarizer.errors import InputError
from summarizer.fetch import Fetcher
from summarizer.job.decisions import TRANSIENT, Ruling
from summarizer.job.edits import read_edits
from summarizer.job.entries import Entry
from summarizer.job.handling import Handling, digest_of, handlings
from summarizer.job.intake import Arrival, Batch, Gone, Known, NotYet, Skipped, file_batches, files_of
from summarizer.job.ledger import FileRecord, Ledger, ledger_copy, open_ledger, state_folder
from summarizer.job.publisher import Publisher
from summarizer.job.publishing import Outlets
from summarizer.job.recipes import Edition, recipes_of
from summarizer.job.results import Manifest, Tally
from summarizer.job.waiting import has_come, later
from summarizer.job.web_intake import WebIntake, addresses_of
from summarizer.languages import parse_tag
from summarizer.pipeline import Summarizer, article_info, is_embargoed, parse_tags
from summarizer.publish import Claims, slug, sweep
from summarizer.records import NO_USAGE, Article, NewsSummary, Outcome
from summarizer.settings import Settings
from summarizer.sources import Order
from summarizer.stopping import Stopping
from summarizer.verdicts import errors_in

# What does not decide a summary, so that two articles may share one.
_NOT_CONTENT = {
    *("key", "source", "url", "publisher", "section", "published", "modified", "revision", "notices", "dropped_lines"),
}


@dataclass(frozen=True)
class Job:
    """What to run: every article file below `source`, into `output`, in the languages `to`.

    Without `source` the settings say where articles come from. `desk` is the folder for what only editors may see;
    None = below the output folder.
    """

    source: Path | None
    output: Path
    to: tuple[str, ...] = ()
    language: str | None = None
    desk: Path | None = None

    @property
    def desk_folder(self) -> Path:
        """Where held texts and their findings go."""
        return self.desk or state_folder(self.output) / "desk"


async def run_job(
    job: Job, settings: Settings, report: Callable[[Outcome], None], stop: asyncio.Event | None = None
) -> Tally:
    """Summarise what is new or changed since the last run, calling `report` for each article as it finishes.

    An article that fails, or whose translator, endpoint or model gave no answer of use, is tried again next time, after
    two failures after a growing wait; no failure of its own is what a run leaves that stops because a setting is wrong,
    no quota or budget is left, the endpoint is down or `stop` was set. Such a run takes no new article, and drops what
    is not done after `job.stop_s`. Any other whose content, languages and settings are unchanged costs nothing,
    wherever it stands. Of several articles with the same key the first wins, in the order of the file names, and the
    others fail. Nothing is deleted when an article vanishes.

    Raises:
        InputError: the folders or the tags cannot be used.
        ConfigError: the output folder cannot be written, or the ledger in it or the edits cannot be used.
        RunLocked: another run holds the output folder.
    """
    language = None if job.language is None else parse_tag(job.language)
    sources = handlings(settings.job, job.source, parse_tags(job.to), language)
    _check_folders(job, sources)
    edits = read_edits(settings.job.edits)
    with open_ledger(job.output) as ledger:
        for folder in (job.output, job.desk_folder):
            sweep(folder)
        publisher = Publisher(ledger, job.output, job.desk_folder, edits)
        run = _Run(job, settings, ledger, publisher, report)
        tally = await run.run({handling.name: handling for handling in sources}, stop or asyncio.Event())
        run.manifest.write(job.desk_folder, tally, datetime.now(UTC))
        Outlets(settings, job.output, job.desk_folder, sources).write()
        return tally


async def due_articles(job: Job, settings: Settings, edition: Edition) -> AsyncGenerator[Order | InputError, None]:
    """What a run would summarise now, with an error in the place of what cannot be read; nothing is written.

    `edition` is the summarizer that would work, or what stands for it.

    Raises:
        InputError: the folders or the tags cannot be used.
        ConfigError: the ledger in the output folder, or the edits, cannot be used.
    """
    language = None if job.language is None else parse_tag(job.language)
    sources = handlings(settings.job, job.source, parse_tags(job.to), language)
    _check_folders(job, sources)
    with ledger_copy(job.output) as ledger:
        publisher = Publisher(ledger, job.output, job.desk_folder, {})
        run = _Preview(job, settings, ledger, publisher, lambda _: None)
        async with aclosing(run.due({handling.name: handling for handling in sources}, edition)) as orders:
            async for order in orders:
                yield order


def _check_folders(job: Job, sources: list[Handling]) -> None:
    for handling in sources:
        files_of(handling)
        folder = handling.origin.folder
        for written in (job.output, job.desk_folder):
            if folder is not None and written.resolve().is_relative_to(folder.resolve()):
                raise InputError(str(written), f"lies inside {folder}, so its pages would be read as articles")


class _Run:
    def __init__(
        self,
        job: Job,
        settings: Settings,
        ledger: Ledger,
        publisher: Publisher,
        report: Callable[[Outcome], None],
    ) -> None:
        self._job = job
        self._settings = settings
        self._ledger = ledger
        self._publisher = publisher
        self._report = report
        self._under_way: dict[str, tuple[Batch, Entry]] = {}
        self._sharing: dict[str, list[Order]] = {}
        self._claims = Claims()
        self._failed: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._left = 0
        self._stopping = Stopping()
        self.manifest = Manifest(datetime.now(UTC), "")

    async def run(self, sources: Mapping[str, Handling], stop: asyncio.Event) -> Tally:
        self._sources, self._stop = sources, stop
        async with (
            Fetcher(self._settings.fetch) as self._fetcher,
            Summarizer.from_settings(self._settings) as summarizer,
        ):
            self._recipes = await asyncio.to_thread(recipes_of, self._sources, self._settings, summarizer)
            self.manifest.engine = summarizer.engine_name
            self._recover()
            stopped = await self._finish_all(summarizer, self._orders())
            if not stopped and self._waiting_twins():
                stopped = await self._finish_all(summarizer, self._twins())
            usage, kept = summarizer.usage, summarizer.kept
        self._settle()
        orphans = () if stopped else tuple(self._orphans())
        waiting = sum(len(entry.review) for entry in self._ledger.entries())
        return Tally(
            **self._counts,
            review=waiting,
            foreign=tuple(sorted(self._publisher.foreign)),
            problems=tuple(self._publisher.problems),
            orphans=orphans,
            left=self._left if stopped else 0,
            stopped=stopped,
            usage=usage,
            kept=kept,
        )

    async def _finish_all(self, summarizer: Summarizer, orders: AsyncGenerator[Order | InputError, None]) -> bool:
        """Do the articles; whether that stopped early."""
        late = asyncio.create_task(self._grace())
        waiting: set[asyncio.Future[Any]] = {late}
        async with aclosing(orders), aclosing(summarizer.summarize_many(orders)) as outcomes:
            try:
                while True:
                    following = asyncio.ensure_future(anext(outcomes, None))
                    waiting = {following, late}
                    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                    if not following.done():
                        return True
                    outcome = following.result()
                    if outcome is None:
                        return self._stop.is_set() or self._stopping.no_more
                    stops = self._stopping.after(outcome)
                    self._finish(outcome)
                    if stops:
                        return True
            finally:
                await cancelled(waiting)  # first: a generator that is at work cannot be closed

    async def _grace(self) -> None:
        """Ends when the time is over that a run has after it was told to stop."""
        await self._stop.wait()
        await asyncio.sleep(self._settings.job.stop_s)

    async def _orders(self) -> AsyncGenerator[Order | InputError, None]:
        """The new and changed articles, with an error in the place of what cannot be read."""
        waiting = [(handling, files_of(handling)) for handling in self._sources.values()]
        self._left = sum(len(files) + len(addresses_of(each)) + bool(each.origin.feed) for each, files in waiting)
        web = WebIntake(self._fetcher, self._ledger, self._recipes, self._is_done)
        for handling, files in waiting:
            source = file_batches(handling, files) if files else web.batches(handling)
            async with aclosing(source) as batches:
                async for batch in batches:
                    if self._is_unchanged(batch):
                        self._left -= 1
                        continue
                    self._ledger.forget_file(batch.name)
                    async with aclosing(batch.articles()) as articles:
                        async for arrival in articles:
                            if self._stop.is_set() or self._stopping.no_more:
                                return
                            order = self._due(arrival, batch)
                            if order is not None:
                                yield order
                    batch.read_to_end = True
                    self._remember(batch)

    def _is_unchanged(self, batch: Batch) -> bool:
        """Whether an earlier run did this very batch with this very recipe, and all its results still stand."""
        before = self._ledger.file(batch.name)
        recipe = self._recipes[batch.handling.name]
        if before is None or (before.digest, before.recipe) != (batch.digest, recipe.result):
            return False
        entries = [self._ledger.entry_in(folder) for folder in before.folders]
        if not all(
            entry and entry.place == batch.name and recipe.stands(entry.recipe) and self._stands(entry)
            for entry in entries
        ):
            return False
        if any(folder in self._claims for folder in before.folders):
            return False
        for entry in filter(None, entries):
            self._claims.claim(entry.folder, batch.name)
            self._counts["withdrawn" if entry.is_withdrawn else "unchanged"] += 1
        return True

    def _is_done(self, folder: str, handling: Handling) -> bool:
        """Whether the article of a folder was done as it would be done now."""
        entry = self._ledger.entry_in(folder)
        if entry is None or not self._recipes[handling.name].stands(entry.recipe):
            return False
        return entry.is_withdrawn or self._stands(entry)

    def _stands(self, entry: Entry) -> bool:
        """Whether an article is done; files of it that are missing are written anew."""
        if entry.state != "done":
            return False
        if entry.version and not self._publisher.files_are_there(entry):
            self._publisher.settle(entry, self._handling(entry))
            self._counts["restored"] += 1
        return True

    def _due(self, arrival: Arrival, batch: Batch) -> Order | InputError | None:
        """What has to be summarised, None where nothing has; an error where another article has the key."""
        if isinstance(arrival, Article):
            return self._article_due(_as_the_source_says(arrival, batch.handling), batch)
        if isinstance(arrival, InputError):
            return self._unreadable(arrival, batch)
        if isinstance(arrival, Skipped):
            self._skip(arrival.key, arrival.reason)
        elif isinstance(arrival, NotYet):
            self._counts["waiting"] += 1
            batch.again = True
        else:
            self._known(arrival, batch)
        return None

    def _unreadable(self, error: InputError, batch: Batch) -> InputError:
        self._under_way[error.source] = (batch, Entry(key=error.source, folder=""))
        batch.waiting += 1
        return error

    def _article_due(self, article: Article, batch: Batch) -> Order | InputError | None:
        folder = slug(article.key)
        try:
            self._claims.claim(folder, article.source)
        except InputError as error:
            return self._unreadable(error, batch)
        batch.folders.append(folder)
        entry = self._ledger.entry(article.key) or Entry(key=article.key, folder=folder)
        if entry.is_withdrawn:
            self._counts["withdrawn"] += 1
        elif "sponsored" in article.notices and not entry.live:
            self._skip(article.key, "somebody paid for it: its source says so")
        else:
            return self._changed(article, entry, batch)
        return None

    def _changed(self, article: Article, entry: Entry, batch: Batch) -> Order | None:
        """The order for an article that is not what it was; None while it has to wait, or where it is unchanged."""
        handling = batch.handling
        recipe, digest = self._recipes[handling.name], _article_digest(article)
        same = entry.digest == digest and recipe.stands(entry.recipe)
        if same and entry.state == "gone" and article.not_news is None:  # it is back, as it was
            entry = entry.model_copy(update={"state": "done", "reason": ""})
            self._ledger.record(entry)
        if same and self._stands(entry):
            self._counts["unchanged"] += 1
            if entry.place != batch.name:
                self._ledger.record(entry.model_copy(update={"place": batch.name, "source": handling.name}))
            return None
        if (same and not has_come(entry.retry_at)) or not self._has_settled(article, digest, entry, handling):
            self._counts["waiting"] += 1
            batch.again = True
            return None
        revision = max(article.revision, entry.revision)
        if entry.first_published is not None and entry.made not in {digest, ""}:
            revision = max(article.revision, entry.revision + 1)
        article = article.model_copy(update={"revision": revision})
        known = {
            "source": handling.name,
            "place": batch.name,
            "digest": digest,
            "recipe": recipe.text(held=False, kept=False),
        }
        batch.waiting += 1
        self._under_way[article.source] = (batch, entry.model_copy(update=known))
        order = Order(article, handling.to, handling.origin.bullets, handling.prepare)
        return self._unless_shared(order)

    def _has_settled(self, article: Article, digest: str, entry: Entry, handling: Handling) -> bool:
        """Whether a changed article has stayed as it is for long enough; a correction need not."""
        if not entry.live or entry.made in {digest, ""} or not handling.settle_minutes:
            return True
        now = datetime.now(UTC)
        if entry.seen != digest:
            seen = {"seen": digest, "seen_at": now.isoformat()}
            entry = entry.model_copy(update=seen)
            self._ledger.record(entry)
        if "correction" in article.notices:
            return True
        assert entry.seen_at is not None
        return now >= datetime.fromisoformat(entry.seen_at) + timedelta(minutes=handling.settle_minutes)

    def _known(self, arrival: Known | Gone, batch: Batch) -> None:
        """Note that an article is as it was, or that its source does not show it any more."""
        entry = self._ledger.entry_in(arrival.folder)
        if entry is None or entry.folder in self._claims:  # two addresses of one article
            return
        batch.folders.append(entry.folder)
        self._claims.claim(entry.folder, batch.name)
        if isinstance(arrival, Known):
            self._counts["withdrawn" if entry.is_withdrawn else "unchanged"] += 1
        else:
            self._ledger.record(entry.model_copy(update={"state": "gone", "reason": arrival.reason}))
            self._counts["held"] += 1
            self.manifest.note(entry.key, "held", arrival.reason)

    def _skip(self, key: str, reason: str) -> None:
        self._counts["skipped"] += 1
        self.manifest.note(key, "skipped", reason)

    def _unless_shared(self, order: Order) -> Order | None:
        """The order; None where the very same article is under way or done under another key, and serves here too."""
        content = self._content(order.article)
        if content in self._sharing:
            self._sharing[content].append(order)
            return None
        if content:
            self._sharing[content] = []
            if self._copied(order, content):
                return None
        return order

    def _copied(self, order: Order, content: str) -> bool:
        """Whether the article was published from what was made of the same text before."""
        other = self._ledger.entry_with(content)
        version = self._ledger.version(other.key, other.version) if other else None
        if other is None or version is None or other.key == order.article.key or other.state != "done":
            return False
        made = version.whole
        info = article_info(order.article, with_text=self._settings.output.article_text)
        provenance = made.provenance.model_copy(update={"usage": NO_USAGE})
        copy = made.model_copy(update={"article": info, "provenance": provenance}).with_held(made.held)
        self._finish(Outcome(order.article, order.article.key, copy, None))
        return True

    def _waiting_twins(self) -> bool:
        return any(self._sharing.values())

    async def _twins(self) -> AsyncGenerator[Order | InputError, None]:
        """The articles whose text was under way under another key, where nothing came of that."""
        for content, orders in self._sharing.items():
            for order in orders:
                if not self._copied(order, content):
                    yield order

    def _content(self, article: Article) -> str:
        """What decides a summary; empty for an article under an embargo, which shares nothing."""
        if is_embargoed(article):
            return ""
        batch, _ = self._under_way[article.source]
        parts = article.model_dump_json(exclude=_NOT_CONTENT)
        recipe = self._recipes[batch.handling.name]
        return digest_of(parts, (article.published or "")[:10], recipe.result, recipe.version)

    def _finish(self, outcome: Outcome) -> None:
        """Publish, count and report one article; then its batch, if that was the last of it."""
        batch, entry = self._under_way.pop(outcome.label)
        batch.waiting -= 1
        if outcome.summary is None:
            batch.again = True
            self._failed.add(batch.name)
            self._counts["failed"] += 1
            if entry.folder:
                self._ledger.record(self._to_do_again(entry, outcome))
            self.manifest.outcome(outcome, {}, {})
        else:
            self._under_way[outcome.label] = (batch, entry)
            ruled = self._publish(outcome, entry, batch)
            del self._under_way[outcome.label]
            self._counts["held" if outcome.summary.status == "held" else "ok"] += 1
            self._counts["flagged"] += outcome.summary.status == "flagged"
            self.manifest.outcome(outcome, ruled.verdicts, ruled.reasons)
        self._report(outcome)
        self._remember(batch)

    def _publish(self, outcome: Outcome, entry: Entry, batch: Batch) -> Ruling:
        summary, article = outcome.result(), outcome.source
        assert isinstance(article, Article)
        if _is_transient(summary):
            batch.again = True
            if not is_embargoed(article):  # waiting for a lift is no failure
                entry = self._to_do_again(entry, outcome)
        else:
            held = "held" in summary.not_ok.values()
            recipe = self._recipes[batch.handling.name].text(held=held, kept=summary.is_kept)
            done = {"state": "done", "reason": "", "attempts": 0, "retry_at": None, "recipe": recipe}
            entry = entry.model_copy(update=done)
        if entry.live and article.not_news is not None:
            entry = entry.model_copy(update={"state": "gone", "reason": article.not_news})
            batch.again = True
        shared = entry.state == "done" and not summary.is_kept  # by the recipe of today, as `content` says
        content = self._content(article) if shared else ""
        return self._publisher.adopt(entry, article, summary, batch.handling, content)

    def _to_do_again(self, entry: Entry, outcome: Outcome) -> Entry:
        """The entry of an article that has to be done again: at once where the run is to blame, else after a while."""
        if self._stopping.is_to_blame(outcome):
            return entry.model_copy(update={"state": "again", "retry_at": None})
        attempts = entry.attempts + 1
        return entry.model_copy(update={"state": "again", "attempts": attempts, "retry_at": later(attempts)})

    def _remember(self, batch: Batch) -> None:
        if not batch.read_to_end or batch.waiting:
            return
        self._left -= 1
        if not batch.again:
            recipe = self._recipes[batch.handling.name].result
            self._ledger.record_file(FileRecord(batch.name, batch.digest, recipe, tuple(batch.folders)))

    def _recover(self) -> None:
        """Write what a killed run had decided and not written."""
        for entry in self._ledger.entries():
            if entry.pending:
                self._publisher.settle(entry, self._handling(entry))
                self._counts["restored"] += 1

    def _settle(self) -> None:
        """Apply what people have changed since, and let go what an embargo held."""
        for entry in self._ledger.entries():
            handling = self._handling(entry)
            if not self._publisher.is_settled(entry, handling):
                self._publisher.settle(entry, handling)
        self._publisher.note_edits_of_nothing()

    def _handling(self, entry: Entry) -> Handling:
        """How an article is handled, by the rules of the job where its source is gone."""
        found = self._sources.get(entry.source)
        return found or handlings(self._settings.job, self._job.output, (), None)[0]

    def _orphans(self) -> list[str]:
        """Folders without an article; one whose file failed may only be out of sight, and feeds forget."""
        return [
            entry.folder
            for entry in self._ledger.entries()
            if entry.folder not in self._claims
            and entry.place not in self._failed
            and not entry.is_withdrawn
            and (self._handling(entry).origin.folder or self._handling(entry).origin.lines)
            and (self._job.output / entry.folder).exists()
        ]


class _Preview(_Run):
    """A run that only says what it would do: it publishes nothing, and its ledger is a copy."""

    async def due(self, sources: Mapping[str, Handling], edition: Edition) -> AsyncGenerator[Order | InputError, None]:
        """The orders of a run."""
        self._sources, self._stop = sources, asyncio.Event()
        self._recipes = await asyncio.to_thread(recipes_of, sources, self._settings, edition)
        async with Fetcher(self._settings.fetch) as self._fetcher, aclosing(self._orders()) as orders:
            async for order in orders:
                yield order

    def _stands(self, entry: Entry) -> bool:
        """Whether an article is done; that files of it are missing costs no call."""
        return entry.state == "done"

    def _copied(self, order: Order, content: str) -> bool:
        """Whether the article would be published from what was made of the same text before."""
        other = self._ledger.entry_with(content)
        return other is not None and other.key != order.article.key and other.state == "done"


def _as_the_source_says(article: Article, handling: Handling) -> Article:
    """The article with the section and the rights that the settings give to its source, where it has none."""
    given = {"section": handling.origin.section, "rights": handling.origin.rights}
    return article.model_copy(
        update={name: value for name, value in given.items() if value and not getattr(article, name)}
    )


def _is_transient(summary: NewsSummary) -> bool:
    translated = (found for translation in summary.translations.values() for found in translation.findings)
    return any(found.code in TRANSIENT for found in errors_in((*summary.findings, *translated)))


def _article_digest(article: Article) -> str:
    """The SHA-256 of text and metadata without `source`, so that a line above does not make an article new."""
    left_out = {"source"} if article.notices else {"source", "notices"}  # as before there were notices
    return hashlib.sha256(article.model_dump_json(exclude=left_out).encode()).hexdigest()
