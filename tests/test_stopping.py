"""When a run stops early, and what it leaves."""

from __future__ import annotations

import pytest

from summarizer.checks import finding
from summarizer.errors import (
    ArticleFailed,
    BudgetExceeded,
    ConfigError,
    EndpointRefused,
    EndpointUnavailable,
    InputError,
    SummarizerError,
)
from summarizer.records import NewsSummary, Outcome, Usage
from summarizer.stopping import Stopping, unanswered_languages
from tests.summaries import summary, translation

DOWN = EndpointUnavailable("no answer")


def answered(requests: int = 1, **codes: str | None) -> NewsSummary:
    """A summary that took requests; by language the code that holds a translation, None for one that came."""
    made = [translation(tag) for tag in codes]
    held = [
        each.model_copy(update={"findings": (finding(code, "translation", "as a test"),)}) if code else each
        for each, code in zip(made, codes.values(), strict=True)
    ]
    found = summary(*held)
    used = found.provenance.model_copy(update={"usage": Usage(requests=requests)})
    return found.model_copy(update={"provenance": used})


GOOD, NO_NEWS = answered(), answered(requests=0)
NO_ES = answered(es="endpoint_unavailable")
NO_ES_BUT_DE = answered(es="endpoint_unavailable", de=None)
NO_ES_BUT_OWN = answered(es="endpoint_unavailable", en=None)
NO_QUOTA = answered(es="endpoint_refused", de=None)


def outcome(of: SummarizerError | NewsSummary) -> Outcome:
    return Outcome("a.txt", "a.txt", of, None) if isinstance(of, NewsSummary) else Outcome("a.txt", "a.txt", None, of)


@pytest.mark.parametrize(
    ("outcomes", "stops"),
    [
        ([GOOD, ConfigError("llm.api_key: wrong")], True),
        ([EndpointRefused("no quota left")], True),
        ([NO_QUOTA], True),
        ([DOWN, DOWN], False),
        ([DOWN, DOWN, DOWN], True),
        ([DOWN, NO_ES, NO_ES_BUT_OWN], True),
        ([DOWN, DOWN, GOOD, DOWN, DOWN], False),
        ([DOWN, DOWN, NO_NEWS, InputError("a.txt", "empty"), DOWN], True),
        ([NO_ES_BUT_DE] * 9, False),
        ([BudgetExceeded(1.0, 0.5)] * 9, False),
        ([InputError("a.txt", "empty")] * 9, False),
        ([ArticleFailed("a.txt", ValueError("bug"))] * 9, False),
    ],
)
def test_stops_where_the_next_article_would_fail_in_the_same_way(
    outcomes: list[SummarizerError | NewsSummary], stops: bool
) -> None:
    """At once for settings and quota, after three articles in a row without an answer or without any translation.

    Articles that fail for themselves, a language that never comes, and articles that ask nobody do not decide it.
    """
    stopping = Stopping()
    assert [stopping.after(outcome(each)) for each in outcomes][-1] is stops


@pytest.mark.parametrize(
    ("of", "no_more"),
    [(BudgetExceeded(1.0, 0.5), True), (ConfigError("wrong"), True), (NO_QUOTA, True), (DOWN, False), (GOOD, False)],
)
def test_nothing_new_begins_once_the_budget_is_used_up(of: SummarizerError | NewsSummary, no_more: bool) -> None:
    """What is under way may still fit what is left; later articles without an error change nothing."""
    stopping = Stopping()
    stopping.after(outcome(of))
    stopping.after(outcome(GOOD))
    assert stopping.no_more is no_more


@pytest.mark.parametrize(
    ("outcomes", "to_blame"),
    [
        ([DOWN], True),
        ([NO_ES], True),
        ([GOOD, DOWN], False),
        ([GOOD, NO_ES], False),
        ([NO_ES_BUT_DE], False),
        ([NO_NEWS, DOWN], True),
        ([GOOD, DOWN, DOWN, DOWN], True),
        ([GOOD, BudgetExceeded(1.0, 0.5)], True),
        ([GOOD, EndpointRefused("no quota left")], True),
        ([answered(es="output_invalid")], False),
        ([ArticleFailed("a.txt", ValueError("bug"))], False),
    ],
)
def test_a_run_is_to_blame_where_it_stops_or_nobody_was_answered(
    outcomes: list[SummarizerError | NewsSummary], to_blame: bool
) -> None:
    """What fails beside articles that were answered is the article's own affair."""
    stopping = Stopping()
    for each in outcomes:
        stopping.after(outcome(each))
    assert stopping.is_to_blame(outcome(outcomes[-1])) is to_blame


def test_languages_without_an_answer_are_named() -> None:
    """Only those that the endpoint did not answer; what a check holds needs no other run."""
    found = answered(es="endpoint_unavailable", de="figure_changed", fr="endpoint_refused", it=None)
    assert unanswered_languages(found) == ("es", "fr")
