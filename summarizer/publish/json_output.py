"""The JSON output and its schema."""

from __future__ import annotations

import json
from typing import Any

from summarizer.checks import CODES
from summarizer.errors import SummarizerError
from summarizer.records import NewsSummary


def summary_json(summary: NewsSummary, *, indent: int | None = None) -> str:
    """The summary as JSON with characters as they are; without the article's text the key `text` is left out."""
    data = summary.model_dump(mode="json")
    if data["article"]["text"] is None:
        del data["article"]["text"]
    return json.dumps(data, ensure_ascii=False, indent=indent)


def failure_json(source: str, error: SummarizerError) -> str:
    """The one-line JSON for an article that could not be summarised."""
    data = {
        "schema_version": "1",
        "status": "failed",
        "article": {"source": source},
        "error": {"type": type(error).__name__, "message": str(error)},
    }
    return json.dumps(data, ensure_ascii=False)


def summary_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a summary, with the closed list of finding codes."""
    schema = NewsSummary.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$defs"]["Finding"]["properties"]["code"]["enum"] = sorted(CODES)
    schema["$defs"]["ArticleInfo"]["required"].remove("text")
    return schema
