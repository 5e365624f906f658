"""Finds the command, runs it, and turns errors into one line and an exit code."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from summarizer.cli.parser import build_parser
from summarizer.cli.printable import PrintableFormatter, printable
from summarizer.errors import ConfigError, SummarizerError

_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0, 1, 2 or 3, as the README says)."""
    try:
        _prepare_streams()
        options = build_parser().parse_args(arguments)
        # A command's module is imported when it is run, so that --help does not wait for libraries it does not use.
        command = import_module(f"summarizer.cli.{options.module}")
        quiet = getattr(options, "quiet", False)
        logging.getLogger("summarizer").setLevel(logging.ERROR if quiet else logging.WARNING)
        if logging.lastResort is not None:  # what writes warnings to stderr where nobody set up logging
            logging.lastResort.setFormatter(PrintableFormatter())
        code = int(command.run(options))
        sys.stdout.flush()
    except SummarizerError as error:
        print(printable(f"summarizer: {error}"), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of our output has gone (`| head`)
        _discard_output()
        return 0
    except OSError as error:  # a full disk, a folder that cannot be written
        _discard_output()
        place = f"{error.filename}: " if error.filename else ""
        print(printable(f"summarizer: {place}{error.strerror or error}"), file=sys.stderr)
        return ConfigError.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _prepare_streams() -> None:
    """Write UTF-8 into files and pipes, and what a terminal cannot show as escapes.

    Raises:
        ConfigError: standard output is closed.
    """
    if sys.stderr is None:
        # For as long as the process runs; without it print() would take stdout.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        raise ConfigError("standard output is closed; point it at a file, a pipe or /dev/null")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="backslashreplace")


def _discard_output() -> None:
    """Point stdout elsewhere where it takes no more, or Python may complain at exit (its "Note on SIGPIPE")."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
