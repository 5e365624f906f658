"""The shortest time in which a job could have been done, from the latencies that were actually served.

The plan is a summary, then all translations at once, all articles beside each other; before the summary of a long
article there are notes on all its parts at once, and one choice among them or more. Nothing is faster than the longest
chain of it, than the limits let what was accepted through, or than the slots can work it off. A ratio to it does not
depend on the machine, or on how long the prompts are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.endpoint import Behaviour, Entry


class Floor(NamedTuple):
    """Lower bounds in seconds, 0 where nothing binds."""

    chain_s: float
    requests_s: float
    tokens_s: float
    slots_s: float

    @property
    def seconds(self) -> float:
        """The largest of them."""
        return max(self)

    @property
    def binding(self) -> str:
        """What the largest of them is about."""
        return self._fields[self.index(self.seconds)].removesuffix("_s")


def floor(entries: Iterable[Entry], behaviour: Behaviour) -> Floor:
    """The floor of a run with this log; one with notes is of one article, for these do not say whose they are."""
    chat = [entry for entry in entries if entry.kind != "models"]
    accepted = [entry for entry in chat if entry.charged_tokens]
    return Floor(
        _chain(chat),
        _limited(len(accepted), behaviour.requests_per_minute, behaviour.burst_s),
        _limited(sum(entry.charged_tokens for entry in accepted), behaviour.tokens_per_minute, behaviour.burst_s),
        sum(entry.served_s for entry in chat) / behaviour.slots if behaviour.slots else 0.0,
    )


def _chain(chat: Iterable[Entry]) -> float:
    """The longest draft and translation of one article; what was asked again is not counted, for nobody need fail."""
    longest: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for entry in chat:
        if entry.status == 200:
            kinds = longest[entry.topic]
            kinds[entry.kind] = max(kinds[entry.kind], entry.served_s)
    written = max((kinds["summarize"] + kinds["translate"] for kinds in longest.values()), default=0.0)
    notes = max((kinds["notes"] for kinds in longest.values()), default=0.0)
    return notes + _chosen(entry for entry in chat if entry.kind == "merge" and entry.status == 200) + written


def _chosen(choices: Iterable[Entry]) -> float:
    """The longest choice of each round; a round begins when all choices of the one before are answered."""
    rounds: list[float] = []
    ended = 0.0
    for entry in sorted(choices, key=lambda entry: entry.at):
        if not rounds or entry.at >= ended:
            rounds.append(0.0)
        rounds[-1] = max(rounds[-1], entry.served_s)
        ended = max(ended, entry.at + entry.seconds)
    return sum(rounds)


def _limited(cost: float, per_minute: int | None, burst_s: float) -> float:
    if not per_minute:
        return 0.0
    return max(0.0, cost / (per_minute / 60) - burst_s)
