"""Threads for what must not hold up the event loop: work waits for them in the order of asking."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

from app.errors import TooBusy

T = TypeVar("T")

SWITCH_SECONDS = 0.001


class Threads:
    """A few threads, and a bounded queue before them."""

    def __init__(self, work: str, threads: int, queued: int | None = None) -> None:
        self.pending = 0
        self._work = work
        self._most = None if queued is None else threads + queued
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=work)

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """What the function returns or raises; refuse when too many are waiting."""
        if self._most is not None and self.pending >= self._most:
            raise TooBusy(f"The server is busy: the queue of {self._work} is full. Ask again in a second.")
        self.pending += 1
        try:
            return await asyncio.wrap_future(self._pool.submit(function, *args))
        finally:
            self.pending -= 1

    def close(self) -> None:
        """Wait for what is under way; what waits is not done."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def one_thread_a_product() -> None:
    """Let BLAS compute each product in the thread that asks for it.

    Its own threads wait for each other by spinning at every product: on a machine where anything else runs, a
    browser for one, a step then takes several times as long. The chunks of a pass run side by side instead.
    """
    threadpool_limits(limits=1, user_api="blas")


def give_way_quickly() -> None:
    """Let the event loop have the interpreter a millisecond after it asks, not five: a request asks several times."""
    sys.setswitchinterval(SWITCH_SECONDS)
