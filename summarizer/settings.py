"""Settings, and the only place that reads settings files and the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from summarizer.errors import ConfigError
from summarizer.resources import packaged_toml, read_toml

_PREFIX = "SUMMARIZER_"
_PATHS = {
    "glossary": ("folder",),
    "llm": ("gguf",),
    "job": ("input", "output", "desk", "edits"),
    "publish": ("ninjs", "feeds"),
}
_SOURCE_PATHS = ("folder", "lines", "url_file")
_PROXIED = frozenset({"http", "https", "all"})
_OPENAI = {"OPENAI_API_KEY": ("llm", "api_key"), "OPENAI_BASE_URL": ("llm", "base_url")}


def _with_home(path: Path) -> Path:
    """The path with `~` replaced."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("there is no home folder to put for ~") from None


def _listed(value: object) -> object:
    """The list that a text means: `es,ca`, or JSON as in `["es","ca"]`."""
    if not isinstance(value, str):
        return value
    if not value.lstrip().startswith("["):
        return [item.strip() for item in value.split(",") if item.strip()]
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError('expected es,ca or ["es","ca"]') from None


_Folder = Annotated[Path, AfterValidator(_with_home)]
_Tags = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SummarySettings(_Table):
    """What a summary may hold."""

    max_bullets: int = Field(ge=1, le=20)
    no_extracts: tuple[str, ...]


class CheckSettings(_Table):
    """How the checks are used: in `shadow` their errors are warnings; `ignore` has codes that are not reported."""

    mode: Literal["enforce", "shadow"]
    ignore: _Tags


class ChunkSettings(_Table):
    """How long articles are cut."""

    tokens: int = Field(ge=50)


class OfflineSettings(_Table):
    """The embedded offline engine; times in seconds."""

    timeout_s: float = Field(gt=0)


class OutputSettings(_Table):
    """What outputs carry."""

    article_text: bool


class LLMSettings(_Table):
    """An OpenAI-compatible endpoint; limits are per minute, None = learn, 0 = no limit; times in seconds."""

    model: str | None = None
    translate_model: str | None = None
    base_url: str | None = None
    gguf: Path | None = None
    api_key: SecretStr | None = None
    extra_headers: dict[str, SecretStr] = {}
    extra_body: dict[str, Any] = {}
    temperature: float | None = Field(default=0.0, ge=0, le=2)
    timeout_s: float = Field(default=20.0, gt=0)
    attempts: int = Field(default=6, ge=1)
    retry_total_s: float = Field(default=600.0, gt=0)
    requests_per_minute: int | None = Field(default=None, ge=0)
    tokens_per_minute: int | None = Field(default=None, ge=0)
    max_in_flight: int | None = Field(default=None, ge=0)
    service_tier: Literal["flex"] | None = None


class PriceSettings(_Table):
    """What one model costs, in US dollars per million tokens; cached input None = like other input.

    `flex_share` is the share of these prices that the flex tier costs, None = unknown.
    """

    input_usd_per_million: float = Field(ge=0)
    cached_input_usd_per_million: float | None = Field(default=None, ge=0)
    output_usd_per_million: float = Field(ge=0)
    flex_share: float | None = Field(default=None, gt=0, le=1)


class BudgetSettings(_Table):
    """What a run may cost, in US dollars and in tokens of input and output together; None = no limit."""

    max_cost_usd: float | None = Field(default=None, ge=0)
    max_tokens: int | None = Field(default=None, ge=0)


class PromptSettings(_Table):
    """The version of each prompt, `prompts/<name>/v<N>.md`; never "the latest"."""

    headline: int = Field(ge=1)
    merge: int = Field(ge=1)
    notes: int = Field(ge=1)
    repair: int = Field(ge=1)
    repair_translation: int = Field(ge=1)
    summarize: int = Field(ge=1)
    translate: int = Field(ge=1)
    translate_packed: int = Field(ge=1)


class GlossarySettings(_Table):
    """The newsroom's own house style."""

    folder: _Folder | None = None


class JournalSettings(_Table):
    """What models have answered, kept from run to run, and what of it does not count this time."""

    enabled: bool
    max_mb: int = Field(ge=1)
    max_age_days: int = Field(ge=1)
    fresh: bool
    retry_held: bool
    upgrade: bool

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.fresh and (self.retry_held or self.upgrade):
            other = "retry_held" if self.retry_held else "upgrade"
            raise ValueError(f"fresh asks for everything anew, and {other} for a part of it; leave one of them out")
        return self


class FetchSettings(_Table):
    """How pages and feeds are asked for; times in seconds, sizes in megabytes of a million bytes."""

    contact: str | None = None
    delay_s: float = Field(ge=0)
    timeout_s: float = Field(gt=0)
    max_mb: float = Field(gt=0)
    max_redirects: int = Field(ge=0, le=20)
    allow_private: bool


Publish = Literal["auto", "review", "never"]


class SourceSettings(_Table):
    """One source of articles: a folder, a file of JSON Lines, a feed, or addresses of pages; unset = as for the job.

    `publish` may differ by language: `{ default = "auto", es = "review" }`.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")
    folder: _Folder | None = None
    lines: _Folder | None = None
    feed: str | None = None
    urls: tuple[str, ...] = ()
    url_file: _Folder | None = None
    full_text: Literal["page", "item"] = "page"
    recheck_minutes: float = Field(default=60.0, ge=0)
    to: _Tags | None = None
    language: str | None = None
    section: str | None = None
    rights: str | None = None
    bullets: int | None = Field(default=None, ge=1, le=20)
    publish: Publish | dict[str, Publish] | None = None
    publish_gist: bool | None = None
    review_when: tuple[str, ...] | None = None
    prepare: bool | None = None
    settle_minutes: float | None = Field(default=None, ge=0)
    evidence_on_site: Literal["full", "first_words"] = "full"

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        origins = (self.folder, self.lines, self.feed, self.urls or self.url_file)
        if sum(bool(origin) for origin in origins) != 1:
            raise ValueError("expected one of folder, lines, feed, or urls with or without url_file")
        return self


class JobSettings(_Table):
    """The scheduled job; times in minutes and seconds as the names say."""

    input: _Folder | None = None
    output: _Folder | None = None
    desk: _Folder | None = None
    edits: _Folder | None = None
    to: _Tags = ()
    publish: Publish | dict[str, Publish] = "auto"
    publish_gist: bool = False
    review_when: tuple[str, ...] = ()
    prepare: bool = False
    settle_minutes: float = Field(default=0.0, ge=0)
    every_s: float = Field(default=300.0, gt=0)
    stop_s: float = Field(default=20.0, ge=0)
    source: tuple[SourceSettings, ...] = ()

    @model_validator(mode="after")
    def _has_distinct_sources(self) -> Self:
        names = [source.name for source in self.source]
        if len(set(names)) < len(names):
            raise ValueError("two sources have the same name")
        if self.source and self.input:
            raise ValueError("expected input or sources, not both")
        return self


class SiteSettings(_Table):
    """The static site, and what its pages say of the operator; without `folder` there is none."""

    folder: _Folder | None = None
    title: str | None = None
    base_url: str | None = Field(default=None, pattern=r"^https?://[^\s\"<>]+$")
    corrections: str | None = Field(default=None, pattern=r"^[^\s@\"<>]+@[^\s@\"<>]+$")
    time_zone: str = "UTC"

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("expected a time zone such as Europe/Madrid")
        return name


class PublishSettings(_Table):
    """Other forms in which the job writes what it publishes: folders, None = not at all."""

    ninjs: _Folder | None = None
    feeds: _Folder | None = None
    desk_pages: bool = False
    site: SiteSettings = SiteSettings()


class _Layer(NamedTuple):
    """Values from one place: a file, an environment variable or the command line."""

    origin: str
    values: Mapping[str, Any]

    def holds(self, path: tuple[str, ...]) -> bool:
        """Whether it has a value for a key such as `("llm", "model")`."""
        node: Any = self.values
        for key in path:
            if not isinstance(node, Mapping) or key not in node:
                return False
            node = node[key]
        return True

    def settings(self) -> Iterator[str]:
        """The names of the settings that it has values for, such as `llm.model`."""
        for name, value in self.values.items():
            yield from (f"{name}.{key}" for key in value) if isinstance(value, Mapping) else (name,)


class Settings(BaseSettings):
    """All settings, frozen; `Settings.load()` is how to get one."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    engine: Literal["auto", "offline", "llm"]
    summary: SummarySettings
    checks: CheckSettings
    chunks: ChunkSettings
    offline: OfflineSettings
    output: OutputSettings
    state: Path | None = None
    llm: LLMSettings = LLMSettings()
    models: dict[str, PriceSettings] = {}
    budget: BudgetSettings = BudgetSettings()
    prompts: PromptSettings
    glossary: GlossarySettings = GlossarySettings()
    journal: JournalSettings
    fetch: FetchSettings
    job: JobSettings = JobSettings()
    publish: PublishSettings = PublishSettings()
    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    @property
    def origins(self) -> Mapping[str, str]:
        """Where each setting that was given came from, as in `{"llm.model": "SUMMARIZER_LLM__MODEL"}`."""
        return self._origins

    @property
    def key_origin(self) -> str | None:
        """Where `llm.api_key` came from, None where there is none."""
        return self._origins.get("llm.api_key")

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the library passes the others by name
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (the signature is the library's)
        init_settings: PydanticBaseSettingsSource,
        **others: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values from the caller alone: `load` reads files and environment and says where each value came from."""
        return (init_settings,)

    @classmethod
    def load(cls, config: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
        """Settings from the defaults, `config`, `OPENAI_*`, `SUMMARIZER_*` and `overrides`; the last one wins.

        `overrides` is nested like the file, as in `{"llm": {"model": "…"}}`; paths in `config` are relative to it.

        Raises:
            ConfigError: a file is missing or malformed, or a key or value is not one that is expected; the message
                names the key, what was expected and where the value stands, and never shows a value.
        """
        layers = list(_layers(config, overrides or {}))
        merged: dict[str, Any] = {}
        for layer in layers:
            merged = _merge(merged, layer.values)
        merged.setdefault("state", _state_folder())
        try:
            settings = cls(**merged)
        except ValidationError as error:
            raise ConfigError(_explain(error, layers)) from None
        _defaults, *others = layers
        settings._origins.update({key: layer.origin for layer in others for key in layer.settings()})
        return settings


def _layers(config: Path | None, overrides: Mapping[str, Any]) -> Iterator[_Layer]:
    """The layers, lowest first."""
    yield _Layer("config/default.toml", packaged_toml("config", "default.toml"))
    if config is not None:
        yield _Layer(str(config), _with_absolute_paths(read_toml(config), config.resolve().parent))
    for name, (table, key) in _OPENAI.items():
        if os.environ.get(name):
            yield _Layer(name, {table: {key: os.environ[name]}})
    yield from _from_environment()
    yield _Layer("the command line", overrides)


def _from_environment() -> Iterator[_Layer]:
    """The values of each `SUMMARIZER_*` variable that is not empty, a table's before those of its keys.

    One at a time, because the library neither says which variable it could not decode nor refuses unknown ones.
    """
    source = EnvSettingsSource(Settings, env_prefix=_PREFIX, env_nested_delimiter="__")
    for name in sorted(os.environ):
        if not name.upper().startswith(_PREFIX) or not os.environ[name]:
            continue
        source.env_vars = {name.lower(): os.environ[name]}
        try:
            values = source()
        except ValueError:
            raise ConfigError(f'{name}: expected JSON, such as {{"name": "value"}}') from None
        if not values:
            raise ConfigError(f"{name}: no such setting; `summarizer config` lists them")
        yield _Layer(name, values)


def _state_folder() -> Path:
    """Where programs keep what they learnt (XDG Base Directory Specification 0.8)."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "summarizer"


def names_proxies() -> bool:
    """Whether the environment names a proxy for any URL."""
    from urllib.request import getproxies

    return not _PROXIED.isdisjoint(getproxies())


def environment_proxy(url: str) -> str | None:
    """Host and port of the proxy that the environment names for a URL, for people to read; None without one."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    proxies = {} if proxy_bypass(parts.hostname or "") else getproxies()
    named = proxies.get(parts.scheme) or proxies.get("all")
    return urlsplit(named if "://" in named else f"//{named}").netloc.rpartition("@")[2] if named else None


def _with_absolute_paths(values: dict[str, Any], base: Path) -> dict[str, Any]:
    """The values with every path made absolute; paths in a settings file are relative to it."""
    if isinstance(values.get("state"), str):
        values = {**values, "state": str(base / values["state"])}
    for table, keys in _PATHS.items():
        if table in values:
            values = {**values, table: _with_absolute(values[table], keys, base)}
    publish = values.get("publish")
    if isinstance(publish, dict) and "site" in publish:
        values = {**values, "publish": {**publish, "site": _with_absolute(publish["site"], ("folder",), base)}}
    job = values.get("job")
    if isinstance(job, dict) and isinstance(job.get("source"), list):
        sources = [_with_absolute(source, _SOURCE_PATHS, base) for source in job["source"]]
        values = {**values, "job": {**job, "source": sources}}
    return values


def _with_absolute(table: Any, keys: Sequence[str], base: Path) -> Any:
    """A table with these paths made absolute; what is no table is left for the validation."""
    if not isinstance(table, dict):
        return table
    paths = {key: table[key] for key in keys if isinstance(table.get(key), str)}
    return {**table, **{key: str(base / path) for key, path in paths.items() if not path.startswith("~")}}


def _merge(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(low)
    for key, value in high.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return merged


def _explain(error: ValidationError, layers: list[_Layer]) -> str:
    """One line per mistake: key, what was expected, where it stands."""
    lines = []
    for mistake in error.errors(include_input=False, include_url=False):
        path = tuple(str(part) for part in mistake["loc"])
        place = next((layer.origin for layer in reversed(layers) if layer.holds(path[:2])), None)
        message = "no such setting" if mistake["type"] == "extra_forbidden" else mistake["msg"]
        lines.append(f"{'.'.join(path)}: {message}" + (f" (in {place})" if place else ""))
    return "; ".join(lines)
