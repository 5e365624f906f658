"""The checks of a draft and of a translation: shape, copies, language and script, leaks, lengths."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.checks import CODES, sets
from summarizer.checks.copies import left_over, repeated_in_translation
from summarizer.checks.leaks import leaks
from summarizer.checks.lengths import in_pair, lengths, words
from summarizer.checks.lines import Line, Pair, passage
from summarizer.identify import words_only_in
from summarizer.languages import direction_of, languages_with_facts
from summarizer.records import Article, Bullet, Draft, Finding, Translation, bullet_place, line_of
from summarizer.testing import fake_article

# What a line says beside its source has tests of its own; here texts need not mean the same.
ABOUT_MEANING = {
    "attribution_lost", "first_person", "language_unchecked", "legal_stage", "length_ratio", "loaded_word", "name_changed",
    "name_new", "polarity_changed", "quote_changed", "quote_long", "quote_speaker_lost", "quotes_differ",
    "register_wrong", "relative_day", "role_changed", "saying_loaded",
}  # fmt: skip


def check_summary(draft: Draft, article: Article) -> tuple[Finding, ...]:
    """The findings about shape, evidence, language, leaks and lengths."""
    return without_meaning(sets.check_summary(draft, article))


def check_translated(draft: Draft, translation: Translation) -> tuple[Finding, ...]:
    """The same for a translation."""
    return without_meaning(sets.check_translated(draft, translation))


def without_meaning(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(item for item in findings if item.code not in ABOUT_MEANING and not item.code.startswith("figure_"))


ENGLISH = (
    "Harbour board approves a second ferry pier",
    "The board of the harbour approved a second pier for the ferries on Tuesday.",
    "The pier will cost 12.4 million euros, according to the chair, Ada Brandvold.",
    "Residents had asked for a path along the water, which is not part of the plan.",
    "Work is to begin in May and to end two years later, the board said.",
)
TRANSLATED = {
    "es": (
        "El puerto aprueba un segundo muelle para los transbordadores",
        "La autoridad del puerto aprobó el martes un segundo muelle para los transbordadores.",
        "El muelle costará 12,4 millones de euros, según la presidenta, Ada Brandvold.",
        "Los vecinos habían pedido un camino junto al agua, que no forma parte del plan.",
        "Las obras empezarán en mayo y terminarán dos años después, dijo la autoridad.",
    ),
    "de": (
        "Hafenamt genehmigt zweiten Anleger für Fähren",
        "Die Leitung des Hafens hat am Dienstag einen zweiten Anleger für die Fähren genehmigt.",
        "Der Anleger wird nach Angaben der Vorsitzenden Ada Brandvold 12,4 Millionen Euro kosten.",
        "Die Anwohner hatten einen Weg am Wasser verlangt, der nicht zum Plan gehört.",
        "Die Arbeiten sollen im Mai beginnen und zwei Jahre dauern, teilte die Leitung mit.",
    ),
    "ru": (
        "Порт получит второй причал для паромов",
        "Правление порта во вторник одобрило строительство второго причала для паромов.",
        "Причал обойдётся в 12,4 млн евро, сообщила председатель Ada Brandvold.",
        "Жители просили проложить дорожку у воды, которой в плане нет.",
        "Работы начнутся в мае и закончатся через два года, сообщило правление.",
    ),
    "ar": (
        "مجلس الميناء يوافق على رصيف ثان للعبارات",
        "وافق مجلس الميناء يوم الثلاثاء على بناء رصيف ثان للعبارات في المدينة.",
        "ستبلغ تكلفة الرصيف 12.4 مليون يورو، وفقا لرئيسة المجلس Ada Brandvold.",
        "وكان السكان قد طلبوا ممرا على طول الماء، وهو ليس جزءا من الخطة.",
        "ومن المقرر أن يبدأ العمل في مايو وأن ينتهي بعد عامين، بحسب المجلس.",
    ),
    "ja": (
        "港湾局、フェリーの第2桟橋を承認",
        "港湾局は火曜日、フェリーのための第2桟橋の建設を承認した。",
        "桟橋の費用は1240万ユーロになると、局長のAda Brandvold氏は述べた。",
        "住民は水辺の小道を求めていたが、計画には含まれていない。",
        "工事は5月に始まり、2年後に終わる予定だと港湾局は発表した。",
    ),
    "zh-Hans": (
        "港务局批准修建第二个渡轮码头",
        "港务局周二批准为渡轮修建第二个码头，这个码头将在两年后启用。",
        "局长Ada Brandvold说，码头的费用为1240万欧元，由市政府承担。",
        "居民曾要求在水边修一条小路，但计划里没有这条路。",
        "港务局说，工程将于五月开始，两年后结束，渡轮不会停航。",
    ),
    "zh-Hant": (
        "港務局批准修建第二個渡輪碼頭",
        "港務局週二批准為渡輪修建第二個碼頭，這個碼頭將在兩年後啟用。",
        "局長Ada Brandvold說，碼頭的費用為1240萬歐元，由市政府承擔。",
        "居民曾要求在水邊修一條小路，但計劃裡沒有這條路。",
        "港務局說，工程將於五月開始，兩年後結束，渡輪不會停航。",
    ),
    "th": (
        "การท่าเรืออนุมัติท่าเรือเฟอร์รี่แห่งที่สอง",
        "คณะกรรมการท่าเรืออนุมัติการสร้างท่าเรือเฟอร์รี่แห่งที่สองเมื่อวันอังคาร",
        "ท่าเรือนี้จะใช้งบประมาณ 12.4 ล้านยูโร ตามคำกล่าวของประธาน Ada Brandvold",
        "ชาวบ้านเคยขอทางเดินริมน้ำ แต่ทางเดินนั้นไม่ได้อยู่ในแผน",
        "งานจะเริ่มในเดือนพฤษภาคมและเสร็จในอีกสองปี คณะกรรมการกล่าว",
    ),
    "nb": (
        "Havnestyret godkjenner ny kai for fergene",
        "Styret i havnen godkjente på tirsdag en ny kai for fergene i byen.",
        "Kaien vil koste 12,4 millioner euro, ifølge styrelederen Ada Brandvold.",
        "Beboerne hadde bedt om en sti langs vannet, som ikke er en del av planen.",
        "Arbeidet skal begynne i mai og være ferdig to år senere, sier styret.",
    ),
    "id": (
        "Otoritas pelabuhan menyetujui dermaga feri kedua",
        "Dewan pelabuhan pada hari Selasa menyetujui dermaga kedua untuk kapal feri.",
        "Dermaga itu akan menelan biaya 12,4 juta euro, menurut ketua dewan, Ada Brandvold.",
        "Warga telah meminta jalan di tepi air, yang tidak termasuk dalam rencana tersebut.",
        "Pekerjaan akan dimulai pada bulan Mei dan selesai dua tahun kemudian, kata dewan.",
    ),
}  # fmt: skip
CLOSE = [{"zh-Hans", "zh-Hant"}]


def english(lines: Sequence[str] = ENGLISH) -> tuple[Draft, Article]:
    """An English draft of these lines, and an article whose sentences carry them and say a little more."""
    article = fake_article(" ".join(f"It was said that {line.rstrip('.')}." for line in [*lines[1:], "all was well"]))
    evidence = [article.evidence([number]) for number in range(1, len(lines))]
    bullets = tuple(Bullet(text=text, evidence=cited) for text, cited in zip(lines[1:], evidence, strict=True))
    return Draft(language="en", headline=lines[0], headline_evidence=article.evidence([1]), bullets=bullets), article


def translation(lines: Sequence[str], language: str) -> Translation:
    return Translation(
        language=language, direction=direction_of(language), status="ok", headline=lines[0], bullets=tuple(lines[1:]),
        engine="llm", source_hash=None,
    )  # fmt: skip


def places(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(found.code, found.where) for found in findings]


def in_draft(text: str, index: int = 1) -> list[tuple[str, str]]:
    """What is found in the English draft where this line stands in it, and in no cited sentence."""
    draft, article = english()
    if index == 0:
        return places(check_summary(draft.model_copy(update={"headline": text}), article))
    bullets = list(draft.bullets)
    bullets[index - 1] = bullets[index - 1].model_copy(update={"text": text})
    return places(check_summary(draft.model_copy(update={"bullets": tuple(bullets)}), article))


def in_translation(language: str, index: int, line: str) -> list[tuple[str, str]]:
    """What is found in the translation into a language where a line is another one."""
    lines = list(TRANSLATED[language])
    lines[index] = line
    return places(check_translated(english()[0], translation(lines, language)))


def test_a_clean_draft_has_no_finding() -> None:
    """A draft of plain lines passes every check."""
    assert check_summary(*english()) == ()


def test_line_in_another_language_is_not_compared_by_its_words() -> None:
    """That its figures and names are missing says nothing more."""
    lines = list(TRANSLATED["es"])
    lines[2] = "Les travaux du deuxième quai commenceront au printemps dans le port de la ville."
    found = sets.check_translated(english()[0], translation(lines, "es"))
    assert {item.code for item in found if item.where == "bullets[1]"} == {"language_wrong"}


def test_language_without_figure_data_is_said_once() -> None:
    """Of what somebody wrote; an article's own sentences need no comparing."""
    article = fake_article(
        "Mestna hiša stoji ob reki. Most čez reko so zaprli zaradi popravil na cesti.", language="sl"
    )
    cited = article.evidence([1])
    own = Draft(
        language="sl",
        headline=cited[0].text,
        headline_evidence=cited,
        bullets=(Bullet(text=cited[0].text, evidence=cited),),
    )
    assert "language_unchecked" not in {item.code for item in sets.check_summary(own, article)}
    written = own.model_copy(update={"headline": "Ob reki stoji mestna hiša in most"})
    unchecked = [item for item in sets.check_summary(written, article) if item.code == "language_unchecked"]
    assert [item.where for item in unchecked] == ["draft"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_clean_translation_has_no_finding(language: str) -> None:
    """A translation by people passes every check, Latin names and all."""
    assert check_translated(english()[0], translation(TRANSLATED[language], language)) == ()


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("given", ["en", *TRANSLATED])
def test_a_text_in_another_language_is_an_error(language: str, given: str) -> None:
    """A translation in any other language or script holds, as one finding about all its lines."""
    if given == language:
        return
    lines = ENGLISH if given == "en" else TRANSLATED[given]
    findings = check_translated(english()[0], translation(lines, language))
    assert "error" in {found.severity for found in findings}
    assert {found.code for found in findings} <= {
        "language_wrong", "script_wrong", "line_untranslated", "script_foreign", "headline_long",
    }  # fmt: skip


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("index", range(5))
@pytest.mark.parametrize("line", [None, "The ministers met in the capital and agreed on a budget for the next year."])
def test_one_english_line_is_found(language: str, index: int, line: str | None) -> None:
    """A line of the source left standing, or another English one, is an error at its place."""
    found = in_translation(language, index, line or ENGLISH[index])
    place = "headline" if index == 0 else f"bullets[{index - 1}]"
    assert {code for code, where in found if where == place} & {"line_untranslated", "script_wrong"}
    assert {where for _, where in found} == {place}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Ada Brandvold 2, Berlin 1"), ("ru", "Real Madrid – Bayern 2:1"), ("ja", "Ada Brandvold (Berlin)"),
        ("de", "Sie sagte: „The board of the harbour approved a second pier for the ferries“"),
        ("ru", "Она сказала: «The board of the harbour approved a second pier for the ferries»"),
        ("ja", "欧州委員会のAda Brandvold氏とRobert Smith氏がBerlinで会談"),
    ],
)  # fmt: skip
def test_names_and_quotations_are_no_other_language(language: str, line: str) -> None:
    """Names, scores and quotations stay as they are."""
    assert [code for code, _ in in_translation(language, 1, line) if CODES[code].severity == "error"] == []


def test_a_name_alone_may_be_the_same_as_in_the_source() -> None:
    """A headline of names and figures is not untranslated."""
    draft, _ = english(("Ada Brandvold 2, Berlin 1", *ENGLISH[1:]))
    lines = (draft.headline, *TRANSLATED["es"][1:])
    assert check_translated(draft, translation(lines, "es")) == ()


@pytest.mark.parametrize(
    ("source", "target"), [("nb", "da"), ("nb", "nn"), ("id", "ms"), ("pt", "pt-BR"), ("es", "gl")]
)
def test_close_languages_are_never_taken_for_each_other(source: str, target: str) -> None:
    """A text in a close language is not held for its language."""
    lines = TRANSLATED.get(source, TRANSLATED["es"])
    if source == "pt":
        lines = (
            "Porto aprova um segundo cais para os barcos", "A direção do porto aprovou na terça-feira um segundo cais para os barcos.",
            "O cais vai custar 12,4 milhões de euros, segundo a presidente, Ada Brandvold.", "Os moradores tinham pedido um caminho junto à água.",
            "As obras vão começar em maio e acabar dois anos depois, disse a direção.",
        )  # fmt: skip
    assert check_translated(english()[0], translation(lines, target)) == ()


def test_varieties_may_share_every_line_and_close_languages_some() -> None:
    """The same lines are right in another variety, and suspect in another language if they are all of the text."""
    lines = TRANSLATED["nb"]
    bullets = tuple(Bullet(text=text, evidence=()) for text in lines[1:])
    draft = Draft(language="nb", headline=lines[0], headline_evidence=(), bullets=bullets)
    changed = ("Havnestyret godkender en ny kaj", *lines[1:])
    assert check_translated(draft, translation(changed, "da")) == ()
    assert {found.code for found in check_translated(draft, translation(lines, "da"))} == {"line_untranslated"}
    variety = draft.model_copy(update={"language": "pt"})
    assert "line_untranslated" not in {f.code for f in check_translated(variety, translation(lines, "pt-BR"))}


@pytest.mark.parametrize(
    ("language", "line", "code"),
    [
        ("ru", "Правление порта 批准 второй причал для паромов в городе.", "script_foreign"),
        ("es", "La autoridad del порт aprobó un segundo muelle.", "script_foreign"),
        ("ar", "وافق مجلس 港务局 على بناء رصيف ثان للعبارات.", "script_foreign"),
        ("ja", "港湾局は火曜日、합의 を承認した。", "script_foreign"),
        ("ru", "Правление сообщило, что the board of the harbour одобрило план строительства причала в городе.", "line_untranslated"),
        ("ru", "Правление пoрта одобрило второй причал.", "script_mixed"),
        ("zh-Hans", TRANSLATED["zh-Hant"][1], "language_wrong"),
        ("ja", TRANSLATED["zh-Hans"][1], "language_wrong"),
    ],
)  # fmt: skip
def test_scripts_do_not_mix(language: str, line: str, code: str) -> None:
    """Letters of a third script, a piece of English and look-alike letters inside a word are found in their line."""
    assert in_translation(language, 1, line) == [(code, "bullets[0]")]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ko", "美 대통령, 8일 中 방문해 정상회담을 할 예정"), ("es", "Los rayos α y β miden 3 μm en la prueba del puerto."),
        ("ru", "Акции Apple и IT-компаний выросли на 5% после доклада YouTube."), ("th", "BBC รายงานว่า NATO จะประชุมที่ Berlin ในเดือนหน้า"),
    ],
)  # fmt: skip
def test_what_a_language_borrows_is_its_own(language: str, line: str) -> None:
    """Chinese characters in Korean headlines, Greek symbols and Latin names belong there."""
    draft, _ = english()
    one = draft.model_copy(update={"bullets": draft.bullets[:1]})
    head = {"ko": "항만청, 두 번째 부두 승인", **{tag: lines[0] for tag, lines in TRANSLATED.items()}}[language]
    assert check_translated(one, translation((head, line), language)) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("**The board** of the harbour approved a second pier.", "markup_leaked"), ("```json the board approved it```", "markup_leaked"),
        ("# The board approved a second pier", "markup_leaked"), ("* The board approved a second pier.", "markup_leaked"),
        ("The board <b>approved</b> a second pier.", "markup_leaked"), ("The board &amp; the city approved a pier.", "markup_leaked"),
        ("The board approved a second pier [12].", "markup_leaked"), ("The board approved a second pier【4†source】.", "markup_leaked"),
        ('{"text": "The board approved a second pier"}', "markup_leaked"), ("The [board](x) approved a second pier.", "markup_leaked"),
        ("Read all of it at https://example.org/pier today.", "link_leaked"), ("See www.example.org for the plan.", "link_leaked"),
        ("The plan is at example.org/pier, the board said.", "link_leaked"), ("Write to desk@example.org about it.", "link_leaked"),
        ("As an AI language model, I find that the board approved it.", "prompt_leaked"), ("Here is the summary of the article.", "prompt_leaked"),
        ("Headline: The board approves a second pier", "prompt_leaked"), ("Bullet 2: The board approved a pier.", "prompt_leaked"),
        ("English: The board approved a second pier.", "prompt_leaked"), ("</article> The board approved a pier.", "prompt_leaked"),
        ("I'm sorry, but I cannot summarise this article.", "prompt_leaked"), ("string", "prompt_leaked"), ("Bullet text.", "prompt_leaked"),
        ("<think>The user wants a summary of the article.", "reasoning_leaked"), ("Let me think about what the board said.", "reasoning_leaked"),
        ("The board approved\x00 a second pier.", "character_broken"), ("The board \u202eapproved a second pier.", "character_broken"),
        ("The board approved it.\\nThe pier is new.", "character_broken"), ("The caf\\u00e9 on the pier was approved.", "character_broken"),
        ("The cafu00e9 on the pier was approved.", "character_broken"), ("The cafÃ© on the pier was approved.", "character_broken"),
        ("The caf\ufffd on the pier was approved.", "character_broken"), ("The board\u200b approved a second pier.", "character_invisible"),
        (" … ", "empty_text"), ("", "empty_text"),
    ],
)  # fmt: skip
def test_what_belongs_to_the_making_is_found(text: str, code: str) -> None:
    """Markup, links, words of prompts and of reasoning, and broken characters are found in their line."""
    assert (code, "bullets[0]") in in_draft(text)
    assert {where for _, where in in_draft(text)} == {"bullets[0]"}


@pytest.mark.parametrize(
    "text",
    [
        "The U.S./Mexico border opened at 10 a.m./p.m., the C# club and AT&T said.", "Work began in May; it ended [sic] “in time”.",
        "The pier cost $5-$7 million, i.e. 3*4 lots, said Booking.com and Yahoo!", "The text of the summary: no path for residents, the board said.",
        "“Here is the plan,” the chair said on Tuesday.", "1. FC Köln beat the harbour club by two goals.",
    ],
)  # fmt: skip
def test_ordinary_punctuation_is_no_leak(text: str) -> None:
    """Slashes, brackets, names of companies and figures are text."""
    assert in_draft(text) == []


def test_what_the_evidence_says_is_no_leak() -> None:
    """An address or a mark that the cited sentence has may stand in the bullet."""
    text = "The plan is at https://example.org/pier and is called **Pier 2** [3]."
    article = fake_article(f"{text} The board approved it on Tuesday. It was late.")
    evidence = article.evidence([1])
    draft = Draft(
        language="en", headline="Board approves a second pier", headline_evidence=article.evidence([2]),
        bullets=(Bullet(text=text, evidence=evidence),),
    )  # fmt: skip
    assert check_summary(draft, article) == ()


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("de", "(Hinweis: aus dem Englischen übersetzt)"), ("de", "(Note: translated from English)"),
        ("de", "[Anmerkung des Übersetzers: ein Anleger]"), ("es", "(Nota: traducido del inglés)"), ("es", "(traducido del inglés)"),
        ("ru", "(Примечание: название сохранено)"), ("ru", "[перевод с английского]"), ("ar", "(ملاحظة: ترجمة آلية)"),
        ("zh-Hans", "（注：译自英文）"), ("zh-Hans", "（译者注：渡轮）"), ("ja", "（訳注：埠頭のこと）"), ("th", "(หมายเหตุ: แปลจากภาษาอังกฤษ)"), ("id", "(Catatan: nama dipertahankan)"),
    ],
)  # fmt: skip
def test_notes_about_a_text_are_found(language: str, note: str) -> None:
    """In brackets, in the language of the text or another; not where the source has a note of its own."""
    line = TRANSLATED[language][2]
    assert in_translation(language, 2, f"{line} {note}") == [("prompt_leaked", "bullets[1]")]
    noted = Line("bullets[1]", f"{line} {note}", f"{ENGLISH[2]} (Note: the chair is elected.)")
    assert [found.code for found in leaks([noted], language)] == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Es tut mir leid, dabei kann ich nicht helfen."), ("de", "Die Übersetzung lautet wie folgt:"), ("de", "Siehe oben."),
        ("de", "XXX"), ("de", "Der Anleger kostet 12,4 Millionen Euro. Let me know if you need anything else."),
        ("es", "Lo siento, no puedo ayudar con eso."), ("ru", "Перевод выглядит следующим образом:"), ("ru", "См. выше"),
        ("ar", "عذرا، لا يمكنني المساعدة في ذلك."), ("zh-Hans", "抱歉，我无法提供帮助。"), ("ja", "申し訳ありませんが、お手伝いできません。"),
        ("th", "ขออภัย ฉันไม่สามารถช่วยได้"), ("nb", "Beklager, jeg kan ikke hjelpe med det."),
    ],
)  # fmt: skip
def test_answers_in_the_place_of_a_line_are_found(language: str, line: str) -> None:
    """Refusals, announcements, references to another line and offers."""
    assert ("prompt_leaked", "bullets[2]") in in_translation(language, 3, line)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Die Anwohner (darunter Fischer) hatten einen Weg am Wasser verlangt, der nicht zum Plan gehört."),
        ("de", "„Es tut mir leid, dabei kann ich nicht helfen“: Die Anwohner hatten einen Weg am Wasser verlangt."),
        ("de", "Die Anwohner hatten einen Weg am Wasser verlangt (siehe oben), der nicht zum Plan gehört."),
        ("es", "Los vecinos (nota bene, no todos) habían pedido un camino junto al agua, que no forma parte del plan."),
        ("zh-Hans", "居民曾要求修建一条沿水的步道（注定无望），但这不在计划之内。"),
    ],
)
def test_brackets_and_regrets_of_the_text_itself_are_none(language: str, line: str) -> None:
    """What only begins like a note, what somebody says in quotation marks, a reference inside a sentence."""
    assert in_translation(language, 3, line) == []


@pytest.mark.parametrize(
    ("language", "line", "word"),
    [
        ("es", "El muelle costará12,4 millones de euros", "costará12"), ("de", "Der Anleger kostete12,4 Millionen", "kostete12"),
        ("de", "Im Jahr2024 soll der Anleger fertig sein", "Jahr2024"), ("ru", "Причал обойдётся примерно в сумму12 млн", "сумму12"),
        ("ar", "ستبلغ تكلفة الرصيف حوالي12 مليون يورو", "حوالي12"), ("hi", "लागत करीब12 मिलियन यूरो होगी", "करीब12"),
        ("de", "Die Brandvold4 kostet 12 Millionen", None), ("de", "Der Anleger misst 12 km2", None), ("de", "Er zahlte G20-Preise", None),
        ("ja", "埠頭の費用は約1240万ユーロになる", None), ("ko", "부두 비용은 약1240만 유로다", None), ("th", "ท่าเรือมีค่าใช้จ่าย12.4ล้านยูโร", None),
    ],
)  # fmt: skip
def test_lost_space_before_a_digit_is_found(language: str, line: str, word: str | None) -> None:
    """Where words are parted by spaces, and the word is not of the source, as a name is."""
    source = "The pier of Brandvold will cost 12.4 million euros."
    found = [item.found for item in leaks([Line("bullets[0]", line, source)], language) if item.code == "digit_glued"]
    assert found == ([word] if word else [])


@pytest.mark.parametrize("language", ["de", "es", "ru", "ar", "zh-Hans", "ja"])
def test_two_lines_that_became_one_are_found(language: str) -> None:
    """A bullet that has all of another one in it; one whose source has that too is right."""
    lines = TRANSLATED[language]
    merged = f"{lines[2]} {lines[3]}"
    for index in (2, 3):
        assert ("line_repeated", f"bullets[{index - 1}]") in in_translation(language, index, merged)
    both = [Line("bullets[0]", merged, f"{ENGLISH[2]} {ENGLISH[3]}"), Line("bullets[1]", lines[3], ENGLISH[3])]
    assert list(repeated_in_translation(both)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("XX wird", True),
        ("Neuer Anleger kommt", False),
        (
            "Der Hafen genehmigt am Abend nach langer Beratung im großen Saal den zweiten Anleger für die Fähren der Stadt",
            True,
        ),
    ],
)
def test_short_lines_have_wider_bounds(text: str, found: bool) -> None:
    """From 25 columns on, headlines included."""
    (source, limit) = ("Harbour board approves pier plan", 25)
    pair = Pair("headline", source, text, "en", "de")
    assert len(source) >= limit
    assert [item.code for item in in_pair(pair)] == ["length_ratio"] * found
    assert list(in_pair(pair._replace(source=source[: limit - 1]))) == []


def test_joiners_that_spell_are_kept() -> None:
    """The zero-width non-joiner is spelling in Persian, and a leftover between Latin letters."""
    lines = ("شورا با اسکلهٔ دوم موافقت کرد", "شورای بندر روز سه‌شنبه با ساخت اسکلهٔ دوم برای کشتی‌ها موافقت کرد.")
    draft, _ = english(ENGLISH[:2])
    assert check_translated(draft, translation(lines, "fa")) == ()
    assert ("character_invisible", "bullets[0]") in in_draft("The bo\u200card approved a second pier.")


def test_numbered_bullets_are_markup() -> None:
    """Bullets that count themselves carry the marks of a list."""
    draft, _ = english()
    lines = [TRANSLATED["de"][0], *(f"{index}. {line}" for index, line in enumerate(TRANSLATED["de"][1:], start=1))]
    found = check_translated(draft, translation(lines, "de"))
    assert places(found) == [("markup_leaked", f"bullets[{index}]") for index in range(4)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Der Rat stimmte zu after a long debate about the second pier", "after a long debate about the"),
        ("Der Rat stimmte dem zweiten Anleger nach langer Debatte zu", None),
        ("Sein Buch „The Long Debate“ handelt vom Rat", None),
        ("Debatte über the second pier", None),
    ],
)
def test_words_left_in_the_language_of_the_source(text: str, left: str | None) -> None:
    """A run of plain words is no name and no title; some of it may be missing from what is shown."""
    found = left_over("The board agreed after a long debate about the second pier of the town", text)
    assert (found is None) == (left is None)
    assert found is None or found in (left or "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Fähre sank, und two bodies were found in Rosthaven.", True),
        ("Die Behörde heißt Office for the Assessment and Care of Ports.", False),
        ("Er las The Lord of the Isles und schwieg.", False),
    ],
)
def test_a_short_rest_in_the_language_of_the_source(text: str, found: bool) -> None:
    """A function word that the target's language does not have tells words left over from a name."""
    names = "Office for the Assessment and Care of Ports; The Lord of the Isles"
    source = f"The ferry sank, and two bodies were found in Rosthaven; {names}."
    assert (left_over(source, text, words_only_in("en", "de")) is not None) is found


def test_lines_that_repeat_each_other() -> None:
    """A headline that is a bullet, two equal bullets and one that holds another are found at the later line."""
    assert in_draft(f"{ENGLISH[0]}.") == [("line_repeated", "bullets[0]")]
    for text in (ENGLISH[3], f"Also, {ENGLISH[3]}"):  # these cite the fourth sentence, and say what the third says
        assert in_draft(text, 4) == [("evidence_elsewhere", "bullets[3]"), ("line_repeated", "bullets[3]")]


STORY = {
    "en": (
        "The port of Rosthaven signed an agreement with Caldermere Terminals for a second container harbour on Thursday.",
        "Fishermen fear that at least 140 small boats would lose their moorings in Pilot Creek.",
        "The work will begin in spring, said the head of the port, Ingrid Vesterholm.",
        "She had turned ships away in October.",
    ),
    "ja": (
        "潮見市で震度4の地震があり、防災訓練の参加者がそのまま避難した。",
        "転ぶなどした3人が軽いけがをした。",
        "大西多恵子市長は検証結果を来月中に公表すると述べた。",
        "沿岸部の避難完了までの時間は昨年の訓練より短くなった。",
    ),
    "ar": (
        "بلغ شباب الوادي نهائي كأس الإقليم لكرة القدم للمرة الأولى في تاريخه.",
        "سجل رامي السعدي ثلاثة أهداف في الشوط الثاني من المباراة.",
        "قال المدرب عادل الرفاعي إن ناديه سيتقدم بشكوى رسمية.",
        "يلتقي الفائز فريق اتحاد القلعة حامل اللقب في مايو.",
    ),
}


def cited(language: str, text: str, *numbers: int, title: str | None = None) -> list[tuple[str, str]]:
    """What is found about a headline and a bullet that say this of a story and cite these sentences."""
    story = STORY[language]
    article = fake_article("".join(story) if language == "ja" else " ".join(story), language=language)
    article = article.model_copy(update={"title": title})
    evidence = article.evidence(numbers)
    draft = Draft(
        language=language, headline=text, headline_evidence=evidence, bullets=(Bullet(text=text, evidence=evidence),)
    )
    return [(found.code, found.severity) for found in sets.check_summary(draft, article) if found.where == "headline"]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Boats would lose their moorings in Pilot Creek, fishermen fear", 2),
        ("en", "Port signs agreement with Caldermere Terminals for second harbour", 1),
        ("ja", "震度4の潮見市、防災訓練の参加者がそのまま避難", 1),
        ("ja", "訓練で転ぶなどした3人が軽いけが", 2),
        ("ar", "شباب الوادي في نهائي كأس الإقليم للمرة الأولى", 1),
        ("ar", "المدرب عادل الرفاعي: النادي سيتقدم بشكوى رسمية", 3),
    ],
)
def test_a_line_cites_the_sentence_that_says_it(language: str, text: str, number: int) -> None:
    """It may cite others besides; where it cites only others it is held, or flagged where these share something."""

    def severity(*numbers: int) -> str | None:
        return dict(cited(language, text, *numbers)).get("evidence_elsewhere")

    others = [other for other in range(1, 5) if other != number]
    assert severity(number) is severity(number, others[0]) is None
    wrong = [severity(other) for other in others]
    assert None not in wrong
    assert "error" in wrong


@pytest.mark.parametrize("text", ["The dockers hope for jobs", "Nothing of this is in the story at all"])
def test_a_line_in_other_words_may_cite_any_sentence(text: str) -> None:
    """Where no sentence shares much with it, nobody can say which one is meant."""
    assert "evidence_elsewhere" not in dict(cited("en", text, 4))


def test_a_title_is_no_evidence_of_a_figure() -> None:
    """A headline may say a figure as the title does; it has to be in the sentences that it cites all the same."""
    title = "140 boats out: Brevik speaks of \u201ca black day\u201d"
    assert cited("en", "140 boats would lose their moorings in Pilot Creek", 2)[0] == (
        "figure_approximator_lost",
        "error",
    )
    assert cited("en", title, 2, title=title) == []
    assert cited("en", title, 4, title=title) == [("figure_not_in_evidence", "error")]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (
            "The board approved a second ferry pier on Tuesday",
            "On Tuesday the board approved a second ferry pier",
            True,
        ),
        ("The board approved a second ferry pier on Tuesday", "A second ferry pier the board approved Tuesday", True),
        (
            "The board approved a second ferry pier on Tuesday",
            "The board approved a third ferry pier on Tuesday",
            False,
        ),
        ("Berth 4 was closed for repairs to the crane", "Berth 5 was closed for repairs to the crane", False),
        ("The US wants ferries to use the new pier", "The EU wants ferries to use the new pier", False),
        ("The board met", "Met the board", False),
    ],
)
def test_lines_with_the_same_words_in_another_order_are_a_warning(one: str, other: str, found: bool) -> None:
    """No error, because who did it to whom may be all that differs; a figure or a name makes another line of it."""
    draft, article = english([ENGLISH[0], one, other])
    warned = [item for item in check_summary(draft, article) if item.code == "line_repeated"]
    assert [(item.severity, item.where, item.detail) for item in warned] == (
        [("warning", "bullets[1]", "has the same words as bullet 1")] if found else []
    )


@pytest.mark.parametrize(("cited", "found"), [(8, []), (9, [("evidence_broad", "bullets[0]")])])
def test_a_line_that_cites_everything_shows_nothing(cited: int, found: list[tuple[str, str]]) -> None:
    """A warning where a bullet cites more sentences than anybody will compare with it."""
    article = fake_article(" ".join(f"Berth {number} of the harbour is to be closed in May." for number in range(12)))
    bullet = Bullet(text="Many berths are to be closed in May", evidence=article.evidence(range(1, cited + 1)))
    headline = "Harbour closes most of its berths"
    draft = Draft(language="en", headline=headline, headline_evidence=article.evidence([1]), bullets=(bullet,))
    assert places(check_summary(draft, article)) == found


@pytest.mark.parametrize(("text", "shown"), [("short words", 11), ("x" * 500, 32), ("議" * 40, 16), ("", 0)])
def test_findings_show_a_passage_and_no_line(text: str, shown: int) -> None:
    """As much as fits in 32 columns."""
    assert passage(text) == text[:shown]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Совет порта одобрил второй причал во вторник днём"), ("ja", "It was agreed to build a pier for the ferries"),
        ("es", "*El consejo aprobó un segundo muelle para los barcos*"), ("ar", ENGLISH[1]), ("es", ENGLISH[1]), ("es", TRANSLATED["es"][2]),
        ("es", '"bullets": ["El consejo aprobó un segundo muelle para los barcos"]'), ("zh-Hans", "港湾局がフェリー用の第二桟橋を承認したと発表されましたと伝えられました"),
    ],
)  # fmt: skip
def test_no_finding_holds_a_line(language: str, line: str) -> None:
    """A held line is for editors alone, and findings are for everybody."""
    draft, _ = english()
    found = check_translated(draft, translation([TRANSLATED[language][0], line, *TRANSLATED[language][2:]], language))
    assert found
    assert not [item for item in found if line in f"{item.found} {item.detail} {item.expected}"]


def test_places_are_lines() -> None:
    """The headline is line 0, the first bullet line 1; other places are no lines."""
    places = ("headline", bullet_place(0), bullet_place(11), "bullets", "draft", "bullets[x]")
    assert [line_of(where) for where in places] == [0, 1, 12, None, None, None]


def test_an_extract_may_be_its_own_headline() -> None:
    """A bullet that quotes its sentence is no copy, and neither is its translation."""
    article = fake_article("The board approved a second pier on Tuesday. It will cost 12.4 million euros.")
    evidence = article.evidence([1])
    draft = Draft(
        language="en", headline=evidence[0].text.rstrip("."), headline_evidence=evidence,
        bullets=(Bullet(text=evidence[0].text, evidence=evidence),),
    )  # fmt: skip
    assert check_summary(draft, article) == ()
    line = "La autoridad aprobó el martes un segundo muelle para los barcos"
    assert check_translated(draft, translation((line, f"{line}."), "es")) == ()


def test_a_line_translated_twice_is_found() -> None:
    """Two lines of a translation that say the same where the draft's do not."""
    assert in_translation("es", 2, TRANSLATED["es"][1]) == [("line_repeated", "bullets[1]")]


@pytest.mark.parametrize(
    ("headline", "codes"),
    [
        ("Will the board of the harbour approve a second pier for the ferries on Tuesday? " * 2, ["headline_long", "headline_mark"]), ("Will the board approve a second pier?", ["headline_mark"]),
        ("Board approves a second pier at last!", ["headline_mark"]), ("Board approves “a second pier!”", ["headline_mark"]),
        ("Board approves a second pier.", []),
    ],
)  # fmt: skip
def test_headlines_are_short_and_state(headline: str, codes: list[str]) -> None:
    """Length and closing marks are warnings; a final stop is taken off by code."""
    assert in_draft(headline.strip(), 0) == [(code, "headline") for code in codes]
    assert {CODES[code].severity for code in codes} <= {"warning"}


@pytest.mark.parametrize(
    ("headline", "language", "mark"),
    [
        ("¿Quién paga el muelle? La autoridad calla", "es", "?"), ("نهاية الأزمة؟ المجلس يقرر غدا", "ar", "؟"),
        ("桥何时开通？市政府明天决定", "zh-Hans", "？"), ("新桟橋、ついに開通！ 市長が発表", "ja", "！"),
        ("Ποιος πληρώνει; Το λιμάνι σιωπά", "el", ";"), ("Board votes; pier to open in May", "en", None),
        ("‘Why us?’ ask residents of the board's new pier", "en", None), ("“Why us?” ask residents", "en", None),
        ("«¿Por qué?», preguntan los vecinos", "es", None), ("”Varför vi?” frågar de boende", "sv", None),
        ("Residents' pier? The board's plan", "en", "?"), ("Board approves ‘a second pier!’", "en", "!’"),
    ],
)  # fmt: skip
def test_headlines_ask_nothing_anywhere(headline: str, language: str, mark: str | None) -> None:
    """A mark counts wherever it stands, in a quotation only at the end; a semicolon asks in Greek alone."""
    found = [item.found for item in lengths([Line("headline", headline, "")], language) if item.code == "headline_mark"]
    assert found == ([mark] if mark else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two – three", 3), ("港務局批准修建碼頭", 4), ("港湾局は 2 月に", 4), ("คณะกรรมการท่าเรือ", 4)],
)  # fmt: skip
def test_words_in_scripts_without_spaces(text: str, count: int) -> None:
    """Characters count as so many English words."""
    assert words(text) == count


def test_long_bullets_are_warned_of() -> None:
    """More than 45 words, or as much in Chinese, is too long."""
    assert in_draft(" ".join(f"{ENGLISH[1][:-1]}, and {i}" for i in range(4))) == [("bullet_long", "bullets[0]")]
    assert ("bullet_long", "bullets[0]") in in_translation("zh-Hans", 1, "港务局批准为渡轮修建码头" * 9)
    assert CODES["bullet_long"].severity == "warning"


def test_codes_are_sorted() -> None:
    """The closed list reads in alphabetical order."""
    assert list(CODES) == sorted(CODES)


@settings(deadline=None)
@given(
    st.lists(st.text(max_size=80), min_size=1, max_size=4),
    st.lists(st.text(max_size=80), min_size=1, max_size=4),
    st.sampled_from([*languages_with_facts(), "und", "gsw", "es-Zmth", "zu", "yue"]),
)
def test_checks_never_raise(source: list[str], lines: list[str], language: str) -> None:
    """Any lines in any language have findings of the closed list, the same each time."""
    bullets = tuple(Bullet(text=text, evidence=()) for text in source[1:])
    draft = Draft(language="en", headline=source[0], headline_evidence=(), bullets=bullets)
    other = draft.model_copy(update={"language": language})
    found = check_translated(draft, translation(lines, language))
    assert found == check_translated(draft, translation(lines, language))
    assert {item.code for item in (*found, *check_summary(other, fake_article()))} <= set(CODES)
