"""The words beside a figure that say how exact it is."""

from __future__ import annotations

import re
from typing import NamedTuple, cast

from summarizer.figures.items import Item, items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.surroundings import Surroundings
from summarizer.figures.values import Approximator

_BEFORE, _BEHIND = 4, 5
_ENDS = frozenset(',.;:!?()[]«»"“”„—–、。，；：？！،؛؟।')
_DIRECT = frozenset({"range", "direct"})
_NUMERIC = frozenset({"number", "scale"})
_SIGNS: dict[str, Approximator] = {
    ">": "more_than",
    "<": "less_than",
    "≥": "at_least",
    "≤": "at_most",
    "~": "about",
    "≈": "about",
}


class Hedge(NamedTuple):
    """The type of an approximator and the words that it was read from."""

    type: Approximator | None = None
    words: str = ""


def hedge_of(around: Surroundings) -> Hedge:
    """The approximator of a numeral: the nearest one before it, else behind it, within the same clause."""
    beside = True  # `до` and `إلى` are *up to* only right before the number, *to* elsewhere; verbs have other objects
    for distance in range(1, _BEFORE + 1):
        item = around.before(distance)
        if item is None or item.digits is not None or item.text in _ENDS:
            break
        if (
            "hedge" in item.roles
            and not _is_in_compound(around, distance)
            and (beside or not item.roles.keys() & _DIRECT)
            and not ("range" in item.roles and _ends_range(around, distance))
        ):
            return _found(around, item.start, item.end, item.roles["hedge"])
        if item.text in _SIGNS and distance == 1:
            return Hedge(_SIGNS[item.text], item.text)
        if "number" in item.roles and "hedge_after" not in item.roles and not _is_article(around, distance):
            break
        beside = beside and not item.text[0].isalpha()
    return _hedge_behind(around)


def _hedge_behind(around: Surroundings) -> Hedge:
    last = around.items[around.numeral.last]
    if "hedge_after" in last.roles:  # `34만여`: the scale and *more than* are one word
        return _found(around, last.start, last.end, last.roles["hedge_after"])
    for distance in range(1, _BEHIND + 1):
        item = around.after(distance)
        if item is None or item.digits is not None or item.text in _ENDS or _is_of_the_next(around, distance, item):
            break
        if distance == 1 and (kind := around.lexicon.attached_hedge(item.text)):
            return _found(around, item.start, item.end, kind)
        if "hedge_after" in item.roles:
            return _found(around, item.start, item.end, item.roles["hedge_after"])
        if item.text == "+" and item.glued and distance == 1:
            return Hedge("at_least", "+")
    return Hedge()


def bounded_by_verb(hedge: str, language: str, behind: str, other: str) -> bool:
    """Whether a hedge is a verb (*topped*), and one like it ends the clause behind a figure where verbs stand last."""
    one, two = lexicon(language), lexicon(other)
    if not two.verb_last or "direct" not in one.phrase((hedge.casefold(),))[1]:
        return False
    clause = re.split(r"[.。!?;；]", behind)[0]
    return any(item.roles.get("hedge_after") == "more_than" for item in items_of(clause, two))


def is_emphasis(hedge: str, language: str) -> bool:
    """Whether words that may say *up to* only tell that a figure is large: `达到452亿` is 45.2 billion."""
    words = lexicon(language)
    return "emphasis" in words.phrase(tuple(match[0] for match in words.tokens.finditer(hedge)))[1]


def _is_in_compound(around: Surroundings, distance: int) -> bool:
    """Whether a hyphen stands on a side of a word before a number: `under-21s`, `a five-under 67`."""
    following = around.before(distance - 1) if distance > 1 else None
    beside = following, around.before(distance + 1)
    return any(item is not None and item.text in "-‑" and item.glued for item in beside)


def _ends_range(around: Surroundings, distance: int) -> bool:
    """Whether another number stands right before a word for *to*, a unit between at most: `từ 19 đến 56`."""
    before = [around.before(distance + step) for step in (1, 2)]
    return any(item is not None and item.digits is not None for item in before)


def _is_article(around: Surroundings, distance: int) -> bool:
    """Whether a word for one stands right before a fraction or a half of something: `o jumătate de milion`."""
    return distance == 1 and not around.numeral.written and around.role_before("number") == 1


def _is_of_the_next(around: Surroundings, distance: int, item: Item) -> bool:
    """Whether an approximator behind a number belongs to another behind it: `Category 1 after killing at least 14`."""
    following = around.after(distance + 1) if "hedge" in item.roles else None
    return following is not None and (following.digits is not None or not following.roles.keys().isdisjoint(_NUMERIC))


def _found(around: Surroundings, start: int, end: int, kind: str) -> Hedge:
    return Hedge(cast(Approximator, kind), around.original[start:end])
