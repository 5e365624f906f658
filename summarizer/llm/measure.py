"""How many tokens a text is for a tokenizer that nobody knows: its bytes by script, corrected by what endpoints count.

A token is about four bytes of UTF-8: o200k_base has 0.83 (English) to 1.29 tokens for four bytes of news in Latin
letters and in Chinese, and 0.51 (Hindi, Tamil) to 1.09 in other scripts (NTREX-128, 34 languages). Unlike a count by
one vendor's vocabulary, that is a fair first guess for every model, and it loads nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

LATIN = "LATIN"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
BYTES_PER_TOKEN = 4
# What a tokenizer may need at most for four bytes before it was ever observed: the one of SmolLM2 needs 1.3 times as
# many tokens in Spanish, and up to 3.3 times (Korean) in other scripts.
_MOST_LATIN, _MOST_OTHER = 1.5, 3.0
# And once it was: within a script languages differ, in o200k_base by so much from English.
_MARGIN = 1.5
# No tokenizer needs fewer: two thirds of what o200k_base, the most frugal one known, needs for its best languages.
_LEAST_LATIN, _LEAST_OTHER = 0.55, 0.33
# Of what was learnt, a count that is lower still is no tokenizer's any more.
_FAR_BELOW = 0.7
# Shorter prompts say little: the words that templates put around them weigh too much.
_ENOUGH_BYTES = 2000
# From a share in another script on a prompt teaches something about that; up to a share, about Latin letters.
_SHARE, _TRACE = 0.2, 0.02
# A new observation counts as much as all before; smaller changes than this are not worth remembering.
_WEIGHT, _STEP = 0.5, 0.02


class Weight(NamedTuple):
    """The bytes of a text: in Latin letters, digits and marks, and in its main other script, which is named."""

    latin: int
    other: int
    script: str


def weigh(text: str) -> Weight:
    """The bytes of a text by script; whatever is not in the main script beside Latin counts as that."""
    sizes = Counter({LATIN: len(text.encode("ascii", errors="ignore"))})
    for character, count in Counter(_NOT_ASCII.findall(text)).items():
        sizes[_script(character)] += count * len(character.encode(errors="replace"))
    latin = sizes.pop(LATIN, 0)
    main = sizes.most_common(1)
    return Weight(latin, sizes.total(), main[0][0] if main else LATIN)


def _script(character: str) -> str:
    """The first word of the character's name, such as `ARABIC` or `CJK`; marks count as Latin."""
    if unicodedata.category(character)[0] not in "LM":
        return LATIN
    return unicodedata.name(character, LATIN).partition(" ")[0]


def expected_tokens(weight: Weight, ratios: Mapping[str, float]) -> float:
    """The tokens of a text to be expected; `ratios` are tokens for four bytes by script, as far as they were learnt."""
    latin, other = ratios.get(LATIN, 1.0), ratios.get(weight.script, 1.0)
    return (latin * weight.latin + other * weight.other) / BYTES_PER_TOKEN


def most_tokens(weight: Weight, ratios: Mapping[str, float]) -> int:
    """The tokens of a text at most, for a budget that must hold."""
    latin = ratios[LATIN] * _MARGIN if LATIN in ratios else _MOST_LATIN
    other = ratios[weight.script] * _MARGIN if weight.script in ratios else _MOST_OTHER
    return int((latin * weight.latin + other * weight.other) / BYTES_PER_TOKEN) + 1


def is_cut(weight: Weight, ratios: Mapping[str, float], counted: int) -> bool:
    """Whether an endpoint counted so few tokens that it cannot have read the whole text."""
    if not counted or weight.latin + weight.other < _ENOUGH_BYTES:
        return False
    least = (_LEAST_LATIN * weight.latin + _LEAST_OTHER * weight.other) / BYTES_PER_TOKEN
    known = LATIN in ratios and (weight.script in ratios or _share(weight) <= _SHARE)
    return counted < (max(least, _FAR_BELOW * expected_tokens(weight, ratios)) if known else least)


def corrected(ratios: Mapping[str, float], weight: Weight, counted: int) -> dict[str, float]:
    """The ratios after an endpoint counted the tokens of a text; the same where that teaches nothing new."""
    if not counted or weight.latin + weight.other < _ENOUGH_BYTES:
        return dict(ratios)
    tokens = counted * BYTES_PER_TOKEN
    if _share(weight) <= _TRACE:
        return _with(ratios, LATIN, tokens / (weight.latin + weight.other), _LEAST_LATIN)
    if _share(weight) <= _SHARE:
        return dict(ratios)
    rest = (tokens - ratios.get(LATIN, 1.0) * weight.latin) / weight.other
    return _with(ratios, weight.script, rest, _LEAST_OTHER)


def _share(weight: Weight) -> float:
    """The share of the text that is in another script."""
    return weight.other / (weight.latin + weight.other)


def _with(ratios: Mapping[str, float], script: str, seen: float, least: float) -> dict[str, float]:
    before = ratios.get(script)
    ratio = max(seen if before is None else before + _WEIGHT * (seen - before), least)
    unchanged = before is not None and abs(ratio - before) < _STEP * before
    return dict(ratios) if unchanged else {**ratios, script: round(ratio, 3)}
