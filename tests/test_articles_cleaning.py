"""What cleaning keeps and removes: characters, boilerplate lines, datelines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.articles.boilerplate import is_boilerplate, without_tail
from summarizer.articles.clean import clean_line, clean_text
from summarizer.articles.dateline import find_dateline
from summarizer.languages import facts, languages_with_facts


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\u200bb\u00adc\u2060d\ufeffe", "abcde"),
        ("\u202eabc\u202c \u2066d\u2069 \u200f\u061ce", "abc d e"),
        ("a\U000e0041\U000e0042b", "ab"),
        ("a\x00b\x07c\x1bd\x9fe", "abcde"),
        ("\ud800a\ue000b\ufdd0c", "abc"),
        ("k\u200ci\u200dll", "kill"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष और क्\u200cष", "क्\u200dष और क्\u200cष"),
        ("👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🏳\ufe0f\u200d🌈", "👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🏳\ufe0f\u200d🌈"),
        ("1\ufe0f000 葛\U000e0100", "1000 葛"),
        ("e\u0301te\u0301", "été"),
        ("1\u00a0000, 10\u202f000 et 5\u2009000", "1\u00a0000, 10\u202f000 et 5\u202f000"),
        ("«\u00a0oui\u00a0» n°\u00a014\u00a0: 50\u202f% !", "«\u00a0oui\u00a0» n°\u00a014\u00a0: 50\u202f% !"),
        ("New\u00a0York\u2003City\t now", "New York City now"),
        ("  a  \r\n\tb\u2028c\x0bd", "a\nb\nc\nd"),
        ("着工　五月　", "着工　五月"),
    ],
)
def test_cleaning_keeps_what_a_reader_sees(given_text: str, kept: str) -> None:
    """Invisible characters go, spelling and typography stay."""
    assert clean_text(given_text) == kept


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_is_idempotent_and_writable(text: str) -> None:
    """Clean text stays as it is and can be written as UTF-8."""
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned


def test_a_line_has_no_line_breaks() -> None:
    """Titles are on one line, and an empty one is none."""
    assert clean_line(" A \n B\u202f: ") == "A B\u202f:"
    assert clean_line(" \u200b ") is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Follow us on:"),
        ("en", "Follow us on Facebook, X and Instagram"),
        ("en", "Sign up to our newsletter and get the day's main stories every morning."),
        ("en", "Reporting by Ada North; editing by Ben West"),
        ("en", "READ ALSO: Ferry crews return to work"),
        ("de", "Folgen Sie uns auf Facebook, X und LinkedIn"),
        ("de", "Foto: Karl Beispiel/Agentur"),
        ("es", "Síguenos en Telegram"),
        ("fr", "À lire aussi : Trois ans de pertes"),
        ("fr", "S’abonner"),
        ("ru", "Читайте также: Паром вернулся"),
        ("uk", "Підписуйтесь на наш канал у Telegram"),
        ("ar", "اقرأ أيضا: لماذا تتكرر السيول؟"),
        ("fa", "بیشتر بخوانید: پل تازه"),
        ("he", "קראו גם: הגשר החדש"),
        ("hi", "यह भी पढ़ें: नया पुल"),
        ("ja", "写真＝新しい橋（市提供）"),
        ("ko", "무단 전재 및 재배포 금지"),
        ("th", "อ่านเพิ่มเติม: สะพานใหม่"),
        ("zh-Hans", "责任编辑：陈某"),
        ("zh-Hant", "延伸閱讀：新橋通車"),
        ("pt-BR", "Leia também: Nova ponte"),
        ("vi", "Xem thêm: Cầu mới"),
        ("sw", "Soma pia: Daraja jipya"),
        ("en", "Download the app today."),
        ("en", "This story has been updated."),
        ("en", "This story has been updated to include the mayor's answer."),
        ("en", "The Associated Press contributed to this report."),
        ("en", "Ada North in Geneva and Ben West in Bern contributed to this reporting."),
        ("de", "Dieser Artikel wurde aktualisiert."),
        ("fr", "L’Agence France-Presse a contribué à cet article."),
        ("es", "The Associated Press contribuyó a este reportaje."),
        ("pt-BR", "Baixe o aplicativo."),
        ("ru", "Материал обновлён."),
        ("ar", "تم تحديث هذا الخبر."),
        ("ja", "この記事は更新されました。"),
        ("en", "© 2026 Example News. All rights reserved."),
        ("xx", "https://example.org/bridge"),
        ("en", "* * *"),
    ],
)
def test_boilerplate_is_recognised(language: str, line: str) -> None:
    """Whole lines of page furniture are known in each language."""
    assert is_boilerplate(line, language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Follow us, the minister told the crowd."),
        ("en", "Follow us on this road, the minister told the crowd."),
        ("en", "Reporting by the newspaper showed that the minister had lied."),
        ("en", "Photographs of the bridge were shown to the council."),
        ("en", "X marks the place where the bridge will stand."),
        ("en", "Read also: " + "the story of the bridge " * 10),
        ("en", "Ada North contributed to this report by the council on the price of bridges."),
        ("en", "Heavy rain contributed to the fall of the bridge."),
        ("en", "Download the application form, the council told residents."),
        ("fr", "Publié le 4 juin, le rapport accuse la région."),
        ("fi", "Seuraa poliisia myös Facebookissa, ministeri sanoi."),
        ("id", "Ilustrasi itu dibuat oleh seorang pelajar."),
        ("he", "הצטרפו לקבוצת החברות שזכו במכרז."),
        ("zh-Hans", "关注微信支付的投资者表示，新规将提高成本。"),
        ("th", "ภาพจากกล้องวงจรปิดเผยให้เห็นรถสองคัน"),
        ("ja", "アプリのダウンロード数は百万回を超えた。"),
    ],
)
def test_sentences_that_begin_like_boilerplate_stay(language: str, line: str) -> None:
    """A sentence of the story is never taken for a call to follow."""
    assert not is_boilerplate(line, language)


@pytest.mark.parametrize("language", languages_with_facts())
def test_every_language_has_lines_that_match_themselves(language: str) -> None:
    """The data of every language compile, and each line without a placeholder is boilerplate."""
    lines = [line for line in facts(language, "boilerplate")["lines"] if not {"*", "@"} & set(line)]
    assert [line for line in lines if not is_boilerplate(line, language)] == []


def test_a_tail_is_cut_behind_a_sentence_only() -> None:
    """Boilerplate glued to the last sentence goes, and the sentence stays."""
    assert without_tail("It opened on Friday.Follow us on:", "en") == "It opened on Friday."
    assert without_tail("It opened on Friday. Read also: Ferry", "en") == "It opened on Friday."
    assert without_tail("They said: follow us on Facebook", "en") == "They said: follow us on Facebook"


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("ROSTHAVEN, 14 May (Example News) - ", "The port signed."),
        ("ALTHAGEN, 14. Mai (Beispiel) – ", "Die Bank senkte."),
        ("Madrid, 12 mar (EFE).- ", "El Gobierno aprobó."),
        ("GENEVA — ", "At least 17 people died."),
        ("القاهرة (رويترز) - ", "قال الوزير."),
        ("МОСКВА, 4 ноября. /ТАСС/. ", "Президент сказал."),
        ("नई दिल्ली, 4 नवंबर (भाषा) ", "सरकार ने कहा।"),
        ("新华社北京11月4日电 ", "国务院宣布。"),
        ("［ロンドン　４日　ロイター］ - ", "英国は述べた。"),
        ("(서울=연합뉴스) 김철수 기자 = ", "정부는 밝혔다."),
    ],
)
def test_datelines_are_found(dateline: str, rest: str) -> None:
    """Place, day and agency come before the first sentence, as each region writes them."""
    found, start = find_dateline(dateline + rest)
    assert found
    assert dateline.startswith(found)
    assert (dateline + rest)[start:] == rest


@pytest.mark.parametrize(
    "text",
    [
        "NATO – the alliance – met on Friday.",
        "UNICEF: Children are hungry.",
        "Prices rose (again) - analysts say.",
        "The minister (Labour) - who resigned - spoke.",
        "The bank - BERLIN - closed.",
        "AZ - Ajax ended 2-1.",
    ],
)
def test_a_dash_does_not_make_a_dateline(text: str) -> None:
    """The subject of a sentence is not cut off."""
    assert find_dateline(text) == (None, 0)
