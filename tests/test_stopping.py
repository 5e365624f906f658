"""When a run stops early."""

from __future__ import annotations

import pytest

from summarizer.errors import (
    ArticleFailed,
    ConfigError,
    EndpointRefused,
    EndpointUnavailable,
    InputError,
    SummarizerError,
)
from summarizer.stopping import Stopping

DOWN = EndpointUnavailable("no answer")


@pytest.mark.parametrize(
    ("errors", "stops"),
    [
        ([None, ConfigError("llm.api_key: wrong")], True),
        ([EndpointRefused("no quota left")], True),
        ([DOWN, DOWN], False),
        ([DOWN, DOWN, DOWN], True),
        ([DOWN, DOWN, None, DOWN, DOWN], False),
        ([InputError("a.txt", "empty")] * 9, False),
        ([ArticleFailed("a.txt", ValueError("bug"))] * 9, False),
    ],
)
def test_stops_where_the_next_article_would_fail_in_the_same_way(
    errors: list[SummarizerError | None], stops: bool
) -> None:
    """At once for settings and quota, after three articles in a row without an answer, never for articles themselves."""
    stopping = Stopping()
    assert [stopping.after(error) for error in errors][-1] is stops
