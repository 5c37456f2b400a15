"""One update as a Jupyter notebook in plain NumPy: it computes every number again, with the lecture's slides beside."""

from typing import Any

import numpy as np

from core.network.activations import Array
from core.network.jacobians import MOST_VALUES
from core.teaching.backpropagation import Update
from core.teaching.collapse import collapses
from core.teaching.numbers import hyperparameters
from core.teaching.pointwise import POINTWISE
from core.teaching.update_why import WRITTEN
from core.teaching.written_losses import WRITTEN_LOSSES
from core.training.optimizers import OPTIMIZERS

CREDIT = (
    "The lecture is *Deep Learning Course, Lesson 3: Backpropagation, and Gradient Descent* by Andrea Giardina "
    "(CC BY 4.0). Rows are samples, `W` has the shape (outputs, inputs), and `z = x @ W.T + b`."
)
SOFTMAX = """def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)"""
# arrays with a matrix for each sample are only written where they stay small
LARGEST_ARRAY = 200_000
Cell = tuple[str, str]


def notebook(u: Update, sample: int = 0, step: int = 0) -> dict[str, Any]:
    """Write an update as a notebook.

    Parameters
    ----------
    u : Update
    sample : int
        Row of the batch that the chain of Jacobians is written for.
    step : int
        The step from which the update starts.

    Returns
    -------
    dict
        A notebook in the format 4.5; its variables have the names of `numbers.namespace`.
    """
    cells = [*_start(u, step), *_given(u), *_forward(u, ""), *_backward(u), *_gradients(u)]
    cells += [*_jacobians(u, sample), *_check(u), *_update(u), *_forward(u, "_new")]
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": [_cell(number, kind, source) for number, (kind, source) in enumerate(cells, 1)],
    }


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _text(source: str) -> Cell:
    return "markdown", source


def _code(*lines: str) -> Cell:
    return "code", "\n".join(lines)


def _start(u: Update, step: int) -> list[Cell]:
    sizes = " → ".join(map(str, u.network.layer_sizes))
    names = ", ".join(layer.activation for layer in u.network.layers)
    title = f"# One update of a {sizes} network ({names}), from step {step}"
    uses_softmax = any(layer.activation == "softmax" for layer in u.network.layers)
    more = ("", "", SOFTMAX) if uses_softmax or WRITTEN_LOSSES[u.loss].uses_softmax else ()
    return [_text(f"{title}\n\n{CREDIT}"), _code("import numpy as np", *more)]


def _literal(name: str, array: Array) -> str:
    dtype = "" if array.dtype == np.float64 else ", dtype=np.float32"
    return f"{name} = np.array({array.tolist()!r}{dtype})"


def _given(u: Update) -> list[Cell]:
    lines = [_literal("x", u.x), _literal("y", u.y), "m = len(x)", f"eta = {u.eta!r}"]
    place = 0
    for number, layer in enumerate(u.network.layers, 1):
        for letter, theta in (("W", layer.W), ("b", layer.b)):
            if theta is not None:
                lines.append(_literal(f"{letter}{number}", theta))
                lines += [_literal(f"{name}_{letter}{number}", arrays[place]) for name, arrays in u.slots.items()]
                place += 1
    values = hyperparameters(u)
    if values:
        lines += [f"k = {u.k}  # the number of this update", *(f"{name} = {value!r}" for name, value in values.items())]
    return [_text("## Given (slides 19, 35, 52)\n\nInputs, targets, learning rate, weights and biases."), _code(*lines)]


def _outputs(u: Update, number: int) -> str:
    return "y_hat" if number == len(u.network.layers) else f"h{number}"


def _inputs(u: Update, number: int, new: str) -> str:
    return "x" if number == 1 else f"h{number - 1}{new}"


def _forward(u: Update, new: str) -> list[Cell]:
    when = "again, with the new weights (slides 41–42)" if new else "(slides 19–20, 43, 52)"
    cells = [_text(f"## Forward {when}")]
    for number, layer in enumerate(u.network.layers, 1):
        z, h, bias = f"z{number}{new}", _outputs(u, number) + new, "" if layer.b is None else f" + b{number}{new}"
        f = f"softmax({z})" if layer.activation == "softmax" else POINTWISE[layer.activation].f_numpy.format(z=z)
        cells.append(_code(f"{z} = {_inputs(u, number, new)} @ W{number}{new}.T{bias}", f"{h} = {f}", f"{z}, {h}"))
    losses = WRITTEN_LOSSES[u.loss].f.format(h=f"y_hat{new}")
    text = "The loss of each sample, and their mean."
    return [
        *cells,
        _text(text),
        _code(f"losses{new} = {losses}", f"L{new} = losses{new}.mean()", f"losses{new}, L{new}"),
    ]


def _backward(u: Update) -> list[Cell]:
    depth = len(u.network.layers)
    dloss = WRITTEN_LOSSES[u.loss].derivative
    cells = [
        _text("## Backward (slides 21–29, 45–49)\n\nThe derivative of the loss, one row a sample, without 1/m."),
        _code(f"dy_hat = {dloss}", f"dh{depth} = dy_hat", "dy_hat"),
        _text("Each layer's local derivatives, and δ = ∂L/∂z, from the last layer to the first."),
    ]
    for number in range(depth, 0, -1):
        layer = u.network.layers[number - 1]
        z, h, n = f"z{number}", _outputs(u, number), len(layer.W)
        if not _has_jacobian(u, number):
            lines = _delta_without_jacobian(u, number)
        elif layer.activation == "softmax":
            lines = [
                f"J{number} = {h}[:, :, None] * (np.eye({n}) - {h}[:, None, :])",
                f'delta{number} = np.einsum("mi,mij->mj", dh{number}, J{number})',
            ]
        else:
            lines = [
                f"df{number} = {POINTWISE[layer.activation].derivative_numpy.format(z=z, h=h)}",
                f"J{number} = df{number}[:, :, None] * np.eye({n})  # the diagonal of slide 23",
                f"delta{number} = dh{number} * df{number}",
            ]
        if number == depth and collapses(u):
            lines.append(f"assert np.allclose(delta{number}, y_hat - y, equal_nan=True)  # softmax with cross-entropy")
        if number > 1:
            lines.append(f"dh{number - 1} = delta{number} @ W{number}")
        cells.append(_code(*lines, f"delta{number}"))
    return cells


def _has_jacobian(u: Update, number: int) -> bool:
    return u.m * len(u.network.layers[number - 1].W) ** 2 <= LARGEST_ARRAY


def _delta_without_jacobian(u: Update, number: int) -> list[str]:
    """δ by the structure of ∂h/∂z, which would be too large."""
    layer, z, h = u.network.layers[number - 1], f"z{number}", _outputs(u, number)
    if layer.activation == "softmax":
        return [f"delta{number} = {h} * (dh{number} - np.sum(dh{number} * {h}, axis=1, keepdims=True))"]
    derivative = POINTWISE[layer.activation].derivative_numpy.format(z=z, h=h)
    return [f"df{number} = {derivative}", f"delta{number} = dh{number} * df{number}"]


def _gradients(u: Update) -> list[Cell]:
    cells = [_text("## Gradients (slides 29, 32, 53)\n\nδᵀx of each sample, and the mean over the samples.")]
    for number, layer in enumerate(u.network.layers, 1):
        h = _inputs(u, number, "")
        lines = [f"dW{number} = delta{number}.T @ {h} / m"]
        if u.m * layer.W.size <= LARGEST_ARRAY:
            rows = f"dW{number}_rows = delta{number}[:, :, None] * {h}[:, None, :]"
            sums = f"dW{number}_sums = dW{number}_rows.cumsum(axis=0)  # of the first samples, up to each"
            lines = [rows, sums, *lines]
        if layer.b is not None:
            lines += [f"db{number}_rows = delta{number}", f"db{number}_sums = delta{number}.cumsum(axis=0)"]
            lines.append(f"db{number} = delta{number}.sum(axis=0) / m")
        cells.append(_code(*lines, f"dW{number}" if layer.b is None else f"dW{number}, db{number}"))
    return cells


def _jacobians(u: Update, sample: int) -> list[Cell]:
    """The explicit chain of one sample, for the layers whose matrices are small enough to be built."""
    cells = [
        _text(
            f"## The chain of Jacobians (slides 24–31, 44–47)\n\nFor sample {sample} alone, so without 1/m: the "
            "product of the explicit matrices is δᵀx, written as one row."
        ),
        _code(f"s = {sample}"),
    ]
    depth = len(u.network.layers)
    for number in range(depth, 0, -1):
        n, d = u.network.layers[number - 1].W.shape
        if n * n * d > MOST_VALUES:
            cells.append(_text(f"∂z{number}/∂W{number} would hold {n * n * d} numbers: it is not built."))
            continue
        h = _inputs(u, number, "")
        lines = ["row = dy_hat[s : s + 1]", _times_local(u, depth)]
        for above in range(depth, number, -1):
            lines += [f"row = row @ W{above}", _times_local(u, above - 1)]
        lines += [
            f"dz{number}_dW{number} = np.kron(np.eye({n}), {h}[s])  # {n} × {n * d}, x once a unit",
            f"row = row @ dz{number}_dW{number}",
            f"assert np.allclose(row.reshape({n}, {d}), np.outer(delta{number}[s], {h}[s]), equal_nan=True)",
            "row",
        ]
        cells.append(_code(*lines))
    return cells


def _times_local(u: Update, number: int) -> str:
    """The row times ∂h/∂z of the sample: the matrix, or where it is too large its structure."""
    if _has_jacobian(u, number):
        return f"row = row @ J{number}[s]"
    if u.network.layers[number - 1].activation == "softmax":
        h = _outputs(u, number)
        return f"row = {h}[s] * (row - np.sum(row * {h}[s]))"
    return f"row = row * df{number}[s]"


def _check(u: Update) -> list[Cell]:
    """The first weight of every layer by a central difference."""
    lines = ["def loss(weights, biases):", "    h = x"]
    lines.append("    for W, b, f in zip(weights, biases, functions):")
    lines.append("        h = f(h @ W.T + b)")
    lines.append(f"    return ({WRITTEN_LOSSES[u.loss].f.format(h='h')}).mean()")
    functions = ", ".join(
        "softmax" if layer.activation == "softmax" else f"lambda z: {POINTWISE[layer.activation].f_numpy.format(z='z')}"
        for layer in u.network.layers
    )
    depth = len(u.network.layers)
    weights = ", ".join(f"W{number}.astype(float)" for number in range(1, depth + 1))
    biases = ", ".join("0.0" if layer.b is None else f"b{number}" for number, layer in enumerate(u.network.layers, 1))
    lines += [
        "",
        f"functions = [{functions}]",
        f"weights, biases = [{weights}], [{biases}]",
        "step = 1e-5",
        "for layer, W in enumerate(weights):",
        "    W[0, 0] += step",
        "    right = loss(weights, biases)",
        "    W[0, 0] -= 2 * step",
        "    left = loss(weights, biases)",
        "    W[0, 0] += step",
        '    print(f"layer {layer + 1}: {(right - left) / (2 * step):.8f}")',
    ]
    firsts = ", ".join(f"dW{number}[0, 0]" for number in range(1, depth + 1))
    text = "## Check by nudging\n\nThe first weight of each layer, moved a little to both sides, beside its gradient."
    return [_text(text), _code(*lines, firsts)]


def _update(u: Update) -> list[Cell]:
    rule = OPTIMIZERS[u.optimizer.method]
    names = [slot.name for slot in rule.slots]
    lines = []
    for number, layer in enumerate(u.network.layers, 1):
        for letter, theta in (("W", layer.W), ("b", layer.b)):
            if theta is not None:
                of = {"w": f"{letter}{number}", "g": f"d{letter}{number}", "eta": "eta", "k": "k"}
                of |= {name: f"{name}_{letter}{number}" for name in names} | {name: name for name in hyperparameters(u)}
                lines.append(f"{letter}{number}_new = {WRITTEN[rule.name][1].format_map(of)}")
    shown = ", ".join(line.split(" = ")[0] for line in lines)
    return [_text(f"## Update by {rule.label} (slides 34, 40)\n\n$${rule.formula}$$"), _code(*lines, shown)]
