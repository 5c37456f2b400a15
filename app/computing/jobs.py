"""Long work as a job: started, followed, cancelled, kept by what was asked, and bounded.

Whatever takes longer than a second is one: the route starts it, or joins the one that is at work on the same question,
follows its progress as events, and answers with its bytes; work ends between its slices when it is cancelled.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from app.errors import TooBusy

KEPT_BYTES = 64 * 1024 * 1024
STOP_SECONDS = 5


class Job:
    """One piece of long work; its answer is bytes, so that it is encoded once and its size is known."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.progress = 0.0
        self._followers = 0
        self._asked = time.monotonic()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[bytes] | None = None

    def start(self, work: Coroutine[Any, Any, bytes], ended: Callable[["Job"], None]) -> None:
        """Begin the work."""
        self._task = asyncio.create_task(work)
        self._task.add_done_callback(lambda _: ended(self))
        self._task.add_done_callback(lambda _: self._wake())

    @property
    def task(self) -> asyncio.Task[bytes]:
        """What computes the answer."""
        assert self._task is not None
        return self._task

    @property
    def done(self) -> bool:
        """Whether it has ended, with an answer or without."""
        return self.task.done()

    @property
    def succeeded(self) -> bool:
        """Whether there is an answer."""
        return self.done and not self.task.cancelled() and self.task.exception() is None

    def report(self, progress: float) -> None:
        """Tell those who follow how far the work has come, from 0 to 1."""
        self.progress = progress
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def follow(self) -> AsyncIterator[float]:
        """The progress now and whenever it changes, only the newest, until the job has ended."""
        self._followers += 1
        try:
            while not self.done:
                changed = self._changed
                yield self.progress
                await changed.wait()
        finally:
            self._followers -= 1
            self.ask()

    def ask(self) -> None:
        """Note that somebody still wants the answer."""
        self._asked = time.monotonic()

    def is_left(self, seconds: float) -> bool:
        """Whether nobody follows it, and nobody has asked for it for so long."""
        return self._followers == 0 and time.monotonic() - self._asked > seconds

    async def answer(self) -> bytes:
        """The answer, or what the work raised; one who no longer waits does not end the work of others."""
        return await asyncio.shield(self.task)


class Jobs:
    """All jobs of a server: a number of them at work, and the newest answers within a number of bytes."""

    def __init__(self, most: int, kept_bytes: int = KEPT_BYTES) -> None:
        self._most = most
        self._kept_bytes = kept_bytes
        self._at_work: dict[str, Job] = {}
        self._answers: OrderedDict[str, Job] = OrderedDict()

    @property
    def count(self) -> int:
        """How many are at work."""
        return len(self._at_work)

    def start(self, key: str, work: Callable[[Job], Coroutine[Any, Any, bytes]]) -> Job:
        """Let work begin, or join the one with the same key, which names everything that the answer depends on.

        Work that failed or was cancelled begins again.
        """
        found = self.find(key)
        if found is not None:
            return found
        if self.count >= self._most:
            raise TooBusy(f"Already {self._most} long computations are at work. Ask again later.", 5)
        job = self._at_work[key] = Job(key)
        job.start(work(job), self._ended)
        return job

    def find(self, key: str) -> Job | None:
        """The one at work on a question, or its kept answer; None when it failed, or was cancelled or forgotten."""
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        job = self._at_work.get(key)
        if job is not None:
            job.ask()
        return job

    def _ended(self, job: Job) -> None:
        """Keep an answer, and forget the oldest ones."""
        if self._at_work.get(job.key) is job:
            del self._at_work[job.key]
        if not job.succeeded or len(job.task.result()) > self._kept_bytes:
            return
        self._answers[job.key] = job
        size = sum(len(each.task.result()) for each in self._answers.values())
        while size > self._kept_bytes:
            size -= len(self._answers.popitem(last=False)[1].task.result())

    def cancel(self, key: str) -> bool:
        """End work at the next point where it waits; False when nothing is at work on this question."""
        job = self._at_work.pop(key, None)
        return job is not None and job.task.cancel()

    def cancel_all(self) -> list[asyncio.Task[bytes]]:
        """End everything that is at work, at the next point where it waits."""
        tasks = [job.task for job in self._at_work.values()]
        for task in tasks:
            task.cancel()
        return tasks

    async def close(self) -> None:
        """Cancel everything that is at work, and wait for its end."""
        tasks = self.cancel_all()
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_SECONDS)
