"""Names of people that changed on the way into another language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from summarizer.languages import facts, script_of
from summarizer.names.customs import (
    has_place,
    inflects_names,
    is_cased,
    is_no_name,
    is_odd,
    is_place,
    is_plain_word,
    is_rare,
    is_role,
    is_spaced,
    other_forms,
    roles,
    signs_of_people,
    sounds,
    verbs_follow,
    verbs_of_names,
)
from summarizer.names.people import Person, capitalised, openers, people_in
from summarizer.names.sounds import begins_with, has_sound, unlike, unlike_any_part
from summarizer.names.words import words_in

# A name is missing where the most similar word differs by more: less in scripts whose letters say much of a foreign
# sound. In scripts with capitals only capitalised words count. Set on documents 1 to 40 of newstest2019.
_LATIN, _OTHER = 0.3, 0.43
_LIMITS = {
    "Arab": 0.3,
    "Beng": 0.32,
    "Cyrl": 0.3,
    "Deva": 0.3,
    "Grek": 0.36,
    "Hans": 0.5,
    "Hant": 0.5,
    "Hebr": 0.35,
    "Jpan": 0.43,
    "Kore": 0.4,
    "Taml": 0.38,
    "Thai": 0.29,
}
# So similar that chance is out of the question: a word, and a part of a text.
_EXACT, _PART = 0.3, 0.25
# What is left of a limit where the text has a name in Latin letters that its source does not have.
_SURELY = 0.15
# So much alike that a common word may be the name; so far from the given name may a surname stand, in words.
_STRONG, _NEAR = 0.15, 2
# So much more unlike than the limit a bad spelling of a name may be.
_MISSPELT = 0.1
# Signs of a name that is written by its sound, at least; so much of it is any word's, or a whole word's.
_SHOWN, _WITHIN, _AS_A_WHOLE = 3, 0.28, 0.33
# So much more alike is clearly more alike.
_CLEARLY = 0.1
# A name whose parts a language joins with a hyphen: `Csin-ping`.
_GOES_ON = regex.compile(r"\p{Lu}\p{Ll}+(?:-\p{Ll}+)+")
_LATIN_NAME = regex.compile(r"(?<![\p{Latin}\p{N}.-])[A-Z][a-z]{3,}(?![\p{Latin}\p{N}.-])")
_QUOTES = ('"', "“", "„", "«", "‘", "'", "”", "‟")
_DASHES = ("-", "–", "—")
_KATAKANA = regex.compile(r"[\p{Katakana}ー]{2,}")
_KANA_OR_LATIN = regex.compile(r"[\p{Katakana}ー]{2,}|\p{Latin}+")


class Side(NamedTuple):
    """A line with the tag of its language."""

    text: str
    tag: str


class Change(NamedTuple):
    """A name of the source and the name of the translation in its place; one of them may not be known.

    `sure` where more than a capital says that it is a person and something may stand in its place, or where both names
    are known; `left_out` where the translation seems to say nothing there.
    """

    expected: str | None
    found: str | None
    sure: bool = True
    left_out: bool = False


def changed(source: Side, translation: Side, forms: Sequence[tuple[str, str]] = ()) -> Iterator[Change]:
    """People that one side names and the other does not; `forms` are right forms of names, source and target.

    Where a script shows its names, another name must stand there instead: capitalised, in katakana, in the characters
    that Chinese writes foreign names with. Where it does not, nothing may sound like the name. Two languages without
    capitals are not compared, nor is a name that has no sound to compare.
    """
    if is_cased(source.tag):
        missing = _unheard(_people(source, translation), source, translation, {one for one, _ in forms})
        certain = people_in(*source)
        for person, rival in _with_rivals(missing, source, translation):
            left_out = rival is None and _is_left_out(person, source, translation)
            # Chinese translates places and papers by what they mean, and writes other words with the same characters.
            in_characters = bool(sounds(translation.tag)) and rival is not None and not rival.isascii()
            certainly = person in certain and (person.sure or person.opens or not in_characters)
            yield Change(person.name, rival, certainly and not left_out, left_out)
    elif is_cased(translation.tag):
        missing = _unheard(people_in(*translation), translation, source, {other for _, other in forms})
        for person, rival in _with_rivals(missing, translation, source):
            yield Change(rival, person.name, person.sure or rival is not None)


def _is_left_out(person: Person, theirs: Side, side: Side) -> bool:
    """Whether a side that shows no names says nothing in the place of a person whose surname it does not have.

    It says something where a stranger stands: a rare word that none of their words sounds like, and that is no bad
    spelling of the surname. It stands beside the given name, if that was kept. Else, for a person of several names, two
    stand in a row, one of them odd; for one of a single name, an odd one stands at a beginning where the person began
    the line, or any beside a role or a verb of saying.
    """
    given = _given(person)
    words = _parts(side.text)
    if not is_spaced(side.tag):
        return sum(any(unlike(part, (word,), side.tag) <= _limit(side.tag) for word in words) for part in given) > 1
    others = [word for word in _parts(theirs.text) if word not in person.name and has_sound(word)]
    taken = {word for name in others for word in _nearest(name, words, side.tag)}
    strange = [_is_strange(word, person.surname, side.tag) and word not in taken for word in words]
    kept = _heard_at(given, words, side.tag)
    if kept:
        heard = sum(any(_sounds_like(part, words[place], side.tag) for place in kept) for part in given)
        return heard > 1 or not _any_at(strange, {step for place in kept for step in (place - 1, place + 1)} - kept)
    odd = [is_strange and is_odd(word) for is_strange, word in zip(strange, words, strict=True)]
    if given:
        return not any(all(pair) and any(odds) for pair, odds in zip(pairwise(strange), pairwise(odd), strict=True))
    beside = _any_at(strange, _beside_signs(words, side.tag))
    return not (beside or (person.opens and _begins_elsewhere(theirs, side, strange, odd)))


def _begins_elsewhere(theirs: Side, side: Side, strange: Sequence[bool], odd: Sequence[bool]) -> bool:
    """Whether a stranger begins a text or a part of it that is quoted, where another text begins with a name.

    It is an odd word, or stands before what people are or do, or begins a quotation as the name does.
    """
    following, place = [*_parts(side.text)[1:], ""], 0
    for word in words_in(side.text):
        before = side.text[: word.start].rstrip()
        quotes = before.endswith(_QUOTES)
        opens = not place or (word.opens and not before.endswith(_DASHES))
        for at in range(place, min(place + _NEAR, len(odd))) if opens else ():
            begins = quotes and at == place and theirs.text.startswith(_QUOTES)
            if odd[at] or (strange[at] and (begins or is_no_name(following[at], side.tag))):
                return True
        place += len(_parts(word.text))
    return False


def _any_at(true: Sequence[bool], places: Iterable[int]) -> bool:
    return any(true[place] for place in places if 0 <= place < len(true))


def _beside_signs(words: Sequence[str], tag: str) -> Iterator[int]:
    """The places beside roles and verbs of saying, where names are likely to stand."""
    for place, word in enumerate(words):
        if is_role(word, tag):
            yield from (place - 1, place + 1)
        elif word in verbs_of_names(tag):
            yield from (place - 1,) if verbs_follow(tag) else (place - 1, place + 1)


def _is_strange(word: str, surname: str, tag: str) -> bool:
    if (
        len(word) < _SHOWN
        or not is_rare(word)
        or is_place(word, tag)
        or is_no_name(word, tag)
        or word in facts(tag, "words").get("function", ())
    ):
        return False
    return unlike(surname, (word,), tag) > _limit(tag) + _MISSPELT


def _given(person: Person) -> list[str]:
    """The parts of a person's name before or behind the surname that have a sound."""
    return [part for part in _parts(person.name) if part != person.surname and has_sound(part)]


def _heard_at(parts: Sequence[str], words: Sequence[str], tag: str) -> set[int]:
    """The places of words that stand for one of these parts of a name."""
    return {place for place, word in enumerate(words) if any(_sounds_like(part, word, tag) for part in parts)}


def _sounds_like(name: str, word: str, tag: str) -> bool:
    """Whether a word is so like a name that it stands for it: very much, or well and no word that people use often."""
    distance = unlike(name, (word,), tag)
    return distance <= _STRONG or (distance <= _limit(tag) and is_rare(word))


def _nearest(name: str, words: Sequence[str], tag: str) -> list[str]:
    """The word that sounds most like a name, if it may be that name."""
    closest = min(words, key=lambda word: unlike(name, (word,), tag), default="")
    return [closest] if closest and unlike(name, (closest,), tag) <= _limit(tag) else []


def _people(side: Side, other: Side) -> list[Person]:
    """The people of a line; where the other side shows its names too, also words that only may be names of people."""
    people = list(people_in(*side))
    if is_cased(other.tag) and "rare_word" in signs_of_people(side.tag):
        named = " ".join(person.name for person in people)
        found = (word for word in openers(*side) if word.text not in named)
        people += [Person(word.text, word.text, side.tag, sure=False, opens=word.begins) for word in found]
    return people


def _unheard(people: Sequence[Person], theirs: Side, side: Side, settled: Collection[str]) -> list[Person]:
    """The people whose surname a side does not have; `settled` are forms that others look after."""
    strangers = _latin_strangers(side, theirs)
    names = [other.surname for other in people]
    if not is_spaced(side.tag):  # given names and places are runs of signs as well
        names = [word for word in _parts(theirs.text) if word[0].isupper() and has_sound(word)]
    return [
        person
        for person in people
        if has_sound(person.surname)
        and not any(person.surname in form for form in settled)
        and not _is_heard(person, side, names, _SURELY if strangers else _limit(side.tag))
    ]


def _is_heard(person: Person, side: Side, names: Sequence[str], limit: float) -> bool:
    """Whether a surname stands on a side.

    A word that is clearly more like another of the `names` stands for that one.
    """
    text, tag = side
    if not is_cased(tag) and person.surname.casefold() in text.casefold():  # among other letters, as it is
        return True
    inflected = inflects_names(person.tag)
    words = _possible_names(side)
    forms = other_forms(person.surname, tag)  # Elizabeth, Isabel
    if any(word.startswith(forms) for word in words) or (not is_spaced(tag) and any(form in text for form in forms)):
        return True
    if not _shows_names(tag) and is_spaced(tag):
        return _is_heard_in_words(person, side, names, limit)
    if unlike(person.surname, words, tag, inflected=inflected) <= min(limit, _EXACT):
        return True
    if not is_spaced(tag):
        runs = " ".join(_KANA_OR_LATIN.findall(text)) if tag == "ja" else text
        if unlike_any_part(person.surname, runs, tag) <= min(limit, _PART if _shows_names(tag) else _limit(tag)):
            return True
    heard = (word for word in words if unlike(person.surname, (word,), tag, inflected=inflected) <= limit)
    return any(_stands_for(word, person.surname, names, tag, inflected=inflected) for word in heard)


def _is_heard_in_words(person: Person, side: Side, names: Sequence[str], limit: float) -> bool:
    """Whether a surname stands where any word may be it: a common word must sound very much like it.

    Where the given name was kept the surname stands beside it, and may be spelled badly there.
    """
    words, tag = _parts(side.text), side.tag
    given = _given(person)
    if any(_follow(part, person.surname, words, tag, limit) for part in given):
        return True
    kept = _heard_at(given, words, tag)
    for place, word in enumerate(words):
        at = {place}
        for form in (word, "".join(words[place : place + 2])):  # a name may be written in two words
            rare = any(is_rare(words[index]) for index in at)
            distance = unlike(person.surname, (form,), tag)
            if distance <= min(limit, _STRONG):
                return True
            if rare and distance <= limit + (_MISSPELT if kept else 0.0):
                beside = not kept or any(abs(one - other) <= _NEAR for one in at - kept for other in kept)
                if beside and _stands_for(form, person.surname, names, tag, inflected=False):
                    return True
            at = {place, min(place + 1, len(words) - 1)}
    return False


def _follow(given: str, surname: str, words: Sequence[str], tag: str, limit: float) -> bool:
    """Whether two words in a row sound like a name's two, which common words hardly do: किसान सभा, Kisan Sabha."""
    return any(
        unlike(given, (one,), tag) <= limit and unlike(surname, (other,), tag) <= limit
        for one, other in pairwise(words)
    )


def _stands_for(word: str, name: str, names: Sequence[str], tag: str, *, inflected: bool) -> bool:
    distance = unlike(name, (word,), tag, inflected=inflected) - _CLEARLY
    return all(unlike(other, (word,), tag, inflected=inflected) >= distance for other in names)


def _limit(tag: str) -> float:
    script = script_of(tag)
    return _LATIN if script == "Latn" else _LIMITS.get(script, _OTHER)


def _with_rivals(people: Sequence[Person], theirs: Side, side: Side) -> Iterator[tuple[Person, str | None]]:
    """The people that a side lacks, each with another name there that their own side does not have."""
    strangers = _latin_strangers(side, theirs)
    if strangers or not _shows_names(side.tag):
        yield from ((person, next(iter(strangers), None)) for person in people)
        return
    taken: set[str] = set()
    for person in people:
        beside = _beside_given(person, side)
        limit = _limit(side.tag) + (0.0 if is_cased(side.tag) else _MISSPELT)
        shown = (
            _names_shown(side, opens=person.opens, plain=person.sure) if beside is None else _named(beside, side.tag)
        )
        for rival in shown:
            far = rival not in taken and all(
                unlike(part, (rival,), side.tag) > limit for part in _parts(person.name) if has_sound(part)
            )
            if far and not _has_counterpart(rival, side, theirs):
                taken.add(rival)
                yield person, rival
                break


def _beside_given(person: Person, side: Side) -> list[str] | None:
    """The words beside those that sound like the rest of a person's name, None where none does or no spaces stand.

    Where a given name is kept and nothing stands beside it, the surname was left out and not replaced.
    """
    given = _given(person)
    words = [word.text for word in words_in(side.text)] if is_cased(side.tag) else []
    kept = {
        place
        for place, word in enumerate(words)
        if word[0].isupper() and any(unlike(part, (word,), side.tag) <= _limit(side.tag) for part in given)
    }
    around = {place + step for place in kept for step in (-1, 1)} - kept
    return [words[place] for place in sorted(around) if 0 <= place < len(words)] if kept else None


def _named(words: Sequence[str], tag: str) -> list[str]:
    """Words beside a given name that are written as names are."""
    return [word for word in words if word[0].isupper() and has_sound(word) and not is_role(word, tag)]


def _latin_strangers(side: Side, other: Side) -> list[str]:
    """Names in Latin letters in a text of another script that the other side does not have."""
    if script_of(side.tag) == "Latn":
        return []
    known = other.text.casefold()
    return [name for name in _LATIN_NAME.findall(side.text) if name.casefold() not in known]


def _has_counterpart(name: str, side: Side, other: Side) -> bool:
    """Whether a name of a side is like one of the other side's, and none of the names beside it is clearly more so."""
    if not is_cased(side.tag):
        return _has_part_of(name, side, other)
    inflected, limit = inflects_names(side.tag), _limit(side.tag)
    names = _possible_names(side)
    for word in _possible_names(other):
        distance = unlike(name, (word,), other.tag, inflected=inflected)
        if distance <= _EXACT / 2:
            return True
        if distance <= limit:
            others = (one for one in names if one != name)
            if all(unlike(one, (word,), other.tag, inflected=inflected) >= distance - _CLEARLY for one in others):
                return True
    return False


def _has_part_of(name: str, side: Side, other: Side) -> bool:
    """Whether a run of signs that write sounds has a name of the other side in it, or is like a word there."""
    names = [word for word in _possible_names(other) if has_sound(word)]
    if any(unlike_any_part(word, name, side.tag) <= _WITHIN for word in names):
        return True
    if sounds(side.tag) and any(begins_with(word, name, side.tag) <= _WITHIN for word in names):  # 奥巴马, Obamacare
        return True
    return (
        min((unlike(word, (name,), side.tag) for word in _all_words(other) if has_sound(word)), default=1.0)
        <= _AS_A_WHOLE
    )


def _shows_names(tag: str) -> bool:
    return is_cased(tag) or tag == "ja" or bool(sounds(tag))


@lru_cache(maxsize=1024)
def _possible_names(side: Side) -> tuple[str, ...]:
    """The words that may be names, and where spaces stand between words also two of them as one."""
    text, tag = side
    if not is_spaced(tag):
        return tuple(_KATAKANA.findall(text) if tag == "ja" else _runs_of_sounds(text, tag))
    words = [word for word in _parts(text) if not is_cased(tag) or word[0].isupper()]
    joined = [word.text.replace("-", "") for word in words_in(text) if _GOES_ON.fullmatch(word.text)]
    return (*words, *map("".join, pairwise(words)), *joined)


@lru_cache(maxsize=1024)
def _all_words(side: Side) -> tuple[str, ...]:
    """All the words of a side, and two of them as one."""
    words = _parts(side.text)
    return (*words, *map("".join, pairwise(words)))


def _parts(text: str) -> list[str]:
    return [part for word in words_in(text) for part in word.text.split("-") if part]


@lru_cache(maxsize=1024)
def _names_shown(side: Side, *, opens: bool, plain: bool) -> tuple[str, ...]:
    """What is written as a name, and may be one of a person; with `opens` also what begins a sentence.

    A word that people write mostly without its capital counts only with `plain`.
    """
    if not is_cased(side.tag):
        named = (name for name in _possible_names(side) if has_sound(name) and not has_place(name, side.tag))
        short = side.tag != "ja"  # in Chinese two characters may be a name
        return tuple(name for name in named if len(name) >= _SHOWN or (short and _stands_as_name(name, side)))
    names = [name for name in capitalised(*side, openers=opens) if plain or not is_plain_word(name)]
    return tuple(name for name in names if has_sound(name) and (name.isascii() or side.tag != "vi"))


def _stands_as_name(name: str, side: Side) -> bool:
    """Whether a run stands at the beginning, beside a role or a verb of saying, or behind the dot within a name."""
    before, _, after = side.text.partition(name)
    words = (*roles(side.tag), *verbs_of_names(side.tag))
    before, after = before.rstrip(), after.lstrip()
    return not before or before.endswith((*words, "·")) or after.startswith(words)


def _runs_of_sounds(text: str, tag: str) -> list[str]:
    characters = sounds(tag)
    return regex.findall(f"[{''.join(characters)}]{{2,8}}", text) if characters else []
