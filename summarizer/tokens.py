"""Token counts by the o200k_base encoding, from the vocabulary that ships with the package: the network is never asked.

The encoding is loaded on first need, once per process (about 0.4 s and 80 MB). Text is text: `<|endoftext|>` in an
article counts as the characters that it is made of, and a lone surrogate as a question mark.
"""

from __future__ import annotations

import binascii
import hashlib
from bisect import bisect_right
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from summarizer.errors import ConfigError
from summarizer.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    import tiktoken

# The definition of o200k_base in tiktoken_ext/openai_public.py (tiktoken 0.14, MIT); a test compares the two.
VOCABULARY_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_ORDINARY_TOKENS = 199_998  # their ranks are 0 to 199,997
SPECIAL_TOKENS = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}
PATTERN = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)

# A seam is a place where PATTERN always ends one match and begins the next, whatever stands further left or right, so
# that both sides encode as they would alone: no match holds a space after anything but white space, none holds anything
# but "/" or white space after a line feed, none holds punctuation other than an apostrophe after a letter. The letters
# are kana and Han that every version of Unicode knows.
_SEAM = r"(?<=\S)(?= )|(?<=\n)(?=[^\s/])|(?<=[ぁ-ゖァ-ヺ一-龥])(?=[、。，．：；！？])"
_FIRST_SEAM = regex.compile(_SEAM)
_LAST_SEAM = regex.compile(f"(?r){_SEAM}")  # (?r) searches backwards

# tiktoken 0.14 panics on 1,000,000 characters of white space (the stack limit of its regex engine).
_LONGEST_ENCODED = 500_000  # characters

_CONTINUATION_BYTES = bytes(range(0x80, 0xC0))  # of UTF-8: all bytes of a character but its first


def count_tokens(text: str) -> int:
    """Count the tokens of a text.

    Above 500,000 characters without a space, a line break or CJK punctuation the count may be a few tokens high.

    Raises:
        ConfigError: the vocabulary is missing or damaged.
    """
    return len(_encode(text))


def rank(text: str) -> int | None:
    """The rank of the token that is this text, lower for a text that people write more often; None for several tokens.

    Raises:
        ConfigError: the vocabulary is missing or damaged.
    """
    tokens = _encode(text)
    return tokens[0] if len(tokens) == 1 else None


def fits(text: str, budget: int) -> bool:
    """Whether a text has at most `budget` tokens; the vocabulary stays unloaded where the byte count proves it.

    Raises:
        ConfigError: the vocabulary is needed, and missing or damaged.
    """
    return bytes_fit(text, budget) or count_tokens(text) <= budget


def bytes_fit(text: str, budget: int) -> bool:
    """Whether the bytes alone prove that a text has at most `budget` tokens: a token is at least one byte of UTF-8."""
    return len(text) <= budget and len(text.encode(errors="replace")) <= budget


class TokenIndex:
    """The tokens of any span of one text, which is encoded once; all offsets are code points.

    >>> index = TokenIndex("One two. Three four.")
    >>> index.count(9, 20) == count_tokens("Three four.")
    True

    Raises:
        ConfigError: the vocabulary is missing or damaged.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _encode(text)

    @cached_property
    def _begun(self) -> list[int]:
        """How many characters have begun when each token ends."""
        characters = _characters()
        # A list, because accumulating a map takes twice the time.
        return list(accumulate([characters[token] for token in self._tokens]))

    def count(self, start: int, end: int) -> int:
        """Count the tokens of `text[start:end]` as if it stood alone, encoding only its first and last words anew."""
        if end - start == len(self._text):
            return len(self._tokens)
        first = _FIRST_SEAM.search(self._text, start + 1, end)
        if first is None:
            return count_tokens(self._text[start:end])
        head = first.start()
        last = _LAST_SEAM.search(self._text, head + 1, end)
        tail = last.start() if last else head
        inside = self.before(tail) - self.before(head)
        return count_tokens(self._text[start:head]) + inside + count_tokens(self._text[tail:end])

    def before(self, offset: int) -> int:
        """Count the tokens of the whole text that end at or before an offset."""
        return bisect_right(self._begun, offset)


def _encode(text: str) -> list[int]:
    """Encode a text by slices that end at seams, wherever there is one."""
    encode = _encoding().encode_ordinary
    text = text.encode(errors="replace").decode()
    tokens: list[int] = []
    start = 0
    while len(text) - start > _LONGEST_ENCODED:
        seam = _LAST_SEAM.search(text, start + 1, start + _LONGEST_ENCODED)
        end = seam.start() if seam else start + _LONGEST_ENCODED
        tokens += encode(text[start:end])
        start = end
    return tokens + encode(text[start:])


def load_vocabulary() -> None:
    """Load the vocabulary, a quarter of a second of processor time; meant for a thread.

    Raises:
        ConfigError: it is missing or damaged.
    """
    _encoding()


@cache
def _characters() -> bytes:
    """How many characters begin in each token, by its rank."""
    tokens = map(_encoding().decode_single_token_bytes, range(_ORDINARY_TOKENS))
    return bytes(len(token.translate(None, _CONTINUATION_BYTES)) for token in tokens)


@cache
def _encoding() -> tiktoken.Encoding:
    return load_encoding(resource("config", "vocabulary", "o200k_base.tiktoken"))


def load_encoding(path: Path) -> tiktoken.Encoding:
    """Build the o200k_base encoding from a vocabulary file: a line per token, its bytes in base64 and its rank.

    Raises:
        ConfigError: the file cannot be read, or is not the vocabulary that the encoding was defined with.
    """
    import tiktoken

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != VOCABULARY_SHA256:
        raise ConfigError(
            f"{path}: damaged: its SHA-256 is {digest}, expected {VOCABULARY_SHA256}; "
            "reinstall multilingual-news-summarizer"
        )
    tokens = map(binascii.a2b_base64, data.split()[::2])  # lines of token and rank, in the order of the ranks
    ranks = dict(zip(tokens, range(_ORDINARY_TOKENS), strict=True))
    return tiktoken.Encoding("o200k_base", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens=SPECIAL_TOKENS)
