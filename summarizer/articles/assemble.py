"""From blocks and metadata to an Article: one language, no boilerplate, numbered sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import zip_longest
from urllib.parse import urlsplit

from summarizer.articles.boilerplate import is_boilerplate, without_tail
from summarizer.articles.clean import clean_line, clean_text
from summarizer.articles.dateline import find_dateline
from summarizer.articles.lines import is_finished, is_heading, leads_on
from summarizer.articles.news import why_no_story, why_not_news
from summarizer.articles.notices import NOTICES, Notice, notices_in
from summarizer.articles.parsed import ArticleMeta, Block, Parsed
from summarizer.checks.codes import finding
from summarizer.errors import InputError
from summarizer.identify import identify, script_fits
from summarizer.languages import english_name, general_tag, parse_tag
from summarizer.records import Article, Finding
from summarizer.sentences import number_sentences

# What standard input and plain strings are called: no name of one article, as a path is.
_NO_PATH = re.compile(r"(?:-|text)(?::\d+|\[\d+\])?")
# So many short unfinished lines in a row are a list without bullets, such as results.
_LIST_LINES = 3


def assemble(parsed: Parsed, source: str, language: str | None = None) -> Article:
    """The article that a source holds; `language` is what the user says, and is taken at their word.

    Headings, bylines and other short unfinished lines are left out, because they repeat the text and are no sentences;
    lists and tables too, with a finding. Paragraphs are separated by a blank line. The key is the article's URL, else
    its id, else its path, else the SHA-256 of its text.

    Raises:
        InputError: no text is left, a tag is no language, or the embargo cannot be read.
    """
    meta = parsed.meta
    title = clean_line(meta.title)
    cleaned = (Block(block.kind, clean_text(block.text).strip()) for block in parsed.blocks)
    blocks = tuple(block for block in cleaned if block.text)
    tag, uncertain = _language(blocks, meta, language)
    not_news = why_not_news(title, blocks, live=meta.live)
    story, dropped = _without_boilerplate(_lines(blocks), tag)
    body = _body(story, title)
    skipped = _skipped(blocks, body)
    paragraphs = [block.text for block in body if block.kind == "paragraph"] or _fallback(blocks, not_news)
    text = "\n\n".join(paragraphs)
    if not any(map(str.isalpha, text)):
        raise InputError(source, "no article text; expected at least one sentence besides titles and page furniture")
    dateline, start = find_dateline(text)
    published, modified, unreadable = _dates(meta)
    return Article(
        key=_url(meta.url) or clean_line(meta.id) or _path(source) or hashlib.sha256(text.encode()).hexdigest(),
        source=source,
        language=tag,
        text=text,
        sentences=number_sentences(text, tag, start=start),
        revision=meta.revision,
        url=_url(meta.url),
        title=title,
        dateline=dateline or clean_line(meta.dateline),
        publisher=clean_line(meta.publisher),
        section=clean_line(meta.section),
        published=published,
        modified=modified,
        embargoed_until=_embargo(meta, source),
        rights=clean_line(meta.rights),
        not_news=not_news or why_no_story(paragraphs),
        dropped_lines=dropped,
        notices=_notices(title, blocks, meta, tag),
        findings=(*uncertain, *skipped, *unreadable),
    )


def _language(blocks: Sequence[Block], meta: ArticleMeta, given: str | None) -> tuple[str, tuple[Finding, ...]]:
    """The language of the paragraphs, or of whatever there is, and a finding where it is not sure."""
    prose = [block.text for block in blocks if block.kind == "paragraph"]
    text = "\n".join(prose or [block.text for block in blocks])
    if given:
        tag = general_tag(parse_tag(given))
        if script_fits(text, tag):
            return tag, ()
        return tag, (finding("language_uncertain", "article", f"given as {english_name(tag)}, but not in its script"),)
    hint = _known(meta.language)
    found = identify(text, hint=hint)
    unknown = meta.language and not hint
    if found.certain and not unknown:
        return found.tag, ()
    detail = f"read as {english_name(found.tag)}; give the language if that is wrong"
    if unknown:
        detail = f"the source gives {meta.language!r:.40}, which is no language tag; {detail}"
    return found.tag, (finding("language_uncertain", "article", detail),)


def _notices(title: str | None, blocks: Sequence[Block], meta: ArticleMeta, language: str) -> tuple[Notice, ...]:
    lines = [line for block in blocks for line in block.text.split("\n") if line]
    found = notices_in(title, lines, (meta.section, *meta.labels), language)
    if meta.sponsored:
        found.add("sponsored")
    return tuple(notice for notice in NOTICES if notice in found)


def _known(tag: str | None) -> str | None:
    """The tag that a source gives, or its language alone where the rest is wrong (`en-ZZZ9`); None where it is none."""
    for candidate in (tag, re.split(r"[^A-Za-z]", tag, maxsplit=1)[0]) if tag else ():
        try:
            return parse_tag(candidate)
        except InputError:
            continue
    return None


def _lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each line of a paragraph as a block of its own."""
    return [
        Block(block.kind, line)
        for block in blocks
        for line in (block.text.split("\n") if block.kind == "paragraph" else [block.text])
        if line
    ]


def _without_boilerplate(lines: Sequence[Block], language: str) -> tuple[list[Block], int]:
    """The lines that are no boilerplate, and how many were; a tail that is glued to the last paragraph counts too."""
    kept = [line for line in lines if line.kind != "paragraph" or not is_boilerplate(line.text, language)]
    dropped = len(lines) - len(kept)
    last = max((place for place, line in enumerate(kept) if line.kind == "paragraph"), default=None)
    if last is not None:
        whole = kept[last].text
        kept[last] = Block("paragraph", without_tail(whole, language))
        dropped += kept[last].text != whole
    return kept, dropped


def _body(lines: Sequence[Block], title: str | None) -> list[Block]:
    """The lines that tell the story: no heading, not the title once more; what is a list in disguise is one now."""
    told = [line for line in lines if line.kind != "heading" and (line.kind != "paragraph" or line.text != title)]
    told = _without_headings(told)
    return [line for line, after in zip_longest(told, told[1:]) if not _introduces(line, after)]


def _without_headings(lines: list[Block]) -> list[Block]:
    """Without short unfinished lines, where the text otherwise ends its sentences; runs of them become lists."""
    prose = [line.text for line in lines if line.kind == "paragraph"]
    if 2 * sum(map(is_finished, prose)) < len(prose):
        return lines
    kept: list[Block] = []
    run: list[str] = []
    for line in [*lines, None]:
        if line and line.kind == "paragraph" and is_heading(line.text):
            run.append(line.text)
            continue
        if len(run) >= _LIST_LINES:
            kept.append(Block("list", "\n".join(run)))
        run = []
        kept += [line] if line else []
    return kept


def _introduces(line: Block, after: Block | None) -> bool:
    """Whether a line only leads on to a list or table, which is left out."""
    if line.kind != "paragraph" or after is None or after.kind not in {"list", "table"}:
        return False
    return leads_on(line.text) and not re.search(r"[.!?。！？۔।]\s", line.text)


def _skipped(blocks: Sequence[Block], body: Sequence[Block]) -> tuple[Finding, ...]:
    """A finding for lists and one for tables that the text lacks."""
    findings = []
    for kind, code in (("list", "lists_skipped"), ("table", "tables_skipped")):
        number = max(sum(block.kind == kind for block in chosen) for chosen in (blocks, body))
        if number:
            findings.append(finding(code, "article", f"{number} {kind}{'s' if number > 1 else ''} left out"))
    return tuple(findings)


def _fallback(blocks: Sequence[Block], not_news: str | None) -> list[str]:
    """What an editor should see of a page that is no article: all of it."""
    return [block.text for block in blocks] if not_news else []


def _dates(meta: ArticleMeta) -> tuple[str | None, str | None, tuple[Finding, ...]]:
    """The two dates in ISO 8601, and a finding for one that cannot be read, because it would date "today" wrongly."""
    published, modified = iso_date(meta.published), iso_date(meta.modified)
    unreadable = [
        finding("date_unreadable", "article", f"{name} is not a date in ISO 8601", found=value[:80])
        for name, value, date in (("published", meta.published, published), ("modified", meta.modified, modified))
        if value and not date
    ]
    return published, modified, tuple(unreadable)


def iso_date(text: str | None) -> str | None:
    """A date as given where it is ISO 8601, rewritten where it is as in e-mail and feeds, else None."""
    date = clean_line(text)
    if not date:
        return None
    try:
        datetime.fromisoformat(date)
    except ValueError:
        pass
    else:
        return date
    try:
        return parsedate_to_datetime(date).isoformat()
    except ValueError:
        return None


def _embargo(meta: ArticleMeta, source: str) -> str | None:
    """The embargo; one that cannot be read stops the article, because ignoring it would break it."""
    date = iso_date(meta.embargoed_until)
    if meta.embargoed_until and not date:
        raise InputError(source, f'the field "embargoed_until" is no date in ISO 8601: {meta.embargoed_until[:80]!r}')
    return date


def _path(source: str) -> str | None:
    return None if _NO_PATH.fullmatch(source) else source


def _url(text: str | None) -> str | None:
    """An absolute web address, None for anything else."""
    url = clean_line(text)
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
