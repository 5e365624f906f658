"""`summarizer config`: the settings in force."""

from __future__ import annotations

import argparse
import json

from summarizer.engine_choice import choose_engine
from summarizer.glossary import HouseStyle
from summarizer.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Print the settings as JSON, secrets masked, where each that was given came from, and what they lead to."""
    settings = Settings.load(options.config)
    name, reason = choose_engine(settings)
    shown = {
        "settings": settings.model_dump(mode="json"),
        "origins": settings.origins,
        "glossary": HouseStyle.load(settings.glossary.folder).digests,
        "engine": name,
        "because": reason,
    }
    print(json.dumps(shown, ensure_ascii=False, indent=1))
    return 0
