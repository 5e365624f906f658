"""How much two spellings of a name sound alike, across scripts.

Both are written in Latin letters (anyascii, ISC licence) and aligned letter by letter. Vowels and letters that scripts
leave out or exchange cost little: b and p, c and s, r that is not spoken. Costs were set on documents 1 to 40 of
newstest2019 in 33 languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from string import ascii_lowercase

from anyascii import anyascii

from summarizer.languages import script_of

_VOWELS = frozenset("aeiou")
_GROUPS = ("bpfvw", "td", "kqgcxh", "szcxjg", "lr", "mn", "jy", "hf", "jh")
_SAME_GROUP, _VOWEL, _VOWEL_LIKE, _HISS = 0.25, 0.15, 0.3, 0.6
_MISSING = {**dict.fromkeys("aeiou", 0.2), **dict.fromkeys("hwy", 0.1), **dict.fromkeys("rgnj", 0.6)}
# Consonants that are written as vowels are: Путин has none, ו is v and o.
_HALF_VOWELS = ("wvaeiou", "yjie")
_NEARLY_SAME, _GLIDE = ({"v", "w"}, {"u", "w"}, {"i", "y"}), 0.1
_CONSONANTS = frozenset(ascii_lowercase) - _VOWELS - set("hwy")
# Spellings of English names whose letters say little of the sound.
_ENGLISH = {
    "ph": "f",
    "gh": "h",
    "ck": "k",
    "tch": "c",
    "dg": "g",
    "wr": "r",
    "mbe": "me",
    "sch": "sh",
    "dj": "j",
    "cques": "k",
}
# An l that may be silent costs as an r does: Holm, Walker.
_ENGLISH |= {f"{vowel}l{letter}": f"{vowel}r{letter}" for vowel in "ao" for letter in "km"}
_SILENT = re.compile(r"^k(?=n)")  # in English; others write the letter or not
# Letters that romanisation drops or reads as signs: carriers of vowels, and marks of length that have no sound.
_READ = str.maketrans(
    {
        **dict.fromkeys("اأآאע", "a"),
        "إ": "i",
        "ق": "k",
        "ב": "b",
        "ו": "w",
        "ং": "ng",
        **dict.fromkeys("ッっー", None),
        **dict.fromkeys("׳‘’", "'"),
    }
)
# What romanised letters of a script stand for in names from elsewhere.
_ROMANISED = {
    "Cyrl": {"dzh": "j", "tsz": "j", "kh": "h", "ks": "x", "tch": "c"},
    "Grek": {
        "goyi": "wi",
        "goy": "w",
        "mp": "b",
        "nt": "d",
        "gk": "g",
        "tz": "j",
        "ts": "c",
        "ou": "u",
        "oy": "u",
        "th": "t",
    },
    "Hans": {"er": "r", "q": "c", "ji": "gi"},
    "Hant": {"er": "r", "q": "c", "ji": "gi"},
    "Arab": {"tsh": "c", "gh": "g", "kh": "h", "w": "u"},
    "Hebr": {"ts'": "c", "g'": "j", "z'": "j", "kh": "k"},
    "Beng": {"bh": "v", "ph": "f", "oya": "wa", "oye": "we", "oyi": "wi", "kh": "k", "gh": "g", "ch": "c", "jh": "j"},
    "Deva": {"bh": "v", "ph": "f", "kh": "k", "gh": "g"},
    "Jpan": {"iy": "y", **{f"{letter}u": letter for letter in "kgsztdfbpmrv"}},
    "Kore": {"cheu": "ts", "eu": "", "eo": "o", "ae": "e", "oe": "e"},
    "Taml": {"kp": "f", "htc": "c", "tc": "c", "tj": "j"},
}
# What a script writes as it writes another sound: Greek τσ is ts, and ch; μπ is b.
_SPELLED = {
    "Cyrl": {"ks": "x"},
    "Grek": {"ts": "c", "mbe": "mbe"},
    **{script: {"ts": "c", "th": "z"} for script in ("Hans", "Hant")},
    **{script: {"x": "ks"} for script in ("Arab", "Beng", "Deva", "Hebr", "Jpan", "Kore", "Taml", "Thai")},
}
# Spellings of Щ in languages of Latin letters.
_SHCH = re.compile("shch|schtsch|chtch|sjtsj|sjtj|szcz|sts")
_NOT_LETTERS = re.compile(r"[^a-z']+")
_TES = re.compile("(?<=[aeiou])tes$")  # Gates
_SOFT = re.compile("g(?=[ie])")  # γ before them, which is y and in names of Greeks g; else γκ is g
# Vowels that Thai writes before their consonant, or round it.
_ROUND, _PREPOSED = re.compile("เ([ก-ฮ])(?=[ิีือาอ])"), re.compile("([เแโไใ])([ก-ฮ])")
_DOUBLED, _DOUBLED_VOWELS = re.compile(r"(.)\1+"), re.compile(r"([aeiouwy])\1+")
# Scripts that leave out most vowels, and write a word for "and", "the" or "to" together with the next.
_ABJADS = frozenset({"Arab", "Hebr"})
_WITH_VOWELS = frozenset({"Cyrl", "Grek", "Latn"})
_LONGEST_PROCLITIC = 3
# What is paid of the letters that follow a name in its word.
_ENDING = 0.2
_LEAST = 2


def unlike(name: str, words: Iterable[str], tag: str, *, inflected: bool = False) -> float:
    """How much the most similar of some words in the language `tag` differs from a name: 0 is the same, 1 is nothing.

    A word may go on after the name, as inflected ones do, at a small cost; so may the name where it is `inflected`.
    """
    return min((_distance(name, word, tag, inflected) for word in words), default=1.0)


def unlike_any_part(name: str, text: str, tag: str) -> float:
    """How much the most similar part of a text differs from a name, wherever it begins and ends."""
    wanted, heard = _latin(name, tag, spelled=True), _latin(text, tag, spelled=False)
    return _cheapest(wanted, heard, range(len(heard)), 0.0, 0) / _weight(wanted) if wanted else 0.0


def begins_with(name: str, word: str, tag: str) -> float:
    """How much a word in the language `tag` differs from the beginning of a name."""
    wanted, heard = _latin(name, tag, spelled=True), _latin(word, tag, spelled=False)
    if _consonants(heard) < _LEAST or len(heard) >= len(wanted):
        return 1.0
    return _cheapest(heard, wanted, range(1), 0.0, 0) / _weight(heard)


def has_sound(name: str) -> bool:
    """Whether a name has consonants enough to be told from others."""
    return _consonants(_latin(name, "en", spelled=True)) >= _LEAST


@lru_cache(maxsize=65536)
def _distance(name: str, word: str, tag: str, inflected: bool) -> float:
    if name.casefold() == word.casefold():
        return 0.0
    wanted, heard = _latin(name, tag, spelled=True), _latin(word, tag, spelled=False)
    if not wanted or _consonants(heard) * 2 < _consonants(wanted.replace("r", "")):  # of Walker, ウォーカー has k
        return 1.0
    abjad = script_of(tag) in _ABJADS
    starts = range(_LONGEST_PROCLITIC + 1) if abjad else range(1)
    own = len(wanted) // 3 if inflected else 0
    least = _cheapest(wanted, heard, starts, _ENDING, own)
    if abjad and (apart := _apart(word, tag)) != heard:
        least = min(least, _cheapest(wanted, apart, starts, _ENDING, own))
    if script_of(tag) == "Grek" and (soft := _SOFT.sub("y", heard)) != heard:
        least = min(least, _cheapest(wanted, soft, starts, _ENDING, own))
    return min(1.0, least / _weight(wanted))


def _apart(word: str, tag: str) -> str:
    """A word with the consonants that stand twice, as in Menon, whose vowels scripts leave out."""
    return _romanised(word, tag, spelled=False, doubled=_DOUBLED_VOWELS)


def _consonants(letters: str) -> int:
    return sum(letter in _CONSONANTS for letter in letters)


def _weight(letters: str) -> float:
    return max(1.0, sum(1.0 if letter in _CONSONANTS else _missing()[letter] for letter in letters))


@lru_cache(maxsize=16384)
def _latin(word: str, tag: str, *, spelled: bool) -> str:
    return _romanised(word, tag, spelled=spelled, doubled=_DOUBLED)


def _romanised(word: str, tag: str, *, spelled: bool, doubled: re.Pattern[str]) -> str:
    script = script_of(tag)
    if script == "Thai":
        word = _PREPOSED.sub(r"\2\1", _ROUND.sub(r"\1", word))
    latin = _NOT_LETTERS.sub("", anyascii(word.translate(_READ)).lower())
    table = {**_ENGLISH, **_SPELLED.get(script, {})} if spelled else _ROMANISED.get(script, {})
    if script == "Latn":
        latin = _SHCH.sub("c", latin)
    elif spelled:
        latin = _TES.sub("ts", latin)
    for letters, sound in table.items():
        latin = latin.replace(letters, sound)
    latin = doubled.sub(r"\1", latin.replace("'", ""))
    return _SILENT.sub("", latin) if spelled or script in _WITH_VOWELS else latin


def _cheapest(name: str, text: str, starts: range, ending: float, own: int) -> float:
    """The least cost of turning a name into a part of the text that begins at one of `starts` (Sellers 1980).

    `ending` is what is paid of each letter of the text that follows the part, and of the last letters of the name, at
    most `own` of them.
    """
    exchange, missing = _exchange(), _missing()
    before = [0.0]
    for letter in name:
        before.append(before[-1] + missing[letter])
    first = list(before)
    after = ending * sum(missing[letter] for letter in text)
    best = before[-1] + after
    for place, heard in enumerate(text):
        extra, costs = missing[heard], exchange[heard]
        if place in starts:
            before = list(map(min, before, first))
        current = [before[0] + extra]
        for index, letter in enumerate(name):
            current.append(
                min(before[index] + costs[letter], before[index + 1] + extra, current[index] + missing[letter])
            )
        before = current
        after -= ending * extra
        best = min(best, *(cost + after for cost in _endings(before, name, ending, own)))
    return best


def _endings(costs: Sequence[float], name: str, ending: float, own: int) -> Iterator[float]:
    """What it costs to end after all letters of a name, or to leave out up to `own` of its last."""
    missing, left = _missing(), 0.0
    yield costs[-1]
    for index in range(len(name) - 1, len(name) - own - 1, -1):
        left += ending * missing[name[index]]
        yield costs[index] + left


@cache
def _missing() -> Mapping[str, float]:
    return {letter: _MISSING.get(letter, 1.0) for letter in ascii_lowercase}


@cache
def _exchange() -> Mapping[str, Mapping[str, float]]:
    return {one: {other: _cost(one, other) for other in ascii_lowercase} for one in ascii_lowercase}


def _cost(one: str, other: str) -> float:
    pair = {one, other}
    if one == other:
        return 0.0
    if pair in _NEARLY_SAME:
        return _GLIDE
    if pair <= _VOWELS:
        return _VOWEL
    if any(pair <= set(group) for group in _GROUPS):
        return _SAME_GROUP
    if any(pair <= set(group) for group in _HALF_VOWELS):
        return _VOWEL_LIKE
    return _HISS if pair & set("td") and pair <= set("tdsczj") else 1.0
