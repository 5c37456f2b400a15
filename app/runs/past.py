"""A run's past: the state at a step, the losses, going back."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.backend import Backend
from app.encoding import encode
from app.errors import Conflict, Problem
from app.runs.follow import status_news
from app.runs.pace import first_slice, next_slice
from app.runs.read import read
from app.runs.training import fits_here, train_slice
from app.runs.views import diagnostics, layers_view, parameters_view, shows_layers
from app.runs.work import Order, train, with_rate
from app.store.rows import Run
from app.store.state_bytes import from_bytes
from core.data.samples import Data
from core.errors import LimitExceeded
from core.training.advance import trace
from core.training.batches import batch_of
from core.training.setup import Setup
from core.training.state import State

Rates = list[tuple[float, int]]


@dataclass(frozen=True)
class Moment:
    """A run as it was at a step of its past: its state, and the record of the update that led there."""

    run: Run
    setup: Setup
    state: State
    record: dict[str, Any] | None

    @property
    def batch(self) -> Data:
        """The batch of the update that starts from this state."""
        return batch_of(self.setup.recipe, self.setup.data, self.state.step)


async def moment(
    backend: Backend, key: str, shared: bool, step: int | None, earlier: Moment | None = None
) -> Moment:  # fmt: skip
    """The state at a step (None: the newest): stored, or computed again from the nearest one before.

    Run, state and records are read in one transaction: a rewind meanwhile cannot mix two pasts. Who goes through many
    steps in order gives the moment before, and the next one is computed from there where that is nearer.
    """
    run, setup, state, rates, record = await backend.read(_stored, backend, key, shared, step, earlier)
    if rates and earlier is not None:
        state = await _replay(backend, setup, state, rates)
    elif rates:
        wanted = state.step + sum(count for _, count in rates)
        place = (run.id, run.generation, wanted)
        state = await backend.replayed.get(place, lambda: _replay(backend, setup, state, rates))
    return Moment(run, setup, state, record)


async def _replay(backend: Backend, setup: Setup, state: State, rates: Rates) -> State:
    deadline = time.monotonic() + backend.limits.step_seconds
    for rate, count in rates:
        state = await _again(backend, setup, with_rate(state, rate), count, deadline)
    return state


async def at_moment(
    backend: Backend, view: Callable[..., dict[str, Any]], key: str, shared: bool, step: int | None, *args: Any
) -> bytes:
    """The JSON of what a function makes of a run's state at a step."""
    found = await moment(backend, key, shared, step)
    return await backend.read(lambda: encode(view(backend, found, *args)))


def _stored(
    backend: Backend, key: str, shared: bool, step: int | None, earlier: Moment | None
) -> tuple[Run, Setup, State, Rates, dict[str, Any] | None]:
    with backend.store.snapshot() as now:
        run = now.run(key, shared)
        k = run.step if step is None else step
        if k > run.step:
            raise Problem(404, f"Step {k} is not there yet: the run stands at step {run.step}.")
        state = from_bytes(now.nearest_state(run.id, k))
        if earlier is not None and earlier.run.generation != run.generation:
            raise Conflict("The run was rewound while its past was read. Ask again.")
        if earlier is not None and state.step < earlier.state.step <= k:
            state = earlier.state
        setup = backend.setup(run.id)
        records = now.records_after(run.id, min(state.step, k - 1), k - min(state.step, k - 1)) if k else []
    rates = _rates(setup, state, (record for record in records if record["step"] > state.step))
    return run, setup, state, rates, records[-1] if records else None


def _rates(setup: Setup, state: State, records: Iterable[dict[str, Any]]) -> Rates:
    """The base learning rates of the steps to make again, each with how many steps it held for."""
    rates: Rates = []
    base = state.learning_rate
    for record in records:
        base = setup.recipe.schedule.base_of(record["learning_rate"], record["step"] - 1, base)
        if rates and rates[-1][0] == base:
            rates[-1] = (base, rates[-1][1] + 1)
        else:
            rates.append((base, 1))
    return rates


async def _again(backend: Backend, setup: Setup, state: State, count: int, deadline: float) -> State:
    """Make steps again that were made before; no state is kept on the way."""
    size, end = first_slice(setup), state.step + count
    while state.step < end:
        if time.monotonic() >= deadline:
            raise Problem(503, "Computing this step again took longer than the time limit step_seconds.")
        left = end - state.step
        if fits_here(backend, setup, left):
            return (await backend.read(train, setup, Order(state, left, left + 1))).head
        found = await train_slice(backend, setup, Order(state, min(size, left), end + 1), first=True)
        assert found is not None
        state, size = found.head, next_slice(len(found.records), found.seconds)
    return state


async def state_at(backend: Backend, key: str, shared: bool, k: int, include_layers: bool) -> bytes:
    """The whole state at a step of the past."""
    return await at_moment(backend, _state_view, key, shared, k, shared, include_layers)


def _state_view(backend: Backend, found: Moment, shared: bool, include_layers: bool) -> dict[str, Any]:
    setup, state = found.setup, found.state
    with_layers = shows_layers(backend, setup, include_layers)
    view: dict[str, Any] = {} if shared else {"id": found.run.id}
    view |= {
        "step": state.step,
        "epoch": state.step // setup.steps_per_epoch,
        "loss": None if state.diverged else state.loss,
        "loss_step": state.loss_step,
        "learning_rate": state.learning_rate,
        "diverged": state.diverged,
        "diverged_at": state.observations.diverged_at,
        "diagnostics": diagnostics(state.observations, setup),
        "record": found.record,
        "layers": None,
        "parameters": None,
    }
    if with_layers:
        view["parameters"] = parameters_view(state.network)
        view["layers"] = layers_view(state.network, *trace(state, setup.recipe, setup.data))
    return view


def losses(backend: Backend, key: str, shared: bool, since: int, limit: int, evaluations_only: bool) -> dict[str, Any]:
    """Records and evaluations after a step."""
    most = backend.limits.loss_page
    if limit > most:
        raise LimitExceeded("query.limit", f"At most {most} records in one answer; follow `next`.")
    with backend.store.snapshot() as now:
        run = now.run(key, shared)
        evaluations = now.evaluations_after(run.id, since, most)
        found = [] if evaluations_only else now.records_after(run.id, since, limit)
    if evaluations_only:
        more = len(evaluations) == most
        return {"records": [], "evaluations": evaluations, "next": evaluations[-1]["step"] if more else None}
    last = found[-1]["step"] if found else since
    more = len(found) == limit and last < run.step
    if more:
        evaluations = [e for e in evaluations if e["step"] <= last]
    return {"records": found, "evaluations": evaluations, "next": last if more else None}


async def rewind(backend: Backend, run_id: str, k: int) -> bytes:
    """Go back to a step and forget what came after."""
    with backend.changing():
        await backend.setup_of(run_id)
        backend.plays.stop(run_id)
        async with backend.turns.of(run_id, urgent=True):
            found = await moment(backend, run_id, False, k)
            after = await backend.write(_store_rewind, backend, found)
            backend.tell(run_id, status_news(backend, after, resets=True))
        return await backend.read(lambda: encode(read(backend, run_id, False)))


def _store_rewind(backend: Backend, found: Moment) -> Run:
    with backend.store.transaction() as change:
        return change.rewind(found.run, found.state)
