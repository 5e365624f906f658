"""When a run over many articles stops early: where the next one would only fail in the same way."""

from __future__ import annotations

from summarizer.errors import BudgetExceeded, ConfigError, EndpointRefused, EndpointUnavailable, SummarizerError

# An endpoint that has not answered so many articles in a row, each with all its attempts, is down.
_UNANSWERED = 3


class Stopping:
    """Watches the errors of a run, None for an article without one, in the order in which articles finish."""

    def __init__(self) -> None:
        self._unanswered = 0
        self.no_more = False
        """Whether to begin nothing new: the run has to stop, or what is left of the budget is for what is under way."""

    def after(self, error: SummarizerError | None) -> bool:
        """Whether to stop at once: a setting is wrong, no quota is left, or the endpoint is down."""
        self._unanswered = self._unanswered + 1 if isinstance(error, EndpointUnavailable) else 0
        at_once = isinstance(error, ConfigError | EndpointRefused) or self._unanswered >= _UNANSWERED
        self.no_more |= at_once or isinstance(error, BudgetExceeded)
        return at_once
