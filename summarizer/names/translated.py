"""Names of people that changed on the way into another language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from summarizer.languages import script_of
from summarizer.names.customs import (
    capitals_mean_names,
    inflects_names,
    is_capital_word,
    is_cased,
    is_spaced,
    roles,
    signs_of_people,
    sounds,
)
from summarizer.names.people import Person, capitalised, openers, people_in
from summarizer.names.sounds import has_sound, unlike, unlike_any_part
from summarizer.names.words import words_in

# A name is missing where the most similar word differs by more: least in scripts with capitals, where only capitalised
# words count, most where letters say little of a foreign sound.
_CASED, _OTHER, _FAR = 0.35, 0.43, 0.5
_FAR_SCRIPTS = frozenset({"Hans", "Hant", "Hebr", "Taml"})
_FAR_LANGUAGES = frozenset({"ur"})
# So similar that chance is out of the question: a word, and a part of a text.
_EXACT, _PART = 0.3, 0.2
# A given name beside the surname may differ by more; so far from it may it stand, in words.
_GIVEN, _NEAR = 0.55, 2
# So much more alike is clearly more alike.
_CLEARLY = 0.1
_KATAKANA = regex.compile(r"[\p{Katakana}ー]{2,}")


class Side(NamedTuple):
    """A line with the tag of its language."""

    text: str
    tag: str


class Change(NamedTuple):
    """A name of the source and the name of the translation in its place; one of them may not be known."""

    expected: str | None
    found: str | None


def changed(source: Side, translation: Side, forms: Sequence[tuple[str, str]] = ()) -> Iterator[Change]:
    """People that one side names and the other does not; `forms` are right forms of names, source and target.

    Where a script shows its names, another name must stand there instead: capitalised, in katakana, in the characters
    that Chinese writes foreign names with. Where it does not, nothing may sound like the name. Two languages without
    capitals are not compared, nor is a name that has no sound to compare, or that Thai has.
    """
    if is_cased(source.tag):
        missing = _unheard(_people(source, translation), translation, {one for one, _ in forms})
        for person, rival in _with_rivals(missing, source, translation):
            yield Change(person.name, rival)
    elif is_cased(translation.tag):
        missing = _unheard(people_in(*translation), source, {other for _, other in forms})
        for person, rival in _with_rivals(missing, translation, source):
            yield Change(rival, person.name)


def _people(side: Side, other: Side) -> list[Person]:
    """The people of a line; where the other side shows its names too, also words that only may be names of people."""
    people = list(people_in(*side))
    if is_cased(other.tag) and "rare_word" in signs_of_people(side.tag):
        named = " ".join(person.name for person in people)
        people += [Person(name, name, side.tag, sure=False, opens=True) for name in openers(*side) if name not in named]
    return people


def _unheard(people: Sequence[Person], side: Side, settled: Collection[str]) -> list[Person]:
    """The people whose surname a side does not have; `settled` are forms that others look after."""
    return [
        person
        for person in people
        if has_sound(person.surname)
        and (person.sure or is_cased(side.tag) or (person.opens and is_capital_word(person.surname)))
        and not any(person.surname in form for form in settled)
        and not _is_heard(person, side, [other.surname for other in people])
    ]


def _is_heard(person: Person, side: Side, names: Sequence[str] = ()) -> bool:
    """Whether a surname stands on a side; where every word may be it, its given name must stand beside it.

    A word that is clearly more like another of the `names` stands for that one.
    """
    text, tag = side
    inflected = inflects_names(person.tag)
    words = _possible_names(side)
    if unlike(person.surname, words, tag, inflected=inflected) <= _EXACT:
        return True
    if not is_spaced(tag) and unlike_any_part(person.surname, text, tag) <= _PART:
        return True
    heard = [word for word in words if unlike(person.surname, (word,), tag, inflected=inflected) <= _limit(tag)]
    heard = [word for word in heard if _stands_for(word, person.surname, names, tag, inflected=inflected)]
    given = person.name.split()[0]
    if not heard or _shows_names(tag) or given == person.surname or not has_sound(given):
        return bool(heard)
    spoken = [word.text for word in words_in(text)]
    places = [place for place, word in enumerate(spoken) if any(word in form for form in heard)]
    around = (word for place in places for word in spoken[max(0, place - _NEAR) : place + _NEAR + 1])
    return unlike(given, around, tag) <= _GIVEN


def _stands_for(word: str, name: str, names: Sequence[str], tag: str, *, inflected: bool) -> bool:
    distance = unlike(name, (word,), tag, inflected=inflected) - _CLEARLY
    return all(unlike(other, (word,), tag, inflected=inflected) >= distance for other in names)


def _limit(tag: str) -> float:
    if is_cased(tag):
        return _CASED
    return _FAR if script_of(tag) in _FAR_SCRIPTS or tag.partition("-")[0] in _FAR_LANGUAGES else _OTHER


def _with_rivals(people: Sequence[Person], theirs: Side, side: Side) -> Iterator[tuple[Person, str | None]]:
    """The people that a side lacks, each with another name there that their own side does not have."""
    if not people:
        return
    if not _shows_names(side.tag):
        yield from ((person, None) for person in people if person.sure)
        return
    limit, spoken, written = max(_limit(side.tag), _OTHER), _possible_names(theirs), _possible_names(side)
    taken: set[str] = set()
    for person in people:
        sure = person.sure or is_capital_word(person.surname)
        for rival in _names_shown(side, sure=sure):
            far = rival not in taken and unlike(person.surname, (rival,), side.tag) > limit
            if far and not _has_counterpart(rival, written, side.tag, spoken, theirs.tag):
                taken.add(rival)
                yield person, rival
                break


def _has_counterpart(name: str, names: Collection[str], tag: str, words: Sequence[str], other_tag: str) -> bool:
    """Whether a name is like one of some words, and none of the names beside it is clearly more so."""
    inflected = inflects_names(tag)
    for word in words:
        distance = unlike(name, (word,), other_tag, inflected=inflected)
        if distance <= _EXACT / 2:
            return True
        if distance <= _OTHER:
            others = (other for other in names if other != name)
            if all(unlike(other, (word,), other_tag, inflected=inflected) >= distance - _CLEARLY for other in others):
                return True
    return False


def _shows_names(tag: str) -> bool:
    return is_cased(tag) or not is_spaced(tag)


@lru_cache(maxsize=256)
def _possible_names(side: Side) -> tuple[str, ...]:
    """The words that may be names, and where spaces stand between words also two of them as one."""
    text, tag = side
    if not is_spaced(tag):
        return tuple(_KATAKANA.findall(text) if tag == "ja" else _runs_of_sounds(text, tag))
    words = [part for word in words_in(text) for part in word.text.split("-") if part]
    if is_cased(tag):
        words = [word for word in words if word[0].isupper()]
    return (*words, *map("".join, pairwise(words)))


@lru_cache(maxsize=256)
def _names_shown(side: Side, *, sure: bool) -> tuple[str, ...]:
    """What is written as a name, and may be one of a person; more where it is `sure` that one must be there.

    Katakana and the characters of foreign names write much else, so a role must stand beside them.
    """
    if not is_cased(side.tag):
        return tuple(name for name in _possible_names(side) if has_sound(name) and _is_beside_role(name, side))
    if sure or capitals_mean_names(side.tag):
        names = capitalised(*side, openers=sure)
    else:
        names = [person.surname for person in people_in(*side)]
    return tuple(name for name in names if has_sound(name) and (name.isascii() or side.tag != "vi"))


def _is_beside_role(name: str, side: Side) -> bool:
    before, _, after = side.text.partition(name)
    words = roles(side.tag)
    return before.endswith(words) or after.startswith(words)


def _runs_of_sounds(text: str, tag: str) -> list[str]:
    characters = sounds(tag)
    return regex.findall(f"[{''.join(characters)}]{{2,8}}", text) if characters else []
