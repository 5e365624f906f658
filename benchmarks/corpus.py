"""Line-aligned news: a file per language, named by ISO 639-3 code, and `documents.tsv` with each line's document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import regex

from summarizer.languages import parse_tag, script_of

# Scripts whose words are not separated, or change so much that a name is looked for in parts of words.
_UNSPACED = frozenset({"Jpan", "Hans", "Hant", "Thai"})
_NAME = regex.compile(r"(?<![\w.’'-])(\p{Lu}\p{Ll}[\w-]+) (\p{Lu}\p{Ll}[\w-]{2,})(?![\w-])")
_LINES, _NEARLY_ALL, _ALIKE = 2, 0.6, 0.7


class Line(NamedTuple):
    """A line by its 1-based number in the files, and its 1-based document."""

    number: int
    document: int


class Corpus(NamedTuple):
    """The chosen lines, and all lines of every language by its tag."""

    lines: tuple[Line, ...]
    texts: Mapping[str, Sequence[str]]

    def text(self, line: Line, tag: str) -> str:
        """A line in a language."""
        return self.texts[tag][line.number - 1]

    def documents(self) -> list[list[Line]]:
        """The chosen lines by document."""
        grouped: defaultdict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            grouped[line.document].append(line)
        return list(grouped.values())


def read(folder: Path, first: int, last: int) -> Corpus:
    """The documents from the first to the last, 1-based; the other lines serve to align names."""
    names = (folder / "documents.tsv").read_text(encoding="utf-8").split("\n")
    numbers = {name: number for number, name in enumerate(dict.fromkeys(filter(None, names)), start=1)}
    lines = (Line(index, numbers[name]) for index, name in enumerate(names, start=1) if name)
    texts = {
        parse_tag(path.stem): path.read_text(encoding="utf-8").split("\n") for path in sorted(folder.glob("*.txt"))
    }
    return Corpus(tuple(line for line in lines if first <= line.document <= last), texts)


def people(corpus: Corpus) -> Mapping[int, tuple[str, ...]]:
    """The surnames in each document: last words of two-word names that also stand alone, in English.

    Neither word stands in small letters anywhere, and the surname never behind "the".
    """
    whole = " ".join(corpus.texts["en"])
    small = set(regex.findall(r"(?<![\w’'-])\p{Ll}[\w-]+", whole))
    placed = {word for _, word in regex.findall(r"(?<!\w)([Tt]he|in|of the) (\p{Lu}[\w-]+)", whole)}
    found = {}
    for lines in corpus.documents():
        text = "\n".join(corpus.text(line, "en") for line in lines)
        names = {last for first, last in _NAME.findall(text) if not small & {first.lower(), last.lower()}}
        alone = {
            name for name in names - placed if regex.search(rf"(?<![\w-])(?<!\p{{Lu}}[\w.’-]* ){name}(?![\w-])", text)
        }
        found[lines[0].document] = tuple(sorted(name for name in alone if text.count(name) >= _LINES))
    return found


def renderings(corpus: Corpus, surnames: Mapping[int, Sequence[str]], tag: str) -> Mapping[str, str]:
    """How each surname is written in a language: as in English, else what stands in its lines and in no others.

    A beginning of words, or in scripts without spaces a part of the text, is a rendering where it stands in most lines
    that have the surname and seldom elsewhere (Dice's coefficient); surnames for which nothing does are left out.
    """
    texts = corpus.texts[tag]
    found = {}
    for name in sorted({name for names in surnames.values() for name in names}):
        rows = [index for index, text in enumerate(corpus.texts["en"]) if name in text]
        if 2 * sum(name in texts[index] for index in rows) >= len(rows):
            found[name] = name
        elif rendering := _aligned([texts[index] for index in rows], texts, unspaced=script_of(tag) in _UNSPACED):
            found[name] = rendering
    return found


def _aligned(with_name: Sequence[str], texts: Sequence[str], *, unspaced: bool) -> str | None:
    candidates: defaultdict[str, int] = defaultdict(int)
    for text in with_name:
        for part in _parts(text, unspaced=unspaced):
            candidates[part] += 1
    best: tuple[float, int, str] = (0.0, 0, "")
    for part, count in candidates.items():
        if count >= max(_LINES, _NEARLY_ALL * len(with_name)):
            everywhere = sum(part in text for text in texts)
            best = max(best, (2 * count / (len(with_name) + everywhere), len(part), part))
    return best[2] if best[0] >= _ALIKE else None


def _parts(text: str, *, unspaced: bool) -> set[str]:
    if unspaced:  # Japanese writes foreign names in katakana
        runs = regex.findall(r"[\p{Katakana}ー]{3,}|\p{Han}{2,}|\p{Thai}{4,}", text)
        return {run[at : at + size] for run in runs for size in range(2, 9) for at in range(len(run) - size + 1)}
    words = regex.findall(r"[\p{L}\p{M}]{3,}", text)
    return {word[:size] for word in words for size in range(3, len(word) + 1)}
