"""When a run over many articles stops early: where the next one would only fail in the same way."""

from __future__ import annotations

from summarizer.errors import ConfigError, EndpointRefused, EndpointUnavailable, SummarizerError

# An endpoint that has not answered so many articles in a row, each with all its attempts, is down.
_UNANSWERED = 3


class Stopping:
    """Watches the errors of a run, None for an article without one, in the order in which articles finish."""

    def __init__(self) -> None:
        self._unanswered = 0

    def after(self, error: SummarizerError | None) -> bool:
        """Whether to stop: a setting is wrong, no quota is left, or the endpoint is down."""
        if isinstance(error, ConfigError | EndpointRefused):
            return True
        self._unanswered = self._unanswered + 1 if isinstance(error, EndpointUnavailable) else 0
        return self._unanswered >= _UNANSWERED
