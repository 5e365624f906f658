"""Files on disk: a stable folder per article, each file whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path

from summarizer.publish.json_output import summary_json
from summarizer.publish.markdown import markdown, published_languages
from summarizer.records import NewsSummary

_SLUG_LENGTH = 60  # characters; with the digest and `summary.json` well below the 255 bytes of common file systems


def slug(key: str) -> str:
    """The folder name for an article's key: its last readable part and eight digits of its SHA-256.

    The same key gives the same name for ever; two keys that read alike differ in the digest.
    """
    last = re.split(r"[/\\]", key.rstrip("/\\"))[-1]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LENGTH].strip("-")
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"{readable}-{digest}" if readable else digest


def write_summary(summary: NewsSummary, folder: Path) -> Path:
    """Write `<slug>/<tag>.md` for every published language, then `<slug>/summary.json`; returns the article's folder.

    A page that an earlier run wrote for a language that is held now is removed: what is held is not published.

    Raises:
        OSError: the folder cannot be written.
    """
    home = folder / slug(summary.article.key)
    home.mkdir(parents=True, exist_ok=True)
    published = published_languages(summary)
    for language in _published_before(home / "summary.json") - set(published):
        (home / f"{language}.md").unlink(missing_ok=True)
    for language in published:
        write_atomically(home / f"{language}.md", markdown(summary, language))
    write_atomically(home / "summary.json", summary_json(summary, indent=1) + "\n")
    return home


def write_atomically(path: Path, text: str) -> None:
    """Write a UTF-8 file so that a reader sees the old file or the new one, never a part.

    Raises:
        OSError: the file cannot be written; the old one is untouched.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)  # noqa: PTH101 (mkstemp gives a name, and 0600, which a web server cannot read)
        os.replace(temporary, path)  # noqa: PTH105 (as above)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 (as above)
        raise


def _published_before(summary_file: Path) -> set[str]:
    """The languages that an earlier run published here; none where its file is missing or not ours."""
    try:
        earlier = NewsSummary.model_validate(json.loads(summary_file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return set()
    return set(published_languages(earlier))
