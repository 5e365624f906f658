"""Quotations in running text, by the marks that languages write."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# One pattern for each pair of marks; an apostrophe inside a word closes nothing.
_QUOTATIONS = (
    re.compile(r"«\s*([^«»]*\w[^«»]*?)\s*»"),
    re.compile(r"»\s*([^«»]*\w[^«»]*?)\s*«"),
    re.compile(r"[“„]\s*([^“”„]*\w[^“”„]*?)\s*[”“]"),
    re.compile(r"”\s*([^”]*\w[^”]*?)\s*”"),
    re.compile(r"「\s*([^「」]*\w[^「」]*?)\s*」"),
    re.compile(r"『\s*([^『』]*\w[^『』]*?)\s*』"),
    re.compile(r'"\s*([^"]*\w[^"]*?)\s*"'),
    re.compile(r"‹\s*([^‹›]*\w[^‹›]*?)\s*›"),
    re.compile(r"(?<!\w)‚\s*([^‚‘’\n]*\w[^‚‘’\n]*?)\s*[‘’](?!\w)"),
    re.compile(r"「\s*([^「」]*\w[^「」]*?)\s*」"),
    re.compile(r"『\s*([^『』]*\w[^『』]*?)\s*』"),
    re.compile(r"(?<![\w‘])‘((?:[^‘’\n]|(?<=\w)’(?=\w))*?\w(?:[^‘’\w]|(?<=\w)’(?=\w))*)’(?!\w)"),
    re.compile(r"(?<![\w'])'((?:[^'\n]|(?<=\w)'(?=\w))*?\w(?:[^'\w]|(?<=\w)'(?=\w))*)'(?!\w)"),
)


_MARK = re.compile("[«»“”„「」『』\"‹›‚‘’']")


class Quotation(NamedTuple):
    """A quotation by its offsets: the marks with their inner spaces stand at `start:first` and `last:end`."""

    start: int
    first: int
    last: int
    end: int

    def inside(self, other: Quotation) -> bool:
        """Whether this one stands between the marks of the other."""
        return other.first <= self.start and self.end <= other.last

    def crosses(self, other: Quotation) -> bool:
        """Whether the two overlap and neither stands inside the other."""
        apart = self.end <= other.start or other.end <= self.start
        return not (apart or self.inside(other) or other.inside(self))


@lru_cache(maxsize=2048)
def quotations_in(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text in order, with those inside others; a mark without a partner opens none."""
    found: list[Quotation] = []
    if not _MARK.search(text):
        return ()
    for pattern in _QUOTATIONS:
        for match in pattern.finditer(text):
            quotation = Quotation(match.start(), match.start(1), match.end(1), match.end())
            if not any(quotation.crosses(other) for other in found):
                found.append(quotation)
    return tuple(sorted(found))
