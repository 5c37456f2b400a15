"""Who may go now: in the order of asking, who is in a hurry first; waiting holds no thread."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Line:
    """Places that are given out in the order of asking; one may ask for several at once.

    Whoever is in a hurry goes before all others, and `hurry` tells those who have a place that one is waiting.
    """

    def __init__(self, places: int = 1) -> None:
        self.hurry = asyncio.Event()
        self._free = places
        self._urgent: deque[tuple[asyncio.Future[None], int]] = deque()
        self._waiting: deque[tuple[asyncio.Future[None], int]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._urgent) + len(self._waiting)

    @asynccontextmanager
    async def turn(self, places: int = 1, *, urgent: bool = False) -> AsyncIterator["Line"]:
        """Wait for places, and give them back at the end."""
        await self.enter(places, urgent=urgent)
        try:
            yield self
        finally:
            self.leave(places)

    async def enter(self, places: int = 1, *, urgent: bool = False) -> None:
        """Wait for places."""
        if self._free >= places and not self.waiting:
            self._free -= places
            return
        line = self._urgent if urgent else self._waiting
        ticket = asyncio.get_running_loop().create_future()
        line.append((ticket, places))
        if urgent:
            self.hurry.set()
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.done() and not ticket.cancelled():
                self.leave(places)
            else:
                line.remove((ticket, places))
                self._call_next()
            raise

    def leave(self, places: int = 1) -> None:
        """Give places back."""
        self._free += places
        self._call_next()

    def _call_next(self) -> None:
        while line := self._urgent or self._waiting:
            ticket, places = line[0]
            if places > self._free:
                break
            line.popleft()
            if not ticket.cancelled():
                self._free -= places
                ticket.set_result(None)
        if not self._urgent:
            self.hurry.clear()


class Turns:
    """One line for each thing that only one at a time may change."""

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[str, Line] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, key: str, *, urgent: bool = False) -> AsyncIterator[Line]:
        """Wait for the turn on a thing, and end it."""
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = Line()
        async with line.turn(urgent=urgent):
            yield line
