"""What a line of an article is: a sentence that ends, a heading, an entry of a list."""

from __future__ import annotations

import re

_CLOSING = r"""["'”’“»«›)\]」』）】〕]{0,4}"""
_FINAL = re.compile(rf"[.!?…‼⁇‽。．｡！？؟۔।॥։።፧။។]\s?{_CLOSING}\Z")
_GOES_ON = re.compile(r"[:;,،、：；，–—-]\Z")
_QUOTED_END = re.compile(r"[”“»」』\"]\Z")
_QUOTES = re.compile(r"[“”„«»「」『』\"]")
_BULLET = re.compile(r"(?:[-*•·‣◦▪■●○►▶✓]|\d{1,2}[.)])\s+(?=\S)")
# Chinese, Japanese and Korean say in one sign what takes an alphabet two or three letters.
_DENSE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NO_FINAL_MARKS = re.compile(r"[\u0e00-\u0eff]")
_HEADING_LETTERS = 80
_HEADING_WORDS = 12
_TITLE_LETTERS = 160


def is_finished(line: str) -> bool:
    """Whether a line ends as a sentence does: with a final mark, or in Thai and Lao, which have none, anyhow."""
    return bool(_FINAL.search(line[-8:])) or bool(_NO_FINAL_MARKS.search(line[-8:]))


def leads_on(line: str) -> bool:
    """Whether a line ends with a mark after which something must follow, such as a colon."""
    return bool(_GOES_ON.search(line[-1:]))


def is_heading(line: str) -> bool:
    """Whether a line is short and unfinished, as headings, bylines and the names of agencies are.

    A line that ends with a quotation, or holds only one end of it, is a piece of the story.
    """
    if len(line) > _HEADING_LETTERS or _length(line) > _HEADING_LETTERS or len(line.split()) > _HEADING_WORDS:
        return False
    if is_finished(line) or leads_on(line) or _NO_FINAL_MARKS.search(line):
        return False
    return not _QUOTED_END.search(line) and len(_QUOTES.findall(line)) % 2 == 0


def may_be_title(line: str) -> bool:
    """Whether a line can be an article's title: not long, and not a sentence that ends with a full stop."""
    full_stop = (
        is_finished(line) and line.rstrip("\"'”’»)」』")[-1:] not in "?!？！؟…" and not _NO_FINAL_MARKS.search(line)
    )
    return _length(line) <= _TITLE_LETTERS and not full_stop and not leads_on(line)


def bullet_of(line: str) -> str | None:
    """The bullet or number with which an entry of a list begins, None for other lines."""
    found = _BULLET.match(line)
    return found[0] if found else None


def is_dense(text: str) -> bool:
    """Whether a text is in a script that writes no spaces and few signs for much."""
    return len(_DENSE.findall(text[:200])) * 3 > len(text[:200])


def _length(line: str) -> float:
    """The length as if the line were written with an alphabet, in letters."""
    return len(line) + 1.3 * len(_DENSE.findall(line[: 2 * _TITLE_LETTERS]))
