"""Where `summarize` puts its results: stdout in one of the formats, or a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Protocol

from summarizer.cli.printable import printable
from summarizer.cli.terminal import Style, render
from summarizer.errors import ConfigError, SummarizerError
from summarizer.publish import (
    Claims,
    failure_json,
    languages_of,
    markdown,
    ninjs_json,
    published_languages,
    slug,
    summary_json,
    write_summary,
)
from summarizer.records import NewsSummary


class Output(Protocol):
    """Takes results as they finish."""

    def summary(self, summary: NewsSummary) -> None:
        """Put out one summary."""

    def failure(self, source: str, error: SummarizerError) -> None:
        """Say that an article failed."""

    def finish(self) -> None:
        """Put out what was kept back."""


def choose_output(options: argparse.Namespace) -> Output:
    """The output that `--out` and `--format` ask for."""
    if options.out is not None:
        return FolderOutput(options.out)
    if options.format in {"json", "jsonl"}:
        return JsonOutput(lines=options.format == "jsonl")
    if options.format == "md":
        return MarkdownOutput()
    if options.format == "ninjs":
        return NinjsOutput()
    return TextOutput(Style.of_stdout(), evidence=options.evidence, show_held=options.show_held)


class _Stdout:
    """Failures are told on stderr alone, and nothing is kept back."""

    def failure(self, source: str, error: SummarizerError) -> None:
        """Nothing to do."""

    def finish(self) -> None:
        """Nothing to do."""


class TextOutput(_Stdout):
    """For people: a blank line between articles."""

    def __init__(self, style: Style, *, evidence: bool, show_held: bool) -> None:
        self._style, self._evidence, self._show_held = style, evidence, show_held
        self._separator = ""

    def summary(self, summary: NewsSummary) -> None:
        """Headline, bullets, translations."""
        text = render(summary, self._style, evidence=self._evidence, show_held=self._show_held)
        print(f"{self._separator}{text}", flush=True)
        self._separator = "\n"


class MarkdownOutput(_Stdout):
    """Every published page, the article's own language first."""

    def summary(self, summary: NewsSummary) -> None:
        """One page after the other."""
        for language in published_languages(summary):
            print(printable(markdown(summary, language)), flush=True)


class NinjsOutput(_Stdout):
    """A ninjs document per line, one for every language; those of held ones are withheld and have no text."""

    def summary(self, summary: NewsSummary) -> None:
        """One line after the other."""
        for language in languages_of(summary):
            print(ninjs_json(summary, language), flush=True)


class FolderOutput(_Stdout):
    """Files below a folder; the article folders that were written go to stdout."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._claims = Claims()

    def summary(self, summary: NewsSummary) -> None:
        """Write the article's folder and print its path.

        Raises:
            ConfigError: the folder cannot be written.
            InputError: an article of this run that came first has the same key.
        """
        self._claims.claim(slug(summary.article.key), summary.article.source)
        try:
            home = write_summary(summary, self._folder)
        except OSError as error:
            raise ConfigError(f"--out: {self._folder}: cannot be written: {error.strerror or error}") from error
        print(home, flush=True)


class JsonOutput:
    """One object, indented, for a single article; JSON Lines for several or where `lines` asks for it."""

    def __init__(self, *, lines: bool) -> None:
        self._lines = lines
        self._kept: NewsSummary | None = None
        self._count = 0

    def summary(self, summary: NewsSummary) -> None:
        """A line, unless it may turn out to be the only result."""
        self._count += 1
        if not self._lines and self._count == 1:
            self._kept = summary  # whether it stays the only one shows when the next one comes
            return
        self._release_as_line()
        print(summary_json(summary), flush=True)

    def failure(self, source: str, error: SummarizerError) -> None:
        """A line in the place of the article."""
        self._count += 1
        self._release_as_line()
        print(failure_json(source, error), flush=True)

    def finish(self) -> None:
        """Print the only result, if it was."""
        if self._kept is not None:
            print(summary_json(self._kept, indent=1), flush=True)

    def _release_as_line(self) -> None:
        if self._kept is not None:
            print(summary_json(self._kept), flush=True)
            self._kept = None
