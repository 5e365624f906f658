"""What was learnt of endpoints and their models, kept from run to run in one small JSON file."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.llm.ladder import Dialect, first_dialect, merged

_log = logging.getLogger(__name__)


# Servers are updated: after so many days everything is tried anew, which costs a refusal or two.
_BELIEVED_DAYS = 14


class Limits(BaseModel):
    """What a model's endpoint took without refusing, where it does not say, and the day on which that was learnt.

    `in_flight` is the number of requests at a time, `requests_per_minute` None where the endpoint never refused any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date
    in_flight: int = Field(ge=1)
    requests_per_minute: float | None = Field(default=None, gt=0, allow_inf_nan=False)


class _Learnt(BaseModel):
    """A dialect, and the day on which the first of it was learnt; and limits."""

    model_config = ConfigDict(extra="forbid")

    since: date
    dialect: Dialect
    limits: Limits | None = None


class _File(BaseModel):
    """The file: what was learnt by endpoint (a URL without secrets) and model."""

    model_config = ConfigDict(extra="forbid")

    version: Literal[2] = 2
    endpoints: dict[str, dict[str, _Learnt]] = {}


class Memory:
    """What one endpoint's models taught; `path` None keeps it for this run alone.

    Several runs may share the file: it is replaced whole, and each run changes only what it learnt. What was learnt two
    weeks ago or earlier is forgotten. A damaged file is as good as none; a folder that cannot be written costs only
    that the next run learns again.
    """

    def __init__(self, path: Path | None, endpoint_id: str, *, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._endpoint_id = endpoint_id
        self._today = today
        believed = _believed(_read(path), endpoint_id, today())
        self._known = {model: learnt.dialect for model, learnt in believed.items()}
        self._saved = dict(self._known)
        self._new: set[str] = set()

    def dialect(self, model: str) -> Dialect:
        """How to ask this model now."""
        return self._known.get(model) or first_dialect(self._endpoint_id)

    def learn(self, model: str, sent: Dialect, learnt: Dialect) -> None:
        """Take over what a request in the dialect `sent` taught."""
        if learnt == sent:
            return
        known = self.dialect(model)
        self._known[model] = merged(known, sent, learnt)
        if self._known[model] != known:
            self._new.add(model)

    def confirm(self, model: str) -> None:
        """Save what was learnt of the model, now that it has answered a request made that way.

        What another run has saved meanwhile is kept, and believed here too.
        """
        if model not in self._new:
            return
        self._new.discard(model)
        if self._path is None:
            return
        file, today = _read(self._path), self._today()
        theirs = _believed(file, self._endpoint_id, today).get(model)
        if theirs is not None:
            saved = self._saved.get(model) or first_dialect(self._endpoint_id)
            self._known[model] = merged(theirs.dialect, saved, self._known[model])
        self._saved[model] = self._known[model]
        since = today if theirs is None else theirs.since
        self._save(
            file,
            model,
            _Learnt(since=since, dialect=self._known[model], limits=_limits(file, self._endpoint_id, model)),
        )

    def limits(self, model: str) -> Limits | None:
        """What an earlier run learnt of the limits."""
        found = _limits(_read(self._path), self._endpoint_id, model)
        return found if found is not None and (self._today() - found.since).days < _BELIEVED_DAYS else None

    def keep_limits(self, model: str, in_flight: int, requests_per_minute: float | None) -> None:
        """Save what this run learnt of the limits, in the place of what was known."""
        if self._path is None:
            return
        file, today = _read(self._path), self._today()
        learnt = file.endpoints.get(self._endpoint_id, {}).get(model)
        learnt = learnt or _Learnt(since=today, dialect=self.dialect(model))
        limits = Limits(since=today, in_flight=in_flight, requests_per_minute=requests_per_minute)
        self._save(file, model, learnt.model_copy(update={"limits": limits}))

    def _save(self, file: _File, model: str, learnt: _Learnt) -> None:
        assert self._path is not None
        file.endpoints.setdefault(self._endpoint_id, {})[model] = learnt
        try:
            _replace(self._path, file.model_dump(mode="json", exclude_none=True))
        except OSError as error:
            _log.warning("%s: cannot be written (%s); the next run learns this again", self._path, error.strerror)


def _read(path: Path | None) -> _File:
    if path is None:
        return _File()
    try:
        return _File.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return _File()


def _limits(file: _File, endpoint_id: str, model: str) -> Limits | None:
    learnt = file.endpoints.get(endpoint_id, {}).get(model)
    return None if learnt is None else learnt.limits


def _believed(file: _File, endpoint_id: str, today: date) -> dict[str, _Learnt]:
    """What is known of an endpoint's models and is not too old."""
    known = file.endpoints.get(endpoint_id, {})
    return {model: learnt for model, learnt in known.items() if (today - learnt.since).days < _BELIEVED_DAYS}


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
