"""Loss functions, each beside its derivative with respect to the network's outputs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.errors import InvalidInput
from core.network.activations import Array, softmax


@dataclass(frozen=True)
class Loss:
    """One loss: per-sample values, their derivative, and what targets it takes.

    Attributes
    ----------
    f : callable
        (ŷ, y), each (m, k) → losses of the samples (m,).
    derivative : callable
        (ŷ, y), each (m, k) → ∂(loss of the sample)/∂ŷ (m, k), without 1/m.
    hessian_product : callable
        (ŷ, y, a change of ŷ), each (m, k) → the change of the derivative (m, k), to first order.
    check_targets : callable
        y (m, k) → None; raises `InvalidInput` for targets that the loss is not defined for.
    outputs : {"any", "logits", "probabilities"}
        What ŷ has to be: "logits" go through softmax in the loss, "probabilities" have gone through it before.
    """

    name: str
    label: str
    f: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]
    hessian_product: Callable[[Array, Array, Array], Array]
    check_targets: Callable[[Array], None]
    formula: str
    derivative_formula: str
    outputs: Literal["any", "logits", "probabilities"] = "any"


def _any_targets(y: Array) -> None:
    """Squared error is defined for every target."""


def _distributions_only(y: Array) -> None:
    if y.min() < 0 or not np.allclose(y.sum(axis=-1), 1, atol=1e-6):
        raise InvalidInput(
            "data.targets",
            "Cross-entropy takes rows of probabilities: no number below 0, each row adding up to 1.",
        )


def _squared_error(y_hat: Array, y: Array) -> Array:
    difference = y_hat - y
    return np.asarray(0.5 * np.einsum("mk,mk->m", difference, difference))


def _softmax_cross_entropy(y_hat: Array, y: Array) -> Array:
    shifted = y_hat - y_hat.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=-1))
    return np.asarray(y.sum(axis=-1) * log_sum - (y * shifted).sum(axis=-1))


def _softmax_cross_entropy_hessian(y_hat: Array, y: Array, change: Array) -> Array:
    p = softmax(y_hat)
    return np.asarray(p * (change - (p * change).sum(axis=-1, keepdims=True)) * y.sum(axis=-1, keepdims=True))


def _over_probabilities(divided: Array, y_hat: Array, y: Array) -> Array:
    """Something / ŷ where the target is above 0, and 0 elsewhere: there ŷ is not in the loss."""
    return np.divide(divided, y_hat, out=np.zeros_like(y_hat), where=y > 0)


def _cross_entropy(y_hat: Array, y: Array) -> Array:
    logarithms = np.log(y_hat, out=np.zeros_like(y_hat), where=y > 0)
    return np.asarray(-(y * logarithms).sum(axis=-1))


def _cross_entropy_hessian(y_hat: Array, y: Array, change: Array) -> Array:
    return _over_probabilities(y * change, y_hat * y_hat, y)


_ALL = (
    Loss(
        "squared_error",
        "squared error",
        _squared_error,
        lambda y_hat, y: y_hat - y,
        lambda y_hat, y, change: change,
        _any_targets,
        r"L = \frac{1}{2m} \lVert \hat{Y} - Y \rVert_F^2",
        r"\frac{\partial L}{\partial \hat{y}} = \hat{y} - y",
    ),
    Loss(
        "softmax_cross_entropy",
        "softmax cross-entropy",
        _softmax_cross_entropy,
        lambda y_hat, y: softmax(y_hat) * y.sum(axis=-1, keepdims=True) - y,
        _softmax_cross_entropy_hessian,
        _distributions_only,
        r"L = -\frac{1}{m} \sum_s \sum_i y_{si} \ln \mathrm{softmax}(\hat{y}_s)_i",
        r"\frac{\partial L}{\partial \hat{y}} = \mathrm{softmax}(\hat{y}) - y",
        "logits",
    ),
    # ŷ comes from softmax here, so that −y/ŷ and softmax's Jacobian are two factors of the chain (Bridle 1990); where
    # ŷ is too small for a float the loss is ∞, which the loss above never is
    Loss(
        "cross_entropy",
        "cross-entropy",
        _cross_entropy,
        lambda y_hat, y: _over_probabilities(-y, y_hat, y),
        _cross_entropy_hessian,
        _distributions_only,
        r"L = -\frac{1}{m} \sum_s \sum_i y_{si} \ln \hat{y}_{si}",
        r"\frac{\partial L}{\partial \hat{y}_i} = -\frac{y_i}{\hat{y}_i}",
        "probabilities",
    ),
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in _ALL}
