"""`summarizer schema`: the JSON Schema of a summary."""

from __future__ import annotations

import argparse
import json

from summarizer.publish import summary_schema


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 (every command takes its options)
    """Print the schema."""
    print(json.dumps(summary_schema(), ensure_ascii=False, indent=1))
    return 0
