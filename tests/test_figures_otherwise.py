"""Figures that translators of newspapers say in other words: the right translation passes, another value is held."""

from decimal import Decimal

import pytest

from summarizer.checks import check_claim, check_translation
from summarizer.figures import figures_in
from summarizer.figures.durations import Duration, durations_in, same_duration

# An English line, a language, a right translation and a wrong one.
CASES = [
    # amounts of time
    ("They were held for 72 hours.", "de", "Sie wurden drei Tage festgehalten.", "Sie wurden fünf Tage festgehalten."),
    ("They were held for 72 hours.", "pl", "Przetrzymywano ich trzy doby.", "Przetrzymywano ich dwie doby."),
    ("They were held for 72 hours.", "tr", "Üç gün alıkonuldular.", "Dört gün alıkonuldular."),
    ("The choir sang for 90 minutes.", "pt", "O coro cantou hora e meia.", "O coro cantou duas horas e meia."),
    ("He scored 90 seconds later.", "es", "Marcó minuto y medio después.", "Marcó dos minutos después."),
    ("It lasts 30 seconds.", "hu", "Fél percig tart.", "Negyed percig tart."),
    ("It lost money in 52 weeks.", "it", "Ha perso in un anno.", "Ha perso in due anni."),
    ("He is back after 90 days.", "el", "Επέστρεψε ύστερα από τρεις μήνες.", "Επέστρεψε ύστερα από 70 ημέρες."),
    ("The strike lasts two weeks.", "es", "La huelga dura quince días.", "La huelga dura dieciséis días."),
    ("He was freed within 24 hours.", "hu", "Egy napon belül elengedték.", "23 órán belül elengedték."),
    ("He was 6 months old.", "ro", "Avea jumătate de an.", "Avea 7 luni."),
    ("It was banned for 36 hours.", "cs", "Bylo to zakázáno na den a půl.", "Bylo to zakázáno na dva dny."),
    ("The 12-month ban has ended.", "de", "Die einjährige Sperre ist zu Ende.", "Die Sperre von 18 Monaten ist zu Ende."),
    # years without their century, behind letters
    ("Profit rose in FY26.", "de", "Im Geschäftsjahr 2026 stieg der Gewinn.", "Im Geschäftsjahr 2027 stieg der Gewinn."),
    ("Profit rose in FY26.", "fr", "Le bénéfice a progressé en FY26.", "Le bénéfice a progressé en FY27."),
    ("It is part of the AW25 line.", "es", "Es de la línea otoño-invierno 2025.", "Es de la línea otoño-invierno 2024."),
    ("COP29 has begun.", "es", "Ha empezado la COP29.", "Ha empezado la COP de 2029."),
    # shares of a whole
    ("Some 9 in 10 voted.", "hu", "Tízből kilencen szavaztak.", "Tízből nyolcan szavaztak."),
    ("It takes 3/4 of a pound of butter.", "de", "Dazu kommen 340 Gramm Butter.", "Dazu kommen 430 Gramm Butter."),
    ("It is a quarter of a mile away.", "es", "Está a 400 metros.", "Está a 900 metros."),
    ("It left at twenty past three.", "de", "Er fuhr um 15.20 Uhr ab.", "Er fuhr um 15.30 Uhr ab."),
    ("It left at 6:15 p.m. local time (1515 GMT).", "de", "Er fuhr um 18:15 Uhr Ortszeit ab.", "Er fuhr um 18:45 Uhr Ortszeit ab."),
    ("It left at 6:15 p.m. local time (1515 GMT).", "id", "Berangkat pukul 18.15 waktu setempat (22.15 WIB).",
     "Berangkat pukul 18.15 waktu setempat (22.25 WIB)."),
    ("It left at 6:15 p.m. local time (1515 GMT).", "fr", "Il est parti à 18h15 heure locale (15h15 GMT).",
     "Il est parti à 18h15 heure locale (16h15 GMT)."),
    ("Fuel costs 1,020 a litre.", "bn", "জ্বালানির দাম লিটারপ্রতি ১ হাজার ২০।", "জ্বালানির দাম লিটারপ্রতি ১ হাজার ৩০।"),
    ("It lost 3/4 of its value.", "de", "Sie verlor drei Viertel.", "Sie verlor zwei Viertel."),
    ("It sold 1 in 4 shares.", "cs", "Prodala čtvrtinu akcií.", "Prodala pětinu akcií."),
    ("About 9 in 10 voted.", "it", "Ha votato circa il 90%.", "Ha votato circa il 80%."),
    ("It fell to a fifth.", "es", "Bajó al 20 %.", "Bajó al 25 %."),
    ("The two-thirds rule stays.", "ja", "3分の2の規則は残る。", "3分の9の規則は残る。"),
    # names of times and numerals
    ("A man in his mid-40s fell.", "it", "È caduto un uomo di circa 45 anni.", "È caduto un uomo di circa 48 anni."),
    ("The 14th Amendment stays.", "it", "Il XIV emendamento resta.", "Il XVI emendamento resta."),
    ("Pupils of Year 9 left.", "ro", "Elevii clasei a IX-a au plecat.", "Elevii clasei a XI-a au plecat."),
    ("In the early 1800s it grew.", "de", "Anfang des 19. wuchs es.", "Anfang des 18. wuchs es."),
    ("In the early 1800s it grew.", "uk", "На початку XIX воно зросло.", "На початку XVIII воно зросло."),
    ("She won 6-4, 7-6 (8-6).", "it", "Ha vinto 6-4, 7-6 (6).", "Ha vinto 6-4, 7-6 (4)."),
    ("The film starts at 10 tonight.", "it", "Il film comincia alle 22.", "Il film comincia alle 23."),
    ("It is open between 10 and 11pm.", "es", "Abre de 22.00 a 23.00.", "Abre de 21.00 a 23.00."),
    ("It is open between 10 and 11pm.", "pl", "Czynne między 22 a 23.", "Czynne między 20 a 23."),
    ("No 10 said so at 8 sharp.", "de", "Downing Street sagte das um 8 Uhr.", "Downing Street sagte das um 9 Uhr."),
    ("He left at 10:30, an hour late.", "tr", "On buçukta, bir saat geç gitti.", "Dokuz buçukta, bir saat geç gitti."),
    ("It left at 20 past three.", "es", "Salió a las tres y veinte.", "Salió a las tres y treinta."),
    ("She shot a four-under 68.", "de", "Sie spielte eine 68, vier unter Par.", "Sie spielte eine 86, vier unter Par."),
    # halves and powers of ten
    ("It has a million and a half people.", "de", "Es hat 1,5 Millionen Einwohner.", "Es hat 2,5 Millionen Einwohner."),
    ("It took 10-and-a-half hours.", "it", "Ci sono volute dieci ore e mezza.", "Ci sono volute undici ore e mezza."),
    (
        "It has 5,200 members and half a million fans.", "it",
        "Conta 5.200 iscritti e mezzo milione di tifosi.", "Conta 5.200 iscritti e un milione di tifosi.",
    ),
    ("The debt is $21 trillion.", "hu", "Az adósság 21 ezermilliárd dollár.", "Az adósság 21 milliárd dollár."),
    ("It is up from 400,000.", "hu", "Az eddigi 400 ezerrel szemben ennyi.", "Az eddigi 500 ezerrel szemben ennyi."),
    ("It has four times 400,000.", "tr", "400 binin dört katı var.", "500 binin dört katı var."),
    ("It was 400,000 a year ago.", "it", "Erano 400mila di un anno fa.", "Erano 500mila di un anno fa."),
    ("In his first 10 months he won.", "fr", "Il a gagné ses dix premiers mois.", "Il a gagné ses onze premiers mois."),
    ("In his first 10 months he won.", "fi", "Hän voitti kymmenen ensimmäistä.", "Hän voitti yhdeksän ensimmäistä."),
    ("It invited 200 octogenarians.", "it", "Ha invitato duecento ottantenni.", "Ha invitato trecento ottantenni."),
    ("He bats .312 this year.", "tr", "Bu yıl ,312 ile vuruyor.", "Bu yıl ,321 ile vuruyor."),
    # units
    (
        "The 2,500-square-foot house burned.", "de",
        "Das 230 Quadratmeter große Haus brannte.", "Das 320 Quadratmeter große Haus brannte.",
    ),
    ("A 20ft wave hit it.", "hu", "Hatméteres hullám csapott le rá.", "Kilencméteres hullám csapott le rá."),
    ("A 20ft wave hit it.", "uk", "У нього вдарила шестиметрова хвиля.", "У нього вдарила дев'ятиметрова хвиля."),
    ("The 10-acre site is closed.", "fi", "Neljähehtaarinen alue on suljettu.", "Kuusihehtaarinen alue on suljettu."),
    ("Winds of 130 mph hit it.", "it", "Venti di 210 chilometri lo hanno colpito.", "Venti di 310 chilometri lo hanno colpito."),
    ("It rained 10 inches.", "es", "Cayeron 250 litros.", "Cayeron 350 litros."),
    ("The 6-foot-2-inch guard left.", "it", "Il giocatore, un metro e 88, è andato via.", "Il giocatore, un metro e 68, è andato via."),
    (
        "A 15-mile stretch, 8 miles of it flooded, is shut.", "it",
        "Un tratto di 24 chilometri, 13 dei quali allagati, è chiuso.",
        "Un tratto di 24 chilometri, 19 dei quali allagati, è chiuso.",
    ),
    ("It is 200 feet wide.", "it", "È largo una sessantina di metri.", "È largo una quarantina di metri."),
    ("She weighed 22st and lost 9st 4lb.", "de", "Sie wog 140 Kilo und nahm 59 ab.", "Sie wog 160 Kilo und nahm 59 ab."),
    ("The man, who is 5'10\", left.", "pl", "Mężczyzna mierzący 178 cm wyszedł.", "Mężczyzna mierzący 187 cm wyszedł."),
    ("He is 6 ft. 2 in. tall.", "it", "È alto 1,88 metri.", "È alto 1,68 metri."),
    ("Winds of 70 m.p.h. hit it.", "ro", "Vânturi de 113 km/h l-au lovit.", "Vânturi de 131 km/h l-au lovit."),
    ("It is 40 yds. by 2,000 sq. ft. wide.", "cs", "Má 37 metrů a 186 metrů čtverečních.", "Má 37 metrů a 286 metrů čtverečních."),
    (
        "The tide rose 1 to 2 feet in gusts of 50 to 60 mph.", "de",
        "Die Flut stieg um 30 bis 60 Zentimeter bei Böen von 80 bis 97 km/h.",
        "Die Flut stieg um 30 bis 60 Zentimeter bei Böen von 80 bis 79 km/h.",
    ),
    ("The odds are 50-50.", "hu", "Az esély fele-fele.", "Az esély 60-40."),
    ("He led by 49.4% to 41.1%.", "de", "Er führte mit 49,4 zu 41,1 Prozent.", "Er führte mit 49,4 zu 44,1 Prozent."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "language", "right", "wrong"), CASES)
def test_figures_in_other_words(source: str, language: str, right: str, wrong: str) -> None:
    """The right translation passes and the wrong one is held."""
    assert (_errors(source, right, language), bool(_errors(source, wrong, language))) == ([], True)


def _errors(source: str, translation: str, language: str) -> list[str]:
    found = check_translation(source, translation, source_language="en", language=language)
    return [finding.detail for finding in found if finding.severity == "error" and finding.code.startswith("figure_")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("for 72 hours", "en", [("hour", "72")]),
        ("half a minute, a day and 3 weeks", "en", [("week", "3"), ("minute", "0.5"), ("day", "1")]),
        ("minuto y medio", "es", [("minute", "1.5")]),
        ("trzy doby", "pl", [("day", "3")]),
        ("in a fortnight", "en", [("day", "14")]),
    ],
)
def test_durations_of_a_text(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    """Units are counted by the figure beside them, by a half, or are one of it."""
    found = durations_in(figures_in(text, language), text, language)
    assert [(duration.unit, str(duration.number)) for duration in found] == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("hour", 72), ("day", 3), True),
        (("hour", 71), ("day", 3), False),
        (("day", 90), ("month", 3), True),
        (("day", 70), ("month", 3), False),
        (("month", 18), ("year", "1.5"), True),
        (("month", 19), ("year", "1.5"), False),
        (("week", 2), ("day", 15), True),
        (("week", 2), ("day", 16), False),
        (("day", 14), ("day", 15), False),
        (("day", 3), ("day", 3), False),
    ],
)
def test_the_same_amount_of_time(one: tuple[str, int], other: tuple[str, int], same: bool) -> None:
    """Amounts in different units are compared exactly, months and years with days as news rounds them."""
    assert same_duration(_duration(*one), _duration(*other)) is same


def _duration(unit: str, number: int | str) -> Duration:
    return Duration(unit, Decimal(number))


@pytest.mark.parametrize("line", ["فازت ساستيا 4-2.", "فازت ساستيا 4-2 على نورفيا."])
def test_a_score_in_the_evening_is_no_time(line: str) -> None:
    """The smaller number does not come soon after the larger one."""
    assert [item.code for item in check_claim(line, ["فازت ساستيا على نورفيا 4-2 مساء السبت."], language="ar")] == []
