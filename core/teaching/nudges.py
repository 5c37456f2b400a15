"""A derivative of an update by nudging: the central difference that stands beside it, or why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.network.activations import ACTIVATIONS, Array
from core.network.layers import ForwardPass, Layer, Network, forward
from core.network.losses import LOSSES
from core.teaching.backpropagation import Update
from core.teaching.numbers import Number
from core.teaching.pointwise import POINTWISE
from core.teaching.writing import Writing

STEP = 1e-5
NO_DERIVATIVE = "This is not a derivative: there is nothing to nudge."
NOT_FINITE = "The numbers are not finite: there is nothing to compare."


@dataclass(frozen=True)
class Difference:
    """(f(θ + h) − f(θ − h)) / 2h, and how far it is from the derivative."""

    value: float
    difference: float
    h: float


@dataclass(frozen=True)
class Side:
    """What a nudge makes of the function, and of every pre-activation after it, by layer."""

    value: float
    z: dict[int, Array]


class Nudges:
    """The update in float64, and what becomes of it when one number is nudged."""

    def __init__(self, u: Update) -> None:
        self.u = u

    @cached_property
    def network(self) -> Network:
        """The network in float64."""
        return Network(
            tuple(
                Layer(_exact(each.W), None if each.b is None else _exact(each.b), each.activation)
                for each in self.u.network.layers
            )
        )

    @cached_property
    def passed(self) -> ForwardPass:
        """The forward pass in float64."""
        return forward(self.network, _exact(self.u.x))

    def loss_after(self, layer: int, z: Array, rows: slice) -> Side:
        """The mean loss of some rows, from the pre-activations of a layer onwards."""
        h = ACTIVATIONS[self.network.layers[layer].activation].f(z)
        passed = forward(Network(self.network.layers[layer + 1 :]), h) if layer + 1 < len(self.network.layers) else None
        seen = (z, *(passed.z if passed else ()))
        return Side(self.loss_of(passed.h[-1] if passed else h, rows), dict(enumerate(seen, layer)))

    def loss_of(self, y_hat: Array, rows: slice) -> float:
        """The mean loss of some rows."""
        return float(LOSSES[self.u.loss].f(y_hat, _exact(self.u.y[rows])).mean())

    def of_z(self, layer: int, rows: slice, direction: Array) -> Callable[[float], Side]:
        """The loss as a function of a move of a layer's pre-activations along a direction."""
        z = self.passed.z[layer][rows]
        return lambda by: self.loss_after(layer, z + by * direction, rows)


def central_difference(w: Writing, number: Number) -> Difference | str:
    """The central difference for a derivative, or a sentence that says why there is none.

    Parameters
    ----------
    w : Writing
    number : Number

    Returns
    -------
    Difference or str
    """
    with np.errstate(all="ignore"):
        found = _function(Nudges(w.u), number)
        if found is None:
            return NO_DERIVATIVE
        function, theta = found
        # −y/ŷ is steep: a probability is nudged by a share of itself
        h = STEP * (abs(theta) if _of_probability(w.u, number) else max(1.0, abs(theta)))
        left, right = function(-h), function(h)
        value = (right.value - left.value) / (2 * h)
    if not np.isfinite([value, w.value(number)]).all():
        return NOT_FINITE
    return _kink(w, number, left, right) or Difference(value, abs(value - w.value(number)), h)


def _of_probability(u: Update, number: Number) -> bool:
    """Whether the number is ∂L/∂ŷ of a loss that ŷ reaches as a probability."""
    is_output = number.kind == "dloss" or (number.kind == "dh" and number.layer == len(u.network.layers) - 1)
    return is_output and LOSSES[u.loss].outputs == "probabilities"


def _function(n: Nudges, number: Number) -> tuple[Callable[[float], Side], float] | None:
    """The function whose derivative the number is, of a nudge of what it is taken by, and where that stands."""
    kind, at, layer = number.kind, number.at, number.layer
    if kind in ("dW", "db", "dW_rows", "db_rows"):
        rows = slice(None) if kind in ("dW", "db") else slice(at[0], at[0] + 1)
        return _parameter(n, layer, rows, at[1:] if kind.endswith("_rows") else at)
    if kind in ("dW_sums", "db_sums"):
        function, theta = _parameter(n, layer, slice(0, at[0] + 1), at[1:])
        return _summed(function, at[0] + 1), theta
    if kind in ("df", "J"):
        return _activation(n, layer, at if kind == "J" else (*at, at[1]))
    if kind in ("zW", "zb"):
        return _pre_activation(n, layer, at, kind)
    if kind not in ("delta", "dh", "dloss"):
        return None
    (sample, i), last = at, len(n.network.layers) - 1
    rows = slice(sample, sample + 1)
    if kind == "delta":
        return n.of_z(layer, rows, _unit(n.network.layers[layer].W.shape[0], i)), float(n.passed.z[layer][sample, i])
    if kind == "dh" and layer < last:
        theta = float(n.passed.h[layer + 1][sample, i])
        return n.of_z(layer + 1, rows, n.network.layers[layer + 1].W[:, i]), theta
    y_hat = n.passed.h[-1][rows]
    unit = _unit(y_hat.shape[1], i)
    return lambda by: Side(n.loss_of(y_hat + by * unit, rows), {}), float(y_hat[0, i])


def _parameter(n: Nudges, layer: int, rows: slice, at: tuple[int, ...]) -> tuple[Callable[[float], Side], float]:
    """A weight moves its unit's z by its input, a bias by 1."""
    W, b = n.network.layers[layer].W, n.network.layers[layer].b
    unit = _unit(W.shape[0], at[0])
    if len(at) == 2:
        return n.of_z(layer, rows, n.passed.h[layer][rows, at[1], None] * unit), float(W[at])
    assert b is not None
    return n.of_z(layer, rows, unit), float(b[at])


def _summed(function: Callable[[float], Side], rows: int) -> Callable[[float], Side]:
    """The sum of the rows' losses where a function answers their mean."""

    def of(by: float) -> Side:
        mean = function(by)
        return Side(mean.value * rows, mean.z)

    return of


def _pre_activation(n: Nudges, layer: int, at: tuple[int, ...], kind: str) -> tuple[Callable[[float], Side], float]:
    """A pre-activation as a function of one weight, W unrolled row by row, or of one bias."""
    (sample, i, k), own = at, n.network.layers[layer]
    x = n.passed.h[layer][sample]

    def of(by: float) -> Side:
        W, b = own.W.copy(), np.zeros(len(own.W)) if own.b is None else own.b.copy()
        (W.reshape(-1) if kind == "zW" else b)[k] += by
        return Side(float(W[i] @ x + b[i]), {})

    return of, float((own.W.reshape(-1) if kind == "zW" or own.b is None else own.b)[k])


def _activation(n: Nudges, layer: int, at: tuple[int, ...]) -> tuple[Callable[[float], Side], float]:
    sample, i, j = at
    z, f = n.passed.z[layer][sample : sample + 1], ACTIVATIONS[n.network.layers[layer].activation].f
    unit = _unit(z.shape[1], j)
    return lambda by: Side(float(f(z + by * unit)[0, i]), {layer: z + by * unit}), float(z[0, j])


def _exact(array: Array) -> Array:
    return array.astype(np.float64, copy=False)


def _unit(size: int, place: int) -> Array:
    unit = np.zeros(size)
    unit[place] = 1
    return unit


def _kink(w: Writing, number: Number, left: Side, right: Side) -> str | None:
    """A sentence if the nudge carries a pre-activation over the kink of its activation."""
    for layer, z in left.z.items():
        activation = ACTIVATIONS[w.u.network.layers[layer].activation]
        crossed = np.argwhere((z > 0) != (right.z[layer] > 0)) if activation.has_kink else np.zeros((0, 2), int)
        if len(crossed):
            row, i = (int(index) for index in crossed[0])
            one_row = number.kind not in ("dW", "db", "dW_sums", "db_sums")
            name = w.element("z", (number.at[0] if one_row else row, i), layer).text
            return (
                f"The nudge carries {name} over the kink of {activation.label} at 0, where there is no derivative: "
                f"the slope is {POINTWISE[activation.name].kink}."
            )
    return None
