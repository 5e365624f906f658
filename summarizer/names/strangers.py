"""Places and people of a summary's line that neither its evidence nor the article has, in any script.

Places are those that CLDR names. In scripts without capitals people are known by a form of address behind a name, or
as some of those whom the news names most; in doubt nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from summarizer.languages import language_data
from summarizer.names.territories import is_hinted, places_in

_KATAKANA = regex.compile(r"[\p{Katakana}ー]+")
_SHORTEST = 2  # signs of a name that must be found again


class Stranger(NamedTuple):
    """A name that a line adds, and the one of its evidence that it has lost, if that is of the same sort."""

    found: str
    expected: str | None = None


def strange_places(line: str, evidence: Sequence[str], known: Sequence[str], tag: str) -> Iterator[Stranger]:
    """Countries and cities that no known text speaks of, with those of the evidence that stand no more in the line."""
    new = [(code, name) for code, name in places_in(line, tag) if not any(is_hinted(code, text, tag) for text in known)]
    if not new:
        return
    lost = {code: name for text in evidence for code, name in places_in(text, tag) if not is_hinted(code, line, tag)}
    for code, name in new:
        other = next((one for one in lost if ("/" in one) == ("/" in code)), None)
        yield Stranger(name, lost.pop(other) if other is not None else None)


def strange_people(line: str, evidence: Sequence[str], known: Sequence[str], tag: str) -> Iterator[Stranger]:
    """People that no known text has in any form; none in scripts with capitals, which other checks read."""
    famous = _famous(tag)
    lost = [forms[0] for forms in famous if not _in(line, forms) and any(_in(text, forms) for text in evidence)]
    for forms in famous:
        if _in(line, forms) and not any(_in(text, forms) for text in known):
            yield Stranger(next(form for form in forms if form in line), lost.pop() if lost else None)
    pattern = _addressed(tag)
    for match in pattern.finditer(line) if pattern is not None else ():
        name = match[1]
        parts = (name[start : start + _SHORTEST] for start in range(len(name) - _SHORTEST + 1))
        if not any(part in text for part in parts for text in known):
            yield Stranger(name)


def _in(text: str, forms: Sequence[str]) -> bool:
    """Whether a text has a form, in katakana not as a part of a longer run: no Modi in コモディティ."""
    return any(form in text and (not _KATAKANA.fullmatch(form) or form in _KATAKANA.findall(text)) for form in forms)


@cache
def _famous(tag: str) -> tuple[tuple[str, ...], ...]:
    """The people whom the news names most, each by all forms of the name."""
    return tuple(tuple(row.split("|")) for row in language_data("names", tag).get("famous", ()))


@cache
def _addressed(tag: str) -> regex.Pattern[str] | None:
    """A name of signs that write names, and a form of address right behind it."""
    address = language_data("names", tag).get("address", ())
    if not address:
        return None
    return regex.compile(
        rf"((?:\p{{Han}}|々){{2,6}}|[\p{{Katakana}}ー]{{3,}})(?:{'|'.join(map(regex.escape, address))})"
    )
