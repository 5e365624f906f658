"""Writers: JSON, its schema, Markdown pages and the files on disk."""

from __future__ import annotations

import json
import os
import re
import stat
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
    Claims,
    failure_json,
    file_names,
    files,
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
    "provenance": "engine model endpoint plan prompts checks created coverage usage",
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


def test_front_matter_names_one_maker() -> None:
    """Engine and model of a page are those of the same text: the translation's, not the summary's."""
    whole = summary(translation("ca").model_copy(update={"engine": "openai", "model": "m"}))
    made = {
        language: json.loads(re.findall(r"^made_by: (.*)$", markdown(whole, language), re.MULTILINE)[0])
        for language in ("en", "ca")
    }
    assert (made["en"]["engine"], made["en"]["model"]) == ("offline", "extractive")
    assert (made["ca"]["engine"], made["ca"]["model"]) == ("openai", "m")


@pytest.mark.parametrize(
    ("url", "destination"),
    [
        ("https://x/a?b=1&copy=2#c", "https://x/a?b=1&copy=2#c"),
        ('https://x/a> "t") <img src=y> [b](z)', "https://x/a%3E%20%22t%22)%20%3Cimg%20src=y%3E%20%5Bb%5D(z)"),
        ("https://x/a\n\n# b\u2028\x07\x7f", "https://x/a%0A%0A#%20b%E2%80%A8%07%7F"),
        ("https://x/a\\)b", "https://x/a%5C)b"),
        ("https://x/?a&lt;b&#62;", "https://x/?a&lt;b&#62;"),
        ("https://x/%3E", "https://x/%3E"),
    ],
)
def test_an_address_stays_inside_its_link(url: str, destination: str) -> None:
    """Whatever the address holds, the page has one link, which leads there, and no other markup from it."""
    whole = summary()
    page = markdown(whole.model_copy(update={"article": whole.article.model_copy(update={"url": url})}), "en")
    inline = [token for token in MarkdownIt("commonmark").parse(page.split("\n---\n")[1]) if token.type == "inline"]
    children = [child for token in inline for child in token.children or []]
    assert [child.attrs["href"] for child in children if child.type == "link_open"] == [destination]
    assert not [child for child in children if child.type in {"html_inline", "image"}]


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
        assert not [key for key in english.keys() - {"between", "reasons"} if own[key] == english[key]]


@pytest.mark.parametrize("language", ["en", "ca"])
def test_page_says_that_a_model_wrote_it(language: str) -> None:
    """What a model wrote is disclosed as that, with the model named, and never as sentences of the article."""
    catalan = translation("ca").model_copy(update={"engine": "llm", "model": "big_model"})
    offline = summary(catalan)
    made = offline.provenance.model_copy(update={"engine": "llm", "model": "big_model"})
    page = markdown(offline.model_copy(update={"provenance": made}), language)
    strings = facts(language, "page")
    assert strings["ai"].format(model="big\\_model") in page
    assert strings["extract"] not in page
    assert strings["gist"] not in page


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
@example("caf\udce9", "caf\udce8")
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
    assert slug("feed.JSONL:12").startswith("feed-12-")
    assert re.fullmatch("puerto-es-[0-9a-f]{8}", slug("articles/puerto.es.txt"))
    assert re.fullmatch("[0-9a-f]{8}", slug("новости.txt"))


def test_files_are_written_per_language_and_pulled_when_held(tmp_path: Path) -> None:
    """A language that was published and is held now loses its page; a file that is not ours stays."""
    home = write_summary(summary(translation("ca")), tmp_path)
    (home / "notes.md").write_text("mine")
    assert {path.name for path in home.iterdir()} == {"en.md", "ca.md", "summary.json", "notes.md"}
    write_summary(summary(translation("ca", held=True)), tmp_path)
    assert {path.name for path in home.iterdir()} == {"en.md", "summary.json", "notes.md"}


def names(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()}


@pytest.mark.parametrize("earlier", [None, "", '{"schema_version": "0"}'])
def test_held_page_goes_whatever_became_of_the_old_json(tmp_path: Path, earlier: str | None) -> None:
    """A page is known by its name, so a lost or foreign `summary.json` keeps nothing published that is held."""
    home = write_summary(summary(translation("ca")), tmp_path)
    (home / "notes.md").write_text("mine")
    (home / "pt.md").write_text("a page of a language that is not asked for")
    (home / "summary.json").unlink()
    if earlier is not None:
        (home / "summary.json").write_text(earlier)
    write_summary(summary(translation("ca", held=True)), tmp_path)
    assert names(home) == {"en.md", "summary.json", "notes.md"}


def test_held_page_goes_before_new_ones_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if nothing can be written any more, what is held is not published; a page already gone is no error."""
    home = write_summary(summary(translation("ca")), tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_atomically", full)
        for _ in range(2):
            with pytest.raises(OSError, match="No space"):
                write_summary(summary(translation("ca", held=True)), tmp_path)
    assert names(home) == {"en.md", "summary.json"}


def test_page_that_somebody_else_removes_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A held page that vanishes between looking and removing is as good as removed."""
    write_summary(summary(), tmp_path)
    monkeypatch.setattr(files, "_pages", lambda _: {"ca"})
    write_summary(summary(translation("ca", held=True)), tmp_path)


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({}, True),
        ({"headline": "Board approves second pier"}, False),
        ({"article": {"id": "1" * 64}}, False),
        ({"article": {"revision": 2}}, False),
    ],
)
def test_page_of_a_language_not_asked_for(tmp_path: Path, change: dict[str, Any], *, stays: bool) -> None:
    """Such a page stays while article and lines are the same, and goes when this run cannot vouch for it."""
    home = write_summary(summary(translation("ca")), tmp_path)
    now = summary(translation("pt"))
    if "article" in change:
        change = {"article": now.article.model_copy(update=change["article"])}
    write_summary(now.model_copy(update=change), tmp_path)
    assert names(home) == {"en.md", "pt.md", "summary.json"} | ({"ca.md"} if stays else set())


def test_held_article_has_no_page_at_all(tmp_path: Path) -> None:
    """When the article itself is held, so is every language, asked for or not, and on every later run."""
    home = write_summary(summary(translation("ca")), tmp_path)
    for _ in range(2):
        write_summary(summary(held=True), tmp_path)
        assert names(home) == {"summary.json"}
        (home / "ca.md").write_text("put back")


def test_file_names_are_those_that_are_written(tmp_path: Path) -> None:
    """What the job remembers of a folder is what is in it."""
    whole = summary(translation("ca"), translation("ar", held=True))
    home = write_summary(whole, tmp_path)
    assert names(home) == set(file_names(whole))


def test_second_source_of_a_folder_is_refused() -> None:
    """The first source keeps its folder and may come back; the error names both."""
    claims = Claims()
    for _ in range(2):
        claims.claim("a-00000000", "one.txt")
    with pytest.raises(InputError, match=r"^two\.txt: .* as one\.txt, which came first"):
        claims.claim("a-00000000", "two.txt")
    assert "a-00000000" in claims
    assert "b-00000000" not in claims


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_files_have_the_mode_of_the_umask(tmp_path: Path, mask: int) -> None:
    """Who may read a page is the user's choice, made with the umask."""
    before = os.umask(mask)
    try:
        write_atomically(tmp_path / "page.md", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "page.md").stat().st_mode) == 0o666 & ~mask


def test_file_is_on_disk_before_it_takes_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole text is synced first, so that a power cut cannot leave an empty page under the name."""
    calls: list[str] = []
    sync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        calls.append(f"fsync {os.fstat(handle).st_size}")
        sync(handle)

    def replaced(source: Path, target: Path) -> None:
        calls.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    write_atomically(tmp_path / "page.md", "text")
    assert calls == ["fsync 4", "replace"]


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


def test_wide_spaces_of_headlines_stay() -> None:
    """The full-width space between the parts of a Japanese headline is no other space on its page."""
    made = summary().model_copy(update={"headline": "市議会　新計画を承認\nきょう"})
    assert "# 市議会　新計画を承認 きょう\n" in markdown(made, "en")
