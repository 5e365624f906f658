"""Finds the files that ship with the package, in a wheel or in a checkout."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError

_PACKAGE = Path(__file__).parent


@cache
def resource(*parts: str) -> Path:
    """The path of a packaged file or folder, for example `resource("config", "default.toml")`.

    A wheel carries the top-level folders below `summarizer/_data`; a checkout has them beside the package.

    Raises:
        ConfigError: the file is in neither place, so the installation is damaged.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ConfigError(f"{'/'.join(parts)} is missing from the installation; reinstall multilingual-news-summarizer")


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file as a dictionary.

    Raises:
        ConfigError: the file cannot be read, is not UTF-8 or is not TOML; the message names file and line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file: {error}") from error


@cache
def packaged_toml(*parts: str) -> dict[str, Any]:
    """A packaged TOML file, read once; callers must not change it."""
    return read_toml(resource(*parts))
