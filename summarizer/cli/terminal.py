"""A summary as people read it in a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import wcwidth

from summarizer.languages import own_name
from summarizer.records import Candidate, Evidence, Finding, NewsSummary, Translation

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
            if evidence:
                yield from (
                    style.dim(f"{item.sentence:>6} │ {' '.join(item.text.split())}") for item in bullet.evidence
                )
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
        mark = "✗" if found.severity == "error" else "!"
        place = "" if found.where in {"translation", "article"} else f"{_place(found.where)}  "
        quoted = " → ".join(f'"{text}"' for text in (found.expected, found.found) if text is not None)
        yield style.dim(f" {mark} {place}{found.code}  {quoted}{': ' if quoted else ''}{found.detail}")


def _place(where: str) -> str:
    """`bullets[0]` as people count: `bullet 1`."""
    name, _, index = where.partition("[")
    return f"bullet {int(index.rstrip(']')) + 1}" if name == "bullets" and index else where


def _line(lead: str, text: str, evidence: Sequence[Evidence], style: Style) -> Iterator[str]:
    """One line of the summary, wrapped where there is a width, with the numbers of its sentences at the right."""
    plain = " ".join(text.split())
    numbers = " ".join(str(number) for number in dict.fromkeys(item.sentence for item in evidence))
    reference = f"[{numbers}]" if numbers else ""
    if not style.columns:
        yield f"{lead}{plain}  {reference}".rstrip()
        return
    room = style.columns - _REFERENCE_COLUMNS
    rows = wcwidth.wrap(
        plain, max(room, _NARROWEST), initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
    gap = " " * max(1, style.columns - wcwidth.width(rows[-1]) - len(reference))
    shown = rows if lead else [style.bold(row) for row in rows]
    yield from shown[:-1]
    yield f"{shown[-1]}{gap}{style.dim(reference)}" if reference else shown[-1]
