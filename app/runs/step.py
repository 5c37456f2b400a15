"""Updates that a client asks for: a few at once, many slice by slice."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.backend import Backend
from app.computing.turns import Line
from app.encoding import encode
from app.errors import Conflict, Problem
from app.events.broker import News
from app.runs.follow import slice_news
from app.runs.pace import first_slice, next_slice
from app.runs.training import fits_here, order_of, store_slice, train_slice
from app.runs.views import diagnostics, layers_view, parameters_view, shows_layers
from app.runs.work import train, with_rate
from app.schemas.optimizer import check_learning_rate
from app.schemas.steps import StepRequest
from app.store.rows import EVALUATION_FIELDS, Run, Slice
from app.store.state_bytes import from_bytes
from core.errors import Diverged, LimitExceeded
from core.training.advance import trace
from core.training.setup import Setup
from core.training.state import State


class Leaving:
    """Whether the client has gone away before it was answered."""

    gone = False


@dataclass(frozen=True)
class Asked:
    """One request for steps of a run."""

    run_id: str
    setup: Setup
    body: StepRequest
    with_layers: bool
    leaving: Leaving

    @property
    def loss_after(self) -> bool:
        """Whether each mini-batch's loss after its update is asked for."""
        return "loss_after" in self.body.include


async def step(backend: Backend, run_id: str, body: StepRequest, leaving: Leaving) -> bytes:
    """Make updates, store them, and tell every number of the last one.

    Fewer updates when the time is over, when the client has left, or when somebody pauses, rewinds or deletes.
    """
    with backend.changing():
        async with backend.turns.of(run_id) as line:
            setup = await backend.setup_of(run_id)
            _check_count(backend, body)
            asked = Asked(run_id, setup, body, shows_layers(backend, setup, "layers" in body.include), leaving)
            if fits_here(backend, setup, body.count):
                content, news = await backend.write(_at_once, backend, asked)
                backend.tell(run_id, news)
                return content
            return await _slice_by_slice(backend, asked, line)


def _check_count(backend: Backend, body: StepRequest) -> None:
    if body.count > backend.limits.steps_per_request:
        raise LimitExceeded("count", f"At most {backend.limits.steps_per_request} steps in one request.")
    if body.learning_rate is not None:
        check_learning_rate("learning_rate", body.learning_rate, backend.limits)


def _start(backend: Backend, asked: Asked, run: Run, blob: bytes) -> State:
    """The state to go on from, once it is sure that the request fits the run."""
    count, expected = asked.body.count, asked.body.expected_step
    if run.step + count > backend.limits.steps_per_run:
        raise LimitExceeded(
            "count", f"A run has at most {backend.limits.steps_per_run} steps; it stands at {run.step}."
        )
    if expected is not None and expected != run.step:
        raise Conflict(f"The run stands at step {run.step}, not at {expected}. Nothing was done.")
    state = from_bytes(blob)
    if state.diverged:
        raise Diverged(state.step)
    return with_rate(state, run.learning_rate if asked.body.learning_rate is None else asked.body.learning_rate)


def _status(backend: Backend, run: Run) -> str:
    return "playing" if backend.status_of(run) == "playing" else "paused"


def _at_once(backend: Backend, asked: Asked) -> tuple[bytes, News | None]:
    """A few quick steps: read, computed and stored in one transaction, and answered as they are stored."""
    with backend.store.transaction() as change:
        run, blob = change.head(asked.run_id)
        state = _start(backend, asked, run, blob)
        order = order_of(asked.setup, state, asked.body.count, run.grid, loss_after=asked.loss_after, told=True)
        found = train(asked.setup, order)
        content = _answer(asked, [found])
        after = change.append(run, found, _status(backend, run), state.learning_rate)
    return content, slice_news(backend, run, after, asked.setup, found)


async def _slice_by_slice(backend: Backend, asked: Asked, line: Line) -> bytes:
    """Many or slow steps: each slice is computed in a worker process, and stored by itself."""
    run, blob = await backend.read(_head, backend, asked.run_id)
    state = _start(backend, asked, run, blob)
    work = Work(backend, asked, line, run, state)
    while True:
        try:
            content = await work.go_on()
        except Problem:
            if not work.stored:
                raise
            # what was stored before is answered as stored
            content = await backend.read(_answer, asked, work.stored)
        if content is not None:
            return content


class Work:
    """A request under way: where it stands, and what of it is stored."""

    def __init__(self, backend: Backend, asked: Asked, line: Line, run: Run, state: State) -> None:
        self.backend = backend
        self.asked = asked
        self.line = line
        self.run = run
        self.state = state
        self.stored: list[Slice] = []
        self.left = asked.body.count
        self.size = first_slice(asked.setup)
        self.deadline = math.inf

    async def go_on(self) -> bytes | None:
        """Train and store the next slice; the answer, as JSON, when that was the last one."""
        backend, asked = self.backend, self.asked
        pace = self.stored[-1].seconds / len(self.stored[-1].records) if self.stored else None
        count = min(self.left, self.size)
        order = order_of(asked.setup, self.state, count, self.run.grid, pace, loss_after=asked.loss_after, told=True)
        hurries = self.line if self.stored else None
        found = await train_slice(backend, asked.setup, order, hurries, first=not self.stored)
        if found is None:
            return await backend.read(_answer, asked, self.stored)
        # from the first work on: a process may have had to start for it
        self.deadline = min(self.deadline, time.monotonic() + backend.limits.step_seconds - found.seconds)
        self.left -= len(found.records)
        # made before it is stored: what is stored is answered as stored
        content = await backend.read(_answer, asked, [*self.stored, found]) if self._is_over(found) else None
        status, rate = _status(backend, self.run), self.state.learning_rate
        self.run, news = await backend.write(store_slice, backend, self.run, asked.setup, found, status, rate)
        backend.tell(asked.run_id, news)
        self.stored.append(found)
        self.state, self.size = found.head, next_slice(len(found.records), found.seconds)
        return content

    def _is_over(self, found: Slice) -> bool:
        """Whether this slice is the last one: all is done, time is over, or nobody waits any more."""
        stopped = self.asked.leaving.gone or self.line.hurry.is_set() or self.backend.closing.is_set()
        return not self.left or found.head.diverged or stopped or time.monotonic() >= self.deadline


def _head(backend: Backend, run_id: str) -> tuple[Run, bytes]:
    with backend.store.snapshot() as now:
        return now.head(run_id)


def _answer(asked: Asked, slices: Sequence[Slice]) -> bytes:
    """All that is told of the steps made, as JSON; the records come encoded from where they were made."""
    setup, last = asked.setup, slices[-1]
    state = last.head
    layers = updated = None
    if asked.with_layers:
        layers = layers_view(last.previous.network, *trace(last.previous, setup.recipe, setup.data))
        updated = parameters_view(state.network)
    evaluations = [dict(zip(EVALUATION_FIELDS, row, strict=True)) for found in slices for row in found.evaluations]
    view: dict[str, Any] = {
        "id": asked.run_id,
        "step": state.step,
        "epoch": state.step // setup.steps_per_epoch,
        "loss": None if state.diverged else state.loss,
        "loss_step": state.loss_step,
        "completed": sum(len(found.records) for found in slices) == asked.body.count,
        "diverged": state.diverged,
        "diverged_at": state.observations.diverged_at,
        "diagnostics": diagnostics(state.observations, setup),
        "layers": layers,
        "updated": updated,
        "evaluations": evaluations,
    }
    return encode(view)[:-1] + b',"records":[' + b",".join(found.told for found in slices) + b"]}"
