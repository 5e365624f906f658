"""What a source says about its own article: a correction, an embargo without a time, or that somebody paid for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, get_args

from summarizer.languages import fallbacks
from summarizer.resources import packaged_toml

Notice = Literal["correction", "embargo", "sponsored"]
NOTICES: tuple[Notice, ...] = get_args(Notice)

_OPENING_LINES = 3
_AFTER_LABEL = r"\s*(?:[:：–—\-.)\]】〕]|$)"
_BEFORE = r"^[\W_]*"


def notices_in(title: str | None, lines: Sequence[str], labels: Iterable[str | None], language: str) -> set[Notice]:
    """The notices of an article: by its title, its lines before boilerplate is dropped, and its section or categories.

    The words of the language and of English count; `config/notices.toml` has them.
    """
    found: set[Notice] = set()
    opening = [title or "", *lines[:_OPENING_LINES]]
    for tag in _tags(language):
        words = _patterns(tag)
        if any(words["correction"].search(line) for line in (title or "", *lines)):
            found.add("correction")
        if any(words["embargo"].search(line) for line in opening):
            found.add("embargo")
        if words["sponsored"].search((lines or ("",))[0]) or words["advert"].search(title or ""):
            found.add("sponsored")
    if any(is_sponsored(label, language) for label in labels):
        found.add("sponsored")
    return found


def is_sponsored(label: str | None, language: str) -> bool:
    """Whether a section or category says that somebody paid for the article."""
    return any(_patterns(tag)["label"].search(label or "") for tag in _tags(language))


def _tags(language: str) -> tuple[str, ...]:
    known = packaged_toml("config", "notices.toml")
    return tuple(dict.fromkeys([*(tag for tag in fallbacks(language) if tag in known), "en"]))


@cache
def _patterns(tag: str) -> dict[str, re.Pattern[str]]:
    words = packaged_toml("config", "notices.toml")[tag]
    paid = [*words["sponsored"], *words["advert"]]
    corrections = f"{_BEFORE}(?:{_any(words['correction'])}{_AFTER_LABEL}|{_any(words['corrected'])})"
    return {
        "correction": re.compile(corrections, re.IGNORECASE),
        "embargo": re.compile(rf"{_BEFORE}{_any(words['embargo'])}(?!\w)"),
        "sponsored": re.compile(rf"{_BEFORE}{_any(words['sponsored'])}{_AFTER_LABEL}", re.IGNORECASE),
        "advert": re.compile(rf"{_BEFORE}{_any(paid)}\s*[:：|–—\])】]", re.IGNORECASE),
        "label": re.compile(rf"{_BEFORE}{_any(paid)}[\W_]*$", re.IGNORECASE),
    }


def _any(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))})"
