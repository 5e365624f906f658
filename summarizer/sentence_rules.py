"""What the sentence splitter knows about a language: `[sentences]` of `config/languages/<tag>.toml`, made ready to use.

Every key is optional. Abbreviations are written with their full stop, words of `starters` with their capital.

- `abbreviations` never end a sentence. `may_end` do before a word of `starters`, as initials and `U.S.` do.
  `ordinary` ones do before any capital (`и т. д.`), as words do.
- `before_number`: abbreviations only before a number (`No. 5`). `after_number`: only without one before (`г. Пермь`).
- `suffixes` end compounds that are abbreviations (`Kaiserstr.`). `prefixes` are written together with what follows.
- `starters`: words that open a sentence and no name. `particles`: those of them that may follow an initial (`Le`).
- `ordinals`: a number with a full stop may be an ordinal or part of a date (`14. Mai`, `2018. 5. 14.`).
- `ellipsis_ends`, true if absent: an ellipsis ends a sentence before a capital or, where the script has none, before
  a word that is not one of `conjunctions`. If false, only before a word of `starters`.
- `final`: more final marks.
- `continues`: what goes on after a quotation (`と`, `라고`). `not_continues`: longer words that begin like it.
- `reporting`: verbs that attribute a quotation to its speaker.

In Thai and Lao a space ends a sentence before what begins with one of `starters` and none of `not_starters`, or after
one of `endings`, but never after one of `leads_on`. `config/sentences.toml` holds what is met in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from summarizer.languages import facts, script_of
from summarizer.resources import packaged_toml

# Sentence_Terminal of the Unicode Character Database, scripts in living use; these need no space behind them.
NEEDS_NO_SPACE = "。｡！？؟۔।॥։።፧፨။។៕᱾᱿᠃꓿꯫᥄᥅߹"
FINAL = ".．!?…‼⁇⁈⁉‽" + NEEDS_NO_SPACE
INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
CLOSING = "\"'”’»›」』\\)\\]}）］｝】〕〗〙" + INVISIBLE
_WITHOUT_SPACES = {"Hans", "Hant", "Jpan"}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language, named as the data; patterns match what follows a mark, from its start."""

    by_spaces: bool
    boundary: re.Pattern[str]
    abbreviations: frozenset[str]
    may_end: frozenset[str]
    before_number: frozenset[str]
    after_number: frozenset[str]
    ordinary: tuple[str, ...]
    suffixes: tuple[str, ...]
    prefixes: tuple[str, ...]
    starters: frozenset[str]
    particles: frozenset[str]
    ordinals: bool
    ellipsis_ends: bool
    conjunctions: re.Pattern[str]
    continues: re.Pattern[str]
    reporting: re.Pattern[str]
    reporting_last: re.Pattern[str]
    opening: re.Pattern[str]
    endings: tuple[str, ...]
    leads_on: tuple[str, ...]

    def opens(self, word: str) -> bool:
        """Whether the word opens a sentence; of `It's` and `L'État` the part before the apostrophe counts too."""
        head, apostrophe, _ = word.replace("’", "'").partition("'")
        return word in self.starters or (bool(apostrophe) and not self.starters.isdisjoint((head, head + "'")))


@lru_cache(maxsize=64)
def rules_for(language: str) -> Rules:
    """The rules for a BCP 47 tag; without data of its own a language has those that hold for all."""
    common = packaged_toml("config", "sentences.toml")["sentences"]
    own = facts(language, "sentences")
    script = script_of(language)
    spaced = script not in _WITHOUT_SPACES
    verbs = _alternatives(own.get("reporting", ()))
    return Rules(
        by_spaces=script in {"Thai", "Laoo"},
        boundary=_boundary(own.get("final", "")),
        abbreviations=_with_capitals([*common["abbreviations"], *own.get("abbreviations", ())]),
        may_end=_with_capitals([*common["may_end"], *own.get("may_end", ())]),
        before_number=_with_capitals([*common["before_number"], *own.get("before_number", ())]),
        after_number=frozenset(own.get("after_number", ())),
        ordinary=tuple(own.get("ordinary", ())),
        suffixes=tuple(own.get("suffixes", ())),
        prefixes=tuple(own.get("prefixes", ())),
        starters=frozenset(own.get("starters", ())),
        particles=frozenset(own.get("particles", ())),
        ordinals=own.get("ordinals", False),
        ellipsis_ends=own.get("ellipsis_ends", True),
        conjunctions=re.compile(_alternatives(own.get("conjunctions", ())) + (r"(?!\w)" if spaced else "")),
        continues=_any_of(own.get("continues", ()), but=own.get("not_continues", ())),
        reporting=_reporting(verbs, spaced=spaced, last=False),
        reporting_last=_reporting(verbs, spaced=spaced, last=True),
        opening=_any_of(own.get("starters", ()), but=own.get("not_starters", ())),
        endings=tuple(own.get("endings", ())),
        leads_on=tuple(own.get("leads_on", ())),
    )


def _boundary(more_final: str) -> re.Pattern[str]:
    """A run of final marks and the group `closers` behind it; nothing follows that can fail, so nothing backtracks."""
    final = f"[{FINAL}{more_final}]"
    attached = rf"[{CLOSING}]|[“‘«‹](?=[\s,;:{CLOSING}{FINAL}]|\Z)"
    spaced = r"[ \u00a0\u2009\u202f]{1,2}[»›”’\"'](?=[\s,.;:…)]|\Z)"
    return re.compile(rf"{final}+(?P<closers>(?:{attached}|{spaced})*)")


def _reporting(verbs: str, *, spaced: bool, last: bool) -> re.Pattern[str]:
    """A short clause that attributes what stands before it; `last`: which ends with the verb."""
    clause = r"(?:[^\s.,!?…،؟۔।]{1,30}\s+){0,4}?" if spaced else r"[^\s，。！？：“”「」、]{0,24}?"
    end = r"(?=\s?[.!?؟۔।。！])" if last else r"(?!\w)" if spaced else r"(?=[，。！])"
    return re.compile(f"{clause}{verbs}{end}")


def _any_of(words: Iterable[str], *, but: Iterable[str]) -> re.Pattern[str]:
    """A pattern for what begins with one of the words, and not with one of the others."""
    return re.compile(f"(?!{_alternatives(but)}){_alternatives(words)}")


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; without words it matches nothing."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True))) or '(?!)'})"


def _with_capitals(words: Iterable[str]) -> frozenset[str]:
    """The words as they are, and as they stand at the start of a sentence."""
    listed = frozenset(words)
    return listed | {word[:1].upper() + word[1:] for word in listed}
