"""A numeral with the items around it, and small questions about them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, NamedTuple

from summarizer.figures.items import Item
from summarizer.figures.lexicon import Lexicon
from summarizer.figures.numerals import Numeral

_LINKS = frozenset({"-", "‐", "‑", ".", "'", "’"})


class Surroundings(NamedTuple):
    """A numeral within the items of its text; `said` are the roles that any of these has."""

    items: Sequence[Item]
    numeral: Numeral
    lexicon: Lexicon
    original: str
    said: Set[str]

    def before(self, distance: int = 1) -> Item | None:
        """The item so far before the numeral, None at the beginning."""
        index = self.numeral.first - distance
        return self.items[index] if index >= 0 else None

    def after(self, distance: int = 1) -> Item | None:
        """The item so far behind the numeral, None at the end."""
        index = self.numeral.last + distance
        return self.items[index] if index < len(self.items) else None

    def role_after(self, role: str, most: int = 1) -> Any:
        """What the next word stands for in a role, past hyphens and at most so many items; None without the role."""
        for distance in range(1, most + 2) if role in self.said else ():
            item = self.after(distance)
            if item is None or item.digits is not None:
                return None
            if role in item.roles:
                return item.roles[role]
            link = item.text in _LINKS or (item.glued and "ordinal_after" in item.roles)
            if not link and distance >= most:
                return None
        return None

    def month_after(self) -> bool:
        """Whether the name of a month follows, past marks and words such as *of*."""
        for distance in range(1, 5) if "month" in self.said else ():
            item = self.after(distance)
            if item is None:
                return False
            if "month" in item.roles:
                return True
            if item.text not in _LINKS and not item.roles.keys() & {"ordinal_after", "joiners", "of"}:
                return False
        return False

    def role_before(self, role: str) -> Any:
        """What the word right before stands for in a role, None if it has not the role."""
        item = self.before() if role in self.said else None
        return item.roles.get(role) if item is not None else None
