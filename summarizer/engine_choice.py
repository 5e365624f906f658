"""Which engine the settings mean: chosen, explained in words, and made."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from summarizer.concurrency import run_in_any_thread
from summarizer.engines import Engine
from summarizer.errors import ConfigError
from summarizer.glossary import NO_HOUSE_STYLE, HouseStyle
from summarizer.llm.client import Client
from summarizer.llm.engine import LLMEngine, PastEngine
from summarizer.llm.gateway import Gateway, terms_of
from summarizer.llm.intent import Terms
from summarizer.llm.journal import Journal, open_journal
from summarizer.llm.local import LocalGateway, with_gguf_model
from summarizer.llm.meter import Meter
from summarizer.llm.plans import Plans
from summarizer.llm.replay import Replay
from summarizer.offline.engine import OfflineEngine
from summarizer.records import EngineName
from summarizer.settings import LLMSettings, Settings


def choose_engine(settings: Settings) -> tuple[EngineName, str]:
    """The engine that `settings.engine` means here, and the reason in words for the one line on stderr."""
    llm = settings.llm
    key = f"key from {settings.key_origin}" if settings.key_origin and llm.gguf is None else "no key"
    if settings.engine != "auto":
        return settings.engine, key if settings.engine == "llm" else "as asked"
    if llm.gguf is not None:
        return "llm", key
    if llm.model is None:
        only = "" if llm.base_url is None else ", and without one only an endpoint that offers exactly one is used"
        return "offline", f"no model is configured{only}"
    if llm.api_key is None and llm.base_url is None:
        return "offline", "a model is configured, but neither a key nor a base URL"
    return "llm", key


def with_only_model(settings: Settings) -> Settings:
    """The settings with the model that `llm.base_url` offers, where none is configured and it offers exactly one.

    Raises:
        EndpointError: the endpoint does not answer.
        ConfigError: the endpoint refuses the key, or is no endpoint.
    """
    llm = settings.llm
    if llm.gguf is not None:
        return settings.model_copy(update={"llm": with_gguf_model(llm)})
    if llm.model is not None or llm.base_url is None or settings.engine == "offline":
        return settings

    async def ask() -> str | None:
        async with Gateway.from_settings(llm) as gateway:
            return await gateway.default_model()

    return settings.model_copy(update={"llm": llm.model_copy(update={"model": run_in_any_thread(ask)})})


def endpoint_host(llm: LLMSettings) -> str:
    """The host that is asked, with its port where one is named.

    Raises:
        ConfigError: the base URL, the key or a header cannot be used.
    """
    return "this computer" if llm.gguf is not None else Gateway.from_settings(llm).endpoint


def is_at_home(endpoint: str) -> bool:
    """Whether an endpoint, as provenance names it, is this very machine: a loopback address, or a model file."""
    host = endpoint.rpartition(":")[0] if endpoint.rpartition(":")[2].isdigit() else endpoint
    if endpoint.startswith("gguf:") or host in {"localhost", "this computer"}:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def memory_file(settings: Settings) -> Path | None:
    """The file for what is learnt of endpoints, None where nothing is kept."""
    return None if settings.state is None else settings.state / "endpoints.json"


def engine_for(settings: Settings, house: HouseStyle = NO_HOUSE_STYLE) -> Engine:
    """The engine that the settings ask for, which keeps to the house style as far as it can be told.

    Raises:
        ConfigError: the settings ask for an endpoint, and do not say which model or which endpoint.
    """
    name, _ = choose_engine(settings)
    if name == "offline":
        return OfflineEngine(timeout_s=settings.offline.timeout_s)
    llm, journal = settings.llm, open_journal(settings)
    if llm.gguf is not None:
        local = LocalGateway(llm, journal=journal, meter=Meter.from_settings(settings))
        return LLMEngine(local, settings, house, _plans(settings, journal, lambda: local.terms))
    if llm.model is None:
        raise ConfigError('llm.model: the engine "llm" needs a model; name one with --model or SUMMARIZER_LLM__MODEL')
    if llm.api_key is None and llm.base_url is None:
        raise ConfigError("llm.api_key: set OPENAI_API_KEY, or llm.base_url for an endpoint that needs no key")
    meter = Meter.from_settings(settings)
    gateway = Gateway.from_settings(llm, memory=memory_file(settings), journal=journal, meter=meter)
    return LLMEngine(gateway, settings, house, _plans(settings, journal, lambda: gateway.terms))


def past_engine(settings: Settings, house: HouseStyle) -> PastEngine | None:
    """An engine that has the answers of earlier runs and asks nobody; None where there are none, or all is asked anew.

    Raises:
        ConfigError: the base URL, the key or a header cannot be used.
    """
    journal = open_journal(settings)
    if settings.llm.gguf is not None or settings.journal.fresh or journal.path is None or not journal.path.exists():
        return None
    client = Client(settings.llm)
    terms = terms_of(settings.llm, client.endpoint_id)
    return PastEngine(Replay(journal, terms, client.host), settings, house, _plans(settings, journal, lambda: terms))


def _plans(settings: Settings, journal: Journal, find_terms: Callable[[], Terms]) -> Plans:
    chosen = settings.journal
    return Plans(journal, find_terms, anew=chosen.fresh, retry_held=chosen.retry_held, upgrade=chosen.upgrade)
