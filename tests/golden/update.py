"""Locks new prompt versions and writes the golden renders of all prompts again: `python tests/golden/update.py`.

Digests that `prompts/lock.toml` already has are never touched, so that a released prompt cannot change quietly. Read the
difference before it is committed: the files in `tests/golden/prompts/` are, to the letter, what endpoints are sent.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from summarizer.prompts import read_prompt  # noqa: E402 (the checkout, whatever is installed)


def lock_new_versions() -> list[str]:
    """Add the versions that the lock lacks; returns their names, such as `notes/v2.md`."""
    lock = ROOT / "prompts" / "lock.toml"
    text = lock.read_text(encoding="utf-8")
    locked = tomllib.loads(text)
    comment = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    added = []
    for path in sorted((ROOT / "prompts").glob("*/v*.md")):
        prompt = read_prompt(path)
        versions = locked.setdefault(prompt.name, {})
        if str(prompt.version) not in versions:
            versions[str(prompt.version)] = prompt.digest
            added.append(f"{prompt.name}/{path.name}")
    tables = [
        f"\n[{name}]\n" + "".join(f'{version} = "{versions[version]}"\n' for version in sorted(versions, key=int))
        for name, versions in sorted(locked.items())
    ]
    lock.write_text(comment + "".join(tables), encoding="utf-8")
    return added


def main() -> None:
    """Lock first, then render."""
    for name in lock_new_versions():
        print(f"locked {name}")  # noqa: T201
    from tests.golden_prompts import CASES, golden, path_of

    for case in CASES:
        path = path_of(case)
        path.parent.mkdir(exist_ok=True)
        path.write_text(golden(case), encoding="utf-8")


if __name__ == "__main__":
    main()
