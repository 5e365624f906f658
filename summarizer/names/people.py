"""Names of people in a line of a script with capitals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from summarizer.names.customs import (
    articles,
    before_places,
    capitals_mean_names,
    given_names,
    is_capital_word,
    is_common,
    is_known_name,
    is_place,
    is_plain_word,
    is_role,
    looks_like_noun,
    may_precede_noun,
    places,
    signs_of_people,
    verbs_of_names,
)
from summarizer.names.words import Word, words_in

# Small words inside names.
_PARTICLES = frozenset(
    ["al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "le", "van", "von"]
)  # fmt: skip
_BETWEEN = regex.compile(r"(?: \p{Lu}\.)?[ \u00a0-]")
_SHORTEST = 4
# Endings of the plurals of long words that name people by what they do, in English.
_PAST = "ed"  # of regular verbs in English
_LONG, _GROUPS = 9, ("ers", "ors", "ists", "ians")
_FOLLOWER = regex.compile(r"(\p{Lu}\p{Ll}{3,})(?:ite|ist|ism)s?")  # Thatcherite


class Person(NamedTuple):
    """A person by the last part of the name, which texts repeat, and the whole name as the line has it.

    `sure` where more than a capital says that it is a person, `opens` where the name begins the line; `tag` is the
    language of the line.
    """

    surname: str
    name: str
    tag: str
    sure: bool
    opens: bool


@lru_cache(maxsize=1024)
def people_in(text: str, tag: str) -> tuple[Person, ...]:
    """The people that a line names, by two capitalised words in a row, by a role before one, or by a rare word.

    Which of these signs count depends on the language. Only what is nearly certain: a word that is also a common noun,
    a place or an abbreviation makes no person, and a line that is all capitals has none.
    """
    words = words_in(text)
    if text.isupper():
        return ()
    return tuple(
        person
        for run in _runs(text, words, particles=capitals_mean_names(tag))
        if (person := _person(text, words, run, tag)) and _is_certain(person)
    )


def capitalised(text: str, tag: str, *, openers: bool) -> list[str]:
    """The capitalised words of a line that are no places or roles, with no regard to what they name.

    Those that begin a sentence count where people write them mostly with the capital, and with `openers` the one that
    begins the line if it is no common word. Where every noun has a capital, common words and what ends as nouns do is
    left out.
    """
    words = words_in(text)
    shown = (at for at, word in enumerate(words) if word.capital and _is_shown(word, tag, openers=openers))
    return [words[at].text for at in shown if capitals_mean_names(tag) or not _has_article(words[:at], tag)]


def _has_article(before: Sequence[Word], tag: str) -> bool:
    """Whether a noun stands behind these words: an article, or one and an adjective."""
    last = [word.text for word in before[-2:]]
    if not last or last[-1] in articles(tag):
        return bool(last)
    return len(last) > 1 and last[0] in articles(tag) and may_precede_noun(last[1], tag)


def _is_shown(word: Word, tag: str, *, openers: bool) -> bool:
    if not capitals_mean_names(tag) and (looks_like_noun(word.text, tag) or not _fits(word.text, tag)):
        return False
    if word.opens:
        return ((openers and word.begins) or is_known_name(word.text)) and _fits(word.text, tag)
    return not is_role(word.text, tag) and not is_place(word.text, tag)


def openers(text: str, tag: str) -> list[Word]:
    """The words that begin a sentence and are no common words, places, roles or groups."""
    return [
        word
        for word in words_in(text)
        if word.opens
        and word.capital
        and len(word.text) >= _SHORTEST
        and word.text.isalpha()
        and _fits(word.text, tag)
        and not _is_group(word.text)
        and not _may_be_plural(word.text)
    ]


def _runs(text: str, words: Sequence[Word], *, particles: bool) -> Iterator[list[int]]:
    """Capitalised words in a row, with particles and initials between them, as indexes."""
    run: list[int] = []
    for index, word in enumerate(words):
        if particles and word.text.casefold() in _PARTICLES and not word.capital:
            continue
        if run and not (word.capital and _joined(text, words, run[-1], index)):
            yield run
            run = []
        if word.capital:
            run.append(index)
    if run:
        yield run


def _joined(text: str, words: Sequence[Word], left: int, right: int) -> bool:
    steps = zip(words[left:right], words[left + 1 : right + 1], strict=True)
    return all(_BETWEEN.fullmatch(text, one.end, other.start) for one, other in steps)


def _person(text: str, words: Sequence[Word], run: Sequence[int], tag: str) -> Person | None:
    if called := _called(words, run, tag):
        first, last = words[called[0]], words[called[-1]]
        return Person(last.text, text[first.start : last.end], tag, True, first.begins)
    titled = run[0] > 0 and is_role(words[run[0] - 1].text, tag)
    placed = False  # a place before a single name makes it a team or a paper: `Los Angeles Dodgers`
    kept = list(run)
    signs = signs_of_people(tag)
    while kept and not (len(kept) > 1 and words[kept[0]].text in given_names(tag)):
        if _fits(words[kept[0]].text, tag) and not _describes(words[kept[0]].text, tag):
            break
        titled = titled or is_role(words[kept[0]].text.partition("-")[0], tag) or is_role(words[kept[0]].text, tag)
        placed = words[kept[0]].text.lower() in places(tag)
        kept = kept[1:]
    if not kept or not all(_fits(words[i].text, tag) for i in kept[words[kept[0]].text in given_names(tag) :]):
        return None
    first, last = words[kept[0]], words[kept[-1]]
    before = words[kept[0] - 1] if kept[0] else None
    pair = len(kept) > 1 and "two_words" in signs
    rare = "rare_word" in signs and len(kept) == 1 and not placed
    acts = rare and first.opens and _acts(text, words, kept[0], tag)
    if not (titled or pair or (rare and (acts or _is_rare(first, before, tag)))):
        return None
    return Person(last.text, text[first.start : last.end], tag, titled or pair, first.begins)


def _called(words: Sequence[Word], run: Sequence[int], tag: str) -> Sequence[int]:
    """The part of a run that is a name where every noun has a capital: a given name and what follows it.

    Without a given name that is known, no word may end as nouns do or be one of the language.
    """
    given = given_names(tag)
    if capitals_mean_names(tag) or not given or len(run) < 2:
        return ()
    for at, index in enumerate(run[:-1]):
        if words[index].text in given and not is_role(words[run[-1]].text, tag):
            return run[at:]
    return run if all(_is_strange(words[i], tag) for i in run) else ()


def _is_strange(word: Word, tag: str) -> bool:
    """Whether a word is no noun as far as one can see."""
    long = len(word.text) >= _SHORTEST and not word.opens
    return long and _fits(word.text, tag) and not looks_like_noun(word.text, tag)


def _describes(word: str, tag: str) -> bool:
    """Whether a word with hyphens says what a person is: `President-elect`, `Mother-of-three`, but not `Jong-un`."""
    first, _, rest = word.partition("-")
    return rest.islower() and len(first) > _SHORTEST and not _fits(first, tag)


def _acts(text: str, words: Sequence[Word], index: int, tag: str) -> bool:
    """Whether a bare word that begins a sentence owns or does something, as a name may and a singular noun not.

    A name may also stand before a comma.
    """
    word, following = words[index], words[index + 1] if index + 1 < len(words) else None
    if _is_group(word.text) or _may_be_plural(word.text):
        return False
    verbs = verbs_of_names(tag)
    if following is None or not text[word.end : following.start].strip(" '’s"):
        owns = text[word.end : word.end + 2] in {"'s", "’s"}
        acts = following is not None and (following.text in verbs or following.text.endswith(_PAST))
        return owns or (bool(verbs) and acts)
    return bool(verbs) and text[word.end : following.start] == ", "


def _fits(word: str, tag: str) -> bool:
    return not (is_role(word, tag) or is_place(word, tag) or is_plain_word(word))


def _is_group(word: str) -> bool:
    """Whether a word is the plural of a common one, or of people by what they do or follow, as English writes it."""
    if (follower := _FOLLOWER.fullmatch(word)) is not None and is_capital_word(follower[1]):
        return True
    return word.endswith("s") and (is_common(word[:-1]) or (len(word) >= _LONG and word.endswith(_GROUPS)))


def _may_be_plural(word: str) -> bool:
    """Whether a word that begins a sentence may be the plural of a rare one: `Aftershocks`, `Gunmen`."""
    return word.endswith(("s", "men")) and not is_capital_word(word)


def _is_rare(word: Word, before: Word | None, tag: str) -> bool:
    """Whether a single word is a person's name by its capital alone: no place, no group of people."""
    if _is_group(word.text):
        return False
    if before is not None and not word.opens and before.text.casefold() in before_places(tag):
        return False
    return not word.opens or is_capital_word(word.text)


def _is_certain(person: Person) -> bool:
    return len(person.surname) >= _SHORTEST and person.surname.isalpha() and not _is_group(person.surname)
