"""What a site says of programs that read it: robots.txt, the TDM Reservation Protocol, and marks against AI."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from protego import Protego

ROBOT = "summarizer"
_META = re.compile(r"<meta\b[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_NO_AI = re.compile(r"\b(?:noai|noimageai)\b", re.IGNORECASE)
_HEAD = 200_000  # bytes of a page in which meta elements are looked for


class Rules:
    """What one site allows, by its robots.txt and its /.well-known/tdmrep.json; None = it has none."""

    def __init__(self, robots: Protego | None, reservations: object) -> None:
        self._robots = robots
        self._reservations = tuple(_reservations(reservations))

    def refusal(self, url: str) -> str | None:
        """Why an address must not be asked, None where nothing forbids it."""
        if self._robots is not None and not self._robots.can_fetch(url, ROBOT):
            return "robots.txt does not allow it"
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        match = next((reserved for pattern, reserved in self._reservations if pattern.match(path or "/")), False)
        return "the site reserves text and data mining (tdmrep.json)" if match else None

    def delay_s(self) -> float:
        """The seconds between two requests that robots.txt asks for, 0 where it asks for none."""
        delay = self._robots.crawl_delay(ROBOT) if self._robots is not None else None
        return float(delay or 0.0)


def parse_rules(robots: str | None, reservations: str | None) -> Rules:
    """The rules in these two files; what cannot be read says nothing."""
    from protego import Protego  # 27 ms: only for the web

    try:
        reserved = json.loads(reservations or "[]")
    except (ValueError, RecursionError):
        reserved = []
    return Rules(None if robots is None else Protego.parse(robots), reserved)


def mark_against_ai(headers: Mapping[str, str], data: bytes) -> str | None:
    """How an answer says that no AI and no text mining may use it, None where it does not.

    Sources: W3C TDM Reservation Protocol (header, meta element); `noai` and `noimageai` in X-Robots-Tag and in the meta
    element `robots`, or one that names us.
    """
    if headers.get("tdm-reservation", "").strip() == "1":
        return "the site reserves text and data mining (tdm-reservation header)"
    if any(_NO_AI.search(directive) for directive in _directives(headers.get("x-robots-tag", ""))):
        return "the site forbids AI (X-Robots-Tag)"
    for name, content in _metas(data[:_HEAD].decode("utf-8", errors="replace")):
        if name == "tdm-reservation" and content.strip() == "1":
            return "the site reserves text and data mining (tdm-reservation in the page)"
        if name in {"robots", ROBOT} and _NO_AI.search(content):
            return "the site forbids AI (meta robots)"
    return None


def _directives(tag: str) -> Iterator[str]:
    """The directives of X-Robots-Tag that are for everybody or for us; a name before a colon is for what follows."""
    robot = ""
    for part in tag.split(","):
        name, colon, rest = part.partition(":")
        if colon and name.strip().lower() not in {"unavailable_after", "max-snippet", "max-image-preview"}:
            robot, part = name.strip().lower(), rest  # noqa: PLW2901 (the rest of this part)
        if robot in {"", "*", ROBOT}:
            yield part


def _metas(page: str) -> Iterator[tuple[str, str]]:
    for element in _META.findall(page):
        values = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(element)}
        yield (values.get("name") or values.get("http-equiv") or "").lower(), values.get("content", "")


def _reservations(value: object) -> Iterator[tuple[re.Pattern[str], bool]]:
    """The patterns of tdmrep.json with what they say, in order; the first that fits an address counts."""
    for entry in value if isinstance(value, list) else []:
        fields: Mapping[str, Any] = entry if isinstance(entry, dict) else {}
        location = fields.get("location")
        if isinstance(location, str):
            pattern = re.escape(location).replace(r"\*", ".*")
            pattern = pattern[: -len(r"\$")] + r"\Z" if pattern.endswith(r"\$") else pattern
            yield re.compile(pattern), str(fields.get("tdm-reservation")) == "1"
