"""Everything about speed, reliability and memory beside peers, in one run, as Markdown tables and a plot.

    PYTHONPATH=. python benchmarks/speed.py --venvs VENVS --results RESULTS

Runs `throughput.py`, `long.py`, `cpu.py` and `memory.py` with the same options; what RESULTS has already is not run
again, so that a run that was stopped goes on. `--only` takes parts of names, such as `told,LangGraph`, `long`, `cpu`,
`profile` or `memory`. The plot is RESULTS/speed.svg. Takes half an hour, and five minutes more where the peers are not
yet installed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks import cpu, long, memory, throughput
from benchmarks.contestants import Contestant, python_of, read_options

# No contestant, but it too has a library that this project has not.
_PLOT = Contestant("plot", "plot", ("matplotlib",))


def main() -> None:
    """Run what is missing, print the tables and draw the plot."""
    options = read_options(__doc__ or "")
    runs = throughput.measured(options)
    for text in (throughput.tables_of(runs), long.table_of(options), cpu.tables_of(options), memory.table_of(options)):
        print(text, end="\n\n", flush=True)
    if python := python_of(_PLOT, options.venvs):
        ratios = options.results / "ratios.json"
        ratios.write_text(throughput.ratios_as_json(runs), encoding="utf-8")
        script = Path(__file__).resolve().parent / "peers" / f"{_PLOT.script}.py"
        subprocess.run([python, script, ratios, options.results / "speed.svg"], check=True)


if __name__ == "__main__":
    main()
