"""`summarizer doctor`: whether this installation can do its work."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Iterator

from summarizer import __version__
from summarizer.articles import article_from_text
from summarizer.cli.common import engine_line, price_line
from summarizer.cli.table import table
from summarizer.engine_choice import with_only_model
from summarizer.errors import ConfigError, SummarizerError
from summarizer.glossary import HouseStyle
from summarizer.llm.journal import journal_file, journal_state
from summarizer.llm.prices import Prices, known_model
from summarizer.offline.apertium import installed, pairs
from summarizer.offline.extract import draft
from summarizer.settings import Settings
from summarizer.tokens import count_tokens

_SAMPLE = "The council met on Monday. It agreed on a budget of 12.4 million euros."


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 (every command takes its options)
    """Print what works and what is missing; 2 where something is broken."""
    rows, broken = [], False
    checks = (
        ("settings", _settings),
        ("glossary", _glossary),
        ("journal", _journal),
        ("price", _price),
        ("vocabulary", _vocabulary),
        ("summary", _summary),
    )
    for name, check in checks:
        try:
            rows.append(("ok", name, check()))
        except SummarizerError as error:
            broken = True
            rows.append(("✗", name, str(error)))
    print(f"summarizer {__version__} · Python {platform.python_version()}")
    print(table([*rows, *_translators()]))
    return ConfigError.exit_code if broken else 0


def _settings() -> str:
    return engine_line(with_only_model(Settings.load()))


def _glossary() -> str:
    house = HouseStyle.load(Settings.load().glossary.folder)
    if not house.digests:
        return "none; glossary.folder would name one"
    return f"{', '.join(house.digests)} · {house.fingerprint[: len('sha256:') + 12]}"


def _journal() -> str:
    settings = Settings.load()
    if settings.state is None or not settings.journal.enabled:
        return "off: answers are not kept, and every run pays for everything"
    return journal_state(journal_file(settings.state))


def _price() -> str:
    """The prices of the models in use, with their dates, and how much they can read."""
    settings = Settings.load()
    named = dict.fromkeys(filter(None, (settings.llm.model, settings.llm.translate_model)))
    return "; ".join(_priced(model, Prices(settings.models)) for model in named) or "no model is configured"


def _priced(model: str, prices: Prices) -> str:
    known = known_model(model)
    room = f"; reads {known.context_tokens:,} tokens" if known and known.context_tokens else ""
    return f"{model}: {price_line(prices.of(model))}{room}"


def _vocabulary() -> str:
    return f"o200k_base, intact; the sample has {count_tokens(_SAMPLE)} tokens"


def _summary() -> str:
    return f"the sample's headline is: {draft(article_from_text(_SAMPLE, language='en')).headline}"


def _translators() -> Iterator[tuple[str, str, str]]:
    """One row for the pairs that are installed, and one for each package set that others need."""
    ready: list[str] = []
    missing: dict[tuple[str, ...], list[str]] = {}
    for pair in pairs():
        names = ready if installed(pair) else missing.setdefault(pair.packages, [])
        names.append(f"{pair.source}→{pair.target}")
    yield ("ok" if ready else "–", "offline translation", ", ".join(ready) or "none installed")
    for packages, names in sorted(missing.items()):
        yield "–", ", ".join(names), f"apt-get install {' '.join(packages)}"
