"""`--dry-run`: what a run would take, printed before anything is sent."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import AsyncIterable, Iterable, Iterator, Sequence
from dataclasses import asdict

from summarizer.cli.common import count, dollars, note, price_line, warn
from summarizer.engine_choice import endpoint_host, is_at_home
from summarizer.errors import InputError
from summarizer.forecast import LEAST_OUTPUT, MOST_OUTPUT, Forecast, Forecaster
from summarizer.llm.prices import Prices
from summarizer.records import Article
from summarizer.settings import BudgetSettings, Settings
from summarizer.sources import Order

_GUESS = (
    "Drafts are not known before they are written: output is guessed as "
    f"{LEAST_OUTPUT:g} to {MOST_OUTPUT:g} times the first sentences\n"
    "of the article, and the high cost has room for one call in four being repeated."
)


def show(
    options: argparse.Namespace,
    settings: Settings,
    articles: Iterable[Article | Order | InputError] | AsyncIterable[Article | Order | InputError],
    to: Sequence[str],
    forecaster: Forecaster | None,
) -> int:
    """Print the forecast, as JSON where the format asks for it; 0, also where it is above the budget."""
    as_json = getattr(options, "format", None) in {"json", "jsonl"}
    if forecaster is None:
        print(json.dumps({"dry_run": True, "engine": "offline"}) if as_json else "offline: no calls, no cost")
        return 0
    forecast = asyncio.run(forecaster.forecast(articles, to=to))
    for reason in forecast.skipped:
        note(f"no call: {reason}", quiet=options.quiet)
    for line in _beyond_budget(forecast, settings.budget):
        warn(line)
    print(json.dumps(_as_json(forecast), ensure_ascii=False) if as_json else "\n".join(_as_text(forecast, settings)))
    return 0


def _as_text(forecast: Forecast, settings: Settings) -> Iterator[str]:
    """Lines for people; of money at home, as in the cost line, only where the settings give it a price."""
    free = forecast.cost_usd is None and is_at_home(endpoint_host(settings.llm))
    calls = ", ".join(f"{number} {name}" for name, number in forecast.calls.items())
    total = sum(forecast.calls.values())
    parts = [count(forecast.articles, "article")]
    parts += [f"{forecast.finished} finished before"] if forecast.finished else []
    parts.append(count(total, "call") + (f" ({calls})" if calls else ""))
    if total:
        low, high = forecast.output_tokens
        parts.append(f"{forecast.input_tokens:,} in + {low:,} to {high:,} out tokens")
        cost = forecast.cost_usd
        if not free:
            parts.append("cost unknown" if cost is None else f"{dollars(cost[0])} to {dollars(cost[1])}")
    yield " │ ".join(parts)
    for model in () if free else forecast.models:
        yield f"{model}: {price_line(Prices(settings.models).of(model))}"
    if total:
        yield _GUESS


def _beyond_budget(forecast: Forecast, budget: BudgetSettings) -> Iterator[str]:
    """A line for each limit that the forecast is above."""
    least, most = (forecast.input_tokens + output for output in forecast.output_tokens)
    if budget.max_tokens is not None and most > budget.max_tokens:
        verb = "does" if least > budget.max_tokens else "may"
        yield f"budget.max_tokens: {budget.max_tokens:,} {verb} not hold all of it, {least:,} to {most:,} tokens"
    low, high = forecast.cost_usd or (0.0, 0.0)
    if budget.max_cost_usd is not None and high > budget.max_cost_usd:
        verb = "does" if low > budget.max_cost_usd else "may"
        limit = dollars(budget.max_cost_usd)
        yield f"budget.max_cost_usd: {limit} {verb} not hold all of it, {dollars(low)} to {dollars(high)}"


def _as_json(forecast: Forecast) -> dict[str, object]:
    low_high = ("low", "high")
    cost = forecast.cost_usd
    return {
        "dry_run": True,
        "engine": "llm",
        **asdict(forecast),
        "calls": {"total": sum(forecast.calls.values()), **forecast.calls},
        "output_tokens": dict(zip(low_high, forecast.output_tokens, strict=True)),
        "cost_usd": None if cost is None else dict(zip(low_high, cost, strict=True)),
    }
