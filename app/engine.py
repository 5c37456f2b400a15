"""Where work is done: a bounded pool of threads, and one worker process for large steps."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from app import worker
from app.configuration import Setup
from app.errors import Problem, TooBusy
from app.fair_lock import FairLock
from app.settings import Settings
from app.store import Change
from app.threads import one_thread_a_product
from app.worker_process import WorkerProcess
from core.errors import Diverged
from core.training import Evaluation, Progress, State, StepRecord, advance

T = TypeVar("T")

SLICE_SECONDS = 0.3
GRACE_SECONDS = 30  # a single step is let to its end for so long after the time is over
FIRST_SLICE = 16
LARGEST_SLICE = 5000
KEPT_PER_SLICE = 16
KEPT_SLICE_BYTES = 8 * 1024 * 1024
# one request may add a quarter of the bytes that the states of a run may take
KEPT_SHARE = 4


@dataclass
class Job:
    """What to train, how far, and whether somebody still waits for it."""

    state: State
    setup: Setup
    count: int
    loss_after: bool = False
    grid: int = 1
    left: threading.Event | None = None

    @property
    def abandoned(self) -> bool:
        """Whether whoever asked has gone away."""
        return self.left is not None and self.left.is_set()


@dataclass
class Outcome:
    """What came of a job, possibly of fewer steps than asked for."""

    state: State
    previous: State
    records: list[StepRecord] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    kept: list[State] = field(default_factory=list)

    def keep(self, states: Sequence[State], grid: int, most_bytes: int) -> None:
        """Keep states of a slice; when they become too many bytes, only those at multiples of a coarser grid."""
        self.kept += states
        while len(self.kept) > 1 and len(self.kept) * self.kept[0].size > most_bytes:
            grid *= 2
            self.kept = [state for state in self.kept if state.step % grid == 0]

    def change(self) -> Change:
        """What the store has to add; the last state before a divergence is always kept."""
        kept = [*self.kept, self.previous] if self.state.diverged else self.kept
        return Change(self.state, self.records, self.evaluations, kept)


class Engine:
    """Threads, the worker process, and one lock a run."""

    def __init__(self, settings: Settings) -> None:
        one_thread_a_product()
        self.settings = settings
        self.limits = settings.limits
        self.threads = ThreadPoolExecutor(self.limits.concurrent_jobs, thread_name_prefix="job")
        self.process = WorkerProcess("steps", worker.prepare)
        self.pending = 0
        self.readers = ThreadPoolExecutor(self.limits.concurrent_jobs, thread_name_prefix="read")
        self.reading = 0
        self.closing = threading.Event()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._locks: dict[str, tuple[FairLock, int]] = {}
        self._guard = threading.Lock()

    async def submit(self, function: Callable[..., T], *args: Any, turn_of: str | None = None) -> T:
        """Run a function in a thread; refuse when too many are waiting.

        Those that take turns on one run hold one thread together, so that other runs find the others.
        """
        if self.pending >= self.limits.concurrent_jobs + self.limits.queued_jobs:
            raise TooBusy("The server is busy: the queue of jobs is full. Ask again in a second.")
        self.pending += 1
        turn = self._turns.setdefault(turn_of, asyncio.Lock()) if turn_of else nullcontext()
        try:
            async with turn:
                return await asyncio.wrap_future(self.threads.submit(function, *args))
        finally:
            self.pending -= 1

    async def read(self, function: Callable[..., T], *args: Any) -> T:
        """Run a function that only reads in a thread of another kind: it need not wait behind steps."""
        if self.reading >= self.limits.concurrent_jobs + self.limits.queued_jobs:
            raise TooBusy("The server is busy: the queue of readings is full. Ask again in a second.")
        self.reading += 1
        try:
            return await asyncio.wrap_future(self.readers.submit(function, *args))
        finally:
            self.reading -= 1

    @contextmanager
    def lock(self, run_id: str) -> Iterator[None]:
        """Let one at a time change a run, in the order of asking."""
        with self._guard:
            lock, users = self._locks.get(run_id, (FairLock(), 0))
            self._locks[run_id] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, users = self._locks[run_id]
                if users == 1:
                    del self._locks[run_id]
                else:
                    self._locks[run_id] = (lock, users - 1)

    def run(self, job: Job, seconds: float) -> Outcome:
        """Advance in slices until the count is done, the run diverges, the time is over or nobody waits any more."""
        if job.state.diverged:
            raise Diverged(job.state.step)
        deadline = time.monotonic() + seconds
        outcome = Outcome(job.state, job.state)
        left, size = job.count, FIRST_SLICE if self.is_small(job.setup) else 1
        while left and not outcome.state.diverged:
            started = time.monotonic()
            if outcome.records and (started >= deadline or job.abandoned or self.closing.is_set()):
                break
            keep_every = keep_grid(job.grid, min(left, size), job.state.size)
            progress = self.advance(job, outcome.state, min(left, size), keep_every)
            outcome.state, outcome.previous = progress.state, progress.previous
            outcome.records += progress.records
            outcome.evaluations += progress.evaluations
            outcome.keep(progress.kept, keep_every, self.limits.run_state_bytes // KEPT_SHARE)
            left -= len(progress.records)
            size = next_slice(size, time.monotonic() - started)
        return outcome

    def advance(self, job: Job, state: State, count: int, keep_every: int) -> Progress:
        """Advance here when it is quick, else in the worker process."""
        setup = job.setup
        if self.is_small(setup):
            return advance(state, setup.recipe, setup.data, count, loss_after=job.loss_after, keep_every=keep_every)
        arguments = (state, setup.configuration, self.settings.data_dir, count, job.loss_after, keep_every)
        try:
            return self.process.call(worker.advance_here, arguments, self.limits.step_seconds + GRACE_SECONDS)
        except TimeoutError as error:
            raise Problem(503, "One step took longer than the time limit step_seconds. Nothing was done.") from error

    def is_small(self, setup: Setup) -> bool:
        """Whether a step is so quick that sending it away would cost more."""
        return setup.dataset != "mnist" and setup.parameters * setup.rows <= self.settings.worker_operations

    def close(self) -> None:
        """End the worker and wait for the threads, which end after their slice."""
        self.closing.set()
        self.process.close()
        for threads in (self.threads, self.readers):
            threads.shutdown(wait=True, cancel_futures=True)


def keep_grid(grid: int, steps: int, state_bytes: int) -> int:
    """A multiple of the grid so that one slice keeps few states and few bytes; each is a slice's time from the last."""
    most = max(1, min(KEPT_PER_SLICE, KEPT_SLICE_BYTES // state_bytes))
    while steps > most * grid:
        grid *= 2
    return grid


def next_slice(size: int, seconds: float) -> int:
    """A size that takes about the time of a slice, at most four times the last one."""
    fitting = int(size * SLICE_SECONDS / max(seconds, 1e-6))
    return max(1, min(fitting, 4 * size, LARGEST_SLICE))
