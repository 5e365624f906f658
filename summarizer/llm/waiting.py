"""What people are told while an endpoint lets them wait: one line, once."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.llm.faults import Fault

_log = logging.getLogger(__name__)

# People take a program that says nothing for longer to have stopped.
_LONG_SILENCE_S = 2.0
# A model that is loaded first, or thinks, takes longer than any line about it is worth.
_FIRST_ANSWER_S = 10.0
# Limits make a run slow as a whole: to say so now and then is enough.
_REMINDED_S = 60.0


class Waiting:
    """Says why it takes so long; many requests that wait for the same reason are one line."""

    def __init__(self, host: str, clock: Callable[[], float]) -> None:
        self._host = host
        self._clock = clock
        self._told_until = -math.inf
        self._first = True

    def again(self, fault: Fault, lost_s: float, wait_s: float) -> None:
        """Tell of a request that is sent again, after `lost_s` seconds in vain and a pause of `wait_s`."""
        now = self._clock()
        if lost_s + wait_s < _LONG_SILENCE_S or now <= self._told_until:
            return
        self._told_until = now + wait_s
        _log.warning("%s: %s; asked again in %.0f s", self._host, fault.text.rstrip("."), wait_s)

    def for_a_slot(self, wait_s: float) -> None:
        """Tell that the next request, whichever that is, has to wait for the limits of the endpoint for long."""
        now = self._clock()
        if wait_s < _LONG_SILENCE_S or now <= self._told_until:
            return
        self._told_until = now + max(wait_s, _REMINDED_S)
        _log.warning("%s: the next request waits %.0f s, for the limits of the endpoint", self._host, wait_s)

    @contextmanager
    def for_an_answer(self) -> Iterator[None]:
        """Tell, once, of a first answer that does not come within ten seconds."""
        timer = asyncio.get_running_loop().call_later(_FIRST_ANSWER_S, self._tell) if self._first else None
        try:
            yield
            self._first = False
        finally:
            if timer is not None:
                timer.cancel()

    def _tell(self) -> None:
        if self._first:
            self._first = False
            _log.warning("waiting for %s", self._host)
