"""The queue before the process for symbolic and high-precision mathematics: bounded, with a time limit."""

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
        self.process = WorkerProcess("functions", symbolic_worker.prepare)
        self._turn = asyncio.Lock()
        self._warming = threading.Timer(WARM_AFTER_SECONDS, self._warm)
        self._warming.daemon = True

    async def ask(self, location: str, call: str, arguments: dict[str, Any]) -> bytes:
        """The worker's answer as JSON; `location` is the field to blame when it takes too long."""
        if self.pending >= self.limits.queued_functions:
            raise TooBusy("The server is busy: the queue of function calls is full. Ask again in a second.")
        self.pending += 1
        try:
            await self._wait_for_turn()
            try:
                seconds = self.limits.symbolic_seconds
                answer = await asyncio.to_thread(self.process.call, symbolic_worker.answer, (call, arguments), seconds)
            except TimeoutError:
                answer = None
            finally:
                self._turn.release()
        finally:
            self.pending -= 1
        if answer is None:
            raise self._too_complicated(location)
        return answer

    async def _wait_for_turn(self) -> None:
        """One call at a time is the process's; who waits too long behind slow ones is told so."""
        try:
            await asyncio.wait_for(self._turn.acquire(), self.limits.queued_function_seconds)
        except TimeoutError as error:
            raise TooBusy("The server is busy with slow function calls. Ask again in a second.") from error

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
