"""The desk's pages: what is held beside its source, what to do about it, and nothing that runs."""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from summarizer.checks import finding
from summarizer.publish.site.desk import Day, DeskItem, DeskText, build_desk
from summarizer.records import Candidate, Usage
from tests.browser import chromium
from tests.stories import LINES, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DAY = Day(
    "2026-11-28", {"ok": 312, "held": 9, "failed": 0}, Usage(requests=640, input_tokens=1_200_000, output_tokens=90_000)
)
WRONG = Candidate(headline=LINES["es"][0], bullets=(LINES["es"][1], "Cuesta 124 millones de euros."))
FOUND = finding("figure_changed", "bullets[1]", "another figure", expected="12.4 million", found="124 millones")


def held(key: str = "https://example.org/news/pier", candidate: Candidate = WRONG) -> DeskItem:
    """An article whose Spanish text has a wrong figure in its second bullet."""
    return DeskItem(
        written(key), "Board approves pier", (DeskText("es", "held", "figure_changed", candidate, (FOUND,)),)
    )


def waiting(key: str) -> DeskItem:
    """An article whose Arabic text waits for a reviewer."""
    headline, *bullets = LINES["ar"]
    text = DeskText("ar", "review", "the source wants it", Candidate(headline=headline, bullets=tuple(bullets)), ())
    return DeskItem(written(key), "Second pier", (text,))


def page(folder: Path, name: str) -> html.HtmlElement:
    return html.fromstring((folder / name).read_text(encoding="utf-8"))


def test_the_front_shows_who_waits_the_most_urgent_first(tmp_path: Path) -> None:
    """Held before review, with the counts and the cost of the day; what is published is not there."""
    done = DeskItem(written("done"), "All well", (DeskText("es", "published", "", None, ()),))
    build_desk([waiting("second"), done, held()], DAY, tmp_path)
    front = page(tmp_path, "index.html")
    assert [link.text for link in front.findall(".//h2/a")] == ["Board approves pier", "Second pier"]
    day = front.find(".//p[@class='day']").text_content()
    assert "312 ok · 9 held" in day
    assert "failed" not in day
    assert "640 requests" in day
    assert "cost unknown" in day
    assert "All well" not in front.text_content()


def test_a_held_line_stands_beside_its_source_with_the_finding_marked(tmp_path: Path) -> None:
    """The wrong figure is marked, and beside the line are the draft and the sentence that it cites."""
    build_desk([held()], DAY, tmp_path)
    (path,) = tmp_path.glob("pier-*.html")
    item = page(tmp_path, path.name)
    assert [mark.text for mark in item.findall(".//div[@class='ours']//mark")] == ["124 millones"]
    pair = item.findall(".//div[@class='pair']")[2]
    assert "[2] It costs 12.4 million euros." in " ".join(pair.text_content().split())
    assert "figure_changed" in pair.text_content()
    assert pair.find(".//p[@lang]").get("lang") == "es"


def test_what_to_copy_is_toml_with_the_failing_lines(tmp_path: Path) -> None:
    """The snippet names the article, the language and the failing bullet; commands name the same."""
    build_desk([held(), waiting("second")], DAY, tmp_path)
    (path,) = tmp_path.glob("pier-*.html")
    snippet, commands = (block.text_content() for block in page(tmp_path, path.name).findall(".//pre"))
    key = "https://example.org/news/pier"
    assert tomllib.loads(snippet) == {key: {"es": {"bullets": {"2": WRONG.bullets[1]}}}}
    assert [shlex.split(line)[2:6] for line in commands.splitlines()] == [
        ["redo", key, "--lang", "es"],
        ["withdraw", key, "--lang", "es"],
    ]
    (path,) = tmp_path.glob("second-*.html")
    assert tomllib.loads(page(tmp_path, path.name).find(".//pre").text_content()) == {
        "second": {"reviewed_by": "YOUR NAME"}
    }


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=20), st.text(max_size=30))
def test_any_key_and_line_can_be_copied(key: str, line: str) -> None:
    """Quotes, line breaks and control characters survive the way into TOML."""
    from summarizer.publish.site.desk import _edits

    text = DeskText("pt-BR", "held", "", Candidate(headline="x", bullets=("y", line)), (FOUND,))
    assert tomllib.loads(_edits(key, text)) == {key: {"pt-BR": {"bullets": {"2": line}}}}


def test_settled_articles_leave_the_desk(tmp_path: Path) -> None:
    """The page of an article that needs nobody any more is removed; a second build changes nothing."""
    assert build_desk([held(), waiting("second")], DAY, tmp_path) == 6
    assert build_desk([held(), waiting("second")], DAY, tmp_path) == 0
    build_desk([held()], DAY, tmp_path)
    assert not list(tmp_path.glob("second-*.html"))


def test_edits_that_find_no_line_are_told(tmp_path: Path) -> None:
    """An article is on the desk for its edits alone, too."""
    item = waiting("second")._replace(texts=(), problems=("es: there is no bullet 7",))
    build_desk([item], DAY, tmp_path)
    assert "there is no bullet 7" in page(tmp_path, "index.html").text_content()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


def test_search_and_filter(browser: Browser, tmp_path: Path) -> None:
    """Typing and unticking leave only the rows that fit, and say how many."""
    build_desk([held(), waiting("second")], DAY, tmp_path)
    opened = browser.new_page()
    opened.goto((tmp_path / "index.html").as_uri())
    assert opened.locator("#shown").inner_text() == "2 of 2"
    opened.get_by_label("Search").fill("second")
    assert opened.locator(".rows > li:visible").count() == 1
    opened.get_by_label("Search").fill("")
    opened.get_by_label("review (1)").uncheck()
    assert opened.locator(".rows > li:visible h2").inner_text() == "Board approves pier"
    opened.close()


def test_no_accessibility_violation_and_valid(browser: Browser, tmp_path: Path) -> None:
    """Axe and a strict parser find nothing on any page of the desk."""
    from axe_playwright_python.sync_playwright import Axe

    build_desk([held(), waiting("second")], DAY, tmp_path)
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    for path in sorted(tmp_path.glob("*.html")):
        html5lib.HTMLParser(strict=True).parse(path.read_bytes())
        opened.goto(path.as_uri())
        found = Axe().run(opened)
        assert found.violations_count == 0, found.generate_report()
    context.close()


def test_nothing_hostile_runs(browser: Browser, tmp_path: Path) -> None:
    """Held lines come from outside: whatever is in them is shown and never executed."""
    bad = "<script>document.title='executed'</script>\"'><img src=x onerror=\"document.title='executed'\">"
    marked = finding("figure_changed", "bullets[0]", bad, expected=bad, found=bad)
    text = DeskText("es", "held", bad, Candidate(headline=bad, bullets=(bad,)), (marked,))
    item = DeskItem(written(bad, url="javascript:document.title='executed'", publisher=bad), bad, (text,), (bad,))
    build_desk([item], DAY, tmp_path)
    opened = browser.new_page()
    for path in sorted(tmp_path.glob("*.html")):
        opened.goto(path.as_uri())
        assert opened.title() != "executed", path
        assert opened.locator("img").count() == 0, path
        assert opened.locator("a[href^='javascript']").count() == 0, path
    opened.close()
