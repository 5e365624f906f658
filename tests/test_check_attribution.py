"""Who says it: accusations told as fact, sources that are named without a word of saying, sources that are replaced."""

from __future__ import annotations

import pytest

from summarizer.checks import wording
from summarizer.checks.lines import Claim, Pair

LOST = "attribution_lost"


def in_claim(line: str, evidence: str, language: str = "en") -> set[tuple[str, str]]:
    """The codes and severities found in a line of a summary."""
    found = wording.in_claim(Claim("claim", line, (evidence,), language))
    return {(one.code, one.severity) for one in found}


def in_pair(line: str, source: str, language: str, source_language: str = "en") -> set[tuple[str, str]]:
    """The codes and severities found in a translated line."""
    found = wording.in_pair(Pair("translation", source, line, source_language, language))
    return {(one.code, one.severity) for one in found}


ACCUSED = "The union accused the harbour master of fraud."
ACCUSATIONS = [
    ("de", "Die Gewerkschaft wirft dem Hafenmeister Betrug vor.", "Der Hafenmeister hat einen Betrug begangen."),
    ("es", "El sindicato acusó de fraude al capitán del puerto.", "El capitán del puerto cometió un fraude."),
    ("fr", "Le syndicat accuse le capitaine du port de fraude.", "Le capitaine du port a commis une fraude."),
    ("ru", "Профсоюз обвинил капитана порта в мошенничестве.", "Капитан порта совершил мошенничество."),
    ("el", "Το συνδικάτο κατηγόρησε τον λιμενάρχη για απάτη.", "Ο λιμενάρχης διέπραξε απάτη."),
    ("ar", "اتهمت النقابة مدير الميناء بالاحتيال.", "احتال مدير الميناء على العمال."),
    ("tr", "Sendika, liman müdürünü dolandırıcılıkla suçladı.", "Liman müdürü dolandırıcılık yaptı."),
    ("ja", "労組は港長を詐欺で非難した。", "港長は詐欺を働いた。"),
    ("ko", "노조는 항만장을 사기로 고발했다.", "항만장은 사기를 쳤다."),
    ("zh-Hans", "工会指控港务长欺诈。", "港务长进行了欺诈。"),
    ("zh-Hant", "港務長被控詐欺。", "港務長進行了詐欺。"),
    ("sw", "Mkuu wa bandari ameshtakiwa kwa ulaghai.", "Mkuu wa bandari alifanya ulaghai."),
]


@pytest.mark.parametrize(("language", "kept", "told"), ACCUSATIONS)
def test_an_accusation_is_no_fact(language: str, kept: str, told: str) -> None:
    """What somebody is accused of needs the accuser or a word of doubt in every translation."""
    assert in_pair(kept, ACCUSED, language) == set()
    assert in_pair(told, ACCUSED, language) == {(LOST, "error")}


def test_a_summary_keeps_the_accuser() -> None:
    """Also in the language of the article, and where the accused holds an office; those who accuse accuse nobody here."""
    assert in_claim("The harbour master is accused of fraud.", ACCUSED) == set()
    assert in_claim("The harbour master of the union was in a fraud.", ACCUSED) == {(LOST, "error")}
    line = "Der Bürgermeister hat einen Betrug begangen."
    assert in_pair(line, "The union accused the mayor of fraud.", "de") == {(LOST, "error")}
    source = "Her accusers were shown a picture of the harbour."
    assert in_pair("Ihnen wurde ein Bild des Hafens gezeigt.", source, "de") == set()


COUNTED = "At least nine people were killed in the flood, health officials said."
NAMED = [
    ("de", "Gesundheitsbehörden zählen neun Tote nach der Flut.", "Neun Tote nach der Flut."),
    ("es", "Las autoridades sanitarias cuantifican nueve muertos en la riada.", "Nueve muertos en la riada."),
    ("fr", "Les autorités sanitaires dénombrent neuf morts dans la crue.", "Neuf morts dans la crue."),
    ("pl", "Służby medyczne naliczyły dziewięciu zabitych w powodzi.", "Dziewięciu zabitych w powodzi."),
    ("uk", "Медики нарахували дев'ятьох загиблих у повені.", "Дев'ятеро загиблих у повені."),
    ("ar", "أحصى مسؤولو الصحة تسعة قتلى في الفيضان.", "تسعة قتلى في الفيضان."),
    ("he", "גורמי הבריאות מונים תשעה הרוגים בשיטפון.", "תשעה הרוגים בשיטפון."),
    ("ja", "洪水で9人死亡＝保健当局", "洪水で9人死亡"),
    ("zh-Hans", "卫生部门统计，洪水造成九人死亡。", "洪水造成九人死亡。"),
]


@pytest.mark.parametrize(("language", "named", "bare"), NAMED)
def test_a_source_that_is_named_holds_no_line(language: str, named: str, bare: str) -> None:
    """Where the officials still stand in the line, a verb that is not known is worth a warning at most."""
    assert in_pair(named, COUNTED, language) <= {(LOST, "warning")}
    assert in_pair(bare, COUNTED, language) == {(LOST, "error")}


def test_a_summary_may_name_its_source_in_other_words() -> None:
    """Within one language as well, but all of the sources; an army that is named has said nothing yet."""
    assert in_claim("Health officials counted nine people killed in the flood.", COUNTED) == {(LOST, "warning")}
    assert in_claim("Nine people were killed in the flood.", COUNTED) == {(LOST, "error")}
    hurt = "Six officials were wounded in the hall beside the old harbour, according to the board of the port."
    assert in_claim("Six officials were wounded in the hall beside the old harbour.", hurt) == {(LOST, "error")}
    counted = (
        "国連は金曜日、3月以降にこの地域で約90人が洪水で死亡し、300棟の家屋も大きな被害を受けて破壊されたと発表した。"
    )
    assert in_claim("3月以降に約90人が洪水で死亡したと国連", counted, "ja") == {(LOST, "warning")}
    source = "The army said it had killed nine fighters in the hills."
    assert in_claim("The army killed nine fighters in the hills.", source) == {(LOST, "error")}
    assert in_pair("Die Armee tötete in den Bergen neun Kämpfer.", source, "de") == {(LOST, "error")}


SEEN = "Nine people were killed on the bridge, according to witnesses."
MOVED = [
    ("de", "Nach Angaben von Augenzeugen wurden neun Menschen getötet.", "Nach Angaben der Armee wurden neun Menschen getötet."),
    ("fr", "Neuf personnes ont été tuées, selon des témoins.", "Neuf personnes ont été tuées, selon la police."),
    ("ru", "По словам очевидцев, погибли девять человек.", "По словам полиции, погибли девять человек."),
    ("fa", "به گفته شاهدان نه نفر کشته شدند.", "به گفته ارتش نه نفر کشته شدند."),
    ("hi", "चश्मदीदों के अनुसार नौ लोग मारे गए।", "सेना के अनुसार नौ लोग मारे गए।"),
    ("ko", "목격자들에 따르면 9명이 숨졌다고 한다.", "경찰은 9명이 숨졌다고 밝혔다."),
    ("zh-Hant", "目擊者說，有九人死亡。", "軍方說，有九人死亡。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "right", "moved"), MOVED)
def test_what_witnesses_say_is_not_what_the_army_says(language: str, right: str, moved: str) -> None:
    """Another kind of source in the place of the only one is as wrong as none."""
    assert in_pair(right, SEEN, language) == set()
    assert (LOST, "error") in in_pair(moved, SEEN, language)


def test_a_harmless_source_that_is_replaced_is_only_told() -> None:
    """It holds no line, and a word that stands far from what says it is no source."""
    source = "The bridge opens on Friday, residents said."
    assert in_pair("Die Brücke öffnet nach Angaben der Polizei am Freitag.", source, "de") == {(LOST, "warning")}
    line = "Die Brücke öffnet am Freitag, heißt es, und für den Weg dorthin über den Fluss sorgt die Polizei."
    assert in_pair(line, source, "de") == set()
    assert in_claim("The bridge opens on Friday, police said.", source) == {(LOST, "warning")}


@pytest.mark.parametrize(
    ("language", "evidence", "line"),
    [
        (
            "en",
            "Nine people were killed in the May raid, the ministry said.",
            "Nine people were killed in the May raid.",
        ),
        (
            "en",
            "Nine people were killed at a post office, the ministry said.",
            "Nine people were killed at a post office.",
        ),
        (
            "en",
            "Nine people who could not flee were killed, police said.",
            "Nine people who could not flee were killed.",
        ),
        ("de", "Wie die Behörde mitteilte, gab es neun Tote.", "Es gab neun Tote."),
        ("zh-Hans", "当局称，人群向码头逃跑时有九人死亡。", "人群向码头逃跑时有九人死亡。"),
        ("ja", "当局によると、発表会場で9人が死亡した。", "発表会場で9人が死亡した。"),
    ],
)
def test_everyday_words_name_no_source(language: str, evidence: str, line: str) -> None:
    """A month, a record, a post office or a preposition do not say who says it."""
    assert in_claim(line, evidence, language) == {(LOST, "error")}
