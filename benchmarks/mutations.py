"""Ways to spoil a text so that it says something else, each made without the code that should notice.

A mutator gets a `Sample` and a random generator and gives the spoilt text, or None where it does not apply. Words are
in `mutations.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeAlias

import regex

from summarizer.languages import fallbacks, script_of

_DATA = Path(__file__).with_name("mutations.toml")
_UNSPACED = frozenset({"Jpan", "Hans", "Hant", "Thai"})
_JOINED = _UNSPACED | {"Kore"}  # endings follow the words of Korean, spaces part them
_FIGURE = regex.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:[.,٫٬'’:]\d+)*")
_CHAIN = regex.compile(r"\d+(?:[-‐‑–:/ ]\d+)+")
_SCORE = 2  # figures
_LOST = regex.compile(r"\b(?:lost|los(?:e|es|ing|s)|defeats?|down|behind|beaten|trail(?:s|ed|ing)?|deficit)\b")
_SIGNED = regex.compile(r"(?<![\w.,)])[-−–](?=[$£€]?\d)")
_PERCENT_SIGN = regex.compile(r"\s?[%٪％]|[%٪](?=\d)")
# What the English line must have for a word to be worth taking out of the translation.
_NEGATION = regex.compile(r"\b(?:not|never|no|cannot)\b|n['’]t\b")
_APPROXIMATOR = regex.compile(
    r"\b(?:at least|about|around|nearly|almost|more than|over|up to|less than|fewer than|roughly|approximately|some)"
    r"\s(?:[$£€]?\d|two|three|four|five|six|seven|eight|nine|ten|a dozen|half)"
)
_SOURCE_NAMED = regex.compile(r"\b[Aa]ccording to\b")
_DYING = regex.compile(r"\b(?:kill(?:ed|s|ing)?|die[ds]?|dead|deaths?)\b")
_MURDER = regex.compile(r"\b(?:murder|execut|assassinat|massacr|slaughter|slain|slay)", regex.IGNORECASE)
_MANY = regex.compile(r"\b(?:million|billion|trillion)|\d\s?(?:m|bn|tn)\b")
_STOP = regex.compile(r"[\s.!?。！？।۔”\"»]*$")


class Sample(NamedTuple):
    """A text to spoil: `source` is what it is checked against, `english` the same line in English.

    `names` are renderings of surnames that the line has, `others` those of people elsewhere.
    """

    tag: str
    source: str
    english: str
    text: str
    names: Sequence[str] = ()
    others: Sequence[str] = ()


Mutator: TypeAlias = Callable[[Sample, Random], str | None]


def digits(figure: str) -> str:
    """The digits of a figure as ASCII, without separators."""
    return "".join(str(int(character)) for character in figure if character.isdecimal())


def figures(text: str) -> list[regex.Match[str]]:
    """The figures of a text in digits of any script."""
    return list(_FIGURE.finditer(text))


def keys(text: str) -> frozenset[str]:
    """The digit strings of a text's figures."""
    return frozenset(digits(match[0]) for match in figures(text))


def words(tag: str) -> Mapping[str, Any]:
    """The words of a language; a variety has those of its parent that it does not set."""
    merged: dict[str, Any] = {}
    for parent in reversed(fallbacks(tag)):
        merged |= _tables().get(parent, {})
    return merged


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@cache
def _word(expression: str, tag: str) -> regex.Pattern[str]:
    """A pattern for whole words, or for parts of what is written together."""
    if script_of(tag) in _JOINED:
        return regex.compile(expression)
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{expression})(?![\p{{L}}\p{{M}}])", regex.IGNORECASE)


def _put(text: str, match: regex.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _cut(text: str, match: regex.Match[str]) -> str:
    return _tidy(_put(text, match, ""))


def _tidy(text: str) -> str:
    return " ".join(filter(None, text.split(" ")))


def _with_digit(figure: str, index: int, digit: int) -> str:
    """The figure with another digit, of the same script, at one place."""
    old = figure[index]
    return figure[:index] + chr(ord(old) - int(old) + digit) + figure[index + 1 :]


def _changed(figure: str, rng: Random) -> str:
    places = [index for index, character in enumerate(figure) if character.isdecimal()]
    index = rng.choice(places)
    lowest = 1 if index == places[0] and len(places) > 1 else 0
    return _with_digit(figure, index, rng.choice([new for new in range(lowest, 10) if new != int(figure[index])]))


def _inserted(figure: str, rng: Random) -> str:
    places = [index for index, character in enumerate(figure) if character.isdecimal()]
    index = rng.choice(places)
    zero = ord(figure[index]) - int(figure[index])
    return figure[: index + 1] + chr(zero + rng.randrange(10)) + figure[index + 1 :]


def _dropped(figure: str, rng: Random) -> str | None:
    places = [index for index, character in enumerate(figure) if character.isdecimal()]
    if len(places) < 2:
        return None
    index = rng.choice(places)
    rest = figure[:index] + figure[index + 1 :]
    return rest if rest[0].isdecimal() and rest[-1].isdecimal() and int(rest[0]) else None


def _tenfold(figure: str, _: Random) -> str:
    """Ten times the figure: a zero more, grouped as before, or the decimal separator one place on."""
    parts = regex.split(r"(\D)", figure)
    zero = chr(ord(figure[0]) - int(figure[0]))
    if len(parts) == 1:
        return figure + zero
    last, separator = parts[-1], parts[-2]
    if len(last) == 3:
        whole = "".join(parts[::2]) + zero
        start = len(whole) % 3
        groups = [whole[:start], *(whole[at : at + 3] for at in range(start, len(whole), 3))]
        return str(separator.join(filter(None, groups)))
    head = "".join(parts[:-2]).removeprefix(zero) + last[0]
    return f"{head}{separator}{last[1:]}" if last[1:] else head


def _on_figure(change: Callable[[str, Random], str | None], *, twin: bool | None, eastern: bool = False) -> Mutator:
    """A mutator of one figure: one that the source has in the same digits, one that it has not, or any."""

    def mutate(sample: Sample, rng: Random) -> str | None:
        known = keys(sample.source)
        fitting = [
            match
            for match in figures(sample.text)
            if twin in {None, digits(match[0]) in known} and (not eastern or not match[0][0].isascii())
        ]
        if not fitting:
            return None
        match = rng.choice(fitting)
        new = change(match[0], rng)
        taken = (known | keys(sample.text)) - {digits(match[0])}
        return None if new is None or digits(new) in taken else _put(sample.text, match, new)

    return mutate


def figures_swapped(sample: Sample, rng: Random) -> str | None:
    """Two different figures that the source has too, in each other's place.

    Not the ends of a score or telephone number that stands from right to left: exchanged, it would be as in the source.
    Not the ends of a loser's score either, which papers tell from either side: `lost 2-0`, `verlor 0:2`.
    """
    known = keys(sample.source)
    twins = [match for match in figures(sample.text) if digits(match[0]) in known]
    pairs = [(one, two) for one in twins for two in twins if one.start() < two.start() and one[0] != two[0]]
    spoilt = [_put(_put(sample.text, two, one[0]), one, two[0]) for one, two in pairs]
    right = _chains(sample.source) - _chains(sample.text)
    if _LOST.search(sample.english):
        right |= {chain[::-1] for chain in _chains(sample.source) if len(chain) == _SCORE}
    wrong = [text for text in spoilt if right.isdisjoint(_chains(text))]
    return rng.choice(wrong) if wrong else None


def _chains(text: str) -> frozenset[tuple[str, ...]]:
    """The digit strings of figures that only a mark or a space joins."""
    return frozenset(
        tuple(digits(figure[0]) for figure in _FIGURE.finditer(chain[0])) for chain in _CHAIN.finditer(text)
    )


def scale_swapped(sample: Sample, _: Random) -> str | None:
    """A million for a billion, or the other way round."""
    if not _MANY.search(sample.english):
        return None
    pairs = words(sample.tag).get("scale", [])
    both = [*pairs, *([new, old] for old, new in pairs if not regex.search(r"[\\(]", old + new))]
    for old, new in sorted(both, key=lambda pair: -len(pair[0])):
        pattern = _word(old, sample.tag)
        if match := pattern.search(sample.text):
            return _put(sample.text, match, match.expand(new))
    return None


def percent_dropped(sample: Sample, _: Random) -> str | None:
    """A percent sign, or the word for it, is gone."""
    if not regex.search(r"%|per ?cent\b", sample.english):
        return None
    patterns = [_PERCENT_SIGN, *(_word(word, sample.tag) for word in words(sample.tag).get("percent", []))]
    found = next((match for pattern in patterns if (match := pattern.search(sample.text))), None)
    return found and _cut(sample.text, found)


def currency_changed(sample: Sample, _: Random) -> str | None:
    """A currency sign is another one."""
    match = regex.search(r"[$£€]", sample.text)
    return match and _put(sample.text, match, {"$": "€", "€": "£", "£": "$"}[match[0]])


def sign_dropped(sample: Sample, _: Random) -> str | None:
    """A figure loses the minus that it has on both sides."""
    match = _SIGNED.search(sample.text)
    return _put(sample.text, match, "") if match and _SIGNED.search(sample.source) else None


def name_swapped(sample: Sample, rng: Random) -> str | None:
    """A person of the line becomes a person of another document, wherever the name stands in the line."""
    others = [name for name in sample.others if name not in sample.text and name not in sample.english]
    if not sample.names or not others:
        return None
    return sample.text.replace(rng.choice(sample.names), rng.choice(others))


def negation_dropped(sample: Sample, _: Random) -> str | None:
    """The only negation of a line is gone."""
    if len(_NEGATION.findall(sample.english)) != 1:
        return None
    for expression, rest in words(sample.tag).get("negation", []):
        found = list(_word(expression, sample.tag).finditer(sample.text))
        if len(found) == 1:
            return _tidy(_put(sample.text, found[0], found[0].expand(rest)))
        if found:
            return None
    return None


def approximator_dropped(sample: Sample, _: Random) -> str | None:
    """A word such as about or at least is gone from beside its figure."""
    if not _APPROXIMATOR.search(sample.english):
        return None
    table = words(sample.tag)
    edge = "" if script_of(sample.tag) in _JOINED else r"(?<![\p{L}\p{M}])"
    for word in sorted(table.get("before", []), key=len, reverse=True):
        if match := regex.search(rf"(?i){edge}{word}\s?(?=[$£€]?\s?\d)", sample.text):
            return _cut(sample.text, match)
    for word in sorted(table.get("after", []), key=len, reverse=True):
        if match := regex.search(rf"(?<=\d[^\d.,;،。、]{{0,12}})\s?(?<![\p{{L}}\p{{M}}]){word}", sample.text):
            return _cut(sample.text, match)
    return None


def attribution_dropped(sample: Sample, _: Random) -> str | None:
    """The source that "according to" names is gone, up to the comma or the ends of the line."""
    if not _SOURCE_NAMED.search(sample.english):
        return None
    edge = "" if script_of(sample.tag) in _JOINED else r"(?<![\p{L}\p{M}])"
    table = words(sample.tag)
    patterns = [
        rf"(?i)[,،、，]?\s*{edge}(?:{word})(?![\p{{L}}\p{{M}}])[^,،、，.।。۔;]+[,،、，]?"
        for word in table.get("by", [])
    ]
    patterns += [rf"(?i)(?:^|[,،、，])[^,،、，]*?(?:{word})[,،、，]?" for word in table.get("says", [])]
    for pattern in patterns:
        match = regex.search(pattern, sample.text)
        if match and len(match[0]) < 0.7 * len(sample.text):
            return _cut(sample.text, match)
    return None


def murdered(sample: Sample, _: Random) -> str | None:
    """A neutral word of dying is a stronger one."""
    if not _DYING.search(sample.english) or _MURDER.search(sample.english):
        return None
    for expression, new in words(sample.tag).get("killed", []):
        if match := _word(expression, sample.tag).search(sample.text):
            return _put(sample.text, match, match.expand(new))
    return None


def former_added(sample: Sample, _: Random) -> str | None:
    """A person of the line has held an office before."""
    former = words(sample.tag).get("former")
    if not sample.names or not former or regex.search(rf"(?i){former}", sample.text):
        return None
    return sample.text.replace(sample.names[0], f"{former} {sample.names[0]}", 1)


def today_added(sample: Sample, _: Random) -> str | None:
    """What happened happened today."""
    today = words(sample.tag).get("today")
    if not today or regex.search(r"(?i)\b(?:today|now|yesterday|tomorrow|tonight)\b", sample.english):
        return None
    stop = _STOP.search(sample.text)
    space = "" if script_of(sample.tag) in _UNSPACED else " "
    return None if today in sample.text else sample.text[: stop.start()] + space + today + sample.text[stop.start() :]


# What can be done to a translation and to a line of a summary alike.
KINDS: Mapping[str, Mutator] = {
    "digit changed, twin": _on_figure(_changed, twin=True),
    "digit changed, no twin": _on_figure(_changed, twin=False),
    "digit changed, not ASCII": _on_figure(_changed, twin=None, eastern=True),
    "digit inserted": _on_figure(_inserted, twin=None),
    "digit dropped": _on_figure(_dropped, twin=None),
    "tenfold": _on_figure(_tenfold, twin=None),
    "scale swapped": scale_swapped,
    "percent dropped": percent_dropped,
    "currency changed": currency_changed,
    "sign dropped": sign_dropped,
    "figures swapped": figures_swapped,
    "name swapped": name_swapped,
    "negation dropped": negation_dropped,
    "approximator dropped": approximator_dropped,
    "attribution dropped": attribution_dropped,
    "killed → murdered": murdered,
    "former added": former_added,
    "today added": today_added,
}


def bullets_merged(lines: Sequence[str]) -> list[str] | None:
    """The first two bullets as one, and the last one in two, so that their number stays."""
    if len(lines) < 4:
        return None
    head, first, second, *rest = lines
    middle = len(rest[-1]) // 2
    return [head, f"{first} {second}", *rest[:-1], rest[-1][:middle].strip(), rest[-1][middle:].strip()]


def bullets_swapped(lines: Sequence[str]) -> list[str] | None:
    """The first two bullets in each other's place."""
    return [lines[0], lines[2], lines[1], *lines[3:]] if len(lines) > 2 and lines[1] != lines[2] else None


def half_missing(lines: Sequence[str]) -> list[str] | None:
    """The second half of the first bullet is gone."""
    return [lines[0], lines[1][: len(lines[1]) // 2].rsplit(" ", 1)[0], *lines[2:]] if len(lines) > 1 else None


def half_translated(lines: Sequence[str], english: Sequence[str]) -> list[str] | None:
    """The second half of the first bullet is still English."""
    if len(lines) < 2:
        return None
    own, source = lines[1], english[1].split()
    return [lines[0], f"{own[: len(own) // 2]} {' '.join(source[len(source) // 2 :])}", *lines[2:]]
