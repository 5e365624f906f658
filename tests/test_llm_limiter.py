"""The limiter against endpoints with and without limits, told and not told, in virtual time."""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.endpoint import Bucket as Provider
from summarizer.errors import EndpointUnavailable
from summarizer.llm import limiter
from summarizer.llm.breaker import Breaker
from summarizer.llm.bucket import Bucket
from summarizer.llm.cadence import Cadence
from summarizer.llm.gateway import Gateway
from summarizer.llm.lane import Cost, Told
from summarizer.llm.limit_headers import Duration, Reading, read_duration, read_limits
from summarizer.llm.memory import Memory
from summarizer.llm.replies import Tokens
from summarizer.llm.window import Clean, Window
from summarizer.settings import LLMSettings
from tests.virtual import DRAFT, LANGUAGES, TRANSLATION, FarSide, article, articles, call, clock, run

COUNT = 40
REQUESTS = COUNT * 5
# The time of an article alone, and what all of them together are charged for, at a fifth of the usual time.
ALONE = 0.2 * ((0.25 + 2300 / 8000 + 230 / 80) + (0.25 + 2100 / 8000 + 190 / 80))
CHARGED = COUNT * (DRAFT[0] + DRAFT[2] + 4 * (TRANSLATION[0] + TRANSLATION[2]))
LIMITS = {"requests_per_minute": 600, "tokens_per_minute": 400_000}
TOLD = Told(**LIMITS)
FREE = Told(max_in_flight=0)


class Case(NamedTuple):
    """An endpoint, what is told of it, the share of refusals, and the time as a multiple of the shortest possible."""

    far: dict[str, object]
    told: Told = Told()
    refused: float = 0.0
    times: float = 1.15


CASES = {
    "no limit, told": Case({}, FREE),
    "no limit, not told": Case({}, times=2.6),
    "a day's limit, not told": Case({"requests_per_minute": 10, "burst_s": 86_400.0}, times=2.6),
    "limits, told": Case({**LIMITS}, TOLD),
    "limits without a burst, told": Case({**LIMITS, "burst_s": 1.0}, TOLD),
    "limits without a burst, told, no headers": Case({**LIMITS, "burst_s": 1.0, "tells": False}, TOLD),
    "limits, headers": Case({**LIMITS}, refused=0.02),
    "limits without a burst, headers": Case({**LIMITS, "burst_s": 1.0}, refused=0.02),
    "a limit of requests, headers": Case({"requests_per_minute": 600, "burst_s": 1.0}, refused=0.02),
    "limits, nothing told": Case({**LIMITS, "tells": False}, refused=0.1),
    "limits without a burst, nothing told": Case({**LIMITS, "tells": False, "burst_s": 1.0}, refused=0.04),
    "a limit of requests, nothing told": Case(
        {"requests_per_minute": 600, "tells": False, "burst_s": 1.0}, refused=0.1, times=1.4
    ),
    "limits, not even when to come back": Case(
        {**LIMITS, "tells": False, "burst_s": 1.0, "retry_after": False}, refused=0.04
    ),
    "a queue": Case({"parallel": 4}),
    "a queue at a slow server": Case({"parallel": 4, "scale": 10.0}),
    "a queue at a slow server with one place": Case({"parallel": 1, "scale": 10.0}),
    "four at a time, others refused": Case({"parallel": 4, "refuses": True}, refused=0.1, times=1.7),
}


def floor(far: FarSide) -> float:
    """The shortest time in which all articles could be done."""
    scale = far.scale / 0.2
    needed = [ALONE * scale]
    for name, bucket in far.buckets.items():
        needed.append(({"requests": REQUESTS, "tokens": CHARGED}[name] - bucket.size) / bucket.rate)
    if far.parallel:
        work = (0.25 + 2300 / 8000 + 230 / 80) + 4 * (0.25 + 2100 / 8000 + 190 / 80)
        needed.append(COUNT * far.scale * work / far.parallel)
    return max(needed)


@pytest.mark.parametrize("name", CASES)
def test_forty_articles_are_done_near_the_limit(name: str) -> None:
    """All are done, with no more refusals and time than the case allows; each request counts, none times out."""
    case = CASES[name]

    async def forty() -> tuple[FarSide, list[float | BaseException], int]:
        far = FarSide(**{"scale": 0.2, **case.far})  # type: ignore[arg-type]
        gateway = far.gateway(case.told)
        return far, await articles(gateway, COUNT), gateway.usage.requests

    far, ends, counted = run(forty())
    done = [end for end in ends if isinstance(end, float)]
    assert len(done) == COUNT
    assert far.refusals <= case.refused * len(far.seen)
    assert len(far.seen) == counted == REQUESTS + far.refusals
    assert max(done) <= case.times * floor(far)


def test_an_article_alone_does_not_wait() -> None:
    """Its translations go out together, although nothing is known of the endpoint."""

    async def one() -> float:
        far = FarSide(scale=0.2)
        async with far.gateway() as gateway:
            return await article(gateway)

    assert run(one()) < 1.05 * ALONE


def test_articles_finish_in_the_order_in_which_they_began() -> None:
    """The translations of an article go before the drafts of those behind it, so that the first ones are soon done."""

    async def twelve() -> list[float | BaseException]:
        return await articles(FarSide(scale=0.2).gateway(Told(max_in_flight=4)), 12)

    ends = [end for end in run(twelve()) if isinstance(end, float)]
    assert len(ends) == 12
    # Four drafts may come back at the same moment; who began four places before is always done first.
    assert all(first < second for place, first in enumerate(ends) for second in ends[place + 4 :])
    assert ends[0] < 3 * ALONE


def test_no_more_in_flight_than_told() -> None:
    """`llm.max_in_flight` bounds the requests to all models together."""

    async def mixed() -> FarSide:
        far = FarSide(scale=0.2)
        other = call(TRANSLATION)
        async with far.gateway(Told(max_in_flight=3)) as gateway:
            calls = (call(DRAFT), type(other)(other.prompt, other.schema, "another", other.max_output_tokens))
            await asyncio.gather(*(gateway.ask(calls[number % 2]) for number in range(20)))
        return far

    far = run(mixed())
    assert max(seen.under_way for seen in far.seen) == 2  # beside the one that comes
    assert len(far.seen) == 20


def test_settings_reach_the_limiter() -> None:
    """What the settings tell is what the gateway keeps to."""
    llm = LLMSettings(base_url="http://far.example/v1", requests_per_minute=1, tokens_per_minute=2, max_in_flight=3)
    assert Gateway.from_settings(llm)._limiter._told == Told(1, 2, 3)


@pytest.mark.parametrize("victim", [0, 1])
def test_a_cancelled_call_gives_its_place_back(victim: int) -> None:
    """Whether it waits for its turn or for its answer, the others go on, and as many as before."""

    async def three() -> tuple[int, list[object]]:
        far = FarSide(scale=0.2)
        async with far.gateway(Told(max_in_flight=1)) as gateway:
            tasks = [asyncio.create_task(gateway.ask(call(DRAFT))) for _ in range(3)]
            await asyncio.sleep(0.1)
            tasks[victim].cancel()
            return len(far.seen), await asyncio.gather(*tasks, return_exceptions=True)

    seen, results = run(three())
    assert seen == 1
    assert [isinstance(result, asyncio.CancelledError) for result in results].count(True) == 1
    assert isinstance(results[victim], asyncio.CancelledError)


def test_a_call_that_is_cancelled_as_its_turn_comes_gives_it_back() -> None:
    """Between the permission to go and the going nothing is lost."""

    async def two() -> None:
        async with FarSide(scale=0.2).gateway(Told(max_in_flight=1)) as gateway:
            async with gateway._limiter.slot("m", Cost(1, 1)):
                next_one = asyncio.create_task(gateway.ask(call(DRAFT)))
                await asyncio.sleep(0.1)
            next_one.cancel()
            with pytest.raises(asyncio.CancelledError):
                await next_one
            await asyncio.wait_for(gateway.ask(call(DRAFT)), 60)

    run(two())


def test_waiting_for_a_turn_costs_no_patience() -> None:
    """A call may wait for the limits longer than `llm.retry_total_s`, which is for failures."""

    async def slow() -> list[object]:
        async with FarSide().gateway(Told(requests_per_minute=6), total_s=20.0) as gateway:
            return await asyncio.gather(*(gateway.ask(call(DRAFT)) for _ in range(8)), return_exceptions=True)

    assert not [result for result in run(slow()) if isinstance(result, BaseException)]


def test_requests_that_hang_cost_one_timeout() -> None:
    """Of many calls a few are never answered; each is given up after twenty seconds, at the same time as the others."""

    async def forty(hangs: frozenset[int]) -> float:
        ends = await articles(FarSide(scale=0.2, hangs=hangs).gateway(FREE), COUNT)
        return max(end for end in ends if isinstance(end, float))

    usual, longer = run(forty(frozenset())), run(forty(frozenset(range(50, 200, 33))))
    assert 20 < longer < usual + 20 + 2


def test_long_waits_are_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """However many wait for the limits, people read of it once."""

    async def slow() -> None:
        async with FarSide().gateway(Told(requests_per_minute=20)) as gateway:
            await asyncio.gather(*(gateway.ask(call(DRAFT)) for _ in range(10)))

    run(slow())
    lines = [record.getMessage() for record in caplog.records]
    assert lines == ["far.example: the next request waits 3 s, for the limits of the endpoint"]


def test_a_short_outage_costs_nobody_anything() -> None:
    """An endpoint that is away for ten seconds is tried a few times; no article fails."""

    async def forty() -> tuple[FarSide, list[float | BaseException]]:
        far = FarSide(scale=0.2, down=(1.0, 11.0))
        return far, await articles(far.gateway(), COUNT)

    far, ends = run(forty())
    assert all(isinstance(end, float) for end in ends)
    assert far.tried - len(far.seen) < 60


def test_a_dead_endpoint_ends_everything_soon() -> None:
    """Nobody answers for half a minute: whatever waits fails together, and what comes then fails at once."""

    async def forty() -> tuple[FarSide, list[float | BaseException], float, float]:
        far = FarSide(scale=0.2, down=(1.0, 1e9))
        gateway = far.gateway()
        ends = await asyncio.gather(*(article(gateway) for _ in range(COUNT)), return_exceptions=True)
        end = clock()
        with pytest.raises(EndpointUnavailable, match="refused"):
            await gateway.ask(call(DRAFT))
        return far, list(ends), end, clock() - end

    far, ends, end, later = run(forty())
    assert sum(isinstance(result, EndpointUnavailable) for result in ends) >= COUNT - 2
    assert 30 < end < 45
    assert later == 0
    assert far.tried - len(far.seen) < 60


def test_only_one_tries_while_an_endpoint_cannot_be_reached() -> None:
    """An attempt may take ten seconds to fail; the next one goes only when its time has come, and that grows."""
    breaker = Breaker()
    assert not breaker.missed(0.0)
    assert breaker.wait_s(0.0) == 0.5
    breaker.take(1.0)
    assert breaker.wait_s(1.0) == 0.5
    breaker.missed(11.0)
    assert breaker.wait_s(11.0) == 1.0
    assert breaker.missed(31.0)
    assert breaker.is_open(60.0)
    assert not breaker.is_open(61.0)
    breaker.reached()
    assert (breaker.wait_s(31.0), breaker.is_open(31.0)) == (0.0, False)


def test_a_dead_endpoint_that_comes_back_is_found_by_one_call() -> None:
    """A summarizer that lives longer than an outage tries again after half a minute."""

    async def twice() -> float:
        far = FarSide(scale=0.2, down=(0.0, 50.0))
        async with far.gateway() as gateway:
            with suppress(EndpointUnavailable):
                await asyncio.gather(*(gateway.ask(call(DRAFT)) for _ in range(9)))
            await asyncio.sleep(60)
            before = clock()
            await gateway.ask(call(DRAFT))
            return clock() - before

    assert run(twice()) < 1


def test_what_was_learnt_is_where_the_next_run_begins(tmp_path: Path) -> None:
    """The second run is refused less, and knows the rate from its first request; after two weeks it does not."""
    file, today = tmp_path / "endpoints.json", date(2026, 3, 1)

    def refusals(day: date) -> int:
        async def forty() -> int:
            far = FarSide(scale=0.2, requests_per_minute=600, burst_s=1.0, tells=False)
            await articles(far.gateway(memory=Memory(file, far.endpoint_id, today=lambda: day)), COUNT)
            return far.refusals

        return run(forty())

    first, second = refusals(today), refusals(today + timedelta(days=1))
    assert second < first
    known = Memory(file, FarSide.endpoint_id, today=lambda: today + timedelta(days=14)).limits("m")
    assert known is not None
    assert 300 < (known.requests_per_minute or 0) < 1200
    assert Memory(file, FarSide.endpoint_id, today=lambda: today + timedelta(days=15)).limits("m") is None


def test_limits_and_dialect_are_kept_side_by_side(tmp_path: Path) -> None:
    """Neither loses the other, whichever is saved first."""
    memory = Memory(tmp_path / "endpoints.json", "http://far.example/v1")
    memory.keep_limits("m", 12, 34.5)
    known = memory.dialect("m")
    memory.learn("m", known, known.model_copy(update={"rung": "text"}))
    memory.confirm("m")
    memory.keep_limits("m", 13, None)
    again = Memory(tmp_path / "endpoints.json", "http://far.example/v1")
    limits = again.limits("m")
    assert limits is not None
    assert (again.dialect("m").rung, limits.in_flight, limits.requests_per_minute) == ("text", 13, None)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            {"x-ratelimit-limit-requests": "60", "x-ratelimit-remaining-requests": "59"}
            | {"x-ratelimit-reset-requests": "1s"},
            {"requests": Reading(60, 59, Duration(1.0, 1.0))},
        ),
        (
            {"x-ratelimit-limit-tokens": "150000", "x-ratelimit-remaining-tokens": "149984"},
            {"tokens": Reading(150_000, 149_984)},
        ),
        (
            {"anthropic-ratelimit-tokens-limit": "8000", "anthropic-ratelimit-tokens-remaining": "7000"}
            | {"anthropic-ratelimit-tokens-reset": "1970-01-12T13:46:50Z"},
            {"tokens": Reading(8000, 7000, Duration(10.0, 1.0))},
        ),
        (
            {"ratelimit-limit": "100", "ratelimit-remaining": "42", "ratelimit-reset": "18"},
            {"requests": Reading(100, 42, Duration(18.0, 1.0))},
        ),
        ({"x-ratelimit-limit-requests": "many", "x-ratelimit-remaining-requests": "59"}, {}),
        ({"x-ratelimit-limit-requests": "0", "x-ratelimit-remaining-requests": "0"}, {}),
        ({"x-ratelimit-limit-requests": "60"}, {}),
        ({"content-type": "application/json"}, {}),
    ],
)
def test_headers_of_limits(headers: dict[str, str], expected: dict[str, Reading]) -> None:
    """The forms of OpenAI, Anthropic and the IETF draft; nonsense is passed over."""
    assert read_limits(headers, 1_000_000.0) == expected


@pytest.mark.parametrize(
    ("text", "seconds", "step"),
    [
        ("1s", 1, 1),
        ("6m0s", 360, 1),
        ("2m59.56s", 179.56, 0.01),
        ("120ms", 0.12, 0.001),
        ("1h0m5s", 3605, 1),
        ("7.66", 7.66, 0.01),
        ("0", 0, 1),
        ("1000020", 20, 1),
    ],
)
def test_durations(text: str, seconds: float, step: float) -> None:
    """Go's form, seconds, and seconds since the epoch; the step is what the last digit counts."""
    assert read_duration(text, 1_000_000.0) == pytest.approx((seconds, step))


@pytest.mark.parametrize("text", ["", "soon", "1x", "-5s", "1s later", "T", "2026-99-99T00:00:00Z"])
def test_no_durations(text: str) -> None:
    """What is no duration is as good as nothing."""
    assert read_duration(text, 1_000_000.0) is None


@given(
    per_minute=st.integers(2, 100_000),
    burst_s=st.floats(1.0, 120.0),
    costs=st.lists(st.floats(1.0, 20_000.0), min_size=1, max_size=60),
    delays=st.lists(st.floats(0.0, 3.0), min_size=60, max_size=60),
)
def test_the_truth_told_is_never_refused(
    per_minute: int, burst_s: float, costs: list[float], delays: list[float]
) -> None:
    """Whoever waits as long as a bucket of the true limit says has enough in the provider's, whatever its burst."""
    theirs, ours, now = Provider(per_minute, burst_s, 0.0), Bucket(per_minute, 0.0), 0.0
    for cost, delay in zip(costs, delays, strict=False):
        now += delay
        while (wait := ours.wait_s(cost, now)) > 0:
            now += wait
        assert theirs.wait_s(cost, now) <= 1e-6
        theirs.take(cost, now)
        ours.take(cost, now)


@given(
    per_minute=st.integers(60, 1_000_000),
    burst_s=st.floats(10.0, 86_400.0),
    shares=st.lists(st.floats(0.001, 0.5), min_size=20, max_size=80),
    part=st.floats(0.0, 0.05),
)
def test_headers_teach_level_and_rate(per_minute: int, burst_s: float, shares: list[float], part: float) -> None:
    """After two answers one in ten at most is refused, and a limit that is not reached delays nothing."""
    theirs, ours, now, refused, waited = Provider(per_minute, burst_s, 0.0), Bucket(None, 0.0), 0.0, 0, 0.0
    age = min(5.0, part * burst_s)  # of headers that may be older than that nobody can tell more
    costs = [math.ceil(share * theirs.size) for share in shares]
    for cost in costs:
        while (wait := ours.wait_s(cost, now)) > 0:
            now, waited = now + wait, waited + wait
        ours.take(cost, now)
        if theirs.wait_s(cost, now) > 0:
            refused += 1
        else:
            theirs.take(cost, now)
        now += age
        headers = theirs.headers("tokens", now)
        ours.observe(read_limits(headers, 0.0)["tokens"], cost, 0.0, age, now)
    assert refused <= 2 + len(costs) // 10
    if sum(costs) + len(costs) < 0.9 * theirs.size:
        assert waited == 0


def test_a_reset_by_the_day_is_no_rate_by_the_minute() -> None:
    """The rate is (limit − remaining) / reset: 30 in three minutes of 14,400 is a day's limit, and nothing waits."""
    bucket = Bucket(None, 0.0)
    bucket.observe(Reading(14_400, 14_370, Duration(180.0, 0.01)), 1.0, 0.0, 1.0, 0.0)
    assert bucket.rate == pytest.approx(1 / 6, rel=0.01)
    assert bucket.period_s == pytest.approx(86_400, rel=0.01)
    assert bucket.wait_s(1000.0, 0.0) == 0


def test_a_share_that_is_told_is_kept_below_what_headers_allow() -> None:
    """Who tells less than the endpoint allows, because others use the same key, sends no more than that."""
    bucket = Bucket(60, 0.0)
    for second in range(1, 4):
        bucket.observe(Reading(600, 590, Duration(1.0, 0.001)), 1.0, 0.0, 1.0, float(second))
    assert bucket.capacity == 1
    assert bucket.rate == pytest.approx(1.0)


def clean(seconds: float = 1.0) -> Clean:
    return Clean(seconds, 1000.0, Tokens(input=100, output=100))


def test_a_window_is_halved_once_for_each_burst() -> None:
    """Ten requests that were sent together and refused together say one thing, not ten."""
    window = Window(told=20)
    assert [window.refused(20, sent_at, 5.0) for sent_at in (4.0, 4.1, 4.2)] == [True, False, False]
    assert window.size == 10
    assert window.refused(10, 6.0, 7.0)
    assert window.size == 5


def test_a_window_grows_fast_until_the_first_refusal_and_slowly_after_it() -> None:
    """Four more with every clean answer at first; then one more for as many answers as there are in flight."""
    window = Window()
    for _ in range(3):
        window.answered(clean(), 2, int(window.size))
    assert window.size == 14
    window.refused(14, 1.0, 2.0)
    for _ in range(7):
        window.answered(clean(), 7, 7)
    assert 7.8 < window.size < 8


@pytest.mark.parametrize(
    ("proven", "in_flight", "part"),
    [(2, 1, 0.0), (2, 2, 1 / 160), (4, 4, 1 / 640), (10, 10, 1 / 1000), (99, 99, 1 / 1000)],
)
def test_requests_that_go_beyond_what_is_proven_leave_gaps(proven: int, in_flight: int, part: float) -> None:
    """Of an answer's time, the first ones most of it: a refusal stops those behind it. After one there are none."""
    window = Window()
    window.answered(clean(8.0), proven, proven)
    assert window.gap_s(in_flight) == pytest.approx(8.0 * part)
    window.refused(proven, 1.0, 2.0)
    assert window.gap_s(in_flight) == 0.0


def test_a_window_that_is_not_used_does_not_grow() -> None:
    """What a few requests prove says nothing of many."""
    window = Window()
    for _ in range(50):
        window.answered(clean(), 2, 2)
    assert window.size == 6


@pytest.mark.parametrize("slots", [1, 3, 8])
def test_answers_that_only_get_slower_end_the_growth(slots: int) -> None:
    """Beside a queue a window settles at about twice what the endpoint does at once."""
    window = Window()
    for _ in range(300):
        width = int(window.size)
        window.answered(clean(max(1.0, width / slots)), width, width)
    assert slots <= window.size <= 2 * slots + 5


def test_what_gets_through_between_two_refusals_is_the_rate() -> None:
    """Ten in five seconds are two a second; a little less is sent then, and more with every answer."""
    cadence = Cadence()
    cadence.refused(None, 0.0)
    for number in range(1, 11):
        cadence.take(number / 2)
        cadence.answered(number / 2)
    cadence.take(5.0)
    cadence.refused(1.0, 5.0)
    assert cadence.per_minute == pytest.approx(120)
    assert cadence.wait_s(5.0) == 1.0
    cadence.take(6.0)
    assert cadence.wait_s(6.0) == pytest.approx(1 / 1.7)
    for _ in range(40):
        cadence.answered(6.0)
    cadence.take(7.0)
    assert cadence.wait_s(7.0) == pytest.approx(1 / 1.7 / 1.01**40)


def test_refusals_alone_say_only_that_it_was_too_soon() -> None:
    """Where nothing got through in between, the time to the next attempt doubles, up to a minute."""
    cadence, now, gaps = Cadence(), 0.0, []
    for _ in range(9):
        cadence.take(now)
        cadence.refused(None, now)
        gaps.append(cadence.wait_s(now))
        now += gaps[-1]
    assert gaps == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    assert cadence.per_minute is None


def test_a_limit_that_has_gone_is_forgotten() -> None:
    """After many clean answers nothing is left of one refusal."""
    cadence = Cadence()
    cadence.refused(None, 0.0)
    for _ in range(20):
        cadence.answered(1.0)
    assert cadence.per_minute is None
    assert cadence.wait_s(100.0) == 0


def test_connections_leave_files_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any limit of the endpoint's, half of what `ulimit -n` allows are under way at most."""
    monkeypatch.setattr(limiter, "getrlimit", lambda _what: (24, 4096))
    far = FarSide()
    run(articles(far.gateway(Told(max_in_flight=0)), 20))
    assert max(seen.under_way for seen in far.seen) + 1 == 12
    assert len(far.seen) == 20 * (1 + LANGUAGES)
