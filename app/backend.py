"""The parts of a running server, in one place."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from app.computing.background import Background
from app.computing.jobs import Jobs
from app.computing.threads import Threads, give_way_quickly, one_thread_a_product
from app.computing.turns import Turns
from app.computing.workers import CORES, Workers
from app.errors import TooBusy
from app.events.broker import Broker, News
from app.functions import worker as functions
from app.landscape.directions_kept import KeptDirections
from app.runs import work
from app.runs.replayed import Replayed
from app.schemas.configuration import stored
from app.settings import Settings
from app.store.rows import Run
from app.store.store import Store
from core.training.setup import Setup

T = TypeVar("T")
logger = logging.getLogger("downhill")

CACHED_SETUPS = 32


class Backend:
    """Settings, store, threads, processes, turns, streams and what plays; the cache holds only what never changes."""

    def __init__(self, settings: Settings) -> None:
        one_thread_a_product()
        give_way_quickly()
        limits = self.limits = settings.limits
        self.settings = settings
        self.store = Store(settings)
        self.turns = Turns()
        self.pending = 0
        self.closing = asyncio.Event()
        self._readers = Threads("readings", limits.concurrent_jobs, limits.queued_jobs)
        self._writer = Threads("changes", 1)
        self.training = Workers("steps", work.prepare, CORES)
        self.symbolic = Workers(
            "function calls", functions.prepare, 1, limits.queued_functions, limits.queued_function_seconds
        )
        self.replayed = Replayed()
        self.sharpest = KeptDirections()
        self.broker = Broker(limits.streams)
        self.plays: Background[int | None] = Background(
            limits.playing_runs, f"Already {limits.playing_runs} runs are playing. Pause one first."
        )
        self.jobs = Jobs(limits.concurrent_jobs)
        self._setups: OrderedDict[str, Setup] = OrderedDict()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Count a request that changes something, also while it waits; refuse it when there are too many."""
        if self.pending >= self.limits.concurrent_jobs + self.limits.queued_jobs:
            raise TooBusy("The server is busy: the queue of jobs is full. Ask again in a second.")
        self.pending += 1
        try:
            yield
        finally:
            self.pending -= 1

    async def read(self, function: Callable[..., T], *args: Any) -> T:
        """Call a function in a thread: it reads, or computes little."""
        return await self._readers.run(function, *args)

    async def write(self, function: Callable[..., T], *args: Any) -> T:
        """Call a function that changes the database: one at a time, in the order of asking."""
        return await self._writer.run(function, *args)

    def setup(self, run_id: str) -> Setup:
        """A run's setup, which never changes."""
        found = self._setups.get(run_id)
        if found is None:
            with self.store.snapshot() as now:
                configuration = now.configuration(run_id)
            found = stored(configuration).build(self.settings.data_dir)[1]
            self._setups[run_id] = found
            while len(self._setups) > CACHED_SETUPS:
                self._setups.popitem(last=False)
        return found

    async def setup_of(self, run_id: str) -> Setup:
        """The same for the event loop, which does not read the database."""
        found = self._setups.get(run_id)
        return await self.read(self.setup, run_id) if found is None else found

    def status_of(self, run: Run) -> str:
        """A run plays only while somebody plays it, even where the database could not take that it ended."""
        return "paused" if run.status == "playing" and not self.plays.has(run.id) else run.status

    def tell(self, run_id: str, news: News | None) -> None:
        """Hand news to the streams. What was stored is stored: no fault in here may fail the request."""
        if news is None:
            return
        try:
            self.broker.publish(run_id, news)
        except Exception:
            logger.exception("a run's streams were not told what was stored")

    def end_waiting(self) -> None:
        """The process is asked to end: end streams and jobs, and let long steps answer with what they have."""
        self.broker.close()
        self.jobs.cancel_all()
        self.closing.set()

    async def close(self) -> None:
        """Stop playing, end streams, free everything."""
        self.end_waiting()
        await self.plays.close()
        await self.jobs.close()
        await asyncio.to_thread(self._free)

    def _free(self) -> None:
        for part in (self.training, self.symbolic, self._writer, self._readers, self.store):
            part.close()
