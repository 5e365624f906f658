"""How languages without a file in `config/figures` write figures, as far as CLDR knows it: all but number words.

The tables are those of such a file. CLDR has a few forms of each word; a beginning that is long enough, and that no
other thing of its table shares, stands for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import regex
from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies
from babel.units import format_unit

from summarizer.languages import locale_of, script_of

# Numbers whose plural forms differ in some language, by the plural rules of CLDR.
COUNTS = (1, 2, 3, 5, 11, 100)
_HALF = 0.5
_UNITS = {
    "mm": "length-millimeter",
    "cm": "length-centimeter",
    "m": "length-meter",
    "km": "length-kilometer",
    "inch": "length-inch",
    "foot": "length-foot",
    "yard": "length-yard",
    "mile": "length-mile",
    "m2": "area-square-meter",
    "km2": "area-square-kilometer",
    "hectare": "area-hectare",
    "acre": "area-acre",
    "gram": "mass-gram",
    "kg": "mass-kilogram",
    "tonne": "mass-tonne",
    "pound": "mass-pound",
    "litre": "volume-liter",
    "gallon": "volume-gallon",
    "kmh": "speed-kilometer-per-hour",
    "mph": "speed-mile-per-hour",
    "celsius": "temperature-celsius",
    "fahrenheit": "temperature-fahrenheit",
    "degree": "temperature-generic",
}
_CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CNY", "INR", "RUB", "ILS", "KRW", "CHF", "TRY", "UAH", "BRL")
# Whose names have the word for a dollar and for a pound in common.
_NAMESAKES = {"USD": ("CAD", "AUD"), "GBP": ("EGP", "LBP")}
_SPACELESS = frozenset({"Khmr", "Laoo", "Mymr", "Tibt", "Thai", "Jpan", "Hans", "Hant", "Hani"})
_INDIAN = (3, 2)
_ENDING, _STEM = 2, 4  # letters that may be others, and letters at least before them
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_NUMBER = re.compile(r"[\d.,٫٬'’\s\u00a0\u202f]*\d[.,]?|[\d#]")


def figure_words(language: str) -> Mapping[str, Any]:
    """The tables for a language, a BCP 47 tag; separators of English alone for one that CLDR does not know."""
    order = {"verb_last": True, "whole_first": True, "year_place": "any"}
    locale = locale_of(language)
    if locale is None:
        return {**order, "decimal": ".", "thousands": ","}
    units = {unit: _unit_forms(name, locale) for unit, name in _UNITS.items()}
    symbols = locale.number_symbols.get("latn") or next(iter(locale.number_symbols.values()))
    return {
        **order,
        "decimal": symbols["decimal"],
        "thousands": _thousands(symbols["decimal"], symbols["group"]),
        "grouping": "indian" if locale.decimal_formats[None].grouping == _INDIAN else "",
        "spaces": script_of(language) not in _SPACELESS,
        "months": _listed(_months(locale)),
        "scales": _listed(_without_units(_scales(locale), units)),
        "currencies": _listed(_currencies(locale, language)),
        "units": _listed(units, stems=False),
        "words": _words(locale),
    }


def _thousands(decimal: str, group: str) -> str:
    """The marks between thousands: a space, what CLDR has, and the dot of those whose decimals have a comma."""
    return "".join({" ", " " if group.isspace() else group, "." if decimal == "," else " "})


def _listed(forms: Mapping[Any, Iterable[str]], *, stems: bool = True) -> dict[Any, str]:
    """The forms of each thing as a file lists them, with the beginnings that no other thing's words have."""
    folded = {
        thing: {form.casefold().replace(",", "") for form in words if _WORD.search(form)}
        for thing, words in forms.items()
    }
    owners: dict[str, set[Any]] = {}
    for thing, words in folded.items():
        for word in words:
            owners.setdefault(word[: max(_STEM, len(word) - _ENDING)], set()).add(thing)
    begins = {thing: set[str]() for thing in folded}
    for stem, things in owners.items():
        shared = any(word.startswith(stem) for thing, words in folded.items() if thing not in things for word in words)
        if stems and len(things) == 1 and not shared and _WORD.fullmatch(stem) and len(stem) >= _STEM:
            begins[next(iter(things))].add(f"{stem}*")
    return {thing: ", ".join(sorted(words | begins[thing])) for thing, words in folded.items() if words}


def _months(locale: Locale) -> dict[int, set[str]]:
    """The names of the months, whole and short; numbers are none."""
    found: dict[int, set[str]] = {month: set() for month in range(1, 13)}
    for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
        for month, name in locale.months[context][width].items():
            found[month] |= set() if any(map(str.isdigit, name)) else {name.rstrip(".")}
    return found


def _scales(locale: Locale) -> dict[int, set[str]]:
    """The words for powers of ten, as in `0 million`."""
    found: dict[int, set[str]] = {}
    for width in ("long", "short"):
        for patterns in locale.compact_decimal_formats[width].values():
            for power, pattern in patterns.items():
                text = str(pattern.pattern)
                exponent = len(power) - text.count("0")
                words = text.replace("0", "").replace("'", "").strip()
                if exponent > 1 and len(words) > 1:
                    found.setdefault(exponent, set()).update({words, words.split()[-1]})
    return found


def _without_units(scales: Mapping[int, set[str]], units: Mapping[str, set[str]]) -> dict[int, set[str]]:
    """The words for powers of ten that are no units as well: `м.` is a thousand and a metre in Kazakh."""
    taken = set().union(*units.values())
    return {exponent: {word for word in words if word.rstrip(".") not in taken} for exponent, words in scales.items()}


def _currencies(locale: Locale, language: str) -> dict[str, set[str]]:
    """The names of much-used currencies and of the language's own, also without their country."""
    found = {}
    for code in (*_CURRENCIES, *_own_currencies(locale, language)):
        symbol = get_currency_symbol(code, locale)
        found[code] = {*_names(code, locale), *([symbol] if symbol != code else ())}
        if code in _NAMESAKES:
            words = [set(_WORD.findall(" ".join(_names(each, locale)))) for each in (code, *_NAMESAKES[code])]
            found[code] |= set.intersection(*words)
    return found


def _own_currencies(locale: Locale, language: str) -> list[str]:
    likely: str = get_global("likely_subtags").get(language.partition("-")[0], "")
    territory = locale.territory or likely.rpartition("_")[2]
    return get_territory_currencies(territory) if territory in get_global("territory_currencies") else []


def _names(code: str, locale: Locale) -> set[str]:
    return {get_currency_name(code, count, locale) for count in (0, *COUNTS)} - {code}


def _unit_forms(unit: str, locale: Locale) -> set[str]:
    return {text for width in ("long", "short") for text in _without_number(unit, width, locale)}


def _without_number(unit: str, width: Any, locale: Locale) -> Iterator[str]:
    for count in (*COUNTS, _HALF):
        yield _NUMBER.sub("", format_unit(count, unit, length=width, locale=locale)).strip()


def _words(locale: Locale) -> dict[str, str]:
    """Words and marks by their roles."""
    words = {
        "percent": _unit_forms("concentr-percent", locale),
        "century": _unit_forms("duration-century", locale),
        "ordinal_after": {"."} if "d." in locale.date_formats["long"].pattern else set(),
    }
    return {role: ", ".join(sorted(forms)) for role, forms in words.items() if forms}
