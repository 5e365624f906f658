"""Summaries as text: what we print for people, and what people write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.articles.lines import bullet_of, is_finished, may_be_title
from summarizer.checks import CODES
from summarizer.submitted.lines import Submitted, SubmittedLine, sentences_of, spoken_in

# What `summarize` prints around the lines: the head of a language, the numbers of the sentences behind a line, cited
# sentences, findings.
_HEAD = re.compile(r"(\w{2,3}(?:-\w+)*)  \S.*  (?:ok|flagged|HELD, not published|(held text, for your eyes only).*)")
_NUMBERS = re.compile(r"\s{2,}\[(\d+(?: \d+)*)\]\s*$")
_CITED_SENTENCE = re.compile(r"\s*\d+ │ ")
_FINDING = re.compile(rf" [✗!] (?:\S.*?  )?(?:{'|'.join(CODES)})(?:  |$)")
_BARE_MARK = re.compile(r"[-*•·‣◦▪■●○►▶✓]")


class _Row(NamedTuple):
    """A printed line; `near` tells whether another one stands right above it."""

    text: str
    near: bool = False


def read_text(text: str, source: str) -> Iterator[Submitted]:
    """The summary of each language: a title on the first line, then bullets with marks, or running text.

    Lines without a mark are read as well: as the rest of the bullet above where they are indented or it is not
    finished, else as running text.

    Raises:
        InputError: the head of a language names none.
    """
    language: str | None = None
    rows: list[_Row] = []
    first: Submitted | None = None
    held = False
    for line in [*text.splitlines(), None]:
        head = None if line is None else _HEAD.fullmatch(line.rstrip())
        if line is not None and head is None:
            rows.append(_Row(line, near=bool(rows) and bool(rows[-1].text.strip())))
            continue
        found = _section(rows, language)
        if not held:
            yield found if first is None else _citing(found, first)
        first = first or found
        if head is not None:
            language, held, rows = spoken_in(head[1], source), head[2] is not None, []


def _section(rows: Sequence[_Row], language: str | None) -> Submitted:
    """The summary of one language, without what is printed around it."""
    rows = [row for row in rows if not _CITED_SENTENCE.match(row.text) and not _FINDING.match(row.text)]
    filled = [row for row in rows if row.text.strip()]
    first = filled[0].text.strip() if filled else ""
    is_headline = may_be_title(first) or language is not None or _NUMBERS.search(first) is not None
    headline = _numbered(first) if first and not _is_bullet(first) and is_headline else None
    return Submitted(headline, tuple(_bullets(filled[1:] if headline else filled)), language)


def _bullets(rows: Sequence[_Row]) -> Iterator[SubmittedLine]:
    bullet = ""
    for row in rows:
        text = row.text.strip()
        if _is_bullet(text):
            yield from _told(bullet)
            bullet = text
        elif bullet and row.near and (row.text[0].isspace() or not is_finished(_numbered(bullet).text)):
            bullet = f"{bullet} {text}"
        else:
            yield from _told(bullet)
            bullet = ""
            yield from map(SubmittedLine, sentences_of(text))
    yield from _told(bullet)


def _is_bullet(text: str) -> bool:
    return bullet_of(text) is not None or _BARE_MARK.fullmatch(text) is not None


def _told(bullet: str) -> Iterator[SubmittedLine]:
    """A bullet without its mark, which may have nothing behind it."""
    if bullet:
        yield _numbered(bullet[len(bullet_of(bullet) or bullet[0]) :])


def _numbered(text: str) -> SubmittedLine:
    """A line without the numbers of sentences behind it."""
    numbers = _NUMBERS.search(text)
    cited = tuple(map(int, numbers[1].split())) if numbers else ()
    return SubmittedLine(_NUMBERS.sub("", text).strip(), cited)


def _citing(submitted: Submitted, first: Submitted) -> Submitted:
    """A translation that cites what the lines of the article's own language cite, where it has as many."""
    if len(submitted.bullets) != len(first.bullets) or submitted.headline is None or first.headline is None:
        return submitted
    pairs = zip(submitted.bullets, first.bullets, strict=True)
    bullets = tuple(bullet._replace(sentences=own.sentences) for bullet, own in pairs)
    return Submitted(submitted.headline._replace(sentences=first.headline.sentences), bullets, submitted.language)
