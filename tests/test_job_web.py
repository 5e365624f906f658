"""Feeds and pages as sources of the job: what is asked for, what is read again, what a fault means."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import ConfigError, Settings, Summarizer
from summarizer.cli.entry import main
from summarizer.job import Job, Tally, run_job
from summarizer.job.feeds import feed_items
from summarizer.publish import slug
from summarizer.records import Outcome
from summarizer.testing import FakeEngine
from tests.site import POLITE, Answer, Site, serving

TEXT = (
    "An explosion at the harbour injured 12 people on Tuesday.\nThe fire service needed four hours to put out the flames.\n"
    "The port reopened in the evening."
)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with serving() as served:
        yield served


class Web:
    """A job that reads one web source."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.engine = FakeEngine()
        self.source: dict[str, Any] = {}
        self.outcomes: list[Outcome] = []
        monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(self.engine)))

    def run(self, **source: Any) -> Tally:
        """One run; `source` is kept for the next."""
        self.source |= source
        self.outcomes.clear()
        self.engine.drafted.clear()
        job = {"source": [{"name": "wire", "recheck_minutes": 0, **self.source}]}
        settings = Settings.load(overrides={"job": job, "fetch": POLITE.model_dump()})
        task = Job(None, self.folder / "out", ("es",))
        return asyncio.run(run_job(task, settings, self.outcomes.append))

    def page(self, url: str, language: str = "en") -> str:
        """A published page."""
        return (self.folder / "out" / slug(url) / f"{language}.md").read_text()


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Web:
    """A job without articles yet."""
    return Web(tmp_path, monkeypatch)


def rss(site: Site, *items: str, etag: str = "") -> str:
    channel = f"<channel><title>Wire</title><language>en</language>{''.join(items)}</channel>"
    return site.put("/feed.xml", f'<rss version="2.0">{channel}</rss>', "application/rss+xml", etag=etag)


def item(path: str, more: str = "") -> str:
    return f"<item><title>A</title><link>{path}</link>{more}</item>"


def test_feed_leads_to_its_pages(site: Site, web: Web) -> None:
    """The text is that of the linked page; nothing is asked twice while nothing changes, and nothing summarised."""
    url = site.article("/a", TEXT, etag='"p1"')
    feed = rss(site, item("/a"), etag='"f1"')
    assert web.run(feed=feed) == Tally(ok=1)
    assert "12 people" in web.page(url)
    assert web.run() == Tally(unchanged=1)
    assert site.paths == ["/feed.xml", "/a", "/feed.xml", "/a"]
    assert site.asked[-1][1]["if-none-match"] == '"p1"'
    assert web.run(recheck_minutes=1e6) == Tally(unchanged=1)
    assert web.run() == Tally(unchanged=1)
    assert site.paths[4:] == ["/feed.xml", "/feed.xml"]
    assert site.asked[-1][1]["if-none-match"] == '"f1"'


def test_page_that_changes_is_an_update(site: Site, web: Web) -> None:
    """The same address with another figure is revision 2."""
    url = site.article("/a", TEXT, etag='"p1"')
    web.run(feed=rss(site, item("/a")))
    site.article("/a", TEXT.replace("12", "17"), etag='"p2"')
    assert web.run() == Tally(ok=1)
    assert "Updated: 12 → 17" in web.page(url)


def test_item_that_falls_off_its_feed_stays_published(site: Site, web: Web) -> None:
    """Feeds forget; nothing is withdrawn, and nothing is called an orphan."""
    url = site.article("/a", TEXT)
    web.run(feed=rss(site, item("/a")))
    rss(site)
    assert web.run() == Tally()
    assert "12 people" in web.page(url)


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_is_gone_waits_for_a_person(
    site: Site, web: Web, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was published stays, the run says that it is held, and `job status` says what to do."""
    url = site.article("/a", TEXT)
    web.run(feed=rss(site, item("/a")))
    before = site.pages["/a"]
    site.pages["/a"] = Answer(status=status)
    assert web.run() == Tally(held=1)
    assert "12 people" in web.page(url)
    assert main(["job", "status", "--out", str(web.folder / "out")]) == 0
    assert f"gone  {url}  the server answers {status}; withdraw it, or leave it" in capsys.readouterr().out
    site.pages["/a"] = before
    assert web.run() == Tally(unchanged=1)


def test_text_of_the_item_itself(site: Site, web: Web) -> None:
    """With full_text = "item" no page is asked for; an item without text fails alone."""
    body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    text = f"<description><![CDATA[{body}]]></description><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>"
    feed = rss(site, item("/a", text), item("/b"))
    tally = web.run(feed=feed, full_text="item")
    assert (tally.ok, tally.failed) == (1, 1)
    assert site.paths == ["/feed.xml"]
    assert '"published": "2026-11-02T10:00:00+00:00"' in web.page(f"{site.url}/a")
    assert "the item has no text" in next(str(o.error) for o in web.outcomes if o.error)


@pytest.mark.parametrize(
    "more",
    [
        "<category>Sponsored content</category>",
        '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="sponsored" href="/x"/>',
    ],
)
def test_paid_item_is_skipped(site: Site, web: Web, more: str) -> None:
    """The feed says so, by a category or by the relation of its link; the page is not even asked for."""
    site.article("/a", TEXT)
    assert web.run(feed=rss(site, item("/a", more))) == Tally(skipped=1)
    assert site.paths == ["/feed.xml"]


def test_page_that_forbids_ai_is_skipped_with_the_reason(site: Site, web: Web) -> None:
    """No error and no summary; the report on the run says why."""
    site.article("/a", TEXT, headers={"TDM-Reservation": "1"})
    assert web.run(urls=[f"{site.url}/a"]) == Tally(skipped=1)
    assert web.engine.drafted == []
    (report,) = (web.folder / "out" / ".summarizer" / "desk" / "runs").glob("*.json")
    assert "tdm-reservation header" in json.loads(report.read_text())["articles"][0]["reason"]


def test_list_of_pages_in_a_file(site: Site, web: Web) -> None:
    """Addresses stand one on each line; a page that is missing fails alone, and after two attempts waits."""
    site.article("/a", TEXT)
    (web.folder / "urls.txt").write_text(f"# pages\n{site.url}/a\n\n{site.url}/missing\n")
    assert web.run(url_file=str(web.folder / "urls.txt")) == Tally(ok=1, failed=1)
    assert web.run() == Tally(unchanged=1, failed=1)
    assert web.run() == Tally(unchanged=1, failed=1)
    assert web.run() == Tally(unchanged=1, waiting=1)


def test_feed_that_is_down_fails_and_loses_nothing(site: Site, web: Web) -> None:
    """A server error is a failure of the feed, and its articles stay as they are."""
    site.article("/a", TEXT)
    feed = rss(site, item("/a"))
    web.run(feed=feed)
    before = site.pages["/feed.xml"]
    site.pages["/feed.xml"] = Answer(status=500)
    assert web.run() == Tally(failed=1)
    site.pages["/feed.xml"] = before
    assert web.run() == Tally(unchanged=1)


def test_host_that_says_when_to_come_back_is_not_asked_before(site: Site, web: Web) -> None:
    """`Retry-After` is obeyed across runs."""
    site.pages["/feed.xml"] = Answer(status=503, headers={"Retry-After": "3600"})
    assert web.run(feed=f"{site.url}/feed.xml") == Tally(failed=1)
    assert web.run() == Tally(waiting=1)
    assert site.paths == ["/feed.xml"]


def test_canonical_address_is_believed_on_its_own_host_only(site: Site, web: Web) -> None:
    """Two addresses of one article are one; a page that calls itself the front page keeps its own address."""
    link = "<link rel='canonical' href='{}'>"
    for path, canonical in (("/a?utm=1", "/a"), ("/b", "/"), ("/c", "https://elsewhere.example/c")):
        body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
        head = link.format(site.url + canonical if canonical.startswith("/") else canonical)
        site.put(path, f"<html lang='en'><head>{head}</head><body><article>{body}</article></body></html>")
    assert web.run(urls=[f"{site.url}{path}" for path in ("/a?utm=1", "/b", "/c")]) == Tally(ok=3)
    assert {outcome.key for outcome in web.outcomes} == {f"{site.url}/{name}" for name in "abc"}
    assert len(web.engine.drafted) == 1


@pytest.mark.parametrize(
    "feed",
    [
        {"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "language": "de",
         "items": [{"id": "urn:7", "url": "/a", "title": "A", "content_text": "x", "tags": ["news"]}]},
        ('<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Wire</title><entry><id>urn:7</id><title>A</title>'
         '<link href="/a"/><category term="news"/><content type="text">x</content></entry></feed>'),
    ],
    ids=["JSON Feed", "Atom"],
)  # fmt: skip
def test_feeds_of_every_kind_say_the_same(feed: Any) -> None:
    """JSON Feed and Atom give the same item, with an absolute link."""
    data = (feed if isinstance(feed, str) else json.dumps(feed)).encode()
    (found,) = feed_items(data, "https://example.org/feed", "")
    meta = found.meta
    assert (meta.id, meta.url, meta.title, meta.labels, found.text) == (
        "urn:7",
        "https://example.org/a",
        "A",
        ("news",),
        "x",
    )
    assert (meta.publisher, meta.language) == ("Wire", "de")


@pytest.mark.parametrize("data", [b"<html><body>no feed</body></html>", b'{"a": 1}', b"{", b""])
def test_what_is_no_feed_fails_with_its_address(data: bytes, site: Site, web: Web) -> None:
    """A page in the place of a feed is an error, never an empty run."""
    site.put("/feed.xml", data, "text/html")
    assert web.run(feed=f"{site.url}/feed.xml").failed == 1
    assert "/feed.xml: " in str(web.outcomes[0].error)


@pytest.mark.parametrize(
    "table", ['folder = "in"\nfeed = "https://example.org/f"', "", 'feed = "https://example.org/f"\nfull_text = "all"']
)
def test_source_has_one_origin(table: str, tmp_path: Path) -> None:
    """A source without, or with two, is an error that names the table."""
    file = tmp_path / "job.toml"
    file.write_text(f'[job]\n[[job.source]]\nname = "a"\n{table}\n')
    with pytest.raises(ConfigError, match=r"job\.source\.0"):
        Settings.load(file)


def test_sources_are_relative_to_their_file(tmp_path: Path) -> None:
    """Folders and lists lie beside the settings file that names them."""
    file = tmp_path / "job.toml"
    file.write_text('[job]\noutput = "out"\ndesk = "desk"\n[[job.source]]\nname = "a"\nfolder = "in"\nto = ["es"]\n')
    job = Settings.load(file).job
    assert (job.source[0].folder, job.desk) == (tmp_path / "in", tmp_path / "desk")
