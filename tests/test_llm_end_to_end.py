"""From the command line and from Python to an endpoint on loopback and back; the simulator answers faithfully."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.endpoint import Behaviour, Endpoint
from benchmarks.faults_table import CASES, row, seen
from benchmarks.translations import Line, carried
from summarizer import Settings, Summarizer, summarize
from summarizer.cli import main
from summarizer.records import NewsSummary, Outcome

Serve = Callable[..., AbstractContextManager[Endpoint]]


@contextmanager
def serving(**behaviour: Any) -> Iterator[Endpoint]:
    """An endpoint in a thread of its own, which answers at once."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    endpoint = Endpoint(Behaviour(**{"scale": 0.0, "latency_s": 0.0, **behaviour}))
    try:
        asyncio.run_coroutine_threadsafe(endpoint.__aenter__(), loop).result(10)
        yield endpoint
        asyncio.run_coroutine_threadsafe(endpoint.__aexit__(None, None, None), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def settings_for(endpoint: Endpoint, **overrides: Any) -> Settings:
    return Settings.load(overrides={"llm": {"model": "simulated", "base_url": endpoint.base_url}, **overrides})


def test_command_line_writes_with_the_model(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The result is the model's, stderr says which model at which host with whose key, and every call is counted."""
    with serving() as endpoint:
        arguments = [
            "summarize",
            str(seeds / "harbour.en.txt"),
            "--model",
            "simulated",
            "--base-url",
            endpoint.base_url,
        ]
        assert main([*arguments, "--to", "es,de", "--json"]) == 0
        host = endpoint.base_url.split("/")[2]
        seen = endpoint.chat_entries
    captured = capsys.readouterr()
    result = NewsSummary.model_validate_json(captured.out)
    made = result.provenance
    assert (made.engine, made.model, made.endpoint, made.plan) == ("llm", "simulated", host, "spread")
    assert made.usage.requests == len(seen) >= 3
    assert captured.err.splitlines()[0] == f"llm · simulated at {host} (no key)"
    assert f"{len(seen)} calls" in captured.err
    assert f"{made.usage.input_tokens:,} in + {made.usage.output_tokens:,} out tokens" in captured.err
    assert (result.status, result.findings) == ("ok", ())
    assert {tag: text.status for tag, text in result.translations.items()} == {"es": "ok", "de": "ok"}


def test_key_is_named_by_its_origin_and_never_shown(
    seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line says where the key came from; the key itself stands nowhere."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    with serving() as endpoint:
        arguments = [
            "summarize",
            str(seeds / "harbour.en.txt"),
            "--model",
            "simulated",
            "--base-url",
            endpoint.base_url,
        ]
        assert main([*arguments, "--json"]) == 0
    captured = capsys.readouterr()
    assert "(key from OPENAI_API_KEY)" in captured.err
    assert "very-secret" not in captured.out + captured.err


def test_only_model_of_a_base_url_is_used(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--model` the endpoint's only model writes; asking for it is no chat request."""
    with serving(model="the-only-one") as endpoint:
        assert main(["summarize", str(seeds / "harbour.en.txt"), "--base-url", endpoint.base_url, "--json"]) == 0
        assert [entry.kind for entry in endpoint.entries].count("models") == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("llm · the-only-one at ")
    assert json.loads(captured.out)["provenance"]["usage"]["requests"] == 1


def test_endpoint_that_is_down_ends_with_three(
    seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run can be resumed, so the exit code is 3, without a traceback."""
    monkeypatch.setenv("SUMMARIZER_LLM__ATTEMPTS", "1")
    arguments = ["summarize", str(seeds / "harbour.en.txt"), "--model", "m", "--base-url", "http://127.0.0.1:9/v1"]
    assert main(arguments) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "127.0.0.1:9" in captured.err
    assert "Traceback" not in captured.err


def test_engine_without_a_model_ends_with_two(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    """`--engine llm` needs a model and a way in; the message names the setting."""
    assert main(["summarize", str(seeds / "harbour.en.txt"), "--engine", "llm"]) == 2
    assert "llm.model" in capsys.readouterr().err
    assert main(["summarize", str(seeds / "harbour.en.txt"), "--engine", "llm", "--model", "m"]) == 2
    assert "OPENAI_API_KEY" in capsys.readouterr().err


def test_three_calls_in_a_row_and_one_in_a_running_loop(seeds: Path) -> None:
    """No client and no journal outlives its loop: every call works, also in a notebook, and only the first one asks."""
    with serving() as endpoint:
        settings = settings_for(endpoint)

        async def inside() -> NewsSummary:
            return summarize(seeds / "harbour.en.txt", to=["es"], settings=settings)

        results = [summarize(seeds / "harbour.en.txt", to=["es"], settings=settings) for _ in range(3)]
        results.append(asyncio.run(inside()))
        assert results[0].provenance.usage.requests == len(endpoint.chat_entries) == 2
    assert len({result.model_dump_json() for result in results}) == 1


@pytest.mark.parametrize(
    "faults",
    [{}, {"500": 0.2}, {"refusal": 0.2}, {"wrong_evidence": 0.3, "dropped_bullet": 0.3}, {"ignore_schema": 0.3}],
    ids=str,
)
def test_usage_of_all_articles_is_what_the_endpoint_saw(seeds: Path, faults: dict[str, float]) -> None:
    """Whatever goes wrong, the requests of the articles sum up to those that arrived."""
    files = [seeds / name for name in ("harbour.en.txt", "puerto.es.txt", "zinsen.de.txt", "gaza-talks.en.txt")]

    async def collect(endpoint: Endpoint) -> list[Outcome]:
        settings = settings_for(endpoint, chunks={"tokens": 300})
        async with Summarizer.from_settings(settings) as summarizer:
            return [outcome async for outcome in summarizer.summarize_many(files, to=["es", "fr"])]

    with serving(faults=faults, seed=3) as endpoint:
        outcomes = asyncio.run(collect(endpoint))
        seen = len(endpoint.chat_entries)
    assert [outcome.error for outcome in outcomes] == [None] * len(files)
    summaries = [outcome.result() for outcome in outcomes]
    assert sum(summary.provenance.usage.requests for summary in summaries) == seen
    for summary in summaries:
        assert all(e.text == (summary.article.text or "")[e.start : e.end] for b in summary.bullets for e in b.evidence)


def digits(*texts: str) -> set[str]:
    """Figures in digits, by an expression of this test's own, without their separators."""
    found = (figure for text in texts for figure in re.findall(r"\d+(?:[.,\u00a0\u202f]\d+)*", text))
    return {re.sub(r"\D", "", figure) for figure in found}


@pytest.mark.parametrize("seed", [3, 4])
def test_no_figure_is_published_that_its_source_does_not_have(seed: int, seeds: Path) -> None:
    """A model that gets every third figure wrong: repaired, replaced, dropped or held, never published."""
    files = [seeds / name for name in ("harbour.en.txt", "puerto.es.txt", "zinsen.de.txt", "gaza-talks.en.txt")]

    async def collect(endpoint: Endpoint) -> list[Outcome]:
        async with Summarizer.from_settings(settings_for(endpoint)) as summarizer:
            return [outcome async for outcome in summarizer.summarize_many(files, to=["ar", "fr"])]

    with serving(faults={"wrong_figure": 0.3}, seed=seed) as endpoint:
        summaries = [outcome.result() for outcome in asyncio.run(collect(endpoint))]
        assert any(entry.fault == "wrong_figure" for entry in endpoint.chat_entries)
    for summary in summaries:
        for bullet in summary.bullets:
            assert digits(bullet.text) <= digits(*(evidence.text for evidence in bullet.evidence))
        for tag, translation in summary.translations.items():
            for text, bullet in zip(translation.bullets, summary.bullets, strict=False):
                assert digits(text) <= digits(carried(Line(bullet.text, 1, {}), summary.language, tag))


def test_summarizer_made_in_a_thread_stops_no_loop(seeds: Path) -> None:
    """An endpoint in the very loop that waits for its list of models can answer; the documented way to ask from there."""

    async def once() -> NewsSummary:
        async with Endpoint(Behaviour(scale=0.0, latency_s=0.0)) as endpoint:
            settings = Settings.load(overrides={"llm": {"base_url": endpoint.base_url, "attempts": 1}})
            async with await asyncio.to_thread(Summarizer.from_settings, settings) as summarizer:
                return await summarizer.summarize(seeds / "harbour.en.txt")

    assert asyncio.run(asyncio.wait_for(once(), 20)).provenance.model == "simulated"


def test_job_that_finds_the_endpoint_down_can_be_resumed(
    tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3, and the next run does what was left."""
    monkeypatch.setenv("SUMMARIZER_LLM__ATTEMPTS", "1")
    (tmp_path / "in").mkdir()
    for name in ("harbour.en.txt", "puerto.es.txt"):
        (tmp_path / "in" / name).write_bytes((seeds / name).read_bytes())
    folders = ["--in", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "-q"]
    down = ["job", "run", *folders, "--model", "simulated", "--base-url", "http://127.0.0.1:9/v1"]
    assert main(down) == 3
    with serving() as endpoint:
        assert main(["job", "run", *folders, "--model", "simulated", "--base-url", endpoint.base_url]) == 0
        assert len(endpoint.chat_entries) == 2


FAILING = [("key", 2, "llm.api_key"), ("quota", 3, "no quota left"), ("500", 3, "500")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve short articles."""
    home = tmp_path / "in"
    home.mkdir()
    for number in range(12):
        text = f"The council of district {number} met on Monday. It agreed on a budget for the schools of the district."
        (home / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return home


def counted_in(stderr: str) -> int:
    """The requests of a whole run; of those that are broken off, up to three, some never arrive, and all are counted."""
    match = re.search(r"^in all │ (\d+) calls? │ ", stderr, re.MULTILINE)
    assert match is not None
    return int(match[1])


@pytest.mark.parametrize(("fault", "code", "message"), FAILING)
def test_run_stops_where_every_article_would_fail(
    fault: str,
    code: int,
    message: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bad key, no quota, an endpoint that is down: the run ends early, names what is left and counts all requests."""
    monkeypatch.setenv("SUMMARIZER_LLM__ATTEMPTS", "1")
    files = [str(path) for path in sorted(folder.iterdir())]
    with serving(faults={fault: 1.0}) as endpoint:
        assert main(["summarize", *files, "--model", "simulated", "--base-url", endpoint.base_url]) == code
        seen_requests = len(endpoint.chat_entries)
    error = capsys.readouterr().err
    assert message in error
    left = error.partition("summarizer: stopped; not done, or not to the end: ")[2].partition("\n")[0]
    named, _, more = left.partition(" and ")
    assert len(set(named.split(", ")) & set(files)) == 5
    assert more == f"{len(files) - 5} more"
    assert seen_requests < len(files)
    assert seen_requests <= counted_in(error) < seen_requests + 4


@pytest.mark.parametrize(("fault", "code", "message"), FAILING)
def test_job_stops_and_the_next_run_does_the_rest(
    fault: str,
    code: int,
    message: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is lost, and folders whose files were not reached are not taken for orphans."""
    monkeypatch.setenv("SUMMARIZER_LLM__ATTEMPTS", "1")
    command = ["job", "run", "--in", str(folder), "--out", str(folder.parent / "out"), "--model", "simulated"]
    with serving() as endpoint:
        assert main([*command, "--base-url", endpoint.base_url]) == 0
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("Monday", "Tuesday"), encoding="utf-8")
    capsys.readouterr()
    with serving(faults={fault: 1.0}) as endpoint:
        assert main([*command, "--base-url", endpoint.base_url]) == code
        failed = len(endpoint.chat_entries)
    captured = capsys.readouterr()
    assert message in captured.err
    assert failed <= counted_in(captured.err) < failed + 4
    assert "of the files were not done" in captured.err
    assert "orphaned" not in captured.out
    with serving() as endpoint:
        assert main([*command, "--base-url", endpoint.base_url]) == 0
    assert capsys.readouterr().out == "12 ok · 0 held · 0 failed\n"


def test_upgrade_of_a_job_writes_anew_what_was_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new folder gets the text of the model before, `--upgrade` asks the new one, once, and `--dry-run` says so."""
    for path in sorted(folder.iterdir())[2:]:
        path.unlink()
    with serving() as endpoint:

        def requests(output: str, *options: str) -> int:
            folders = ["--in", str(folder), "--out", str(folder.parent / output)]
            assert main(["job", "run", *folders, "--base-url", endpoint.base_url, "--model", *options]) == 0
            return len(endpoint.chat_entries)

        assert [requests("a", "m"), requests("b", "m2")] == [2, 2]
        assert requests("b", "m2", "--upgrade", "--dry-run") == 2
        assert "2 articles │ 2 calls" in capsys.readouterr().out
        assert [requests("b", "m2", "--upgrade") for _ in range(2)] == [4, 4]
    assert capsys.readouterr().out == "2 ok · 0 held · 0 failed\n0 ok · 0 held · 0 failed │ 2 unchanged\n"


def test_one_failure_among_answers_stops_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two broken articles are two broken articles."""
    with serving(faults={"refusal": 0.2}, seed=1) as endpoint:
        files = [str(path) for path in sorted(folder.iterdir())]
        main(["summarize", *files, "--model", "simulated", "--base-url", endpoint.base_url])
    assert "stopped" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["key", "quota", "refusal", "think", "dropped_bullet"])
def test_table_of_faults_in_the_readme_is_real(name: str, seeds: Path) -> None:
    """What the README says of a fault is what a user sees."""
    case = next(case for case in CASES if case.fault == name)
    assert row(case, asyncio.run(seen(case))) in (seeds.parent / "README.md").read_text(encoding="utf-8").splitlines()


def test_readme_has_every_fault_of_the_table(seeds: Path) -> None:
    """A fault that is tried is shown."""
    readme = (seeds.parent / "README.md").read_text(encoding="utf-8")
    assert [case.words for case in CASES if f"\n| {case.words} | " not in readme] == []
