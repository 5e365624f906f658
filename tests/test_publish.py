"""Writers: JSON, its schema, Markdown pages and the files on disk."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarizer import InputError, NewsSummary
from summarizer.checks import CODES, finding
from summarizer.languages import facts, languages_with_facts
from summarizer.publish import (
    failure_json,
    markdown,
    slug,
    summary_json,
    summary_schema,
    write_atomically,
    write_summary,
)
from summarizer.publish.markdown import _escape, published_languages
from summarizer.records import Finding
from tests.summaries import SENTENCES, summary, translation

CONTRACT = {
    "": "schema_version status article language headline headline_evidence bullets translations findings review edited provenance",
    "article": "key id revision source url title publisher section language published modified embargoed_until rights sentences tokens text",
    "bullets.0": "text evidence",
    "bullets.0.evidence.0": "sentence start end text",
    "translations.ca": "language direction status headline bullets quotes engine model source_hash findings",
    "translations.ca.findings.0": "code severity where detail expected found",
    "provenance": "engine model endpoint plan prompts created coverage usage",
    "provenance.usage": "requests retries input_tokens cached_tokens output_tokens cost_usd",
}


def at(data: Any, path: str) -> Any:
    for part in filter(None, path.split(".")):
        data = data[int(part)] if part.isdigit() else data[part]
    return data


@pytest.mark.parametrize("path", CONTRACT)
def test_json_has_the_keys_of_the_contract_in_order(path: str) -> None:
    """The JSON output has exactly the keys that readers rely on, in the order of the contract."""
    data = json.loads(summary_json(summary(translation("ca"))))
    assert list(at(data, path)) == CONTRACT[path].split()


def test_json_round_trip_and_schema() -> None:
    """What is written validates against the schema and reads back as the same value."""
    original = summary(translation("ca"), translation("ar", held=True))
    data = json.loads(summary_json(original))
    jsonschema.Draft202012Validator(summary_schema()).validate(data)
    assert NewsSummary.model_validate(data) == original


def test_schema_closes_the_list_of_codes() -> None:
    """A finding with a code that is in no table does not validate."""
    data = json.loads(summary_json(summary(translation("ca"))))
    data["translations"]["ca"]["findings"][0]["code"] = "made_up"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(summary_schema()).validate(data)
    assert set(summary_schema()["$defs"]["Finding"]["properties"]["code"]["enum"]) == set(CODES)


def test_json_without_article_text_leaves_the_key_out() -> None:
    """Where the text is not wanted there is no key for it, and the rest validates."""
    whole = summary()
    bare = whole.model_copy(update={"article": whole.article.model_copy(update={"text": None})})
    data = json.loads(summary_json(bare))
    assert "text" not in data["article"]
    jsonschema.Draft202012Validator(summary_schema()).validate(data)


def test_failures_are_json_too() -> None:
    """An article that failed is one line with the error's type and message."""
    line = failure_json("a.txt", InputError("a.txt", "the file is empty"))
    assert json.loads(line) == {
        "schema_version": "1",
        "status": "failed",
        "article": {"source": "a.txt"},
        "error": {"type": "InputError", "message": "a.txt: the file is empty"},
    }


def test_page_has_front_matter_bullets_and_footnotes() -> None:
    """The page of a translation speaks its own language and cites the original sentences."""
    page = markdown(summary(translation("ca")), "ca")
    front, body = page.removeprefix("---\n").split("\n---\n")
    fields = {key: json.loads(value) for key, _, value in (line.partition(": ") for line in front.splitlines())}
    assert fields["language"] == "ca"
    assert fields["status"] == "flagged"
    assert fields["source"]["url"] == "https://example.org/news/pier"
    assert "- Costa 12,4 milions d'euros.[^2]" in body
    assert "[^2]: en: It costs 12.4 million euros." in body
    assert "anglès" in body


def flagged(language: str, *codes: str) -> NewsSummary:
    """The sample as if written in this language, with these warnings, of which some are in no table yet."""
    findings = tuple(Finding(code=code, severity="warning", where="article", detail="as a test") for code in codes)
    return summary().model_copy(update={"language": language, "status": "flagged", "findings": findings})


def paragraphs(page: str) -> list[str]:
    """What stands between blank lines, from the headline on."""
    return page.split("\n---\n", maxsplit=1)[1].strip().split("\n\n")


def reservation(language: str, *codes: str) -> str:
    """The line between the headline and the bullets of a page with these warnings."""
    headline, line, bullets, *_ = paragraphs(markdown(flagged(language, *codes), language))
    assert headline.startswith("# ")
    assert bullets.startswith("- ")
    return line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "*Published with reservations: lists in the article were left out; tables in the article were left out*",
        ),
        (
            "fr",
            "*Publié avec réserves\u00a0: les listes de l’article ont été omises\u202f; les tableaux de l’article ont été omis*",
        ),
        ("pt-BR", "*Publicado com ressalvas: foram omitidas as listas do artigo; foram omitidas as tabelas do artigo*"),
        (
            "el",
            "*Δημοσιεύεται με επιφυλάξεις: οι λίστες του άρθρου παραλείφθηκαν· οι πίνακες του άρθρου παραλείφθηκαν*",
        ),
        ("ar", "*نُشر مع تحفظات: لم تُدرج القوائم الواردة في المقال؛ لم تُدرج الجداول الواردة في المقال*"),
        ("ja", "*掲載上の留意点：記事中の箇条書きを省略；記事中の表を省略*"),
        ("zh-Hant", "*已發布，但請注意：文章中的清單已略去；文章中的表格已略去*"),
    ],
)
def test_reservations_stand_above_the_bullets_in_the_language_of_the_page(language: str, line: str) -> None:
    """A reader learns between headline and bullets, in the page's language, what to beware of, each reason once."""
    assert reservation(language, "tables_skipped", "lists_skipped", "tables_skipped") == line


def test_reservations_of_a_translation_are_its_own_findings() -> None:
    """A page in translation gives the reasons of the translation in the reader's language."""
    gist = translation("ca").model_copy(
        update={"findings": (finding("language_uncertain", "translation", "as a test"),)}
    )
    page = paragraphs(markdown(summary(gist), "ca"))
    assert page[1] == "*Publicat amb reserves: no hi ha certesa sobre la llengua de l’article*"


def test_codes_without_a_reason_count_once_as_other() -> None:
    """Warnings that readers have no words for send them to an editor once, behind the reasons that have words."""
    line = reservation("fr", "made_up", "language_unchecked", "date_unreadable")
    assert line.endswith(": la date de l’article n’a pas pu être lue\u202f; à vérifier par la rédaction*")


def test_no_reservation_without_a_warning() -> None:
    """Neither a clean page nor a gist, which the disclosure speaks of, has a line above its bullets."""
    for page in (markdown(summary(), "en"), markdown(summary(translation("ca")), "ca")):
        assert paragraphs(page)[1].startswith("- ")


@pytest.mark.parametrize("language", languages_with_facts())
def test_pages_are_written_in_one_language(language: str) -> None:
    """A page has every string of the English one, none of them in English, and no meaning of a code."""
    english, own = facts("en", "page"), facts(language, "page")
    assert own.keys() == english.keys()
    assert list(own["reasons"]) == list(english["reasons"])
    page = markdown(flagged(language, *CODES), language)
    assert not [code for code, entry in CODES.items() if entry.meaning in page]
    if language != "en":
        assert not {*own["reasons"].values()} & {*english["reasons"].values()}
        assert not [key for key in english.keys() - {"reasons"} if own[key] == english[key]]


def test_held_language_has_no_page() -> None:
    """Asking for the page of a held language is an error, and a held article publishes nothing."""
    whole = summary(translation("ca"), translation("ar", held=True))
    assert published_languages(whole) == ("en", "ca")
    with pytest.raises(ValueError, match="ar is held"):
        markdown(whole, "ar")
    assert published_languages(summary(translation("ca", held=True), held=True)) == ()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
@example("1. a &amp; b &#65; <b>*c*</b> [d](e) ![f](g) `h` ~~i~~ | j | __k__ \\l")
@example("2) a")
@example("- a")
def test_escaped_text_reads_as_it_was(text: str) -> None:
    """Whatever stands in a line, Markdown shows the same characters and no markup."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"- {_escape(text)}")
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == bool(text.split())
    assert sum(token.type == "list_item_open" for token in tokens) == 1
    children = [child for token in inline for child in token.children or []]
    assert {child.type for child in children} <= {"text", "text_special", "entity"}
    assert " ".join("".join(child.content for child in children).split()) == " ".join(text.split())


@given(st.text(min_size=1), st.text(min_size=1))
def test_slugs_are_stable_safe_and_distinct(one: str, other: str) -> None:
    """A slug is a safe file name, the same for the same key, another for another key."""
    assert slug(one) == slug(one)
    assert slug(one).replace("-", "").isalnum()
    assert slug(one).isascii()
    assert len(slug(one)) < 80
    assert (slug(one) == slug(other)) == (one == other)


def test_slug_is_readable() -> None:
    """The last part of a URL or path can be recognised."""
    assert slug("https://example.org/2024/08/Blinken-in-Israel/").startswith("blinken-in-israel-")
    assert slug("articles/puerto.es.txt").startswith("puerto-es-txt-")


def test_files_are_written_per_language_and_pulled_when_held(tmp_path: Path) -> None:
    """A language that was published and is held now loses its page; a file that is not ours stays."""
    home = write_summary(summary(translation("ca")), tmp_path)
    (home / "notes.md").write_text("mine")
    assert {path.name for path in home.iterdir()} == {"en.md", "ca.md", "summary.json", "notes.md"}
    write_summary(summary(translation("ca", held=True)), tmp_path)
    assert {path.name for path in home.iterdir()} == {"en.md", "summary.json", "notes.md"}


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash between writing and renaming leaves the old file whole and no temporary one behind."""
    target = tmp_path / "page.md"
    write_atomically(target, "old")

    def crash(_from: str, _to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_evidence_of_the_sample_is_exact() -> None:
    """The sample of these tests keeps the rule that evidence is a slice of the text."""
    text = summary().article.text or ""
    assert all(text[item.start : item.end] == item.text for item in SENTENCES)
