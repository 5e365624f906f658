"""What an endpoint says of its limits in the headers of each answer, in the forms that providers use."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

Resource = Literal["requests", "tokens"]
RESOURCES: tuple[Resource, ...] = ("requests", "tokens")

# OpenAI, Groq, Mistral and most compatible servers; Anthropic; the IETF draft of RateLimit fields.
_FORMS: tuple[tuple[str, tuple[Resource, ...]], ...] = (
    ("x-ratelimit-{what}-{resource}", RESOURCES),
    ("anthropic-ratelimit-{resource}-{what}", RESOURCES),
    ("ratelimit-{what}", ("requests",)),
)
# Go's form of a duration: "6m0s", "2m59.56s", "120ms", "1h5m"; a number alone is in seconds.
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|us|µs|ns|d|h|m|s)?")
_SECONDS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9, None: 1.0}


class Duration(NamedTuple):
    """Seconds, and how exactly they were told: the last digit counts so many."""

    seconds: float
    step_s: float


class Reading(NamedTuple):
    """One limit: its size, what is left of it, and when it is whole again (None = it is not said)."""

    limit: int
    remaining: int
    reset: Duration | None = None


def read_limits(headers: Mapping[str, str], now: float) -> dict[Resource, Reading]:
    """The limits that the headers of an answer tell; `now` in seconds since the epoch. Nonsense is passed over."""
    if not any("ratelimit" in name.lower() for name in headers):
        return {}
    found: dict[Resource, Reading] = {}
    for form, resources in _FORMS:
        for resource in resources:
            limit, remaining, reset = (
                headers.get(form.format(what=what, resource=resource)) for what in ("limit", "remaining", "reset")
            )
            if _is_count(limit) and _is_count(remaining) and int(limit or 0) > 0:
                duration = None if reset is None else read_duration(reset, now)
                found.setdefault(resource, Reading(int(limit or 0), int(remaining or 0), duration))
    return found


def read_duration(text: str, now: float) -> Duration | None:
    """The seconds until a reset, told as a duration or as a moment (RFC 3339, or seconds since the epoch)."""
    if "T" in text:
        try:
            return Duration(max(datetime.fromisoformat(text).timestamp() - now, 0.0), 1.0)
        except ValueError:
            return None
    parts = list(_parts(text.strip()))
    if not parts or not math.isfinite(sum(part.seconds for part in parts)):
        return None
    total = sum(part.seconds for part in parts)
    moment = total > now / 2  # a number of seconds since the epoch
    return Duration(max(total - now, 0.0) if moment else total, min(part.step_s for part in parts))


def _parts(text: str) -> Iterator[Duration]:
    """The parts of a duration; none where anything else stands in it."""
    matches = list(_PART.finditer(text))
    if "".join(match[0] for match in matches) != text:
        return
    for match in matches:
        unit = _SECONDS[match[2]]
        decimals = len(match[1].partition(".")[2])
        yield Duration(float(match[1]) * unit, unit / 10**decimals)


def _is_count(text: str | None) -> bool:
    return text is not None and len(text) < 16 and text.isascii() and text.isdigit()
