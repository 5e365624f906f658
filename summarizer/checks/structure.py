"""Checks on the shape of a draft and of a translation: counts, empty lines, evidence that is really there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summarizer.checks.codes import finding
from summarizer.records import Article, Draft, Evidence, Finding, Translation


def check_summary(draft: Draft, article: Article) -> tuple[Finding, ...]:
    """The findings about a whole draft: evidence exact, no line empty, no more bullets than the article carries."""
    return tuple(_summary_findings(draft, article))


def check_translated(draft: Draft, translation: Translation) -> tuple[Finding, ...]:
    """The findings about a translation beside its draft: same count of bullets, no line empty."""
    findings = list(_empty_lines(translation.headline or "", translation.bullets))
    expected, found = len(draft.bullets), len(translation.bullets)
    if expected != found:
        detail = "not one line for each bullet"
        findings.append(finding("bullets_differ", "bullets", detail, expected=str(expected), found=str(found)))
    return tuple(findings)


def _summary_findings(draft: Draft, article: Article) -> Iterator[Finding]:
    most = max(1, len(article.sentences) - 1)
    if not 1 <= len(draft.bullets) <= most:
        yield finding(
            "bullets_count",
            "bullets",
            f"a summary of this article has 1 to {most} bullets",
            found=str(len(draft.bullets)),
        )
    yield from _empty_lines(draft.headline, [bullet.text for bullet in draft.bullets])
    yield from _bad_evidence("headline", draft.headline_evidence, article)
    for index, bullet in enumerate(draft.bullets):
        yield from _bad_evidence(f"bullets[{index}]", bullet.evidence, article)


def _empty_lines(headline: str, bullets: Iterable[str]) -> Iterator[Finding]:
    named = [("headline", headline), *((f"bullets[{index}]", text) for index, text in enumerate(bullets))]
    for where, text in named:
        if not text.strip():
            yield finding("empty_text", where, "there is no text")


def _bad_evidence(where: str, evidence: Sequence[Evidence], article: Article) -> Iterator[Finding]:
    if not evidence:
        yield finding("evidence_invalid", where, "no sentence is cited")
    for item in evidence:
        if not 1 <= item.sentence <= len(article.sentences):
            yield finding("evidence_invalid", where, f"the article has no sentence {item.sentence}")
            continue
        sentence = article.sentences[item.sentence - 1]
        inside = sentence.start <= item.start < item.end <= sentence.end
        if not inside or article.text[item.start : item.end] != item.text:
            yield finding("evidence_invalid", where, f"the text of sentence {item.sentence} is not what is cited")
