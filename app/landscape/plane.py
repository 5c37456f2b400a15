"""The loss over a plane through a run's parameters, as a job: started or joined, followed, cancelled, kept."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.backend import Backend
from app.computing.jobs import Job
from app.encoding import encode
from app.errors import Conflict, Problem
from app.landscape.moments import refuse_diverged
from app.landscape.survey import Asked, Origin, States, Survey
from app.runs import past
from app.runs.pace import seconds_of
from app.runs.past import Moment
from app.schemas.configuration import configuration_of
from app.schemas.landscape import FirstLandscapeRequest, LandscapeRequest
from app.schemas.optimizer import OptimizerConfiguration, optimizer_of
from core.errors import InvalidInput, LimitExceeded
from core.landscape.directions import first_parameters, index_of
from core.landscape.trajectories import chosen_steps
from core.landscape.vectors import vector_of
from core.network.layers import Network
from core.training.setup import Setup

# an answer that is there within this time is given at once
AT_ONCE_SECONDS = 0.5
SLICE_SECONDS = 0.05
# work that nobody has asked for or followed for so long ends
LEFT_SECONDS = 30.0
DEFAULT_SAMPLES = 5000
# of a racer that says nothing
DEFAULT_RATE = 0.1
# the states of a run up to a step, as far as they stand for its trajectory
StatesUpTo = Callable[[Job, int], Awaitable[States]]
# whose jobs those around a start are that is not stored
START = "start"
LONGEST_LINE = 1001
# the work of about two minutes
MOST_MULTIPLICATIONS = 300_000_000_000
# the sharpest direction is found with up to 300 vectors of all parameters
MOST_SHARPEST = 150_000
# a state that is further than this from a stored one is not made again for a point of the trajectory
AGAIN_SECONDS = 0.1


@dataclass(frozen=True)
class Begun:
    """A job's name in its address, and the job."""

    name: str
    job: Job

    @property
    def content(self) -> bytes | None:
        """The answer when it is there; raises what went wrong."""
        if not self.job.done:
            return None
        if self.job.task.cancelled():
            raise Conflict("This computation was cancelled. Ask again.")
        return self.job.task.result()

    def view(self) -> dict[str, Any]:
        """How far it is."""
        return {"job": self.name, "progress": self.job.progress}


async def of_run(backend: Backend, key: str, shared: bool, body: LandscapeRequest) -> Begun:
    """Around a step of a run."""
    found = await past.moment(backend, key, shared, body.steps[1] if body.steps else body.step)
    refuse_diverged(found)
    state = found.state
    asked = _check(backend, body, state.network, found.setup, state.step, found.run.generation)
    if body.directions_step is None or body.directions_step == asked.step:
        return await _start(backend, found.run.id, asked, partial(_states, backend, asked, found))
    there = await past.moment(backend, key, shared, body.directions_step)
    refuse_diverged(there)
    if there.run.generation != asked.generation:
        raise Conflict("The run was rewound while it was read. Ask again.")
    asked = replace(asked, origin=Origin(there.state.network, there.state.step))
    _check_trajectory(asked)
    return await _start(backend, found.run.id, asked, partial(_states, backend, asked, found))


async def of_first(backend: Backend, body: FirstLandscapeRequest) -> Begun:
    """Around the start that a configuration describes."""
    asked = await backend.read(_first, backend, body)

    async def states(_: Job, step: int) -> States:
        return [(step, vector_of(asked.network))]

    return await _start(backend, START, asked, states)


def _first(backend: Backend, body: FirstLandscapeRequest) -> Asked:
    network, setup = configuration_of(body, backend.limits).build(backend.settings.data_dir)
    for name in ("step", "steps", "directions_step"):
        if getattr(body, name):
            raise InvalidInput(name, "Nothing was trained yet: give no step.")
    return _check(backend, body, network, setup, 0, 0)


async def _start(backend: Backend, owner: str, asked: Asked, states: StatesUpTo) -> Begun:
    """Begin, or join the same question, and wait a moment for the answer."""
    name = _name(owner, asked)
    job = backend.jobs.start(_key(owner, name), partial(_work, backend, asked, states))
    await asyncio.wait([job.task], timeout=AT_ONCE_SECONDS)
    return Begun(name, job)


async def find(backend: Backend, key: str, shared: bool, name: str) -> Begun:
    """A job of a run by its name."""
    return _find(backend, await backend.read(_id_of, backend, key, shared), name)


def find_first(backend: Backend, name: str) -> Begun:
    """A job around a start that is not stored."""
    return _find(backend, START, name)


def _find(backend: Backend, owner: str, name: str) -> Begun:
    job = backend.jobs.find(_key(owner, name))
    if job is None:
        raise Problem(404, "There is no such computation: it was cancelled, or its answer was forgotten. Ask again.")
    return Begun(name, job)


def cancel(backend: Backend, found: Begun) -> None:
    """End a job."""
    backend.jobs.cancel(found.job.key)


def _id_of(backend: Backend, key: str, shared: bool) -> str:
    with backend.store.snapshot() as now:
        return now.run(key, shared).id


def _key(owner: str, name: str) -> str:
    return f"landscape {owner} {name}"


def _name(owner: str, asked: Asked) -> str:
    """What the answer depends on, as a short name."""
    said = asked.body.model_dump(exclude={"step", "resolution", "samples", "parameters"})
    whose = (owner, asked.generation, asked.step) if owner != START else (asked.setup.configuration,)
    parts = (*whose, asked.sides, asked.samples, asked.parameters, said)
    return hashlib.sha256(encode(parts)).hexdigest()[:32]


def _check(
    backend: Backend, body: LandscapeRequest, network: Network, setup: Setup, step: int, generation: int
) -> Asked:
    sides = _sides(backend, body)
    samples = min(body.samples or DEFAULT_SAMPLES, setup.samples)
    parameters: tuple[str, ...] = ()
    if body.directions == "weights":
        parameters = tuple(body.parameters or ())
        if len(parameters or first_parameters(network, len(sides))) != len(sides):
            message = f"Name {len(sides)} parameters: one for each of {len(sides)} axes."
            raise InvalidInput("parameters", message)
        places = [index_of(network, name, f"parameters.{index}") for index, name in enumerate(parameters)]
        if len(set(places)) < len(places):
            raise InvalidInput("parameters", f"{parameters[1]} is named twice; a plane needs two parameters.")
    if body.directions_step is not None and body.directions in ("steps", "race"):
        raise InvalidInput("directions_step", f'Directions "{body.directions}" are those of the picture itself.')
    if body.directions == "sharpest" and setup.parameters > MOST_SHARPEST:
        message = f"{setup.parameters} parameters; the sharpest direction is found for up to {MOST_SHARPEST}."
        raise LimitExceeded("directions", message)
    points = sides[0] * (sides[1] if len(sides) > 1 else 1)
    behind = setup.parameters - network.layers[0].W.size
    if points * samples * (behind + 4 * sum(setup.layer_sizes[1:])) > MOST_MULTIPLICATIONS:
        message = f"{points} points, {samples} samples and {setup.parameters} parameters take too long. Give fewer."
        raise LimitExceeded("samples", message)
    racers = _racers(backend, body, setup, samples)
    asked = Asked(body, network, setup, step, generation, sides, samples, parameters, racers, Origin(network, step))
    if body.directions_step is None or body.directions_step == step:
        _check_trajectory(asked)
    return asked


def _check_trajectory(asked: Asked) -> None:
    if asked.body.directions == "trajectory" and asked.origin.step == 0:
        raise InvalidInput("directions", "At step 0 there is no trajectory yet. Step first, or take other directions.")


def _racers(backend: Backend, body: LandscapeRequest, setup: Setup, samples: int) -> tuple[OptimizerConfiguration, ...]:
    """The update rules of a race, filled in."""
    if body.race is None:
        if body.directions == "race":
            raise InvalidInput("race", 'Name the racers: {"racers": [{"learning_rate": 0.1}]}.')
        return ()
    if body.directions == "steps":
        raise InvalidInput("race", "A line between two steps is no place for a race. Take other directions.")
    if body.race.start is not None and (body.directions == "race" or isinstance(body.resolution, list)):
        message = "The start is chosen on a plane that does not follow the racers: take other directions, and a square."
        raise InvalidInput("race.start", message)
    updates = len(body.race.racers) * body.race.steps
    # forward, backward, and the loss afterwards
    if 3 * updates * samples * setup.parameters > MOST_MULTIPLICATIONS:
        message = f"{updates} updates on {samples} samples with {setup.parameters} parameters take too long. "
        raise LimitExceeded("race.steps", message + "Give fewer steps, racers or samples.")
    return tuple(
        optimizer_of(racer, backend.limits, DEFAULT_RATE, f"race.racers.{index}")
        for index, racer in enumerate(body.race.racers)
    )


def _sides(backend: Backend, body: LandscapeRequest) -> tuple[int, ...]:
    """How many points each axis has."""
    asked, most = body.resolution, backend.limits.landscape_resolution
    sides = (asked, asked) if isinstance(asked, int) else tuple(asked)
    if (body.directions == "steps") != (body.steps is not None):
        raise InvalidInput("steps", 'Give two steps, and directions "steps", for a line from one to the other.')
    if body.steps is not None:
        sides = sides[:1]
        if body.steps[0] == body.steps[1]:
            raise InvalidInput("steps", "Give two different steps.")
        if body.step is not None:
            raise InvalidInput("step", "Give steps alone.")
    if body.parameters is not None and body.directions != "weights":
        raise InvalidInput("parameters", 'These go with directions "weights".')
    if len(sides) == 2 and max(sides) > most:
        raise LimitExceeded("resolution", f"At most {most} points a side.")
    if max(sides) > LONGEST_LINE:
        raise LimitExceeded("resolution", f"At most {LONGEST_LINE} points on a line.")
    return sides


async def _work(backend: Backend, asked: Asked, states: StatesUpTo, job: Job) -> bytes:
    earlier = None
    if asked.body.directions == "trajectory" and asked.origin.step != asked.step:
        earlier = await states(job, asked.origin.step)
    survey = Survey(asked, await states(job, asked.step), earlier)
    try:
        await backend.read(survey.prepare)
        share = 0.0
        while share < 1:
            if job.is_left(LEFT_SECONDS):
                raise asyncio.CancelledError
            share = await backend.read(survey.advance, SLICE_SECONDS)
            job.report(0.2 + 0.8 * share)
        return await backend.read(lambda: encode(survey.view()))
    finally:
        # a thread that is still at work ends too
        survey.stopped = True


async def _states(backend: Backend, asked: Asked, found: Moment, job: Job, last: int) -> States:
    """The states that stand for the trajectory up to a step; near stored ones where steps are long."""
    grid = found.run.grid if seconds_of(asked.setup, found.run.grid) > AGAIN_SECONDS else 1
    steps = chosen_steps(last, asked.setup.parameters, grid)
    if asked.body.steps:
        steps = sorted({*steps, *asked.body.steps})
    states: States = []
    for count, step in enumerate(steps, 1):
        network = asked.network if step == asked.step else await _network_at(backend, found, step)
        states.append((step, vector_of(network)))
        job.report(0.2 * count / len(steps))
    return states


async def _network_at(backend: Backend, found: Moment, step: int) -> Network:
    then = await past.moment(backend, found.run.id, False, step)
    if then.run.generation != found.run.generation:
        raise Conflict("The run was rewound while its trajectory was read. Ask again.")
    return then.state.network
