"""The gateway against a real socket: connections that are reset, that hang, and that trickle."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import time
from collections.abc import Awaitable, Callable

import pytest

from summarizer.errors import EndpointUnavailable
from summarizer.llm import waiting
from summarizer.llm.gateway import Gateway, Reply
from summarizer.llm.retry import Pace
from summarizer.settings import LLMSettings
from tests.endpoint import CALL, GOOD, Wire, completion

Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


async def answer(writer: asyncio.StreamWriter) -> None:
    body = json.dumps(completion(json.dumps(GOOD))).encode()
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()


async def reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)
    writer.close()


async def trickle(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


class Server:
    """A server on loopback that behaves in turn as told, the last way for ever, and counts requests and connections.

    `targets` has what each request asked for, as its first line says.
    """

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviours = list(behaviours)
        self._handlers: set[asyncio.Task[None]] = set()
        self.requests = self.connections = 0
        self.targets: list[str] = []

    @property
    def open_connections(self) -> int:
        """Those that neither side has closed."""
        return sum(not handler.done() for handler in self._handlers)

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for handler in self._handlers:
            handler.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handler = asyncio.get_running_loop().create_task(self._converse(reader, writer))
        self._handlers.add(handler)
        self.connections += 1

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
                )
                await reader.readexactly(length)
                self.requests += 1
                self.targets.append(head.split()[1].decode())
                await (self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0])(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def gateway(self, attempts: int = 4) -> Gateway:
        """A gateway that gives an attempt 0.3 s and a call 5 s."""
        llm = LLMSettings(
            base_url=f"http://127.0.0.1:{self.port}/v1", timeout_s=0.3, attempts=attempts, retry_total_s=5.0
        )
        gateway = Gateway.from_settings(llm)
        for _ in range(20):
            gateway._paces.setdefault("m", Pace()).observe(0.01, 100)
        return gateway


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    """The library loads itself with the first request, which takes longer than the timeouts here."""

    async def ask() -> None:
        async with Server(answer) as server:
            llm = LLMSettings(base_url=f"http://127.0.0.1:{server.port}/v1")
            async with Gateway.from_settings(llm) as gateway:
                await gateway.ask(CALL)

    asyncio.run(ask())


@pytest.mark.parametrize("fault", [reset, hang, trickle])
def test_faults_of_the_connection_are_survived(fault: Behaviour) -> None:
    """A reset, a silent and a trickling answer are given up in time, retried and counted."""

    async def ask() -> tuple[Reply[Wire], int, float]:
        async with Server(fault, answer) as server, server.gateway() as gateway:
            started = time.monotonic()
            return await gateway.ask(CALL), server.requests, time.monotonic() - started

    reply, requests, seconds = asyncio.run(asyncio.wait_for(ask(), 20))
    assert reply.value == Wire(**GOOD)
    assert reply.usage.requests == requests == 2
    assert seconds < 5


def test_a_dead_endpoint_is_unavailable() -> None:
    """Nobody listens: unavailable, and the cause is kept."""

    async def ask() -> None:
        async with Server(answer) as server:
            pass
        async with server.gateway(attempts=2) as gateway:
            await gateway.ask(CALL)

    with pytest.raises(EndpointUnavailable, match=r"127\.0\.0\.1:\d+: ConnectError") as caught:
        asyncio.run(ask())
    assert caught.value.__cause__ is not None


def slow(seconds: float) -> Behaviour:
    """An answer that takes its time."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await answer(writer)

    return behave


@pytest.mark.parametrize(("behaviours", "lines"), [((slow(0.2), answer, slow(0.2)), 1), ((answer, slow(0.2)), 0)])
def test_a_silent_first_request_is_told_once(
    behaviours: tuple[Behaviour, ...], lines: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for the very first answer reads for whom; once it has come, or was told of, no more is said."""
    monkeypatch.setattr(waiting, "_FIRST_ANSWER_S", 0.1)

    async def ask() -> str:
        async with Server(*behaviours) as server, server.gateway() as gateway:
            await gateway.ask(CALL)
            await asyncio.gather(gateway.ask(CALL), gateway.ask(CALL))
            return gateway.endpoint

    host = asyncio.run(ask())
    assert [record.getMessage() for record in caplog.records] == [f"waiting for {host}"] * lines


def test_many_silent_first_requests_are_one_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four articles begin at once, and wait for the same answer."""
    monkeypatch.setattr(waiting, "_FIRST_ANSWER_S", 0.04)

    async def ask() -> None:
        async with Server(slow(0.1)) as server, server.gateway() as gateway:
            await asyncio.gather(*(gateway.ask(CALL) for _ in range(4)))

    asyncio.run(ask())
    assert len(caplog.records) == 1


def test_a_cancelled_request_leaves_the_connection_pool_usable() -> None:
    """A call that is cancelled while the endpoint is silent does not disturb those beside it or after it."""

    async def ask() -> list[Wire]:
        async with Server(hang, answer) as server, server.gateway() as gateway:
            silent = asyncio.create_task(gateway.ask(CALL))
            while not server.requests:
                await asyncio.sleep(0.01)
            beside = asyncio.create_task(gateway.ask(CALL))
            silent.cancel()
            with pytest.raises(asyncio.CancelledError):
                await silent
            return [(await beside).value, (await gateway.ask(CALL)).value]

    assert asyncio.run(ask()) == [Wire(**GOOD)] * 2


def test_a_hanging_request_waits_no_longer_than_others_show() -> None:
    """Of an endpoint that is not known a hang would cost minutes; the answers beside it cut that short."""

    async def ask() -> float:
        async with Server(slow(30.0), answer, answer) as server:
            llm = LLMSettings(base_url=f"http://127.0.0.1:{server.port}/v1", timeout_s=0.3, max_in_flight=0)
            gateway = Gateway.from_settings(llm)
            started = asyncio.get_running_loop().time()
            first = asyncio.create_task(gateway.ask(CALL))
            await asyncio.sleep(0.05)
            await gateway.ask(CALL)
            await first
            await gateway.aclose()
            return asyncio.get_running_loop().time() - started

    assert asyncio.run(ask()) < 10


def test_connections_serve_again() -> None:
    """As many are opened as there are requests at a time, and none for those that come later."""

    async def ask() -> list[int]:
        async with Server(slow(0.05)) as server, server.gateway() as gateway:
            counts = []
            for together in (1, 1, 2, 2, 1):
                await asyncio.gather(*(gateway.ask(CALL) for _ in range(together)))
                counts.append(server.connections)
            return counts

    assert asyncio.run(ask()) == [1, 1, 2, 2, 2]


def test_a_connection_that_broke_is_opened_anew() -> None:
    """Whether the server resets it or is silent for too long: the request after it has another."""

    async def ask(fault: Behaviour) -> tuple[int, int]:
        async with Server(answer, fault, answer) as server, server.gateway() as gateway:
            for _ in range(3):
                await gateway.ask(CALL)
            return server.requests, server.connections

    assert [asyncio.run(ask(fault)) for fault in (reset, hang)] == [(4, 2), (4, 2)]


def test_connections_without_work_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is needed no more by the answer of another, the last one with the gateway."""
    monkeypatch.setattr("summarizer.llm.connections._KEPT_S", 0.1)

    async def ask() -> list[int]:
        async with Server(slow(0.02)) as server:
            async with server.gateway() as gateway:
                await asyncio.gather(*(gateway.ask(CALL) for _ in range(2)))
                counts = [server.open_connections]
                await asyncio.sleep(0.2)
                await gateway.ask(CALL)
                counts.append(await settled(server, 1))
            return [*counts, await settled(server, 0)]

    assert asyncio.run(ask()) == [2, 1, 0]


async def settled(server: Server, number: int) -> int:
    """The open connections, once there are so many, or after a while."""
    for _ in range(100):
        if server.open_connections == number:
            break
        await asyncio.sleep(0.02)
    return server.open_connections


def test_requests_go_by_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for the whole address."""

    async def ask() -> list[str]:
        async with Server(answer) as proxy:
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
            async with Gateway.from_settings(LLMSettings(base_url="http://news.example/v1")) as gateway:
                await gateway.ask(CALL)
            return proxy.targets

    assert asyncio.run(ask()) == ["http://news.example/v1/chat/completions"]
