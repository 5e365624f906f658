"""Summaries in Markdown: our own pages, one after the other, and those of others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.articles.markdown import parse_markdown
from summarizer.submitted.lines import Submitted, SubmittedLine, may_claim, sentences_of, spoken_in

_REFERENCE = re.compile(r"\s*\[\^(\d{1,4})\]")
# Lines of a page that claim nothing about the article: footnotes, notes in italics, a link that stands alone.
_BESIDE_THE_POINT = re.compile(r"^(?:\[\^\w+\]:.*|\*[^*].*\*|_[^_].*_|\[[^\]]*\]\([^)]*\))\s*$", re.MULTILINE)
_OPENING = re.compile(r"\s*(?:---\n|\+\+\+\n|#{1,6}\s)")
_FRONT_MATTER = re.compile(r"---\n(?:[\w@-]+:[^\n]*\n)+---\n")
# A page begins with front matter or a heading of the first level.
_PAGE = re.compile(rf"^(?:{_FRONT_MATTER.pattern}|# (?=\S))", re.MULTILINE)


def is_markdown(text: str) -> bool:
    """Whether a text begins as Markdown does: with front matter or a heading."""
    return _OPENING.match(text) is not None


def read_markdown(text: str, source: str) -> Iterator[Submitted]:
    """The summary of each page: headings of the first level and front matter begin one.

    Raises:
        InputError: a field of the front matter has the wrong type, or names no language.
    """
    start = 0
    for page in _PAGE.finditer(text):
        if _FRONT_MATTER.sub("", text[start : page.start()]).strip():
            yield _page(text[start : page.start()], source)
            start = page.start()
    yield _page(text[start:], source)


def _page(text: str, source: str) -> Submitted:
    """A page's title, and as bullets all else that claims something."""
    parsed = parse_markdown(_BESIDE_THE_POINT.sub("", text.lstrip()), source)
    headline = _referring(parsed.meta.title) if parsed.meta.title else None
    bullets: list[str] = []
    for block in parsed.blocks:
        if block.kind == "list":
            bullets += block.text.split("\n")
        elif block.kind == "paragraph":
            bullets += sentences_of(block.text)
        elif block.text != parsed.meta.title:
            bullets += filter(may_claim, block.text.split("\n"))
    return Submitted(headline, tuple(map(_referring, bullets)), spoken_in(parsed.meta.language, source))


def _referring(text: str) -> SubmittedLine:
    """A line without its footnote marks, which number the sentences on our own pages."""
    return SubmittedLine(_REFERENCE.sub("", text).strip(), tuple(map(int, _REFERENCE.findall(text))))
