"""Where sentences end: golden cases by hand, rules one by one, and properties of any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.languages import languages_with_facts
from summarizer.sentence_rules import rules_for
from summarizer.sentences import number_sentences, split_sentences

GOLDEN = Path(__file__).parent / "golden" / "sentences"
# Pieces that meet at sentence ends, in several scripts, with marks that no grapheme cluster may be cut before.
PIECES = (
    "A", "b", "Dr", "U.S", "no", "He", "eBay", "14", "3.5", "g", "г", "Он", "他说", "と", "です", "हम", "न", "قال", "و",
    "בארה\"ב", "ครับ", "ทั้งนี้", "다", "라고", ".", ".", "...", "…", "!", "?", "。", "？", "।", "؟", "۔", ";", ",", ":", " ", " ",
    "\u00a0", "\n", "“", "”", "«", "»", "„", "「", "」", "(", ")", "–", "•", "\u0301", "\u0301", "\u200d", "\ufe0f", "\u200f", "\U0001f600",
)  # fmt: skip
WHOLE = (
    "He left. ", "Go! ", "“No.” ", "(Why?) ", "Am 14. Mai. ", "В 2018 г. ", "Dr. A. B. ", "他走了。", "「負けた。」", "है। ", "لا؟ ", "다. ",
)  # fmt: skip
thorough = settings(max_examples=400, deadline=None)  # a first call compiles the rules of its language
texts = st.lists(st.sampled_from(PIECES) | st.sampled_from(WHOLE), max_size=30).map("".join)
languages = st.sampled_from([*languages_with_facts(), "is", "lo", "am", "x-nonsense", ""])


def split(text: str, language: str) -> list[str]:
    """The sentences as texts."""
    return [text[start:end] for start, end in split_sentences(text, language)]


def golden_cases() -> list[object]:
    """Every case of every golden file, as `(language, case)`."""
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{number}")
        for path in sorted(GOLDEN.glob("*.txt"))
        for number, case in enumerate(cases_of(path.read_text(encoding="utf-8")), start=1)
    ]


def cases_of(file: str) -> list[str]:
    """The cases of one golden file, without the comments at its top."""
    lines = file.splitlines()
    while lines and lines[0].startswith("#"):
        del lines[0]
    return "\n".join(lines).split("\n===\n")


@pytest.mark.parametrize(("language", "case"), golden_cases())
def test_golden_case(language: str, case: str) -> None:
    """A golden case splits into the sentences that its author expects."""
    text, separator, expected = case.strip("\n").partition("\n---\n")
    assert separator, f"malformed case, no line of ---:\n{case}"
    assert "".join(expected.split()) == "".join(text.split()), f"malformed case, text and sentences differ:\n{case}"
    assert split(text, language) == expected.split("\n"), f"{language}:\n{case}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["“We lost.", "We will be back,” he said."]),
        ("en", ["“Is it safe?” she asked."]),
        ("en", ["“Is it safe?” Smith asked.", "Nobody knew."]),
        ("en", ["It moved to the U.S. Senate.", "He left the U.S.", "The court agreed."]),
        ("en", ["... Then he left."]),
        ("ka", ["პარლამენტმა კანონი მიიღო.", "პრემიერი კმაყოფილია."]),
        ("en", ["Plan B. Smith helped, and plan C.", "The others did not."]),
        ("en", ["Apple Inc. Chief Executive Tim Cook spoke at 10 a.m. Eastern."]),
        ("en", ["It grew in 2018.", "14 people left (all of them!) in No. 5."]),
        ("en-GB", ["eBay and Yahoo! grew by 3.5%.", "iPhone sales fell."]),
        ("en", ["See https://example.org/a.b?c=d or example.com.", "Version 2.0.1 is out."]),
        ("en", ["1. The first plan.", "2. The second."]),
        ("de", ["Am 14. Mai und am 2. 5. traf Wilhelm II. Präsident Ebert.", "Das war 1918.", "Niemand sprach."]),
        ("de", ["Es gab z. B. Kritik an der Hauptstr. Bürger klagten."]),
        ("fr", ["« Nous avons perdu. »", "Il est parti avec J. Le Roux."]),
        ("ru", ["В 2018 г. вышел отчёт.", "В г. Перми живёт А. С. Иванов, в 2019 г.", "Путин приехал."]),
        ("el", ["Τι έγινε;", "Κανείς δεν ξέρει."]),
        ("he", ["הוא היה בארה\"ב.", "משם טס לאו\"ם."]),
        ("ja", ["「負けた。", "また来る。」と述べた。", "ところが「勝った。」", "ところで彼は帰った。"]),
        ("zh-Hans", ["“够了。”他说。", "A. B. 张三来了？！", "没有。"]),
        ("ko", ["“졌다.” 라고 말했다.", "그는 2018. 5. 14. 서울을 떠났다."]),
        ("hi", ["यू.एस. सरकार ने कहा।", "“हम हार गए।” उन्होंने कहा।"]),
        ("is", ["Hún kom.", "„Við töpuðum.“", "Þau fóru 14. maí."]),
        ("am", ["ሰላም።", "እንዴት ነህ?"]),
    ],
)  # fmt: skip
def test_rule(language: str, expected: list[str]) -> None:
    """Sentences joined with a space, or with nothing in Chinese and Japanese, come apart where they were joined."""
    separator = "" if language in {"ja", "zh-Hans"} else " "
    assert split(separator.join(expected), language) == expected


@pytest.mark.parametrize("newline", ["\n", "\n\n", "\r\n", "\u2028", "\x85"])
def test_line_break(newline: str) -> None:
    """A line break of any kind ends a sentence, with or without a final mark."""
    assert split(f"Headline{newline}and Mr.{newline}Smith", "en") == ["Headline", "and Mr.", "Smith"]


def test_start() -> None:
    """Text before `start` is left out, and offsets stay those of the whole text."""
    text = "LONDON (AP) – He left. She stayed."
    assert [text[a:b] for a, b in split_sentences(text, "en", start=14)] == ["He left.", "She stayed."]


def test_numbers() -> None:
    """Sentences are numbered from 1 in order."""
    found = number_sentences("One. Two.", "en")
    assert [(sentence.number, sentence.start, sentence.end) for sentence in found] == [(1, 0, 4), (2, 5, 9)]


@thorough
@given(st.one_of(texts, st.text()), languages)
def test_every_character_once(text: str, language: str) -> None:
    """Sentences are trimmed, in order, apart, and hold every character that is not white space."""
    position = 0
    for start, end in split_sentences(text, language):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@thorough
@given(texts, languages)
def test_grapheme_clusters(text: str, language: str) -> None:
    """No sentence ends inside a grapheme cluster."""
    inside = {place for match in regex.finditer(r"\X", text) for place in range(match.start() + 1, match.end())}
    ends = {end for _, end in split_sentences(text, language)}
    assert not {end for end in ends & inside if not text[end].isspace()}


@thorough
@given(texts.map(lambda text: text.replace('"', "")), languages)
def test_stable(text: str, language: str) -> None:
    """A sentence on its own is one sentence.

    Straight quotes are left out: whether one opens or closes is counted from the start of the line.
    """
    for sentence in split(text, language):
        assert split(sentence, language) == [sentence]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ar", "th", "de"])
@pytest.mark.parametrize(
    "unit",
    [
        ".",
        '"',
        "1",
        "A. ",
        '." ',
        "! ",
        "a… ",
        "1. ",
        "(",
        'a?" B',
        "。”",
        "\n",
        "a. » ",
        "Mr. ",
        ".\u0301",
        ".\u200f",
        "(a!) B ",
    ],
)
def test_linear_time(unit: str, language: str) -> None:
    """Eight times as much hostile text takes about eight times as long, not sixty-four times."""

    def once(text: str) -> float:
        began = time.process_time()
        split_sentences(text, language)
        return time.process_time() - began

    def seconds(size: int) -> float:
        """The best of three: the processor may have been busy with something else."""
        return min(once(unit * (size // len(unit))) for _ in range(3))

    split_sentences("Warm. Up.", language)
    assert seconds(40_000) < 24 * seconds(5_000) + 0.05


@pytest.mark.parametrize("language", languages_with_facts())
def test_data(language: str) -> None:
    """Every language file has a table, or inherits one, whose abbreviations end with a mark and start no sentence."""
    rules = rules_for(language)
    listed = rules.abbreviations | rules.may_end | rules.before_number | rules.after_number
    assert all(word[-1] in ".!۔！" and word == word.strip() for word in listed)
    assert not any(word.endswith(".") for word in rules.starters)
    assert not rules.abbreviations & rules.after_number
