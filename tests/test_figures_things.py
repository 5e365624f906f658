"""Figures that leave the things, names and figures beside them, and the words for things in every language."""

from __future__ import annotations

from collections import Counter

import pytest

from summarizer.checks import check_translation
from summarizer.figures.alignment import Alignment
from summarizer.figures.reader import figures_in
from summarizer.figures.sides import Text
from summarizer.figures.things import things_in
from summarizer.languages import language_data
from summarizer.resources import resource

LANGUAGES = sorted(path.stem for path in resource("config", "things").iterdir() if path.name.endswith(".toml"))
NOVELIST = "Novelist Ada Marsh, who taught for 31 years at the university, has died at 86."
MAYOR = "The mayor opened 14 parks after the flood destroyed 52 bridges."
# A source, a language, a right translation, and one with its two figures exchanged.
CASES = [
    (NOVELIST, "ja", "大学で31年教えた作家のアダ・マーシュさんが86歳で死去した。",
     "大学で86年教えた作家のアダ・マーシュさんが31歳で死去した。"),
    (NOVELIST, "ur", "یونیورسٹی میں 31 سال پڑھانے والی ناول نگار ایڈا مارش 86 برس کی عمر میں انتقال کر گئیں۔",
     "یونیورسٹی میں 86 سال پڑھانے والی ناول نگار ایڈا مارش 31 برس کی عمر میں انتقال کر گئیں۔"),
    (MAYOR, "ko", "홍수로 다리 52개가 파괴된 뒤 시장은 공원 14곳을 개장했다.",
     "홍수로 다리 14개가 파괴된 뒤 시장은 공원 52곳을 개장했다."),
    (MAYOR, "hi", "बाढ़ में 52 पुल नष्ट होने के बाद मेयर ने 14 पार्क खोले।",
     "बाढ़ में 14 पुल नष्ट होने के बाद मेयर ने 52 पार्क खोले।"),
    (MAYOR, "zh-Hans", "洪水摧毁52座桥梁后，市长开放了14座公园。",
     "洪水摧毁14座桥梁后，市长开放了52座公园。"),
    (MAYOR, "tr", "Selde 52 köprü yıkıldıktan sonra belediye başkanı 14 park açtı.",
     "Selde 14 köprü yıkıldıktan sonra belediye başkanı 52 park açtı."),
    (MAYOR, "ta", "வெள்ளத்தில் 52 பாலங்கள் அழிந்த பிறகு மேயர் 14 பூங்காக்களைத் திறந்தார்.",
     "வெள்ளத்தில் 14 பாலங்கள் அழிந்த பிறகு மேயர் 52 பூங்காக்களைத் திறந்தார்."),
    (MAYOR, "bn", "বন্যায় ৫২টি সেতু ধ্বংস হওয়ার পর মেয়র ১৪টি পার্ক খুলে দেন।",
     "বন্যায় ১৪টি সেতু ধ্বংস হওয়ার পর মেয়র ৫২টি পার্ক খুলে দেন।"),
    (MAYOR, "fa", "پس از آنکه سیل ۵۲ پل را ویران کرد، شهردار ۱۴ پارک را افتتاح کرد.",
     "پس از آنکه سیل ۱۴ پل را ویران کرد، شهردار ۵۲ پارک را افتتاح کرد."),
    (MAYOR, "de", "Nachdem die Flut 52 Brücken zerstört hatte, eröffnete der Bürgermeister 14 Parks.",
     "Nachdem die Flut 14 Brücken zerstört hatte, eröffnete der Bürgermeister 52 Parks."),
    (MAYOR, "hu", "Miután az árvíz 52 hidat elpusztított, a polgármester 14 parkot nyitott meg.",
     "Miután az árvíz 14 hidat elpusztított, a polgármester 52 parkot nyitott meg."),
    ("The house approved it by 6 votes to 1.", "hi", "सदन ने इसे 6-1 से पारित किया।", "सदन ने इसे 1-6 से पारित किया।"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "language", "right", "wrong"), CASES)
def test_figures_that_leave_their_things_are_held(source: str, language: str, right: str, wrong: str) -> None:
    """A sentence turned round with its figures passes; where only the figures have changed places, it is held."""
    assert (_swapped(source, right, language), _swapped(source, wrong, language)) == ([], ["figure_swapped"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_things_are_those_of_english(language: str) -> None:
    """Every language has words for things that English has words for."""
    known = language_data("things", "en").keys() | language_data("figures", "en")["counted"].keys()
    assert language_data("things", language).keys() <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_stands_for_one_thing(language: str) -> None:
    """No form stands under two things, nor under another one than where figures count it."""
    counted = {form: key for key, forms in language_data("figures", language).get("counted", {}).items()
               for form in forms.split(", ")}  # fmt: skip
    things = [(form, key) for key, forms in language_data("things", language).items() for form in forms.split(", ")]
    twice = [form for form, times in Counter(form for form, _ in things).items() if times > 1]
    assert (twice, [form for form, key in things if counted.get(form, key) != key]) == ([], [])


@pytest.mark.parametrize(
    ("text", "language", "things"),
    [
        ("The Prime Minister left the hospital.", "en", {"prime_minister", "hospitals"}),
        ("首相は病院を出た。", "ja", {"prime_minister", "hospitals"}),
        ("رئيس الوزراء والأطباء", "ar", {"prime_minister", "doctors"}),
        ("Sairaalassa on potilaita.", "fi", {"hospitals", "patients"}),
        ("The weather is fine.", "xx", set()),
    ],
)
def test_things_of_a_text(text: str, language: str, things: set[str]) -> None:
    """Words are found by their stems, several in a row before one, and inside texts without spaces."""
    assert {thing for thing, _ in things_in(Text(text, language))} >= things


def test_what_stands_beside_a_figure_tells_where_it_belongs() -> None:
    """Two figures would stand better exchanged where a name and a thing are with the other, by as much as they do not."""
    source = Text("Rescuers from Novgorod found 12 dogs, and 35 children fled.", "en")
    right, wrong = (
        _crossed(source, Text(text, "de"))
        for text in (
            "35 Kinder flohen, und Retter aus Nowgorod fanden 12 Hunde.",
            "12 Kinder flohen, und Retter aus Nowgorod fanden 35 Hunde.",
        )
    )
    assert right < -0.5 < 0.5 < wrong


def _crossed(source: Text, target: Text) -> float:
    theirs = {figure.value: figure for figure in figures_in(*target)}
    pairs = [(figure, theirs[figure.value]) for figure in figures_in(*source)]
    return Alignment(pairs, source, target).crossed(*pairs)


def _swapped(source: str, translation: str, language: str) -> list[str]:
    found = check_translation(source, translation, source_language="en", language=language)
    return [finding.code for finding in found if finding.code.startswith("figure_") and finding.severity == "error"]
