"""A worker process for symbolic and high-precision mathematics: bounded queue, time limit, renewed when it must be."""

import asyncio
import multiprocessing
import threading
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

from pebble import ProcessExpired, ProcessPool

from app import symbolic_worker
from app.errors import Problem, TooBusy
from app.settings import Limits

WARM_AFTER_SECONDS = 0.5
JOIN_SECONDS = 5
START_SECONDS = 10  # a new process has to load SymPy first


class SymbolicPool:
    """One process at the server's own priority. A call over its time ends the process; the next one finds a new one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pending = 0
        self._pool: ProcessPool | None = None
        self._guard = threading.Lock()
        self._closed = False
        self._warming = threading.Timer(WARM_AFTER_SECONDS, self._warm)
        self._warming.daemon = True

    async def ask(self, location: str, call: str, arguments: dict[str, Any]) -> bytes:
        """The worker's answer as JSON; `location` is the field to blame when it takes too long."""
        if self.pending >= self.limits.queued_functions:
            raise TooBusy("The server is busy: the queue of function calls is full. Ask again in a second.")
        self.pending += 1
        try:
            answer = await self._ask(call, arguments)
        except FutureTimeout:
            answer = None
        finally:
            self.pending -= 1
        if answer is None:
            raise self._too_complicated(location)
        return answer

    async def _ask(self, call: str, arguments: dict[str, Any]) -> bytes | None:
        for _ in range(2):
            pool = self._pool if self._pool and self._pool.active else await asyncio.to_thread(self._start)
            future = pool.schedule(symbolic_worker.answer, (call, arguments), timeout=self.limits.symbolic_seconds)
            answer = asyncio.wrap_future(future)
            try:
                # a pool that broke just now may leave a call without an answer for good
                await asyncio.wait({answer}, timeout=self.limits.symbolic_seconds + START_SECONDS)
                if answer.done():
                    found: bytes | None = answer.result()
                    return found
                answer.cancel()
            except BrokenProcessPool:
                # the process had been ended from outside while it was idle
                pass
            except ProcessExpired as error:
                raise Problem(503, "The process that computes functions ended unexpectedly. Ask again.") from error
            await asyncio.to_thread(self._renew, pool)
        raise Problem(503, "The process that computes functions does not start. The server's log says why.")

    def _renew(self, broken: ProcessPool) -> None:
        """Let the next call find a new pool, unless another call has seen to that."""
        with self._guard:
            if self._pool is broken:
                self._end()

    def _too_complicated(self, location: str) -> Problem:
        message = (
            f"This is too complicated: it needs more than {self.limits.symbolic_seconds:g} s or too much memory. "
            "Try a shorter formula, smaller powers or fewer samples."
        )
        return Problem(422, f"{location}: {message}", [{"location": location, "message": message}])

    def _start(self) -> ProcessPool:
        with self._guard:
            if self._closed:
                raise Problem(503, "The server is closing.")
            if self._pool is None or not self._pool.active:
                self._end()
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(max_workers=1, context=context, initializer=symbolic_worker.prepare)
                assert self._pool.active  # looking starts it
            return self._pool

    def warm(self) -> None:
        """Start the process soon, in the background, so that the first question need not wait for it."""
        self._warming.start()

    def _warm(self) -> None:
        with suppress(Problem):
            self._start()

    def close(self) -> None:
        """End the process; nothing is asked any more."""
        self._warming.cancel()
        with self._guard:
            self._closed = True
            self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            with suppress(FutureTimeout):
                self._pool.join(timeout=JOIN_SECONDS)
            self._pool = None
