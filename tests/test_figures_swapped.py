"""Figures that change places in languages that turn sentences round or write from right to left."""

from __future__ import annotations

import pytest

from summarizer.checks import check_translation

# A source, a language, a right translation, and one with two of its figures exchanged.
CASES = {
    "things counted": [
        ("Rain hit 40 schools in 12 villages.", "hi", "बारिश से 12 गांवों के 40 स्कूल प्रभावित हुए।",
         "बारिश से 40 गांवों के 12 स्कूल प्रभावित हुए।"),
        ("The party won 31 seats with 58,000 votes.", "ur", "پارٹی نے 58,000 ووٹوں کے ساتھ 31 نشستیں جیتیں۔",
         "پارٹی نے 31 ووٹوں کے ساتھ 58,000 نشستیں جیتیں۔"),
        ("He made 62 runs off 44 balls.", "bn", "তিনি ৪৪ বলে ৬২ রান করেন।", "তিনি ৬২ বলে ৪৪ রান করেন।"),
        ("He made 62 runs off 44 balls.", "ta", "அவர் 44 பந்துகளில் 62 ரன்கள் எடுத்தார்.",
         "அவர் 62 பந்துகளில் 44 ரன்கள் எடுத்தார்."),
        ("The airline flew 48 planes to 19 cities.", "fa", "این شرکت با ۴۸ هواپیما به ۱۹ شهر پرواز کرد.",
         "این شرکت با ۱۹ هواپیما به ۴۸ شهر پرواز کرد."),
    ],
    "people hit": [
        ("The blast killed 16 people and wounded 43.", "hi", "धमाके में 16 लोग मारे गए और 43 घायल हुए।",
         "धमाके में 43 लोग मारे गए और 16 घायल हुए।"),
        ("The blast killed 16 people and wounded 43.", "ur", "دھماکے میں 16 افراد ہلاک اور 43 زخمی ہو گئے۔",
         "دھماکے میں 43 افراد ہلاک اور 16 زخمی ہو گئے۔"),
    ],
    "an end of a range and a figure beside it": [
        ("Boys of 14 to 17 built 23 rafts.", "hi", "14 से 17 साल के लड़कों ने 23 बेड़े बनाए।",
         "14 से 23 साल के लड़कों ने 17 बेड़े बनाए।"),
        ("Some 23 rafts were built by 14 to 17 boys.", "tr", "14 ila 17 çocuk 23 sal yaptı.",
         "23 ila 17 çocuk 14 sal yaptı."),
        ("Some 23 rafts were built by 14 to 17 boys.", "ja", "少年14〜17人がいかだ23を作った。",
         "少年17〜14人がいかだ23を作った。"),
    ],
    "ages and whose they are": [
        ("A 34-year-old man was held after a 15-year-old girl vanished.", "ur",
         "15 سالہ لڑکی کے لاپتہ ہونے پر 34 سالہ شخص کو گرفتار کر لیا گیا۔",
         "34 سالہ لڑکی کے لاپتہ ہونے پر 15 سالہ شخص کو گرفتار کر لیا گیا۔"),
        ("A 34-year-old man was held after a 15-year-old girl vanished.", "fa",
         "پس از ناپدید شدن دختر ۱۵ ساله، مرد ۳۴ ساله بازداشت شد.",
         "پس از ناپدید شدن دختر ۳۴ ساله، مرد ۱۵ ساله بازداشت شد."),
    ],
    "a part and its whole": [
        ("The fleet lost 17 of 23 boats.", "hi", "बेड़े ने 23 में से 17 नावें गंवा दीं।", "बेड़े ने 17 में से 23 नावें गंवा दीं।"),
        ("The fleet lost 17 of 23 boats.", "ur", "بیڑے نے 23 میں سے 17 کشتیاں کھو دیں۔", "بیڑے نے 17 میں سے 23 کشتیاں کھو دیں۔"),
        ("The fleet lost 17 of 23 boats.", "bn", "বহরটি ২৩টি নৌকার ১৭টি হারিয়েছে।", "বহরটি ১৭টি নৌকার ২৩টি হারিয়েছে।"),
        ("The fleet lost 17 of 23 boats.", "ta", "கடற்படை 23 படகுகளில் 17ஐ இழந்தது.", "கடற்படை 17 படகுகளில் 23ஐ இழந்தது."),
        ("The fleet lost 17 of 23 boats.", "fa", "ناوگان ۱۷ قایق از ۲۳ قایق را از دست داد.",
         "ناوگان ۲۳ قایق از ۱۷ قایق را از دست داد."),
    ],
    "a vote": [
        ("The house passed it 61-39.", "hi", "सदन ने इसे 39 के मुकाबले 61 वोटों से पारित किया।",
         "सदन ने इसे 61 के मुकाबले 39 वोटों से पारित किया।"),
        ("The house passed it 61-39.", "ur", "ایوان نے اسے 39 کے مقابلے میں 61 ووٹوں سے منظور کیا۔",
         "ایوان نے اسے 61 کے مقابلے میں 39 ووٹوں سے منظور کیا۔"),
    ],
    "where it came from": [
        ("Inflation fell to 3.1% in May from 4.6%.", "he", "האינפלציה ירדה במאי מ-4.6% ל-3.1%.",
         "האינפלציה ירדה במאי מ-3.1% ל-4.6%."),
        ("Inflation fell to 3.1% in May from 4.6%.", "ar", "انخفض التضخم في مايو من 4.6% إلى 3.1%.",
         "انخفض التضخم في مايو من 3.1% إلى 4.6%."),
        ("Inflation fell to 3.1% in May from 4.6%.", "ur", "مہنگائی مئی میں 4.6 فیصد سے کم ہو کر 3.1 فیصد رہ گئی۔",
         "مہنگائی مئی میں 3.1 فیصد سے کم ہو کر 4.6 فیصد رہ گئی۔"),
    ],
    "scores and ranges": [
        ("Norvia beat Lastia 3-1.", "he", "נורביה ניצחה את לאסטיה 3-1.", "נורביה ניצחה את לאסטיה 1-3."),
        ("Norvia beat Lastia 3-1.", "fa", "نورویا لاستیا را ۳-۱ شکست داد.", "نورویا لاستیا را ۱-۳ شکست داد."),
        ("Norvia beat Lastia 3-1.", "ar", "فازت نورفيا على لاستيا 3-1.", "فازت نورفيا على لاستيا 1-3."),
        ("Norvia beat Lastia 3-1 with a goal in the 80th minute.", "ur",
         "نورویا نے 80ویں منٹ کے گول سے لاستیا کو 1-3 سے ہرا دیا۔", "نورویا نے 3ویں منٹ کے گول سے لاستیا کو 1-80 سے ہرا دیا۔"),
        ("He will play for 55 or 60 minutes.", "he", "הוא ישחק 55 או 60 דקות.", "הוא ישחק 60 או 55 דקות."),
    ],
    "a date and a decade": [
        ("It opened on May 14, 1988.", "ta", "1988 மே 14 அன்று திறக்கப்பட்டது.", "மே 1988, 14 அன்று திறக்கப்பட்டது."),
        ("It has kept 1,350 maps since the 1920s.", "ur", "اس نے 1920 کی دہائی سے 1350 نقشے محفوظ رکھے ہیں۔",
         "اس نے 1350 کی دہائی سے 1920 نقشے محفوظ رکھے ہیں۔"),
        ("In 1994 it had 52 members.", "bn", "১৯৯৪ সালে এর সদস্য ছিল ৫২ জন।", "৫২ সালে এর সদস্য ছিল ১৯৯৪ জন।"),
    ],
    "approximators": [
        ("It has 900 beds where about 450 were planned.", "ur", "جہاں تقریباً 450 کا منصوبہ تھا وہاں 900 بستر ہیں۔",
         "جہاں 450 کا منصوبہ تھا وہاں تقریباً 900 بستر ہیں۔"),
    ],
    "a year and a count": [
        ("The party won by 1,460 votes, its best since 1978.", "ja", "同党は1460票差で勝ち、1978年以来の好成績だった。",
         "同党は1978票差で勝ち、1460年以来の好成績だった。"),
        ("It has sold cars for 40 years, and fewer since 2021.", "ko", "40년간 차를 팔았지만 2021년 이후 줄었다.",
         "2021년간 차를 팔았지만 40년 이후 줄었다."),
        ("A nurse was jailed for 24 years for crimes committed between May 2011 and June 2014.", "zh-Hans",
         "一名护士因在2011年5月至2014年6月间犯下的罪行被判处24年监禁。",
         "一名护士因在24年5月至2014年6月间犯下的罪行被判处2011年监禁。"),
        ("It was the best start since 1996 and took the team to 8-2.", "hu",
         "1996 óta nem volt ilyen jó rajt, a mérleg most 8–2.", "8 óta nem volt ilyen jó rajt, a mérleg most 1996–2."),
    ],
    "an ordinal": [
        ("He will star in the 24th Norvia film, due in late 2028.", "de",
         "Er spielt im 24. Norvia-Film, der Ende 2028 kommen soll.", "Er spielt im 2028. Norvia-Film, der Ende 24 kommen soll."),
        ("The party won 160 seats and Ada Marsh will be the 12th president.", "tr",
         "Parti 160 sandalye kazandı, Ada Marsh 12'nci başkan olacak.",
         "Parti 12 sandalye kazandı, Ada Marsh 160'ncı başkan olacak."),
    ],
    "a time": [
        ("The 41-year-old was found at 6.45am.", "de", "Die 41-Jährige wurde um 6.45 Uhr gefunden.",
         "Die 6.45-Jährige wurde um 41 Uhr gefunden."),
        ("She won in 2:14:20 and he by 16 seconds.", "hu", "A nő 2:14:20 alatt nyert, a férfi 16 másodperccel.",
         "A nő 16 alatt nyert, a férfi 2:14:20 másodperccel."),
    ],
    "clauses of one rank": [
        ("Gunmen killed 14 villagers and abducted 30 others.", "ja", "武装集団は村人14人を殺害し、30人を拉致した。",
         "武装集団は村人30人を殺害し、14人を拉致した。"),
        ("Shares in Lastia rose 1.4%, while Norvia slipped 0.6%.", "zh-Hant", "Lastia股價上漲1.4%，Norvia則下跌0.6%。",
         "Lastia股價上漲0.6%，Norvia則下跌1.4%。"),
        ("Alpha had 3.4 million, Beta had 2.8 million, Gamma had 2.6 million.", "ko",
         "알파는 340만 명, 베타는 280만 명, 감마는 260만 명이었다.", "알파는 340만 명, 베타는 260만 명, 감마는 280만 명이었다."),
    ],
    "a part and its whole where it comes first": [
        ("It shot down 44 of 61 drones.", "ja", "無人機61機のうち44機を撃墜した。", "無人機44機のうち61機を撃墜した。"),
        ("It shot down 44 of 61 drones.", "ko", "드론 61대 중 44대를 격추했다.", "드론 44대 중 61대를 격추했다."),
        ("It shot down 44 of 61 drones.", "zh-Hans", "61架无人机中有44架被击落。", "44架无人机中有61架被击落。"),
        ("It shot down 44 of 61 drones.", "tr", "61 insansız hava aracından 44'ünü düşürdü.",
         "44 insansız hava aracından 61'ini düşürdü."),
        ("It shot down 44 of 61 drones.", "hu", "A 61 drónból 44-et lelőttek.", "A 44 drónból 61-et lelőttek."),
    ],
    "ranges and fractions": [
        ("Marsh leads Rowe 47% to 45%.", "zh-Hans", "马什以47%对45%领先罗。", "马什以45%对47%领先罗。"),
        ("It runs from 27 December to 4 January.", "ja", "12月27日から1月4日まで開かれる。", "12月4日から1月27日まで開かれる。"),
        ("They got 16 and 19 years for crimes in the summer of 1993.", "id",
         "Mereka dihukum 16 dan 19 tahun atas kejahatan pada musim panas 1993.",
         "Mereka dihukum 1993 dan 19 tahun atas kejahatan pada musim panas 16."),
    ],
    "names of numbers": [
        ("The S&P 400 added 71 points to end at 2,840.", "es", "El S&P 400 sumó 71 puntos y cerró en 2.840.",
         "El S&P 2.840 sumó 71 puntos y cerró en 400."),
        ("It aims to be No. 3 by 2032.", "nb", "Målet er å være nummer 3 innen 2032.", "Målet er å være nummer 2032 innen 3."),
    ],
}  # fmt: skip
RIGHT_ONLY = [
    ("en", "de", "It opened on May 30, 2005.", "Es wurde am 30. Mai 2005 eröffnet."),
    ("en", "cs", "It opened on May 30, 2005.", "Otevřeno bylo 30. května 2005."),
    ("en", "fi", "It opened on May 30, 2005.", "Se avattiin 30. toukokuuta 2005."),
    ("en", "ar", "The 9/11 study ended.", "انتهت دراسة 11 سبتمبر."),
    ("en", "bn", "He made 102 off 95 balls, with 11 fours.", "৯৫ বলে ১১ চারে ১০২ রান করেন তিনি।"),
    ("en", "vi", "It opened in July 2017.", "Nó mở cửa vào tháng 7, 2017."),
    ("en", "he", "Norvia beat Lastia 3-1.", "נורביה ניצחה 1:3 את לאסטיה."),
    ("en", "de", "Of 61 tested, 44 were positive.", "44 von 61 Getesteten waren positiv."),
    ("en", "es", "Of 61 tested, 44 were positive.", "Dieron positivo 44 de los 61 analizados."),
    ("en", "de", "Open from 9:30 a.m. to 5 p.m.", "Geöffnet von 9.30 bis 17 Uhr."),
    ("en", "nl", "Open from 9:30 a.m. to 5 p.m.", "Open van 9.30 tot 17 uur."),
    ("en", "hi", "Capacity is to rise from 4.1m to 7.6m tonnes by 2031.", "क्षमता 2031 तक 41 लाख से बढ़कर 76 लाख टन होगी।"),
    ("en", "fa", "Call 859-292-3680.", "با شمارهٔ ۳۶۸۰-۲۹۲-۸۵۹ تماس بگیرید."),
    ("en", "he", "The 2019 Route 66 crash cost $3m.", "התאונה בכביש 66 ב-2019 עלתה 3 מיליון דולר."),
    ("en", "hi", "Dinesh Perera took 5 for 71 in 28.4 overs.", "दिनेश परेरा ने 28.4 ओवर में 71 रन देकर 5 विकेट लिए।"),
    (
        "en", "hi", "Lena Brandt won 4-6, 7-6 (9-7), 6-3 in two hours and 48 minutes.",
        "लेना ब्रांट दो घंटे 48 मिनट में 4-6, 7-6 (9-7), 6-3 से जीतीं।",
    ),
    (
        "en", "ta", "Rowe earned $9.3 million last year, 211 times the usual pay.",
        "ரோ கடந்த ஆண்டு 93 லட்சம் டாலர் ஈட்டினார்; இது வழக்கத்தைப்போல 211 மடங்கு.",
    ),
    ("en", "hi", "Norvia said it lost 7 soldiers in the clash and Lastia 12, and no more.",
     "नोर्विया ने कहा कि झड़प में उसके 7 और लास्टिया के 12 सैनिक मारे गए, और नहीं।"),
    ("en", "hu", "It found 4.1 cases per 100,000 people.", "100 ezer emberre 4,1 eset jutott."),
    ("en", "zh-Hans", "Empty since 1986, the 14-storey hotel will reopen.", "这座14层酒店自1986年起空置，将重新开业。"),
    ("en", "tr", "The margin, 48.2% to 42.6%, was wide.", "Fark (yüzde 42,6'ya karşı yüzde 48,2) büyüktü."),
    ("en", "ko", "Turnout was 57.4%, down from 63.1%.", "투표율은 63.1%보다 낮은 57.4%였다."),
    ("en", "pl", "A bus hit her car on Interstate 6 near Olm on Labor Day 2022.",
     "W Święto Pracy w 2022 roku na autostradzie nr 6 koło Olm w jej auto uderzył autobus."),
    ("en", "de", "It hit 117 degrees Fahrenheit, the 21st day above 110.", "Es waren 47 Grad Celsius, der 21. Tag über 43 Grad."),
    ("en", "fr", "Three men, aged 31, 35 and 38, were held.", "Trois hommes de 31, 35 et 38 ans ont été arrêtés."),
    ("en", "he", "The lead was 3-1.", "היתרון היה 1:3."),
    ("hi", "en", "सेना ने 31 में से 22 ड्रोन मार गिराए।", "The army shot down 22 of 31 drones."),
    ("he", "en", "נורביה ניצחה 1:3 את לאסטיה.", "Norvia beat Lastia 3-1."),
    ("vi", "en", "Cầu khánh thành hôm 14/2.", "The bridge opened on February 14."),
    ("ur", "en", "ووٹ 46 کے مقابلے 54 رہا۔", "The vote was 54 to 46."),
    ("en", "de", "Norvia lost 3-2 to Lastia.", "Norvia verlor 2:3 gegen Lastia."),
    ("en", "hu", "Norvia lost 3-2 to Lastia.", "Norvia 2-3-ra kikapott Lastiától."),
    ("de", "en", "Norvia lag mit 0:2 zurück.", "Norvia was 2-0 down."),
    ("pl", "en", "Norvia przegrała z Lastią 2:3.", "Norvia lost 3-2 to Lastia."),
    ("ru", "en", "Норвия проиграла Ластии 2:3.", "Norvia lost 3-2 to Lastia."),
    ("ko", "en", "노르비아는 라스티아에 2-3으로 패했다.", "Norvia lost 3-2 to Lastia."),
    ("ja", "en", "ノルビアはラスティアに2-3で敗れた。", "Norvia lost 3-2 to Lastia."),
    ("zh-Hans", "en", "诺维亚2-3不敌拉斯蒂亚。", "Norvia lost 3-2 to Lastia."),
    ("en", "es", "Norvia lost 3-2 to Lastia.", "Norvia perdió 2-3 ante Lastia."),
    ("it", "en", "La Norvia ha perso 2-3 con la Lastia.", "Norvia lost 3-2 to Lastia."),
    ("en", "ur", "Lee Harmer made 134 off 148 balls, with 15 fours.", "لی ہارمر نے 148 گیندوں پر 15 چوکوں کی مدد سے 134 رنز بنائے۔"),
    ("en", "de",
     ("A former deputy in Olm was charged with first-degree murder in the 1994 shooting of a clerk on Route 66 after DNA "
     "evidence was retested."),
     ("In Olm ist ein früherer Hilfssheriff wegen Mordes ersten Grades angeklagt worden, nachdem DNA-Spuren neu untersucht "
     "worden waren. Er soll 1994 an der Route 66 einen Tankwart erschossen haben.")),
    ("en", "de", "Norvia won the cup by 17½ points to 10½ after taking the foursomes 8–4 on Sunday.",
     "Norvia gewann den Pokal mit 17,5 zu 10,5 Punkten, nachdem es am Sonntag die Vierer mit 8:4 gewonnen hatte."),
    ("en", "it", "Call between 8am and 8pm, seven days a week.", "Chiamate dalle 8 alle 20, sette giorni su sette."),
    ("en", "hu", "She went 18-for-27 for 245 yards.", "27-ből 18 passzal 245 yardot ért el."),
    ("en", "tr", "Between 10 and 15 people, most of them 10- to 15-year-olds, waited from 10 to 15 minutes.",
     "Çoğu 10-15 yaşlarında 10 ila 15 kişi, 10-15 dakika bekledi."),
    ("en", "tr", "A woman in her 80s was hit by a No. 38 bus; two men aged 20 and 23 were held.",
     "80'li yaşlarındaki bir kadına 38 numaralı otobüs çarptı; 20 ve 23 yaşlarında iki erkek gözaltına alındı."),
    ("en", "hu", "Three men, aged 33, 34 and 39, have been arrested after a car was repeatedly rammed into a house in Olm.",
     ("A rendőrség letartóztatott egy 33, egy 34 és egy 39 éves férfit, akik Olmban autójukkal többször egy házba "
     "hajtottak.")),
]  # fmt: skip


@pytest.mark.parametrize(("source", "language", "right", "wrong"), [case for cases in CASES.values() for case in cases])
def test_exchanged_figures_are_seen_and_turned_sentences_pass(
    source: str, language: str, right: str, wrong: str
) -> None:
    """A right translation has no finding about figures; with two figures exchanged it has one."""
    passed, held = (_codes(source, "en", text, language) for text in (right, wrong))
    assert (passed, "figure_swapped" in held or "figure_approximator_lost" in held) == ([], True)


@pytest.mark.parametrize(("source_language", "language", "source", "translation"), RIGHT_ONLY)
def test_turned_figures_that_are_right(source_language: str, language: str, source: str, translation: str) -> None:
    """What people type from right to left, or turn round with the words that the figures belong to, is no exchange."""
    assert _codes(source, source_language, translation, language) == []


def _codes(source: str, source_language: str, translation: str, language: str) -> list[str]:
    found = check_translation(source, translation, source_language=source_language, language=language)
    return [finding.code for finding in found if finding.code.startswith("figure_") and finding.severity == "error"]


@pytest.mark.parametrize(
    ("source_language", "language", "source", "translation"),
    [
        ("en", "tr", "Norvia lost 3-2 to Lastia.", "Norvia, Lastia'ya 2-3 kaybetti."),
        ("de", "pl", "Norvia verlor 2:3 gegen Lastia.", "Norvia przegrała z Lastią 3:2."),
        ("en", "de", "Norvia beat Lastia 3-2.", "Norvia schlug Lastia 2:3."),
        ("ko", "en", "노르비아는 라스티아를 3-2로 이겼다.", "Norvia beat Lastia 2-3."),
    ],
)
def test_scores_turn_only_for_losers_and_by_custom(
    source_language: str, language: str, source: str, translation: str
) -> None:
    """A score keeps its order between languages of one custom, and for the winner."""
    assert _codes(source, source_language, translation, language) == ["figure_swapped"]


def test_a_total_and_an_average_keep_their_words() -> None:
    """People turn a part and its whole round, but not away from the words for them."""
    source = "这批电动车由远帆客车制造，采购总额4.65亿元，平均每辆155万元，市财政承担六成。"
    line = (
        "Ces bus électriques, fabriqués par Yuanfan Bus, ont coûté au total {} de yuans, soit {} de yuans en moyenne par "
        "véhicule ; la ville en prend 60 % en charge."
    )
    right, wrong = line.format("465 millions", "1,55 million"), line.format("1,55 million", "465 millions")
    assert [_codes(source, "zh-Hans", text, "fr") for text in (right, wrong)] == [[], ["figure_swapped"]]


@pytest.mark.parametrize(
    ("translation", "figures"),
    [
        ("31-22'lik galibiyetten sonra 17 kuzuyu eve götürdüler.", [("22", "17")]),
        ("22-17'lik galibiyetten sonra 31 kuzuyu eve götürdüler.", [("22", "31")]),
    ],
)
def test_an_exchange_is_said_once(translation: str, figures: list[tuple[str, str]]) -> None:
    """With the figure that stands where the other stood, not with the one that it was torn from."""
    source = "They took 22 lambs home after a 31-17 win."
    found = check_translation(source, translation, source_language="en", language="tr")
    assert [(item.expected, item.found) for item in found if item.code == "figure_swapped"] == figures
