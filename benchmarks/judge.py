"""Whether what was handed in is right, by code that no contestant uses: the endpoint's own tables and the article.

A faithful answer has lines whose words and figures are the article's, in a translation sentences of the phrase table of
its language, and the figures of the line that it translates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from benchmarks.answers import INVENTED
from benchmarks.translations import figures, tables

Verdict = Literal["valid", "failed", "flagged", "silently bad"]
_SOURCE = "en"
_SHARED = 0.8


def verdict(row: Mapping[str, Any], article: str, to: Sequence[str]) -> Verdict:
    """Silently bad where a text that would be published is wrong, or flagged where that is said of all such texts.

    Failed where a text is missing; else valid.
    """
    texts = row["texts"]
    languages = {problem.partition(":")[0].partition(",")[0] for problem in wrong(texts, article)}
    if languages:
        return "flagged" if languages <= set(row.get("doubtful", ())) else "silently bad"
    return "valid" if {_SOURCE, *to} <= set(texts) else "failed"


def wrong(texts: Mapping[str, Mapping[str, Any]], article: str) -> Iterator[str]:
    """What is wrong with the texts of an article, by language and line."""
    source = _lines(texts[_SOURCE]) if _SOURCE in texts else []
    for tag, text in texts.items():
        lines = _lines(text)
        if not lines[0] or not any(lines[1:]):
            yield f"{tag}: empty"
        elif tag != _SOURCE and source and len(lines) != len(source):
            yield f"{tag}: {len(lines)} lines for {len(source)}"
        else:
            pairs = zip(lines, source or lines, strict=True)
            for number, (line, original) in enumerate(pairs):
                problems = _in_source(line, article) if tag == _SOURCE else _in_translation(line, original, tag)
                yield from (f"{tag}, line {number}: {problem}" for problem in problems)


def _lines(text: Mapping[str, Any]) -> list[str]:
    return [text.get("headline") or "", *(text.get("bullets") or ())]


def _in_source(line: str, article: str) -> Iterator[str]:
    if INVENTED in line:
        yield "invented name"
    if added := set(_figures(line, _SOURCE)) - set(_figures(article, _SOURCE)):
        yield f"figures {added}"
    words, known = re.findall(r"\w+", line.lower()), set(re.findall(r"\w+", article.lower()))
    if words and sum(word in known for word in words) < _SHARED * len(words):
        yield "not the words of the article"


def _in_translation(line: str, original: str, tag: str) -> Iterator[str]:
    table = tables()[tag]
    if INVENTED in line:
        yield "invented name"
    if not any(sentence in line for sentence in (*table.fillers, table.title)):
        yield "another language"
    elif (found := sorted(_figures(line, tag))) != (expected := sorted(_figures(original, _SOURCE))):
        yield f"figures {found} for {expected}"


def _figures(text: str, language: str) -> list[tuple[str, int]]:
    return [(figure.digits, figure.month) for figure in figures(text, language)]
