"""Headlines that are too long: asked for once more in fewer words, and kept as they are where those lose something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from summarizer.engines import NO_WORK, Engine, Shortened, Translated, Work
from summarizer.errors import EndpointError
from summarizer.inflection import is_written
from summarizer.languages import columns, facts
from summarizer.records import Article, Draft, Finding
from summarizer.verdicts import Judge, errors_in

_TOO_LONG = "headline_long"
_FIGURE = re.compile(r"\d+")


class _Headline(NamedTuple):
    """A headline with what the checks find in the text that it stands on."""

    text: str
    findings: Sequence[Finding]

    @property
    def is_long(self) -> bool:
        """Whether its length is to be mended; a text that is held needs other things first."""
        return any(found.code == _TOO_LONG for found in self.findings) and not errors_in(self.findings)


async def with_shorter_headline(engine: Engine, article: Article, draft: Draft, judge: Judge) -> tuple[Draft, Work]:
    """The draft with a shorter headline where its own was too long and the shorter one loses nothing."""
    before = _Headline(draft.headline, judge.draft(draft, article))
    shortened = await engine.shorten(article, draft, draft.headline, draft.language) if before.is_long else None
    if shortened is None or shortened.headline is None:
        return draft, _work(shortened)
    shorter = draft.model_copy(update={"headline": shortened.headline})
    after = _Headline(shorter.headline, judge.draft(shorter, article))
    better = _is_better(after, before, draft.language, draft.names, judge.names.headline_max)
    return shorter if better else draft, shortened.work


async def with_shorter_translated_headline(
    engine: Engine, article: Article, draft: Draft, translated: Translated, judge: Judge
) -> Translated:
    """The translation with a shorter headline, as for a draft; an endpoint that is down leaves the long one."""
    translation, language = translated.translation, translated.translation.language
    before = _Headline(translation.headline or "", judge.translation(draft, translation))
    if not before.is_long:
        return translated
    try:
        shortened = await engine.shorten(article, draft, before.text, language, names=translated.names)
    except EndpointError as error:
        return translated._replace(work=translated.work + Work.in_vain(error))
    worked = translated._replace(work=translated.work + _work(shortened))
    if shortened is None or shortened.headline is None:
        return worked
    shorter = translation.model_copy(update={"headline": shortened.headline})
    after = _Headline(shortened.headline, judge.translation(draft, shorter))
    forms = [form for _, form in translated.names]
    better = _is_better(after, before, language, forms, judge.names.headline_max)
    return worked._replace(translation=shorter) if better else worked


def _work(shortened: Shortened | None) -> Work:
    return NO_WORK if shortened is None else shortened.work


def _is_better(
    after: _Headline, before: _Headline, language: str, names: Iterable[str], headline_max: int | None
) -> bool:
    """Whether a shorter headline is still a whole one: its figures and names are the same, and nothing new is found.

    `headline_max` is the house's own limit in columns.
    """
    target = (facts(language, "headline") or facts("en", "headline"))["target"]
    least = min(target, headline_max or target) / 2
    return (
        least <= columns(after.text) < columns(before.text)
        and set(_FIGURE.findall(after.text)) == set(_FIGURE.findall(before.text))
        and all(is_written(name, after.text, language) for name in names if is_written(name, before.text, language))
        and {found.code for found in after.findings} <= {found.code for found in before.findings}
    )
