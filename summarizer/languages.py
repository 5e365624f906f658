"""BCP 47 tags, scripts, directions and names, and the facts that `config/languages/<tag>.toml` holds per language."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from summarizer.errors import InputError
from summarizer.records import Direction
from summarizer.resources import packaged_toml, resource

_ASCII = re.compile("[\x00-\x7f]+")
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"  # language, script, region
    r"((?:-[a-z0-9]{5,8}|-[0-9][a-z0-9]{3})*)",  # variants
    re.IGNORECASE,
)
# Scripts in living use that are written from right to left: bidi classes R and AL of the Unicode Character Database.
_RTL_SCRIPTS = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)
# CLDR has no alias from the macrolanguage to Bokmål, which is what "no" means on news sites.
_OWN_ALIASES = {"no": "nb"}
# In CLDR plain "pt" is Brazilian; here it is European, as in the names of the files of facts.
_OWN_LIKELY = {"pt": "pt_Latn_PT"}
# Codes that CLDR names although they stand for no language, script or region that a text can have.
_NO_LANGUAGES = frozenset({"mul", "und", "zxx"})
_NO_SCRIPTS = frozenset({"Zinh", "Zmth", "Zsye", "Zsym", "Zxxx", "Zyyy", "Zzzz"})
_NO_REGIONS = frozenset({"XA", "XB", "ZZ"})


class _Subtags(NamedTuple):
    """Language, script and region; an empty one is not given."""

    language: str
    script: str = ""
    region: str = ""

    @classmethod
    def split(cls, tag: str) -> _Subtags:
        """The parts of a tag such as `sr-Latn-ME` or `fa_AF`; a part is told by its length, variants are left out."""
        language, *others = tag.replace("_", "-").split("-")
        script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
        region = next((part for part in others if len(part) in {2, 3}), "")
        return cls(language.lower(), script.title(), region.upper())

    def or_else(self, other: _Subtags) -> _Subtags:
        """These parts, with the other's where one is not given."""
        return _Subtags(self.language, self.script or other.script, self.region or other.region)

    def __str__(self) -> str:
        return "-".join(filter(None, self))


@lru_cache(maxsize=1024)
def parse_tag(text: str) -> str:
    """The canonical form of a language tag.

    Old and three-letter codes become current ones (`iw` → `he`, `eng` → `en`, `cnr` → `sr-ME`); Chinese always carries
    its script and nothing else (`zh-CN` → `zh-Hans`); a script or region that the rest implies is left out (`de-DE` →
    `de`, `pa-PK` → `pa-Arab`), and Portuguese without a region is European (`pt-PT` → `pt`). Variants are dropped
    (`ca-valencia` → `ca`). Parsing the result again changes nothing. The codes are those that CLDR names.

    Raises:
        InputError: the tag is ill-formed, or no such language, script, region or variant is known; near matches are
            named.
    """
    match = _TAG.fullmatch(text.strip().replace("_", "-"))
    if match is None:
        raise InputError(text, f"not a language tag such as es, pt-BR or zh-Hans{_suggestion(text)}")
    given = _Subtags.split(match[0])
    current = _current(given)
    tag = _minimal(current)
    if current.language not in _known("languages") and not _has_facts(tag):
        raise InputError(text, f"no language has this tag{_suggestion(given.language)}")
    subtags = [("script", current.script), ("region", current.region)]
    subtags += [("variant", variant.upper()) for variant in match[1].split("-") if variant]
    for kind, code in subtags:
        if code and code not in _known(f"{kind}s"):
            raise InputError(text, f"no {kind} has the code {code}")
    return tag


def language_called(text: str) -> str:
    """The canonical tag of the language that a tag or a name stands for: `de_DE`, `German` and `Deutsch` → `de`.

    Names are those of CLDR in English, and what the languages that have facts call themselves; what stands in
    parentheses may come first (`Chinese (Traditional)`) or is left out.

    Raises:
        InputError: there is no such tag and no such name; near matches are named.
    """
    name, _, more = (part.strip().casefold() for part in text.partition("("))
    known = _by_name()
    for spelled in (f"{name} ({more}", f"{more.removesuffix(')')} {name}", name):
        if spelled.strip() in known:
            return parse_tag(known[spelled.strip()])
    return parse_tag(text)


@cache
def _by_name() -> Mapping[str, str]:
    """Tags by the names of their languages, case-folded."""
    names = {name.casefold(): code for code, name in _known("languages").items()}
    for tag in languages_with_facts():
        names |= {name.casefold(): tag for name in (english_name(tag), own_name(tag))}
    return names


def _current(given: _Subtags) -> _Subtags:
    """The subtags with current codes for old ones, by CLDR's aliases."""
    alias = _Subtags.split(get_global("language_aliases").get(given.language, given.language))
    language = _OWN_ALIASES.get(alias.language, alias.language)
    regions = get_global("territory_aliases").get(given.region, [given.region])
    # A country that was split: the part where the language is at home, else the first.
    likely = _maximal(_Subtags(language, given.script)).region
    region = likely if likely in regions else regions[0]
    return _Subtags(language, given.script, region).or_else(alias)


def _maximal(subtags: _Subtags) -> _Subtags:
    """The subtags with the likely ones filled in, by CLDR's likely subtags (UTS #35, "Add Likely Subtags")."""
    language, script, region = subtags
    for known in ((language, script, region), (language, "", region), (language, script, ""), (language, "", "")):
        key = "_".join(filter(None, known))
        likely = _OWN_LIKELY.get(key) or get_global("likely_subtags").get(key)
        if likely:
            return subtags.or_else(_Subtags(*likely.split("_")))
    return subtags.or_else(_Subtags("und", "Latn"))


def _minimal(subtags: _Subtags) -> str:
    """The shortest tag with the same likely subtags, script before region (UTS #35, "Remove Likely Subtags")."""
    language, script, region = full = _maximal(subtags)
    if language == "zh":
        return f"zh-{script}"
    shorter = (_Subtags(language), _Subtags(language, script), _Subtags(language, "", region))
    return str(next((candidate for candidate in shorter if _maximal(candidate) == full), full))


@cache
def _known(kind: Literal["languages", "scripts", "regions", "variants"]) -> Mapping[str, str]:
    """Codes with their English names, as CLDR lists them."""
    english = Locale("en")
    names, none = {
        "languages": (english.languages, _NO_LANGUAGES),
        "scripts": (english.scripts, _NO_SCRIPTS),
        "regions": (english.territories, _NO_REGIONS),
        "variants": (english.variants, frozenset[str]()),
    }[kind]
    return {code: name for code, name in names.items() if "_" not in code and code not in none}


def _suggestion(text: str) -> str:
    """What was probably meant: the language of a country whose code this is (`jp`), else near names and codes."""
    tags = _spoken_in(text.strip().upper()) or _near(text.strip().lower())
    if not tags:
        return ""
    names = _known("languages")
    return "; did you mean " + " or ".join(f"{tag} ({names.get(tag) or english_name(tag)})" for tag in tags) + "?"


def _spoken_in(region: str) -> list[str]:
    if region not in _known("regions"):
        return []
    likely = get_global("likely_subtags").get(f"und_{region}", f"en_Latn_{region}")
    return [_minimal(_Subtags.split(likely))]


def _near(text: str) -> list[str]:
    known = _known("languages")
    names = {name.lower(): code for code, name in known.items()}
    near = difflib.get_close_matches(text, [*names, *known], n=3, cutoff=0.7)
    return list(dict.fromkeys(names.get(match, match) for match in near))


@cache
def script_of(tag: str) -> str:
    """The ISO 15924 script of a tag, for example `Arab` for `ar` and `Hans` for `zh-Hans`."""
    return _maximal(_Subtags.split(tag)).script


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


def locale_of(tag: str) -> Locale | None:
    """What CLDR knows of a language; None where it knows nothing."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _name(tag: str, reader: str) -> str:
    override = facts(tag, "names").get(reader or "own")
    if override:
        return str(override)
    locale = locale_of(tag)
    if locale is None:
        return tag
    try:
        return locale.get_display_name(reader or str(locale)) or tag
    except (UnknownLocaleError, ValueError):  # CLDR knows the language, but writes nothing in the reader's
        return locale.english_name or tag


@cache
def fallbacks(tag: str) -> tuple[str, ...]:
    """The tag and its ever shorter parents in the same script: `pt-BR`, `pt`, but `he-Latn` alone."""
    parts = tag.split("-")
    parents = ("-".join(parts[:size]) for size in range(len(parts), 0, -1))
    return tuple(parent for parent in parents if script_of(parent) == script_of(tag))


@lru_cache(maxsize=1024)
def general_tag(tag: str) -> str:
    """The tag without a region that nothing in `config/languages/` distinguishes: `en-GB` → `en`, `pt-BR` stays.

    The script stays what it was: `sr-ME` → `sr-Latn`.
    """
    without_region = _minimal(_Subtags(_Subtags.split(tag).language, script_of(tag)))
    return next((parent for parent in fallbacks(tag) if _has_facts(parent)), without_region)


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


@cache
def language_data(folder: str, tag: str) -> Mapping[str, Any]:
    """A language's file in `config/<folder>/`, empty where there is none; a variety inherits the keys that it lacks.

    Tables are merged key by key.
    """
    merged: dict[str, Any] = {}
    folder_path = resource("config", folder)
    for parent in reversed(fallbacks(tag)):
        if (folder_path / f"{parent}.toml").is_file():
            for key, value in packaged_toml("config", folder, f"{parent}.toml").items():
                merged[key] = {**merged.get(key, {}), **value} if isinstance(value, Mapping) else value
    return merged


def columns(text: str) -> int:
    """The width of a text in columns: East-Asian wide characters count 2, combining and format characters 0.

    Source: Unicode Standard Annex 11, East Asian Width.
    """
    if text.isascii():
        return len(text)
    others = _ASCII.sub("", text)
    return len(text) - len(others) + sum(map(_width, others))


@cache
def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
