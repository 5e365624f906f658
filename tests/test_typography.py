"""Separators and quotation marks of the target language, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.glossary import Style
from summarizer.languages import languages_with_facts
from summarizer.resources import packaged_toml
from summarizer.typography import typeset


def set_in(language: str, text: str, source: str = "", source_language: str = "en") -> str:
    return typeset(text, source, source_language=source_language, language=language)


@pytest.mark.parametrize(
    ("language", "source", "text", "expected"),
    [
        ("de", "40,000 boats", "40,000 Boote", "40.000 Boote"),
        ("de", "1,234,567.8 tonnes", "1,234,567.8 Tonnen", "1.234.567,8 Tonnen"),
        ("fr", "3.5 million", "3.5 millions", "3,5 millions"),
        ("es", "2,200 jobs", "2,200 empleos", "2\u00a0200 empleos"),
        ("ru", "up 12.4 %", "рост на 12.4 %", "рост на 12,4 %"),
        ("pt-BR", "2,200 jobs", "2,200 empregos", "2.200 empregos"),
        ("de", "40,000 boats", "40.000 Boote", "40.000 Boote"),
        ("de", "3.5 million", "3,5 Millionen", "3,5 Millionen"),
        ("de", "at 6.30 pm", "um 6.30 Uhr", "um 6.30 Uhr"),
        ("de", "on Windows 3.1 now", "auf Windows 3.1", "auf Windows 3.1"),
        ("de", "it said so", "Version 3.1 von 40,000", "Version 3.1 von 40,000"),
        ("ar", "40,000 people", "40,000 شخص", "40,000 شخص"),
        ("ja", "40,000 people", "40,000人", "40,000人"),
        ("fr", "on 1.2.2024 and 10.0.0.1", "le 1.2.2024 et 10.0.0.1", "le 1.2.2024 et 10.0.0.1"),
    ],
)
def test_separators(language: str, source: str, text: str, expected: str) -> None:
    """A number that stands just so in the source gets the marks of the target; times, versions and others stay."""
    assert set_in(language, text, source) == expected


def test_separators_of_another_source() -> None:
    """It works from German too."""
    assert set_in("en", "2.200 jobs and 3,5 million", "2.200 Stellen und 3,5 Millionen", "de") == (
        "2,200 jobs and 3.5 million"
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", 'Er sagte: "Wir gehen" und “du auch”.', "Er sagte: „Wir gehen“ und „du auch“."),
        ("fr", 'Elle a dit "oui".', "Elle a dit «\u00a0oui\u00a0»."),
        ("ja", "彼は“はい”と言った", "彼は「はい」と言った"),
        ("zh-Hant", "他說“是”", "他說「是」"),
        ("ru", 'Он сказал: "Да"', "Он сказал: «Да»"),
        ("ar", "قال «نعم»", 'قال "نعم"'),
        ("es", "Dijo „sí“", "Dijo “sí”"),
        ("es", "Dijo «sí»", "Dijo «sí»"),
        ("he", 'צה"ל אמר "כן" בארה"ב', 'צה"ל אמר "כן" בארה"ב'),
        ("en", "the dog's bone and 5' tall", "the dog's bone and 5' tall"),
        ("fr", "l'état d'urgence", "l'état d'urgence"),
        ("de", 'Er sagte: "Sie rief „halt“ und ging"', 'Er sagte: "Sie rief „halt“ und ging"'),
        ("de", 'Er sagte: "Wir gehen', 'Er sagte: "Wir gehen'),
        ("de", 'Er sagte "ja" und "nein', 'Er sagte "ja" und "nein'),
        ("de", "Er nannte es 'gut'", "Er nannte es 'gut'"),
    ],
)
def test_quotation_marks(language: str, text: str, expected: str) -> None:
    """Pairs of other languages become those of the language; apostrophes and acronyms stay."""
    assert set_in(language, text) == expected


def test_house_has_its_own_marks() -> None:
    """What it has settled goes before what is usual."""
    style = Style(quotes="» «", thousands="none", decimals=".")
    set_right = typeset('"ja" für 40,000', "40,000", source_language="en", language="de", style=style)
    assert set_right == "»ja« für 40,000"
    assert typeset("„ja“", "", source_language="en", language="de", style=style) == "»ja«"


@given(st.sampled_from(languages_with_facts()), st.text(alphabet="ab 12.,'\"«»“”„‚‘’「」\u00a0"))
def test_setting_twice_changes_nothing_more(language: str, text: str) -> None:
    """And no letter or digit is ever touched."""
    once = set_in(language, text, text)
    assert set_in(language, once, text) == once
    assert [sign for sign in once if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


def test_every_language_has_its_marks() -> None:
    """All that have facts, a variety by its parent."""
    assert set(languages_with_facts()) == set(packaged_toml("config", "typography.toml"))
