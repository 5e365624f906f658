"""What a run would take: the forecast beside what the run then takes, at the simulator, which counts bytes / 4."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from summarizer.cli import main
from summarizer.engine_choice import engine_for
from summarizer.forecast import Forecaster
from summarizer.job import Job, due_articles
from summarizer.llm.gateway import Gateway
from summarizer.llm.measure import LATIN
from summarizer.llm.memory import Memory
from summarizer.llm.planned import Planner
from summarizer.records import NO_USAGE, Usage
from summarizer.settings import Settings
from tests.test_llm_end_to_end import serving

MODEL = "gpt-4o-mini"


def planned(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What `--dry-run` prints for programs."""
    capsys.readouterr()
    assert main(["summarize", *arguments, "--json", "--dry-run"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def rows(journal: Path) -> list[str]:
    """All that a journal holds."""
    with closing(sqlite3.connect(journal)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("harbour.en.txt", "es,ar,ja"),
        ("gaza-talks.en.txt", "de"),
        ("inquiry.en.txt", "es"),
        ("inundaciones.es.json", "en,es"),
        ("miyah.ar.txt", "en"),
        ("jishin.ja.txt", "en,ru"),
    ],
)
def test_forecast_holds(name: str, languages: str, seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Calls are those of the run, input is within 5 %, output and cost lie inside, and high is at most twice low."""
    with serving() as endpoint:
        arguments = [str(seeds / name), "--to", languages, "--model", MODEL, "--base-url", endpoint.base_url]
        plan = planned(capsys, *arguments)
        assert endpoint.entries == []
        assert main(["summarize", *arguments, "--json", "-q"]) == 0
        usage = json.loads(capsys.readouterr().out)["provenance"]["usage"]
        assert usage["requests"] == len(endpoint.chat_entries)
    assert plan["calls"]["total"] == usage["requests"]
    assert plan["input_tokens"] == pytest.approx(usage["input_tokens"], rel=0.05)
    assert plan["output_tokens"]["low"] <= usage["output_tokens"] <= plan["output_tokens"]["high"]
    assert plan["cost_usd"]["low"] <= usage["cost_usd"] <= plan["cost_usd"]["high"] <= 2 * plan["cost_usd"]["low"]
    assert usage["cost_usd"] == pytest.approx((0.15 * usage["input_tokens"] + 0.6 * usage["output_tokens"]) / 1e6)


def test_what_the_journal_has_costs_nothing(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a run only a new language is counted, as the next run pays; the dry run leaves the journal as it is."""
    state = Settings.load().state
    assert state is not None
    with serving(faults={"wrong_figure": 0.3}) as endpoint:
        arguments = [str(seeds / name) for name in ("harbour.en.txt", "flash.en.txt")]
        arguments += ["--model", MODEL, "--base-url", endpoint.base_url]
        assert main(["summarize", *arguments, "--to", "es,de", "--json", "-q"]) in {0, 1}
        spent = len(endpoint.chat_entries)
        kept = rows(state / "journal.sqlite3")
        again = planned(capsys, *arguments, "--to", "es,de")
        more = planned(capsys, *arguments, "--to", "es,fr")
        anew = planned(capsys, *arguments, "--to", "es,de", "--fresh")
        assert main(["summarize", *arguments, "--to", "es,de", "--dry-run"]) == 0
        assert "2 articles │ 2 finished before │ 0 calls\n" in capsys.readouterr().out
        assert (len(endpoint.chat_entries), rows(state / "journal.sqlite3")) == (spent, kept)
        assert main(["summarize", *arguments, "--to", "es,de", "--json", "-q"]) in {0, 1}
        assert len(endpoint.chat_entries) == spent
    assert (again["calls"], again["finished"], again["input_tokens"]) == ({"total": 0}, 2, 0)
    assert (more["calls"], more["finished"]) == ({"total": 2, "translate": 2}, 0)
    assert (anew["calls"]["total"], anew["finished"]) == (6, 0)


def test_what_was_learnt_corrects_the_forecast(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An endpoint whose tokenizer needs half as many tokens again is forecast so the next time."""
    url = "http://127.0.0.1:9/v1"
    arguments = [str(seeds / "harbour.en.txt"), "--model", MODEL, "--base-url", url]
    state = Settings.load().state
    assert state is not None
    before = planned(capsys, *arguments)
    memory = Memory(state / "endpoints.json", url)
    known = memory.dialect(MODEL)
    memory.learn(MODEL, known, known.model_copy(update={"token_ratios": {LATIN: 1.5}}))
    memory.confirm(MODEL)
    assert planned(capsys, *arguments)["input_tokens"] == pytest.approx(1.5 * before["input_tokens"], rel=0.01)


def test_forecast_needs_no_key_and_names_prices(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model is enough; its price is told with its date, one that is unknown is said to be, and never 0."""
    harbour = str(seeds / "harbour.en.txt")
    assert main(["summarize", harbour, "--to", "es", "--model", MODEL, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert "1 article │ 2 calls (1 summarize, 1 translate) │ " in shown.out
    assert "gpt-4o-mini: $0.15 in (0.075 cached), $0.6 out per million tokens, of 2026-05-27" in shown.out
    assert shown.err == ""
    assert main(["summarize", harbour, "--model", "mine", "--dry-run"]) == 0
    assert "out tokens │ cost unknown\nmine: price unknown" in capsys.readouterr().out
    at_home = ("--base-url", "http://127.0.0.1:9/v1")
    assert main(["summarize", harbour, "--model", "mine", *at_home, "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(" out tokens")
    plan = planned(capsys, harbour, *at_home)
    assert (plan["cost_usd"], plan["unpriced"]) == (None, ["the only model of 127.0.0.1:9"])
    assert planned(capsys, harbour) == {"dry_run": True, "engine": "offline"}
    assert main(["summarize", harbour, "--engine", "llm", "--dry-run"]) == 2


def test_what_takes_no_call_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An article under embargo and a file that cannot be read are named, and cost nothing."""
    article = {"title": "A", "text": "The council met on Monday. It agreed.", "embargoed_until": "2999-01-01T00:00:00Z"}
    (tmp_path / "later.json").write_text(json.dumps(article))
    plan = planned(capsys, str(tmp_path / "later.json"), str(tmp_path / "none.txt"), "--model", MODEL)
    assert (plan["articles"], plan["calls"], plan["cost_usd"]) == (0, {"total": 0}, {"low": 0, "high": 0})
    assert "embargoed" in plan["skipped"][0]
    assert "none.txt" in plan["skipped"][1]


def test_flex_is_forecast_at_its_price(seeds: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Half where the vendor says so; unknown where nobody does."""
    (tmp_path / "flex.toml").write_text('[llm]\nservice_tier = "flex"\n')
    harbour, flex = str(seeds / "harbour.en.txt"), ("--config", str(tmp_path / "flex.toml"))
    usual = planned(capsys, harbour, "--model", "gpt-5-mini")["cost_usd"]
    assert planned(capsys, harbour, "--model", "gpt-5-mini", *flex)["cost_usd"]["low"] == pytest.approx(
        usual["low"] / 2
    )
    assert planned(capsys, harbour, "--model", MODEL, *flex)["cost_usd"] is None


def test_forecast_of_a_job_counts_what_is_new(tmp_path: Path, seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Unchanged articles take nothing; the look ahead writes nothing, not even the output folder."""
    home, out = tmp_path / "in", tmp_path / "out"
    home.mkdir()
    shutil.copy(seeds / "flash.en.txt", home)
    with serving() as endpoint:
        folders = ["--in", str(home), "--out", str(out)]
        run = ["job", "run", *folders, "--to", "es", "--model", MODEL, "--base-url", endpoint.base_url]
        assert main([*run, "--dry-run"]) == 0
        assert capsys.readouterr().out.startswith("1 article │ 2 calls (1 summarize, 1 translate) │ ")
        assert not out.exists()
        assert main([*run, "-q"]) == 0
        kept = (out / ".summarizer" / "ledger.sqlite3").read_bytes()
        shutil.copy(seeds / "parom.ru.json", home)
        capsys.readouterr()
        assert main([*run, "--dry-run"]) == 0
        assert capsys.readouterr().out.startswith("1 article │ 2 calls")
        (home / "parom.ru.json").unlink()
        assert main([*run, "--dry-run"]) == 0
        assert capsys.readouterr().out == "0 articles │ 0 calls\n"
        assert (out / ".summarizer" / "ledger.sqlite3").read_bytes() == kept


def test_forecaster_and_engine_agree_on_the_fingerprint(tmp_path: Path) -> None:
    """What a run has done is unchanged for the forecast: both name endpoint, models, prompts and policy alike."""
    from summarizer.pipeline import Summarizer

    llm = {"model": MODEL, "base_url": "http://127.0.0.1:9/v1"}
    settings = Settings.load(overrides={"llm": llm, "checks": {"mode": "shadow"}})
    forecaster = Forecaster.from_settings(settings)
    assert forecaster is not None
    assert forecaster.fingerprint() == Summarizer.from_settings(settings).fingerprint()
    assert due_articles(Job(tmp_path, tmp_path / "out"), settings, forecaster) is not None


@pytest.mark.parametrize("budget", ["0.0005", "0.0016", "0.0022"])
def test_a_run_stops_at_its_budget(
    budget: str, seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is finished is written, what is left is named with spent and planned, and no cent more is spent: exit 3."""
    names = ["harbour.en.txt", "gaza-talks.en.txt", "urteil.de.md", "zinsen.de.txt"]
    files = [str(seeds / name) for name in names]
    with serving(latency_s=0.02, scale=1.0, output_tokens_per_s=1e6, input_tokens_per_s=1e6) as endpoint:
        arguments = ["--to", "es", "--model", MODEL, "--base-url", endpoint.base_url, "--out", str(tmp_path / "out")]
        assert main(["summarize", *files, *arguments, "--max-cost-usd", budget]) == 3
        entries = endpoint.chat_entries
    captured = capsys.readouterr()
    spent = sum(0.15 * entry.input_tokens + 0.6 * entry.output_tokens for entry in entries) / 1e6
    assert spent <= float(budget)
    assert f" of {float(budget):.4f} USD spent, and the next call may take 0.00" in captured.err
    written = list((tmp_path / "out").glob("*/summary.json"))
    left = captured.err.split("not done, or not to the end: ")[1].splitlines()[0].split(", ")
    assert len(written) + len(left) == len(files)
    assert len(written) == len(captured.out.splitlines())


def test_a_budget_of_tokens_stops_a_job(seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The next run goes on where the budget ended this one."""
    home = tmp_path / "in"
    home.mkdir()
    for name in ("flash.en.txt", "parom.ru.json", "zinsen.de.txt"):
        shutil.copy(seeds / name, home)
    with serving() as endpoint:
        run = ["job", "run", "--in", str(home), "--out", str(tmp_path / "out"), "--model", "m"]
        run += ["--base-url", endpoint.base_url, "--to", "es"]
        assert main([*run, "--max-tokens", "8000"]) == 3
        assert sum(entry.input_tokens + entry.output_tokens for entry in endpoint.chat_entries) <= 8000
        assert "of 8,000 tokens spent" in capsys.readouterr().err
        assert main(run) == 0
    assert len(list((tmp_path / "out").glob("*/summary.json"))) == 3


def test_a_limit_in_dollars_needs_a_price(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither run nor forecast begins; the message says which model has no price, and how to give it one."""
    arguments = ["summarize", str(seeds / "flash.en.txt"), "--model", "mine", "--base-url", "http://127.0.0.1:9/v1"]
    for more in ([], ["--dry-run"]):
        assert main([*arguments, "--max-cost-usd", "1", *more]) == 2
        told = capsys.readouterr().err
        assert "the price of 'mine' is unknown; put [models.\"mine\"] with input_usd_per_million" in told


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (["--max-tokens", "1000000", "--max-cost-usd", "1"], []),
        (["--max-tokens", "100"], ["budget.max_tokens: 100 does not hold all of it, "]),
        (["--max-cost-usd", "0.0001"], ["budget.max_cost_usd: $0.000100 does not hold all of it, $0.000"]),
    ],
)
def test_a_forecast_above_the_budget_is_told(
    limits: list[str], told: list[str], seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On stderr, also with `--quiet`, beside a forecast that stays as it is."""
    arguments = [
        str(seeds / "flash.en.txt"),
        "--model",
        MODEL,
        "--base-url",
        "http://127.0.0.1:9/v1",
        "--dry-run",
        "-q",
    ]
    assert main(["summarize", *arguments, *limits]) == 0
    lines = [line for line in capsys.readouterr().err.splitlines() if "budget" in line]
    assert len(lines) == len(told)
    assert all(expected in line for expected, line in zip(told, lines, strict=True))


def test_a_forecast_packs_languages_where_limits_make_requests_scarce(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of twelve articles nearly all, as in a run at 60 requests per minute; of one, or without a limit, none."""
    flash, file = (seeds / "flash.en.txt").read_text(encoding="utf-8"), tmp_path / "many.jsonl"
    lines = [json.dumps({"id": f"{at}", "text": flash.replace("40,000", f"{10 + at},000")}) for at in range(12)]
    file.write_text("\n".join(lines), encoding="utf-8")
    more = ["--to", "es,de,fr,ar", "--model", MODEL, "--base-url", "http://127.0.0.1:9/v1"]
    spread = planned(capsys, str(file), *more)
    assert spread["calls"] == {"total": 60, "summarize": 12, "translate": 48}
    monkeypatch.setenv("SUMMARIZER_LLM__REQUESTS_PER_MINUTE", "60")
    packed = planned(capsys, str(file), *more)
    assert packed["calls"]["translate_packed"] >= 10
    assert packed["input_tokens"] < 0.7 * spread["input_tokens"]
    assert "translate_packed" not in planned(capsys, str(seeds / "flash.en.txt"), *more)["calls"]


def test_a_forecast_of_packed_calls_holds(
    seeds: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where both pack, calls are those of the run, input is within 5 %, and output and cost lie inside."""
    for asked in (Gateway, Planner):
        monkeypatch.setattr(asked, "is_worth", lambda *_: True)  # as limits would, which make a test slow
    with serving() as endpoint:
        arguments = [str(seeds / "harbour.en.txt"), "--to", "es,ar,de", "--model", MODEL]
        arguments += ["--base-url", endpoint.base_url]
        plan = planned(capsys, *arguments)
        assert main(["summarize", *arguments, "--json", "-q"]) == 0
        usage = json.loads(capsys.readouterr().out)["provenance"]["usage"]
    assert plan["calls"] == {"total": 2, "summarize": 1, "translate_packed": 1}
    assert usage["requests"] == 2
    assert plan["input_tokens"] == pytest.approx(usage["input_tokens"], rel=0.05)
    assert plan["output_tokens"]["low"] <= usage["output_tokens"] <= plan["output_tokens"]["high"]
    assert plan["cost_usd"]["low"] <= usage["cost_usd"] <= plan["cost_usd"]["high"]


def test_nothing_new_begins_once_the_budget_is_used_up(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of many articles only those under way and one read ahead hear of the budget; the others are named or counted as left."""
    flash = (seeds / "flash.en.txt").read_text(encoding="utf-8")
    files = [tmp_path / f"{number}.txt" for number in range(20)]
    for file in files:
        file.write_text(f"{flash} {file.stem}.", encoding="utf-8")
    arguments = ["--model", MODEL, "--base-url", "http://127.0.0.1:9/v1", "--max-tokens", "1"]
    assert main(["summarize", *map(str, files), *arguments]) == 3
    told = capsys.readouterr().err
    assert told.count("budget exceeded") <= 3
    named, _, more = told.splitlines()[-1].partition(" and ")
    assert named.count(str(tmp_path)) + int(more.removesuffix(" more")) == len(files)


def test_a_budget_goes_to_articles_that_are_finished(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drafts do not take what translations need: at most those under way and one read ahead are left half done."""
    flash, file = (seeds / "flash.en.txt").read_text(encoding="utf-8"), tmp_path / "many.jsonl"
    lines = [json.dumps({"id": f"{at}", "text": flash.replace("40,000", f"{10 + at},000")}) for at in range(20)]
    file.write_text("\n".join(lines), encoding="utf-8")
    with serving(latency_s=0.02, output_tokens_per_s=1e6, input_tokens_per_s=1e6) as endpoint:
        run = [
            "summarize",
            str(file),
            "--to",
            "es,de",
            "--model",
            MODEL,
            "--base-url",
            endpoint.base_url,
            "--json",
        ]
        done = []
        for _ in range(2):
            assert main([*run, "--max-tokens", "20000"]) == 3
            statuses = [json.loads(line)["status"] for line in capsys.readouterr().out.splitlines()]
            done.append(len(statuses) - statuses.count("failed"))
            assert statuses.count("failed") <= 3
        used = sum(entry.input_tokens + entry.output_tokens for entry in endpoint.chat_entries) / 40000
    assert done[0] >= 3
    assert done[1] >= 2 * done[0] - 1, "the next run goes on from there"
    assert used > 0.75, "the budget was nearly all taken"


@pytest.mark.parametrize(
    ("limits", "taken", "most"),
    [
        ({}, NO_USAGE, 64),
        ({"max_tokens": 1_000_000}, NO_USAGE, 2),
        ({"max_tokens": 1_000_000}, Usage(input_tokens=4000, output_tokens=1000), 64),
        ({"max_tokens": 100_000}, Usage(input_tokens=4000, output_tokens=1000), 10),
        ({"max_tokens": 10_000}, Usage(input_tokens=4000, output_tokens=1000), 2),
        ({"max_tokens": 100_000, "max_cost_usd": 0.04}, Usage(input_tokens=5000, cost_usd=0.002), 10),
        ({"max_tokens": 100_000, "max_cost_usd": 0.02}, Usage(input_tokens=5000, cost_usd=0.002), 5),
        ({"max_cost_usd": 0.02}, Usage(input_tokens=5000, cost_usd=0.0), 64),
    ],
)
def test_a_budget_bounds_how_many_articles_are_under_way(limits: dict[str, float], taken: Usage, most: int) -> None:
    """As many as half of what is left holds, if each takes what the dearest one took; few until one is finished."""
    settings = Settings.load(overrides={"budget": limits, "llm": {"model": MODEL, "base_url": "http://127.0.0.1:9/v1"}})
    assert engine_for(settings).articles_at_once(taken) == most
