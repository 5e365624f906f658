"""Connections to one endpoint; imported with the library that makes them, at the first request."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncIterator
from typing import NamedTuple

import httpx2

_ONE = httpx2.Limits(max_connections=1, max_keepalive_connections=1)
# As long as the library keeps a connection that has nothing to do.
_KEPT_S = httpx2.Limits().keepalive_expiry or 5.0


class _Idle(NamedTuple):
    """A connection that has nothing to do, and since when, by the monotonic clock."""

    connection: httpx2.AsyncHTTPTransport
    since: float


class Connections(httpx2.AsyncBaseTransport):
    """As many connections as there are requests at a time, the one used last first.

    A pool of the library asks each of its connections whether it is still there, twice for every request, which with
    twenty of them takes a quarter of the processor time of a request; so each of these is a pool of one.
    """

    def __init__(self) -> None:
        """Read the certificates of the environment.

        Raises:
            OSError: they cannot be read.
        """
        self._trusted = httpx2.create_ssl_context()
        self._idle: deque[_Idle] = deque()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer; its connection serves again once it is closed, where a request that fails closes it for good."""
        connection = self._idle.pop().connection if self._idle else self._new()
        response = await connection.handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Answer(response.stream, self, connection)
        return response

    async def put_back(self, connection: httpx2.AsyncHTTPTransport) -> None:
        """Take a connection for the next request, and close those that had nothing to do for long."""
        self._idle.append(_Idle(connection, time.monotonic()))
        while self._idle and self._idle[0].since < time.monotonic() - _KEPT_S:
            await self._idle.popleft().connection.aclose()

    async def aclose(self) -> None:
        """Close them all, once no request is under way."""
        while self._idle:
            await self._idle.popleft().connection.aclose()

    def _new(self) -> httpx2.AsyncHTTPTransport:
        return httpx2.AsyncHTTPTransport(verify=self._trusted, limits=_ONE)


class _Answer(httpx2.AsyncByteStream):
    """What an answer says, and the connection that it came by."""

    def __init__(
        self, stream: httpx2.AsyncByteStream, connections: Connections, connection: httpx2.AsyncHTTPTransport
    ) -> None:
        self._stream = stream
        self._connections = connections
        self._connection = connection

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        """Let the connection serve again."""
        try:
            await self._stream.aclose()
        finally:
            await self._connections.put_back(self._connection)
