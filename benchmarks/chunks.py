"""Chunks of long articles in seven scripts: budget, sentence ends, losslessness, balance and time.

    python benchmarks/chunks.py DATA

DATA holds `<ISO 639-3>.txt`, line-aligned news, and `documents.tsv` with the document of each line. All documents of a
language are joined into one article. "time" is a multiple of encoding: processor time, best of five runs in turn with
plain `encode_ordinary` of the same text; splitting into sentences is not part of it. "long" counts sentences above the
budget, which must be cut; "mid-sentence" counts the chunks that end inside any other.
"""

from __future__ import annotations

import sys
import time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.chunks import Chunk, chunk_article
from summarizer.resources import resource
from summarizer.sentences import number_sentences
from summarizer.tokens import count_tokens, load_encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summarizer.records import Sentence

LANGUAGES = {"eng": "en", "rus": "ru", "arb": "ar", "hin": "hi", "zho-CN": "zh-Hans", "heb": "he", "tha": "th"}
BUDGETS = (1000, 4000)  # tokens
RUNS = 5


def main(data: Path) -> None:
    """Print one row per language, join and budget."""
    encode = load_encoding(resource("config", "vocabulary", "o200k_base.tiktoken")).encode_ordinary
    print("language joined by   budget  tokens  chunks  over  long  mid-sentence  lossless  smallest/largest  time")
    for name, tag in LANGUAGES.items():
        for joint, text in articles(data, name).items():
            sentences = number_sentences(text, tag)
            for budget in BUDGETS:
                chunks, ratio = measure(text, sentences, budget, encode)
                cells = row(text, sentences, chunks, budget)
                print(f"{tag:<8} {joint:<11} {budget:>6}  {cells}  {ratio:>4.2f}")


def articles(data: Path, name: str) -> dict[str, str]:
    """Join all lines of a language, once in paragraphs and once without line breaks."""
    lines = (data / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    documents = (data / "documents.tsv").read_text(encoding="utf-8").splitlines()
    space = "" if name.startswith("zho") else " "
    groups = groupby(zip(documents, lines, strict=True), key=lambda pair: pair[0])
    paragraphs = [space.join(line.strip() for _, line in group) for _, group in groups]
    return {"line breaks": "\n\n".join(paragraphs), "nothing" if not space else "spaces": space.join(paragraphs)}


def measure(
    text: str, sentences: Sequence[Sentence], budget: int, encode: Callable[[str], list[int]]
) -> tuple[tuple[Chunk, ...], float]:
    """Chunk a text and give the time it takes as a multiple of encoding it once."""
    chunks = chunk_article(text, sentences, budget=budget)
    chunking, encoding = [], []
    for _ in range(RUNS):
        encoding.append(seconds(lambda: encode(text)))
        chunking.append(seconds(lambda: chunk_article(text, sentences, budget=budget)))
    return chunks, min(chunking) / min(encoding)


def seconds(action: Callable[[], object]) -> float:
    """Take the processor time of one call."""
    begin = time.process_time()
    action()
    return time.process_time() - begin


def row(text: str, sentences: Sequence[Sentence], chunks: Sequence[Chunk], budget: int) -> str:
    """Judge the chunks by the text alone, not by what they say of themselves."""
    pieces = [text[chunk.start : chunk.end] for chunk in chunks]
    tokens = [count_tokens(piece) for piece in pieces]
    over = sum(count > budget for count in tokens)
    long = {s.number for s in sentences if count_tokens(text[s.start : s.end]) > budget}
    inside = sum(any(s.start < chunk.end < s.end and s.number not in long for s in sentences) for chunk in chunks)
    lossless = "yes" if "".join(pieces) == text else "NO"
    balance = f"{min(tokens)}/{max(tokens)}"
    return f"{sum(tokens):>6}  {len(chunks):>6}  {over:>4}  {len(long):>4}  {inside:>12}  {lossless:>8}  {balance:>16}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
