"""A GGUF file as an OpenAI-compatible endpoint of our own: llama.cpp's server in a child process."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
import sys
import threading
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pydantic import BaseModel, SecretStr

from summarizer.concurrency import together
from summarizer.engines import NotKept
from summarizer.errors import ConfigError, EndpointUnavailable
from summarizer.llm.desk import Unlimited
from summarizer.llm.gateway import Call, Gateway, Reply, terms_of
from summarizer.llm.intent import Terms
from summarizer.llm.journal import NO_JOURNAL, Journal
from summarizer.llm.meter import Meter
from summarizer.llm.replay import Replay
from summarizer.records import NO_USAGE, Usage
from summarizer.settings import LLMSettings

_log = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("gguf_server.py")
_MAGIC = b"GGUF"
# Room for a chunk in a script that the model's tokenizer cuts finely, the prompt and the answer. What a model was not
# trained for it does not get: llama.cpp takes the smaller of the two.
_CONTEXT_TOKENS = 16_384
# Reading a model of tens of gigabytes from a slow disk.
_START_S = 300.0
# The child ends in 0.02 s when its standard input closes, unless it is still loading.
_END_S = 1.0
# A processor without a graphics card may need a minute before the first token of a long prompt.
_ANSWER_S = 300.0
# Whoever needs the identity of a file that is being read waits for it, and does not read it too.
_READING = threading.Lock()
_T = TypeVar("_T", bound=BaseModel)


class LocalServer:
    """A llama.cpp server for one GGUF file, on loopback, behind a key of its own; an async context manager.

    `model` is the file's stem. `base_url` and `api_key` hold from `start` to `aclose`. The child process ends with
    this one, however this one ends.
    """

    def __init__(self, path: Path, *, context_tokens: int = _CONTEXT_TOKENS) -> None:
        """Check what can be checked without loading the model.

        Raises:
            ConfigError: there is no such file, it is no GGUF file, or the extra `local` is not installed.
        """
        check_gguf(path)
        self._path = path.resolve()
        self._context_tokens = context_tokens
        self._process: Process | None = None
        self._url: str | None = None
        self.model = path.stem
        self.api_key = SecretStr(secrets.token_urlsafe(24))

    @property
    def is_running(self) -> bool:
        """Whether the process has started and not ended."""
        return self._process is not None and self._process.returncode is None

    @property
    def base_url(self) -> str:
        """The address of the API, `http://127.0.0.1:<port>/v1`.

        Raises:
            EndpointUnavailable: the server does not run.
        """
        if self._url is None or self._process is None:
            raise EndpointUnavailable(f"{self._path}: the local server does not run")
        if self._process.returncode is not None:
            raise EndpointUnavailable(f"{self._path}: the local server ended ({_ending(self._process.returncode)})")
        return self._url

    def settings(self, llm: LLMSettings) -> LLMSettings:
        """The settings with this server as the endpoint, and with more patience.

        Raises:
            EndpointUnavailable: the server does not run.
        """
        patience = {"timeout_s": max(llm.timeout_s, _ANSWER_S), "retry_total_s": max(llm.retry_total_s, 2 * _ANSWER_S)}
        where = {"base_url": self.base_url, "api_key": self.api_key, "extra_headers": {}}
        return with_gguf_model(llm).model_copy(update={**where, **patience})

    async def start(self) -> None:
        """Load the model and listen.

        Raises:
            ConfigError: llama.cpp cannot load the file.
            EndpointUnavailable: the process ended or did not answer in time.
        """
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", str(_CHILD), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        try:
            self._url = await asyncio.wait_for(self._first_answer(self._process), _START_S)
        except BaseException as error:
            await self.aclose()
            if isinstance(error, TimeoutError):
                raise EndpointUnavailable(f"{self._path}: not loaded after {_START_S:g} s") from None
            raise

    async def _first_answer(self, process: Process) -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        order = {
            "path": str(self._path),
            "name": self.model,
            "key": self.api_key.get_secret_value(),
            "context_tokens": self._context_tokens,
        }
        process.stdin.write(json.dumps(order).encode() + b"\n")
        line = await process.stdout.readline()
        if not line:
            raise EndpointUnavailable(f"{self._path}: the local server ended ({_ending(await process.wait())})")
        answer = json.loads(line)
        if "error" in answer:
            raise ConfigError(f"{self._path}: llama.cpp cannot load this file: {answer['error']}")
        return str(answer["url"])

    async def aclose(self) -> None:
        """End the child process; may be called at any time and more than once."""
        process, self._process, self._url = self._process, None, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), _END_S)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


class LocalGateway(Unlimited):
    """A gateway to a GGUF file: its server starts with the first call and ends with `aclose`.

    One call at a time, since more would only wait in the server, with their timeouts running; for one event loop. A
    server that ends by itself is started again once.
    """

    def __init__(
        self,
        llm: LLMSettings,
        *,
        server: LocalServer | None = None,
        journal: Journal = NO_JOURNAL,
        meter: Meter | None = None,
    ) -> None:
        """Check `llm.gguf`; nothing is started. The journal stays the caller's.

        Raises:
            ConfigError: there is no such file, it is no GGUF file, or the extra `local` is not installed.
        """
        assert llm.gguf is not None
        self._llm = llm
        self._path = llm.gguf
        self._server = server or LocalServer(llm.gguf)
        self._journal = journal
        self._meter = meter or Meter()
        self._restarted = False
        self._gateway: Gateway | None = None
        self._turn = asyncio.Lock()
        self._spent: Usage = NO_USAGE

    @property
    def endpoint(self) -> str:
        """`gguf:` and the SHA-256 of the file, which the first call reads while the model loads."""
        return gguf_identity(self._path)

    @property
    def usage(self) -> Usage:
        """What all calls so far have cost, those that failed included."""
        return self._spent if self._gateway is None else self._spent + self._gateway.usage

    @property
    def terms(self) -> Terms:
        """What decides the answers besides the questions; reads the file, as `endpoint` does."""
        return terms_of(self._llm, gguf_identity(self._path))

    def room_for(self, taken: Usage) -> float:
        """How many articles that take so much the budget still holds; infinitely many without a limit."""
        return self._meter.room_for(taken)

    async def ask(self, call: Call[_T]) -> Reply[_T]:
        """The model's answer, as `Gateway.ask` gives it; where the journal has it the server need not start.

        Raises:
            ConfigError: llama.cpp cannot load the file.
            EndpointUnavailable: the server ended or does not answer.
            OutputError: the answer cannot be used.
        """
        if self._gateway is None and self._journal.is_kept and not call.anew:
            terms = await asyncio.to_thread(lambda: self.terms)
            with suppress(NotKept):
                return await Replay(self._journal, terms, terms.endpoint).ask(call)
        async with self._turn:
            try:
                return await (await self._running()).ask(call)
            except EndpointUnavailable:
                if self._restarted or self._server.is_running:
                    raise
            self._restarted = True
            _log.warning("%s: the local server ended; started again", self._path)
            await self.aclose()
            return await (await self._running()).ask(call)

    async def _running(self) -> Gateway:
        """The gateway to the server, which is started first where it was not."""
        if self._gateway is None:
            _, identity = await together([self._server.start(), asyncio.to_thread(gguf_identity, self._path)])
            llm = self._server.settings(self._llm)
            self._gateway = Gateway.from_settings(llm, journal=self._journal, identity=identity, meter=self._meter)
        _ = self._server.base_url  # raises where the server has ended
        return self._gateway

    async def aclose(self) -> None:
        """End the server."""
        gateway, self._gateway = self._gateway, None
        if gateway is not None:
            self._spent += gateway.usage
            await gateway.aclose()
        await self._server.aclose()


def with_gguf_model(llm: LLMSettings) -> LLMSettings:
    """The settings with the name of `llm.gguf`, the file's stem, as the model for everything."""
    assert llm.gguf is not None
    return llm.model_copy(update={"model": llm.gguf.stem, "translate_model": None})


def check_gguf(path: Path) -> None:
    """Make sure that `path` is a GGUF file and that there is something to run it with.

    Raises:
        ConfigError: there is no such file, it is no GGUF file, or the extra `local` is not installed.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if magic != _MAGIC:
        raise ConfigError(f"{path}: not a GGUF file")
    if find_spec("xllamacpp") is None:
        raise ConfigError(f"{path}: to run it, pip install 'multilingual-news-summarizer[local]'")


def gguf_identity(path: Path) -> str:
    """`gguf:` and the SHA-256 of the file: what stands for the endpoint where results are remembered.

    The port changes with each start and names nothing. Reads the whole file, at about 0.4 GB/s, once for a size and a
    time of change.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        status = path.stat()
        with _READING:
            return _identity(path, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


@lru_cache
def _identity(path: Path, _size: int, _changed_ns: int) -> str:
    with path.open("rb") as file:
        return f"gguf:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _ending(code: int) -> str:
    """How a process ended, in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"
