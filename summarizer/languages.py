"""BCP 47 tags, scripts, directions and names, and the facts that `config/languages/<tag>.toml` holds per language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from summarizer.errors import InputError
from summarizer.records import Direction
from summarizer.resources import packaged_toml, resource

_TAG = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?"  # language, script, region
    r"(?:-[a-z0-9]{5,8}|-[0-9][a-z0-9]{3})*",  # variants
    re.IGNORECASE,
)
# Scripts in living use that are written from right to left: bidi classes R and AL of the Unicode Character Database.
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})
_CHINESE_SCRIPT = {"TW": "Hant", "HK": "Hant", "MO": "Hant"}
# CLDR has no alias from the macrolanguage to Bokmål, which is what "no" means on news sites.
_OWN_ALIASES = {"no": "nb"}


def parse_tag(text: str) -> str:
    """The canonical form of a language tag.

    Old and three-letter codes become current ones (`iw` → `he`, `eng` → `en`); Chinese always carries its script
    (`zh-CN` → `zh-Hans`); a region that is the language's default is dropped (`de-DE` → `de`), and Portuguese without a
    region is European (`pt-PT` → `pt`).

    Raises:
        InputError: the tag is ill-formed, or no such language is known; near matches are named.
    """
    match = _TAG.fullmatch(text.strip().replace("_", "-"))
    if match is None:
        raise InputError(text, f"not a language tag such as es, pt-BR or zh-Hans{_suggestion(text)}")
    language, script, region = match[1].lower(), match[2], match[3]
    alias = _OWN_ALIASES.get(language) or get_global("language_aliases").get(language, language)
    language, _, alias_script = alias.partition("_")
    script = (script or alias_script).title()
    region = (region or "").upper()
    tag = _compose(language, script, region)
    if not _has_facts(tag) and language not in _known_languages():
        raise InputError(text, f"no language has this tag{_suggestion(text)}")
    return tag


def _compose(language: str, script: str, region: str) -> str:
    """Join subtags, leaving out what the language implies."""
    if language == "zh":
        return f"zh-{script or _CHINESE_SCRIPT.get(region, 'Hans')}"
    if (language, region) == ("pt", "BR"):
        return "pt-BR"
    _, likely_script, likely_region = _likely(language)
    if script == likely_script:
        script = ""
    if region == ("PT" if language == "pt" else likely_region):
        region = ""
    return "-".join(filter(None, (language, script, region)))


@cache
def _likely(language: str) -> tuple[str, str, str]:
    """The likely language, script and region of a bare language code, by CLDR's likely subtags."""
    parts = str(get_global("likely_subtags").get(language, f"{language}_Latn_")).split("_")
    return parts[0], parts[1], parts[2]


@cache
def _known_languages() -> Mapping[str, str]:
    """Language codes with their English names, as CLDR lists them."""
    return {
        code: name
        for code, name in Locale("en").languages.items()
        if "_" not in code and code not in {"mul", "und", "zxx"}
    }


def _suggestion(text: str) -> str:
    names = {name.lower(): code for code, name in _known_languages().items()}
    near = difflib.get_close_matches(text.strip().lower(), [*names, *names.values()], n=3, cutoff=0.7)
    codes = dict.fromkeys(names.get(match, match) for match in near)
    if not codes:
        return ""
    return "; did you mean " + " or ".join(f"{code} ({_known_languages()[code]})" for code in codes) + "?"


def script_of(tag: str) -> str:
    """The ISO 15924 script of a canonical tag, for example `Arab` for `ar` and `Hans` for `zh-Hans`."""
    parts = tag.split("-")
    if len(parts) > 1 and len(parts[1]) == 4 and parts[1].isalpha():
        return parts[1]
    likely = get_global("likely_subtags").get(tag.replace("-", "_"))
    return str(likely).split("_")[1] if likely else _likely(parts[0])[1]


def direction_of(tag: str) -> Direction:
    """The writing direction, which comes from the script and not from the language."""
    return "rtl" if script_of(tag) in _RTL_SCRIPTS else "ltr"


def english_name(tag: str) -> str:
    """The English name of the variety, for example `European Portuguese`; the tag itself where CLDR has none."""
    return _name(tag, "en")


def own_name(tag: str) -> str:
    """The name that speakers use, with a capital where the script has them, for example `Español`."""
    name = _name(tag, "")
    return name[:1].upper() + name[1:]


def name_in(tag: str, reader: str) -> str:
    """The name of a language for readers of another, for example `inglés` for `en` read in `es`."""
    return own_name(tag) if tag == general_tag(reader) else _name(tag, general_tag(reader).replace("-", "_"))


def _name(tag: str, reader: str) -> str:
    override = facts(tag, "names").get(reader or "own")
    if override:
        return str(override)
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    try:
        return locale.get_display_name(reader or str(locale)) or tag
    except (UnknownLocaleError, ValueError):  # CLDR knows the language, but writes nothing in the reader's
        return locale.english_name or tag


def fallbacks(tag: str) -> tuple[str, ...]:
    """The tag and its ever shorter parents: `pt-BR`, `pt`."""
    parts = tag.split("-")
    return tuple("-".join(parts[:size]) for size in range(len(parts), 0, -1))


def general_tag(tag: str) -> str:
    """The tag without a region that nothing in `config/languages/` distinguishes: `en-GB` → `en`, `pt-BR` stays."""
    return next((parent for parent in fallbacks(tag) if _has_facts(parent)), _without_region(tag))


def _without_region(tag: str) -> str:
    return "-".join(part for part in tag.split("-") if len(part) == 4 or part == tag.split("-", maxsplit=1)[0])


@cache
def _has_facts(tag: str) -> bool:
    return tag in languages_with_facts()


@cache
def languages_with_facts() -> tuple[str, ...]:
    """The tags that have a file in `config/languages/`, sorted."""
    return tuple(sorted(path.stem for path in resource("config", "languages").glob("*.toml")))


@cache
def facts(tag: str, table: str) -> Mapping[str, Any]:
    """One table of a language's facts, empty where there are none; a variety inherits the keys that it lacks."""
    merged: dict[str, Any] = {}
    for parent in reversed(fallbacks(tag)):
        if _has_facts(parent):
            merged.update(packaged_toml("config", "languages", f"{parent}.toml").get(table, {}))
    return merged
