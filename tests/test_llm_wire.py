"""Strict schemas, what is found in texts, and waiting: the small parts of the gateway by themselves."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from summarizer.llm.ladder import Dialect, merged
from summarizer.llm.replies import Answer, Tokens, read_answer, read_value
from summarizer.llm.retry import Pace, retry_after_s
from summarizer.llm.schemas import SCHEMAS
from summarizer.llm.strict import strict_schema
from tests.endpoint import Wire

ALLOWED = {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "description"}


def nodes(schema: Any) -> list[dict[str, Any]]:
    """Every schema node; names of fields are no keywords."""
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    inner += [schema["items"]] if "items" in schema else []
    return [schema, *(node for child in inner for node in nodes(child))]


class Part(BaseModel):
    """A part with everything that strict mode refuses."""

    text: str = Field(min_length=1, max_length=200, pattern="x", description="what is said")
    kind: Literal["a"] = "a"
    note: str | None = None
    numbers: list[int] = Field(default=[], max_length=4)


class Whole(BaseModel):
    """A root with two parts."""

    first: Part
    rest: list[Part]


class Loop(BaseModel):
    """A model that contains itself."""

    inner: list[Loop]


@pytest.mark.parametrize("model", [Whole, *SCHEMAS.values()])
def test_strict_schemas_hold_only_what_every_endpoint_takes(model: type[BaseModel]) -> None:
    """Objects require all their fields and allow no others; no default, length, pattern or reference is left."""
    schema = strict_schema(model)
    assert schema["type"] == "object"
    for node in nodes(schema):
        assert node.keys() <= ALLOWED
        if node.get("type") == "object":
            assert node["required"] == list(node["properties"])
            assert node["additionalProperties"] is False


def test_strict_schema_keeps_types_and_descriptions() -> None:
    """Types, enumerations, null and descriptions survive."""
    part = strict_schema(Whole)["properties"]["rest"]["items"]["properties"]
    assert part["text"] == {"type": "string", "description": "what is said"}
    assert part["kind"] == {"type": "string", "enum": ["a"]}
    assert part["note"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert part["numbers"] == {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize("field", [dict[str, int], Any, tuple[int, str], Loop])
def test_what_strict_mode_cannot_say_is_an_error(field: Any) -> None:
    """A wire model that no strict endpoint would take fails where it is written, not at the endpoint."""
    model = type("Bad", (BaseModel,), {"__annotations__": {"field": field}})
    with pytest.raises(TypeError):
        strict_schema(model)


@given(st.text(), st.text(), st.lists(st.text()), st.text())
def test_any_text_in_an_object_survives_what_stands_around_it(
    before: str, headline: str, lines: list[str], after: str
) -> None:
    """Whatever the strings hold, the object is found whole behind prose, or in a fence, with a straight parse."""
    text = json.dumps({"headline": headline, "lines": lines}, ensure_ascii=False)
    prose = before.replace("{", "(").replace("<", "(")
    tail = after.replace("{", "(").replace("<", "(")
    reading = read_value(Answer(f"{prose}\n```json\n{text}\n```{tail}", False, None, Tokens()), Wire)
    if "</" not in text:
        assert reading.value == Wire(headline=headline, lines=lines)


@given(st.text(alphabet='{}[]"\\:,„“«<think>/ a1'))
def test_no_answer_breaks_the_reader(text: str) -> None:
    """Any text gives a value or problems, never both and never an exception."""
    for truncated in (False, True):
        reading = read_value(Answer(text, truncated, None, Tokens()), Wire)
        assert (reading.value is None) == bool(reading.problems)


@given(st.text(alphabet="{}<think>/ a1"), st.integers(0, 99), st.integers(0, 9999))
def test_thoughts_are_a_share_of_the_output(text: str, apart: int, output: int) -> None:
    """However the characters fall, thoughts took no more tokens than the whole answer, and none of no answer."""
    answer = Answer(text, True, None, Tokens(output=output), apart)
    assert 0 <= answer.thoughts <= output
    assert not (answer.thoughts and not text and not apart)


@pytest.mark.parametrize("text", ['{"a":' * 20_000, "{" * 100_000, "[" * 100_000, "„" * 50_000, '„a"' * 20_000])
def test_hostile_answers_are_read_in_time(text: str) -> None:
    """Deep nesting and endless beginnings neither crash the reader nor stall it."""
    assert read_value(Answer(text, False, None, Tokens()), Wire).value is None


@pytest.mark.parametrize("body", [{"message": None}, {"message": "x"}, {"message": {"content": 3}}, {}])
def test_odd_messages_are_empty(body: dict[str, Any]) -> None:
    """A choice without a usable message is an empty answer, which is asked again."""
    assert read_answer({"choices": [body or {"index": 0}], "usage": {"prompt_tokens": "3"}}).text == ""


@pytest.mark.parametrize("value", ["", "1e400", "Fri, 99 Xxx", "inf"])
def test_nonsense_in_retry_after_is_as_good_as_none(value: str) -> None:
    """What cannot be understood leaves the wait to the jitter."""
    assert retry_after_s({"retry-after": value}, 0.0) is None


RUNGS = st.sampled_from(["json_schema", "json_object", "text"])
DIALECTS = st.builds(Dialect, rung=RUNGS, temperature=st.booleans(), reasoning_tokens=st.integers(0, 9))


@given(DIALECTS, DIALECTS, DIALECTS)
def test_what_is_learnt_never_climbs_back(known: Dialect, sent: Dialect, learnt: Dialect) -> None:
    """No late refusal makes a model forget that a lower rung was needed; of room for thoughts the newest word counts."""
    order = ["json_schema", "json_object", "text"]
    result = merged(known, sent, learnt)
    assert order.index(result.rung) >= order.index(known.rung)
    newest = known if learnt.reasoning_tokens == sent.reasoning_tokens else learnt
    assert result.reasoning_tokens == newest.reasoning_tokens
    assert merged(known, sent, sent) == known


def test_pace_is_that_of_slow_answers() -> None:
    """The 95th percentile decides, not the one in a hundred that hung."""
    pace = Pace()
    for _ in range(95):
        pace.observe(10.0, 100)
    for _ in range(5):
        pace.observe(1000.0, 100)
    assert pace.timeout_s(1000, 20.0) == pytest.approx(4 * 0.1 * 1000)
    assert pace.timeout_s(10, 20.0) == 20.0
