"""When a run stops early."""

from __future__ import annotations

import pytest

from summarizer.errors import (
    ArticleFailed,
    BudgetExceeded,
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
        ([BudgetExceeded(1.0, 0.5)] * 9, False),
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


@pytest.mark.parametrize(
    ("error", "no_more"),
    [(BudgetExceeded(1.0, 0.5), True), (ConfigError("wrong"), True), (DOWN, False), (None, False)],
)
def test_nothing_new_begins_once_the_budget_is_used_up(error: SummarizerError | None, no_more: bool) -> None:
    """What is under way may still fit what is left; later articles without an error change nothing."""
    stopping = Stopping()
    stopping.after(error)
    stopping.after(None)
    assert stopping.no_more is no_more
