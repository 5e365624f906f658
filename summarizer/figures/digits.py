"""Numbers written in digits: Unicode digits of all scripts, and the separators of one language."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from summarizer.figures.lexicon import Lexicon

_SPACES = " \u00a0\u202f\u2009"
_APOSTROPHES = "'’"
_ALWAYS_DECIMAL, _ALWAYS_THOUSANDS = "٫", "٬"


class Digits(NamedTuple):
    """A run of digits with its marks, by offsets within the token.

    `foreign` is what a decimal such as `1,200` in German is by the marks of other languages.
    """

    start: int
    end: int
    value: Decimal
    foreign: tuple[Decimal, ...] = ()
    grouped: bool = False


class _Western(dict[int, str]):
    """Every decimal digit of Unicode as an ASCII one, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        self[code] = character if digit is None else str(digit)
        return self[code]


# Characters without a shape: joiners, soft hyphens and marks of direction.
_SHAPELESS = "\u200b\u200c\u200d\u00ad\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
_WESTERN = _Western({ord("İ"): "i", **dict.fromkeys(map(ord, _SHAPELESS), " ")})


def plain(text: str) -> str:
    """The text in lower case with ASCII digits, every character in its place."""
    if text.isascii():
        return text.lower()
    western = text.translate(_WESTERN)
    lower = western.lower()
    if len(lower) == len(text):
        return lower
    return "".join(form if len(form := character.lower()) == 1 else character for character in western)


def ideographs_as_digits(text: str) -> str:
    """The text with Chinese digits that stand for themselves as ASCII ones: `二〇一八年`, but not `二百`."""
    return _IDEOGRAPHS.sub(lambda match: match[0].translate(_IDEOGRAPHIC), text)


_IDEOGRAPHIC = str.maketrans("〇零一二三四五六七八九", "00123456789")
_IDEOGRAPHS = re.compile("(?<![十百千万萬亿億])[一二三四五六七八九][〇零一二三四五六七八九]{2,}(?![十百千万萬亿億])")


def grouped_by_spaces(text: str, lexicon: Lexicon) -> str:
    """The text with the spaces inside numbers made apostrophes: `10 000` is one number.

    An ordinary space counts only where the language writes one.
    """
    if not _PARTED.search(text):
        return text
    pattern = _GROUPS if " " in lexicon.thousands else _NARROW_GROUPS
    return pattern.sub(lambda match: re.sub(f"[{_SPACES}]", "'", match[0]), text)


_PARTED = re.compile(rf"\d[{_SPACES}]\d")  # quick to look for
_GROUPS = re.compile(rf"(?<![\d.,'’])(?<!\d[{_SPACES}])(?!0)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?![\d'’])")
_NARROW_GROUPS = re.compile(rf"(?<![\d.,'’])(?<!\d[{_SPACES}])(?!0)\d{{1,3}}(?:[{_SPACES[1:]}]\d{{3}})+(?![\d'’])")


def numbers_in(run: str, lexicon: Lexicon) -> tuple[Digits, ...]:
    """The numbers in a run of digits and marks such as `1,234.5`; of one that is no number, those between its marks."""
    return _numbers_in(run, lexicon.decimal, lexicon.thousands, lexicon.indian)


@lru_cache(maxsize=4096)
def _numbers_in(run: str, decimal: str, thousands: str, indian: bool) -> tuple[Digits, ...]:
    if run.isdecimal():
        return (Digits(0, len(run), Decimal(run)),)
    if run[0] == "0" and run[1] in decimal and run[2:].isdecimal():  # where a full stop is a mark of thousands too
        return (Digits(0, len(run), Decimal(f"0.{run[2:]}")),)
    own = _reading(run, decimal, thousands, indian)
    other = _reading(run, thousands or ",", decimal, indian)
    if own is not None:
        places = -int(own.as_tuple().exponent)
        foreign = (other,) if places and other is not None else ()
        return (Digits(0, len(run), own, foreign, grouped=not places),)
    if other is not None:
        return (Digits(0, len(run), other),)
    if decimal == "," and (seconds := _SECONDS.fullmatch(run)):
        exact = Decimal(seconds[2].replace(",", "."))
        return Digits(0, seconds.end(1), Decimal(seconds[1])), Digits(seconds.start(2), len(run), exact)
    return tuple(Digits(part.start(), part.end(), Decimal(part[0])) for part in re.finditer(r"\d+", run))


_SECONDS = re.compile(r"(\d{1,2})\.([0-5]\d,\d{1,2})")  # minutes and seconds: `12.35,4`


def _reading(run: str, decimal: str, thousands: str, indian: bool) -> Decimal | None:
    """The value of the whole run with these marks, None where it breaks their rules."""
    first = r"\d{1,3}"
    mark = f"[{re.escape(thousands)}{_APOSTROPHES}{_ALWAYS_THOUSANDS}]"
    groups = rf"(?:{mark}\d{{2}})*{mark}\d{{3}}" if indian else rf"(?:{mark}\d{{3}})+"
    either = rf"{first}(?:{groups}|(?:{mark}\d{{3}})+)|\d+"
    match = re.fullmatch(rf"(?P<whole>{either})(?:[{re.escape(decimal)}{_ALWAYS_DECIMAL}](?P<rest>\d+))?", run)
    if match is None or (run[0] == "0" and match["rest"] is None):
        return None
    return Decimal(re.sub(r"\D", "", match["whole"]) + (f".{match['rest']}" if match["rest"] else ""))
