"""Training in the background: a play is a task that asks for the run's turn, slice after slice, like everybody else."""

import logging
import time

from app.backend import Backend
from app.computing.background import Going
from app.computing.turns import Line
from app.encoding import encode
from app.errors import Conflict, NoSuchRun, Problem
from app.events.broker import News
from app.runs.follow import slice_news, status_news
from app.runs.pace import SLICE_SECONDS, next_slice
from app.runs.read import read
from app.runs.training import fits_here, order_of, store_slice, train_slice
from app.runs.work import train, with_rate
from app.schemas.optimizer import check_learning_rate
from app.schemas.steps import PlayRequest
from app.store.rows import Run, Slice
from app.store.snapshot import Snapshot
from app.store.state_bytes import from_bytes
from core.errors import DownhillError
from core.training.setup import Setup
from core.training.state import State

logger = logging.getLogger("downhill")

FRAMES_PER_SECOND = 10


async def play(backend: Backend, run_id: str, body: PlayRequest) -> bytes:
    """Train in the background, or change how."""
    if body.learning_rate is not None:
        check_learning_rate("learning_rate", body.learning_rate, backend.limits)
    with backend.changing():
        async with backend.turns.of(run_id):
            await backend.setup_of(run_id)
            backend.plays.check_room(run_id)
            news = await backend.write(_note_play, backend, run_id, body)
            backend.plays.start(run_id, body.until_step, lambda going: _go(backend, run_id, going))
            backend.tell(run_id, news)
        return await backend.read(lambda: encode(read(backend, run_id, False)))


def _note_play(backend: Backend, run_id: str, body: PlayRequest) -> News | None:
    with backend.store.transaction() as change:
        run = change.run(run_id)
        if run.diverged_at is not None:
            raise Conflict(f"The run diverged at step {run.diverged_at}. Rewind it first.")
        if body.until_step is not None and body.until_step <= run.step:
            raise Conflict(f"The run stands at step {run.step}; until_step must be larger.")
        new = "rate" in body.model_fields_set or backend.status_of(run) != "playing"
        rate = body.rate if new else run.rate
        learning_rate = run.learning_rate if body.learning_rate is None else body.learning_rate
        run = change.set_status(run, status="playing", rate=rate, learning_rate=learning_rate)
    return status_news(backend, run, plays=True)


async def pause(backend: Backend, run_id: str) -> bytes:
    """Stop playing at once: a slice under way that takes longer is dropped, for nobody knows of it yet."""
    with backend.changing():
        backend.plays.stop(run_id)
        async with backend.turns.of(run_id, urgent=True):
            backend.tell(run_id, await backend.write(_note_end, backend, run_id))
        return await backend.read(lambda: encode(read(backend, run_id, False)))


def _note_end(backend: Backend, run_id: str) -> News | None:
    """Note that a run no longer plays."""
    with backend.store.transaction() as change:
        run = change.run(run_id)
        if run.status != "playing" or backend.plays.has(run_id):
            return None
        run = change.set_status(run, status="paused" if run.step else "ready", rate=None)
    return status_news(backend, run)


async def _go(backend: Backend, run_id: str, going: Going[int | None]) -> None:
    """Train slice by slice, at the run's rate, until told to stop; then the run no longer plays."""
    try:
        await _slices(backend, run_id, going)
    except NoSuchRun:
        return
    except (DownhillError, Problem) as error:
        logger.warning("a run stopped playing: %s", error)
    except Exception:
        # nobody waits for this task: whatever happened, the run must not look as if it still played
        logger.exception("a run stopped playing")
    backend.plays.forget(run_id, going)
    try:
        async with backend.turns.of(run_id):
            backend.tell(run_id, await backend.write(_note_end, backend, run_id))
    except Problem as error:
        logger.warning("a run that no longer plays is not noted as paused: %s", error)


async def _slices(backend: Backend, run_id: str, going: Going[int | None]) -> None:
    due, size = time.monotonic(), 1
    while not going.stop.is_set():
        async with backend.turns.of(run_id) as line:
            if going.stop.is_set():
                return
            played = await _slice(backend, run_id, going, line, size)
        if played is None:
            continue
        run, found = played
        done = len(found.records)
        if run.rate is None:
            size = next_slice(done, found.seconds)
            continue
        size = max(1, int(run.rate / FRAMES_PER_SECOND))
        due = max(due, time.monotonic() - SLICE_SECONDS) + done / run.rate
        await going.sleep(max(0.0, due - time.monotonic()))


async def _slice(
    backend: Backend, run_id: str, going: Going[int | None], line: Line, size: int
) -> tuple[Run, Slice] | None:  # fmt: skip
    """Train one slice and store it, under the run's turn; None when it was dropped, or when there is nothing to do."""
    setup = await backend.setup_of(run_id)
    if fits_here(backend, setup, size):
        run, after, found, news = await backend.write(_slice_here, backend, run_id, setup, going.asked, size)
    else:
        run, state, count = await backend.read(_next, backend, run_id, going.asked, size)
        found = None
        if count:
            found = await train_slice(backend, setup, order_of(setup, state, count, run.grid), line)
            if found is None or going.stop.is_set():
                return None
            status = _status_after(backend, found, going.asked)
            after, news = await backend.write(store_slice, backend, run, setup, found, status, run.learning_rate)
    if found is None:
        _end(backend, run_id, going)
        return None
    if after.status != "playing":
        # under the turn: whoever lets it play again from now on starts another task
        _end(backend, run_id, going)
    backend.tell(run_id, news)
    return after, found


def _end(backend: Backend, run_id: str, going: Going[int | None]) -> None:
    going.stop.set()
    backend.plays.forget(run_id, going)


def _count(backend: Backend, run: Run, until_step: int | None, size: int) -> int:
    """Steps for the next slice: none when the run no longer plays, never beyond where it is to pause."""
    last = backend.limits.steps_per_run if until_step is None else min(until_step, backend.limits.steps_per_run)
    return max(0, min(size, last - run.step)) if run.status == "playing" else 0


def _status_after(backend: Backend, found: Slice, until_step: int | None) -> str:
    over = found.head.step in (until_step, backend.limits.steps_per_run)
    return "paused" if over or found.head.diverged else "playing"


def _start(backend: Backend, now: Snapshot, run_id: str, until_step: int | None, size: int) -> tuple[Run, State, int]:
    run, blob = now.head(run_id)
    return run, with_rate(from_bytes(blob), run.learning_rate), _count(backend, run, until_step, size)


def _next(backend: Backend, run_id: str, until_step: int | None, size: int) -> tuple[Run, State, int]:
    with backend.store.snapshot() as now:
        return _start(backend, now, run_id, until_step, size)


def _slice_here(
    backend: Backend, run_id: str, setup: Setup, until_step: int | None, size: int
) -> tuple[Run, Run, Slice | None, News | None]:
    """A few quick steps: read, computed and stored in one transaction."""
    with backend.store.transaction() as change:
        run, state, count = _start(backend, change, run_id, until_step, size)
        if not count:
            return run, run, None, None
        found = train(setup, order_of(setup, state, count, run.grid))
        after = change.append(run, found, _status_after(backend, found, until_step), run.learning_rate)
    return run, after, found, slice_news(backend, run, after, setup, found)
