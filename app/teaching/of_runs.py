"""The same of a run: the update that starts from one of its steps, with its numbers, Jacobians and reasons."""

from typing import Any

import numpy as np

from app.backend import Backend
from app.runs import past, predict
from app.runs.past import Moment
from app.schemas.predictions import PredictRequest
from app.schemas.why import RunWhyRequest
from app.teaching.calls import check_size, notebook_of, unfold, update_size, update_view
from core.data.samples import Data
from core.errors import InvalidInput, LimitExceeded
from core.network.activations import Array
from core.teaching import jacobians
from core.teaching.backpropagation import Update, compute_update
from core.teaching.numbers import NEED_NO_TARGET, read

# one number of a larger update is not worth computing all of it: 80 MB in float64
LARGEST_UPDATE = 10_000_000


ONE_BY_ONE = "Ask for one number (why?number=…&sample=0), or for the chain of one sample (jacobians?sample=0)."


async def backpropagation(
    backend: Backend, key: str, shared: bool, step: int | None, sample: int, include: tuple[str, ...]
) -> bytes:  # fmt: skip
    """Every number of the update that starts from a step."""
    return await past.at_moment(backend, _backpropagation, key, shared, step, sample, include)


async def chain(backend: Backend, key: str, shared: bool, step: int | None, sample: int) -> bytes:
    """The chain of Jacobians of one sample."""
    return await past.at_moment(backend, _chain, key, shared, step, sample)


async def why(
    backend: Backend, key: str, shared: bool, step: int | None, number: str, sample: int | None, digits: int
) -> bytes:  # fmt: skip
    """Why a number of the update is what it is."""
    return await past.at_moment(backend, _why, key, shared, step, number, sample, digits)


async def why_of(backend: Backend, key: str, shared: bool, body: RunWhyRequest) -> bytes:
    """Why a number is what it is for inputs or a drawing that are given."""
    return await past.at_moment(backend, _why_of, key, shared, body.step, body)


async def notebook(backend: Backend, key: str, shared: bool, step: int | None, sample: int) -> bytes:
    """The update as a Jupyter notebook."""
    return await past.at_moment(backend, _notebook, key, shared, step, sample)


def _backpropagation(backend: Backend, found: Moment, sample: int, include: tuple[str, ...]) -> dict[str, Any]:
    network, rows = found.state.network, len(found.batch.inputs)
    has_bias = network.layers[0].b is not None
    most = backend.limits.response_values
    check_size("step", network.layer_sizes, has_bias, rows, include, most, ONE_BY_ONE)
    view = update_view(_update(backend, found), sample, include, found.state.step, "query.sample")
    return view | {"why": None, "curvature": None}


def _chain(backend: Backend, found: Moment, sample: int) -> dict[str, Any]:
    values, most = jacobians.size(list(found.setup.layer_sizes)), backend.limits.response_values
    if values > most:
        raise LimitExceeded("query.sample", f"The chains of this network would be {values} numbers; at most {most}.")
    told = jacobians.jacobians(_update(backend, found, sample), 0, found.state.step)
    rows = len(found.batch.inputs)
    return told | {"sample": sample, "batch_size": rows, "note": jacobians.note(rows)}


def _why(backend: Backend, found: Moment, number: str, sample: int | None, digits: int) -> dict[str, Any]:
    return unfold(_update(backend, found, sample), number, digits, "query.number")


def _why_of(backend: Backend, found: Moment, body: RunWhyRequest) -> dict[str, Any]:
    rows = None if body.inputs is None else [body.inputs]
    asked = PredictRequest(inputs=rows, drawing=body.drawing, digit=body.digit)
    inputs, _ = predict.inputs_of(backend, found.setup, asked)
    targets = _targets(found, body)
    known = np.zeros(found.setup.layer_sizes[-1]) if targets is None else targets
    update = _update_on(backend, found, inputs, known[None])
    if targets is None and read(update, body.number, "number").kind not in NEED_NO_TARGET:
        raise InvalidInput("targets", "This number depends on the targets; give one for each output.")
    return unfold(update, body.number, body.digits, "number", body.include)


def _targets(found: Moment, body: RunWhyRequest) -> Array | None:
    """The targets that are given, or those of the digit."""
    if body.targets is None:
        test = found.setup.data.test
        return None if body.digit is None or test is None else test.targets[body.digit]
    k = found.setup.layer_sizes[-1]
    if len(body.targets) != k:
        raise InvalidInput("targets", f"Give {k} numbers; there are {len(body.targets)}.")
    return np.array(body.targets, np.float64)


def _notebook(backend: Backend, found: Moment, sample: int) -> dict[str, Any]:
    return notebook_of(_update(backend, found), sample, found.state.step, "query.sample")


def _update(backend: Backend, found: Moment, sample: int | None = None) -> Update:
    """The update on its batch, or on one row of it as if that were all."""
    batch, sizes = found.batch, found.setup.layer_sizes
    rows = len(batch.inputs)
    if sample is not None:
        if sample >= rows:
            raise InvalidInput("query.sample", f"The batch has {rows} samples; the last one is {rows - 1}.")
        batch, rows = batch.rows(slice(sample, sample + 1)), 1
    if update_size(sizes, True, rows, False) > LARGEST_UPDATE:
        message = f"An update on {rows} samples is too much to be looked at; with sample=0 one row of it is shown."
        raise LimitExceeded("query.sample", message)
    return _update_on(backend, found, *_arrays(batch))


def _arrays(batch: Data) -> tuple[Array, Array]:
    return batch.inputs, batch.targets


def _update_on(backend: Backend, found: Moment, x: Array, y: Array) -> Update:
    recipe, state = found.setup.recipe, found.state
    eta = _learning_rate(backend, found)
    return compute_update(state.network, recipe.loss, recipe.optimizer, eta, x, y, state.slots, state.step + 1)


def _learning_rate(backend: Backend, found: Moment) -> float:
    """η of the update that starts here: as it was used, or as it would be used now."""
    step = found.state.step
    if step < found.run.step:
        with backend.store.snapshot() as now:
            later = now.records_after(found.run.id, step, 1)
        if later:
            return float(later[0]["learning_rate"])
    return found.setup.recipe.schedule.rate(found.run.learning_rate, step)
