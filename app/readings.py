"""What the routes read from a run's network: answers, checks, downloads."""

import io
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from app import history
from app.configuration import Setup
from app.errors import Problem
from app.lab import Lab
from app.schemas.requests import PredictRequest
from app.state_bytes import from_bytes
from app.store import Run
from core import mnist
from core.activations import Array, softmax
from core.errors import InvalidInput, LimitExceeded
from core.gradient_check import TOLERANCE, check
from core.network import Network, forward
from core.training import batch_of

CHECKED_ROWS = 32
DRAWING_SIDES = (8, 1024)
ANSWER_CHUNK = 1000
Split = Literal["train", "test"]


def _newest(lab: Lab, key: str, shared: bool) -> tuple[Run, Setup, Network]:
    run, blob = lab.store.find_with_head(lab.store.find(key, shared).id)
    return run, lab.setup(run.id), from_bytes(blob).network


def gradient_check(lab: Lab, key: str, shared: bool) -> dict[str, Any]:
    """Compare analytic and numeric gradients at the newest step, on its next batch."""
    run, setup, network = _newest(lab, key, shared)
    batch = batch_of(setup.recipe, setup.data, run.step).rows(slice(0, CHECKED_ROWS))
    if run.diverged_at is not None:
        raise Problem(409, f"The run diverged at step {run.diverged_at}: there are no gradients. Rewind it first.")
    found = check(network, setup.recipe.loss, batch.inputs, batch.targets)
    return {**vars(found), "tolerance": TOLERANCE, "rows": len(batch.inputs), "step": run.step}


def predict(lab: Lab, key: str, shared: bool, body: PredictRequest) -> dict[str, Any]:
    """Outputs for inputs, or for one drawn digit."""
    if (body.inputs is None) == (body.drawing is None):
        raise InvalidInput("inputs", "Give either inputs or a drawing.")
    run, setup, network = _newest(lab, key, shared)
    image = None
    if body.drawing is not None:
        inputs, image = _drawn(lab, setup, body.drawing)
    else:
        inputs = _rows(body.inputs or [], setup.layer_sizes[0])
    if len(inputs) * setup.layer_sizes[-1] > lab.limits.response_values:
        raise LimitExceeded("inputs", f"At most {lab.limits.response_values} numbers of outputs in one answer.")
    outputs = _outputs(network, inputs)
    finite = bool(np.isfinite(outputs).all())
    classes = setup.recipe.loss == "softmax_cross_entropy" and finite
    return {
        "step": run.step,
        "outputs": outputs,
        "probabilities": softmax(outputs) if classes else None,
        "predictions": outputs.argmax(axis=1) if setup.labelled and finite else None,
        "image": image,
    }


def _rows(rows: list[list[float]], columns: int) -> Array:
    if not rows:
        raise InvalidInput("inputs", f"Give at least one row of {columns} numbers.")
    for index, row in enumerate(rows):
        if len(row) != columns:
            raise InvalidInput(f"inputs.{index}", f"Give {columns} numbers; there are {len(row)}.")
    return np.array(rows, np.float64)


def _drawn(lab: Lab, setup: Setup, drawing: list[list[float]]) -> tuple[Array, Array]:
    if setup.dataset != "mnist":
        raise InvalidInput("drawing", "Only runs on MNIST take a drawing; give inputs.")
    side = len(drawing)
    if not DRAWING_SIDES[0] <= side <= DRAWING_SIDES[1] or any(len(row) != side for row in drawing):
        message = f"Give a square image of {DRAWING_SIDES[0]} to {DRAWING_SIDES[1]} rows, each as long."
        raise InvalidInput("drawing", message)
    pixels = np.array(drawing, np.float64)
    if pixels.min() < 0 or pixels.max() > 1:
        raise InvalidInput("drawing", "Every pixel must be from 0 (paper) to 1 (ink).")
    image = mnist.center_digit(pixels)
    digits = mnist.load(lab.settings.data_dir)
    return mnist.standardize(image.reshape(1, -1), digits.mean, digits.std), image


def answers(
    lab: Lab, key: str, shared: bool, split: Split, first: int, count: int, wrong: bool
) -> dict[str, Any]:  # fmt: skip
    """The network's answers to digits of a split; only the wrong ones if asked."""
    run, setup, network = _newest(lab, key, shared)
    data = setup.data.test if split == "test" else setup.data
    if data is None or data.labels is None:
        raise Problem(409, "This run's data has no labels: there are no answers to show.")
    outputs = _outputs(network, data.inputs if wrong else data.inputs[first : first + count])
    labels = data.labels if wrong else data.labels[first : first + count]
    predictions = outputs.argmax(axis=1)
    right = predictions == labels
    chosen = np.flatnonzero(~right)[first : first + count] if wrong else np.arange(len(labels))
    offset = 0 if wrong else first
    digits = [
        {
            "index": int(i) + offset,
            "label": int(labels[i]),
            "prediction": int(predictions[i]),
            "correct": bool(right[i]),
            "outputs": outputs[i],
        }
        for i in chosen
    ]
    return {
        "step": run.step,
        "split": split,
        "digits": digits,
        "correct": sum(digit["correct"] for digit in digits),
        "of": len(digits),
        "total": len(data.inputs),
        "total_correct": int(right.sum()) if wrong else None,
    }


def _outputs(network: Network, inputs: Array) -> Array:
    """Answers chunk by chunk: all activations of many rows in a wide network would not fit into memory."""
    chunks = [inputs[start : start + ANSWER_CHUNK] for start in range(0, len(inputs), ANSWER_CHUNK)]
    with np.errstate(all="ignore"):
        found = [forward(network, chunk).h[-1] for chunk in chunks]
    return np.concatenate(found) if found else np.zeros((0, network.layer_sizes[-1]))


def weights(lab: Lab, key: str, shared: bool) -> tuple[bytes, int]:
    """The newest weights as NumPy's own file: W1, b1, W2, …"""
    run, _, network = _newest(lab, key, shared)
    arrays: dict[str, Any] = {}
    for number, layer in enumerate(network.layers, 1):
        arrays[f"W{number}"] = layer.W
        if layer.b is not None:
            arrays[f"b{number}"] = layer.b
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue(), run.step


def history_csv(lab: Lab, key: str, shared: bool) -> Iterator[str]:
    """Every record, and its evaluation where there is one, as comma-separated values, page by page."""
    return _csv_pages(lab, lab.store.find(key, shared))


def _csv_pages(lab: Lab, run: Run) -> Iterator[str]:
    extra = history.EVALUATION_FIELDS[2:]
    yield ",".join((*history.RECORD_FIELDS, *extra)) + "\r\n"
    since, page = 0, lab.limits.loss_page
    while since < run.step and (records := history.records_after(lab.store, run.id, since, page)):
        evaluated = {e["step"]: e for e in history.evaluations_after(lab.store, run.id, since, page)}
        rows = ([*record.values(), *_columns(evaluated.get(record["step"], {}), extra)] for record in records)
        yield "".join(",".join("" if value is None else repr(value) for value in row) + "\r\n" for row in rows)
        since = records[-1]["step"]


def _columns(values: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    return [values.get(name) for name in names]


def images(lab: Lab, split: Split, indices: str) -> dict[str, Any]:
    """Pixels of digits as they are in the files, 0 to 255."""
    wanted = [part.strip() for part in indices.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 8 for part in wanted):
        raise InvalidInput("query.indices", "Give whole numbers with commas between, as 0,1,2.")
    numbers = [int(part) for part in wanted]
    if len(numbers) > lab.limits.images:
        raise LimitExceeded("query.indices", f"At most {lab.limits.images} images in one answer.")
    pixels, digits = mnist.raw_images(lab.settings.data_dir, split), mnist.load(lab.settings.data_dir)
    labels = digits.test_labels if split == "test" else digits.train_labels
    if max(numbers) >= len(labels):
        raise InvalidInput("query.indices", f"There are {len(labels)} images; the last one is {len(labels) - 1}.")
    found = [{"index": i, "label": int(labels[i]), "pixels": pixels[i].reshape(-1)} for i in numbers]
    return {"split": split, "images": found}


def mnist_status(lab: Lab) -> dict[str, Any]:
    """Whether MNIST is there, and the command that fetches it."""
    status = mnist.status(lab.settings.data_dir)
    return {
        "status": status,
        "train": 60_000,
        "test": 10_000,
        "shape": [mnist.SIDE, mnist.SIDE],
        "command": mnist.fetch_command(lab.settings.data_dir),
    }
