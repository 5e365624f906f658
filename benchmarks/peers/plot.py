"""Draws wall times as multiples of the floor, by scenario and contestant: `plot.py RATIOS.json PLOT.svg`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from matplotlib import pyplot

_WIDTH, _HEIGHT = 8.0, 6.0
_LEAST = 0.9
_LABEL = {"fontsize": 5, "va": "center"}


def draw(ratios: dict[str, dict[str, float | None]], path: Path) -> None:
    """One group of bars for each scenario; words where too few articles were valid."""
    names = list(dict.fromkeys(name for by_name in ratios.values() for name in by_name))
    pyplot.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "speed"}
    figure, axes = pyplot.subplots(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    thickness = 0.8 / len(names)
    for offset, name in enumerate(names):
        values = [by_name.get(name) for by_name in ratios.values()]
        places = [row + offset * thickness for row in range(len(ratios))]
        axes.barh(places, [value or 0.0 for value in values], thickness, label=name)
        for place, value, by_name in zip(places, values, ratios.values(), strict=True):
            if name in by_name:
                axes.text(value or _LEAST, place, f" {value:.1f}" if value else f" {name}: too few valid", **_LABEL)
    axes.set_yticks([row + 0.4 - thickness / 2 for row in range(len(ratios))], list(ratios), fontsize=7)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlim(left=_LEAST)
    axes.set_xlabel("wall time as a multiple of the floor (1 is the least possible)")
    axes.legend(fontsize=7, loc="lower right")
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
