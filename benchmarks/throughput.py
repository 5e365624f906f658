"""How fast and how reliably articles are done, beside peers, at an endpoint with limits, queues and faults.

    PYTHONPATH=. python benchmarks/throughput.py --venvs VENVS --results RESULTS

Forty short articles into four languages, times of the endpoint × 0.2 but in one row, its limits as they are. Peers are
installed into environments below VENVS, once. RESULTS keeps the log of every run: a run that is there is not made
again, the tables are made anew. `--only` takes parts of the names of rows and contestants. Takes a quarter of an hour;
rows in which waiting is all are run side by side.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script it is not in its package

from benchmarks.contestants import (
    CONTESTANTS,
    TO,
    Contestant,
    Job,
    Options,
    Run,
    is_done,
    perform,
    python_of,
    read_options,
    read_run,
    table,
)
from benchmarks.endpoint import Behaviour
from benchmarks.floors import Floor, floor
from benchmarks.judge import Verdict, verdict
from benchmarks.news import articles

# Sixty requests a minute are one a second, not sixty at once (OpenAI's guide on rate limits says that it may be so).
_BURST_S = 1.0
_PLAIN = Behaviour(scale=0.2)
_WHOLE = Behaviour(scale=1.0)
_LIMITED = replace(_PLAIN, requests_per_minute=600, tokens_per_minute=400_000, burst_s=_BURST_S)
_JOB = Job(articles=40)
_UNLIMITED = _JOB._replace(requests_per_minute=0, tokens_per_minute=0)
_SEEDS = (1, 2, 3, 4)
# Below this share of valid articles a time says nothing.
_ENOUGH = 0.9
# A loop without concurrency takes as long as its answers do, whatever the endpoint's limits.
_SLOW = "naive loop"


class Scenario(NamedTuple):
    """A row: how the endpoint behaves and what it tells; `together` = contestants may run at the same time."""

    name: str
    behaviour: Behaviour
    job: Job = _JOB
    together: bool = True
    seeds: Sequence[int] = (0,)


SCENARIOS = (
    Scenario("no limits, told so", _PLAIN, _UNLIMITED, together=False),
    Scenario("no limits, not told", _PLAIN, together=False),
    Scenario("no limits, told so, times × 1", _WHOLE, _UNLIMITED, together=False),
    Scenario(
        "600 requests and 400k tokens a minute, told",
        _LIMITED,
        _JOB._replace(requests_per_minute=600, tokens_per_minute=400_000),
    ),
    Scenario("… not told, in headers", _LIMITED),
    Scenario("… not told, no headers", replace(_LIMITED, limit_headers=False, retry_after=False)),
    Scenario("… not told, headers about requests of the day", replace(_LIMITED, requests_per_day=1000)),
    Scenario("4 answers at a time, the rest queues", replace(_PLAIN, slots=4)),
    Scenario("3 % of answers hang for 60 s", replace(_PLAIN, faults={"hang": 0.03}, hang_s=60.0)),
    Scenario("10 % mixed faults", replace(_PLAIN, mixed=0.1), seeds=_SEEDS),
)


def main() -> None:
    """Run what is missing, and print the tables."""
    options = read_options(__doc__ or "")
    print(tables_of(measured(options)))


def measured(options: Options) -> dict[tuple[str, str, int], Run]:
    """All runs by scenario, contestant and seed; those that are not there are made."""
    found: dict[tuple[str, str, int], Run] = {}
    contestants = [(each, python) for each in CONTESTANTS if (python := python_of(each, options.venvs))]
    for scenario in SCENARIOS:
        for seed in scenario.seeds:
            wanted = [each for each in contestants if _takes_part(each[0], scenario, seed)]
            with ThreadPoolExecutor(len(wanted) if scenario.together else 1) as pool:
                futures = {who.name: pool.submit(_run, options, scenario, seed, who, python) for who, python in wanted}
                runs = {(scenario.name, name, seed): future.result() for name, future in futures.items()}
                found |= {key: run for key, run in runs.items() if run}
    return found


def _takes_part(contestant: Contestant, scenario: Scenario, seed: int) -> bool:
    """Whether there is something to learn: a loop meets no limit, and takes minutes."""
    return contestant.name != _SLOW or (scenario.name == SCENARIOS[1].name or seed == _SEEDS[0])


def _run(options: Options, scenario: Scenario, seed: int, contestant: Contestant, python: Path) -> Run | None:
    """The run, made where it is missing and wanted; None where it is neither."""
    name = "".join(character if character.isalnum() else "-" for character in scenario.name)
    folder = options.results / "throughput" / f"{name}-{seed}" / contestant.script
    if options.is_due(folder, scenario.name, contestant.name):
        behaviour = replace(scenario.behaviour, seed=seed)
        print(f"{scenario.name}, seed {seed}: {contestant.name}", file=sys.stderr, flush=True)
        return perform(contestant, python, behaviour, folder, scenario.job)
    return read_run(folder) if is_done(folder) else None


def tables_of(runs: Mapping[tuple[str, str, int], Run]) -> str:
    """The tables in Markdown."""
    names = [each.name for each in CONTESTANTS if any(key[1] == each.name for key in runs)]
    return "\n\n".join(
        [
            table(["wall time, as a multiple of the floor", *names], _ratios(runs, names)),
            table(["scenario", "contestant", *_Row._fields], _details(runs)),
            table(["reliability of articles", "contestant", *get_args(Verdict)], _verdicts(runs)),
            table(["start-up, process to first request", *names], [_startups(runs, names)]),
        ]
    )


def ratios_as_json(runs: Mapping[tuple[str, str, int], Run]) -> str:
    """The ratios by scenario and contestant; null where too few articles were valid."""
    ratios: dict[str, dict[str, float | None]] = {}
    for (name, contestant, seed), made in runs.items():
        scenario = next(each for each in SCENARIOS if each.name == name)
        if seed == scenario.seeds[0]:
            ratios.setdefault(name, {})[contestant] = _ratio(made, scenario)
    return json.dumps(ratios, ensure_ascii=False, indent=1)


def _ratios(runs: Mapping[tuple[str, str, int], Run], names: Sequence[str]) -> Iterator[list[str]]:
    for scenario in SCENARIOS:
        made = [runs.get((scenario.name, name, scenario.seeds[0])) for name in names]
        if any(made):
            yield [scenario.name, *(_cell(each, scenario) for each in made)]


def _cell(made: Run | None, scenario: Scenario) -> str:
    if made is None:
        return ""
    ratio = _ratio(made, scenario)
    return f"{ratio:.2f}" if ratio else f"{verdicts(made)['valid']} of {_JOB.articles} valid"


def _ratio(made: Run, scenario: Scenario) -> float | None:
    """How many times the floor the wall time is; None where too few articles are valid for it to say anything."""
    if verdicts(made)["valid"] < _ENOUGH * _JOB.articles:
        return None
    return made.wall_s / floor(made.chat, scenario.behaviour).seconds


class _Row(NamedTuple):
    wall_s: str
    floor_s: str
    floor_by: str
    refused_429: int
    valid: str
    requests: int
    tokens_charged: str
    cpu_s: str
    rss_mb: str


def _details(runs: Mapping[tuple[str, str, int], Run]) -> Iterator[list[object]]:
    behaviours = {scenario.name: scenario.behaviour for scenario in SCENARIOS}
    for (scenario, name, seed), made in runs.items():
        if seed in {0, _SEEDS[0]}:
            yield [scenario, name, *_row(made, floor(made.chat, behaviours[scenario]))]


def _row(run: Run, least: Floor) -> _Row:
    return _Row(
        f"{run.wall_s:.1f}" + ("" if run.cost.ended else ", stopped"),
        f"{least.seconds:.1f}",
        least.binding,
        sum(entry.status == 429 for entry in run.chat),
        f"{verdicts(run)['valid']} of {_JOB.articles}",
        len(run.chat),
        f"{sum(entry.charged_tokens for entry in run.chat) / 1000:.0f}k",
        f"{run.cost.cpu_s:.1f}",
        f"{run.cost.rss_mb:.0f}",
    )


def _verdicts(runs: Mapping[tuple[str, str, int], Run]) -> Iterator[list[object]]:
    faulty = [scenario for scenario in SCENARIOS if scenario.behaviour.mixed or scenario.behaviour.faults]
    for scenario in faulty:
        for contestant in CONTESTANTS:
            found = [verdicts(run) for key, run in runs.items() if key[:2] == (scenario.name, contestant.name)]
            if found:
                total = sum(found, Counter())
                of = f"{scenario.name}, of {total.total()}"
                yield [of, contestant.name, *(total[kind] for kind in get_args(Verdict))]


def verdicts(run: Run) -> Counter[Verdict]:
    """How many articles of a run are what; one that was never handed in has failed."""
    texts = {article["id"]: article["text"] for article in articles(_JOB.articles)}
    handed_in = {row["id"]: row for row in run.handed_in}
    nothing: Mapping[str, Any] = {"texts": {}}
    return Counter(verdict(handed_in.get(name, nothing), text, TO) for name, text in texts.items())


def _startups(runs: Mapping[tuple[str, str, int], Run], names: Sequence[str]) -> list[str]:
    """The median over the runs that were alone on the machine."""
    alone = {scenario.name for scenario in SCENARIOS if not scenario.together}
    times = {name: [run.startup_s for key, run in runs.items() if key[0] in alone and key[1] == name] for name in names}
    return ["seconds", *(f"{median(times[name]):.2f}" if times[name] else "" for name in names)]


if __name__ == "__main__":
    main()
