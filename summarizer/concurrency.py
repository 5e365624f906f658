"""Coroutines from code without a loop, several at once, and tasks that have to end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import monotonic, process_time
from typing import Any, TypeVar

_T = TypeVar("_T")
_U = TypeVar("_U")
# What wakes so punctually from so many naps in a row, and works for so little of them, has time for something else.
_NAPS, _NAP_S, _LATE_S, _BUSY = 3, 0.02, 0.001, 0.1
_LONGEST_S = 2.0


def run_in_any_thread(main: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Run a coroutine to its end, in a fresh thread where this one already runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(main())
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, main()).result()


async def together(tasks: Iterable[Awaitable[_T]]) -> list[_T]:
    """The results of all; where some fail the first failure is raised once all have ended, so that all are counted."""
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]


async def both(first: Awaitable[_T], second: Awaitable[_U]) -> tuple[_T, _U]:
    """The results of two, side by side; a failure is raised once both have ended."""
    results: list[Any] = await together((first, second))
    return results[0], results[1]


async def in_thread(items: Iterator[_T]) -> AsyncGenerator[_T, None]:
    """The items of an iterator that reads files, each step in a thread.

    A generator is closed with it, also where not all of it is wanted; its last step may take longer than that.
    """
    end, busy = object(), Lock()

    def step() -> Any:
        with busy:
            return next(items, end)

    def close() -> None:
        with busy:
            assert isinstance(items, Generator)
            items.close()

    try:
        while (item := await asyncio.to_thread(step)) is not end:
            yield item
    finally:
        if isinstance(items, Generator):
            asyncio.get_running_loop().run_in_executor(None, close)


async def quiet(*, threads: bool = False) -> None:
    """Return when the event loop, with `threads` the whole process, had next to nothing to do, or was busy for long."""
    give_up, calm = monotonic() + _LONGEST_S, 0
    while calm < _NAPS and (before := monotonic()) < give_up:
        used = process_time()
        await asyncio.sleep(_NAP_S)
        idle = not threads or process_time() - used < _BUSY * _NAP_S
        calm = calm + 1 if idle and monotonic() - before < _NAP_S + _LATE_S else 0


async def cancelled(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel tasks and wait until they have ended; what they raise is of no more interest."""
    ending = list(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
