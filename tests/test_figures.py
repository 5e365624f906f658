"""Figures as typed values: tables that a native speaker can read, and what holds of every number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.figures import Figure, figures_in, has_figure_data
from summarizer.languages import languages_with_facts

# language, text, and its figures as kind, value and unit; weak ones in brackets
READ = [
    ("en", "$4.5bn", "money 4500000000 USD"),
    ("en", "£11million", "money 11000000 GBP"),
    ("en", "twenty-one thousand, two hundred and five", "number 21000 · number 205"),
    ("en", "one of the twelve", "(number 1) · (number 12)"),
    ("en", "a 13-year-old boy", "age 13"),
    ("en", "an F-16, a G7 summit and COVID-19", "code 16 · code 7 · code 19"),
    ("en", "the 1930s and the 19th century", "decade 1930 · century 19"),
    ("en", "they won 2-0 in 2018", "score 2 · score 0 · year 2018"),
    ("en", "on September 29, 2018 at 7:30 p.m.", "month 9 · day 29 · year 2018 · time 1170"),
    ("en", "the summer of ’53 and ’16", "year 1953 · year 1916"),
    ("en", "70-90% of 3 lakh 20 thousand", "percent 70 · percent 90 · number 320000"),
    ("en", "5 percentage points, 400 feet, 6-foot-6", "points 5 · measure 400 foot · measure 6.5 foot"),
    ("de", "3,5 Milliarden Euro", "money 3500000000 EUR"),
    ("de", "2.200 und 2.200.112", "number 2200 · number 2200112"),
    ("de", "dreiundzwanzig, dreihundertfünf", "number 23 · number 305"),
    ("de", "die 80er Jahre, um 19.30 Uhr", "decade 80 · time 1170"),
    ("nl", "vijfentwintig procent", "percent 25"),
    ("sv", "på 1800-talet, en trettonåring", "century 19 · (number 1) · number 13"),
    ("fr", "soixante-quinze, quatre-vingt-dix-sept", "number 75 · number 97"),
    ("fr", "le XIXe siècle, 10 000 habitants", "century 19 · number 10000"),
    ("es", "mil millones, 1.200.000, doscientas treinta", "(number 1000000000) · number 1200000 · number 230"),
    ("it", "ventitré, 25 anni", "number 23 · age 25"),
    ("pt", "vinte e cinco, o século XX", "number 25 · century 20"),
    ("ro", "20 de milioane", "number 20000000"),
    ("ru", "2,5 млн человек, двадцать пять", "number 2500000 · number 25"),
    ("pl", "17 proc., 4 mld zł", "percent 17 · money 4000000000 PLN"),
    ("fi", "kaksikymmentäviisi, klo 10.15", "number 25 · time 615"),
    ("hu", "huszonöt, 3,1 millió", "number 25 · number 3100000"),
    ("tr", "yüzde 25, %30", "percent 25 · percent 30"),
    ("el", "17 τοις εκατό, 2,5 εκατ. ευρώ", "percent 17 · money 2500000 EUR"),
    ("ar", "٢٥ شخصا، 2.5 مليون دولار", "number 25 · money 2500000 USD"),
    ("ar", "خمسة وعشرون", "number 25"),
    ("fa", "۲۶،۷۵۰ دلار، ۱۲ درصد", "money 26750 USD · percent 12"),
    ("he", "250 ק״ג, 17 אחוזים", "measure 250 kg · percent 17"),
    ("hi", "12 करोड़ रुपये, पच्चीस", "money 120000000 INR · number 25"),
    ("bn", "৩৮০,০০০ ও ২.৫ মিলিয়ন", "number 380000 · number 2500000"),
    ("ta", "25 சதவீதம், 2.5 மில்லியன்", "percent 25 · number 2500000"),
    ("zh-Hans", "1.2亿, 二十三万, 百分之七十", "number 120000000 · number 230000 · percent 70"),
    ("zh-Hans", "2018年9月29日", "year 2018 · month 9 · day 29"),
    ("ja", "1億2000万円, 午後3時", "money 120000000 JPY · time 900"),
    ("ko", "2만6750달러, 오전 7시", "money 26750 USD · time 420"),
    ("ko", "0억 2500만, 2조3천억원", "number 0 · number 25000000 · number 2300000000000"),
    ("ta", "ஐந்தாயிரம் பேர், இருபத்தைந்து பேர்", "number 5000 · number 25"),
    ("hi", "साढ़े तीन करोड़, शाम साढ़े सात बजे", "number 35000000 · (time 1170)"),
    ("vi", "năm mươi lăm người, hai mươi năm", "number 55 · number 20"),
    ("vi", "ngày 29 tháng 9", "day 29 · month 9"),
    ("th", "2.5 ล้าน", "number 2500000"),
    ("id", "25 persen, 2,5 juta", "percent 25 · number 2500000"),
    ("sw", "milioni 20, asilimia 25", "number 20000000 · percent 25"),
    ("fr", "à 19 h 30, dans les années 80", "time 1170 · decade 80"),
    ("fr", "5 m de haut, pour 125 M€", "measure 5 m · number 125000000"),
    ("fr", "la vingt et unième fois, un sexagénaire", "ordinal 21 · (number 1) · (number 60)"),
    ("it", "un sedicenne e la trentottenne, negli anni '90", "(number 1) · number 16 · number 38 · decade 90"),
    ("it", "il ventunesimo, duecentoventicinque", "number 21 · number 225"),
    ("es", "a la una de la tarde, en los años 60 del siglo XX", "(time 780) · decade 60 · century 20"),
    ("es", "vigésimo primero, dos docenas", "ordinal 21 · number 24"),
    ("pt", "às 9h45, nos anos 70", "time 585 · decade 70"),
    ("pt", "1,85 m de altura, 1,2 mil milhões de euros", "measure 1.85 m · money 1200000000 EUR"),
    ("ro", "în anii '80, la 9 mai 2018, cu 45 de metri", "decade 80 · day 9 · month 5 · year 2018 · measure 45 m"),
    ("ro", "secolul al XVII-lea, trei sute de mii", "century 17 · number 300000"),
    ("ca", "als anys 60, al segle XIX, el 3 d’abril de 2015", "decade 60 · century 19 · day 3 · month 4 · year 2015"),
    ("pl", "we wrześniu 2017 r., trzydziesty czwarty", "month 9 · year 2017 · ordinal 34"),
    ("pl", "czterdziestodwuletnia, 25-tysięczny tłum", "number 42 · number 25000"),
    ("cs", "dvaapadesátiletý, 2 mil. korun, v červenci 2017", "number 52 · money 2000000 CZK · month 7 · year 2017"),
    ("cs", "jednadvacáté, v 30. letech", "ordinal 21 · decade 30"),
    ("uk", "у вересні 2017 року, сорокадворічний", "month 9 · year 2017 · number 42"),
    ("uk", "лист у п’ятницю, двадцять перша", "ordinal 21"),
    ("ru", "в июле 2017 года, тридцатипятилетняя", "month 7 · year 2017 · number 35"),
    ("ru", "получил во вторник полмиллиона", "number 500000"),
    ("el", "τον Ιούλιο του 2017, η τριακοστή, 42 εκατοστών", "month 7 · year 2017 · ordinal 30 · measure 42 cm"),
    ("el", "σαρανταδιάχρονος, στις 7:30 μ.μ.", "number 42 · time 1170"),
    ("de", "siebzehnköpfige Gruppen, das einundzwanzigste", "number 17 · ordinal 21"),
    ("de", "zweitausend, das zweite", "number 2000 · (ordinal 2)"),
    ("de", "2018 ist das Jahr, halb 8, ein halbes Dutzend", "year 2018 · (number 0.5) · time 450 · (number 1) · (number 6)"),
    ("ru", "двадцатипятиметровый, за полвека", "measure 25 m · (number 50)"),
    ("en", "the 1st, 21st and 111st, at 9st", "ordinal 1 · ordinal 21 · measure 111 stone · measure 9 stone"),
    ("ko", "이십오명, 서른다섯, 만한 일", "(number 25) · number 35 · (number 10001)"),
    ("vi", "hai trăm năm mươi, hai mươi năm", "number 250 · number 20"),
    ("zh-Hant", "二〇一八年, 二十一時, 三割", "year 2018 · time 1260 · (number 3)"),
    ("ja", "令和元年, 平成30年, 3割", "year 2018 · percent 30"),
    ("fr", "vingt-et-un, soixante et onzième, 2½", "number 21 · ordinal 71 · number 2.5"),
    ("es", "el cuarto, dos millones y medio", "(number 0.25) · number 2500000"),
    ("en", "1400 GMT, GMT+0100, 2:03:30", "time 840 · code 100 · time 123.5"),
    ("ar", "بين 5 و7 كيلومترات في الساعة, مئتا شخص", "measure 5 kmh · measure 7 kmh · number 200"),
]  # fmt: skip
HEDGED = [
    ("en", "at least 17", "at_least"), ("en", "17 or more", "at_least"), ("en", "up to 17", "at_most"),
    ("de", "rund 17", "about"), ("fr", "près de 17", "nearly"), ("es", "más de 17", "more_than"),
    ("ja", "17人以上", "at_least"), ("zh-Hans", "至少17人", "at_least"), ("ko", "최소 17명", "at_least"),
    ("hi", "17 से अधिक", "more_than"), ("tr", "17'den fazla", "more_than"), ("ar", "ما لا يقل عن 17", "at_least"),
    ("ru", "не менее 17", "at_least"), ("he", "לפחות 17", "at_least"), ("th", "อย่างน้อย 17", "at_least"),
    ("en", "17", None), ("en", "at least, 17", None),
]  # fmt: skip
LANGUAGES = [tag for tag in languages_with_facts() if tag != "pt-BR"]
# Babel's locale and this data differ on purpose: newspapers of these languages write other marks than CLDR has.
_LOCALES = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "pt": "pt_PT", "ar": "ar", "hi": "hi_IN", "bn": "bn"}


def told(figure: Figure) -> str:
    text = f"{figure.kind} {figure.value.normalize():f} {figure.unit}".strip()
    return f"({text})" if figure.weak else text


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_figures_of_a_language(language: str, text: str, expected: str) -> None:
    """Each figure has its kind, its exact value and its unit, and stands where it says."""
    figures = figures_in(text, language)
    assert " · ".join(map(told, figures)) == expected
    assert all(text[figure.start : figure.end] == figure.text for figure in figures)


@pytest.mark.parametrize(("language", "text", "kind"), HEDGED)
def test_approximators(language: str, text: str, kind: str | None) -> None:
    """The word that says how exact a figure is is typed, before or behind it, within its clause."""
    (figure,) = figures_in(text, language)
    assert figure.approximator == kind


def test_every_language_has_data() -> None:
    """Each language with facts can have its figures read."""
    assert [tag for tag in languages_with_facts() if not has_figure_data(tag)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(value=st.integers(0, 9_999_999), places=st.integers(0, 2))
def test_what_babel_writes_is_read_back(language: str, value: int, places: int) -> None:
    """A number in the language's own form has its value, whatever its size; one digit changed has another."""
    number = Decimal(value).scaleb(-places)
    written = format_decimal(number, locale=_LOCALES.get(language, language), decimal_quantization=False)
    figures = figures_in(f"({written})", language)
    assert [figure.value for figure in figures] == [number]
    digit = next(index for index, character in enumerate(written) if character.isdigit())
    changed = written[:digit] + chr(ord(written[digit]) ^ 1) + written[digit + 1 :]
    assert all(number not in figure.values for figure in figures_in(f"({changed})", language))


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str, language: str) -> None:
    """No text breaks the reader, and every span holds what the figure says."""
    for figure in figures_in(text, language):
        assert text[figure.start : figure.end] == figure.text
        assert figure.values


@pytest.mark.parametrize("zero", "٠۰০०௦๐０")
def test_digits_of_every_script(zero: str) -> None:
    """Decimal digits are read in all scripts, in any language."""
    written = "".join(chr(ord(zero) + int(digit)) for digit in "2018")
    assert [figure.value for figure in figures_in(written, "en")] == [2018]


def test_dollars_behind_an_article_are_nobodys_in_particular() -> None:
    """`A$5` is Australian, `a $5 note` is not."""
    assert [figure.unit for figure in figures_in("It cost A$5 and a $7 fee.", "en")] == ["AUD", "USD"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("watu elfu tatu", 3000), ("elfu tatu na mia mbili", 3200), ("mia tano", 500), ("milioni 3.5", 3_500_000)],
)
def test_scales_before_their_amounts(text: str, value: float) -> None:
    """As Swahili has them."""
    assert [float(figure.value) for figure in figures_in(text, "sw")] == [value]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [("de", "um einen halben Prozentpunkt", [0.5]), ("de", "eineinhalb Meter", [1.5]), ("es", "una media hora", [0.5])],
)
def test_article_of_a_fraction_is_no_number(language: str, text: str, values: list[float]) -> None:
    """A half is not one and a half."""
    assert [float(figure.value) for figure in figures_in(text, language)] == values
