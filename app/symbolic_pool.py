"""Calls to the process for symbolic and high-precision mathematics: a bounded queue and a time limit."""

import asyncio
import threading
from contextlib import suppress
from typing import Any

from app import symbolic_worker
from app.errors import Problem, TooBusy
from app.settings import Limits
from app.worker_process import WorkerProcess

WARM_AFTER_SECONDS = 0.5


class SymbolicPool:
    """One process at the server's own priority. A call over its time ends the process; the next one finds a new one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pending = 0
        self.process = WorkerProcess("computes functions", symbolic_worker.prepare)
        self._warming = threading.Timer(WARM_AFTER_SECONDS, self._warm)
        self._warming.daemon = True

    async def ask(self, location: str, call: str, arguments: dict[str, Any]) -> bytes:
        """The worker's answer as JSON; `location` is the field to blame when it takes too long."""
        if self.pending >= self.limits.queued_functions:
            raise TooBusy("The server is busy: the queue of function calls is full. Ask again in a second.")
        self.pending += 1
        try:
            answer: bytes | None = await asyncio.to_thread(self._call, call, arguments)
        finally:
            self.pending -= 1
        if answer is None:
            raise self._too_complicated(location)
        return answer

    def _call(self, call: str, arguments: dict[str, Any]) -> Any:
        try:
            return self.process.call(symbolic_worker.answer, call, arguments, seconds=self.limits.symbolic_seconds)
        except TimeoutError:
            return None

    def _too_complicated(self, location: str) -> Problem:
        message = (
            f"This is too complicated: it needs more than {self.limits.symbolic_seconds:g} s or too much memory. "
            "Try a shorter formula, smaller powers or fewer samples."
        )
        return Problem(422, f"{location}: {message}", [{"location": location, "message": message}])

    def warm(self) -> None:
        """Start the process soon, in the background, so that the first question need not wait for it."""
        self._warming.start()

    def _warm(self) -> None:
        with suppress(Problem):
            self.process.start()

    def close(self) -> None:
        """End the process; nothing is asked any more."""
        self._warming.cancel()
        self.process.close()
