"""The site: what each page says and does not say, links that lead somewhere, and pages that are left alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import html

from summarizer.languages import languages_with_facts
from summarizer.publish.site import Gone, Site, build_site, site_languages
from summarizer.publish.site.strings import clock, day, strings
from summarizer.publish.site.text import first_words, isolated, marked
from summarizer.records import Evidence
from tests.stories import CORRECTED, LINES, NOW, WITHDRAWN, story, written
from tests.summaries import SENTENCES, TEXT

SITE = Site("Example briefs", "https://briefs.example/", "corrections@briefs.example")
PIER = "pier-b3956721.html"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A site of two articles, one of them corrected and withdrawn in Spanish."""
    told = [
        story(changes=CORRECTED, gone=WITHDRAWN, languages=("en", "ar", "ja")),
        story("https://example.org/news/second", days_ago=40),
    ]
    build_site(told, SITE, tmp_path)
    return tmp_path


def page(folder: Path, name: str) -> html.HtmlElement:
    return html.fromstring((folder / name).read_text(encoding="utf-8"))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def pages(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.html"))


def test_every_page_is_valid_html(built: Path) -> None:
    """A parser that forgives nothing reads every page."""
    for path in pages(built):
        html5lib.HTMLParser(strict=True).parse(path.read_bytes())


def test_every_link_leads_somewhere(built: Path) -> None:
    """Each relative address is a file of the site; the others are the article, canonical names or mail."""
    for path in pages(built):
        for element in page(built, str(path.relative_to(built))).iter("a", "link"):
            address = element.get("href", "")
            if not address.startswith(("http", "mailto:", "data:", "#")):
                assert (path.parent / address).resolve().is_file(), (path, address)


def test_an_article_shows_its_lines_and_where_they_come_from(built: Path) -> None:
    """Headline, bullets, and below each the cited sentence in its own language and direction."""
    article = page(built, f"ar/{PIER}")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    assert text_of(article.find(".//h1")) == LINES["ar"][0]
    quotations = article.findall(".//details/blockquote")
    assert [text_of(quotation) for quotation in quotations] == [sentence.text for sentence in SENTENCES]
    assert {(quotation.get("lang"), quotation.get("dir")) for quotation in quotations} == {("en", "ltr")}
    assert [mark.text for mark in article.iter("mark")] == ["12.4 million"]


def test_the_switch_has_published_languages_only(built: Path) -> None:
    """A withdrawn language is in no switch, and the current one is no link."""
    article = page(built, f"ar/{PIER}")
    switch = article.findall(".//nav//li/*")
    assert [(item.tag, item.get("lang")) for item in switch] == [("a", "en"), ("span", "ar"), ("a", "ja")]
    assert [link.get("hreflang") for link in article.findall(".//link[@hreflang]")] == ["en", "ar", "ja"]


def test_a_withdrawn_language_keeps_its_address_and_nothing_else(built: Path) -> None:
    """The page says that and when, shows no line and is kept out of search engines; no list leads to it."""
    gone = page(built, f"es/{PIER}")
    assert text_of(gone.find(".//main")) == "Este resumen se retiró el 28 de noviembre de 2026."
    assert gone.find(".//meta[@name='robots']").get("content") == "noindex"
    assert PIER not in (built / "es" / "index.html").read_text(encoding="utf-8")


def test_a_pulled_language_says_that_it_is_being_checked(tmp_path: Path) -> None:
    """A language whose new version is held is not called withdrawn."""
    build_site([story(languages=("en",), gone={"ja": Gone(NOW, final=False)})], SITE, tmp_path)
    assert "再確認のため" in text_of(page(tmp_path, f"ja/{PIER}").find(".//main"))


def test_corrections_and_updates_stand_above_the_bullets(built: Path) -> None:
    """A correction is marked as one, with the words of whoever made it in their language."""
    article = page(built, f"ja/{PIER}")
    correction, update = article.findall(".//p[@class='correction']") + article.findall(".//p[@class='update']")
    assert "17 people, not 12" in text_of(correction)
    assert correction.find("bdi").get("lang") == "en"
    assert "12 → 17" in text_of(update)


def test_reservations_are_visible(tmp_path: Path) -> None:
    """A flagged text says so above its bullets."""
    flagged = written()
    warning = flagged.translations["es"].model_copy(update={"findings": ()})
    from summarizer.checks import finding

    found = (finding("bullet_dropped", "bullets", "a test"),)
    flagged = flagged.model_copy(
        update={"translations": {**flagged.translations, "es": warning.model_copy(update={"findings": found})}}
    )
    build_site([story(summary=flagged)], SITE, tmp_path)
    assert len(page(tmp_path, f"es/{PIER}").findall(".//p[@class='flagged']")) == 1
    assert not page(tmp_path, f"en/{PIER}").findall(".//p[@class='flagged']")


def test_the_disclosure_says_who_wrote_and_who_read_it(tmp_path: Path) -> None:
    """A text by a model says so, and names the person who reviewed it, if there is one."""
    build_site([story()], SITE, tmp_path / "plain")
    assert "not reviewed by a person" in text_of(page(tmp_path / "plain", f"en/{PIER}"))
    reviewed = written().model_copy(update={"review": "M. Keller"})
    build_site([story(summary=reviewed)], SITE, tmp_path / "read")
    said = text_of(page(tmp_path / "read", f"en/{PIER}"))
    assert "reviewed by M. Keller" in said
    assert "not reviewed" not in said


def test_only_the_first_words_where_rights_ask_for_it(tmp_path: Path) -> None:
    """The cited sentence is cut, the link stays."""
    long = TEXT.replace("the pier", "the new ferry pier beside the old fish market hall")
    passage = Evidence(sentence=1, start=0, end=len(long), text=long)
    assert first_words(passage) == "The board approved the new ferry pier beside …"
    assert first_words(SENTENCES[0]) == SENTENCES[0].text
    cut = written().model_copy(
        update={"bullets": tuple(b.model_copy(update={"evidence": (passage,)}) for b in written().bullets)}
    )
    build_site([story(summary=cut, evidence="first_words")], SITE, tmp_path)
    content = (tmp_path / "es" / PIER).read_text(encoding="utf-8")
    assert "fish market" not in content


def test_json_ld_names_the_article_and_the_text_translated_from(built: Path) -> None:
    """schema.org NewsArticle with dates, language, the original and what it is a translation of."""
    (script,) = page(built, f"ar/{PIER}").findall(".//script")
    data = json.loads(script.text)
    assert (data["@type"], data["inLanguage"], data["isBasedOn"]) == (
        "NewsArticle",
        "ar",
        "https://example.org/news/pier",
    )
    assert data["translationOfWork"]["@id"] == f"https://briefs.example/en/{PIER}"
    assert data["digitalSourceType"].endswith("/trainedAlgorithmicMedia")


def test_nothing_hostile_becomes_markup(tmp_path: Path) -> None:
    """Markup in any field is text on every page, and an address that could run code is no link."""
    bad = written(key="k", url="javascript:alert(3)", publisher=HOSTILE, title=HOSTILE, section=HOSTILE)
    lines = bad.bullets[0].model_copy(
        update={"text": HOSTILE, "evidence": (Evidence(sentence=1, start=0, end=1, text=HOSTILE),)}
    )
    bad = bad.model_copy(update={"headline": HOSTILE, "bullets": (lines, lines), "review": HOSTILE})
    change = CORRECTED[0]._replace(text=HOSTILE)
    told = story(summary=bad, changes=(change,))
    build_site([told], SITE._replace(title=HOSTILE, corrections=HOSTILE), tmp_path)
    for path in pages(tmp_path):
        tree = page(tmp_path, str(path.relative_to(tmp_path)))
        assert not list(tree.iter("img")), path
        assert all(script.get("type") == "application/ld+json" for script in tree.iter("script")), path
        assert not tree.xpath("//@*[starts-with(name(), 'on')]"), path
        assert not [a for a in tree.iter("a") if a.get("href", "").startswith("javascript")], path


def test_a_second_build_writes_nothing(built: Path) -> None:
    """Pages that are right are not touched; a change of one article rewrites its pages and its lists."""
    told = [
        story(changes=CORRECTED, gone=WITHDRAWN, languages=("en", "ar", "ja")),
        story("https://example.org/news/second", days_ago=40),
    ]
    again = build_site(told, SITE, built)
    assert (again.written, again.unchanged) == (0, len(list(pages(built))) + 1)
    corrected = [told[0]._replace(changes={}), told[1]]
    assert build_site(corrected, SITE, built).written == 3


def test_what_is_not_ours_stays(built: Path) -> None:
    """Files of other hands in the folder are not touched."""
    note = built / "en" / "imprint.html"
    note.write_text("mine", encoding="utf-8")
    build_site([story()], SITE, built)
    assert note.read_text(encoding="utf-8") == "mine"


def test_front_page_is_the_latest_and_months_have_the_rest(tmp_path: Path) -> None:
    """Fifty articles on the front page, newest first; each month has a page of its own."""
    told = [story(f"https://example.org/{number}", days_ago=number) for number in range(60)]
    build_site(told, SITE, tmp_path)
    front = page(tmp_path, "en/index.html")
    dates = [time.get("datetime") for time in front.iter("time")]
    assert len(dates) == 50
    assert dates == sorted(dates, reverse=True)
    listed = [len(list(page(tmp_path, f"en/2026-{month}.html").iter("time"))) for month in ("09", "10", "11")]
    assert sum(listed) == 60


def test_without_an_address_links_are_relative(tmp_path: Path) -> None:
    """A folder opened from disk works: no canonical names, and nothing that needs a server."""
    build_site([story()], Site(), tmp_path)
    tree = page(tmp_path, f"en/{PIER}")
    assert not tree.findall(".//link[@rel='canonical']")
    assert all(link.get("href").startswith("../") for link in tree.findall(".//nav//a"))


@pytest.mark.parametrize("language", languages_with_facts())
def test_every_language_has_the_words_of_the_site(language: str) -> None:
    """All strings are there, with the same places to fill in as the English ones, and dates can be written."""
    assert language in site_languages()
    for key, english in strings("en").items():
        if isinstance(english, str):
            places = set(re.findall(r"\{\w+\}", english))
            assert set(re.findall(r"\{\w+\}", strings(language)[key])) == places, key
    assert re.search(r"2026|۲۰۲۶|٢٠٢٦|২০২৬", day(NOW, language))
    assert clock(NOW, language)


def test_a_language_without_words_is_left_out_and_named(tmp_path: Path) -> None:
    """Georgian has no strings, so it has no pages, and the build says so."""
    told = written()
    georgian = told.translations["es"].model_copy(update={"language": "ka"})
    told = told.model_copy(update={"translations": {**told.translations, "ka": georgian}})
    result = build_site([story(summary=told, languages=("en", "ka"))], SITE, tmp_path)
    assert result.without_strings == ("ka",)
    assert not (tmp_path / "ka").exists()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("كلفته 12.4 مليون", "ar", "كلفته <bdi>12.4</bdi> مليون"),
        ("قال Tim Cook أمس", "ar", "قال <bdi>Tim Cook</bdi> أمس"),
        ("فاز 2-0 و 45%", "ar", "فاز <bdi>2-0</bdi> و <bdi>45%</bdi>"),
        ("He said שלום twice", "en", "He said <bdi>שלום</bdi> twice"),
        ("a < b & c", "en", "a &lt; b &amp; c"),
        ("كتب <b> هنا", "ar", "كتب &lt;<bdi>b</bdi>&gt; هنا"),
    ],
)  # fmt: skip
def test_runs_of_the_other_direction_are_isolated(text: str, language: str, expected: str) -> None:
    """Latin words and numbers in Arabic, Hebrew in English: each in an element of its own, the rest escaped."""
    assert isolated(text, language) == expected


def test_marking_keeps_the_text() -> None:
    """Figures are marked and nothing else changes."""
    sentence = "On <Monday> 17 people & 3 dogs, 45% of 1,200, were safe."
    plain: Any = html.fromstring(f"<p>{marked(sentence, 'en')}</p>")
    assert plain.text_content() == sentence
    assert [mark.text for mark in plain.iter("mark")] == ["17", "3", "45", "1,200"]
