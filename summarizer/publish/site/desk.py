"""The desk's own pages, in a private folder: what is held or waits, beside its source, with the way to settle it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from markupsafe import Markup, escape

from summarizer.languages import direction_of, english_name
from summarizer.publish.files import slug, write_if_changed
from summarizer.publish.site.rendering import rendered, template_text
from summarizer.publish.site.text import marked
from summarizer.records import Candidate, Evidence, Finding, NewsSummary, Usage

Verdict = Literal["held", "review", "stale", "flagged", "published", "never", "withdrawn", "embargoed"]
# What somebody has to do something about, the most urgent first.
_URGENT: tuple[Verdict, ...] = ("held", "stale", "review", "flagged")


class DeskText(NamedTuple):
    """One language of an article: what was decided, why, and its lines, held ones included."""

    language: str
    verdict: Verdict
    reason: str
    lines: Candidate | None
    findings: tuple[Finding, ...]


class DeskItem(NamedTuple):
    """One article as the desk sees it; `problems` are what an edit asks for and cannot get, in words."""

    summary: NewsSummary
    title: str
    texts: tuple[DeskText, ...]
    problems: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The name of its page."""
        return slug(self.summary.article.key)

    @property
    def verdicts(self) -> set[Verdict]:
        """What was decided in any language."""
        return {text.verdict for text in self.texts}


class Day(NamedTuple):
    """The counts of a day: articles by what became of them, and what its requests cost."""

    date: str
    counts: Mapping[str, int]
    usage: Usage


def build_desk(items: Iterable[DeskItem], day: Day, folder: Path) -> int:
    """Write the desk's pages into a folder that is not the public one; how many changed.

    Pages of articles that need nobody any more are removed.

    Raises:
        OSError: the folder cannot be written.
    """
    urgent = sorted((item for item in items if item.problems or item.verdicts & set(_URGENT)), key=_urgency)
    files = {name: template_text(name) for name in ("style.css", "desk.css", "desk.js")}
    files |= {f"{item.slug}.html": rendered("desk_item", _item_page(item)) for item in urgent}
    files["index.html"] = rendered("desk", _front(urgent, day))
    changed = sum(write_if_changed(folder / name, text) for name, text in files.items())
    for old in set(folder.glob("*.html")) - {folder / name for name in files}:
        old.unlink()
        changed += 1
    return changed


def _urgency(item: DeskItem) -> tuple[int, str, str]:
    ranks = [rank for rank, verdict in enumerate(_URGENT) if verdict in item.verdicts]
    newest_first = item.summary.provenance.created.translate({ord(d): str(9 - int(d)) for d in "0123456789"})
    return min(ranks, default=len(_URGENT)), newest_first, item.summary.article.key


def _front(items: Sequence[DeskItem], day: Day) -> dict[str, Any]:
    return {
        "title": "Desk",
        "date": day.date,
        "counts": [(name, count) for name, count in day.counts.items() if count],
        "cost": _cost(day.usage),
        "filters": [(verdict, sum(verdict in item.verdicts for item in items)) for verdict in _URGENT],
        "rows": [_row(item) for item in items],
    }


def _row(item: DeskItem) -> dict[str, Any]:
    article = item.summary.article
    waiting = [text for text in item.texts if text.verdict in _URGENT]
    return {
        "href": f"{item.slug}.html",
        "title": item.title,
        "language": article.language,
        "direction": direction_of(article.language),
        "publisher": article.publisher,
        "created": item.summary.provenance.created,
        "texts": [(text.language, text.verdict, text.reason) for text in waiting],
        "verdicts": " ".join(sorted(item.verdicts)),
        "problems": item.problems,
    }


def _item_page(item: DeskItem) -> dict[str, Any]:
    article = item.summary.article
    return {
        "title": item.title,
        "language": article.language,
        "direction": direction_of(article.language),
        "key": article.key,
        "url": article.url if (article.url or "").startswith(("https://", "http://")) else None,
        "publisher": article.publisher,
        "problems": item.problems,
        "made": _made(item.summary),
        "texts": [_text(item, text) for text in item.texts if text.verdict in _URGENT],
    }


def _made(summary: NewsSummary) -> str:
    by = summary.provenance
    return f"{by.created} · {by.engine} {by.model or ''} · {_cost(by.usage)}"


def _cost(usage: Usage) -> str:
    """Requests and tokens, and money where the price is known."""
    if not usage.requests:
        return "0 requests"
    money = "cost unknown" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    return f"{usage.requests:,} requests · {usage.input_tokens:,} in + {usage.output_tokens:,} out tokens · {money}"


def _text(item: DeskItem, text: DeskText) -> dict[str, Any]:
    key, tag = item.summary.article.key, text.language
    return {
        "language": tag,
        "name": english_name(tag),
        "direction": direction_of(tag),
        "verdict": text.verdict,
        "reason": text.reason,
        "lines": list(_lines(item, text)),
        "general": [_found(found) for found in text.findings if found.line is None],
        "edits": _edits(key, text),
        "redo": _command("redo", key, tag, "--because", "…"),
        "withdraw": _command("withdraw", key, tag),
    }


def _lines(item: DeskItem, text: DeskText) -> Iterator[dict[str, Any]]:
    """Each line beside the sentences that it has to agree with."""
    if text.lines is None:
        return
    shown = [text.lines.headline or "", *text.lines.bullets]
    summary = item.summary
    drafted = [summary.headline or "", *(bullet.text for bullet in summary.bullets)]
    evidence = [summary.headline_evidence, *(bullet.evidence for bullet in summary.bullets)]
    own = text.language == summary.language
    for number, line in enumerate(shown):
        findings = [found for found in text.findings if found.line == number]
        yield {
            "label": "headline" if number == 0 else f"bullet {number}",
            "text": _with_findings(line, findings),
            "draft": None if own or number >= len(drafted) else drafted[number],
            "evidence": [_evidence(each, summary) for each in (evidence[number] if number < len(evidence) else ())],
            "findings": [_found(found) for found in findings],
        }


def _evidence(evidence: Evidence, summary: NewsSummary) -> dict[str, Any]:
    return {"number": evidence.sentence, "text": marked(evidence.text, summary.language)}


def _found(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "detail": finding.detail,
        "expected": finding.expected,
        "found": finding.found,
    }


def _with_findings(line: str, findings: Iterable[Finding]) -> Markup:
    """The line with the first occurrence of what each finding found marked; escaped."""
    spans = sorted(
        (line.index(found.found), len(found.found), found.severity)
        for found in findings
        if found.found and found.found in line
    )
    pieces, done = [], 0
    for start, length, severity in spans:
        if start < done:
            continue
        pieces += [
            escape(line[done:start]),
            Markup('<mark class="{}">{}</mark>').format(severity, line[start:][:length]),
        ]
        done = start + length
    return Markup("").join([*pieces, escape(line[done:])])


def _edits(key: str, text: DeskText) -> str:
    """What to put into `edits.toml`: the lines that fail, to be written anew, or the name of whoever read them.

    Strings are written as JSON, which TOML reads as its own basic strings; DEL is the one character that JSON leaves.
    """
    table = _toml_string(key)
    failing = sorted({found.line for found in text.findings if found.severity == "error" and found.line is not None})
    if text.lines is None or not failing:
        return f'[{table}]\nreviewed_by = "YOUR NAME"\n'
    lines = [text.lines.headline or "", *text.lines.bullets]
    names = ["headline", *(f"bullets.{number}" for number in range(1, len(lines)))]
    rows = [f"{names[number]} = {_toml_string(lines[number])}" for number in failing if number < len(lines)]
    return "\n".join([f"[{table}.{text.language}]", *rows]) + "\n"


def _toml_string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _command(action: str, key: str, language: str, *more: str) -> str:
    return shlex.join(["summarizer", "job", action, key, "--lang", language, *more])
