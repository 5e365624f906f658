"""The Apertium stream format: text with word-bound blanks on the way in and out, and analyses.

A word-bound blank, `[[t:3]]words[[/]]`, travels with the words it was put on, through every stage and every reordering;
`[…]` is text that no stage looks at. See https://wiki.apertium.org/wiki/Apertium_stream_format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SPECIAL = re.compile(r"[\\^$/<>{}\[\]@]")
# Apertium writes `*` and `#` itself, before words that it does not know or cannot inflect, and drops `~`.
_UNTOUCHED = re.compile(r"([*#~])")
_TOKEN = re.compile(
    r"\[\[/\]\]|\[\[(?P<tags>[^\]]*)\]\]|\[(?P<blank>(?:\\.|[^\]\\])*)\]|\\(?P<escaped>.)|(?P<text>[^\[\\]+)", re.DOTALL
)
_LEXICAL_UNIT = re.compile(r"\^((?:\\.|[^\\$])*)\$", re.DOTALL)
_SLASH = re.compile(r"(?<!\\)/")
_LEXICAL_TAG = re.compile(r"<([^<>]+)>")
_END = "[]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the tags of its word-bound blank; `literal` text was never seen by the translator."""

    text: str
    tags: tuple[str, ...] = ()
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One lexical unit: offsets in the text, and its readings as dotted tags (`np.ant`); none for an unknown word."""

    start: int
    end: int
    text: str
    readings: frozenset[str]

    def is_a(self, *tags: str) -> bool:
        """Whether some reading begins with one of these tags."""
        return any(reading == tag or reading.startswith(f"{tag}.") for reading in self.readings for tag in tags)


def encode(pieces: Iterable[Piece]) -> str:
    """The pieces as one segment of the stream."""
    return "".join(_encoded(piece) for piece in pieces)


def _encoded(piece: Piece) -> str:
    parts = _UNTOUCHED.split(piece.text)
    return "".join(
        f"[\\{part}]" if index % 2 else _tagged(part, piece.tags) for index, part in enumerate(parts) if part
    )


def _tagged(text: str, tags: tuple[str, ...]) -> str:
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    return f"[[{'; '.join(f't:{tag}' for tag in tags)}]]{escaped}[[/]]" if tags else escaped


def decode(stream: str) -> tuple[Piece, ...]:
    """The pieces of one segment of the stream, neighbours with equal tags joined."""
    pieces: list[Piece] = []
    tags: tuple[str, ...] = ()
    for match in _TOKEN.finditer(stream):
        if match["blank"] is not None:
            pieces.append(Piece(re.sub(r"\\(.)", r"\1", match["blank"]), literal=True))
        elif match["text"] or match["escaped"]:
            _append(pieces, Piece(match["text"] or match["escaped"], tags))
        else:
            tags = tuple(
                dict.fromkeys(tag.strip().removeprefix("t:") for tag in (match["tags"] or "").split(";") if tag.strip())
            )
    return tuple(pieces)


def _append(pieces: list[Piece], piece: Piece) -> None:
    if pieces and pieces[-1].tags == piece.tags and not pieces[-1].literal:
        piece = Piece(pieces.pop().text + piece.text, piece.tags)
    pieces.append(piece)


def close(segment: str, *, stop: bool) -> str:
    """The segment with a mark at its end and, where it has no final stop, one for the translator's sake."""
    return f"{segment}{'.' if stop else ''}{_END}"


def reopened(segment: str, *, stop: bool) -> str:
    """The answer to a closed segment, without the mark and without the added stop."""
    head, _, tail = segment.rpartition(_END)
    return (head.removesuffix(".") if stop else head) + tail


def words(analysis: str, text: str) -> tuple[Word, ...]:
    """The words of a text from its morphological analysis, which may have spaces where the text has none (`l' Italia`).

    Raises:
        ValueError: the analysis is not one of this text.
    """
    found: list[Word] = []
    end = 0
    for unit in _LEXICAL_UNIT.finditer(analysis):
        surface, *readings = _SLASH.split(unit[1])
        form = "".join(piece.text for piece in decode(surface))
        start = text.index(form, end)
        if any(char.isalnum() for char in text[end:start]):
            raise ValueError(f"the analysis skips {text[end:start]!r}")
        end = start + len(form)
        found.append(Word(start, end, form, frozenset(_readings(readings))))
    return tuple(found)


def _readings(analyses: Iterable[str]) -> Iterable[str]:
    for analysis in analyses:
        for part in analysis.split("+"):
            tags = _LEXICAL_TAG.findall(part)
            if tags and not part.startswith("*"):
                yield ".".join(tags)
