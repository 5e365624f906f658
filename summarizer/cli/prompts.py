"""`summarizer prompts`: which prompts there are, what they say, and what would be sent for an article."""

from __future__ import annotations

import argparse
import asyncio

from summarizer.cli.printable import printable
from summarizer.cli.table import table
from summarizer.errors import InputError
from summarizer.prompts import Prompt, Rendered, load_prompt, prompt_file, released_prompts
from summarizer.records import Article

_HEADER = ("name", "version", "digest", "purpose")
_SHOWN_DIGITS = 12


def run(options: argparse.Namespace) -> int:
    """List the prompts, show one, or render one; nothing is sent."""
    if options.action is None:
        print(table([_HEADER, *map(_row, released_prompts())]))
    else:
        {"show": _show, "render": _render}[options.action](options)
    return 0


def _row(prompt: Prompt) -> tuple[str, ...]:
    digest = prompt.digest.removeprefix("sha256:")[:_SHOWN_DIGITS]
    return (prompt.name, str(prompt.version), digest, prompt.purpose)


def _show(options: argparse.Namespace) -> None:
    """The file as it stands."""
    prompt = load_prompt(options.name)
    print(prompt_file(prompt.name, prompt.version).read_text(encoding="utf-8"), end="")


def _render(options: argparse.Namespace) -> None:
    """Both messages, as the engine would send them."""
    from summarizer.cli.common import given_language, note
    from summarizer.languages import parse_tag

    load_prompt(options.name)  # an unknown name is an error before anything is read
    article = _article(options.article, given_language(options))
    language = article.language if options.to is None else parse_tag(options.to)
    rendered = _preview(options.name, article, language)
    note(f"{rendered.name} {rendered.label} · nothing is sent; draft and findings are stand-ins, made without a model")
    print(printable(f"## system\n\n{rendered.system}\n\n## user\n\n{rendered.user}"))


def _article(name: str, language: str | None) -> Article:
    """The first article of a file or of standard input."""
    from summarizer.cli.common import articles_of

    article = next(articles_of(name, language))
    if isinstance(article, InputError):
        raise article
    if not article.sentences:
        raise InputError(name, "there is no sentence in it")
    return article


def _preview(name: str, article: Article, language: str) -> Rendered:
    from summarizer.llm.preview import preview
    from summarizer.offline.extract import draft
    from summarizer.settings import Settings

    settings = Settings.load()
    made = draft(article, max_bullets=settings.summary.max_bullets)
    return asyncio.run(preview(name, article, made, language, settings))
