"""One long article, of about 20,000 tokens and of about 120,000, beside peers: time, requests, tokens, what was read.

    PYTHONPATH=. python benchmarks/long.py --venvs VENVS --results RESULTS

Into four languages, with the times of the endpoint × 1, without limits, best of three runs. It is assumed that a model
reads 128,000 tokens, as the endpoint does, so that both articles fit into one call. This project reads them in parts,
by its defaults; with SUMMARIZER_CHUNKS__TOKENS=16000 and other RESULTS, in larger ones. Its peers have a prompt for
whole articles, and send them whole. Takes ten minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.contestants import (
    CONTESTANTS,
    TO,
    Contestant,
    Job,
    Options,
    Run,
    is_done,
    perform,
    python_of,
    read_options,
    read_run,
    table,
)
from benchmarks.endpoint import Behaviour
from benchmarks.floors import floor
from benchmarks.judge import verdict
from benchmarks.news import long_article

_SIZES = (20_000, 120_000)  # tokens
_RUNS = 3
_WHOLE = Behaviour(scale=1.0)


class Row(NamedTuple):
    """What it took: seconds, requests, tokens that the endpoint read and wrote; the share of the article that was read.

    `startup_s` is from the start of the process to its first request, `cpu_s` the processor time of the whole process.
    """

    wall_s: str
    of_floor: str
    startup_s: str
    cpu_s: str
    requests: int
    tokens_in: str
    tokens_out: str
    coverage: str
    verdict: str


def main() -> None:
    """Run what is missing, and print the table."""
    print(table_of(read_options(__doc__ or "")))


def table_of(options: Options) -> str:
    """The table in Markdown."""
    header = ["one article of tokens", "contestant", "limits", *Row._fields]
    return table(header, (row for size in _SIZES for row in _rows(options, size)))


def _rows(options: Options, size: int) -> Iterator[list[object]]:
    """Every contestant that is told that there are no limits; this project also where it has to find out."""
    for contestant in CONTESTANTS:
        for told in (True, False) if contestant is CONTESTANTS[0] else (True,):
            if runs := list(_runs(options, size, contestant, told=told)):
                yield [f"{size:,}", contestant.name, "told" if told else "not told", *row_of(runs, size)]


def _runs(options: Options, size: int, contestant: Contestant, *, told: bool) -> Iterator[Run]:
    """Its runs, made where they are missing and wanted."""
    python = python_of(contestant, options.venvs)
    job = Job(1, tokens=size, requests_per_minute=0, tokens_per_minute=0) if told else Job(1, tokens=size)
    for number in range(1, _RUNS + 1):
        folder = options.results / "long" / f"{size}{'-told' if told else ''}-{number}" / contestant.script
        if python and options.is_due(folder, "long", contestant.name):
            print(f"{size} tokens, run {number}: {contestant.name}", file=sys.stderr, flush=True)
            perform(contestant, python, _WHOLE, folder, job)
        if is_done(folder):
            yield read_run(folder)


def row_of(runs: Sequence[Run], size: int) -> Row:
    """The fastest of some runs over an article of this size, with the least start-up and processor time of them."""
    run = min(runs, key=lambda run: run.wall_s)
    handed_in = run.handed_in[0] if run.handed_in else {"texts": {}, "coverage": 0.0}
    return Row(
        f"{run.wall_s:.1f}" + ("" if run.cost.ended else ", stopped"),
        f"{run.wall_s / floor(run.chat, _WHOLE).seconds:.2f}",
        f"{min(run.startup_s for run in runs):.1f}",
        f"{min(run.cost.cpu_s for run in runs):.1f}",
        len(run.chat),
        f"{sum(entry.input_tokens for entry in run.chat) / 1000:.0f}k",
        f"{sum(entry.output_tokens for entry in run.chat) / 1000:.1f}k",
        f"{handed_in['coverage']:.2f}",
        verdict(handed_in, long_article(size)["text"], TO),
    )


if __name__ == "__main__":
    main()
