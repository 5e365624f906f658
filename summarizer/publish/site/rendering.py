"""Templates filled in with everything escaped, and files that are written only where they change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.publish.files import write_atomically

if TYPE_CHECKING:
    import jinja2

_TEMPLATES = Path(__file__).parent / "templates"


def rendered(name: str, context: Mapping[str, Any]) -> str:
    """The template `<name>.html` with these values."""
    return _environment().get_template(f"{name}.html").render(context) + "\n"


def template_text(name: str) -> str:
    """A file of the templates as it is."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


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


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
