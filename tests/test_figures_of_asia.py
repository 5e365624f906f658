"""How papers of East and South-East Asia and of East Africa write figures: what is right passes, what is spoilt is held."""

from __future__ import annotations

import pytest

from summarizer.checks import check_translation

# The source, its language in which it is written, and a right and a wrong translation.
CASES = [
    # Clubs, cups and scores
    ("They reached the quarter-finals.", "ja", "8強入りした。", "18強入りした。"),
    ("They reached the quarter-finals in 2019.", "ko", "2019년 8강에 올랐다.", "2018년 8강에 올랐다."),
    ("They were 2-0 down, then won 3-2.", "ko", "0-2로 뒤지다 3-2로 이겼다.", "0-1로 뒤지다 3-2로 이겼다."),
    ("They won 3-2 in the end.", "ko", "결국 3-2로 이겼다.", "결국 2-3으로 이겼다."),
    ("The back-to-back champions drew.", "ko", "2연패 중인 챔피언은 비겼다.", "3연패 중인 챔피언은 비겼다."),
    ("It was a goalless draw.", "zh-Hans", "双方0比0战平。", "双方2比2战平。"),
    ("She won 4-6, 7-6 (9-7), 6-3.", "zh-Hans", "她以4比6、7比6（9比7）、6比3取胜。", "她以4比6、7比6（9比7）、6比2取胜。"),
    ("It led 1-0 from the 25th minute.", "ja", "25分から1―0でリードした。", "0分からずっと相手の攻撃を全員でよく防ぎ続けて1―25でリードした。"),
    ("He scored in the 89th minute.", "ja", "後半44分に得点した。", "後半49分に得点した。"),
    ("He scored in the 89th minute.", "ko", "후반 44분에 득점했다.", "전반 44분에 득점했다."),
    # Markets and central banks
    ("The index closed at 38,946.93.", "ja", "指数の終値は3万8946円93銭。", "指数の終値は3万8946円39銭。"),
    ("The index closed at 38,946.93.", "ko", "지수는 3만8946.93에 마감했다.", "지수는 3만8946.39에 마감했다."),
    ("The rate rose by a quarter of a point.", "ja", "金利は0.25ポイント上がった。", "金利は0.75ポイント上がった。"),
    ("The rate rose by 25 basis points.", "zh-Hans", "利率上调25个基点。", "利率上调50个基点。"),
    ("The rate rose by half a point.", "zh-Hans", "利率上调50个基点。", "利率上调25个基点。"),
    ("The rate rose by half a point.", "zh-Hant", "央行升息2碼。", "央行升息1碼。"),
    ("Brent cost $81.36 a barrel.", "ja", "北海ブレントは1バレル=81.36ドル。", "北海ブレントは1バレル=83.16ドル。"),
    ("Profit was 215 billion yen in the three months to June.", "ja", "4~6月期の利益は2150億円。", "4~8月期の利益は2150億円。"),
    ("Deliveries fell 4.8% in the second quarter.", "ko", "4~6월 인도량은 4.8% 줄었다.", "4~7월 인도량은 4.8% 줄었다."),
    ("The Nikkei 225 rose 1.2%.", "ja", "日経平均は1.2%上昇した。", "日経平均は2.1%上昇した。"),
    # People, years and ages
    ("It killed seven people aged between 19 and 56.", "vi", "Vụ việc làm chết bảy người từ 19 đến 56 tuổi.",
     "Vụ việc làm chết bảy người từ 19 đến 65 tuổi."),
    ("The 34-year-old broke a record of 1968.", "zh-Hans", "这名34岁球员打破1968年的纪录。", "这名34岁球员打破1986年的纪录。"),
    ("They found a 1,400-year-old tomb.", "zh-Hant", "他們找到1400年前的古墓。", "他們找到1500年前的古墓。"),
    ("It lasted from June 2015 to May 2016.", "ja", "2015年6月から翌16年5月まで続いた。", "2015年6月から翌17年5月まで続いた。"),
    ("A couple in their 80s died.", "zh-Hans", "一对八旬夫妇丧生。", "一对七旬夫妇丧生。"),
    ("More than 340,000 homes lost power.", "ko", "34만여 가구가 정전됐다.", "35만여 가구가 정전됐다."),
    ("Temperatures topped 110°F for the 31st day.", "ko", "기온이 31일 연속 화씨 110도를 넘었다.", "기온이 31일 연속 화씨 110도였다."),
    ("Cases rose from 3.1 to 17.4 per 100,000.", "zh-Hans", "每10万人病例从3.1例增至17.4例。", "每10万人病例从3.1例增至14.7例。"),
    ("A 17-year-old, two 18-year-olds and a 20-year-old left.", "ja", "17歳、18歳2人、20歳が去った。", "20歳、18歳2人、17歳が去った。"),
    # Measures, times and words
    ("Winds of 125 mph came.", "ja", "風速56メートルの風が吹いた。", "風速65メートルの風が吹いた。"),
    ("She weighed 7lb 11oz.", "vi", "Bé nặng 3,5 kg.", "Bé nặng 5,3 kg."),
    ("They seized half a tonne of cocaine.", "ko", "코카인 500㎏을 압수했다.", "코카인 800㎏을 압수했다."),
    ("It was 110°F.", "sw", "Joto lilikuwa nyuzi joto 110 Fahrenheit.", "Joto lilikuwa nyuzi joto 110 selsiasi."),
    ("They talked for two hours and 48 minutes.", "vi", "Họ nói chuyện 2 giờ 48 phút.", "Họ nói chuyện 2 giờ 38 phút."),
    ("It starts at 2:48.", "vi", "Nó bắt đầu lúc 2 giờ 48 phút.", "Nó bắt đầu lúc 2 giờ 38 phút."),
    ("It rose twice in the 1990s.", "vi", "Nó tăng gấp đôi tỷ lệ những năm 1990.", "Nó tăng 2 tỷ những năm 1990."),
    ("Two dozen soldiers left.", "id", "Dua lusin tentara pergi.", "Dua belas tentara pergi."),
    ("They are open 24/7.", "th", "เปิดตลอด 24 ชั่วโมง", "เปิดตลอด 12 ชั่วโมง"),
    ("It was 23 years after 9/11.", "id", "Itu 23 tahun setelah 11 September.", "Itu 23 tahun setelah 12 September."),
]  # fmt: skip


def _held(source: str, text: str, language: str) -> bool:
    findings = check_translation(source, text, source_language="en", language=language)
    return any(finding.severity == "error" for finding in findings)


@pytest.mark.parametrize(("source", "language", "right", "wrong"), CASES)
def test_figures_as_papers_write_them(source: str, language: str, right: str, wrong: str) -> None:
    """A value in the form of a language's papers passes, and another value in the same form is held."""
    assert not _held(source, right, language)
    assert _held(source, wrong, language)
