"""What each page says, as plain values for its template."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from summarizer.languages import direction_of, name_in, own_name
from summarizer.publish.disclosure import disclosure
from summarizer.publish.markdown import findings_of, lines_of, reservations
from summarizer.publish.site.stories import Change, Site, Story
from summarizer.publish.site.strings import clock, day, month, strings
from summarizer.publish.site.text import first_words, isolated, marked
from summarizer.records import Evidence

_SOURCE_TYPE = "https://cv.iptc.org/newscodes/digitalsourcetype/"


class Link(NamedTuple):
    """A language of the switch."""

    language: str
    name: str
    href: str
    direction: str


class Reader(NamedTuple):
    """Who reads a page: the site in one language."""

    site: Site
    language: str

    @property
    def words(self) -> dict[str, Any]:
        """The strings of the language."""
        return dict(strings(self.language))

    def frame(self, title: str) -> dict[str, Any]:
        """What every page has."""
        return {
            "language": self.language,
            "direction": direction_of(self.language),
            "title": title,
            "site": self.site.title or self.words["heading"],
            "words": self.words,
            "corrections": self.site.corrections,
        }

    def day(self, moment: datetime) -> str:
        """The day in the site's time zone."""
        return day(moment.astimezone(self.site.zone), self.language)

    def instant(self, moment: datetime) -> str:
        """Day and time in the site's time zone."""
        local = moment.astimezone(self.site.zone)
        return f"{day(local, self.language)}, {clock(local, self.language)}"


def article_page(story: Story, reader: Reader) -> dict[str, Any]:
    """The page of one article in one language."""
    summary, language, words = story.texts[reader.language], reader.language, reader.words
    headline, bullets = lines_of(summary, language)
    return {
        **reader.frame(headline),
        "headline": isolated(headline, language),
        "byline": list(_byline(story, reader)),
        "changes": [_change(change, reader) for change in story.changes.get(language, ())],
        "flagged": reservations(findings_of(summary, language), words),
        "bullets": [
            {"text": isolated(text, language), "evidence": [_evidence(item, story, reader) for item in bullet.evidence]}
            for bullet, text in zip(summary.bullets, bullets, strict=True)
        ],
        "original": _original(story, reader),
        "disclosure": disclosure(summary, language),
        "switch": switch(story, language),
        "canonical": _address(reader.site, language, story.slug),
        "alternates": [(tag, _address(reader.site, tag, story.slug)) for tag in story.languages],
        "json_ld": _json_ld(story, reader, headline, bullets),
    }


def gone_page(story: Story, reader: Reader) -> dict[str, Any]:
    """What stands at the address of a text that may no longer be read: nothing of the text."""
    gone = story.gone[reader.language]
    said = reader.words["withdrawn" if gone.final else "pulled"].format(date=reader.day(gone.moment))
    return {**reader.frame(said), "said": said, "switch": switch(story, reader.language)}


def list_page(stories: Sequence[Story], reader: Reader, months: Sequence[str], only: str | None) -> dict[str, Any]:
    """The front page of a language, or the page of `only` one month, such as `2026-05`."""
    title = reader.site.title or reader.words["heading"]
    heading = title if only is None else month(only, reader.language)
    return {
        **reader.frame(title if only is None else f"{heading} · {title}"),
        "heading": heading,
        "stories": [_teaser(story, reader) for story in stories],
        "months": [(name, month(name, reader.language)) for name in months if name != only],
        "is_front": only is None,
        "canonical": _address(reader.site, reader.language, only or "index"),
    }


def switch(story: Story, current: str) -> list[Link]:
    """The languages of an article that can be read, the current one among them."""
    return [
        Link(tag, own_name(tag), "" if tag == current else f"../{tag}/{story.slug}.html", direction_of(tag))
        for tag in story.languages
    ]


def _teaser(story: Story, reader: Reader) -> dict[str, Any]:
    summary = story.texts[reader.language]
    headline, bullets = lines_of(summary, reader.language)
    return {
        "href": f"{story.slug}.html",
        "headline": isolated(headline, reader.language),
        "first": isolated(bullets[0], reader.language),
        "publisher": summary.article.publisher,
        "date": reader.instant(story.last_change(reader.language)),
        "iso": story.last_change(reader.language).isoformat(timespec="seconds"),
    }


def _byline(story: Story, reader: Reader) -> Iterator[str]:
    """Publisher, date of the article, and when our text last changed, if it did."""
    article, words = story.texts[reader.language].article, reader.words
    if article.publisher:
        yield article.publisher
    yield _article_day(article.published, reader) or reader.day(story.published)
    changed = story.last_change(reader.language)
    if changed > story.published:
        yield words["updated"].format(time=reader.instant(changed))
    if article.revision > 1:
        yield words["revision"].format(number=article.revision)


def _article_day(published: str | None, reader: Reader) -> str | None:
    """The day on which the article came out: that of its own time zone."""
    return None if published is None else day(datetime.fromisoformat(published), reader.language)


def _change(change: Change, reader: Reader) -> dict[str, Any]:
    said = reader.words[change.kind].format(time=reader.instant(change.moment))
    shown = isolated(change.text, change.language or reader.language)
    other = change.language if change.language not in {None, reader.language} else None
    return {"kind": change.kind, "said": said, "text": shown, "language": other}


def _evidence(evidence: Evidence, story: Story, reader: Reader) -> dict[str, Any]:
    """A cited sentence in its own language; only its first words where the rights ask for that."""
    language = story.texts[reader.language].language
    whole = story.evidence == "full"
    return {
        "text": marked(evidence.text, language) if whole else first_words(evidence),
        "language": language,
        "direction": direction_of(language),
        "label": reader.words["sentence"].format(number=evidence.sentence),
    }


def _original(story: Story, reader: Reader) -> dict[str, str] | None:
    """The way to the article, where it has an address on the web; other schemes may run code, so they are no links."""
    url = story.texts[reader.language].article.url
    if url is None or not url.lower().startswith(("https://", "http://")):
        return None
    return {"href": url, "label": _read_full(story, reader)}


def _read_full(story: Story, reader: Reader) -> str:
    article, words = story.texts[reader.language].article, reader.words
    named = name_in(article.language, reader.language)
    if not article.publisher:
        return str(words["original"].format(language=named))
    return str(words["read_full"].format(publisher=article.publisher, language=named))


def _json_ld(story: Story, reader: Reader, headline: str, bullets: Sequence[str]) -> Markup:
    """schema.org NewsArticle; `<` is written so that nothing in it can end the element."""
    language, site = reader.language, reader.site
    summary = story.texts[language]
    article = summary.article
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "abstract": "\n".join(bullets),
        "inLanguage": language,
        "datePublished": story.published.isoformat(timespec="seconds"),
        "dateModified": story.last_change(language).isoformat(timespec="seconds"),
        "url": _address(site, language, story.slug),
        "isBasedOn": article.url,
        "digitalSourceType": _source_type(story, language),
        "publisher": {"@type": "Organization", "name": site.title} if site.title else None,
        "correction": [c.text for c in story.changes.get(language, ()) if c.kind == "correction"] or None,
    }
    if language != summary.language and summary.language in story.languages:
        data["translationOfWork"] = {"@type": "NewsArticle", "@id": _address(site, summary.language, story.slug)}
    text = json.dumps({key: value for key, value in data.items() if value is not None}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _source_type(story: Story, language: str) -> str:
    summary = story.texts[language]
    translation = summary.translations.get(language)
    engine = summary.provenance.engine if translation is None else translation.engine
    return _SOURCE_TYPE + ("trainedAlgorithmicMedia" if engine == "llm" else "algorithmicMedia")


def _address(site: Site, language: str, name: str) -> str | None:
    return None if site.base_url is None else f"{site.base_url}{language}/{'' if name == 'index' else name + '.html'}"
