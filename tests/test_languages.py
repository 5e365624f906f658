"""Language tags, scripts, directions and names."""

from __future__ import annotations

import tomllib

import pytest

from summarizer import InputError
from summarizer.languages import (
    direction_of,
    english_name,
    facts,
    general_tag,
    languages_with_facts,
    name_in,
    own_name,
    parse_tag,
    script_of,
)
from summarizer.resources import resource


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("es", "es"), ("ES", "es"), ("de-DE", "de"), ("en_GB", "en-GB"), ("eng", "en"), ("iw", "he"), ("no", "nb"),
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-hant", "zh-Hant"), ("pt", "pt"),
        ("pt-PT", "pt"), ("pt-br", "pt-BR"), ("sr-Latn", "sr-Latn"), ("sr-Cyrl", "sr"), ("es-419", "es-419"), ("szl", "szl"),
    ],
)  # fmt: skip
def test_tags_have_one_canonical_form(text: str, tag: str) -> None:
    """Case, old codes, default regions and scripts make no difference; parsing twice changes nothing."""
    assert parse_tag(text) == tag
    assert parse_tag(tag) == tag


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("spanish", r"es \(Spanish\)"),
        ("esp", "es"),
        ("xx", "no language"),
        ("", "not a language tag"),
        ("e", "not a"),
        ("en/us", "not a"),
    ],
)
def test_unknown_tags_are_refused_with_near_matches(text: str, hint: str) -> None:
    """The error names the tag and, where there is one, the language that was probably meant."""
    with pytest.raises(InputError, match=hint):
        parse_tag(text)


@pytest.mark.parametrize(
    ("tag", "script", "direction"),
    [("ar", "Arab", "rtl"), ("he", "Hebr", "rtl"), ("ur", "Arab", "rtl"), ("az", "Latn", "ltr"), ("az-Arab", "Arab", "rtl"),
     ("ku", "Latn", "ltr"), ("zh-Hant", "Hant", "ltr"), ("sr-Latn", "Latn", "ltr"), ("ja", "Jpan", "ltr")],
)  # fmt: skip
def test_direction_comes_from_the_script(tag: str, script: str, direction: str) -> None:
    """The same language can run either way, as its script does."""
    assert script_of(tag) == script
    assert direction_of(tag) == direction


def test_names_are_precise() -> None:
    """Varieties have names of their own, in English, in their own language and in a reader's."""
    assert english_name("zh-Hans") == "Simplified Chinese"
    assert english_name("pt") == "European Portuguese"
    assert own_name("es") == "Español"
    assert own_name("ar") == "العربية"
    assert name_in("en", "es") == "inglés"
    assert name_in("es", "zh-Hans") == "西班牙语"
    assert name_in("zh-Hans", "zh-Hans") == "简体中文"


def test_varieties_inherit_facts() -> None:
    """A variety has its parent's facts where it sets none of its own, and a region without facts counts as its parent."""
    assert facts("pt-BR", "page") == {**facts("pt", "page"), **facts("pt-BR", "page")}
    assert general_tag("en-GB") == "en"
    assert general_tag("pt-BR") == "pt-BR"
    assert general_tag("sr-Latn-RS") == "sr-Latn"


def test_language_files_have_only_tables_that_somebody_reads() -> None:
    """Every file is named by a canonical tag, and every table in it stands in the folder's README."""
    readme = resource("config", "languages", "README.md").read_text(encoding="utf-8")
    for tag in languages_with_facts():
        assert parse_tag(tag) == tag
        with resource("config", "languages", f"{tag}.toml").open("rb") as file:
            for table in tomllib.load(file):
                assert f"`[{table}]`" in readme, f"{tag}: [{table}]"
