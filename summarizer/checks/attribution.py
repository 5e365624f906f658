"""Who says it: attribution of casualties and accusations.

`[attribution]` has `said`, the clear markers whose loss matters; `hedge`, whatever else shows that somebody says it;
`grave`, words of casualties, accusations and military claims. Quotation marks and a speaker before a colon are markers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage, has_table, read
from summarizer.quotations import quotations_in
from summarizer.records import Finding

_SPEAKER = regex.compile(r"(?<!\d)\s?[:：]\s*\S|^\W*[\p{L}\p{M}][\p{L}\p{M}\s.'’-]{1,60}\s[–—-]\s")
# Share of the words of a claim that a sentence must have to be what the claim was made from.
_FOLLOWS = 0.5


def attribution_lost(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A translation without any marker, where its source says who says something grave."""
    if not has_table(line.language, "attribution", "said"):
        return
    said, grave = source.first("attribution", "said"), source.first("attribution", "grave")
    if said and grave and not _is_attributed(line):
        detail = f'source "{said}": the translation does not say who says it'
        yield finding("attribution_lost", where, detail, expected=said)


def attribution_dropped(where: str, line: Passage, evidence: Sequence[str]) -> Iterator[Finding]:
    """A claim without any marker that says something grave as the cited sentences say it, all of them with a marker."""
    grave = set(line.words("attribution")) & _grave(line)
    if not grave or _is_attributed(line):
        return
    carrying = [read(text, line.language) for text in evidence]
    carrying = [passage for passage in carrying if grave & _grave(passage) and _follows(line, passage)]
    said = [passage.first("attribution", "said") for passage in carrying]
    if said and all(said):
        detail = f'evidence "{said[0]}": the line does not say who says it'
        yield finding("attribution_lost", where, detail, expected=said[0])


def _grave(passage: Passage) -> set[str]:
    return {word for word, concepts in passage.words("attribution").items() if "grave" in concepts}


def _is_attributed(line: Passage) -> bool:
    marked = line.has("attribution", "said") or line.has("attribution", "hedge")
    return marked or bool(_SPEAKER.search(line.text) or quotations_in(line.text))


def _follows(line: Passage, passage: Passage) -> bool:
    """Whether a sentence has most of the words of a line; of the characters where words are not separated."""
    words = set(line.folded.split()) if " " in line.folded.strip() else set(line.folded)
    carried = passage.folded.split() if " " in line.folded.strip() else passage.folded
    return len(words.intersection(carried)) >= _FOLLOWS * len(words)
