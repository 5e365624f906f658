"""The site in a real browser: switch, evidence, keyboard, accessibility, nothing that runs, nothing that leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer.publish.site import Site, build_site
from summarizer.records import Evidence
from tests.browser import chromium
from tests.stories import CORRECTED, LINES, WITHDRAWN, story, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PIER = "pier-b3956721.html"
HOSTILE = "<script>document.title='executed'</script>\"'><img src=x onerror=\"document.title='executed'\">"
PAGES = [f"en/{PIER}", f"ar/{PIER}", f"ja/{PIER}", f"es/{PIER}", "ar/index.html", "en/2026-10.html", "index.html"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a correction, a withdrawal and an older article."""
    folder = tmp_path_factory.mktemp("site")
    told = [
        story(changes=CORRECTED, gone=WITHDRAWN, languages=("en", "ar", "ja")),
        story("https://example.org/news/second", days_ago=40),
    ]
    build_site(told, Site("Example briefs", "https://briefs.example/", "corrections@briefs.example"), folder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page; a request to anything but a file fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    opened = context.new_page()
    left: list[str] = []
    opened.on("request", lambda request: left.append(request.url))
    yield opened
    context.close()
    assert [url for url in left if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_violation(browser: Browser, site: Path, name: str, scheme: str) -> None:
    """Axe finds nothing on any kind of page, in light and in dark, with the evidence open."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.goto((site / name).as_uri())
    for summary in opened.locator("summary").all():
        summary.click()
    found = Axe().run(opened)
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_the_switch_leads_to_the_same_article(page: Page, site: Path) -> None:
    """A click on a language shows the article in it, from right to left where its script wants that."""
    page.goto((site / "en" / PIER).as_uri())
    page.get_by_role("link", name="العربية").click()
    assert page.locator("h1").inner_text() == LINES["ar"][0]
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"


def test_evidence_opens_by_keyboard(page: Page, site: Path) -> None:
    """Tab leads past skip link, site and switch to the first source, and Enter opens it."""
    page.goto((site / "ja" / PIER).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(8):
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
        page.keyboard.press("Tab")
    assert not page.locator("blockquote").first.is_visible()
    page.keyboard.press("Enter")
    assert page.locator("blockquote").first.is_visible()
    assert page.locator("blockquote").first.evaluate("element => getComputedStyle(element).direction") == "ltr"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(page: Page, site: Path, name: str) -> None:
    """No page scrolls sideways at 390 or at 320 pixels."""
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_hostile_runs(page: Page, tmp_path: Path) -> None:
    """Scripts and handlers in any field are shown as text and never executed."""
    bad = written(
        key="k",
        url="https://example.org/\"><script>document.title='executed'</script>",
        publisher=HOSTILE,
        title=HOSTILE,
    )
    cited = (Evidence(sentence=1, start=0, end=1, text=HOSTILE),)
    line = bad.bullets[0].model_copy(update={"text": HOSTILE, "evidence": cited})
    bad = bad.model_copy(update={"headline": HOSTILE, "bullets": (line, line), "review": HOSTILE})
    told = story(summary=bad, changes=(CORRECTED[0]._replace(text=HOSTILE),))
    build_site([told], Site(HOSTILE, None, HOSTILE), tmp_path)
    for path in sorted(tmp_path.rglob("*.html")):
        page.goto(path.as_uri())
        for summary in page.locator("summary").all():
            summary.click()
        assert page.title() != "executed", path
        assert page.locator("img").count() == 0, path


def test_reads_without_javascript(browser: Browser, site: Path) -> None:
    """The pages are whole where scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((site / "en" / PIER).as_uri())
    opened.locator("summary").first.click()
    assert opened.locator("blockquote").first.is_visible()
    context.close()


def test_the_largest_link_is_the_original(page: Page, site: Path) -> None:
    """The way to the whole article is set larger than any other link of the page."""
    page.goto((site / "en" / PIER).as_uri())
    sizes = page.eval_on_selector_all(
        "a", "links => links.map(a => [parseFloat(getComputedStyle(a).fontSize), a.parentElement.className])"
    )
    largest = max(size for size, _ in sizes)
    assert [place for size, place in sizes if size == largest] == ["original"]
