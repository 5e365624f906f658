"""Language tags, scripts, directions and names."""

from __future__ import annotations

import tomllib
from contextlib import suppress

import pytest
from babel import Locale
from babel.core import get_global
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("cnr", "sr-ME"), ("swc", "sw-CD"), ("prs", "fa-AF"), ("sh", "sr-Latn"), ("sh-ME", "sr-ME"), ("cnr-Cyrl", "sr-Cyrl-ME"),
        ("zh-HK", "zh-Hant"), ("zh-MO", "zh-Hant"), ("zh-SG", "zh-Hans"), ("zh-Hans-HK", "zh-Hans"), (" ca\n", "ca"),
        ("ca-valencia", "ca"), ("de-1996", "de"), ("en-UK", "en-GB"), ("sr-Latn-CS", "sr-Latn"), ("de-DD", "de"),
        ("sr-Cyrl-ME", "sr-Cyrl-ME"), ("pa-PK", "pa-Arab"), ("pa-Guru-PK", "pa-Guru-PK"), ("se", "se"), ("nor", "nb"),
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
        ("en-XX", "no region has the code XX"),
        ("pt-ZZ", "no region has the code ZZ"),
        ("en-Qqqq", "no script has the code Qqqq"),
        ("ar-Zyyy", "no script has the code Zyyy"),
        ("pt-brazil", "no variant has the code BRAZIL"),
        ("und", "no language"),
        ("jp", r"did you mean ja \(Japanese\)\?"),
        ("jp-JP", r"did you mean ja \("),
        ("cn", r"did you mean zh-Hans \("),
        ("cz", r"did you mean cs \("),
        ("ua", r"did you mean uk \("),
        ("gr", r"did you mean el \("),
        ("dk", r"did you mean da \("),
        ("us", r"did you mean en \("),
        ("mx", r"did you mean es-MX \("),
    ],
)
def test_unknown_tags_are_refused_with_near_matches(text: str, hint: str) -> None:
    """The error names the tag and, where there is one, the language that was probably meant."""
    with pytest.raises(InputError, match=hint):
        parse_tag(text)


_ENGLISH = Locale("en")
_LANGUAGES = st.sampled_from(sorted({*get_global("language_aliases"), *_ENGLISH.languages}))
_SCRIPTS = st.sampled_from(["", "Latn", "Cyrl", "Arab", *sorted(_ENGLISH.scripts)])
_REGIONS = st.sampled_from(["", *sorted({*get_global("territory_aliases"), *_ENGLISH.territories})])


@settings(max_examples=1000, deadline=None)
@given(_LANGUAGES, _SCRIPTS, _REGIONS)
def test_parsing_a_tag_again_changes_nothing(language: str, script: str, region: str) -> None:
    """A canonical tag is one, keeps the script that was given, and has one canonical general tag in that script."""
    try:
        tag = parse_tag("-".join(filter(None, (language, script, region))))
    except InputError:
        return
    assert parse_tag(tag) == tag
    assert script_of(tag) == (script or script_of(tag))
    assert parse_tag(general_tag(tag)) == general_tag(general_tag(tag)) == general_tag(tag)
    assert script_of(general_tag(tag)) == script_of(tag)


def test_every_alias_of_cldr_has_one_canonical_form() -> None:
    """Old and three-letter codes lead to a tag that stays as it is, unless CLDR has no name for the language."""
    parsed = []
    for alias in get_global("language_aliases"):
        with suppress(InputError):
            parsed.append(parse_tag(alias))
    assert len(parsed) > 200
    assert [tag for tag in parsed if parse_tag(tag) != tag] == []


@pytest.mark.parametrize(
    ("tag", "script", "direction"),
    [("ar", "Arab", "rtl"), ("he", "Hebr", "rtl"), ("ur", "Arab", "rtl"), ("az", "Latn", "ltr"), ("az-Arab", "Arab", "rtl"),
     ("ku", "Latn", "ltr"), ("zh-Hant", "Hant", "ltr"), ("sr-Latn", "Latn", "ltr"), ("ja", "Jpan", "ltr"),
     ("sr-ME", "Latn", "ltr"), ("pa-Arab", "Arab", "rtl"), ("he-Latn", "Latn", "ltr"), ("ff-Adlm", "Adlm", "rtl"),
     ("dv", "Thaa", "rtl"), ("syr", "Syrc", "rtl"), ("nqo", "Nkoo", "rtl"), ("rhg-Rohg", "Rohg", "rtl"),
     ("ur-Aran", "Aran", "rtl"), ("und", "Latn", "ltr")],
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


@pytest.mark.parametrize(
    ("tag", "general"),
    [("he-Latn", "he-Latn"), ("pa-PK", "pa-Arab"), ("uz-AF", "uz-Arab"), ("sr-ME", "sr-Latn"), ("fa-AF", "fa")],
)
def test_a_parent_in_another_script_is_no_parent(tag: str, general: str) -> None:
    """Neither the general tag nor the facts come from a language file in letters that the tag does not use."""
    assert general_tag(tag) == general
    if general not in languages_with_facts():
        assert not facts(tag, "sentences")


def test_language_files_have_only_tables_that_somebody_reads() -> None:
    """Every file is named by a canonical tag, and every table in it stands in the folder's README."""
    readme = resource("config", "languages", "README.md").read_text(encoding="utf-8")
    for tag in languages_with_facts():
        assert parse_tag(tag) == tag
        with resource("config", "languages", f"{tag}.toml").open("rb") as file:
            for table in tomllib.load(file):
                assert f"`[{table}]`" in readme, f"{tag}: [{table}]"
