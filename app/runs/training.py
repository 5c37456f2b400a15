"""One slice of training: computed where it fits, then stored, then told."""

from app.backend import Backend
from app.computing.turns import Line
from app.computing.workers import CORES, unless
from app.errors import Problem
from app.events.broker import News
from app.runs.follow import slice_news
from app.runs.pace import cores_of, is_quick, seconds_of, spacing_of
from app.runs.work import Order, train_there
from app.store.rows import Run, Slice
from core.errors import Diverged
from core.training.setup import Setup
from core.training.state import State

# a slice under way is waited for so long when somebody is in a hurry; then it is dropped, for nobody knows of it yet
HURRY_SECONDS = 0.05
GRACE_SECONDS = 30  # a single step is let to its end for so long after the time is over


def order_of(
    setup: Setup, state: State, count: int, grid: int, step_seconds: float | None = None, **more: bool
) -> Order:  # fmt: skip
    """What to train: with states kept about so many seconds of work apart."""
    spacing = spacing_of(grid, count, step_seconds or seconds_of(setup), state.size)
    return Order(state, count, spacing, **more)


def fits_here(backend: Backend, setup: Setup, count: int) -> bool:
    """Whether so many steps are quick enough for a thread of the server."""
    return is_quick(setup, count, backend.settings.worker_operations)


async def train_slice(
    backend: Backend, setup: Setup, order: Order, line: Line | None = None, first: bool = False
) -> Slice | None:  # fmt: skip
    """Train in a worker process; given a line, None when somebody in a hurry came to it first.

    The first slice that somebody waits for goes before the later slices of others.
    """
    if order.state.diverged:
        raise Diverged(order.state.step)
    arguments = (setup.configuration, backend.settings.data_dir, order)
    seconds = backend.limits.step_seconds + GRACE_SECONDS
    call = backend.training.call(train_there, arguments, seconds, cores=cores_of(setup, CORES), urgent=first)
    try:
        return await call if line is None else await unless(line.hurry, call, HURRY_SECONDS)
    except TimeoutError as error:
        raise Problem(503, "One step took longer than the time limit step_seconds. Nothing was done.") from error


def store_slice(
    backend: Backend, run: Run, setup: Setup, found: Slice, status: str, learning_rate: float
) -> tuple[Run, News | None]:
    """Add a slice to a run in one transaction; return how the run then stands, and what the streams are told."""
    with backend.store.transaction() as change:
        after = change.append(run, found, status, learning_rate)
    return after, slice_news(backend, run, after, setup, found)
