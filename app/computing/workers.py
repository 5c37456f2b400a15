"""Processes that compute: as many as there are cores for training, one for formulas; calls wait in a line."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from app.computing.turns import Line
from app.computing.worker_process import WorkerProcess
from app.errors import Problem, TooBusy

T = TypeVar("T")

WARM_AFTER_SECONDS = 0.5
CORES = os.cpu_count() or 1


class Workers:
    """Processes of one kind. A call is a pure function with plain data; it takes one core, or several at once."""

    def __init__(
        self,
        work: str,
        prepare: Callable[[], object],
        processes: int = 1,
        queued: int | None = None,
        patience: float | None = None,
    ) -> None:
        self.work = work
        self.pending = 0
        self.processes = [WorkerProcess(work, prepare) for _ in range(processes)]
        self._idle = list(self.processes)
        self._line = Line(processes)
        self._queued = queued
        self._patience = patience
        self._warming: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[Any]] = set()

    async def call(
        self, function: Callable[..., T], args: tuple[Any, ...], seconds: float, *, cores: int = 1, urgent: bool = False
    ) -> T:
        """What the function returns or raises in a process.

        Cancelled while it waits, it is never done; cancelled later, its process ends it for nobody, for a process
        that is ended in the middle would have to be started again.

        Raises
        ------
        TimeoutError
            The call took longer than the seconds.
        Problem
            429: too many wait, or this one waited too long. 503: as `WorkerProcess.call` says.
        """
        if self._queued is not None and self.pending >= self._queued:
            raise TooBusy(f"The server is busy: the queue of {self.work} is full. Ask again in a second.")
        self.pending += 1
        places = min(cores, len(self.processes))
        try:
            await self._enter(places, urgent)
            ending = asyncio.create_task(self._at_work(function, args, seconds, places))
            self._under_way.add(ending)
            ending.add_done_callback(self._under_way.discard)
            return await asyncio.shield(ending)
        finally:
            self.pending -= 1

    async def _enter(self, places: int, urgent: bool) -> None:
        try:
            await asyncio.wait_for(self._line.enter(places, urgent=urgent), self._patience)
        except TimeoutError as error:
            raise TooBusy(f"The server is busy with slow {self.work}. Ask again in a second.") from error

    async def _at_work(self, function: Callable[..., T], args: tuple[Any, ...], seconds: float, places: int) -> T:
        process = self._idle.pop()
        try:
            return await process.call(function, args, seconds)
        finally:
            self._idle.append(process)
            self._line.leave(places)

    def warm(self) -> None:
        """Start the processes soon, in the background, so that the first question need not wait for them."""
        self._warming = asyncio.create_task(self._warm())

    async def _warm(self) -> None:
        await asyncio.sleep(WARM_AFTER_SECONDS)
        for process in self.processes:
            with suppress(Problem):
                await asyncio.to_thread(process.start)

    def close(self) -> None:
        """End the processes; nothing is asked any more."""
        if self._warming is not None:
            self._warming.get_loop().call_soon_threadsafe(self._warming.cancel)
        for process in self.processes:
            process.close()


async def unless(stop: asyncio.Event, work: Awaitable[T], grace: float) -> T | None:
    """What the work returns; None when the stop comes first, and the work does not end within the grace."""
    working, stopping = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            await asyncio.wait({working}, timeout=grace)
        return working.result() if working.done() else None
    finally:
        stopping.cancel()
        working.cancel()
