"""Reading articles: formats, encodings, what is kept of a source and what is left out, and errors that help."""

from __future__ import annotations

import json
import sys
import textwrap
import tomllib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from summarizer.articles import MAX_BYTES, ArticleMeta, article_from_text, read_articles, read_bytes, read_stream
from summarizer.articles.fields import TEXT_KEYS
from summarizer.errors import InputError
from summarizer.records import Article
from summarizer.resources import resource

LEAD = "The council voted on Tuesday to build a new bridge over the river, the mayor said."
SECOND = "Work will begin in May and will cost 4 million euros, according to the city."
THIRD = "The bridge will replace a ferry that has carried passengers since 1921."
STORY = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"
GERMAN = (
    "Der Rat hat am Dienstag beschlossen, eine größere Brücke über den Fluss zu bauen. Die Arbeiten beginnen im Mai."
)


def one(data: str | bytes, suffix: str = "", *, language: str | None = None) -> Article:
    """The only article in bytes or text."""
    content = data.encode() if isinstance(data, str) else data
    (result,) = read_bytes(content, "news", suffix=suffix, language=language)
    assert isinstance(result, Article), result
    return result


def problem(data: str | bytes, suffix: str = "") -> InputError:
    """The only result, which is an error."""
    content = data.encode() if isinstance(data, str) else data
    (result,) = read_bytes(content, "news", suffix=suffix)
    assert isinstance(result, InputError), result
    return result


def codes(article: Article) -> list[str]:
    """The codes of an article's findings."""
    return [finding.code for finding in article.findings]


class TestPlainText:
    """Text without markup."""

    def test_a_short_first_line_before_a_blank_one_is_the_title(self) -> None:
        """The title stands apart and nowhere in the text."""
        article = one(f"New bridge to replace ferry\n\n{STORY}\n")
        assert (article.title, article.text) == ("New bridge to replace ferry", STORY)

    @pytest.mark.parametrize(
        "title", ["Will a bridge replace the ferry?", "Mayor: “We will build it”", "新しい橋、五月に着工"]
    )
    def test_titles_may_ask_and_quote(self, title: str) -> None:
        """Only a full stop makes a first line a sentence."""
        assert one(f"{title}\n\n{STORY}").title == title

    def test_a_first_sentence_is_no_title(self) -> None:
        """A flash has no title, and all its sentences are text."""
        article = one(f"{LEAD}\n{SECOND}")
        assert article.title is None
        assert article.sentence_texts() == (LEAD, SECOND)

    def test_wrapped_lines_are_one_paragraph(self) -> None:
        """Lines of even length that end within sentences are joined."""
        wrapped = textwrap.fill(f"{LEAD} {SECOND} {THIRD}", 60)
        assert one(f"{wrapped}\n\n{LEAD}").text == f"{LEAD} {SECOND} {THIRD}\n\n{LEAD}"

    def test_glued_follow_line_vanishes(self) -> None:
        """A call to follow goes, on a line of its own or glued to the last sentence."""
        assert one(f"{STORY}\nFollow us on:").text == STORY
        assert one(f"{STORY}Follow us on:").text == STORY

    def test_headings_inside_the_text_are_left_out(self) -> None:
        """Cross-heads repeat the story and are no sentences."""
        assert one(f"{LEAD}\n\nA long wait\n\n{SECOND}\n\n{THIRD}").text == STORY

    def test_half_a_quotation_is_no_heading(self) -> None:
        """An unfinished line with one end of a quotation belongs to the story."""
        assert "“We will build" in one(f"{LEAD}\n“We will build\n{SECOND}\n{THIRD}").text

    def test_bullets_are_skipped_with_a_finding(self) -> None:
        """Three lines with bullets are a list; the line that leads to them goes too."""
        article = one(f"{LEAD}\n\nThe plans:\n\n- a bridge\n- a road\n- a park\n\n{SECOND}")
        assert article.text == f"{LEAD}\n\n{SECOND}"
        assert codes(article) == ["lists_skipped"]

    def test_thai_has_no_final_marks_and_loses_nothing(self) -> None:
        """Lines of a script without final marks are no headings."""
        lines = "สภาเมืองมีมติให้สร้างสะพานใหม่ข้ามแม่น้ำ\nนายกเทศมนตรีกล่าวว่างานจะเริ่มในเดือนพฤษภาคม\nสะพานจะแทนที่เรือ Ferry"
        assert one(lines).text == lines.replace("\n", "\n\n")

    def test_the_dateline_stays_before_the_first_sentence(self) -> None:
        """It is kept apart, stays in the text and is in no sentence."""
        article = one(f"ROSTHAVEN, 14 May (Example News) - {STORY}")
        assert article.dateline == "ROSTHAVEN, 14 May (Example News)"
        assert article.text.startswith("ROSTHAVEN")
        assert article.sentence_texts()[0] == LEAD

    def test_offsets_are_code_points_of_the_text(self) -> None:
        """Each sentence is a slice of the text."""
        article = one(f"Title\n\n{STORY} 🙂 Done.")
        assert all(article.text[s.start : s.end].strip() for s in article.sentences)

    def test_a_flash_is_an_article(self) -> None:
        """Two sentences are news."""
        assert one(f"{LEAD} {SECOND}").not_news is None


MARKDOWN = f"""# New **bridge** to replace ferry

{LEAD.replace("river", "[river](https://example.org/river)")}

## Costs

> {SECOND}

The plans:

- a bridge
- a road

| Year | Cost |
|------|-----:|
| 2026 |    4 |

![a map](map.png)

```
code()
```

{THIRD}
"""


class TestMarkdown:
    """Markdown by CommonMark."""

    def test_paragraphs_and_quotations_are_the_text(self) -> None:
        """Headings, lists, tables, code and images are left out, and links keep their words."""
        article = one(MARKDOWN, ".md")
        assert (article.title, article.text) == ("New bridge to replace ferry", STORY)
        assert codes(article) == ["lists_skipped", "tables_skipped"]

    @pytest.mark.parametrize(
        "front",
        [
            '+++\ntitle = "Bridge"\npublished = 2026-05-14\npublisher = "Example News"\n+++\n',
            "---\ntitle: Bridge\npublished: 2026-05-14\npublisher: 'Example News'\n---\n",
        ],
    )
    def test_front_matter_is_metadata(self, front: str) -> None:
        """Fields before the body are read as those of JSON are."""
        article = one(f"{front}\n{STORY}", ".md")
        assert (article.title, article.published, article.publisher) == ("Bridge", "2026-05-14", "Example News")
        assert article.text == STORY


def page(body: str, head: str = "") -> str:
    """A page around an article."""
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def paragraphs(*texts: str) -> str:
    """Texts as HTML paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Not this"},
        {
            "@type": ["NewsArticle"],
            "headline": "New bridge &amp; road",
            "datePublished": "2026-05-14T08:00:00Z",
            "dateModified": "yesterday",
            "inLanguage": {"@type": "Language", "alternateName": "en"},
            "publisher": {"@type": "Organization", "name": "Example News"},
            "articleSection": ["Local", "Traffic"],
            "license": "https://example.org/licence",
            "author": 7,
        },
    ],
}


class TestHtml:
    """Web pages."""

    def test_paragraphs_survive_and_furniture_goes(self) -> None:
        """Navigation, headings, lists and tables are left out; lists and tables with findings."""
        body = (
            f"<nav><ul><li>Home</li></ul></nav><article><h1>Bridge</h1>{paragraphs(LEAD)}<h2>Costs</h2>{paragraphs(SECOND)}"
            f"<ul><li>a bridge</li><li>a road</li></ul><table><tr><td>2026</td><td>4</td></tr></table>{paragraphs(THIRD)}"
            "</article><footer><p>© 2026 Example News</p></footer>"
        )
        article = one(page(body))
        assert (article.title, article.text) == ("Bridge", STORY)
        assert codes(article) == ["lists_skipped", "tables_skipped"]

    @pytest.mark.parametrize(
        "hidden",
        [
            "<p hidden>SECRET words for machines.</p>",
            '<p aria-hidden="true">SECRET words for machines.</p>',
            '<p style="color:red; DISPLAY : none">SECRET words for machines.</p>',
            '<p style="visibility:hidden">SECRET words for machines.</p>',
            '<p style="font-size:0px">SECRET words for machines.</p>',
            '<p style="opacity: 0.0">SECRET words for machines.</p>',
            '<p style="position:absolute;left:-9999px">SECRET words for machines.</p>',
            '<p style="text-indent:-5000px">SECRET words for machines.</p>',
            '<p class="sr-only">SECRET words for machines.</p>',
            '<p style="color:white;background: #FFF">SECRET words for machines.</p>',
            '<p style="background-color:rgb(255, 255, 255); color:#ffffff">SECRET words for machines.</p>',
            '<p style="color: transparent">SECRET words for machines.</p>',
            '<p style="color:rgba(0, 0, 0, 0)">SECRET words for machines.</p>',
            '<p style="color:rgb(0 0 0 / 0%)">SECRET words for machines.</p>',
            '<p style="font-size:1px">SECRET words for machines.</p>',
            '<p style="font-size: 2px; margin: 0">SECRET words for machines.</p>',
            '<p style="opacity:.05">SECRET words for machines.</p>',
            '<p style="transform: translate(-9999px, 0)">SECRET words for machines.</p>',
            '<p style="transform:translateX(-9999px)">SECRET words for machines.</p>',
            '<div class="wrap"><section><p class="promo big">SECRET words for machines.</p></section></div>',
            '<p class="screened">SECRET words for machines.</p>',
            '<p class="note">SECRET words for machines.</p>',
            '<p id="aside">SECRET words for machines.</p>',
            "<template><p>SECRET words for machines.</p></template>",
            "<noscript><p>SECRET words for machines.</p></noscript>",
            "<!-- <p>SECRET words for machines.</p> -->",
            "<div style='display:none'><div><p>SECRET words for machines.</p></div></div>",
        ],
    )
    def test_hidden_text_is_removed(self, hidden: str) -> None:
        """What a reader cannot see cannot instruct a model."""
        style = "<style>/* x */ .note, .other { display: none } #aside{left:-999em} @media print {.story{display:none}}"
        style += "@import 'x'; body .wrap > section p.promo{display:none}"
        style += "@media only screen{.x{color:red} .screened{display:none}}</style>"
        article = one(
            page(f"<article class='story'>{paragraphs(LEAD)}{hidden}{paragraphs(SECOND, THIRD)}</article>", style)
        )
        assert article.text == STORY

    def test_text_behind_a_hidden_element_stays(self) -> None:
        """Only the element goes, not what follows it on the line."""
        lead = LEAD.replace("new bridge", 'new <span style="display:none">SECRET</span>bridge')
        assert one(page(f"<article>{paragraphs(lead, SECOND, THIRD)}</article>")).text == STORY

    @pytest.mark.parametrize(
        "style",
        [
            "body{opacity:0}",
            ".fade{opacity:0}",
            "@media (max-width:600px){.fade{display:none}}",
            "@media print{.fade{display:none}}",
            ".fade:hover{display:none}",
            ".no-js .fade{display:none}",
            ".other .fade{display:none}",
            ".fade.other{display:none}",
            ".fade .other{display:none}",
            ".fade{color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text}",
            ".fade{color:rgb(0,0,0);background:#fff;font-size:12px;opacity:.15;transform:translate(-50%,-50%)}",
            ".fade{font-size:1.2em;background-color:transparent}",
            ".fade{color:inherit;background:inherit}",
        ],
    )
    def test_pages_that_fade_in_are_not_empty(self, style: str) -> None:
        """Rules for some screens, states and animations hide nothing."""
        body = f'<article class="fade">{paragraphs(LEAD, SECOND, THIRD)}</article>'
        text = page(body, f"<style>{style}</style>").replace("<html", '<html class="no-js"')
        assert one(text).text == STORY

    def test_metadata_comes_from_the_markup_first(self) -> None:
        """JSON-LD before Open Graph before the page's own title; a date that is none is dropped and found."""
        head = (
            "<title>Bridge | Example News</title><meta property='og:title' content='Other'>"
            "<meta property='og:url' content='https://example.org/og'><link rel='canonical' href='https://example.org/bridge'>"
            f"<script type='application/ld+json'>{json.dumps(LINKED)}</script>"
        )
        article = one(page(f"<article>{paragraphs(LEAD, SECOND, THIRD)}</article>", head))
        assert article.title == "New bridge & road"
        assert (article.key, article.url) == ("https://example.org/bridge",) * 2
        assert (article.published, article.modified) == ("2026-05-14T08:00:00Z", None)
        assert (article.publisher, article.section) == ("Example News", "Local")
        assert article.rights == "https://example.org/licence"
        assert codes(article) == ["date_unreadable"]

    @pytest.mark.parametrize(
        ("head", "title"),
        [
            ("<title>New bridge to replace ferry | Example News</title>", "New bridge to replace ferry"),
            ("<title>Bridge – Example</title><meta property='og:site_name' content='Example'>", "Bridge"),
            ("<meta property='og:title' content='Bridge | EX'><meta property='og:site_name' content='EX'>", "Bridge"),
            ("<title>Bridge-builder wins prize</title>", "Bridge-builder wins prize"),
        ],
    )
    def test_the_name_of_the_site_is_no_part_of_the_title(self, head: str, title: str) -> None:
        """A suffix goes where it is the site's name, or is short behind a separator."""
        assert one(page(f"<article>{paragraphs(LEAD, SECOND, THIRD)}</article>", head)).title == title

    def test_a_template_that_lies_about_the_language_is_not_believed(self) -> None:
        """The text decides when it speaks clearly for another language."""
        text = page(f"<article>{paragraphs(GERMAN, GERMAN.replace('Rat', 'Kreis'))}</article>")
        article = one(text)
        assert article.language == "de"
        assert codes(article) == []

    def test_no_break_spaces_of_numbers_survive(self) -> None:
        """Extraction would make plain spaces of them."""
        lead = LEAD.replace("new bridge", "new bridge for 1\u202f200&nbsp;people")
        assert "1\u202f200\u00a0people" in one(page(f"<article>{paragraphs(lead, SECOND, THIRD)}</article>")).text

    def test_a_line_break_within_a_sentence_is_a_space(self) -> None:
        """Words around a break are not glued together."""
        article = one(page(f"<article>{paragraphs(LEAD.replace(' a new', '<br>a new'), SECOND, THIRD)}</article>"))
        assert article.text == STORY

    def test_a_page_filled_by_scripts_has_its_text_in_the_markup(self) -> None:
        """The article body of JSON-LD serves where the page itself is empty."""
        node = {"@type": "NewsArticle", "articleBody": STORY}
        script = f"<script type='application/ld+json'>{json.dumps(node)}</script>"
        assert one(page("<div id='root'></div>", script)).text == STORY

    def test_a_page_laid_out_by_a_table_is_an_article(self) -> None:
        """Prose in cells is the story where there is no other."""
        body = f"<table><tr><td>Menu</td><td>{paragraphs(LEAD, SECOND, THIRD)}</td></tr></table>"
        article = one(page(body))
        assert article.not_news is None
        assert list(article.sentence_texts()) == [LEAD, SECOND, THIRD]

    def test_an_index_is_a_list(self) -> None:
        """Links to articles are not run together into one."""
        links = "".join(f"<li><a href='/{number}'>Headline number {number} of the day</a></li>" for number in range(20))
        assert one(page(f"<ul>{links}</ul>")).not_news == "a list, without an article"

    @pytest.mark.parametrize("charset", ["base64", "hex", "rot13", "idna", "undefined", "utf-7", "utf-16", "klingon"])
    def test_a_charset_that_is_none_is_not_used(self, charset: str) -> None:
        """Python knows codecs that are no encodings of pages; the encoding is guessed then."""
        text = page(f"<article>{paragraphs(GERMAN, GERMAN)}</article>", f'<meta charset="{charset}">')
        assert "größere Brücke" in one(text.encode("cp1252")).text

    def test_a_declared_charset_is_used(self) -> None:
        """Old pages name their encoding, and mean what browsers take it for."""
        text = page(f"<article>{paragraphs(GERMAN, GERMAN)}</article>", '<meta charset="iso-8859-1">')
        assert "größere Brücke" in one(text.encode("cp1252")).text

    @pytest.mark.parametrize(
        "hostile",
        [
            '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html><body>&b;',
            "<html><body>" + "<div>" * 100_000,
            "<html><body><style>" + "a{" * 100_000 + "</style>",
            "<html><body><style>" + "/*" * 100_000 + "</style>",
            "<html><body><style>" + "@media all{" * 50_000 + "}" * 50_000 + "</style>",
        ],
    )
    def test_hostile_pages_are_read_in_linear_time(self, hostile: str) -> None:
        """Entities, nesting and unclosed rules neither hang nor crash the reader."""
        assert list(read_bytes(hostile.encode(), "news"))


def fields(**changes: Any) -> dict[str, Any]:
    """A JSON article with changes."""
    return {"title": "Bridge", "text": STORY, "url": "https://example.org/bridge", **changes}


class TestJson:
    """JSON and JSON Lines."""

    def test_our_own_fields_are_kept(self) -> None:
        """Metadata is kept as given and unknown fields are ignored."""
        article = one(json.dumps(fields(published="2026-05-14", rights="CC0", revision=3, mood="good")), ".json")
        assert (article.title, article.text, article.key) == ("Bridge", STORY, "https://example.org/bridge")
        assert (article.published, article.rights, article.revision) == ("2026-05-14", "CC0", 3)

    def test_schema_org_is_read_from_graphs(self) -> None:
        """The article of a graph is read, and the other nodes are not."""
        graph = {
            "@graph": [
                {"@type": "Person", "name": "x"},
                {"@type": "NewsArticle", "headline": "B", "articleBody": STORY},
            ]
        }
        assert one(json.dumps(graph), ".json").title == "B"

    def test_each_item_of_a_list_is_an_article(self) -> None:
        """One bad item loses no other, and each is named by its place."""
        good, bad = read_bytes(json.dumps([fields(url=None, id="a7"), {"text": 7}]).encode(), "news", suffix=".json")
        assert isinstance(good, Article)
        assert (good.key, good.source) == ("a7", "news[1]")
        assert isinstance(bad, InputError)
        assert str(bad) == 'news[2]: the field "text" is a number; expected a string'

    def test_schema_org_and_feeds_may_structure_a_field(self) -> None:
        """Objects and lists stand where schema.org allows them, keys may be numbers, and an empty field is missing."""
        more = {"inLanguage": {"alternateName": "en"}, "source": {"id": None, "name": "Example"}, "section": ["Local"]}
        article = one(json.dumps({"text": STORY, "title": " ", "url": None, "modified": [], "id": 7, **more}), ".json")
        assert (article.title, article.key, article.publisher, article.section) == (None, "7", "Example", "Local")
        assert codes(article) == []

    @pytest.mark.parametrize(
        ("tag", "expected"), [("klingon", ["language_uncertain"]), ("en-ZZZ9", []), ("en, fr", []), ("", [])]
    )
    def test_a_language_that_is_none_is_said(self, tag: str, expected: list[str]) -> None:
        """The text decides, and an editor hears of a source that names no language."""
        article = one(json.dumps(fields(language=tag)), ".json")
        assert (article.language, codes(article)) == ("en", expected)

    def test_html_inside_json_is_read_as_html(self) -> None:
        """Content systems export markup in the text field."""
        text = f"<p>{LEAD}</p><p style='display:none'>SECRET</p><ul><li>x</li></ul><p>{SECOND}<br><br>{THIRD}</p>"
        article = one(json.dumps(fields(text=text)), ".json")
        assert article.text == STORY
        assert codes(article) == ["lists_skipped"]

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("2026-05-14T08:00:00+02:00", "2026-05-14T08:00:00+02:00"),
            ("Thu, 14 May 2026 08:00:00 +0200", "2026-05-14T08:00:00+02:00"),
        ],
    )
    def test_dates_are_iso_8601(self, given: str, kept: str) -> None:
        """A date in ISO 8601 stays as given; one as in feeds is rewritten."""
        assert one(json.dumps(fields(published=given)), ".json").published == kept

    def test_an_unreadable_embargo_stops_the_article(self) -> None:
        """Ignoring it would publish too early."""
        assert "embargoed_until" in str(problem(json.dumps(fields(embargoed_until="after lunch")), ".json"))

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ('{"text": "a",\n "title" "b"}', "not JSON: Expecting ':' delimiter (line 2, column 10)"),
            ('{"text": "a\tb"}', "news: not JSON: Invalid control character (column 12)"),
            ("null", "not an article: null;"),
            ("7", "not an article: a number;"),
            ('"a"', "not an article: a string;"),
            (json.dumps(fields(title=["a"])), 'the field "title" is a list; expected a string'),
            (json.dumps(fields(url=7)), 'the field "url" is a number; expected a string'),
            (json.dumps(fields(language=5)), 'the field "language" is a number; expected a string'),
            (json.dumps(fields(published=False)), 'the field "published" is true or false; expected a string'),
            (json.dumps(fields(publisher={"id": 7})), 'the field "publisher" is an object; expected a string'),
            (json.dumps(fields(revision=-3)), '"revision" is -3; expected a whole number from 1'),
            ('{"title": "b"}', '"text" or "articleBody"; its keys are: title'),
            ('{"text": "  "}', 'the field "text" is empty'),
            ("[]", "an empty list"),
            ('"text"', "expected a JSON object"),
            (json.dumps(fields(title={"b": 1})), '"title" is an object'),
            (json.dumps(fields(revision=[0])), '"revision" is a list'),
            ("[" * 100_000, "nested too deeply"),
            ('{"text": "a", "id": ' + "9" * 5000 + "}", "not JSON"),
        ],
    )
    def test_errors_name_the_place_and_what_was_expected(self, data: str, message: str) -> None:
        """An editor can find and mend what is wrong."""
        assert message in str(problem(data, ".json"))

    def test_lone_surrogates_do_not_reach_the_text(self) -> None:
        """They could not be written to a file."""
        article = one('{"text": "Hello \\ud800world. ' + LEAD + '"}', ".json")
        assert article.text.startswith("Hello world.")
        assert article.id

    def test_lines_are_read_one_by_one(self, tmp_path: Path) -> None:
        """A bad line is an error with its number, and the others are articles."""
        path = tmp_path / "wire.jsonl"
        path.write_text(f"\ufeff{json.dumps(fields())}\n\nnot json\n{json.dumps(fields(url=None))}\n", encoding="utf-8")
        first, second, third = read_articles(path)
        assert isinstance(first, Article)
        assert isinstance(second, InputError)
        assert str(second) == f"{path}:3: not JSON: Expecting value (column 1)"
        assert isinstance(third, Article)
        assert third.key == f"{path}:4"

    @pytest.mark.parametrize("many", [[fields(), 5, fields()], {"@graph": [{"@type": "Article", **fields()}] * 3}])
    def test_a_line_may_hold_several_articles(self, many: Any, tmp_path: Path) -> None:
        """Each item of a list or graph in one line is a result with a place of its own, from files and from input."""
        path = tmp_path / "wire.jsonl"
        path.write_text(f"{json.dumps(fields())}\n\n{json.dumps(many)}\n{json.dumps([fields()])}\n", encoding="utf-8")
        expected = ["wire.jsonl:1", *(f"wire.jsonl:3[{place}]" for place in (1, 2, 3)), "wire.jsonl:4"]
        assert [result.source for result in read_articles(path, source="wire.jsonl")] == expected
        piped = read_bytes(path.read_bytes(), "wire.jsonl", suffix=".jsonl")
        assert [result.source for result in piped] == expected

    def test_a_line_that_is_too_long_loses_no_other(self, tmp_path: Path) -> None:
        """Memory stays bounded, whatever the file."""
        path = tmp_path / "wire.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.write('{"text": "' + "a" * (2 * MAX_BYTES) + '"}\n' + json.dumps(fields()) + "\n")
        first, second = read_articles(path)
        assert "20 MB" in str(first)
        assert isinstance(second, Article)

    @pytest.mark.parametrize("key", TEXT_KEYS)
    def test_the_text_has_several_names(self, key: str) -> None:
        """Feeds and content systems call it differently."""
        assert one(json.dumps({key: STORY}), ".json").text == STORY


class TestSniffing:
    """Bytes without a suffix, such as those of standard input."""

    @pytest.mark.parametrize(
        ("data", "title", "number"),
        [
            (f"Bridge\n\n{STORY}", "Bridge", 1),
            (f"  <!doctype HTML>\n<title>Bridge</title><body><article>{paragraphs(LEAD, SECOND, THIRD)}", "Bridge", 1),
            (json.dumps(fields(), indent=1), "Bridge", 1),
            (json.dumps(fields()) + "\n" + json.dumps(fields()), "Bridge", 2),
            (json.dumps([fields(), fields(), fields()]), "Bridge", 3),
        ],
    )
    def test_the_content_gives_the_format_away(self, data: str, title: str, number: int) -> None:
        """HTML, JSON and JSON Lines are recognised, and anything else is text."""
        for results in (list(read_bytes(data.encode(), "-")), list(read_stream(BytesIO(data.encode()), "-"))):
            assert [result.title for result in results if isinstance(result, Article)] == [title] * number
            assert len(results) == number

    def test_lines_are_read_one_by_one(self) -> None:
        """An article is there before the line after it is written, and a broken line loses no other."""

        class Producer(BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                raise AssertionError(f"waits for {size} bytes that may never come")

        lines = [json.dumps(fields()), "{", json.dumps(fields())]
        file = Producer("".join(f"{line}\n" for line in lines).encode())
        results, place = read_stream(file, "-"), 0
        for number, line in enumerate(lines, start=1):
            result = next(results)
            place += len(line) + 1
            assert (result.source, file.tell()) == (f"-:{number}", place)
            assert isinstance(result, Article) is (line != "{")

    def test_only_one_article_is_bounded(self) -> None:
        """Any number of lines may come; what is no JSON Lines ends at 20 MB."""
        line = json.dumps(fields(), ensure_ascii=True).encode() + b"\n"
        padding = b" " * (MAX_BYTES // 4) + b"\n"
        many = list(read_stream(BytesIO(line + (padding + line) * 5), "-"))
        assert [result.source for result in many] == [f"-:{number}" for number in range(1, 12, 2)]
        (found,) = read_stream(BytesIO(b"words " * (MAX_BYTES // 5)), "-")
        assert "larger than 20 MB" in str(found)

    def test_a_bracket_does_not_make_text_json(self) -> None:
        """Text may begin with a bracket."""
        assert one(f"[Correction] {STORY}").text.startswith("[Correction]")


class TestEncodings:
    """Bytes to text."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
    def test_encodings_are_recognised(self, encoding: str) -> None:
        """Marks are obeyed and left out, and old encodings guessed."""
        text = "\n\n".join([GERMAN, GERMAN.replace("Rat", "Kreis"), GERMAN.replace("Mai", "März")])
        assert one(text.encode(encoding)).text == text

    def test_japanese_mail_is_recognised(self) -> None:
        """ISO-2022-JP is made of ASCII and looks like UTF-8, but for its escape codes."""
        text = "市議会は火曜日、川に新しい橋を架けることを決めた。工事は五月に始まる。"
        assert one(text.encode("iso2022_jp")).text == text

    def test_one_damaged_byte_does_not_change_the_encoding(self) -> None:
        """UTF-8 with a broken character is not taken for another encoding."""
        data = (GERMAN * 20).encode().replace("größere".encode(), b"gr\xc3\x28ere", 1)
        assert "größere Brücke" in one(data).text

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "empty; expected an article"),
            (b" \n\t\r\n", "empty"),
            (b"%PDF-1.7 text", "a PDF file"),
            (b"PK\x03\x04rest", "office document"),
            (b"\x89PNG\r\n", "a PNG image"),
            (b"text\0text", "NUL bytes"),
            (b"a" * (MAX_BYTES + 1), "larger than 20 MB, the most"),
            (f"\x1b[1m{LEAD}\x1b[0m".encode(), "escape codes"),
            (("다리가 5월에 열린다. " * 9).encode("iso2022_kr"), "escape codes"),
            ("“” … 12:30".encode(), "no article text"),
            (b"Follow us on:\n\nShare\n", "no article text"),
        ],
    )
    def test_what_is_no_text_is_an_error_that_helps(self, data: bytes, message: str) -> None:
        """The message says what this is and what was expected."""
        assert message in problem(data).reason


class TestFiles:
    """Paths."""

    def test_a_missing_file_and_a_folder(self, tmp_path: Path) -> None:
        """Both are results that name the path; the folder's says which command reads it."""
        (missing,), (folder,) = read_articles(tmp_path / "no.txt"), read_articles(tmp_path)
        assert str(missing) == f"{tmp_path / 'no.txt'}: no such file"
        assert f"summarizer job run --in {tmp_path}" in str(folder)

    def test_a_path_with_a_nul_is_an_error(self) -> None:
        """A name that no file system takes is a result too."""
        (result,) = read_articles(Path("a\0b.txt"))
        assert isinstance(result, InputError)

    @pytest.mark.parametrize("source", ["-", "-:3", "-[2]", "text"])
    def test_without_a_path_the_key_is_the_text(self, source: str) -> None:
        """Standard input and strings have no name of their own; an address or id still goes first."""
        article = article_from_text(STORY, source=source)
        assert (article.key, article.source) == (article.id, source)
        assert article_from_text(STORY, ArticleMeta(id="b1"), source=source).key == "b1"
        assert article_from_text(STORY, source=f"{source}.txt").key == f"{source}.txt"

    def test_the_key_is_the_path_as_given(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without an address or id, the file itself is the key."""
        monkeypatch.chdir(tmp_path)
        Path("bridge.txt").write_text(STORY, encoding="utf-8")
        (article,) = read_articles(Path("bridge.txt"))
        assert isinstance(article, Article)
        assert (article.key, article.source) == ("bridge.txt", "bridge.txt")


class TestText:
    """Text from Python."""

    def test_known_metadata_is_kept(self) -> None:
        """A title given apart is not sought in the text, and leaves it where it is repeated."""
        article = article_from_text(f"Bridge\n\n{STORY}", ArticleMeta(title="Bridge", id="b1"), source="memory")
        assert (article.title, article.key, article.source, article.text) == ("Bridge", "b1", "memory", STORY)

    @pytest.mark.parametrize(
        "text",
        [
            page(f"<article>{paragraphs(LEAD, SECOND, THIRD)}</article>", "<title>Bridge</title>"),
            json.dumps({"title": "Bridge", "text": STORY}),
            json.dumps([{"title": "Bridge", "text": STORY}]),
        ],
    )
    def test_markup_is_no_headline(self, text: str) -> None:
        """A page or an article in JSON is read as such, and what the caller knows goes first."""
        article = article_from_text(text)
        assert (article.title, article.text) == ("Bridge", STORY)
        told = article_from_text(text, ArticleMeta(title="Ferry", revision=2))
        assert (told.title, told.revision, told.text) == ("Ferry", 2, STORY)

    @pytest.mark.parametrize(
        "text", [json.dumps([fields(), fields()]), f"{json.dumps(fields())}\n{json.dumps(fields())}"]
    )
    def test_several_articles_are_no_text(self, text: str) -> None:
        """One is expected, and none is chosen."""
        with pytest.raises(InputError, match="several articles"):
            article_from_text(text)

    def test_a_title_in_the_text_is_left_out(self) -> None:
        """Even one that ends as a sentence does."""
        title = "Will a bridge replace the ferry?"
        assert article_from_text(f"{title}\n\n{STORY}", ArticleMeta(title=title)).text == STORY

    def test_the_user_knows_the_language(self) -> None:
        """A given language is taken, and doubted only where the script is another."""
        assert article_from_text(STORY, language="en-GB").language == "en"
        doubted = article_from_text(STORY, language="ru")
        assert (doubted.language, codes(doubted)) == ("ru", ["language_uncertain"])

    def test_a_wrong_tag_is_an_error(self) -> None:
        """The tag is named."""
        with pytest.raises(InputError, match="zzz"):
            article_from_text(STORY, language="zzz")

    def test_a_short_text_is_uncertain(self) -> None:
        """A few words do not show their language."""
        assert codes(article_from_text("Paris, Berlin.")) == ["language_uncertain"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Sorry, we can’t find that page\n\nTry the front page.", "an error page"),
        ("La página solicitada no existe.", "an error page"),
        ("Just a moment…\n\nVerifying you are human. This may take a few seconds.", "an error page"),
        ("You need to enable JavaScript to run this app.", "an error page"),
        (f"{LEAD}\n\nUnlock the full story. Choose your plan from $4 a month.", "a paywall stub"),
        (
            "We value your privacy\n\nWe and our partners store and/or access information on a device, such as identifiers.",
            "a cookie wall",
        ),
        (
            "Wir und unsere Partner speichern Informationen auf einem Gerät.\n\nIhre Privatsphäre ist uns wichtig.",
            "a cookie wall",
        ),
        (
            "Le respect de votre vie privée\n\nNous et nos partenaires stockons et/ou accédons à des informations.",
            "a cookie wall",
        ),
        (
            "Su privacidad es importante\n\nNosotros y nuestros socios almacenamos y/o accedemos a información.",
            "a cookie wall",
        ),
        (f"Bridge vote: live updates\n\n9:05\n\n{LEAD}\n\n9:30\n\n{SECOND}\n\n10:05\n\n{THIRD}", "a live blog"),
        ("Bridge", "a few words, without a sentence"),
        ("New bridge opens", "a few words, without a sentence"),
        ("新しい橋", "a few words, without a sentence"),
        ("404 Not Found\n\nThe page you requested was moved.", "an error page"),
        ("Página no encontrada\n\nVuelva a la portada.", "an error page"),
        (f"Bridge\n\n{LEAD}\n\nSubscribe to continue reading.", "a paywall stub"),
        (f"{GERMAN}\n\nJetzt weiterlesen mit Plus", "a paywall stub"),
        (
            "We value your privacy\n\nWe and our partners use cookies. Accept all cookies or choose cookie settings.",
            "a cookie wall",
        ),
        ("\n\n".join(f"{hour}:05\n\n{LEAD}" for hour in range(9, 15)), "a live blog"),
        ("\n".join(f"14.{minute} Uhr: {GERMAN}" for minute in range(10, 17)), "a live blog"),
        ("Links\n\n- Bridge opens\n- Ferry closes\n- Mayor speaks", "a list, without an article"),
        ("\n".join(f"Headline number {number} of the day" for number in range(9)), "a list, without an article"),
    ],
)
def test_what_is_no_news_says_why(text: str, reason: str) -> None:
    """An article without news has a reason, and text for the editor who looks at it."""
    article = one(text)
    assert article.not_news == reason
    assert article.text


@pytest.mark.parametrize(
    "text",
    [
        f"Ferry: live updates to end\n\n{STORY}\n\n10:30 was the hour of the vote.",
        "Mayor resigns.",
        "BREAKING: Earthquake of magnitude 7.1 strikes off the coast",
        "市長が辞任した。",
        "นายกรัฐมนตรีลาออก",
        "សេចក្តីរាយការណ៍ពីព្រះរាជាណាចក្រកម្ពុជាបានប្រកាសថា",
        f"Council bans cookies\n\nWe use cookies, the mayor said. {STORY}",
        f"Error 404: how a number became famous\n\n{STORY}\n\n{STORY.replace('river', 'lake')}",
        f"At 9:15 the council met.\n\n{STORY}\n\n10:30 was the hour of the vote, the mayor said.",
        f"{STORY}\n\nSubscribe to our newsletter",
        f"{LEAD}\n\n- a bridge\n- a road\n- a park",
    ],
)
def test_news_about_such_things_is_news(text: str) -> None:
    """One phrase, time or list does not make a report something else."""
    assert one(text).not_news is None


def seeds() -> list[Path]:
    """The seed articles."""
    facts = resource("seeds").glob("*.facts.toml")
    return sorted(
        path for fact in facts for path in fact.parent.glob(fact.name.removesuffix("facts.toml") + "*") if path != fact
    )


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.name)
def test_every_seed_is_read(path: Path) -> None:
    """Language and title are right, every fact is in the text, and no boilerplate is in a sentence."""
    facts = tomllib.loads((path.with_name(path.name.rsplit(".", 1)[0] + ".facts.toml")).read_text(encoding="utf-8"))
    articles = list(read_articles(path))
    expected = facts.get("article", [facts])
    assert len(articles) == len(expected)
    for article, fact in zip(articles, expected, strict=True):
        assert isinstance(article, Article)
        assert (article.language, article.title, article.not_news) == (fact["language"], fact.get("title"), None)
        assert [s for keep in fact["must_keep"] for s in keep["strings"] if s not in article.text] == []
        sentences = "\n".join(article.sentence_texts())
        assert [s for s in fact["must_not"]["strings"] if s in sentences] == []


@pytest.mark.parametrize("build", [lambda: one(STORY), lambda: one(json.dumps(fields()), ".json")])
def test_plain_text_does_not_import_the_tools_for_html(
    build: Callable[[], Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cold start with text pays for no HTML."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setitem(sys.modules, "lxml", None)
    assert build().text == STORY
