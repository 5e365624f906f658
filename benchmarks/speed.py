"""Everything about speed, reliability and memory beside peers, in one run, as Markdown tables and a plot.

    PYTHONPATH=. python benchmarks/speed.py --venvs VENVS --results RESULTS

Runs `throughput.py`, `cpu.py` and `memory.py` with the same options; what RESULTS has already is not run again, so that
a run that was stopped goes on. `--only` takes parts of names, such as `told,LangGraph`, `cpu`, `profile` or `memory`.
The plot is RESULTS/speed.svg. Takes twenty minutes, and five more where the peers are not yet installed.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks import cpu, memory, throughput
from benchmarks.contestants import read_options

_PLOT = Path(__file__).resolve().parent / "peers" / "plot.py"


def main() -> None:
    """Run what is missing, print the tables and draw the plot."""
    options = read_options(__doc__ or "")
    runs = throughput.measured(options)
    for text in (throughput.tables_of(runs), cpu.tables_of(options), memory.table_of(options)):
        print(text, end="\n\n", flush=True)
    if options.venvs is not None:
        ratios = options.results / "ratios.json"
        ratios.write_text(throughput.ratios_as_json(runs), encoding="utf-8")
        _draw(options.venvs / "matplotlib", ratios, options.results / "speed.svg")


def _draw(folder: Path, ratios: Path, plot: Path) -> None:
    """Draw with a library that only this environment has."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "matplotlib"], check=True)
    subprocess.run([python, str(_PLOT), str(ratios), str(plot)], check=True)


if __name__ == "__main__":
    main()
