"""The mutators of the benchmark of the checks do what they say."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks import mutations
from benchmarks.checks import figure_class, is_caught
from benchmarks.corpus import people, read, renderings
from benchmarks.mutations import KINDS, Sample, digits, keys
from summarizer.checks import finding

ENGLISH = "According to Anna Berg, at least 2,200 of 31 million people were not killed, 7 per cent in March."
GERMAN = "Laut Anna Berg, wurden mindestens 2.200 von 31 Millionen Menschen nicht getötet, 7 Prozent im März."
SAMPLE = Sample("de", ENGLISH, ENGLISH, GERMAN, ("Berg",), ("Lund",))


def spoilt(kind: str, sample: Sample = SAMPLE, seed: int = 0) -> str:
    """The sample, spoilt; the kind must fit it."""
    text = KINDS[kind](sample, Random(seed))
    assert text is not None
    return text


@pytest.mark.parametrize(
    ("kind", "gone", "new"),
    [
        ("scale swapped", "Millionen", "Milliarden"),
        ("percent dropped", " Prozent", ""),
        ("name swapped", "Berg", "Lund"),
        ("negation dropped", " nicht", ""),
        ("approximator dropped", " mindestens", ""),
        ("attribution dropped", "Laut Anna Berg, ", ""),
        ("killed → murdered", "getötet", "ermordet"),
        ("former added", "Berg", "ehemaliger Berg"),
        ("today added", "März", "März heute"),
    ],
)
def test_words_are_changed(kind: str, gone: str, new: str) -> None:
    """Each kind changes its words and nothing else."""
    assert spoilt(kind) == GERMAN.replace(gone, new)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.startswith("digit ") and "no twin" not in kind and "ASCII" not in kind]
)
def test_one_digit_is_changed(kind: str, seed: int) -> None:
    """Exactly one digit is other, more or less; the letters stay."""
    text = KINDS[kind](SAMPLE, Random(seed))
    if text is None:
        assert kind == "digit dropped"
        return
    before, after = digits(GERMAN), digits(text)
    change = {"digit inserted": 1, "digit dropped": -1}.get(kind, 0)
    assert len(after) - len(before) == change
    if not change:
        assert sum(one != two for one, two in zip(before, after, strict=True)) == 1
    assert [x for x in text if x.isalpha()] == [x for x in GERMAN if x.isalpha()]
    assert len(keys(text) - keys(ENGLISH)) == 1


def test_no_figure_gets_a_zero_in_front() -> None:
    """A changed figure is still written as people write figures."""
    sample = SAMPLE._replace(source="31 people", text="31 Menschen")
    assert all(not spoilt("digit changed, twin", sample, seed).startswith("0") for seed in range(60))


@pytest.mark.parametrize("seed", range(10))
def test_figures_without_a_twin(seed: int) -> None:
    """Of two figures the one is changed that the source writes in another way."""
    sample = SAMPLE._replace(source="Twelve of 31 people", text="12 von 31 Menschen")
    assert "31" in keys(spoilt("digit changed, no twin", sample, seed))
    assert "12" in keys(spoilt("digit changed, twin", sample, seed))


def test_other_digits_stay_in_their_script() -> None:
    """Eastern Arabic digits become Eastern Arabic digits."""
    sample = SAMPLE._replace(tag="fa", source="17 people", text="۱۷ نفر")
    text = spoilt("digit changed, not ASCII", sample)
    assert text != sample.text
    assert not any("0" <= character <= "9" for character in text)


@pytest.mark.parametrize(
    ("figure", "tenfold"),
    [
        ("31", "310"),
        ("2.200", "22.000"),
        ("220.000", "2.200.000"),
        ("3,5", "35"),
        ("3,55", "35,5"),
        ("٣٫٥", "٣٥"),
        ("0.5", "5"),
    ],
)
def test_tenfold(figure: str, tenfold: str) -> None:
    """A zero more, or the separator one place on."""
    sample = SAMPLE._replace(source="nothing", text=f"So {figure} sind es")
    assert spoilt("tenfold", sample) == f"So {tenfold} sind es"


def test_swapped_figures_are_both_there() -> None:
    """Two figures change places."""
    assert (
        spoilt("figures swapped", SAMPLE._replace(source="5 and 10", text="5 Panzer, 10 Jets")) == "10 Panzer, 5 Jets"
    )


@pytest.mark.parametrize(
    ("source", "text", "exchanged"),
    [
        ("They won 2-1.", "ربحوا 1-2.", {None}),
        ("They won 2-1.", "Sie gewannen 2-1.", {"Sie gewannen 1-2."}),
        ("They lost 2-1.", "Perdieron 2-1.", {None}),
        ("Call 859-292-3680.", "اتصل ٣٦٨٠-٢٩٢-٨٥٩.", {"اتصل ٢٩٢-٣٦٨٠-٨٥٩.", "اتصل ٣٦٨٠-٨٥٩-٢٩٢."}),
    ],
)
def test_exchanges_that_are_right_are_not_made(source: str, text: str, exchanged: set[str | None]) -> None:
    """What is typed from right to left is not set right, and a loser's score may be told from either side."""
    sample = SAMPLE._replace(source=source, english=source, text=text)
    made = {KINDS["figures swapped"](sample, Random(seed)) for seed in range(30)}
    assert made == exchanged


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_that_do_not_fit_say_so(kind: str) -> None:
    """A line without any of the words is left alone."""
    assert KINDS[kind](Sample("de", "now", "now", "jetzt"), Random(0)) is None


def test_whole_summaries_are_spoilt() -> None:
    """Bullets are joined, cut and moved, and their number stays."""
    lines = ["H", "aa bb", "cc", "dddd"]
    assert mutations.bullets_merged(lines) == ["H", "aa bb cc", "dd", "dd"]
    assert mutations.bullets_swapped(lines) == ["H", "cc", "aa bb", "dddd"]
    assert mutations.half_missing(lines) == ["H", "aa", "cc", "dddd"]
    assert mutations.half_translated(lines, ["H", "one two", "x", "y"]) == ["H", "aa two", "cc", "dddd"]


def test_caught_means_another_error() -> None:
    """A finding that was there before catches nothing, nor does a warning."""
    error, warning = finding("figure_lost", "x", "5"), finding("name_new", "x", "Berg")
    assert is_caught((), (error,))
    assert not is_caught((error,), (error,))
    assert not is_caught((), (warning,))


def test_pairs_with_a_figure() -> None:
    """Digits of any script on either side, else English number words."""
    assert [figure_class(*pair) for pair in (("x", "٣"), ("two men", "zwei"), ("a man", "ein"))] == [
        "digits",
        "words",
        "none",
    ]


def test_people_are_aligned(tmp_path: Path) -> None:
    """Surnames that also stand alone are found, and their renderings by the lines that they stand in."""
    english = ["Anna Lindqvist won on Monday", "A prize for Lindqvist", "It rained in Oslo", "The Prime Minister spoke"]
    russian = ["Анна Линдквист победила", "Премия для Линдквиста", "В Осло шёл дождь", "Премьер говорил"]
    (tmp_path / "documents.tsv").write_text("a\na\nb\nb\n", encoding="utf-8")
    for name, lines in (("eng", english), ("rus", russian)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    corpus = read(tmp_path, 1, 1)
    assert [line.number for line in corpus.lines] == [1, 2]
    assert people(corpus) == {1: ("Lindqvist",)}
    assert renderings(corpus, people(corpus), "ru") == {"Lindqvist": "Линдквист"}
