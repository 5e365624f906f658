"""What a job has published, for those who write it in other forms: no SQL, no files to read, no lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from summarizer.job.decisions import as_edited
from summarizer.job.edits import Edit, read_edits
from summarizer.job.entries import ALL, Entry, Update, Verdict, Withdrawal
from summarizer.job.ledger import Ledger, read_ledger
from summarizer.job.pages import history_lines
from summarizer.records import NewsSummary


@dataclass(frozen=True)
class Published:
    """One article that is or was published; times are RFC 3339.

    `languages` has, for each published language, the summary that its text stands in, as people want it: for the
    article's own language the headline and bullets, for another one `translations[tag]`. Two languages may come
    from two revisions, because an earlier text may stay; `summary.article.revision` says which. `dated` says when
    the text of each language that was ever published was last written or taken away: one that is not in `languages`
    is not there any more, for good where `withdrawn` has it or `*` for all, else until it is right. `reviewed_by`
    who has looked at it, None where nobody has; `source` the name of its source in the settings, "" for a job that
    has none. `near` are the keys of other articles that tell the same story in nearly the same words. `updates` are
    in the order in which they happened.
    """

    key: str
    folder: str
    source: str
    revision: int
    first_published: str
    updated: str
    languages: Mapping[str, NewsSummary]
    dated: Mapping[str, str]
    withdrawn: Mapping[str, Withdrawal]
    updates: tuple[Update, ...]
    reviewed_by: str | None
    near: tuple[str, ...]

    def history(self, language: str) -> list[str]:
        """What a page in a published language says of updates and corrections, the latest first."""
        return history_lines(self.updates, language, self.languages[language])


def published_articles(output: Path, edits: Path | None = None) -> Iterator[Published]:
    """Every article of an output folder that was ever published, by folder; `edits` is the file of the settings.

    What is held, under embargo or in review is not among them, nor is its text; an article that was taken back is, with
    no language left.

    Raises:
        ConfigError: no job has written there, or the ledger or the edits cannot be used.
    """
    people = read_edits(edits)
    with read_ledger(output) as ledger:
        for entry in ledger.entries():
            edit = people.get(entry.key)
            if entry.first_published is not None:
                yield _published(entry, edit, _texts(ledger, entry, edit))


@dataclass(frozen=True)
class Decided:
    """The last version of an article as the desk sees it: what was decided on each language, why, and all its lines.

    `summary` is as people want it, and carries its held lines; `stale` says that an edit or a review was made for other
    lines, `problems` what an edit asked for in vain, `state` is `gone` where the source shows the article no more.
    """

    key: str
    folder: str
    state: str
    reason: str
    title: str
    summary: NewsSummary
    verdicts: Mapping[str, Verdict]
    reasons: Mapping[str, str]
    stale: bool
    problems: tuple[str, ...]


def decided_articles(output: Path, edits: Path | None = None) -> Iterator[Decided]:
    """Every article of an output folder that was summarised, by folder, for the eyes of the desk alone.

    Raises:
        ConfigError: no job has written there, or the ledger or the edits cannot be used.
    """
    people = read_edits(edits)
    with read_ledger(output) as ledger:
        for entry in ledger.entries():
            version = ledger.version(entry.key, entry.version) if entry.version else None
            if version is None:
                continue
            summary = as_edited(entry, people.get(entry.key), version)
            yield Decided(
                key=entry.key,
                folder=entry.folder,
                state=entry.state,
                reason=entry.reason,
                title=summary.article.title or summary.headline or entry.key,
                summary=summary,
                verdicts=entry.verdicts,
                reasons=entry.reasons,
                stale=entry.stale,
                problems=entry.problems,
            )


def _texts(ledger: Ledger, entry: Entry, edit: Edit | None) -> dict[str, NewsSummary]:
    versions = {number: ledger.version(entry.key, number) for number in set(entry.live.values())}
    return {
        tag: as_edited(entry, edit, version)
        for tag, number in entry.live.items()
        if (version := versions[number]) is not None
    }


def _published(entry: Entry, edit: Edit | None, texts: dict[str, NewsSummary]) -> Published:
    withdrawn = dict(entry.withdrawn)
    if edit is not None and edit.withdrawn:
        withdrawn.setdefault(ALL, Withdrawal(time=entry.updated or "", reason=edit.reason))
    return Published(
        key=entry.key,
        folder=entry.folder,
        source=entry.source,
        revision=max(1, entry.revision),
        first_published=entry.first_published or "",
        updated=entry.updated or entry.first_published or "",
        languages=texts,
        dated=entry.dated,
        withdrawn=withdrawn,
        updates=entry.updates,
        reviewed_by=edit.reviewed_by if edit is not None and not entry.stale else None,
        near=entry.near,
    )
