"""Each request weighed and paid: what it may cost before it is sent, what it did cost, and what that teaches."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from summarizer.errors import ConfigError
from summarizer.llm.budget import Amount, Budget, Spending
from summarizer.llm.faults import Fault
from summarizer.llm.measure import Weight, corrected, expected_tokens, is_cut, most_tokens, weigh
from summarizer.llm.prices import Prices
from summarizer.llm.replies import Tokens, read_tokens

if TYPE_CHECKING:
    from summarizer.llm.memory import Memory
    from summarizer.records import Usage
    from summarizer.settings import Settings

_log = logging.getLogger(__name__)


@dataclass
class Bill:
    """One request: what it may cost, and once it has ended its tokens and its cost in US dollars (None = unknown).

    A request that the endpoint answers with an error, or that never reached it, costs nothing; of one whose answer was
    lost nobody knows, and the budget counts its worst case.
    """

    model: str
    tier: str | None
    weight: Weight
    spending: Spending
    cost_usd: float | None = None
    tokens: Tokens = field(default_factory=Tokens)


class Meter:
    """Prices, budget and learnt counts of one run; belongs to one event loop.

    `tier` is the service tier asked for, `extra` what is merged into every request and may change what it costs.
    """

    def __init__(
        self,
        prices: Prices | None = None,
        budget: Budget | None = None,
        tier: str | None = None,
        extra: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self._prices = prices or Prices({})
        self._budget = budget or Budget()
        self._extra = extra
        self._told: set[str] = set()
        self.tier = tier

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The meter for the prices and the budget of the settings.

        Raises:
            ConfigError: there is a limit in US dollars, and the price of a model, or of a service tier, is unknown.
        """
        prices, limits, llm = Prices(settings.models), settings.budget, settings.llm
        if limits.max_cost_usd is not None:
            if "service_tier" in llm.extra_body:
                raise ConfigError(
                    "budget.max_cost_usd: the price of llm.extra_body.service_tier is unknown; use --max-tokens"
                )
            for model in filter(None, (llm.model, llm.translate_model)):
                prices.required(model)
        return cls(prices, Budget(limits.max_cost_usd, limits.max_tokens), llm.service_tier, llm.extra_body)

    def room_for(self, taken: Usage) -> float:
        """How many articles that take so much the budget still holds; infinitely many without a limit."""
        return self._budget.room_for(Amount(taken.cost_usd or 0.0, taken.input_tokens + taken.output_tokens))

    @asynccontextmanager
    async def request(self, body: Mapping[str, Any], memory: Memory) -> AsyncGenerator[Bill, None]:
        """A request under way, with its worst case kept back in the budget.

        Raises:
            BudgetExceeded: it does not fit.
        """
        model, tier, sent = body["model"], body.get("service_tier"), {**body, **self._extra}
        cap = sum(int(sent.get(name) or 0) for name in ("max_completion_tokens", "max_tokens"))
        weight = weigh(prompt_text(body))
        most = most_tokens(weight, memory.dialect(model).token_ratios)
        price = self._prices.of(model)
        worst = Amount(price.most_usd(most, cap) if price else 0.0, most + cap)
        async with self._budget.reserve(worst) as spending:
            self._tell(model, tier)
            yield Bill(model, sent.get("service_tier"), weight, spending)

    def _tell(self, model: str, tier: str | None) -> None:
        """Say once that a model does not have the tier that was asked for: the price is another."""
        if tier != self.tier and model not in self._told:
            self._told.add(model)
            _log.warning("llm.service_tier: %s does not take %r: it costs the standard price", model, self.tier)

    def failed(self, bill: Bill, fault: Fault) -> None:
        """Take down a request without an answer of use."""
        if fault.answered or not fault.reached:
            bill.cost_usd = 0.0
        else:
            bill.spending.taken = bill.spending.reserved

    def answered(self, bill: Bill, answer: Mapping[str, Any]) -> None:
        """Take down what an answer cost; where the endpoint counts no tokens, the budget counts the worst case."""
        bill.tokens = tokens = read_tokens(answer)
        told, price = answer.get("service_tier"), self._prices.of(bill.model)
        tier = told if isinstance(told, str) else bill.tier
        bill.cost_usd = price.cost_usd(tokens, tier) if price else None
        worst = bill.spending.reserved
        usd = worst.usd if bill.cost_usd is None else bill.cost_usd
        bill.spending.taken = Amount(usd, tokens.input + tokens.output if tokens.input else worst.tokens)

    def learn(self, bill: Bill, memory: Memory) -> None:
        """Correct what is known of the model's tokenizer by what the endpoint counted.

        Raises:
            Fault: the endpoint counted so few tokens that it cannot have read the whole prompt.
        """
        known = memory.dialect(bill.model)
        if is_cut(bill.weight, known.token_ratios, bill.tokens.input):
            expected = round(expected_tokens(bill.weight, known.token_ratios))
            raise Fault("cut", f"it counted {bill.tokens.input} tokens of a prompt of about {expected}; more context?")
        ratios = corrected(known.token_ratios, bill.weight, bill.tokens.input)
        memory.learn(bill.model, known, known.model_copy(update={"token_ratios": ratios}))


def prompt_text(body: Mapping[str, Any]) -> str:
    """The texts of a chat request that its tokens are counted of."""
    return "\n".join(message["content"] for message in body["messages"])
