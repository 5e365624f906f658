"""One IPTC ninjs 3.1 document per language, for editorial systems."""

from __future__ import annotations

import html
import json
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from summarizer.publish.markdown import findings_of, lines_of, published_languages
from summarizer.records import NewsSummary

# Names of the schema and of the IPTC NewsCodes digitalsourcetype and genre, as iptc.org publishes them.
_STANDARD = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SUMMARY = {"name": "Summary", "uri": "http://cv.iptc.org/newscodes/genre/Summary"}


class History(NamedTuple):
    """What a summary does not tell of itself: when its first version was made, and why it was withdrawn, if it was."""

    first_created: str | None = None
    withdrawn: str | None = None


NO_HISTORY = History()


def ninjs(summary: NewsSummary, language: str, history: History = NO_HISTORY) -> dict[str, Any]:
    """The ninjs document of one language: `usable` with its lines, else `withheld` or `canceled` with none.

    Its `uri` is the same for every version of an article in a language. The article's own text is never in it.
    """
    article, text = summary.article, _text(summary, language, history)
    document = {
        "uri": document_uri(article.key, language),
        "standard": _STANDARD,
        "type": "text",
        "representationType": "full" if text else "partial",
        "profile": "news-summary",
        "version": str(article.revision),
        "firstCreated": _instant(history.first_created) or _instant(summary.provenance.created),
        "versionCreated": _instant(summary.provenance.created),
        "contentCreated": _instant(article.published),
        "embargoedUntil": _instant(article.embargoed_until),
        "pubStatus": "usable" if text else "canceled" if history.withdrawn is not None else "withheld",
        "language": language,
        **text,
        "edNote": _note(summary, language, history),
        "by": summary.review and f"Reviewed by {summary.review}",
        "usageTerms": article.rights,
        "genres": [_SUMMARY],
        "infoSources": [{"role": "originator", "name": article.publisher}] if article.publisher else None,
        "altIds": [{"role": "article-key", "value": article.key}, {"role": "article-sha256", "value": article.id}],
        "associations": list(_associations(summary, language)),
        "digitalSourceType": _source_type(summary, language),
    }
    return {name: value for name, value in document.items() if value not in (None, "", [])}


def ninjs_json(summary: NewsSummary, language: str, history: History = NO_HISTORY) -> str:
    """The document on one line, with characters as they are."""
    return json.dumps(ninjs(summary, language, history), ensure_ascii=False)


def cancelled_json(key: str, language: str, time: str) -> str:
    """The ninjs document of a text that may not be read any more: its name and that, and nothing else."""
    document = {
        "uri": document_uri(key, language),
        "type": "text",
        "representationType": "partial",
        "versionCreated": time,
        "pubStatus": "canceled",
        "language": language,
    }
    return json.dumps(document, ensure_ascii=False)


def languages_of(summary: NewsSummary) -> tuple[str, ...]:
    """Every language that was asked for, held ones included, the article's own first."""
    return (summary.language, *(tag for tag in summary.translations if tag != summary.language))


def document_uri(key: str, language: str) -> str:
    """The name of an article in a language, for ever: a version 5 UUID (RFC 9562) of both."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{key}#{language}").urn


def _text(summary: NewsSummary, language: str, history: History) -> dict[str, Any]:
    """Headline and bullets, as text and as HTML; empty where nothing may be shown."""
    if history.withdrawn is not None or language not in published_languages(summary):
        return {}
    headline, bullets = lines_of(summary, language)
    items = "".join(f"<li>{html.escape(bullet, quote=False)}</li>" for bullet in bullets)
    plain = "\n".join(bullets)
    return {
        "headlines": [{"role": "main", "contentType": "text/plain", "value": headline}],
        "bodies": [
            {"role": "main", "contentType": "text/plain", "charCount": len(plain), "value": plain},
            {"role": "main", "contentType": "text/html", "value": f"<ul>{items}</ul>"},
        ],
    }


def _note(summary: NewsSummary, language: str, history: History) -> str:
    """For the receiving desk: why there is no text, or what to know about it."""
    if history.withdrawn is not None:
        return f"withdrawn: {history.withdrawn}"
    return "; ".join(f"{found.code}: {found.detail}" for found in findings_of(summary, language))


def _associations(summary: NewsSummary, language: str) -> Iterator[dict[str, str]]:
    """The original article, where it has an address, and the text that this one is translated from."""
    article = summary.article
    if article.url:
        headline = {"title": article.title} if article.title else {}
        yield {"name": "original", "rel": "derivedFrom", "uri": article.url, "language": article.language, **headline}
    if language != summary.language:
        uri = document_uri(article.key, summary.language)
        yield {"name": "source-summary", "rel": "translationOf", "uri": uri, "language": summary.language}


def _source_type(summary: NewsSummary, language: str) -> dict[str, str]:
    """How the text came to be: by a model, by a model and a person, or by rules alone."""
    translation = summary.translations.get(language)
    engine = summary.provenance.engine if translation is None else translation.engine
    name = "trainedAlgorithmicMedia" if engine == "llm" else "algorithmicMedia"
    if engine == "llm" and summary.edited:
        name = "compositeWithTrainedAlgorithmicMedia"
    return {"name": name, "uri": _SOURCE_TYPES + name}


def _instant(text: str | None) -> str | None:
    """A date with time and zone, as RFC 3339 wants it; None for a day alone or a time without a zone."""
    if text is None or len(text) <= len("2026-05-14"):
        return None
    moment = datetime.fromisoformat(text)
    return moment.isoformat() if moment.tzinfo else None
