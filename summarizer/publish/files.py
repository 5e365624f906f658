"""Files on disk: a stable folder per article, each file whole or not there."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from contextlib import suppress
from pathlib import Path

from summarizer.articles import SUFFIXES
from summarizer.errors import InputError
from summarizer.languages import parse_tag
from summarizer.publish.json_output import summary_json
from summarizer.publish.markdown import markdown, published_languages
from summarizer.records import NewsSummary

_JSON = "summary.json"
_SLUG_LENGTH = 60  # characters; with the digest and `summary.json` well below the 255 bytes of common file systems
_SLUG = re.compile(r"(?:[a-z0-9]+-)*[0-9a-f]{8}")
_SUFFIX = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(SUFFIXES)))})(?=$|[:\[])", re.IGNORECASE)
_TEMPORARY = re.compile(r"\.(?:[A-Za-z0-9-]+\.md|(?:summary|desk)\.json)\.[0-9a-f]{16}\.tmp")


def slug(key: str) -> str:
    """The folder name for an article's key: its last readable part and eight digits of its SHA-256.

    The suffix of an article file is no part of it, and a key without a letter or digit of ASCII is the digest alone.
    The same key gives the same name for ever; two keys that read alike differ in the digest.
    """
    last = _SUFFIX.sub("", re.split(r"[/\\]", key.rstrip("/\\"))[-1])
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LENGTH].strip("-")
    digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{readable}-{digest}" if readable else digest


class Claims:
    """Which source each article folder of a run belongs to: the first one that claims it."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}

    def __contains__(self, folder: str) -> bool:
        return folder in self._sources

    def claim(self, folder: str, source: str) -> None:
        """Take a folder, by the name that `slug` gives, for a source.

        Raises:
            InputError: another source of this run has it, so that one would overwrite the other.
        """
        first = self._sources.setdefault(folder, source)
        if first != source:
            raise InputError(source, f"has the same key (URL or id) as {first}, which came first; remove one of them")


def file_names(summary: NewsSummary) -> tuple[str, ...]:
    """The files that `write_summary` writes into the article's folder."""
    return (*(f"{language}.md" for language in published_languages(summary)), _JSON)


def write_summary(summary: NewsSummary, folder: Path) -> Path:
    """Write `<slug>/<tag>.md` for every published language, then `<slug>/summary.json`; returns the article's folder.

    Before that, the pages that this summary does not vouch for are removed: those of languages that are held, and those
    of languages that were not asked for this time, unless `summary.json` shows that they go with the same article and
    the same lines. Only files named after a canonical language tag are pages; any other file stays.

    Raises:
        OSError: the folder cannot be written.
    """
    home = folder / slug(summary.article.key)
    home.mkdir(parents=True, exist_ok=True)
    published = published_languages(summary)
    for language in _pages(home) - set(published) - _still_true(home / _JSON, summary):
        (home / f"{language}.md").unlink(missing_ok=True)
    for language in published:
        write_atomically(home / f"{language}.md", markdown(summary, language))
    write_atomically(home / _JSON, summary_json(summary, indent=1) + "\n")
    return home


def write_atomically(path: Path, text: str) -> None:
    """Write a UTF-8 file, with the mode of the umask, so that a reader sees the old file or the new one, never a part.

    Raises:
        OSError: the file cannot be written; the old one is untouched.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file unless it says that already; whether it was written.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        if path.read_text(encoding="utf-8") == text:
            return False
    except (OSError, UnicodeDecodeError):  # not there, or not ours
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text)
    return True


def sweep(folder: Path) -> None:
    """Remove what killed runs left half written in article folders; for a caller that keeps other runs away."""
    for path in folder.glob("*/.*.tmp"):
        if _SLUG.fullmatch(path.parent.name) and _TEMPORARY.fullmatch(path.name):
            with suppress(OSError):  # left for next time: a folder that cannot be written shows when it has to be
                path.unlink()


def _pages(home: Path) -> set[str]:
    """The languages that have a page in an article's folder."""
    return {path.stem for path in home.glob("*.md") if _is_canonical(path.stem)}


def _is_canonical(name: str) -> bool:
    try:
        return parse_tag(name) == name
    except InputError:
        return False


def _still_true(summary_file: Path, summary: NewsSummary) -> set[str]:
    """The languages not asked for this time whose pages, if there are any, say what they would say today."""
    try:
        earlier = NewsSummary.model_validate_json(summary_file.read_bytes())
    except (OSError, ValueError):  # missing, or of another version
        return set()
    if summary.status == "held" or _original(earlier) != _original(summary):
        return set()
    return _pages(summary_file.parent) - {summary.language, *summary.translations}


def _original(summary: NewsSummary) -> tuple[object, ...]:
    return summary.article, summary.language, summary.headline, summary.bullets
