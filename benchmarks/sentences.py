"""Sentence boundaries on line-aligned news: recall of line ends, false splits and speed, with sentencex as the peer.

    python benchmarks/sentences.py DATA

DATA holds `documents.tsv` (the document of each line) and one `<ISO 639-3>.txt` per language, one sentence or more per
line. Documents 1 to 40 were there to tune on; 41 to 60 are the score. A document's first line is its headline, which is
not part of an article's text, and is left out. Lines are joined with a space (Chinese and Japanese with nothing).

recall  line ends found, of all line ends in %; `marked`: of those where the line ends with a final mark
false   splits inside lines that cannot be right, per 100 lines: after no final mark, before a small letter, or after an
        abbreviation, initial or ordinal. What is an abbreviation is learnt from the texts (a short word that always has
        its full stop, ends no line, and once goes on with a small letter or a figure), not looked up in the splitter's
        data. In Thai, which has no final marks, every split inside a line counts, though some are right.
F1      where line ends count as the only boundaries, so true splits inside lines count against it
Mc/s    million characters per second of processor time
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from summarizer.sentences import split_sentences

LANGUAGES = {
    "arb": "ar", "ben": "bn", "ces": "cs", "deu": "de", "ell": "el", "eng": "en", "fas": "fa", "fin": "fi", "fra": "fr",
    "heb": "he", "hin": "hi", "hun": "hu", "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nob": "nb",
    "pol": "pl", "por": "pt", "por-BR": "pt-BR", "ron": "ro", "rus": "ru", "spa": "es", "swa": "sw", "swe": "sv",
    "tam": "ta", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi",
    "zho-CN": "zh-Hans", "zho-TW": "zh-Hant",
}  # fmt: skip
JOINED = {"ja", "zh-Hans", "zh-Hant"}
ORDINALS = {"cs", "de", "fi", "hu", "nb", "pl", "tr"}
TUNED_ON = 40

Splitter = Callable[[str, str], Iterable[int]]
Document = Sequence[str]


@dataclass
class Tally:
    """Counts over documents: lines, their ends, and what a splitter made of them."""

    lines: int = 0
    ends: int = 0
    found: int = 0
    marked: int = 0
    marked_found: int = 0
    inside: int = 0
    false: int = 0
    characters: int = 0
    seconds: float = 0.0

    def row(self) -> str:
        """Recall, recall of marked ends, false per 100, F1 in per cent, speed."""
        f1 = 200 * self.found / (self.ends + self.found + self.inside)
        return (
            f"{100 * self.found / self.ends:6.1f} {100 * self.marked_found / max(1, self.marked):6.1f} "
            f"{100 * self.false / self.lines:6.2f} {f1:6.1f} {self.characters / self.seconds / 1e6:5.1f}"
        )


def main(folder: Path) -> None:
    """Print a table for the tuned and for the scored documents."""
    splitters: dict[str, Splitter] = {"summarizer": ours}
    peer = sentencex_ends()
    if peer:
        splitters["sentencex"] = peer
    parts = (("documents 1 to 40 (tuned on)", slice(TUNED_ON)), ("documents 41 on (score)", slice(TUNED_ON, None)))
    for title, part in parts:
        print(f"\n{title}\n{'':8}" + "".join(f"{name:^36}" for name in splitters))
        print(f"{'':8}" + "  recall marked  false     F1  Mc/s  " * len(splitters))
        for code, tag in sorted(LANGUAGES.items(), key=lambda item: item[1]):
            documents = read_documents(folder, code)
            dotted = abbreviations_in(documents)
            rows = [tally(documents[part], tag, split, dotted).row() for split in splitters.values()]
            print(f"{tag:8}" + "   ".join(rows))


def read_documents(folder: Path, code: str) -> list[Document]:
    """The documents of one language as lists of lines, without their headlines."""
    names = (folder / "documents.tsv").read_text(encoding="utf-8").split("\n")
    lines = (folder / f"{code}.txt").read_text(encoding="utf-8").split("\n")
    pairs = [(name.split("\t")[0], line.strip()) for name, line in zip(names, lines, strict=False) if name]
    return [[line for _, line in group][1:] for _, group in groupby(pairs, key=lambda pair: pair[0])]


def ours(text: str, language: str) -> list[int]:
    """The ends of our sentences."""
    return [end for _, end in split_sentences(text, language)]


def sentencex_ends() -> Splitter | None:
    """The same from sentencex, or None where it is not installed."""
    try:
        import sentencex  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None

    def ends(text: str, language: str) -> list[int]:
        result, position = [], 0
        for sentence in sentencex.segment(language.split("-", maxsplit=1)[0], text):
            position += len(sentence)
            result.append(len(text[:position].rstrip()))
        return result

    return ends


def tally(documents: Sequence[Document], tag: str, split: Splitter, dotted: frozenset[str]) -> Tally:
    """What one splitter does with the documents of one language."""
    result = Tally()
    for document in documents:
        text, ends = joined(document, "" if tag in JOINED else " ")
        began = time.process_time()
        found = set(split(text, tag)) - {len(text)}
        result.seconds += time.process_time() - began
        marked = {end for end in ends if closing_mark(text[:end], tag)}
        result.lines += len(document)
        result.characters += len(text)
        result.ends += len(ends)
        result.found += len(ends & found)
        result.marked += len(marked)
        result.marked_found += len(marked & found)
        result.inside += len(found - ends)
        result.false += sum(is_false(text, end, tag, dotted) for end in found - ends)
    return result


def joined(document: Document, separator: str) -> tuple[str, set[int]]:
    """A document as one text, and the ends of its lines but the last."""
    text = separator.join(document)
    ends, position = set(), 0
    for line in document[:-1]:
        ends.add(position + len(line))
        position += len(line) + len(separator)
    return text, ends


def closing_mark(before: str, tag: str) -> str:
    """The final mark that a text ends with, behind quotes and brackets; empty if there is none."""
    bare = before[-12:]
    while bare and (unicodedata.category(bare[-1]) in {"Pe", "Pf", "Pi", "Ps", "Cf", "Zs"} or bare[-1] in "\"'"):
        bare = bare[:-1]
    marks = ".!?…。！？｡।॥۔؟" + (";" if tag == "el" else "")
    return bare[-1] if bare and bare[-1] in marks else ""


def is_false(text: str, end: int, tag: str, dotted: frozenset[str]) -> bool:
    """Whether a split inside a line cannot be right."""
    mark = closing_mark(text[:end], tag)
    if tag == "th" or not mark:
        return True
    after = next((character for character in text[end : end + 20] if character.isalnum()), "")
    if after.islower() or not after:
        return True
    word = text[max(0, end - 30) : end].rsplit(None, 1)[-1].strip("\"'“”‘’„«»()[]")
    if mark != "." or not word.endswith("."):
        return False
    initial = re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]\.", word) is not None and word[0].isupper()
    ordinal = tag in ORDINALS and re.fullmatch(r"\d{1,3}\.", word) is not None
    return initial or ordinal or word in dotted


def abbreviations_in(documents: Sequence[Document]) -> frozenset[str]:
    """Short words with full stops inside, and those that never end a line nor lack their full stop, but once go on."""
    goes_on: set[str] = set()
    dotted: set[str] = set()
    excluded: set[str] = set()
    for line in (line for document in documents for line in document):
        words = line.split()
        bare = [word.strip("\"'“”‘’„«»()[],;:") for word in words]
        excluded.update(bare[-1:], (f"{word}." for word in bare))
        for word, shown, following in zip(bare, words, words[1:], strict=False):
            if re.fullmatch(r"(?:[^\W\d_]{1,3}[^\w\s.]*\.){2,}", word):
                dotted.add(word)
            elif shown.endswith(",") or following[0].islower() or following[0].isdigit():
                goes_on.add(word)
    return frozenset(dotted) | {word for word in goes_on - excluded if re.fullmatch(r"[^\s\d.]{1,7}\.", word)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
