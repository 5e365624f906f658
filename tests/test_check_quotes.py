"""Quotations of claims and translations, and how long translations are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.checks import lengths, quotes
from summarizer.checks.lines import Claim, Pair
from summarizer.languages import languages_with_facts
from summarizer.resources import packaged_toml

SAID = "The minister, Anna Berg, said: “We don't rule out a second vote – not in the spring, but in autumn.”"


def in_claim(text: str, *evidence: str, language: str = "en", article: str | None = None) -> list[str]:
    """The codes found in a claim."""
    return [found.code for found in quotes.in_claim(Claim("claim", text, evidence, language, article))]


def in_pair(source: str, text: str, language: str = "de", source_language: str = "en") -> list[str]:
    """The codes found in a translation."""
    return [found.code for found in quotes.in_pair(Pair("translation", source, text, source_language, language))]


@pytest.mark.parametrize(
    "claim",
    [
        "Berg: ‘We don’t rule out a second vote’",
        'Berg does not "rule out a second vote"',
        "“Not in the spring”, Berg said",
        'Berg: "We don\'t rule out a second vote … but in autumn."',
        'Berg: "We don\'t rule out a second vote [...] in autumn"',
        "Berg: «[The government does not] rule out a second vote»",
        'The "minister" Anna Berg spoke',
        "Berg's 'second vote'",
        'Berg: "a second vote - not in the spring"',
        "The drivers' vote and Berg's minister",
        "A second vote, 5'11\" tall, and 6'2\"",
    ],
)
def test_words_of_the_source_pass(claim: str) -> None:
    """Other marks, apostrophes, dashes, capitals and final stops make no other quotation; parts may be left out."""
    assert in_claim(claim, SAID) == []


@pytest.mark.parametrize(
    "claim",
    [
        'Berg: "We do not rule out a second vote"',
        'Berg: "We don\'t rule out another vote"',
        'Berg: "We don\'t rule out a second vot"',
        "Berg plans a ‘rerun’",
        "Berg: «but in autumn … a second vote»",
        "Berg: “We don't rule out „a third vote“”",
    ],
)
def test_other_words_are_an_error(claim: str) -> None:
    """Words changed, cut or put in another order are no quotation, nor are the summary's own scare quotes."""
    assert in_claim(claim, SAID) == ["quote_changed"]


@pytest.mark.parametrize(
    ("language", "claim", "evidence"),
    [
        ("ja", "首相は「選挙はない」と述べた", "首相は会見で「選挙はない。」と述べた"),
        ("zh-Hant", "部長稱「不排除」重選", "部長說，政府不排除重新選舉"),
        ("zh-Hans", "部长称“不排除”重选", "部长说，政府不排除重新选举"),
        ("ko", "장관은 ‘재투표’를 언급했다", "장관은 재투표를 배제하지 않았다"),
        ("he", 'שר החוץ של ארה"ב אמר: "לא נוותר"', 'שר החוץ של ארה"ב אמר אתמול כי "לא נוותר" על כך'),
        ("he", "מנכ“ל צה”ל אמר כי “לא נוותר”", 'מנכ"ל צה"ל אמר: "לא נוותר"'),
        ("ar", 'قال إنه "لن يستقيل"', "قال الوزير: «لن يستقيل أحد»"),
        ("ru", "«Известия» сообщили о голосовании", "По данным «Известий», голосование будет"),
        ("fi", "”Emme luovuta”, Berg sanoi", "Berg sanoi: ”Emme luovuta.”"),
        ("fr", "Mme Berg n’exclut pas « un second vote »", "Mme Berg : « Je n’exclus pas un second vote »"),
        ("tr", "Berg “ikinci oylama”dan söz etti", "Berg ikinci oylama ihtimalini dışlamadı"),
        ("de", "Berg schließt „eine zweite Wahl“ nicht aus", "Berg sagte, »eine zweite Wahl« sei möglich"),
    ],
)
def test_quotations_of_many_languages_pass(language: str, claim: str, evidence: str) -> None:
    """Marks of all kinds are read; acronyms are no quotations; names in marks may stand in another case."""
    assert in_claim(claim, evidence, language=language) == []


@pytest.mark.parametrize(
    ("language", "claim", "evidence"),
    [
        ("ja", "首相は「選挙はある」と述べた", "首相は「選挙はない」と述べた"),
        ("zh-Hant", "部長稱「排除了」重選", "部長說，政府不排除重新選舉"),
        ("he", 'שר החוץ של ארה"ב אמר: "לא נוותר לעולם"', 'שר החוץ של ארה"ב אמר "לא נוותר"'),
        ("ar", 'قال إنه "سيستقيل"', "قال الوزير: «لن يستقيل أحد»"),
        ("ru", "Берг: «мы исключаем выборы»", "Берг: «Мы не исключаем выборы»"),
    ],
)
def test_changed_quotations_of_many_languages(language: str, claim: str, evidence: str) -> None:
    """Other words are found in every script."""
    assert in_claim(claim, evidence, language=language) == ["quote_changed"]


@pytest.mark.parametrize(
    ("language", "claim", "evidence"),
    [
        ("ru", "План — «дешёвая уловка», сказала Берг", "Берг назвала план «дешёвой уловкой»"),
        ("pl", "Według Berg plan to „tania sztuczka”", "Berg nazwała plan „tanią sztuczką”"),
        ("tr", "Berg “üzgün” olduğunu söyledi", "Berg “Üzgünüm” dedi"),
        ("de", "Ein „billiger Trick“, sagte Berg", "Berg sprach von einem „billigen Trick“"),
        ("fi", "”Halpa temppu”, Berg sanoi", "Berg puhui ”halvasta tempusta”"),
        ("hu", "„Olcsó trükk” – mondta Berg", "Berg „olcsó trükknek” nevezte"),
    ],
)
def test_endings_of_the_language_pass(language: str, claim: str, evidence: str) -> None:
    """A few quoted words may have the endings that their place in the sentence asks for, with a capital or without."""
    assert in_claim(claim, evidence, language=language) == []


@pytest.mark.parametrize(
    ("language", "claim", "evidence"),
    [
        ("en", "“We will repeat”, Berg said", "“We will repeal”, Berg said"),
        ("en", "“Constructive criticism”, Berg said", "“Construction criticism”, Berg said"),
        ("en", "Berg spoke of “Nationals”", "Berg spoke of “Nationalists”"),
        ("de", "Berg sah „Die Verwandten“", "Berg sah „Die Verwandlung“"),
        ("es", "«Comunidad», dijo Berg", "«Comunistas», dijo Berg"),
        ("ru", "«Дешёвая улыбка», — сказала Берг", "Берг назвала план «дешёвой уловкой»"),
    ],
)
def test_other_words_that_begin_alike(language: str, claim: str, evidence: str) -> None:
    """Words with the same beginning are other words where no ending of the language parts them."""
    assert in_claim(claim, evidence, language=language) == ["quote_changed"]


NEGATED = [
    ("en", "The council will “raise the rents”", "The council will “not raise the rents”", "We will not raise the rents"),
    ("de", "Berg will „die Mieten erhöhen“", "Berg will „nicht die Mieten erhöhen“", "Wir werden nicht die Mieten erhöhen"),
    ("es", "Berg: «vamos a subir el alquiler»", "Berg: «no vamos a subir el alquiler»", "No vamos a subir el alquiler"),
    ("ru", "Берг: «повысим аренду»", "Берг: «не повысим аренду»", "Мы не повысим аренду"),
    ("ar", "بيرغ: «نرفع الإيجارات»", "بيرغ: «لن نرفع الإيجارات»", "لن نرفع الإيجارات"),
    ("zh-Hans", "贝里说“提高租金”", "贝里说“不提高租金”", "我们不提高租金"),
    ("zh-Hant", "貝里說「會提高租金」", "貝里說「不會提高租金」", "我們不會提高租金"),
    ("th", "เบิร์กกล่าวว่า “ขึ้นค่าเช่า”", "เบิร์กกล่าวว่า “ไม่ขึ้นค่าเช่า”", "เราไม่ขึ้นค่าเช่า"),
    ("ja", "市長は「家賃を上げ」と述べた", "市長は「家賃を上げない」と述べた", "今年は家賃を上げない"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "wrong", "right", "said"), NEGATED)
def test_a_quotation_keeps_its_negation(language: str, wrong: str, right: str, said: str) -> None:
    """Words cut off behind or before their negation say the reverse, and those with it do not."""
    assert in_claim(wrong, f"“{said}”", language=language) == ["quote_changed"]
    assert in_claim(right, f"“{said}”", language=language) == []


def test_a_negation_may_stand_outside() -> None:
    """The line may deny in its own words, and *not only* denies nothing."""
    said = "“We will not raise the rents, not only for the old”"
    assert in_claim("The council does not plan to “raise the rents”", said) == []
    assert in_claim("The council denies it will “raise the rents”", said) == []
    assert in_claim("Rents rise “only for the old”", said) == []
    assert in_claim("Berg on “rents”", "“These are not rents”") == []
    assert in_claim("Berg: “raise the rents”", said, "“Now raise the rents!”, they cried") == []


REPORTED = [
    ("en", "“The school will open in May”, Berg said", "The school will open in May, Berg said."),
    ("en", "Berg said it was “a great loss”", "It was a great loss, Berg said."),
    ("de", "„Die Schule öffnet im Mai“, sagte Berg", "Die Schule öffnet im Mai, sagte Berg."),
    ("ru", "«Школа откроется в мае», — сказала Берг", "Школа откроется в мае, сказала Берг."),
    ("ar", 'قالت بيرغ: "ستفتح المدرسة في مايو"', "قالت بيرغ إن ستفتح المدرسة في مايو."),
    ("zh-Hans", "贝里说：“学校五月将重新开放”", "贝里说，学校五月将重新开放。"),
    ("ja", "市長は「学校は五月に再開する」と述べた", "市長は学校は五月に再開すると述べた。"),
    ("hi", "बर्ग ने कहा, “स्कूल मई में खुल जाएगा”", "बर्ग ने कहा कि स्कूल मई में खुल जाएगा।"),
]


@pytest.mark.parametrize(("language", "claim", "text"), REPORTED)
def test_plain_speech_becomes_no_quotation(language: str, claim: str, text: str) -> None:
    """What the source reports in its own words gets no marks; the same words in marks are a quotation."""
    assert in_claim(claim, text, language=language, article=f"Berg spoke.\n{text}") == ["quote_changed"]
    assert in_claim(claim, text, language=language) == ["quote_changed"]
    assert in_claim(claim, f"„{text}“", language=language, article=f"„{text}“") == []


def test_what_may_be_put_in_marks() -> None:
    """Terms, titles and speech without marks may be; long quotations have marks at their ends alone."""
    said = "The school will open in May"
    line = f"“{said}”, Berg said"
    assert in_claim(line, said, article=f"“It rained.\n{said}.\nAll is well.”") == []
    assert in_claim(line, said, article=f"Berg: {said}") == []
    assert in_claim(line, said, article=f"— {said}, Berg said.") == []
    assert in_claim("“My school will open in May”, Berg said", "My school will open in May.") == []
    assert in_claim("The “school” will open, Berg said", said, article=said) == []
    novel = "She read The School on the Green Hill."
    assert in_claim("She read “The School on the Green Hill”", novel, article=novel) == []
    headline = Claim("headline", line, (f"{said}, Berg said.",), "en")
    assert [found.severity for found in quotes.in_claim(headline)] == ["warning"]


ARTICLES = {
    "en": "“The roof will hold,” said Anna Sandvik, an architect. Mayor Max Okoro disagreed. “They want our money,” Okoro said. "
    "“We can wait for years,” Tom Herbst, a lawyer for Okoro, told Radio Nord. Okoro told Sandvik: “You know nothing of it.” "
    "“It is all lies,” Okoro's wife said. “No more of it.” "
    "Okoro and Tom Herbst said: “We stay right here.” “It rains every day,” said Herbst and Okoro. “Nobody sees it.”",
    "de": "„Das Dach wird halten“, sagte die Architektin Anna Sandvik. „Sie wollen unser Geld“, so Bürgermeister Max Okoro. "
    "Okoros Anwalt Tom Herbst erwiderte: „Wir können jahrelang warten.“",
    "es": "«El techo va a aguantar», dijo la arquitecta Dora Vidal. El alcalde, Max Soler, respondió: «Solo quieren dinero».",
    "fr": "« Le toit va tenir », a dit l'architecte Dora Vidal. Le maire, Max Soler, a répondu : « Ils veulent notre argent. »",
    "ru": "«Крыша выдержит всё», — сказала архитектор Дора Зимина. Мэр Макс Летов ответил: «Им нужны деньги».",
    "tr": "Mimar Dora Kışlık “Çatı her şeye dayanır” dedi. Başkan Max Yazlık “Onlar para istiyor” dedi.",
    "ja": "建築家のドーラ・ウィンター氏は「屋根は持ちこたえる」と述べた。マックス・ゾマー市長は「金が目当てだ」と述べた。",
    "zh-Hans": "建筑师多拉·温特说：“屋顶会撑住的。”市长马克斯·索默说：“他们想要我们的钱。”",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "“The roof will hold”, mayor Max Okoro said"),
        ("en", "According to Tom Herbst, “the roof will hold”"),
        ("en", "“They want our money”, said Anna Sandvik, but Max Okoro said: “The roof will hold”"),
        ("en", "“They want our money”, architect Anna Sandvik said"),
        ("en", "“Nobody sees it”, architect Anna Sandvik said"),
        ("de", "Bürgermeister Max Okoro sagte: „Das Dach wird halten“"),
        ("de", "„Sie wollen unser Geld“, sagte Architektin Anna Sandvik"),
        ("de", "Max Okoro sagte: „Wir können jahrelang warten“"),
        ("es", "«Solo quieren dinero», dijo la arquitecta Dora Vidal"),
        ("fr", "« Le toit va tenir », a déclaré le maire, Max Soler"),
        ("ru", "По словам Доры Зиминой, им всё равно. Мэр Макс Летов сказал: «Крыша выдержит всё»"),
        ("tr", "Max Yazlık “Çatı her şeye dayanır” dedi"),
        ("ja", "マックス・ゾマー市長は「屋根は持ちこたえる」と述べた"),
        ("zh-Hans", "多拉·温特表示：“他们想要我们的钱”"),
    ],
)
def test_a_quotation_of_somebody_else(language: str, line: str) -> None:
    """The person beside a quotation is the one whom the article has there."""
    article = ARTICLES[language]
    claim = Claim("claim", line, (article,), language, article)
    found = [(one.code, one.severity) for one in quotes.in_claim(claim)]
    assert set(found) == {("quote_speaker_lost", "error")}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Architect Anna Sandvik says “the roof will hold”"),
        ("en", "“They want our money”, mayor Max Okoro said"),
        ("en", "“We can wait for years”, said a lawyer for Max Okoro"),
        ("en", "“We can wait for years”, said Max Okoro's lawyer, Tom Herbst"),
        ("en", "Max Okoro said in a talk with Anna Sandvik: “You know nothing of it”"),
        ("en", "The mayor told architect Anna Sandvik: “You know nothing of it”"),
        ("en", "Eva Okoro said: “It is all lies”"),
        ("en", "The mayor told architect Anna Sandvik: “They want our money”"),
        ("en", "Max Okoro said: “We stay right here”"),
        ("en", "Max Okoro said: “It rains every day”"),
        ("en", "Max Okoro said: “Nobody sees it”"),
        ("en", "The wife of Max Okoro said: “No more of it”"),
        ("en", "“The roof will hold”, Anna Sandvik said, but Max Okoro said: “They want our money”"),
        ("en", "The “roof” will hold, Max Okoro said"),
        ("de", "Der Anwalt von Max Okoro sagte: „Wir können jahrelang warten“"),
        ("de", "Max Okoros Anwalt sagte: „Wir können jahrelang warten“"),
        ("es", "La arquitecta Dora Vidal dijo al alcalde Max Soler: «El techo va a aguantar»"),
        ("fr", "L'architecte Dora Vidal a dit à Max Soler : « Le toit va tenir »"),
        ("ru", "Архитектор Макса Летова сказал: «Крыша выдержит всё»"),
        ("tr", "Max Yazlık'ın mimarı “Çatı her şeye dayanır” dedi"),
        ("ja", "ウィンター氏は「屋根は持ちこたえる」と語った"),
        ("zh-Hans", "多拉·温特表示，“屋顶会撑住的”"),
    ],
)
def test_a_quotation_of_its_speaker(language: str, line: str) -> None:
    """Who hears it, whose lawyer says it and who stands elsewhere in the sentence are no other speakers."""
    article = ARTICLES[language]
    assert "error" not in [
        found.severity for found in quotes.in_claim(Claim("claim", line, (article,), language, article))
    ]


def test_korean_headlines_paraphrase_in_single_marks() -> None:
    """There single marks are for what somebody said in other words, which is a warning; double marks are exact."""
    said = ("장관은 학교가 실수로 문을 닫았다고 말했다.",)
    for line, severity in (("장관 ‘학교 휴교는 실수’", "warning"), ("장관 “학교 휴교는 실수”", "error")):
        found = quotes.in_claim(Claim("headline", line, said, "ko"))
        assert [(one.code, one.severity) for one in found] == [("quote_changed", severity)]
    assert [one.severity for one in quotes.in_claim(Claim("bullets[0]", "장관 ‘학교 휴교는 실수’", said, "ko"))] == [
        "error"
    ]


def test_words_from_another_sentence_say_so() -> None:
    """A quotation that the article has, though not in the cited sentences, is named as such."""
    claim = Claim("claim", "Berg: “never again”", ("Berg spoke.",), "en", "Berg spoke. He cried “never again”.")
    assert [found.detail for found in quotes.in_claim(claim)] == ['"never again" stands only elsewhere in the article']


def test_a_mark_without_its_partner_opens_nothing() -> None:
    """Where a straight mark lost its partner nobody knows what was quoted."""
    assert in_claim('Berg "spoke" to "the press', SAID) == []


def test_long_quotations_are_a_warning() -> None:
    """Sixteen words are too many; in scripts without spaces the letters tell."""
    words = "we have seen all of this before and we do not want to see it"
    assert in_claim(f"Berg: “{words}”", f"Berg said: “{words} again”") == []
    assert in_claim(f"Berg: “{words} again”", f"Berg said: “{words} again”") == ["quote_long"]
    spoken = "私たちはこれまでに何度も同じことを見てきたのでもう二度と見たくないと考えている"
    assert in_claim(f"首相は「{spoken}」と述べた", f"「{spoken}」", language="ja") == ["quote_long"]


def test_a_quotation_keeps_its_speaker() -> None:
    """Words that somebody said in the source are said by somebody in the summary; names and verbs do for that."""
    said = "“there is no money left for roads”"
    evidence = f"Work stops because {said}, a spokesman said."
    assert in_claim(f"Work stops because {said}", evidence) == ["quote_speaker_lost"]
    assert in_claim(f"Work stops because {said}, the town says", evidence) == []
    assert in_claim(f"Work stops for Berg because {said}", evidence) == []
    assert in_claim(f"Town hall: {said}", evidence) == []
    assert in_claim(f"Bergen stops because {said}", f"In Bergen there {said}, a spokesman said.") == []
    assert in_claim(f"Work stops because {said}", f"On the wall stands {said}.") == []
    assert in_claim("Work stops because “no money” is there", "“No money”, a spokesman said.") == []


def test_a_lost_quotation() -> None:
    """A sentence in marks stays one, or stands behind its speaker and a colon; single words may lose their marks."""
    source = "“There is no money left for roads”"
    assert in_pair(source, "Für Straßen ist kein Geld mehr da") == ["quotes_differ"]
    assert in_pair(source, "„Für Straßen ist kein Geld mehr da“") == []
    assert in_pair(source, "Für Straßen ist laut Stadt kein Geld mehr da") == ["quotes_differ"]
    assert in_pair(source, "Stadt: Für Straßen ist kein Geld mehr da") == []
    assert in_pair("The “furious” town has no money", "Die wütende Stadt hat kein Geld") == []


def test_an_added_quotation() -> None:
    """Plain speech stays plain; names and titles may get marks."""
    text = "„Für Straßen ist bis zum Ende des Jahres kein Geld mehr da“"
    assert in_pair("There is no money left for roads until the end of the year", text) == ["quotes_differ"]
    assert in_pair("There is no money left for roads until the end of the year, she said", text) == ["quotes_differ"]
    assert in_pair("She said: There is no money left for roads until the end of the year", text) == []
    assert in_pair("The Towns and Roads Act passed", "Das „Gesetz über Städte und Straßen“ ist durch") == []


COUNTED = "“There is no money left for roads,” Berg said. She told them that nobody had asked for it in the whole year."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "„Für Straßen ist kein Geld mehr da“, sagte Berg. „Niemand hat im ganzen Jahr danach gefragt“, sagte sie.",
        ),
        ("ru", "«На дороги больше нет денег», — сказала Берг. «Никто целый год об этом не просил», — сказала она."),
        ("ar", "قالت بيرغ: «لم يعد هناك مال للطرق». وقالت لهم: «لم يطلب أحد ذلك طوال هذا العام»."),
        ("hi", "बर्ग ने कहा, “सड़कों के लिए अब पैसा नहीं बचा है।” उन्होंने कहा, “पूरे साल किसी ने इसकी माँग नहीं की।”"),
        (
            "ja",
            "ベルク氏は「道路に回す金はもう残っていない」と述べた。「この一年、誰もそれを求めなかった」とも述べた。",
        ),
        (
            "zh-Hans",
            "贝里说：“现在已经没有任何钱可以用来修这些道路了。”她告诉他们：“在过去的这一整年里，从来都没有任何人提出过这个要求。”",
        ),
        ("de", "Berg sagte, für Straßen sei kein Geld mehr da. Niemand habe im ganzen Jahr danach gefragt, sagte sie."),
        ("fr", "Selon Mme Berg, il n'y a plus d'argent pour les routes. Elle a dit que personne ne l'avait demandé."),
    ],
)
def test_quotations_are_counted(language: str, text: str) -> None:
    """One that was invented or made from reported words is a warning, and so is one that became reported words."""
    assert in_pair(COUNTED, text, language=language) == ["quotes_differ"]
    assert in_pair(text, COUNTED, language="en", source_language=language) == ["quotes_differ"]


def test_as_many_quotations() -> None:
    """Halves, names in marks, lost partners and languages that report quotations are not counted."""
    half = "„Für Straßen“, sagte Berg, „ist in diesem Jahr leider kein Geld mehr da.“"
    assert in_pair("“There is, I am sorry to say, no money left for roads this year,” Berg said", half) == []
    name = "Berg leitet das „Amt für Straßen und Brücken“, sagte „Der Tag“"
    assert in_pair("Berg leads the Roads and Bridges Office, Der Tag said", name) == []
    assert (
        in_pair("There is no money left for roads,” Berg said", "„Für Straßen ist kein Geld mehr da“, sagte Berg") == []
    )
    assert in_pair("“There is no money left for roads,” Berg said", "சாலைகளுக்குப் பணம் இல்லை என்று பெர்க் கூறினார்", "ta") == []
    chinese = "贝里在“国家道路和桥梁管理委员会”说没有钱了"
    assert in_pair("Berg said at the roads and bridges office that there was no money", chinese, "zh-Hans") == []


def test_no_quotation_is_guessed() -> None:
    """Nothing is said of a language whose words of speaking are not known, nor of acronyms and inches."""
    assert in_pair("“There is no money left for roads”", "Ekkert fé er eftir", language="is") == []
    assert in_pair("The US army left", 'צבא ארה"ב עזב את המקום לפני שבוע ימים לפי צה"ל', language="he") == []


@given(st.text(alphabet="ab \"'“”„«»‘’「」…[]().,-–", max_size=40), st.sampled_from(["en", "he", "ja", "is"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """Whatever the marks are, a text quotes itself rightly, and nothing fails."""
    assert "quote_changed" not in in_claim(text, text, language=language)
    assert in_pair(text, text, language=language, source_language=language) == []


SOURCE = "The town council wants to build forty new flats beside the old harbour before the end of next year."
GERMAN = "Der Stadtrat will bis Ende nächsten Jahres vierzig neue Wohnungen neben dem alten Hafen bauen."


def ratio(source: str, text: str, languages: tuple[str, str] = ("en", "de")) -> list[str]:
    """The codes found about the length of a translation."""
    return [found.code for found in lengths.in_pair(Pair("translation", source, text, *languages))]


def test_lengths_of_translations() -> None:
    """A bullet and a half is too long, half of one too short; short lines say nothing."""
    assert ratio(SOURCE, GERMAN) == []
    assert ratio(SOURCE, f"{GERMAN} {GERMAN} {GERMAN}") == ["length_ratio"]
    assert ratio(SOURCE, GERMAN[: len(GERMAN) // 2]) == ["length_ratio"]
    assert ratio("Council to build", f"{GERMAN} {GERMAN}") == []


def test_lengths_between_other_languages() -> None:
    """Bounds relative to English give those of other pairs; unknown languages have none."""
    chinese = "市议会希望在明年年底之前在旧港口旁边建造四十套新公寓，并修缮附近的街道和学校操场。"
    assert ratio(GERMAN, chinese, ("de", "zh-Hans")) == []
    assert ratio(GERMAN, chinese * 3, ("de", "zh-Hans")) == ["length_ratio"]
    assert ratio(chinese, GERMAN * 3, ("zh-Hans", "de")) == []
    assert ratio(GERMAN, chinese * 9, ("de", "is")) == []
    assert ratio(GERMAN, GERMAN, ("de", "de-AT")) == []


def test_every_ratio_is_a_range() -> None:
    """All bounds stand round the length of the source, and belong to languages that the project knows."""
    for tag, (low, high) in packaged_toml("config", "length_ratios.toml").items():
        assert tag in languages_with_facts()
        assert 0 < low < 1 < high
