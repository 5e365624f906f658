"""Which capitalised words of a line are names that a translator must leave alone.

The translator's own dictionary tells people from common nouns; places and institutions that it knows by name have a
form of their own in the target language and are left to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from summarizer.offline.stream import Word

_PERSON = ("np.ant", "np.cog", "np.al", "np.org")
_PLACE = ("np.loc", "np.top")
_COMMON = ("n", "adj")
_VERB = ("vblex", "vbser", "vbhaver", "vbmod", "vaux")
_ARTICLE = ("det.def", "detnt")
_OPENS = frozenset(".!?…")
_JOINTS = frozenset({" ", "-", ""})


@dataclass(frozen=True, slots=True)
class Customs:
    """How a language writes names.

    `particles` stand inside them; `titles` before them, with a capital of their own; `locatives` before places only.
    """

    particles: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    locatives: frozenset[str] = frozenset()

    def is_title(self, word: Word) -> bool:
        """Whether every part of the word belongs to a title, as in `Secretary of State`."""
        return all(part.casefold() in self.titles for part in word.text.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name by its offsets; `person` where the dictionary has a person's name in it."""

    start: int
    end: int
    text: str
    person: bool


def names_in(text: str, words: Sequence[Word], customs: Customs, known: Collection[str] = ()) -> tuple[Name, ...]:
    """The names of a line, in order; `known` are names found elsewhere in the same summary."""
    found = []
    for chain in _chains(text, words, customs):
        kept = _without_openers(chain, text, words, customs, known)
        if kept and _is_name(kept, text, words, known):
            start, end = words[kept[0]].start, words[kept[-1]].end
            place = kept[0] > 0 and words[kept[0] - 1].text.casefold() in customs.locatives
            person = not place and any(words[i].is_a(*_PERSON) for i in kept)
            found.append(Name(start, end, text[start:end], person))
    return tuple(found)


def forms_of(names: Iterable[Name]) -> frozenset[str]:
    """Names whole and by their last part, by which a surname on its own is recognised."""
    return frozenset(form for name in names for form in (name.text, name.text.rpartition(" ")[2]) if len(form) > 2)


def unknown_openers(text: str, words: Sequence[Word]) -> frozenset[str]:
    """Unknown words whose capital may come from their place in the sentence only, so that they may not be names."""
    return frozenset(
        word.text
        for i, word in enumerate(words)
        if not word.readings and _opens_sentence(text, words, i) and not word.text.isupper()
    )


def _chains(text: str, words: Sequence[Word], customs: Customs) -> Iterable[list[int]]:
    """Runs of capitalised words, with particles and the stops of initials between them, as indexes."""
    chain: list[int] = []
    for index, word in enumerate(words):
        if not word.text[:1].isupper():
            continue
        if chain and _joined(text, words, chain[-1], index, customs):
            chain += range(chain[-1] + 1, index + 1)
        else:
            if chain:
                yield chain
            chain = [index]
    if chain:
        yield chain


def _joined(text: str, words: Sequence[Word], left: int, right: int, customs: Customs) -> bool:
    between = words[left + 1 : right]
    if any(
        text[a.end : b.start] not in _JOINTS
        for a, b in zip(words[left:right], words[left + 1 : right + 1], strict=True)
    ):
        return False
    if not between:
        return True
    if len(words[left].text) == 1 and [word.text for word in between] == ["."]:
        return True
    if all(word.text == "-" for word in between):
        return True
    inside_a_name = not words[left].readings or words[left].is_a(*_PERSON)
    return inside_a_name and all(word.text in customs.particles or not word.readings for word in between)


def _without_openers(
    chain: list[int], text: str, words: Sequence[Word], customs: Customs, known: Collection[str]
) -> list[int]:
    """The chain without a sentence's first word, where that is no noun, and without capitalised titles."""
    first = words[chain[0]]
    whole = text[first.start : words[chain[-1]].end]
    opens = _opens_sentence(text, words, chain[0]) and whole not in known
    if opens and first.readings and not first.is_a("np", *_COMMON):
        chain = chain[1:]
    while chain and customs.is_title(words[chain[0]]):
        chain = chain[1:]
    return chain


def _is_name(chain: list[int], text: str, words: Sequence[Word], known: Collection[str]) -> bool:
    parts = [words[i] for i in chain]
    if len(parts) == 1:
        return parts[0].text in known or _is_single_name(parts[0], opens=_opens_sentence(text, words, chain[0]))
    if all(part.is_a(*_PLACE) and not part.is_a(*_PERSON) for part in parts):
        return False
    after_article = chain[0] > 0 and words[chain[0] - 1].is_a(*_ARTICLE)
    if after_article and all(part.is_a(*_COMMON, *_PLACE) or part.text.islower() for part in parts):
        return False
    return any(_proper_or_unknown(part) for part in parts if part.text[:1].isupper())


def _is_single_name(word: Word, *, opens: bool) -> bool:
    if not word.readings:
        return not opens or word.text.isupper()
    if " " in word.text or (word.is_a(*_PLACE) and not word.is_a(*_PERSON)):
        return False
    if opens:
        return word.is_a("np") and not word.is_a(*_COMMON, *_VERB, *_ARTICLE, "pr", "adv", "prn")
    return word.is_a("np") or all(reading.split(".")[0] in _VERB for reading in word.readings)


def _proper_or_unknown(word: Word) -> bool:
    return not word.readings or word.is_a("np")


def _opens_sentence(text: str, words: Sequence[Word], index: int) -> bool:
    """Whether a capital is due at this word anyway: at the start, after a final mark or an opening quotation mark."""
    before = text[: words[index].start].rstrip(" ¿¡(-–—")
    return not before or before[-1] in _OPENS or (before[-1] in "«“„‘\"'" and not before[-2:-1].isalpha())
