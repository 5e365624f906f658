"""The benchmarks of speed measure what they say: articles, floors, the judge, and a whole small run."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import long, news, throughput
from benchmarks.answers import INVENTED, answer, parse_request
from benchmarks.contestants import CONTESTANTS, Job, Options, perform, read_run
from benchmarks.endpoint import Behaviour, Entry, token_count
from benchmarks.floors import floor
from benchmarks.judge import verdict, wrong
from benchmarks.peers.contest import NAMES, SUMMARIZE, TRANSLATE, Texts

ARTICLE = news.article(3)["text"]
TO = ("es", "fr", "de", "ar")


def faithful() -> Texts:
    """What the endpoint says to the prompts of the peers about one article."""

    def said(prompt: str) -> dict[str, Any]:
        return answer(parse_request({"messages": [{"role": "user", "content": prompt}]}))

    draft = said(SUMMARIZE.format(text=ARTICLE))
    written = json.dumps(draft)
    return {"en": draft, **{tag: said(TRANSLATE.format(language=NAMES[tag], draft=written)) for tag in TO}}


def entry(kind: str, topic: str, *, served_s: float = 1.0, tokens: int = 100, status: int = 200) -> Entry:
    """A line of a log."""
    return Entry(0.0, served_s, served_s, "/v1/chat/completions", "", kind, status, "", 50, 50, tokens, topic)


def test_articles_are_short_and_differ() -> None:
    """A hundred articles of 140 to 220 words, no two alike, the same ones each time."""
    made = list(news.articles(100))
    assert all(140 <= len(each["text"].split()) <= 220 for each in made)
    assert len({each["text"] for each in made}) == 100
    assert made == list(news.articles(100))
    file = io.StringIO()
    news.write(news.articles(2), file)
    assert [json.loads(line) for line in file.getvalue().splitlines()] == made[:2]


def test_faithful_answers_are_valid() -> None:
    """The judge finds nothing wrong with what the endpoint says when it tells the truth."""
    texts = faithful()
    assert list(wrong(texts, ARTICLE)) == []
    assert verdict({"texts": texts}, ARTICLE, TO) == "valid"


def _wrong_figure(texts: Texts) -> None:
    texts["de"]["bullets"][0] = texts["de"]["bullets"][0].translate(str.maketrans("12345678", "23456789"))


def _wrong_figure_in_draft(texts: Texts) -> None:
    texts["en"]["bullets"][0] = texts["en"]["bullets"][0].translate(str.maketrans("12345678", "23456789"))


def _wrong_language(texts: Texts) -> None:
    texts["fr"]["bullets"][1] = texts["es"]["bullets"][1]


def _wrong_language_of_draft(texts: Texts) -> None:
    texts["en"] = texts["es"]


def _untranslated(texts: Texts) -> None:
    texts["ar"] = texts["en"]


def _missing_bullet(texts: Texts) -> None:
    texts["es"]["bullets"].pop()


def _invented_name(texts: Texts) -> None:
    texts["es"]["bullets"][0] += f" {INVENTED}"


def _empty(texts: Texts) -> None:
    texts["de"]["headline"] = ""


@pytest.mark.parametrize(
    "spoil",
    [
        _wrong_figure,
        _wrong_figure_in_draft,
        _wrong_language,
        _wrong_language_of_draft,
        _untranslated,
        _missing_bullet,
        _invented_name,
        _empty,
    ],
)
def test_wrong_texts_are_silently_bad(spoil: Callable[[Texts], None]) -> None:
    """Whatever the mixed faults do to a text that would be published, the judge sees it."""
    texts = faithful()
    spoil(texts)
    assert verdict({"texts": texts}, ARTICLE, TO) == "silently bad"


def test_wrong_text_that_is_flagged_is_not_silent() -> None:
    """Only where every wrong text is in doubt."""
    texts = faithful()
    _missing_bullet(texts)
    assert verdict({"texts": texts, "doubtful": ["es"]}, ARTICLE, TO) == "flagged"
    _wrong_figure(texts)
    assert verdict({"texts": texts, "doubtful": ["es"]}, ARTICLE, TO) == "silently bad"


def test_missing_language_has_failed() -> None:
    """What is not there is not wrong."""
    texts = faithful()
    del texts["ar"]
    assert verdict({"texts": texts}, ARTICLE, TO) == "failed"
    assert verdict({"texts": {}}, ARTICLE, TO) == "failed"


def test_floor_is_the_longest_chain() -> None:
    """The draft and the slowest translation of the slowest article; failures and other articles do not add."""
    log = [entry("summarize", "a", served_s=2.0), entry("translate", "a", served_s=1.0)]
    log += [entry("translate", "a", served_s=1.5), entry("summarize", "b", served_s=3.0)]
    log += [entry("translate", "b", served_s=9.0, status=500), entry("models", "", served_s=99.0)]
    found = floor(log, Behaviour())
    assert (found.seconds, found.binding) == (3.5, "chain")


def test_floor_of_limits_and_slots() -> None:
    """What was accepted, less the burst, at the rate of the limit; the work divided by the slots. Refusals are free."""
    log = [entry("summarize", str(number)) for number in range(20)]
    log += [entry("summarize", "x", tokens=0, served_s=0.0, status=429)] * 100
    limited = floor(log, Behaviour(requests_per_minute=60, tokens_per_minute=12_000, burst_s=2.0, slots=4))
    assert (limited.requests_s, limited.tokens_s, limited.slots_s) == (18.0, 8.0, 5.0)
    assert limited.binding == "requests"


def test_floor_of_a_long_article_has_its_notes_and_choices() -> None:
    """The longest note, the longest choice of each round, and the chain behind them; notes are taken side by side."""
    log = [entry("notes", "", served_s=seconds) for seconds in (4.0, 3.0, 4.0)]
    log += [entry("merge", "", served_s=0.5)._replace(at=4.0), entry("merge", "", served_s=0.75)._replace(at=4.1)]
    log += [entry("merge", "", served_s=0.25)._replace(at=4.9)]
    log += [entry("summarize", "a", served_s=2.0), entry("translate", "a", served_s=1.0)]
    assert floor(log, Behaviour()) == (8.0, 0.0, 0.0, 0.0)


def test_small_run_is_measured_and_read_again(tmp_path: Path) -> None:
    """Two articles, in processes of their own: both valid, ten requests, and everything in the folder."""
    ours = CONTESTANTS[0]
    made = perform(ours, Path(sys.executable), Behaviour(scale=0.0, latency_s=0.0), tmp_path / "run", Job(2))
    assert made == read_run(tmp_path / "run")
    assert made.cost.ended
    assert made.cost.cpu_s > 0
    assert len(made.chat) == 10
    assert made.startup_s > 0
    texts = {article["id"]: article["text"] for article in news.articles(2)}
    assert [verdict(row, texts[row["id"]], TO) for row in made.handed_in] == ["valid", "valid"]
    assert floor(made.chat, Behaviour()).chain_s <= made.wall_s


def test_long_article_is_as_long_as_asked() -> None:
    """As many tokens as were asked for, a hundred or three more, in numbered sentences that the judge can read."""
    made = news.long_article(5000)
    assert 5000 <= token_count(made["text"]) <= 5300
    assert made == news.long_article(5000)
    assert news.article(1)["text"] in made["text"]


def test_long_run_is_measured(tmp_path: Path) -> None:
    """An article of two parts takes notes, a choice, a draft and translations; all of it is read, and it is valid."""
    behaviour = Behaviour(scale=0.0, latency_s=0.0)
    made = perform(CONTESTANTS[0], Path(sys.executable), behaviour, tmp_path / "run", Job(1, tokens=5000))
    kinds = Counter(each.kind for each in made.chat)
    assert kinds == {"notes": 2, "merge": 1, "summarize": 1, "translate": 4}
    assert floor(made.chat, behaviour).chain_s <= made.wall_s
    row = long.row_of([made], 5000)
    assert (row.requests, row.coverage, row.verdict) == (8, "1.00", "valid")


def test_process_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """The run is kept, and says that it did not end by itself."""
    slow = Behaviour(faults={"hang": 1.0})
    made = perform(CONTESTANTS[0], Path(sys.executable), slow, tmp_path / "run", Job(1, most_s=0.5))
    assert not made.cost.ended
    assert made.handed_in == []


def test_without_results_nothing_is_printed_as_measured(tmp_path: Path) -> None:
    """Where nothing is wanted and nothing is there, the tables have no rows."""
    options = Options(None, tmp_path, ["no such row"], again=False)
    tables = throughput.tables_of(throughput.measured(options))
    assert not [line for line in tables.splitlines() if "limits" in line]
    assert len(long.table_of(options).splitlines()) == 2
