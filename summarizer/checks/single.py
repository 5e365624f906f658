"""All the checks of one line: a claim beside its evidence, a translation beside its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checks import figures, lengths, names, quotes, wording
from summarizer.checks.lines import Claim, Pair
from summarizer.records import Finding, NameTable


def check_claim(
    claim: str, evidence: Sequence[str], *, language: str, article: str | None = None
) -> tuple[Finding, ...]:
    """The findings about one line beside the sentences that carry it, all in `language`, a BCP 47 tag.

    `article` is the whole text, where names may come from that the cited sentences do not have.
    """
    return tuple(in_claim(Claim("claim", claim, tuple(evidence), language, article)))


def check_translation(
    source: str, translation: str, *, source_language: str, language: str, names: NameTable | None = None
) -> tuple[Finding, ...]:
    """The findings about one translated line beside its source; the languages are BCP 47 tags."""
    return tuple(in_pair(Pair("translation", source, translation, source_language, language, names or NameTable())))


def in_claim(claim: Claim) -> Iterator[Finding]:
    """Everything found in a line of a summary; nothing in one that is the article's own words.

    A headline that is the article's title still has to cite the sentences that carry its figures.
    """
    if claim.text in claim.evidence:
        return
    yield from figures.in_claim(claim)
    if claim.text != claim.title:
        for check in (names, wording, quotes):
            yield from check.in_claim(claim)


def in_pair(pair: Pair) -> Iterator[Finding]:
    """Everything found in a translated line."""
    for check in (figures, names, wording, quotes, lengths):
        yield from check.in_pair(pair)
