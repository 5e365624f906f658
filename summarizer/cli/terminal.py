"""A summary as people read it in a terminal."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import wcwidth

from summarizer.cli.printable import printable
from summarizer.languages import own_name
from summarizer.records import Candidate, Evidence, Finding, NewsSummary, Translation
from summarizer.typography import clean_line

_WIDEST = 100  # columns; longer lines are tiring to read
_BULLET = " • "
_REFERENCE_COLUMNS = 12  # room for `  [11 12 13]` at the right
_NARROWEST = 20  # columns; a terminal that is narrower still wraps by itself


class Style(NamedTuple):
    """How to show lines: `columns` 0 means no wrapping; `colours` whether escape codes may be used."""

    columns: int
    colours: bool

    @classmethod
    def of_stdout(cls) -> Style:
        """Wrapped and coloured on a terminal; plain where the output is piped."""
        if not sys.stdout.isatty():
            return cls(0, colours=False)
        return cls(min(shutil.get_terminal_size().columns, _WIDEST), colours=True)

    def bold(self, text: str) -> str:
        """Text that stands out."""
        return f"\x1b[1m{text}\x1b[0m" if self.colours else text

    def dim(self, text: str) -> str:
        """Text that stands back."""
        return f"\x1b[2m{text}\x1b[0m" if self.colours else text


def render(summary: NewsSummary, style: Style, *, evidence: bool = False, show_held: bool = False) -> str:
    """The whole summary: the article's language first, then each translation, held ones with their reasons."""
    blocks = ["\n".join(_own_block(summary, style, evidence=evidence))]
    for tag, translation in summary.translations.items():
        if tag != summary.language:
            blocks.append("\n".join(_translation_block(translation, style)))
    if show_held:
        blocks += ["\n".join(_held_block(tag, lines, style)) for tag, lines in summary.held.items()]
    return "\n\n".join(blocks)


def _own_block(summary: NewsSummary, style: Style, *, evidence: bool) -> Iterator[str]:
    if summary.headline is None:
        yield f"{summary.language}  {own_name(summary.language)}  {style.bold('HELD, not published')}"
    else:
        yield from _line("", summary.headline, summary.headline_evidence, style)
        for bullet in summary.bullets:
            yield from _line(_BULLET, bullet.text, bullet.evidence, style)
            for item in bullet.evidence if evidence else ():
                yield from _aside(f"{item.sentence:>6} │ ", item.text, style)
    yield from _findings(summary.findings, style)


def _translation_block(translation: Translation, style: Style) -> Iterator[str]:
    name = f"{translation.language}  {own_name(translation.language)}"
    if translation.headline is None:
        yield f"{name}  {style.bold('HELD, not published')}"
    else:
        yield f"{name}  {translation.status}"
        yield from _lines(translation.headline, translation.bullets, style)
    yield from _findings(translation.findings, style)


def _held_block(tag: str, held: Candidate, style: Style) -> Iterator[str]:
    yield f"{tag}  {own_name(tag)}  {style.bold('held text, for your eyes only: never publish it')}"
    yield from _lines(held.headline or "", held.bullets, style)


def _lines(headline: str, bullets: Sequence[str], style: Style) -> Iterator[str]:
    yield from _line("", headline, (), style)
    for text in bullets:
        yield from _line(_BULLET, text, (), style)


def _findings(findings: Sequence[Finding], style: Style) -> Iterator[str]:
    for found in findings:
        yield from finding_line(found, style)


def finding_line(found: Finding, style: Style, beside: str = "") -> Iterator[str]:
    """A finding as people read it, wrapped where there is a width; `beside` is what else there is to say."""
    mark = "✗" if found.severity == "error" else "!"
    place = "" if found.where in {"translation", "article"} else f"{_place(found)}  "
    quoted = " → ".join(f'"{text}"' for text in (found.expected, found.found) if text is not None)
    text = f"{place}{found.code}  {quoted}{': ' if quoted else ''}{found.detail}{beside}"
    yield from _aside(f" {mark} ", text, style)


def _place(found: Finding) -> str:
    """`bullets[0]` as people count: `bullet 1`."""
    return f"bullet {found.line}" if found.line else found.where


def _line(lead: str, text: str, evidence: Sequence[Evidence], style: Style) -> Iterator[str]:
    """One line of the summary, wrapped where there is a width, with the numbers of its sentences at the right."""
    numbers = " ".join(str(number) for number in dict.fromkeys(item.sentence for item in evidence))
    reference = f"[{numbers}]" if numbers else ""
    *rows, last = _wrapped(lead, clean_line(text), style, reserved=_REFERENCE_COLUMNS)
    gap = " " * max(2, style.columns - _most_columns(last) - len(reference))
    shown = str if lead else style.bold
    yield from map(shown, rows)
    yield f"{shown(last)}{gap}{style.dim(reference)}" if reference else shown(last)


def _aside(lead: str, text: str, style: Style) -> Iterator[str]:
    """A line that stands back: evidence, a finding."""
    yield from map(style.dim, _wrapped(lead, text, style))


def _wrapped(lead: str, text: str, style: Style, *, reserved: int = 0) -> list[str]:
    """The rows of a text behind its lead, which later rows are indented by; a single row where nothing is wrapped."""
    text = printable(" ".join(text.splitlines()))
    if not style.columns:
        return [f"{lead}{text}"]
    room = (style.columns - reserved) * wcwidth.width(text) // max(1, _most_columns(text))
    columns, indent = max(room, _NARROWEST), " " * len(lead)
    return wcwidth.wrap(text, columns, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False) or [lead]


def _most_columns(text: str) -> int:
    """The width in the terminal that needs most: some give the vowel signs of Indic scripts a column, others do not."""
    spaced = (character for character in text if unicodedata.category(character) not in {"Mn", "Me", "Cf"})
    return max(wcwidth.width(text), sum(max(1, wcwidth.wcwidth(character)) for character in spaced))
