"""Figures of a line against those of what it was made from: values, units, approximators and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checks.codes import finding
from summarizer.checks.hedges import hedges_in_claim, hedges_in_pair
from summarizer.checks.lines import Claim, Pair
from summarizer.figures import Figure, figures_in, has_figure_data, says_two_by_endings
from summarizer.figures.anchors import and_between
from summarizer.figures.evidence import grounded
from summarizer.figures.items import items_of
from summarizer.figures.lexicon import lexicon
from summarizer.figures.matching import MANY, Matched, matched
from summarizer.figures.neighbours import swapped_in_claim
from summarizer.figures.order import swapped_in_translation
from summarizer.figures.otherwise import without_same
from summarizer.figures.places import exchanged
from summarizer.figures.sides import Text
from summarizer.figures.units import converted, misconverted, roughly_converted, same_dimension
from summarizer.figures.values import Kind
from summarizer.figures.wordless import changed_digits, may_be_in_words, same_digits
from summarizer.languages import english_name
from summarizer.records import Finding, Severity

_DUAL = 2
_TEN = 10  # up to which many write numbers in words
_THOUSAND, _MILLION = 1_000, 1_000_000
_PLAIN: frozenset[Kind] = frozenset({"number", "ordinal", "score"})
_ONE_WORD = 40  # characters, at most, between two percentages that share a word
_JOINED = 4  # characters, at most, between two that one short word joins: `49,4 zu 41,1 Prozent`
_NEAR = 8  # characters, at most, between two where no word for a change is known
_BEFORE = frozenset({"changed_from", "from_before", "from_after"})
_CHANGES = _BEFORE | {"range"}
_RUPEES = frozenset({"INR", "PKR"})  # of which neighbours say only rupees
_PERCENT = frozenset({"percent", "points"})
# No language writes one of these as the other.
_APART: dict[Kind, frozenset[Kind]] = {
    "year": frozenset({"age", "money", "day", "time"}),  # `1939 ha` is no measure in Italian
    "age": frozenset({"year", "time", "money", "day"}),
    "time": frozenset({"year", "age", "measure", "money"}),
}


def in_claim(claim: Claim) -> Iterator[Finding]:
    """What a line of a summary has that its evidence does not carry."""
    sources = "\n".join(claim.sources)
    if not has_figure_data(claim.language):
        yield from _unchecked(claim.where, (claim.language,), claim.text + sources)
        yield from _digits_in_claim(claim)
        return
    figures = figures_in(claim.text, claim.language)
    if not figures:
        return
    theirs = figures_in(sources, claim.language)
    carried, foreign = grounded(figures, theirs, claim.text, sources)
    if claim.title:  # it may say a figure in another way, but the cited sentences have to carry it
        cited = "\n".join(claim.evidence)
        _, foreign = grounded(figures, figures_in(cited, claim.language), claim.text, cited)
    evidence, line = Text(sources, claim.language), Text(claim.text, claim.language)
    foreign_pairs = [(near, figure) for figure, near in foreign if near is not None]
    for figure, near in foreign:
        if near is None:
            yield _not_in_evidence(claim.where, figure)
        elif not _shares_sign((near, figure), (*carried, *foreign_pairs), evidence, line):
            detail = f'evidence "{_said(near)}", line "{_said(figure)}"'
            yield _finding("figure_unit", claim.where, detail, near, figure)
    few = carried if len(carried) <= MANY else ()
    swapped = [(first.text, second.text) for (_, first), (_, second) in swapped_in_claim(few, sources, claim.text)]
    for one, other in swapped or exchanged(claim.text, claim.sources):
        detail = f'"{one}" and "{other}" stand beside each other\'s words'
        yield finding("figure_swapped", claim.where, detail, found=one)
    yield from _scales_in_claim(claim.where, figures, theirs)
    yield from hedges_in_claim(claim, carried)


def _scales_in_claim(where: str, figures: Sequence[Figure], sources: Sequence[Figure]) -> Iterator[Finding]:
    """Scales in words of which the evidence has only others: *billions* of *millions*."""
    cited = [figure for figure in sources if figure.value >= _MILLION]
    for figure in filter(_is_in_words, figures):
        if any(_is_in_words(one) for one in cited) and all(_are_far_apart(figure, one) for one in cited):
            yield _not_in_evidence(where, figure)


def _digits_in_claim(claim: Claim) -> Iterator[Finding]:
    """Figures in digits that no cited sentence has; it may have small ones in words that nobody knows here."""
    cited = figures_in("\n".join(claim.evidence), claim.language)
    for figure in figures_in(claim.text, claim.language):
        if figure.written and not any(same_digits(figure, other) for other in cited):
            found = _not_in_evidence(claim.where, figure)
            yield found.model_copy(update={"severity": "warning"}) if may_be_in_words(figure) else found


def in_pair(pair: Pair) -> Iterator[Finding]:
    """What a translated line changes."""
    without = [language for language in (pair.source_language, pair.language) if not has_figure_data(language)]
    if without:
        yield from _unchecked(pair.where, without, pair.source + pair.text)
    source, text = figures_in(pair.source, pair.source_language), figures_in(pair.text, pair.language)
    if not source and not text:
        return
    sides = Text(pair.source, pair.source_language), Text(pair.text, pair.language)
    spelt = pair.source_language not in without, pair.language not in without
    found = changed_digits(source, text, spelt=spelt) if without else matched(source, text)
    many = max(len(source), len(text)) > MANY
    if not many:
        found = without_same(found, (source, text), sides)
    if without or many:
        yield from _missing(pair.where, found, dual=bool(without) or says_two_by_endings(pair.language))
        return
    yield from _missing(pair.where, found, dual=says_two_by_endings(pair.language))
    yield from _other_instead(pair.where, found, source, text)
    yield from _other_scale(pair.where, found, source, text)
    for one, other in found.pairs:
        if not _shares_word(one, other, found.pairs, *sides):
            yield from _unit(pair.where, one, other)
    for (first, _), (second, _) in swapped_in_translation(found.pairs, *sides):
        detail = f'source "{first.text}" before "{second.text}", translation the reverse'
        yield _finding("figure_swapped", pair.where, detail, expected=first, found=second)
    yield from hedges_in_pair(pair, found.pairs)


def _unchecked(where: str, languages: Sequence[str], texts: str) -> Iterator[Finding]:
    if any(map(str.isdecimal, texts)):
        yield finding("language_unchecked", where, f"no number words of {' and '.join(map(english_name, languages))}")


def _missing(where: str, found: Matched, *, dual: bool) -> Iterator[Finding]:
    """Figures without a counterpart; one lost and one added of the same kind are one that was changed."""
    added = list(found.added)
    for figure in found.lost:
        other = _successor(figure, added)
        if other is None and len(added) == len(found.lost) == 1:
            other = added[0]
        if other is None and (_may_go(figure) or figure.kind == "code" or (dual and figure.value == _DUAL)):
            continue  # No. 1: the leader, the best; other scripts spell out `49ers`
        if other is None:
            detail = f'source "{_said(figure)}": not in the translation'
            yield _finding("figure_lost", where, detail, expected=figure)
            continue
        added.remove(other)
        code = "figure_unit" if _same_digits(figure, other) else "figure_changed"
        yield _finding(code, where, f'source "{_said(figure)}", translation "{_said(other)}"', figure, other)
    for figure in added:
        if _may_go(figure) and not found.lost:
            continue
        yield _finding("figure_added", where, f'translation "{_said(figure)}": not in the source', found=figure)


def _other_instead(where: str, found: Matched, source: Sequence[Figure], text: Sequence[Figure]) -> Iterator[Finding]:
    """A number in digits that is a 1, or said again, where a small number word of the source is not found."""
    left = [figure for figure in found.unpaired(text) if figure.written and figure.kind in _PLAIN]
    words = [one for one in found.unpaired(source) if one.weak and one.kind in _PLAIN and one.value > 1]
    if found.lost or len(left) != 1 or len(words) != 1 or words[0].value > _TEN:
        return
    word, other = words[0], left[0]
    pair = word.value == _DUAL and not (word.kind == "number" and _may_go(other))  # both, twins, back-to-back
    if not pair and (_may_go(other) or other not in found.added):
        detail = f'source "{_said(word)}", translation "{_said(other)}"'
        yield _finding("figure_changed", where, detail, word, other)


def _may_go(figure: Figure) -> bool:
    """Whether a figure is a 1 that some languages write where others say *a*, *an* or nothing."""
    return figure.value == 1 and figure.kind in {"number", "ordinal"} and (not figure.written or len(figure.text) == 1)


def _successor(figure: Figure, added: Sequence[Figure]) -> Figure | None:
    """The added figure that most likely stands in the place of a lost one."""
    same = [other for other in added if other.kind == figure.kind]
    return next((other for other in same if other.unit == figure.unit), same[0] if same else None)


def _same_digits(one: Figure, other: Figure) -> bool:
    """Whether two figures differ by their scale word only."""
    scaled = one.exponent != other.exponent
    return scaled and one.value.scaleb(-one.exponent) == other.value.scaleb(-other.exponent)


def _other_scale(where: str, found: Matched, source: Sequence[Figure], text: Sequence[Figure]) -> Iterator[Finding]:
    """A scale in words that has become another one: *millions* are no billions, though ten millions may be crores."""
    scales, others = (list(filter(_is_in_words, found.unpaired(side))) for side in (source, text))
    if len(scales) == len(others) == 1 and _are_far_apart(scales[0], others[0]):
        detail = f'source "{_said(scales[0])}", translation "{_said(others[0])}"'
        yield _finding("figure_changed", where, detail, scales[0], others[0])


def _is_in_words(figure: Figure) -> bool:
    """Whether a figure is a million or more in words alone."""
    return figure.weak and not figure.written and figure.value >= _MILLION


def _are_far_apart(one: Figure, other: Figure) -> bool:
    """Whether one of two scales is a thousand times the other; tens and hundreds of them are not always read."""
    less, more = sorted((one.value, other.value))
    return more >= _THOUSAND * less


def _unit(where: str, one: Figure, other: Figure) -> Iterator[Finding]:
    """The same number with another unit, or another number that is the same in another unit.

    Percent for percentage points is a warning: people who translate news often write so.
    """
    detail = f'source "{_said(one)}", translation "{_said(other)}"'
    if converted(one, other) and (one.unit != other.unit or one.value != other.value):
        said = one.weak and other.weak  # in words on both sides: `acres`, `Hektar`
        if not said and misconverted(one, other):
            yield _finding("figure_changed", where, detail, one, other)
        elif one.kind == other.kind == "measure" and roughly_converted(one, other):
            yield _finding("figure_converted", where, detail, one, other)
    elif not one.weak and not other.weak and unit_differs(one, other):
        severity: Severity | None = "warning" if {one.kind, other.kind} == _PERCENT else None
        yield _finding("figure_unit", where, detail, one, other, severity=severity)


def _shares_word(one: Figure, other: Figure, pairs: Sequence[tuple[Figure, Figure]], source: Text, text: Text) -> bool:
    """Whether the next of two joined percentages has the word for both: `A bei 48 und B bei 45 Prozent`."""
    return (one.kind == "percent" and other.kind == "number") and any(
        same.kind == following.kind == "percent"
        and 0 < following.start - other.end <= _ONE_WORD
        and text.text[following.end :].lstrip()[:1].isalpha()
        and (following.start - other.end <= _JOINED or and_between(one, same, source))
        for same, following in pairs
    )


def _shares_sign(
    pair: tuple[Figure, Figure], pairs: Sequence[tuple[Figure, Figure]], evidence: Text, line: Text
) -> bool:
    """Whether a text writes the percent sign of two figures once: `from 19 to 21 percent`, `21 percent, up from 19`."""
    near, figure = pair
    if {near.kind, figure.kind} != {"percent", "number"}:
        return False
    bare, side, text = (near, 0, evidence) if near.kind == "number" else (figure, 1, line)
    marked = (one[side] for one in pairs if one[side].kind == "percent")
    return any(_changes(bare, other, text) for other in marked)


def _changes(bare: Figure, other: Figure, text: Text) -> bool:
    """Whether a figure without a sign is what another one close by was before, or becomes."""
    first, second = sorted((bare, other), key=lambda figure: figure.start)
    between = text.text[first.end : second.start]
    words = lexicon(text.language)
    items = items_of(between, words)
    if not items or len(between) > _ONE_WORD or any(item.digits for item in items):
        return False
    if not any(map(words.knows, _BEFORE)):  # no word for it is known
        return len(between) <= _NEAR
    return any(not _CHANGES.isdisjoint(item.roles) for item in (items[:1] if first is bare else items[-2:]))


def unit_differs(one: Figure, other: Figure) -> bool:
    """Whether a percent sign, a currency or a unit of measure is on one side only, or is another one."""
    if one.shared or other.shared:
        return False
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and not _PERCENT.isdisjoint(kinds):
        points = kinds == {"points", "number"} and "point" in {one.unit, other.unit}
        return one.exponent == other.exponent and not points
    if other.kind in _APART.get(one.kind, ()) or one.kind in _APART.get(other.kind, ()):
        return True
    if one.kind == other.kind == "money" and "cent" not in {one.unit, other.unit}:
        alike = {one.unit, other.unit} <= _RUPEES or (one.unit.endswith("D") and other.unit.endswith("D"))
        return one.unit != other.unit and not alike
    if one.kind == other.kind == "measure":
        return one.unit != other.unit and same_dimension(one.unit, other.unit)
    return False


def _said(figure: Figure) -> str:
    """The figure with what it counts, as findings show it."""
    mark = {"percent": "%", "points": "percentage points"}.get(figure.kind, figure.unit)
    return f"{figure.text} {mark}".strip() if mark and mark not in figure.text else figure.text


def _not_in_evidence(where: str, figure: Figure) -> Finding:
    return _finding("figure_not_in_evidence", where, f'"{figure.text}" is not in the evidence', found=figure)


def _finding(
    code: str,
    where: str,
    detail: str,
    expected: Figure | None = None,
    found: Figure | None = None,
    *,
    severity: Severity | None = None,
) -> Finding:
    said, instead = expected.text if expected else None, found.text if found else None
    return finding(code, where, detail, severity=severity, expected=said, found=instead)
