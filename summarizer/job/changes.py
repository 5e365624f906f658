"""What a new version of an article changes: figures, and whether the sentences that a summary cites still stand."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from summarizer.figures import Figure, figures_in, has_figure_data
from summarizer.figures.matching import matched
from summarizer.job.entries import Change
from summarizer.records import Article, Evidence, NewsSummary

# Two sentences with so much in common are one sentence that was brought up to date.
_SAME_SENTENCE = 0.6
_MOST_CHANGES = 4
_COUNTED = frozenset({"number", "percent", "money", "measure", "points"})


def cited(summary: NewsSummary) -> tuple[Evidence, ...]:
    """Every passage that the lines of a summary cite, each once, in the order of the article."""
    passages = (*summary.headline_evidence, *(passage for bullet in summary.bullets for passage in bullet.evidence))
    return tuple(sorted(dict.fromkeys(passages), key=lambda passage: passage.start))


def still_stands(summary: NewsSummary, article: Article) -> bool:
    """Whether an article still has every sentence that a summary cites, word by word."""
    sentences = {_plain(text) for text in article.sentence_texts()}
    return all(_plain(passage.text) in sentences for passage in cited(summary))


def changed_figures(before: Article, after: Article, shown: NewsSummary) -> tuple[Change, ...]:
    """The figures of the cited sentences of `shown` that another number stood for in the article before.

    A sentence is compared with the one that it is most alike to; only amounts count, not dates or ordinals, and only
    where one of the same kind and unit took the place of another.
    """
    if before.language != after.language or not has_figure_data(after.language):
        return ()
    old = [text for text in before.sentence_texts() if _plain(text) not in set(map(_plain, after.sentence_texts()))]
    found: dict[Change, None] = {}
    for passage in cited(shown):
        earlier = _most_alike(passage.text, old)
        if earlier is not None:
            found |= dict.fromkeys(_changes(earlier, passage.text, after.language))
    return tuple(found)[:_MOST_CHANGES]


def _changes(before: str, after: str, language: str) -> Iterator[Change]:
    compared = matched(figures_in(before, language), figures_in(after, language))
    lost, added = (_amounts(figures) for figures in (compared.lost, compared.added))
    for figure in lost:
        other = next((new for new in added if (new.kind, new.unit) == (figure.kind, figure.unit)), None)
        if other is not None:
            added.remove(other)
            yield Change(before=figure.text, after=other.text)


def _amounts(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.kind in _COUNTED]


def _most_alike(text: str, others: Iterable[str]) -> str | None:
    def likeness(other: str) -> float:
        return difflib.SequenceMatcher(None, _plain(text).split(), _plain(other).split(), autojunk=False).ratio()

    best = max(others, key=likeness, default=None)
    return best if best is not None and (likeness(best) >= _SAME_SENTENCE or _alike_by_signs(text, best)) else None


def _alike_by_signs(text: str, other: str) -> bool:
    """The same for scripts that write no spaces."""
    if len(text.split()) > 3:
        return False
    return difflib.SequenceMatcher(None, text, other, autojunk=False).ratio() >= _SAME_SENTENCE


def _plain(text: str) -> str:
    return " ".join(text.split())
