"""What the job publishes, through to site, feeds, ninjs and the desk's pages."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import html

from summarizer import ConfigError, Settings
from summarizer.cli.entry import main
from summarizer.job import Tally, orders
from tests.newsroom import HOME, KEY, TEXT, Desk
from tests.test_ninjs import VALIDATOR

BASE = "https://briefs.example/"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A newsroom that publishes in every form, and has run once."""
    made = Desk(tmp_path, monkeypatch)
    made.publish = {
        "ninjs": tmp_path / "ninjs",
        "feeds": tmp_path / "feeds",
        "desk_pages": True,
        "site": {"folder": tmp_path / "site", "title": "Briefs", "base_url": BASE},
    }
    made.article(published="2026-11-27T08:00:00Z", publisher="Example News")
    assert made.run() == Tally(ok=1)
    return made


def page(desk: Desk, language: str) -> str:
    text = (desk.folder / "site" / language / f"{HOME}.html").read_text(encoding="utf-8")
    return " ".join(html.fromstring(text).find(".//main").text_content().split())


def feed(desk: Desk, language: str) -> Any:
    read = feedparser.parse((desk.folder / "feeds" / f"{language}.atom.xml").read_text(encoding="utf-8"))
    assert not read.bozo
    return read


def ninjs(desk: Desk, language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((desk.folder / "ninjs" / f"{HOME}.{language}.json").read_text(encoding="utf-8"))
    VALIDATOR.validate(found)
    return found


def desk_page(desk: Desk, name: str = "index.html") -> str:
    text = (desk.folder / "desk" / "pages" / name).read_text(encoding="utf-8")
    return " ".join(html.fromstring(text).text_content().split())


def written(desk: Desk) -> dict[str, tuple[int, str]]:
    """Time and content of every file that readers or feed readers get."""
    folders = (desk.folder / name for name in ("site", "feeds", "ninjs"))
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.read_text(encoding="utf-8")) for path in paths}


def test_every_form_is_there(desk: Desk) -> None:
    """A page, a feed entry and a ninjs document for each language, which name and link each other."""
    for language in ("en", "es", "de"):
        (entry,) = feed(desk, language).entries
        assert entry.link == f"{BASE}{language}/{HOME}.html"
        assert (desk.folder / "site" / language / f"{HOME}.html").is_file()
        document = ninjs(desk, language)
        assert (document["uri"], document["pubStatus"]) == (entry.id, "usable")
        assert document["headlines"][0]["value"] == entry.title
        assert TEXT not in json.dumps(document)
    assert json.loads((desk.folder / "feeds" / "es.json").read_text())["items"][0]["language"] == "es"


def test_nothing_is_rewritten_without_a_change(desk: Desk) -> None:
    """A second run touches no file of any form."""
    before = written(desk)
    assert desk.run() == Tally(unchanged=1)
    assert written(desk) == before


def test_an_update_reaches_every_form(desk: Desk) -> None:
    """The page tells the figure that moved, the feed's entry and its date are new, its name and first date are not."""
    before = feed(desk, "es").entries[0]
    first = ninjs(desk, "es")
    desk.article(TEXT.replace("12 people", "17 people"), published="2026-11-27T08:00:00Z", publisher="Example News")
    assert desk.run() == Tally(ok=1)
    assert "12 → 17" in page(desk, "es")
    assert "revisión 2" in page(desk, "es")
    after = feed(desk, "es").entries[0]
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated >= before.updated
    document = ninjs(desk, "es")
    assert (document["version"], document["firstCreated"]) == ("2", first["firstCreated"])


def test_a_language_that_is_held_is_taken_down_everywhere(desk: Desk) -> None:
    """Its page says that it is being checked, its feed entry has no text, ninjs cancels it; the desk sees why."""
    desk.held = {"es": "figure_changed"}
    desk.article(TEXT.replace("12 people", "17 people"))
    desk.run()
    assert "para volver a comprobarlo" in page(desk, "es")
    assert "Español" not in page(desk, "en")
    assert not feed(desk, "es").entries[0].get("content")
    assert ninjs(desk, "es")["pubStatus"] == "canceled"
    assert "es held figure_changed" in desk_page(desk)
    item = desk_page(desk, f"{HOME}.html")
    assert "secret detail" in item
    assert "secret detail" not in "".join(text for _, text in written(desk).values())


def test_withdrawal_is_final_in_every_form(desk: Desk) -> None:
    """`job withdraw` alone, without a run, takes the text out of site, feeds and ninjs; the address stays."""
    headline = feed(desk, "de").entries[0].title
    orders.withdraw(desk.task, desk.settings, KEY, None, "the source asked")
    for language, said in (("en", "This summary was withdrawn on"), ("de", "zurückgezogen")):
        assert said in page(desk, language)
        assert ninjs(desk, language)["pubStatus"] == "canceled"
    assert headline not in "".join(text for _, text in written(desk).values())
    assert "deleted-entry" in (desk.folder / "feeds" / "de.atom.xml").read_text()
    before = written(desk)
    desk.run()
    assert written(desk) == before


def test_one_language_withdrawn_leaves_the_others(desk: Desk) -> None:
    """Spanish goes, English and German stay, and their switch no longer leads to Spanish."""
    orders.withdraw(desk.task, desk.settings, KEY, "es", "bad wording")
    assert "se retiró" in page(desk, "es")
    assert ninjs(desk, "en")["pubStatus"] == "usable"
    switch = html.fromstring((desk.folder / "site" / "de" / f"{HOME}.html").read_text()).findall(".//nav//li")
    assert [item.text_content() for item in switch] == ["English", "Deutsch"]


def test_review_and_edits_show_on_the_page(desk: Desk) -> None:
    """The reviewer is named, and an edited line is what readers see."""
    desk.edits = (
        f'["{KEY}"]\nreviewed_by = "M. Keller"\n["{KEY}".es]\nheadline = "Explosión en el puerto: 12 heridos"\n'
    )
    desk.run()
    assert "M. Keller" in page(desk, "de")
    assert page(desk, "es").startswith("Explosión en el puerto: 12 heridos")
    assert feed(desk, "es").entries[0].title == "Explosión en el puerto: 12 heridos"
    assert ninjs(desk, "es")["by"] == "Reviewed by M. Keller"


def test_the_desk_reads_why_a_text_is_flagged(desk: Desk) -> None:
    """A published text with a warning is on the desk, with the code of it."""
    desk.held = {"es": "length_ratio"}
    desk.article(f"{TEXT} The harbour master thanked the crews.")
    desk.run()
    assert "para volver" not in page(desk, "es")
    assert "es flagged length_ratio" in desk_page(desk)


def test_what_the_desk_is_shown_settles_it(desk: Desk) -> None:
    """The snippet of a held text, copied into `edits.toml` with its line written anew, frees the language."""
    desk.held = {"es": "figure_changed"}
    desk.article(TEXT.replace("12 people", "17 people"))
    desk.run()
    tree = html.fromstring((desk.folder / "desk" / "pages" / f"{HOME}.html").read_text(encoding="utf-8"))
    snippet = tree.findall(".//pre")[0].text_content()
    assert set(tomllib.loads(snippet)) == {KEY}
    desk.edits = snippet.replace("El consejo", "El nuevo consejo")
    desk.run()
    assert "El nuevo consejo" in page(desk, "es")
    assert "es held" not in desk_page(desk)


def test_sources_may_show_first_words_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a source says so, the site cuts the cited sentences; another source's are whole."""
    made = Desk(tmp_path, monkeypatch)
    made.publish = {"site": {"folder": tmp_path / "site"}}
    made.article()
    task = made.task.__class__(None, made.task.output, ("es",), desk=made.task.desk)
    source = {"name": "wire", "folder": tmp_path / "in", "evidence_on_site": "first_words"}
    settings = Settings.load(overrides={"job": {"publish_gist": True, "source": [source]}, "publish": made.publish})
    import asyncio

    from summarizer.job import run_job

    asyncio.run(run_job(task, settings, lambda _: None))
    content = (tmp_path / "site" / "en" / f"{HOME}.html").read_text(encoding="utf-8")
    assert "put out the flames.</blockquote>" not in content
    assert "…</blockquote>" in content


def test_a_folder_that_cannot_be_written_is_named(desk: Desk) -> None:
    """A file in the place of a folder: exit code 2, and which one."""
    (desk.folder / "taken").write_text("")
    desk.publish = {"feeds": desk.folder / "taken" / "feeds"}
    with pytest.raises(ConfigError, match="taken"):
        desk.run()


@pytest.mark.parametrize(
    ("site", "message"),
    [({"time_zone": "Europe/Atlantis"}, "time_zone"), ({"base_url": "briefs"}, "base_url"), ({"corrections": "x"}, "corrections")],
)  # fmt: skip
def test_wrong_settings_of_the_site_are_named(site: dict[str, str], message: str) -> None:
    """A time zone, an address or a mail address that is none stops before anything is done."""
    with pytest.raises(ConfigError, match=message):
        Settings.load(overrides={"publish": {"site": site}})


def test_the_job_that_init_writes_has_a_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`job init && job run` in an empty folder: pages, feeds and desk pages; again: no file is written."""
    monkeypatch.chdir(tmp_path)
    assert main(["job", "init"]) == 0
    assert main(["job", "run", "--engine", "offline"]) == 0

    def seen() -> dict[str, int]:
        folders = (tmp_path / name for name in ("site", "feeds", "public", "desk/pages"))
        return {str(p): p.stat().st_mtime_ns for f in folders for p in f.rglob("*") if p.is_file() and p.name != "lock"}

    before = seen()
    assert str(tmp_path / "site" / "index.html") in before
    assert main(["job", "run", "--engine", "offline"]) == 0
    assert seen() == before
    assert "2 unchanged" in capsys.readouterr().out
