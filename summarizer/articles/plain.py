"""Plain text: the title line, paragraphs with or without blank lines between them, wrapped lines, bullets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from summarizer.articles.clean import clean_text
from summarizer.articles.lines import bullet_of, is_dense, is_finished, may_be_title
from summarizer.articles.parsed import ArticleMeta, Block, Parsed

# Editors and mail programs wrap at 60 to 80 columns; paragraphs are rarely all so short and even, and entries of lists
# begin with capitals.
_WRAP_COLUMNS = 100
_WRAP_EVENNESS = 0.6
_WRAP_CAPITALS = 0.7
# Fewer lines with bullets may be a dialogue or two dashes.
_ENOUGH_BULLETS = 3


def parse_plain(text: str, *, titled: bool = True) -> Parsed:
    """The blocks of plain text; with `titled` a short first line before a longer paragraph is the title."""
    groups = [
        list(lines) for blank, lines in groupby(clean_text(text).split("\n"), key=lambda line: not line) if not blank
    ]
    first = groups[0][0] if groups else ""
    title = first if titled and _has_title(groups) else None
    lines = [line for group in groups for line in _unwrapped(group)]
    return Parsed(tuple(_blocks(lines[1:] if title else lines)), ArticleMeta(title=title))


def _has_title(groups: list[list[str]]) -> bool:
    """Whether the first line is a title: alone before a blank line, or unfinished before a line that is longer."""
    first, *rest = groups[0] if groups else [""]
    if not may_be_title(first) or bullet_of(first):
        return False
    following = rest or (groups[1] if len(groups) > 1 else [])
    if not following or len(following[0]) <= len(first):
        return bool(not rest and following and is_finished(following[-1]) and not is_finished(first))
    return not is_finished(first) if rest else True


def _unwrapped(group: list[str]) -> list[str]:
    """The paragraphs of lines without a blank one between them: these lines, or one paragraph that was wrapped."""
    *full, _ = group
    longest = max(map(len, group))
    even = bool(full) and min(map(len, full)) >= _WRAP_EVENNESS * longest
    finished = sum(map(is_finished, full))
    capitals = sum(line[:1].isupper() for line in group[1:])
    wrapped = longest <= _WRAP_COLUMNS and 2 * finished < len(full) and capitals <= _WRAP_CAPITALS * len(full)
    if not even or not wrapped or any(map(bullet_of, group)):
        return group
    return [("" if is_dense(group[0]) else " ").join(group)]


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Paragraphs, and runs of lines with bullets as lists."""
    for bulleted, run in groupby(lines, key=lambda line: bullet_of(line) is not None):
        entries = list(run)
        if bulleted and len(entries) >= _ENOUGH_BULLETS:
            yield Block("list", "\n".join(entries))
        else:
            yield from (Block("paragraph", line) for line in entries)
