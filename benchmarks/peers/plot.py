"""Draws wall times as multiples of the floor, by scenario and contestant: `plot.py RATIOS.json PLOT.svg`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import wrap

from matplotlib import pyplot

_WIDTH, _HEIGHT = 9.0, 8.0  # inches
_LEAST, _MOST = 0.9, 150.0
_LABEL = {"fontsize": 8, "va": "center"}
# The first contestant is this project.
_COLOURS = ("#1f5fa8", "#8a8f98", "#b3b7bd", "#cfd2d6", "#e3e5e8")


def draw(ratios: dict[str, dict[str, float | None]], path: Path) -> None:
    """One group of bars for each scenario; words where too few articles were valid."""
    names = list(dict.fromkeys(name for by_name in ratios.values() for name in by_name))
    pyplot.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "speed", "font.family": "sans-serif"}
    figure, axes = pyplot.subplots(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    thickness = 0.8 / len(names)
    for offset, name in enumerate(names):
        values = [by_name.get(name) for by_name in ratios.values()]
        places = [row + offset * thickness for row in range(len(ratios))]
        axes.barh(places, [value or 0.0 for value in values], thickness, label=name, color=_COLOURS[offset])
        for place, value, by_name in zip(places, values, ratios.values(), strict=True):
            if name in by_name:
                text = f" {value:.2f}" if value else f" {name}: too few articles done"
                axes.text(value or _LEAST, place, text, weight="bold" if not offset else "normal", **_LABEL)
    axes.set_yticks([row + 0.4 - thickness / 2 for row in range(len(ratios))], [_folded(name) for name in ratios])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlim(left=_LEAST, right=_MOST)
    axes.set_xlabel("wall time for 40 articles as a multiple of the least possible")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="center right", frameon=False)
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def _folded(name: str) -> str:
    """The name in lines short enough for the margin."""
    return "\n".join(wrap(name, 28))


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
