"""Figures as others write them: number words of num2words, CLDR's patterns through Babel, and a table of phrases."""

from __future__ import annotations

import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from babel.dates import format_date, format_time, get_month_names
from babel.numbers import format_compact_decimal, format_currency, format_percent
from babel.units import format_unit
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import CONVERTER_CLASSES, num2words

from summarizer.figures import Figure, figures_in
from summarizer.languages import languages_with_facts

PHRASES = tomllib.loads(Path(__file__).with_name("figure_phrases.toml").read_text(encoding="utf-8"))
LANGUAGES = languages_with_facts()
_LOCALES = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "pt": "pt_PT", "pt-BR": "pt_BR", "hi": "hi_IN"}
_KINDS = {"percent", "points", "number", "money", "age", "decade", "century", "ordinal"}
_KINDS |= {"day", "month", "year", "time", "measure", "score"}
# num2words' tags, and from where its words are numbers without a doubt: Korean 이 is *two* only inside a number.
_TAGS = {"nb": "no", "pt-BR": "pt_BR"}
_WORDS = {tag: _TAGS.get(tag, tag) for tag in LANGUAGES if _TAGS.get(tag, tag) in CONVERTER_CLASSES}
_FIRST = {"ko": 11}
_SLIP = "dicotto"  # for `diciotto`
_UNITS = {
    "km": "length-kilometer", "m": "length-meter", "cm": "length-centimeter", "mile": "length-mile",
    "foot": "length-foot", "kg": "mass-kilogram", "hectare": "area-hectare", "km2": "area-square-kilometer",
    "kmh": "speed-kilometer-per-hour", "celsius": "temperature-celsius", "litre": "volume-liter",
}  # fmt: skip
# A number inside the name of its unit.
_AROUND = {("sw", "km2")}
_MILLIONS = [2_000_000, 12_500_000, 250_000_000, 3_400_000_000]


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)


def _strong(text: str, language: str) -> list[Figure]:
    """The figures of a text, without the weak ones unless there is no other."""
    found = figures_in(text, language)
    return [figure for figure in found if not figure.weak] or list(found)


def _expected(told: str) -> list[list[str]]:
    figures: list[list[str]] = []
    for word in told.split():
        if word in _KINDS:
            figures.append([word])
        else:
            figures[-1].append(word)
    return figures


@pytest.mark.parametrize(
    ("language", "text", "told"), [(tag, *row) for tag, rows in PHRASES.items() for row in rows.items()]
)
def test_phrases_of_a_language(language: str, text: str, told: str) -> None:
    """What news texts write for percentages, ages, decades, dates, times, ranges, money and words of number."""
    found = _strong(text, language)
    expected = _expected(told)
    assert [figure.kind for figure in found] == [row[0] for row in expected]
    for figure, (_, value, *unit) in zip(found, expected, strict=True):
        assert any(abs(reading - Decimal(value)) < Decimal("0.01") for reading in figure.values)
        assert not unit or figure.unit == unit[0]


def test_every_language_has_phrases() -> None:
    """The table of phrases leaves no language out."""
    assert set(PHRASES) == set(LANGUAGES)


@pytest.mark.parametrize("language", _WORDS)
@settings(max_examples=60, deadline=None)
@given(value=st.integers(1, 999))
def test_number_words(language: str, value: int) -> None:
    """A number below a thousand in words is one figure with that value."""
    written = num2words(value, lang=_WORDS[language])
    if value < _FIRST.get(language, 1) or written.endswith(_SLIP):
        return
    (figure,) = figures_in(written, language)
    assert value in figure.values, written


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "sw"])  # CLDR's patterns for Swahili slip
@pytest.mark.parametrize("value", _MILLIONS)
def test_millions_and_billions(language: str, value: int) -> None:
    """Large numbers as a language shortens them: 1.2 crore, 12,5 Millionen, 2.5億."""
    written = format_compact_decimal(value, format_type="long", locale=_locale(language), fraction_digits=2)
    (figure,) = figures_in(written, language)
    assert abs(figure.value - value) <= Decimal(value) / 100, written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", _UNITS)
def test_units(language: str, unit: str) -> None:
    """A measure has its unit, whatever case or number its name stands in."""
    if (language, unit) in _AROUND:
        return
    for value in (5, 21, 42.5):
        written = format_unit(value, _UNITS[unit], "long", locale=_locale(language))
        found = [figure for figure in figures_in(written, language) if figure.kind == "measure" and figure.written]
        assert [(figure.unit, float(figure.value)) for figure in found] == [(unit, value)], written


@pytest.mark.parametrize("language", LANGUAGES)
def test_percentages_and_money(language: str) -> None:
    """Signs and names of percentages and the great currencies, where CLDR puts them."""
    (share,) = figures_in(format_percent(0.25, locale=_locale(language)), language)
    assert (share.kind, float(share.value)) == ("percent", 25)
    for currency in ("USD", "EUR", "GBP"):
        for form in ("standard", "name"):
            written = format_currency(1250, currency, locale=_locale(language), format_type=form)
            (amount,) = [figure for figure in figures_in(written, language) if figure.written]
            assert (amount.kind, amount.unit, float(amount.value)) == ("money", currency, 1250), written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_dates(language: str, month: int) -> None:
    """Day, month and year of a date in full, with and without its weekday; and the month alone."""
    for form in ("full", "long"):
        written = format_date(date(2018, month, 13 + month), form, locale=_locale(language))
        found = {figure.kind: figure for figure in figures_in(written, language) if not figure.weak}
        assert set(found) == {"day", "month", "year"}, written
        assert [found[kind].value for kind in ("day", "month")] == [13 + month, month], written
        assert 2018 in found["year"].values, written
    (alone,) = figures_in(get_month_names("wide", "stand-alone", _locale(language))[month], language)
    assert (alone.kind, float(alone.value)) == ("month", month)


@pytest.mark.parametrize("language", LANGUAGES)
def test_times(language: str) -> None:
    """A clock time of hours and minutes, with seconds too, is one figure."""
    if language in {"fi", "id"}:  # 7.05 is a time only behind a word such as `klo`
        return
    for hour, minute in ((7, 5), (12, 15), (15, 45), (22, 10)):
        for form in ("short", "medium"):
            written = format_time(time(hour, minute), form, locale=_locale(language))
            (figure,) = _strong(written, language)
            assert figure.kind == "time"
            assert hour * 60 + minute in figure.values, written
