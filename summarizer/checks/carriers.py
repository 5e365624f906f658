"""Whether a line cites the sentences that say what it says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from summarizer.checks.codes import finding
from summarizer.checks.lines import claims
from summarizer.content import terms
from summarizer.records import Article, Draft, Finding, Severity

# Of what the best sentence shares with a line, the cited ones share less than this: by far too little, and too little.
# Of 575 citations put wrong in 23 summaries written by hand, in 9 languages, 549 and 575 lie below; of 115 right ones
# none lies below the first (the next has 0.24), and below the second one that its writer had put wrong.
_FAR, _TOO = 0.15, 0.4
# What a sentence shares with a line where it is said to be about it, in shares of the line's terms.
_MUCH = 0.4


def carriers(draft: Draft, article: Article) -> Iterator[Finding]:
    """Lines that share little with the sentences that they cite, and much with another.

    What is shared are content terms, the rarer in the article the weightier. Lines that share half of their own with
    what they cite are right, whatever others say.
    """
    for claim in claims(draft, article):
        own = frozenset(terms(claim.text, article.language))
        carried = own.intersection(term for text in claim.evidence for term in terms(text, article.language))
        if claim.evidence and 2 * len(carried) < len(own):
            yield from _elsewhere(claim.where, own, carried, article)


def _elsewhere(where: str, own: frozenset[str], carried: frozenset[str], article: Article) -> Iterator[Finding]:
    sentences = article.sentence_texts()
    shared = [own.intersection(terms(text, article.language)) for text in sentences]
    spread = Counter(term for each in shared for term in each)

    def weight(some: frozenset[str]) -> float:
        return sum(math.log1p(len(sentences) / spread[term]) for term in some if spread[term])

    best = max(range(len(shared)), key=lambda index: weight(shared[index]))
    if len(shared[best]) < _MUCH * len(own):
        return
    share = weight(carried) / weight(shared[best])
    if share < _TOO:
        severity: Severity = "error" if share < _FAR else "warning"
        detail = f"sentence {best + 1} says this rather than what is cited"
        yield finding("evidence_elsewhere", where, detail, severity=severity, expected=str(best + 1))
