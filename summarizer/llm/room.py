"""The room for a model's thoughts, on top of its answer's: what answers that are cut off and refusals teach of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.llm.faults import Fault
    from summarizer.llm.replies import Answer

MOST = 16_384
# Halving from the most ends here: less is no room for thoughts.
_LEAST = 256
_CAP = re.compile(r"max_(?:completion_)?tokens|\bcompletion\b|output tokens", re.IGNORECASE)
_TOO_LARGE = re.compile(
    r"too (?:large|high|big)|exceed|at most|maximum|less than|no more than|out of range", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Room:
    """Output tokens for thoughts in one call; `most` is what this endpoint may be asked for, as far as is known."""

    tokens: int
    most: int = MOST

    def after_cut_off(self, answer: Answer, cap: int) -> Room | None:
        """More, where thoughts took the place of the answer of `cap` tokens; None where more room would not help."""
        needed = 2 * (cap + self.tokens) if answer.only_thoughts else answer.thoughts
        tokens = min(_rounded(needed), self.most)
        return replace(self, tokens=tokens) if tokens > self.tokens else None

    def after_refusal(self, fault: Fault) -> Room | None:
        """Half, where the endpoint says that so many output tokens are too many; None where it says something else."""
        if not self.tokens or not _too_many(fault):
            return None
        half = self.tokens // 2 if self.tokens >= 2 * _LEAST else 0
        return Room(half, half)

    def to_remember(self, known: int, answer: Answer) -> int:
        """What is known now that the answer was of use: no less than its thoughts took, no more than was accepted."""
        return min(max(known, _rounded(answer.thoughts)), self.most)


def _rounded(tokens: int) -> int:
    """The next power of two: saved a few times only."""
    return 1 << (tokens - 1).bit_length() if tokens > 0 else 0


def _too_many(fault: Fault) -> bool:
    """Whether the limit of output tokens was refused for its size; the prompt may be too long as well."""
    if not _CAP.search(fault.param or fault.text):
        return False
    return fault.kind == "overflow" or (fault.malformed and bool(_TOO_LARGE.search(fault.text)))
