"""What requests cost, what they may cost, and what endpoints teach about tokens."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from summarizer import BudgetExceeded, ConfigError, Settings
from summarizer.errors import EndpointUnavailable, PromptTruncated
from summarizer.llm.budget import NOTHING, Amount, Budget
from summarizer.llm.client import Client
from summarizer.llm.engine import LLMEngine
from summarizer.llm.gateway import Call, Gateway, Reply
from summarizer.llm.measure import LATIN, Weight, corrected, expected_tokens, is_cut, most_tokens, weigh
from summarizer.llm.memory import Memory
from summarizer.llm.meter import Meter
from summarizer.llm.prices import Prices, known_model, known_models
from summarizer.llm.replies import Tokens
from summarizer.prompts import Rendered
from summarizer.records import NO_USAGE, Usage
from summarizer.settings import LLMSettings, PriceSettings
from summarizer.testing import FakeGateway, fake_answer, fake_article
from tests.endpoint import BASE_URL, CALL, GOOD, Endpoint, Wire, completion, ok, refused

DOLLAR = PriceSettings(input_usd_per_million=1.0, cached_input_usd_per_million=0.5, output_usd_per_million=10.0)
# What `completion` counts: 30 tokens in, 10 of them cached, 5 out.
COST = (20 * 1.0 + 10 * 0.5 + 5 * 10.0) / 1e6
LONG = Call(
    Rendered("summarize", 1, "sha256:0", "Summarise.", "The council met on Monday. " * 200, 400), Wire, "m", 100
)


@pytest.fixture
def endpoint(httpx2_mock: respx.Router) -> Endpoint:
    """An endpoint that gives a good answer unless told otherwise."""
    found = Endpoint(httpx2_mock)
    found.will(ok())
    return found


def metered(endpoint: Endpoint, memory: Path | None = None, **limits: Any) -> Gateway:
    """A gateway that knows what model `m` costs."""
    tier = limits.pop("tier", None)
    gateway = endpoint.gateway(memory)
    gateway._meter = Meter(Prices({"m": DOLLAR}), Budget(**limits), tier)
    return gateway


def asked(gateway: Gateway, call: Call[Wire] = CALL) -> Reply[Wire]:
    async def once() -> Reply[Wire]:
        async with gateway:
            return await gateway.ask(call)

    return asyncio.run(once())


def counted(prompt_tokens: int, **body: object) -> httpx.Response:
    """A good answer to a prompt of which the endpoint says that it has so many tokens."""
    answer = completion(json.dumps(GOOD))
    answer["usage"] = {"prompt_tokens": prompt_tokens, "completion_tokens": 5}
    return httpx.Response(200, json={**answer, **body})


# Prices


def test_every_price_has_a_date_and_a_source() -> None:
    """Each model of the list says when its price was true and which page says so; names match one row alone."""
    assert len(known_models()) >= 10
    for name, row in known_models().items():
        assert date(2025, 1, 1) < row.as_of <= datetime.now(UTC).date()
        assert re.fullmatch(r"https://\S+", row.source), name
        assert row.input > 0
        assert row.output > row.input
        assert row.cached_input is None or 0 < row.cached_input < row.input
        assert [other for other in known_models() if re.fullmatch(known_models()[other].names, name)] == [name]


@pytest.mark.parametrize(
    ("model", "input_price"),
    [
        ("gpt-4o-mini", 0.15),
        ("gpt-4o-mini-2024-07-18", 0.15),
        ("gpt-4.1-mini-2025-04-14", 0.40),
        ("gpt-4o-2024-05-13", None),
        ("gpt-4o-mini-audio-preview", None),
        ("gpt-5-minimal", None),
        ("GPT-4o-mini", None),
        ("openai/gpt-4o-mini", None),
        ("", None),
    ],
)
def test_names_and_dated_snapshots_have_a_price(model: str, input_price: float | None) -> None:
    """A snapshot costs what its model costs; a name that only looks like one is unknown, never free."""
    price = Prices({}).of(model)
    assert (None if price is None else price.input) == input_price


def test_settings_outrank_the_list(tmp_path: Path) -> None:
    """What the newsroom pays itself is what counts, also 0; cached input costs like other input unless it says so."""
    file = tmp_path / "s.toml"
    file.write_text(
        '[models."gpt-4o-mini"]\ninput_usd_per_million = 3\noutput_usd_per_million = 5\n'
        '[models."my:model"]\ninput_usd_per_million = 0\noutput_usd_per_million = 0\n'
    )
    prices = Prices(Settings.load(file).models)
    mine, free = prices.of("gpt-4o-mini"), prices.of("my:model")
    assert mine is not None
    assert free is not None
    assert mine.cost_usd(Tokens(input=1000, cached=500, output=100)) == pytest.approx((3000 + 500) / 1e6)
    assert free.cost_usd(Tokens(input=1000, output=100)) == 0.0


def test_unknown_parts_make_the_cost_unknown() -> None:
    """No counts, cached tokens without a price, a tier nobody knows: the cost is None, not 0."""
    gemini, terra = Prices({}).of("gemini-3.5-flash"), Prices({}).of("gpt-5.6-terra")
    assert gemini is not None
    assert terra is not None
    assert gemini.cost_usd(Tokens(output=5)) is None
    assert gemini.cost_usd(Tokens(input=10, cached=4, output=5)) is None
    assert gemini.cost_usd(Tokens(input=10, output=5), "priority") is None
    assert gemini.cost_usd(Tokens(input=10, output=5), "flex") == pytest.approx((15 + 45) / 2e6)
    assert terra.cost_usd(Tokens(input=100, cached=20, written=50, output=10)) == pytest.approx(
        (30 * 2.0 + 20 * 0.2 + 50 * 2.5 + 10 * 12) / 1e6
    )
    assert known_model("gpt-4o") is not None


# The cost of requests


def test_a_call_costs_its_answers(endpoint: Endpoint) -> None:
    """Every answer counts, good or bad, an error that the endpoint tells of costs nothing."""
    endpoint.will(refused(429, "slow down"), ok("no JSON"), ok())
    gateway = metered(endpoint)
    usage = asked(gateway).usage
    assert usage.requests == 3
    assert usage.cost_usd == pytest.approx(2 * COST)
    assert gateway.usage.cost_usd == pytest.approx(2 * COST)


def test_a_lost_answer_makes_the_cost_unknown(endpoint: Endpoint) -> None:
    """Nobody knows whether a request without an answer was done and charged; the budget counts its worst case."""
    endpoint.will(httpx2.ReadError("broken"), ok())
    gateway = metered(endpoint)
    usage = asked(gateway).usage
    assert (usage.requests, usage.cost_usd) == (2, None)
    budget = gateway._meter._budget
    assert budget.reserved == NOTHING
    assert budget.spent.tokens > 35 + 100
    endpoint.will(httpx2.ConnectError("refused"), ok())
    assert asked(metered(endpoint)).usage.cost_usd == pytest.approx(COST)


def test_usage_adds_costs_up() -> None:
    """Two known costs are added, an unknown one stays unknown, nothing costs nothing."""
    cent = Usage(requests=1, cost_usd=0.01)
    assert (cent + cent).cost_usd == pytest.approx(0.02)
    assert (cent + Usage(requests=1)).cost_usd is None
    assert (cent + NO_USAGE).cost_usd == 0.01


def test_an_answer_in_another_tier_costs_what_it_says(endpoint: Endpoint) -> None:
    """The endpoint says which tier it used; that is what it charges."""
    priced = DOLLAR.model_copy(update={"flex_share": 0.5})
    for tier, cost in (("flex", 0.5), ("default", 1.0), ("priority", None)):
        endpoint.will(httpx.Response(200, json={**completion(json.dumps(GOOD)), "service_tier": tier}))
        gateway = metered(endpoint, tier="flex")
        gateway._meter._prices = Prices({"m": priced})
        assert asked(gateway).usage.cost_usd == (None if cost is None else pytest.approx(cost * COST))
        assert endpoint.bodies[-1]["service_tier"] == "flex"


def test_flex_is_dropped_where_it_is_refused(
    endpoint: Endpoint, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A model without the tier is asked without it, from then on, and every run says that the price differs."""
    refusal = refused(400, "Unsupported value: 'service_tier' does not support 'flex' with this model.")
    endpoint.will(refusal, ok())
    asked(metered(endpoint, tmp_path / "endpoints.json", tier="flex"))
    assert ["service_tier" in body for body in endpoint.bodies] == [True, False]
    asked(metered(endpoint, tmp_path / "endpoints.json", tier="flex"))
    assert "service_tier" not in endpoint.bodies[-1]
    told = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert told == ["llm.service_tier: m does not take 'flex': it costs the standard price"] * 2


@pytest.mark.parametrize("status", [429, 498])
def test_no_room_in_the_flex_tier_passes(endpoint: Endpoint, status: int) -> None:
    """A tier that is full now is asked again, in the same tier."""
    endpoint.will(refused(status, "Resource unavailable", code="resource_unavailable"), ok())
    assert asked(metered(endpoint, tier="flex")).usage.retries == 1
    assert [body["service_tier"] for body in endpoint.bodies] == ["flex", "flex"]


def test_flex_waits_for_fifteen_minutes() -> None:
    """The tier answers slowly; without it the patience is that of the settings."""
    flex = Settings.load(overrides={"llm": {"base_url": BASE_URL, "service_tier": "flex"}}).llm
    assert Gateway.from_settings(flex)._policy.floor_s == 900
    assert Gateway.from_settings(flex.model_copy(update={"service_tier": None}))._policy.floor_s == 20


# The budget

AMOUNTS = st.builds(Amount, st.integers(0, 40).map(float), st.integers(0, 40))
REQUESTS = st.lists(st.tuples(AMOUNTS, AMOUNTS, st.sampled_from(["done", "failed", "cancelled"])), max_size=12)


@given(requests=REQUESTS, limit=st.integers(0, 100), tokens=st.integers(0, 100))
def test_what_is_reserved_and_spent_never_exceeds_the_limit(
    requests: list[tuple[Amount, Amount, str]], limit: int, tokens: int
) -> None:
    """Whatever ends how, limits hold at every moment, nothing stays reserved, and spent is the sum of what was taken."""

    async def run() -> None:
        budget, taken = Budget(float(limit), tokens), list[Amount]()

        def holds() -> None:
            total = budget.spent.plus(budget.reserved)
            assert total.usd <= limit
            assert total.tokens <= tokens

        async def request(worst: Amount, used: Amount, end: str) -> None:
            async with budget.reserve(worst) as spending:
                holds()
                await asyncio.sleep(0)
                if end == "failed":
                    raise ConnectionError
                if end == "cancelled":
                    await asyncio.sleep(60)
                spending.taken = Amount(min(worst.usd, used.usd), min(worst.tokens, used.tokens))
                taken.append(spending.taken)

        tasks = [asyncio.create_task(request(*each)) for each in requests]
        for _ in range(4 * len(tasks)):
            await asyncio.sleep(0)
            holds()
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        allowed = (ConnectionError, BudgetExceeded, asyncio.CancelledError)
        assert all(result is None or isinstance(result, allowed) for result in results)
        assert budget.reserved == NOTHING
        assert budget.spent == Amount(sum(a.usd for a in taken), sum(a.tokens for a in taken))

    asyncio.run(run())


def test_waits_for_others_and_raises_only_alone() -> None:
    """What does not fit beside another waits for it; what does not fit alone is an error, with spent and planned."""

    async def run() -> None:
        budget, order = Budget(max_tokens=100), list[str]()

        async def request(name: str, worst: int, used: int) -> None:
            async with budget.reserve(Amount(0.0, worst)) as spending:
                order.append(name)
                await asyncio.sleep(0.01)
                spending.taken = Amount(0.0, used)

        await asyncio.gather(request("a", 60, 10), request("b", 60, 10), request("c", 30, 10))
        assert order == ["a", "b", "c"]  # c would have fitted beside a, but b came first
        with pytest.raises(BudgetExceeded, match="30 of 100 tokens spent, and the next call may take 71") as error:
            await request("d", 71, 0)
        assert (error.value.spent, error.value.planned, error.value.limit) == (30, 71, 100)
        assert budget.reserved == NOTHING

    asyncio.run(run())


def test_a_request_that_does_not_fit_is_not_sent(endpoint: Endpoint) -> None:
    """Money and tokens both count input as guessed and the output that the request may have."""
    for limits in ({"max_cost_usd": 0.0005}, {"max_tokens": 90}):
        gateway = metered(endpoint, **limits)
        with pytest.raises(BudgetExceeded):
            asked(gateway)
        assert gateway.usage.requests == 0
    assert endpoint.bodies == []
    assert asked(metered(endpoint, max_cost_usd=0.01, max_tokens=200)).usage.requests == 1


def test_retries_count_against_the_budget(endpoint: Endpoint) -> None:
    """Answers that were asked for again are paid too, so the third one may not be affordable."""
    endpoint.will(ok("no JSON"))
    gateway = metered(endpoint, max_tokens=270)
    with pytest.raises(BudgetExceeded) as error:
        asked(gateway)
    assert error.value.spent == 35 * len(endpoint.bodies) == gateway.usage.input_tokens + gateway.usage.output_tokens


def test_two_calls_at_once_never_overspend(endpoint: Endpoint) -> None:
    """Two that fit only one after the other wait; together they stay within the limit."""

    async def both() -> None:
        async with metered(endpoint, max_tokens=200) as gateway:
            await asyncio.gather(gateway.ask(CALL), gateway.ask(CALL))
            assert gateway._meter._budget.spent.tokens == 70

    asyncio.run(both())


def test_an_unknown_price_and_a_limit_in_dollars_exclude_each_other() -> None:
    """Before anything is sent the message names the model, also the one for translations, and how to set its price."""
    llm = {"model": "gpt-4o-mini", "translate_model": 'my "own"', "base_url": BASE_URL}
    settings = Settings.load(overrides={"llm": llm, "budget": {"max_cost_usd": 1.0}})
    with pytest.raises(ConfigError, match=r"price of 'my \"own\"' is unknown.*\[models\.\"my \\\"own\\\"\"\]"):
        Meter.from_settings(settings)
    price = {"input_usd_per_million": 1, "output_usd_per_million": 2}
    Meter.from_settings(
        Settings.load(overrides={"llm": llm, "budget": {"max_cost_usd": 1}, "models": {'my "own"': price}})
    )


def test_what_is_merged_into_requests_counts(endpoint: Endpoint) -> None:
    """A larger limit of output from `extra_body` is what is reserved; a tier of it has no price that could be limited."""
    gateway = metered(endpoint, max_tokens=200)
    gateway._meter._extra = {"max_tokens": 5000}
    with pytest.raises(BudgetExceeded):
        asked(gateway)
    llm = {"model": "gpt-4o-mini", "base_url": BASE_URL, "extra_body": {"service_tier": "priority"}}
    with pytest.raises(ConfigError, match=r"extra_body\.service_tier is unknown"):
        Meter.from_settings(Settings.load(overrides={"llm": llm, "budget": {"max_cost_usd": 1}}))
    endpoint.will(httpx.Response(200, json={**completion(json.dumps(GOOD)), "service_tier": ["odd"]}))
    assert asked(metered(endpoint)).usage.cost_usd == pytest.approx(COST)


# Tokens


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("abc 1.5", Weight(7, 0, LATIN)),
        ("Größe “x”", Weight(15, 0, LATIN)),
        ("In Kairo: القاهرة", Weight(10, 14, "ARABIC")),
        ("東京。", Weight(3, 6, "CJK")),
        ("हिन्दी", Weight(0, 18, "DEVANAGARI")),
        ("", Weight(0, 0, LATIN)),
        ("\ud800", Weight(1, 0, LATIN)),
    ],
)
def test_texts_are_weighed_by_script(text: str, weight: Weight) -> None:
    """Bytes of Latin letters, digits and marks, and those of the other script, with its name."""
    assert weigh(text) == weight


@given(latin=st.integers(0, 9000), other=st.integers(0, 9000), ratio=st.floats(0.6, 3), foreign=st.floats(0.4, 6))
def test_ratios_are_learnt_and_are_no_alarm(latin: int, other: int, ratio: float, foreign: float) -> None:
    """Whatever the tokenizer, what it needs is expected after a few prompts, and never taken for a prompt cut short."""
    ratios: dict[str, float] = {}
    plain, mixed = Weight(8000, 0, LATIN), Weight(latin, other, "THAI" if other else LATIN)
    for weight in [plain] * 8 + [mixed] * 8:
        tokens = round((ratio * weight.latin + foreign * weight.other) / 4)
        assert not is_cut(weight, ratios, tokens)
        ratios = corrected(ratios, weight, tokens)
    assert expected_tokens(plain, ratios) == pytest.approx(ratio * 2000, rel=0.15)
    if other > 2000 and other > 0.3 * (latin + other):
        assert expected_tokens(mixed, ratios) == pytest.approx((ratio * latin + foreign * other) / 4, rel=0.2)
        assert most_tokens(mixed, ratios) > (ratio * latin + foreign * other) / 4


def test_counts_are_remembered(endpoint: Endpoint, tmp_path: Path) -> None:
    """What an endpoint counts corrects the guess for its model, in this run and in the next one."""
    text = 5410 // 4
    endpoint.will(counted(round(1.5 * text)))
    asked(metered(endpoint, tmp_path / "e.json"), LONG)
    assert Memory(tmp_path / "e.json", BASE_URL).dialect("m").token_ratios[LATIN] == pytest.approx(1.5, rel=0.01)
    assert Memory(tmp_path / "e.json", BASE_URL).dialect("other").token_ratios == {}


def test_a_prompt_cut_in_silence_is_noticed(endpoint: Endpoint, tmp_path: Path) -> None:
    """An endpoint that counts far fewer tokens than any tokenizer needs, or than it did before, did not read the prompt."""
    endpoint.will(counted(600))
    with pytest.raises(PromptTruncated, match="counted 600 tokens of a prompt of about 1353") as error:
        asked(metered(endpoint, tmp_path / "e.json"), LONG)
    assert error.value.usage.input_tokens == 600
    endpoint.will(counted(1350), counted(900))
    asked(metered(endpoint, tmp_path / "e.json"), LONG)
    with pytest.raises(PromptTruncated):
        asked(metered(endpoint, tmp_path / "e.json"), LONG)


def test_missing_counts_are_no_alarm(endpoint: Endpoint) -> None:
    """A server that counts nothing is believed; its cost is unknown and the budget counts the worst case."""
    body = completion(json.dumps(GOOD))
    del body["usage"]
    endpoint.will(httpx.Response(200, json=body))
    gateway = metered(endpoint, max_tokens=5000)
    assert asked(gateway, LONG).usage.cost_usd is None
    assert gateway._meter._budget.spent.tokens > 1350 + 100


def test_a_run_that_is_down_costs_nothing(endpoint: Endpoint) -> None:
    """Requests that never arrived are neither counted nor charged."""
    endpoint.will(httpx2.ConnectError("refused"))
    gateway = metered(endpoint, max_tokens=1000)
    with pytest.raises(EndpointUnavailable):
        asked(gateway)
    assert gateway.usage.requests == 0
    assert gateway._meter._budget.spent == NOTHING


def truncated(times: int) -> Any:
    """A function that answers a draft after so many prompts were cut."""
    left = [times]

    def answer(user: str) -> dict[str, Any]:
        left[0] -= 1
        if left[0] >= 0:
            raise PromptTruncated("it counted 600 tokens of a prompt of about 1353", Usage(requests=1))
        return fake_answer("summarize", user)

    return answer


@pytest.mark.parametrize(("times", "code"), [(1, None), (2, "prompt_truncated")])
def test_a_cut_prompt_is_tried_in_parts_then_held(times: int, code: str | None) -> None:
    """A summary of half an article is never published: smaller parts are read instead, else the draft is an error."""
    gateway = FakeGateway({"summarize": truncated(times)})
    settings = Settings.load(overrides={"llm": {"model": "m"}})
    article = fake_article("The harbour board met on Tuesday and agreed on a second pier for the ferry. " * 20)
    drafted = asyncio.run(LLMEngine(gateway, settings).draft(article, max_bullets=2))
    assert [(found.code, found.severity) for found in drafted.findings] == ([] if code is None else [(code, "error")])
    assert (drafted.draft is None) is (code is not None)
    assert gateway.prompts("notes")


def test_a_cancelled_call_keeps_nothing_back() -> None:
    """What was reserved is free again; what the request cost nobody knows."""

    async def cancelled() -> None:
        client, started = Client(LLMSettings(base_url=BASE_URL)), asyncio.Event()
        gateway = Gateway(client, Memory(None, BASE_URL), meter=Meter(Prices({"m": DOLLAR}), Budget(max_tokens=200)))

        async def hang(_body: object, _timeout_s: float) -> dict[str, Any]:
            started.set()
            await asyncio.sleep(60)
            return {}

        client.chat = hang  # type: ignore[method-assign, assignment]
        task = asyncio.create_task(gateway.ask(CALL))
        await started.wait()
        assert gateway._meter._budget.reserved.tokens > 100
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert gateway._meter._budget.reserved == NOTHING
        assert (gateway.usage.requests, gateway.usage.cost_usd) == (1, None)
        await gateway.aclose()

    asyncio.run(cancelled())
