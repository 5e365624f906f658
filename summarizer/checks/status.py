"""Legal stages: how far a case has gone by a line, beside what its source says: `[stage]`."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.checks.codes import finding
from summarizer.checks.terms import Passage
from summarizer.records import Finding

# The keys of `[stage]` in the order in which a case goes; `[licence]` may have more words for each.
_STAGES = ("accused", "suspected", "questioned", "arrested", "charged", "tried", "convicted")
# The first that a line must not add: a suspect is often arrested in one language and caught in another.
_FORMAL = _STAGES.index("charged")
_ACQUITTED = "acquitted"


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
