"""Keeps figures, names and quotations out of a translator's hands, and writes them back in the target's own form.

A figure or name is handed over as a stand-in that the pair is known to carry through unchanged: digits, or a person's
or place's name that begins alike, so that `de` can become `d'`. It is found again by its tag, not by its position.
The words of a quotation are translated in their sentence; their tags prove that the marks stand round the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from summarizer.checks import finding
from summarizer.languages import facts
from summarizer.offline.names import Name
from summarizer.offline.numerals import Figure, bare_scales, figures_in, million, percent, same_scale, written
from summarizer.offline.stream import Piece, close, decode, encode, reopened
from summarizer.quotations import Quotation, quotations_in
from summarizer.records import Finding

_OPEN, _CLOSE = "⟦", "⟧"  # stand for quotation marks while a line is translated; no alphabet or dictionary has them
_OUTSIDE = "o"
_LOST = {"figure": "figure_lost", "name": "name_lost", "quote": "quote_lost"}
_FINAL = frozenset(".!?…")
_CODE = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w[\w.-]*|(?<!\w)[@#]\w+"  # addresses, handles, hashtags
    r"|(?<!\w)(?!\d+(?:st|nd|rd|th)\b)"  # English ordinals are words
    r"(?:[^\W\d_]+-?\d\w*|\d+-[A-Z]\w*|\d+\.?[ºª]|\d+(?:[.:]\d+)*[^\W\d_]\w*)(?:-\w+)*"  # COVID-19, 15-M, 3.ª, 5G
)
_COMPOUND = re.compile(r"(?<![\w-])[^\W_]+(?:-[^\W_]+)+(?![\w-])")
_MARKED = re.compile(r"([*#@])([^\W\d_][\w'’·-]*)")
_GLUED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")


@dataclass(frozen=True, slots=True)
class StandIns:
    """Names that a pair carries through: one beginning with a consonant, one with a vowel; `places` may be empty."""

    people: tuple[str, str]
    places: tuple[str, ...] = ()

    def like(self, name: Name) -> str:
        """The stand-in of the same kind whose first letter is of the same class."""
        first = unicodedata.normalize("NFD", name.text)[0].casefold()
        return (self.people if name.person or not self.places else self.places)[first in "aeiou"]


@dataclass(frozen=True, slots=True)
class Token:
    """What a tag stands for: as it was written, as the translator sees it, and as it is written back.

    Of a quotation these are the opening mark, the closing mark, and both. A `scaled` figure has a scale word after its
    stand-in, which goes with it.
    """

    tag: str
    kind: Literal["figure", "name", "quote"]
    source: str
    stand_in: str = ""
    target: str = ""
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Protected:
    """A line as the translator gets it, and what is needed to write it back.

    `stream` is one segment in the Apertium stream format. `doubtful` are unknown words that only look like names;
    `findings` say what cannot be handed over safely.
    """

    line: str
    stream: str
    stop_added: bool
    tokens: tuple[Token, ...]
    doubtful: frozenset[str]
    findings: tuple[Finding, ...]


class Restored(NamedTuple):
    """A translated line with its tokens written back, and what was found on the way."""

    text: str
    findings: tuple[Finding, ...]


class _Edit(NamedTuple):
    """A span of the source line and the pieces that the translator gets in its place."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    token: Token | None = None


class LanguagePair(NamedTuple):
    """From which language to which, and the stand-ins that the pair carries through."""

    source: str
    target: str
    stand_ins: StandIns


def opened(line: str, units: Iterable[tuple[int, int]] = ()) -> str:
    """The line with its lower-case compounds opened: `10-month` → `10 month`, of the same length.

    A hyphen inside one of `units`, the offsets of words that the dictionary has whole (`peut-être`), stays.
    """
    whole = list(units)

    def without_hyphens(match: re.Match[str]) -> str:
        if not match[0].islower():
            return match[0]
        at = match.start()
        return "".join(
            " " if char == "-" and not any(start < at + i < end - 1 for start, end in whole) else char
            for i, char in enumerate(match[0])
        )

    return _COMPOUND.sub(without_hyphens, line)


def protect(
    line: str, names: Sequence[Name], languages: LanguagePair, *, where: str, doubtful: frozenset[str] = frozenset()
) -> Protected:
    """A line of one source language with its tokens tagged; `names` by their offsets in this very line."""
    figures = figures_in(line, languages.source)
    edits = _numbered(_edits(line, names, figures, languages), _quote_edits(quotations_in(line), languages.target))
    unsafe = [
        edit.token.source for edit in edits if edit.token and edit.token.kind == "figure" and not edit.token.target
    ]
    if not same_scale(languages.source, languages.target):
        unsafe += bare_scales(line, figures, languages.source)
    stop = line.rstrip("\"'”’»)] ")[-1:] not in _FINAL
    return Protected(
        line=line,
        stream=close(encode(_pieces(line, edits)), stop=stop),
        stop_added=stop,
        tokens=tuple(edit.token for edit in edits if edit.token),
        doubtful=doubtful,
        findings=tuple(
            finding("figure_unsafe", where, "its value may change in this language", found=text) for text in unsafe
        ),
    )


def restore(protected: Protected, output: str, language: str, *, where: str) -> Restored:
    """The answer for a protected line, with every token written back; a lost or doubled one is an error."""
    pieces = list(decode(reopened(output, stop=protected.stop_added)))
    lost = []
    for token in reversed(protected.tokens):  # inner quotations before those round them
        whole = _close_quotation(pieces, token) if token.kind == "quote" else _write_back(pieces, token)
        if not whole:
            code = _LOST[token.kind]
            lost.append(finding(code, where, "missing, doubled or moved", expected=token.target, found=None))
    if any(mark in piece.text for piece in pieces for mark in (_OPEN, _CLOSE)) and not lost:
        lost.append(finding("quote_lost", where, "a quotation mark stands alone"))
    unknown = _unknown_words(pieces, protected.doubtful, where)
    # A token's own inside is not looked at: COVID-19 is no glued digit.
    glued = _GLUED.search("".join(f"{p.text[:1]}·{p.text[-1:]}" if p.literal else p.text for p in pieces))
    findings = [*protected.findings, *lost, *unknown]
    if glued:
        findings.append(finding("digit_glued", where, "a digit touches a letter", found=glued[0]))
    return Restored(_tidy(pieces, protected.line, language), tuple(findings))


def _edits(line: str, names: Sequence[Name], figures: Sequence[Figure], languages: LanguagePair) -> Iterator[_Edit]:
    """The figures, then the codes and names that do not overlap what came before."""
    taken: list[tuple[int, int]] = []
    for figure in figures:
        taken.append((figure.start, figure.end))
        yield _figure_edit(figure, languages)
    codes = (Name(match.start(), match.end(), match[0], person=False) for match in _CODE.finditer(line))
    for name in (*codes, *names):
        if not any(name.start < end and start < name.end for start, end in taken):
            taken.append((name.start, name.end))
            stand_in = languages.stand_ins.like(name)
            token = Token("", "name", name.text, stand_in, name.text)
            yield _Edit(name.start, name.end, (Piece(stand_in),), token)


def _figure_edit(figure: Figure, languages: LanguagePair) -> _Edit:
    target = written(figure, languages.source, languages.target) or ""
    digits = "".join(char for char in figure.number if char.isdigit())
    stand_in = f"{digits} {million(languages.source)}" if figure.exponent else digits
    after = (Piece(f" {figure.currency}"),) if figure.currency else ()
    return _Edit(
        figure.start,
        figure.end,
        (Piece(stand_in), *after),
        Token("", "figure", figure.text, digits, target, scaled=figure.exponent > 0),
    )


def _quote_edits(quotations: Sequence[Quotation], target: str) -> Iterator[_Edit]:
    """Two edits for each quotation: the opening mark carries its token, the closing mark none."""
    for quotation in quotations:
        opening, closing = _marks(target, inner=any(quotation.inside(other) for other in quotations))
        token = Token("", "quote", opening, closing, f"{opening}…{closing}")
        yield _Edit(quotation.start, quotation.first, (Piece(_OPEN),), token)
        yield _Edit(quotation.last, quotation.end, (Piece(_CLOSE),))


def _marks(language: str, *, inner: bool = False) -> tuple[str, str]:
    opening, closing = facts(language, "numbers").get("quotes_inner" if inner else "quotes", ("“", "”"))
    return str(opening), str(closing)


def _numbered(*edits: Iterable[_Edit]) -> list[_Edit]:
    """All edits by their place in the line, their tokens tagged in that order."""
    ordered = sorted((edit for group in edits for edit in group), key=lambda edit: (edit.start, edit.end))
    return [
        edit._replace(token=replace(edit.token, tag=f"{edit.token.kind[0]}{number}")) if edit.token else edit
        for number, edit in enumerate(ordered, start=1)
    ]


def _pieces(line: str, edits: Sequence[_Edit]) -> Iterator[Piece]:
    """The line as tagged pieces; where there is a quotation, the words outside it are tagged too."""
    open_quotes: list[str] = [_OUTSIDE] if any(edit.token and edit.token.kind == "quote" for edit in edits) else []
    last = 0
    for edit in edits:
        yield Piece(line[last : edit.start], tuple(open_quotes))
        last = edit.end
        if edit.pieces[0].text == _CLOSE:
            open_quotes.pop()
            yield edit.pieces[0]
        elif edit.token and edit.token.kind == "quote":
            yield edit.pieces[0]
            open_quotes.append(edit.token.tag)
        elif edit.token:
            yield Piece(edit.pieces[0].text, (*open_quotes, edit.token.tag))
            yield from (Piece(piece.text, tuple(open_quotes)) for piece in edit.pieces[1:])
    yield Piece(line[last:], tuple(open_quotes))


def _write_back(pieces: list[Piece], token: Token) -> bool:
    """Replace the stand-in by the target form; False where it does not stand there exactly once."""
    places = _places(pieces, token)
    if not places:
        return False
    first, last = places[0], places[-1]
    text = "".join(piece.text for piece in pieces[first : last + 1])
    strangers = any(token.tag not in piece.tags and piece.text.strip() for piece in pieces[first : last + 1])
    found = list(re.finditer(rf"[*#@]?(?<!\w){re.escape(token.stand_in)}(?!\w)", text))
    if strangers or len(found) != 1:
        return False
    rest = "" if token.kind == "figure" and token.scaled else text[found[0].end() :]
    if token.kind == "figure" and rest.rstrip().endswith("."):  # Apertium's Norwegian makes ordinals of figures
        rest = rest.rstrip()[:-1]
    if token.kind == "figure" and rest.strip(" %"):
        return False
    tags = tuple(tag for tag in pieces[first].tags if tag != token.tag)
    parts = (
        Piece(text[: found[0].start()], tags),
        Piece(token.target or token.source, tags, literal=True),
        Piece(rest, tags),
    )
    pieces[first : last + 1] = [part for part in parts if part.text]
    return True


def _places(pieces: list[Piece], token: Token) -> list[int]:
    """Where a token's tag is; a figure whose tag was dropped is found by its digits, if untagged and unique."""
    tagged = [index for index, piece in enumerate(pieces) if token.tag in piece.tags]
    if tagged or token.kind != "figure" or token.scaled:
        return tagged
    digits = re.compile(rf"(?<!\w){token.stand_in}(?!\w)")
    free = [i for i, piece in enumerate(pieces) if not piece.literal and not any(tag[0] in "fn" for tag in piece.tags)]
    found = [(index, match) for index in free for match in digits.finditer(pieces[index].text)]
    if len(found) != 1:
        return []
    index, match = found[0]
    text, tags = pieces[index].text, pieces[index].tags
    before, after = Piece(text[: match.start()], tags), Piece(text[match.end() :], tags)
    pieces[index : index + 1] = [before, Piece(match[0], (*tags, token.tag)), after]
    return [index + 1]


def _close_quotation(pieces: list[Piece], token: Token) -> bool:
    """Write the marks of a quotation; False where other words than its own, or not all of them, stand between them.

    Words that the translator added carry no tag and may stand on either side.
    """
    inside = [index for index, piece in enumerate(pieces) if token.tag in piece.tags]
    if not inside:
        return False
    start = next((i for i in range(inside[0], -1, -1) if _OPEN in pieces[i].text), None)
    end = next((i for i in range(inside[-1], len(pieces)) if _CLOSE in pieces[i].text), None)
    if start is None or end is None or any(p.tags and token.tag not in p.tags for p in pieces[start + 1 : end]):
        return False
    before, _, first = pieces[start].text.rpartition(_OPEN)
    last, _, after = pieces[end].text.partition(_CLOSE)
    strangers = [pieces[i] for i, text in ((start, first), (end, last)) if text.strip() and pieces[i].tags]
    if any(token.tag not in piece.tags for piece in strangers):
        return False
    pieces[start] = replace(pieces[start], text=before + token.source + first.lstrip())
    pieces[end] = replace(pieces[end], text=pieces[end].text.partition(_CLOSE)[0].rstrip() + token.stand_in + after)
    return True


def _unknown_words(pieces: list[Piece], doubtful: frozenset[str], where: str) -> list[Finding]:
    """Take the translator's own marks away, and report the words that it did not know and that are no names."""
    found: list[Finding] = []

    def judged(match: re.Match[str]) -> str:
        mark, word = match[1], match[2]
        if mark != "*" or word[0].islower() or word in doubtful:
            found.append(finding("word_untranslated", where, "not in the translator's dictionary", found=word))
        return word

    for index, piece in enumerate(pieces):
        if not piece.literal:
            pieces[index] = replace(piece, text=_MARKED.sub(judged, piece.text))
    return found


def _tidy(pieces: Sequence[Piece], source: str, language: str) -> str:
    """The pieces as running text, with the source's capital, single spaces and the language's percent sign."""
    text = re.sub(r" {2,}", " ", "".join(piece.text for piece in pieces)).strip()
    opening, closing = _marks(language)
    text = text.replace(_OPEN, opening).replace(_CLOSE, closing)  # of a quotation that was lost
    text = re.sub(r" ([.,;:!?])(?!\w)", r"\1", percent(text, language))
    if source[:1].isupper() and text[:1].islower() and not (pieces and pieces[0].literal):
        text = text[0].upper() + text[1:]
    return text
