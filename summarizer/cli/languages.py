"""`summarizer languages`: what each language has."""

from __future__ import annotations

import argparse
from collections import defaultdict

from summarizer.cli.table import table
from summarizer.figures import has_figure_data
from summarizer.languages import english_name, facts, languages_with_facts, own_name
from summarizer.offline.apertium import installed, pairs

_HEADER = (
    "tag",
    "language",
    "own name",
    "sentences",
    "boilerplate",
    "page",
    "figures checked",
    "offline translation into",
)


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 (every command takes its options)
    """Print a row for every language with facts of its own or an offline translator."""
    into = _targets()
    tags = sorted({*languages_with_facts(), *into})
    print(table([_HEADER, *(_row(tag, into[tag]) for tag in tags)]))
    print(
        "\n(+) not installed; `summarizer doctor` names the packages. Offline translations are always flagged as gists."
    )
    print("Other languages are summarised by the rules of their script, and their figures are not checked.")
    return 0


def _row(tag: str, targets: list[str]) -> tuple[str, ...]:
    has = (_yes(facts(tag, name)) for name in ("sentences", "boilerplate", "page"))
    return (tag, english_name(tag), own_name(tag), *has, _yes(has_figure_data(tag)), " ".join(sorted(targets)) or "–")


def _yes(data: object) -> str:
    return "yes" if data else "–"


def _targets() -> defaultdict[str, list[str]]:
    """Target tags by source, marked where the pair is not installed."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs():
        found[pair.source].append(pair.target + ("" if installed(pair) else "(+)"))
    return found
