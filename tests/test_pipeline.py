"""The pipeline: one article through one engine, whatever the engine does."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import (
    ArticleFailed,
    CheckFailed,
    ConfigError,
    EndpointUnavailable,
    InputError,
    Settings,
    Summarizer,
    summarize,
    verdicts,
)
from summarizer.checks import finding
from summarizer.engine_choice import choose_engine
from summarizer.engines import Drafted
from summarizer.records import Article, Draft, NewsSummary, Outcome, Translation
from summarizer.sources import read_all
from summarizer.testing import FakeEngine, fake_article, fake_draft, fake_translation

OFFLINE = Settings.load(overrides={"engine": "offline"})


def run(engine: FakeEngine, article: Article, *to: str) -> NewsSummary:
    async def once() -> NewsSummary:
        async with Summarizer(engine) as summarizer:
            return await summarizer.summarize(article, to=to)

    return asyncio.run(once())


def test_clean_article_is_ok_in_every_language() -> None:
    """A draft and translations without findings are published, and the engine is closed."""
    engine = FakeEngine()
    result = run(engine, fake_article(), "es", "ar")
    assert result.status == "ok"
    assert [(t.language, t.direction, t.status) for t in result.translations.values()] == [
        ("es", "ltr", "ok"),
        ("ar", "rtl", "ok"),
    ]
    assert engine.translated == [(result.translations["es"].source_hash, (tag,)) for tag in ("es", "ar")]
    assert engine.closed


def test_own_language_is_the_draft_itself() -> None:
    """Asking for the article's own language costs no translation."""
    engine = FakeEngine()
    result = run(engine, fake_article(), "en")
    assert result.translations["en"].headline == result.headline
    assert result.translations["en"].status == "ok"
    assert engine.translated == []


def test_one_bad_language_does_not_block_the_others() -> None:
    """A translation with an error is held without its text, which is kept privately; the others stand."""

    def translate(draft: Draft, language: str) -> Translation:
        translation = fake_translation(draft, language)
        bad = (finding("figure_lost", "bullets[0]", "12.4 is missing"),) if language == "ar" else ()
        return translation.model_copy(update={"findings": bad})

    result = run(FakeEngine(translate=translate), fake_article(), "es", "ar")
    held = result.translations["ar"]
    assert (held.status, held.headline, held.bullets) == ("held", None, ())
    assert result.translations["es"].status == "ok"
    assert result.status == "ok"
    assert list(result.held) == ["ar"]
    assert result.held["ar"].headline is not None
    assert result.held["ar"].headline not in result.model_dump_json()


def test_missing_bullet_holds_the_translation() -> None:
    """A translation with fewer bullets than its draft is held."""

    def translate(draft: Draft, language: str) -> Translation:
        return fake_translation(draft, language).model_copy(update={"bullets": ("only one",)})

    result = run(FakeEngine(translate=translate), fake_article(), "es")
    assert "bullets_differ" in [found.code for found in result.translations["es"].findings]
    assert result.translations["es"].status == "held"


def _wrong_offsets(article: Article) -> Draft:
    draft = fake_draft(article)
    moved = draft.headline_evidence[0].model_copy(update={"start": 1})
    return draft.model_copy(update={"headline_evidence": (moved,)})


def _no_bullets(article: Article) -> Draft:
    return fake_draft(article).model_copy(update={"bullets": ()})


def _too_many(article: Article) -> Draft:
    draft = fake_draft(article)
    words = ("pier", "cost", "path", "plan", "board", "year", "ferry")
    bullets = tuple(draft.bullets[0].model_copy(update={"text": f"The {word} is on the agenda"}) for word in words)
    return draft.model_copy(update={"bullets": bullets})


def _empty_headline(article: Article) -> Draft:
    return fake_draft(article).model_copy(update={"headline": " "})


def _uncited(article: Article) -> Draft:
    return fake_draft(article).model_copy(update={"headline_evidence": ()})


def _empty_bullet(article: Article) -> Draft:
    draft = fake_draft(article)
    return draft.model_copy(update={"bullets": (*draft.bullets[1:], draft.bullets[0].model_copy(update={"text": ""}))})


def _bullet_with(**changes: object) -> Callable[[Article], Draft]:
    """A draft whose first bullet cites evidence with these changes."""

    def draft(article: Article) -> Draft:
        whole = fake_draft(article)
        wrong = whole.bullets[0].evidence[0].model_copy(update=changes)
        first = whole.bullets[0].model_copy(update={"evidence": (wrong,)})
        return whole.model_copy(update={"bullets": (first, *whole.bullets[1:])})

    return draft


def _as_many_as_sentences(article: Article) -> Draft:
    draft = fake_draft(article)
    return draft.model_copy(update={"bullets": (*draft.bullets, draft.bullets[0])})


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (_wrong_offsets, "evidence_invalid"), (_uncited, "evidence_invalid"), (_too_many, "bullets_count"),
        (_empty_headline, "empty_text"), (_bullet_with(sentence=0), "evidence_invalid"), (_bullet_with(sentence=9), "evidence_invalid"),
        (_bullet_with(sentence=2), "evidence_invalid"), (_bullet_with(text="else"), "evidence_invalid"),
    ],
)  # fmt: skip
def test_bad_draft_holds_the_article_and_every_translation(draft: object, code: str) -> None:
    """A draft that breaks a rule is held, and nothing is translated from it."""
    engine = FakeEngine(draft=draft)  # type: ignore[arg-type]
    result = run(engine, fake_article(), "es")
    assert (result.status, result.headline, result.bullets) == ("held", None, ())
    assert code in {found.code for found in result.findings}
    assert [found.code for found in result.translations["es"].findings] == ["source_held"]
    assert engine.translated == []


def test_draft_without_bullets_gets_the_lead() -> None:
    """The first sentence stands in for the bullets, flagged; where the rights forbid that the article is held."""
    result = run(FakeEngine(draft=_no_bullets), fake_article())
    assert (result.status, [found.code for found in result.findings]) == ("flagged", ["bullet_replaced"])
    assert [passage.sentence for passage in result.bullets[0].evidence] == [1]

    async def reserved() -> NewsSummary:
        async with Summarizer(FakeEngine(draft=_no_bullets), no_extracts=["all rights reserved"]) as summarizer:
            return await summarizer.summarize(fake_article().model_copy(update={"rights": "All rights reserved."}))

    assert [found.code for found in asyncio.run(reserved()).findings] == ["bullets_count"]


@pytest.mark.parametrize(
    ("draft", "code"),
    [(_no_bullets, "bullet_replaced"), (_as_many_as_sentences, "bullet_dropped"), (_empty_bullet, "bullet_replaced")],
)
def test_bullet_that_cannot_stand_is_replaced_or_dropped(draft: Callable[[Article], Draft], code: str) -> None:
    """A missing, empty or surplus bullet costs that bullet and not the summary, which is flagged."""
    result = run(FakeEngine(draft=draft), fake_article())
    assert result.status == "flagged"
    assert code in {found.code for found in result.findings}
    assert all(bullet.text for bullet in result.bullets)


def test_article_that_is_not_news_is_held_without_asking() -> None:
    """Nothing is drafted where the reader found nothing to summarise."""
    engine = FakeEngine()
    result = run(engine, fake_article().model_copy(update={"not_news": "an error page"}), "es")
    assert result.status == "held"
    assert [found.code for found in result.findings] == ["not_news"]
    assert engine.drafted == []


@pytest.mark.parametrize(
    ("until", "status"),
    [
        ("2099-01-01T00:00:00Z", "held"),
        ("2020-01-01T00:00:00", "held"),
        ("2020-01-01", "held"),
        ("2020-01-01T00:00:00Z", "ok"),
    ],
)
def test_embargo_holds_until_it_lifts(until: str, status: str) -> None:
    """Nothing is drafted under an embargo; without a time zone it never lifts by itself."""
    engine = FakeEngine()
    result = run(engine, fake_article().model_copy(update={"embargoed_until": until}), "es")
    assert result.status == status
    assert (engine.drafted == []) == (status == "held")
    assert ("embargoed" in {found.code for found in result.findings}) == (status == "held")


def _broken(_draft: Draft, _other: object, _names: object) -> tuple[()]:
    raise ZeroDivisionError("oops")


def test_failing_check_is_an_error_and_not_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that raises holds the text that it should have checked."""
    monkeypatch.setattr(verdicts, "check_summary", _broken)
    result = run(FakeEngine(), fake_article())
    assert result.status == "held"
    assert [found.code for found in result.findings] == ["check_failed"]


def test_failing_check_of_a_translation_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same goes for the checks of a translation."""
    monkeypatch.setattr(verdicts, "check_translated", _broken)
    result = run(FakeEngine(), fake_article(), "es")
    assert (result.status, result.translations["es"].status) == ("ok", "held")
    assert [found.code for found in result.translations["es"].findings] == ["check_failed"]


def test_warnings_flag_the_article() -> None:
    """A warning from the reader leaves the summary publishable, and flagged."""
    article = fake_article().model_copy(update={"findings": (finding("tables_skipped", "article", "1 table"),)})
    assert run(FakeEngine(), article).status == "flagged"


def test_outcomes_come_for_every_source_and_errors_stay_apart() -> None:
    """A bad source, a failing engine call and a good article each have an outcome; none stops the others."""

    def draft(article: Article) -> Draft:
        if article.key == "down":
            raise EndpointUnavailable("the endpoint is down")
        return fake_draft(article)

    sources: list[Path | Article | InputError] = [
        fake_article(source="one"), InputError("two", "the file is empty"), fake_article(source="down"), Path("/absent/three.txt"),
    ]  # fmt: skip

    async def collect() -> list[Outcome]:
        async with Summarizer(FakeEngine(draft=draft)) as summarizer:
            return [outcome async for outcome in summarizer.summarize_many(sources)]

    outcomes = {outcome.key: outcome for outcome in asyncio.run(collect())}
    assert {key: type(outcome.error).__name__ for key, outcome in outcomes.items()} == {
        "one": "NoneType", "two": "InputError", "down": "EndpointUnavailable", "/absent/three.txt": "InputError",
    }  # fmt: skip
    assert outcomes["one"].result().status == "ok"
    with pytest.raises(InputError, match="empty"):
        outcomes["two"].result()


class GatedEngine(FakeEngine):
    """An engine whose draft of an article waits until its gate is opened."""

    def __init__(self, *keys: str) -> None:
        super().__init__()
        self.gates = {key: asyncio.Event() for key in keys}
        self.waiting: set[str] = set()

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
        """The usual draft, once the gate is open."""
        if article.key in self.gates:
            self.waiting.add(article.key)
            await self.gates[article.key].wait()
        return await super().draft(article, max_bullets=max_bullets)


def test_outcomes_come_as_they_finish() -> None:
    """A slow article that was first comes last, and articles are under way together."""

    async def order() -> list[str]:
        engine = GatedEngine("slow")
        keys = []
        async with Summarizer(engine) as summarizer:
            async for outcome in summarizer.summarize_many(fake_article(source=name) for name in ("slow", "a", "b")):
                keys.append(outcome.key)
                if outcome.key == "b":
                    engine.gates["slow"].set()
        return keys

    assert asyncio.run(asyncio.wait_for(order(), 20)) == ["a", "b", "slow"]


def test_finished_outcome_does_not_wait_for_the_next_source() -> None:
    """While a source pauses, what is finished comes out."""

    async def first() -> str:
        resume = asyncio.Event()

        async def pausing() -> AsyncIterator[Article]:
            yield fake_article(source="one")
            await resume.wait()
            yield fake_article(source="two")

        async with Summarizer(FakeEngine()) as summarizer:
            outcomes = summarizer.summarize_many(pausing())
            key = (await anext(outcomes)).key
            resume.set()
            assert [outcome.key async for outcome in outcomes] == ["two"]
        return key

    assert asyncio.run(asyncio.wait_for(first(), 20)) == "one"


def test_source_that_raises_loses_nothing_before_it() -> None:
    """What a source gave before it failed is finished first; then its error comes out."""

    def failing() -> Iterator[Article]:
        yield fake_article(source="one")
        yield fake_article(source="two")
        raise ConnectionError("the feed is gone")

    keys: list[str] = []

    async def collect() -> None:
        async with Summarizer(FakeEngine()) as summarizer:
            async for outcome in summarizer.summarize_many(failing()):
                keys.append(outcome.key)  # noqa: PERF401 (the error must not lose what came before)

    with pytest.raises(ConnectionError, match="the feed is gone"):
        asyncio.run(collect())
    assert sorted(keys) == ["one", "two"]


@pytest.mark.parametrize("leave", ["close", "break"])
def test_leaving_early_leaves_nothing_running(leave: str) -> None:
    """After closing the generator, or just leaving the block, no task is left and the engine is closed last."""

    async def main() -> set[str]:
        engine = GatedEngine("slow")
        async with Summarizer(engine) as summarizer:
            outcomes = summarizer.summarize_many(fake_article(source=name) for name in ("slow", "a"))
            async for _ in outcomes:
                break
            assert engine.waiting == {"slow"}
            if leave == "close":
                await outcomes.aclose()
        assert engine.closed
        return {task.get_name() for task in asyncio.all_tasks() if "_outcome" in repr(task)}

    assert asyncio.run(asyncio.wait_for(main(), 20)) == set()


def test_whoever_waits_may_be_cancelled_twice_and_the_engine_is_closed() -> None:
    """The second cancel comes while the tasks of the first end, which takes its time."""

    class SlowToEnd(FakeEngine):
        ending = asyncio.Event()

        async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.ending.set()
                await asyncio.sleep(0.05)
                raise
            return await super().draft(article, max_bullets=max_bullets)

    engine = SlowToEnd()

    async def leave() -> None:
        async with Summarizer(engine) as summarizer:
            outcomes = summarizer.summarize_many([fake_article()])
            waiting = asyncio.ensure_future(anext(outcomes))
            await asyncio.sleep(0.01)
            raise ValueError(waiting)

    async def main() -> None:
        task = asyncio.create_task(leave())
        await engine.ending.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(asyncio.wait_for(main(), 20))
    assert engine.closed


@pytest.mark.parametrize("source", ["iterable", "file"])
def test_leaving_early_closes_what_steps_through_the_sources(source: str, tmp_path: Path) -> None:
    """No generator is left to the collector, whose turn may come when the loop is gone."""
    path = tmp_path / "two.jsonl"
    path.write_text("".join(f'{{"id": "{n}", "text": "The council met on Monday. It agreed."}}\n' for n in range(9)))
    steps: list[Any] = []

    async def main() -> list[str]:
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=steps.append)
        try:
            reader = read_all([path] if source == "file" else [fake_article()] * 9)
            await anext(reader)
            await reader.aclose()
        finally:
            sys.set_asyncgen_hooks(*before)
        return [step.__name__ for step in steps if step.ag_frame is not None]

    assert asyncio.run(main()) == []
    assert len(steps) >= 3


def test_fault_of_ours_costs_one_article() -> None:
    """An unexpected exception becomes the outcome of its article, with the cause kept, and the others go on."""

    def draft(article: Article) -> Draft:
        if article.key == "odd":
            raise IndexError("pop from empty list")
        return fake_draft(article)

    async def collect() -> list[Outcome]:
        sources = [fake_article(source="odd"), fake_article(source="fine")]
        async with Summarizer(FakeEngine(draft=draft)) as summarizer:
            return [outcome async for outcome in summarizer.summarize_many(sources)]

    outcomes = {outcome.key: outcome for outcome in asyncio.run(collect())}
    assert outcomes["fine"].result().status == "ok"
    with pytest.raises(ArticleFailed, match="odd: IndexError") as caught:
        outcomes["odd"].result()
    assert isinstance(caught.value.__cause__, IndexError)


def test_one_string_is_not_a_list() -> None:
    """A string in the place of several sources or tags is refused, not taken letter by letter."""
    with pytest.raises(InputError, match="pass a list"):
        asyncio.run(_all("/etc/hosts"))
    with pytest.raises(InputError, match=r"pass \['es'\]"):
        summarize("The council met on Monday.", to="es", settings=OFFLINE)


async def _all(sources: str) -> list[Outcome]:
    async with Summarizer(FakeEngine()) as summarizer:
        return [outcome async for outcome in summarizer.summarize_many(sources)]


def test_variety_of_the_own_language_is_the_draft() -> None:
    """British English of an English article is the draft, with the draft's findings, and costs nothing."""
    engine = FakeEngine()
    flagged = fake_article().model_copy(update={"findings": (finding("tables_skipped", "article", "1 table"),)})
    british = run(engine, flagged, "en-GB").translations["en-GB"]
    assert (british.status, [found.code for found in british.findings]) == ("flagged", ["tables_skipped"])
    assert engine.translated == []


def test_engine_that_gives_nothing_is_held() -> None:
    """A translation without text and without a reason is held, never published as empty."""

    def translate(draft: Draft, language: str) -> Translation:
        return fake_translation(draft, language).model_copy(update={"headline": None, "bullets": ()})

    result = run(FakeEngine(translate=translate), fake_article(), "es").translations["es"]
    assert (result.status, [found.code for found in result.findings]) == ("held", ["translator_failed"])


def test_tags_are_asked_once() -> None:
    """The same language in two spellings is one translation."""
    engine = FakeEngine()
    assert list(run(engine, fake_article(), "es", "ES", "es-ES").translations) == ["es"]
    assert engine.translated[0][1] == ("es",)


def test_settings_reach_the_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of bullets and the article's text follow the settings, also those of the environment."""
    text = " ".join(f"The council met on day {number} in the old town hall." for number in range(1, 12))
    monkeypatch.setenv("SUMMARIZER_SUMMARY__MAX_BULLETS", "2")
    monkeypatch.setenv("SUMMARIZER_OUTPUT__ARTICLE_TEXT", "false")
    result = summarize(text)
    assert len(result.bullets) == 2
    assert result.article.text is None


def test_long_line_is_text() -> None:
    """A line that is too long for a path, or holds a NUL, is never looked up as a file."""
    line = " ".join(f"The council met on day {number} in the old town hall." for number in range(120))
    assert summarize(line, settings=OFFLINE).headline
    assert summarize("The council\0 met on Monday. It agreed on a budget.", settings=OFFLINE).headline


def test_held_draft_is_kept_privately() -> None:
    """The draft that was held can be looked at, and stands in no output."""
    result = run(FakeEngine(draft=_uncited), fake_article())
    assert result.held["en"].headline
    assert result.held["en"].headline not in result.model_dump_json(exclude={"article"})


def test_drafts_own_warnings_flag_it() -> None:
    """What the engine itself noticed counts."""

    class Doubting(FakeEngine):
        async def draft(self, article: Article, *, max_bullets: int) -> Drafted:
            drafted = await super().draft(article, max_bullets=max_bullets)
            return drafted._replace(findings=(finding("language_uncertain", "draft", "short"),))

    assert run(Doubting(), fake_article()).status == "flagged"


def test_strict_counts_the_article_itself() -> None:
    """A flagged article fails `strict` without any translation."""
    markdown = "The council met on Monday. It agreed.\n\n- one item\n- two items\n- three items\n"
    with pytest.raises(CheckFailed, match="en flagged"):
        summarize(markdown, settings=OFFLINE, strict=True)


@pytest.mark.parametrize("kind", ["iterable", "async iterable"])
def test_reading_stays_only_a_little_ahead(kind: str) -> None:
    """An endless source is read a few articles ahead of the results, not to its end."""
    read = 0

    def endless() -> Iterator[Article]:
        nonlocal read
        while True:
            read += 1
            yield fake_article(source=str(read))

    async def endless_async() -> AsyncIterator[Article]:
        for article in endless():
            yield article

    async def take(count: int) -> None:
        async with Summarizer(FakeEngine()) as summarizer:
            outcomes = summarizer.summarize_many(endless() if kind == "iterable" else endless_async())
            for _ in range(count):
                await anext(outcomes)
            await outcomes.aclose()

    asyncio.run(take(10))
    assert read <= 20


def test_file_with_several_articles(tmp_path: Path) -> None:
    """JSON Lines give an outcome each; the call for one article refuses them."""
    file = tmp_path / "wire.jsonl"
    texts = [
        "The council met on Monday. It agreed on the budget.",
        "The ferry sailed on Sunday. It was late by an hour.",
    ]
    file.write_text(
        "\n".join(json.dumps({"text": text, "language": "en", "id": str(i)}) for i, text in enumerate(texts))
    )

    async def collect() -> list[Outcome]:
        async with Summarizer(FakeEngine()) as summarizer:
            return [outcome async for outcome in summarizer.summarize_many([file])]

    outcomes = asyncio.run(collect())
    assert {outcome.key for outcome in outcomes} == {"0", "1"}
    assert {outcome.source for outcome in outcomes} == {file}
    with pytest.raises(InputError, match="more than one article"):
        summarize(file, settings=OFFLINE)


def test_path_given_as_text_is_an_error(tmp_path: Path) -> None:
    """A string that names a file is refused with the way to pass it, text is taken as text."""
    file = tmp_path / "a.txt"
    file.write_text("The council met on Monday. It agreed on the budget.")
    with pytest.raises(InputError, match=r"this is a path; pass Path\("):
        summarize(str(file), settings=OFFLINE)
    assert summarize(file.read_text(), settings=OFFLINE).headline


def test_three_calls_in_a_row_and_one_in_a_running_loop() -> None:
    """The call works again and again, and in a notebook, where a loop already runs."""
    text = "The council met on Monday. It agreed on the budget."

    async def inside() -> NewsSummary:
        return summarize(text, settings=OFFLINE)

    results = [summarize(text, settings=OFFLINE) for _ in range(3)] + [asyncio.run(inside())]
    assert len({result.headline for result in results}) == 1


def test_strict_raises_with_the_summary() -> None:
    """`strict` turns a held language into an error that carries the summary and names the language."""
    with pytest.raises(CheckFailed, match="ja held") as caught:
        summarize("The council met on Monday. It agreed on the budget.", to=["ja"], settings=OFFLINE, strict=True)
    assert caught.value.summary.translations["ja"].status == "held"
    assert caught.value.exit_code == 1


def test_unknown_language_is_an_error_before_any_work() -> None:
    """A mistyped tag stops the call and names what was probably meant."""
    with pytest.raises(InputError, match="did you mean es"):
        summarize("The council met on Monday.", to=["spanish"], settings=OFFLINE)


@pytest.mark.parametrize(
    ("overrides", "name", "reason"),
    [
        ({}, "offline", "no model"),
        ({"llm": {"api_key": "sk-x"}}, "offline", "no model"),
        ({"llm": {"model": "m"}}, "offline", "neither a key nor a base URL"),
        ({"llm": {"model": "m", "api_key": "sk-x"}}, "llm", "key from"),
        ({"llm": {"model": "m", "base_url": "http://127.0.0.1/v1"}}, "llm", "no key"),
        ({"llm": {"model": "m", "api_key": "sk-x"}, "engine": "offline"}, "offline", "as asked"),
    ],
)
def test_auto_is_llm_only_with_a_model_and_a_way_in(overrides: dict[str, object], name: str, reason: str) -> None:
    """A key alone spends nothing: `auto` needs a model, and a key or a base URL, and says why it chose."""
    chosen, why = choose_engine(Settings.load(overrides=overrides))
    assert chosen == name
    assert reason in why


@pytest.mark.parametrize(
    ("llm", "message"),
    [({}, "llm.model"), ({"model": "m"}, "OPENAI_API_KEY"), ({"model": "m", "base_url": "nonsense"}, "llm.base_url")],
)
def test_incomplete_endpoint_is_an_error(llm: dict[str, str], message: str) -> None:
    """Settings that ask for a model are never met by another engine: what is missing is named."""
    settings = Settings.load(overrides={"engine": "llm", "llm": llm})
    with pytest.raises(ConfigError, match=message):
        Summarizer.from_settings(settings)
