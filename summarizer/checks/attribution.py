"""Who says it: attribution of casualties and accusations.

`[attribution]` has `said`, the clear markers whose loss matters; `hedge`, whatever else shows that somebody says it;
`grave`, words of casualties, accusations and military claims. Those of them that `[stage]` has under `accused` are
markers too, because somebody accuses. Quotation marks and a speaker before a colon are markers. A line without a
marker that still names its source has only a warning: somebody says that *officials count 17 dead*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from summarizer.checks.codes import finding
from summarizer.checks.parties import party_stands
from summarizer.checks.terms import Passage, has_table, read
from summarizer.quotations import quotations_in
from summarizer.records import Finding, Severity

_SPEAKER = regex.compile(r"(?<!\d)\s?[:：]\s*\S|^\W*[\p{L}\p{M}][\p{L}\p{M}\s.'’-]{1,60}\s[–—-]\s")
# Share of the words of a claim that a sentence must have to be what the claim was made from, and to be its model.
_FOLLOWS, _CLOSELY = 0.5, 0.8
_MOSTLY = 0.6  # share of the words of a clause of the evidence, so that its marker is about what the claim says
_INSIDE = (0.35, 0.6)  # shares of a sentence before a marker that is not near its ends
_CLAUSE_END = regex.compile(r"[;；؛。！？।۔!?]+\s*|(?<=[\p{L}\p{M}]{3}|\d)\.\s+(?=\P{Ll})")


def attribution_lost(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A translation without any marker, where its source says who says something: an error where that is grave.

    Where both have the same number of clauses, each clause is compared with its own.
    """
    if not has_table(line.language, "attribution", "said"):
        return
    for part, original in _beside(line, source):
        said = _told_by(original)
        if not said or _is_attributed(part):
            continue
        grave = original.has("attribution", "grave")
        if grave or _frames(said, original):
            detail = f'source "{said}": the translation does not say who says it'
            severity: Severity = "error" if grave and not _is_named(part, original) else "warning"
            yield finding("attribution_lost", where, detail, severity=severity, expected=said)
            return


def _frames(said: str, source: Passage) -> bool:
    """Whether a marker stands near an end of its sentence; inside, it may belong to a part that a line leaves out."""
    text = source.folded.partition("\n")[0]
    return not _INSIDE[0] < text.find(said) / max(len(text), 1) < _INSIDE[1]


def _beside(line: Passage, source: Passage) -> Iterator[tuple[Passage, Passage]]:
    """A line beside its source, and their clauses about something grave, where both have as many."""
    yield line, source
    own, theirs = _clauses(line.text), _clauses(source.text)
    if source.has("attribution", "grave") and len(own) == len(theirs) > 1:
        passages = (
            (read(one, line.language), read(other, source.language)) for one, other in zip(own, theirs, strict=True)
        )
        yield from (pair for pair in passages if pair[1].has("attribution", "grave"))


def attribution_dropped(where: str, line: Passage, evidence: Sequence[str]) -> Iterator[Finding]:
    """A claim that says something grave as the cited sentences say it, all of them with a marker that it has not.

    Either the claim has no marker at all, or one of its clauses follows one of the evidence but for the marker.
    """
    if not line.has("attribution", "grave"):
        return
    said = _without_marker(line, [read(text, line.language) for text in evidence]) or _cut_out(line, evidence)
    if said:
        detail = f'evidence "{said}": the line does not say who says it'
        named = _is_named(line, read("\n".join(evidence), line.language))
        yield finding("attribution_lost", where, detail, severity="warning" if named else "error", expected=said)


def _without_marker(line: Passage, evidence: Sequence[Passage]) -> str:
    grave = _said_of("grave", line)
    if _is_attributed(line):
        return ""
    said = [
        _told_by(passage)
        for passage in evidence
        if (grave & _said_of("grave", passage) or _accuses(passage)) and _follows(line, passage, _FOLLOWS)
    ]
    return said[0] if said and all(said) else ""


def _cut_out(line: Passage, evidence: Sequence[str]) -> str:
    """The marker of a clause that a clause of the line follows without it; it may keep what only hedges."""
    passages = [read(clause, line.language) for text in evidence for clause in _clauses(text)]
    for clause in _clauses(line.text):
        part = read(clause, line.language)
        grave = _said_of("grave", part)
        if not grave or _accuses(part) or part.has("attribution", "said") or _is_told(part.text):
            continue
        followed = [
            passage
            for passage in passages
            if grave & _said_of("grave", passage)
            and _follows(part, passage, _CLOSELY)
            and _follows(passage, part, _MOSTLY)
        ]
        said = [passage.first("attribution", "said") for passage in followed]
        if said and all(said) and all(_said_of("hedge", part) <= _said_of("hedge", passage) for passage in followed):
            return said[0]
    return ""


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE_END.split(text) if clause.strip()]


def _said_of(concept: str, passage: Passage) -> set[str]:
    """The words of a passage that stand for a concept of attribution."""
    return {word for word, concepts in passage.words("attribution").items() if concept in concepts}


def _is_named(line: Passage, source: Passage) -> bool:
    """Whether a line names who says it, without a word of saying; who is accused may be named, and nobody says it."""
    return source.has("attribution", "said") and party_stands(line, source)


def _told_by(passage: Passage) -> str:
    """The marker of a passage: a word of saying, else one of accusing."""
    return passage.first("attribution", "said") or _accuses(passage)


def _accuses(passage: Passage) -> str:
    """A word of accusing in a passage, else an empty text."""
    return next((word for word in passage.said.get(("stage", "accused"), ()) if word in _said_of("grave", passage)), "")


def _is_attributed(line: Passage) -> bool:
    return line.has("attribution", "said") or line.has("attribution", "hedge") or _is_told(line.text)


def _is_told(text: str) -> bool:
    return bool(_SPEAKER.search(text) or quotations_in(text))


def _follows(line: Passage, passage: Passage, share: float) -> bool:
    """Whether a sentence has a share of the words of a line; of the characters where words are not separated."""
    words = set(line.folded.split()) if " " in line.folded.strip() else set(line.folded)
    carried = passage.folded.split() if " " in line.folded.strip() else passage.folded
    return len(words.intersection(carried)) >= share * len(words)
