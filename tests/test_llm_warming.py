"""Loading what the checks of answers take, beside the requests and not before them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from hashlib import pbkdf2_hmac

import pytest

from summarizer import concurrency
from summarizer.checks import check_summary
from summarizer.concurrency import quiet
from summarizer.errors import ConfigError
from summarizer.identify import another_language, asks_model
from summarizer.llm import warming as warming_module
from summarizer.llm.warming import Warming
from summarizer.records import Article, Draft
from summarizer.testing import fake_article, fake_draft

BARE = "Harbour fees Rosthaven 2026: record revenue, fewer ships"
ARTICLE = fake_article()
PLAIN = "The council has approved the budget for the harbour and the schools of the city."


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was loaded, in order; nothing really is."""
    names: list[str] = []

    def loader(name: str) -> Callable[[], None]:
        return lambda: names.append(name)

    for name in ("load_library", "load_vocabulary", "load_model"):
        monkeypatch.setattr(warming_module, name, loader(name))
    monkeypatch.setattr(concurrency, "_NAPS", 0)
    return names


def test_everything_is_loaded_once_and_what_the_first_request_takes_first(loaded: list[str]) -> None:
    """Drafts and translations may wait as often as they like."""

    async def use() -> None:
        warming = Warming()
        await asyncio.gather(
            warming.before_draft(ARTICLE, None),
            warming.before_translations(ARTICLE),
            warming.before_translations(ARTICLE),
        )

    asyncio.run(use())
    assert loaded == ["load_library", "load_vocabulary", "load_model"]


def test_the_vocabulary_comes_when_no_thread_works_either(loaded: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is built nothing else runs, and a thread may be reading the next article."""

    async def note(*, threads: bool = False) -> None:
        loaded.append("rest" if threads else "quiet")

    monkeypatch.setattr(warming_module, "quiet", note)
    asyncio.run(Warming().before_translations(ARTICLE))
    assert loaded == ["load_library", "rest", "load_vocabulary", "quiet", "load_model"]


@pytest.mark.parametrize(("headline", "waits"), [(PLAIN, False), (BARE, True)])
def test_a_draft_waits_for_the_model_only_where_words_leave_its_language_open(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch, headline: str, waits: bool
) -> None:
    """Its translations can be asked for meanwhile."""
    let_go = threading.Event()
    monkeypatch.setattr(warming_module, "load_model", let_go.wait)

    async def use() -> bool:
        draft = fake_draft(ARTICLE).model_copy(update={"headline": headline, "bullets": ()})
        waiting = asyncio.create_task(Warming().before_draft(ARTICLE, draft))
        done, _ = await asyncio.wait([waiting], timeout=0.5 if waits else 30.0)
        let_go.set()
        await waiting
        return not done

    assert asyncio.run(use()) is waits
    assert loaded == ["load_library", "load_vocabulary"]


def test_a_draft_whose_lines_leave_it_open_together_waits_too(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks look at all of them at once."""
    asked: list[str] = []

    def asks(text: str, _tag: str) -> bool:
        asked.append(text)
        return "\n" in text

    monkeypatch.setattr(warming_module, "asks_model", asks)
    draft = fake_draft(ARTICLE)
    asyncio.run(Warming().before_draft(ARTICLE, draft))
    assert asked[-1] == "\n".join((draft.headline, *(bullet.text for bullet in draft.bullets)))
    assert loaded == ["load_library", "load_vocabulary", "load_model"]


def test_the_checks_load_what_they_take_while_the_answers_are_written(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the draft's language after the words, for each language of translations once."""

    def check_line(source: str, translation: str, *, source_language: str, language: str) -> None:
        assert source == translation
        loaded.append(f"{source_language} to {language}")

    monkeypatch.setattr(warming_module, "check_summary", lambda draft, _article: loaded.append(draft.language))
    monkeypatch.setattr(warming_module, "check_translation", check_line)

    async def use() -> None:
        warming = Warming()
        await warming.before_draft(ARTICLE, None)
        draft = fake_draft(ARTICLE)
        for languages in (["de"], ["de", "ja"]):
            warming.begin_translations(draft, languages)
        await asyncio.wait_for(_all(loaded, 6), timeout=30)
        await warming.aclose()

    asyncio.run(use())
    assert loaded[:3] == ["load_library", "load_vocabulary", "en"]
    assert sorted(loaded[3:]) == ["en to de", "en to ja", "load_model"]


@pytest.mark.parametrize(("language", "waits"), [("de", True), ("ja", False)])
def test_translations_wait_for_what_their_languages_take(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch, language: str, waits: bool
) -> None:
    """So that nothing of it is loaded between two answers; others need not wait."""
    let_go = threading.Event()

    def check_line(_source: str, _translation: str, *, source_language: str, language: str) -> None:
        if (source_language, language) == ("en", "de"):
            let_go.wait(30)

    monkeypatch.setattr(warming_module, "check_translation", check_line)

    async def use() -> bool:
        warming = Warming()
        warming.begin_translations(fake_draft(ARTICLE), ["de", "ja"])
        waiting = asyncio.create_task(warming.before_translations(ARTICLE, [language]))
        done, _ = await asyncio.wait([waiting], timeout=0.5 if waits else 30.0)
        let_go.set()
        await waiting
        await warming.aclose()
        return not done

    assert asyncio.run(use()) is waits
    assert "load_model" in loaded


def test_once_the_model_is_there_no_draft_is_looked_through_for_it(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to wait for."""
    monkeypatch.setattr(warming_module, "asks_model", lambda *_: pytest.fail("asked"))

    async def use() -> None:
        warming = Warming()
        await warming.before_translations(ARTICLE)
        await warming.before_draft(ARTICLE, fake_draft(ARTICLE))

    asyncio.run(use())
    assert loaded == ["load_library", "load_vocabulary", "load_model"]


async def _all(loaded: list[str], number: int) -> None:
    while len(loaded) < number:
        await asyncio.sleep(0.001)


def test_a_line_that_is_tried_out_takes_what_a_draft_takes() -> None:
    """Nothing of it is the article's own words for the checks, which would have nothing to do with those."""
    found = check_summary(warming_module._in_its_own_words(ARTICLE), ARTICLE)
    assert {each.code for each in found} & {"figure_not_in_evidence", "name_not_in_evidence", "evidence_elsewhere"}


def test_a_check_that_fails_while_it_loads_fails_no_draft(loaded: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails again where its failure is a finding."""

    def broken(_draft: Draft, _article: Article) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(warming_module, "check_summary", broken)

    async def use() -> None:
        warming = Warming()
        await warming.before_draft(ARTICLE, None)
        await warming.before_translations(ARTICLE)
        await warming.aclose()

    asyncio.run(use())
    assert loaded == ["load_library", "load_vocabulary", "load_model"]


def test_what_waits_to_be_loaded_ends_with_the_engine(loaded: list[str]) -> None:
    """Nobody needs it any more."""

    async def use() -> None:
        warming = Warming()
        warming.begin(ARTICLE)
        await warming.aclose()

    asyncio.run(use())
    assert "load_model" not in loaded


def test_a_broken_installation_is_told_by_every_draft(loaded: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """And the model is loaded all the same, for what does not need the vocabulary."""

    def broken() -> None:
        raise ConfigError("vocabulary: damaged")

    monkeypatch.setattr(warming_module, "load_vocabulary", broken)

    async def use() -> None:
        warming = Warming()
        for _ in range(2):
            with pytest.raises(ConfigError, match="damaged"):
                await warming.before_draft(ARTICLE, None)
        await warming.before_translations(ARTICLE)

    asyncio.run(use())
    assert loaded == ["load_library", "load_model"]


def test_a_model_that_is_broken_is_told_by_every_draft_that_needs_it(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not by the others."""

    def broken() -> None:
        raise OSError("no model")

    monkeypatch.setattr(warming_module, "load_model", broken)

    async def use() -> None:
        warming = Warming()
        for _ in range(2):
            with pytest.raises(OSError, match="no model"):
                await warming.before_draft(ARTICLE, fake_draft(ARTICLE).model_copy(update={"headline": BARE}))
        plain = fake_draft(ARTICLE).model_copy(update={"headline": PLAIN, "bullets": ()})
        await warming.before_draft(ARTICLE, plain)

    asyncio.run(use())
    assert loaded == ["load_library", "load_vocabulary"]


@pytest.mark.parametrize("text", [PLAIN, BARE, "Тихий вечір у місті", "東京で地震", ""])
@pytest.mark.parametrize("tag", ["en", "fr", "uk", "ja", "el"])
def test_whether_a_text_needs_the_model_is_known_without_it(
    monkeypatch: pytest.MonkeyPatch, text: str, tag: str
) -> None:
    """Where it is said that a text does not, the check does without."""

    def never() -> None:
        pytest.fail("the model was asked")

    if not asks_model(text, tag):
        monkeypatch.setattr("summarizer.identify._model", never)
        monkeypatch.setattr("summarizer.identify._model_tags", never)
        another_language(text, tag)


def test_quiet_comes_after_what_keeps_the_loop_busy() -> None:
    """Here many short pieces of work, one after the other."""

    async def busy(left: list[int]) -> None:
        while left:
            left.pop()
            threading.Event().wait(0.005)
            await asyncio.sleep(0)

    async def use() -> list[int]:
        left = list(range(60))
        work = asyncio.create_task(busy(left))
        await quiet()
        assert work.done()
        return left

    assert asyncio.run(use()) == []


def test_quiet_of_the_process_comes_after_the_work_of_threads() -> None:
    """Also after work for which the event loop need not wait."""

    async def use() -> bool:
        work = asyncio.create_task(asyncio.to_thread(pbkdf2_hmac, "sha256", b"", b"", 1_500_000))
        await quiet(threads=True)
        return work.done()

    assert asyncio.run(use())


def test_quiet_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that is always busy has to load too."""
    monkeypatch.setattr(concurrency, "_LONGEST_S", 0.1)

    async def busy() -> None:
        while True:
            threading.Event().wait(0.005)
            await asyncio.sleep(0)

    async def use() -> bool:
        work = asyncio.create_task(busy())
        await quiet()
        return work.cancel()

    assert asyncio.run(use())
