"""Where sentences end, as offsets: one splitter for all languages; what differs between them is in `sentence_rules`.

A final mark with its closing quotes and brackets ends a sentence unless a rule of `_GOES_ON` says that the sentence
goes on. In doubt two sentences stay joined: half a sentence misleads as evidence, a long one does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from summarizer.records import Sentence
from summarizer.sentence_rules import INVISIBLE, NEEDS_NO_SPACE, Rules, rules_for

_ASKS_OR_CALLS = "!?‼⁇⁈⁉‽！？؟"
_BRACKETS = ")]}）］｝】〕〗〙"
_OPENING_QUOTES = "\"'“‘„«「『"
_OPENING = "\"'“”‘’„‚«»‹›「『(\\[{（［｛【〔〖〘《〈¿¡" + INVISIBLE
# The marks that open what a closing mark closes, in the usage of any language.
_OPENING_OF = dict(zip("\"'”“’‘»«›‹", ('"“„', "'‘‚", "“„”", "„“", "‘‚", "‚", "«", "»", "‹", "›"), strict=True)) | dict(
    zip(")]}）］｝】〕〗〙」』", "([{（［｛【〔〖〘「『", strict=True)
)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff08"  # Chinese characters and kana, which need no space before a Latin name
_DASHES = "\\-‐‑–—―−"
_BULLETS = "•‣▪●■◦·*"
_BESIDE_SPEECH = ":：,，،、—–-"

_TOKEN_SPAN = 24  # characters; longer than every abbreviation
_CLAUSE_SPAN = 160  # where a verb of saying is looked for, after a quotation
_QUOTE_SPAN = 400  # where the opening of a quotation is looked for, before its end
_SHORTEST = 12  # in Thai and Lao, what is shorter than this before a space is no sentence

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SPACE = re.compile(r"\s+")
_BLANK = re.compile(r"\s*")
_LEAD = re.compile(rf"[{_OPENING}{_DASHES}{_BULLETS}\s]{{0,8}}")
_WORD = re.compile(r"[^\s\d!-&(-/:-@\[-`{-~«»‐-‘‚-⁞،؛؟۔।॥、。-】！-／：-＠]+")
_TOKEN_EDGES = re.compile(rf"[(\[{{（,:;+'’‘«‹{_DASHES}{INVISIBLE}{_WIDE}](?=[\w\"“„])")
_INITIALS = re.compile(r"[^\W\d_]['׳]?\.|(?:(?:[^\W\d_][^\w\s.]{0,2}){1,2}\.){2,}")
_ORDINAL = re.compile(rf"[{_OPENING}]*(?:\d\d?\.[-–])?(?:[1-9]\d?0?|[IVXL]{{1,6}}|[0-3]?\d\.(?:0?[1-9]|1[0-2]))\.")
_YEAR = re.compile(r"\d{4}\.")
_DATE = re.compile(r"\b\d{4}\.\s?\d\d?\.\s?\d\d?$")
_DAY_OR_MONTH = re.compile(r"\d\d?\.")
_LIST_MARKER = re.compile(rf"[{_BULLETS}\s(\[]*(?:\d{{1,3}}(?:\.\d{{1,3}})*|[^\W\d_]|[ivxIVX]{{1,4}})\.")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_ENDS_WITH_NUMBER = re.compile(r"[\dIVX]\s*$")
_CAMEL_CASE = re.compile(r"[a-z]{1,2}[A-Z]")
_ELLIPSIS = re.compile(r"\.{3}|\.{5,}|…+")
_THAI_END = re.compile(r"[?!]$|[\u0e01-\u0eff]{6,}\.$")


class _Gap(NamedTuple):
    """A place where a sentence may end: `text[mark:end]` is the marks and closers, `next` is behind the space."""

    text: str
    sentence: int
    mark: int
    closers: int
    end: int
    next: int
    lead: int
    limit: int

    @property
    def marks(self) -> str:
        """The run of final marks."""
        return self.text[self.mark : self.closers]

    @property
    def closed(self) -> str:
        """The quotes and brackets that follow the marks."""
        return self.text[self.closers : self.end]

    @property
    def before(self) -> str:
        """The few characters of the sentence before the marks."""
        return self.text[max(self.sentence, self.mark - _TOKEN_SPAN) : self.mark]

    @property
    def raw(self) -> str:
        """What stands before the marks back to a space, with one mark."""
        pieces = self.before.rsplit(None, 1)
        return pieces[-1] + self.text[self.mark] if pieces and not self.before[-1].isspace() else ""

    @property
    def first(self) -> str:
        """The first character that follows which is no space, quote, bracket, dash or bullet; may be empty."""
        return self.text[self.lead : min(self.lead + 1, self.limit)]

    @property
    def word(self) -> str:
        """The word that follows, without quotes and brackets; empty where a number or an abbreviation follows."""
        found = _WORD.match(self.text, self.lead, min(self.limit, self.lead + _TOKEN_SPAN))
        return "" if found is None or self.text[found.end() : found.end() + 1] == "." else found[0]


def split_sentences(text: str, language: str, *, start: int = 0) -> tuple[tuple[int, int], ...]:
    """The sentences of a text as `(start, end)` pairs of code points, in order and without overlap.

    Every character from `start` on that is not white space lies in exactly one sentence; sentences are trimmed and
    never empty. A line break always ends one. `language` is a BCP 47 tag; one without data gets the rules of its
    script. No text raises; the time is linear in its length.
    """
    rules = rules_for(language)
    cuts = _cuts_at_spaces if rules.by_spaces else _cuts_at_marks
    spans = []
    for line in _LINE.finditer(text, start):
        begin = line.start()
        for cut in cuts(text, begin, line.end(), rules):
            spans.append((begin, cut))
            begin = cut
        spans.append((begin, line.end()))
    return tuple(_trimmed(text, spans))


def number_sentences(text: str, language: str, *, start: int = 0) -> tuple[Sentence, ...]:
    """The sentences of `split_sentences`, numbered from 1."""
    spans = split_sentences(text, language, start=start)
    return tuple(Sentence(number=number, start=begin, end=end) for number, (begin, end) in enumerate(spans, start=1))


def _trimmed(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for begin, end in spans:
        sentence = text[begin:end]
        body = sentence.strip()
        if body:
            first = begin + len(sentence) - len(sentence.lstrip())
            yield first, first + len(body)


def _cuts_at_marks(text: str, line: int, limit: int, rules: Rules) -> Iterator[int]:
    """The ends of the sentences of one line, but for the last."""
    sentence = line
    for match in rules.boundary.finditer(text, line, limit):
        gap = _gap(text, line, sentence, match)
        if gap.next < limit and _separated(gap) and not any(rule(gap, rules) for rule in _GOES_ON):
            yield gap.end
            sentence = gap.next


def _gap(text: str, line: int, sentence: int, match: re.Match[str]) -> _Gap:
    closers, limit = match.start("closers"), match.endpos
    end = _end_of_quote(text, line, closers, match.end())
    following = _span_end(_BLANK, text, end, limit)
    lead = _span_end(_LEAD, text, following, limit)
    return _Gap(text, sentence, match.start(), closers, end, following, lead, limit)


def _end_of_quote(text: str, line: int, closers: int, end: int) -> int:
    """The end behind the closers, or before a straight quote that opens the next quotation for want of a space."""
    if text[closers:end] not in {'"', "'"} or text[end : end + 1].isspace():
        return end
    seen = text.count(text[closers], max(line, closers - _QUOTE_SPAN), closers)
    return end if seen % 2 else closers


def _span_end(pattern: re.Pattern[str], text: str, begin: int, limit: int) -> int:
    found = pattern.match(text, begin, limit)
    return found.end() if found else begin


def _separated(gap: _Gap) -> bool:
    """Whether there is a space after the marks, or need not be one."""
    last = gap.text[gap.closers - 1]
    if gap.next > gap.end or last in NEEDS_NO_SPACE:
        return True
    return last in "!?…．" and bool(_IS_WIDE.match(gap.before[-1:]) and _IS_WIDE.match(gap.first))


def _says_nothing(gap: _Gap, _: Rules) -> bool:
    """No word stands before the marks, as in `(!)` or a spaced ellipsis."""
    return gap.before[-1:] in {"(", "[", "（"} or not any(character.isalnum() for character in gap.before)


def _nothing_starts(gap: _Gap, _: Rules) -> bool:
    """What follows cannot start a sentence: a small letter, punctuation, a combining mark."""
    first = gap.first
    if not first or (first.islower() and not _is_without_case(first)):
        return not first or (_is_cased_end(gap.before) and not _CAMEL_CASE.match(gap.text, gap.lead, gap.limit))
    return unicodedata.category(first)[0] not in "LN" and unicodedata.category(first) != "Sc" and first not in "#@§"


def _is_without_case(character: str) -> bool:
    """Whether a letter is Georgian: to Unicode a small letter, though sentences begin with no other."""
    return "\u10d0" <= character <= "\u10ff"


def _is_cased_end(before: str) -> bool:
    last = next((character for character in reversed(before) if character.isalpha()), "a")
    return last.lower() != last.upper()


def _is_list_marker(gap: _Gap, _: Rules) -> bool:
    """Only a number or a letter stands before the full stop: `1. The plan`."""
    short = gap.mark - gap.sentence < _TOKEN_SPAN and gap.next > gap.closers
    return short and _LIST_MARKER.fullmatch(gap.text, gap.sentence, gap.closers) is not None


def _is_abbreviation(gap: _Gap, rules: Rules) -> bool:
    """The mark belongs to an abbreviation, an initial or a name such as `Yahoo!`."""
    if gap.closers - gap.mark > 1 or (gap.before + gap.marks).endswith(rules.ordinary):
        return False
    raw = gap.raw
    token = _token(raw, rules)
    if token in rules.after_number:
        return _ENDS_WITH_NUMBER.search(gap.before.removesuffix(token[:-1])) is None
    if token in rules.before_number and gap.first.isdigit():
        return True
    if raw in rules.abbreviations or token in rules.abbreviations or token.endswith(rules.suffixes):
        return True
    if token in rules.may_end:
        return not gap.closed and not rules.opens(gap.word)
    return _is_initial(token) and not gap.closed and (gap.word in rules.particles or not rules.opens(gap.word))


def _token(raw: str, rules: Rules) -> str:
    """The last word of what stands between spaces, without quotes, hyphenated parts and prefixes."""
    token = _TOKEN_EDGES.split(raw)[-1].lstrip('"“„”')
    return next((token.removeprefix(prefix) for prefix in rules.prefixes if token.startswith(prefix)), token)


def _is_initial(token: str) -> bool:
    """Whether this is `J.`, `J.K.`, `a.m.` or, in Arabic and Hebrew, any single letter with a full stop."""
    if _INITIALS.fullmatch(token) is None:
        return False
    return token.count(".") > 1 or token[0].isupper() or unicodedata.bidirectional(token[0]) in {"R", "AL"}


def _is_ordinal(gap: _Gap, rules: Rules) -> bool:
    """The full stop makes a number an ordinal or a part of a date."""
    if not rules.ordinals or gap.closed or gap.marks != ".":
        return False
    if _DATE.search(gap.before):
        return True
    raw = gap.raw
    if _YEAR.fullmatch(raw):
        return _DAY_OR_MONTH.match(gap.text, gap.lead, gap.limit) is not None
    follows = gap.first.isdigit() or (gap.first.isupper() and not rules.opens(gap.word))
    return follows and _ORDINAL.fullmatch(raw) is not None


def _trails_off(gap: _Gap, rules: Rules) -> bool:
    """An ellipsis in mid-sentence."""
    if gap.closed or _ELLIPSIS.fullmatch(gap.marks) is None:
        return False
    if not rules.ellipsis_ends:
        return not rules.opens(gap.word)
    return rules.conjunctions.match(gap.text, gap.next) is not None


def _is_attributed(gap: _Gap, rules: Rules) -> bool:
    """A quotation is over and its own sentence goes on, as in `“Is it safe?” she asked.`."""
    if (gap.closed or gap.next == gap.end) and rules.continues.match(gap.text, gap.next):
        return True
    if not gap.closed.strip(_BRACKETS) or (gap.first.isupper() and rules.opens(gap.word)):
        return False
    if gap.text[gap.next] in _BESIDE_SPEECH:
        return True
    verb = rules.reporting if gap.text[gap.closers - 1] in _ASKS_OR_CALLS else rules.reporting_last
    return verb.match(gap.text, gap.next, min(gap.limit, gap.next + _CLAUSE_SPAN)) is not None


def _is_aside(gap: _Gap, rules: Rules) -> bool:
    """A title, a slogan or a bracket that was opened in mid-sentence, and its sentence goes on."""
    closer = gap.closed[-1:]
    if closer not in _OPENING_OF or rules.opens(gap.word):
        return False
    if closer not in _BRACKETS and gap.text[gap.closers - 1] not in _ASKS_OR_CALLS:
        return False
    begin = max(gap.sentence, gap.mark - _QUOTE_SPAN)
    opener = max(gap.text.rfind(character, begin, gap.mark) for character in _OPENING_OF[closer])
    before = gap.text[max(gap.sentence, opener - 3) : max(opener, gap.sentence)].rstrip()
    return bool(before) and before[-1] not in _BESIDE_SPEECH


_GOES_ON = (
    _nothing_starts,
    _says_nothing,
    _is_list_marker,
    _is_abbreviation,
    _is_ordinal,
    _trails_off,
    _is_attributed,
    _is_aside,
)


def _cuts_at_spaces(text: str, line: int, limit: int, rules: Rules) -> Iterator[int]:
    """The same in a script that puts no full stop after a sentence but a space, and spaces within it too."""
    sentence = line
    for space in _SPACE.finditer(text, line, limit):
        end, following = space.span()
        before = text[max(sentence, end - _TOKEN_SPAN) : end]
        if following < limit and not before.endswith(rules.leads_on) and _parts(text, following, before, rules):
            yield end
            sentence = following


def _parts(text: str, following: int, before: str, rules: Rules) -> bool:
    """Whether a space parts two sentences, by the words on its sides."""
    if _THAI_END.search(before):
        return True
    if len(before) < _SHORTEST:
        return False
    return rules.opening.match(text, following) is not None or (
        before.endswith(rules.endings) and text[following] not in _OPENING_QUOTES
    )
