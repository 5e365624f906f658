"""Takes out of a web page what its reader does not see, because hidden text is where instructions are planted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# Elements without text of the story, whatever they show.
_SILENT = {
    *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video"),
    *("select", "button", "input", "textarea"),
}
# Class names by which style sheets hide text from the eye and keep it for screen readers.
_HIDING_CLASSES = {
    *("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only", "hidden", "d-none"),
}
_ZERO = r"0(?:\.0{1,4})?(?:px|em|rem|pt|%)?\s{0,4}(?:;|!|\Z)"
_HIDING_STYLE = re.compile(
    r"(?<![\w-])(?:"
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}(?:hidden|collapse)"
    rf"|(?:font-size|opacity|max-height|max-width)\s{{0,4}}:\s{{0,4}}{_ZERO}"
    r"|(?:left|right|top|margin-left|margin-top|text-indent)\s{0,4}:\s{0,4}-\d{3,6}(?:px|em|rem|%)"
    r"|clip\s{0,4}:\s{0,4}rect\(\s{0,4}[01](?:px)?\s{0,4}[, ]|clip-path\s{0,4}:\s{0,4}inset\(\s{0,4}(?:50|100)%"
    r"|transform\s{0,4}:\s{0,4}scale\(\s{0,4}0\s{0,4}\)|content-visibility\s{0,4}:\s{0,4}hidden"
    r")",
    re.IGNORECASE,
)
# Pages fade in, and scripts show what style sheets begin with at no opacity: there it hides nothing.
_FADE = re.compile(r"opacity\s{0,4}:[^;}]{0,40}", re.IGNORECASE)
_BRACES = re.compile(r"[{}]|[^{}]+")
_COMMENT = re.compile(r"/\*.{0,20000}?\*/", re.DOTALL)
_SIMPLE_SELECTOR = re.compile(r"[a-z]{0,12}([.#][\w-]{1,80})", re.IGNORECASE)
_WHOLE_PAGE = {"html", "body"}


def remove_hidden(tree: Any) -> None:
    """Take hidden elements, comments and silent elements out of a parsed page, in place.

    Hidden is what the attributes `hidden`, `aria-hidden` and `style` say, what the usual class names say, and simple
    rules of the page's own style sheets.
    """
    by_sheets = set(_hiding_selectors(tree))
    doomed = [
        element
        for element in tree.iter()
        if not isinstance(element.tag, str) or element.tag in _SILENT or _is_hidden(element, by_sheets)
    ]
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            _drop(element, parent)


def _drop(element: Any, parent: Any) -> None:
    """Remove an element and keep the text behind it."""
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _is_hidden(element: Any, by_sheets: set[str]) -> bool:
    if element.tag in _WHOLE_PAGE:
        return False
    attributes = element.attrib
    if not attributes:
        return False
    classes = attributes.get("class", "").split()
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or bool(_HIDING_STYLE.search(attributes.get("style", "")[:2000]))
        or not _HIDING_CLASSES.isdisjoint(classes)
        or not by_sheets.isdisjoint(f".{name}" for name in classes)
        or f"#{attributes.get('id')}" in by_sheets
    )


def _hiding_selectors(tree: Any) -> Iterator[str]:
    """The single classes and ids that a page's style sheets hide outside of media rules."""
    for sheet in tree.iter("style"):
        selector, depth = "", 0
        for token in _BRACES.findall(_COMMENT.sub(" ", sheet.text or "")):
            if token == "{":
                depth += 1
            elif token == "}":
                depth = max(0, depth - 1)
            elif depth == 0:
                selector = token
            elif depth == 1 and _HIDING_STYLE.search(_FADE.sub("", token)):
                simple = (_SIMPLE_SELECTOR.fullmatch(part.strip()) for part in selector.split(","))
                yield from (found[1] for found in simple if found)
