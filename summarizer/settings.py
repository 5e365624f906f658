"""Settings, and the only place that reads settings files and the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from summarizer.errors import ConfigError
from summarizer.resources import packaged_toml, read_toml

_PREFIX = "SUMMARIZER_"
_OPENAI = {"OPENAI_API_KEY": ("llm", "api_key"), "OPENAI_BASE_URL": ("llm", "base_url")}


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SummarySettings(_Table):
    """What a summary may hold."""

    max_bullets: int = Field(ge=1, le=20)


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
    """An OpenAI-compatible endpoint; limits are per minute, None = learn, 0 = no limit."""

    model: str | None = None
    translate_model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    extra_headers: dict[str, SecretStr] = {}
    extra_body: dict[str, Any] = {}
    requests_per_minute: int | None = Field(default=None, ge=0)
    tokens_per_minute: int | None = Field(default=None, ge=0)
    max_in_flight: int | None = Field(default=None, ge=0)


class JobSettings(_Table):
    """The scheduled job."""

    input: Path | None = None
    output: Path | None = None
    to: tuple[str, ...] = ()


class _Layer(NamedTuple):
    """Values from one place; `origin` names that place for a key path."""

    name: str
    values: Mapping[str, Any]

    def origin(self, path: tuple[str, ...]) -> str:
        return _PREFIX + "__".join(path).upper() if self.name == _PREFIX else self.name

    def holds(self, path: tuple[str, ...]) -> bool:
        node: Any = self.values
        for key in path:
            if not isinstance(node, Mapping) or key not in node:
                return False
            node = node[key]
        return True


class Settings(BaseSettings):
    """All settings, frozen; `Settings.load()` is how to get one."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    engine: Literal["auto", "offline", "llm"]
    summary: SummarySettings
    chunks: ChunkSettings
    offline: OfflineSettings
    output: OutputSettings
    llm: LLMSettings = LLMSettings()
    job: JobSettings = JobSettings()
    key_origin: str | None = Field(default=None, exclude=True, description="where llm.api_key came from; not a setting")

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
        key_path = ("llm", "api_key")
        merged["key_origin"] = next(
            (layer.origin(key_path) for layer in reversed(layers) if layer.holds(key_path)), None
        )
        try:
            return cls(**merged)
        except ValidationError as error:
            raise ConfigError(_explain(error, layers)) from None


def _layers(config: Path | None, overrides: Mapping[str, Any]) -> Iterator[_Layer]:
    """The layers, lowest first."""
    yield _Layer("config/default.toml", packaged_toml("config", "default.toml"))
    if config is not None:
        yield _Layer(str(config), _with_absolute_paths(read_toml(config), config.resolve().parent))
    for name, (table, key) in _OPENAI.items():
        if os.environ.get(name):
            yield _Layer(name, {table: {key: os.environ[name]}})
    yield _Layer(_PREFIX, _from_environment())
    yield _Layer("the command line", overrides)


def _from_environment() -> dict[str, Any]:
    """The values of `SUMMARIZER_*`; unknown names are errors here, because the library ignores them."""
    known = {name for name in Settings.model_fields if name != "key_origin"}
    for name in os.environ:
        if name.upper().startswith(_PREFIX) and name[len(_PREFIX) :].split("__")[0].lower() not in known:
            raise ConfigError(f"{name}: no such setting; `summarizer config` lists them")
    source = EnvSettingsSource(Settings, env_prefix=_PREFIX, env_nested_delimiter="__", env_ignore_empty=True)
    try:
        return source()
    except ValueError as error:  # a value that should be JSON and is not; the library's message names the field
        raise ConfigError(f'{_PREFIX}*: {error}: expected JSON, such as {{"name": "value"}}') from None


def _with_absolute_paths(values: dict[str, Any], base: Path) -> dict[str, Any]:
    job = values.get("job")
    if not isinstance(job, dict):
        return values
    absolute = {key: str(base / job[key]) for key in ("input", "output") if isinstance(job.get(key), str)}
    return {**values, "job": {**job, **absolute}}


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
        place = next((layer.origin(path) for layer in reversed(layers) if layer.holds(path)), None)
        message = "no such setting" if mistake["type"] == "extra_forbidden" else mistake["msg"]
        lines.append(f"{'.'.join(path)}: {message}" + (f" (in {place})" if place else ""))
    return "; ".join(lines)
