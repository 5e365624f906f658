"""Negation: what a line affirms and its source denies, and the reverse.

`[negation]` has `clear`, words that negate and do nothing else, and `any`, whatever else may carry a negation; without
`any` a language's translations are not judged. Where `verbal` is given, translations must keep those of `clear` that it
has: people write `rare` for `not common`, but hardly anything else for `did not sign`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage, has_table, read
from summarizer.identify import another_language
from summarizer.records import Finding

# A claim follows a sentence where this share of its words stands there in the same order.
_FOLLOWS = 0.7
# Words that a negation may take with it: `did not sign` for `signed`.
_MOST_OUT, _MOST_IN = 3, 2


def negation_lost(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A translation without any negation, where its source has a clear one."""
    compared = all(has_table(passage.language, "negation", "any") for passage in (line, source))
    kind = "verbal" if has_table(source.language, "negation", "verbal") else "clear"
    word = source.first("negation", kind) if compared else ""
    if word and not _negates(line) and not another_language(line.text, line.language):
        detail = f'source "{word}": the translation has no negation'
        yield finding("polarity_changed", where, detail, severity="warning", expected=word)


def negation_moved(where: str, line: Passage, evidence: Sequence[str]) -> Iterator[Finding]:
    """A claim that follows a sentence word by word, except for a negation that is gone or new."""
    for text in evidence:
        sentence = read(text, line.language)
        word = _only_in(sentence, line)
        if word and _differs_by(sentence, line, word):
            yield finding("polarity_changed", where, f'evidence "{word}": the line has no negation', expected=word)
            return
        word = _only_in(line, sentence)
        if word and _differs_by(line, sentence, word):
            yield finding("polarity_changed", where, f'"{word}": the evidence has no negation', found=word)
            return


def _only_in(one: Passage, other: Passage) -> str:
    return "" if _negates(other) else one.first("negation", "clear")


def _negates(passage: Passage) -> bool:
    return passage.has("negation", "clear") or passage.has("negation", "any")


def _differs_by(negated: Passage, plain: Passage, word: str) -> bool:
    """Whether the two are the same but for a few words that hold the negation, among words that both have."""
    first, second = _tokens(negated), _tokens(plain)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    shorter = min(len(first), len(second))
    if sum(block.size for block in matcher.get_matching_blocks()) < _FOLLOWS * shorter:
        return False
    steps = matcher.get_opcodes()
    for before, (_, out, out_end, into, into_end), after in zip(steps, steps[1:], steps[2:], strict=False):
        small = out_end - out <= max(_MOST_OUT, len(word)) and into_end - into <= _MOST_IN
        held = set(word.split()) & set(first[out:out_end]) or word in "".join(first[out:out_end])
        if small and held and before[0] == after[0] == "equal":
            return True
    return False


def _tokens(passage: Passage) -> Sequence[str]:
    return passage.folded.split() if " " in passage.folded.strip() else passage.folded
