"""Legal stages and roles: what a line says a person is, beside what the source says: `[stage]` and `[role]`."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage, has_table
from summarizer.names.customs import is_title
from summarizer.records import Finding

# The keys of `[stage]` in the order in which a case goes; `[licence]` may have more words for each.
_STAGES = ("accused", "suspected", "questioned", "arrested", "charged", "tried", "convicted")
# The first that a line must not add: a suspect is often arrested in one language and caught in another.
_FORMAL = _STAGES.index("charged")
_ACQUITTED = "acquitted"
# The keys of `[role]`.
_ROLES = ("former", "acting", "deputy", "elect", "late")
# Without these a person holds an office that somebody else holds; translators leave out -elect.
_KEPT = ("former", "acting", "deputy", "late")


def legal_stages(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A stage further than any in the source, where the source names one; and an acquittal that it does not have."""
    reached = [stage for stage in (_ACQUITTED, *_STAGES) if source.has("stage", stage)]
    if not reached:
        return
    within = line.language == source.language
    rank = _STAGES.index(reached[-1]) if reached[-1] in _STAGES else -1
    for stage in (*_STAGES[max(rank + 1, _FORMAL) :], _ACQUITTED):
        if (word := line.first("stage", stage)) and not _has_stage(source, stage, within=within):
            yield finding("legal_stage", where, f'"{word}": the source says {reached[-1]}', found=word)
            return


def _has_stage(source: Passage, stage: str, *, within: bool) -> bool:
    """Whether the source has the stage or, for all but an acquittal, one behind it."""
    behind = _STAGES[_STAGES.index(stage) :] if stage in _STAGES else (stage,)
    return any(source.allows("stage", further, within=within) for further in behind)


def roles_added(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A word such as former or acting that the source has in no form, or that was put between two of its words."""
    within = line.language == source.language
    for word, concepts in line.words("role", within=within).items():
        if not any(source.allows("role", concept, within=within) for concept in concepts) or (
            within and _put_in(word, line, source)
        ):
            yield finding("role_changed", where, f'"{word}": the source does not say it', found=word)


def roles_lost(where: str, line: Passage, source: Passage) -> Iterator[Finding]:
    """A word such as former or acting of the source that the translation has in no form."""
    for role in _KEPT:
        word = source.first("role", role) if has_table(line.language, "role", role) else ""
        if word and not line.allows("role", role):
            yield finding("role_changed", where, f'source "{word}": the translation has no word for it', expected=word)


def _put_in(word: str, line: Passage, source: Passage) -> bool:
    """Whether the words round a word of the line stand side by side in the source, which never has it before them."""
    before, found, after = line.folded.partition(f" {word} ")
    if not found or not after.strip():
        return False
    plain = _without_titles(source)
    following = next(iter(_without_titles(line._replace(folded=after)).split()), "")
    beside = f" {before.rpartition(' ')[2]} {following} " if before.strip() else f" {following} "
    stands = beside in plain if before.strip() else plain.startswith(beside)
    return stands and f" {word} {following} " not in plain


def _without_titles(passage: Passage) -> str:
    """The folded words without forms of address: *Dr* between an office and a name parts nothing."""
    return f" {' '.join(word for word in passage.folded.split() if not is_title(word, passage.language))} "
