"""The files of one article: what the public sees, and what only the desk may see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from summarizer.checks import CODES, finding
from summarizer.job.decisions import Ruling
from summarizer.job.entries import Entry, Update, Version
from summarizer.languages import facts
from summarizer.publish import findings_of, languages_of, markdown, summary_json
from summarizer.records import Finding, NewsSummary

SUMMARY = "summary.json"
DESK = "desk.json"


def public_files(entry: Entry, texts: Mapping[int, NewsSummary]) -> dict[str, str]:
    """The pages of every published language, and the JSON of the newest version of which one is published.

    `texts` are the published versions as people want them, by number.
    """
    if not entry.live:
        return {}
    files = {
        f"{tag}.md": markdown(texts[number], tag, history_lines(entry.updates, tag, texts[number]))
        for tag, number in sorted(entry.live.items())
    }
    newest = max(entry.live.values())
    files[SUMMARY] = summary_json(public_summary(texts[newest], entry, newest), indent=1) + "\n"
    return files


def public_summary(summary: NewsSummary, entry: Entry, number: int) -> NewsSummary:
    """The summary with nothing in it that is not published: of what the checks hold only the codes are left.

    A language that waits for a person, or that the desk does not publish, is left out; the article's own stays without
    its lines.
    """
    live = {tag for tag, version in entry.live.items() if version == number}
    translations = {
        tag: translation.model_copy(update={"findings": _without_detail(translation.findings)})
        for tag, translation in summary.translations.items()
        if tag in live or translation.headline is None
    }
    update: dict[str, object] = {"translations": translations}
    if summary.language not in live and summary.headline is not None:
        reason = finding("not_published", "article", CODES["not_published"].meaning)
        update |= {"status": "held", "headline": None, "headline_evidence": (), "bullets": (), "findings": (reason,)}
    return summary.model_copy(update=update)


def _without_detail(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(
        found.model_copy(update={"detail": CODES[found.code].meaning, "expected": None, "found": None})
        if found.severity == "error"
        else found
        for found in findings
    )


def history_lines(updates: tuple[Update, ...], language: str, summary: NewsSummary) -> list[str]:
    """What a page says of updates and corrections, the latest first; other updates than of figures go without saying.

    Figures are shown as the source writes them; in a translation only those that are bare digits, because others are
    written in another way there.
    """
    strings = {**facts("en", "page"), **facts(language, "page")}
    return [
        strings["corrected" if update.correction else "updated"].format(changes=told)
        if told
        else strings["corrected_plain"]
        for update, told in told_updates(updates, language, summary)
    ]


def told_updates(updates: tuple[Update, ...], language: str, summary: NewsSummary) -> Iterator[tuple[Update, str]]:
    """The updates and corrections that readers of a language should know, the latest first, with what changed.

    That is empty for a correction of which nothing more is known.
    """
    own = language == summary.language
    between = {**facts("en", "page"), **facts(language, "page")}["between"]
    for update in reversed(updates):
        shown = [c for c in update.changes if own or (c.before.isdecimal() and c.after.isdecimal())]
        changes = between.join(f"{change.before} → {change.after}" for change in shown)
        told = between.join(filter(None, (update.note if own else "", changes)))
        if told or update.correction:
            yield update, told


def desk_files(entry: Entry, version: Version, ruled: Ruling) -> dict[str, str]:
    """What a person should see: why something is not published, with the held lines.

    Nothing where all is published, or where the article was withdrawn for good.
    """
    if entry.is_withdrawn:
        return {}
    if all(verdict == "publish" for verdict in ruled.verdicts.values()) and not (ruled.problems or entry.stale):
        return {}
    summary = ruled.summary
    held = summary.held
    languages = {
        tag: {
            "verdict": ruled.verdicts[tag],
            "reason": ruled.reasons[tag],
            "published_version": entry.live.get(tag),
            "findings": [found.model_dump() for found in findings_of(summary, tag)],
            "held_lines": held[tag].model_dump() if tag in held else None,
        }
        for tag in languages_of(summary)
    }
    told = {
        "key": entry.key,
        "folder": entry.folder,
        "source": entry.source,
        "version": version.number,
        "edit_is_stale": entry.stale,
        "problems_of_the_edit": ruled.problems,
        "languages": languages,
    }
    pages = {
        f"{tag}.md": markdown(summary, tag) for tag, verdict in sorted(ruled.verdicts.items()) if verdict == "review"
    }
    return {**pages, DESK: json.dumps(told, ensure_ascii=False, indent=1) + "\n"}
