"""Offices that are not held in full: former, acting, deputy, elect and late, the keys of `[role]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage, has_table, read, spaced
from summarizer.names.customs import is_title
from summarizer.records import Finding

# Without these a person holds an office that somebody else holds; translators leave out -elect.
_KEPT = ("former", "acting", "deputy", "late")
# Letters of an office inside a compound with its role; characters beside a role where words are not separated.
_OFFICE, _BEFORE, _AFTER = 4, 2, 2
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def roles_added(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A word such as former or acting that the source has in no form, or that was put between two of its words."""
    within = line.language == source.language
    for word, concepts in line.words("role", within=within).items():
        if not any(source.allows("role", concept, within=within) for concept in concepts) or (
            within and _put_in(word, line, source)
        ):
            yield finding("role_changed", where, f'"{word}": the source does not say it', found=word)


def roles_lost(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A word such as former or acting of the source that the translation has in no form."""
    for role in _KEPT:
        word = source.first("role", role) if has_table(line.language, "role", role) else ""
        if word and not line.allows("role", role):
            yield finding("role_changed", where, f'source "{word}": the translation has no word for it', expected=word)


def roles_dropped(where: str, line: Passage, evidence: Sequence[str]) -> Iterator[Finding]:
    """A claim with the words round a role of the evidence side by side, and without any word for that role."""
    source = read("\n".join(evidence), line.language)
    for role in _KEPT:
        words = source.said.get(("role", role), ())
        if not words or any((table, role) in line.said for table in ("role", "role_within", "near", "licence")):
            continue
        for word in words:
            if word in source.said.get(("role_then", role), ()):
                continue  # who was president then was president
            pairs = _round(word, source)
            if any(bare in line.folded and bare not in source.folded.replace(full, " | ") for full, bare in pairs):
                yield finding("role_changed", where, f'evidence "{word}": the line has no word for it', expected=word)
                return


def _round(word: str, source: Passage) -> Iterator[tuple[str, str]]:
    """What stands round a word of a role in a text, with it and without: the office, and what follows or precedes it.

    The office may be a part of the word: *vice president*, *Vizepräsident*, 前部长.
    """
    if not spaced(source.language):
        before, _, after = source.folded.partition(word)
        left = before[-_BEFORE:] if before[-_BEFORE:].isalpha() else ""
        for cut in range(1, len(word) + 1):
            right = "" if left and cut < len(word) else after[:_AFTER]
            yield f"{left}{word}{right}", f"{left}{word[cut:]}{right}"
        return
    before, _, after = source.folded.partition(f" {word} ")
    previous, following, names = before.split()[-1:], after.split()[:2], _names(source)
    if len(following) == len(("office", "name")) and following[1] in names:
        yield f" {word} {' '.join(following)} ", f" {' '.join(following)} "
    if previous and following and previous[0].upper() == previous[0]:  # roles that stand behind the office
        yield f" {previous[0]} {word} {following[0]} ", f" {previous[0]} {following[0]} "
    for cut in range(1, len(word) - _OFFICE + 1 if following and following[0] in names else 0):
        if word[cut] != " ":
            yield f" {word} {following[0]} ", f" {word[cut:]} {following[0]} "


def _names(passage: Passage) -> set[str]:
    """The folded words of a passage that are written like names, all of them where letters have no capitals."""
    words = zip(passage.folded.split(), _WORD.findall(passage.text), strict=False)
    return {folded for folded, word in words if word[0] == word[0].upper()}


def _put_in(word: str, line: Passage, source: Passage) -> bool:
    """Whether the words round a word of the line stand side by side in the source, which never has it before them."""
    before, found, after = line.folded.partition(f" {word} ")
    if not found or not after.strip():
        return False
    plain = _without_titles(source)
    following = next(iter(_without_titles(line._replace(folded=after)).split()), "")
    beside = f" {before.rpartition(' ')[2]} {following} " if before.strip() else f" {following} "
    stands = beside in plain if before.strip() else plain.startswith(beside)
    return stands and f" {word} {following} " not in plain


def _without_titles(passage: Passage) -> str:
    """The folded words without forms of address: *Dr* between an office and a name parts nothing."""
    return f" {' '.join(word for word in passage.folded.split() if not is_title(word, passage.language))} "
