"""Who tells it: the kinds of sources that news texts name, `[party]` with `authority`, `police`, `army`, `witness`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage, has_table
from summarizer.records import Finding, Severity

_PARTIES = ("authority", "police", "army", "witness")
# What an army claims it mostly claims of itself, so that its name in a line does not say who tells it.
_TELLS_OF_ITSELF = "army"
# One of these may be called the other.
_ALIKE = {"authority", "police"}
_NEAR = 30  # characters, at most, between a source and its word of saying


def party_stands(line: Passage, source: Passage) -> bool:
    """Whether every kind of source that says something in a text is named in the line, so that a reader may know it.

    It stands near a word of saying, or begins a text whose verb stands last.
    """
    named = _telling(source) or {
        party for party in _named(source) if source.folded.lstrip().startswith(source.first("party", party))
    }
    return bool(named) and _TELLS_OF_ITSELF not in named and named <= _named(line)


def attribution_moved(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """Another kind of source beside a word of saying, in the place of the only one: an error where that is grave."""
    own, other = _named(source), _named(line)
    if (
        len(own) != 1
        or own & other
        or (own | other) == _ALIKE
        or not (own == _telling(source) and (telling := _telling(line)))
    ):
        return
    (party,) = own
    if has_table(line.language, "party", party):
        expected, found = source.first("party", party), line.first("party", min(telling))
        severity: Severity = "error" if source.has("attribution", "grave") else "warning"
        detail = f'source "{expected}": the line says "{found}"'
        yield finding("attribution_lost", where, detail, severity=severity, expected=expected, found=found)


def _named(passage: Passage) -> set[str]:
    return {party for party in _PARTIES if passage.has("party", party)}


def _telling(passage: Passage) -> set[str]:
    """The kinds of sources that stand near a word of saying."""
    said = [span for word in passage.said.get(("attribution", "said"), ()) for span in _spans(word, passage)]
    return {
        party
        for party in _PARTIES
        for word in passage.said.get(("party", party), ())
        for start, end in _spans(word, passage)
        if any(first - end <= _NEAR and start - last <= _NEAR for first, last in said)
    }


def _spans(word: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """Where a word stands in a passage."""
    return (match.span() for match in re.finditer(re.escape(word), passage.folded))
