"""Templates filled in with everything escaped, and the other files beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jinja2

_TEMPLATES = Path(__file__).parent / "templates"


def rendered(name: str, context: Mapping[str, Any]) -> str:
    """The template `<name>.html` with these values."""
    return _environment().get_template(f"{name}.html").render(context) + "\n"


def template_text(name: str) -> str:
    """A file of the templates as it is."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


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
