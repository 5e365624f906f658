"""Quotations of a line against those of what it was made from.

A quotation is the words between two marks, however these look; titles and names in quotation marks count as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from summarizer.checks.codes import finding
from summarizer.checks.lengths import words
from summarizer.checks.lines import Claim, Pair
from summarizer.checks.speakers import Context, Said, contexts, others_speaker
from summarizer.checks.terms import has_table, read
from summarizer.inflection import stands_in
from summarizer.languages import columns, facts
from summarizer.names.customs import inflects_names
from summarizer.quotations import quotations_in
from summarizer.records import Finding, Severity

# Words of the longest quotation that a summary should carry; of the shortest that is more than a word in marks; of the
# shortest that is no title, where a translation has marks of its own.
_LONGEST, _SENTENCE, _NO_TITLE = 15, 5, 8
# Words of the shortest quotation that somebody says; letters of words that have a capital in titles.
_SAID, _LONG = 3, 4
_GAIN = 0.1  # share of a line in marks, at least, that a translation has more or less
# Characters of a negation before words that are not separated; what denies in the rest of a line.
_NEAR = 4
_DENIALS = (("negation", "clear"), ("negation", "any"), ("saying", "deny"))
# A mark before the last letters of a Hebrew word makes it an acronym.
_ACRONYM = regex.compile(r"(?<=\p{Hebrew})[\"“”„״](?=\p{Hebrew}\b)|(?<=\p{Hebrew}{2})[\"“”„״](?=\p{Hebrew}{2,4}\b)")
_MINUTES = regex.compile(r"(?<=\d\s?['’′]\s?\d+)[\"”″]")  # 5'11": feet and inches
_APOSTROPHE = regex.compile(r"(?<=\w)['’ʼ׳´`](?=\w)")
_MARK = regex.compile(r"[\"“”„‟«»‹›「」『』《》〈〉＂‘’‚'`]")
_CLOSED = regex.compile(r"(?<=\w)['’](?!\w)")  # the drivers' vote
_OPENING = regex.compile(r"[\"“”„«»「『]")
_CUT = " | "  # where a quotation stood
_DASH = regex.compile(r"[‐‑‒–—−]")
# Words that a writer left out or put in: parts on both sides must stand in this order.
_GAP = regex.compile(r"\s*(?:[\[(]\s*(?:…|\.\.\.)\s*[\])]|…|\.{3,}|\[[^\[\]]*\])\s*")
_EDGES = " \t.,;:!?،؛؟。，、；：！？।۔-"
# No edge of a word is looked for behind letters that endings or particles follow, nor before those with prefixes.
_GLUED_BEFORE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Arabic}\p{Hebrew}]")
_GLUED_BEHIND = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Hangul}\p{Tamil}\p{Bengali}]"
)
_IN_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# A speaker by form alone: a name, or a mark between the speaker and the words.
_NAME_INSIDE = regex.compile(r"(?<=[\p{Ll}\p{N},] )\p{Lu}\p{Ll}[\p{L}\p{M}]*")
_KANA = regex.compile(r"\p{Hiragana}+")
_SMALL = regex.compile(r"\p{Ll}")
_SPEAKER_MARK = regex.compile(r"[:：–—]|\s-\s")


def in_claim(claim: Claim) -> Iterator[Finding]:
    """Quotations that the cited sentences do not have, that are too long, or that nobody says any more."""
    text = _unmarked(claim.text)
    evidence = _plain("\n".join(claim.sources))
    for start, end, quotation in _quotations(text):
        if not _stands(quotation, evidence, claim.language):
            yield _changed(claim, quotation, _severity(claim, text[start]))
        elif _cut_at_negation(quotation, evidence, f"{text[:start]} {text[end:]}", claim.language):
            detail = f'"{quotation}" stands behind a negation that the line leaves out'
            yield finding("quote_changed", claim.where, detail, found=quotation)
        elif _is_reported(claim, quotation, f"{text[:start]} {text[end:]}"):
            severity: Severity = "warning" if claim.where == "headline" else "error"
            detail = f'"{quotation}" stands in no quotation of the source'
            yield finding("quote_changed", claim.where, detail, severity=severity, found=quotation)
        elif (count := words(quotation)) > _LONGEST:
            detail = f'quotation of {count} words: "{quotation[:60]}…"'
            yield finding("quote_long", claim.where, detail, expected=str(_LONGEST), found=str(count))
        elif count >= _SENTENCE and _speaker_lost(claim, f"{text[:start]} {text[end:]}", _plain(quotation)):
            detail = f'the sentence says who said "{quotation[:60]}", the line does not'
            yield finding("quote_speaker_lost", claim.where, detail)
    yield from _speakers(claim, text)


def _speakers(claim: Claim, text: str) -> Iterator[Finding]:
    """Quotations that somebody else says in the article.

    Where names have cases, the name of the line must stand there in the same form: `the lawyer of Lind` may differ
    from `the lawyer, Lind` in nothing else.
    """
    quoted = _said_in(text)
    spoken = [at for at, said in enumerate(quoted) if words(said.words) >= _SAID]
    if not spoken:
        return
    article, tag = _unmarked(claim.article or "\n".join(claim.sources)), claim.language
    places: list[list[Context]] = [[] for _ in quoted]
    for paragraph in article.splitlines():
        theirs = _said_in(paragraph)
        same = [(at, there) for at in spoken for there, other in enumerate(theirs) if _is_part(quoted[at], other)]
        beside = contexts(paragraph, theirs, tag) if same else ()
        for at, there in same:
            places[at].append(beside[there])
    for at, true, found in others_speaker(contexts(text, quoted, tag), places, tag):
        if not inflects_names(tag) or found.split()[-1] in article:
            detail = f'"{quoted[at].words[:60]}": "{true}" in the article, "{found}" in the line'
            yield finding("quote_speaker_lost", claim.where, detail, severity="error", expected=true, found=found)


@lru_cache(maxsize=1024)
def _said_in(text: str) -> tuple[Said, ...]:
    return tuple(Said(*quotation) for quotation in _quotations(text))


def _is_part(mine: Said, whole: Said) -> bool:
    """Whether a quotation is, as far as its first gap, a part of another one."""
    parts = _parts(mine.words)
    return bool(parts and _places(parts[0], _plain(whole.words)))


def in_pair(pair: Pair) -> Iterator[Finding]:
    """A quotation that became plain speech or somebody's words without marks, and the reverse.

    Not every mark counts: translators put marks where theirs is the custom, join the halves of a quotation, and drop
    the marks of single words. So one side must have a sentence in marks, and the other no mark and nobody who speaks,
    or fewer quotations of any length.
    """
    source, text = _unmarked(pair.source), _unmarked(pair.text)
    if (quoted := _long_quotation(source, _SENTENCE)) and _is_own_speech(text, pair.language):
        detail = f'source "{quoted[:60]}", translation without quotation and speaker'
        yield finding("quotes_differ", pair.where, detail, expected=quoted)
    elif (quoted := _long_quotation(text, _NO_TITLE)) and _is_own_speech(source, pair.source_language):
        detail = f'translation "{quoted[:60]}", source without quotation and speaker'
        yield finding("quotes_differ", pair.where, detail, found=quoted)
    elif (quoted := _more(text, source)) and _counts(source, pair.source_language):
        detail = f'translation "{quoted[:60]}": the source has fewer quotations'
        yield finding("quotes_differ", pair.where, detail, found=quoted)
    elif (quoted := _more(source, text)) and _counts(text, pair.language):
        detail = f'source "{quoted[:60]}": the translation has fewer quotations'
        yield finding("quotes_differ", pair.where, detail, expected=quoted)


def _more(text: str, other: str) -> str:
    """The last long quotation of a text that has more of them than the other has quotations, else an empty text.

    A greater part of the text is in marks too: halves of a quotation are no more than the whole. Nothing is said where
    a mark has no partner.
    """
    quoted, others = ([quotation for _, _, quotation in _quotations(one)] for one in (text, other))
    least = _NO_TITLE if _GLUED_BEHIND.search(text) else _SENTENCE
    long = [quotation for quotation in quoted if words(quotation) >= least and not _is_title(quotation)]
    if len(long) <= len(others) or any(_MARK.search(_outside(one)) for one in (text, other)):
        return ""
    gain = sum(map(columns, quoted)) / columns(text) - sum(map(columns, others)) / max(1, columns(other))
    return long[-1] if gain > _GAIN else ""


def _counts(text: str, language: str) -> bool:
    """Whether the fewer quotations of a text tell something: people put marks there, and no colon or dash for them."""
    reported = facts(language, "quotations").get("reported", False)
    return has_table(language, "attribution", "said") and not reported and not _SPEAKER_MARK.search(text)


def _changed(claim: Claim, quotation: str, severity: Severity) -> Finding:
    elsewhere = claim.article is not None and _stands(quotation, _plain(claim.article), claim.language)
    place = "only elsewhere in the article" if elsewhere else "not in the cited sentences in this form"
    return finding("quote_changed", claim.where, f'"{quotation}" stands {place}', severity=severity, found=quotation)


def _severity(claim: Claim, mark: str) -> Severity:
    """A warning where headlines of the language have a mark for what somebody said in other words."""
    paraphrase = claim.where == "headline" and mark in facts(claim.language, "quotations").get("paraphrase", "")
    return "warning" if paraphrase else "error"


def _quotations(text: str) -> Iterator[tuple[int, int, str]]:
    """The quotations that stand in no other, by the offsets of their marks; none by marks that may have lost one."""
    found = quotations_in(text)
    for quotation in found:
        mark = text[quotation.start]
        closed = mark != text[quotation.end - 1] or mark not in '"”' or text.count(mark) % 2 == 0
        outer = not any(quotation.inside(other) for other in found if other != quotation)
        if closed and outer:
            yield quotation.start, quotation.end, text[quotation.first : quotation.last]


def _long_quotation(text: str, least: int) -> str:
    """The first quotation of at least so many words, else an empty text."""
    return next((quotation for _, _, quotation in _quotations(text) if words(quotation) >= least), "")


def _is_own_speech(text: str, language: str) -> bool:
    """Whether a text has no quotation mark, and nobody speaks; false where no word of speaking is known."""
    if _MARK.search(_APOSTROPHE.sub("", text)) or _SPEAKER_MARK.search(text):
        return False
    return has_table(language, "attribution", "said") and not _is_said(text, language)


def _is_said(text: str, language: str) -> bool:
    passage = read(text, language)
    return passage.has("attribution", "said") or passage.has("attribution", "hedge")


@lru_cache(maxsize=1024)
def _unmarked(text: str) -> str:
    """The text without marks that look like quotation marks and are none: those of acronyms and of inches."""
    return str(_MINUTES.sub("″", _ACRONYM.sub("", unicodedata.normalize("NFC", text))))


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """The words of a text in one form, without quotation marks."""
    text = _APOSTROPHE.sub("ʼ", _unmarked(text))
    return " ".join(_DASH.sub("-", _MARK.sub(" ", text)).split())


def _stands(quotation: str, evidence: str, language: str) -> bool:
    """Whether the parts of a quotation stand in the evidence in this order; both in one form."""
    parts = _parts(quotation)
    return _in_order(parts, evidence) or (len(parts) == 1 and _is_inflected(parts[0], evidence, language))


def _in_order(parts: Sequence[str], text: str) -> bool:
    position = 0
    for part in parts:
        end = next((end for start, end in _places(part, text) if start >= position), None)
        if end is None:
            return False
        position = end
    return True


def _parts(quotation: str) -> Sequence[str]:
    """The words of a quotation in one form, parted where some are left out or put in."""
    return [words for part in _GAP.split(_plain(quotation)) if (words := part.strip(_EDGES))]


def _places(part: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a text, in order; their first letter may be a capital or not."""
    found: list[tuple[int, int]] = []
    for first in {part[0], part[0].lower(), part[0].upper()}:
        start = text.find(first + part[1:])
        while start >= 0:
            end = start + len(first + part[1:])
            before = start and not _GLUED_BEFORE.match(part[0]) and _IN_WORD.match(text, start - 1)
            behind = not _GLUED_BEHIND.match(part[-1]) and _IN_WORD.match(text, end)
            if not before and not behind:
                found.append((start, end))
            start = text.find(first + part[1:], start + 1)
    return sorted(found)


def _is_inflected(part: str, evidence: str, language: str) -> bool:
    """Whether a few words stand in the evidence with other endings, as far as the language has some.

    The first letter is a capital where a sentence begins; other capitals have to stand in the evidence too.
    """
    spelt = (part, part[0].lower() + part[1:])
    return words(part) < _SENTENCE and any(stands_in(words, evidence, language) for words in spelt)


def _cut_at_negation(quotation: str, evidence: str, rest: str, language: str) -> bool:
    """Whether a negation stands beside the words of a quotation wherever they stand, and nothing in the line denies.

    One word between spaces may be a noun, which means the same in a sentence that denies.
    """
    parts = _parts(quotation)
    spaced = not has_table(language, "negation", "before") and not has_table(language, "negation", "behind")
    line = read(rest, language)
    if not parts or (spaced and " " not in parts[0]) or any(line.has(*place) for place in _DENIALS):
        return False
    before = [evidence[:start] for start, _ in _places(parts[0], evidence)]
    behind = [evidence[end:] for _, end in _places(parts[-1], evidence)]
    return (bool(before) and all(_denied_before(text, parts[0], language) for text in before)) or (
        bool(behind) and all(_denied_behind(text, language) for text in behind)
    )


def _denied_before(text: str, words_behind: str, language: str) -> bool:
    """Whether a text ends with a negation of the words behind it; `not only` is none."""
    if has_table(language, "negation", "before"):
        passage = read(text[-_NEAR:], language)
        said = passage.words("negation").items()
        return any("before" in concepts and passage.folded.endswith(word) for word, concepts in said)
    last = text.rsplit(maxsplit=1)[-1] if text[-1:] == " " and text.strip() else ""
    joined = " ".join((last, *words_behind.split()[:2]))
    return last[-1:].isalpha() and all(read(part, language).has("negation", "clear") for part in (last, joined))


def _denied_behind(text: str, language: str) -> bool:
    """Whether a negation is attached to the words before a text, as the verbs of Japanese have it."""
    ending = _KANA.match(text)
    return ending is not None and read(ending[0], language).has("negation", "behind")


def _is_reported(claim: Claim, quotation: str, rest: str) -> bool:
    """Whether words in marks are more than a term, and the source says them nowhere but in plain speech.

    Titles have capitals; who speaks of himself may be quoted without marks, as in interviews. Of sentences that are
    known without their article, only those that report what somebody said can be no part of a longer quotation.
    """
    parts, count, language = _parts(quotation), words(quotation), claim.language
    said = bool(_SPEAKER_MARK.search(rest)) or read(rest, language).has("attribution", "said")
    if count < _SAID or _is_title(quotation) or read(quotation, language).has("person", "first"):
        return False
    if not said and count < (_NO_TITLE if _GLUED_BEFORE.match(parts[0]) else _SENTENCE):
        return False
    texts = _unmarked(claim.article or "\n".join(claim.sources)).splitlines()
    carrying = [at for at, text in enumerate(texts) if _in_order(parts, _plain(text))]
    if claim.article is None and not all(read(texts[at], language).has("attribution", "said") for at in carrying):
        return False
    return bool(carrying) and not any(_may_quote(texts[: at + 1], parts) for at in carrying)


def _may_quote(texts: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether the last of some texts has parts of a quotation elsewhere than in plain speech.

    A dash or a colon may stand for the marks of speech; a mark without a partner may be one of a long quotation.
    """
    *before, last = map(_outside, texts)
    plain = _plain(last)
    found = [places[0] for part in parts if (places := _places(part, plain))]
    return (
        len(found) < len(parts)
        or bool(_MARK.search(last) or _SPEAKER_MARK.search(f" {plain[: found[0][0]]}"))
        or any(map(_OPENING.search, before))
    )


def _outside(text: str) -> str:
    """A text without its quotations and apostrophes."""
    for start, end, _ in reversed(list(_quotations(text))):
        text = f"{text[:start]}{_CUT}{text[end:]}"
    return str(_CLOSED.sub("", _APOSTROPHE.sub("", text)))


def _is_title(quotation: str) -> bool:
    """Whether three of four longer words begin with a capital, as in English titles and in names of institutions."""
    long = [word for word in _WORD.findall(quotation) if len(word) >= _LONG]
    return bool(long) and 4 * len([word for word in long if word[0].isupper()]) >= 3 * len(long)


def _speaker_lost(claim: Claim, rest: str, quotation: str) -> bool:
    """Whether nobody speaks in the rest of a line, although somebody does in the sentence that has the quotation."""
    if not has_table(claim.language, "attribution", "said") or _is_said(rest, claim.language):
        return False
    if _may_name(rest, claim.sources):
        return False
    carrying: Sequence[str] = [text for text in claim.sources if quotation in _plain(text)]
    said = (read(_plain(text).replace(quotation, " "), claim.language) for text in carrying)
    return bool(carrying) and all(passage.has("attribution", "said") for passage in said)


def _may_name(text: str, evidence: Sequence[str]) -> bool:
    """Whether a name or a mark may stand for the speaker; scripts without capitals do not tell.

    The first word of a line has a capital in any case: it is a name if it has one inside a sentence of the evidence.
    """
    first = next(iter(_WORD.findall(text)), "")
    known = {name for sentence in evidence for name in _NAME_INSIDE.findall(sentence)}
    return bool(_SPEAKER_MARK.search(text) or _NAME_INSIDE.search(text) or first in known) or not _SMALL.search(text)
