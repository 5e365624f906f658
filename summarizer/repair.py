"""Checked lines from any engine: what fails is asked again, then dropped or replaced by its evidence, then held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from summarizer.checks import finding
from summarizer.engines import NO_WORK, Drafted, Engine, Shortened, Translated, Work
from summarizer.records import Article, Bullet, Draft, Finding
from summarizer.verdicts import bullet_index, draft_findings, errors_in, translation_findings

# How often failing lines are asked again; a third answer is no better than the second.
_MAX_REPAIRS = 2
# A failing bullet is dropped where this many remain, because a summary of one line is hardly one.
_ENOUGH_BULLETS = 2
_TOO_LONG = "headline_long"


async def write_draft(engine: Engine, article: Article, *, max_bullets: int, extracts: bool) -> Drafted:
    """The engine's draft with all that the checks find in it, after bounded repair.

    An error that is left in the findings holds the draft. `extracts` tells whether a sentence of the article may stand
    in the place of a bullet.
    """
    first = await engine.draft(article, max_bullets=max_bullets)
    if first.draft is None:
        return first
    draft, made = _with_lead(first.draft, article) if extracts else (first.draft, ())
    draft, work = await _repaired(engine, article, draft)
    draft, fallen = _without_failing(draft, article, extracts=extracts)
    draft, more = await _with_shorter_headline(engine, article, draft)
    found = (*first.findings, *draft.findings, *made, *fallen, *draft_findings(draft, article))
    return first._replace(draft=draft, findings=found, work=first.work + work + more)


async def write_translation(engine: Engine, article: Article, draft: Draft, language: str) -> Translated:
    """The engine's translation with all that the checks find in it, after bounded repair."""
    (current,) = await engine.translate(article, draft, [language])
    for _ in range(_MAX_REPAIRS):
        errors = errors_in(translation_findings(draft, current.translation))
        if not errors or current.translation.headline is None:
            break
        again = await engine.repair_translation(article, draft, current, errors)
        if again is None:
            break
        work = current.work + again.work
        current = (current if again.translation.headline is None else again)._replace(work=work)
    current = await _with_shorter_translated_headline(engine, article, draft, current)
    found = (*current.translation.findings, *translation_findings(draft, current.translation))
    return current._replace(translation=current.translation.model_copy(update={"findings": found}))


def may_extract(rights: str | None, forbidden: Iterable[str]) -> bool:
    """Whether an article with these rights may lend its sentences; `forbidden` are phrases that say that it may not."""
    return not any(phrase.casefold() in (rights or "").casefold() for phrase in forbidden)


async def _repaired(engine: Engine, article: Article, draft: Draft) -> tuple[Draft, Work]:
    work = NO_WORK
    for _ in range(_MAX_REPAIRS):
        errors = errors_in(draft_findings(draft, article))
        again = await engine.repair_draft(article, draft, errors) if errors and draft.bullets else None
        if again is None:
            break
        work += again.work
        draft = again.draft or draft
    return draft, work


def _with_lead(draft: Draft, article: Article) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft, with the lead sentence as its bullet where it has none."""
    if draft.bullets or not article.sentences:
        return draft, ()
    evidence = article.evidence([1])
    lead = Bullet(text=evidence[0].text, evidence=evidence)
    found = finding("bullet_replaced", "bullets[0]", "the answer had no bullet; this is the first sentence")
    return draft.model_copy(update={"bullets": (lead,)}), (found,)


class _Kept(NamedTuple):
    """The bullets that stand so far, and what became of the others."""

    bullets: list[Bullet]
    findings: list[Finding]


def _without_failing(draft: Draft, article: Article, *, extracts: bool) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft without the bullets that still fail: dropped where enough remain, else replaced by their evidence."""
    errors = errors_in(draft_findings(draft, article))
    reasons = {index: found for found in errors if (index := bullet_index(found.where)) is not None}
    sound = len(draft.bullets) - len(reasons)
    kept = _Kept([], [])
    for index, bullet in enumerate(draft.bullets):
        reason = reasons.get(index)
        if reason is None:
            kept.bullets.append(bullet)
        elif sound >= _ENOUGH_BULLETS:
            detail = f'"{bullet.text}" was left out: {reason.code}, {reason.detail}'
            kept.findings.append(finding("bullet_dropped", "bullets", detail))
        else:
            _replace(bullet, reason, kept, extracts=extracts)
    return draft.model_copy(update={"bullets": tuple(kept.bullets)}), tuple(kept.findings)


def _replace(bullet: Bullet, reason: Finding, kept: _Kept, *, extracts: bool) -> None:
    """Put the cited sentence in the place of a bullet; the bullet itself stays, and is held, where that cannot be."""
    sentence = bullet.evidence[0] if bullet.evidence else None
    if not extracts or sentence is None or sentence.text in {bullet.text, *(other.text for other in kept.bullets)}:
        kept.bullets.append(bullet)
        return
    where = f"bullets[{len(kept.bullets)}]"
    kept.bullets.append(Bullet(text=sentence.text, evidence=(sentence,)))
    detail = f"this is sentence {sentence.sentence}, in the place of a bullet that failed: {reason.code}"
    kept.findings.append(finding("bullet_replaced", where, detail, found=bullet.text))


async def _with_shorter_headline(engine: Engine, article: Article, draft: Draft) -> tuple[Draft, Work]:
    """The draft with a shorter headline where one was too long, and the shorter one brings no error of its own."""
    found = draft_findings(draft, article)
    if not _is_long(found) or errors_in(found):
        return draft, NO_WORK
    shortened = await engine.shorten(article, draft, draft.headline, draft.language)
    if shortened is None or not _is_shorter(shortened, draft.headline):
        return draft, shortened.work if shortened else NO_WORK
    shorter = draft.model_copy(update={"headline": shortened.headline})
    return draft if errors_in(draft_findings(shorter, article)) else shorter, shortened.work


async def _with_shorter_translated_headline(
    engine: Engine, article: Article, draft: Draft, translated: Translated
) -> Translated:
    translation = translated.translation
    found = translation_findings(draft, translation)
    if translation.headline is None or not _is_long(found) or errors_in(found):
        return translated
    shortened = await engine.shorten(article, draft, translation.headline, translation.language)
    if shortened is None:
        return translated
    worked = translated._replace(work=translated.work + shortened.work)
    if not _is_shorter(shortened, translation.headline):
        return worked
    shorter = worked._replace(translation=translation.model_copy(update={"headline": shortened.headline}))
    return worked if errors_in(translation_findings(draft, shorter.translation)) else shorter


def _is_shorter(shortened: Shortened, headline: str) -> bool:
    return shortened.headline is not None and 0 < len(shortened.headline) < len(headline)


def _is_long(findings: Iterable[Finding]) -> bool:
    return any(found.code == _TOO_LONG and found.where == "headline" for found in findings)
