"""The README says what is true: its commands run, its output is real, its tables are complete."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from summarizer.checks import CODES
from summarizer.job.edits import read_edits
from summarizer.offline.apertium import pairs
from summarizer.settings import Settings
from tests.apertium import require_pair
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line.strip() for line in README.splitlines() if line.startswith("    apt-get ")]
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def shell(line: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `summarizer …` as the README has it, in the checkout, with this Python."""
    program, *arguments = shlex.split(line)
    assert Path(program).name == "summarizer"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "SUMMARIZER_"))}
    if path is not None:
        environment["PATH"] = path
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=False,
    )


def test_two_commands_stand_under_the_first_two_sentences() -> None:
    """The main job and the tests are one line each, before anything else."""
    first_screen = README.split("```")[0]
    assert len(COMMANDS) == 2
    assert all(line in first_screen for line in COMMANDS)
    assert COMMANDS[1].endswith(".venv/bin/pytest")


def test_test_command_installs_every_translator_of_the_table() -> None:
    """Each Debian package that `config/apertium.toml` names is in the line, so that no test need be skipped."""
    installed = set(COMMANDS[1].split(" && ")[1].split())
    assert {package for pair in pairs() for package in pair.packages} <= installed


def test_first_command_prints_what_the_readme_shows() -> None:
    """The block below the commands is the output, to the letter, with and without `--engine offline`."""
    require_pair("es", "ca")
    require_pair("es", "pt")
    line = COMMANDS[0].split(" && ")[-1]
    with_engine = shell(line)
    without = shell(line.replace(" --engine offline", ""))
    assert with_engine.returncode == 0
    assert with_engine.stdout == without.stdout == BLOCKS[0][1]


def test_shown_sessions_are_real() -> None:
    """A block that begins with `$ summarizer …` goes on with exactly what that command prints."""
    sessions = [text.partition("\n") for _, text in BLOCKS if text.startswith("$ summarizer ")]
    assert sessions
    require_pair("es", "pt")
    for line, _, output in sessions:
        assert shell(line.removeprefix("$ ")).stdout == output


def test_without_apertium_the_summary_is_the_same(tmp_path: Path) -> None:
    """Where Apertium is missing the summary is written, and the translations are held with the package to install."""
    result = shell(COMMANDS[0].split(" && ")[-1], path=str(tmp_path))
    assert result.returncode == 0
    assert result.stdout.splitlines()[:5] == BLOCKS[0][1].splitlines()[:5]
    assert "ca  Català  HELD, not published\n ✗ no_translator  install apertium-spa-cat" in result.stdout
    assert "pt  Português europeu  HELD, not published\n ✗ no_translator  install apertium-es-pt" in result.stdout


def test_python_example_runs() -> None:
    """The first Python example works as it stands."""
    code = next(text for kind, text in BLOCKS if kind == "python")
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert result.stdout.startswith("Santa Marina ampliará su puerto")


def test_every_finding_code_is_explained() -> None:
    """The README's table is the closed list."""
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (\w+) \| (.+) \|$", README, re.MULTILINE)
    assert rows == [(code, entry.severity, entry.origin, entry.meaning) for code, entry in sorted(CODES.items())]


@pytest.mark.parametrize(
    "command",
    [
        "summarize",
        "check",
        "job init",
        "job run",
        "job status",
        "job withdraw",
        "job redo",
        "languages",
        "prompts",
        "doctor",
        "schema",
        "config",
    ],
)
def test_every_command_is_documented(command: str) -> None:
    """A command that the README does not show does not exist for its readers."""
    assert f"summarizer {command}" in README


def test_cron_line_is_well_formed() -> None:
    """The crontab example has five time fields and a command that exists."""
    line = next(text for kind, text in BLOCKS if kind == "cron").strip()
    fields = line.split(None, 5)
    assert all(re.fullmatch(r"[\d*/,-]+", field) for field in fields[:5])
    arguments = shlex.split(fields[5].split(" && ")[-1])
    result = shell(shlex.join([*arguments, "--help"]))
    assert result.returncode == 0


def test_systemd_unit_is_well_formed() -> None:
    """The unit has its three sections, a command that exists, and more time to end than a run takes by default."""
    unit = ConfigParser(strict=True, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd minds capitals
    unit.read_string(next(text for kind, text in BLOCKS if kind == "systemd"))
    assert unit.sections() == ["Unit", "Service", "Install"]
    service = unit["Service"]
    result = shell(shlex.join([*shlex.split(service["ExecStart"]), "--help"]))
    assert result.returncode == 0
    assert int(service["TimeoutStopSec"]) > Settings.load().job.stop_s


def test_edits_of_the_readme_are_edits(tmp_path: Path) -> None:
    """The example, and the file that `job init` writes with its comments taken off, are read without a mistake."""
    shown = next(text for kind, text in BLOCKS if kind == "toml" and "reviewed_by" in text)
    start = (ROOT / "config" / "job" / "edits.toml").read_text(encoding="utf-8")
    commented = [
        line.removeprefix("# ")
        for line in start.splitlines()
        if (line.startswith(("# [", "# ")) and "=" in line) or line.startswith("# [")
    ]
    for text in (shown, "\n".join(commented)):
        file = tmp_path / "edits.toml"
        file.write_text(text, encoding="utf-8")
        (edit,) = read_edits(file).values()
        assert edit.reviewed_by
        assert edit.languages["es"].headline == "Otro titular"


def test_every_benchmark_is_named() -> None:
    """A script that measures something is in the README's table."""
    scripts = [path for path in (ROOT / "benchmarks").glob("*.py") if "__main__" in path.read_text(encoding="utf-8")]
    assert scripts
    for script in scripts:
        assert f"benchmarks/{script.name}" in README


def test_every_table_has_rows() -> None:
    """A measurement that was to be filled in later is no table."""
    lines = README.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("|---")]
    assert heads
    assert [lines[number + 1] for number in heads if not lines[number + 1].startswith("| ")] == []


def test_project_speaks_of_itself_alone() -> None:
    """No file of the project names a path of the machine it was written on."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    for name in filter(None, listed):
        if name.endswith(".tiktoken"):
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"/(root|home|work)/\w", text) or name == "tests/test_docs.py", name
