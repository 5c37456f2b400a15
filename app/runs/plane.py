"""What a run's network answers over the plane its samples come from: whole maps, or one point through time."""

from typing import Any

import numpy as np

from app.backend import Backend
from app.encoding import encode
from app.errors import Conflict
from app.runs.past import Moment, at_moment, moment
from app.runs.views import diagnostics
from core.data.datasets import PLANES, Plane
from core.errors import InvalidInput, LimitExceeded
from core.network.activations import Array
from core.network.layers import Network
from core.teaching.output_map import output_map, outputs_at
from core.training.setup import Setup

MOST_SIDE = 101
MOST_STEPS = 12


async def maps(backend: Backend, key: str, shared: bool, step: int | None, resolution: int, point: str | None) -> bytes:
    """Outputs, targets and errors over a square grid of points at a step, and at one point beside."""
    if resolution > MOST_SIDE:
        raise LimitExceeded("query.resolution", f"At most {MOST_SIDE} points a side.")
    at = None if point is None else _numbers(point)
    return await at_moment(backend, _maps, key, shared, step, resolution, at)


def _maps(backend: Backend, found: Moment, resolution: int, at: Array | None) -> dict[str, Any]:
    state = found.state
    loss = None if state.diverged else state.loss
    told = {"step": state.step, "loss": loss, "diagnostics": diagnostics(state.observations, found.setup)}
    return told | plane_view(state.network, _plane(found.setup), resolution, at)


def plane_view(network: Network, plane: Plane, resolution: int, at: Array | None) -> dict[str, Any]:
    """Maps of a network over a plane, and its outputs at a point (1, 2) where one is asked for."""
    view = {"scale": plane.scale} | vars(output_map(network, plane, resolution))
    if at is None:
        return view | {"at": None}
    outputs, targets = outputs_at(network, at, plane.scale)[0], plane.targets(at)[0]
    with np.errstate(all="ignore"):
        return view | {"at": {"point": at[0], "outputs": outputs, "targets": targets, "errors": outputs - targets}}


async def through_time(backend: Backend, key: str, shared: bool, point: str, steps: str) -> bytes:
    """The network's outputs at one point, at several steps of its past, beside the targets."""
    at = _numbers(point)
    wanted = _steps(steps)
    answers, plane = [], None
    for step in wanted:
        found = await moment(backend, key, shared, step)
        plane = _plane(found.setup)
        outputs = await backend.read(outputs_at, found.state.network, at, plane.scale)
        with np.errstate(all="ignore"):
            errors = outputs[0] - plane.targets(at)[0]
        answers.append({"step": found.state.step, "outputs": outputs[0], "errors": errors})
    assert plane is not None
    return encode({"point": at[0], "targets": plane.targets(at)[0], "answers": answers})


def _plane(setup: Setup) -> Plane:
    plane = PLANES.get(setup.dataset or "")
    if plane is None:
        raise Conflict(f"This run's samples do not come from a plane. Those of {', '.join(PLANES)} do.")
    return plane


def _numbers(text: str) -> Array:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != 2 or not np.isfinite(numbers).all():
        raise InvalidInput("query.point", "Give two numbers with a comma between, as 3,-1.")
    return np.array([numbers])


def _steps(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise InvalidInput("query.steps", "Give steps of the past with commas between, as 0,1,10.")
    if len(parts) > MOST_STEPS:
        raise LimitExceeded("query.steps", f"At most {MOST_STEPS} steps in one answer.")
    return [int(part) for part in parts]
