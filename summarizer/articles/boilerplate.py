"""Lines that stand on the page but not in the story: calls to follow, credits, links to other stories.

`[boilerplate]` in `config/languages/<tag>.toml` holds three lists. `lines` are whole lines, in any case, with `*` for
any text (or none, at the end) and `@` for text that names a social network; marks around a line do not count.
`unfinished` are such lines too, but only where no final mark makes a sentence of them. `networks` are more names of
networks. `config/boilerplate.toml` has the same lists for every language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import regex

from summarizer.articles.lines import is_finished
from summarizer.languages import facts
from summarizer.resources import packaged_toml

# A longer line is a paragraph of the story, whatever it begins with; a tail is shorter still.
_LONGEST = 200
_LONGEST_TAIL = 100
# Marks around a line; vowel signs are no marks, and the copyright sign says much.
_EDGE = r"[^\p{L}\p{M}\p{N}©]"
_EDGES = regex.compile(rf"\A{_EDGE}+|{_EDGE}+\Z")
_EDGES_OF_DATA = regex.compile(r"\A[^\p{L}\p{M}\p{N}©*@]+|[^\p{L}\p{M}\p{N}©*@]+\Z")
_PLACEHOLDER = re.compile(r"([*@])")
_END_OF_SENTENCE = re.compile(r"[.!?…。！？؟۔।॥][\"'”’»)\]」』）]{0,3}")


def is_boilerplate(line: str, language: str) -> bool:
    """Whether a whole line is boilerplate in a language, or in any; lines without letters are."""
    if len(line) > _LONGEST:
        return False
    folded = _folded(line)
    return (
        not any(map(str.isalpha, line))
        or bool(_pattern(language, "lines").fullmatch(folded))
        or (not is_finished(line) and bool(_pattern(language, "unfinished").fullmatch(folded)))
    )


def without_tail(paragraph: str, language: str) -> str:
    """A paragraph without boilerplate glued to its end, as in `… on Friday.Follow us on:`."""
    for found in _END_OF_SENTENCE.finditer(paragraph, max(0, len(paragraph) - _LONGEST_TAIL)):
        tail = paragraph[found.end() :]
        if any(map(str.isalpha, tail)) and is_boilerplate(tail, language):
            return paragraph[: found.end()]
    return paragraph


def _folded(line: str) -> str:
    """The line in lower case without the marks around it, with plain apostrophes and spaces."""
    return str(_EDGES.sub("", _plain(line)))


def _plain(line: str) -> str:
    spaced = " ".join(line.replace("’", "'").replace("\u200c", " ").split())
    return unicodedata.normalize("NFC", spaced.casefold())


@cache
def _pattern(language: str, key: str) -> re.Pattern[str]:
    tables = (packaged_toml("config", "boilerplate.toml"), facts(language, "boilerplate"))
    network = _network([name for table in tables for name in table.get("networks", ())])
    lines = [_expression(line, network) for table in tables for line in table.get(key, ())]
    return re.compile("|".join(lines) or r"(?!)")


def _network(names: Sequence[str]) -> str:
    """An expression for text with the name of a network; names in ASCII must be whole words."""
    folded = [re.escape(_plain(name)) for name in names]
    whole = "|".join(name for name in folded if name.isascii())
    anywhere = "|".join(name for name in folded if not name.isascii())
    return rf".*(?:(?<!\w)(?:{whole})(?!\w)|{anywhere or '(?!)'}).*"


def _expression(line: str, network: str) -> str:
    """One entry of `lines` as an expression; text at the end is optional, so that `Read also: *` fits `Read also`."""
    fixed, placeholder, rest = line.rpartition("*")
    if placeholder and not rest:
        body = fixed.rstrip(" :")
        gap = r"\s?[:：|]" if fixed.rstrip().endswith(":") else r"\W" if fixed.endswith(" ") else ""
        return f"{_expression(body, network)}(?:{gap}.*)?"
    parts = _PLACEHOLDER.split(_EDGES_OF_DATA.sub("", _plain(line)))
    return "".join({"*": ".*", "@": network}.get(part) or re.escape(part) for part in parts)
