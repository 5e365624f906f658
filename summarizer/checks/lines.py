"""The lines that the checks read, each with the text that it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.identify import outside_quotes
from summarizer.languages import columns
from summarizer.records import Article, Draft, Evidence, NameTable, Translation, bullet_place

# Columns of a text that a finding shows: some four words.
_SHOWN = 32


class Line(NamedTuple):
    """A headline or a bullet: its place as findings name it, its text, and what it was made from.

    `source` is the cited evidence of a line of a draft, and the draft's line for a line of a translation.
    """

    where: str
    text: str
    source: str

    def unquoted(self) -> Line:
        """The line without its quotations; one that is all quotation stays as it is."""
        rest = outside_quotes(self.text, least=0)
        return self._replace(text=rest) if rest != self.text and any(map(str.isalpha, rest)) else self


def drafted_lines(draft: Draft, article: Article) -> tuple[Line, ...]:
    """The headline and the bullets of a draft, each with its evidence; the title counts as evidence of the headline."""
    headline = Line("headline", draft.headline, "\n".join([article.title or "", *_texts(draft.headline_evidence)]))
    bullets = ((bullet.text, "\n".join(_texts(bullet.evidence))) for bullet in draft.bullets)
    return headline, *(Line(bullet_place(index), *pair) for index, pair in enumerate(bullets))


def translated_lines(draft: Draft, headline: str, bullets: Sequence[str]) -> tuple[Line, ...]:
    """The headline and the bullets of a translation, each with the draft's line of the same place, if there is one."""
    sources = [bullet.text for bullet in draft.bullets]
    sources += [""] * (len(bullets) - len(sources))
    pairs = zip(bullets, sources, strict=False)
    return Line("headline", headline, draft.headline), *(
        Line(bullet_place(index), *pair) for index, pair in enumerate(pairs)
    )


def passage(text: str) -> str:
    """As much of a text as a finding may show: a few words, because others see findings than see held lines."""
    shown = text[:_SHOWN]
    while columns(shown) > _SHOWN:
        shown = shown[:-1]
    return shown


def _texts(evidence: Sequence[Evidence]) -> list[str]:
    return [item.text for item in evidence]


class Claim(NamedTuple):
    """A line of a summary beside the sentences that it cites, and the whole article where that is known.

    `title` is the article's own, for its headline: it speaks for names and words, but is no evidence of a figure.
    """

    where: str
    text: str
    evidence: tuple[str, ...]
    language: str
    article: str | None = None
    title: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The cited sentences, after the title where that counts."""
        return (self.title, *self.evidence) if self.title else self.evidence


class Pair(NamedTuple):
    """A line beside its translation; `names` are the forms that names and terms must have."""

    where: str
    source: str
    text: str
    source_language: str
    language: str
    names: NameTable = NameTable()


def claims(draft: Draft, article: Article) -> tuple[Claim, ...]:
    """The lines of a draft, each with what it cites."""
    whole = "\n".join(filter(None, (article.title, article.text)))
    cited = tuple(_texts(draft.headline_evidence))
    headline = Claim("headline", draft.headline, cited, draft.language, whole, article.title)
    bullets = (
        Claim(bullet_place(index), bullet.text, tuple(_texts(bullet.evidence)), draft.language, whole)
        for index, bullet in enumerate(draft.bullets)
    )
    return headline, *bullets


def pairs(draft: Draft, translation: Translation, names: NameTable) -> tuple[Pair, ...]:
    """The lines of a draft beside those of a translation; lines without a counterpart are left out."""
    texts = (translation.headline or "", *translation.bullets)
    places = ("headline", *map(bullet_place, range(len(draft.bullets))))
    return tuple(
        Pair(where, source, text, draft.language, translation.language, names)
        for where, source, text in zip(places, draft.lines, texts, strict=False)
    )
