"""The command line: the only place that prints and exits."""

from summarizer.cli.entry import main

__all__ = ["main"]
