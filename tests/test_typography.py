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
    ("language", "source", "text"),
    [
        ("de", "The concert starts at 19.30", "Das Konzert beginnt um 19.30 Uhr"),
        ("fr", "doors close at 19.30", "les portes ferment à 19.30"),
        ("fi", "The match begins at 19.30", "Ottelu alkaa kello 19.30"),
        ("it", "kick-off is at 20.45", "il calcio d'inizio è alle 20.45"),
        ("nb", "open from 08.30 to 16.30", "åpent fra 08.30 til 16.30"),
        ("ru", "the train leaves at 7.15", "поезд отправляется в 7.15"),
        ("el", "the polls close at 19.00", "οι κάλπες κλείνουν στις 19.00"),
        ("de", "breaches article 4.2 of the treaty", "verletzt Artikel 4.2 des Vertrags"),
        ("es", "under section 12.3", "según el apartado 12.3"),
        ("de", "in chapter 2.1 of the report", "in Kapitel 2.1 des Berichts"),
        ("pl", "as § 4.2 says", "jak mówi § 4.2"),
        ("de", "users of version 3.1 wait", "Nutzer der Version 3.1 warten"),
        ("tr", "it broke article 4.2", "4.2 maddesini ihlal etti"),
        ("hu", "the 3.1 release failed", "a 3.1-es verzió hibás"),
        ("sv", "it failed in 3.1", "det gick fel i version 3.1"),
        ("uk", "the court read clause 7.4", "суд прочитав пункт 7.4"),
        ("de", "the 3.1 update cost $3.1 million", "das Update 3.1 kostete 3.1 Millionen Dollar"),
    ],
)
def test_no_amount_is_touched(language: str, source: str, text: str) -> None:
    """Times, sections and versions stay as they are, told by either side, and what is one of them once."""
    assert set_in(language, text, source) == text


@pytest.mark.parametrize(
    ("source_language", "source", "text"),
    [
        ("de", "Das Konzert beginnt um 19.30 Uhr", "The concert starts at 19.30"),
        ("de", "Artikel 4.2 des Vertrags", "Article 4.2 of the treaty"),
        ("fi", "Ottelu alkaa klo 18.30", "The match begins at 18.30"),
        ("it", "alle 20.45 in punto", "at 20.45 sharp"),
    ],
)
def test_a_point_is_no_decimal_mark_everywhere(source_language: str, source: str, text: str) -> None:
    """What the source's language does not set so is no amount of its own."""
    assert set_in("en", text, source, source_language) == text


@pytest.mark.parametrize(
    ("language", "source", "text", "expected"),
    [
        ("de", "it costs 19.30 euros", "es kostet 19.30 Euro", "es kostet 19,30 Euro"),
        ("fr", "a rise of 8.25 percent", "une hausse de 8.25 pour cent", "une hausse de 8,25 pour cent"),
        ("pl", "5.50 million voters", "5.50 mln wyborców", "5,50 mln wyborców"),
        ("sv", "grew by 0.25 a year", "ökade med 0.25 om året", "ökade med 0,25 om året"),
        ("de", "an average of 61.75 goals", "im Schnitt 61.75 Tore", "im Schnitt 61,75 Tore"),
    ],
)
def test_what_looks_like_a_time_and_counts_is_set(language: str, source: str, text: str, expected: str) -> None:
    """Money, shares and scales, and what no clock shows."""
    assert set_in(language, text, source) == expected


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


@pytest.mark.parametrize(("language", "style"), [("ar", Style(decimals=",")), ("de", Style(decimals="."))])
def test_half_a_style_of_numbers_changes_none(language: str, style: Style) -> None:
    """Where one mark would stand for both, or the other one is not known."""
    assert typeset("1,234.5", "1,234.5", source_language="en", language=language, style=style) == "1,234.5"


@given(st.sampled_from(languages_with_facts()), st.text(alphabet="ab 12.,'\"«»“”„‚‘’「」\u00a0"))
def test_setting_twice_changes_nothing_more(language: str, text: str) -> None:
    """And no letter or digit is ever touched."""
    once = set_in(language, text, text)
    assert set_in(language, once, text) == once
    assert [sign for sign in once if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


def test_every_language_has_its_marks() -> None:
    """All that have facts, a variety by its parent."""
    assert set(languages_with_facts()) == set(packaged_toml("config", "typography.toml"))
