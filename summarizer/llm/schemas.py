"""The answers that prompts ask for: small models of the wire, never the public records.

Strict `json_schema` modes want a root object, every field required, no defaults, no free-form dictionaries and little
nesting; lengths and ranges are checked by us, because endpoints do not support them alike. Sentence numbers are 1-based
and global to the article; note numbers are those of `<notes>`; line 0 is the headline, line 1 the first bullet.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """An answer or a part of one; unknown fields are errors, which strict schemas state and we check again."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class BulletWire(Wire):
    """One bullet and the sentences that carry it."""

    text: str
    sentences: list[int]


class DraftWire(Wire):
    """A headline and bullets in the article's language; for `not_news` a reason, and all else empty."""

    kind: Literal["news", "not_news"]
    reason: str
    headline: str
    headline_sentences: list[int]
    bullets: list[BulletWire]
    names: list[str]


class NoteWire(Wire):
    """One claim of a part of the article and the sentences that carry it."""

    claim: str
    sentences: list[int]


class NotesWire(Wire):
    """The notes on one part of an article."""

    notes: list[NoteWire]


class MergeWire(Wire):
    """The numbers of the chosen notes, the most newsworthy first."""

    notes: list[int]


class NameWire(Wire):
    """A name as the draft writes it, and its form in the target language."""

    source: str
    target: str


class TranslationWire(Wire):
    """The draft in one more language; `language` repeats the tag that was asked for."""

    language: str
    headline: str
    bullets: list[str]
    names: list[NameWire]


class PackedWire(Wire):
    """The draft in several languages, by one call."""

    translations: list[TranslationWire]


class RepairedLineWire(Wire):
    """One line of a draft, written again, and the sentences that carry it."""

    line: int
    text: str
    sentences: list[int]


class RepairWire(Wire):
    """The failing lines of a draft, written again, and no others."""

    lines: list[RepairedLineWire]


class TranslatedLineWire(Wire):
    """One line of a translation, written again."""

    line: int
    text: str


class RepairTranslationWire(Wire):
    """The failing lines of a translation, written again, and no others."""

    lines: list[TranslatedLineWire]


class HeadlineWire(Wire):
    """A shorter headline."""

    headline: str


SCHEMAS: dict[str, type[Wire]] = {
    schema.__name__: schema
    for schema in (
        DraftWire,
        NotesWire,
        MergeWire,
        TranslationWire,
        PackedWire,
        RepairWire,
        RepairTranslationWire,
        HeadlineWire,
    )
}
