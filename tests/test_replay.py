"""Nothing is paid twice: what one run has been answered, the next ones take from the journal, good and bad alike."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import httpx2
import pytest
import respx

from benchmarks.endpoint import Endpoint as Simulator
from benchmarks.kills import killed_job
from summarizer import Settings, Summarizer
from summarizer.cli import main
from summarizer.engines import NotKept
from summarizer.errors import (
    ContextOverflow,
    EndpointUnavailable,
    OutputError,
    OutputInvalid,
    OutputRefused,
    PromptError,
)
from summarizer.job import Job, Tally, run_job
from summarizer.llm import conversation, engine, gateway, plans
from summarizer.llm.gateway import Call, Reply
from summarizer.llm.intent import Terms
from summarizer.llm.journal import Journal
from summarizer.llm.replay import Replay
from summarizer.llm.replies import Answer, Tokens, read_value
from summarizer.llm.room import Room
from summarizer.prompts import Prompt, load_prompt
from summarizer.records import NO_USAGE, NewsSummary, Usage
from tests.endpoint import BASE_URL, CALL, GOOD, Endpoint, Wire, ok, refused
from tests.test_llm_end_to_end import serving

BAD = ok("no object at all")
TERMS = Terms(BASE_URL)


@pytest.fixture
def endpoint(httpx2_mock: respx.Router) -> Endpoint:
    return Endpoint(httpx2_mock)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def ask(endpoint: Endpoint, file: Path, call: Call[Wire] = CALL, **llm: Any) -> tuple[Reply[Wire] | OutputError, Usage]:
    """The outcome of a question in a run of its own, and what that run has spent."""

    async def run() -> tuple[Reply[Wire] | OutputError, Usage]:
        journal = Journal(file)
        async with endpoint.gateway(journal=journal, **llm) as gateway:
            try:
                return await gateway.ask(call), gateway.usage
            except OutputError as error:
                return error, gateway.usage
            finally:
                await journal.aclose()

    return asyncio.run(asyncio.wait_for(run(), 20))


def states(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT state, reason FROM answers ORDER BY key, attempt").fetchall()


def test_same_question_is_asked_once(endpoint: Endpoint, file: Path) -> None:
    """A later run has the same answer, made at the same time at the same cost, and spends nothing."""
    endpoint.will(refused(503), ok())
    first, spent = ask(endpoint, file)
    again, nothing = ask(endpoint, file)
    assert isinstance(first, Reply)
    assert again == first
    assert (spent, nothing) == (first.usage, NO_USAGE)
    assert (first.usage.requests, first.usage.retries) == (2, 1)
    assert first.made
    assert len(endpoint.requests) == 2


def test_bad_answers_are_replayed_as_bad(endpoint: Endpoint, file: Path) -> None:
    """Two answers of no use and a good one are three rows, each with its verdict; a replay ends with the good one."""
    endpoint.will(BAD, BAD, ok())
    first, _ = ask(endpoint, file)
    assert [state for state, _ in states(file)] == ["rejected", "rejected", "accepted"]
    assert states(file)[0][1] == "the answer held no JSON object"
    assert ask(endpoint, file) == (first, NO_USAGE)
    assert len(endpoint.requests) == 3


def test_no_use_is_remembered_as_no_use(endpoint: Endpoint, file: Path) -> None:
    """What was asked three times in vain is not asked again, and costs what it cost."""
    endpoint.will(BAD)
    first, _ = ask(endpoint, file)
    again, nothing = ask(endpoint, file)
    assert isinstance(first, OutputInvalid)
    assert isinstance(again, OutputInvalid)
    assert (again.reason, again.usage, again.made) == (first.reason, first.usage, first.made)
    assert first.usage.requests == 3
    assert first.made
    assert nothing == NO_USAGE
    assert len(endpoint.requests) == 3


def test_a_run_goes_on_where_the_last_one_was_killed(endpoint: Endpoint, file: Path) -> None:
    """After one bad answer the next run asks with the correction, as the first one would have."""
    endpoint.will(BAD, httpx2.ConnectError("killed here"))
    with pytest.raises(EndpointUnavailable):
        ask(endpoint, file)
    assert len(states(file)) == 1  # what did not come is no row
    endpoint.will(ok())
    reply, spent = ask(endpoint, file)
    assert isinstance(reply, Reply)
    assert (reply.usage.requests, reply.usage.retries, spent.requests) == (2, 1, 1)
    assert "Your last answer could not be used" in endpoint.bodies[-1]["messages"][1]["content"]


def test_an_answer_is_on_disk_before_it_is_used(
    endpoint: Endpoint, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that dies of its answer leaves it there, without a verdict; the next one takes it and judges it."""

    def die(*_: object) -> None:
        raise MemoryError

    endpoint.will(ok())
    with monkeypatch.context() as patch:
        patch.setattr(conversation, "read_value", die)
        with pytest.raises(MemoryError):
            ask(endpoint, file)
    assert states(file) == [("received", "")]
    reply, spent = ask(endpoint, file)
    assert isinstance(reply, Reply)
    assert (reply.value, spent) == (Wire.model_validate(GOOD), NO_USAGE)
    assert len(endpoint.requests) == 1


def test_what_was_rejected_stays_so_where_a_later_answer_served(
    endpoint: Endpoint, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that has become more lenient does not change what has been published."""
    strict = read_value
    endpoint.will(ok(json.dumps({**GOOD, "headline": "The first one"})), ok())
    with monkeypatch.context() as patch:
        patch.setattr(
            conversation, "read_value", lambda a, s: strict(replace(a, text="") if "first one" in a.text else a, s)
        )
        ask(endpoint, file)
    reply, spent = ask(endpoint, file)
    assert isinstance(reply, Reply)
    assert (reply.value.headline, spent) == (GOOD["headline"], NO_USAGE)


def test_the_last_answer_decides() -> None:
    """Whatever an earlier one would mean today, an answer that came after it shows that the question went on."""
    turn = CALL.first_turn(TERMS, Room(0))
    talk = conversation.Conversation(turn, Wire, "news.example")
    good = Answer(json.dumps(GOOD), truncated=False, refusal=None, tokens=Tokens())
    for said in (replace(good, refusal="no"), good):
        talk.hear(conversation.Received(said, Room(0), Usage(requests=1), "2026-11-28T12:00:00+00:00"))
    assert talk.result() == Wire.model_validate(GOOD)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (ok(None, refusal="I cannot help with that."), OutputRefused),
        (refused(400, "The prompt was filtered", code="content_filter"), OutputRefused),
        (refused(400, "maximum context length is 10 tokens", code="context_length_exceeded"), ContextOverflow),
    ],
)
def test_refusals_that_last_are_rows(endpoint: Endpoint, file: Path, answer: httpx.Response, error: type) -> None:
    """A model or a filter that refuses a prompt, or a context too small for it, is not asked once more."""
    endpoint.will(answer)
    first, _ = ask(endpoint, file)
    again, nothing = ask(endpoint, file)
    assert type(first) is type(again) is error
    assert (str(first), nothing, len(endpoint.requests)) == (str(again), NO_USAGE, 1)


def test_learning_a_dialect_changes_no_key(endpoint: Endpoint, file: Path) -> None:
    """An endpoint that takes no temperature teaches that, and the answers of before are found without it."""
    endpoint.will(ok())
    first, _ = ask(endpoint, file)
    another = replace(CALL, model="n")
    endpoint.will(refused(400, "Unsupported parameter", param="temperature"), ok())
    learnt, _ = ask(endpoint, file, another)
    assert ask(endpoint, file) == (first, NO_USAGE)
    assert ask(endpoint, file, another) == (learnt, NO_USAGE)
    assert len(endpoint.requests) == 3


@pytest.mark.parametrize("other", [{"temperature": 0.7}, {"extra_body": {"top_p": 0.5}}, {"base_url": f"{BASE_URL}/"}])
def test_other_settings_are_another_question(endpoint: Endpoint, file: Path, other: dict[str, Any]) -> None:
    """What is asked of the model decides its answer; how the address is written does not."""
    endpoint.will(ok())
    ask(endpoint, file)
    _, spent = ask(endpoint, file, **other)
    assert spent.requests == (0 if "base_url" in other else 1)


def test_asked_anew_the_new_answer_counts(endpoint: Endpoint, file: Path) -> None:
    """It takes the place of the old one in every later run."""
    endpoint.will(BAD, ok(), ok(json.dumps({**GOOD, "headline": "Anew"})))
    ask(endpoint, file)
    anew, spent = ask(endpoint, file, replace(CALL, anew=True))
    assert spent.requests == 1
    assert ask(endpoint, file) == (anew, NO_USAGE)


def test_a_question_asked_twice_at_once_is_paid_once(endpoint: Endpoint, file: Path) -> None:
    """Two articles of a run with the same text share the answer."""

    async def run() -> tuple[Reply[Wire], Reply[Wire]]:
        journal = Journal(file)
        async with endpoint.gateway(journal=journal) as gateway:
            replies = await asyncio.gather(gateway.ask(CALL), gateway.ask(CALL))
            await journal.aclose()
            return replies

    endpoint.will(ok())
    one, other = asyncio.run(asyncio.wait_for(run(), 20))
    assert one == other
    assert len(endpoint.requests) == 1


def test_replay_asks_nobody(endpoint: Endpoint, file: Path) -> None:
    """It has what was answered to its end, and nothing else."""
    endpoint.will(ok())
    first, _ = ask(endpoint, file)

    async def run(call: Call[Wire]) -> Reply[Wire]:
        journal = Journal(file)
        try:
            return await Replay(journal, TERMS, "news.example").ask(call)
        finally:
            await journal.aclose()

    assert asyncio.run(run(CALL)) == first
    with pytest.raises(NotKept):
        asyncio.run(run(replace(CALL, model="another")))
    assert len(endpoint.requests) == 1


# From here on whole articles, at the simulator.


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with serving() as endpoint:
        yield endpoint


def settings_for(
    simulator: Simulator, overrides: Mapping[str, Any] = MappingProxyType({}), model: str = "simulated"
) -> Settings:
    return Settings.load(overrides={"llm": {"model": model, "base_url": simulator.base_url}, **overrides})


class Run:
    """What a run over some files wrote, asked and says of itself."""

    def __init__(
        self, simulator: Simulator, files: list[Path], settings: Settings, to: tuple[str, ...] = ("es",)
    ) -> None:
        before = len(simulator.chat_entries)
        self.summaries, self.usage, self.kept = asyncio.run(self._run(files, settings, to))
        self.asked = [entry.kind for entry in simulator.chat_entries[before:]]

    async def _run(self, files: list[Path], settings: Settings, to: tuple[str, ...]) -> tuple[Any, Usage, Any]:
        async with Summarizer.from_settings(settings) as summarizer:
            outcomes = [outcome async for outcome in summarizer.summarize_many(files, to=to)]
            ordered = sorted(outcomes, key=lambda outcome: files.index(Path(outcome.label)))
            return [outcome.result() for outcome in ordered], summarizer.usage, dict(summarizer.kept)

    @property
    def text(self) -> list[str]:
        """The summaries as they would be written."""
        return [summary.model_dump_json() for summary in self.summaries]

    @property
    def models(self) -> list[tuple[str | None, ...]]:
        """Who wrote each summary and its translations."""
        return [
            (s.provenance.model, *(t.model for t in s.translations.values() if t.model is not None))
            for s in self.summaries
        ]


@pytest.fixture
def files(seeds: Path, tmp_path: Path) -> list[Path]:
    empty = tmp_path / "zz-paywall.txt"
    empty.write_text("Subscribe to read this article. Already a subscriber? Log in to continue reading.")
    return [seeds / "harbour.en.txt", seeds / "zinsen.de.txt", empty]


@pytest.mark.parametrize("faults", [{}, {"wrong_figure": 0.4}, {"ignore_schema": 0.4}, {"refusal": 0.5}, {"500": 0.2}])
def test_unchanged_second_run_asks_nothing_and_says_the_same(
    files: list[Path], faults: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held, flagged or fine: not a byte is different, `created` and `usage` included, and the run itself spends nothing."""
    seconds = count()
    for module in (gateway, plans):
        monkeypatch.setattr(module, "moment", lambda: f"2999-11-28T12:{next(seconds):06}+00:00")
    with serving(faults=faults, seed=5) as simulator:
        first = Run(simulator, files, settings_for(simulator), ("es", "ar"))
        again = Run(simulator, files, settings_for(simulator), ("es", "ar"))
    assert first.usage.requests == len(first.asked) >= 2
    assert (again.asked, again.usage) == ([], NO_USAGE)
    assert again.text == first.text
    assert {summary.provenance.created[:4] for summary in again.summaries} == {"2999"}


def test_one_language_more_asks_for_that_alone(simulator: Simulator, files: list[Path]) -> None:
    """The summary and the other translations are there."""
    first = Run(simulator, files[:1], settings_for(simulator))
    more = Run(simulator, files[:1], settings_for(simulator), ("es", "fr"))
    assert more.asked == ["translate"]
    assert more.summaries[0].translations["es"] == first.summaries[0].translations["es"]
    assert more.usage.requests == 1
    assert more.summaries[0].provenance.usage.requests == 3


def test_a_glossary_term_repays_the_calls_that_have_it(simulator: Simulator, seeds: Path, tmp_path: Path) -> None:
    """Only where the text has the term, and only in the language of the glossary."""
    files = [seeds / "harbour.en.txt", seeds / "flash.en.txt"]
    folder = tmp_path / "glossary"
    folder.mkdir()
    overrides = {"glossary": {"folder": str(folder)}}
    (folder / "es.toml").write_text('[prefer]\n"Nowhere" = "Ninguna Parte"\n')
    Run(simulator, files, settings_for(simulator, overrides), ("es", "de"))
    (folder / "es.toml").write_text('[prefer]\n"Nowhere" = "En Ninguna Parte"\n')
    assert Run(simulator, files, settings_for(simulator, overrides), ("es", "de")).asked == []
    (folder / "es.toml").write_text('[prefer]\n"Caldermere Terminals" = "Terminales Caldermere"\n')
    changed = Run(simulator, files, settings_for(simulator, overrides), ("es", "de"))
    assert set(changed.asked) <= {"translate", "repair_translation"}
    assert changed.asked.count("translate") == 1


def test_languages_that_came_together_are_kept_one_by_one(
    simulator: Simulator, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run asks nothing, another order of languages neither, and a glossary term for its language alone."""
    folder = tmp_path / "glossary"
    folder.mkdir()
    monkeypatch.setattr(gateway.Gateway, "is_worth", lambda *_: True)  # as limits would, which make a test slow
    settings = settings_for(simulator, {"glossary": {"folder": str(folder)}})
    files, languages = [seeds / "harbour.en.txt"], ("es", "de", "fr")
    first = Run(simulator, files, settings, languages)
    assert first.asked == ["summarize", "translate_packed"]
    again = Run(simulator, files, settings, languages)
    assert (again.asked, again.text) == ([], first.text)
    assert Run(simulator, files, settings, ("fr", "es")).asked == []
    (folder / "es.toml").write_text('[prefer]\n"Caldermere Terminals" = "Terminales Caldermere"\n')
    changed = Run(simulator, files, settings, languages)
    assert changed.asked.count("translate") == 1
    assert set(changed.asked) <= {"translate", "repair_translation"}
    assert changed.summaries[0].translations["de"] == first.summaries[0].translations["de"]


def test_a_changed_text_repays_that_article(simulator: Simulator, seeds: Path, tmp_path: Path) -> None:
    """The other one is as it was."""
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file, name in zip(files, ("harbour.en.txt", "flash.en.txt"), strict=True):
        file.write_bytes((seeds / name).read_bytes())
    first = Run(simulator, files, settings_for(simulator))
    files[0].write_text(files[0].read_text() + "\n\nThe council will meet again on 14 May.\n")
    changed = Run(simulator, files, settings_for(simulator))
    assert changed.asked[0] == "summarize"
    assert changed.asked.count("summarize") == 1
    assert changed.text[1] == first.text[1]


@pytest.mark.parametrize(
    "other",
    [
        {"model": "another"},
        {"prompts": {"translate": 1, "summarize": 1}},
        {"chunks": {"tokens": 100}},
        {"base_url": "http://127.0.0.1:9/v1"},
    ],
)
def test_finished_articles_stay_as_they_are(simulator: Simulator, files: list[Path], other: dict[str, Any]) -> None:
    """Another model, prompt, size of parts or endpoint changes no byte of what is finished, and asks nothing."""
    first = Run(simulator, files[:2], settings_for(simulator))
    llm = {"model": "simulated", "base_url": simulator.base_url}
    llm |= {name: value for name, value in other.items() if name in llm}
    tables = {name: value for name, value in other.items() if name not in llm}
    later = Run(simulator, files[:2], Settings.load(overrides={"llm": llm, **tables}))
    assert (later.asked, later.usage, later.text) == ([], NO_USAGE, first.text)
    assert later.kept == {"simulated": 2}
    assert Run(simulator, files[:2], settings_for(simulator)).kept == {}


def test_a_prompt_that_is_gone_stops_no_article(
    simulator: Simulator, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a version wrote that the program does not have any more is written anew."""
    Run(simulator, files[:1], settings_for(simulator, {"prompts": {"summarize": 1}}), ())

    def load_what_is_left(name: str, version: int) -> Prompt:
        if (name, version) == ("summarize", 1):
            raise PromptError("prompts/summarize/v1.md: cannot be read")
        return load_prompt(name, version)

    monkeypatch.setattr(engine, "load_prompt", load_what_is_left)
    assert Run(simulator, files[:1], settings_for(simulator), ()).asked == ["summarize"]


def test_upgrade_repays_what_the_change_concerns(simulator: Simulator, files: list[Path]) -> None:
    """Of a new prompt for translations only the translations, of a new model everything, of nothing new nothing."""
    Run(simulator, files, settings_for(simulator))
    upgrade = {"journal": {"upgrade": True}}
    assert Run(simulator, files, settings_for(simulator, upgrade)).asked == []
    prompts = Run(simulator, files, settings_for(simulator, {"prompts": {"translate": 1}, **upgrade}))
    assert prompts.asked == ["translate"] * 2
    model = Run(simulator, files, settings_for(simulator, upgrade, "another"))
    assert sorted(model.asked) == ["summarize"] * 2 + ["translate"] * 2
    assert Run(simulator, files, settings_for(simulator)).models[:2] == [("another", "another")] * 2


def test_a_new_language_is_the_new_models(simulator: Simulator, files: list[Path]) -> None:
    """The finished summary and translation stay; what nobody has made yet the model of today makes."""
    Run(simulator, files[:1], settings_for(simulator))
    later = Run(simulator, files[:1], settings_for(simulator, model="another"), ("es", "fr"))
    assert later.asked == ["translate"]
    assert later.models == [("simulated", "simulated", "another")]


def test_held_is_final_until_it_is_retried(files: list[Path]) -> None:
    """A translation that its repairs did not mend costs nothing again; `retry_held` asks anew for it alone."""
    with serving(faults={"wrong_figure": 1.0}) as simulator:
        first = Run(simulator, files[:2], settings_for(simulator))
        assert {s.translations["es"].status for s in first.summaries} == {"held"}
        again = Run(simulator, files[:2], settings_for(simulator))
        assert (again.asked, again.text) == ([], first.text)
        simulator.behaviour = replace(simulator.behaviour, faults={})
        assert Run(simulator, files[:2], settings_for(simulator)).asked == []
        retried = Run(simulator, files[:2], settings_for(simulator, {"journal": {"retry_held": True}}))
        assert retried.asked == ["translate"] * 2
        assert {s.translations["es"].status for s in retried.summaries} == {"ok"}
        assert Run(simulator, files[:2], settings_for(simulator)).text == retried.text
        assert Run(simulator, files[:2], settings_for(simulator, {"journal": {"retry_held": True}})).asked == []


def test_held_summaries_are_tried_by_another_model(files: list[Path]) -> None:
    """What an old model could not do is not kept from a new one, and `retry_held` asks the old one again."""
    with serving(faults={"refusal": 1.0}) as simulator:
        held = Run(simulator, files[:1], settings_for(simulator))
        assert held.summaries[0].status == "held"
        assert Run(simulator, files[:1], settings_for(simulator)).text == held.text
        assert Run(simulator, files[:1], settings_for(simulator, {"journal": {"retry_held": True}})).asked == [
            "summarize"
        ]
        simulator.behaviour = replace(simulator.behaviour, faults={})
        tried = Run(simulator, files[:1], settings_for(simulator, model="another"))
        assert tried.asked == ["summarize", "translate"]
        assert tried.kept == {}


def test_better_checks_hold_what_was_fine_and_repairs_ask_anew(files: list[Path]) -> None:
    """Findings are computed again: what only a shadow said yesterday is repaired today, from the same draft."""
    with serving(faults={"wrong_figure": 1.0}) as simulator:
        shadow = Run(simulator, files[:1], settings_for(simulator, {"checks": {"mode": "shadow"}}), ())
        assert shadow.asked == ["summarize"]
        enforced = Run(simulator, files[:1], settings_for(simulator), ())
        assert set(enforced.asked) == {"repair"}


def test_fresh_asks_everything_and_keeps_it(simulator: Simulator, files: list[Path]) -> None:
    """Every call is made again, and later runs have the new answers."""
    first = Run(simulator, files, settings_for(simulator))
    fresh = Run(simulator, files, settings_for(simulator, {"journal": {"fresh": True}}))
    assert sorted(fresh.asked) == sorted(first.asked)
    later = Run(simulator, files, settings_for(simulator))
    assert (later.asked, later.text) == ([], fresh.text)


def test_without_a_journal_nothing_is_kept(simulator: Simulator, files: list[Path]) -> None:
    """Every run pays, and no file is made."""
    settings = settings_for(simulator, {"journal": {"enabled": False}})
    first = Run(simulator, files, settings)
    assert sorted(Run(simulator, files, settings).asked) == sorted(first.asked)
    assert settings.state is not None
    assert not (settings.state / "journal.sqlite3").exists()


def job(simulator: Simulator, folder: Path, settings: Settings) -> tuple[Tally, list[str]]:
    before = len(simulator.chat_entries)
    tally = asyncio.run(run_job(Job(folder / "in", folder / "out", ("es",)), settings, lambda _: None))
    return tally, [entry.kind for entry in simulator.chat_entries[before:]]


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("harbour.en.txt", "flash.en.txt"):
        (tmp_path / "in" / name).write_bytes((seeds / name).read_bytes())
    return tmp_path


def test_job_leaves_finished_articles_to_another_model(simulator: Simulator, folder: Path) -> None:
    """Unchanged for another model or prompt; `upgrade` does them anew, and `fresh` in any case."""
    assert job(simulator, folder, settings_for(simulator))[0].ok == 2
    for other in (settings_for(simulator, model="another"), settings_for(simulator, {"prompts": {"translate": 1}})):
        tally, asked = job(simulator, folder, other)
        assert (tally.unchanged, asked) == (2, [])
    same, asked = job(simulator, folder, settings_for(simulator, {"journal": {"upgrade": True}}))
    assert (same.unchanged, asked) == (2, [])
    upgraded, asked = job(simulator, folder, settings_for(simulator, {"journal": {"upgrade": True}}, "another"))
    assert (upgraded.ok, len(asked)) == (2, 4)
    fresh, asked = job(simulator, folder, settings_for(simulator, {"journal": {"fresh": True}}, "another"))
    assert (fresh.ok, len(asked)) == (2, 4)


def test_job_repeats_for_a_glossary_and_pays_what_it_changes(
    simulator: Simulator, folder: Path, tmp_path: Path
) -> None:
    """House style still repeats every article; the journal makes it cheap, and says what stands as an old model had it."""
    (tmp_path / "glossary").mkdir()
    job(simulator, folder, settings_for(simulator))
    (tmp_path / "glossary" / "es.toml").write_text('[prefer]\n"Nowhere" = "Ninguna Parte"\n')
    house = {"glossary": {"folder": str(tmp_path / "glossary")}}
    tally, asked = job(simulator, folder, settings_for(simulator, house, "another"))
    assert (tally.ok, tally.unchanged, asked, dict(tally.kept)) == (2, 0, [], {"simulated": 2})


def test_job_tries_what_is_held_with_another_model_and_where_asked(folder: Path) -> None:
    """Held articles are unchanged too, until the model is another one or they are to be retried."""
    with serving(faults={"wrong_figure": 1.0}) as simulator:
        job(simulator, folder, settings_for(simulator))
        assert job(simulator, folder, settings_for(simulator))[0].unchanged == 2
        retried, asked = job(simulator, folder, settings_for(simulator, {"journal": {"retry_held": True}}))
        assert retried.ok == 2
        assert asked.count("translate") == 2
        assert "summarize" not in asked
        simulator.behaviour = replace(simulator.behaviour, faults={})
        other, asked = job(simulator, folder, settings_for(simulator, model="another"))
        assert (other.ok, asked) == (2, ["translate"] * 2)
        assert (
            job(simulator, folder, settings_for(simulator, {"journal": {"retry_held": True}}, "another"))[0].unchanged
            == 2
        )


@pytest.mark.parametrize(
    ("flags", "command"),
    [
        (("--fresh", "--retry-held"), "summarize"),
        (("--fresh", "--upgrade"), "job"),
        (("--no-journal", "--fresh"), "summarize"),
        (("--no-journal", "--retry-held"), "summarize"),
        (("--no-journal", "--upgrade"), "summarize"),
    ],
)
def test_flags_that_contradict_each_other_are_named(
    flags: tuple[str, str], command: str, seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence with both, and exit code 2."""
    arguments = {
        "summarize": ["summarize", str(seeds / "flash.en.txt")],
        "job": ["job", "run", "--in", str(seeds), "--out", str(tmp_path)],
    }
    assert main([*arguments[command], *flags]) == 2
    error = capsys.readouterr().err
    assert all(flag in error for flag in flags)
    assert error.count("\n") == 1


def test_held_text_is_looked_at_for_nothing(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line that says how gives the command that does it, and that one makes no call."""
    article = str(seeds / "harbour.en.txt")
    with serving(faults={"wrong_figure": 1.0}) as simulator:
        model = ["--model", "simulated", "--base-url", simulator.base_url]
        assert main(["summarize", article, "--to", "es", *model]) == 0
        line = next(row for row in capsys.readouterr().err.splitlines() if row.startswith("look at it: "))
        assert line.endswith("--show-held  (0 calls)")
        before = len(simulator.chat_entries)
        command = line.removeprefix("look at it: summarizer ").removesuffix("  (0 calls)").split()
        assert main(command) == 0
        assert len(simulator.chat_entries) == before
        shown = capsys.readouterr()
        assert "held text, for your eyes only" in shown.out
        assert "look at it" not in shown.err
        assert main(["summarize", article, "--to", "es", *model, "--no-journal"]) == 0
        assert "look at it" not in capsys.readouterr().err


def test_what_an_old_model_wrote_is_said_on_one_line(
    simulator: Simulator, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many articles, by which model, and what to do about it."""
    files = [str(seeds / name) for name in ("harbour.en.txt", "flash.en.txt")]
    arguments = ["summarize", *files, "--base-url", simulator.base_url, "--format", "jsonl"]
    assert main([*arguments, "--model", "simulated"]) == 0
    assert main([*arguments, "--model", "another"]) == 0
    captured = capsys.readouterr()
    assert captured.err.splitlines().count("2 articles kept from simulated; --upgrade writes them anew") == 1
    assert NewsSummary.model_validate_json(captured.out.splitlines()[-1]).provenance.model == "simulated"


def test_doctor_shows_the_journal(
    simulator: Simulator, files: list[Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its path, its size, and that it may be deleted."""
    Run(simulator, files[:1], settings_for(simulator))
    assert main(["doctor"]) in {0, 2}
    row = next(line for line in capsys.readouterr().out.splitlines() if "journal" in line)
    assert "journal.sqlite3: " in row
    assert "2 answers; deleting journal.sqlite3* is safe" in row
    monkeypatch.setenv("SUMMARIZER_JOURNAL__ENABLED", "false")
    main(["doctor"])
    assert "off: answers are not kept" in capsys.readouterr().out


def test_a_killed_job_pays_nothing_twice_and_loses_nothing() -> None:
    """Six kills at random moments: every answer is paid once, the results are those of a run that nobody disturbed."""
    result = asyncio.run(killed_job(6, 12, seed=1))
    assert result.kills >= 4
    assert result.is_clean, result
