"""Figures found by the rules of one language and written by those of another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.offline.numerals import Figure, bare_scales, figures_in, million, percent, same_scale, written

LANGUAGES = ("ca", "en", "es", "fr", "it", "nb", "pt", "pt-BR", "ro", "sv")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "2.200 y 3,5 y 1.234.567,8", [("grouped", "2200"), ("decimal", "3.5"), ("grouped", "1234567.8")]),
        ("es", "a las 4.20, por 3-0, el 31/12/2025, 2019-2024", [("verbatim", None)] * 4),
        ("es", "en 2025 200 barcos", [("plain", "2025"), ("plain", "200")]),
        ("es", "12 mil millones", [("plain", "12")]),
        ("en", "1,200 and 4.5", [("grouped", "1200"), ("decimal", "4.5")]),
        ("fr", "1\u202f200 et 1 200", [("grouped", "1200"), ("grouped", "1200")]),
        ("en", "F-16, 5G, 20th, 1990s, 3.30pm", []),
        ("en", "007.", [("plain", "7")]),
    ],
)
def test_figures_are_found(language: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    """Each figure once, with its value where the writing leaves no doubt."""
    found = [
        (figure.kind, None if figure.value is None else str(figure.value)) for figure in figures_in(text, language)
    ]
    assert found == expected


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_a_written_number_is_read_back(whole: int, hundredths: int, source: str, target: str) -> None:
    """What one language writes, that language reads as the same value."""
    value = Decimal(f"{whole}.{hundredths:02}")
    text = written(Figure(0, 0, "", "decimal", "", value), source, target)
    assert text is not None
    (figure,) = figures_in(text, target)
    assert figure.text == text
    assert figure.value == value


@given(st.integers(1, 9999), st.sampled_from((6, 9, 12)), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_a_large_amount_keeps_its_value(tenths: int, exponent: int, source: str, target: str) -> None:
    """Scale words are chosen by value: reading them back gives the same amount, in millions too."""
    value = Decimal(tenths) / 10
    text = written(Figure(0, 0, "", "decimal", "", value, exponent), source, target)
    assert text
    (figure,) = figures_in(text, target)
    millions = figure.exponent or (6 if any(word in text for word in ("mil", "mill")) else 0)
    assert figure.value is not None
    assert figure.value * 10**millions == value * 10**exponent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_word_for_millions(language: str) -> None:
    """It stands in for all scale words."""
    assert million(language)


def test_bare_scale_words() -> None:
    """Only those without digits, and only the large ones, are in doubt; and only between long and short scale."""
    text = "dos billones y 3 billones y un millón"
    assert bare_scales(text, figures_in(text, "es"), "es") == ("billones",)
    assert same_scale("es", "fr")
    assert not same_scale("es", "en")
    assert not same_scale("xx", "xx")


def test_percent_signs() -> None:
    """The space before the sign is the language's."""
    assert percent("3,5% y 7 %", "es") == "3,5\u00a0% y 7\u00a0%"
    assert percent("3,5 % e 7%", "pt") == "3,5% e 7%"
    assert percent("3,5 %", "xx") == "3,5 %"
