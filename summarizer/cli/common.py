"""What several commands share: settings from options, the engine line, exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from summarizer.cli.parser import overrides
from summarizer.engine_choice import choose_engine, endpoint_host, with_only_model
from summarizer.errors import ConfigError, EndpointError, InputError, SummarizerError
from summarizer.languages import english_name, parse_tag
from summarizer.records import Article, NewsSummary, Usage
from summarizer.settings import Settings


def load_settings(options: argparse.Namespace) -> Settings:
    """The settings that files, environment and flags give; without a model, the endpoint is asked for its only one."""
    return with_only_model(Settings.load(options.config, overrides(options)))


def given_language(options: argparse.Namespace) -> str | None:
    """The canonical tag of `--from`, None if it was not given."""
    return None if options.language is None else parse_tag(options.language)


def note(text: str, *, quiet: bool = False) -> None:
    """A line for people on stderr, dim on a terminal."""
    if quiet:
        return
    print(f"\x1b[2m{text}\x1b[0m" if sys.stderr.isatty() else text, file=sys.stderr, flush=True)


def complain(error: SummarizerError) -> None:
    """An error line on stderr."""
    warn(str(error))


def warn(text: str) -> None:
    """A line on stderr that `--quiet` does not silence."""
    print(f"summarizer: {text}", file=sys.stderr, flush=True)


def engine_line(settings: Settings) -> str:
    """Which engine works, with which model, at which host, and where the key came from."""
    name, reason = choose_engine(settings)
    if name == "offline":
        return f"offline ({reason}) · extractive · no endpoint, no key used"
    return f"llm · {settings.llm.model or 'no model'} at {endpoint_host(settings.llm)} ({reason})"


def article_line(article: Article) -> str:
    """What was read: language, sentences, and what was left out or is missing."""
    parts = [article.source, english_name(article.language), _count(len(article.sentences), "sentence")]
    if article.dropped_lines:
        parts[-1] += f", {_count(article.dropped_lines, 'line')} of boilerplate dropped"
    if article.published is None:
        parts.append("no date")
    return " · ".join(parts)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def status_line(summary: NewsSummary) -> str:
    """The status of each language, and what it cost."""
    states = [f"{summary.language} {summary.status}"]
    states += [f"{tag} {t.status}" for tag, t in summary.translations.items() if tag != summary.language]
    return f"{' · '.join(states)} │ {_cost(summary.provenance.usage)}"


def run_line(usage: Usage) -> str:
    """What a whole run cost, articles that failed included."""
    return f"in all │ {_cost(usage)}"


def _cost(usage: Usage) -> str:
    """Calls and tokens."""
    calls = _count(usage.requests, "call") + (f", {usage.retries} repeated" if usage.retries else "")
    tokens = f" │ {usage.input_tokens:,} in + {usage.output_tokens:,} out tokens" if usage.requests else ""
    return calls + tokens


def note_findings(summary: NewsSummary) -> None:
    """Every finding on stderr, for `--verbose`: source, language, place, code and detail, a line each."""
    found = [(summary.language, finding) for finding in summary.findings]
    found += [(tag, finding) for tag, translation in summary.translations.items() for finding in translation.findings]
    for tag, finding in found:
        note(f"{summary.article.source} · {tag} · {finding.where} · {finding.code}: {finding.detail}")


def exit_code(summary: NewsSummary, *, strict: bool) -> int:
    """1 where the article is held, or with `strict` where anything is held or flagged; else 0."""
    return int(not summary.is_clean) if strict else int(summary.status == "held")


def failure_code(failures: Iterable[SummarizerError]) -> int:
    """3 where another run may do better, 2 where the settings must change first, 1 for any other failure, else 0."""
    found = list(failures)
    if any(error.exit_code == EndpointError.exit_code for error in found):
        return EndpointError.exit_code
    return ConfigError.exit_code if any(isinstance(error, ConfigError) for error in found) else int(bool(found))


def reject_url_or_folder(name: str) -> None:
    """Stop at arguments that are no files, with the way to go.

    Raises:
        InputError: the argument is a URL or a folder.
    """
    if name.startswith(("http://", "https://")):
        raise InputError(name, "pages are not fetched; save the page and pass the file")
    if Path(name).is_dir():
        raise InputError(name, f"this is a folder; use: summarizer job run --in {name} --out DIR")
