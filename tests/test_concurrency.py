"""Iterators that are stepped in threads: what reads a file closes it, whoever stops listening."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from contextlib import aclosing

import pytest

from summarizer.concurrency import in_thread
from summarizer.sources import each


class Numbers:
    """A generator of numbers that waits before the second one, and knows whether it was closed."""

    def __init__(self) -> None:
        self.waits, self.go_on, self.closed = threading.Event(), threading.Event(), threading.Event()

    def read(self) -> Generator[int, None, None]:
        """One, two, three."""
        try:
            yield 1
            self.waits.set()
            self.go_on.wait(30)
            yield 2
            yield 3
        finally:
            self.closed.set()


def test_all_items_come_in_order() -> None:
    """Of a generator and of any other iterator."""

    async def read() -> tuple[list[int], list[int]]:
        numbers.go_on.set()
        return [each async for each in in_thread(numbers.read())], [each async for each in in_thread(iter([4, 5]))]

    numbers = Numbers()
    assert asyncio.run(read()) == ([1, 2, 3], [4, 5])
    assert numbers.closed.is_set()


@pytest.mark.parametrize("during", [False, True], ids=["between two steps", "during a step"])
def test_a_generator_that_is_left_is_closed(during: bool) -> None:
    """After a step that is under way; whoever left does not wait for it."""

    async def read() -> None:
        async with aclosing(in_thread(generator)) as items:
            await anext(items)
            if during:
                following = asyncio.ensure_future(anext(items))
                await asyncio.to_thread(numbers.waits.wait, 3)
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
        assert not (during and numbers.closed.is_set())
        numbers.go_on.set()
        assert await asyncio.to_thread(numbers.closed.wait, 3)

    numbers = Numbers()
    generator = numbers.read()  # kept, so that nothing else closes it
    asyncio.run(read())


def test_a_generator_of_the_caller_goes_on() -> None:
    """What was not wanted of it is still there."""

    async def first() -> int:
        async with aclosing(each(numbers)) as items:
            return await anext(items)

    numbers = (number for number in range(3))
    assert asyncio.run(first()) == 0
    assert list(numbers) == [1, 2]
