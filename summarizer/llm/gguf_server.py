"""The child process of `summarizer.llm.local`: one llama.cpp server, which lives as long as standard input is open.

Run by its path, so that nothing of this package is loaded. The first line of standard input is the order, JSON with
`path`, `name`, `key` and `context_tokens`; the one line of standard output is `{"url": …}` or `{"error": …}`.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from typing import Any

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main() -> None:
    """Serve until standard input ends; a server of this library can only be ended with its process."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the library prints is no answer
    _die_with_parent()
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_exit_at_end_of_input, daemon=True).start()
    try:
        server = _serve(order)
    except (ImportError, RuntimeError) as error:
        answer.write(json.dumps({"error": str(error)}) + "\n")
        answer.flush()
        os._exit(1)
    answer.write(json.dumps({"url": f"{server.listening_address}/v1"}) + "\n")
    answer.flush()
    threading.Event().wait()


def _serve(order: dict[str, Any]) -> Any:
    """The running server, on a free port of the loopback interface, for holders of the key alone."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = order["path"]
    params.model_alias = {order["name"]}
    params.n_ctx = order["context_tokens"]
    params.api_keys = [order["key"]]
    params.hostnames = ["127.0.0.1"]
    params.cors_origins = ""
    params.endpoint_slots = False  # it shows other people's prompts
    # Tokens per second of SmolLM2-135M on two processors, with two threads and with one: 71 and 41 where both are
    # free, 14 and 41 where something else keeps one busy, 26 and 15 where it keeps both. `poll` 0, because a thread
    # that waits in a busy loop for one that has no processor brought it down to 1.2.
    for use in (params.cpuparams, params.cpuparams_batch):
        use.n_threads, use.poll = _processors(), 0
    params.offline = True
    params.ui = False
    params.verbosity = -1
    return xllamacpp.Server(params)


def _processors() -> int:
    """The processors that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _exit_at_end_of_input() -> None:
    """End the process once nobody holds the other end; `sys.exit` would wait for the server, which never ends."""
    sys.stdin.read()
    os._exit(0)


def _die_with_parent() -> None:
    """Let Linux end this process with its parent: while a model loads, no thread of Python runs to notice it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
