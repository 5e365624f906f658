"""The words of the site in each language, dates included; a language without them has no site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from summarizer.languages import facts, general_tag, languages_with_facts

_REFERENCE = "en"


@cache
def strings(language: str) -> Mapping[str, Any]:
    """The tables `[page]` and `[site]` of a language, together."""
    return {**facts(language, "page"), **facts(language, "site")}


@cache
def has_site(language: str) -> bool:
    """Whether every string that the site needs exists in the language itself."""
    return set(facts(_REFERENCE, "site")) <= set(facts(language, "site"))


def site_languages() -> tuple[str, ...]:
    """The languages in which a site can be published, sorted."""
    return tuple(filter(has_site, languages_with_facts()))


def day(moment: datetime, language: str) -> str:
    """A date in words, such as `17 de agosto de 2024`."""
    return format_date(moment, "long", locale=_locale(language))


def clock(moment: datetime, language: str) -> str:
    """A time of day, by the clock of the language."""
    return format_time(moment, "short", locale=_locale(language))


def month(name: str, language: str) -> str:
    """A month in words, such as `agosto de 2024` for `2024-08`."""
    year, number = map(int, name.split("-"))
    return format_skeleton("yMMMM", datetime(year, number, 1), locale=_locale(language))  # noqa: DTZ001 (a month has no zone)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(general_tag(language), sep="-")
