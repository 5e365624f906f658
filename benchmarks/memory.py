"""Whether memory stays flat over ten thousand articles, and what the same run costs a second time.

    PYTHONPATH=. python benchmarks/memory.py --results RESULTS

Short articles into Spanish at an endpoint that answers at once, made as they are asked for, through `summarize_many` in
a process of its own. The second run, of the first thousand, finds the state that the first one left, so that nothing
that is known need be asked for again. Takes five minutes, and stops after six: the table says how many were done.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.contestants import Options, endpoint, read_options, requests_in, table, timed
from benchmarks.endpoint import Behaviour

_SCRIPT = Path(__file__).resolve().parent / "peers" / "many.py"
_AT_ONCE = Behaviour(scale=0.0, latency_s=0.0)
_EARLY = 500
_RUNS = {"first": 10_000, "second": 1_000}
_MOST_S = 360.0
_GRACE_S = 30.0


def main() -> None:
    """Run what is missing, and print the table."""
    print(table_of(read_options(__doc__ or "")))


def table_of(options: Options) -> str:
    """The table in Markdown; empty where nothing was run."""
    folder = options.results / "memory"
    if options.wants("memory") and (options.again or not (folder / "second.json").exists()):
        _measure(folder)
    rows = [_row(folder, name) for name in _RUNS if (folder / f"{name}.json").exists()]
    header = ["run", "articles", "MB after 500", "MB at the end", "ratio", "ms an article", "requests", "whole"]
    return table(header, rows) if rows else ""


def _measure(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        for name, articles in _RUNS.items():
            print(f"memory: the {name} run", file=sys.stderr, flush=True)
            with endpoint(_AT_ONCE, folder / f"{name}-log.jsonl") as base_url:
                options = [f"--articles={articles}", f"--early={_EARLY}", f"--most-s={_MOST_S}"]
                command = [
                    sys.executable,
                    str(_SCRIPT),
                    *options,
                    f"--out={folder / name}.json",
                    f"--base-url={base_url}",
                ]
                environment = {**os.environ, "XDG_STATE_HOME": state}
                timed(command, environment, _MOST_S + _GRACE_S, folder / f"{name}-stderr.txt")


def _row(folder: Path, name: str) -> Sequence[object]:
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    early, late, done = found["early_mb"], found["late_mb"], found["done"]
    each = 1000 * found["seconds"] / max(done, 1)
    requests = requests_in(folder / f"{name}-log.jsonl")
    return name, done, f"{early:.0f}", f"{late:.0f}", f"{late / early:.2f}", f"{each:.1f}", requests, found["whole"]


if __name__ == "__main__":
    main()
