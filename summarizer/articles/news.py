"""Pages that are no articles: error pages, cookie walls, paywall stubs, live blogs and bare lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.articles.lines import is_dense, is_finished, is_heading
from summarizer.articles.parsed import Block
from summarizer.resources import packaged_toml

# In words; scripts without spaces are counted by signs, two of which make a word. A flash of two sentences has some 50.
_ERROR_PAGE_WORDS = 80
_STUB_WORDS = 70
_COOKIE_WALL_WORDS = 250
# Phrases of a cookie wall, because an article about cookies has one or another.
_COOKIE_PHRASES = 2
_LIVE_ENTRIES = 5
_LIVE_ENTRIES_UNDER_TITLE = 3
_LIVE_SHARE = 0.15
_LIST_LINES = 6
_LIST_SHARE = 0.8
_LIST_WORDS = 30
# The letters count too, because some scripts write no spaces between words.
_STORY_WORDS = 5
_STORY_LETTERS = 40

_TIME = re.compile(
    r"\W{0,3}(?:[01]?\d|2[0-3])(?:[:.h]|\s?時|시\s?)\s?[0-5]\d(?:分|분)?\s?(?:[ap]\.?\s?m\.?|uhr|час|gmt|utc|[a-z]{2,4}t)?(?=\W|\Z)",
    re.IGNORECASE,
)


def why_not_news(title: str | None, blocks: Sequence[Block], *, live: bool = False) -> str | None:
    """Why these blocks are nothing to summarise, in one phrase for an editor; None for an article, however short.

    `blocks` are those of the whole page, before boilerplate is dropped; `live` says that the page calls itself a live
    blog.
    """
    prose = [line for block in blocks if block.kind == "paragraph" for line in block.text.split("\n") if line]
    size = _words(prose)
    text = f"{title or ''}\n" + "\n".join(block.text for block in blocks)
    if size <= _ERROR_PAGE_WORDS and _is_error_page(title, prose):
        return "an error page"
    if size <= _COOKIE_WALL_WORDS and _count("cookie_wall", text) >= _COOKIE_PHRASES:
        return "a cookie wall"
    if size <= _STUB_WORDS and _count("paywall", text):
        return "a paywall stub"
    if live or _is_live_blog(title or next(iter(prose), ""), blocks):
        return "a live blog"
    if _is_list(blocks, prose, size):
        return "a list, without an article"
    return None


def why_no_story(paragraphs: Sequence[str]) -> str | None:
    """Why what is left of a text is no story: a few words that are no sentence; None for any other."""
    short = _words(paragraphs) < _STORY_WORDS and sum(map(len, paragraphs)) < _STORY_LETTERS
    return "a few words, without a sentence" if short and not any(map(is_finished, paragraphs)) else None


def _words(lines: Sequence[str]) -> int:
    return sum(len(line) // 2 if is_dense(line) else len(line.split()) for line in lines)


def _count(kind: str, text: str) -> int:
    """How many phrases of a kind stand in a text."""
    folded = text.lower().replace("’", "'")
    return sum(phrase in folded for phrase in packaged_toml("config", "not_news.toml")[kind])


def _is_error_page(title: str | None, prose: Sequence[str]) -> bool:
    """Whether the title or the first line says that there is no page; numbers count only at the start of a line."""
    for line in [title, *prose[:2]]:
        folded = (line or "").lower().replace("’", "'").strip()
        if len(folded) <= 160 and any(
            folded.startswith(phrase) if phrase[:1].isdigit() else phrase in folded
            for phrase in packaged_toml("config", "not_news.toml")["error_page"]
        ):
            return True
    return False


def _is_live_blog(title: str, blocks: Sequence[Block]) -> bool:
    """Whether many lines begin with the time of day, as the entries of a live blog do, or some below such a title."""
    lines = [line for block in blocks if block.kind != "table" for line in block.text.split("\n") if line]
    entries = sum(bool(_TIME.match(line)) for line in lines)
    if entries >= _LIVE_ENTRIES_UNDER_TITLE and _count("live_title", title):
        return True
    return entries >= max(_LIVE_ENTRIES, _LIVE_SHARE * len(lines))


def _is_list(blocks: Sequence[Block], prose: Sequence[str], size: int) -> bool:
    """Whether a page has entries of lists and hardly a sentence."""
    if any(block.kind in {"list", "table"} for block in blocks) and size < _LIST_WORDS:
        return not any(is_finished(line) for line in prose)
    short = sum(is_heading(line) for line in prose)
    return short >= _LIST_LINES and short >= _LIST_SHARE * len(prose)
