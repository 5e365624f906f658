"""Summaries in JSON: our own, IPTC ninjs, and what other programs and models write.

What may claim something is read, or an error says that it is not: a line that nobody looks at is no line that is right.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from summarizer.articles.fields import kind_of, wrong_type
from summarizer.articles.json_articles import load_json
from summarizer.errors import InputError
from summarizer.languages import language_called
from summarizer.records import NewsSummary
from summarizer.submitted.lines import Submitted, SubmittedLine, may_claim, sentences_of, spoken_in

# Keys without what is neither letter nor digit, case-folded: keyPoints, key_points and "Key points" are one.
_HEADLINES = ("headline", "title")
_LANGUAGES = ("language", "lang", "inlanguage", "languagecode", "locale")
_LINES = frozenset(
    {
        *("bullets", "bulletpoints", "points", "keypoints", "keytakeaways", "takeaways", "highlights"),
        *("keyfacts", "facts", "summary", "text", "body", "content", "abstract", "description", "lead"),
        *("standfirst", "subtitle", "subheadline"),
    }
)
_CITED = frozenset({"sentences", "evidence"})
# Keys of what a summary is not: where it comes from, how it was made, what it is filed under.
_BESIDE = _CITED | {
    *("key", "url", "uri", "link", "source", "sources", "sourcetext", "article", "input", "original"),
    *("publisher", "outlet", "author", "authors", "byline", "tag", "tags", "keywords", "topic", "topics"),
    *("category", "categories", "section", "hashtags", "entities", "people", "places", "locations"),
    *("organizations", "organisations", "companies", "images", "model", "engine", "provider", "prompt"),
    *("provenance", "usage", "meta", "metadata", "status", "findings", "review", "date", "published"),
    *("created", "modified", "updated", "timestamp", "version", "schemaversion", "revision", "citations"),
    *("references", "rights", "sentiment", "tone", "confidence", "reasoning", "wordcount", "readingtime"),
}
_EXPECTED = 'expected a JSON object with "headline" and "bullets", a list of strings'


def read_json(text: str, source: str) -> Iterator[Submitted]:
    """The summaries in a JSON document or in JSON Lines, one for each language.

    Raises:
        InputError: it is neither, it holds no summary, or it has text under a key that is not known.
    """
    values = list(_values(text, source))
    about = {key for value in values if (key := _article_of(value)) is not None}
    if len(about) > 1:
        raise InputError(source, f"holds summaries of {len(about)} articles; expected those of one")
    for value in values:
        yield from _summaries(value, source, None)


def _values(text: str, source: str) -> Iterator[object]:
    """The value of the document, or those of its lines."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for _, line in lines):
        for number, line in lines:
            yield load_json(line, f"{source}:{number}")
    else:
        value = load_json(text, source)
        yield from value if isinstance(value, list) and all(map(_is_summary, value)) else (value,)


def _article_of(value: object) -> str | None:
    """What our own formats name the article by."""
    if not isinstance(value, Mapping):
        return None
    if _is_ours(value) and isinstance(value["article"], Mapping):
        return str(value["article"].get("id") or value["article"].get("source"))
    named = value.get("altIds", ()) if _is_ninjs(value) else ()
    return next((item["value"] for item in named if item.get("role") == "article-sha256"), None)


def _summaries(value: object, source: str, language: str | None) -> Iterator[Submitted]:
    if isinstance(value, list):
        if value and all(map(_is_summary, value)):
            for item in value:
                yield from _summaries(item, source, language)
        else:
            yield Submitted(None, tuple(_line(item, source) for item in value), language)
    elif not isinstance(value, Mapping):
        raise InputError(source, f"{kind_of(value)}; {_EXPECTED}")
    elif _is_ours(value):
        yield from _from_ours(value, source)
    elif _is_ninjs(value):
        yield _from_ninjs(value, source)
    else:
        yield from _from_object(value, source, language)


def _is_ours(value: Mapping[str, Any]) -> bool:
    return "schema_version" in value and "article" in value


def _is_ninjs(value: Mapping[str, Any]) -> bool:
    return "pubStatus" in value and "uri" in value


def _is_summary(value: object) -> bool:
    """Whether a value is an object with more than one line."""
    if not isinstance(value, Mapping):
        return False
    names = {_plain(key): item for key, item in value.items()}
    several = any(isinstance(item, list | Mapping) for key, item in names.items() if key not in _BESIDE)
    return several or _is_ours(value) or _is_ninjs(value) or not names.keys().isdisjoint(_HEADLINES)


def _from_ours(value: Mapping[str, Any], source: str) -> Iterator[Submitted]:
    """The languages that our own output publishes; held ones have no lines."""
    if value.get("status") == "failed":
        raise InputError(source, "no summary: its article failed")
    try:
        summary = NewsSummary.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(source, f"not a summary of schema_version 1: {place}: {first['msg']}") from None
    cited = [tuple(item.sentence for item in bullet.evidence) for bullet in summary.bullets]
    above = tuple(item.sentence for item in summary.headline_evidence)
    if summary.headline is not None:
        texts = [bullet.text for bullet in summary.bullets]
        yield _cited(summary.language, summary.headline, above, zip(texts, cited, strict=True))
    for tag, translation in summary.translations.items():
        if translation.headline is not None:
            yield _cited(tag, translation.headline, above, zip(translation.bullets, cited, strict=False))


def _cited(
    language: str, headline: str, above: tuple[int, ...], bullets: Iterator[tuple[str, tuple[int, ...]]]
) -> Submitted:
    return Submitted(SubmittedLine(headline, above), tuple(SubmittedLine(*bullet) for bullet in bullets), language)


def _from_ninjs(value: Mapping[str, Any], source: str) -> Submitted:
    """The main headline and the lines of the plain body; a document that is withheld has none."""
    headlines, bodies = (_plain_texts(value, key, source) for key in ("headlines", "bodies"))
    bullets = [line for body in bodies for line in body.split("\n")]
    headline = SubmittedLine(headlines[0]) if headlines else None
    return Submitted(headline, tuple(map(SubmittedLine, bullets)), spoken_in(value.get("language"), source))


def _plain_texts(value: Mapping[str, Any], key: str, source: str) -> list[str]:
    items = value.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise wrong_type(source, key, items, "a list of objects")
    plain = [item for item in items if item.get("contentType", "text/plain") == "text/plain"]
    return [str(item.get("value", "")) for item in plain]


def _from_object(value: Mapping[str, Any], source: str, language: str | None) -> Iterator[Submitted]:
    """The lines of an object itself, then the summaries inside it, such as one for each language."""
    language = spoken_in(_string(value, _LANGUAGES, source), source) or language
    headline = _string(value, _HEADLINES, source)
    lines: list[SubmittedLine] = []
    unknown: dict[str, object] = {}
    inner: list[Submitted] = []
    for key, item in value.items():
        name = _plain(key)
        if isinstance(item, Mapping) and name not in _BESIDE:
            inner += _summaries(item, source, _named(key) or language)
        elif isinstance(item, list) and name not in _BESIDE and any(map(_is_summary, item)):
            inner += _summaries(item, source, language)
        elif name in _LINES:
            lines += _lines(item, key, source)
        elif isinstance(item, list) and (tag := _named(key)) is not None and name not in _BESIDE:
            inner.append(Submitted(None, tuple(_line(line, source) for line in item), tag))
        elif name not in {*_BESIDE, *_HEADLINES, *_LANGUAGES} and _claims(item):
            unknown[key] = item
    lists = [item for item in unknown.values() if isinstance(item, list)]
    if len(unknown) == len(lists) == 1 and not lines:
        lines = [_line(item, source) for item in lists[0]]
    elif unknown:
        raise InputError(source, f"{' and '.join(map(json.dumps, unknown))}: no such key is known; {_EXPECTED}")
    if headline or lines:
        yield Submitted(SubmittedLine(headline) if headline else None, tuple(lines), language)
    yield from inner


def _plain(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))


def _named(key: str) -> str | None:
    """The language that a key names, if it does."""
    if _plain(key) in {*_LINES, *_HEADLINES}:
        return None
    try:
        return language_called(key)
    except InputError:
        return None


def _string(value: Mapping[str, Any], names: Sequence[str], source: str) -> str | None:
    """The first string under one of these names; null and empty ones are missing."""
    found = {_plain(key): (key, item) for key, item in value.items()}
    for name in names:
        key, item = found.get(name, ("", None))
        if item is not None and not isinstance(item, str):
            raise wrong_type(source, key, item, "a string")
        if item and item.strip():
            return str(item)
    return None


def _lines(item: object, key: str, source: str) -> list[SubmittedLine]:
    if isinstance(item, str):
        return list(map(SubmittedLine, sentences_of(item)))
    if isinstance(item, list):
        return [_line(each, source) for each in item]
    if item is None:
        return []
    raise wrong_type(source, key, item, "a list of strings")


def _line(item: object, source: str) -> SubmittedLine:
    """A bullet that is a string, or an object with a text and perhaps the numbers of the sentences that it cites."""
    if isinstance(item, str):
        return SubmittedLine(item)
    if not isinstance(item, Mapping):
        raise InputError(source, f"a bullet is {kind_of(item)}; {_EXPECTED}")
    own = {key: value for key, value in item.items() if _plain(key) not in {*_BESIDE, *_LANGUAGES, "id"}}
    texts = [value for value in own.values() if isinstance(value, str)]
    if not texts or any(isinstance(value, list | Mapping) for value in own.values()):
        keys = ", ".join(map(json.dumps, item)) or "no key"
        raise InputError(source, f'a bullet has {keys}; expected a string, or an object with "text" and "sentences"')
    cited = (value for key, value in item.items() if _plain(key) in _CITED and isinstance(value, list))
    return SubmittedLine(" – ".join(filter(None, texts)), tuple(_numbers(each for value in cited for each in value)))


def _numbers(cited: Iterable[object]) -> Iterator[int]:
    """Sentences by their numbers, bare or in our own kind of evidence."""
    for item in cited:
        number = item.get("sentence") if isinstance(item, Mapping) else item
        if isinstance(number, int) and not isinstance(number, bool):
            yield number


def _claims(item: object) -> bool:
    """Whether what stands under an unknown key may say something about the article."""
    if isinstance(item, list):
        return any(isinstance(each, Mapping) or _claims(each) for each in item)
    return isinstance(item, str) and may_claim(item.strip())
