"""A process of its own for heavy work: started when it is needed, renewed when it broke, ended with the server."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

from pebble import ProcessExpired, ProcessPool

from app.errors import Problem
from app.fair_lock import FairLock

JOIN_SECONDS = 5
START_SECONDS = 30  # a new process has to load its libraries first, and a busy machine takes its time
LOOK_SECONDS = 0.1
TRIES = 2


class WorkerProcess:
    """One spawned process, which makes one call after another, in the order of asking."""

    def __init__(self, purpose: str, prepare: Callable[[], None]) -> None:
        self._purpose = purpose
        self._prepare = prepare
        self._pool: ProcessPool | None = None
        self._guard = threading.Lock()
        self._turn = FairLock()
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """The process, where there is one."""
        return next(iter(self._pool._pool_manager.worker_manager.workers), None) if self._pool else None

    def call(self, function: Callable[..., Any], *args: Any, seconds: float) -> Any:
        """Call a function in the process and wait for what it returns; arguments and result are pickled.

        Raises
        ------
        TimeoutError
            The call took longer than so many seconds. Its process is ended; the next call finds a new one.
        Problem
            503: the process ended in the middle of the call, does not start, or the server is closing.
        """
        with self._turn:
            for _ in range(TRIES):
                pool = self.start()
                future = pool.schedule(function, args, timeout=seconds)
                deadline = time.monotonic() + seconds + START_SECONDS
                # a pool that broke or was ended just now may leave a call without an answer for good
                while not future.done() and pool.active and time.monotonic() < deadline:
                    wait([future], timeout=LOOK_SECONDS)
                try:
                    if future.done():
                        return future.result()
                except (BrokenProcessPool, CancelledError):
                    # the process had been ended while it was idle, from outside or with the server
                    pass
                except ProcessExpired as error:
                    raise Problem(503, f"The process that {self._purpose} ended unexpectedly. Ask again.") from error
                self._renew(pool)
        raise Problem(503, f"The process that {self._purpose} does not start. The server's log says why.")

    def start(self) -> ProcessPool:
        """The pool that holds the process; a new one where there is none that works."""
        with self._guard:
            if self._closed:
                raise Problem(503, "The server is closing.")
            if self._pool is None or not self._pool.active:
                self._end()
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(max_workers=1, context=context, initializer=self._prepare)
                assert self._pool.active  # looking starts it
            return self._pool

    def close(self) -> None:
        """End the process; nothing is called any more."""
        with self._guard:
            self._closed = True
            self._end()

    def _renew(self, broken: ProcessPool) -> None:
        """Let the next call find a new pool."""
        with self._guard:
            if self._pool is broken:
                self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            with suppress(TimeoutError):
                self._pool.join(timeout=JOIN_SECONDS)
            self._pool = None
