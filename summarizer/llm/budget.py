"""What a run may spend: the worst case of each request is reserved before it is sent, and settled when it has ended."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from summarizer.errors import BudgetExceeded


class Amount(NamedTuple):
    """US dollars and tokens of input and output; dollars are 0 where no limit asks for them."""

    usd: float = 0.0
    tokens: int = 0

    def plus(self, other: Amount) -> Amount:
        """Both together."""
        return Amount(self.usd + other.usd, self.tokens + other.tokens)


NOTHING = Amount()


@dataclass
class Spending:
    """One request under way: what is reserved for it, and what it took, NOTHING until that is known."""

    reserved: Amount
    taken: Amount = NOTHING


class Budget:
    """The limits of one run, for any number of requests at a time; None = no limit. It belongs to one event loop.

    `spent` and what is reserved never exceed a limit together, unless a request takes more than was reserved for it.
    """

    def __init__(self, max_cost_usd: float | None = None, max_tokens: int | None = None) -> None:
        self._max_cost_usd = max_cost_usd
        self._max_tokens = max_tokens
        self._waiting: deque[asyncio.Event] = deque()
        self._under_way: list[Spending] = []
        self.spent = NOTHING

    @property
    def counts_money(self) -> bool:
        """Whether there is a limit in US dollars."""
        return self._max_cost_usd is not None

    @property
    def reserved(self) -> Amount:
        """What is kept back for the requests under way."""
        return reduce(Amount.plus, (spending.reserved for spending in self._under_way), NOTHING)

    def room_for(self, each: Amount) -> float:
        """How many things that take so much are left; 0 where `each` is nothing, because then nobody knows."""
        pairs = ((self._max_cost_usd, self.spent.usd, each.usd), (self._max_tokens, self.spent.tokens, each.tokens))
        limited = [(limit - spent, taken) for limit, spent, taken in pairs if limit is not None]
        if limited and each == NOTHING:
            return 0.0
        return min((left / taken for left, taken in limited if taken), default=math.inf)

    @asynccontextmanager
    async def reserve(self, worst: Amount) -> AsyncGenerator[Spending, None]:
        """Keep the worst case back while a request is under way; first come, first served.

        Where it does not fit because of others under way, wait for them. What the body leaves in `taken` is spent, and
        the rest is free again, however the body ends.

        Raises:
            BudgetExceeded: it does not fit, even with nothing else under way.
        """
        await self._fitting(worst)
        spending = Spending(worst)
        self._under_way.append(spending)
        try:
            yield spending
        finally:
            self._under_way = [other for other in self._under_way if other is not spending]
            self.spent = self.spent.plus(spending.taken)
            self._wake()

    async def _fitting(self, worst: Amount) -> None:
        """Wait until the worst case fits, behind those who wait already."""
        turn = asyncio.Event()
        self._waiting.append(turn)
        try:
            while True:
                self._raise_unless_fits(self.spent.plus(worst), worst)
                first = self._waiting[0] is turn
                if first and self._fits(self.spent.plus(self.reserved).plus(worst)):
                    return
                turn.clear()
                await turn.wait()
        finally:
            self._waiting.remove(turn)
            self._wake()

    def _wake(self) -> None:
        for turn in self._waiting:
            turn.set()

    def _fits(self, total: Amount) -> bool:
        return self._in_dollars(total) and (self._max_tokens is None or total.tokens <= self._max_tokens)

    def _in_dollars(self, total: Amount) -> bool:
        return self._max_cost_usd is None or total.usd <= self._max_cost_usd

    def _raise_unless_fits(self, total: Amount, worst: Amount) -> None:
        """The error for what does not fit alone.

        Raises:
            BudgetExceeded: always, if it does not.
        """
        if not self._in_dollars(total):
            assert self._max_cost_usd is not None
            raise BudgetExceeded(self.spent.usd, worst.usd, self._max_cost_usd)
        if not self._fits(total):
            assert self._max_tokens is not None
            raise BudgetExceeded(self.spent.tokens, worst.tokens, self._max_tokens, unit="tokens")
