"""What can go wrong between us and an endpoint: one table that sorts it, one that turns it into our errors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal, NamedTuple

from summarizer.errors import (
    ConfigError,
    ContextOverflow,
    EndpointError,
    EndpointRefused,
    EndpointUnavailable,
    OutputInvalid,
    OutputRefused,
    PromptTruncated,
    SummarizerError,
)
from summarizer.records import Usage

Kind = Literal[
    "quota",
    "filter",
    "overflow",
    "page",
    "key",
    "model",
    "address",
    "transient",
    "dead",
    "later",
    "set-up",
    "certificate",
    "request",
    "forbidden",
    "spoilt",
    "cut",
]

# The statuses with which servers answer a request that they cannot understand; 422 is FastAPI's.
_MALFORMED = frozenset({400, 422})
# 498: no room in the flex tier of Groq (console.groq.com/docs/flex-processing); OpenAI says 429.
_TRANSIENT = frozenset({408, 409, 429, 498})
# Structured codes only: Scaleway says "INSUFFICIENT QUOTA" in the text of a limit per minute.
_QUOTA = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_FILTER = frozenset(
    {"content_filter", "content_policy_violation", "responsibleaipolicyviolation", "data_inspection_failed"}
)
_OVERFLOW = frozenset({"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"})
_OVERFLOW_TEXT = re.compile(
    r"context[ _-]?(?:length|window|size)|maximum (?:model|sequence|prompt) length|max_model_len"
    r"|(?:prompt|input) is too long|too many (?:input )?tokens",
    re.IGNORECASE,
)
_NO_MODEL = frozenset({"model_not_found", "invalid_model", "deploymentnotfound"})
_NO_MODEL_TEXT = re.compile(r"\bmodel\b.*\b(?:not found|not exist|unknown)|not a valid model", re.IGNORECASE)
_LONGEST_TEXT = 300
# What an endpoint asks for is honoured up to here; a run must not stand still for longer, and can be resumed.
LONGEST_WAIT_S = 300.0
# Shorter secrets would turn every message into asterisks.
_SHORTEST_SECRET = 4


class Fault(Exception):
    """One request that failed, sorted by `kind`; never leaves the package.

    `text` is one line without secrets. `retry_after_s` is what the endpoint asked for, None if it said nothing;
    `reached` is False when the endpoint cannot have seen the request, `answered` tells whether it said that it failed:
    of a request that it neither answered nor missed nobody knows what it cost. `headers` are those of its answer.
    """

    def __init__(
        self,
        kind: Kind,
        text: str,
        *,
        status: int | None = None,
        param: str = "",
        retry_after_s: float | None = None,
        reached: bool = True,
    ) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.status = status
        self.param = param
        self.retry_after_s = retry_after_s
        self.reached = reached
        self.timed_out = False
        self.headers: Mapping[str, str] = {}
        self.answered = False

    @property
    def malformed(self) -> bool:
        """Whether the endpoint does not understand the request, rather than not want or not manage it."""
        return self.kind in {"request", "spoilt"}


class _Signs(NamedTuple):
    """What an answer shows: `codes` are its structured codes and types in lower case; None = no HTTP error status."""

    status: int | None
    codes: frozenset[str]
    param: str
    text: str
    page: bool

    @property
    def malformed(self) -> bool:
        return self.status in _MALFORMED


# The first rule that holds decides.
_RULES: tuple[tuple[Kind, Callable[[_Signs], bool]], ...] = (
    ("quota", lambda s: bool(s.codes & _QUOTA) or s.status == 402),
    ("filter", lambda s: bool(s.codes & _FILTER)),
    ("overflow", lambda s: bool(s.codes & _OVERFLOW) or s.status == 413),
    ("overflow", lambda s: s.malformed and bool(_OVERFLOW_TEXT.search(s.text))),
    ("key", lambda s: s.status in {401, 403}),
    ("transient", lambda s: s.status in _TRANSIENT or (s.status or 0) >= 500),
    ("page", lambda s: s.page),
    ("model", lambda s: bool(s.codes & _NO_MODEL) or s.param == "model"),
    ("model", lambda s: s.status in {400, 404} and bool(_NO_MODEL_TEXT.search(s.text))),
    ("address", lambda s: s.status in {404, 405} or 300 <= (s.status or 0) < 400),
    ("transient", lambda s: s.status is None),
    ("request", lambda _: True),
)


def fault_in_text(text: str, status: int, secrets: Collection[str], retry_after_s: float | None = None) -> Fault:
    """The fault that an answer with an HTTP error status means; `text` is its body."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = text.strip()
    return fault_in_body(body, status, secrets, retry_after_s)


def fault_in_body(
    body: object, status: int | None, secrets: Collection[str], retry_after_s: float | None = None
) -> Fault:
    """The fault that a body means; a body of a 200 answer may name the status itself, as its error's `code`."""
    error = body.get("error") or body if isinstance(body, dict) else body
    fields = error if isinstance(error, dict) else {}
    page = isinstance(error, str) and looks_like_page(error)
    told = fields.get("message")
    text = "a web page instead of JSON" if page else told if isinstance(told, str) else _as_text(error)
    signs = _Signs(status or _status_in(fields), _codes(fields), str(fields.get("param") or ""), text, page)
    kind = next(kind for kind, holds in _RULES if holds(signs))
    shown = f"{signs.status}: {clean(text, secrets)}" if signs.status else clean(text, secrets)
    if kind == "transient" and retry_after_s is not None and retry_after_s > LONGEST_WAIT_S:
        kind, shown = "later", f"{shown.rstrip('.')}; it asks to be left alone for {_in_words(retry_after_s)}"
    fault = Fault(kind, shown, status=signs.status, param=signs.param, retry_after_s=retry_after_s)
    fault.answered = True
    return fault


def _in_words(seconds: float) -> str:
    """A time of minutes or hours."""
    return f"{seconds / 60:.0f} minutes" if seconds < 2 * 3600 else f"{seconds / 3600:,.0f} hours"


def looks_like_page(text: str) -> bool:
    """Whether this is a page for people: a wrong base URL often leads to one."""
    return text.lstrip()[:1] == "<"


def clean(text: str, secrets: Collection[str]) -> str:
    """One line of at most 300 characters, in which every secret is `***`; servers like to echo keys."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "***")
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1] + "…"


_ONCE_PROVEN: dict[Kind, Kind] = {"page": "transient", "request": "spoilt"}
# Kinds of a fault that say more of the settings or of the account than of one question.
BASIC: frozenset[Kind] = frozenset({"transient", "dead", "later", "set-up", "certificate", "quota", "key", "page"})
# What callers see of each kind; the only place where an endpoint's failures become our errors.
_ERRORS: dict[Kind, tuple[type[SummarizerError], str]] = {
    "transient": (EndpointUnavailable, "{host}: {text}"),
    "dead": (EndpointUnavailable, "{host}: {text}"),
    "later": (EndpointRefused, "{host}: {text}"),
    "set-up": (
        ConfigError,
        "no connection can be set up: {text}; HTTP_PROXY, HTTPS_PROXY, ALL_PROXY or SSL_CERT_FILE cannot be used",
    ),
    "certificate": (
        ConfigError,
        "llm.base_url: the certificate of {host} is not trusted: {text}; SSL_CERT_FILE can name a file of trusted ones",
    ),
    "quota": (EndpointRefused, "{host}: no quota left: {text}"),
    "key": (ConfigError, "llm.api_key: {host} does not accept it, or does not allow this: {text}"),
    "model": (ConfigError, "llm.model: {host} does not know {model!r}: {text}"),
    "page": (ConfigError, "llm.base_url: no API at {host}, {text}; the address of an API usually ends in /v1"),
    "address": (ConfigError, "llm.base_url: no API at {host}, {text}; the address of an API usually ends in /v1"),
    "request": (ConfigError, "{host} does not accept our request: {text}"),
    "filter": (OutputRefused, "content filter on the prompt: {text}"),
    "overflow": (ContextOverflow, "{text}"),
    "cut": (PromptTruncated, "{text}"),
    "forbidden": (OutputRefused, "{host} does not answer this request: {text}"),
    "spoilt": (OutputInvalid, "{text}"),
}


def kind_once_proven(fault: Fault) -> Kind:
    """The kind of a fault of a model that has answered us before: key, address and form of our requests are right.

    A 403 forbids this one request, a page for people is a proxy's and will pass, and a malformed request is the fault
    of the one article in it.
    """
    if fault.kind == "key" and fault.status == 403:
        return "forbidden"
    return _ONCE_PROVEN.get(fault.kind, fault.kind)


def as_error(fault: Fault, host: str, model: str, usage: Usage) -> SummarizerError:
    """Our error for a fault."""
    error, sentence = _ERRORS[fault.kind]
    message = sentence.format(host=host, model=model, text=fault.text)
    return error(message, usage) if issubclass(error, EndpointError) else error(message)


def _status_in(fields: Mapping[str, Any]) -> int | None:
    """The HTTP status that an error of a 200 answer names as its code, as OpenRouter does."""
    code = str(fields.get("code") or fields.get("status") or "")
    return int(code) if re.fullmatch(r"[45]\d\d", code) else None


def _codes(fields: Mapping[str, Any]) -> frozenset[str]:
    inner = fields.get("innererror")
    found = [fields.get("code"), fields.get("type"), inner.get("code") if isinstance(inner, dict) else None]
    return frozenset(code.lower() for code in found if isinstance(code, str))


def _as_text(error: object) -> str:
    if isinstance(error, str):
        return error or "no text"
    return json.dumps(error, ensure_ascii=False)


def too_late(timeout_s: float) -> Fault:
    """No complete answer came in time."""
    fault = Fault("transient", f"no complete answer within {timeout_s:.3g} s")
    fault.timed_out = True
    return fault
