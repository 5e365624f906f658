"""Whether the tests that need Apertium can run; in CI they must."""

from __future__ import annotations

import os

import pytest

from summarizer.offline.apertium import installed, pair


def require_pair(source: str, target: str) -> None:
    """Skip, naming the package, where a pair is not installed; fail instead in CI."""
    row = pair(source, target)
    assert row is not None
    if not installed(row):
        reason = f"needs {' '.join(row.packages)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
