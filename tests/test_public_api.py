"""The names that users import."""

from __future__ import annotations

import subprocess
import sys

import pytest

import summarizer
from tests.conftest import ROOT


def test_public_names_are_sorted_and_complete() -> None:
    """`__all__` is sorted, equals the table of homes, and every name can be imported."""
    assert summarizer.__all__ == sorted(summarizer.__all__)
    assert set(summarizer.__all__) == set(summarizer._HOMES)
    for name in summarizer.__all__:
        assert getattr(summarizer, name).__name__ == name


def test_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as in any module."""
    with pytest.raises(AttributeError, match="sumarize"):
        _ = summarizer.sumarize


def test_every_public_object_says_what_it_is() -> None:
    """Every public name has a docstring of its own."""
    for name in summarizer.__all__:
        assert getattr(summarizer, name).__doc__, name


@pytest.mark.parametrize("command", ["--help", "--version", "summarize --help", "job run --help"])
def test_help_imports_nothing_heavy(command: str) -> None:
    """Asking for help loads neither pydantic nor any other library that takes time."""
    code = (
        "import sys; from summarizer.cli import main\n"
        f"try: main({command.split()!r})\nexcept SystemExit: pass\n"
        "heavy = {'openai', 'pydantic', 'rich', 'tiktoken', 'babel', 'trafilatura', 'numpy', 'asyncio'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr.strip() == "[]"
    assert result.stdout


def test_offline_summary_loads_neither_endpoint_nor_language_model() -> None:
    """Sentences taken from an article whose language its words give away need no library that takes time to load."""
    code = (
        "import sys; from pathlib import Path; from summarizer import Settings, summarize\n"
        "summarize(Path('seeds/harbour.en.txt'), settings=Settings.load(overrides={'engine': 'offline'}))\n"
        "print(sorted({'openai', 'py3langid', 'tenacity', 'tiktoken', 'trafilatura', 'numpy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
