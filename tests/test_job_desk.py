"""The job and people: updates, corrections, withdrawals, embargoes, edits and reviews, through to the files."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from summarizer import ConfigError, EndpointUnavailable, InputError
from summarizer.cli.entry import main
from summarizer.engines import Drafted
from summarizer.job import (
    Tally,
    decided_articles,
    filing,
    next_due,
    orders,
)
from summarizer.job.similar import is_near, simhash
from summarizer.publish import write_atomically
from summarizer.records import Article, Draft, Finding
from tests.newsroom import HOME, KEY, TEXT, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A newsroom whose article has not been summarised yet."""
    made = Desk(tmp_path, monkeypatch)
    made.article()
    return made


def files(folder: Path) -> dict[str, tuple[int, str]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_text())
        for name in ("out", "desk")
        for path in (folder / name).rglob("*")
        if path.is_file() and not {".summarizer", "runs"} & set(path.parts)
    }


def test_changed_figure_is_an_update_in_every_language(desk: Desk) -> None:
    """Revision 2 says on each page which figure of a cited sentence changed; nobody calls it a correction."""
    desk.run()
    assert 'revision": 1' in desk.page()
    desk.article(TEXT.replace("12 people", "17 people"))
    assert desk.run() == Tally(ok=1)
    assert "*Updated: 12 → 17*" in desk.page()
    assert "*Actualizado: 12 → 17*" in desk.page("es")
    assert "*Aktualisiert: 12 → 17*" in desk.page("de")
    assert 'revision": 2' in desk.page("es")
    listed = desk.listed()
    assert (listed.revision, [update.correction for update in listed.updates]) == (2, [False])
    assert listed.history("es") == ["Actualizado: 12 → 17"]
    before = files(desk.folder)
    assert desk.run() == Tally(unchanged=1)
    assert files(desk.folder) == before


@pytest.mark.parametrize("text", [f"{TEXT}\n\nCorrection: An earlier figure was wrong.", f"CORRECTED - {TEXT}"])
def test_correction_is_what_its_source_calls_so(desk: Desk, text: str) -> None:
    """A new version with the words for it is a correction, on the page of each language."""
    desk.run()
    desk.article(text.replace("12 people", "17 people"))
    desk.run()
    assert "*Correction: 12 → 17*" in desk.page()
    assert "*Corrección: 12 → 17*" in desk.page("es")
    assert desk.listed().updates[0].correction


def test_correction_by_a_person(desk: Desk) -> None:
    """A person's sentence stands on the page of the article's language; other pages say that there was one."""
    desk.run()
    desk.edits = f'["{KEY}"]\ncorrection = "17 people were hurt, not 12."\n'
    assert desk.run() == Tally(unchanged=1)
    assert "*Correction: 17 people were hurt, not 12.*" in desk.page()
    assert "*Este texto se ha corregido.*" in desk.page("es")
    assert desk.run() == Tally(unchanged=1)
    assert len(desk.listed().updates) == 1


def test_held_language_is_pulled_when_a_cited_sentence_changed(desk: Desk) -> None:
    """The old text is wrong now, so it goes at once, whatever holds the new one; the others are published."""
    desk.run()
    desk.held = {"es": "figure_changed"}
    desk.article(TEXT.replace("12 people", "17 people"))
    assert desk.run() == Tally(ok=1)
    assert desk.pages() == {"en", "de"}
    public = json.loads((desk.folder / "out" / HOME / "summary.json").read_text())
    assert public["translations"]["es"]["status"] == "held"
    assert public["translations"]["es"]["findings"][0]["code"] == "figure_changed"
    assert "secret detail" not in json.dumps(public)
    listed = desk.listed()
    assert (set(listed.languages), set(listed.dated), listed.withdrawn) == ({"en", "de"}, {"en", "de", "es"}, {})
    assert desk.told()["languages"]["es"]["findings"][0]["detail"] == "secret detail"
    assert desk.told()["languages"]["es"]["held_lines"]["headline"]
    (decided,) = decided_articles(desk.folder / "out")
    assert (decided.verdicts, decided.reasons["es"]) == (
        {"en": "publish", "es": "held", "de": "publish"},
        "figure_changed",
    )
    assert decided.summary.held["es"].headline


@pytest.mark.parametrize(
    ("code", "stays"), [("endpoint_unavailable", True), ("first_person", True), ("figure_changed", False)]
)
def test_last_good_text_stays_after_outage_or_matter_of_style(desk: Desk, code: str, stays: bool) -> None:
    """Where every cited sentence still stands, an earlier text outlives an outage, but not an error of fact."""
    desk.run()
    desk.held = {"es": code}
    desk.article(f"{TEXT} The harbour master thanked the crews.")
    desk.run()
    assert desk.pages() == ({"en", "de", "es"} if stays else {"en", "de"})
    if stays:
        assert 'revision": 1' in desk.page("es")
        assert desk.listed().languages["es"].article.revision == 1


def test_page_that_is_no_article_any_more_takes_nothing_away(desk: Desk) -> None:
    """An error page in the place of an article waits for a person; what is published stays."""
    desk.run()
    desk.article("404 Not Found. The page was not found.", title="404 Not Found")
    assert desk.run().held == 1
    assert desk.pages() == {"en", "es", "de"}
    desk.article()
    assert desk.run() == Tally(ok=1)


@pytest.mark.parametrize("key", [KEY, HOME])
def test_withdrawal_is_final_and_costs_nothing(desk: Desk, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every page goes at once; the source may change the article as it likes, and it is not asked for again."""
    desk.run()
    config = desk.folder / "job.toml"
    config.write_text('[job]\ninput = "in"\noutput = "out"\n')
    assert main(["job", "withdraw", key, "--reason", "wrong person", "--config", str(config)]) == 0
    assert capsys.readouterr().out == f"{KEY} · withdrawn · nothing of it is published\n"
    assert not (desk.folder / "out" / HOME).exists()
    desk.article(TEXT.replace("12", "13"))
    assert desk.run() == Tally(withdrawn=1)
    assert desk.engine.drafted == []
    listed = desk.listed()
    assert (listed.languages, listed.withdrawn["*"].reason) == ({}, "wrong person")


@pytest.mark.parametrize("publish", ["auto", "review"])
def test_nothing_is_kept_of_what_was_withdrawn(desk: Desk, publish: str) -> None:
    """Neither the article's sentences nor what was made from them stand in any file of the job, deleted rows included."""
    desk.job["publish"] = publish
    desk.held["es"] = "figure_changed"
    desk.run()
    desk.article(TEXT.replace("12", "17"))
    desk.run()
    words = "four hours to put out", "consejo", "secret detail"

    def found() -> set[str]:
        files = [path for part in ("out", "desk") for path in (desk.folder / part).rglob("*") if path.is_file()]
        return {word for word in words for path in files if word.encode() in path.read_bytes()}

    assert found() == set(words)
    for _ in range(2):
        orders.withdraw(desk.task, desk.settings, KEY, None, "wrong person")
        assert found() == set()
        assert desk.run() == Tally(withdrawn=1)


def test_one_language_is_withdrawn(desk: Desk) -> None:
    """The others stay, and a later version does not bring it back."""
    desk.run()
    entry = orders.withdraw(desk.task, desk.settings, KEY, "es", "bad wording")
    assert set(entry.live) == {"en", "de"} == desk.pages()
    desk.article(TEXT.replace("12", "17"))
    assert desk.run() == Tally(ok=1)
    assert desk.pages() == {"en", "de"}
    with pytest.raises(InputError, match="has no text in fr; it has de, en, es"):
        orders.withdraw(desk.task, desk.settings, KEY, "fr", "")
    with pytest.raises(InputError, match=r"no article has this key; did you mean https://example\.org/blast"):
        orders.withdraw(desk.task, desk.settings, f"{KEY}s", None, "")


def test_embargo_without_a_time_is_held_without_a_call(desk: Desk) -> None:
    """A text that says EMBARGOED is kept back, and no engine sees it; what was published before is pulled."""
    desk.article(f"EMBARGOED until Tuesday evening\n\n{TEXT}")
    assert desk.run() == Tally(held=1)
    assert desk.engine.drafted == []
    desk.article()
    assert desk.run() == Tally(ok=1)
    desk.article(f"EMBARGOED\n\n{TEXT}")
    desk.run()
    assert desk.pages() == set()


def test_waiting_for_a_lift_is_no_failure(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often a run looks at an embargoed article, the first one after the lift publishes it."""
    lift = datetime.now(UTC) + timedelta(hours=1)
    desk.article(embargoed_until=lift.isoformat())
    for _ in range(4):
        assert desk.run() == Tally(held=1)
    wait = next_due(desk.folder / "out")
    assert wait is not None
    assert 3500 < wait <= 3600

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(hours=2)

    monkeypatch.setattr("summarizer.pipeline.datetime", Later)
    assert desk.run() == Tally(ok=1)
    assert desk.pages() == {"en", "es", "de"}


def test_prepared_article_is_published_when_its_embargo_lifts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `prepare` the text is made before, seen by nobody but the desk, and let go without a call."""
    desk.job = {"prepare": True}
    lift = datetime.now(UTC) + timedelta(hours=1)
    desk.article(embargoed_until=lift.isoformat())
    desk.run()
    assert desk.engine.drafted == [KEY]
    assert desk.pages() == set()
    assert desk.told()["languages"]["en"]["verdict"] == "embargoed"
    assert desk.run() == Tally(unchanged=1)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(hours=2)

    monkeypatch.setattr("summarizer.pipeline.datetime", Later)
    assert desk.run() == Tally(unchanged=1)
    assert desk.engine.drafted == []
    assert desk.pages() == {"en", "es", "de"}


def test_embargo_without_a_zone_is_never_prepared_into_the_open(desk: Desk) -> None:
    """A time that has passed somewhere on earth is no time at all."""
    desk.job = {"prepare": True}
    desk.article(embargoed_until="2020-01-01T00:00:00")
    desk.run()
    assert desk.pages() == set()


def test_sponsored_article_is_skipped_with_a_reason(desk: Desk) -> None:
    """What somebody paid for costs no call, and the report on the run says why."""
    desk.article(section="Sponsored content")
    assert desk.run() == Tally(skipped=1)
    assert desk.engine.drafted == []
    (report,) = (desk.folder / "desk" / "runs").glob("*.json")
    assert json.loads(report.read_text())["articles"][0]["reason"] == "somebody paid for it: its source says so"


def test_edit_outranks_every_later_run(desk: Desk) -> None:
    """A headline, a bullet and a dropped bullet are applied without a call, in the files and for other writers."""
    desk.run()
    desk.edits = (
        f'["{KEY}"]\ndrop_bullets = [3]\nreviewed_by = "M. Keller"\n'
        f'["{KEY}".es]\nheadline = "Doce heridos en el puerto"\nbullets = {{ 2 = "Otra frase." }}\n'
    )
    assert desk.run() == Tally(unchanged=1)
    page = desk.page("es")
    assert "# Doce heridos en el puerto" in page
    assert "- Otra frase." in page
    assert 'edited: ["es.headline", "es.bullets[1]", "drop_bullets"]' in page
    assert "revisado por M. Keller" in page
    assert "reopened" not in desk.page()
    listed = desk.listed()
    assert (listed.reviewed_by, listed.languages["es"].translations["es"].headline) == (
        "M. Keller",
        "Doce heridos en el puerto",
    )
    before = files(desk.folder)
    assert desk.run() == Tally(unchanged=1)
    assert files(desk.folder) == before
    desk.article(f"{TEXT} The harbour master thanked the crews.", title="Blast")
    desk.run()
    desk.edits = ""
    assert desk.run() == Tally(unchanged=1)
    assert "Doce heridos" not in desk.page("es")


def test_edit_of_a_changed_text_is_stale_and_goes_to_review(desk: Desk) -> None:
    """A headline by a person never stands over a text that it was not written for; a new edit frees it."""
    desk.run()
    desk.edits = f'["{KEY}".es]\nheadline = "Doce heridos en el puerto"\n'
    desk.run()
    desk.article(TEXT.replace("12 people", "17 people"))
    assert desk.run() == Tally(ok=1, review=3)
    assert desk.pages() == set()
    assert desk.told()["edit_is_stale"]
    assert "17" in (desk.folder / "desk" / HOME / "es.md").read_text()
    desk.edits = f'["{KEY}".es]\nheadline = "17 heridos en el puerto"\n'
    assert desk.run() == Tally(unchanged=1)
    assert "# 17 heridos en el puerto" in desk.page("es")
    assert not (desk.folder / "desk" / HOME).exists()


def test_file_that_somebody_else_changed_is_left_alone(desk: Desk) -> None:
    """A page edited by hand is reported, not overwritten, neither by a new version nor by a withdrawal."""
    desk.run()
    page = desk.folder / "out" / HOME / "es.md"
    page.write_text("mine\n")
    assert desk.run() == Tally(unchanged=1)
    desk.article(TEXT.replace("12", "17"))
    tally = desk.run()
    assert (tally.ok, tally.foreign) == (1, (str(page),))
    assert page.read_text() == "mine\n"
    assert "17" in desk.page("de")
    page.unlink()
    assert desk.run() == Tally(unchanged=1, restored=1)
    assert "17" in desk.page("es")


def test_file_that_no_ledger_knows_is_moved_to_the_desk(desk: Desk) -> None:
    """After the ledger is lost the job starts afresh, and nothing that stood there is lost."""
    desk.run()
    page = desk.folder / "out" / HOME / "es.md"
    page.write_text("mine\n")
    (desk.folder / "out" / ".summarizer" / "ledger.sqlite3").unlink()
    assert desk.run() == Tally(ok=1)
    assert (desk.folder / "desk" / HOME / "replaced" / "es.md").read_text() == "mine\n"
    assert "12" in page.read_text()


def test_review_by_language_then_approval(desk: Desk) -> None:
    """What waits for a person is in the desk's folder only, until that person is named."""
    desk.job = {"publish": {"default": "auto", "es": "review", "de": "never"}}
    assert desk.run() == Tally(ok=1, review=1)
    assert desk.pages() == {"en"}
    assert list(json.loads((desk.folder / "out" / HOME / "summary.json").read_text())["translations"]) == []
    assert (desk.folder / "desk" / HOME / "es.md").is_file()
    desk.edits = f'["{KEY}"]\nreviewed_by = "M. Keller"\n'
    assert desk.run() == Tally(unchanged=1)
    assert desk.pages() == {"en", "es"}
    desk.article(TEXT.replace("12", "17"))
    assert desk.run() == Tally(ok=1, review=2)
    assert desk.pages() == set()


def test_own_language_that_waits_says_so(desk: Desk) -> None:
    """Where a translation is published and the article's own text is not, the public file has no line of it."""
    desk.job = {"publish": {"default": "auto", "en": "review"}}
    assert desk.run() == Tally(ok=1, review=1)
    public = json.loads((desk.folder / "out" / HOME / "summary.json").read_text())
    assert (public["status"], public["headline"], public["bullets"]) == ("held", None, [])
    assert [(found["code"], found["severity"]) for found in public["findings"]] == [("not_published", "error")]
    assert public["translations"]["es"]["headline"]


@pytest.mark.parametrize(("words", "review"), [(["explo*"], 3), (["plosion"], 0), (["cause"], 3), ([], 0)])
def test_watched_word_sends_every_language_to_review(desk: Desk, words: list[str], review: int) -> None:
    """A word of the list, whole or with any ending, in the article is enough."""
    desk.job = {"review_when": words}
    assert desk.run() == Tally(ok=1, review=review)


def test_gist_waits_for_review_unless_the_desk_says_otherwise(desk: Desk) -> None:
    """A translation by rules is never published by itself."""
    desk.held = {"es": "machine_gist"}  # a warning, which holds nothing
    desk.job = {"publish_gist": False}
    assert desk.run() == Tally(ok=1, review=1)
    assert desk.pages() == {"en", "de"}
    desk.job = {}
    assert desk.run() == Tally(unchanged=1)
    assert desk.pages() == {"en", "de", "es"}


def test_held_language_is_freed_by_a_person_who_writes_the_failing_line(desk: Desk) -> None:
    """The line that failed is written anew, so the language is published; another line alone does not free it."""
    desk.held = {"es": "figure_changed"}
    desk.run()
    desk.edits = f'["{KEY}".es]\nbullets = {{ 2 = "Otra frase." }}\n'
    tally = desk.run()
    assert tally.problems == (f"{KEY}: es: is held, and not every failing line was written anew",)
    assert desk.pages() == {"en", "de"}
    desk.edits = f'["{KEY}".es]\nbullets = {{ 1 = "Doce heridos." }}\n'
    desk.run()
    assert "- Doce heridos." in desk.page("es")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1", "a: expected a table"),
        ('["a"]\nheadlin = "x"', "a: headlin: expected a table of a language, or one of drop_bullets"),
        ('["a".es]\nbullets = { 0 = "x" }', r"a: languages\.es\.bullets\.0.*greater than or equal to 1"),
        ('["a"]\npublish = "maybe"', r"a: publish: "),
    ],
)
def test_mistakes_in_edits_stop_the_run(desk: Desk, text: str, message: str) -> None:
    """An edit that cannot be understood is never ignored; the message names article and key."""
    desk.edits = text
    with pytest.raises(ConfigError, match=message):
        desk.run()


def test_edit_of_no_article_is_reported(desk: Desk) -> None:
    """A key with a slip in it is never ignored in silence."""
    desk.edits = f'["{KEY}/"]\nwithdrawn = true\n'
    assert desk.run() == Tally(ok=1, problems=(f"{KEY}/: no article has this key",))


def test_similar_texts_have_similar_hashes(seeds: Path) -> None:
    """Figures make no difference; another story does, also where no spaces are written."""
    assert simhash(TEXT) == simhash(TEXT.replace("12", "4,700"))
    story = (seeds / "harbour.en.txt").read_text()
    assert is_near(simhash(story), simhash(story.replace("said", "told reporters")))
    assert not is_near(simhash(TEXT), simhash("The council agreed on a budget. Residents asked for a cycle path."))
    assert not is_near(simhash("市議会は予算を承認した。" * 3), simhash("港の爆発で12人が負傷した。" * 3))


def test_settling_waits_for_the_last_of_many_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A published article that changes again and again is summarised once, when it has been quiet; a correction at once."""
    desk.job = {"settle_minutes": 10}
    assert desk.run() == Tally(ok=1)
    for number in ("13", "14"):
        desk.article(TEXT.replace("12", number))
        assert desk.run() == Tally(waiting=1)
    assert desk.run() == Tally(waiting=1)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(minutes=11)

    with monkeypatch.context() as patch:
        patch.setattr("summarizer.job.runner.datetime", Later)
        assert desk.run() == Tally(ok=1)
    assert "12 → 14" in desk.page()
    desk.article(f"{TEXT.replace('12', '15')}\n\nCorrection: the figure was wrong.")
    assert desk.run() == Tally(ok=1)


def test_same_text_under_two_keys_is_paid_once(desk: Desk) -> None:
    """Two addresses of one text have pages of their own, from one call, in one run or in two."""
    desk.article(name="b")
    assert desk.run() == Tally(ok=2)
    assert len(desk.engine.drafted) == 1
    desk.article(name="c")
    assert desk.run() == Tally(ok=1, unchanged=2)
    assert desk.engine.drafted == []
    assert "https://example.org/c" in desk.page("es", "https://example.org/c")


@pytest.mark.parametrize("fails", [False, True])
def test_same_text_under_way_is_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    """A second address waits for the first one's text while that is made; where nothing comes of it, it is made anew."""
    draft = desk.engine.draft

    async def slow(article: Article, *, max_bullets: int) -> Drafted:
        drafted = await draft(article, max_bullets=max_bullets)
        await asyncio.sleep(0.2)
        if fails and article.key == KEY:
            raise EndpointUnavailable("no answer")
        return drafted

    monkeypatch.setattr(desk.engine, "draft", slow)
    desk.article(name="b")
    assert desk.run() == (Tally(ok=1, failed=1) if fails else Tally(ok=2))
    assert len(desk.engine.drafted) == 1 + fails
    assert desk.run() == (Tally(ok=1, unchanged=1) if fails else Tally(unchanged=2))


def test_file_of_a_killed_run_is_still_ours(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before the kill may be replaced by what people have said since, and is nobody else's."""
    desk.run()

    def killed(path: Path, text: str) -> None:
        write_atomically(path, text)
        raise KeyboardInterrupt

    desk.article(TEXT.replace("12", "17"))
    with monkeypatch.context() as patch:
        patch.setattr(filing, "write_atomically", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.run()
    desk.edits = "".join(f'["{KEY}".{tag}]\nheadline = "17 heridos"\n' for tag in ("de", "en", "es"))
    assert desk.run() == Tally(unchanged=1, restored=1)
    assert all("# 17 heridos" in desk.page(tag) for tag in ("de", "en", "es"))


def test_near_duplicate_is_linked_and_keeps_its_figure(desk: Desk) -> None:
    """The same story with another figure is summarised on its own, and each names the other."""
    desk.article(TEXT.replace("12", "17"), name="b")
    assert desk.run() == Tally(ok=2)
    assert len(desk.engine.drafted) == 2
    other = "https://example.org/b"
    assert ("12" in desk.page(), "17" in desk.page(key=other)) == (True, True)
    assert (desk.listed().near, desk.listed(other).near) == ((other,), (KEY,))


def test_redo_tells_the_model_why_and_publishes_the_answer(desk: Desk) -> None:
    """The reason of an editor goes to the engine as a finding; only that language is written anew."""
    asked: list[Finding] = []

    async def repair(article: Article, draft: Draft, translated: Any, findings: list[Finding]) -> Any:  # noqa: ARG001
        asked.extend(findings)
        after = translated.translation.model_copy(
            update={"headline": "El puerto vuelve a abrir tras una explosión con 12 heridos"}
        )
        return translated._replace(translation=after)

    desk.run()
    german = desk.page("de")
    desk.engine.repair_translation = repair  # type: ignore[method-assign,assignment]
    summary, entry, _ = asyncio.run(orders.redo(desk.task, desk.settings, KEY, "es", "too stiff"))
    assert [(found.code, found.detail) for found in asked] == [("rewrite_asked", "too stiff")]
    assert summary.translations["es"].headline == "El puerto vuelve a abrir tras una explosión con 12 heridos"
    assert "# El puerto vuelve a abrir tras una explosión con 12 heridos" in desk.page("es")
    assert desk.page("de") == german
    assert entry.version == 2
    assert desk.run() == Tally(unchanged=1)


def test_redo_by_an_engine_that_cannot_says_so(desk: Desk) -> None:
    """Nothing changes where nobody writes lines anew."""
    desk.run()
    before = files(desk.folder)
    with pytest.raises(ConfigError, match="writes nothing anew"):
        asyncio.run(orders.redo(desk.task, desk.settings, KEY, "es", "too stiff"))
    assert files(desk.folder) == before


def test_redo_from_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A new text that is held makes the exit code 1, and what was published stays."""

    async def repair(article: Article, draft: Draft, translated: Any, findings: list[Finding]) -> Any:  # noqa: ARG001
        return translated._replace(translation=translated.translation.model_copy(update={"headline": "No figure here"}))

    desk.run()
    (desk.folder / "job.toml").write_text('[job]\ninput = "in"\noutput = "out"\ndesk = "desk"\n')
    arguments = [
        "job",
        "redo",
        HOME,
        "--lang",
        "es",
        "--because",
        "too stiff",
        "--config",
        str(desk.folder / "job.toml"),
    ]
    assert main(arguments) == 2
    assert "writes nothing anew" in capsys.readouterr().err
    desk.engine.repair_translation = repair  # type: ignore[method-assign,assignment]
    assert main(arguments) == 1
    assert capsys.readouterr().out == f"{KEY} · the new text is held, nothing has changed · published: de, en, es\n"
    assert desk.pages() == {"en", "de", "es"}


def test_manifest_tells_of_every_language(desk: Desk) -> None:
    """The report on a run has what was held and why, and what it cost; a run that did nothing has one too."""
    desk.held = {"es": "figure_changed"}
    desk.run()
    desk.run()
    first, second = (json.loads(path.read_text()) for path in sorted((desk.folder / "desk" / "runs").glob("*.json")))
    (article,) = first["articles"]
    assert article["languages"]["es"]["verdict"] == "held"
    assert article["languages"]["es"]["findings"] == ["figure_changed"]
    assert article["usage"]["requests"] == 0
    assert (first["counts"]["ok"], second["counts"]["unchanged"], second["articles"]) == (1, 1, [])


def test_what_is_withdrawn_in_the_edits_comes_back_with_them(desk: Desk) -> None:
    """While it stands there nothing is published; the command is for good, this is not."""
    desk.run()
    desk.edits = f'["{KEY}"]\nwithdrawn = true\nreason = "checking"\n'
    desk.run()
    assert desk.pages() == set()
    assert desk.listed().withdrawn["*"].reason == "checking"
    desk.edits = ""
    desk.run()
    assert desk.pages() == {"en", "es", "de"}
