"""What the checks say of somebody's summary beside the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from summarizer.checks.codes import finding
from summarizer.checks.copies import repeated_in_draft
from summarizer.checks.language import languages
from summarizer.checks.leaks import leaks
from summarizer.checks.lengths import lengths
from summarizer.checks.lines import Claim, Line, Pair
from summarizer.checks.single import in_claim, in_pair
from summarizer.checks.structure import empty_lines
from summarizer.identify import same_language
from summarizer.names.people import people_in
from summarizer.records import NO_NAMES, Article, Finding, Status, bullet_place
from summarizer.submitted.alignment import aligned, carrying
from summarizer.submitted.lines import Submitted, SubmittedLine
from summarizer.verdicts import errors_in, status_of

# A summary in another language need not say all that its sentences say, and a line beside the whole article only what
# stands somewhere in it.
_OF_THE_WHOLE = frozenset({"figure_lost", "figure_converted", "length_ratio", "polarity_changed", "quotes_differ"})
_ANYWHERE = frozenset({"figure_added", "figure_changed", "figure_unit", "language_unchecked", "loaded_word"})


class Checked(NamedTuple):
    """The findings about a summary in one language, and the sentences that each line was laid beside."""

    language: str
    lines: int
    findings: tuple[Finding, ...]
    sentences: dict[str, tuple[int, ...]]

    @property
    def status(self) -> Status:
        """`held` with an error, `flagged` with a warning, else `ok`."""
        return status_of(self.findings)


class _Placed(NamedTuple):
    """A line, its place, and the numbers of the sentences it is compared with; without any it speaks of all.

    `title` is the article's own, for a headline, which may be that or its translation; `original` a line in the
    article's language that this one may be the translation of.
    """

    where: str
    text: str
    sentences: tuple[int, ...]
    title: str | None = None
    original: str | None = None

    def evidence(self, article: Article) -> tuple[str, ...]:
        """The sentences that the line is compared with."""
        texts = article.sentence_texts()
        return tuple(texts[number - 1] for number in self.sentences) or texts

    def around(self, article: Article) -> tuple[str, ...]:
        """The evidence with the sentences before and after, where people find what "that date" is."""
        texts = article.sentence_texts()
        near = {number + step for number in self.sentences for step in (-1, 0, 1)}
        return tuple(text for number, text in enumerate(texts, 1) if number in near) or texts


def check_submitted(
    article: Article, submitted: Submitted, language: str | None = None, *, own: Submitted | None = None
) -> Checked:
    """Everything that the checks find; `language` is what the summary should be in, else what it says it is.

    `own` is what stands beside it in the article's language: what translates a line of that well has no finding.
    """
    tag = language or submitted.spoken
    placed = [_placed(where, line, tag, article) for where, line in _lines(submitted)]
    if own is not None and own is not submitted:
        originals = {where: line.text for where, line in _lines(own)}
        placed = [line._replace(original=originals.get(line.where)) for line in placed]
    found = (*_not_there(submitted, article), *_about_all(placed, tag, article), *_about_each(placed, tag, article))
    return Checked(tag, len(placed), found, {line.where: line.sentences for line in placed})


def _lines(submitted: Submitted) -> Iterator[tuple[str, SubmittedLine]]:
    if submitted.headline is not None:
        yield "headline", submitted.headline
    yield from ((bullet_place(index), bullet) for index, bullet in enumerate(submitted.bullets))


def _not_there(submitted: Submitted, article: Article) -> Iterator[Finding]:
    """Sentences that are cited and that the article does not have."""
    for where, line in _lines(submitted):
        for number in line.sentences:
            if not 1 <= number <= len(article.sentences):
                yield finding("evidence_invalid", where, f"the article has no sentence {number}")


def _placed(where: str, line: SubmittedLine, language: str, article: Article) -> _Placed:
    texts = article.sentence_texts()
    numbers = tuple(number for number in line.sentences if 1 <= number <= len(texts))
    numbers = numbers or aligned(line.text, language, texts, article.language)
    is_headline = where == "headline"
    if not line.sentences:
        numbers += carrying(line.text, language, texts, article.language, numbers, alone=is_headline)
    return _Placed(where, line.text, numbers, article.title if is_headline else None)


def _about_all(placed: Sequence[_Placed], language: str, article: Article) -> Iterator[Finding]:
    lines = [
        Line(each.where, each.text, "\n".join(filter(None, (each.title, *each.evidence(article))))) for each in placed
    ]
    yield from empty_lines(lines)
    # Between languages a headline may be a bullet, as where the article's own is one of its sentences.
    same = same_language(language, article.language)
    yield from repeated_in_draft([line for line in lines if same or line.where != "headline"])
    yield from languages(lines, language, text="summary", source_language=article.language)
    yield from leaks(lines, language)
    yield from lengths(lines, language)


def _about_each(placed: Iterable[_Placed], language: str, article: Article) -> Iterator[Finding]:
    same = same_language(language, article.language)
    for line in placed:
        evidence = line.evidence(article)
        if same:
            yield from in_claim(Claim(line.where, line.text, evidence, language, article.text, line.title))
            continue
        yield from _about_translated(line, language, article)


def _about_translated(line: _Placed, language: str, article: Article) -> Iterator[Finding]:
    """What counts of the findings about a line in another language."""
    pair = Pair(line.where, "\n".join(line.evidence(article)), line.text, article.language, language, NO_NAMES)
    findings = tuple(in_pair(pair))
    if errors_in(findings) and any(
        source and not errors_in(in_pair(pair._replace(source=source))) for source in (line.original, line.title)
    ):
        return
    around = _added(in_pair(pair._replace(source="\n".join(line.around(article))))) if _added(findings) else set()
    for found in findings:
        if found.code == "figure_added" and found.found not in around:
            continue
        if found.code == "name_changed" and not _is_person(found.found, line.text, language):
            continue
        if found.code in _ANYWHERE or (line.sentences and found.code not in _OF_THE_WHOLE):
            yield found


def _is_person(name: str | None, text: str, language: str) -> bool:
    """Whether more than a capital says so; a line that leaves people out may have any other word in their place."""
    return any(person.sure and name in {person.surname, person.name} for person in people_in(text, language))


def _added(findings: Iterable[Finding]) -> set[str | None]:
    """The figures that have no counterpart."""
    return {found.found for found in findings if found.code == "figure_added"}
