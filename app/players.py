"""Training in the background: one thread a playing run, one transaction a slice."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from app.engine import SLICE_SECONDS, next_slice
from app.errors import Problem, TooBusy
from app.store import Run
from core.errors import DownhillError

logger = logging.getLogger("downhill")

FIRST_SLICE = 1
BREATH_SECONDS = 0.001
FRAMES_PER_SECOND = 10


@dataclass
class Player:
    """One playing run: told to stop from outside."""

    run_id: str
    until_step: int | None
    stop: threading.Event = field(default_factory=threading.Event)
    size: int = FIRST_SLICE


class Players:
    """All playing runs of this server."""

    def __init__(
        self, limit: int, play_slice: Callable[[Player], tuple[Run, int] | None], give_up: Callable[[str], None]
    ) -> None:
        self.limit = limit
        self._play_slice = play_slice
        self._give_up = give_up
        self._players: dict[str, Player] = {}
        self._threads: set[threading.Thread] = set()
        self._guard = threading.Lock()

    @property
    def count(self) -> int:
        """How many runs play."""
        return len(self._players)

    def plays(self, run_id: str) -> bool:
        """Whether somebody plays this run."""
        return run_id in self._players

    def start(self, run_id: str, until_step: int | None) -> None:
        """Let a run play, or change where it pauses."""
        self.check_room(run_id)
        with self._guard:
            player = self._players.get(run_id)
            if player is not None and not player.stop.is_set():
                player.until_step = until_step
                return
            player = self._players[run_id] = Player(run_id, until_step)
            thread = threading.Thread(target=self._play, args=(player,), name=f"play-{run_id[:6]}", daemon=True)
            self._threads.add(thread)
        thread.start()

    def check_room(self, run_id: str) -> None:
        """Refuse before anything is written when too many runs play."""
        with self._guard:
            if run_id not in self._players and len(self._players) >= self.limit:
                raise TooBusy(f"Already {self.limit} runs are playing. Pause one first.", 5)

    def stop(self, run_id: str) -> None:
        """Ask a player to stop after its slice."""
        with self._guard:
            player = self._players.pop(run_id, None)
        if player is not None:
            player.stop.set()

    def close(self) -> None:
        """Stop all players and wait for their slices."""
        with self._guard:
            players, self._players = list(self._players.values()), {}
            threads = list(self._threads)
        for player in players:
            player.stop.set()
        for thread in threads:
            thread.join(timeout=5)

    def _play(self, player: Player) -> None:
        failed = True
        try:
            self._train(player)
            failed = False
        except (DownhillError, Problem, SQLAlchemyError) as error:
            logger.warning("run %s stopped playing: %s", player.run_id[:6], error)
        except Exception:
            # nothing is above a thread: whatever happened, the run must not look as if it still played
            logger.exception("run %s stopped playing", player.run_id[:6])
        finally:
            with self._guard:
                if self._players.get(player.run_id) is player:
                    del self._players[player.run_id]
            if failed:
                self._note_failure(player)
            with self._guard:
                self._threads.discard(threading.current_thread())

    def _train(self, player: Player) -> None:
        """Train slice by slice, at the run's rate, until told to stop."""
        due = time.monotonic()
        while not player.stop.is_set():
            pause = self._slice(player)
            if pause is None:
                break
            due = max(due, time.monotonic() - SLICE_SECONDS) + pause
            player.stop.wait(max(BREATH_SECONDS, due - time.monotonic()) if pause else BREATH_SECONDS)

    def _slice(self, player: Player) -> float | None:
        """Train one slice; return the seconds that it stands for, or None at the end."""
        started = time.monotonic()
        played = self._play_slice(player)
        if played is None:
            return None
        run, done = played
        if run.rate is None:
            player.size = next_slice(player.size, time.monotonic() - started)
            return 0.0
        player.size = max(1, int(run.rate / FRAMES_PER_SECOND))
        return done / run.rate

    def _note_failure(self, player: Player) -> None:
        try:
            self._give_up(player.run_id)
        except (Problem, SQLAlchemyError) as error:
            logger.warning("run %s: %s", player.run_id[:6], error)


def slice_count(player: Player, run: Run) -> int:
    """Steps for the next slice: never beyond where the run is to pause."""
    if player.until_step is None:
        return player.size
    return min(player.size, player.until_step - run.step)
