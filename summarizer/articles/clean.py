"""Unicode and white space: what a reader cannot see is removed, what a reader sees is kept."""

from __future__ import annotations

import re
import unicodedata

import regex

# Control, format and private-use characters, surrogates, non-characters and fillers: Cc, Cf, Co, Cs and
# Default_Ignorable_Code_Point of the Unicode Character Database, but for those that are handled one by one below.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONDITIONAL = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
# Joiners are spelling in Persian, Hindi and their relatives, and a mere hiding place in the scripts left out here.
_JOINED = regex.compile(
    r"[\p{L}\p{M}--[\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\ufe0e\ufe0f]]", regex.V1
)
_PICTURE = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\ufe0f]")
_SPACES_IN_NUMBER = re.compile(r"(?<=\d)[\u2007-\u200a](?=\d)")
# Everywhere but beside a digit, before French punctuation and after an opening guillemet.
_NO_BREAK = re.compile(r"(?<![\d«])[\u00a0\u202f](?![\d»:;!?%‰€$£°])")
_WHITE = re.compile("[ \t\u1680\u2000-\u200a\u205f]+")


def clean_text(text: str) -> str:
    """The text in NFC, without invisible and control characters, with plain line ends and trimmed lines.

    U+00A0 and U+202F stay beside digits and French punctuation, and U+3000 is punctuation itself; other runs of white
    space become one space. Joiners stay where they spell words or build emoji. Line breaks stay as they are.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        text = _CONDITIONAL.sub(_kept_beside, text)
        text = _NO_BREAK.sub(" ", _SPACES_IN_NUMBER.sub("\u202f", text))
    else:
        text = _INVISIBLE.sub("", text)
    return "\n".join(line.strip() for line in _WHITE.sub(" ", text).split("\n"))


def clean_line(text: str | None) -> str | None:
    """Cleaned text on one line, for titles and names; None where nothing is left."""
    return _WHITE.sub(" ", clean_text(text).replace("\n", " ")).strip() or None if text else None


def _kept_beside(found: re.Match[str]) -> str:
    """A joiner or a variation selector, or nothing where its neighbours give it no meaning."""
    character, text, place = found[0], found.string, found.start()
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if character in "\ufe0e\ufe0f":
        meaningful = after == "\u20e3" or bool(_PICTURE.match(before))
    elif _JOINED.match(before):
        meaningful = character == "\u200d" or bool(_JOINED.match(after))
    else:
        meaningful = character == "\u200d" and bool(_PICTURE.match(before) and _PICTURE.match(after))
    return character if meaningful else ""
