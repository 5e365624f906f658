"""Who says a quotation: the person beside it in a line, and the one beside it in the article.

A person is known by capitals or, in Japanese and Chinese, by the dot inside a foreign name. In doubt nothing is said:
both must stand beside a verb of saying or a colon, and the one of the article must be gone from the line or stand
beside another of its quotations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from summarizer.checks.terms import read
from summarizer.names.customs import capitals_mean_names, given_names, is_cased, is_common, is_place, is_role, sounds
from summarizer.names.people import people_in
from summarizer.names.words import Word, akin, words_in

# Where a sentence ends outside a quotation, and a mark inside one after which nothing of it follows.
_STOP = regex.compile(r"(?:(?<=[\p{L}\p{M}\p{N}]{3})|^\s*)\.(?=\s+\P{Ll}|\s*$)|[!?…]\s|[。！？।۔\n]")
_CLOSED = regex.compile(r"[.。।۔]")
_NEW = regex.compile(r"\s*(?:$|[^\p{Ll}\s])")
_COLON = regex.compile(r"[:：]\s*$")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_OWNS = regex.compile(r"['’]|(?<=s) \p{Lu}")  # Lind's lawyer, Linds Anwalt
_SHORTEST, _ARTICLE = 3, 3  # letters of a word of a name, at least; of an article, at most


class Said(NamedTuple):
    """A quotation by the offsets of its marks, and its words."""

    start: int
    end: int
    words: str


class _Name(NamedTuple):
    """A person by name and offsets; `before` tells whether the name stands before the quotation."""

    text: str
    start: int
    end: int
    before: bool


class Context(NamedTuple):
    """What stands beside a quotation in its own sentence, up to other quotations, and the person nearest to it.

    A quotation that stands alone `goes_on` with what was said before it.
    """

    before: str
    behind: str
    nearest: _Name | None
    goes_on: bool = False


def others_speaker(
    line: Sequence[Context], article: Sequence[Sequence[Context]], tag: str
) -> Iterator[tuple[int, str, str]]:
    """The quotations of a line that somebody else says in the article: index, the speaker there and the one here.

    `article` has for each quotation of the line the contexts of the places where the article says it.
    """
    spoken = [_speaker(context, tag) for context in line]
    named = [[context for context in places if context.nearest] for places in article]
    truly = [[_speaker(context, tag, loosely=True) for context in places] for places in named]
    here = " ".join(f"{context.before} {context.behind}" for context in line)
    for index, name in enumerate(spoken):
        true = [one for one in truly[index] if one is not None]
        if name is None or not true or len(true) < len(truly[index]):
            continue
        if any(_fits(name, one, context, tag) for one, context in zip(true, named[index], strict=True)):
            continue
        others = [at for at, other in enumerate(spoken) if other and at != index and _same(other.text, true[0].text)]
        if not _stands(true[0].text, here) or any(
            one and _same(one.text, name.text) for at in others for one in truly[at]
        ):
            yield index, true[0].text, name.text


def contexts(text: str, quotations: Sequence[Said], tag: str) -> tuple[Context, ...]:
    """What stands beside each of the quotations of a text, which are in order."""
    found: list[Context] = []
    for index, said in enumerate(quotations):
        start = quotations[index - 1].end if index else 0
        end = quotations[index + 1].start if index + 1 < len(quotations) else len(text)
        start += max((stop.end() for stop in _STOP.finditer(text[start : said.start])), default=0)
        ended = _CLOSED.fullmatch(said.words[-1:]) and _NEW.match(text[said.end : end])
        stop = _STOP.search(text[said.end : end])
        end = said.end if ended else said.end + stop.start() if stop else end
        before, behind = text[start : said.start], text[said.end : end]
        context = Context(before, behind, _nearest(before, behind, tag))
        if found and not _WORD.search(f"{before} {behind}"):
            context = found[-1]._replace(goes_on=True)
        found.append(context)
    return tuple(found)


def _nearest(before: str, behind: str, tag: str) -> _Name | None:
    left = [_Name(before[start:end], start, end, before=True) for start, end in _names(before, tag)]
    right = [_Name(behind[start:end], start, end, before=False) for start, end in _names(behind, tag)]
    nearest = sorted((*left[-1:], *right[:1]), key=lambda name: len(before) - name.end if name.before else name.start)
    return nearest[0] if nearest else None


@lru_cache(maxsize=1024)
def _names(text: str, tag: str) -> tuple[tuple[int, int], ...]:
    """The offsets of names of people, and of others that may speak, in order."""
    if not is_cased(tag):
        dotted = _dotted(tag)
        return tuple(match.span() for match in dotted.finditer(text)) if dotted else ()
    found = [
        (start, start + len(name))
        for name in dict.fromkeys(p.name for p in people_in(text, tag))
        if (start := text.find(name)) >= 0
    ]
    found += _pairs(text, tag)
    return tuple(sorted(set(found)))


def _pairs(text: str, tag: str) -> Iterator[tuple[int, int]]:
    """Capitalised words in a row that begin with a given name, or of which one is no common word of the language."""
    run: list[int] = []
    words = words_in(text)
    for index, word in enumerate((*words, None)):
        joined = bool(run and word) and text[words[run[-1]].end : words[index].start] == " "
        fits = word is not None and word.capital and (joined or _may_open(word.text, tag))
        if fits and joined:
            run.append(index)
            continue
        given = next((at for at, place in enumerate(run[:-1]) if words[place].text in _given()), None)
        if given is not None or (
            len(run) > 1 and capitals_mean_names(tag) and not all(map(is_common, _texts(words, run)))
        ):
            last = run[-1] if capitals_mean_names(tag) else run[(given or 0) + 1]  # a noun may follow
            yield words[run[given or 0]].start, words[last].end
        run = [index] if fits else []


def _may_open(word: str, tag: str) -> bool:
    """Whether a name may begin with a word."""
    return word in _given() or not (is_place(word, tag) or is_role(word, tag))


def _texts(words: Sequence[Word], run: Sequence[int]) -> list[str]:
    return [words[at].text for at in run]


@cache
def _given() -> frozenset[str]:
    """Given names, in the spelling of the two languages that have lists of them."""
    return given_names("en") | given_names("de")


@lru_cache(maxsize=8)
def _dotted(tag: str) -> regex.Pattern[str] | None:
    """A foreign name with a dot between its parts, where there are signs that write names."""
    if tag.startswith("ja"):
        return regex.compile(r"[\p{Katakana}ー]{2,}(?:[・＝=][\p{Katakana}ー]{2,})+")
    signs = regex.escape("".join(sorted(sounds(tag))))
    return regex.compile(rf"[{signs}]*\p{{Han}}(?:[·・•‧]\p{{Han}}[{signs}]*)+") if signs else None


def _speaker(context: Context, tag: str, *, loosely: bool = False) -> _Name | None:
    """The person nearest to a quotation, if beside a verb of saying or before a colon; `loosely` vaguer verbs count."""
    name = context.nearest
    if name is None or _is_owner(name, context.before if name.before else context.behind, tag):
        return None
    side = context.before if name.before else context.behind
    told = name.before and (_COLON.search(side) or _is_verb(context.behind, tag))
    return name if told or _says(side, tag, loosely=loosely) else None


def _is_owner(name: _Name, side: str, tag: str) -> bool:
    """Whether somebody else speaks, or is spoken to: `Lind's lawyer said`, `a lawyer for the mayor, Lind, said`."""
    words = _WORD.findall(side[: name.start])
    while words and (is_role(words[-1], tag) or (len(words[-1]) <= _ARTICLE and not _belongs(words, tag))):
        words.pop()
    joined = side[: name.start].endswith(f"{words[-1]} ") if words else False
    described = joined and words[-1].islower() and _belongs(words[:-1], tag)  # `told lawyer Anna Lind`
    return bool(_OWNS.match(side, name.end) or described or _belongs(words, tag))


def _belongs(words: Sequence[str], tag: str) -> bool:
    """Whether the last word says that what follows owns or hears something."""
    passage = read(" ".join(words[-2:]), tag)
    return any(passage.folded.strip().endswith(word) for word in passage.words("speaker"))


def _is_verb(text: str, tag: str) -> bool:
    """Whether a verb of saying and nothing else ends a sentence, as in Turkish and Japanese."""
    return len(_WORD.findall(text)) == 1 and _says(text, tag)


def _says(text: str, tag: str, *, loosely: bool = True) -> bool:
    passage = read(text, tag)
    vaguer = ("hedge", "beside") if loosely else ()
    return any(passage.has("attribution", kind) for kind in ("said", *vaguer))


def _fits(name: _Name, true: _Name, context: Context, tag: str) -> bool:
    """Whether a person may be the speaker beside a quotation of the article, where another one stands nearest."""
    if _same(name.text, true.text):
        return True
    side, other = (context.before, context.behind) if true.before else (context.behind, context.before)
    nearer = side[true.end :] if true.before else side[: true.start]
    farther = side[: true.start] if true.before else side[true.end :]
    if _stands(name.text, nearer) or (context.goes_on and _stands(name.text, f"{side} {other}")):
        return True
    again = _again(name.text, farther, last=true.before)
    if again is None:
        return _stands(name.text, other) and _says(other, tag)
    # `Ray said, but Cole answered`
    parted = _says(farther, tag) and _says(nearer, tag) if true.before else _says(farther[: again.start], tag)
    return not parted and not _is_owner(again, farther, tag)


def _again(name: str, text: str, *, last: bool) -> _Name | None:
    """Where a text has a part of a name, for the last time or the first."""
    found = [word for word in _WORD.finditer(text) if any(akin(part, word[0]) for part in _parts(name))]
    return _Name(name, found[-last].start(), found[-last].end(), last) if found else None


def _same(one: str, other: str) -> bool:
    return _stands(one, other) or _stands(other, one)


def _stands(name: str, text: str) -> bool:
    """Whether a text has a part of a name, in any form."""
    if any(part in text for part in _parts(name)):
        return True
    words = [word for word in _WORD.findall(text) if word[:1].isupper()]
    return any(akin(part, word) for part in _parts(name) for word in words)


def _parts(name: str) -> list[str]:
    return [part for part in _WORD.findall(name) if len(part) >= _SHORTEST or not part.isascii()] or [name]
