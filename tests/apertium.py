"""Whether a test that needs Apertium can run; in CI it must."""

from __future__ import annotations

import os

import pytest

from summarizer.offline.apertium import Pair, installed, pair


def require(row: Pair | None) -> None:
    """Skip where a pair is not installed, naming its packages; in CI its absence is a failure."""
    assert row is not None
    if installed(row):
        return
    reason = f"install {' '.join(row.packages)}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def require_pair(source: str, target: str) -> None:
    """`require` for two tags."""
    require(pair(source, target))
