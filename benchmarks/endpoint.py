"""A simulated OpenAI-compatible endpoint on loopback: latency, limits, queues and faults of your choice, no model.

    python benchmarks/endpoint.py --port 8123 --latency-s 0.25 --fault wrong_figure=0.1 --fault 429=0.05 --log log.jsonl

prints its base URL and serves until SIGTERM or Ctrl-C. In a test or a benchmark: `async with Endpoint(Behaviour(…)) as
endpoint`, then `endpoint.base_url`, `endpoint.entries`. Nothing is needed but Python.

Answers are faithful (see `benchmarks.answers`) and take `latency_s + input/8000 + output/80` seconds, as measured of no
vendor in particular; tokens are UTF-8 bytes / 4. Each fault strikes a request by itself at its rate, decided by the
seed, the body and how often this body has come: concurrency and order change nothing. Where several would decide the
answer, the first of `FAULTS` does. `mixed` is the share of requests that meet one fault of `MIXED`, each as likely.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import math
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TextIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.answers import CONTENT_FAULTS, Request, answer, corrupt, parse_request
from benchmarks.faults import (
    FAULTS,
    MESSAGE_FAULTS,
    MIXED,
    REJECTIONS,
    TRANSPORT_FAULTS,
    as_json,
    as_tool_call,
    error_body,
    rejection,
    spoilt_message,
    writing,
)

_MAX_BODY = 16 * 2**20
_MAX_CONNECTIONS = 1024
_MAX_HEADER_LINES = 100
_IDLE_S = 120.0
_DAY_S = 86_400.0
# The day's limit stands behind the minute's, and takes the headers from it.
_HEADER_OF = {"requests of the day": "requests"}
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed"} | {
    413: "Content Too Large", 429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"
}  # fmt: skip


@dataclass(frozen=True)
class Behaviour:
    """How the endpoint behaves; times in seconds, rates of faults from 0 to 1.

    `scale` multiplies every answer time, not the limits. `slots` are answers at a time, the rest queues; `None` is no
    limit. The limits are buckets that hold `burst_s` seconds' worth; as vendors do, a request is charged for the output
    that it may have, not for what it gets. Rejected requests are charged nothing. With `requests_per_day` the headers
    about requests are of the day, as Groq's are, and tell nothing of the minute. A hang is silent for `hang_s`, which
    `scale` leaves alone, and then answers. With `strikes`, faults strike among the first so many chat requests alone,
    in the order in which they come.
    """

    model: str = "simulated"
    latency_s: float = 0.25
    input_tokens_per_s: float = 8000.0
    output_tokens_per_s: float = 80.0
    scale: float = 1.0
    slots: int | None = None
    requests_per_minute: int | None = None
    requests_per_day: int | None = None
    tokens_per_minute: int | None = None
    burst_s: float = 60.0
    limit_headers: bool = True
    retry_after: bool = True
    context_tokens: int = 128_000
    hang_s: float = 600.0
    mixed: float = 0.0
    faults: Mapping[str, float] = field(default_factory=dict)
    strikes: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what would quietly do nothing.

        Raises:
            ValueError: there is no such fault, or a rate is no share.
        """
        for name, rate in {"mixed": self.mixed, **self.faults}.items():
            if name not in {"mixed", *FAULTS} or not 0 <= rate <= 1:
                raise ValueError(f"{name}={rate}: expected a rate from 0 to 1 of one of {', '.join(FAULTS)}")


class Entry(NamedTuple):
    """One request in the log: received `at` seconds after the start, answered `seconds` later.

    `served_s` is the part of these in which it was worked on and did not queue, `charged_tokens` what the limit was
    charged; the other tokens are as the answer states them. `topic` is the same for all requests about one headline.
    """

    at: float
    seconds: float
    served_s: float
    path: str
    body: str
    kind: str
    status: int
    fault: str
    input_tokens: int
    output_tokens: int
    charged_tokens: int
    topic: str


class Response(NamedTuple):
    """What goes back, and what the log is to know of it; status 0 is a connection that breaks."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}
    content_type: str = "application/json"
    fault: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    charged_tokens: int = 0
    served_s: float = 0.0
    topic: str = ""


class Bucket:
    """A limit per minute that refills all the time and holds `burst_s` seconds' worth; `now` in seconds."""

    def __init__(self, per_minute: float, burst_s: float, now: float) -> None:
        self.rate = per_minute / 60
        self.size = max(1.0, self.rate * burst_s)
        self._level, self._then = self.size, now

    def wait_s(self, cost: float, now: float) -> float:
        """Seconds until the cost is there; 0 if it is now. More than the bucket holds costs a full bucket."""
        return max(0.0, (min(cost, self.size) - self._refilled(now)) / self.rate)

    def take(self, cost: float, now: float) -> None:
        """Spend it."""
        self._level = self._refilled(now) - min(cost, self.size)

    def headers(self, name: str, now: float) -> dict[str, str]:
        """The `x-ratelimit-*` headers of this limit: `limit`, `remaining` and the time until it is full."""
        level = self._refilled(now)
        return {
            f"x-ratelimit-limit-{name}": str(round(self.size)),
            f"x-ratelimit-remaining-{name}": str(max(0, int(level))),
            f"x-ratelimit-reset-{name}": duration((self.size - level) / self.rate),
        }

    def _refilled(self, now: float) -> float:
        self._level = min(self.size, self._level + (now - self._then) * self.rate)
        self._then = now
        return self._level


class Endpoint:
    """The server, an async context manager; `entries` is the log so far, `base_url` what clients are given."""

    def __init__(self, behaviour: Behaviour | None = None, *, port: int = 0, log: TextIO | None = None) -> None:
        self.behaviour = behaviour or Behaviour()
        self.entries: list[Entry] = []
        self._port, self._log = port, log
        self._seen: Counter[str] = Counter()
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(self.behaviour.slots) if self.behaviour.slots else None
        self._start = time.monotonic()
        self._buckets = _buckets(self.behaviour)

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:<port>/v1`."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def chat_entries(self) -> list[Entry]:
        """The log without the requests for the list of models."""
        return [entry for entry in self.entries if entry.kind != "models"]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port, limit=2**16)
        self._port = self._server.sockets[0].getsockname()[1]
        self._start = time.monotonic()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    def _now(self) -> float:
        return time.monotonic() - self._start

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while len(self._connections) <= _MAX_CONNECTIONS and await self._exchange(reader, writer):
                pass
        except (ConnectionError, TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, spoke no HTTP, or this endpoint is closing
        finally:
            self._connections.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection stays open."""
        head = await asyncio.wait_for(_read_head(reader), _IDLE_S)
        if head is None:
            return False
        method, path, size = head
        if size > _MAX_BODY:
            await _send(writer, Response(413, error_body("the body is too large", "request_too_large")))
            return False
        raw = await asyncio.wait_for(reader.readexactly(size), _IDLE_S)
        arrived = self._now()
        kind, answering = self._routed(method, path, raw)
        response = await _unless_gone(answering, reader)
        if response.fault == "hang" and await _is_gone_within(self.behaviour.hang_s, reader):
            response = Response(0, b"", fault="hang")
        self._note(arrived, path, raw, kind, response)
        if response.status == 0:
            writer.transport.abort()
            return False
        await _send(writer, response)
        return True

    def _note(self, arrived: float, path: str, raw: bytes, kind: str, response: Response) -> None:
        digest = hashlib.sha256(raw).hexdigest()[:16] if raw else ""
        at, seconds, served_s = (round(s, 4) for s in (arrived, self._now() - arrived, response.served_s))
        counts = (response.input_tokens, response.output_tokens, response.charged_tokens)
        outcome = (response.status, response.fault, *counts, response.topic)
        entry = Entry(at, seconds, served_s, path, digest, kind, *outcome)
        self.entries.append(entry)
        if self._log is not None:
            self._log.write(json.dumps(entry._asdict()) + "\n")
            self._log.flush()

    def _routed(self, method: str, path: str, raw: bytes) -> tuple[str, Coroutine[Any, Any, Response]]:
        """The kind of call, for the log, and the answer to come."""
        if path.endswith("/models"):
            row = {"id": self.behaviour.model, "object": "model", "created": 0, "owned_by": "simulator"}
            return "models", _at_once(Response(200, as_json({"object": "list", "data": [row]})))
        if not path.endswith("/chat/completions"):
            return "other", _at_once(Response(404, error_body(f"no such path: {path}", "not_found")))
        if method != "POST":
            return "other", _at_once(Response(405, error_body("expected POST", "method_not_allowed")))
        try:
            body = json.loads(raw)
            request = parse_request(body)
        except (ValueError, TypeError, AttributeError):
            return "other", _at_once(Response(400, error_body("not a chat request", "invalid_request")))
        return request.kind, self._chat(body, request, hashlib.sha256(raw).hexdigest())

    async def _chat(self, body: Mapping[str, Any], request: Request, digest: str) -> Response:
        self._seen[digest] += 1
        spared = self.behaviour.strikes is not None and self._seen.total() > self.behaviour.strikes
        struck = () if spared else self._struck(digest, self._seen[digest])
        tokens = token_count(request.text)
        cost = tokens + _asked_tokens(body)
        over = self._over_limit(cost)
        response = over or self._rejected(body, tokens, struck)
        if response is None:
            async with self._slots or nullcontext():
                started = self._now()
                response = await self._answered(body, request, struck)
                response = response._replace(served_s=self._now() - started)
        headers = {**self._limit_headers(), **response.headers}
        return response._replace(charged_tokens=0 if over else cost, headers=headers)

    def _struck(self, digest: str, time_seen: int) -> tuple[str, ...]:
        """The faults that strike this request, in the order of `FAULTS`, a mixed one last."""
        rates, seed = self.behaviour.faults, self.behaviour.seed
        struck = [name for name in FAULTS if name in rates and _share(seed, name, digest, time_seen) < rates[name]]
        if self.behaviour.mixed and _share(seed, "mixed", digest, time_seen) < self.behaviour.mixed:
            struck.append(MIXED[int(_share(seed, "which", digest, time_seen) * len(MIXED))])
        return tuple(struck)

    async def _answered(self, body: Mapping[str, Any], request: Request, struck: tuple[str, ...]) -> Response:
        broken = next((name for name in TRANSPORT_FAULTS if name in struck), None)
        if broken not in {None, "hang"}:
            return await self._broken(broken)
        response = self._completed(body, request, struck)
        work = response.input_tokens / self.behaviour.input_tokens_per_s
        work += response.output_tokens / self.behaviour.output_tokens_per_s
        await asyncio.sleep(self.behaviour.scale * (self.behaviour.latency_s + work))
        return response._replace(fault=broken) if broken else response

    def _over_limit(self, tokens: int) -> Response | None:
        """429 where a bucket has not enough; else the cost is taken."""
        now = self._now()
        costs = {name: tokens if name == "tokens" else 1 for name in self._buckets}
        wait = max((bucket.wait_s(costs[name], now) for name, bucket in self._buckets.items()), default=0.0)
        if wait > 0:
            return self._too_many(wait, "limit")
        for name, bucket in self._buckets.items():
            bucket.take(costs[name], now)
        return None

    def _too_many(self, wait_s: float, fault: str) -> Response:
        headers = {"retry-after": str(int(wait_s) + 1), "retry-after-ms": str(int(wait_s * 1000) + 1)}
        error = error_body("Rate limit reached for requests", "rate_limit_exceeded", kind="requests")
        return Response(429, error, headers if self.behaviour.retry_after else {}, fault=fault)

    def _limit_headers(self) -> dict[str, str]:
        if not self.behaviour.limit_headers:
            return {}
        now = self._now()
        told = {_HEADER_OF.get(name, name): bucket for name, bucket in self._buckets.items()}
        return dict(pair for name, bucket in told.items() for pair in bucket.headers(name, now).items())

    def _rejected(self, body: Mapping[str, Any], input_tokens: int, struck: tuple[str, ...]) -> Response | None:
        """400 for what this endpoint does not take."""
        if input_tokens > self.behaviour.context_tokens or "context_overflow" in struck:
            message = f"This model's maximum context length is {self.behaviour.context_tokens} tokens."
            fault = "context_overflow" if "context_overflow" in struck else "context"
            return Response(400, error_body(message, "context_length_exceeded", "messages"), fault=fault)
        for fault in REJECTIONS:
            if fault in struck and (refusal := rejection(fault, body)) is not None:
                return Response(400, refusal, fault=fault)
        return None

    async def _broken(self, fault: str) -> Response:
        """An answer that is no completion."""
        if fault == "reset":
            return Response(0, b"", fault=fault)
        await asyncio.sleep(self.behaviour.scale * self.behaviour.latency_s)
        if fault == "429":
            return self._too_many(0.05, fault)
        if fault == "html":
            page = (
                b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Please try later</h1></body></html>"
            )
            return Response(200, page, content_type="text/html; charset=utf-8", fault=fault)
        status, message, code = {
            "key": (401, "Incorrect API key provided.", "invalid_api_key"),
            "quota": (429, "You exceeded your current quota, please check your plan.", "insufficient_quota"),
            "500": (500, "The server had an error while processing your request.", "server_error"),
            "error200": (200, "The upstream provider failed.", "upstream_error"),
        }[fault]
        return Response(status, error_body(message, code), fault=fault)

    def _completed(self, body: Mapping[str, Any], request: Request, struck: tuple[str, ...]) -> Response:
        """The completion, with what struck its content."""
        value = answer(request)
        topic = _topic(request, value)
        done = [fault for fault in CONTENT_FAULTS if fault in struck and corrupt(value, fault, request)]
        text, changed = writing(value, body, struck)
        done += changed
        message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
        reason = "stop"
        spoilt = next((fault for fault in MESSAGE_FAULTS if fault in struck), None)
        if spoilt is not None:
            message, reason = spoilt_message(message, spoilt)
            done.append(spoilt)
        elif token_count(text) > _asked_tokens(body):
            message, reason = {**message, "content": _clipped(text, _asked_tokens(body))}, "length"
        output_tokens = token_count(message["content"] or message["refusal"] or "")
        message, reason = as_tool_call(message, reason, body)
        usage = _usage(token_count(request.text), output_tokens)
        choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
        model = body.get("model", self.behaviour.model)
        completion = {"id": "chatcmpl-0", "object": "chat.completion", "created": 0, "model": model}
        return Response(
            200,
            as_json({**completion, "choices": [choice], "usage": usage}),
            fault=" ".join(done),
            input_tokens=usage["prompt_tokens"],
            output_tokens=output_tokens,
            topic=topic,
        )


def _topic(request: Request, value: Mapping[str, Any]) -> str:
    """A short name for the headline that a request is about, or that its faithful answer has; empty without one."""
    headline = request.data("draft").get("headline") or request.block("headline") or value.get("headline", "")
    letters = "".join(filter(str.isalnum, headline)).casefold()
    return hashlib.sha256(letters.encode()).hexdigest()[:8] if letters else ""


def _buckets(behaviour: Behaviour) -> dict[str, Bucket]:
    """The limits that there are, full."""
    told = {
        "requests": (behaviour.requests_per_minute or 0, behaviour.burst_s),
        "requests of the day": ((behaviour.requests_per_day or 0) / (_DAY_S / 60), _DAY_S),
        "tokens": (behaviour.tokens_per_minute or 0, behaviour.burst_s),
    }
    return {name: Bucket(per_minute, burst_s, 0.0) for name, (per_minute, burst_s) in told.items() if per_minute}


def duration(seconds: float) -> str:
    """A duration as vendors write it: `17ms`, `7.66s`, `2m59.56s`, `1h0m3s`."""
    if seconds < 1:
        return f"{math.ceil(seconds * 1000)}ms"
    minutes, rest = divmod(round(seconds, 2), 60)
    hours, minutes = divmod(int(minutes), 60)
    before = f"{hours}h{minutes}m" if hours else f"{minutes}m" if minutes else ""
    return f"{before}{f'{rest:.2f}'.rstrip('0').rstrip('.')}s"


async def _read_head(reader: asyncio.StreamReader) -> tuple[str, str, int] | None:
    """Method, path and length of the body of the next request; None where the client has gone."""
    first = (await reader.readline()).decode("latin-1").split()
    if len(first) != 3:
        return None
    size = 0
    for _ in range(_MAX_HEADER_LINES):
        line = (await reader.readline()).decode("latin-1").strip()
        if not line:
            return first[0], first[1].partition("?")[0], size
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            size = int(value)
    raise ValueError("too many header lines")


async def _at_once(response: Response) -> Response:
    return response


async def _unless_gone(answering: Coroutine[Any, Any, Response], reader: asyncio.StreamReader) -> Response:
    """The answer; status 0 where the client hangs up before it."""
    answered, gone = asyncio.ensure_future(answering), asyncio.ensure_future(_hung_up(reader))
    both: set[asyncio.Future[Any]] = {answered, gone}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        return answered.result() if answered.done() else Response(0, b"", fault="client_gone")
    finally:
        answered.cancel()
        gone.cancel()


async def _is_gone_within(seconds: float, reader: asyncio.StreamReader) -> bool:
    try:
        await asyncio.wait_for(_hung_up(reader), seconds)
    except TimeoutError:
        return False
    return True


async def _hung_up(reader: asyncio.StreamReader) -> None:
    while not reader.at_eof():
        await asyncio.sleep(0.05)


async def _send(writer: asyncio.StreamWriter, response: Response) -> None:
    lines = [f"HTTP/1.1 {response.status} {_REASONS[response.status]}", f"content-type: {response.content_type}"]
    lines += [
        f"content-length: {len(response.body)}",
        *(f"{name}: {value}" for name, value in response.headers.items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + response.body)
    await writer.drain()


def _asked_tokens(body: Mapping[str, Any]) -> int:
    """The output that a request may have."""
    return int(body.get("max_completion_tokens") or body.get("max_tokens") or 4096)


def token_count(text: str) -> int:
    """Tokens as this endpoint counts them: UTF-8 bytes / 4, rounded up."""
    return -(-len(text.encode()) // 4)


def _clipped(text: str, tokens: int) -> str:
    return text.encode()[: tokens * 4].decode(errors="ignore")


def _usage(input_tokens: int, output_tokens: int) -> dict[str, int]:
    total = input_tokens + output_tokens
    return {"prompt_tokens": input_tokens, "completion_tokens": output_tokens, "total_tokens": total}


def _share(*parts: object) -> float:
    """A number from 0 to 1 that the parts alone decide."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


async def serve(behaviour: Behaviour, port: int, log: TextIO | None, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is given the base URL."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with Endpoint(behaviour, port=port, log=log) as endpoint:
        ready(endpoint.base_url)
        await stop.wait()


def _fault(text: str) -> tuple[str, float]:
    name, _, rate = text.partition("=")
    if name not in FAULTS:
        raise argparse.ArgumentTypeError(f"{name}: no such fault; there are {', '.join(FAULTS)}")
    try:
        return name, float(rate or 1)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: expected NAME=RATE with a rate from 0 to 1") from None


def main(arguments: list[str] | None = None) -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description="A simulated OpenAI-compatible endpoint on loopback.")
    defaults = asdict(Behaviour())
    parser.add_argument("--port", type=int, default=0, help="0 is a free one, which the default is")
    parser.add_argument("--log", type=Path, help="a JSON Lines file, a line for each request")
    parser.add_argument(
        "--fault", type=_fault, action="append", default=[], metavar="NAME=RATE", help=", ".join(FAULTS)
    )
    for name, default in defaults.items():
        flag = f"--{name.replace('_', '-')}"
        if isinstance(default, bool):
            parser.add_argument(f"--no-{flag[2:]}", dest=name, action="store_false")
        elif name != "faults":
            kind = int if default is None else type(default)
            parser.add_argument(flag, dest=name, type=kind, default=default, help=f"default: {default}")
    options = vars(parser.parse_args(arguments))
    behaviour = Behaviour(
        **{name: options[name] for name in defaults if name != "faults"}, faults=dict(options["fault"])
    )
    log = options["log"].open("a", encoding="utf-8") if options["log"] else None
    try:
        asyncio.run(serve(behaviour, options["port"], log, lambda url: print(url, flush=True)))
    finally:
        if log is not None:
            log.close()


if __name__ == "__main__":
    main()
