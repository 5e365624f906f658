"""Translation by Apertium, rule by rule and on this machine: direct pairs only, one pipeline per pair and run.

`config/apertium.toml` is the table of pairs. The pipeline runs in the stream format with null flush, because the text
formats of the `apertium` command drop the NUL that ends a segment.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from summarizer.checks import finding
from summarizer.languages import fallbacks, general_tag
from summarizer.offline.names import Customs, Name, forms_of, names_in, unknown_openers
from summarizer.offline.protect import LanguagePair, Protected, StandIns, opened, protect, restore
from summarizer.offline.stream import Piece, Word, encode, words
from summarizer.records import Finding, bullet_place
from summarizer.resources import packaged_toml

_HELPERS = ("apertium-wblank-mode", "apertium-wblank-attach", "apertium-wblank-detach")
_SEGMENT_LIMIT = 1 << 20  # bytes of one answer; a line of a summary has some hundred
_GRACE_S = 2.0
_CLOSED = "the translator is closed"
# $0 of a mode file, $1 for its generator (mark unknown words), $2 for its tagger.
_MODE_ARGUMENTS = ("apertium", "-g", "")
_UNSENDABLE = re.compile(r"[\x00-\x1f\x7f\u00a0\u2009\u202f\s]+")


class Pair(NamedTuple):
    """A direct pair: `mode` is Apertium's name of it, `packages` what Debian calls the parts it needs."""

    source: str
    target: str
    mode: str
    packages: tuple[str, ...]
    stand_ins: StandIns


class TranslatedLines(NamedTuple):
    """Translated lines, aligned with those given, or none at all; `quotes` says whether a quotation was translated."""

    lines: tuple[str, ...]
    findings: tuple[Finding, ...]
    quotes: bool = False
    model: str | None = None


class TranslatorError(Exception):
    """The translator died, fell silent or answered something else; stays inside this module."""


@cache
def pairs() -> tuple[Pair, ...]:
    """Every direct pair that we know, installed or not."""
    table = packaged_toml("config", "apertium.toml")
    return tuple(
        Pair(
            source=row["source"],
            target=row["target"],
            mode=row["mode"],
            packages=tuple(row["packages"]),
            stand_ins=StandIns(tuple(table["people"]), tuple(row.get("places", ()))),
        )
        for row in table["pairs"]
    )


def pair(source: str, target: str) -> Pair | None:
    """The direct pair for two canonical tags; a source variety may use its parent's pair, a target variety never."""
    wanted = general_tag(target)
    found = {row.source: row for row in pairs() if row.target == wanted}
    return next((found[tag] for tag in fallbacks(source) if tag in found), None)


def installed(row: Pair) -> bool:
    """Whether the pair's mode and every program that it names are on this machine; starts no process."""
    mode = _mode_file(row)
    return mode is not None and all(shutil.which(program) for program in (*_HELPERS, *_programs(mode)))


def _mode_file(row: Pair) -> Path | None:
    """The mode file, in the data folder beside the programs (`…/bin` and `…/share/apertium`)."""
    program = shutil.which("lt-proc")
    if program is None:
        return None
    path = Path(program).resolve().parent.parent / "share" / "apertium" / "modes" / f"{row.mode}.mode"
    return path if path.is_file() else None


def _programs(mode: Path) -> Iterable[str]:
    """The programs of a pipeline: the first word of each stage."""
    return (stage.split()[0] for stage in mode.read_text(encoding="utf-8").split(" | ") if stage.strip())


class ApertiumTranslator:
    """Translates lines; one pipeline and one analyser per pair live until `aclose`, after which none is started.

    `timeout_s` bounds each answer. What is installed is asked once for each pair.
    """

    def __init__(self, *, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._installed: dict[str, bool] = {}
        self._started: dict[str, _PairProcesses] = {}
        self._opening = asyncio.Lock()
        self._closed = False

    async def __aenter__(self) -> ApertiumTranslator:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End every process that this translator started; later translations fail with a finding."""
        async with self._opening:
            self._closed = True
            started, self._started = list(self._started.values()), {}
        await asyncio.gather(*(processes.aclose() for processes in started))

    async def translate(self, lines: Sequence[str], source: str, target: str) -> TranslatedLines:
        """The headline (line 0) and bullets in another language, with what an editor must know about them.

        Errors among the findings say why the lines must be held; there are no lines where there is no translator, or
        where it failed. `machine_gist` is left to the caller.
        """
        row = pair(source, target)
        if row is None:
            return TranslatedLines(
                (), (finding("no_offline_pair", "translation", f"no direct pair from {source} to {target}"),)
            )
        if not await self._has(row):
            return TranslatedLines((), (finding("no_translator", "translation", f"install {' '.join(row.packages)}"),))
        try:
            return await _translated(await self._processes(row), lines, LanguagePair(source, target, row.stand_ins))
        except TranslatorError as error:
            return TranslatedLines((), (finding("translator_failed", "translation", str(error)),))

    async def _has(self, row: Pair) -> bool:
        if row.mode not in self._installed:
            self._installed[row.mode] = await asyncio.to_thread(installed, row)
        return self._installed[row.mode]

    async def _processes(self, row: Pair) -> _PairProcesses:
        async with self._opening:
            if self._closed:
                raise TranslatorError(_CLOSED)
            if row.mode not in self._started:
                pipeline = await asyncio.to_thread(_null_flushed, row)
                self._started[row.mode] = _PairProcesses(row, pipeline, self._timeout_s)
            return self._started[row.mode]


async def _translated(processes: _PairProcesses, lines: Sequence[str], languages: LanguagePair) -> TranslatedLines:
    texts, findings, quotes = [], list[Finding](), False
    for number, protected in enumerate(await _protected(processes, lines, languages)):
        where = _where(number)
        answer = await processes.translated(protected.stream)
        text, found = restore(protected, answer, languages.target, where=where)
        if not text:
            raise TranslatorError(f"no text came back for {where}")
        texts.append(text)
        findings += found
        quotes = quotes or any(token.kind == "quote" for token in protected.tokens)
    return TranslatedLines(tuple(texts), tuple(findings), quotes, f"apertium {processes.pair.mode}")


async def _protected(processes: _PairProcesses, lines: Sequence[str], languages: LanguagePair) -> list[Protected]:
    """The lines as the translator gets them; a surname is known by the full name in another line."""
    customs = _customs(processes.pair.source)
    texts = [_UNSENDABLE.sub(" ", line).strip() for line in lines]
    analysed = [(text, await processes.analysed(text)) for text in texts]
    known = forms_of(name for text, found in analysed for name in names_in(text, found, customs) if _is_telling(name))
    return [
        protect(
            opened(text, ((word.start, word.end) for word in found)),
            names_in(text, found, customs, known),
            languages,
            where=_where(number),
            doubtful=unknown_openers(text, found),
        )
        for number, (text, found) in enumerate(analysed)
    ]


def _is_telling(name: Name) -> bool:
    """Whether a name settles what the same word is elsewhere: a full name does, and a word that no dictionary has."""
    return " " in name.text or not name.person


def _where(number: int) -> str:
    return bullet_place(number - 1) if number else "headline"


def _customs(language: str) -> Customs:
    row = packaged_toml("config", "apertium.toml")["customs"].get(language, {})
    return Customs(*(frozenset(row.get(key, ())) for key in ("particles", "titles", "locatives")))


class _PairProcesses:
    """The two processes of a pair: the pipeline, and its first stage once more for analyses."""

    def __init__(self, row: Pair, pipeline: str, timeout_s: float) -> None:
        self.pair = row
        self._pipeline = _Process(pipeline, timeout_s)
        self._analyser = _Process(pipeline.split(" | ", maxsplit=1)[0], timeout_s)

    async def analysed(self, text: str) -> tuple[Word, ...]:
        """The words of a text as the pair's dictionary has them; their offsets fit the text."""
        analysis = await self._analyser.ask(encode([Piece(text)]))
        try:
            return words(analysis, text)
        except ValueError as error:
            raise TranslatorError("the analysis does not fit the text") from error

    async def translated(self, segment: str) -> str:
        """The pipeline's answer to one segment of the stream."""
        return await self._pipeline.ask(segment)

    async def aclose(self) -> None:
        await asyncio.gather(self._pipeline.aclose(), self._analyser.aclose())


def _null_flushed(row: Pair) -> str:
    """The pair's pipeline as a shell command that flushes at each NUL and carries word-bound blanks along."""
    try:
        result = subprocess.run(
            ("apertium-wblank-mode", "-z", str(_mode_file(row))),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GRACE_S,
            env=_environment(),
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise TranslatorError("the mode cannot be read") from error
    return result.stdout.decode().strip()


def _environment() -> dict[str, str]:
    """What the programs need and no more: settings alone read the environment, and Apertium wants a UTF-8 locale."""
    folder = str(Path(shutil.which("lt-proc") or "").parent)
    return {"PATH": os.pathsep.join((folder, os.defpath)), "LC_ALL": "C.UTF-8"}


class _Process:
    """One long-lived shell pipeline that answers each NUL-ended segment with one; started on the first question.

    It has a process group of its own, so that ending it ends every stage. Once closed it starts nothing more.
    """

    def __init__(self, command: str, timeout_s: float) -> None:
        self._command = command
        self._timeout_s = timeout_s
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._closed = False

    async def ask(self, segment: str) -> str:
        """The answer to one segment; a pipeline that died is started once more.

        Raises:
            TranslatorError: no answer in time, dead twice, or closed.
        """
        async with self._turn:
            for _ in range(2):
                with suppress(asyncio.IncompleteReadError, ConnectionError):
                    return await self._answer(segment)
        raise TranslatorError("the translator stopped twice")

    async def aclose(self) -> None:
        self._closed = True
        async with self._turn:
            await self._end()

    async def _answer(self, segment: str) -> str:
        answered = False
        try:
            process = self._process = self._process or await self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(segment.encode() + b"\0")
            async with asyncio.timeout(self._timeout_s):
                await process.stdin.drain()
                answer = await process.stdout.readuntil(b"\0")
            answered = True
        except TimeoutError as error:
            raise TranslatorError(f"no answer within {self._timeout_s:g} s") from error
        except (asyncio.LimitOverrunError, OSError) as error:
            if isinstance(error, ConnectionError):
                raise
            raise TranslatorError("the answer has no end, or the translator cannot be started") from error
        finally:
            if not answered:  # also when cancelled: a late answer would be taken for the next one
                await self._end(patiently=False)
        return answer[:-1].decode(errors="replace")

    async def _start(self) -> asyncio.subprocess.Process:
        if self._closed:
            raise TranslatorError(_CLOSED)
        command = ("/bin/sh", "-c", self._command, *_MODE_ARGUMENTS)
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            limit=_SEGMENT_LIMIT,
            start_new_session=True,
        )

    async def _end(self, *, patiently: bool = True) -> None:
        """Close the input, which ends every stage in turn; after a while, or at once, end the group by its id."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if patiently and await _ended(process):
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            if await _ended(process):
                return


async def _ended(process: asyncio.subprocess.Process) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), _GRACE_S)
    return process.returncode is not None
