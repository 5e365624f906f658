"""Shortens a sentence to a headline: clauses are dropped from its end, as far as that changes no claim.

`[headline]` in `config/languages/<tag>.toml` holds, all but `target` and `max` optional:

- `target`, `max`: columns that a headline should have, and should not exceed;
- `clauses`: words that open, after a comma, a clause that may be dropped;
- `every_comma`: any comma ends a clause, as in Chinese, unless one of `openings` begins that clause;
- `adjuncts`: words that open such a clause without a comma, unless one of `relatives` before it waits for its verb;
- `attribution`: words that name a source; `keep`: negations, conditions, doubts, accusations, casualties. What has
  a word of either is never dropped.

A language without such words keeps its sentences whole: where the verb comes last, no end can be dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from summarizer.content import Pattern, Words, word_pattern, words_of
from summarizer.languages import columns, facts

# About the middle of the languages measured, for those without data.
_TARGET, _MAX = 70, 110

_CLOSING = r"[\p{Pf}\p{Pi}\p{Pe}\"']*"
_STOP = regex.compile(rf"[.。．!！?？…।॥۔؟]+(?={_CLOSING}$)")
_INITIALS = regex.compile(rf"(?<!\p{{L}})(?:\p{{L}}{{1,2}}\.){{2,}}{_CLOSING}$")
_COMMA = regex.compile(r"[,،，;；؛](?!\d)|\s[–—-](?=\s)")
_SEMICOLON = regex.compile(r"[;；؛。](?!\d)")
_QUOTED = regex.compile(
    r"[\"“”„].*?(?:[\"“”](?!\w)|$)|«.*?(?:»|$)|「.*?(?:」|$)|『.*?(?:』|$)|[(（\[].*?(?:[)）\]]|$)|(?<!\w)['‘].+?['’](?!\w)"
)
_LAST_WORD = regex.compile(r"(\w+)\W*$")


@dataclass(frozen=True, slots=True)
class _Rules:
    """The `[headline]` table of a language; a pattern is None where the language has no such words."""

    target: int
    most: int
    every_comma: bool
    clause: Pattern | None
    adjunct: Pattern | None
    relative: Pattern | None
    opening: Pattern | None
    attribution: Pattern | None
    attribution_end: Pattern | None
    keep: Pattern | None
    words: Words


def shorten(sentence: str, language: str) -> str:
    """A sentence as a headline: without its final stop, and within the language's `max` columns if safe cuts get there.

    The fewest clauses that help go, from the end. A short attribution at the end stays behind the cut. The words are
    the sentence's own, in its order.
    """
    rules = _rules(language)
    body, attribution = _detached(without_stop(sentence), rules)
    # A clause before ", told reporters …" may be an insertion whose subject tells; before ", officials said" it is not.
    complete = not attribution or _has(rules.attribution_end, attribution)
    while columns(body + attribution) > rules.most:
        end = next(_ends(body, rules, complete=complete), None)
        if end is None:
            break
        body = body[:end].rstrip()
    return body + attribution


def without_stop(text: str) -> str:
    """A text without the mark that ends a sentence; the full stop of initials such as `U.S.` stays."""
    return text if _INITIALS.search(text) else str(_STOP.sub("", text))


def _detached(sentence: str, rules: _Rules) -> tuple[str, str]:
    """The sentence without the attribution that follows its last comma, and that attribution."""
    last = max((match.start() for match in _COMMA.finditer(_masked(sentence))), default=0)
    head, tail = sentence[:last], sentence[last:]
    fits = columns(tail) <= rules.target and columns(head) >= rules.target / 2
    names_source = _has(rules.attribution, tail) and not (rules.clause and rules.clause.match(tail))
    return (head, tail) if fits and names_source else (sentence, "")


def _ends(body: str, rules: _Rules, *, complete: bool) -> Iterator[int]:
    """Where a sentence can stop, from its end backwards; `complete` says that its main verb stands in it."""
    masked = _masked(body)
    ends = {*_adjuncts(masked, rules), *(_clauses(masked, rules) if complete else ())}
    for end in sorted(ends, reverse=True):
        if _may_stand(body[:end], rules) and _may_go(body[end:], rules):
            yield end


def _adjuncts(masked: str, rules: _Rules) -> Iterator[int]:
    """Where an adjunct begins, behind the last comma and complete words."""
    last = max(_starts(_COMMA, masked), default=0)
    for start in _starts(rules.adjunct, masked):
        waits = _has(rules.relative, masked[last:start]) or _last_word(masked[:start]) in rules.words.function
        if start >= last and not waits:
            yield start


def _clauses(masked: str, rules: _Rules) -> Iterator[int]:
    """Where a last clause begins; one with a comma behind it may be an insertion, with the verb still to come."""
    commas = list(_starts(_COMMA, masked))
    yield from _starts(_SEMICOLON, masked)
    yield from (start for start in _starts(rules.clause, masked) if start >= commas[-1])
    if rules.every_comma:
        clauses = zip([0, *commas], commas, strict=False)
        yield from (end for start, end in clauses if not _has(rules.opening, masked[start:end]))


def _may_stand(head: str, rules: _Rules) -> bool:
    return columns(head) >= rules.target / 2 and not _has(rules.words.unfinished, head)


def _may_go(tail: str, rules: _Rules) -> bool:
    return not _has(rules.attribution, tail) and not _has(rules.keep, tail)


def _last_word(text: str) -> str:
    found = _LAST_WORD.search(text)
    return found[1].casefold() if found else ""


def _starts(pattern: Pattern | None, text: str) -> Iterator[int]:
    return (match.start() for match in pattern.finditer(text)) if pattern else iter(())


def _has(pattern: Pattern | None, text: str) -> bool:
    return pattern is not None and pattern.search(text) is not None


def _masked(text: str) -> str:
    """The text with quotations and brackets blotted out, at the same offsets: nothing is cut inside them."""
    return str(_QUOTED.sub(lambda match: "\ufffc" * len(match[0]), text))


@cache
def _rules(language: str) -> _Rules:
    table = facts(language, "headline")

    def pattern(key: str, *, before: str = "", after: str = "") -> Pattern | None:
        return word_pattern(table.get(key, ()), before=before, after=after)

    return _Rules(
        target=table.get("target", _TARGET),
        most=table.get("max", _MAX),
        every_comma=table.get("every_comma", False),
        clause=pattern("clauses", before=r"[,،，]\s*"),
        adjunct=pattern("adjuncts", before=r"(?<![,،，;；؛]\s*)\s+"),
        relative=pattern("relatives"),
        opening=pattern("openings", before=r"^\W*"),
        attribution=pattern("attribution"),
        attribution_end=pattern("attribution", after=r"\W*$"),
        keep=pattern("keep"),
        words=words_of(language),
    )
