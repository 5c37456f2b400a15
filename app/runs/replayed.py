"""States of the past that were computed again, the newest few: several readings of one step compute it once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from core.training.state import State

KEPT = 8
# run, generation, step: what is past changes only with the generation
Key = tuple[str, int, int]


class Replayed:
    """Whoever asks for a step that is being computed waits for it."""

    def __init__(self) -> None:
        self._states: OrderedDict[Key, State] = OrderedDict()
        self._locks: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()

    async def get(self, key: Key, compute: Callable[[], Awaitable[State]]) -> State:
        """The state of a step: kept, or computed now."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            found = self._states.get(key)
            if found is None:
                found = self._states[key] = await compute()
            self._states.move_to_end(key)
            while len(self._states) > KEPT:
                self._states.popitem(last=False)
            return found
