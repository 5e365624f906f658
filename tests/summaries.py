"""Summaries made by hand, for the tests of what comes after the pipeline."""

from __future__ import annotations

from summarizer.checks import finding
from summarizer.records import ArticleInfo, Bullet, Evidence, NewsSummary, Provenance, Translation

TEXT = "The board approved the pier. It costs 12.4 million euros."
SENTENCES = (
    Evidence(sentence=1, start=0, end=28, text=TEXT[:28]),
    Evidence(sentence=2, start=29, end=57, text=TEXT[29:]),
)


def translation(language: str, *, held: bool = False) -> Translation:
    """A gist in Catalan, or a held language."""
    code = "no_offline_pair" if held else "machine_gist"
    return Translation(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        status="held" if held else "flagged",
        headline=None if held else "El moll s'aprova",
        bullets=() if held else ("El consell va aprovar el moll.", "Costa 12,4 milions d'euros."),
        engine="offline",
        model=None if held else "apertium",
        source_hash="sha256:0",
        findings=(finding(code, "translation", "as a test"),),
    )


def summary(*translations: Translation, key: str = "https://example.org/news/pier", held: bool = False) -> NewsSummary:
    """A summary of two bullets, with these translations."""
    bullets = tuple(Bullet(text=sentence.text, evidence=(sentence,)) for sentence in SENTENCES)
    return NewsSummary(
        status="held" if held else "ok",
        article=ArticleInfo(
            key=key, id="0" * 64, revision=1, source="pier.txt", url=key, title=None, publisher="Example News", language="en",
            published="2026-05-14", sentences=2, text=TEXT,
        ),
        language="en",
        headline=None if held else "Board approves pier",
        headline_evidence=() if held else SENTENCES[:1],
        bullets=() if held else bullets,
        translations={item.language: item for item in translations},
        findings=(finding("not_news", "article", "a list"),) if held else (),
        provenance=Provenance(engine="offline", model="extractive", created="2026-11-22T10:00:00+00:00"),
    )  # fmt: skip
