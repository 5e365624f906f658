"""Lines as HTML: escaped, with figures marked and runs of the other direction isolated."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from markupsafe import Markup, escape

from summarizer.figures import figures_in
from summarizer.languages import direction_of
from summarizer.records import Evidence

# A run of Latin letters or digits with what joins them, beginning and ending in one of these or in a sign of theirs.
_LTR_RUN = regex.compile(
    r"[€$£¥+−-]?[\p{Latin}\p{Nd}](?:[\p{Latin}\p{M}\p{Nd}\s.,:;'’&/×–—-]*[\p{Latin}\p{M}\p{Nd}])?(?:\s?[%‰°€$£¥])?"
)
_RTL_RUN = regex.compile(r"[\p{Arabic}\p{Hebrew}](?:[\p{Arabic}\p{Hebrew}\p{M}\s'’\"-]*[\p{Arabic}\p{Hebrew}\p{M}])?")
# How much of a sentence stands on a page whose source allows no more: words, or characters where none are parted.
_FIRST_WORDS, _FIRST_CHARACTERS = 8, 16


def isolated(text: str, language: str) -> Markup:
    """The text with `<bdi>` around each run of the other direction, so that neither mixes up the other's order."""
    runs = _LTR_RUN if direction_of(language) == "rtl" else _RTL_RUN
    return Markup("").join(_tagged(text, ((match.start(), match.end()) for match in runs.finditer(text)), "bdi"))


def marked(text: str, language: str) -> Markup:
    """A sentence of an article with its figures marked, for those who compare."""
    spans = ((figure.start, figure.end) for figure in figures_in(text, language) if not figure.weak)
    return Markup("").join(_tagged(text, spans, "mark"))


def first_words(evidence: Evidence) -> str:
    """The beginning of a sentence, with an ellipsis where there is more."""
    words = evidence.text.split()
    short = " ".join(words[:_FIRST_WORDS]) if len(words) > 2 else evidence.text[:_FIRST_CHARACTERS]
    return short if short == evidence.text else f"{short} …"


def _tagged(text: str, spans: Iterator[tuple[int, int]], tag: str) -> Iterator[Markup]:
    """The text in pieces, escaped, with an element around each span; a span inside an earlier one is left out."""
    done = 0
    for start, end in spans:
        if start < done:
            continue
        yield escape(text[done:start])
        yield Markup("<{0}>{1}</{0}>").format(Markup(tag), text[start:end])
        done = end
    yield escape(text[done:])
