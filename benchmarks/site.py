"""How long the site of many articles takes to build, and again when nothing or one article changed.

    PYTHONPATH=. python benchmarks/site.py [--articles 2000]

Each article has three translations, so four pages; the lists come on top. Times are of one process, wall clock.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summarizer.publish.site import Site, Story, build_site
from summarizer.records import ArticleInfo, Bullet, Evidence, NewsSummary, Provenance, Translation

_TEXT = "The harbour board approved a second ferry pier on Tuesday. It will cost 12.4 million euros and open in 2028."
_SENTENCES = (
    Evidence(sentence=1, start=0, end=58, text=_TEXT[:58]),
    Evidence(sentence=2, start=59, end=len(_TEXT), text=_TEXT[59:]),
)
_LINES = {
    "ar": ("المجلس يوافق على رصيف ثان", "وافق المجلس على الرصيف يوم الثلاثاء.", "تبلغ الكلفة 12.4 مليون يورو."),
    "ja": ("第2桟橋を承認", "委員会は火曜日、桟橋の建設を承認した。", "費用は1240万ユーロで2028年に完成する。"),
    "es": ("El consejo aprueba el muelle", "El consejo aprobó el muelle el martes.", "Costará 12,4 millones."),
}
_NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def main() -> None:
    """Build three times and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=2000)
    stories = [_story(number) for number in range(options.parse_args().articles)]
    site = Site("Example briefs", "https://briefs.example/")
    print("| build | seconds | pages written | left alone |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        changed = [stories[0]._replace(updated={"es": _NOW + timedelta(hours=1)}), *stories[1:]]
        for name, told in (("first", stories), ("nothing changed", stories), ("one article changed", changed)):
            started = time.perf_counter()
            built = build_site(told, site, Path(folder))
            print(f"| {name} | {time.perf_counter() - started:.1f} | {built.written} | {built.unchanged} |")


def _story(number: int) -> Story:
    key = f"https://news.example/{number}"
    bullets = tuple(Bullet(text=sentence.text, evidence=(sentence,)) for sentence in _SENTENCES)
    summary = NewsSummary(
        status="ok",
        article=ArticleInfo(
            key=key, id="0" * 64, revision=1, source=key, url=key, publisher="Example", language="en", sentences=2
        ),
        language="en",
        headline=f"Board approves pier number {number}",
        headline_evidence=_SENTENCES[:1],
        bullets=bullets,
        translations={tag: _translation(tag, lines) for tag, lines in _LINES.items()},
        provenance=Provenance(engine="llm", model="model-x", created="2026-11-22T10:00:00+00:00"),
    )
    return Story(key, dict.fromkeys(("en", *_LINES), summary), _NOW - timedelta(hours=number), {})


def _translation(tag: str, lines: tuple[str, ...]) -> Translation:
    headline, *bullets = lines
    return Translation(
        language=tag, direction="rtl" if tag == "ar" else "ltr", status="ok", headline=headline,
        bullets=tuple(bullets), engine="llm", model="model-x", source_hash=None,
    )  # fmt: skip


if __name__ == "__main__":
    main()
