"""What a request costs: the dated prices of `config/models.toml`, and those that the settings give instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from summarizer.errors import ConfigError
from summarizer.resources import packaged_toml

if TYPE_CHECKING:
    from summarizer.llm.replies import Tokens
    from summarizer.settings import PriceSettings

_MILLION = 1_000_000
_STANDARD = frozenset({None, "", "auto", "default", "standard"})


class KnownModel(BaseModel):
    """A row of `config/models.toml`; None is unknown. Prices are US dollars per million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: str
    context_tokens: int | None = Field(default=None, gt=0)
    encoding: str | None = None
    input: float = Field(ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    cache_write: float | None = Field(default=None, ge=0)
    output: float = Field(ge=0)
    flex: float | None = Field(default=None, gt=0, le=1)
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens; None is unknown. `flex` is the share of them that the flex tier costs.

    `origin` says in words where they come from, and how old they are.
    """

    input: float
    output: float
    cached_input: float | None
    cache_write: float | None
    flex: float | None
    origin: str

    def cost_usd(self, tokens: Tokens, tier: str | None = None) -> float | None:
        """What an answer cost in the tier that it was given in; None where a part of that is unknown.

        An answer without counts is unknown too: servers that leave them out would cost nothing.
        """
        share = self.share(tier)
        if share is None or not tokens.input or (tokens.cached and self.cached_input is None):
            return None
        fresh = max(tokens.input - tokens.cached - tokens.written, 0)
        written = tokens.written * (self.input if self.cache_write is None else self.cache_write)
        dollars = fresh * self.input + tokens.cached * (self.cached_input or 0.0) + written
        return share * (dollars + tokens.output * self.output) / _MILLION

    def share(self, tier: str | None) -> float | None:
        """The share of the standard price that a service tier costs; None where it is unknown."""
        return 1.0 if tier in _STANDARD else self.flex if tier == "flex" else None

    def usual_usd(self, input_tokens: float, output_tokens: float) -> float:
        """What so many tokens cost in the standard tier, nothing of them cached."""
        return (input_tokens * self.input + output_tokens * self.output) / _MILLION

    def most_usd(self, input_tokens: float, output_tokens: float) -> float:
        """What so many tokens cost at most, whatever of them is cached, in the standard tier."""
        dearest = max(self.input, self.cached_input or 0.0, self.cache_write or 0.0)
        return (input_tokens * dearest + output_tokens * self.output) / _MILLION


class Prices:
    """The prices of all models; those of the settings outrank those of the list."""

    def __init__(self, given: Mapping[str, PriceSettings]) -> None:
        self._given = given

    def of(self, model: str) -> Price | None:
        """The price of a model, None where it is unknown."""
        given = self._given.get(model)
        if given is not None:
            cached = given.cached_input_usd_per_million
            return Price(
                input=given.input_usd_per_million,
                output=given.output_usd_per_million,
                cached_input=given.input_usd_per_million if cached is None else cached,
                cache_write=None,
                flex=given.flex_share,
                origin=f'from the settings, models."{model}"',
            )
        known = known_model(model)
        if known is None:
            return None
        parts = known.model_dump(include={"input", "output", "cached_input", "cache_write", "flex"})
        return Price(**parts, origin=f"of {known.as_of}")

    def required(self, model: str) -> Price:
        """The price of a model.

        Raises:
            ConfigError: it is unknown; the message says how to set it.
        """
        price = self.of(model)
        if price is None:
            raise ConfigError(
                f"budget.max_cost_usd: the price of {model!r} is unknown; put [models.{_quoted(model)}] with "
                "input_usd_per_million and output_usd_per_million into a settings file (--config), "
                "or use --max-tokens"
            )
        return price


@cache
def known_model(model: str) -> KnownModel | None:
    """The row of a model or of a dated snapshot of it, None where there is none."""
    return next((row for row in known_models().values() if re.fullmatch(row.names, model)), None)


@cache
def known_models() -> Mapping[str, KnownModel]:
    """The rows of `config/models.toml` by name."""
    return {name: KnownModel.model_validate(row) for name, row in packaged_toml("config", "models.toml").items()}


def _quoted(model: str) -> str:
    """A model's name as a key in TOML."""
    return '"' + model.replace("\\", "\\\\").replace('"', '\\"') + '"'
