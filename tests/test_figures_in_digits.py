"""Figures in languages without data of their own: digits, and what CLDR knows of the words beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from summarizer.checks import check_claim, check_translation
from summarizer.figures import figures_in, has_figure_data
from summarizer.figures.lexicon import lexicon

COST = "The fire killed 17 people and cost 4.5 million euros in 2018."
PRICES = "Prices rose 3.2 percent on 4 May."
ROAD = "The road is 650 miles long."
TRAIN = "The last train leaves at 3 p.m."

# Each language, a line, and its translation.
RIGHT = [
    ("da", COST, "Branden kostede 17 mennesker livet og 4,5 mio. euro i 2018."),
    ("da", COST, "Branden kostede sytten mennesker livet og 4,5 millioner euro i 2018."),
    ("da", TRAIN, "Det sidste tog kører kl. 15.00."),
    ("da", ROAD, "Vejen er 1046 kilometer lang."),
    ("da", "It lost $3 billion.", "Den tabte tre milliarder dollar."),
    ("da", "500,000 people fled.", "En halv million mennesker flygtede."),
    ("da", "He died in World War II.", "Han døde i 2. verdenskrig."),
    ("gl", "It cost 2,500 euros and 15,000 came.", "Custou 2.500 euros e foron 15.000."),
    ("te", "About 300,000 people came on August 15.", "ఆగస్టు 15న సుమారు 3 లక్షల మంది వచ్చారు."),
    ("hr", "They were held for three days.", "Držali su ih 72 sata."),
    ("kk", "He is 1.90 m tall.", "Бойы 1,90 м."),
    ("no", COST, "Brannen kostet 17 mennesker livet og 4,5 millioner euro i 2018."),
    ("bg", COST, "При пожара през 2018 г. загинаха 17 души, щетите са 4,5 милиона евро."),
    ("bg", ROAD, "Пътят е дълъг 1050 километра."),
    ("et", PRICES, "Hinnad tõusid 4. mail 3,2 protsenti."),
    ("hr", COST, "U požaru je 2018. poginulo 17 ljudi, a šteta iznosi 4,5 milijuna eura."),
    ("sk", COST, "Požiar si v roku 2018 vyžiadal 17 životov a škodu 4,5 milióna eur."),
    ("lt", PRICES, "Kainos gegužės 4 dieną pakilo 3,2 procento."),
    ("ms", COST, "Kebakaran itu mengorbankan 17 orang dan menelan belanja 4.5 juta euro pada 2018."),
    ("gu", PRICES, "૪ મેના રોજ ભાવ ૩.૨ ટકા વધ્યા."),
    ("mr", COST, "२०१८ मधील आगीत १७ जणांचा मृत्यू झाला आणि ४.५ दशलक्ष युरोचे नुकसान झाले."),
    ("km", COST, "អគ្គិភ័យនៅឆ្នាំ 2018 បានសម្លាប់មនុស្ស 17 នាក់ និងខាតបង់ 4.5 លានអឺរ៉ូ។"),
]  # fmt: skip
# Each language, a line, a wrong translation, and what is found.
WRONG = [
    ("da", COST, "Branden kostede 71 mennesker livet og 4,5 millioner euro i 2018.", "figure_changed"),
    ("da", COST, "Branden kostede 17 mennesker livet og 4,5 milliarder euro i 2018.", "figure_unit"),
    ("da", COST, "Branden kostede 17 mennesker livet og 4,5 millioner euro i 2108.", "figure_changed"),
    ("da", ROAD, "Vejen er 1460 kilometer lang.", "figure_changed"),
    ("da", "It lost $3 billion.", "Den tabte 4 milliarder dollar.", "figure_changed"),
    ("gl", "It cost 2,500 euros.", "Custou 2.600 euros.", "figure_changed"),
    ("bg", COST, "При пожара през 2018 г. загинаха 17 души, щетите са 45 милиона евро.", "figure_changed"),
    ("et", PRICES, "Hinnad tõusid 4. mail 2,3 protsenti.", "figure_changed"),
    ("hr", COST, "U požaru je 2018. poginulo 17 ljudi, a šteta iznosi 4,5 milijuna eura u 23 kuće.", "figure_added"),
    ("sk", COST, "Požiar si vyžiadal 17 životov a škodu 4,5 milióna eur.", "figure_lost"),
    ("gu", PRICES, "૪ મેના રોજ ભાવ ૩.૫ ટકા વધ્યા.", "figure_changed"),
    ("km", COST, "អគ្គិភ័យនៅឆ្នាំ 2018 បានសម្លាប់មនុស្ស 71 នាក់ និងខាតបង់ 4.5 លានអឺរ៉ូ។", "figure_changed"),
]  # fmt: skip


def figure_errors(source: str, text: str, language: str) -> list[str]:
    found = check_translation(source, text, source_language="en", language=language)
    return [item.code for item in found if item.code.startswith("figure_") and item.severity == "error"]


@pytest.mark.parametrize(("language", "source", "text"), RIGHT)
def test_right_figures_pass(language: str, source: str, text: str) -> None:
    """Digits of any script, its separators, months, units; a small number may be in words that nobody knows here."""
    assert not has_figure_data(language)
    assert figure_errors(source, text, language) == []


@pytest.mark.parametrize(("language", "source", "text", "code"), WRONG)
def test_wrong_figures_hold(language: str, source: str, text: str, code: str) -> None:
    """As they do in languages with data."""
    assert figure_errors(source, text, language) == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Branden kostede 4,5 mio. euro.", []),
        ("Branden kostede syv mennesker livet.", []),
        ("Branden kostede 7 mennesker livet.", []),  # the evidence may say it in words
        ("Branden kostede 5,4 millioner euro.", ["figure_not_in_evidence"]),
        ("Branden kostede 4,5 milliarder euro.", ["figure_not_in_evidence"]),
        ("Branden i 2019 kostede 4,5 millioner euro.", ["figure_not_in_evidence"]),
    ],
)
def test_a_summary_is_held_to_the_digits_of_its_evidence(text: str, expected: Sequence[str]) -> None:
    """In its own language, which is read no better."""
    found = check_claim(text, ["Branden i 2018 kostede syv mennesker livet og 4,5 millioner euro."], language="da")
    assert [item.code for item in found if item.severity == "error"] == expected


def test_a_small_figure_that_the_evidence_may_have_in_words_is_a_warning() -> None:
    """Somebody who reads the language will know."""
    found = check_claim("Branden kostede 8 mennesker livet.", ["Branden kostede syv mennesker livet."], language="da")
    assert [(item.severity, item.found) for item in found if item.code == "figure_not_in_evidence"] == [
        ("warning", "8")
    ]


@pytest.mark.parametrize("language", ["da", "is", "sl", "sr", "sr-Latn", "mk", "sq", "lv", "ga", "cy", "eu", "gl", "az", "kk",
    "uz", "ka", "hy", "am", "ne", "pa", "te", "kn", "ml", "si", "my", "lo", "fil", "yue", "zu", "af", "so", "ps", "mt", "tlh"])  # fmt: skip
def test_every_language_has_a_reader_of_digits(language: str) -> None:
    """One that CLDR does not know at all has the separators of English."""
    (figure,) = figures_in("2,5", language) if lexicon(language).decimal == "," else figures_in("2.5", language)
    assert str(figure.value) == "2.5"


@given(st.integers(101, 10**6), st.integers(101, 10**6), st.sampled_from(["da", "bg", "et", "gu", "km"]))
def test_another_large_number_is_always_found(one: int, other: int, language: str) -> None:
    """And the same one never."""
    assert (figure_errors(f"It has {one} parts.", f"{other}", language) == []) == (one == other)


def test_words_are_those_of_cldr() -> None:
    """A month, a scale and a unit in forms that CLDR lists, and one that it does not."""
    months = Locale.parse("hr").months["format"]["wide"]
    (day, month) = figures_in(f"4. {months[5]}", "hr")
    assert (day.kind, month.kind) == ("day", "month")
    (million,) = figures_in("4,5 milijunima", "hr")
    assert million.value == 4_500_000
    (length,) = figures_in("12 kilometara", "hr")
    assert (length.kind, length.unit) == ("measure", "km")
