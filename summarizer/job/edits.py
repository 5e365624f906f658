"""`edits.toml`: what people changed, keyed by article; it outranks whatever wrote the summary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, StringConstraints, ValidationError

from summarizer.errors import ConfigError, InputError
from summarizer.languages import parse_tag
from summarizer.records import Bullet, Candidate, Finding, NewsSummary, Record, bullet_place, line_of
from summarizer.resources import read_toml

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class LineEdits(Record):
    """Lines of one language; bullets are counted from 1, as the page shows them before any is dropped."""

    headline: _Line | None = None
    bullets: Mapping[Annotated[int, Field(ge=1)], _Line] = {}


class Edit(Record):
    """What people say about one article; `languages` holds the tables of the tags."""

    drop_bullets: tuple[Annotated[int, Field(ge=1)], ...] = ()
    publish: Literal["auto", "never"] = "auto"
    withdrawn: bool = False
    reason: str = ""
    reviewed_by: _Line | None = None
    correction: _Line | None = None
    languages: Mapping[str, LineEdits] = {}

    @property
    def fingerprint(self) -> str:
        """What changes when somebody changes this."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def touches_text(self) -> bool:
        """Whether it speaks of lines, or of a review of lines, which other lines would make stale."""
        return bool(self.drop_bullets or self.languages or self.reviewed_by)


def read_edits(file: Path | None) -> Mapping[str, Edit]:
    """The edits by article key; none without a file.

    Raises:
        ConfigError: the file cannot be read, or says what no edit is; the message names article and key.
    """
    if file is None:
        return {}
    return {key: _edit(file, key, table) for key, table in read_toml(file).items()}


def _edit(file: Path, key: str, table: object) -> Edit:
    if not isinstance(table, dict):
        raise ConfigError(f'{file}: {key}: expected a table ["KEY OF AN ARTICLE"]')
    fields = {name: value for name, value in table.items() if name in Edit.model_fields and name != "languages"}
    languages: dict[str, object] = {}
    for name, value in table.items():
        if name not in fields:
            try:
                languages[parse_tag(name)] = value
            except InputError:
                known = ", ".join(field for field in Edit.model_fields if field != "languages")
                raise ConfigError(f"{file}: {key}: {name}: expected a table of a language, or one of {known}") from None
    try:
        return Edit.model_validate({**fields, "languages": languages})
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise ConfigError(f"{file}: {key}: {places}") from None


class Applied(NamedTuple):
    """A summary as people want it, and what of their edits found no line."""

    summary: NewsSummary
    problems: tuple[str, ...]


def apply_edit(summary: NewsSummary, edit: Edit) -> Applied:
    """The summary with the edits of people; a held language is freed where all its failing lines were written anew.

    Bullets are dropped in every language, because they stand for each other.
    """
    edited, problems = list[str](), list[str]()
    changed = summary
    for tag, lines in edit.languages.items():
        known = summary.language == tag or tag in summary.translations
        wanted = [number for number in lines.bullets if number > _bullet_count(summary, tag)]
        if not known or wanted:
            problems.append(
                f"{tag}: " + (f"there is no bullet {wanted[0]}" if known else "the article has no such text")
            )
            continue
        after = _with_lines(changed, tag, lines)
        if after is None:
            problems.append(f"{tag}: is held, and not every failing line was written anew")
            continue
        changed = after
        prefix = "" if tag == summary.language else f"{tag}."
        edited += [f"{prefix}headline"] if lines.headline else []
        edited += [f"{prefix}{bullet_place(number - 1)}" for number in sorted(lines.bullets)]
    count = len(changed.bullets)
    drop = {number for number in edit.drop_bullets if number <= count}
    problems += [f"there is no bullet {number} to drop" for number in edit.drop_bullets if number > count]
    if drop and len(drop) < count:
        changed = _without_bullets(changed, drop)
        edited.append("drop_bullets")
    elif drop:
        problems.append('drop_bullets would leave no bullet; use publish = "never"')
    changed = changed.model_copy(update={"edited": tuple(edited), "review": edit.reviewed_by})
    return Applied(changed.with_held(summary.held), tuple(problems))


def _bullet_count(summary: NewsSummary, tag: str) -> int:
    held = summary.held.get(tag)
    if held is not None:
        return len(held.bullets)
    return len(summary.bullets) if tag == summary.language else len(summary.translations[tag].bullets)


def _with_lines(summary: NewsSummary, tag: str, lines: LineEdits) -> NewsSummary | None:
    """The summary with these lines; None where the language stays held."""
    if tag == summary.language:
        return _with_own_lines(summary, lines)
    translation = summary.translations[tag]
    findings = tuple(_left(translation.findings, lines))
    if any(found.severity == "error" for found in findings):
        return None
    before = summary.held.get(tag) or Candidate(headline=translation.headline, bullets=translation.bullets)
    if before.headline is None and lines.headline is None:
        return None
    update = {
        "headline": lines.headline or before.headline,
        "bullets": tuple(lines.bullets.get(number, text) for number, text in enumerate(before.bullets, 1)),
        "status": "flagged" if findings else "ok",
        "findings": findings,
    }
    after = {**summary.translations, tag: translation.model_copy(update=update)}
    return summary.model_copy(update={"translations": after}).with_held(summary.held)


def _with_own_lines(summary: NewsSummary, lines: LineEdits) -> NewsSummary | None:
    if summary.headline is None:  # the evidence of a held draft is not kept, so nothing could be traced
        return None
    bullets = tuple(
        Bullet(text=lines.bullets.get(number, bullet.text), evidence=bullet.evidence)
        for number, bullet in enumerate(summary.bullets, 1)
    )
    update = {"headline": lines.headline or summary.headline, "bullets": bullets}
    return summary.model_copy(update={**update, "findings": tuple(_left(summary.findings, lines))}).with_held(
        summary.held
    )


def _left(findings: tuple[Finding, ...], lines: LineEdits) -> Iterator[Finding]:
    """The findings about lines that nobody wrote anew."""
    for found in findings:
        line = line_of(found.where)
        if not (line == 0 and lines.headline) and not (line and line in lines.bullets):
            yield found


def _without_bullets(summary: NewsSummary, drop: set[int]) -> NewsSummary:
    def kept(lines: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(line for number, line in enumerate(lines, 1) if number not in drop)

    translations = {
        tag: each if each.headline is None else each.model_copy(update={"bullets": kept(each.bullets)})
        for tag, each in summary.translations.items()
    }
    update = {"bullets": kept(summary.bullets), "translations": translations}
    return summary.model_copy(update=update).with_held(summary.held)


def anchor(summary: NewsSummary) -> str:
    """What an edit was made for: the lines of the article's own language and the sentences that they cite."""
    lines = [summary.headline, [(bullet.text, [e.text for e in bullet.evidence]) for bullet in summary.bullets]]
    cited = [e.text for e in summary.headline_evidence]
    return hashlib.sha256(json.dumps([lines, cited], ensure_ascii=False).encode()).hexdigest()
