"""Language identification: scripts, function words, the model, and what a source says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import identify as identification
from summarizer.errors import InputError
from summarizer.identify import Identified, identify, script_fits

ENGLISH = (
    "The council voted on Tuesday to build a new bridge over the river, and the mayor said that the work would begin in "
    "May. It will replace a ferry that has carried passengers since 1921, according to the city."
)
GERMAN = (
    "Der Rat hat am Dienstag beschlossen, eine neue Brücke über den Fluss zu bauen. Die Arbeiten sollen im Mai beginnen "
    "und werden nach Angaben der Stadt mehr als vier Millionen Euro kosten."
)
INDONESIAN = (
    "Dewan kota memutuskan pada hari Selasa untuk membangun jembatan baru di atas sungai itu. Wali kota mengatakan bahwa "
    "pekerjaan akan dimulai pada bulan Mei karena anggaran sudah tersedia."
)
SERBIAN = "Градско веће је у уторак одлучило да се преко реке изгради нови мост, а радови би требало да почну у мају."
TEXTS = {
    "en": ENGLISH,
    "de": GERMAN,
    "id": INDONESIAN,
    "fr": "Le conseil a décidé mardi de construire un nouveau pont sur le fleuve, et les travaux commenceront en mai, a dit "
    "le maire. Il remplacera un bac qui transporte des passagers depuis plus de cent ans.",
    "es": "El consejo decidió el martes construir un nuevo puente sobre el río, y las obras empezarán en mayo, según dijo la "
    "alcaldesa. El puente sustituirá a una barca que lleva pasajeros desde hace más de cien años.",
    "tr": "Belediye meclisi salı günü nehrin üzerine yeni bir köprü yapılmasına karar verdi ve başkan çalışmaların mayıs "
    "ayında başlayacağını söyledi. Köprü, yüz yıldan fazla bir süredir yolcu taşıyan feribotun yerini alacak.",
    "ru": "Городской совет во вторник решил построить новый мост через реку, и работы, как сказала мэр, начнутся в мае. Он "
    "заменит паром, который перевозит пассажиров уже более ста лет.",
    "sr": SERBIAN,
    "ar": "قرر المجلس يوم الثلاثاء بناء جسر جديد على النهر، وقالت رئيسة البلدية إن العمل سيبدأ في مايو. وسيحل محل العبارة التي تنقل "
    "الركاب منذ أكثر من مئة عام.",
    "fa": "شورای شهر روز سه‌شنبه تصمیم گرفت که پل تازه‌ای بر روی رودخانه ساخته شود و شهردار گفت که کار در ماه مه آغاز می‌شود و این پل "
    "به جای کشتی خواهد بود.",
    "ur": "شہر کی کونسل نے منگل کو فیصلہ کیا کہ دریا پر ایک نیا پل بنایا جائے گا اور میئر نے کہا کہ کام مئی میں شروع ہو گا۔ یہ پل اس کشتی "
    "کی جگہ لے گا جو سو سال سے چل رہی ہے۔",
    "hi": "नगर परिषद ने मंगलवार को नदी पर एक नया पुल बनाने का फैसला किया और महापौर ने कहा कि काम मई में शुरू होगा। यह पुल उस नाव की जगह लेगा जो सौ साल से "
    "यात्रियों को ले जा रही है।",
    "th": "สภาเมืองมีมติเมื่อวันอังคารให้สร้างสะพานใหม่ข้ามแม่น้ำ และนายกเทศมนตรีกล่าวว่างานจะเริ่มในเดือนพฤษภาคม",
    "he": "מועצת העיר החליטה ביום שלישי לבנות גשר חדש מעל הנהר, וראש העיר אמרה שהעבודות יתחילו במאי.",
    "ko": "시의회는 화요일 강 위에 새 다리를 놓기로 결정했으며 공사는 5월에 시작될 것이라고 시장이 말했다.",
    "ja": "市議会は火曜日、川に新しい橋を架けることを決めた。工事は五月に始まると市長は述べた。",
    "zh-Hans": "市议会周二决定在河上修建一座新桥，市长说，工程将于五月开始，并将取代运行了一百多年的渡轮。",
    "zh-Hant": "市議會週二決定在河上修建一座新橋，市長說，工程將於五月開始，並將取代運行了一百多年的渡輪。",
}


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the model fails the test."""

    def refuse() -> None:
        pytest.fail("the model was loaded")

    monkeypatch.setattr(identification, "_model", refuse)


@pytest.mark.parametrize("tag", TEXTS)
def test_two_sentences_of_news_are_identified_with_certainty(tag: str) -> None:
    """Each language is told from its neighbours by two sentences."""
    assert identify(TEXTS[tag]) == (tag, True)


@pytest.mark.usefixtures("without_model")
@pytest.mark.parametrize(
    "tag", ["en", "de", "fr", "es", "ru", "ar", "fa", "ur", "hi", "th", "he", "ko", "ja", "zh-Hans"]
)
def test_clear_texts_do_not_load_the_model(tag: str) -> None:
    """Scripts and function words decide without the second that the model takes to load."""
    assert identify(TEXTS[tag]).tag == tag


def test_a_quotation_in_another_language_does_not_decide() -> None:
    """The language is that of the text around the quotations."""
    assert identify(f"{GERMAN[:120]} sagte sie. „{ENGLISH}“").tag == "de"


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        (ENGLISH, "en-GB", Identified("en", certain=True)),
        (ENGLISH, "de", Identified("en", certain=True)),
        (ENGLISH, "ru", Identified("en", certain=True)),
        (SERBIAN, "hr", Identified("sr", certain=True)),
        (INDONESIAN, "ms", Identified("ms", certain=True)),
        (TEXTS["zh-Hant"], "zh-CN", Identified("zh-Hant", certain=True)),
        ("Berlin, Paris, Rom", "de", Identified("de", certain=False)),
    ],
)
def test_a_hint_counts_where_the_text_does_not_speak_against_it(text: str, hint: str, expected: Identified) -> None:
    """Close languages and short texts follow the hint; another script or clear words overrule it."""
    assert identify(text, hint=hint) == expected


def test_languages_that_differ_little_are_left_to_the_model() -> None:
    """Function words of Indonesian are those of Malay, so they do not decide."""
    shared = "Dewan itu akan membangun jembatan baru di atas sungai pada tahun ini dan mereka sudah mulai dengan dana dari kota "
    votes, decisive = identification._vote(shared + "untuk para warga, kata dia kepada kami.", "Latn")
    assert set(list(votes)[:2]) == {"id", "ms"}
    assert not decisive


def test_a_brazilian_hint_keeps_its_region() -> None:
    """A region is not seen in a text, so that of the hint stays."""
    text = "O conselho decidiu na terça-feira construir uma nova ponte sobre o rio, e as obras vão começar em maio."
    assert identify(text, hint="pt_BR").tag == "pt-BR"


def test_candidates_are_answered_as_they_were_given() -> None:
    """The answer is one of the candidates, and uncertain where the text is in none of them."""
    assert identify(GERMAN, candidates=["en-GB", "de-DE"]) == ("de-DE", True)
    assert identify(ENGLISH, candidates=["ar", "ru"]) == ("ar", False)
    assert not identify(GERMAN, candidates=["en", "fr"]).certain


def test_a_candidate_must_be_a_language() -> None:
    """A wrong tag is the caller's mistake."""
    with pytest.raises(InputError, match="language tag"):
        identify(ENGLISH, candidates=["e"])


@pytest.mark.parametrize("text", ["", "   ", "123 456", "!?"])
def test_without_letters_there_is_no_language(text: str) -> None:
    """Nothing to read is `und`, and uncertain."""
    assert identify(text) == ("und", False)


def test_a_few_words_are_uncertain() -> None:
    """A line that many languages share is not claimed for one."""
    assert not identify("Ankara, Paris").certain


@pytest.mark.parametrize(
    ("tag", "fits"), [("en", True), ("de", True), ("ru", False), ("ja", False), ("zh-Hans", False)]
)
def test_the_script_of_a_language_is_known(tag: str, fits: bool) -> None:
    """English text fits every language of the Latin alphabet and no other."""
    assert script_fits(ENGLISH, tag) is fits


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    """Script detection never fails, whatever the characters."""
    script, certain = identification._script(identification.outside_quotes(text))
    assert script or not certain
