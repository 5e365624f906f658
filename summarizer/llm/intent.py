"""What names a question, and what names a run: all that decides an answer, and nothing that only carries it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from summarizer.llm.strict import strict_schema

if TYPE_CHECKING:
    from summarizer.prompts import Rendered


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides an answer besides the question itself: `endpoint` is a URL without secrets, or `gguf:` and a digest.

    `extra` is a digest of what the settings add to every request.
    """

    endpoint: str
    temperature: float | None = 0.0
    extra: str = ""

    def key(self, prompt: Rendered, schema: type[BaseModel], model: str, cap: int) -> bytes:
        """What names a question: its intent and not its form on the wire, which changes as a dialect is learnt.

        Of the cap only the power of two counts: a little more room would bring the same answer.
        """
        parts = [
            *(self.endpoint, self.temperature, self.extra, model, cap.bit_length(), _schema_digest(schema)),
            *(prompt.name, prompt.version, prompt.digest, prompt.system, prompt.user),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).digest()


class Setup(BaseModel):
    """What decided a run besides the article and the house style; `host` is the endpoint's name for people.

    It is compared with what earlier runs wrote: a field that is added later needs a default, or what they finished
    would be unknown, and paid again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    terms: Terms
    host: str
    model: str
    translate_model: str
    prompts: Mapping[str, int]
    chunk_tokens: int


@cache
def _schema_digest(schema: type[BaseModel]) -> str:
    return digest_of(strict_schema(schema))


def digest_of(value: object) -> str:
    """The SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
