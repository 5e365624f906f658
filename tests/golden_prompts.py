"""The articles and drafts whose prompts are kept in `tests/golden/prompts/`: Latin, Arabic and Chinese script."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NamedTuple

from summarizer.llm.preview import preview
from summarizer.prompts import released_prompts
from summarizer.records import Article, Bullet, Draft, Sentence
from summarizer.settings import Settings

FOLDER = Path(__file__).parent / "golden" / "prompts"


class Case(NamedTuple):
    """A prompt and the sample that it is rendered for."""

    prompt: str
    sample: str


class Sample(NamedTuple):
    """An article by its sentences, a draft of it, and a language to translate into."""

    language: str
    target: str
    title: str
    sentences: tuple[str, ...]
    headline: str
    bullets: tuple[tuple[str, tuple[int, ...]], ...]
    names: tuple[str, ...]


SAMPLES = {
    "latin": Sample(
        "es",
        "de",
        "El puerto crece",
        (
            "El puerto de Santa Marina ampliará sus muelles en 2027.",
            "La obra costará unos 120 millones de euros, según la autoridad portuaria.",
            "«No habrá despidos», dijo su presidenta, Elena Ruiz.",
            "Los vecinos piden un estudio del ruido.",
        ),
        "Santa Marina ampliará sus muelles por unos 120 millones de euros",
        (
            ("La ampliación costará unos 120 millones de euros, según la autoridad portuaria", (1, 2)),
            ("La presidenta del puerto, Elena Ruiz, dijo: «No habrá despidos»", (3,)),
        ),
        ("Santa Marina", "Elena Ruiz"),
    ),
    "arabic": Sample(
        "ar",
        "en",
        "سيول تقطع المياه",
        (
            "لقي ما لا يقل عن 6 أشخاص حتفهم في سيول اجتاحت مدينة تل الزيتون فجر الثلاثاء، وفقا للدفاع المدني.",
            "وانقطعت المياه عن نحو 120 ألف نسمة.",
            'وقال المحافظ سامر الحمداني: "سنشكل لجنة تحقيق".',
        ),
        "سيول تل الزيتون تقتل 6 أشخاص على الأقل، وفق الدفاع المدني",
        (
            ("قُتل 6 أشخاص على الأقل في سيول مدينة تل الزيتون الثلاثاء، وفقا للدفاع المدني", (1,)),
            ("انقطعت المياه عن نحو 120 ألف نسمة في تل الزيتون", (1, 2)),
        ),
        ("تل الزيتون",),
    ),
    "chinese": Sample(
        "zh-Hans",
        "ja",
        "电动公交上路",
        (
            "云汀市公共交通集团11月4日宣布，首批300辆纯电动公交车当天投入运营。",
            "采购总额4.65亿元。",
            "“充电设施仍是短板，”总经理何雅琴说。",
        ),
        "云汀市首批300辆电动公交车投入运营",
        (
            ("云汀市公共交通集团称，首批300辆电动公交车11月4日投入运营", (1,)),
            ("总经理何雅琴说，充电设施“仍是短板”", (3,)),
        ),
        ("云汀市", "何雅琴"),
    ),
}
CASES = tuple(Case(name, sample) for name in dict.fromkeys(p.name for p in released_prompts()) for sample in SAMPLES)


def article_of(sample: Sample) -> Article:
    """The article; its sentences stand one per line."""
    sentences, start = [], 0
    for number, text in enumerate(sample.sentences, 1):
        sentences.append(Sentence(number=number, start=start, end=start + len(text)))
        start += len(text) + 1
    return Article(
        key="sample",
        source="sample",
        language=sample.language,
        title=sample.title,
        text="\n".join(sample.sentences),
        sentences=tuple(sentences),
    )


def draft_of(sample: Sample) -> Draft:
    """The draft; its headline cites the first sentence."""
    article = article_of(sample)
    return Draft(
        language=sample.language,
        headline=sample.headline,
        headline_evidence=article.evidence([1]),
        bullets=tuple(Bullet(text=text, evidence=article.evidence(numbers)) for text, numbers in sample.bullets),
        names=sample.names,
    )


def path_of(case: Case) -> Path:
    """The file that keeps the render of a case."""
    return FOLDER / f"{case.prompt}.{case.sample}.txt"


def golden(case: Case) -> str:
    """Both messages, as they would be sent with the default settings."""
    sample = SAMPLES[case.sample]
    language = sample.language if case.prompt == "headline" else sample.target
    work = preview(case.prompt, article_of(sample), draft_of(sample), language, Settings.load())
    rendered = asyncio.run(work)
    return f"{rendered.name} {rendered.label}\n\n## system\n\n{rendered.system}\n\n## user\n\n{rendered.user}\n"
