"""λ at several steps of a run: the sharpness beside the loss curve."""

import re
import time
from typing import Any

import numpy as np

from app.backend import Backend
from app.encoding import encode
from app.errors import Problem
from app.runs import past
from app.runs.past import Moment
from app.schemas.configuration import configuration_of
from app.schemas.landscape import FirstSharpnessRequest
from core.data.samples import Data
from core.errors import InvalidInput, LimitExceeded
from core.landscape.curvature import Spectrum
from core.landscape.samples import spread
from core.landscape.sharpness import MOST_ITERATIONS, sharpness, stability_threshold
from core.landscape.vectors import vector_of
from core.network.activations import Array
from core.network.layers import Network
from core.training.setup import Setup

MOST_STEPS = 1000
# for so long steps are added to an answer
SECONDS = 1.0
# a product of the Hessian with a vector, measured: for one parameter and sample, for one unit and sample
PARAMETER_SECONDS = 0.1e-9
UNIT_SECONDS = 20e-9
# one that takes longer is not made while one waits; a few dozen are needed where nothing is known of the direction
MOST_PRODUCT_SECONDS = 0.1
# the directions of one iteration hold at most so many numbers
MOST_NUMBERS = 32_000_000
LEAST_ITERATIONS = 8


async def along_run(backend: Backend, key: str, shared: bool, asked: str, samples: int | None) -> bytes:
    """λ at the steps asked for, as many as about a second allows; `next` is the first one that is missing."""
    steps = _steps(asked)
    end = time.monotonic() + SECONDS
    earlier = await past.moment(backend, key, shared, steps[0])
    if steps[-1] > earlier.run.step:
        raise Problem(404, f"Step {steps[-1]} is not there yet: the run stands at step {earlier.run.step}.")
    setup = earlier.setup
    data = await backend.read(_samples, setup, samples)
    found: list[dict[str, Any]] = []
    for step in steps:
        if found and time.monotonic() >= end:
            break
        try:
            before = await past.moment(backend, key, shared, step - 1, earlier) if step else None
            now = await past.moment(backend, key, shared, step, before)
        except Problem:
            # rewound meanwhile: what was found holds for the generation that the answer names
            if found:
                break
            raise
        place = (now.run.id, len(data.inputs))
        entry, direction = await backend.read(_measure, before, now, data, backend.sharpest.find(place))
        if direction is not None:
            backend.sharpest.keep(place, direction)
        found.append(entry)
        earlier = now
    answer = {
        "generation": earlier.run.generation,
        "curvatures": found,
        "next": None if len(found) == len(steps) else steps[len(found)],
        "samples": len(data.inputs),
    }
    return await backend.read(encode, answer)


def of_first(backend: Backend, body: FirstSharpnessRequest) -> dict[str, Any]:
    """λ of the start that a configuration describes."""
    configuration = configuration_of(body, backend.limits)
    network, setup = configuration.build(backend.settings.data_dir)
    rate = setup.recipe.schedule.rate(configuration.optimizer.learning_rate, 0)
    found = _spectrum(network, setup, _samples(setup, body.samples, "samples"))
    return _entry(0, found, setup, rate, None)


def _steps(asked: str) -> list[int]:
    """Steps in order, from text as "0,10,20"."""
    if not re.fullmatch(r"\d{1,18}(,\d{1,18})*", asked):
        raise InvalidInput("query.steps", "Give steps with commas between, as 0,10,20.")
    steps = sorted({int(step) for step in asked.split(",")})
    if len(steps) > MOST_STEPS:
        raise LimitExceeded("query.steps", f"At most {MOST_STEPS} steps in one answer.")
    return steps


def _samples(setup: Setup, asked: int | None, location: str = "query.samples") -> Data:
    """The samples that L is taken on; refused where one product alone takes long."""
    m, units = min(asked or setup.samples, setup.samples), sum(setup.layer_sizes[1:])
    seconds = setup.parameters * PARAMETER_SECONDS + units * UNIT_SECONDS
    if m * seconds > MOST_PRODUCT_SECONDS or setup.parameters * LEAST_ITERATIONS > MOST_NUMBERS:
        message = f"The curvature of {setup.parameters} parameters on {m} samples takes too long."
        most = int(MOST_PRODUCT_SECONDS / seconds)
        if most and setup.parameters * LEAST_ITERATIONS <= MOST_NUMBERS:
            message += f" Up to {most} samples are quick enough: samples={most}."
        raise LimitExceeded(location, message)
    return spread(setup.data, m)


def _measure(
    before: Moment | None, now: Moment, data: Data, start: Array | None
) -> tuple[dict[str, Any], Array | None]:  # fmt: skip
    setup, state = now.setup, now.state
    found = _spectrum(state.network, setup, data, start)
    is_finite = bool(np.isfinite(found.largest))
    rate = now.record["learning_rate"] if now.record else setup.recipe.schedule.rate(state.learning_rate, 0)
    swing = None
    if before is not None and is_finite:
        swing = abs(float(found.eigenvector @ (vector_of(state.network) - vector_of(before.state.network))))
    return _entry(state.step, found, setup, rate, swing), found.eigenvector if is_finite else None


def _spectrum(network: Network, setup: Setup, data: Data, start: Array | None = None) -> Spectrum:
    iterations = min(MOST_ITERATIONS, MOST_NUMBERS // setup.parameters)
    return sharpness(network, setup.recipe.loss, data, start, iterations)


def _entry(step: int, found: Spectrum, setup: Setup, rate: float, swing: float | None) -> dict[str, Any]:
    return {
        "step": step,
        "largest_eigenvalue": found.largest,
        "residual": found.residual,
        "iterations": found.iterations,
        "learning_rate": rate,
        "stability_threshold": stability_threshold(setup.recipe.optimizer, rate),
        "swing": swing,
    }
