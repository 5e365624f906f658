"""How the articles of one source are handled: the source's own settings, and the job's where it has none."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from summarizer.errors import ConfigError
from summarizer.languages import fallbacks, parse_tag
from summarizer.pipeline import parse_tags
from summarizer.settings import JobSettings, Publish, SourceSettings


@dataclass(frozen=True)
class Handling:
    """What is done with the articles of a source; `name` is "" for the one folder of a job without sources."""

    origin: SourceSettings
    name: str
    to: tuple[str, ...]
    language: str | None
    publish: tuple[tuple[str, Publish], ...]
    publish_gist: bool
    review_when: tuple[str, ...]
    prepare: bool
    settle_minutes: float

    @property
    def policy(self) -> str:
        """What changes when the rules of publication change."""
        return json.dumps([self.publish, self.publish_gist, self.review_when])

    def publish_for(self, tag: str) -> Publish:
        """The rule for a language: its own, that of a more general tag, else the default."""
        rules = dict(self.publish)
        return next((rules[known] for known in fallbacks(tag) if known in rules), rules["default"])

    def has_watched_word(self, texts: Iterable[str]) -> str | None:
        """The first word of `review_when` in these texts, None where there is none."""
        if self._watched is None:
            return None
        return next((match[0] for text in texts if (match := self._watched.search(text))), None)

    @cached_property
    def _watched(self) -> re.Pattern[str] | None:
        words = [re.escape(word).replace(r"\*", r"\w*") for word in self.review_when]
        return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if words else None


def handlings(settings: JobSettings, folder: Path | None, to: tuple[str, ...], language: str | None) -> list[Handling]:
    """How each source is handled; `folder`, where it is given, is the only one. `to` and `language` are the job's own.

    Raises:
        ConfigError: there is no source, or a rule is for no language.
        InputError: a tag is no language.
    """
    if folder is not None:
        return [_handling(settings, SourceSettings.model_construct(name="", folder=folder), to, language)]
    if not settings.source:
        raise ConfigError("--in: name a folder, or set job.input or [[job.source]] in the settings file")
    return [_handling(settings, source, to, language) for source in settings.source]


def _handling(job: JobSettings, source: SourceSettings, to: tuple[str, ...], language: str | None) -> Handling:
    chosen = source.publish or job.publish
    rules = {"default": chosen} if isinstance(chosen, str) else {"default": "auto", **chosen}
    given = source.language or language
    return Handling(
        origin=source,
        name=source.name,
        to=parse_tags(to if source.to is None else source.to),
        language=None if given is None else parse_tag(given),
        publish=tuple(sorted((tag if tag == "default" else parse_tag(tag), rule) for tag, rule in rules.items())),
        publish_gist=job.publish_gist if source.publish_gist is None else source.publish_gist,
        review_when=job.review_when if source.review_when is None else source.review_when,
        prepare=job.prepare if source.prepare is None else source.prepare,
        settle_minutes=job.settle_minutes if source.settle_minutes is None else source.settle_minutes,
    )


def digest_of(*parts: object) -> str:
    """The SHA-256 of values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
