"""Negation: what a line affirms and its source denies, and the reverse.

`[negation]` has `clear`, words that negate and do nothing else, and `any`, whatever else may carry a negation; without
`any` a language's translations are not judged. Where `verbal` is given, translations must keep those of `clear` that it
has: people write `rare` for `not common`, but hardly anything else for `did not sign`. `affirm` has words for confirm
or admit that people also write for say, and that turn a denial round all the same.
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


def denial_turned(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A line that confirms or admits what its source denies: neither keeps the denial nor has it from the source."""
    denied = source.first("saying", "deny")
    if not denied or _denies(line) or _affirms(source):
        return
    if affirmed := _affirms(line):
        yield finding(
            "polarity_changed", where, f'"{affirmed}": the source says "{denied}"', expected=denied, found=affirmed
        )


def denial_lost(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A translation without any denial or negation, where its source denies something."""
    denied = source.first("saying", "deny") if has_table(line.language, "negation", "any") else ""
    kept = denied and (_denies(line) or _negates(line) or _affirms(line))
    if denied and not kept and not another_language(line.text, line.language):
        detail = f'source "{denied}": the translation denies nothing'
        yield finding("polarity_changed", where, detail, severity="warning", expected=denied)


def denial_replaced(where: str, line: Passage, evidence: Sequence[str]) -> Iterator[Finding]:
    """A claim that follows a sentence word by word, with something else in the place of the denial."""
    if _denies(line) or _negates(line) or _affirms(line):
        return
    for text in evidence:
        sentence = read(text, line.language)
        for word in sentence.said.get(("saying", "deny"), ()):
            first = _tokens(sentence)
            if any(
                step == "replace" and into_end - into <= _MOST_IN and _holds(first[out:out_end], word)
                for step, out, out_end, into, into_end in _steps(sentence, line)
            ):
                yield finding("polarity_changed", where, f'evidence "{word}": the line denies nothing', expected=word)
                return


def _denies(passage: Passage) -> bool:
    return passage.has("saying", "deny") or passage.has("licence", "deny")


def _affirms(passage: Passage) -> str:
    """A word that confirms or admits, else an empty text."""
    places = (("saying", "confirm"), ("saying", "admit"), ("negation", "affirm"))
    return next((word for place in places for word in passage.said.get(place, ())), "")


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
    first, steps = _tokens(negated), _steps(negated, plain)
    for before, (_, out, out_end, into, into_end), after in zip(steps, steps[1:], steps[2:], strict=False):
        if into_end - into <= _MOST_IN and _holds(first[out:out_end], word) and before[0] == after[0] == "equal":
            return True
    return False


def _steps(first: Passage, second: Passage) -> Sequence[tuple[str, int, int, int, int]]:
    """What makes one text into the other, as of `difflib`; nothing where the shorter has too many words of its own."""
    one, other = _tokens(first), _tokens(second)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if sum(block.size for block in matcher.get_matching_blocks()) < _FOLLOWS * min(len(one), len(other)):
        return ()
    return matcher.get_opcodes()


def _holds(part: Sequence[str], word: str) -> bool:
    """Whether a few words have a word among them."""
    return len(part) <= max(_MOST_OUT, len(word)) and bool(set(word.split()) & set(part) or word in "".join(part))


def _tokens(passage: Passage) -> Sequence[str]:
    return passage.folded.split() if " " in passage.folded.strip() else passage.folded
