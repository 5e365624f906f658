"""`summarizer config`: the settings in force."""

from __future__ import annotations

import argparse
import json

from summarizer.pipeline import choose_engine
from summarizer.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Print the settings as JSON, secrets masked, with the engine they lead to."""
    settings = Settings.load(options.config)
    name, reason = choose_engine(settings)
    shown = {
        "settings": settings.model_dump(mode="json"),
        "engine": name,
        "because": reason,
        "key_from": settings.key_origin,
    }
    print(json.dumps(shown, ensure_ascii=False, indent=1))
    return 0
