"""Every command and option, in one place and without heavy imports."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from summarizer import __version__
from summarizer.errors import ConfigError

_DESCRIPTION = """\
A news article in; a headline, bullets and translations out. Every line names the sentences it came from.

  summarizer summarize article.txt --to es,ca       one article, or several
  cat article.txt | summarizer summarize -          from another program
  summarizer job run --in articles --out summaries  a folder, only what is new
  summarizer job init                               feeds, pages, reviews: a start
"""
_EXIT_CODES = """\
exit codes: 0 done; 1 an article failed or is held (with --strict: anything held or flagged); 2 usage, settings or
set-up; 3 stopped early and can be resumed"""


class _Parser(argparse.ArgumentParser):
    """Errors name the option, what was expected, and where to read on."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"summarizer: {message} (see {self.prog} --help)\n")


def tag_list(text: str) -> tuple[str, ...]:
    """The tags of `es,ar` or `es, ar`; their spelling is checked later, where near matches can be named."""
    tags = tuple(tag.strip() for tag in text.split(",") if tag.strip())
    if not tags:
        raise argparse.ArgumentTypeError("expected language tags such as es,ar")
    return tags


def _amount(text: str) -> float:
    """US dollars: a number that is not negative."""
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if not 0 <= amount < float("inf"):
        raise argparse.ArgumentTypeError(f"expected US dollars such as 0.50, not {text!r}")
    return amount


def _count(text: str) -> int:
    """A whole number that is not negative."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"expected a number of tokens such as 100000, not {text!r}")
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `options.module` names the module that runs the command."""
    parser = _Parser(
        prog="summarizer",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"summarizer {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_summarize(commands)
    _add_check(commands)
    _add_job(commands)
    for name, text in (
        ("languages", "what each language has: sentence rules, boilerplate lists, offline translators"),
        ("doctor", "check that this installation can do its work, and say what is missing"),
        ("schema", "the JSON Schema of a summary"),
    ):
        _add_plain(commands, name, text)
    _add_prompts(commands)
    config = _add_plain(commands, "config", "the settings in force and where each came from; secrets are masked")
    _add_config_file(config)
    return parser


def _add_summarize(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "summarise articles: text, Markdown, HTML, JSON, JSON Lines, or - for standard input"
    parser = _add_plain(commands, "summarize", text)
    parser.add_argument("files", nargs="*", metavar="FILE", help="an article file, a web address; - is stdin")
    _add_engine_options(parser)
    again = _add_journal_options(parser)
    again.add_argument("--no-journal", action="store_true", help="neither use nor keep any answers")
    output = parser.add_argument_group("output")
    output.add_argument(
        "--format",
        choices=("text", "json", "jsonl", "md", "ninjs"),
        default=None,
        help="text is the default; json of several articles is JSON Lines; ninjs has a line per article and language",
    )
    output.add_argument("--json", action="store_const", dest="format", const="jsonl", help="the same as --format jsonl")
    output.add_argument(
        "--out", type=Path, metavar="DIR", help="write DIR/<slug>/<tag>.md and DIR/<slug>/summary.json instead"
    )
    output.add_argument("--evidence", action="store_true", help="show the cited sentences below each line")
    output.add_argument("--show-held", action="store_true", help="show what was held, marked as such; never publish it")
    output.add_argument("--no-article-text", action="store_true", help="leave the article's text out of JSON")


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "check a summary or translation that somebody, or some model, wrote; 1 if it has an error"
    parser = _add_plain(commands, "check", text)
    parser.add_argument("--article", required=True, metavar="FILE", help="the article; - is stdin")
    parser.add_argument(
        "--summary", required=True, metavar="FILE", help="the summary: JSON, ours or not, Markdown or text; - is stdin"
    )
    parser.add_argument("--to", metavar="TAG", help="the language that it should be in, instead of what it says")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")


def _add_job(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "what a newsroom leaves running: articles from folders, feeds and pages, again and again"
    job = commands.add_parser("job", help=text, description=f"{text[:1].upper()}{text[1:]}.")
    actions = job.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    init = _add_plain(actions, "init", "write a commented job.toml with two articles, which runs at once", "job_init")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="where; here without it")
    run = _add_plain(actions, "run", "summarise what is new or changed since the last run, once", "job")
    watch = _add_plain(actions, "watch", "run again and again, until told to end", "job")
    watch.add_argument("--every", type=float, metavar="S", help="seconds between two runs, instead of job.every_s")
    for parser in (run, watch):
        parser.add_argument("--in", type=Path, metavar="DIR", dest="source", help="the folder with the articles")
        _add_engine_options(parser)
        _add_journal_options(parser)
    status = _add_plain(
        actions, "status", "what is published, held, in review or waiting; nothing is done", "job_status"
    )
    withdraw = _add_plain(actions, "withdraw", "take an article back for good, or one language; no call", "job_orders")
    redo = _add_plain(actions, "redo", "have one language written anew, and tell the model why", "job_orders")
    for parser in (withdraw, redo):
        parser.add_argument("key", metavar="KEY", help="the article's key, or the name of its folder")
    withdraw.add_argument("--lang", metavar="TAG", help="only this language")
    withdraw.add_argument("--reason", default="", metavar="TEXT", help="why; kept in the ledger, for the desk")
    redo.add_argument("--lang", metavar="TAG", required=True, help="the language")
    redo.add_argument("--because", required=True, metavar="TEXT", help="what is wrong with it; goes into the prompt")
    _add_engine(redo)
    for parser in (status, withdraw, redo):
        _add_config_file(parser)
    for parser in (run, watch, status, withdraw, redo):
        parser.add_argument("--out", type=Path, metavar="DIR", dest="output", help="the folder for the summaries")


def _add_prompts(commands: argparse._SubParsersAction[_Parser]) -> None:
    prompts = _add_plain(commands, "prompts", "the prompts with version, digest and purpose; show or render one")
    prompts.set_defaults(action=None)
    actions = prompts.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    show = actions.add_parser("show", help="the file of one prompt", description="The file of one prompt.")
    text = "what would be sent for an article; nothing is sent"
    render = actions.add_parser("render", help=text, description=f"{text[:1].upper()}{text[1:]}.")
    for name, parser in (("show", show), ("render", render)):
        parser.set_defaults(action=name)
        parser.add_argument("name", metavar="NAME", help="the prompt, such as summarize")
    render.add_argument("--article", metavar="FILE", required=True, help="an article file; - is standard input")
    render.add_argument("--from", dest="language", metavar="TAG", help="the article's language, instead of finding out")
    render.add_argument("--to", metavar="TAG", help="the language to translate into; without it the article's own")


def _add_engine_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=tag_list, default=None, metavar="TAGS", help="languages to translate into, such as es,ca"
    )
    parser.add_argument("--from", dest="language", metavar="TAG", help="the article's language, instead of finding out")
    _add_engine(parser)
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 if anything is held or flagged, in any language"
    )
    _add_budget(parser)
    _add_config_file(parser)
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="only errors on stderr")
    volume.add_argument("-v", "--verbose", action="store_true", help="every finding on stderr")


def _add_journal_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    again = parser.add_argument_group(
        "answers of earlier runs", "what models have answered is kept, and not paid twice"
    )
    again.add_argument("--fresh", action="store_true", help="ask everything anew")
    again.add_argument("--retry-held", action="store_true", help="ask anew what was held")
    again.add_argument(
        "--upgrade", action="store_true", help="write finished articles anew where the model or the prompts are new"
    )
    return again


def _add_budget(parser: argparse.ArgumentParser) -> None:
    budget = parser.add_argument_group("what it may cost")
    budget.add_argument(
        "--max-cost-usd", type=_amount, metavar="X", help="stop before the run costs more, retries included"
    )
    budget.add_argument(
        "--max-tokens",
        type=_count,
        metavar="N",
        help="stop before the run takes more tokens, input and output together",
    )
    budget.add_argument(
        "--dry-run", action="store_true", help="print the calls, the tokens and what they would cost; nothing is sent"
    )


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine", choices=("auto", "llm", "offline"), help="auto is the default: llm if an endpoint is configured"
    )
    parser.add_argument("--model", metavar="M", help="the model to ask")
    parser.add_argument("--base-url", metavar="URL", help="an OpenAI-compatible endpoint")
    parser.add_argument("--gguf", type=Path, metavar="F", help="a GGUF model file to run here; needs the extra `local`")


def _add_config_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="a settings file in TOML")


def _add_plain(
    commands: argparse._SubParsersAction[_Parser], name: str, text: str, module: str | None = None
) -> _Parser:
    """A command; `module` is the one that runs it, and learns its name as `options.action`."""
    sentence = f"{text[:1].upper()}{text[1:]}."
    parser = commands.add_parser(name, help=text, description=sentence)
    parser.set_defaults(module=module or name, action=name)
    return parser


# Flags of which each takes away what the other is for.
_CONTRADICTIONS = (
    ("fresh", "retry_held", "the one asks for everything anew, the other for what was held alone"),
    ("fresh", "upgrade", "the one asks for everything anew, the other for what another model or prompt wrote"),
    ("no_journal", "fresh", "without a journal everything is asked, and the new answers could not be kept"),
    ("no_journal", "retry_held", "without a journal everything is asked, held or not"),
    ("no_journal", "upgrade", "without a journal everything is asked and written anew"),
)


def overrides(options: argparse.Namespace) -> dict[str, object]:
    """The settings that flags set, nested like a settings file; flags that were not given set nothing.

    Raises:
        ConfigError: two flags contradict each other.
    """
    flags = (("model", options.model), ("base_url", options.base_url), ("gguf", options.gguf))
    limits = tuple((name, getattr(options, name, None)) for name in ("max_cost_usd", "max_tokens"))
    llm, budget = ({key: value for key, value in pairs if value is not None} for pairs in (flags, limits))
    tables: Sequence[tuple[str, object]] = (
        ("engine", options.engine),
        ("llm", llm or None),
        ("budget", budget or None),
        ("journal", _journal(options) or None),
    )
    return {key: value for key, value in tables if value is not None}


def _journal(options: argparse.Namespace) -> dict[str, bool]:
    given = {name for name in ("fresh", "retry_held", "upgrade", "no_journal") if getattr(options, name, False)}
    for one, other, why in _CONTRADICTIONS:
        if {one, other} <= given:
            raise ConfigError(f"{_flag(one)} and {_flag(other)} do not go together: {why}")
    chosen = dict.fromkeys(given - {"no_journal"}, True)
    return {**chosen, "enabled": False} if "no_journal" in given else chosen


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
