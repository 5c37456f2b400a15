"""Activation functions, each beside its derivative (slides 22–23)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

LEAK = 0.01


@dataclass(frozen=True)
class Activation:
    """One activation: the function, its derivative and its formula.

    Attributes
    ----------
    f : callable
        z (m, n) → h (m, n).
    derivative : callable or None
        z (m, n) → f′(z) (m, n), the diagonal of the Jacobian; None where outputs are coupled.
    backward : callable
        (∂L/∂h, z, h), each (m, n) → δ = ∂L/∂z (m, n).
    backward_change : callable
        (∂L/∂h, its change, z, h, the change of z), each (m, n) → the change of δ, to first order (Pearlmutter 1994).
    jacobian : callable
        z (m, n) → ∂h/∂z (m, n, n), entry [s, i, j] = ∂hᵢ/∂zⱼ of sample s.
    formula, derivative_formula : str
        LaTeX.
    can_die : bool
        Whether f′ is exactly 0 on a whole half-line, so that a unit can stop learning for good.
    has_kink : bool
        Whether f′ jumps at 0, where central differences say nothing.
    """

    name: str
    label: str
    f: Callable[[Array], Array]
    derivative: Callable[[Array], Array] | None
    backward: Callable[[Array, Array, Array], Array]
    backward_change: Callable[[Array, Array, Array, Array, Array], Array]
    jacobian: Callable[[Array], Array]
    formula: str
    derivative_formula: str
    can_die: bool = False
    has_kink: bool = False


def _sigmoid(z: Array) -> Array:
    # exp of a number that is never positive: no overflow on either side
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e)).astype(z.dtype, copy=False)


def _sigmoid_derivative(z: Array) -> Array:
    s = _sigmoid(z)
    return np.asarray(s * (1 - s))


def softmax(z: Array) -> Array:
    """Row-wise softmax, shifted by the row's maximum so that nothing overflows.

    Parameters
    ----------
    z : array (m, n)

    Returns
    -------
    array (m, n)
        Rows are positive and sum to 1.
    """
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def _softmax_backward(dh: Array, z: Array, h: Array) -> Array:
    # dh · (diag(h) − hᵀh), without building the Jacobian
    return np.asarray(h * (dh - (dh * h).sum(axis=-1, keepdims=True)))


def _softmax_backward_change(dh: Array, change_dh: Array, z: Array, h: Array, change_z: Array) -> Array:
    change_h = _softmax_backward(change_z, z, h)
    mean = (dh * h).sum(axis=-1, keepdims=True)
    change_mean = (change_dh * h + dh * change_h).sum(axis=-1, keepdims=True)
    return np.asarray(change_h * (dh - mean) + h * (change_dh - change_mean))


def _softmax_jacobian(z: Array) -> Array:
    h = softmax(z)
    return np.asarray(h[:, :, None] * (np.eye(z.shape[1], dtype=z.dtype) - h[:, None, :]))


def _pointwise(
    name: str,
    label: str,
    f: Callable[[Array], Array],
    derivative: Callable[[Array], Array],
    second_derivative: Callable[[Array], Array] | None,
    formula: str,
    derivative_formula: str,
    can_die: bool = False,
    has_kink: bool = False,
) -> Activation:
    """Build a pointwise activation: its Jacobian is diagonal, so δ = ∂L/∂h ⊙ f′(z); f″ is None where it is 0."""

    def backward(dh: Array, z: Array, h: Array) -> Array:
        return np.asarray(dh * derivative(z))

    def backward_change(dh: Array, change_dh: Array, z: Array, h: Array, change_z: Array) -> Array:
        change = change_dh * derivative(z)
        return np.asarray(change if second_derivative is None else change + dh * second_derivative(z) * change_z)

    def jacobian(z: Array) -> Array:
        return np.asarray(derivative(z)[:, :, None] * np.eye(z.shape[1], dtype=z.dtype))

    return Activation(
        name,
        label,
        f,
        derivative,
        backward,
        backward_change,
        jacobian,
        formula,
        derivative_formula,
        can_die,
        has_kink,
    )


_ALL = (
    _pointwise("linear", "linear", lambda z: z, np.ones_like, None, "f(z) = z", "f'(z) = 1"),
    _pointwise(
        "relu",
        "ReLU",
        lambda z: np.maximum(z, 0),
        lambda z: (z > 0).astype(z.dtype),
        None,
        r"f(z) = \max(0, z)",
        r"f'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \leq 0 \end{cases}",
        can_die=True,
        has_kink=True,
    ),
    _pointwise(
        "leaky_relu",
        "leaky ReLU",
        lambda z: np.where(z > 0, z, z * z.dtype.type(LEAK)),
        lambda z: np.where(z > 0, z.dtype.type(1), z.dtype.type(LEAK)),
        None,
        rf"f(z) = \max({LEAK} z, z)",
        rf"f'(z) = \begin{{cases}} 1 & z > 0 \\ {LEAK} & z \leq 0 \end{{cases}}",
        has_kink=True,
    ),
    _pointwise(
        "sigmoid",
        "sigmoid",
        _sigmoid,
        _sigmoid_derivative,
        lambda z: _sigmoid_derivative(z) * (1 - 2 * _sigmoid(z)),
        r"f(z) = \frac{1}{1 + e^{-z}}",
        r"f'(z) = f(z)\,(1 - f(z))",
    ),
    _pointwise(
        "tanh",
        "tanh",
        np.tanh,
        lambda z: 1 - np.tanh(z) ** 2,
        lambda z: -2 * np.tanh(z) * (1 - np.tanh(z) ** 2),
        r"f(z) = \tanh z",
        r"f'(z) = 1 - \tanh^2 z",
    ),
    _pointwise(
        "softplus",
        "softplus",
        lambda z: np.logaddexp(z, z.dtype.type(0)),
        _sigmoid,
        _sigmoid_derivative,
        r"f(z) = \ln(1 + e^z)",
        r"f'(z) = \frac{1}{1 + e^{-z}}",
    ),
    Activation(
        "softmax",
        "softmax",
        softmax,
        None,
        _softmax_backward,
        _softmax_backward_change,
        _softmax_jacobian,
        r"f(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
        r"\frac{\partial f_i}{\partial z_j} = f_i\,(\delta_{ij} - f_j)",
    ),
)

ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _ALL}
