"""What was learnt of endpoints and their models, kept from run to run in one small JSON file."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.llm.ladder import Dialect, first_dialect, merged

_log = logging.getLogger(__name__)


class _File(BaseModel):
    """The file: dialects by endpoint (a URL without secrets) and model."""

    model_config = ConfigDict(extra="forbid")

    version: int = 1
    endpoints: dict[str, dict[str, Dialect]] = {}


class Memory:
    """What one endpoint's models taught; `path` None keeps it for this run alone.

    Several runs may share the file: it is replaced whole, and each run changes only what it learnt. A damaged file is
    as good as none; a folder that cannot be written costs only that the next run learns again.
    """

    def __init__(self, path: Path | None, endpoint_id: str) -> None:
        self._path = path
        self._endpoint_id = endpoint_id
        self._known = dict(_read(path).endpoints.get(endpoint_id, {}))
        self._new: set[str] = set()

    def dialect(self, model: str) -> Dialect:
        """How to ask this model now."""
        return self._known.get(model) or first_dialect(self._endpoint_id)

    def learn(self, model: str, sent: Dialect, learnt: Dialect) -> None:
        """Take over what a request in the dialect `sent` taught."""
        known = self.dialect(model)
        self._known[model] = merged(known, sent, learnt)
        if self._known[model] != known:
            self._new.add(model)

    def confirm(self, model: str) -> None:
        """Save what was learnt of the model, now that it has answered a request made that way."""
        if model not in self._new:
            return
        self._new.discard(model)
        if self._path is None:
            return
        file = _read(self._path)
        file.endpoints.setdefault(self._endpoint_id, {})[model] = self._known[model]
        try:
            _replace(self._path, file.model_dump())
        except OSError as error:
            _log.warning("%s: cannot be written (%s); the next run learns this again", self._path, error.strerror)


def _read(path: Path | None) -> _File:
    if path is None:
        return _File()
    try:
        file = _File.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return _File()
    return file if file.version == 1 else _File()


def _replace(path: Path, content: dict[str, Any]) -> None:
    """Write the file whole or not at all, for its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # created with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
