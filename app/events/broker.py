"""From what trains to the streams that watch: newest frame first, control events never lost, all on the event loop.

Events are bytes, made once for all who watch: `fastapi.sse` would write each of them anew for each stream.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.encoding import encode
from app.errors import TooBusy

NEWEST_RECORDS = 500
FRAME_SECONDS = 1 / 30
KEEP_ALIVE_SECONDS = 15.0


def sse(event: str, data: bytes, event_id: str | None = None) -> bytes:
    """Write one server-sent event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {event}\ndata: ".encode() + data + b"\n\n"


@dataclass(frozen=True)
class News:
    """What happened to a run in one piece: encoded once, sent to everybody."""

    generation: int
    step: int
    records: tuple[tuple[int, bytes], ...] = ()
    control: tuple[bytes, ...] = ()
    resets: bool = False
    ends: bool = False


@dataclass(eq=False)
class Subscriber:
    """One stream: a slot for the newest records, and a queue for the rest; `sent` is the last step it was told of."""

    generation: int = 0
    sent: int = -1
    records: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=NEWEST_RECORDS))
    control: deque[bytes] = field(default_factory=deque)
    ended: bool = False
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, news: News) -> None:
        """Note news; only the newest records are kept, and none that the stream began with."""
        if news.resets:
            self.records.clear()
            self.sent = news.step
        self.generation = max(self.generation, news.generation)
        self.records.extend(record for record in news.records if record[0] > self.sent)
        self.control.extend(news.control)
        self.ended = self.ended or news.ends
        self.wake.set()

    def start(self, generation: int, step: int) -> None:
        """Leave out what was read from the database while news already came in."""
        if generation >= self.generation:
            self.generation = generation
            self.records = deque((r for r in self.records if r[0] > step), maxlen=NEWEST_RECORDS)
            self.sent = max(step, self.sent)

    def frame(self) -> bytes | None:
        """Everything since the last frame as one event; steps follow each other, so what is left out can be counted."""
        if not self.records:
            return None
        skipped = max(0, self.records[0][0] - 1 - max(self.sent, 0))
        self.sent, newest = self.records[-1]
        listed = b",".join(record for _, record in self.records)
        data = newest[:-1] + b',"records":[' + listed + b'],"skipped":%d}' % skipped
        self.records.clear()
        return sse("step", data, f"{self.generation}-{self.sent}")

    async def events(self) -> AsyncIterator[bytes]:
        """Yield frames and control events until the run or the server ends."""
        while True:
            self.wake.clear()
            if (frame := self.frame()) is not None:
                yield frame
            while self.control:
                yield self.control.popleft()
            if self.ended:
                yield sse("end", b"{}")
                return
            if frame is not None:
                await asyncio.sleep(FRAME_SECONDS)
            try:
                await asyncio.wait_for(self.wake.wait(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield b": keep-alive\n\n"


class Broker:
    """Who watches which run."""

    def __init__(self, streams: int) -> None:
        self.streams = streams
        self.count = 0
        self._watching: dict[str, set[Subscriber]] = {}
        self._closed = False

    def subscribe(self, run_id: str) -> Subscriber:
        """Start watching; refuse when there are too many streams."""
        if self.count >= self.streams:
            raise TooBusy(f"There are already {self.streams} streams. Close one first.", 5)
        subscriber = Subscriber(ended=self._closed)
        self._watching.setdefault(run_id, set()).add(subscriber)
        self.count += 1
        return subscriber

    def unsubscribe(self, run_id: str, subscriber: Subscriber) -> None:
        """Stop watching."""
        watching = self._watching.get(run_id, set())
        if subscriber in watching:
            watching.remove(subscriber)
            self.count -= 1
        if not watching:
            self._watching.pop(run_id, None)

    def is_watched(self, run_id: str) -> bool:
        """Whether somebody watches, so that nothing is encoded for nobody."""
        return run_id in self._watching

    def publish(self, run_id: str, news: News) -> None:
        """Hand news to everybody who watches, in the order of what happened: called under the run's turn."""
        for subscriber in self._watching.get(run_id, ()):
            subscriber.take(news)

    def close(self) -> None:
        """End every stream: the server is shutting down."""
        self._closed = True
        for watching in self._watching.values():
            for subscriber in watching:
                subscriber.take(News(0, 0, ends=True))


def record_news(records: Sequence[dict[str, Any]]) -> tuple[tuple[int, bytes], ...]:
    """Encode records, each once."""
    return tuple((record["step"], encode(record)) for record in records)
