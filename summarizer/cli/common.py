"""What several commands share: settings from options, the engine line, exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from summarizer.articles import MAX_BYTES, read_articles, read_stream
from summarizer.cli.parser import overrides
from summarizer.cli.printable import printable
from summarizer.engine_choice import choose_engine, endpoint_host, is_at_home, with_only_model
from summarizer.errors import BudgetExceeded, ConfigError, EndpointError, InputError, SummarizerError
from summarizer.languages import english_name, parse_tag
from summarizer.llm.prices import Price
from summarizer.records import Article, NewsSummary, Usage
from summarizer.settings import Settings
from summarizer.stopping import unanswered_languages

# So many articles are named in one line; a list of hundreds is read by nobody.
_MOST_NAMES = 5

STDIN = "-"  # as the name of a file


def load_settings(options: argparse.Namespace) -> Settings:
    """The settings that files, environment and flags give; without a model, the endpoint is asked for its only one."""
    return with_only_model(Settings.load(options.config, overrides(options)))


def given_language(options: argparse.Namespace) -> str | None:
    """The canonical tag of `--from`, None if it was not given."""
    return None if options.language is None else parse_tag(options.language)


def read_stdin() -> bytes:
    """What is piped in, and one byte more than may be.

    Raises:
        InputError: nothing can be.
    """
    return _stdin().read(MAX_BYTES + 1)


def articles_of(name: str, language: str | None = None) -> Iterator[Article | InputError]:
    """The articles of a file or of standard input, each or what is wrong with it; at least one result."""
    if name != STDIN:
        yield from read_articles(Path(name), language=language)
        return
    try:
        piped = _stdin()
    except InputError as error:
        yield error
    else:
        yield from read_stream(piped, STDIN, language=language)


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise InputError(STDIN, "standard input is closed; pipe a text in, or name a file")
    return sys.stdin.buffer


def note(text: str, *, quiet: bool = False) -> None:
    """A line for people on stderr, dim on a terminal."""
    if quiet:
        return
    line = printable(text)
    print(f"\x1b[2m{line}\x1b[0m" if sys.stderr.isatty() else line, file=sys.stderr, flush=True)


def complain(error: SummarizerError) -> None:
    """An error line on stderr."""
    warn(str(error))


def warn(text: str) -> None:
    """A line on stderr that `--quiet` does not silence."""
    print(printable(f"summarizer: {text}"), file=sys.stderr, flush=True)


def engine_line(settings: Settings) -> str:
    """Which engine works, with which model, at which host, and where the key came from."""
    name, reason = choose_engine(settings)
    if name == "offline":
        return f"offline ({reason}) · extractive · no endpoint, no key used"
    return f"llm · {settings.llm.model or 'no model'} at {endpoint_host(settings.llm)} ({reason})"


def article_line(article: Article) -> str:
    """What was read: language, sentences, and what was left out or is missing."""
    parts = [article.source, english_name(article.language), count(len(article.sentences), "sentence")]
    if article.dropped_lines:
        parts[-1] += f", {count(article.dropped_lines, 'line')} of boilerplate dropped"
    if article.published is None:
        parts.append("no date")
    return " · ".join(parts)


def count(number: int, thing: str) -> str:
    """A number of things in words: `1 line`, `2 lines`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def status_line(summary: NewsSummary) -> str:
    """The status of each language, and what it cost."""
    states = [f"{summary.language} {summary.status}"]
    states += [f"{tag} {t.status}" for tag, t in summary.translations.items() if tag != summary.language]
    return f"{' · '.join(states)} │ {_cost(summary.provenance.usage, summary.provenance.endpoint)}"


def run_line(usage: Usage, settings: Settings) -> str:
    """What a whole run cost, articles that failed included."""
    return f"in all │ {_cost(usage, endpoint_host(settings.llm))}"


def kept_lines(kept: Mapping[str, int], model: str | None) -> Iterator[str]:
    """What stands as an earlier run wrote it, by model, and how to change that."""
    for name, number in sorted(kept.items()):
        origin = f"from {name}" if name != model else "as other prompts or settings wrote them"
        yield f"{count(number, 'article')} kept {origin}; --upgrade writes them anew"


def dollars(amount: float) -> str:
    """US dollars, of which a summary often costs a fraction of a cent: `$0.0031`, `$1.20`."""
    decimals = 2 if amount == 0 or amount >= 1 else 4 if amount >= 0.001 else 6
    return f"${amount:,.{decimals}f}"


def price_line(price: Price | None) -> str:
    """A price in words, with its date."""
    if price is None:
        return 'price unknown; a settings file can give it, as [models."NAME"]'
    cached = "" if price.cached_input is None else f" ({price.cached_input:g} cached)"
    return f"${price.input:g} in{cached}, ${price.output:g} out per million tokens, {price.origin}"


def _cost(usage: Usage, endpoint: str | None) -> str:
    """Calls, tokens and money; one's own machine sends no bills, and costs something only where the settings say so."""
    parts = [count(usage.requests, "call") + (f", {usage.retries} repeated" if usage.retries else "")]
    if usage.requests:
        parts.append(f"{usage.input_tokens:,} in + {usage.output_tokens:,} out tokens")
    if usage.cost_usd is not None:
        parts.append(dollars(usage.cost_usd))
    elif usage.requests and not is_at_home(endpoint or ""):
        parts.append("cost unknown")
    return " │ ".join(parts)


def note_findings(summary: NewsSummary) -> None:
    """Every finding on stderr, for `--verbose`: source, language, place, code and detail, a line each."""
    found = [(summary.language, finding) for finding in summary.findings]
    found += [(tag, finding) for tag, translation in summary.translations.items() for finding in translation.findings]
    for tag, finding in found:
        note(f"{summary.article.source} · {tag} · {finding.where} · {finding.code}: {finding.detail}")


class Report:
    """What became of the articles of a run, told on stderr as they finish."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._codes: set[int] = set()
        self._failures: list[SummarizerError] = []
        self._left: list[str] = []
        self._told: set[str] = set()

    def summary(self, summary: NewsSummary, line: str) -> None:
        """Count a summary, and say the line about it; with `--verbose` its findings too."""
        missing = unanswered_languages(summary)
        if missing:
            self._left.append(f"{summary.article.source} ({', '.join(missing)})")
        self._codes.add(EndpointError.exit_code if missing else exit_code(summary, strict=self._options.strict))
        note(line, quiet=self._options.quiet)
        if self._options.verbose:
            note_findings(summary)

    def failure(self, label: str, error: SummarizerError) -> None:
        """Count an article that failed, and say why; what other articles fail for as well is said once."""
        self._failures.append(error)
        resumable = error.exit_code == EndpointError.exit_code
        if not resumable and not isinstance(error, ConfigError):
            complain(error)
            return
        self._left.append(label)
        told = BudgetExceeded.__name__ if isinstance(error, BudgetExceeded) else str(error)
        if told not in self._told:
            self._told.add(told)
            warn(f"{label}: {error}" if resumable else str(error))

    def note_left(self, others: Sequence[str] = (), *, stopped: bool) -> None:
        """Name what another run has to do, `others` besides; nothing where the lines about failures said it all."""
        names = [*self._left, *others]
        if len(names) > len(self._told):
            more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
            stop = "stopped; " if stopped else ""
            warn(f"{stop}not done, or not to the end: {', '.join(names[:_MOST_NAMES])}{more}")

    @property
    def exit_code(self) -> int:
        """3 where another run may do better, 2 where the settings must change first, 1 for any other failure.

        Without one, 1 where an article is held, or with `--strict` anything is held or flagged; else 0.
        """
        codes = self._codes | {error.exit_code for error in self._failures}
        if EndpointError.exit_code in codes:
            return EndpointError.exit_code
        if any(isinstance(error, ConfigError) for error in self._failures):
            return ConfigError.exit_code
        return int(any(codes))

    @property
    def exit_code_of_few(self) -> int:
        """The same, but that of the error itself where one article failed and there is nothing else."""
        alone = len(self._failures) == 1 and not self._codes
        return self._failures[0].exit_code if alone else self.exit_code


def exit_code(summary: NewsSummary, *, strict: bool) -> int:
    """1 where the article is held, or with `strict` where anything is held or flagged; else 0."""
    return int(not summary.is_clean) if strict else int(summary.status == "held")


def is_url(name: str) -> bool:
    """Whether an argument is the address of a page."""
    return name.startswith(("http://", "https://"))


def reject_folder(name: str) -> None:
    """Stop at a folder, with the way to go.

    Raises:
        InputError: the argument is a folder.
    """
    if Path(name).is_dir():
        raise InputError(name, f"this is a folder; use: summarizer job run --in {name} --out DIR")
