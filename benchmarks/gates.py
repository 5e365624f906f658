"""The checks of lines on translations by people: `python benchmarks/gates.py DATA [--first 41 --last 60] [--lines]`.

DATA holds one file per language with aligned lines, and `documents.tsv` with the document of each line. A document's
first line is the headline, the next four are bullets. A right document is one that its own language has; every other
language and script but close ones should find it wrong, and one English line should be found wherever it stands.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.identify import documents
from summarizer.checks import check_translated
from summarizer.identify import near
from summarizer.languages import direction_of, parse_tag
from summarizer.records import Bullet, Draft, Finding, Translation

_LINES = 5
# Errors about figures and names are no matter of this measurement.
_GATES = ("character", "language", "line", "link", "markup", "prompt", "reasoning", "script")
Documents = Mapping[str, Sequence[Sequence[str]]]


def as_draft(lines: Sequence[str], language: str) -> Draft:
    """The lines as a headline and bullets that cite nothing."""
    bullets = tuple(Bullet(text=line, evidence=()) for line in lines[1:])
    return Draft(language=language, headline=lines[0], headline_evidence=(), bullets=bullets)


def as_translation(lines: Sequence[str], language: str) -> Translation:
    """The lines as the headline and bullets of a translation."""
    return Translation(
        language=language,
        direction=direction_of(language),
        status="ok",
        headline=lines[0],
        bullets=tuple(lines[1:]),
        engine="llm",
        source_hash=None,
    )


def errors(draft: Draft, lines: Sequence[str], language: str) -> tuple[Finding, ...]:
    """What holds these lines as a translation of the draft into a language."""
    found = check_translated(draft, as_translation(lines, language))
    return tuple(item for item in found if item.severity == "error" and item.code.startswith(_GATES))


def pairs(texts: Documents) -> Iterator[tuple[str, int, Draft, Sequence[str]]]:
    """Every document from English into every other language: tag, number, draft, translation."""
    for number, english in enumerate(texts["en"]):
        draft = as_draft(english, "en")
        for tag in texts:
            if tag != "en":
                yield tag, number, draft, texts[tag][number]


def false_alarms(texts: Documents) -> tuple[int, Counter[str]]:
    """How many right documents there are, and why some of them are held."""
    held: Counter[str] = Counter()
    total = 0
    for tag, _, draft, lines in pairs(texts):
        total += 1
        if found := errors(draft, lines, tag):
            held[f"{tag} {found[0].code}"] += 1
    return total, held


def accepted(texts: Documents) -> tuple[int, Counter[str]]:
    """How many documents were given as those of another language, and which of them passed."""
    passed: Counter[str] = Counter()
    total = 0
    for tag, _, draft, lines in pairs(texts):
        for other in texts:
            if other != "en" and not near(tag, other):
                total += 1
                passed[f"{tag} as {other}"] += not errors(draft, lines, other)
    return total, +passed


def unnoticed(texts: Documents, *, own: bool) -> tuple[int, Counter[str]]:
    """How many translations got an English line in the place of one of theirs, and where it was not found.

    With `own` it is the line's own source, else a line of another document.
    """
    missed: Counter[str] = Counter()
    total = 0
    for tag, number, draft, lines in pairs(texts):
        for index in range(len(lines)):
            donor = texts["en"][number if own else (number + 1) % len(texts["en"])]
            line = donor[min(index, len(donor) - 1)]
            total += 1
            missed[tag] += not errors(draft, [*lines[:index], line, *lines[index + 1 :]], tag)
    return total, +missed


def main() -> None:
    """Print false alarms, wrong documents accepted, English lines not found, and the time of a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--first", type=int, default=41)
    parser.add_argument("--last", type=int, default=60)
    parser.add_argument("--lines", action="store_true", help="whole documents, not their first five lines")
    options = parser.parse_args()
    chosen = range(options.first, options.last + 1)
    most = None if options.lines else _LINES
    texts = {
        parse_tag(path.stem): [text.split("\n")[:most] for text in documents(options.data, path, chosen)]
        for path in sorted(options.data.glob("*.txt"))
    }
    start = time.process_time()
    total, held = false_alarms(texts)
    spent = 1000 * (time.process_time() - start) / sum(len(lines) for _, _, _, lines in pairs(texts))
    print(f"right documents held: {held.total()} of {total} {dict(held)}")
    print(f"{spent:.2f} ms a line, model {'loaded' if 'py3langid' in sys.modules else 'not needed'}")
    total, passed = accepted(texts)
    print(f"wrong documents accepted: {passed.total()} of {total} {dict(passed)}")
    for own, name in ((True, "source line left"), (False, "English line")):
        total, missed = unnoticed(texts, own=own)
        print(f"{name} not found: {missed.total()} of {total} {dict(missed)}")


if __name__ == "__main__":
    main()
