"""`summarizer job init`: a settings file with two articles, from which a newsroom goes on."""

from __future__ import annotations

import argparse
from pathlib import Path

from summarizer.errors import InputError
from summarizer.resources import resource

_FILES = ("job.toml", "edits.toml", "articles/library.en.txt", "articles/tranvia.es.txt")


def run(options: argparse.Namespace) -> int:
    """Write the files; one that is there already stops it before anything is written."""
    folder: Path = options.folder
    taken = [name for name in _FILES if (folder / name).exists()]
    if taken:
        raise InputError(str(folder / taken[0]), "is there already, and nothing is overwritten; choose another folder")
    for name in _FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = resource("config", "job", *name.split("/")).read_text(encoding="utf-8")
        with (folder / name).open("x", encoding="utf-8") as file:
            file.write(text)
        print(folder / name)
    config = "" if folder == Path() else f" --config {folder / 'job.toml'}"
    print(f"next: summarizer job run{config}")
    return 0
