"""The errors that callers may catch, and the exit code that each one means.

SummarizerError
├── UserError              2   somebody must change something: a file, a key, a tag, an option
│   ├── ConfigError            settings or set-up
│   ├── PromptError            a prompt file
│   └── InputError             an article, a tag, an argument
│       └── PageError              a web address
├── EndpointError          3   the endpoint; the run can be resumed
│   ├── EndpointUnavailable    down, or not answering in time
│   ├── EndpointRefused        no quota left
│   └── OutputError            it answered, and the answer is of no use; becomes a held result, never leaves Summarizer
│       ├── OutputInvalid          not what was asked for, asked again in vain
│       ├── OutputTruncated        cut off, also with more room, or going round in circles
│       ├── OutputRefused          the model or a filter will not answer
│       └── ContextOverflow        the request is longer than the model's context
│           └── PromptTruncated        the endpoint cut it without a word
├── BudgetExceeded         3   the next call does not fit the budget
├── ArticleFailed          1   one article met a fault of this program; the others go on
├── RunLocked              3   another run holds the output folder
└── CheckFailed            1   a result that `strict` does not accept
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from summarizer.records import NewsSummary, Usage


class SummarizerError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_code: ClassVar[int] = 1


class UserError(SummarizerError):
    """Something the caller gave is wrong; the message names it and what was expected."""

    exit_code = 2


class ConfigError(UserError):
    """A setting, or something the settings need, is missing or wrong."""


class PromptError(UserError):
    """A prompt file is malformed, or was rendered with the wrong inputs."""


class InputError(UserError):
    """An article or an argument cannot be used; `source` is the file, tag or key in question."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class PageError(InputError):
    """A web address gives no article; `kind` says what that means, `retry_after_s` when to come back, if it was said.

    `gone`: there is no such page any more; `refused`: the site, its rules or ours forbid it; `unavailable`: it may come
    another time; `unusable`: what came is no page or feed.
    """

    def __init__(
        self,
        source: str,
        reason: str,
        *,
        kind: Literal["gone", "refused", "unavailable", "unusable"],
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(source, reason)
        self.kind = kind
        self.retry_after_s = retry_after_s


class EndpointError(SummarizerError):
    """The endpoint did not do its part; nothing is lost and the run can be resumed.

    `usage` is what the question took all the same, None where nothing was sent.
    """

    exit_code = 3

    def __init__(self, message: str, usage: Usage | None = None) -> None:
        super().__init__(message)
        self.usage = usage


class EndpointUnavailable(EndpointError):
    """The endpoint is down, unreachable or too slow."""


class EndpointRefused(EndpointError):
    """The endpoint refuses further work, for example because the quota is used up."""


class OutputError(EndpointError):
    """An answer came and is of no use: the text is held. `reason` is short.

    `made` is when the last answer came, RFC 3339, where that is known.
    """

    usage: Usage

    def __init__(self, reason: str, usage: Usage) -> None:
        super().__init__(reason, usage)
        self.reason = reason
        self.made = ""


class OutputInvalid(OutputError):
    """The answer is not what was asked for, after being asked again."""


class OutputTruncated(OutputError):
    """The answer was cut off at the limit of output tokens, after it was raised, or where it went round in circles."""


class OutputRefused(OutputError):
    """The model refuses, or a content filter stopped the prompt or the answer; asking again would not help."""


class ContextOverflow(OutputError):
    """The request does not fit the model's context window; a shorter one may."""


class PromptTruncated(ContextOverflow):
    """The endpoint counted far fewer tokens than the request has: it did not read it to the end, and did not say so."""


class BudgetExceeded(SummarizerError):
    """The next call does not fit the budget, even alone; figures are in US dollars, or where `unit` says so in tokens.

    `spent` is what the run has taken, `planned` what the next call takes at most, `limit` the budget (None = not said).
    """

    exit_code = 3

    def __init__(
        self, spent: float, planned: float, limit: float | None = None, *, unit: Literal["USD", "tokens"] = "USD"
    ) -> None:
        figures = ".4f" if unit == "USD" else ",.0f"
        of = "" if limit is None else f" of {limit:{figures}}"
        super().__init__(
            f"budget exceeded: {spent:{figures}}{of} {unit} spent, and the next call may take "
            f"{planned:{figures}} {unit}; what is done is kept"
        )
        self.spent = spent
        self.planned = planned
        self.limit = limit
        self.unit = unit


class ArticleFailed(SummarizerError):
    """One article met a fault of this program, which is a bug; the cause is kept."""

    def __init__(self, source: str, cause: Exception) -> None:
        super().__init__(f"{source}: {type(cause).__name__}: {cause} (a bug in this program; the article was left out)")
        self.source = source


class RunLocked(SummarizerError):
    """Another run is working on the same output folder."""

    exit_code = 3


class CheckFailed(SummarizerError):
    """The summary is held, or has a held or flagged part, and `strict` was asked for."""

    exit_code = 1

    def __init__(self, summary: NewsSummary) -> None:
        parts = [f"{tag} {status}" for tag, status in summary.not_ok.items()]
        super().__init__(f"{summary.article.source}: {', '.join(parts)}")
        self.summary = summary
