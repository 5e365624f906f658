"""Apertium on news: how many lines and summaries are held, how near the rest is to human translations, and time.

    python benchmarks/offline_translation.py DATA [FIRST LAST]

DATA holds `<ISO 639-3>.txt`, line-aligned news, and `documents.tsv` with the document of each line. A summary is the
first five lines of a document. The program was tuned on documents 1 to 40; documents 41 to 60 are the score. chrF is
that of Popović 2015 (character 1- to 6-grams, β = 2, no word n-grams) over all lines that are not held; `lost` are
figures, names and quotations that did not come back. Pairs that are not installed, or without data, are left out.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from summarizer.offline.apertium import ApertiumTranslator, Pair, TranslatedLines, installed, pairs

FILES = {
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "nb": "nob",
    "pt": "por",
    "pt-BR": "por-BR",
    "ro": "ron",
    "sv": "swe",
}
SUMMARY_LINES = 5


class Documents(NamedTuple):
    """Translated documents and what people wrote; the latter empty where there is no such file."""

    results: list[TranslatedLines]
    references: list[list[str]]
    seconds: float


def main(data: Path, first: int, last: int) -> None:
    """Print one row per pair."""
    print("pair       lines  held lines  held summaries  unknown words  lost  chrF  ms/line")
    for row in pairs():
        if row.source in FILES and installed(row):
            print(
                f"{row.source:>2} {row.target:6} {figures(asyncio.run(translated(row, data, first, last)))}", flush=True
            )


async def translated(row: Pair, data: Path, first: int, last: int) -> Documents:
    """The documents of one pair's source language, one after the other."""
    sources, references = documents(data, row.source, first, last), documents(data, row.target, first, last)
    async with ApertiumTranslator(timeout_s=20) as translator:
        await translator.translate(["1"], row.source, row.target)  # loading the dictionaries is not counted
        start = time.perf_counter()
        results = [await translator.translate(lines, row.source, row.target) for lines in sources]
    return Documents(results, references, time.perf_counter() - start)


def documents(data: Path, language: str, first: int, last: int) -> list[list[str]]:
    """The lines of the documents from the first to the last, 1-based, in one language."""
    if language not in FILES:
        return []
    lines = (data / f"{FILES[language]}.txt").read_text(encoding="utf-8").splitlines()
    names = (data / "documents.tsv").read_text(encoding="utf-8").splitlines()
    groups = [
        [line for _, line in group] for _, group in groupby(zip(names, lines, strict=True), key=lambda pair: pair[0])
    ]
    return groups[first - 1 : last]


def figures(run: Documents) -> str:
    """A row of the table."""
    total = sum(len(result.lines) for result in run.results)
    codes = Counter(found.code for result in run.results for found in result.findings)
    held = [{found.where for found in result.findings} for result in run.results]
    of_summary = {"headline", *(f"bullets[{number}]" for number in range(SUMMARY_LINES - 1))}
    summaries = sum(bool(places & of_summary) for places in held)
    kept = [
        (line, reference)
        for result, places, references in zip(run.results, held, run.references, strict=False)
        for number, (line, reference) in enumerate(zip(result.lines, references, strict=True))
        if (f"bullets[{number - 1}]" if number else "headline") not in places
    ]
    score = f"{chrf(kept):4.1f}" if kept else "   –"
    lost = sum(count for code, count in codes.items() if code.endswith("_lost"))
    return (
        f"{total:6}  {sum(map(len, held)) / total:10.0%}  {summaries / len(run.results):14.0%}"
        f"  {codes['word_untranslated']:13}  {lost:4}  {score}  {run.seconds / total * 1000:7.1f}"
    )


def chrf(pairs_of_lines: Iterable[tuple[str, str]]) -> float:
    """Character F-score of a corpus, 0 to 100."""
    common, ours, theirs = Counter[int](), Counter[int](), Counter[int]()
    for line, reference in pairs_of_lines:
        for size in range(1, 7):
            left, right = ngrams(line, size), ngrams(reference, size)
            common[size] += (left & right).total()
            ours[size] += left.total()
            theirs[size] += right.total()
    precision = sum(common[size] / ours[size] for size in range(1, 7)) / 6
    recall = sum(common[size] / theirs[size] for size in range(1, 7)) / 6
    return 100 * 5 * precision * recall / (4 * precision + recall)


def ngrams(text: str, size: int) -> Counter[str]:
    """The character n-grams of a text without white space."""
    letters = "".join(text.split())
    return Counter(letters[start : start + size] for start in range(len(letters) - size + 1))


if __name__ == "__main__":
    first_document, last_document = map(int, sys.argv[2:4] or ("41", "60"))
    main(Path(sys.argv[1]), first_document, last_document)
