"""What the checks find in texts that were spoilt, and in texts that were not.

    python benchmarks/checks.py DATA [--from 41 --to 60] [--languages de,ar] [--kinds "tenfold;name swapped"]
        [--list-false-alarms de] [--list-missed de] [--unknown]

DATA holds one file per language with aligned lines, and `documents.tsv` with the document of each line. Translations by
people should pass; an error about one is a false alarm, unless `translator_errors.toml` has the line. Then each line is
spoilt in every way that fits it, as `mutations.py` describes, and is *caught* where the findings change and hold an
error. Claims are lines beside themselves as evidence. The tables go to standard output, progress to standard error.
With `--unknown` every language but English is taken for one whose number words are not known.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from statistics import median, quantiles
from types import ModuleType
from typing import Any, NamedTuple

import regex

from benchmarks import mutations
from benchmarks.corpus import Corpus, Line, people, read, renderings
from benchmarks.gates import as_draft, as_translation
from benchmarks.mutations import KINDS, Sample
from summarizer.checks import check_claim, check_translated, check_translation, figures, names, quotes, wording
from summarizer.checks.lines import Claim, Pair
from summarizer.figures import lexicon
from summarizer.identify import near
from summarizer.languages import language_data
from summarizer.records import Finding

_ERRORS = Path(__file__).with_name("translator_errors.toml")
_DIGIT = regex.compile(r"\d")
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER_WORD = regex.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    rf"|eighteen|nineteen|(?:{_TENS})(?:-\w+)?|dozens?|hundreds?|thousands?|[mbtr]+illions?)\b",
    regex.IGNORECASE,
)
_SUMMARY = 5
# Kinds that mean nothing for a line of a summary, or nothing for a translation.
_NOT_IN_CLAIMS = frozenset({"digit changed, no twin", "digit changed, not ASCII"})
_NOT_IN_PAIRS = frozenset({"former added", "today added"})
_SETS = ("another language", "half translated", "half missing", "bullets merged", "bullets swapped")
Findings = tuple[Finding, ...]


class Tally(NamedTuple):
    """How many texts were spoilt and how many of them caught."""

    spoilt: Counter[str]
    caught: Counter[str]

    def rate(self, key: str) -> str:
        """The share caught, in percent."""
        return f"{100 * self.caught[key] / self.spoilt[key]:.1f}" if self.spoilt[key] else "–"


class Lists(NamedTuple):
    """The languages whose false alarms and missed mutations are printed."""

    alarms: frozenset[str]
    missed: frozenset[str]


def is_error(finding: Finding) -> bool:
    """Whether a finding holds a text."""
    return finding.severity == "error"


def is_caught(before: Findings, after: Findings) -> bool:
    """Whether the findings changed and hold an error."""
    return set(map(str, before)) != set(map(str, after)) and any(map(is_error, after))


def figure_class(english: str, text: str) -> str:
    """Whether a pair has digits, only English number words, or neither."""
    if _DIGIT.search(english) or _DIGIT.search(text):
        return "digits"
    return "words" if _NUMBER_WORD.search(english) else "none"


class Alarms:
    """Findings about lines that were not spoilt, by language."""

    def __init__(self) -> None:
        self.lines: Counter[tuple[str, str]] = Counter()
        self.held: Counter[tuple[str, str]] = Counter()
        self.warned: Counter[str] = Counter()
        self.codes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.confirmed: Counter[str] = Counter()

    def add(self, tag: str, group: str, found: Findings) -> None:
        """Count the findings about one line."""
        self.lines[tag, group] += 1
        errors = {finding.code for finding in found if is_error(finding)}
        self.held[tag, group] += bool(errors)
        self.warned[tag] += any(not is_error(finding) for finding in found)
        self.codes[tag].update(errors)

    def share(self, tags: Iterable[str], groups: Iterable[str]) -> str:
        """The share of held lines in percent, with their number."""
        cells = [(tag, group) for tag in tags for group in groups]
        held, lines = (sum(counter[cell] for cell in cells) for counter in (self.held, self.lines))
        return f"{100 * held / lines:.1f} ({held}/{lines})" if lines else "–"

    def table(self, title: str) -> Iterator[str]:
        """A Markdown table, worst language first."""
        tags = sorted({tag for tag, _ in self.lines})
        every = ("digits", "words", "none")
        yield f"\n| {title} | with digits, % | number words only, % | all, % | warned, % | errors by code |"
        yield "|---|---|---|---|---|---|"
        held = {tag: sum(self.held[tag, group] for group in every) for tag in tags}
        rows = [("all", tags), *((tag, [tag]) for tag in sorted(tags, key=lambda tag: -held[tag]))]
        for name, chosen in rows:
            shares = " | ".join(self.share(chosen, groups) for groups in (["digits"], ["words"], every))
            codes = sum((self.codes[tag] for tag in chosen), Counter[str]())
            lines = sum(self.lines[tag, group] for tag in chosen for group in every)
            warned = 100 * sum(self.warned[tag] for tag in chosen) / max(lines, 1)
            listed = ", ".join(f"{code} {count}" for code, count in codes.most_common(4))
            yield f"| {name} | {shares} | {warned:.1f} | {listed} |"
        if self.confirmed:
            yield f"\nRightly held, not counted above: {dict(self.confirmed)}"


class Run:
    """One measurement over the chosen lines and languages."""

    def __init__(self, corpus: Corpus, tags: Sequence[str], kinds: Sequence[str], lists: Lists) -> None:
        self.corpus, self.tags, self.kinds, self.lists = corpus, tags, kinds, lists
        self.surnames = people(corpus)
        self.wrong = {(row["language"], row["line"]) for row in _confirmed()}
        self.alarms, self.claim_alarms = Alarms(), Alarms()
        self.pairs: defaultdict[str, Tally] = defaultdict(_tally)
        self.claims: defaultdict[str, Tally] = defaultdict(_tally)
        self.times: defaultdict[str, list[float]] = defaultdict(list)

    def measure(self) -> None:
        """Everything, language by language."""
        for tag in self.tags:
            start = time.perf_counter()
            written = renderings(self.corpus, self.surnames, tag)
            for line in self.corpus.lines:
                sample = self.sample(line, tag, written)
                if tag != "en" and sample.text:
                    self.pair(line, sample)
                self.claim(line, sample)
            if tag != "en":
                self.sets(tag)
            self.leads(tag)
            print(f"{tag}: {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)

    def sample(self, line: Line, tag: str, written: Mapping[str, str]) -> Sample:
        """A line in a language beside its English one, with the people in it."""
        english, text = self.corpus.text(line, "en"), self.corpus.text(line, tag)
        here = self.surnames[line.document]
        own = [written[name] for name in here if name in english and written.get(name, "\n") in text]
        others = sorted({form for name, form in written.items() if name not in here} - set(own))
        return Sample(tag, english, english, text, own, others)

    def pair(self, line: Line, sample: Sample) -> None:
        """A translated line as it is, then spoilt."""

        def check(text: str) -> Findings:
            return check_translation(sample.source, text, source_language="en", language=sample.tag)

        found = check(sample.text)
        self.time(Pair("translation", sample.source, sample.text, "en", sample.tag))
        if (sample.tag, line.number) in self.wrong:
            self.alarms.confirmed[sample.tag] += any(map(is_error, found))
            return
        self.alarms.add(sample.tag, figure_class(sample.english, sample.text), found)
        if sample.tag in self.lists.alarms and any(map(is_error, found)):
            _show(f"{sample.tag} {line.number}", sample.source, sample.text, found)
        self.spoil(line, sample, check, (self.pairs, _NOT_IN_PAIRS, found))

    def claim(self, line: Line, sample: Sample) -> None:
        """A line beside itself as evidence, spoilt."""

        def check(text: str) -> Findings:
            return check_claim(text, [sample.text], language=sample.tag)

        self.time(Claim("claim", sample.text, (sample.text,), sample.tag))
        self.spoil(line, sample._replace(source=sample.text), check, (self.claims, _NOT_IN_CLAIMS, ()))

    def spoil(
        self,
        line: Line,
        sample: Sample,
        check: Callable[[str], Findings],
        into: tuple[Mapping[str, Tally], frozenset[str], Findings],
    ) -> None:
        """Every kind of mutation that fits a line, counted in the first of `into` unless in the second."""
        tallies, left_out, before = into
        for kind in self.kinds:
            if kind not in KINDS or kind in left_out:
                continue
            spoilt = KINDS[kind](sample, Random(f"{sample.tag} {line.number} {kind}"))
            if spoilt is None or spoilt == sample.text:
                continue
            after = check(spoilt)
            self.count(tallies[kind], sample.tag, caught=is_caught(before, after))
            if sample.tag in self.lists.missed and not is_caught(before, after):
                _show(f"{sample.tag} {line.number} {kind}", sample.source, spoilt, after)

    def time(self, item: Pair | Claim) -> None:
        """The time of each check of one line, the second time that it is read."""
        modules: Sequence[ModuleType] = (figures, names, wording, quotes)
        for module in modules:
            start = time.perf_counter()
            tuple(module.in_pair(item) if isinstance(item, Pair) else module.in_claim(item))
            spent = time.perf_counter() - start
            self.times[f"{type(item).__name__.lower()} {module.__name__.rpartition('.')[2]}"].append(spent)

    def leads(self, tag: str) -> None:
        """Headlines and the next two lines as claims about the rest of their document: for information."""
        for lines in self.corpus.documents():
            texts = [self.corpus.text(line, tag) for line in lines]
            for index, text in enumerate(texts[:3]):
                rest = [*texts[:index], *texts[index + 1 :]]
                self.claim_alarms.add(tag, figure_class("", text), check_claim(text, rest, language=tag))

    def sets(self, tag: str) -> None:
        """The first lines of each document as a summary, spoilt as a whole."""
        strangers = [other for other in self.tags if other != "en" and not near(tag, other)]
        for lines in self.corpus.documents():
            english, own = ([self.corpus.text(line, name) for line in lines[:_SUMMARY]] for name in ("en", tag))
            draft = as_draft(english, "en")
            before = check_translated(draft, as_translation(own, tag))
            wrong = None
            if len(own) > 1 and strangers:
                stranger = Random(f"{tag} {lines[0].number}").choice(strangers)
                wrong = [own[0], self.corpus.text(lines[1], stranger), *own[2:]]
            spoilt = (
                wrong,
                mutations.half_translated(own, english),
                mutations.half_missing(own),
                mutations.bullets_merged(own),
                mutations.bullets_swapped(own),
            )
            for kind, texts in zip(_SETS, spoilt, strict=True):
                if kind in self.kinds and texts is not None:
                    found = check_translated(draft, as_translation(texts, tag))
                    self.count(self.pairs[kind], tag, caught=is_caught(before, found))
                    new = {finding.code for finding in found} - {finding.code for finding in before}
                    self.count(self.pairs[f"{kind} (with warnings)"], tag, caught=bool(new))

    @staticmethod
    def count(tally: Tally, tag: str, *, caught: bool) -> None:
        """Count one spoilt text."""
        tally.spoilt.update((tag, "all"))
        tally.caught.update((tag, "all") if caught else ())

    def report(self) -> Iterator[str]:
        """The tables."""
        yield from self.alarms.table("translations by people")
        for title, tallies in (("translations", self.pairs), ("lines of a summary", self.claims)):
            yield f"\n| spoilt {title} | n | caught, % | least caught |"
            yield "|---|---|---|---|"
            for kind, tally in ((kind, tallies[kind]) for kind in _ordered(tallies)):
                worst = sorted((tag for tag in self.tags if tally.spoilt[tag]), key=lambda tag: _missed(tally, tag))
                least = ", ".join(f"{tag} {tally.rate(tag)} of {tally.spoilt[tag]}" for tag in worst[:4])
                yield f"| {kind} | {tally.spoilt['all']} | {tally.rate('all')} | {least} |"
        yield from self.by_language()
        yield from self.claim_alarms.table("first three lines against the rest (information)")
        yield "\n| check | median, µs | 99th percentile, µs |\n|---|---|---|"
        for name, spent in self.times.items():
            yield f"| {name} | {1e6 * median(spent):.0f} | {1e6 * quantiles(spent, n=100)[-1]:.0f} |"

    def by_language(self) -> Iterator[str]:
        """The shares of translations caught, a row for each language."""
        kinds = [kind for kind in _ordered(self.pairs) if "(" not in kind]
        yield f"\n| caught, % | {' | '.join(kinds)} |"
        yield "|---" * (len(kinds) + 1) + "|"
        for tag in self.tags:
            if tag != "en":
                yield f"| {tag} | {' | '.join(self.pairs[kind].rate(tag) for kind in kinds)} |"


def _tally() -> Tally:
    return Tally(Counter(), Counter())


def _ordered(tallies: Mapping[str, Tally]) -> list[str]:
    """The kinds that were counted, as they are listed; those with warnings behind the ones without."""
    order = [*KINDS, *_SETS]
    return sorted(tallies, key=lambda kind: (order.index(kind.partition(" (")[0]), kind))


def _missed(tally: Tally, tag: str) -> float:
    return tally.caught[tag] / tally.spoilt[tag]


def _confirmed() -> list[dict[str, str | int]]:
    rows: list[dict[str, str | int]] = tomllib.loads(_ERRORS.read_text(encoding="utf-8")).get("error", [])
    return rows


def _show(title: str, source: str, text: str, found: Findings) -> None:
    print(f"\n{title}\n  {source}\n  {text}")
    for finding in found:
        print(f"  {finding.severity} {finding.code}: {finding.detail}")


def memory(tags: Sequence[str]) -> str:
    """What the data of the checks take, for English and one language, then for all; before anything else is read."""
    source, sizes = "At least 17 people were killed on 6 June, Anna Berg said.", []
    tracemalloc.start()
    for chosen in (tags[:1], tags):
        for tag in chosen:
            check_translation(source, f"{source} ", source_language="en", language=tag)
        sizes.append(tracemalloc.get_traced_memory()[0] / 2**20)
    tracemalloc.stop()
    return f"memory, with code loaded at first use: en → {tags[0]} {sizes[0]:.1f} MB, all {len(tags)} {sizes[1]:.1f} MB"


def forget_figure_data() -> None:
    """Hide what is known of how languages write figures, but for English and what CLDR says."""

    def known(kind: str, tag: str) -> Mapping[str, Any]:
        return language_data(kind, tag) if kind != "figures" or tag in {"en", "common"} else {}

    lexicon.language_data = known  # type: ignore[attr-defined, assignment]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--from", dest="first", type=int, default=41)
    parser.add_argument("--to", dest="last", type=int, default=60)
    parser.add_argument(
        "--languages", help="tags, separated by commas; English is added for claims where none is given"
    )
    parser.add_argument("--kinds", help="kinds of mutation, separated by semicolons; `none` for false alarms only")
    parser.add_argument("--list-false-alarms", default="", metavar="LANG", help="print these lines; `all` for all")
    parser.add_argument("--list-missed", default="", metavar="LANG", help="print what was spoilt and not caught")
    parser.add_argument("--unknown", action="store_true", help="as if only English had figure data")
    options = parser.parse_args()
    if options.unknown:
        forget_figure_data()
    corpus = read(options.data, options.first, options.last)
    tags = options.languages.split(",") if options.languages else list(corpus.texts)
    kinds = options.kinds.split(";") if options.kinds else [*KINDS, *_SETS]
    listed = Lists(
        *(
            frozenset(tags if chosen == "all" else chosen.split(","))
            for chosen in (options.list_false_alarms, options.list_missed)
        )
    )
    if unknown := set(kinds) - {*KINDS, *_SETS, "none"}:
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    used = memory([tag for tag in tags if tag != "en"] or ["en"])
    run = Run(corpus, tags, kinds, listed)
    run.measure()
    for row in chain(run.report(), ["", used]):
        print(row)


if __name__ == "__main__":
    main()
