"""The fetcher: consent, politeness, bounds, and no way into a private network."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import PageError
from summarizer.fetch import Fetched, Fetcher
from summarizer.fetch.addresses import is_public
from summarizer.settings import FetchSettings
from tests.site import POLITE, Answer, Site, serving

TEXT = "The council met on Monday."


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with serving() as served:
        yield served


def get(*urls: str, settings: FetchSettings = POLITE, kind: Any = "page", **validators: str) -> list[Fetched]:
    async def all_of_them() -> list[Fetched]:
        async with Fetcher(settings) as fetcher:
            return [await fetcher.get(url, kind, **validators) for url in urls]

    return asyncio.run(all_of_them())


def refused(url: str, **options: Any) -> PageError:
    with pytest.raises(PageError) as caught:
        get(url, **options)
    return caught.value


def changed(**values: Any) -> FetchSettings:
    return POLITE.model_copy(update=values)


def test_page_comes_with_what_to_ask_by_next_time(site: Site) -> None:
    """An ETag is remembered by the caller, and an answer without a change has no data; we say who we are."""
    url = site.article("/a", TEXT, etag='"1"')
    (first,) = get(url, settings=changed(contact="desk@example.org"))
    assert TEXT.encode() in (first.data or b"")
    assert first.etag == '"1"'
    assert site.asked[-1][1]["user-agent"].endswith("(desk@example.org)")
    assert site.asked[-1][1]["host"] == site.url.removeprefix("http://")
    (second,) = get(url, etag=first.etag)
    assert second.data is None


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("::ffff:93.184.215.14", True),
        *((address, False) for address in (
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
            "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "no address",
        )),
    ],
)  # fmt: skip
def test_private_addresses_in_every_disguise(address: str, public: bool) -> None:
    """Loopback, private, link-local and shared addresses are known, also inside IPv6."""
    assert is_public(address) is public


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_no_mapping_makes_a_private_address_public(address: Any) -> None:
    """An IPv4 address is what it is, whichever IPv6 address carries it."""
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"64:ff9b::{address}")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/"]
)
def test_this_machine_is_not_asked(url: str) -> None:
    """Without `allow_private` no request leaves for an address of this machine."""
    error = refused(url, settings=changed(allow_private=False))
    assert error.kind == "refused"
    assert "no public address" in error.reason


def test_redirect_into_a_private_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is checked again at every redirect, after the name was looked up."""
    site.pages["/a"] = Answer(status=302, headers={"Location": "http://inside.example/secret"})
    url = site.url + "/a"
    port = int(url.rsplit(":", 1)[1].removesuffix("/a"))
    lookups = {"outside.example": "127.0.0.1", "inside.example": "10.0.0.7"}

    async def looked_up(self: Any, host: str, port: int, **_: Any) -> Any:  # noqa: ARG001
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (lookups.get(host, host), port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", looked_up)
    monkeypatch.setattr("summarizer.fetch.addresses.is_public", lambda address: address == "127.0.0.1")
    error = refused(f"http://outside.example:{port}/a", settings=changed(allow_private=False))
    assert "inside.example leads to 10.0.0.7" in error.reason
    assert site.asked[-1][1]["host"] == f"outside.example:{port}"


def test_name_that_changes_its_address_gains_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked: the name is looked up once for each request."""
    url = site.article("/a", TEXT)
    port = int(url.rsplit(":", 1)[1].removesuffix("/a"))
    looked: list[str] = []
    original = asyncio.BaseEventLoop.getaddrinfo

    async def looked_up(self: Any, host: str, port: int, **options: Any) -> Any:
        if host != "rebinding.example":
            return await original(self, host, port, **options)
        looked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", looked_up)
    get(f"http://rebinding.example:{port}/a")
    assert len(looked) == len(site.asked) == 3


@pytest.mark.parametrize(
    ("url", "kind", "reason"),
    [
        ("file:///etc/passwd", "refused", "only http and https"),
        ("ftp://example.org/a", "refused", "only http and https"),
        ("http://user:secret@example.org/a", "refused", "name or password"),
        ("http://[::1", "unusable", "no web address"),
    ],
)
def test_other_addresses_are_refused(url: str, kind: str, reason: str) -> None:
    """Only pages of the web, without anybody's password."""
    error = refused(url)
    assert (error.kind, reason in error.reason) == (kind, True)


def test_robots_txt_is_obeyed(site: Site) -> None:
    """What it forbids to us is not asked for, what it allows is; it is read once."""
    site.put("/robots.txt", "User-agent: summarizer\nDisallow: /private\n", "text/plain")
    site.article("/private/a", TEXT)
    site.article("/a", TEXT)
    assert refused(f"{site.url}/private/a").reason == "robots.txt does not allow it"
    assert site.paths == []
    get(f"{site.url}/a", f"{site.url}/a")
    assert [path for path, _ in site.asked].count("/robots.txt") == 2


def test_site_whose_rules_cannot_be_read_is_not_asked(site: Site) -> None:
    """A server error in the place of robots.txt forbids everything for now (RFC 9309)."""
    site.pages["/robots.txt"] = Answer(status=503)
    site.article("/a", TEXT)
    error = refused(f"{site.url}/a")
    assert error.kind == "unavailable"
    assert site.paths == []


@pytest.mark.parametrize(
    ("page", "headers", "reason"),
    [
        ("", {"TDM-Reservation": "1"}, "tdm-reservation header"),
        ("", {"X-Robots-Tag": "noindex, noai"}, "X-Robots-Tag"),
        ("", {"X-Robots-Tag": "summarizer: noimageai"}, "X-Robots-Tag"),
        ("<meta name='tdm-reservation' content='1'>", {}, "tdm-reservation in the page"),
        ('<META CONTENT="noindex, noai" NAME="robots">', {}, "meta robots"),
        ("<meta name=robots content=noimageai>", {}, "meta robots"),
    ],
)
def test_marks_against_ai_are_obeyed(site: Site, page: str, headers: dict[str, str], reason: str) -> None:
    """A page that says that no AI may use it is refused, and the reason says where it says so."""
    url = site.put("/a", f"<html><head>{page}</head><body><p>{TEXT}</p></body></html>", headers=headers)
    error = refused(url)
    assert (error.kind, reason in error.reason) == ("refused", True)


@pytest.mark.parametrize(
    "headers", [{"TDM-Reservation": "0"}, {"X-Robots-Tag": "otherbot: noai"}, {"X-Robots-Tag": "noindex"}]
)
def test_marks_for_others_forbid_nothing(site: Site, headers: dict[str, str]) -> None:
    """What is said to another robot, or of indexing, is not about us."""
    assert get(site.article("/a", TEXT, headers=headers))[0].data


def test_tdmrep_file_reserves_a_part_of_a_site(site: Site) -> None:
    """The first location that fits an address counts, with its wildcards."""
    rules = '[{"location": "/news/free*", "tdm-reservation": 0}, {"location": "/news/*", "tdm-reservation": 1}]'
    site.put("/.well-known/tdmrep.json", rules, "application/json")
    for path in ("/news/a", "/news/free-b", "/c"):
        site.article(path, TEXT)
    assert "tdmrep.json" in refused(f"{site.url}/news/a").reason
    assert len(get(f"{site.url}/news/free-b", f"{site.url}/c")) == 2


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (Answer(status=404), "gone", "404"),
        (Answer(status=410), "gone", "410"),
        (Answer(status=403), "refused", "403"),
        (Answer(status=500), "unavailable", "500"),
        (Answer(b"x" * 1_000_001, headers={"Content-Type": "text/html"}), "unusable", "larger than 1 MB"),
        (Answer(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip"}), "unusable", "larger than 1 MB"),
        (Answer(b"x", headers={"Content-Encoding": "br"}), "unusable", "packed as br"),
        (Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "unavailable", "unpacked"),
        (Answer(b"%PDF-", headers={"Content-Type": "application/pdf"}), "unusable", "is application/pdf"),
        (Answer(status=302, headers={"Location": "/a"}), "unusable", "more than 3 redirects"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "refused", "only http and https"),
        (Answer(b"late", wait_s=1.0), "unavailable", "no complete answer within 0.3 s"),
    ],
)  # fmt: skip
def test_answers_that_are_no_page(site: Site, answer: Answer, kind: str, reason: str) -> None:
    """Each has its kind, which says whether to come back, and a reason that names the bound."""
    site.pages["/a"] = answer
    error = refused(f"{site.url}/a", settings=changed(timeout_s=0.3 if answer.wait_s else 5.0))
    assert (error.kind, reason in error.reason) == (kind, True), error.reason


def test_small_packed_page_is_unpacked(site: Site) -> None:
    """What is within the bound arrives whole."""
    url = site.put("/a", gzip.compress(TEXT.encode()), "text/plain", headers={"Content-Encoding": "gzip"})
    assert get(url)[0].data == TEXT.encode()


def test_charset_of_the_header_is_believed_where_utf8_does_not_fit(site: Site) -> None:
    """Old servers say the encoding only there."""
    url = site.put("/a", "Größe".encode("cp1252"), "text/plain; charset=windows-1252")
    assert get(url)[0].data == "Größe".encode()


def test_host_that_asks_to_wait_is_left_alone(site: Site) -> None:
    """`Retry-After` is passed on, and the host gets no other request before."""
    site.pages["/a"] = Answer(status=429, headers={"Retry-After": "120"})
    site.article("/b", TEXT)

    async def both() -> list[PageError]:
        errors = []
        async with Fetcher(POLITE) as fetcher:
            for path in ("/a", "/b"):
                try:
                    await fetcher.get(site.url + path, "page")
                except PageError as error:
                    errors.append(error)
        return errors

    first, second = asyncio.run(both())
    assert (first.kind, first.retry_after_s) == ("unavailable", 120.0)
    assert "asked us to wait" in second.reason
    assert site.paths == ["/a"]


def test_requests_to_one_host_keep_their_distance(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the rules and the page lies our delay, before the next page the larger one that robots.txt asks for."""
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 20\n", "text/plain")
    url = site.article("/a", TEXT)
    waits: list[float] = []

    async def slept(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("summarizer.fetch.client.asyncio.sleep", slept)
    get(url, url, settings=changed(delay_s=10.0))
    assert [round(wait, -1) for wait in waits] == [0, 10, 10, 20]
