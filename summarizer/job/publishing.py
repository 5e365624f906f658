"""What the job has published, written in other forms: site, feeds, ninjs, and the desk's pages."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from summarizer.errors import ConfigError
from summarizer.job.entries import ALL
from summarizer.job.handling import Handling
from summarizer.job.listing import Decided, Published, decided_articles, published_articles
from summarizer.job.pages import told_updates
from summarizer.publish import (
    History,
    cancelled_json,
    document_uri,
    findings_of,
    languages_of,
    lines_of,
    ninjs_json,
    published_languages,
    write_if_changed,
)
from summarizer.publish.disclosure import disclosure
from summarizer.publish.feeds import Entry, Feed, atom, json_feed
from summarizer.publish.site import Change, Gone, Site, Story, build_site, strings
from summarizer.publish.site.desk import Day, DeskItem, DeskText, Verdict, build_desk
from summarizer.records import NO_USAGE, Candidate, NewsSummary, Usage
from summarizer.settings import PublishSettings, Settings

_log = logging.getLogger(__name__)

# Entries of a feed: readers ask for it often, and want what is new.
_FEED_ENTRIES = 100


class Outlets:
    """The other forms of one job; nothing is written for those that the settings do not name."""

    def __init__(self, settings: Settings, output: Path, desk: Path, sources: Iterable[Handling]) -> None:
        self._settings, self._output, self._desk = settings, output, desk
        self._short = {each.name for each in sources if each.origin.evidence_on_site == "first_words"}

    def write(self) -> int:
        """Bring every form up to date; how many files changed.

        Raises:
            ConfigError: a folder cannot be written, or the ledger or the edits cannot be used.
        """
        publish, changed = self._settings.publish, 0
        try:
            if publish.site.folder or publish.feeds or publish.ninjs:
                articles = list(published_articles(self._output, self._settings.job.edits))
                changed += self._write_public(publish, articles)
            if publish.desk_pages:
                items = map(_desk_item, decided_articles(self._output, self._settings.job.edits))
                changed += build_desk(items, _day(self._desk), self._desk / "pages")
        except OSError as error:
            raise ConfigError(f"{error.filename}: cannot be written: {error.strerror}") from error
        return changed

    def _write_public(self, publish: PublishSettings, articles: list[Published]) -> int:
        changed = 0
        if publish.site.folder:
            built = build_site(map(self._story, articles), _site(self._settings), publish.site.folder)
            for tag in built.without_strings:
                _log.warning("publish.site: there are no words for pages in %s, so the site has none", tag)
            changed += built.written
        if publish.feeds:
            files = _feeds(articles, self._settings)
            changed += sum(write_if_changed(publish.feeds / name, text) for name, text in files)
        if publish.ninjs:
            files = (file for article in articles for file in _ninjs(article))
            changed += sum(write_if_changed(publish.ninjs / name, text) for name, text in files)
        return changed

    def _story(self, article: Published) -> Story:
        return Story(
            key=article.key,
            texts=article.languages,
            published=_instant(article.first_published),
            updated={tag: _instant(time) for tag, time in article.dated.items()},
            changes={tag: tuple(_changes(article, tag)) for tag in article.languages},
            gone={tag: gone for tag, gone in _gone(article).items() if tag not in article.languages},
            evidence="first_words" if article.source in self._short else "full",
        )


def _site(settings: Settings) -> Site:
    chosen = settings.publish.site
    base = None if chosen.base_url is None else chosen.base_url.rstrip("/") + "/"
    return Site(chosen.title, base, chosen.corrections, ZoneInfo(chosen.time_zone))


def _changes(article: Published, language: str) -> Iterator[Change]:
    for update, told in told_updates(article.updates, language, article.languages[language]):
        text = told or strings(language)["corrected_plain"]
        yield Change("correction" if update.correction else "update", _instant(update.time), text)


def _gone(article: Published) -> dict[str, Gone]:
    """The languages that were published and are not any more."""
    gone = {}
    for tag, time in article.dated.items():
        if tag not in article.languages:
            taken = article.withdrawn.get(tag) or article.withdrawn.get(ALL)
            gone[tag] = Gone(_instant(taken.time if taken and taken.time else time), final=taken is not None)
    return gone


def _feeds(articles: Iterable[Published], settings: Settings) -> Iterator[tuple[str, str]]:
    """The files of the feeds, two for each language that was ever published."""
    site = settings.publish.site
    base = _site(settings).base_url
    entries: dict[str, list[Entry]] = {}
    for article in articles:
        for tag in (*article.languages, *_gone(article)):
            entries.setdefault(tag, []).append(_entry(article, tag, base if site.folder else None))
    for tag, listed in sorted(entries.items()):
        title = site.title or strings(tag).get("heading") or "summarizer"
        home = None if base is None else f"{base}{tag}/"
        feed = Feed(document_uri("feed", tag), title, tag, title, home)
        latest = sorted(listed, key=lambda entry: (entry.updated, entry.uri), reverse=True)[:_FEED_ENTRIES]
        yield f"{tag}.atom.xml", atom(feed, latest)
        yield f"{tag}.json", json_feed(feed, latest)


def _entry(article: Published, language: str, base: str | None) -> Entry:
    """One article in a feed; of one that is gone nothing but that."""
    page = None if base is None else f"{base}{language}/{article.folder}.html"
    published, updated = _instant(article.first_published), _instant(article.dated[language])
    uri = document_uri(article.key, language)
    gone = _gone(article).get(language)
    if gone is not None:
        said = strings(language).get("withdrawn" if gone.final else "pulled", "{date}")
        date = f"{gone.moment:%Y-%m-%d}"
        return Entry(uri, "", (), published, max(updated, gone.moment), "", page, withdrawn=said.format(date=date))
    summary = article.languages[language]
    headline, bullets = lines_of(summary, language)
    return Entry(
        uri=uri,
        headline=headline,
        bullets=bullets,
        published=published,
        updated=updated,
        disclosure=disclosure(summary, language),
        page=page,
        original=summary.article.url,
        publisher=summary.article.publisher,
        section=summary.article.section,
    )


def _ninjs(article: Published) -> Iterator[tuple[str, str]]:
    """The documents of an article; one that was taken back is cancelled and keeps its name."""
    for tag, summary in article.languages.items():
        history = History(first_created=article.first_published)
        yield f"{article.folder}.{tag}.json", ninjs_json(_with_revision(summary, article), tag, history) + "\n"
    for tag in _gone(article):
        yield f"{article.folder}.{tag}.json", cancelled_json(article.key, tag, article.dated[tag]) + "\n"


def _with_revision(summary: NewsSummary, article: Published) -> NewsSummary:
    info = summary.article.model_copy(update={"revision": article.revision})
    return summary.model_copy(update={"article": info})


def _desk_item(decided: Decided) -> DeskItem:
    summary = decided.summary
    texts = tuple(_desk_text(decided, tag) for tag in languages_of(summary) if tag in decided.verdicts)
    return DeskItem(summary, decided.title, texts, decided.problems)


def _desk_text(decided: Decided, language: str) -> DeskText:
    summary, findings = decided.summary, findings_of(decided.summary, language)
    lines = summary.held.get(language)
    if lines is None and language in published_languages(summary):
        headline, bullets = lines_of(summary, language)
        lines = Candidate(headline=headline, bullets=bullets)
    decision = decided.verdicts[language]
    verdict: Verdict = "published" if decision == "publish" else decision
    if decided.stale and verdict == "review":
        verdict = "stale"
    elif verdict == "published" and any(found.severity == "warning" for found in findings):
        verdict = "flagged"
    warned = ", ".join(dict.fromkeys(found.code for found in findings if found.severity == "warning"))
    reason = decided.reasons.get(language) or (warned if verdict == "flagged" else "")
    return DeskText(language, verdict, reason, lines, findings)


def _day(desk: Path) -> Day:
    """The counts of today's runs, by their manifests."""
    today = datetime.now(UTC)
    counts, usage = Counter[str](), NO_USAGE
    for file in sorted((desk / "runs").glob(f"{today:%Y%m%d}T*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        counts.update({name: told["counts"].get(name, 0) for name in ("ok", "flagged", "held", "failed")})
        usage += Usage.model_validate(told["usage"])
    return Day(f"{today:%Y-%m-%d}", counts, usage)


def _instant(time: str) -> datetime:
    return datetime.fromisoformat(time)
