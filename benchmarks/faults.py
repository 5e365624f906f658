"""The ways in which endpoints fail, in the words and shapes that vendors and servers have for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from benchmarks.answers import CONTENT_FAULTS, unschooled

REJECTIONS = (
    "reject_temperature",
    "reject_max_tokens",
    "reject_max_completion_tokens",
    "reject_system",
    "reject_json_schema",
    "reject_json_object",
    "context_overflow",
)
TRANSPORT_FAULTS = ("key", "reset", "hang", "429", "quota", "500", "html", "error200")
MESSAGE_FAULTS = ("refusal", "filter", "null", "empty", "length", "broken_json")
TEXT_FAULTS = ("ignore_schema", "quotes", "think", "fences", "prose")
FAULTS = (*TRANSPORT_FAULTS, *REJECTIONS, *MESSAGE_FAULTS, *TEXT_FAULTS, *CONTENT_FAULTS)
# What goes wrong now and then at every endpoint, and with every model.
MIXED = (
    *("wrong_figure", "wrong_language", "dropped_bullet", "invented_name"),
    *("length", "refusal", "broken_json", "429", "500", "reset"),
)


def error_body(
    message: str, code: str | None, param: str | None = None, *, kind: str = "invalid_request_error"
) -> bytes:
    """An error in the form that clients know; `code` and `param` are for programs."""
    return as_json({"error": {"message": message, "type": kind, "param": param, "code": code}})


def as_json(value: object) -> bytes:
    """JSON as it goes over the wire."""
    return json.dumps(value, ensure_ascii=False).encode()


def rejection(fault: str, body: Mapping[str, Any]) -> bytes | None:
    """The vendor's words for a parameter that it does not take; None where the body does without."""
    messages = body.get("messages", ())
    form = (body.get("response_format") or {}).get("type")
    if fault == "reject_temperature" and body.get("temperature") not in (None, 1):
        message = (
            "Unsupported value: 'temperature' does not support this value with this model. Only the default (1) is."
        )
        return error_body(message, "unsupported_value", "temperature")
    if fault == "reject_max_tokens" and "max_tokens" in body:
        message = "Unsupported parameter: 'max_tokens' is not supported with this model."
        return error_body(f"{message} Use 'max_completion_tokens' instead.", "unsupported_parameter", "max_tokens")
    if fault == "reject_max_completion_tokens" and "max_completion_tokens" in body:
        return error_body(
            "Unrecognized request argument supplied: max_completion_tokens", None, "max_completion_tokens"
        )
    if fault == "reject_system" and any(message.get("role") in {"system", "developer"} for message in messages):
        message = "Unsupported value: 'messages[0].role' does not support 'system' with this model."
        return error_body(message, "unsupported_value", "messages[0].role")
    if (fault, form) in {("reject_json_schema", "json_schema"), ("reject_json_object", "json_object")}:
        return error_body("This response_format type is unavailable now", "invalid_request_error", "response_format")
    return None


def writing(value: dict[str, Any], body: Mapping[str, Any], struck: tuple[str, ...]) -> tuple[str, list[str]]:
    """The answer as the model writes it, and which faults of writing it has."""
    done = []
    strict = (body.get("response_format") or {}).get("type") == "json_schema"
    if "ignore_schema" in struck and strict:
        value = unschooled(value)
        done.append("ignore_schema")
    text = json.dumps(value, ensure_ascii=False)
    if "quotes" in struck and (broken := with_broken_quotes(text)) != text:
        text = broken
        done.append("quotes")
    for fault, form in (
        ("fences", "```json\n{text}\n```"),
        ("prose", "Here is the JSON object you asked for:\n\n{text}\n\nLet me know if you need anything else!"),
        ("think", '<think>\nFirst I look at the text. A try: {{"kind": "news"}}. Now the answer.\n</think>\n\n{text}'),
    ):
        if fault in struck:
            text = form.format(text=text)
            done.append(fault)
    return text, done


def with_broken_quotes(text: str) -> str:
    """The first word of the longest string in „…", whose second mark ends the string too early."""
    strings = [string for string in _strings(json.loads(text)) if " " in string and '"' not in string]
    if not strings:
        return text
    longest = max(strings, key=len)
    first, _, rest = longest.partition(" ")
    written = json.dumps(longest, ensure_ascii=False)[1:-1]
    return text.replace(written, f'„{first}" {rest}', 1)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [string for item in inner for string in _strings(item)]


def spoilt_message(message: dict[str, Any], fault: str) -> tuple[dict[str, Any], str]:
    """The message and its finish reason."""
    half = message["content"][: len(message["content"]) // 2]
    return {
        "refusal": ({**message, "content": None, "refusal": "I'm sorry, I cannot assist with that request."}, "stop"),
        "filter": ({**message, "content": half}, "content_filter"),
        "null": ({**message, "content": None}, "stop"),
        "empty": ({**message, "content": ""}, "stop"),
        "length": ({**message, "content": half}, "length"),
        "broken_json": ({**message, "content": half}, "stop"),
    }[fault]


def as_tool_call(message: dict[str, Any], reason: str, body: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The message and its finish reason as a call of the one tool that a request offers, if it offers any."""
    if not body.get("tools") or not message["content"]:
        return message, reason
    function = {"name": body["tools"][0]["function"]["name"], "arguments": message["content"]}
    call = {"id": "call_0", "type": "function", "function": function}
    return {**message, "content": None, "tool_calls": [call]}, "tool_calls" if reason == "stop" else reason
