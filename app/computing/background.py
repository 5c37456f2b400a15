"""What goes on in the background: one task for each name, told to stop from outside."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

from app.errors import TooBusy

logger = logging.getLogger("downhill")

STOP_SECONDS = 5
T = TypeVar("T")


class Going(Generic[T]):
    """One thing that goes on, with what it was asked to do; it looks at `stop` between its parts."""

    def __init__(self, asked: T) -> None:
        self.asked = asked
        self.stop = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait so long, or until it is told to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stop.wait(), seconds)


class Background(Generic[T]):
    """All that goes on, at most so many at a time."""

    def __init__(self, limit: int, refusal: str) -> None:
        self.limit = limit
        self._refusal = refusal
        self._going: dict[str, Going[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def count(self) -> int:
        """How many go on."""
        return len(self._going)

    def has(self, name: str) -> bool:
        """Whether this one goes on."""
        return name in self._going

    def check_room(self, name: str) -> None:
        """Refuse, before anything is written, when too many go on."""
        if name not in self._going and len(self._going) >= self.limit:
            raise TooBusy(self._refusal, 5)

    def start(self, name: str, asked: T, go: Callable[[Going[T]], Awaitable[None]]) -> None:
        """Let something go on, or tell the one that goes on what is asked now."""
        self.check_room(name)
        going = self._going.get(name)
        if going is not None:
            going.asked = asked
            return
        going = self._going[name] = Going(asked)
        task = asyncio.create_task(self._run(name, going, go))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, name: str, going: Going[T], go: Callable[[Going[T]], Awaitable[None]]) -> None:
        try:
            await go(going)
        except Exception:
            # nobody waits for a task: without this line a fault would be silent
            logger.exception("work in the background ended by a fault")
        finally:
            self.forget(name, going)

    def forget(self, name: str, going: Going[T]) -> None:
        """It no longer goes on, though its task may have a last thing to do."""
        if self._going.get(name) is going:
            del self._going[name]

    def stop(self, name: str) -> None:
        """Tell one to stop; it is no longer counted."""
        going = self._going.pop(name, None)
        if going is not None:
            going.stop.set()

    async def close(self) -> None:
        """Tell all to stop, and wait for them."""
        for name in list(self._going):
            self.stop(name)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
