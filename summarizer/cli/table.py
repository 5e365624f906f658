"""Plain tables for the terminal: columns padded by display width, no boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import wcwidth


def table(rows: Iterable[Sequence[str]]) -> str:
    """The rows as lines with aligned columns; wide characters count two columns."""
    cells = [list(row) for row in rows]
    widths = [max(wcwidth.width(row[column]) for row in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(wcwidth.ljust(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )
