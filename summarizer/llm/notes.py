"""Notes on the parts of a long article, and the choice among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from summarizer.checks import finding
from summarizer.chunks import Chunk
from summarizer.concurrency import together
from summarizer.errors import ContextOverflow, OutputError
from summarizer.languages import english_name
from summarizer.llm.blocks import article_block, notes_block, opening_block, title_line
from summarizer.llm.desk import Desk, Question, lines_tokens
from summarizer.llm.lines import output_finding
from summarizer.llm.schemas import MergeWire, NotesWire, NoteWire
from summarizer.records import Article, Bullet, Draft, Evidence, Finding, Sentence
from summarizer.tokens import fits
from summarizer.typography import clean_line
from summarizer.verdicts import DEFAULT_JUDGE, errors_in

# Notes per part: enough for every fact that four bullets could want from it.
_NOTES_PER_PART = 8
# Notes that the draft sees for each bullet that it may write.
_NOTES_PER_BULLET = 3
# Sentences at the beginning of an article, which introduce who is who, and characters that are shown of each.
_OPENING = 2
_LONGEST_OPENING = 500


class Notes(NamedTuple):
    """The notes on an article, and the share of its text that was read for them, 0 to 1."""

    notes: tuple[NoteWire, ...]
    coverage: float
    findings: tuple[Finding, ...]


class _Part(NamedTuple):
    """The notes on one part, or the finding that says why there are none."""

    notes: tuple[NoteWire, ...]
    finding: Finding | None = None


async def take_notes(desk: Desk, article: Article, chunks: Sequence[Chunk]) -> Notes:
    """The notes on every part, asked for in parallel; a part whose answer cannot be used is left out, with a finding.

    Raises:
        ContextOverflow: a part is more than the model can read.
    """
    parts = await together(_part(desk, article, chunk) for chunk in chunks)
    read = sum(chunk.end - chunk.start for chunk, part in zip(chunks, parts, strict=True) if part.finding is None)
    coverage = read / len(article.text)
    failures = [part.finding for part in parts if part.finding is not None]
    notes = tuple(note for part in parts for note in part.notes)
    if failures:
        detail = f"{len(failures)} of {len(parts)} parts of the article could not be read: {failures[0].detail}"
        failures = [finding("coverage_partial", "article", detail)] if notes else failures[:1]
    return Notes(notes, coverage, tuple(failures))


async def choose_notes(
    desk: Desk, notes: Sequence[NoteWire], *, title: str | None, max_bullets: int, budget: int
) -> tuple[tuple[NoteWire, ...], tuple[Finding, ...]]:
    """The notes that the draft needs, in the model's order, at most three for each bullet.

    Where the notes do not fit in one prompt they are chosen from in batches, and again from what was chosen.
    """
    most = max_bullets * _NOTES_PER_BULLET
    found: tuple[Finding, ...] = ()
    while True:
        batches = list(_batches(notes, budget))
        answers = await together(_chosen(desk, batch, title, most) for batch in batches)
        found += tuple(answer.finding for answer in answers if answer.finding is not None)
        chosen = tuple(note for answer in answers for note in answer.notes)
        if len(batches) == 1 or len(chosen) >= len(notes):
            return chosen[:most], found[:1]
        notes = chosen


def part_of(article: Article, chunk: Chunk) -> Article:
    """The article with its sentences cut to what stands in the chunk; `numbers_in` tells which those are.

    Only a sentence above the token budget is really cut: chunks end with sentences wherever they can. The others are
    cut to what an opening shows of them.
    """
    clipped = tuple(_clipped(sentence, chunk) for sentence in article.sentences)
    return article.model_copy(update={"sentences": clipped})


def numbers_in(article: Article, chunk: Chunk) -> tuple[int, ...]:
    """The numbers of the sentences that stand in the chunk, in whole or in part."""
    return tuple(s.number for s in article.sentences if s.start < chunk.end and s.end > chunk.start)


def opening_of(part: Article, chunk: Chunk) -> tuple[Evidence, ...]:
    """The first sentences of an article of which this is a part, as far as they stand before it."""
    return part.evidence(s.number for s in part.sentences[:_OPENING] if s.end <= chunk.start)


def _clipped(sentence: Sentence, chunk: Chunk) -> Sentence:
    start, end = max(sentence.start, chunk.start), min(sentence.end, chunk.end)
    if start >= end:
        start, end = sentence.start, min(sentence.end, sentence.start + _LONGEST_OPENING)
    if (start, end) == (sentence.start, sentence.end):
        return sentence  # as nearly all; a copy of each for each chunk takes 0.7 s of 120,000 tokens
    return sentence.model_copy(update={"start": start, "end": end})


async def _part(desk: Desk, article: Article, chunk: Chunk) -> _Part:
    part, numbers = part_of(article, chunk), numbers_in(article, chunk)
    opening, shown = opening_of(part, chunk), article_block(part, numbers)
    inputs = {
        "language": english_name(article.language),
        "max_notes": str(_NOTES_PER_PART),
        "article": f"{opening_block(opening)}\n{shown}" if opening else shown,
    }
    try:
        answer = await desk.ask(Question("notes", inputs, NotesWire, lines_tokens(_NOTES_PER_PART, article.language)))
    except ContextOverflow:
        raise
    except OutputError as error:
        return _Part((), output_finding(error, "article"))
    usable = _usable(answer.notes[:_NOTES_PER_PART], part, {*numbers, *(passage.sentence for passage in opening)})
    if answer.notes and not usable:
        return _Part((), finding("output_invalid", "article", "no note cites a sentence that was in the prompt"))
    return _Part(tuple(note for note in usable if not set(note.sentences).isdisjoint(numbers)))


def _usable(answered: Sequence[NoteWire], part: Article, numbers: Collection[int]) -> tuple[NoteWire, ...]:
    """The notes with the numbers that were in their prompt; a claim that fails a check gives way to its sentences."""
    cited = [tuple(dict.fromkeys(n for n in note.sentences if n in numbers)) for note in answered]
    bullets = [
        Bullet(text=clean_line(note.claim), evidence=part.evidence(sentences))
        for note, sentences in zip(answered, cited, strict=True)
        if sentences
    ]
    failing = _failing(bullets, part)
    return tuple(
        NoteWire(claim=_sentences(bullet) if index in failing else bullet.text, sentences=_numbers(bullet))
        for index, bullet in enumerate(bullets)
    )


def _failing(bullets: Sequence[Bullet], part: Article) -> set[int]:
    """The indexes of the claims that fail the checks of bullets; all of them where they fail as a whole."""
    draft = Draft(language=part.language, headline="", headline_evidence=(), bullets=tuple(bullets))
    errors = errors_in(DEFAULT_JUDGE.draft(draft, part))
    if any(found.where == "draft" for found in errors):
        return set(range(len(bullets)))
    return {found.line - 1 for found in errors if found.line}


def _sentences(bullet: Bullet) -> str:
    return " ".join(clean_line(passage.text) for passage in bullet.evidence)


def _numbers(bullet: Bullet) -> list[int]:
    return [passage.sentence for passage in bullet.evidence]


def _batches(notes: Sequence[NoteWire], budget: int) -> Iterator[tuple[NoteWire, ...]]:
    """The notes in runs that fit the budget; a run has two notes at least, or choosing would choose nothing."""
    batch: list[NoteWire] = []
    for note in notes:
        if len(batch) > 1 and not fits(notes_block([*batch, note]), budget):
            yield tuple(batch)
            batch = []
        batch.append(note)
    yield tuple(batch)


async def _chosen(desk: Desk, notes: Sequence[NoteWire], title: str | None, most: int) -> _Part:
    """The notes of one batch that the model chose, in its order; the first ones where it chose none that exist."""
    if len(notes) == 1:
        return _Part(tuple(notes))
    inputs = {"max_notes": str(most), "notes": title_line(title) + notes_block(notes)}
    try:
        answer = await desk.ask(Question("merge", inputs, MergeWire, lines_tokens(1, "en") + 8 * most))
    except ContextOverflow:
        raise
    except OutputError as error:
        return _Part(tuple(notes[:most]), output_finding(error, "article", severity="warning"))
    valid = dict.fromkeys(number for number in answer.notes if 1 <= number <= len(notes))
    return _Part(tuple(notes[number - 1] for number in valid)[:most] or tuple(notes[:most]))
