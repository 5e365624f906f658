"""Which language of which version is published: by the checks, the policy of the source and what people say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from summarizer.job.changes import still_stands
from summarizer.job.edits import Edit, anchor, apply_edit
from summarizer.job.entries import ALL, Entry, Verdict, Version
from summarizer.job.handling import Handling, digest_of
from summarizer.pipeline import is_embargoed
from summarizer.publish import findings_of, languages_of
from summarizer.records import NewsSummary
from summarizer.verdicts import errors_in

# Errors that speak of this moment and not of the text: the article is done again. A model that gave no answer of use
# may give one then.
TRANSIENT = frozenset(
    {
        *("embargoed", "endpoint_refused", "endpoint_unavailable"),
        *("output_invalid", "output_truncated", "translator_failed"),
    }
)
# Errors of manner: the text is true, and the version before it is not made worse by them.
_STYLE = frozenset({"first_person", "glossary_ignored", "line_repeated", "markup_leaked", "saying_loaded"})
NO_EDIT = Edit()


class Ruling(NamedTuple):
    """What becomes of an article's last version: `summary` as people want it, a verdict and a reason by language."""

    summary: NewsSummary
    verdicts: Mapping[str, Verdict]
    reasons: Mapping[str, str]
    problems: tuple[str, ...] = ()


def rules_of(handling: Handling, edit: Edit | None, *, embargoed: bool) -> str:
    """What decides publication besides the version itself; a change of it means to decide again."""
    return digest_of(handling.policy, edit.fingerprint if edit else "", embargoed)


def anchored(entry: Entry, edit: Edit | None, version: Version) -> Entry:
    """The entry, knowing for which lines the edit was made and whether they have changed since."""
    if edit is None:
        return entry.model_copy(update={"edit": "", "anchor": "", "stale": False})
    now = anchor(version.summary)
    if entry.edit != edit.fingerprint:
        return entry.model_copy(update={"edit": edit.fingerprint, "anchor": now, "stale": False})
    return entry.model_copy(update={"stale": edit.touches_text and entry.anchor != now})


def as_edited(entry: Entry, edit: Edit | None, version: Version) -> NewsSummary:
    """A version as people want it; as it was made where their edit is for other lines."""
    if edit is None or anchor(version.summary) != entry.anchor:
        return version.whole
    return apply_edit(version.whole, edit).summary


def ruling(entry: Entry, version: Version, handling: Handling, edit: Edit | None) -> Ruling:
    """The verdicts on the last version of an article, whose entry `anchored` has seen."""
    problems: tuple[str, ...] = ()
    summary = version.whole
    if edit is not None and not entry.stale:
        summary, problems = apply_edit(version.whole, edit)
    verdicts: dict[str, Verdict] = {}
    reasons: dict[str, str] = {}
    for tag in languages_of(summary):
        verdicts[tag], reasons[tag] = _verdict(tag, summary, entry, version, (handling, edit or NO_EDIT))
    return Ruling(summary, verdicts, reasons, problems)


def _verdict(
    tag: str, summary: NewsSummary, entry: Entry, version: Version, rules: tuple[Handling, Edit]
) -> tuple[Verdict, str]:
    handling, edit = rules
    by_people = _by_people(tag, entry, handling, edit)
    if by_people is not None:
        return by_people
    held = summary.headline is None if tag == summary.language else summary.translations[tag].headline is None
    if held:
        return "held", ", ".join(dict.fromkeys(found.code for found in errors_in(findings_of(summary, tag))))
    if version.article is not None and is_embargoed(version.article):
        return "embargoed", version.article.embargoed_until or "the text says so"
    if entry.stale:
        return "review", "a sentence that it cites, or a line, changed since somebody edited or reviewed it"
    return ("publish", "") if edit.reviewed_by else _by_policy(tag, summary, version, handling)


def _by_people(tag: str, entry: Entry, handling: Handling, edit: Edit) -> tuple[Verdict, str] | None:
    """The verdict that people or the settings have spoken, whatever the text is; None where they have not."""
    taken = next((entry.withdrawn[each] for each in (ALL, tag) if each in entry.withdrawn), None)
    if taken is not None:
        return "withdrawn", taken.reason
    if edit.withdrawn:
        return "withdrawn", edit.reason
    if "never" in {edit.publish, handling.publish_for(tag)}:
        return "never", "the desk does not publish it"
    return None


def _by_policy(tag: str, summary: NewsSummary, version: Version, handling: Handling) -> tuple[Verdict, str]:
    if handling.publish_for(tag) == "review":
        return "review", "the source wants it"
    if any(found.code == "machine_gist" for found in findings_of(summary, tag)) and not handling.publish_gist:
        return "review", "machine_gist"
    word = handling.has_watched_word(_texts(tag, summary, version))
    return ("review", f"the word {word!r}") if word else ("publish", "")


def _texts(tag: str, summary: NewsSummary, version: Version) -> Iterator[str]:
    if version.article is not None:
        yield from (version.article.title or "", version.article.text)
    if tag == summary.language:
        yield from (summary.headline or "", *(bullet.text for bullet in summary.bullets))
    else:
        yield from (summary.translations[tag].headline or "", *summary.translations[tag].bullets)


def live_after(entry: Entry, version: Version, ruled: Ruling, earlier: Mapping[int, Version]) -> dict[str, int]:
    """Which version of each language is published from now on; `earlier` are the versions that were until now."""
    live = {tag: version.number for tag, verdict in ruled.verdicts.items() if verdict == "publish"}
    for tag, number in entry.live.items():
        before = earlier.get(number)
        if tag in live or before is None or number == version.number:
            continue
        if tag in entry.withdrawn or entry.is_withdrawn:
            continue
        if _may_stay(tag, before, version, ruled):
            live[tag] = number
    return live


def _may_stay(tag: str, before: Version, version: Version, ruled: Ruling) -> bool:
    """Whether an earlier text in a language may stay although the last version has none that is published.

    It may after an outage or for a matter of style, and while a person has to look, as long as the article still has
    every sentence that it cites. A page that is no article any more, such as an error page, takes nothing away.
    """
    verdict = ruled.verdicts.get(tag)
    if verdict in {"withdrawn", "never", "embargoed"}:
        return False
    if version.article is not None and version.article.not_news is not None:
        return True
    if verdict is None:  # not asked for any more
        return (before.summary.headline, before.summary.bullets) == (version.summary.headline, version.summary.bullets)
    if version.article is None or not still_stands(before.summary, version.article):
        return False
    return verdict == "review" or _codes(tag, version) <= TRANSIENT - {"embargoed"} | _STYLE


def _codes(tag: str, version: Version) -> set[str]:
    """The codes that hold a language; where that is only the source's fault, those of the source."""
    summary = version.summary
    codes = {found.code for found in errors_in(findings_of(summary, tag))}
    if "source_held" in codes:
        codes = codes - {"source_held"} | {found.code for found in errors_in(summary.findings)}
    return codes
