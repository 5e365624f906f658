"""An article's headline and bullets: one call where it fits, else notes, a choice among them, and a draft of those."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence

from summarizer.checks import finding
from summarizer.chunks import MIN_BUDGET, Chunk, chunk_article
from summarizer.engines import Drafted
from summarizer.errors import ContextOverflow, OutputError
from summarizer.languages import english_name
from summarizer.llm.blocks import article_block, draft_block, findings_block, order_block
from summarizer.llm.desk import Desk, Question, lines_tokens
from summarizer.llm.facts import WRITING, language_facts
from summarizer.llm.lines import clean_headline, failing_lines, output_finding
from summarizer.llm.naming import draft_names, with_names
from summarizer.llm.notes import choose_notes, take_notes
from summarizer.llm.schemas import BulletWire, DraftWire, NoteWire, RepairWire
from summarizer.records import Article, Bullet, Draft, Finding
from summarizer.tokens import count_tokens, fits
from summarizer.typography import clean_line

# Kind, reason, names and the JSON around them, in lines.
_FRAME_LINES = 3
# Characters of a model's own words that a finding shows.
_LONGEST_REASON = 200


async def draft_article(desk: Desk, article: Article, *, max_bullets: int, budget: int) -> Drafted:
    """The draft of an article that is read in parts of at most `budget` tokens; without one where no answer serves.

    Where that is more than the model can read, the article is cut anew, once, into parts of half the size.
    """
    most = min(max_bullets, max(1, len(article.sentences) - 1))
    try:
        try:
            return await _draft_within(desk, article, most, budget)
        except ContextOverflow:
            size = await asyncio.to_thread(count_tokens, article.text)
            return await _draft_within(desk, article, most, max(MIN_BUDGET, min(budget, size) // 2))
    except OutputError as error:
        return Drafted(None, (output_finding(error, "article"),))


async def _draft_within(desk: Desk, article: Article, most: int, budget: int) -> Drafted:
    chunks = await asyncio.to_thread(chunk_article, article.text, article.sentences, budget=budget)
    if len(chunks) == 1:
        numbers = range(1, len(article.sentences) + 1)
        return await _drafted(desk, article, article_block(article), numbers, most)
    return await _draft_from_notes(desk, article, chunks, max_bullets=most, budget=budget)


async def repair_draft(
    desk: Desk, article: Article, draft: Draft, findings: Sequence[Finding], *, budget: int
) -> Drafted:
    """The draft with the lines that the findings name written anew; one without text or a citation stays as it was."""
    numbers = _numbers_for_repair(article, draft, budget)
    inputs = {
        "language": english_name(article.language),
        "facts": _facts(desk, article),
        "draft": draft_block(draft, draft.names),
        "findings": findings_block(
            findings, draft.headline, [bullet.text for bullet in draft.bullets], _citations(draft)
        ),
        "article": article_block(_clipped(article, numbers, budget), numbers),
    }
    failing = failing_lines(findings, len(draft.bullets))
    try:
        answer = await desk.ask(
            Question("repair", inputs, RepairWire, lines_tokens(len(failing) + 1, article.language))
        )
    except OutputError as error:
        return Drafted(None, (output_finding(error, "article"),))
    bullets = list(draft.bullets)
    headline, headline_evidence = draft.headline, draft.headline_evidence
    for line in answer.lines:
        evidence = article.evidence(_valid(line.sentences, numbers))
        if line.line not in failing or not line.text.strip() or not evidence:
            continue
        if line.line == 0:
            headline, headline_evidence = clean_headline(line.text), evidence
        else:
            bullets[line.line - 1] = Bullet(text=clean_line(line.text), evidence=evidence)
    changed = {"headline": headline, "headline_evidence": headline_evidence, "bullets": tuple(bullets)}
    return Drafted(draft.model_copy(update=changed))


async def _draft_from_notes(
    desk: Desk, article: Article, chunks: Sequence[Chunk], *, max_bullets: int, budget: int
) -> Drafted:
    taken = await take_notes(desk, article, chunks)
    if not taken.notes:
        return Drafted(None, taken.findings or (_nothing_noted(),), coverage=taken.coverage)
    chosen, found = await choose_notes(desk, taken.notes, title=article.title, max_bullets=max_bullets, budget=budget)
    fitting = _that_fit(article, chosen, budget)
    numbers = _cited(fitting)
    block = f"{article_block(_clipped(article, numbers, budget), numbers)}\n{order_block(fitting)}"
    drafted = await _drafted(desk, article, block, numbers, max_bullets)
    return drafted._replace(findings=(*taken.findings, *found, *drafted.findings), coverage=taken.coverage)


def _nothing_noted() -> Finding:
    return finding("not_news", "article", "no part of the article holds anything to report")


async def _drafted(desk: Desk, article: Article, block: str, numbers: Collection[int], most: int) -> Drafted:
    """The draft that the model writes from a block whose sentences have these numbers."""
    inputs = {
        "language": english_name(article.language),
        "facts": _facts(desk, article),
        "max_bullets": str(most),
        "article": block,
    }
    tokens = lines_tokens(most + _FRAME_LINES, article.language)
    answer = await desk.ask(Question("summarize", inputs, DraftWire, tokens))
    if answer.kind == "not_news":
        reason = clean_line(answer.reason)[:_LONGEST_REASON] or "the model gave no reason"
        return Drafted(None, (finding("not_news", "article", reason),))
    bullets = [_bullet(bullet, article, numbers) for bullet in answer.bullets if bullet.text.strip()]
    return Drafted(
        Draft(
            language=article.language,
            headline=clean_headline(answer.headline),
            headline_evidence=article.evidence(_valid(answer.headline_sentences, numbers)),
            bullets=tuple(bullets[:most]),
            names=tuple(dict.fromkeys(name for name in map(clean_line, answer.names) if name)),
        )
    )


def _facts(desk: Desk, article: Article) -> str:
    """What a prompt says of the article's language, and of the house style in it."""
    facts = language_facts(article.language, WRITING, desk.house.of(article.language).style)
    return with_names(facts, draft_names(desk.house, article))


def _bullet(bullet: BulletWire, article: Article, numbers: Collection[int]) -> Bullet:
    return Bullet(text=clean_line(bullet.text), evidence=article.evidence(_valid(bullet.sentences, numbers)))


def _valid(cited: Iterable[int], numbers: Collection[int]) -> list[int]:
    """The numbers that stood in the prompt, each once."""
    return [number for number in dict.fromkeys(cited) if number in numbers]


def _numbers_for_repair(article: Article, draft: Draft, budget: int) -> list[int]:
    """All sentences where they fit; else those that the draft cites, with their neighbours, as far as they fit."""
    count = len(article.sentences)
    if fits(article.text, budget):
        return list(range(1, count + 1))
    cited = {e.sentence for e in (*draft.headline_evidence, *(e for b in draft.bullets for e in b.evidence))} or {1}
    near = {number + step for number in cited for step in (-1, 0, 1) if 1 <= number + step <= count}
    return sorted(near if fits(article_block(article, near), budget) else cited)


def _citations(draft: Draft) -> list[list[int]]:
    """The numbers of the sentences that each line cites, the headline first."""
    cited = (draft.headline_evidence, *(bullet.evidence for bullet in draft.bullets))
    return [[passage.sentence for passage in passages] for passages in cited]


def _cited(notes: Iterable[NoteWire]) -> list[int]:
    return sorted({number for note in notes for number in note.sentences})


def _that_fit(article: Article, notes: Sequence[NoteWire], budget: int) -> Sequence[NoteWire]:
    """The first notes that fit the budget with all the sentences that they cite; one at least."""
    for count in range(len(notes), 1, -1):
        shown = notes[:count]
        if fits(f"{article_block(article, _cited(shown))}\n{order_block(shown)}", budget):
            return shown
    return notes[:1]


def _clipped(article: Article, numbers: Sequence[int], budget: int) -> Article:
    """The article with overlong sentences cut where they would not fit; a character is about a token, or less."""
    if fits(article_block(article, numbers), budget):
        return article
    share = max(1, budget // len(numbers))
    cut = tuple(s.model_copy(update={"end": min(s.end, s.start + share)}) for s in article.sentences)
    return article.model_copy(update={"sentences": cut})
