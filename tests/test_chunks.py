"""Chunks: lossless, within the budget, cut at sentence ends where that is possible, and balanced."""

from __future__ import annotations

import re
import time
from itertools import combinations, pairwise

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.chunks import MIN_BUDGET, Chunk, chunk_article
from summarizer.records import Sentence
from summarizer.tokens import count_tokens

_MARKS = re.compile(r"[.!?。！？।۔]+")
_TEXTS = st.lists(
    st.sampled_from(
        [
            "The cabinet met ",
            "on Friday, ",
            "again. ",
            "Nobody left! ",
            "\n\n",
            "部长辞职。",
            "他们说，",
            "ที่นี่กำลัง",
            "मंत्री ने कहा। ",
            "각",
            "e\u0301",
            "👨‍👩‍👧",
            "🇩🇪",
            " ",
        ]
    )
    | st.text(max_size=4),
    max_size=60,
).map("".join)


class CodePoints:
    """A measure that takes every code point for a token, so that sizes add up exactly."""

    def __init__(self, text: str) -> None:
        """Take any text."""

    def count(self, start: int, end: int) -> int:
        """Count code points."""
        return end - start

    def before(self, offset: int) -> int:
        """Count code points from the beginning."""
        return offset


class Sticky(CodePoints):
    """A measure by which a span costs more than its share, as tokens may that reach across its edges."""

    def count(self, start: int, end: int) -> int:
        """Count code points, and three more for a span of several sentences of ten."""
        return end - start + (3 if end - start > 10 else 0)


def numbered(text: str) -> list[Sentence]:
    """Split after final marks: a stand-in for the real splitter."""
    ends = [*(match.end() for match in _MARKS.finditer(text)), len(text)]
    spans = [(start + len(text[start:end]) - len(text[start:end].lstrip()), end) for start, end in pairwise([0, *ends])]
    kept = [span for span in spans if text[slice(*span)].strip()]
    return [Sentence(number=number, start=start, end=end) for number, (start, end) in enumerate(kept, start=1)]


def sentences_of(*lengths: int) -> tuple[str, list[Sentence]]:
    """Make a text of sentences of these lengths, the space behind each included."""
    text = "".join("x" * (length - 2) + ". " for length in lengths)
    return text, numbered(text)


def pieces(text: str, chunks: tuple[Chunk, ...]) -> list[str]:
    """Take the text of each chunk."""
    return [text[chunk.start : chunk.end] for chunk in chunks]


@settings(max_examples=300, deadline=None)
@given(_TEXTS, st.integers(MIN_BUDGET, 40))
@example("🫨" * 3, 4)
@example("e" + "\u0301" * 50, 4)
def test_contract(text: str, budget: int) -> None:
    """Joined chunks are the text, each is within the budget, and every sentence begins in exactly one."""
    sentences = numbered(text)
    chunks = chunk_article(text, sentences, budget=budget)
    assert "".join(pieces(text, chunks)) == text
    assert [number for chunk in chunks for number in chunk.sentences] == [sentence.number for sentence in sentences]
    for chunk, piece in zip(chunks, pieces(text, chunks), strict=True):
        assert piece
        assert count_tokens(piece) <= budget
        assert chunk.tokens in {count_tokens(piece), None}
        assert all(chunk.start <= sentences[number - 1].start < chunk.end for number in chunk.sentences)


@settings(max_examples=300, deadline=None)
@given(_TEXTS, st.integers(MIN_BUDGET, 40))
def test_ends(text: str, budget: int) -> None:
    """A sentence within the budget is never cut, and a grapheme within it neither."""
    sentences = numbered(text)
    starts = [0, *(sentence.start for sentence in sentences[1:]), len(text)]
    units = [span for span in pairwise(starts) if count_tokens(text[slice(*span)]) <= budget]
    for begin, end in pairwise(starts):
        units += [m.span() for m in regex.finditer(r"\X", text, pos=begin, endpos=end) if count_tokens(m[0]) <= budget]
    ends = {chunk.end for chunk in chunk_article(text, sentences, budget=budget)}
    assert not [(start, end) for start, end in units if any(start < cut < end for cut in ends)]


@pytest.mark.parametrize(
    ("lengths", "budget", "expected"),
    [
        pytest.param([10] * 4, 40, [40], id="all in one"),
        pytest.param([10] * 5, 40, [20, 30], id="no tiny last chunk"),
        pytest.param([10] * 9, 40, [30, 30, 30], id="even thirds"),
        pytest.param([30, 10, 10, 30], 40, [40, 40], id="only one way"),
        pytest.param([10, 30, 30, 10], 40, [40, 40], id="the sentences decide"),
        pytest.param([40, 10, 10, 10], 40, [40, 30], id="a sentence that fills the budget"),
        pytest.param([15, 15, 15, 15, 15, 15, 15], 40, [30, 30, 30, 15], id="uneven remainder"),
    ],
)
def test_balance(lengths: list[int], budget: int, expected: list[int]) -> None:
    """Chunks are as few and as even as the sentences allow."""
    text, sentences = sentences_of(*lengths)
    chunks = chunk_article(text, sentences, budget=budget, measure=CodePoints)
    assert sorted(end - start for start, end, *_ in chunks) == sorted(expected)


@given(st.lists(st.integers(3, 30), min_size=1, max_size=9), st.integers(30, 60))
def test_fewest_chunks_with_the_smallest_maximum(lengths: list[int], budget: int) -> None:
    """No other way of grouping the sentences has fewer chunks or, with as many, a smaller largest one."""
    text, sentences = sentences_of(*lengths)
    chunks = chunk_article(text, sentences, budget=budget, measure=CodePoints)
    best = min(
        (len(sizes), max(sizes))
        for count in range(len(lengths))
        for cuts in combinations(range(1, len(lengths)), count)
        if max(sizes := [sum(lengths[a:b]) for a, b in pairwise([0, *cuts, len(lengths)])]) <= budget
    )
    assert (len(chunks), max(chunk.end - chunk.start for chunk in chunks)) == best


def test_plan_is_made_anew_when_a_count_disappoints() -> None:
    """Where chunks count more than their sentences promised, the limit falls until all are within the budget."""
    text, sentences = sentences_of(*[10] * 8)
    chunks = chunk_article(text, sentences, budget=40, measure=Sticky)
    assert [(chunk.end - chunk.start, chunk.tokens) for chunk in chunks] == [(30, 33), (20, 23), (30, 33)]


@pytest.mark.parametrize(
    ("text", "budget", "endings"),
    [
        pytest.param("one two three, four five six seven; eight nine ten eleven twelve", 40, (", ", "; "), id="clause"),
        pytest.param(
            "他们昨天说，部长已经在星期二辞职了，但是没有人知道原因是什么，也没有人想去问他",
            20,
            ("，",),
            id="Han clause",
        ),
        pytest.param("one-two three-four five-six seven-eight nine-ten eleven-twelve", 16, (" ",), id="word"),
        pytest.param(
            "今天OpenAI公司今天OpenAI公司今天OpenAI公司今天", 20, ("天", "I", "公", "司"), id="word in Han text"
        ),
    ],
)
def test_where_a_long_sentence_is_cut(text: str, budget: int, endings: tuple[str, ...]) -> None:
    """A sentence above the budget is cut after a clause, else between words, and carries its number once."""
    chunks = chunk_article(text, numbered(text), budget=budget, measure=CodePoints)
    assert len(chunks) > 1
    assert all(piece.endswith(endings) for piece in pieces(text, chunks)[:-1])
    assert [chunk.sentences for chunk in chunks] == [(1,), *[()] * (len(chunks) - 1)]


def test_rest_of_a_long_sentence_joins_the_next() -> None:
    """The end of a sentence above the budget does not stay alone where the next sentence fits beside it."""
    text, sentences = sentences_of(50, 10, 10)
    chunks = chunk_article(text, sentences, budget=40, measure=CodePoints)
    assert [chunk.sentences for chunk in chunks] == [(1,), (2, 3)]


def test_dateline_and_space_belong_to_the_first_sentence() -> None:
    """What stands before the first sentence is in the first chunk."""
    text = "\n KYIV - " + "First one. Second one."
    sentences = [Sentence(number=1, start=9, end=19), Sentence(number=2, start=20, end=30)]
    chunks = chunk_article(text, sentences, budget=20, measure=CodePoints)
    assert [(chunk.start, chunk.end, chunk.sentences) for chunk in chunks] == [(0, 20, (1,)), (20, 31, (2,))]


def test_short_text_is_not_counted() -> None:
    """A text whose bytes prove the fit is one chunk, and its tokens stay unknown."""
    assert chunk_article("One. Two.", numbered("One. Two."), budget=9) == (Chunk(0, 9, (1, 2), None),)


def test_text_that_fits_once_counted() -> None:
    """A text with more bytes than the budget and fewer tokens is one chunk, with its count."""
    text = "The minister resigned. Nobody knows why."
    assert chunk_article(text, numbered(text), budget=10) == (Chunk(0, 40, (1, 2), count_tokens(text)),)


def test_empty_text() -> None:
    """An empty text has no chunks."""
    assert chunk_article("", (), budget=100) == ()


def test_text_without_sentences() -> None:
    """A text without sentences, as of white space alone, is still lossless and within the budget."""
    chunks = chunk_article(" \n" * 200, (), budget=4)
    assert "".join(pieces(" \n" * 200, chunks)) == " \n" * 200
    assert all(chunk.sentences == () and (chunk.tokens or 0) <= 4 for chunk in chunks)


@pytest.mark.parametrize("budget", [-1, 0, MIN_BUDGET - 1])
def test_budget_too_small_for_a_character(budget: int) -> None:
    """A budget that a single character can exceed is refused."""
    with pytest.raises(ValueError, match="at least 4 tokens"):
        chunk_article("text", (), budget=budget)


@pytest.mark.parametrize("unit", ["中", "ก", "👨‍👩‍👧", "🇩🇪", "\u0301", "각", "word ", "a.", "e\u0301"])
def test_time_is_linear(unit: str) -> None:
    """Four times the sentence takes no more than about four times as long, whatever it repeats."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        chunk_article(text, [Sentence(number=1, start=0, end=len(text))], budget=500)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(40_000) < 10 * seconds(10_000) + 0.1
