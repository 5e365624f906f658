"""Token counts: the encoding is tiktoken's, the network is not needed, and spans count as if they stood alone."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiktoken_ext import openai_public

from summarizer import tokens
from summarizer.errors import ConfigError
from summarizer.resources import resource
from summarizer.tokens import TokenIndex, bytes_fit, count_tokens, fits, load_encoding

if TYPE_CHECKING:
    from pathlib import Path

# Characters around which the pattern of the encoding turns: what may and may not begin, continue or end a match.
_TURNS = st.sampled_from(
    [
        *"aBéʰǅ中文あก1²½_/'’.,-!、。！ \n\r\t\u00a0\u3000\u2028\u200d\x1c\x85",
        "\u0301",
        "ำ",
        "’s",
        "'ll",
        "  ",
        "👨‍👩‍👧",
        "<|endoftext|>",
    ]
)
_TEXTS = st.lists(_TURNS | st.characters(), max_size=30).map("".join)


def test_definition_is_tiktokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pattern, special tokens and digest are those that the installed tiktoken defines for o200k_base."""
    digests = []

    def load(_: str, expected_hash: str) -> dict[bytes, int]:
        digests.append(expected_hash)
        return {}

    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", load)
    definition = openai_public.o200k_base()
    assert definition["pat_str"] == tokens.PATTERN
    assert definition["special_tokens"] == tokens.SPECIAL_TOKENS
    assert digests == [tokens.VOCABULARY_SHA256]


# Counted with tiktoken 0.14.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("The minister resigned on Tuesday.", 6),
        ("Министр подал в отставку во вторник.", 12),
        ("استقال الوزير يوم الثلاثاء.", 6),
        ("मंत्री ने मंगलवार को इस्तीफा दिया।", 10),
        ("部长星期二辞职。", 6),
        ("รัฐมนตรีลาออกเมื่อวันอังคาร", 9),
        ("👨‍👩‍👧", 8),
    ],
)
def test_counts(text: str, expected: int) -> None:
    """Texts in several scripts have the number of tokens that tiktoken gives."""
    assert count_tokens(text) == expected


def test_special_tokens_are_text() -> None:
    """The name of a special token in an article is counted as ordinary characters, and does not raise."""
    assert count_tokens("<|endoftext|>") > 1


def test_lone_surrogate() -> None:
    """A lone surrogate, which cleaned text never holds, counts as a question mark."""
    assert count_tokens("a \ud800 b") == count_tokens("a ? b")
    assert TokenIndex("\ud83d\ude00b").before(2) == count_tokens("??") == 1
    assert bytes_fit("\ud800", 1)


@pytest.mark.parametrize("unit", [" ", "中"])
def test_very_long_text(unit: str) -> None:
    """A run of white space on which the encoder itself would panic is counted, and so is other repetition."""
    text = unit * (1_200_000 // len(unit))
    assert 0 < count_tokens(text) <= len(text.encode())


@given(_TEXTS)
def test_a_token_is_at_least_one_byte(text: str) -> None:
    """The byte count bounds the token count, so that it can prove a fit."""
    assert count_tokens(text) <= len(text.encode())


@given(_TEXTS, st.integers(0, 60))
def test_fits(text: str, budget: int) -> None:
    """`fits` says what counting would say."""
    assert fits(text, budget) == (count_tokens(text) <= budget)


@settings(max_examples=500)
@given(_TEXTS, st.data())
def test_span_counts_as_if_alone(text: str, data: st.DataObject) -> None:
    """The count of any span is that of its own text, whatever stands around it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert TokenIndex(text).count(start, end) == count_tokens(text[start:end])


@pytest.mark.parametrize(
    "text",
    ["End.\n/path; end;\n//", "部长说。他走了。\n//中文", "He  said \n it’s\u3000'll do .\r\n x", "日本's。a、b"],
)
def test_every_span_counts_as_if_alone(text: str) -> None:
    """Where tokens join line feeds, slashes, spaces and marks, no span is miscounted."""
    index = TokenIndex(text)
    for start, end in combinations(range(len(text) + 1), 2):
        assert index.count(start, end) == count_tokens(text[start:end])


@given(_TEXTS)
def test_tokens_before_an_offset(text: str) -> None:
    """The tokens before an offset never decrease, and all stand before the end."""
    index = TokenIndex(text)
    before = [index.before(offset) for offset in range(len(text) + 1)]
    assert before == sorted(before)
    assert before[0] == 0
    assert before[-1] == count_tokens(text)


def test_token_that_ends_inside_a_character() -> None:
    """A character of several tokens stands before an offset only when its last token does."""
    assert count_tokens("🫨") > 1
    index = TokenIndex("a🫨b")
    assert [index.before(offset) for offset in range(4)] == [0, 1, 1 + count_tokens("🫨"), 2 + count_tokens("🫨")]


def test_vocabulary_is_loaded_only_on_need() -> None:
    """Neither the import nor a fit that the bytes prove loads tiktoken."""
    code = (
        "import sys; from summarizer.tokens import fits; from summarizer.chunks import chunk_article;"
        "assert fits('short', 5) and chunk_article('short', (), budget=5); assert 'tiktoken' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_damaged_vocabulary(tmp_path: Path) -> None:
    """A vocabulary that differs by one byte is refused, and the error names the file."""
    data = bytearray(resource("config", "vocabulary", "o200k_base.tiktoken").read_bytes())
    data[1000] ^= 1
    damaged = tmp_path / "o200k_base.tiktoken"
    damaged.write_bytes(data)
    with pytest.raises(ConfigError, match=r"o200k_base\.tiktoken: damaged"):
        load_encoding(damaged)


def test_missing_vocabulary(tmp_path: Path) -> None:
    """A vocabulary that is not there is refused, and the error names the file."""
    with pytest.raises(ConfigError, match=r"absent\.tiktoken: cannot be read"):
        load_encoding(tmp_path / "absent.tiktoken")
