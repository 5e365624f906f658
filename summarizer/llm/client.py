"""The connection to one OpenAI-compatible endpoint: requests out, JSON objects or faults in."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from summarizer.errors import ConfigError
from summarizer.llm.faults import Fault, clean, fault_in_body, fault_in_text, too_late
from summarizer.llm.retry import retry_after_s
from summarizer.settings import environment_proxy, names_proxies

if TYPE_CHECKING:
    import httpx2
    import openai

    from summarizer.settings import LLMSettings

DEFAULT_BASE_URL = "https://api.openai.com/v1"
# The library insists on a key; servers at home look at none.
_PLACEHOLDER_KEY = "no-key"
# Azure's classic addresses need it. Other queries may be keys, and addresses are logged.
_HARMLESS_QUERY = frozenset({"api-version"})
# Headers that carry a key themselves, in place of `Authorization: Bearer`.
_KEY_HEADERS = frozenset({"authorization", "api-key", "x-api-key"})
# The word before a credential (RFC 9110, 11.4), which messages may well use.
_SCHEMES = frozenset({"basic", "bearer", "digest", "token"})
_CONNECT_S = 10.0


class Answered(NamedTuple):
    """What came back: a JSON object, and the headers, whose names may be asked for in any case."""

    body: dict[str, Any]
    headers: Mapping[str, str]


class Client:
    """One `AsyncOpenAI` without retries of its own, built at the first request; it belongs to one event loop.

    `host` is for people; `endpoint_id` is the base URL without its query, and with no secret in it.

    Azure: `llm.base_url` is `https://NAME.openai.azure.com/openai/v1`, or for one deployment
    `https://NAME.openai.azure.com/openai/deployments/DEPLOYMENT?api-version=2024-10-21`; the key is `llm.api_key`, or
    for the latter `llm.extra_headers = { api-key = "…" }`.
    """

    def __init__(self, llm: LLMSettings, *, now: Callable[[], float] = time.time) -> None:
        """Check the address and the secrets; nothing is sent.

        Raises:
            ConfigError: one of them cannot be used; the message names the key and shows no value.
        """
        self._url, self._query = _checked_url(llm.base_url or DEFAULT_BASE_URL)
        key = llm.api_key.get_secret_value().strip() if llm.api_key else ""
        self._headers = {name: value.get_secret_value().strip() for name, value in llm.extra_headers.items()}
        self._body = llm.extra_body
        self._key = _sendable("llm.api_key", key)
        for name, value in self._headers.items():
            _sendable(f"llm.extra_headers.{name}", value)
        self._secrets = _secrets(key, *self._headers.values())
        self._now = now
        self._openai: openai.AsyncOpenAI | None = None
        self.endpoint_id = self._url
        self.host = urlsplit(self._url).netloc

    def __repr__(self) -> str:
        """The address alone."""
        return f"Client({self._url!r})"

    async def chat(self, body: Mapping[str, Any], timeout_s: float) -> Answered:
        """The answer to one chat request: a JSON object that says nothing of an error.

        Raises:
            Fault: there is no such answer within `timeout_s` seconds.
        """
        return await self._request("post", "/chat/completions", timeout_s, {**body, **self._body})

    async def models(self, timeout_s: float) -> tuple[str, ...]:
        """The names of the models that the endpoint lists.

        Raises:
            Fault: there is no list.
        """
        rows = (await self._request("get", "/models", timeout_s)).body.get("data")
        named = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        return tuple(name for name in named if isinstance(name, str))

    async def aclose(self) -> None:
        """Close the connections; the next request would open new ones."""
        client, self._openai = self._openai, None
        if client is not None:
            await client.close()

    async def _request(
        self, method: str, path: str, timeout_s: float, body: Mapping[str, Any] | None = None
    ) -> Answered:
        if self._openai is None:
            await asyncio.to_thread(load_library)
        client = self._openai = self._openai or self._connect()  # no await between: one client for all
        import httpx2
        import openai

        patience = httpx2.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s))
        try:
            async with asyncio.timeout(timeout_s):  # the library's timeout starts anew with every byte
                if method == "get":
                    response = await client.get(path, cast_to=httpx2.Response, options={"timeout": patience})
                else:
                    response = await client.post(
                        path, cast_to=httpx2.Response, body=body, options={"timeout": patience}
                    )
        except TimeoutError as error:
            raise too_late(timeout_s) from error
        except openai.APIError as error:
            raise self._fault(error, timeout_s) from error
        return Answered(self._object(response), response.headers)

    def _object(self, response: httpx2.Response) -> dict[str, Any]:
        """The JSON object of a 200 answer, which may yet tell of an error, or be a page for people."""
        try:
            body = json.loads(response.content)
        except (ValueError, RecursionError):
            body = response.text.strip() or "an empty answer"
        if not isinstance(body, dict) or (body.get("error") and not body.get("choices")):
            fault = fault_in_body(body, None, self._secrets, retry_after_s(response.headers, self._now()))
            fault.headers = response.headers
            raise fault
        return body

    def _fault(self, error: openai.APIError, timeout_s: float) -> Fault:
        """The vendor's error, sorted; its own text is cleaned too, because it stays as the cause."""
        import httpx2
        import openai

        error.args = (clean(str(error), self._secrets),)
        if isinstance(error, openai.APIStatusError):
            headers = error.response.headers
            wait = retry_after_s(headers, self._now())
            fault = fault_in_text(error.response.text, error.status_code, self._secrets, wait)
            fault.headers = headers
            if error.response.has_redirect_location:
                fault.text += f", a redirect to {_origin(urljoin(self._url, headers['location']))}"
            return fault
        cause = error.__cause__
        unreached = isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout)
        if isinstance(error, openai.APITimeoutError) and not unreached:
            return too_late(timeout_s)
        untrusted = next((each for each in _causes(error) if isinstance(each, ssl.SSLCertVerificationError)), None)
        if untrusted is not None:
            return Fault("certificate", untrusted.verify_message, reached=False)
        why = type(cause or error).__name__
        proxy = environment_proxy(self._url) if unreached else None
        why += f" by the proxy {proxy}" if proxy else ""
        detail = clean(str(cause), self._secrets) if cause and str(cause) else "no connection"
        return Fault("transient", f"{why}: {detail}", reached=not unreached)

    def _connect(self) -> openai.AsyncOpenAI:
        """The library's client, which takes proxies and certificates from the environment.

        Raises:
            Fault: what stands there cannot be used.
        """
        import openai

        from summarizer.llm.connections import Connections

        try:
            http = openai.DefaultAsyncHttpxClient(
                transport=None if names_proxies() else Connections(),
                follow_redirects=False,  # a key goes nowhere but to the address that was configured
                event_hooks={"request": [self._dress]},
            )
        except (ImportError, ValueError, OSError) as error:  # no library for a SOCKS proxy; no proxy; no certificates
            raise Fault("set-up", clean(str(error), self._secrets), reached=False) from error
        return openai.AsyncOpenAI(
            api_key=self._key or _PLACEHOLDER_KEY,
            base_url=self._url,
            default_query=self._query,
            max_retries=0,
            http_client=http,
        )

    async def _dress(self, request: httpx2.Request) -> None:
        """Set our headers last, so that they win, and drop those that the library takes from the environment."""
        for name in ("openai-organization", "openai-project"):
            request.headers.pop(name, None)
        if not self._key and _KEY_HEADERS & {name.lower() for name in self._headers}:
            request.headers.pop("authorization", None)
        request.headers.update(self._headers)


@cache
def load_library() -> None:
    """Import what the first request needs, 0.7 s of processor time; meant for a thread."""
    import_module("openai")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it, each once: of an error that is raised again such chains may go in circles."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


def _origin(url: str) -> str:
    """Scheme, host and port: the rest of an address may hold secrets."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _checked_url(url: str) -> tuple[str, dict[str, str]]:
    """The base URL without query, and the query."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        raise ConfigError("llm.base_url: not a URL; expected one such as http://localhost:11434/v1") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError("llm.base_url: expected a URL such as http://localhost:11434/v1, with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise ConfigError("llm.base_url: holds a user name or password; put them into llm.extra_headers, as a secret")
    query = dict(parse_qsl(parts.query))
    if query.keys() - _HARMLESS_QUERY:
        raise ConfigError("llm.base_url: only `api-version` may stand in its query; put keys into llm.extra_headers")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, "", "")), query


def _secrets(*values: str) -> tuple[str, ...]:
    """The values and each of their words, longest first: a server may echo a token without what stood before it."""
    words = {word.strip(",;") for value in values for word in value.split()}
    secret = {word for word in words if word.lower() not in _SCHEMES}
    return tuple(sorted((secret | set(values)) - {""}, key=len, reverse=True))


def _sendable(name: str, value: str) -> str:
    """The value, if a header can carry it."""
    if not (value.isascii() and value.isprintable()):
        raise ConfigError(f"{name}: holds a character that cannot be sent in a header; was it copied whole?")
    return value
