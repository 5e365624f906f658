"""What others wrote, made safe for a terminal: articles, models and endpoints may send it commands."""

from __future__ import annotations

import logging
import re

# Controls but for tab and line feed, overrides and isolates of direction, and halves of characters.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with U+FFFD in the place of every character that a terminal obeys instead of showing it."""
    return _COMMANDS.sub("\ufffd", text)


class PrintableFormatter(logging.Formatter):
    """Log lines that a terminal only shows."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return printable(super().format(record))
