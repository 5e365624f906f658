"""When a run over many articles stops early: where the next one would only fail in the same way."""

from __future__ import annotations

from summarizer.errors import BudgetExceeded, ConfigError, EndpointRefused, EndpointUnavailable
from summarizer.languages import general_tag
from summarizer.records import NewsSummary, Outcome

# An endpoint that has not answered so many articles in a row, each with all its attempts, is down.
_UNANSWERED = 3
_REFUSED = "endpoint_refused"
_NO_ANSWER = frozenset({"endpoint_unavailable", _REFUSED})


class Stopping:
    """Watches the outcomes of a run, in the order in which articles finish."""

    def __init__(self) -> None:
        self._unanswered = 0
        self._has_answered = False
        self.no_more = False
        """Whether to begin nothing new: the run has to stop, or what is left of the budget is for what is under way."""

    def after(self, outcome: Outcome) -> bool:
        """Whether to stop at once: a setting is wrong, no quota is left, or the endpoint is down.

        An article that took no request, such as one that is no news, says nothing about the endpoint. One that has a
        translation was answered, whatever became of its other languages.
        """
        if isinstance(outcome.error, EndpointUnavailable) or _has_no_translation(outcome.summary):
            self._unanswered += 1
        elif outcome.summary is not None and outcome.summary.provenance.usage.requests:
            self._unanswered, self._has_answered = 0, True
        refused = isinstance(outcome.error, ConfigError | EndpointRefused) or _REFUSED in _codes(outcome.summary)
        at_once = refused or self._unanswered >= _UNANSWERED
        self.no_more |= at_once or isinstance(outcome.error, BudgetExceeded)
        return at_once

    def is_to_blame(self, outcome: Outcome) -> bool:
        """Whether what failed, failed for no fault of the article: the run stops, or nobody has had an answer in it."""
        unanswered = isinstance(outcome.error, EndpointUnavailable) or bool(_codes(outcome.summary) & _NO_ANSWER)
        return self.no_more or (unanswered and not self._has_answered)


def unanswered_languages(summary: NewsSummary) -> tuple[str, ...]:
    """The languages that are held because the endpoint gave no answer; another run may get one."""
    return tuple(
        tag
        for tag, translation in summary.translations.items()
        if any(found.code in _NO_ANSWER for found in translation.findings)
    )


def _has_no_translation(summary: NewsSummary | None) -> bool:
    """Whether the endpoint was asked for translations, and answered none of them."""
    if summary is None:
        return False
    others = {tag for tag in summary.translations if general_tag(tag) != summary.language}
    return bool(others) and others == set(unanswered_languages(summary))


def _codes(summary: NewsSummary | None) -> set[str]:
    """The codes of all findings about translations."""
    translations = () if summary is None else summary.translations.values()
    return {found.code for translation in translations for found in translation.findings}
