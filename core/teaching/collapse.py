"""Softmax with cross-entropy: ∂L/∂ŷ = −y/ŷ times the full Jacobian of softmax is ŷ − y (Bridle 1990)."""

from typing import Any

import numpy as np

from core.network.activations import ACTIVATIONS
from core.network.losses import LOSSES
from core.teaching.backpropagation import Update
from core.teaching.factor_names import LOSS, quotient


def collapses(u: Update) -> bool:
    """Whether the first two factors of every chain, ∂L/∂ŷ and ∂ŷ/∂z, are together ŷ − y."""
    return LOSSES[u.loss].outputs == "probabilities" and u.network.layers[-1].activation == "softmax"


def collapse(u: Update, sample: int) -> dict[str, Any]:
    """The product of the two factors, multiplied out, beside ŷ − y.

    Parameters
    ----------
    u : Update
        One that `collapses`.
    sample : int
        Row of the batch.

    Returns
    -------
    dict
        `latex`, `product` (k,), `values` (k,) = ŷ − y, their `sum`, and `max_difference` between the two.
    """
    depth = len(u.network.layers)
    z = u.passed.z[-1][sample : sample + 1]
    product = u.gradients.dloss[sample] @ ACTIVATIONS["softmax"].jacobian(z)[0]
    values = u.passed.h[-1][sample] - u.y[sample]
    letter = "z" if depth == 1 else f"z_{{{depth}}}"
    return {
        "latex": rf"{quotient(depth, LOSS, (letter, letter))[1]} = \hat{{y}} - y",
        "product": product,
        "values": values,
        "sum": float(values.sum()),
        "max_difference": float(np.abs(product - values).max()),
    }
