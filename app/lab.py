"""The parts of a running server, in one place."""

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from app import history
from app.broker import Broker
from app.configuration import Setup, build
from app.engine import Engine, Job
from app.errors import Problem
from app.players import Player, Players
from app.settings import Settings
from app.state_bytes import from_bytes
from app.store import Run, Store
from app.symbolic_pool import SymbolicPool
from core.training import State

CACHED_SETUPS = 32


class Lab:
    """Settings, store, engine, symbolic worker, broker and players; the cache holds only what never changes."""

    def __init__(
        self,
        settings: Settings,
        play_slice: Callable[["Lab", Player], tuple[Run, int] | None],
        give_up: Callable[["Lab", str], None],
    ) -> None:
        self.settings = settings
        self.limits = settings.limits
        self.store = Store(settings)
        self.engine = Engine(settings)
        self.symbolic = SymbolicPool(settings.limits)
        self.broker = Broker(settings.limits.streams)
        self.players = Players(
            settings.limits.playing_runs,
            lambda player: play_slice(self, player),
            lambda run_id: give_up(self, run_id),
        )
        self._setups: OrderedDict[str, Setup] = OrderedDict()

    def setup(self, run_id: str) -> Setup:
        """A run's setup, which never changes."""
        found = self._setups.get(run_id)
        if found is None:
            found = build(json.loads(self.store.configuration(run_id)), self.settings.data_dir)[1]
            self._setups[run_id] = found
            while len(self._setups) > CACHED_SETUPS:
                self._setups.popitem(last=False)
        return found

    def status_of(self, run: Run) -> str:
        """A run plays only while somebody plays it, even where the database could not take that it ended."""
        return "paused" if run.status == "playing" and not self.players.plays(run.id) else run.status

    def state_at(self, run: Run, step: int) -> State:
        """The state at a step of the past: stored, or computed again from the nearest one before."""
        if step > run.step:
            raise Problem(404, f"Step {step} is not there yet: the run stands at step {run.step}.")
        state = from_bytes(history.nearest_state(self.store, run.id, step))
        if state.step == step:
            return state
        setup = self.setup(run.id)
        rates: list[tuple[float, int]] = []
        for record in history.records_after(self.store, run.id, state.step, step - state.step):
            rate = record["learning_rate"]
            if rates and rates[-1][0] == rate:
                rates[-1] = (rate, rates[-1][1] + 1)
            else:
                rates.append((rate, 1))
        for rate, count in rates:
            state = self.advance_at(Job(state, setup, count, grid=count + 1), rate)
        return state

    def advance_at(self, job: Job, learning_rate: float) -> State:
        """Advance with a learning rate that may differ from the state's."""
        job.state = with_rate(job.state, learning_rate)
        outcome = self.engine.run(job, self.limits.step_seconds)
        if outcome.state.step < job.state.step + job.count:
            raise Problem(503, "Computing this step again took longer than the time limit step_seconds.")
        return outcome.state

    def end_waiting(self) -> None:
        """The process is asked to end: end streams, and let long steps answer with what they have."""
        self.broker.close()
        self.engine.closing.set()

    def close(self) -> None:
        """Stop playing, end streams, free everything."""
        self.end_waiting()
        self.players.close()
        self.engine.close()
        self.symbolic.close()
        self.store.close()


def with_rate(state: State, learning_rate: float) -> State:
    """The same state with another learning rate."""
    return state if state.learning_rate == learning_rate else replace(state, learning_rate=learning_rate)
