"""How one model at one endpoint wants to be asked: the ladder of output formats, and what its refusals teach."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from summarizer.llm.faults import Fault
from summarizer.llm.room import Room
from summarizer.llm.strict import strict_schema

if TYPE_CHECKING:
    from summarizer.prompts import Rendered

Rung = Literal["json_schema", "json_object", "text"]
CapName = Literal["max_tokens", "max_completion_tokens"]

_RUNGS: tuple[Rung, ...] = ("json_schema", "json_object", "text")
_REFUSES = (
    r"unsupported|not (?:be )?supported|does ?n[o']t support|does not support|unknown|unrecogni[sz]ed|unexpected"
    r"|not permitted|not allowed|extra_forbidden|invalid|unavailable|must be|not enabled|enabled only|use '?max_"
)
_FORMAT = r"response_?(?:format|schema)|json_?(?:schema|object)"
_SYSTEM = re.compile(
    r"support 'system'|roles must alternate"
    r"|(?:system|developer) (?:role|message|prompt|instruction)s?\b.*\bnot (?:be )?(?:supported|enabled|allowed)",
    re.IGNORECASE | re.DOTALL,
)
_SCHEMA = """

Answer with one JSON object that fits this JSON schema, and with nothing else:
{schema}
Inside the texts write quotation marks in pairs, “…” or «…» or as the language has them, never the straight mark."""
_CORRECTION = """

Your last answer could not be used:
{problems}
Answer once more, in full, with one JSON object that fits the schema and nothing else."""


class Dialect(BaseModel):
    """What is known of one model at one endpoint.

    `reasoning_tokens` is room for thoughts, on top of the answer's; `token_ratios` holds tokens for four bytes of text
    by script, as the endpoint counts them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    rung: Rung = "json_schema"
    cap_name: CapName = "max_tokens"
    temperature: bool = True
    system_role: bool = True
    schema_in_prompt: bool = False
    reasoning_tokens: int = Field(default=0, ge=0)
    service_tier: bool = True
    token_ratios: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing to ask: `cap` is the most output tokens of the answer, `room` those for thoughts on top of it.

    `problems` is what was wrong with the last answer; `schooled` = the schema stands in the prompt too.
    """

    prompt: Rendered
    schema: type[BaseModel]
    model: str
    cap: int
    temperature: float | None
    room: Room
    problems: tuple[str, ...] = ()
    reasks: int = 0
    roomier: bool = False
    schooled: bool = False

    def with_more_room(self) -> Turn:
        """The same question, with twice the room for the answer."""
        return replace(self, cap=self.cap * 2, roomier=True)

    def with_room(self, room: Room) -> Turn:
        """The same question, with this room for thoughts."""
        return replace(self, room=room)

    def corrected(self, problems: tuple[str, ...], *, schooled: bool) -> Turn:
        """The same question, with what was wrong with the last answer, and the schema in words if that may help."""
        return replace(self, problems=problems, reasks=self.reasks + 1, schooled=self.schooled or schooled)


def first_dialect(base_url: str) -> Dialect:
    """What to try first.

    The vendor's own API knows `max_completion_tokens` for all its models, but `max_tokens` not for all; of the
    compatible servers many know only `max_tokens`, and some pass over the other in silence, which sets no limit at all.
    """
    host = urlsplit(base_url).hostname or ""
    own = host == "api.openai.com" or host.endswith(".openai.azure.com")
    return Dialect(cap_name="max_completion_tokens" if own else "max_tokens")


def request_body(turn: Turn, dialect: Dialect, tier: str | None = None) -> dict[str, Any]:
    """The chat request in this dialect, for a service tier where the model takes one.

    A correction stands at the end of the user's message: two in a row break the templates of some models, and the
    unusable answer itself is left out, because models repeat what they see.
    """
    system, user = turn.prompt.system, turn.prompt.user
    if dialect.rung != "json_schema" or dialect.schema_in_prompt or turn.schooled:
        system += _SCHEMA.format(schema=json.dumps(strict_schema(turn.schema), ensure_ascii=False))
    if turn.problems:
        user += _CORRECTION.format(problems="\n".join(f"- {problem}" for problem in turn.problems))
    body: dict[str, Any] = {"model": turn.model, "messages": _messages(system, user, dialect)}
    body[dialect.cap_name] = turn.cap + turn.room.tokens
    if turn.temperature is not None and dialect.temperature:
        body["temperature"] = turn.temperature
    if tier is not None and dialect.service_tier:
        body["service_tier"] = tier
    return body | _response_format(turn.schema, dialect.rung)


def _messages(system: str, user: str, dialect: Dialect) -> list[dict[str, str]]:
    if not dialect.system_role:
        return [{"role": "user", "content": _encodable(f"{system}\n\n{user}")}]
    return [{"role": "system", "content": _encodable(system)}, {"role": "user", "content": _encodable(user)}]


def _encodable(text: str) -> str:
    """The text with lone surrogates as question marks: UTF-8 has no bytes for them."""
    return text.encode(errors="replace").decode()


def _response_format(schema: type[BaseModel], rung: Rung) -> dict[str, Any]:
    if rung == "json_schema":
        strict = {"name": schema.__name__, "strict": True, "schema": strict_schema(schema)}
        return {"response_format": {"type": "json_schema", "json_schema": strict}}
    return {"response_format": {"type": "json_object"}} if rung == "json_object" else {}


class _Lesson(NamedTuple):
    """Something that a refused request teaches: when it applies, and the dialect without what was refused."""

    applies: Callable[[Fault, Dialect], bool]
    learn: Callable[[Dialect], Dialect]


def _other_cap(dialect: Dialect) -> Dialect:
    other: CapName = "max_tokens" if dialect.cap_name == "max_completion_tokens" else "max_completion_tokens"
    return dialect.model_copy(update={"cap_name": other})


def _next_rung(dialect: Dialect) -> Dialect:
    return dialect.model_copy(update={"rung": _RUNGS[_RUNGS.index(dialect.rung) + 1]})


def _refuses(fault: Fault, what: str) -> bool:
    """Whether a parameter is refused: it is the one at fault, or is named within a sentence's length of such words.

    Texts of errors may echo the article, and of temperatures many articles tell.
    """
    if fault.param:
        return re.search(what, fault.param, re.IGNORECASE) is not None
    near = rf"(?:{what}).{{0,100}}?(?:{_REFUSES})|(?:{_REFUSES}).{{0,100}}?(?:{what})"
    return re.search(near, fault.text, re.IGNORECASE) is not None


# The first one that applies is learnt; one thing per refusal.
_LESSONS = (
    _Lesson(
        lambda f, d: _refuses(f, d.cap_name),
        _other_cap,
    ),
    _Lesson(
        lambda f, d: d.temperature and _refuses(f, "temperature"),
        lambda d: d.model_copy(update={"temperature": False}),
    ),
    _Lesson(
        lambda f, d: d.rung != "text" and _refuses(f, _FORMAT),
        _next_rung,
    ),
    _Lesson(
        lambda f, d: d.service_tier and _refuses(f, r"service_?tier|\bflex\b"),
        lambda d: d.model_copy(update={"service_tier": False}),
    ),
    _Lesson(
        lambda f, d: d.system_role and bool(_SYSTEM.search(f.text)),
        lambda d: d.model_copy(update={"system_role": False}),
    ),
)


def lesson(fault: Fault, sent: Dialect) -> Dialect | None:
    """How to ask after this refusal of a request in the dialect `sent`; None if it teaches nothing."""
    if not fault.malformed:
        return None
    return next((lesson.learn(sent) for lesson in _LESSONS if lesson.applies(fault, sent)), None)


def merged(known: Dialect, sent: Dialect, learnt: Dialect) -> Dialect:
    """What is known now, if a request in the dialect `sent` taught `learnt`.

    Others may have learnt meanwhile: only what this request changed is changed, and nobody climbs back up the ladder.
    """
    before, after = sent.model_dump(), learnt.model_dump()
    changes: Mapping[str, Any] = {name: value for name, value in after.items() if value != before[name]}
    result = known.model_copy(update=changes)
    return result.model_copy(update={"rung": max(known.rung, result.rung, key=_RUNGS.index)})
