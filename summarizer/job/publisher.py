"""Carries decisions out: takes a new version in, applies what people say, and brings the files up to date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from summarizer.errors import ConfigError
from summarizer.job.changes import changed_figures
from summarizer.job.decisions import Ruling, anchored, as_edited, live_after, rules_of, ruling
from summarizer.job.edits import Edit
from summarizer.job.entries import Entry, Update, Version
from summarizer.job.filing import Plan, plan
from summarizer.job.handling import Handling
from summarizer.job.ledger import Ledger
from summarizer.job.pages import desk_files, public_files
from summarizer.job.similar import is_near, simhash
from summarizer.pipeline import has_lifted, is_embargoed
from summarizer.records import Article, NewsSummary

_REPLACED = "replaced"
_MOST_NEAR = 20


class Publisher:
    """Writes the public folder and the desk's, and keeps the ledger in step; for one run at a time."""

    def __init__(self, ledger: Ledger, output: Path, desk: Path, edits: Mapping[str, Edit]) -> None:
        self._ledger = ledger
        self._output = output
        self._desk = desk
        self._edits = edits
        self.foreign: set[str] = set()
        self.problems: list[str] = []

    def adopt(self, entry: Entry, article: Article, summary: NewsSummary, handling: Handling, content: str) -> Ruling:
        """Take in a summary that was just made, decide what is published of it, and write that.

        `entry` knows digest, recipe and state; `content` is what other articles may share it by, "" for none.

        Raises:
            ConfigError: a folder cannot be written.
        """
        version = Version(number=entry.version + 1, article=article, summary=summary, held=summary.held)
        before = self._ledger.version(entry.key, entry.version) if entry.version else None
        lift = (article.embargoed_until or "") if is_embargoed(article) else None
        fingerprint = simhash(article.text)
        near = [key for key, other in self._ledger.simhashes() if key != entry.key and is_near(fingerprint, other)]
        entry = entry.model_copy(
            update={
                "version": version.number,
                "made": entry.digest,
                "revision": article.revision,
                "lift": lift,
                "near": tuple(near[:_MOST_NEAR]),
                "seen": "",
                "seen_at": None,
            }
        )
        entry, ruled = self._decided(entry, version, handling, before)
        entry, plans = self._planned(entry, version, ruled)
        self._ledger.record_version(entry, version, content=content, simhash=fingerprint)
        self._link(entry.key, near[:_MOST_NEAR])
        self._carry_out(entry, plans)
        return ruled

    def settle(self, entry: Entry, handling: Handling) -> Ruling | None:
        """Decide again about the last version, and bring the files up to date; None where there is no version.

        Of an article that was withdrawn, which is final, no text is kept.

        Raises:
            ConfigError: a folder cannot be written.
        """
        version = self._ledger.version(entry.key, entry.version) if entry.version else None
        if version is None:
            return None
        entry, ruled = self._decided(entry, version, handling, None)
        entry, plans = self._planned(entry, version, ruled)
        self._ledger.record(entry)
        self._carry_out(entry, plans)
        if entry.is_withdrawn:
            self._ledger.erase(self._ledger.entry(entry.key) or entry)
        return ruled

    def note_edits_of_nothing(self) -> None:
        """Note the edits whose key no article has, which a slip of the pen leaves."""
        unknown = (key for key in self._edits if self._ledger.entry(key) is None)
        self.problems += [f"{key}: no article has this key" for key in unknown]

    def is_settled(self, entry: Entry, handling: Handling) -> bool:
        """Whether nothing that decides publication has changed since it was decided."""
        if entry.pending or not entry.version:
            return not entry.pending
        if entry.is_withdrawn:  # before its text had to go
            return False
        edit = self._edits.get(entry.key)
        if not entry.rules:  # published by an earlier release
            return edit is None and not entry.withdrawn
        return entry.rules == rules_of(handling, edit, embargoed=_stands(entry.lift))

    def files_are_there(self, entry: Entry) -> bool:
        """Whether no file of an article is missing."""
        homes = ((self._output, entry.files), (self._desk, entry.desk))
        return all((home / entry.folder / name).exists() for home, names in homes for name in names)

    def _decided(
        self, entry: Entry, version: Version, handling: Handling, before: Version | None
    ) -> tuple[Entry, Ruling]:
        """The entry with what is published from now on; `before` is the version that this one follows, if any."""
        edit = self._edits.get(entry.key)
        entry = anchored(entry, edit, version)
        ruled = ruling(entry, version, handling, edit)
        self.problems += [f"{entry.key}: {problem}" for problem in ruled.problems]
        earlier = self._versions(entry, version)
        live = live_after(entry, version, ruled, earlier)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        updates = entry.updates
        if before is not None and entry.first_published is not None and version.number in live.values():
            updates = (*updates, *_updates(before, version, now))
        if edit is not None and edit.correction and all(update.note != edit.correction for update in updates):
            updates = (*updates, Update(revision=entry.revision, time=now, correction=True, note=edit.correction))
        own = ruled.reasons.get(ruled.summary.language, "")
        first = entry.first_published or (now if live else None)
        return entry.model_copy(
            update={
                "live": live,
                "review": tuple(tag for tag, verdict in ruled.verdicts.items() if verdict == "review"),
                "verdicts": ruled.verdicts,
                "reasons": ruled.reasons,
                "problems": ruled.problems,
                "updates": updates,
                "first_published": first,
                "reason": own if entry.state == "done" else entry.reason,
                "rules": rules_of(handling, edit, embargoed=_stands(entry.lift)),
                "pending": True,
            }
        ), ruled

    def _versions(self, entry: Entry, last: Version) -> dict[int, Version]:
        found = {number: self._ledger.version(entry.key, number) for number in set(entry.live.values())}
        return {last.number: last} | {number: version for number, version in found.items() if version is not None}

    def _planned(self, entry: Entry, version: Version, ruled: Ruling) -> tuple[Entry, tuple[Plan, Plan]]:
        """What has to be done in the public folder and in the desk's, and the entry that owns the files meanwhile."""
        edit = self._edits.get(entry.key)
        versions = self._versions(entry, version)
        texts = {number: as_edited(entry, edit, each) for number, each in versions.items()}
        public = plan(self._output / entry.folder, public_files(entry, texts), entry.files)
        desk = plan(self._desk / entry.folder, desk_files(entry, version, ruled), entry.desk)
        changed = dict.fromkeys(public.changed(entry.files), datetime.now(UTC).isoformat(timespec="seconds"))
        during = {"files": public.during(entry.files), "desk": desk.during(entry.desk)}
        dates = {name.removesuffix(".md"): time for name, time in changed.items() if name.endswith(".md")}
        updated = max(dates.values(), default=entry.updated)
        dated = {**entry.dated, **dates}
        return entry.model_copy(update={**during, "dated": dated, "updated": updated}), (public, desk)

    def _carry_out(self, entry: Entry, plans: tuple[Plan, Plan]) -> None:
        """Bring both folders up to date; a run that is killed meanwhile leaves a row that says so."""
        try:
            for each in plans:
                each.carry_out(self._desk / entry.folder / _REPLACED)
        except OSError as error:
            raise ConfigError(f"{self._output}: cannot be written: {error.strerror}") from error
        public, desk = plans
        self.foreign |= {str(each.home / name) for each in plans for name in each.foreign}
        after = {"files": public.after(entry.files), "desk": desk.after(entry.desk), "pending": False}
        self._ledger.record(entry.model_copy(update=after))

    def _link(self, key: str, near: list[str]) -> None:
        """Note at each of these articles that another one tells the same story."""
        for other in filter(None, map(self._ledger.entry, near)):
            if key not in other.near:
                self._ledger.record(other.model_copy(update={"near": (*other.near, key)[:_MOST_NEAR]}))


def _stands(lift: str | None) -> bool:
    """Whether an embargo stands; "" is one that nobody knows the end of."""
    return lift is not None and (lift == "" or not has_lifted(lift))


def _updates(before: Version, version: Version, now: str) -> tuple[Update, ...]:
    """What is to be said about a version that follows a published one; nothing where the text is the same."""
    old, new = before.article, version.article
    if old is None or new is None or (old.id == new.id and old.title == new.title):
        return ()
    corrected = "correction" in new.notices and "correction" not in old.notices
    changes = changed_figures(old, new, version.summary) if version.summary.headline is not None else ()
    return (Update(revision=new.revision, time=now, changes=changes, correction=corrected),)
