"""Checked lines from any engine: what fails is asked again, then dropped or replaced by its evidence, then held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from summarizer.checks import finding
from summarizer.checks.copies import repeats
from summarizer.concurrency import together
from summarizer.engines import NO_WORK, Drafted, Engine, Translated, Work
from summarizer.errors import EndpointError, EndpointRefused
from summarizer.languages import direction_of
from summarizer.records import (
    Article,
    Bullet,
    Draft,
    Evidence,
    Finding,
    Translation,
    bullet_place,
)
from summarizer.shortening import with_shorter_headline, with_shorter_translated_headline
from summarizer.verdicts import DEFAULT_JUDGE, Judge, errors_in

_L = TypeVar("_L")
# How often failing lines are asked again; a third answer is no better than the second.
_MAX_REPAIRS = 2
# A failing bullet is dropped where this many remain, because a summary of one line is hardly one.
_ENOUGH_BULLETS = 2


async def write_draft(
    engine: Engine, article: Article, *, max_bullets: int, extracts: bool, judge: Judge = DEFAULT_JUDGE
) -> Drafted:
    """The engine's draft with all that the checks find in it, after bounded repair.

    An error that is left in the findings holds the draft. `extracts` tells whether a sentence of the article may stand
    in the place of a bullet; `judge` knows the house style for it.
    """
    first = await engine.draft(article, max_bullets=max_bullets)
    if first.draft is None:
        return first
    draft, made = _with_lead(first.draft, article) if extracts else (first.draft, ())
    draft, work = await _repaired(engine, article, draft, judge)
    draft, fallen = _without_failing(draft, article, judge, extracts=extracts)
    draft, more = await with_shorter_headline(engine, article, draft, judge)
    found = (*first.findings, *made, *fallen, *judge.draft(draft, article))
    return first._replace(draft=draft, findings=found, work=first.work + work + more)


async def write_translations(
    engine: Engine, article: Article, draft: Draft, judges: Mapping[str, Judge]
) -> dict[str, Translated]:
    """The engine's translations into the languages of one batch, with all that the checks find, after bounded repair.

    Where the endpoint fails, only these languages are held. One that does not come with the others is asked for alone.
    """
    try:
        made = await engine.translate(article, draft, list(judges))
    except EndpointError as error:
        reason = _unanswered(error)
        held = {tag: Translated(held_translation(tag, engine, reason, draft.source_hash)) for tag in judges}
        first = next(iter(held))  # one call was for all of them
        return {**held, first: held[first]._replace(work=Work.in_vain(error))}
    finished = await together(
        _written(engine, article, draft, each, judge)
        if len(made) == 1 or each.translation.headline is not None
        else _written_alone(engine, article, draft, each, judge)
        for each, judge in zip(made, judges.values(), strict=True)
    )
    return dict(zip(judges, finished, strict=True))


async def _written_alone(
    engine: Engine, article: Article, draft: Draft, missing: Translated, judge: Judge
) -> Translated:
    """A translation that was missing from an answer for several languages."""
    language = missing.translation.language
    alone = (await write_translations(engine, article, draft, {language: judge}))[language]
    return alone._replace(work=missing.work + alone.work)


async def _written(engine: Engine, article: Article, draft: Draft, current: Translated, judge: Judge) -> Translated:
    """A translation after its repair, with what is left to be found in it."""
    current = await _repaired_translation(engine, article, draft, current, judge)
    current = await with_shorter_translated_headline(engine, article, draft, current, judge)
    return _with_findings(current, judge.translation(draft, current.translation))


async def rewrite_draft(
    engine: Engine, article: Article, draft: Draft, because: str, *, extracts: bool, judge: Judge = DEFAULT_JUDGE
) -> Drafted | None:
    """The draft with its lines written anew, as an editor asks for, and all that the checks find in it.

    None from an engine that cannot.
    """
    again = await engine.repair_draft(article, draft, [finding("rewrite_asked", "article", because)])
    if again is None or again.draft is None:
        return again
    rewritten, work = await _repaired(engine, article, again.draft, judge)
    rewritten, fallen = _without_failing(rewritten, article, judge, extracts=extracts)
    found = (*again.findings, *fallen, *judge.draft(rewritten, article))
    return again._replace(draft=rewritten, findings=found, work=again.work + work)


async def rewrite_translation(
    engine: Engine, article: Article, draft: Draft, before: Translation, because: str, judge: Judge = DEFAULT_JUDGE
) -> Translated | None:
    """The translation with its lines written anew, as an editor asks for, and all that the checks find in it.

    None from an engine that cannot.
    """
    asked = [finding("rewrite_asked", "translation", because)]
    current = Translated(before.model_copy(update={"findings": ()}))
    again = await engine.repair_translation(article, draft, current, asked)
    if again is None:
        return None
    mended = await _repaired_translation(engine, article, draft, again, judge)
    return _with_findings(mended, judge.translation(draft, mended.translation))


def held_translation(language: str, engine: Engine, reason: Finding, source_hash: str | None = None) -> Translation:
    """A translation that was never made; `source_hash` is that of the draft, None where that is held itself."""
    return Translation(
        language=language,
        direction=direction_of(language),
        status="held",
        headline=None,
        bullets=(),
        engine=engine.name,
        model=engine.model,
        source_hash=source_hash,
        findings=(reason,),
    )


def may_extract(rights: str | None, forbidden: Iterable[str]) -> bool:
    """Whether an article with these rights may lend its sentences; `forbidden` are phrases that say that it may not."""
    return not any(phrase.casefold() in (rights or "").casefold() for phrase in forbidden)


async def _repaired(engine: Engine, article: Article, draft: Draft, judge: Judge) -> tuple[Draft, Work]:
    """The draft with its failing lines written anew; a request that changed nothing is not sent again."""
    work = NO_WORK
    for _ in range(_MAX_REPAIRS):
        errors = errors_in(judge.draft(draft, article))
        again = await engine.repair_draft(article, draft, errors) if errors and draft.bullets else None
        if again is None:
            break
        work += again.work
        mended = _mended_draft(draft, again.draft or draft, article, judge)
        if mended == draft:
            break
        draft = mended
    return draft, work


async def _repaired_translation(
    engine: Engine, article: Article, draft: Draft, current: Translated, judge: Judge
) -> Translated:
    """The translation with its failing lines written anew, as for a draft."""
    for _ in range(_MAX_REPAIRS):
        before = current.translation
        errors = errors_in(judge.translation(draft, before))
        if not errors:
            break
        try:
            again = await engine.repair_translation(article, draft, current, errors)
        except EndpointError as error:
            failed = current._replace(work=current.work + Work.in_vain(error))
            return _with_findings(failed, [_unanswered(error)])
        if again is None:
            break
        mended = _mended_translation(before, again.translation, draft, judge)
        kept = current if mended == before else again._replace(translation=mended)
        current = kept._replace(work=current.work + again.work)
        if mended == before:
            break
    return current


def _unanswered(error: EndpointError) -> Finding:
    code = "endpoint_refused" if isinstance(error, EndpointRefused) else "endpoint_unavailable"
    return finding(code, "translation", str(error))


def _with_findings(translated: Translated, more: Iterable[Finding]) -> Translated:
    translation = translated.translation
    found = (*translation.findings, *more)
    return translated._replace(translation=translation.model_copy(update={"findings": found}))


def _mended_draft(before: Draft, after: Draft, article: Article, judge: Judge) -> Draft:
    """The draft with the lines that a repair made better."""

    def with_lines(lines: Sequence[Bullet]) -> Draft:
        headline, *bullets = lines
        cited = {"headline": headline.text, "headline_evidence": headline.evidence}
        return after.model_copy(update={**cited, "bullets": tuple(bullets)})

    old, new = (
        (Bullet(text=draft.headline, evidence=draft.headline_evidence), *draft.bullets) for draft in (before, after)
    )
    return with_lines(_without_harm(old, new, lambda tried: errors_in(judge.draft(with_lines(tried), article))))


def _mended_translation(before: Translation, after: Translation, draft: Draft, judge: Judge) -> Translation:
    """The translation with the lines that a repair made better; the one before where there was no answer."""
    if before.headline is None or after.headline is None:
        return before

    def with_lines(lines: Sequence[str]) -> Translation:
        headline, *bullets = lines
        return after.model_copy(update={"headline": headline, "bullets": tuple(bullets)})

    lines = (before.headline, *before.bullets), (after.headline, *after.bullets)
    return with_lines(_without_harm(*lines, lambda tried: errors_in(judge.translation(draft, with_lines(tried)))))


def _without_harm(
    before: Sequence[_L], after: Sequence[_L], errors: Callable[[Sequence[_L]], Iterable[Finding]]
) -> Sequence[_L]:
    """The rewritten lines; one that brings an error to a line beside it goes back to what it was.

    A bullet that a repair makes like the next one is such a line: the finding is on the other, which is right.
    """
    if len(before) != len(after) or not _does_harm(before, after, errors):
        return after
    kept = before
    for index, line in enumerate(after):
        tried = [*kept[:index], line, *kept[index + 1 :]]
        if not _does_harm(kept, tried, errors):
            kept = tried
    return kept


def _does_harm(before: Sequence[_L], after: Sequence[_L], errors: Callable[[Sequence[_L]], Iterable[Finding]]) -> bool:
    """Whether there is an error that there was not before, and not on a line that was rewritten."""
    rewritten = {index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}
    known = {(found.code, found.where) for found in errors(before)}
    return any(found.line not in rewritten and (found.code, found.where) not in known for found in errors(after))


def _with_lead(draft: Draft, article: Article) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft, with the lead sentence as its bullet where it has none."""
    if draft.bullets or not article.sentences:
        return draft, ()
    (lead,) = article.evidence([1])
    found = finding("bullet_replaced", bullet_place(0), "the answer had no bullet; this is the first sentence")
    return draft.model_copy(update={"bullets": (_extract(lead),)}), (found,)


def _without_failing(
    draft: Draft, article: Article, judge: Judge, *, extracts: bool
) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft without the bullets that still fail: dropped where enough is said, else replaced by their evidence.

    A bullet that can be neither stays, and holds the draft.
    """
    errors = errors_in(judge.draft(draft, article))
    if not errors:
        return draft, ()
    reasons = {found.line: found for found in reversed(errors) if found.line}
    sound = [bullet for number, bullet in enumerate(draft.bullets, 1) if number not in reasons]
    said, kept, findings = list(sound), list[Bullet](), list[Finding]()
    for number, bullet in enumerate(draft.bullets, 1):
        reason = reasons.get(number)
        sentence = bullet.evidence[0] if extracts and bullet.evidence else None
        if reason is None:
            kept.append(bullet)
        elif len(sound) >= _ENOUGH_BULLETS or _is_said(bullet, sentence, said):
            detail = f"bullet {number} was left out: {reason.code}, {reason.detail}"
            findings.append(finding("bullet_dropped", "bullets", detail))
        elif sentence is None or sentence.text == bullet.text:
            kept.append(bullet)
        else:
            detail = f"this is sentence {sentence.sentence}, in the place of a bullet that failed: {reason.code}"
            findings.append(finding("bullet_replaced", bullet_place(len(kept)), detail))
            kept.append(_extract(sentence))
            said.append(kept[-1])
    return draft.model_copy(update={"bullets": tuple(kept)}), tuple(findings)


def _is_said(bullet: Bullet, sentence: Evidence | None, others: Iterable[Bullet]) -> bool:
    """Whether other bullets say what a bullet, or the sentence in its place, would say, or were made from that."""
    return any(
        repeats(bullet.text, other.text)
        or (sentence is not None and (repeats(sentence.text, other.text) or sentence in other.evidence))
        for other in others
    )


def _extract(sentence: Evidence) -> Bullet:
    return Bullet(text=sentence.text, evidence=(sentence,))
