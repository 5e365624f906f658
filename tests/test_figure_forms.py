"""How newspapers of Asia write figures: durations, hours of the night, decimals and thousands in words, units."""

from __future__ import annotations

import pytest

from summarizer.checks import check_translation

# A source, a language, a right translation, and a wrong one that must be held.
CASES = [
    ("She won in 2:04:19.", "hi", "उन्होंने 2 घंटे 4 मिनट 19 सेकंड में जीत हासिल की।", "उन्होंने 2 घंटे 4 मिनट 29 सेकंड में जीत हासिल की।"),
    ("She won in 2:04:19.", "ar", "فازت في ساعتين و4 دقائق و19 ثانية.", "فازت في ساعتين و5 دقائق و19 ثانية."),
    ("Norvia won 24-16.", "he", "נורביה ניצחה 16:24.", "נורביה ניצחה 16:25."),
    ("It ended at 12:17 a.m.", "hi", "यह रात 12:17 बजे खत्म हुआ।", "यह रात 12:27 बजे खत्म हुआ।"),
    ("It ended at 2:17 a.m.", "bn", "রাত ২টা ১৭ মিনিটে এটি শেষ হয়।", "রাত ১০টা ১৭ মিনিটে এটি শেষ হয়।"),
    ("It ended at 9:52 p.m.", "ur", "یہ رات نو بج کر 52 منٹ پر ختم ہوا۔", "یہ رات نو بج کر 42 منٹ پر ختم ہوا۔"),
    ("The river rose 13 feet in one night.", "fa", "رود در یک شب چهار متر بالا آمد.", "رود در یک شب ۸ متر بالا آمد."),
    ("The train takes 12 and a half hours.", "hi", "ट्रेन साढ़े 12 घंटे लेती है।", "ट्रेन साढ़े 13 घंटे लेती है।"),
    ("It has 350,000 seats.", "bn", "এতে সাড়ে ৩ লাখ আসন আছে।", "এতে সাড়ে ৪ লাখ আসন আছে।"),
    ("It cost 2.5 million.", "ar", "كلف مليونين ونصف مليون.", "كلف ثلاثة ملايين ونصف مليون."),
    ("It landed at 6:40 a.m.", "ar", "هبطت في السادسة و40 دقيقة صباحا.", "هبطت في السادسة و50 دقيقة صباحا."),
    ("It killed 2 soldiers.", "ar", "أدى إلى مقتل عسكريين.", "أدى إلى مقتل 3 عسكريين."),
    ("He bats .275.", "he", "הממוצע שלו 0.275.", "הממוצע שלו 0.285."),
    ("It dates from about 1,300 B.C.", "hi", "यह लगभग 1300 ईसा पूर्व का है।", "यह लगभग 1400 ईसा पूर्व का है।"),
    ("The crew works 24/7 with 14 boats.", "fa", "گروه با ۱۴ قایق شبانه‌روزی کار می‌کند.", "گروه با ۱۵ قایق شبانه‌روزی کار می‌کند."),
    ("It cost ₹7,500 crore.", "ur", "اس پر 7,500 کروڑ روپے لاگت آئی۔", "اس پر 7,600 کروڑ روپے لاگت آئی۔"),
    ("It costs $87.40.", "bn", "এর দাম ৮৭ দশমিক ৪০ ডলার।", "এর দাম ৮৭ দশমিক ৫০ ডলার।"),
    ("It rose 0.25 percent.", "bn", "এটি শূন্য দশমিক ২৫ শতাংশ বেড়েছে।", "এটি শূন্য দশমিক ৩৫ শতাংশ বেড়েছে।"),
    ("It costs 2,431 dollars.", "bn", "এর দাম ২ হাজার ৪৩১ ডলার।", "এর দাম ৩ হাজার ৪৩১ ডলার।"),
    ("It had 165 cases per 100,000 people.", "bn", "প্রতি লাখে ১৬৫টি ঘটনা ঘটেছে।", "প্রতি লাখে ১৭৫টি ঘটনা ঘটেছে।"),
    ("The dam holds 350,000 cubic feet.", "he", "הסכר מכיל כ-10,000 מטרים מעוקבים.", "הסכר מכיל כ-20,000 מטרים מעוקבים."),
    ("The bank cut its rate by a quarter of a point.", "fa", "بانک نرخ را یک‌چهارم واحد درصد کاهش داد.",
     "بانک نرخ را ۲۵ واحد درصد کاهش داد."),
    ("Profit was £63.2m, up from £58.7m a year earlier.", "ar",
     "بلغت الأرباح 63.2 مليون جنيه مقارنة مع 58.7 مليون قبل عام.", "بلغت الأرباح 63.2 مليون جنيه مقارنة مع 57.8 مليون قبل عام."),
    ("She led by 51.3 percent to 48.7 percent.", "ar", "تقدمت بنسبة 51.3 مقابل 48.7 في المئة.",
     "تقدمت بنسبة 51.3 مقابل 47.8 في المئة."),
    ("The 49ers won 27-13.", "hi", "फोर्टी नाइनर्स ने 27-13 से जीत हासिल की।", "48ers ने 27-13 से जीत हासिल की।"),
    ("The storm left at least 17 people dead.", "ur", "طوفان سے کم از کم 17 افراد ہلاک ہو گئے۔", "طوفان سے 17 افراد ہلاک ہو گئے۔"),
    ('"We waited for 70 minutes," she said.', "bn", "তিনি বলেন, ‘৭০ মিনিট অপেক্ষা করেছি, তারপর গেছি।’",
     "তিনি বলেন, ‘৮০ মিনিট অপেক্ষা করেছি, তারপর গেছি।’"),
    ("CAIRO - It rose 4 percent.", "ar", "القاهرة ـ ارتفع 4 في المئة.", "القاهرة ـ ارتفع 5 في المئة."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "language", "right", "wrong"), CASES)
def test_figures_as_the_papers_write_them(source: str, language: str, right: str, wrong: str) -> None:
    """The right translation passes and the wrong one is held."""
    assert (_errors(source, right, language), bool(_errors(source, wrong, language))) == ([], True)


def test_a_verb_that_begins_like_a_day() -> None:
    """Arabic *touched* has the letters of *for yesterday*, and is none."""
    source = "Gold touched a record."
    assert _errors(source, "لامس الذهب مستوى قياسيا.", "ar") == []
    assert _errors(source, "بلغ الذهب أمس مستوى قياسيا.", "ar") == ["relative_day"]


def _errors(source: str, translation: str, language: str) -> list[str]:
    found = check_translation(source, translation, source_language="en", language=language)
    return [finding.code for finding in found if finding.severity == "error"]
