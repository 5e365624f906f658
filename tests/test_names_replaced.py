"""Names of people that a translation replaces, in scripts without capitals and beside words that only look like names."""

from __future__ import annotations

import pytest

from summarizer.checks.lines import Pair
from summarizer.checks.names import in_pair
from summarizer.names.people import people_in
from summarizer.names.sounds import unlike
from summarizer.names.words import words_in

FULL = "Marcus Haldane welcomed the ruling on Friday."
# How a line about him is written, with a name for his surname between braces, and somebody else's surname.
FULL_NAMES = [
    ("ar", "رحب ماركوس {هالدين} بالحكم يوم الجمعة", "هندرسون"),
    ("he", "מרקוס {הלדיין} בירך על פסק הדין ביום שישי", "אברנתי"),
    ("fa", "مارکوس {هالدین} روز جمعه از این حکم استقبال کرد", "هندرسون"),
    ("ur", "مارکس {ہالڈین} نے جمعے کو فیصلے کا خیر مقدم کیا", "ہینڈرسن"),
    ("hi", "मार्कस {हाल्डेन} ने शुक्रवार को फ़ैसले का स्वागत किया", "हेंडरसन"),
    ("bn", "মার্কাস {হ্যালডেন} শুক্রবার রায়কে স্বাগত জানিয়েছেন", "হেন্ডারসন"),
    ("ta", "மார்கஸ் {ஹால்டேன்} வெள்ளியன்று தீர்ப்பை வரவேற்றார்", "ஹெண்டர்சன்"),
    ("ko", "마커스 {홀데인}는 금요일 판결을 환영했다", "헨더슨"),
    ("th", "มาร์คัส {ฮัลเดน} ยินดีกับคำตัดสินเมื่อวันศุกร์", "เฮนเดอร์สัน"),
    ("ja", "マーカス・{ハルデーン}氏は金曜日、判決を歓迎した。", "アバナシー"),
    ("zh-Hans", "马库斯·{霍尔丹}周五对判决表示欢迎。", "亨德森"),
    ("zh-Hant", "馬庫斯·{霍爾丹}週五對判決表示歡迎。", "亨德森"),
]
BARE = "Haldane said on Friday that the bridge was safe."
BARE_NAMES = [
    ("ar", "قال {هالدين} يوم الجمعة إن الجسر آمن", "أبرناثي"),
    ("he", "{הלדיין} אמר ביום שישי שהגשר בטוח", "אברנתי"),
    ("fa", "{هالدین} روز جمعه گفت که پل ایمن است", "ابرناتی"),
    ("ur", "{ہالڈین} نے جمعے کو کہا کہ پل محفوظ ہے", "ایبرنیتھی"),
    ("hi", "{हाल्डेन} ने शुक्रवार को कहा कि पुल सुरक्षित है", "एबरनेथी"),
    ("bn", "{হ্যালডেন} শুক্রবার বলেছেন সেতুটি নিরাপদ", "অ্যাবারনাথি"),
    ("ta", "{ஹால்டேன்} வெள்ளியன்று பாலம் பாதுகாப்பானது என்று கூறினார்", "தோர்ன்பரி"),
    ("ko", "{홀데인}은 금요일 다리가 안전하다고 말했다", "애버내시"),
    ("zh-Hans", "{霍尔丹}周五表示，这座桥是安全的。", "阿伯纳西"),
    ("zh-Hant", "{霍爾丹}週五表示，這座橋是安全的。", "阿伯納西"),
]
# Names of the news as ar, he, fa, ur, hi, bn, ta, ko and th write them, from general knowledge of the languages.
SCRIPTS = ("ar", "he", "fa", "ur", "hi", "bn", "ta", "ko", "th")
HEARD = {
    "Thatcher": "تاتشر|תאצ'ר|تاچر|تھیچر|थैचर|থ্যাচার|தாட்சர்|대처|แทตเชอร์",
    "Nixon": "نيكسون|ניקסון|نیکسون|نکسن|निक्सन|নিক্সন|நிக்சன்|닉슨|นิกสัน",
    "Jackson": "جاكسون|ג'קסון|جکسون|جیکسن|जैक्सन|জ্যাকসন|ஜாக்சன்|잭슨|แจ็กสัน",
    "Walker": "ووكر|ווקר|واکر|واکر|वॉकर|ওয়াকার|வாக்கர்|워커|วอล์กเกอร์",
    "Powell": "باول|פאוול|پاول|پاول|पॉवेल|পাওয়েল|பவல்|파월|พาวเวลล์",
    "Schumacher": "شوماخر|שומאכר|شوماخر|شوماکر|शूमाकर|শুমাখার|ஷூமாக்கர்|슈마허|ชูมัคเกอร์",
    "Kennedy": "كينيدي|קנדי|کندی|کینیڈی|केनेडी|কেনেডি|கென்னடி|케네디|เคนเนดี",
    "Macron": "ماكرون|מקרון|مکرون|میکرون|मैक्रों|মাখোঁ|மேக்ரான்|마크롱|มาครง",
    "Djokovic": "ديوكوفيتش|ג'וקוביץ'|جوکوویچ|جوکووچ|जोकोविच|জোকোভিচ|ஜோகோவிச்|조코비치|ยอโควิช",
    "Guardiola": "غوارديولا|גווארדיולה|گواردیولا|گارڈیولا|गार्डियोला|গার্দিওলা|கார்டியோலா|과르디올라|กวาร์ดิโอลา",
    "Menon": "مينون|מנון|منون|مینن|मेनन|মেনন|மேனன்|메논|เมนอน",
}


def severities(source: str, text: str, tag: str) -> list[str]:
    """How bad the check finds the names of a translation from English."""
    return [found.severity for found in in_pair(Pair("bullets[0]", source, text, "en", tag))]


@pytest.mark.parametrize(("source", "tag", "line", "other"), [
    *((FULL, *row) for row in FULL_NAMES),
    *((BARE, *row) for row in BARE_NAMES),
])  # fmt: skip
def test_somebody_else_in_the_place_of_a_person_is_an_error(source: str, tag: str, line: str, other: str) -> None:
    """A stranger beside a kept given name, a verb of saying or at the beginning holds; the right name never does."""
    right = line[line.index("{") + 1 : line.index("}")]
    assert severities(source, line.replace(f"{{{right}}}", right), tag) == []
    assert severities(source, line.replace(f"{{{right}}}", other), tag) == ["error"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ar", "قال إن الجسر آمن"),
        ("ur", "انہوں نے جمعے کو کہا کہ پل محفوظ ہے"),
        ("hi", "उन्होंने शुक्रवार को कहा कि पुल सुरक्षित है"),
        ("fa", "او روز جمعه گفت که پل ایمن است"),
    ],
)
def test_a_pronoun_in_the_place_of_a_person_is_no_error(tag: str, text: str) -> None:
    """Who was named before may be *he*: that is told, and does not hold."""
    assert severities(BARE, text, tag) == ["warning"]


@pytest.mark.parametrize(("name", "tag", "form"), [
    (name, tag, form) for name, forms in HEARD.items() for tag, form in zip(SCRIPTS, forms.split("|"), strict=True)
])  # fmt: skip
def test_names_of_the_news_are_heard(name: str, tag: str, form: str) -> None:
    """Letters that are silent, doubled or left out make no other name."""
    assert severities(f"Pat {name} spoke to reporters.", f"{form}", tag) == []


@pytest.mark.parametrize(
    ("tag", "text"), [("zh-Hans", "Henderson周五表示，这座桥是安全的。"), ("ko", "Henderson은 금요일 말했다")]
)
def test_latin_letters_beside_others_write_a_name(tag: str, text: str) -> None:
    """A name in Latin letters is seen where no space parts it from the next sign."""
    assert severities(BARE, text, tag) == ["error"]
    assert severities(BARE, text.replace("Henderson", "Haldane"), tag) == []


@pytest.mark.parametrize(
    ("tag", "source", "text"),
    [
        ("pl", "Gunmen abducted 40 villagers.", "Uzbrojeni napastnicy uprowadzili 40 mieszkańców Zamfary."),
        ("de", "Gunmen abducted 40 villagers.", "Bewaffnete verschleppten im Bundesstaat Zamfara 40 Menschen."),
        ("de", "Haldane scored again.", "Noch in der ersten Halbzeit traf er erneut."),
        ("ja", "Haldane plays a surgeon.", "このドラマで外科医を演じる。"),
        ("sw", "The Duchess of Halden was there.", "Binti Mfalme wa Halden alikuwepo."),
    ],
)
def test_what_is_no_name_is_not_replaced(tag: str, source: str, text: str) -> None:
    """Plurals, titles and loanwords are nobody, and a noun behind an article is no name in the place of one."""
    assert "error" not in severities(source, text, tag)


def test_an_opener_that_does_nothing_is_only_doubted() -> None:
    """A rare word that begins an English line may be no name, unless it acts or a comma follows."""
    text = "Hujan deras mengguyur Nairobi, kata Palang Merah."
    assert severities("Torrential rain hit Nairobi, the Red Cross said.", text, "id") == ["warning"]
    for line in ("Haldane testified there.", "Haldane, 40, was there."):
        assert [(one.name, one.opens) for one in people_in(line, "en")] == [("Haldane", True)]
        assert severities(line, "Orang Abernathy ada di sana.", "id") == ["error"]


def test_given_names_that_are_words_belong_to_the_name() -> None:
    """Peter, Mark and Chris are people before a surname; a saint's street has none."""
    assert [one.name for one in people_in("It was Peter Haldane who met Mark Ellery there", "en")] == [
        "Peter Haldane",
        "Mark Ellery",
    ]


def test_a_common_word_is_not_heard_as_a_name() -> None:
    """What sounds a little like a name stands for it only where people seldom write it; قانون is the law."""
    line = "{} نے جمعے کو کہا کہ قانون درست ہے"
    for name, found in (("کاوانا", []), ("ایبرنیتھی", ["error"])):
        assert severities("Kavanaugh said on Friday that the law was right.", line.format(name), "ur") == found


def test_two_characters_behind_the_dot_are_a_name() -> None:
    """A short name is no chance where Chinese parts given name and surname."""
    source = "The court heard Marcus Haldane."
    assert severities(source, "法庭听取了马库斯·凯恩的陈述。", "zh-Hans") == ["error"]
    assert severities(source, "法庭听取了凯恩的陈述。", "zh-Hans") == []


def test_a_geresh_is_no_ending() -> None:
    """The apostrophe of Hebrew makes another sound of a letter, that of Turkish parts an ending."""
    assert [word.text for word in words_in("תאצ'ר Ankara'da")] == ["תאצ'ר", "Ankara"]


@pytest.mark.parametrize(
    ("name", "word", "tag"), [("Menon", "مینن", "ur"), ("Bennett", "בנט", "he"), ("Perera", "פררה", "he")]
)
def test_a_consonant_twice_may_have_a_vowel_between(name: str, word: str, tag: str) -> None:
    """Scripts that leave out vowels double no consonant."""
    assert unlike(name, [word], tag) <= 0.25
