"""Names of a summary's line that the text it was made from does not have, in the same language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.languages import facts
from summarizer.names.customs import (
    capitals_mean_names,
    is_cased,
    is_common,
    is_plain_word,
    is_role,
    is_spaced,
    looks_like_noun,
    may_precede_noun,
    sounds,
)
from summarizer.names.people import people_in
from summarizer.names.slots import Slot, slots
from summarizer.names.words import Word, akin, words_in

_SHORTEST = 3
_TITLE_CASE = 0.6


def new_names(line: str, known: Sequence[str], tag: str) -> Iterator[str]:
    """Names of a line that no `known` text has in any form: capitalised words inside it, none in title case.

    Where every noun has a capital only people are found, and only those of whose name no part is known.
    """
    if not capitals_mean_names(tag):
        people = (person.name for person in people_in(line, tag) if person.sure)
        yield from (name for name in people if not any(_has(known, part) for part in name.split()))
        return
    words = words_in(line)
    if _is_title_case(words):
        return
    for word in words:
        if word.capital and not word.opens and _is_plain_name(word.text, tag) and not _has(known, word.text):
            yield word.text


def replaced(line: str, evidence: Sequence[str], known: Sequence[str], tag: str) -> Iterator[tuple[str, str]]:
    """Names of the evidence with what stands in their place in a line that follows it closely."""
    for sentence in evidence:
        for slot in slots(line, sentence, tag):
            found = _unmatched(slot.found, known, tag)
            expected = _unmatched(slot.expected, (line,), tag)
            if found and expected and _are_names(slot, found, expected, tag):
                yield _joined(expected, sentence), _joined(found, line)


def _unmatched(words: Sequence[Word], texts: Sequence[str], tag: str) -> tuple[Word, ...]:
    """The words that texts have in no form."""
    if not is_spaced(tag):
        whole = "".join(word.text for word in words)
        return () if any(whole in text for text in texts) else tuple(words)
    return tuple(word for word in words if not _has(texts, word.text))


def _are_names(slot: Slot, found: Sequence[Word], expected: Sequence[Word], tag: str) -> bool:
    if is_cased(tag):
        return _are_capitalised(slot, found, expected, tag)
    if all(word.capital and word.text.isascii() and len(word.text) >= _SHORTEST for word in (*found, *expected)):
        return True  # Latin letters among others write names
    if is_spaced(tag):
        return _are_beside_role(slot, found, expected, tag)
    return _are_written_as_names(found, expected, tag)


def _are_capitalised(slot: Slot, found: Sequence[Word], expected: Sequence[Word], tag: str) -> bool:
    words = (*found, *expected)
    if len(found) != len(slot.found) and len(expected) != len(slot.expected):
        return False
    if not all(word.capital and len(word.text) >= _SHORTEST and not is_role(word.text, tag) for word in words):
        return False
    inside = capitals_mean_names(tag) and not any(word.opens for word in words)  # where a capital is no accident
    if not inside and any(is_common(word.text) for word in words):
        return False
    if any(word.opens and is_plain_word(word.text) for word in words):
        return False
    return capitals_mean_names(tag) or _stands_as_name(slot, tag)


def _stands_as_name(slot: Slot, tag: str) -> bool:
    """Whether German words stand where only names do: after a role, or with no article and no ending of nouns."""
    before, after = slot.before, slot.after
    if before and is_role(before.text, tag):
        return True
    if len(slot.found) == len(slot.expected) == 2:
        return True
    bare = before is None or not may_precede_noun(before.text, tag)
    singular = after is not None and after.text.islower() and not after.text.endswith(("en", "sind"))
    if slot.found[0].opens and slot.expected[0].opens:
        return bare and singular
    return bare and not any(looks_like_noun(word.text, tag) for word in (*slot.found, *slot.expected))


def _are_beside_role(slot: Slot, found: Sequence[Word], expected: Sequence[Word], tag: str) -> bool:
    """Whether words of a script without capitals are the only change in a sentence, or stand next to a role."""
    function = facts(tag, "words").get("function", ())
    words = (*found, *expected)
    if any(is_role(word.text, tag) or word.text in function or len(word.text) < 2 for word in words):
        return False
    if len(slot.found) > 2 or len(slot.expected) > 2:
        return False
    if any(word is not None and is_role(word.text, tag) for word in (slot.before, slot.after)):
        return True
    single = len(slot.found) == len(slot.expected) == 1
    long = all(len(word.text) >= _SHORTEST for word in words)
    return single and slot.only and long and not all(is_common(word.text) for word in words)


def _are_written_as_names(found: Sequence[Word], expected: Sequence[Word], tag: str) -> bool:
    """Whether both are written as foreign names are: in katakana, or in the characters kept for that."""
    new, old = ("".join(word.text for word in words) for words in (found, expected))
    if tag == "ja":
        return all(len(found) == len(expected) == 1 and _is_katakana(text) for text in (new, old))
    characters = sounds(tag)
    return bool(characters) and all(len(text) >= 2 and characters.issuperset(text) for text in (new, old))


def _is_katakana(text: str) -> bool:
    return len(text) >= 3 and all("ァ" <= character <= "ー" for character in text)


def _is_plain_name(word: str, tag: str) -> bool:
    return len(word) >= _SHORTEST and not is_common(word) and not is_role(word, tag)


def _has(texts: Sequence[str], word: str) -> bool:
    """Whether texts have a word, a form of it, or each part of it."""
    if any(word.casefold() in _vocabulary(text) for text in texts):
        return True
    parts = [part for part in word.split("-") if len(part) >= _SHORTEST]
    return all(any(_has_form(text, part) for text in texts) for part in parts or [word])


@lru_cache(maxsize=4096)
def _has_form(text: str, word: str) -> bool:
    return any(akin(word, other) for other in _vocabulary(text))


@lru_cache(maxsize=64)
def _vocabulary(text: str) -> frozenset[str]:
    words = {word.text.casefold() for word in words_in(text) if len(word.text) > _SHORTEST or not word.text.islower()}
    return frozenset(words | {part for word in words for part in word.split("-") if part})


def _is_title_case(words: Sequence[Word]) -> bool:
    """Whether a line gives its capitals to most words, as headlines in English may."""
    long = [word for word in words if len(word.text) >= 4]
    return sum(word.text[:1].isupper() for word in long) > _TITLE_CASE * len(long)


def _joined(words: Sequence[Word], text: str) -> str:
    return text[words[0].start : words[-1].end]
