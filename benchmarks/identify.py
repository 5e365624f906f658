"""Language identification of news documents: `python benchmarks/identify.py DATA [--first 41 --last 60] [--lines]`.

DATA holds one file per language with aligned lines, and `documents.tsv` with the document of each line.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from summarizer.identify import identify
from summarizer.languages import parse_tag


def documents(folder: Path, path: Path, chosen: range) -> Iterator[str]:
    """The documents of one language whose 1-based numbers are in `chosen`."""
    names = (folder / "documents.tsv").read_text(encoding="utf-8").split()
    lines = path.read_text(encoding="utf-8").split("\n")
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for name, line in zip(names, lines, strict=False):
        by_name[name].append(line)
    for number, text in enumerate(by_name.values(), start=1):
        if number in chosen:
            yield "\n".join(text)


def judged(tag: str, texts: list[str]) -> tuple[Counter[str], Counter[str]]:
    """How many texts are right, wrong, certain and certain though wrong; and what the wrong ones were taken for."""
    counts: Counter[str] = Counter()
    taken_for: Counter[str] = Counter()
    for text in texts:
        found = identify(text)
        right = found.tag == tag or {found.tag, tag} == {"pt", "pt-BR"}
        counts.update(["all"] + ["right"] * right + ["certain"] * found.certain)
        if not right:
            counts.update(["certain and wrong"] * found.certain)
            taken_for[found.tag] += 1
    return counts, taken_for


def main() -> None:
    """Print the languages with errors, then the shares of texts that are right and certain, and the time each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--first", type=int, default=41)
    parser.add_argument("--last", type=int, default=60)
    parser.add_argument("--lines", action="store_true", help="judge each line by itself")
    options = parser.parse_args()
    totals: Counter[str] = Counter()
    start = time.process_time()
    for path in sorted(options.data.glob("*.txt")):
        tag = parse_tag(path.stem)
        texts = list(documents(options.data, path, range(options.first, options.last + 1)))
        lines = [line for document in texts for line in document.split("\n")]
        counts, taken_for = judged(tag, lines if options.lines else texts)
        totals += counts
        if taken_for:
            print(f"{tag:8} taken for {dict(taken_for.most_common())}")
    spent = 1000 * (time.process_time() - start) / totals["all"]
    print(f"right {totals['right']} of {totals['all']} ({100 * totals['right'] / totals['all']:.2f} %)")
    print(f"certain {100 * totals['certain'] / totals['all']:.1f} %, certain and wrong {totals['certain and wrong']}")
    print(f"{spent:.2f} ms each, model {'loaded' if 'py3langid' in sys.modules else 'not needed'}")


if __name__ == "__main__":
    main()
