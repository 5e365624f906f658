"""Names of a line against those of what it was made from.

A name is known by its capital, or in scripts without capitals by its place: between the same neighbours as another in
the sentence that the line follows. Across scripts names are compared by sound, countries and big cities by the names
that CLDR has for them. In doubt nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checks.codes import finding
from summarizer.checks.lines import Claim, Pair
from summarizer.names.added import added
from summarizer.names.claimed import new_names, replaced
from summarizer.names.strangers import Stranger, strange_people, strange_places
from summarizer.names.territories import exchanged
from summarizer.names.translated import Side, changed
from summarizer.records import Finding, Severity


def in_claim(claim: Claim) -> Iterator[Finding]:
    """Names of a line that neither its evidence nor the article has, and names in the place of others."""
    known = (*claim.sources, claim.article or "")
    swaps = list(dict.fromkeys(replaced(claim.text, claim.sources, known, claim.language)))
    for expected, found in swaps:
        yield _changed_in_claim(claim, expected, found)
    told = {word for _, found in swaps for word in found.split()}
    for stranger in _strangers(claim, known):
        if stranger.found in told:
            continue
        told.update(stranger.found.split())
        if stranger.expected:
            yield _changed_in_claim(claim, stranger.expected, stranger.found)
        else:
            yield _new_in_claim(claim, stranger.found)
    for name in new_names(claim.text, known, claim.language):
        if name not in told:
            yield _new_in_claim(claim, name)


def _changed_in_claim(claim: Claim, expected: str, found: str) -> Finding:
    return _changed(claim.where, f'evidence "{expected}", line "{found}"', expected, found)


def _new_in_claim(claim: Claim, name: str) -> Finding:
    """A warning, an error in a headline."""
    severity: Severity | None = "error" if claim.where == "headline" else None
    detail = f'"{name}" is in neither the cited sentences nor the article'
    return finding("name_new", claim.where, detail, severity=severity, found=name)


def _strangers(claim: Claim, known: Sequence[str]) -> Iterator[Stranger]:
    yield from strange_places(claim.text, claim.evidence, known, claim.language)
    yield from strange_people(claim.text, claim.evidence, known, claim.language)


def in_pair(pair: Pair) -> Iterator[Finding]:
    """Names of one side that the other side has another name for, or nothing that sounds like them."""
    for expected, found in exchanged(pair.source, pair.source_language, pair.text, pair.language):
        yield _changed(pair.where, f'source "{expected}", translation "{found}"', expected, found)
    sides = Side(pair.source, pair.source_language), Side(pair.text, pair.language)
    told = set[str]()
    for change in changed(*sides, _known_forms(pair)):
        told.add(change.found or "")
        if change.expected and change.found:
            detail = f'source "{change.expected}", translation "{change.found}"'
        elif change.expected:
            detail = f'source "{change.expected}": nothing in the translation sounds like it'
        else:
            detail = f'translation "{change.found}": nothing in the source sounds like it'
        sure = change.sure or (change.left_out and pair.where == "headline")
        yield _changed(pair.where, detail, change.expected, change.found, sure=sure)
    for name in added(*sides):
        if not any(part in told for part in name.split()):
            detail = f'translation "{name}": nothing in the source sounds like it'
            yield finding("name_new", pair.where, detail, found=name)


def _known_forms(pair: Pair) -> tuple[tuple[str, str], ...]:
    keep = ((term, term) for term in pair.names.keep)
    return (*pair.names.prefer, *pair.names.forms, *keep)


def _changed(where: str, detail: str, expected: str | None, found: str | None, *, sure: bool = True) -> Finding:
    """An error; a warning where only a capital speaks for a name, or where one seems left out rather than replaced."""
    severity: Severity | None = None if sure else "warning"
    return finding("name_changed", where, detail, severity=severity, expected=expected, found=found)
