"""One Markdown page per published language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from summarizer.languages import facts, name_in
from summarizer.publish.disclosure import disclosure
from summarizer.records import Evidence, Finding, NewsSummary, Provenance, Translation
from summarizer.typography import clean_line

# Characters that start markup inside a line of CommonMark; a letter or digit behind them makes no difference.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&])")
# What would end a link's destination in `<…>` (a backslash does so at its end) or be read as another address.
_NOT_IN_LINKS = re.compile(r"[<>\\\s\x00-\x1f\x7f-\x9f]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\d{0,9})([-+=.)])(?=\s|$)")


def markdown(summary: NewsSummary, language: str, history: Sequence[str] = ()) -> str:
    """The page of one language: front matter, headline, reservations, bullets, and a footnote for every cited sentence.

    `history` are lines in that language about updates and corrections, the latest first.

    Raises:
        ValueError: the language is held or was not asked for, so it has no page.
    """
    headline, bullets = lines_of(summary, language)
    strings = {**facts("en", "page"), **facts(language, "page")}
    reserved = reservations(findings_of(summary, language), strings)
    parts = [
        _front_matter(summary, language),
        f"# {_escape(headline)}",
        f"*{reserved}*" if reserved else "",
        "\n".join(_bullets(summary, bullets)),
        "\n\n".join((*(f"*{_escape(line)}*" for line in history), *_notes(summary, language, strings))),
        "\n".join(_footnotes(summary, strings)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def published_languages(summary: NewsSummary) -> tuple[str, ...]:
    """The languages that have a page: the article's own, unless held, then the translations that are not held."""
    own = () if summary.headline is None else (summary.language,)
    others = tuple(tag for tag, translation in summary.translations.items() if translation.status != "held")
    return own + tuple(tag for tag in others if tag not in own)


def lines_of(summary: NewsSummary, language: str) -> tuple[str, tuple[str, ...]]:
    """The headline and the bullets of a published language.

    Raises:
        ValueError: the language is held or was not asked for.
    """
    translation = summary.translations.get(language)
    if language == summary.language and summary.headline is not None:
        return summary.headline, tuple(bullet.text for bullet in summary.bullets)
    if translation is not None and translation.headline is not None:
        return translation.headline, translation.bullets
    raise ValueError(f"{language} is held or was not asked for")


def findings_of(summary: NewsSummary, language: str) -> tuple[Finding, ...]:
    """What was found about the text of a language: the draft's own findings, or those of the translation."""
    translation = summary.translations.get(language)
    return summary.findings if language == summary.language or translation is None else translation.findings


def _front_matter(summary: NewsSummary, language: str) -> str:
    """Front matter in YAML; every value is written as JSON, which YAML reads as it stands."""
    article, translation = summary.article, summary.translations.get(language)
    maker = _maker(summary, language)
    status = summary.status if language == summary.language or translation is None else translation.status
    made_by = {"engine": maker.engine, "model": maker.model, "cost_usd": summary.provenance.usage.cost_usd}
    source = {
        "url": article.url,
        "publisher": article.publisher,
        "language": article.language,
        "published": article.published,
    }
    fields = {
        "key": article.key,
        "language": language,
        "status": status,
        "edited": list(summary.edited),
        "reviewed_by": summary.review,
        "source": {**source, "revision": article.revision},
        "made_by": made_by,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "---"])


def _maker(summary: NewsSummary, language: str) -> Provenance | Translation:
    """The record that says which engine and model wrote the page of a language."""
    return summary.translations.get(language) or summary.provenance


def reservations(findings: Iterable[Finding], strings: Mapping[str, Any]) -> str | None:
    """What to know before reading, each reason once; of `machine_gist` the notes below the bullets speak."""
    reasons = strings["reasons"]
    codes = {found.code for found in findings if found.severity == "warning"} - {"machine_gist"}
    given = {code if code in reasons else "other" for code in codes}
    if not given:
        return None
    listed = strings["between"].join(reason for code, reason in reasons.items() if code in given)
    return str(strings["flagged"].format(list=listed))


def _bullets(summary: NewsSummary, bullets: tuple[str, ...]) -> Iterator[str]:
    for bullet, text in zip(summary.bullets, bullets, strict=True):
        marks = "".join(f"[^{number}]" for number in dict.fromkeys(item.sentence for item in bullet.evidence))
        yield f"- {_escape(text)}{marks}"


def _notes(summary: NewsSummary, language: str, strings: Mapping[str, Any]) -> Iterator[str]:
    """The paragraphs below the bullets: how the page was made, and the way to the original."""
    yield f"*{_escape(disclosure(summary, language))}*"
    if summary.article.url:
        original = strings["original"].format(language=name_in(summary.article.language, language))
        yield f"[{original}](<{_destination(summary.article.url)}>)"


def _footnotes(summary: NewsSummary, strings: Mapping[str, Any]) -> Iterator[str]:
    cited: dict[int, Evidence] = {}
    for bullet in summary.bullets:
        for item in bullet.evidence:
            cited.setdefault(item.sentence, item)
    for number, item in sorted(cited.items()):
        label = strings["sentence"].format(number=number)
        yield f"[^{number}]: {summary.language}: {_escape(item.text)} ({label})"


def _destination(url: str) -> str:
    """An address that can stand between `<` and `>` and leads where it did: percent-encoded where it must be."""
    return _ENTITY.sub("&amp;", _NOT_IN_LINKS.sub(lambda match: quote(match[0]), url))


def _escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", clean_line(text)))
