"""Making a run, from a configuration or from a step of another run, and removing it."""

import json
import math
from dataclasses import replace
from typing import Any

from app.backend import Backend
from app.computing.workers import CORES
from app.encoding import encode
from app.errors import Conflict, Problem
from app.events.broker import News
from app.runs.pace import cores_of
from app.runs.past import Moment, moment
from app.runs.read import read
from app.runs.training import GRACE_SECONDS, fits_here
from app.runs.work import begin_there, begin_with, with_rate
from app.schemas.configuration import configuration_of
from app.schemas.optimizer import check_learning_rate
from app.schemas.runs import BranchRequest, CreateRunRequest
from app.store.rows import Run
from core.errors import InvalidInput
from core.network.layers import Network
from core.training.setup import Setup
from core.training.state import State


async def create(backend: Backend, body: CreateRunRequest) -> tuple[str, bytes]:
    """Make a run, and its step 0; return its id, and all about it."""
    with backend.changing():
        network, setup = await backend.read(_build, backend, body)
        if fits_here(backend, setup, 1):
            first, evaluated = await backend.read(begin_with, network, setup)
        else:
            arguments = (setup.configuration, backend.settings.data_dir)
            seconds = backend.limits.step_seconds + GRACE_SECONDS
            cores = cores_of(setup, CORES)
            try:
                first, evaluated = await backend.training.call(
                    begin_there, arguments, seconds, cores=cores, urgent=True
                )
            except TimeoutError as error:
                raise Problem(503, "The first evaluation took longer than the time limit step_seconds.") from error
        if not math.isfinite(first.loss):
            raise InvalidInput("data", "With these numbers the first loss is not finite; give smaller ones.")
        run = await backend.write(_store_new, backend, setup, first, evaluated)
        return run.id, await backend.read(lambda: encode(read(backend, run.id, False)))


def _build(backend: Backend, body: CreateRunRequest) -> tuple[Network, Setup]:
    return configuration_of(body, backend.limits).build(backend.settings.data_dir)


def _store_new(backend: Backend, setup: Setup, first: State, evaluated: list[tuple[Any, ...]]) -> Run:
    preset = json.loads(setup.configuration)["preset"]
    with backend.store.transaction() as change:
        return change.create(setup.configuration, preset, first, evaluated)


async def branch(backend: Backend, run_id: str, body: BranchRequest) -> tuple[str, bytes]:
    """Start a second run from a step of this one, with another learning rate if asked."""
    if body.learning_rate is not None:
        check_learning_rate("learning_rate", body.learning_rate, backend.limits)
    with backend.changing():
        found = await moment(backend, run_id, False, body.step)
        if body.learning_rate is not None:
            found = replace(found, state=with_rate(found.state, body.learning_rate))
        new = await backend.write(_store_branch, backend, found)
        return new.id, await backend.read(lambda: encode(read(backend, new.id, False)))


def _store_branch(backend: Backend, found: Moment) -> Run:
    with backend.store.transaction() as change:
        source = change.run(found.run.id)
        if source.generation != found.run.generation:
            raise Conflict("The run was rewound by somebody else at the same time. Nothing was done.")
        return change.branch(source, found.setup.configuration, found.state)


async def delete(backend: Backend, run_id: str) -> None:
    """Remove a run at once; who waits for its turn, or trains it, then finds no such run."""
    with backend.changing():
        backend.plays.stop(run_id)
        await backend.write(_store_delete, backend, run_id)
        backend.tell(run_id, News(0, 0, ends=True))


def _store_delete(backend: Backend, run_id: str) -> None:
    with backend.store.transaction() as change:
        change.delete(run_id)
