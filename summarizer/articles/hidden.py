"""Takes out of a web page what its reader does not see, because hidden text is where instructions are planted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

# Elements without text of the story, whatever they show.
_SILENT = {
    *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video"),
    *("select", "button", "input", "textarea"),
}
# Class names by which style sheets hide text from the eye and keep it for screen readers.
_HIDING_CLASSES = {
    *("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only", "hidden", "d-none"),
}
_END = r"\s{0,4}(?:;|!|\Z)"
_ZERO = rf"0(?:\.0{{1,4}})?(?:px|em|rem|pt|%)?{_END}"
# Two pixels or points, and what comes to that.
_TINY = rf"(?:(?:[01]?\.\d{{1,4}}|[12](?:\.0{{1,4}})?)(?:px|pt)|0?\.[01]\d{{0,4}}r?em|\d(?:\.\d{{1,4}})?%){_END}"
_FAINT = rf"(?:0?\.0\d{{0,4}}|\d%){_END}"
_HIDING_STYLE = re.compile(
    r"(?<![\w-])(?:"
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}(?:hidden|collapse)"
    rf"|(?:font-size|opacity|max-height|max-width)\s{{0,4}}:\s{{0,4}}{_ZERO}"
    rf"|font-size\s{{0,4}}:\s{{0,4}}{_TINY}|opacity\s{{0,4}}:\s{{0,4}}{_FAINT}"
    r"|(?:left|right|top|margin-left|margin-top|text-indent)\s{0,4}:\s{0,4}-\d{3,6}(?:px|em|rem|%)"
    r"|clip\s{0,4}:\s{0,4}rect\(\s{0,4}[01](?:px)?\s{0,4}[, ]|clip-path\s{0,4}:\s{0,4}inset\(\s{0,4}(?:50|100)%"
    r"|transform\s{0,4}:\s{0,4}scale\(\s{0,4}0\s{0,4}\)"
    r"|transform\s{0,4}:\s{0,4}translate(?:x|y|3d)?\([^)]{0,30}?-(?:\d{4,6}px|\d{3,6}(?:r?em|vw|vh))"
    r"|content-visibility\s{0,4}:\s{0,4}hidden"
    r")",
    re.IGNORECASE,
)
# Pages fade in, and scripts show what style sheets begin with at no opacity: there it hides nothing.
_FADE = re.compile(r"opacity\s{0,4}:[^;}]{0,40}", re.IGNORECASE)
_COLOUR = re.compile(
    r"(?:\A|;)\s{0,20}(color|background(?:-color|-clip)?|-webkit-background-clip)\s{0,4}:([^;]{0,200})"
)
_NO_COLOUR = re.compile(
    r"transparent|#(?:[\da-f]{3}0|[\da-f]{6}00)|(?:rgb|hsl)a?\((?:[^,/)]{1,20},){3}0?\.?0{0,4}%?\)"
    r"|(?:rgb|hsl)a?\([^,/)]{1,60}/0?\.?0{0,4}%?\)"
)
_COLOUR_NAMES = {
    "white": "#ffffff",
    "black": "#000000",
    "rgb(255,255,255)": "#ffffff",
    "rgb(0,0,0)": "#000000",
    **dict.fromkeys(("inherit", "initial", "unset", "revert", "currentcolor"), ""),
}
_BRACES = re.compile(r"[{}]|[^{}]+")
_COMMENT = re.compile(r"/\*.{0,20000}?\*/", re.DOTALL)
_COMPOUND = re.compile(r"([a-z][a-z\d]{0,11}|\*)?((?:[.#][\w-]{1,80}){0,6})", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_SCREENS = {"screen", "all", "only screen"}
# Rules within rules within rules are not looked into.
_DEEPEST = 3
_WHOLE_PAGE = {"html", "body"}


class _Compound(NamedTuple):
    """A part of a selector without a space: a tag or `*`, and classes and ids with their signs."""

    tag: str
    names: frozenset[str]

    def fits(self, element: Any) -> bool:
        return self.tag in {"*", element.tag} and self.names <= _names(element)


_Selector = tuple[_Compound, ...]


def remove_hidden(tree: Any) -> None:
    """Take hidden elements, comments and silent elements out of a parsed page, in place.

    Hidden is what the attributes `hidden`, `aria-hidden` and `style` say, what the usual class names say, and what the
    page's own style sheets say for all screens, in rules of tags, classes, ids and their descendants.
    """
    by_sheets: dict[str, list[_Selector]] = {}
    for selector in _hiding_selectors(tree):
        by_sheets.setdefault(min(selector[-1].names), []).append(selector)
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


def _is_hidden(element: Any, by_sheets: Mapping[str, list[_Selector]]) -> bool:
    if element.tag in _WHOLE_PAGE:
        return False
    attributes = element.attrib
    if not attributes:
        return False
    classes = attributes.get("class", "").split()
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or _hides(attributes.get("style", "")[:2000])
        or not _HIDING_CLASSES.isdisjoint(classes)
        or any(_fits(selector, element) for name in _names(element) for selector in by_sheets.get(name, ()))
    )


def _hides(style: str) -> bool:
    """Whether declarations hide an element: out of sight, or in no colour or that of the background beneath."""
    if _HIDING_STYLE.search(style):
        return True
    colours = {name: _colour(value) for name, value in _COLOUR.findall(style.lower())}
    if "text" in {colours.get("background-clip"), colours.get("-webkit-background-clip")}:
        return False  # the background shows through the letters
    colour = colours.get("color")
    beneath = {colours.get("background"), colours.get("background-color")}
    return bool(colour) and (colour in beneath or bool(_NO_COLOUR.fullmatch(colour or "")))


def _colour(value: str) -> str:
    """A colour in one of the ways to write it."""
    plain = "".join(value.replace("!important", "").split())
    if re.fullmatch(r"#[\da-f]{3}", plain):
        plain = "#" + "".join(2 * digit for digit in plain[1:])
    return _COLOUR_NAMES.get(plain, plain)


def _names(element: Any) -> set[str]:
    """The classes and the id of an element, as selectors write them."""
    return {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id')}"}


def _fits(selector: _Selector, element: Any) -> bool:
    """Whether a selector means an element; what the whole page is said to be counts not, because scripts change it."""
    *outer, own = selector
    if not own.fits(element):
        return False
    for ancestor in element.iterancestors() if outer else ():
        if outer and ancestor.tag not in _WHOLE_PAGE and outer[-1].fits(ancestor):
            outer.pop()
    return not outer


def _hiding_selectors(tree: Any) -> Iterator[_Selector]:
    """The selectors that a page's style sheets hide on every screen."""
    for sheet in tree.iter("style"):
        around: list[str] = []
        text = ""
        for token in _BRACES.findall(_COMMENT.sub(" ", sheet.text or "")):
            if token == "{":
                around.append(text.rpartition(";")[2].strip())
            elif token == "}" and around:
                rule = around.pop()
                if len(around) < _DEEPEST and all(map(_is_for_screens, around)) and _hides(_FADE.sub("", text)):
                    yield from _selectors(rule)
            text = "" if token in {"{", "}"} else token


def _is_for_screens(rule: str) -> bool:
    """Whether a rule around others is `@media screen` or the like, without conditions."""
    name, _, media = rule.partition(" ")
    return name.lower() == "@media" and not _SCREENS.isdisjoint(" ".join(m.lower().split()) for m in media.split(","))


def _selectors(rule: str) -> Iterator[_Selector]:
    """The selectors of a rule that are simple and end with a class or an id; states and attributes are not simple."""
    for text in rule.split(","):
        compounds = [part for part in text.replace(">", " ").split() if part.lower() not in _WHOLE_PAGE]
        found = [_COMPOUND.fullmatch(part) for part in compounds]
        selector = [_Compound((f[1] or "*").lower(), frozenset(_NAME.findall(f[2]))) for f in found if f]
        if selector and len(selector) == len(found) and selector[-1].names:
            yield tuple(selector)
