"""House style: the newsroom's own files, `<folder>/<tag>.toml`, which outrank what a model prefers.

A file speaks of texts *in* its language: `[prefer]` has source forms of any language with our form, or a list of our
form and others that count; `[keep] terms` stay letter by letter; `[avoid]` has words with what to write instead;
`[style]` overrides the facts of the language. A variety inherits from its parent, as language facts do, entry by entry.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from babel import Locale, UnknownLocaleError
from pydantic import BeforeValidator, Field, Strict, StringConstraints, ValidationError, model_validator

from summarizer.errors import ConfigError, InputError
from summarizer.inflection import terms_in, word_in
from summarizer.languages import fallbacks, parse_tag
from summarizer.records import Article, Draft, NameTable, Record
from summarizer.resources import read_toml

# The digits that CLDR's codes of numbering systems stand for, by the Unicode name of their zero.
_ZEROS = {
    "arab": "ARABIC-INDIC", "arabext": "EXTENDED ARABIC-INDIC", "beng": "BENGALI", "deva": "DEVANAGARI",
    "gujr": "GUJARATI", "guru": "GURMUKHI", "khmr": "KHMER", "knda": "KANNADA", "laoo": "LAO", "mlym": "MALAYALAM",
    "mymr": "MYANMAR", "orya": "ORIYA", "tamldec": "TAMIL", "telu": "TELUGU", "thai": "THAI", "tibt": "TIBETAN",
}  # fmt: skip


_MESSAGES = {
    "dict_type": "expected a table",
    "int_type": "expected a whole number of columns",
    "missing": "is missing",
    "model_type": "expected a table",
    "string_pattern_mismatch": "expected two quotation marks, or four with those inside quotations, such as „ “ ‚ ‘",
    "string_too_short": "is empty; expected a text",
    "string_type": "expected a text; a name with a dot or a space stands in quotes",
    "too_short": "is empty; expected a text",
    "tuple_type": "expected a list of texts; a name with a dot or a space stands in quotes",
}


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Text = Annotated[str, Strict(), StringConstraints(strip_whitespace=True, min_length=1)]
_Forms = Annotated[tuple[_Text, ...], BeforeValidator(_listed), Field(min_length=1)]


class Style(Record):
    """How a house writes numbers, quotations and headlines; None = as the facts of the language say.

    `thousands` and `decimals` are separators, `none` is no separator; `quotes` are an opening and a closing mark, and
    perhaps those inside quotations; `headline_max` is in columns, of which a Chinese, Japanese or Korean character
    takes two.
    """

    thousands: Literal[".", ",", " ", "\u00a0", "\u202f", "'", "’", "٬", "none"] | None = None
    decimals: Literal[".", ",", "٫"] | None = None
    quotes: Annotated[str, Strict(), Field(pattern=r"^\s*([^\w\s]\s*[^\w\s]\s*){1,2}$")] | None = None
    digits: Literal["western", "native"] | None = None
    headline_max: Annotated[int, Strict(), Field(ge=10)] | None = None

    @model_validator(mode="after")
    def _separators_differ(self) -> Self:
        if self.thousands is not None and self.thousands == self.decimals:
            raise ValueError("thousands and decimals are the same mark, so 1.200 could be two numbers")
        return self


NO_STYLE = Style()


class _Keep(Record):
    terms: tuple[_Text, ...]


class Glossary(Record):
    """The house style for texts in one language; the first of the forms of a term is ours, the others count too."""

    prefer: Mapping[_Text, _Forms] = {}
    keep: _Keep = _Keep(terms=())
    avoid: Mapping[_Text, _Text] = {}
    style: Style = NO_STYLE

    @model_validator(mode="after")
    def _terms_have_one_rule(self) -> Self:
        if both := sorted(set(self.prefer) & set(self.keep.terms)):
            raise ValueError(f'"{both[0]}" stands in prefer and in keep')
        return self

    def over(self, parent: Glossary) -> Glossary:
        """Both together; where they differ, the parent gives way."""
        kept = [term for term in parent.keep.terms if term not in self.prefer]
        prefer = {source: forms for source, forms in parent.prefer.items() if source not in self.keep.terms}
        own_style = self.style.model_dump(exclude_none=True)
        return Glossary(
            prefer=prefer | dict(self.prefer),
            keep=_Keep(terms=tuple(dict.fromkeys([*kept, *self.keep.terms]))),
            avoid=dict(parent.avoid) | dict(self.avoid),
            style=parent.style.model_copy(update=own_style),
        )


class HouseStyle:
    """The glossaries of a newsroom by language tag; empty where there is none."""

    def __init__(self, glossaries: Mapping[str, Glossary] | None = None) -> None:
        self._own = dict(glossaries or {})
        self._inherited: dict[str, Glossary] = {}

    @classmethod
    def load(cls, folder: Path | None) -> Self:
        """The files of a folder; None = no house style.

        Hidden files and files named README are passed over.

        Raises:
            ConfigError: the folder cannot be read, or a file is not named by a language tag, not TOML, or has a key or
                value that is not expected; the message names file and key.
        """
        return cls({} if folder is None else dict(map(_read, _files(folder))))

    def of(self, tag: str) -> Glossary:
        """What holds for texts in a language, its parents' entries included."""
        if tag not in self._inherited:
            glossary = Glossary()
            for parent in reversed(fallbacks(tag)):
                if parent in self._own:
                    glossary = self._own[parent].over(glossary)
            self._inherited[tag] = glossary
        return self._inherited[tag]

    def for_draft(self, article: Article) -> NameTable:
        """What holds for a summary of this article in its own language: terms to keep and words to avoid.

        `prefer` is for what comes from other languages.
        """
        text = f"{article.title or ''}\n{article.text}"
        return self._table(self.of(article.language), text, article.language).model_copy(update={"prefer": ()})

    def for_translation(self, draft: Draft, tag: str) -> NameTable:
        """What holds for a translation of this draft: the terms that stand in it or in the sentences that it cites."""
        cited = (*draft.headline_evidence, *(passage for bullet in draft.bullets for passage in bullet.evidence))
        sentences = dict.fromkeys(passage.text for passage in cited)
        text = "\n".join([*draft.lines, *sentences])
        return self._table(self.of(tag), text, draft.language)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """`sha256:…` of what each file says, by tag, sorted; comments and layout do not count."""
        return {tag: _digest(glossary.model_dump(mode="json")) for tag, glossary in sorted(self._own.items())}

    @property
    def fingerprint(self) -> str:
        """One digest of all files; empty where there is none."""
        return _digest(dict(self.digests)) if self._own else ""

    @staticmethod
    def _table(glossary: Glossary, text: str, language: str) -> NameTable:
        found, _ = terms_in(text, {*glossary.prefer, *glossary.keep.terms}, language)
        prefer = ((source, form) for source, forms in glossary.prefer.items() if source in found for form in forms)
        return NameTable(
            prefer=tuple(prefer),
            keep=tuple(term for term in glossary.keep.terms if term in found),
            avoid=tuple(glossary.avoid.items()),
            headline_max=glossary.style.headline_max,
        )


NO_HOUSE_STYLE = HouseStyle()


def avoided_in(text: str, avoid: Iterable[tuple[str, str]], language: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a word to avoid and what to write instead whose word stands in a text."""
    return tuple(pair for pair in avoid if word_in(pair[0], text, language))


def native_digits(tag: str) -> str | None:
    """The ten digits of a language's own, from zero; None where they are those of the West, or no digits by place.

    Source: CLDR's native numbering systems.
    """
    try:
        code = Locale.parse(tag, sep="-").other_numbering_systems.get("native", "")
    except (UnknownLocaleError, ValueError):
        return None
    if code not in _ZEROS:
        return None
    zero = ord(unicodedata.lookup(f"{_ZEROS[code]} DIGIT ZERO"))
    return "".join(map(chr, range(zero, zero + 10)))


def _files(folder: Path) -> list[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise ConfigError(f"glossary.folder: {folder}: cannot be read: {error.strerror}") from None
    return [path for path in paths if not path.name.startswith(".") and path.stem.lower() != "readme"]


def _read(path: Path) -> tuple[str, Glossary]:
    """The tag that a file is named by, and what it says."""
    if path.suffix != ".toml":
        raise ConfigError(f"{path}: expected files named by language, such as de.toml or pt-BR.toml")
    try:
        tag = parse_tag(path.stem)
    except InputError as error:
        raise ConfigError(f"{path}: expected a language tag as its name: {error.reason}") from None
    if tag != path.stem:
        raise ConfigError(f"{path}: expected {tag}.toml, the usual tag of this language")
    try:
        glossary = Glossary.model_validate(read_toml(path))
    except ValidationError as error:
        raise ConfigError(f"{path}: {_explain(error)}") from None
    if mistake := _misfit(glossary.style, tag):
        raise ConfigError(f"{path}: {mistake}")
    return tag, glossary


def _misfit(style: Style, tag: str) -> str | None:
    """What in a style does not go together with the language."""
    if style.digits == "native" and native_digits(tag) is None:
        return "style.digits: this language has no digits of its own; expected western"
    if style.thousands or style.decimals:
        thousands, decimals = _separators(tag)
        if (style.thousands or thousands) == (style.decimals or decimals):
            return "style: thousands and decimals would be the same mark; expected both keys"
    return None


def _separators(tag: str) -> tuple[str, str]:
    """The separators of thousands and decimals that CLDR has for a language; empty where it has none."""
    try:
        symbols = Locale.parse(tag, sep="-").number_symbols["latn"]
    except (UnknownLocaleError, ValueError, KeyError):
        return "", "?"
    return symbols["group"], symbols["decimal"]


def _explain(error: ValidationError) -> str:
    """Key and expectation of each mistake."""
    lines = []
    for mistake in error.errors(include_input=False, include_url=False):
        key = ".".join(str(part) for part in mistake["loc"] if part != "[key]")
        message = _MESSAGES.get(mistake["type"], mistake["msg"].removeprefix("Value error, "))
        if mistake["type"] == "extra_forbidden":
            message = f"no such key; expected {', '.join(_expected(mistake['loc']))}"
        message = message.replace("Input should be", "expected")
        lines.append(f"{key}: {message}" if key else message)
    return "; ".join(lines)


def _expected(place: tuple[int | str, ...]) -> Iterable[str]:
    tables: Mapping[str, type[Record]] = {"keep": _Keep, "style": Style}
    return tables[str(place[0])].model_fields if len(place) > 1 else Glossary.model_fields


def _digest(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"
