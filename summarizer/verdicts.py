"""What the shared checks say of a draft or translation; a check that fails is an error too, and never silence."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Self

from summarizer.checks import CODES, check_summary, check_translated, finding
from summarizer.errors import ConfigError
from summarizer.records import NO_NAMES, Article, Draft, Finding, NameTable, Status, Translation

# Before and after a repair, and one line of it tried at a time.
_REMEMBERED = 4
# What nobody can publish, whatever a desk thinks of the checks.
_INDISPENSABLE = frozenset({"bullets_count", "bullets_differ", "check_failed", "empty_text", "evidence_invalid"})


class Policy(NamedTuple):
    """How a desk uses the checks: in `shadow` an error is only a warning, and codes of `ignored` are not reported.

    Neither touches findings without which there is no summary at all, such as an empty line or evidence that is not
    there, nor those of others than the checks, such as a word that the offline translator does not know.
    """

    shadow: bool = False
    ignored: frozenset[str] = frozenset()

    @classmethod
    def of(cls, mode: str, ignored: Iterable[str]) -> Self:
        """The policy of the settings.

        Raises:
            ConfigError: a code is none, one that cannot be ignored, or none of the checks.
        """
        for code in ignored:
            if problem := _problem(code):
                raise ConfigError(f"checks.ignore: {code} {problem}")
        return cls(mode == "shadow", frozenset(ignored))

    @property
    def mode(self) -> Literal["enforce", "shadow"]:
        """The mode as the settings name it."""
        return "shadow" if self.shadow else "enforce"

    @property
    def fingerprint(self) -> str:
        """What differs from checks that are enforced and all reported; empty where nothing does."""
        return "" if self == ENFORCED else " ".join([self.mode, *sorted(self.ignored)])

    def applied(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings as the desk wants them."""
        return tuple(
            found.model_copy(update={"severity": "warning"})
            if self.shadow and found.code not in _INDISPENSABLE
            else found
            for found in findings
            if found.code not in self.ignored
        )


def _problem(code: str) -> str:
    """Why a code cannot be ignored; empty where it can."""
    if code not in CODES:
        return "is no finding code; the README lists them"
    if code in _INDISPENSABLE:
        return "cannot be ignored: without it there is no summary"
    origin = CODES[code].origin
    return "" if origin == "checks" else f"cannot be ignored: it does not come from the checks ({origin})"


ENFORCED = Policy()


class _Verdict(NamedTuple):
    """The findings about a draft beside its article, or a translation beside its draft."""

    what: str
    texts: tuple[object, object]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Judge:
    """The checks for one article in one language: by its house style, and by the desk's policy.

    A text that was judged is not judged again: repair, shortening and assembly ask about the same lines, one after the
    other.
    """

    names: NameTable = NO_NAMES
    policy: Policy = ENFORCED
    _verdicts: deque[_Verdict] = field(default_factory=lambda: deque(maxlen=_REMEMBERED), repr=False, compare=False)

    def draft(self, draft: Draft, article: Article) -> tuple[Finding, ...]:
        """Everything that the checks find in a draft."""
        return self._judged("draft", (draft, article), lambda: check_summary(draft, article, self.names))

    def translation(self, draft: Draft, translation: Translation) -> tuple[Finding, ...]:
        """Everything that the checks find in a translation beside its draft; nothing about one that is held already."""
        texts = (draft, translation)
        return self._judged("translation", texts, lambda: check_translated(draft, translation, self.names))

    def _judged(
        self, what: str, texts: tuple[object, object], check: Callable[[], tuple[Finding, ...]]
    ) -> tuple[Finding, ...]:
        for verdict in self._verdicts:
            if verdict.what == what and verdict.texts == texts:
                return verdict.findings
        verdict = _Verdict(what, texts, self.policy.applied(_guarded(what, check)))
        self._verdicts.append(verdict)
        return verdict.findings


DEFAULT_JUDGE = Judge()


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that hold a text."""
    return tuple(found for found in findings if found.severity == "error")


def status_of(findings: Iterable[Finding]) -> Status:
    """`held` with an error, `flagged` with a warning, else `ok`."""
    severities = {found.severity for found in findings}
    return "held" if "error" in severities else "flagged" if "warning" in severities else "ok"


def _guarded(where: str, check: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What a check finds; a check that fails is an error finding, because silence would publish an unchecked text."""
    try:
        return check()
    except Exception as error:  # noqa: BLE001 (the guard: whatever goes wrong in a check must hold the text)
        return (finding("check_failed", where, f"{type(error).__name__}: {error}"),)
