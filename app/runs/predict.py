"""A network's outputs: for given inputs, for a drawn digit, for the digits of MNIST."""

from typing import Any, Literal

import numpy as np

from app.backend import Backend
from app.errors import Problem
from app.runs.past import Moment, at_moment
from app.schemas.predictions import PredictRequest
from core.data import mnist
from core.data.digits import center_digit, standardize
from core.errors import InvalidInput, LimitExceeded
from core.network.activations import Array, softmax
from core.network.layers import Network, forward
from core.network.losses import LOSSES
from core.training.setup import Setup

DRAWING_SIDES = (8, 1024)
ANSWER_CHUNK = 1000
Split = Literal["train", "test"]


async def predict(backend: Backend, key: str, shared: bool, body: PredictRequest) -> bytes:
    """Outputs at a step for inputs, for one drawn digit, or for one of the test set."""
    return await at_moment(backend, _prediction, key, shared, body.step, body)


async def answers(
    backend: Backend, key: str, shared: bool, step: int | None, split: Split, first: int, count: int, wrong: bool
) -> bytes:  # fmt: skip
    """The network's answers at a step to digits of a split; only the wrong ones if asked."""
    return await at_moment(backend, _answers, key, shared, step, split, first, count, wrong)


def _prediction(backend: Backend, found: Moment, body: PredictRequest) -> dict[str, Any]:
    setup, network = found.setup, found.state.network
    inputs, image = inputs_of(backend, setup, body)
    if len(inputs) * setup.layer_sizes[-1] > backend.limits.response_values:
        raise LimitExceeded("inputs", f"At most {backend.limits.response_values} numbers of outputs in one answer.")
    outputs = _outputs(network, inputs)
    finite = bool(np.isfinite(outputs).all())
    return {
        "step": found.state.step,
        "outputs": outputs,
        "probabilities": _probabilities(setup.recipe.loss, outputs) if finite else None,
        "predictions": outputs.argmax(axis=1) if setup.labelled and finite else None,
        "image": image,
    }


def _probabilities(loss: str, outputs: Array) -> Array | None:
    """What the outputs say of the classes, where the loss compares probabilities."""
    taken = LOSSES[loss].outputs
    return softmax(outputs) if taken == "logits" else outputs if taken == "probabilities" else None


def inputs_of(backend: Backend, setup: Setup, body: PredictRequest) -> tuple[Array, Array | None]:
    """The rows that are asked for; of a digit also the image as the network sees it."""
    if sum(given is not None for given in (body.inputs, body.drawing, body.digit)) != 1:
        raise InvalidInput("inputs", "Give either inputs or a drawing or a digit of the test set.")
    if body.drawing is not None:
        return _drawn(backend, setup, body.drawing)
    if body.digit is not None:
        return _of_test_set(backend, setup, body.digit)
    return _rows(body.inputs or [], setup.layer_sizes[0]), None


def _rows(rows: list[list[float]], columns: int) -> Array:
    if not rows:
        raise InvalidInput("inputs", f"Give at least one row of {columns} numbers.")
    for index, row in enumerate(rows):
        if len(row) != columns:
            raise InvalidInput(f"inputs.{index}", f"Give {columns} numbers; there are {len(row)}.")
    return np.array(rows, np.float64)


def _drawn(backend: Backend, setup: Setup, drawing: list[list[float]]) -> tuple[Array, Array]:
    if setup.dataset != "mnist":
        raise InvalidInput("drawing", "Only runs on MNIST take a drawing; give inputs.")
    side = len(drawing)
    if not DRAWING_SIDES[0] <= side <= DRAWING_SIDES[1] or any(len(row) != side for row in drawing):
        message = f"Give a square image of {DRAWING_SIDES[0]} to {DRAWING_SIDES[1]} rows, each as long."
        raise InvalidInput("drawing", message)
    pixels = np.array(drawing, np.float64)
    if pixels.min() < 0 or pixels.max() > 1:
        raise InvalidInput("drawing", "Every pixel must be from 0 (paper) to 1 (ink).")
    image = center_digit(pixels)
    digits = mnist.load(backend.settings.data_dir)
    return standardize(image.reshape(1, -1), digits.mean, digits.std), image


def _of_test_set(backend: Backend, setup: Setup, index: int) -> tuple[Array, Array]:
    """A digit as it stands in the data set: a drawing would be centered again."""
    test = setup.data.test
    if setup.dataset != "mnist" or test is None:
        raise InvalidInput("digit", "Only runs on MNIST have digits; give inputs.")
    if index >= len(test.inputs):
        raise InvalidInput("digit", f"There are {len(test.inputs)} digits; the last one is {len(test.inputs) - 1}.")
    pixels = mnist.raw_images(backend.settings.data_dir, "test")[index]
    return test.inputs[index : index + 1], pixels / 255


def _outputs(network: Network, inputs: Array) -> Array:
    """Answers chunk by chunk: all activations of many rows in a wide network would not fit into memory."""
    chunks = [inputs[start : start + ANSWER_CHUNK] for start in range(0, len(inputs), ANSWER_CHUNK)]
    with np.errstate(all="ignore"):
        found = [forward(network, chunk).h[-1] for chunk in chunks]
    return np.concatenate(found) if found else np.zeros((0, network.layer_sizes[-1]))


def _answers(
    backend: Backend, found: Moment, split: Split, first: int, count: int, wrong: bool
) -> dict[str, Any]:  # fmt: skip
    setup, network = found.setup, found.state.network
    data = setup.data.test if split == "test" else setup.data
    if data is None or data.labels is None:
        raise Problem(409, "This run's data has no labels: there are no answers to show.")
    outputs = _outputs(network, data.inputs if wrong else data.inputs[first : first + count])
    labels = data.labels if wrong else data.labels[first : first + count]
    predictions = outputs.argmax(axis=1)
    known = np.asarray(np.isfinite(outputs).all(axis=1))
    right = known & (predictions == labels)
    chosen = np.flatnonzero(~right)[first : first + count] if wrong else np.arange(len(labels))
    offset = 0 if wrong else first
    digits = [
        {
            "index": int(i) + offset,
            "label": int(labels[i]),
            "prediction": int(predictions[i]) if known[i] else None,
            "correct": bool(right[i]),
            "outputs": outputs[i],
        }
        for i in chosen
    ]
    return {
        "step": found.state.step,
        "split": split,
        "digits": digits,
        "correct": sum(digit["correct"] for digit in digits),
        "of": len(digits),
        "total": len(data.inputs),
        "total_correct": int(right.sum()) if wrong else None,
    }
