"""Files that are ours and files that are not: what differs is written, what somebody else changed is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from summarizer.publish import write_atomically

Hashes = Mapping[str, tuple[str, ...]]


class Plan(NamedTuple):
    """What has to be done in one folder to have these files, and nothing else that is ours.

    `write` and `remove` are names; `foreign` those that are left, because what stands there is not what we wrote;
    `strange` those to be written where a file stands of which nothing is known.
    """

    home: Path
    wanted: Mapping[str, str]
    write: tuple[str, ...]
    remove: tuple[str, ...]
    foreign: tuple[str, ...]
    strange: tuple[str, ...]

    def during(self, known: Hashes) -> dict[str, tuple[str, ...]]:
        """The hashes that are ours while the plan is carried out, so that a killed run disowns nothing."""
        added = {name: (*known.get(name, ()), sha256(self.wanted[name])) for name in self.write}
        return {**known, **added}

    def after(self, known: Hashes) -> dict[str, tuple[str, ...]]:
        """The hashes that are ours when it is done."""
        kept = {name: known[name] for name in self.foreign if name in known}
        return {**kept, **{name: (sha256(text),) for name, text in self.wanted.items() if name not in self.foreign}}

    def changed(self, known: Hashes) -> tuple[str, ...]:
        """The names of which readers will find another text, or none any more; not those that were only lost."""
        written = [name for name, text in self.wanted.items() if sha256(text) not in known.get(name, ())]
        return (*written, *(name for name in known if name not in self.wanted))

    def carry_out(self, aside: Path) -> None:
        """Remove and write; what was strange goes to the folder `aside`.

        Raises:
            OSError: the folder cannot be written.
        """
        for name in self.remove:
            (self.home / name).unlink(missing_ok=True)
        for name in self.strange:
            aside.mkdir(parents=True, exist_ok=True)
            (self.home / name).replace(aside / name)
        for name in self.write:
            self.home.mkdir(parents=True, exist_ok=True)
            write_atomically(self.home / name, self.wanted[name])
        if self.remove and not self.wanted:
            with suppress(OSError):  # somebody keeps files there
                self.home.rmdir()


def plan(home: Path, wanted: Mapping[str, str], known: Hashes) -> Plan:
    """What to do in a folder where the files `known` are ours."""
    found = {name: _on_disk(home / name) for name in {*wanted, *known}}
    ours = {name for name, digest in found.items() if digest is None or digest in known.get(name, ())}
    right = {name for name, text in wanted.items() if found[name] == sha256(text)}
    strange = {name for name in wanted if name not in known} - ours - right
    foreign = found.keys() - ours - right - strange
    return Plan(
        home,
        wanted,
        write=tuple(_sorted(wanted.keys() - right - foreign)),
        remove=tuple(name for name in sorted(ours - wanted.keys()) if found[name] is not None),
        foreign=tuple(sorted(foreign)),
        strange=tuple(sorted(strange)),
    )


def sha256(text: str) -> str:
    """The SHA-256 of a file with this text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _sorted(names: set[str]) -> Iterator[str]:
    """JSON last, because it vouches for the pages."""
    yield from sorted(names, key=lambda name: (name.endswith(".json"), name))


def _on_disk(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
