"""The command line as people type it."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from summarizer.cli import main
from summarizer.cli.parser import build_parser
from summarizer.cli.terminal import Style, render
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


def test_json_flag_means_json_lines(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints one line even for one article, and can leave the text out."""
    assert main(["summarize", str(article), "--json", "--from", "en", "--no-article-text"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "text" not in json.loads(line)["article"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["summarize", "https://example.org/a"], "save the page and pass the file"),
        (["summarize", "{folder}"], "summarizer job run --in"),
        (["summarize", "{folder}/absent.txt"], "absent.txt"),
        (["summarize", "{article}", "--to", "spanish"], "did you mean es"),
        (["summarize", "{article}", "--from", "xx"], "no language has this tag"),
        (["summarize", "{article}", "--config", "{folder}/absent.toml"], "absent.toml"),
        (["summarize", "{article}", "--out", "{folder}/o", "--format", "md"], "--out"),
        (["summarize", "{article}", "--engine", "llm", "--model", "m"], "only the offline engine"),
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
    """Both commands print JSON, and no secret shows."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "NewsSummary"
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["key_from"] == "OPENAI_API_KEY"
    assert "sk-secret" not in out


def test_languages_and_doctor_speak_to_people(capsys: pytest.CaptureFixture[str]) -> None:
    """`languages` has a row for every language with facts; `doctor` names what is missing and how to get it."""
    assert main(["languages"]) == 0
    out = capsys.readouterr().out
    assert "Català" in out
    assert "zh-Hant" in out
    assert main(["doctor"]) == 0
    assert "vocabulary" in capsys.readouterr().out


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
