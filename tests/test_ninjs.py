"""IPTC ninjs 3.1 documents: valid, stable in their names, and without text where nothing may be shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from summarizer import NewsSummary
from summarizer.publish import History, document_uri, languages_of, ninjs, ninjs_json
from tests.summaries import TEXT, summary, translation

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "ninjs_3_1.json").read_text(encoding="utf-8"))
# jsonschema checks `uri` and `date-time` only where packages for them are installed; these two are enough here.
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(text: object) -> bool:
    """RFC 3339: date, `T`, time and zone."""
    from datetime import datetime

    return isinstance(text, str) and "T" in text and datetime.fromisoformat(text).tzinfo is not None


@FORMATS.checks("uri")
def is_uri(text: object) -> bool:
    """A scheme and something behind it."""
    return isinstance(text, str) and ":" in text.strip("/:")


VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=FORMATS)
SUMMARY = summary(translation("ca"), translation("ar", held=True))


def changed(original: NewsSummary, part: str, **values: Any) -> NewsSummary:
    """The summary with other values in its article or its provenance."""
    return original.model_copy(update={part: getattr(original, part).model_copy(update=values)})


@pytest.mark.parametrize("language", languages_of(SUMMARY))
@pytest.mark.parametrize("history", [History(), History("2026-11-20T08:00:00+00:00", "asked by the source")])
def test_every_document_is_valid(language: str, history: History) -> None:
    """Published, held and withdrawn languages all give a valid document, whose JSON reads back."""
    document = ninjs(SUMMARY, language, history)
    VALIDATOR.validate(document)
    assert json.loads(ninjs_json(SUMMARY, language, history)) == document


def test_the_schema_refuses_what_ninjs_does_not_have() -> None:
    """An unknown property, a day in the place of a time and an unknown status do not validate."""
    document = ninjs(SUMMARY, "en")
    for wrong in ({"summary": "x"}, {"versionCreated": "2026-05-14"}, {"pubStatus": "held"}):
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate({**document, **wrong})


def test_a_published_language_has_its_lines() -> None:
    """Headline and bullets stand there as text, and escaped as HTML."""
    document = ninjs(SUMMARY, "ca")
    assert document["pubStatus"] == "usable"
    assert document["language"] == "ca"
    assert document["headlines"][0]["value"] == "El moll s'aprova"
    assert [body["contentType"] for body in document["bodies"]] == ["text/plain", "text/html"]
    assert document["bodies"][1]["value"].count("<li>") == 2


def test_markup_in_a_line_stays_text() -> None:
    """What looks like HTML in a bullet is escaped in the HTML body."""
    hostile = SUMMARY.bullets[0].model_copy(update={"text": "<script>alert(1)</script> & more"})
    document = ninjs(SUMMARY.model_copy(update={"bullets": (hostile,)}), "en")
    assert document["bodies"][1]["value"] == "<ul><li>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</li></ul>"


@pytest.mark.parametrize(
    ("language", "history", "status"), [("ar", History(), "withheld"), ("en", History(withdrawn=""), "canceled")]
)
def test_held_and_withdrawn_texts_are_not_in_it(language: str, history: History, status: str) -> None:
    """A held language is withheld, a withdrawn one cancelled; neither shows a line."""
    document = ninjs(SUMMARY, language, history)
    assert document["pubStatus"] == status
    assert not {"headlines", "bodies"} & set(document)
    assert document["edNote"]


def test_the_article_itself_is_never_in_it() -> None:
    """The text of the article stays out, because its rights are not ours."""
    assert TEXT not in ninjs_json(SUMMARY, "en")
    assert "article-sha256" in ninjs_json(SUMMARY, "en")


def test_names_are_for_ever() -> None:
    """The URI depends on key and language alone, and a translation names the text it was made from."""
    newer = changed(SUMMARY, "article", revision=2)
    assert ninjs(newer, "ca")["uri"] == ninjs(SUMMARY, "ca")["uri"] != ninjs(SUMMARY, "en")["uri"]
    assert ninjs(newer, "ca")["version"] == "2"
    original, source = ninjs(SUMMARY, "ca")["associations"]
    assert (original["rel"], original["uri"]) == ("derivedFrom", SUMMARY.article.url)
    assert (source["rel"], source["uri"]) == ("translationOf", document_uri(SUMMARY.article.key, "en"))


def test_dates_without_a_zone_are_left_out() -> None:
    """A day is no instant, and a time without a zone is none either."""
    assert "contentCreated" not in ninjs(SUMMARY, "en")
    assert "contentCreated" not in ninjs(changed(SUMMARY, "article", published="2026-05-14T10:00:00"), "en")
    known = ninjs(changed(SUMMARY, "article", published="2026-05-14T10:00:00Z"), "en")
    assert known["contentCreated"] == "2026-05-14T10:00:00+00:00"


def test_who_wrote_it_is_said() -> None:
    """Rules, a model, or a model and a person: three different digital source types."""
    assert ninjs(SUMMARY, "en")["digitalSourceType"]["name"] == "algorithmicMedia"
    model = changed(SUMMARY, "provenance", engine="llm")
    assert ninjs(model, "en")["digitalSourceType"]["name"] == "trainedAlgorithmicMedia"
    edited = model.model_copy(update={"edited": ("headline",)})
    assert ninjs(edited, "en")["digitalSourceType"]["name"] == "compositeWithTrainedAlgorithmicMedia"
