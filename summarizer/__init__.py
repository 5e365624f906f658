"""News articles in; headlines, bullets and translations out, each line traceable to its sentences."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.articles import article_from_text, read_articles
    from summarizer.errors import (
        ArticleFailed,
        BudgetExceeded,
        CheckFailed,
        ConfigError,
        EndpointError,
        EndpointRefused,
        EndpointUnavailable,
        InputError,
        PromptError,
        RunLocked,
        SummarizerError,
        UserError,
    )
    from summarizer.pipeline import Summarizer, summarize
    from summarizer.records import Article, Finding, NewsSummary, Outcome
    from summarizer.settings import Settings

__version__ = "0.1.0"

# Names are imported when they are first used, so that `summarizer --help` need not wait for pydantic.
_HOMES = {
    "Article": "records",
    "ArticleFailed": "errors",
    "BudgetExceeded": "errors",
    "CheckFailed": "errors",
    "ConfigError": "errors",
    "EndpointError": "errors",
    "EndpointRefused": "errors",
    "EndpointUnavailable": "errors",
    "Finding": "records",
    "InputError": "errors",
    "NewsSummary": "records",
    "Outcome": "records",
    "PromptError": "errors",
    "RunLocked": "errors",
    "Settings": "settings",
    "Summarizer": "pipeline",
    "SummarizerError": "errors",
    "UserError": "errors",
    "article_from_text": "articles",
    "read_articles": "articles",
    "summarize": "pipeline",
}

__all__ = [
    "Article",
    "ArticleFailed",
    "BudgetExceeded",
    "CheckFailed",
    "ConfigError",
    "EndpointError",
    "EndpointRefused",
    "EndpointUnavailable",
    "Finding",
    "InputError",
    "NewsSummary",
    "Outcome",
    "PromptError",
    "RunLocked",
    "Settings",
    "Summarizer",
    "SummarizerError",
    "UserError",
    "article_from_text",
    "read_articles",
    "summarize",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
