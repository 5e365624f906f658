"""Finds the command, runs it, and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from summarizer.cli.parser import build_parser
from summarizer.errors import SummarizerError

_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0, 1, 2 or 3, as the README says)."""
    options = build_parser().parse_args(arguments)
    # A command's module is imported only when it is run, so that --help does not wait for libraries it does not use.
    command = import_module(f"summarizer.cli.{options.module}")
    try:
        code = int(command.run(options))
        sys.stdout.flush()
    except SummarizerError as error:
        print(f"summarizer: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); point stdout elsewhere, or Python complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code
