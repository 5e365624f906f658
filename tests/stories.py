"""Stories made by hand, for the tests of the site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from summarizer import NewsSummary
from summarizer.publish.site import Change, Gone, Story
from summarizer.records import Translation
from tests.summaries import summary

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LINES = {
    "ar": (
        "مجلس الميناء يوافق على رصيف ثان بكلفة 12.4 مليون يورو",
        "وافق مجلس ميناء Port Authority على الرصيف يوم الثلاثاء.",
        "تبلغ الكلفة 12.4 مليون يورو.",
    ),
    "ja": (
        "港湾委員会、1240万ユーロの桟橋を承認",
        "港湾委員会は火曜日、桟橋の建設を承認した。",
        "費用は1240万ユーロだ。",
    ),
    "es": (
        "El consejo aprueba el muelle",
        "El consejo aprobó el muelle.",
        "Cuesta 12,4 millones de euros.",
    ),
}


def translated(language: str) -> Translation:
    """A translation by a model of the two bullets of `tests.summaries`."""
    headline, *bullets = LINES[language]
    return Translation(
        language=language, direction="rtl" if language == "ar" else "ltr", status="ok", headline=headline,
        bullets=tuple(bullets), quotes="translated", engine="llm", model="model-x", source_hash="sha256:0",
    )  # fmt: skip


def written(key: str = "https://example.org/news/pier", **article: Any) -> NewsSummary:
    """A summary that a model wrote in English and translated into three languages."""
    made = summary(*map(translated, LINES), key=key)
    by_model = made.provenance.model_copy(update={"engine": "llm", "model": "model-x"})
    return made.model_copy(
        update={"provenance": by_model, "article": made.article.model_copy(update={"revision": 3, **article})}
    )


def story(key: str = "https://example.org/news/pier", *, days_ago: float = 0, **fields: Any) -> Story:
    """A story in English, Arabic, Japanese and Spanish, changed an hour after it came out."""
    published = NOW - timedelta(days=days_ago)
    languages = ("en", *LINES)
    texts = dict.fromkeys(fields.pop("languages", languages), fields.pop("summary", None) or written(key))
    changes = dict.fromkeys(texts, fields.pop("changes", ()))
    told = Story(key, texts, published, dict.fromkeys(texts, published + timedelta(hours=1)), changes)
    return told._replace(**fields)


CORRECTED = (
    Change("correction", NOW, "17 people, not 12", "en"),
    Change("update", NOW, "12 → 17"),
)
WITHDRAWN = {"es": Gone(NOW, final=True)}
