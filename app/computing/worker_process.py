"""A process for work that must not hold up the server: ended when over its time, replaced when it broke."""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from app.errors import Problem

T = TypeVar("T")

JOIN_SECONDS = 5
START_SECONDS = 60  # a new process has to load its modules first, also where many others want the processor
LOOK_SECONDS = 0.25  # how often a call that is under way looks whether it still can end


class WorkerProcess:
    """One process, for one call at a time; it starts with the first call. Waiting for it holds no thread."""

    def __init__(self, work: str, prepare: Callable[[], object]) -> None:
        self._work = work
        self._prepare = prepare
        self._pool: ProcessPool | None = None
        self._guard = threading.Lock()
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """The process, where there is one."""
        return next(iter(self._pool._pool_manager.worker_manager.workers), None) if self._pool else None

    async def call(self, function: Callable[..., T], args: tuple[Any, ...], seconds: float) -> T:
        """What the function returns or raises over there; arguments and result are pickled.

        Raises
        ------
        TimeoutError
            The call took longer than the seconds. Its process is ended; the next call finds a new one.
        Problem
            503: the process ended in the middle of the call, does not start, or the server is closing.
        """
        for _ in range(2):
            pool = await self._started()
            try:
                future = self._schedule(pool, function, args, seconds)
                if future is not None and await self._ends(pool, future):
                    return future.result()
            except BrokenProcessPool:
                # the process had been ended from outside while it was idle
                pass
            except ProcessExpired as error:
                # it may have held what the next one would wait for
                await asyncio.to_thread(self._renew, pool)
                ended = f"The process that computes {self._work} ended unexpectedly. Nothing was done; ask again."
                raise Problem(503, ended) from error
            await asyncio.to_thread(self._renew, pool)
        raise Problem(503, f"The process that computes {self._work} does not start. The server's log says why.")

    async def _started(self) -> ProcessPool:
        pool = self._pool
        if pool is not None and pool.active and not self._closed:
            return pool
        return await asyncio.to_thread(self.start)

    def _schedule(
        self, pool: ProcessPool, function: Callable[..., T], args: tuple[Any, ...], seconds: float
    ) -> "Future[T] | None":
        try:
            future: Future[T] = pool.schedule(function, args, timeout=seconds)
        except RuntimeError:
            return None  # it broke just now
        return future

    async def _ends(self, pool: ProcessPool, future: "Future[T]") -> bool:
        """Wait for an answer; a pool that broke just now may leave a call without one for good."""
        start = time.monotonic()
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(ended.set))
        while not await _is_set(ended, LOOK_SECONDS):
            if self._closed:
                raise Problem(503, "The server is closing.")
            waits = not future.running() and time.monotonic() - start > START_SECONDS
            if waits or not pool.active:
                return await _is_set(ended, LOOK_SECONDS)
        return True

    def start(self) -> ProcessPool:
        """The process, a new one where there is none."""
        with self._guard:
            if self._closed:
                raise Problem(503, "The server is closing.")
            if self._pool is None or not self._pool.active:
                self._end()
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(max_workers=1, context=context, initializer=self._prepare)
                assert self._pool.active  # looking starts it
            return self._pool

    def _renew(self, broken: ProcessPool) -> None:
        """Let the next call find a new process, unless another has seen to that."""
        with self._guard:
            if self._pool is broken:
                self._end()

    def close(self) -> None:
        """End the process; nothing is asked any more."""
        self._closed = True
        with self._guard:
            self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            with suppress(FutureTimeout):
                self._pool.join(timeout=JOIN_SECONDS)
            self._pool = None


async def _is_set(event: asyncio.Event, seconds: float) -> bool:
    """Whether an event is set within the seconds."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
