"""What endpoints answer: the message in a completion, and the object that stands in its text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.llm.faults import Fault

_T = TypeVar("_T", bound=BaseModel)

_DECODER = json.JSONDecoder(strict=False)  # a line break inside a string is no reason to ask again
_THOUGHT = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_UNFINISHED_THOUGHT = re.compile(r"<(?:think|thinking|reasoning)>.*", re.IGNORECASE | re.DOTALL)
# Where servers put thoughts that they keep out of the text.
_THOUGHTS_APART = ("reasoning_content", "reasoning")
_ENDLESS = 200
# Models open a quotation with „ or « and close it with the straight mark that ends the JSON string.
_HALF_QUOTES = ((re.compile(r'„([^"“”„\\]*)"'), "„"), (re.compile(r'«([^"«»\\]*)"'), "«"))
# A loop is a passage of at most so many characters, three times in a row and for at least so many characters.
_LONGEST_LOOP = 300
_SHORTEST_LOOPING = 150
_PROBLEMS = 5
_LONGEST_PROBLEM = 200
# What a server that obeys a strict schema cannot get wrong.
_STRUCTURAL = ("missing", "extra_forbidden")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The counts of one answer; 0 where the endpoint does not say.

    Those that were read from a cache and those `written` to it are parts of the input.
    """

    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One completion: its text, whether it was cut off, why it was refused (or None), and what it cost.

    `apart` is the length in characters of thoughts that the endpoint gives beside the text.
    """

    text: str
    truncated: bool
    refusal: str | None
    tokens: Tokens
    apart: int = 0

    @property
    def thoughts(self) -> int:
        """The output tokens that thoughts took: as the endpoint counts them, else by their share of the characters."""
        if self.tokens.reasoning:
            return self.tokens.reasoning
        everything = self.apart + len(self.text)
        return math.ceil(self.tokens.output * (1 - len(self._said) / everything)) if everything else 0

    @property
    def only_thoughts(self) -> bool:
        """Whether the answer was cut off before its object began."""
        return self.truncated and "{" not in self._said

    @property
    def _said(self) -> str:
        """The text without thoughts, one that was cut off included."""
        return _UNFINISHED_THOUGHT.sub("", _final(self.text))

    @property
    def loops(self) -> bool:
        """Whether the text ends in one passage again and again, words or white space; small models often do.

        More room is then only room for more of it.
        """
        return any(_repeats(self.text, period) for period in range(1, _LONGEST_LOOP + 1))


@dataclass(frozen=True, slots=True)
class Reading(Generic[_T]):
    """The value in an answer, or the problems in words; `unschooled` = as if the schema had not been seen."""

    value: _T | None
    problems: tuple[str, ...] = ()
    unschooled: bool = False


def read_answer(body: Mapping[str, Any]) -> Answer:
    """The first choice of a completion.

    Raises:
        Fault: there is no choice, or an error stands in its place.
    """
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        raise Fault("transient", "an answer with status 200 and nothing in it (no choices)")
    if choice.get("error") or choice.get("finish_reason") == "error":
        raise Fault("transient", "an answer with status 200 that broke off with an error")
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    finish, refusal = choice.get("finish_reason"), message.get("refusal")
    if finish == "content_filter":
        refusal = "content filter on the answer"
    elif refusal:
        refusal = f"the model refuses: {' '.join(str(refusal).split())[:_LONGEST_PROBLEM]}"
    apart = max(len(_text(message.get(name))) for name in _THOUGHTS_APART)
    return Answer(_text(message.get("content")), finish == "length", refusal or None, read_tokens(body), apart)


def read_value(answer: Answer, schema: type[_T]) -> Reading[_T]:
    """The last complete object in the answer that fits the schema.

    Fences, prose and thoughts around it are passed over. Of a text that was cut off only an object that begins it and
    that nothing follows counts: anything else may be an example or a draft.
    """
    if answer.truncated:
        return _read_truncated(answer.text, schema)
    failures = []
    for text in _variants(answer.text):
        for found in reversed(list(_objects(text))):
            try:
                return Reading(schema.model_validate(found))
            except ValidationError as error:
                failures.append(error)
    if not answer.text.strip():
        return Reading(None, ("the answer was empty",))
    final = _final(answer.text)
    if not failures or _is_broken(final):
        problem = "the JSON object is malformed or incomplete" if "{" in final else "the answer held no JSON object"
        return Reading(None, (problem,), unschooled=True)
    kinds = {mistake["type"] for mistake in failures[0].errors(include_input=False, include_url=False)}
    return Reading(None, _problems(failures[0]), unschooled=not kinds.isdisjoint(_STRUCTURAL))


def _repeats(text: str, period: int) -> bool:
    """Whether the text ends in a passage of this length, three times and more."""
    size = max(3 * period, _SHORTEST_LOOPING)
    return len(text) >= size and text[-size + period :] == text[-size:-period]


def _is_broken(text: str) -> bool:
    """Whether the first object is malformed: what was found is then a part of it."""
    try:
        _DECODER.raw_decode(text, max(text.find("{"), 0))
    except (ValueError, RecursionError):
        return True
    return False


def _read_truncated(text: str, schema: type[_T]) -> Reading[_T]:
    """The value of a text that only ran on in white space, as models do in JSON mode."""
    try:
        return Reading(schema.model_validate(_DECODER.decode(text)))
    except (ValueError, RecursionError):  # pydantic's error is one too
        return Reading(None, ("the answer was cut off",))


def _variants(text: str) -> Iterator[str]:
    """The text after the thoughts, the same with its half quotations closed; where nothing follows them, the thoughts.

    A draft in the thoughts is no answer where anything else follows: the model may have withdrawn it.
    """
    final = _final(text)
    yield final
    mended = final
    for pattern, opening in _HALF_QUOTES:
        closing = "»" if opening == "«" else "”" if text.count("”") > text.count("“") else "“"
        mended = pattern.sub(rf"{opening}\1{closing}", mended)
    if mended != final:
        yield mended
    if not final.strip():
        yield text


def _final(text: str) -> str:
    """What follows the last thought, the opening tag of which some templates swallow."""
    return _THOUGHT.split(text)[-1]


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The complete objects, in order; those inside another are part of it."""
    position, failures = text.find("{"), 0
    while position >= 0 and failures < _ENDLESS:
        try:
            found, end = _DECODER.raw_decode(text, position)
            yield found
        except (ValueError, RecursionError):
            end, failures = position + 1, failures + 1
        position = text.find("{", end)


def _problems(error: ValidationError) -> tuple[str, ...]:
    """The first few mistakes, each with its place, without the values."""
    mistakes: Sequence[Any] = error.errors(include_input=False, include_url=False)
    shown = [f"{'.'.join(map(str, m['loc'])) or 'the object'}: {m['msg']}"[:_LONGEST_PROBLEM] for m in mistakes]
    return tuple(shown[:_PROBLEMS])


def _text(content: object) -> str:
    """The text of a message; some servers send it in parts, the thoughts apart."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def read_tokens(body: Mapping[str, Any]) -> Tokens:
    """The counts in an answer, each 0 where it is missing or no number."""
    usage = body.get("usage")
    if not isinstance(usage, dict):
        return Tokens()
    return Tokens(
        input=_count(usage, "prompt_tokens"),
        cached=_count(usage.get("prompt_tokens_details"), "cached_tokens") or _count(usage, "prompt_cache_hit_tokens"),
        output=_count(usage, "completion_tokens"),
        reasoning=_count(usage.get("completion_tokens_details"), "reasoning_tokens"),
        written=_count(usage.get("prompt_tokens_details"), "cache_write_tokens"),
    )


def _count(counts: object, name: str) -> int:
    value = counts.get(name) if isinstance(counts, dict) else None
    return value if isinstance(value, int) and value > 0 else 0
