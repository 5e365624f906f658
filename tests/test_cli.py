"""The command line as people type it."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from summarizer.checks import finding
from summarizer.cli import main
from summarizer.cli.common import complain, dollars, exit_code, load_settings, note_findings, run_line
from summarizer.cli.outputs import choose_output
from summarizer.cli.parser import build_parser, overrides
from summarizer.cli.terminal import Style, render
from summarizer.engines import Drafted
from summarizer.errors import (
    BudgetExceeded,
    CheckFailed,
    EndpointRefused,
    EndpointUnavailable,
    InputError,
    SummarizerError,
)
from summarizer.pipeline import Summarizer
from summarizer.records import Article, Candidate, Draft, Outcome, Translation, Usage
from summarizer.settings import Settings
from summarizer.testing import FakeEngine, fake_translation
from tests.site import serving
from tests.summaries import summary, translation

TEXT = "The council met on Monday in the old town hall. It agreed on a budget of 12.4 million euros."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article in a file."""
    path = tmp_path / "council.txt"
    path.write_text(TEXT)
    return path


def command(
    *arguments: str, stdin: str | bytes | None = None, check: int | None = 0
) -> subprocess.CompletedProcess[bytes]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    result = subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments], input=data, capture_output=True, timeout=60, check=False
    )
    assert check is None or result.returncode == check, result.stderr.decode()
    return result


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`summarizer summarize …` in a shell, with redirections."""
    return subprocess.run(
        ["bash", "-c", f"{sys.executable} -m summarizer summarize {line}"],
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_piped_article_gives_the_result_alone_on_stdout() -> None:
    """Standard input is read without being named, stdout carries the summary and stderr the rest."""
    result = command("summarize", "--from", "en", stdin=TEXT)
    assert result.stdout.decode().splitlines()[0].startswith("The council met on Monday in the old town hall")
    assert b"offline" not in result.stdout
    assert b"\x1b" not in result.stdout + result.stderr
    first, *_ = result.stderr.decode().splitlines()
    assert first == "offline (no model is configured) · extractive · no endpoint, no key used"


def test_json_can_be_piped_on() -> None:
    """`-` is standard input, and the JSON of one article is one object."""
    data = json.loads(command("summarize", "-", "--format", "json", "--from", "en", stdin=TEXT).stdout)
    assert data["schema_version"] == "1"
    assert data["article"]["source"] == "-"
    assert all(
        data["article"]["text"][e["start"] : e["end"]] == e["text"] for b in data["bullets"] for e in b["evidence"]
    )


def test_several_files_are_json_lines_with_failures_in_place(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each article is a line, a file that cannot be read is one too, and the exit code says that one failed."""
    missing = tmp_path / "absent.txt"
    assert main(["summarize", str(article), str(missing), "--format", "json", "--from", "en"]) == 1
    rows = {row["article"]["source"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows[str(article)]["status"] == "ok"
    assert rows[str(missing)]["status"] == "failed"
    assert rows[str(missing)]["error"]["type"] == "InputError"


@pytest.mark.parametrize("flag", ["-q", "-v"])
def test_second_article_with_a_key_fails_and_the_others_go_on(
    flag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither overwrites the folder of the other; the error names both."""
    texts = [TEXT, f"{TEXT} It was agreed at noon.", f"{TEXT} Nobody spoke against it."]
    keys = ["one", "one", "two"]
    lines = [json.dumps({"id": key, "text": text}) for key, text in zip(keys, texts, strict=True)]
    feed = tmp_path / "feed.jsonl"
    feed.write_text("\n".join(lines))
    assert main(["summarize", str(feed), "--from", "en", flag, "--out", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == len(list((tmp_path / "out").iterdir())) == 2
    assert "has the same key (URL or id) as" in shown.err


@pytest.mark.parametrize("show", ["text", "md", "stderr", "log"])
def test_nothing_that_others_wrote_commands_the_terminal(show: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Control sequences, overrides of direction and halves of characters are shown and not obeyed."""
    evil = "board \x1b]0;owned\x07\u202e\x9b31m\ud83d"
    found = finding("not_news", "article", evil, severity="warning")
    made = summary(translation("ca")).model_copy(update={"headline": evil, "findings": (found,)})
    if show == "stderr":
        complain(InputError("x", evil))
        note_findings(made)
    elif show == "log":
        main(["config"])
        assert logging.lastResort is not None  # pytest sets logging up, so the line would go elsewhere
        logging.lastResort.emit(logging.makeLogRecord({"msg": evil}))
    else:
        arguments = ["summarize", "x", *(["--format", "md"] if show == "md" else [])]
        choose_output(build_parser().parse_args(arguments)).summary(made)
    shown = "".join(capsys.readouterr())
    assert "owned" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)


def test_several_good_files_are_all_in_the_json(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first result, which waits to see whether it is the only one, is a line like the others."""
    other = tmp_path / "port.txt"
    other.write_text("The port opens in May after two years of work. It cost 3 million euros in all.")
    assert main(["summarize", str(article), str(other), "--format", "json", "--from", "en"]) == 0
    sources = [json.loads(line)["article"]["source"] for line in capsys.readouterr().out.splitlines()]
    assert sorted(sources) == sorted(map(str, (article, other)))


def test_markdown_prints_the_pages(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format md` prints the page of every published language and of no other."""
    assert main(["summarize", str(article), "--format", "md", "--from", "en", "--to", "ja"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("---\n")
    assert "council met on Monday" in out
    assert re.findall(r'^language: "(.+)"$', out, re.MULTILINE) == ["en"]


def test_held_text_is_shown_on_request_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """`--show-held` prints what was held, marked as such; without it no line of it shows."""
    held = summary(held=True).with_held({"en": Candidate(headline="Board approves pier", bullets=("It is dear.",))})
    options = build_parser().parse_args(["summarize", "x", "--show-held"])
    choose_output(options).summary(held)
    shown = capsys.readouterr().out
    assert "held text, for your eyes only: never publish it\nBoard approves pier\n • It is dear." in shown
    choose_output(build_parser().parse_args(["summarize", "x"])).summary(held)
    assert "Board approves pier" not in capsys.readouterr().out


def test_strict_counts_every_language_once() -> None:
    """What is held or flagged in any language is not clean, and the error names each language once."""
    unclean = summary(translation("ca"), translation("ar", held=True), translation("en"))
    assert summary().is_clean
    assert not unclean.is_clean
    assert str(CheckFailed(unclean)) == "pier.txt: en flagged, ca flagged, ar held"
    assert (exit_code(unclean, strict=False), exit_code(unclean, strict=True)) == (0, 1)
    assert exit_code(summary(), strict=True) == 0


def test_verbose_prints_every_finding(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `-v` stderr names source, language, place, code and detail of each finding; without it, none."""
    arguments = ["summarize", str(article), "--from", "en", "--to", "ja", "--json"]
    assert main([*arguments, "-v"]) == 0
    line = f"{article} · ja · translation · no_offline_pair: no direct pair from en to ja"
    assert line in capsys.readouterr().err.splitlines()
    assert main(arguments) == 0
    assert "no_offline_pair" not in capsys.readouterr().err


def test_verbose_names_findings_of_the_article_too(capsys: pytest.CaptureFixture[str]) -> None:
    """The article's own findings come first, under its language."""
    note_findings(summary(translation("ca"), held=True))
    own, other = capsys.readouterr().err.splitlines()
    assert own == "pier.txt · en · article · not_news: a list"
    assert other == "pier.txt · ca · translation · machine_gist: as a test"


@pytest.mark.parametrize(
    ("flags", "settings"),
    [
        ([], {}),
        (["--model", "m"], {"llm": {"model": "m"}}),
        (
            ["--base-url", "http://localhost/v1", "--engine", "offline"],
            {"engine": "offline", "llm": {"base_url": "http://localhost/v1"}},
        ),
        (["--max-cost-usd", "0.5", "--max-tokens", "900"], {"budget": {"max_cost_usd": 0.5, "max_tokens": 900}}),
        (
            ["--engine", "llm", "--model", "m", "--base-url", "u"],
            {"engine": "llm", "llm": {"model": "m", "base_url": "u"}},
        ),
    ],
)
def test_flags_reach_the_settings(flags: list[str], settings: dict[str, object]) -> None:
    """Each flag sets its setting, and a flag that is not given sets nothing."""
    options = build_parser().parse_args(["summarize", "x", *flags])
    assert overrides(options) == settings
    loaded = load_settings(options)
    assert loaded.origins == dict.fromkeys(loaded.origins, "the command line")
    assert len(loaded.origins) == len(flags) / 2


@pytest.mark.parametrize("error", [EndpointUnavailable("HOST: down"), EndpointRefused("HOST: no quota left")])
def test_language_without_an_answer_ends_with_three(
    error: SummarizerError, article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article stands, the exit code says that another run may do better, and what is left is named."""

    def translate(draft: Draft, language: str) -> Translation:
        if language == "de":
            raise error
        return fake_translation(draft, language)

    engine = FakeEngine(translate=translate)
    monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(engine)))
    arguments = ["--from", "en", "-q", "--to", "es,de"]
    assert main(["summarize", str(article), *arguments]) == 3
    stops = "stopped; " if isinstance(error, EndpointRefused) else ""
    left = f"{stops}not done, or not to the end: {article} (de)\n"
    shown = capsys.readouterr()
    assert (shown.out.partition("  ")[0], shown.err) == (TEXT.partition(". ")[0] + ".", f"summarizer: {left}")
    source = article.parent / "in"
    source.mkdir()
    article.rename(source / article.name)
    folders = ["--in", str(source), "--out", str(article.parent / "out")]
    assert main(["job", "run", *folders, *arguments]) == 3
    assert "not done, or not to the end: council.txt (de)\n" in capsys.readouterr().err


def test_failures_name_their_articles_and_are_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What all articles fail for is one line, however its figures differ; every article that was published is done."""

    class Poor(FakeEngine):
        def articles_at_once(self, taken: Usage) -> int:  # noqa: ARG002 (the engine protocol)
            return 1

        async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
            if len(self.drafted) == 2:
                raise BudgetExceeded(9, len(article.source), 10, unit="tokens")
            return await super().draft(article, max_bullets=max_bullets)

    monkeypatch.setattr(Summarizer, "from_settings", classmethod(lambda cls, _: cls(Poor())))
    lines = [json.dumps({"text": f"{TEXT} Room {number} was full."}) for number in range(9)]
    feed, last = tmp_path / "feed.jsonl", tmp_path / "last.txt"
    feed.write_text("\n".join(lines))
    last.write_text(TEXT)
    assert main(["summarize", str(feed), str(last), "--from", "en", "-q"]) == 3
    told = capsys.readouterr().err
    assert told.count("budget exceeded: ") == told.count(f"summarizer: {feed}:3: budget exceeded: ") == 1
    assert f"stopped; not done, or not to the end: {feed}:3, " in told
    assert f"{feed}:1," not in told
    assert f"{feed}:2," not in told
    assert str(last) in told


def test_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends quietly, with the exit code that shells expect."""

    def interrupted(_: Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("summarizer.cli.schema.run", interrupted)
    assert main(["schema"]) == 130
    assert capsys.readouterr().err == ""


def test_folder_that_cannot_be_written_is_named(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An `--out` below a file ends with 2 and one line that names it, without a traceback."""
    folder = article / "out"
    assert main(["summarize", str(article), "--from", "en", "-q", "--out", str(folder)]) == 2
    assert capsys.readouterr().err == f"summarizer: --out: {folder}: cannot be written: Not a directory\n"


@pytest.mark.parametrize(
    ("redirection", "message"),
    [
        ("{article} >&-", "standard output is closed"),
        ("{article} -q >/dev/full", "No space left"),
        ("<&-", "name a file, or pipe an article in"),
        ("- -q <&-", "standard input is closed"),
    ],
)
def test_closed_streams_end_with_two(redirection: str, message: str, article: Path) -> None:
    """A standard stream that is closed or full is a mistake with a name, and no traceback."""
    result = shell("--from en " + redirection.format(article=article))
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert b"Exception" not in result.stderr


def test_closed_stderr_leaves_stdout_alone(article: Path) -> None:
    """What is for people goes nowhere then, and not into the result."""
    result = shell(f"{article} --from en --json 2>&-")
    assert result.returncode == 0
    assert [json.loads(line)["status"] for line in result.stdout.splitlines()] == ["ok"]


@pytest.mark.parametrize("format_", ["json", "text", "md"])
def test_piped_output_is_utf_8_whatever_the_locale(format_: str, tmp_path: Path) -> None:
    """Pipes and files get UTF-8, also where the locale has another encoding."""
    page = tmp_path / "rat.txt"
    page.write_text("Der Stadtrat beschloß am Montag den Bau der Brücke über die Spree.", encoding="utf-8")
    result = shell(f"{page} --from de -q --format {format_}", PYTHONIOENCODING="ascii")
    assert "Brücke über" in result.stdout.decode("utf-8")


def test_articles_from_pipes_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """Standard input has no name of its own, so each text has a folder of its own, and the same text the same one."""
    out = str(tmp_path / "out")
    other = "The port opens in May after two years of work. It cost 3 million euros in all."
    first, second, again = (
        command("summarize", "-q", "--from", "en", "--out", out, stdin=text).stdout for text in (TEXT, other, TEXT)
    )
    assert first == again != second


def test_summarize_closes_what_it_reads_from(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where output fails, the generator of outcomes is closed before the engine is."""
    events: list[str] = []
    many, leave = Summarizer.summarize_many, Summarizer.__aexit__

    async def watched(*args: Any, **options: Any) -> AsyncGenerator[Outcome, None]:
        try:
            async with aclosing(many(*args, **options)) as outcomes:
                async for outcome in outcomes:
                    yield outcome
        finally:
            events.append("outcomes")

    async def left(*args: Any) -> None:
        events.append("engine")
        await leave(*args)

    monkeypatch.setattr(Summarizer, "summarize_many", watched)
    monkeypatch.setattr(Summarizer, "__aexit__", left)
    assert main(["summarize", str(article), "--from", "en", "-q", "--out", str(article / "out")]) == 2
    assert events == ["outcomes", "engine"]


def test_json_flag_means_json_lines(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints one line even for one article, and can leave the text out."""
    assert main(["summarize", str(article), "--json", "--from", "en", "--no-article-text"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "text" not in json.loads(line)["article"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["summarize", "http://127.0.0.1:9/a"], "127.0.0.1 leads to 127.0.0.1, which is no public address"),
        (["summarize", "{folder}"], "summarizer job run --in"),
        (["summarize", "{folder}/absent.txt"], "absent.txt"),
        (["summarize", "{article}", "--to", "spanish"], "did you mean es"),
        (["summarize", "{article}", "--from", "xx"], "no language has this tag"),
        (["summarize", "{article}", "--config", "{folder}/absent.toml"], "absent.toml"),
        (["summarize", "{article}", "--out", "{folder}/o", "--format", "md"], "--out"),
        (["summarize", "{article}", "--engine", "llm", "--model", "m"], "OPENAI_API_KEY"),
        (["job", "run"], "--in: name a folder"),
        (["job", "run", "--in", "{folder}/absent", "--out", "{folder}/o"], "no such folder"),
    ],
)
def test_mistakes_end_with_two_and_one_line(
    arguments: list[str], message: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the caller must change is named on stderr, without a traceback, and nothing is on stdout."""
    filled = [argument.format(folder=tmp_path, article=article) for argument in arguments]
    assert main(filled) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("arguments", [["nonsense"], ["summarize", "--to", ""], ["summarize", "--format", "xml"], []])
def test_usage_errors_end_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What the parser refuses says what was expected and where the help is."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_held_language_shows_its_reason(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A language without a translator is held, in words; only with --strict does that change the exit code."""
    arguments = ["summarize", str(article), "--from", "en", "--to", "ja"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "ja  日本語  HELD, not published" in out
    assert "no_offline_pair" in out
    assert main([*arguments, "--strict"]) == 1


def test_held_article_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error page is held, says so, and the exit code is 1."""
    page = tmp_path / "gone.html"
    page.write_text(
        "<html><title>404 Not Found</title><body><h1>404 Not Found</h1><p>The page was not found.</p></body></html>"
    )
    assert main(["summarize", str(page), "--from", "en"]) == 1
    assert "HELD, not published" in capsys.readouterr().out


def test_out_writes_pages_and_json(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--out writes a page per published language and the JSON, and prints the folder."""
    assert main(["summarize", str(article), "--from", "en", "--to", "ja", "--out", str(tmp_path / "out"), "-q"]) == 0
    captured = capsys.readouterr()
    home = Path(captured.out.strip())
    assert {path.name for path in home.iterdir()} == {"en.md", "summary.json"}
    assert captured.err == ""


def test_job_runs_and_counts(tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line counts the articles, also on a run with nothing to do."""
    folder = tmp_path / "in"
    folder.mkdir()
    article.rename(folder / "council.txt")
    arguments = ["job", "run", "--in", str(folder), "--out", str(tmp_path / "out"), "--from", "en"]
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 ok · 0 held · 0 failed"
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 ok · 0 held · 0 failed │ 1 unchanged"


def test_reader_that_goes_away_is_no_error(article: Path) -> None:
    """`summarizer … | head -1` ends quietly."""
    line = f"{sys.executable} -m summarizer summarize {article} {article} {article} --from en --json | head -c 10"
    result = subprocess.run(["bash", "-c", line], capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in result.stderr
    assert b"BrokenPipe" not in result.stderr


def test_schema_and_config_are_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Both commands print JSON; `config` says where each setting came from, and no secret shows."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("SUMMARIZER_LLM__MODEL", "m")
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "NewsSummary"
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["origins"] == {"llm.api_key": "OPENAI_API_KEY", "llm.model": "SUMMARIZER_LLM__MODEL"}
    assert "sk-secret" not in out


def test_languages_and_doctor_speak_to_people(capsys: pytest.CaptureFixture[str]) -> None:
    """`languages` has a row for every language with facts; `doctor` names what is missing and how to get it."""
    assert main(["languages"]) == 0
    out = capsys.readouterr().out
    assert "Català" in out
    assert "zh-Hant" in out
    figures = [line for line in out.splitlines() if line.startswith("zh-Hant ")]
    assert figures[0].split().count("yes") == 4
    assert main(["doctor"]) == 0
    assert "vocabulary" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "$0.00"), (0.000744, "$0.000744"), (0.00313, "$0.0031"), (0.05, "$0.0500"), (1234.5, "$1,234.50")],
)
def test_dollars_are_short(amount: float, shown: str) -> None:
    """As many digits as tell something."""
    assert dollars(amount) == shown


@pytest.mark.parametrize(
    ("url", "cost", "shown"),
    [
        ("https://llm.example/v1", 0.0031, " │ $0.0031"),
        ("https://llm.example/v1", None, " │ cost unknown"),
        ("http://localhost:11434/v1", None, ""),
        ("http://127.0.0.1/v1", None, ""),
        ("http://[::1]:8080/v1", None, ""),
        ("http://localhost:11434/v1", 0.0, " │ $0.00"),
        ("http://192.168.0.7:11434/v1", None, " │ cost unknown"),
    ],
)
def test_cost_line_speaks_of_money_where_there_is_any(url: str, cost: float | None, shown: str) -> None:
    """A price that is unknown is said to be; the machine at home sends no bill, unless the settings give it a price."""
    settings = Settings.load(overrides={"llm": {"base_url": url, "model": "m"}})
    usage = Usage(requests=2, input_tokens=1234, output_tokens=56, cost_usd=cost)
    assert run_line(usage, settings) == f"in all │ 2 calls │ 1,234 in + 56 out tokens{shown}"


def test_doctor_tells_the_price(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The price of the configured models, with its date, or that it is unknown."""
    monkeypatch.setenv("SUMMARIZER_LLM__MODEL", "gpt-4.1-mini-2025-04-14")
    monkeypatch.setenv("SUMMARIZER_LLM__TRANSLATE_MODEL", "mine")
    assert main(["doctor"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if " price " in line)
    assert "gpt-4.1-mini-2025-04-14: $0.4 in (0.1 cached), $1.6 out per million tokens, of 2026-05-07; reads" in line
    assert "; mine: price unknown" in line


def test_terminal_output_wraps_and_numbers() -> None:
    """On a terminal no line is wider than it, and the numbers of the sentences stand at the right."""
    text = render(summary(translation("ca"), translation("ar", held=True)), Style(40, colours=False), evidence=True)
    lines = text.splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[0] == "Board approves pier".ljust(37) + "[1]"
    assert "     2 │ It costs 12.4 million euros." in lines
    assert "ar  العربية  HELD, not published" in lines


def test_every_option_has_help() -> None:
    """No option is left unexplained."""
    for name, parser in _parsers(build_parser()):
        for action in parser._actions:
            assert action.help, f"{name} {action.option_strings or action.dest}"


def _parsers(parser: ArgumentParser, name: str = "summarizer") -> list[tuple[str, ArgumentParser]]:
    found = [(name, parser)]
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for child, below in action.choices.items():
                found += _parsers(below, f"{name} {child}")
            action.help = "the commands"
    return found


def test_address_of_a_page_is_summarised(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is fetched as the job fetches it; a missing one fails beside it."""
    monkeypatch.setenv("SUMMARIZER_FETCH", '{"allow_private": true, "delay_s": 0}')
    with serving() as site:
        url = site.article("/a", f"{TEXT}\n{TEXT.replace('council', 'committee')}")
        assert main(["summarize", url, f"{site.url}/b", "--engine", "offline", "--json"]) == 1
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    if first["status"] == "failed":
        first, second = second, first
    assert first["article"]["key"] == first["article"]["url"] == url
    assert second["error"] == {"type": "PageError", "message": f"{site.url}/b: the server answers 404"}
