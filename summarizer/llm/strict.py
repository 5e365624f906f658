"""JSON schemas in the small dialect that strict structured output takes everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

# Everything else that pydantic writes (titles, defaults, lengths, patterns, bounds) is refused by one endpoint or
# another, or makes llama.cpp drop the whole grammar; the model itself still validates it.
_PLAIN = ("type", "description", "enum")


@cache
def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a wire model: one object, every field required, nothing else allowed, no references.

    Raises:
        TypeError: the model holds something that strict mode cannot say, such as a `dict` or itself.
    """
    schema = model.model_json_schema()
    return _strict(schema, schema.get("$defs", {}), ())


def _strict(node: Mapping[str, Any], definitions: Mapping[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    """The node without what is not plain; `inside` names the definitions that it stands in."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name in inside:
            raise TypeError(f"{name} contains itself")
        return _strict(definitions[name], definitions, (*inside, name))
    strict = {key: node[key] for key in _PLAIN if key in node}
    if "const" in node:
        strict["enum"] = [node["const"]]
    if "anyOf" in node:
        strict["anyOf"] = [_strict(option, definitions, inside) for option in node["anyOf"]]
    if "items" in node:
        strict["items"] = _strict(node["items"], definitions, inside)
    if node.get("type") == "object":
        fields = node.get("properties")
        if not fields:
            raise TypeError("an object without named fields cannot be asked for in strict mode")
        strict["properties"] = {name: _strict(field, definitions, inside) for name, field in fields.items()}
        strict |= {"required": list(fields), "additionalProperties": False}
    if not strict.keys() & {"type", "enum", "anyOf"} or (strict.get("type") == "array" and "items" not in strict):
        raise TypeError(f"strict mode cannot say {sorted(node)}")
    return strict
