"""What a summary that somebody submits comes down to: a headline and bullets in one language."""

from __future__ import annotations

from typing import NamedTuple

from summarizer.articles.lines import is_dense, is_finished
from summarizer.errors import InputError
from summarizer.identify import identify
from summarizer.languages import language_called
from summarizer.sentences import split_sentences

# Words that may claim something; fewer are a label, as of a heading, or the value of a field.
_FEW_WORDS = 3


class SubmittedLine(NamedTuple):
    """A line, and the numbers of the sentences that it says it comes from."""

    text: str
    sentences: tuple[int, ...] = ()


class Submitted(NamedTuple):
    """A headline and bullets in one language; `language` is what the file says, None where it says nothing."""

    headline: SubmittedLine | None
    bullets: tuple[SubmittedLine, ...]
    language: str | None = None

    @property
    def lines(self) -> tuple[SubmittedLine, ...]:
        """The headline, if there is one, and the bullets."""
        return (() if self.headline is None else (self.headline,)) + self.bullets

    @property
    def text(self) -> str:
        """All its lines."""
        return "\n".join(line.text for line in self.lines)

    @property
    def spoken(self) -> str:
        """The tag of its language: what the file says, else what it is written in."""
        return self.language or identify(self.text).tag


def spoken_in(name: str | None, source: str) -> str | None:
    """The canonical tag of a language that a file names; None where it names none.

    Raises:
        InputError: there is no such language.
    """
    if not name or not name.strip():
        return None
    try:
        return language_called(name)
    except InputError as error:
        expected = "expected a tag such as de, or the name of a language"
        raise InputError(source, f'the language is "{name}": {error.reason}; {expected}') from None


def sentences_of(text: str) -> list[str]:
    """The sentences of a running text."""
    return [text[start:end] for start, end in split_sentences(text, identify(text).tag)]


def may_claim(text: str) -> bool:
    """Whether a text is more than a label or a value: a sentence, or several words."""
    return is_finished(text) or is_dense(text) or len(text.split()) >= _FEW_WORDS
