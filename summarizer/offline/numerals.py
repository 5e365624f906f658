"""Figures in running text: found by the writing rules of one language, written by those of another.

`[numbers]` in `config/languages/<tag>.toml` holds:

- `thousands`, `decimals`: the separators that are written; `thousands_read`: further ones that occur;
- `grouping_from`: the fewest digits that are grouped (4 by default; 5 where 3000 has no separator);
- `percent`: the sign with the space before it, if there is one;
- `quotes`, `quotes_inner`: opening and closing mark, with their spaces;
- `scale`: `long` or `short`, what a billion is; `scales`: power of ten, one, many;
- `singular_below`: 2 where 1.9 takes the singular;
- `scale_words`: other words and abbreviations for powers of ten;
- `scale_letters`: those that only a currency sign makes clear;
- `currencies`: signs that stand before the figure, and the word that stands after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from summarizer.languages import facts

_SPACES = "\u00a0\u202f\u2009"
_BARE_SCALE_FROM = 9  # millions are the same everywhere


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by its offsets in the text.

    `plain` digits, `grouped` and `decimal` numbers are known by value; a `verbatim` one (a date, a score, a clock time)
    is kept as it is. `number` is its text without sign and scale word; `exponent` the power of ten of the scale word,
    `currency` the word for the sign.
    """

    start: int
    end: int
    text: str
    kind: Literal["plain", "grouped", "decimal", "verbatim"]
    number: str
    value: Decimal | None = None
    exponent: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to find figures in one language."""

    pattern: re.Pattern[str]
    bare_scale: re.Pattern[str] | None
    decimals: str
    exponents: Mapping[str, int]
    currencies: Mapping[str, str]


def figures_in(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of a text, in order, with their scale words and currency signs where those must be rewritten."""
    reader = _reader(language)
    return tuple(_figure(match, reader) for match in reader.pattern.finditer(text))


def bare_scales(text: str, figures: Iterable[Figure], language: str) -> tuple[str, ...]:
    """Words for a thousand million and more that have no digits before them, such as `billones` in `dos billones`."""
    pattern = _reader(language).bare_scale
    taken = [(figure.start, figure.end) for figure in figures]
    found = pattern.finditer(text) if pattern else ()
    return tuple(match[0] for match in found if not any(start <= match.start() < end for start, end in taken))


def same_scale(source: str, target: str) -> bool:
    """Whether a billion is the same number in both languages; False where that is not known."""
    return bool(facts(source, "numbers").get("scale") == facts(target, "numbers").get("scale", "unknown"))


def written(figure: Figure, source: str, target: str) -> str | None:
    """The figure in the target's form, None where it cannot be written without a doubt about its value."""
    if figure.kind in {"verbatim", "plain"} and not figure.exponent:
        return figure.number
    forms = facts(target, "numbers")
    if not forms or figure.value is None or _ambiguous(figure, source, forms):
        return None
    if not figure.exponent:
        return _number(figure.value, forms, places=_places(figure.value))
    return _scaled(figure.value * 10**figure.exponent, forms)


def million(language: str) -> str:
    """The word for several millions, which stands in for every scale word."""
    return next((str(many) for power, _, many in facts(language, "numbers").get("scales", ()) if power == 6), "")


def percent(text: str, language: str) -> str:
    """The text with percent signs as the language spaces them."""
    sign = facts(language, "numbers").get("percent")
    return re.sub(rf"(?<=\d)[ {_SPACES}]?%", str(sign), text) if sign else text


def _ambiguous(figure: Figure, source: str, forms: Mapping[str, Any]) -> bool:
    """`1,200` where the comma is decimal: people write it for 1200 too, and the target would have to decide."""
    if figure.kind != "decimal" or figure.exponent or figure.value is None:
        return False
    same_mark = facts(source, "numbers")["decimals"] == forms["decimals"]
    return not same_mark and _places(figure.value) == 3 and figure.value >= 1


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _number(value: Decimal, forms: Mapping[str, Any], *, places: int) -> str:
    whole, _, fraction = f"{value:.{places}f}".partition(".")
    if len(whole) >= forms.get("grouping_from", 4):
        whole = f"{int(whole):,}".replace(",", str(forms["thousands"]))
    return whole + (str(forms["decimals"]) + fraction if fraction else "")


def _scaled(value: Decimal, forms: Mapping[str, Any]) -> str:
    """A large amount with the largest scale word of the target that leaves at least one of it."""
    fitting = [scale for scale in forms["scales"] if value >= 10 ** scale[0]]
    if not fitting:
        return _number(value, forms, places=0) if value == value.to_integral_value() else ""
    power, one, many = max(fitting)
    count = (value / 10**power).normalize()
    word = one if count == 1 or count < forms.get("singular_below", 1) else many
    return f"{_number(count, forms, places=max(0, _places(count)))} {word}"


@cache
def _reader(language: str) -> _Reader:
    forms = facts(language, "numbers")
    decimals = str(forms.get("decimals", "."))
    exponents = {str(word).casefold(): int(power) for word, power in forms.get("scale_words", {}).items()}
    exponents |= {
        str(form): int(power) for power, *both in forms.get("scales", ()) if power >= _BARE_SCALE_FROM for form in both
    }
    letters = {str(word).casefold(): int(power) for word, power in forms.get("scale_letters", {}).items()}
    currencies = {str(sign): str(word) for sign, word in forms.get("currencies", {}).items()}
    scale_words = _alternatives(exponents)
    return _Reader(
        pattern=re.compile(
            _pattern(forms, decimals, scale_words, _alternatives(letters), _alternatives(currencies)), re.IGNORECASE
        ),
        bare_scale=re.compile(rf"(?<!\w)(?:{scale_words})(?!\w)", re.IGNORECASE) if exponents else None,
        decimals=decimals,
        exponents=exponents | letters,
        currencies=currencies,
    )


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; it never matches where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _pattern(forms: Mapping[str, Any], decimals: str, words: str, letters: str, signs: str) -> str:
    group = re.escape(str(forms.get("thousands", "")) + str(forms.get("thousands_read", ""))) + _SPACES
    mark = re.escape(decimals)
    end = r"(?!\w|\.[ºª]|[.,:/\-–]\d|-[^\W\d_])"
    grouped = rf"(?P<grouped>\d{{1,3}}(?:(?P<g>[{group}])\d{{3}})(?:(?P=g)\d{{3}})*(?:{mark}\d+)?)"
    number = rf"(?:{grouped}|(?P<decimal>\d+{mark}\d+)|(?P<plain>\d+))"
    scaled = rf"(?:[ {_SPACES}-]?(?P<word>{words})|(?(sign)[ {_SPACES}]?)(?P<letter>{letters}))(?!\w)"
    known = rf"(?:(?P<sign>{signs})[ {_SPACES}]?)?{number}(?:{scaled}|{end})"
    scaled_range = rf"(?:[ {_SPACES}-]?(?P<range_word>{words})(?!\w)|(?!\w|\.[ºª]))"
    return rf"(?<![\w.,:/\-–]){known}|(?<!\w)(?<![^\W\d_]-)(?P<verbatim>\d++(?:[.,:/\-–]\d++)*+){scaled_range}"


def _figure(match: re.Match[str], reader: _Reader) -> Figure:
    scale = match["word"] or match["letter"] or match["range_word"] or ""
    exponent = reader.exponents[scale.strip().casefold()] if scale else 0
    currency = reader.currencies.get((match["sign"] or "").upper(), "")
    start, end = match.span()
    if match["verbatim"]:
        return Figure(start, end, match[0], "verbatim", match["verbatim"], None, exponent)
    kind: Literal["plain", "grouped", "decimal"] = (
        "grouped" if match["grouped"] else "decimal" if match["decimal"] else "plain"
    )
    number = match["grouped"] or match["decimal"] or match["plain"]
    whole, _, fraction = number.partition(reader.decimals)
    value: Decimal | None = Decimal(re.sub(r"\D", "", whole) + ("." + fraction if fraction else ""))
    if match["letter"] and not currency:
        value = None  # 100m: metres or millions
    return Figure(start, end, match[0], kind, number, value, exponent, currency)
