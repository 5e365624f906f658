"""One request at a time to each host, by an address that was checked, within bounds of time, size and redirects."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from summarizer import __version__
from summarizer.errors import PageError
from summarizer.fetch.addresses import address_of
from summarizer.fetch.consent import ROBOT, Rules, mark_against_ai, parse_rules
from summarizer.settings import FetchSettings

if TYPE_CHECKING:
    import httpx2

Kind = Literal["page", "feed"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_TYPES: dict[Kind, tuple[str, ...]] = {
    "page": ("text/", "application/xhtml+xml", "application/json", "application/ld+json"),
    "feed": ("text/", "application/xml", "application/json"),
}
_ACCEPT: dict[Kind, str] = {
    "page": "text/html, application/xhtml+xml, text/plain;q=0.8, application/json;q=0.5",
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, */*;q=0.5",
}
_LONGEST_CRAWL_DELAY_S = 30.0
_RULES_BYTES = 500_000  # RFC 9309 asks for at least 500 kibibytes of robots.txt
_GZIP_OR_ZLIB = 47


class Fetched(NamedTuple):
    """An answer: `data` None where nothing has changed; `etag` and `modified` to ask by next time, "" for none."""

    url: str
    data: bytes | None
    etag: str
    modified: str
    content_type: str


@dataclass
class _Host:
    """When a host may be asked again, in seconds of `time.monotonic`, and what its sites allow, by scheme and port."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    paused_until: float = 0.0
    rules: dict[str, Rules | PageError] = field(default_factory=dict)


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    data: bytes


class Fetcher:
    """Asks for pages and feeds; an async context manager that belongs to one event loop."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        self._client: httpx2.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def get(self, url: str, kind: Kind, *, etag: str = "", modified: str = "") -> Fetched:
        """The answer to a request, redirects followed; with `etag` or `modified` only where it has changed.

        Raises:
            PageError: why there is none: `gone` (404, 410), `refused` (by the site, its rules or ours), `unavailable`
                (worth another try, `retry_after_s` where the host said when) or `unusable`.
        """
        asked = url
        headers = {"accept": _ACCEPT[kind]}
        headers |= {"if-none-match": etag} if etag else {}
        headers |= {"if-modified-since": modified} if modified else {}
        for _ in range(self._settings.max_redirects + 1):
            await self._ask_for_consent(url, asked)
            answer = await self._request(url, asked, headers, int(self._settings.max_mb * 1_000_000))
            if answer.status not in _REDIRECTS:
                return _fetched(url, asked, kind, answer)
            url = self._target(url, asked, answer)
        raise PageError(asked, f"more than {self._settings.max_redirects} redirects", kind="unusable")

    def _target(self, url: str, asked: str, answer: _Answer) -> str:
        import httpx2

        location = answer.headers.get("location", "")
        try:
            return str(httpx2.URL(url).join(location))
        except httpx2.InvalidURL as error:
            raise PageError(asked, f"redirects to {location[:80]!r}, which is no address", kind="unusable") from error

    async def _ask_for_consent(self, url: str, asked: str) -> None:
        """Read the rules of the site once.

        Raises:
            PageError: they do not allow this address, or robots.txt cannot be read.
        """
        parts = _parsed(url, asked)
        host, origin = self._hosts[parts.host], f"{parts.scheme}://{parts.netloc.decode('ascii')}"
        async with host.lock:
            if origin not in host.rules:
                host.rules[origin] = await self._rules(origin, asked)
            rules = host.rules[origin]
        if isinstance(rules, PageError):
            raise PageError(asked, rules.reason, kind=rules.kind)
        refusal = rules.refusal(url)
        if refusal:
            raise PageError(asked, refusal, kind="refused")

    async def _rules(self, origin: str, asked: str) -> Rules | PageError:
        try:
            robots = await self._small_file(f"{origin}/robots.txt", asked)
            reservations = await self._small_file(f"{origin}/.well-known/tdmrep.json", asked)
        except PageError as error:  # RFC 9309, 2.3.1.4: a site whose rules cannot be read is not asked
            return error
        return parse_rules(robots, reservations)

    async def _small_file(self, url: str, asked: str) -> str | None:
        """The text of a file of rules, None where the site has none; RFC 9309 wants five redirects followed."""
        place = url
        for _ in range(6):
            answer = await self._request(place, asked, {}, _RULES_BYTES, locked=True)
            if answer.status in _REDIRECTS:
                place = self._target(place, asked, answer)
            elif answer.status in _LATER:
                raise PageError(asked, f"{url} answers {answer.status}", kind="unavailable")
            else:
                return answer.data.decode("utf-8", errors="replace") if answer.status == 200 else None
        return None

    async def _request(
        self, url: str, asked: str, headers: Mapping[str, str], most: int, *, locked: bool = False
    ) -> _Answer:
        """One answer, from the very address that was checked, when the host may be asked again.

        Raises:
            PageError: it did not come, or not within bounds.
        """
        parts = _parsed(url, asked)
        host = self._hosts[parts.host]
        if time.monotonic() < host.paused_until:
            raise PageError(asked, f"{parts.host} asked us to wait", kind="unavailable")
        if locked:
            return await self._sent(parts, asked, headers, most)
        async with host.lock:
            return await self._sent(parts, asked, headers, most)

    async def _sent(self, parts: httpx2.URL, asked: str, headers: Mapping[str, str], most: int) -> _Answer:
        import httpx2

        host = self._hosts[parts.host]
        await asyncio.sleep(max(0.0, host.free_at - time.monotonic()))
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                answer = await self._answer(parts, asked, headers, most)
        except TimeoutError as error:
            reason = f"no complete answer within {self._settings.timeout_s:g} s"
            raise PageError(asked, reason, kind="unavailable") from error
        except httpx2.HTTPError as error:
            told = f"{type(error).__name__}: {error}".rstrip(": ")
            raise PageError(asked, told, kind="unavailable") from error
        finally:
            host.free_at = time.monotonic() + self._delay_s(host)
        wait = _retry_after_s(answer) if answer.status in _LATER else None
        if wait is not None:
            host.paused_until = time.monotonic() + wait
        return answer

    def _delay_s(self, host: _Host) -> float:
        asked = [rules.delay_s() for rules in host.rules.values() if isinstance(rules, Rules)]
        return max(self._settings.delay_s, min(max(asked, default=0.0), _LONGEST_CRAWL_DELAY_S))

    async def _answer(self, parts: httpx2.URL, asked: str, headers: Mapping[str, str], most: int) -> _Answer:
        client = self._opened()
        port = parts.port or (443 if parts.scheme == "https" else 80)
        name = parts.raw_host.decode("ascii")
        address = await address_of(name, port, asked, allow_private=self._settings.allow_private)
        request = client.build_request(
            "GET",
            parts.copy_with(host=address, fragment=None),
            headers={**headers, "host": parts.netloc.decode("ascii"), "accept-encoding": "gzip, deflate"},
            extensions={"sni_hostname": name},  # the certificate must be that of the host, not of its address
        )
        response = await client.send(request, stream=True)
        try:
            data = b"" if response.status_code in _REDIRECTS else await _body(response, asked, most)
        finally:
            await response.aclose()
        return _Answer(response.status_code, response.headers, data)

    def _opened(self) -> httpx2.AsyncClient:
        import httpx2

        if self._client is None:
            contact = self._settings.contact or "no contact given"
            # A connection is known by its address, which hosts share: none is used twice.
            self._client = httpx2.AsyncClient(
                headers={"user-agent": f"{ROBOT}/{__version__} ({contact})"},
                limits=httpx2.Limits(max_keepalive_connections=0),
                timeout=self._settings.timeout_s,
                follow_redirects=False,
                trust_env=False,
            )
        return self._client


def _parsed(url: str, asked: str) -> httpx2.URL:
    """The address in parts.

    Raises:
        PageError: it is none of the web, or has a name and password in it.
    """
    import httpx2

    try:
        parts = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise PageError(asked, f"no web address: {error}", kind="unusable") from error
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise PageError(asked, f"only http and https are asked, not {parts.scheme or 'this'}", kind="refused")
    if parts.userinfo:
        raise PageError(asked, "has a name or password in it, which are not sent", kind="refused")
    return parts


async def _body(response: httpx2.Response, asked: str, most: int) -> bytes:
    """The body, unpacked, within its bound: a small answer may unpack into a large one.

    Raises:
        PageError: it is larger, or packed in a way that was not asked for.
    """
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in {"identity", "gzip", "x-gzip", "deflate", ""}:
        raise PageError(asked, f"packed as {packed}, which was not asked for", kind="unusable")
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB) if packed in {"gzip", "x-gzip", "deflate"} else None
    data = bytearray()
    async for piece in response.aiter_raw():
        try:
            data += piece if unpacker is None else unpacker.decompress(piece, most + 1 - len(data))
        except zlib.error as error:
            raise PageError(asked, f"cannot be unpacked: {error}", kind="unavailable") from error
        if len(data) > most:
            raise PageError(asked, f"larger than {most / 1_000_000:g} MB (fetch.max_mb)", kind="unusable")
    return bytes(data)


def _fetched(url: str, asked: str, kind: Kind, answer: _Answer) -> Fetched:
    """What an answer without a redirect gives.

    Raises:
        PageError: it is none that can be used.
    """
    headers = answer.headers
    content_type = headers.get("content-type", "")
    found = Fetched(url, None, headers.get("etag", ""), headers.get("last-modified", ""), content_type)
    if answer.status == 304:
        return found
    if answer.status != 200:
        reason = f"the server answers {answer.status}"
        if answer.status in _LATER:
            raise PageError(asked, reason, kind="unavailable", retry_after_s=_retry_after_s(answer))
        raise PageError(asked, reason, kind="gone" if answer.status in _GONE else "refused")
    media = content_type.partition(";")[0].strip().lower()
    if media and not media.startswith(_TYPES[kind]) and not (kind == "feed" and media.endswith(("+xml", "+json"))):
        raise PageError(asked, f"is {media}, which is no {kind}", kind="unusable")
    mark = mark_against_ai(headers, answer.data)
    if mark is not None:
        raise PageError(asked, mark, kind="refused")
    return found._replace(data=_in_utf8(answer.data, content_type))


def _in_utf8(data: bytes, content_type: str) -> bytes:
    """The data; in UTF-8 where the header names another encoding and UTF-8 does not fit."""
    charset = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(charset, errors="replace").encode() if charset else data
        except LookupError:
            return data
    return data


def _retry_after_s(answer: _Answer) -> float | None:
    """The seconds that a host wants to be left alone, None where it does not say."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when.tzinfo else None
