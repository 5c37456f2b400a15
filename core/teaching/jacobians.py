"""The chain of Jacobians as it is shown: named factors, products, the outer product, and what it all costs."""

from itertools import pairwise
from typing import Any

import numpy as np

from core.network.activations import Array
from core.network.jacobians import MOST_VALUES, Factor, bias_factor, chain, multiplications, products
from core.network.layers import ForwardPass, Gradients, Layer, Network
from core.teaching import factor_names
from core.teaching.backpropagation import Update
from core.teaching.collapse import collapse, collapses

BYTES = 8  # of a number in float64
MEAN_NOTE = "One sample's chain has no 1/m: the gradient of the batch is the mean of such matrices over the samples."


def jacobians(found: Update, sample: int, step: int = 0) -> dict[str, Any]:
    """For every layer the explicit chain from L to its weights and to its biases, for one sample (slides 21–31, 44–47).

    Parameters
    ----------
    found : Update
    sample : int
        Row of the batch.
    step : int
        The step from which the update starts.

    Returns
    -------
    dict
        `sample`, `step`, `batch_size`, `note` (of a batch: that there is no 1/m), `layers`, and `collapse` (of softmax
        with cross-entropy: the first two factors together are ŷ − y).
    """
    with np.errstate(all="ignore"):
        layers = [_layer(found, sample, index) for index in range(len(found.network.layers))]
        collapsed = collapse(found, sample) if collapses(found) else None
    return {
        "sample": sample,
        "step": step,
        "batch_size": found.m,
        "note": note(found.m),
        "layers": layers,
        "collapse": collapsed,
    }


def note(batch_size: int) -> str | None:
    """Of a batch: that one sample's chain has no 1/m."""
    return MEAN_NOTE if batch_size > 1 else None


def size(layer_sizes: list[int]) -> int:
    """How many numbers the answer holds at most: of every chain the matrices that are not too large to be sent."""
    total = 0
    pairs = list(pairwise(layer_sizes))
    for index, (d, n) in enumerate(pairs):
        above = [shape for into, out in pairs[index + 1 :] for shape in ((out, out), (out, into))]
        shapes = [(1, layer_sizes[-1]), *above, (n, n), (n, n * d), (n, n), *4 * [(n, d)]]
        total += sum(rows * columns for rows, columns in shapes if rows * columns <= MOST_VALUES)
    return total


def costs(layer_sizes: list[int]) -> dict[str, Any]:
    """What the chains of a network of these widths take, from their shapes alone (pointwise activations).

    Nothing is computed: every factor comes without its values.
    """
    network = Network(tuple(Layer(_nothing(n, d), None, "linear") for d, n in pairwise(layer_sizes)))
    passed = ForwardPass(tuple(_nothing(1, n) for n in layer_sizes[1:]), tuple(_nothing(1, n) for n in layer_sizes))
    gradients = Gradients(_nothing(1, layer_sizes[-1]), (), (), ())
    layers = []
    for index, d in enumerate(layer_sizes[:-1]):
        factors = chain(network, passed, gradients, 0, index, most=0)
        shown = [_factor(len(network.layers), factor) for factor in factors]
        layers.append({"layer": index + 1, "factors": shown, "cost": _cost(factors, d)})
    return {"layer_sizes": layer_sizes, "layers": layers}


def _nothing(rows: int, columns: int) -> Array:
    """A matrix of zeros that takes no memory."""
    return np.broadcast_to(np.zeros(()), (rows, columns))


def _layer(found: Update, sample: int, index: int) -> dict[str, Any]:
    layer, delta, x = found.network.layers[index], found.gradients.delta[index][sample], found.passed.h[index][sample]
    factors = chain(found.network, found.passed, found.gradients, sample, index)
    rows = products(factors)
    outer, depth = np.outer(delta, x), len(found.network.layers)
    return {
        "layer": index + 1,
        "factors": [_factor(depth, factor) for factor in factors],
        "products": [_product(depth, factor, row) for factor, row in zip(factors[1:], rows, strict=True)],
        "row": _matrix(rows[-1]),
        "reshaped": _matrix(rows[-1].reshape(layer.W.shape)),
        "delta": delta,
        "input": x,
        "outer_product": _matrix(outer)["values"],
        "max_difference": float(np.abs(rows[-1].reshape(layer.W.shape) - outer).max()),
        "cost": _cost(factors, x.size, collapses(found)),
        "bias": None if layer.b is None else _bias(found, sample, index, factors[:-1], rows[-2]),
    }


def _bias(found: Update, sample: int, index: int, before: tuple[Factor, ...], row: Array) -> dict[str, Any]:
    """The chain to b: all factors but the last are those of the weights, the last one is the identity (slide 32)."""
    delta = found.gradients.delta[index][sample]
    last = bias_factor(found.gradients, len(delta), index)
    row = last.after(row)
    return {
        "factor": _factor(len(found.network.layers), last),
        "row": _matrix(row),
        "max_difference": float(np.abs(row[0] - delta).max()),
        "cost": _cost((*before, last), 0, collapses(found)),
    }


def _cost(factors: tuple[Factor, ...], inputs: int, begins_collapsed: bool = False) -> dict[str, int]:
    """What the explicit chain takes, against δ and the input alone; `nonzero` counts what is not 0 by structure.

    `begins_collapsed`: the first two factors are ŷ − y, which takes no multiplication.
    """
    counts = multiplications(factors)
    if begins_collapsed:
        counts["collapsed"] -= factors[1].collapsed
    return counts | {
        "numbers_explicit": sum(factor.size for factor in factors),
        "numbers_collapsed": factors[-1].shape[0] + inputs,
        "nonzero": sum(factor.nonzero for factor in factors),
    }


def _matrix(values: Array) -> dict[str, Any]:
    return {"shape": list(values.shape), "values": values if values.size <= MOST_VALUES else None}


def _product(depth: int, factor: Factor, row: Array) -> dict[str, Any]:
    name, latex = factor_names.quotient(depth, factor_names.LOSS, factor_names.below(depth, factor))
    return {"name": name, "latex": latex, **_matrix(row)}


def _factor(depth: int, factor: Factor) -> dict[str, Any]:
    name, latex = factor_names.quotient(depth, factor_names.above(depth, factor), factor_names.below(depth, factor))
    sent = factor.values is not None
    return {
        "name": name,
        "latex": latex,
        "shape": list(factor.shape),
        "values": factor.values,
        "structure": factor.structure,
        "rows": factor_names.rows(depth, factor) if sent else None,
        "columns": factor_names.columns(depth, factor) if sent else None,
        "numbers": factor.size,
        "nonzero": factor.nonzero,
        "bytes": BYTES * factor.size,
        "why_no_values": _why_no_values(factor) if factor.size > MOST_VALUES else None,
    }


def _why_no_values(factor: Factor) -> str:
    megabytes = f"{1e-6 * BYTES * factor.size:,.3g}"
    return (
        f"{_grouped(factor.size)} numbers, {megabytes} MB a sample in float64; {_grouped(factor.nonzero)} of them can "
        f"differ from 0. Above {_grouped(MOST_VALUES)} numbers no matrix is built: backpropagation builds none."
    )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")
