"""Attribution, strong words, legal stage, roles and polarity of a line against what it was made from.

What is compared is data, `config/wording/<tag>.toml`: a language without a list for something is not judged by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.checks.attribution import attribution_dropped, attribution_lost
from summarizer.checks.lines import Claim, Pair
from summarizer.checks.loaded import loaded_sayings, loaded_words
from summarizer.checks.manner import first_person, first_person_translated, polite_endings, relative_days
from summarizer.checks.parties import attribution_moved
from summarizer.checks.polarity import denial_lost, denial_replaced, denial_turned, negation_lost, negation_moved
from summarizer.checks.roles import roles_added, roles_dropped, roles_lost
from summarizer.checks.status import legal_stages
from summarizer.checks.terms import read
from summarizer.records import Finding

_IN_ANY = (
    loaded_words,
    loaded_sayings,
    legal_stages,
    roles_added,
    relative_days,
    attribution_moved,
    denial_turned,
)


def in_claim(claim: Claim) -> Iterator[Finding]:
    """What a line of a summary has that its evidence does not carry."""
    line = read(claim.text, claim.language)
    source = read("\n".join(claim.sources), claim.language)
    for check in (*_IN_ANY, first_person, polite_endings):
        yield from check(claim.where, line, source)
    for compare in (attribution_dropped, negation_moved, denial_replaced, roles_dropped):
        yield from compare(claim.where, line, claim.sources)


def in_pair(pair: Pair) -> Iterator[Finding]:
    """What a translated line changes."""
    line, source = read(pair.text, pair.language), read(pair.source, pair.source_language)
    for check in (*_IN_ANY, roles_lost, attribution_lost, negation_lost, denial_lost, first_person_translated):
        yield from check(pair.where, line, source)
