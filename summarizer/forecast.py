"""What a run would take, before anything is sent: calls, tokens, and a low and a high cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple, Self

from summarizer.engine_choice import memory_file, past_engine
from summarizer.errors import ConfigError, InputError
from summarizer.glossary import HouseStyle
from summarizer.languages import general_tag
from summarizer.llm.client import Client
from summarizer.llm.engine import LLMEngine
from summarizer.llm.lane import Told
from summarizer.llm.local import gguf_identity, with_gguf_model
from summarizer.llm.memory import Memory
from summarizer.llm.meter import Meter
from summarizer.llm.planned import Planned, Planner
from summarizer.llm.prices import Prices
from summarizer.pipeline import Summarizer, parse_tags, reason_not_to_write
from summarizer.records import NO_USAGE, Article, Draft
from summarizer.settings import Settings
from summarizer.sources import Order, each
from summarizer.verdicts import Policy

# What a model writes, against the first sentences of the article whole: the prompts ask for lines of 10 to 20 words,
# and a sentence of news has about 22. The simulator in `benchmarks/endpoint.py` copies them; a wordy model writes more.
LEAST_OUTPUT, MOST_OUTPUT = 0.7, 1.35
# Input is known but for the draft in it; the most has room for one call in four being repeated or repaired.
_LEAST_INPUT, _MOST_INPUT = 0.95, 1.25
# Vendors whose models use the encodings that are known of them; who else serves the same names may count otherwise.
_VENDORS = ("api.openai.com", ".openai.azure.com")


@dataclass(frozen=True)
class Forecast:
    """Sums over all articles: how many would be written, and why the `skipped` ones would not.

    Of the articles `finished` are those that need no call, because earlier runs have all their answers.
    `calls` counts calls by prompt, without repeated ones. Input tokens are a count, output tokens and US dollars a low
    and a high guess; the cost is None where the price of a model is unknown, and then `unpriced` names it.
    Where limits that are told make requests scarce, several languages go into one call, about as in a run.
    """

    articles: int
    finished: int
    skipped: tuple[str, ...]
    calls: Mapping[str, int]
    input_tokens: int
    output_tokens: tuple[int, int]
    cost_usd: tuple[float, float] | None
    models: tuple[str, ...]
    unpriced: tuple[str, ...]


class _Drafted(NamedTuple):
    """An article whose draft is planned, and the languages that it is still to be translated into."""

    article: Article
    draft: Draft
    missing: Sequence[str]
    is_finished: bool


class Forecaster:
    """Plans articles with the engine, the prompts and the house style of the settings; sends nothing, needs no key."""

    def __init__(self, settings: Settings, planner: Planner, house: HouseStyle) -> None:
        self._settings = settings
        self._planner = planner
        self._engine = LLMEngine(planner, settings, house)
        self._house = house
        self._policy = Policy.of(settings.checks.mode, settings.checks.ignore)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self | None:
        """A forecaster for the model that the settings name; None where the offline engine would work, which is free.

        A model is enough: whether there is a key does not matter. Where only a base URL is given the endpoint would be
        asked for its only model, of which neither name nor price is known before.

        Raises:
            ConfigError: the settings ask for a model and name none, or something in them cannot be used; or there is a
                limit in US dollars, and the price of a model is unknown.
        """
        llm = settings.llm
        if settings.engine == "offline" or not (settings.engine == "llm" or llm.model or llm.base_url or llm.gguf):
            return None
        known = settings if llm.gguf is None else settings.model_copy(update={"llm": with_gguf_model(llm)})
        Meter.from_settings(known)
        if llm.gguf is not None:
            planner, llm = Planner(gguf_identity(llm.gguf), Memory(None, "gguf")), with_gguf_model(llm)
        elif llm.model is None and llm.base_url is None:
            raise ConfigError(
                'llm.model: the engine "llm" needs a model; name one with --model or SUMMARIZER_LLM__MODEL'
            )
        else:
            client = Client(llm)
            memory = Memory(memory_file(settings), client.endpoint_id)
            told = Told(llm.requests_per_minute, llm.tokens_per_minute, llm.max_in_flight)
            planner = Planner(client.host, memory, told, exact=client.host.endswith(_VENDORS))
            llm = llm.model_copy(update={"model": llm.model or f"the only model of {client.host}"})
        house = HouseStyle.load(settings.glossary.folder)
        return cls(settings.model_copy(update={"llm": llm}), planner, house)

    def fingerprint(self) -> str:
        """What decides the results besides settings and input, as `Summarizer.fingerprint` gives it."""
        return Summarizer(self._engine, house=self._house, policy=self._policy).fingerprint()

    def version(self) -> str:
        """What may decide better, as `Summarizer.version` gives it."""
        return self._engine.version()

    async def forecast(
        self,
        articles: Iterable[Article | Order | InputError] | AsyncIterable[Article | Order | InputError],
        *,
        to: Sequence[str] = (),
    ) -> Forecast:
        """What these articles would take, in these languages where an order has none of its own.

        Raises:
            InputError: a tag of `to` is no language.
        """
        languages, written, finished, skipped = parse_tags(to), 0, 0, list[str]()
        waiting, most = list[_Drafted](), self._engine.articles_at_once(NO_USAGE)
        async with self._past() as past:
            async for item in each(articles):
                if isinstance(item, InputError):
                    skipped.append(str(item))
                    continue
                order = item if isinstance(item, Order) else Order(item, languages)
                reason = reason_not_to_write(order.article, prepare=order.prepare)
                if reason is not None:
                    skipped.append(f"{order.article.source}: {reason.code}, {reason.detail}")
                    continue
                written += 1
                drafted = await self._drafted(order, past)
                finished += drafted.is_finished
                waiting.append(drafted)
                if len(waiting) == most:
                    await self._translate(waiting)
            await self._translate(waiting)
        return self._summed(written, finished, tuple(skipped))

    @asynccontextmanager
    async def _past(self) -> AsyncIterator[Summarizer | None]:
        """What earlier runs finished, without a call; None where they left nothing."""
        engine = past_engine(self._settings, self._house)
        if engine is None:
            yield None
            return
        summary = self._settings.summary
        async with Summarizer(
            engine,
            max_bullets=summary.max_bullets,
            no_extracts=summary.no_extracts,
            house=self._house,
            policy=self._policy,
        ) as past:
            yield past

    async def _drafted(self, order: Order, past: Summarizer | None) -> _Drafted:
        """An article with its draft, and the calls for that where it is still needed put to the others."""
        article, planner, most = order.article, self._planner, order.max_bullets or self._settings.summary.max_bullets
        planner.most_bullets = min(most, max(1, len(article.sentences) - 1))
        before = len(planner.calls)
        draft = (await self._engine.draft(article, max_bullets=most)).draft
        assert draft is not None, "guesses are news, and have every line"
        if past is not None and await _has(past, order._replace(to=())):
            del planner.calls[before:]
        missing = [
            tag
            for tag in parse_tags(order.to)
            if general_tag(tag) != article.language and not (past and await _has(past, order._replace(to=(tag,))))
        ]
        return _Drafted(article, draft, missing, is_finished=not missing and len(planner.calls) == before)

    async def _translate(self, waiting: list[_Drafted]) -> None:
        """Put the calls for the translations of these articles to the others, and forget them."""
        planner = self._planner
        while waiting:
            planner.articles = len(waiting)
            article, draft, missing, _ = waiting.pop(0)
            planner.source = article.language
            for batch in self._engine.batches(draft, missing):
                planner.languages = batch
                await self._engine.translate(article, draft, batch)

    def _summed(self, articles: int, finished: int, skipped: tuple[str, ...]) -> Forecast:
        calls, prices, tier = self._planner.calls, Prices(self._settings.models), self._settings.llm.service_tier
        models = tuple(dict.fromkeys(call.model for call in calls))
        priced = {model: price for model in models if (price := prices.of(model)) and price.share(tier) is not None}
        unpriced = tuple(model for model in models if model not in priced)
        low = high = 0.0
        for call in calls if not unpriced else ():
            price, least, most = priced[call.model], call.output_tokens * LEAST_OUTPUT, _most_output(call)
            share = price.share(tier) or 0.0
            low += share * price.usual_usd(call.input_tokens * _LEAST_INPUT, least)
            high += share * price.most_usd(call.input_tokens * _MOST_INPUT, most)
        return Forecast(
            articles=articles,
            finished=finished,
            skipped=skipped,
            calls=dict(Counter(call.prompt for call in calls)),
            input_tokens=round(sum(call.input_tokens for call in calls)),
            output_tokens=(
                round(sum(call.output_tokens * LEAST_OUTPUT for call in calls)),
                round(sum(map(_most_output, calls))),
            ),
            cost_usd=None if unpriced else (low, high),
            models=models,
            unpriced=unpriced,
        )


async def _has(past: Summarizer, order: Order) -> bool:
    """Whether an earlier run has every answer for an article, in the languages of the order."""
    async with aclosing(past.summarize_many([order])) as outcomes:
        return (await anext(outcomes)).summary is not None


def _most_output(call: Planned) -> float:
    return call.output_tokens * MOST_OUTPUT + call.thoughts
