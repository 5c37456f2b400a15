"""Every number of an update by its name: a path in the answer, as ``layers[0].weight_gradients[1][0]``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from core.errors import InvalidInput
from core.network.activations import ACTIVATIONS, Array
from core.teaching.backpropagation import Update
from core.training.hyperparameters import values_of
from core.training.optimizers import OPTIMIZERS

LONGEST_NAME = 120


@dataclass(frozen=True)
class Kind:
    """One family of numbers.

    Attributes
    ----------
    path : str
        The name without its indices; ``#`` stands for the layer.
    role : str
        What such a number is, in words.
    variable : str
        The NumPy array that holds them; ``#`` stands for the layer, from 1.
    array : callable
        (update, layer) → the array, or None where this layer has no such numbers.
    given : bool
        Whether it comes from outside: nothing unfolds it further.
    element, shape : callable or None
        (update, layer, indices) → one number, and (update, layer) → the shape, where the whole array may be too
        large to be built for one number.
    """

    path: str
    role: str
    variable: str
    array: Callable[[Update, int], Any]
    given: bool = False
    element: Callable[[Update, int, tuple[int, ...]], Any] | None = None
    shape: Callable[[Update, int], tuple[int, ...]] | None = None

    def shape_in(self, u: Update, layer: int) -> tuple[int, ...] | None:
        """The shape of the array, or None where this layer has no such numbers."""
        if self.shape is not None:
            return self.shape(u, layer)
        array = self.array(u, layer)
        return None if array is None else np.shape(array)


def _row_weights(u: Update, layer: int) -> Array:
    return np.asarray(u.gradients.delta[layer][:, :, None] * u.passed.h[layer][:, None, :])


def _jacobian(u: Update, layer: int) -> Array:
    return ACTIVATIONS[u.network.layers[layer].activation].jacobian(u.passed.z[layer])


def _row_weights_element(u: Update, layer: int, at: tuple[int, ...]) -> Any:
    sample, i, j = at
    return u.gradients.delta[layer][sample, i] * u.passed.h[layer][sample, j]


def _row_weights_shape(u: Update, layer: int) -> tuple[int, ...]:
    return (u.m, *u.network.layers[layer].W.shape)


def _row_sums(u: Update, layer: int) -> Array:
    return _row_weights(u, layer).cumsum(axis=0)


def _row_sums_element(u: Update, layer: int, at: tuple[int, ...]) -> Any:
    sample, i, j = at
    rows = slice(0, sample + 1)
    return (u.gradients.delta[layer][rows, i] * u.passed.h[layer][rows, j]).cumsum()[-1]


def _jacobian_element(u: Update, layer: int, at: tuple[int, ...]) -> Any:
    sample, i, j = at
    derivative, h = u.derivatives[layer], u.passed.h[layer + 1][sample]
    if derivative is None:
        return h[i] * ((i == j) - h[j])
    return derivative[sample, i] if i == j else 0.0


def _jacobian_shape(u: Update, layer: int) -> tuple[int, ...]:
    n = u.network.layers[layer].W.shape[0]
    return (u.m, n, n)


def _weight_jacobian(u: Update, layer: int) -> Array:
    x, units = u.passed.h[layer], u.network.layers[layer].W.shape[0]
    return np.asarray(np.einsum("ij,sk->sijk", np.eye(units, dtype=x.dtype), x).reshape(len(x), units, -1))


def _weight_jacobian_element(u: Update, layer: int, at: tuple[int, ...]) -> Any:
    sample, i, k = at
    row, column = divmod(k, u.network.layers[layer].W.shape[1])
    return u.passed.h[layer][sample, column] if row == i else 0.0


def _weight_jacobian_shape(u: Update, layer: int) -> tuple[int, ...]:
    units, inputs = u.network.layers[layer].W.shape
    return (u.m, units, units * inputs)


def _bias_jacobian(u: Update, layer: int) -> Array | None:
    b = u.network.layers[layer].b
    return None if b is None else np.broadcast_to(np.eye(len(b), dtype=b.dtype), (u.m, len(b), len(b)))


def _row_biases(u: Update, layer: int) -> Array | None:
    return None if u.network.layers[layer].b is None else u.gradients.delta[layer]


def _bias_sums(u: Update, layer: int) -> Array | None:
    return None if u.network.layers[layer].b is None else u.gradients.delta[layer].cumsum(axis=0)


KINDS: dict[str, Kind] = {
    "x": Kind("inputs", "input", "x", lambda u, i: u.x, given=True),
    "y": Kind("targets", "target", "y", lambda u, i: u.y, given=True),
    "eta": Kind("learning_rate", "learning rate", "eta", lambda u, i: u.eta, given=True),
    "m": Kind("batch_size", "batch size", "m", lambda u, i: u.m, given=True),
    "W": Kind("layers[#].weights", "weight", "W#", lambda u, i: u.network.layers[i].W, given=True),
    "b": Kind("layers[#].biases", "bias", "b#", lambda u, i: u.network.layers[i].b, given=True),
    "z": Kind("layers[#].pre_activations", "pre-activation", "z#", lambda u, i: u.passed.z[i]),
    "h": Kind("layers[#].activations", "activation", "h#", lambda u, i: u.passed.h[i + 1]),
    "losses": Kind("losses", "loss of the sample", "losses", lambda u, i: u.losses),
    "L": Kind("loss_before", "loss", "L", lambda u, i: u.loss_before),
    "dloss": Kind("loss_gradient", "derivative of the loss", "dy_hat", lambda u, i: u.gradients.dloss),
    "df": Kind("layers[#].activation_derivatives", "local derivative", "df#", lambda u, i: u.derivatives[i]),
    "J": Kind(
        "layers[#].activation_jacobian", "local derivative", "J#", _jacobian, False, _jacobian_element, _jacobian_shape
    ),
    "zW": Kind(
        "layers[#].weight_jacobian",
        "local derivative",
        "dz#_dW",
        _weight_jacobian,
        element=_weight_jacobian_element,
        shape=_weight_jacobian_shape,
    ),
    "zb": Kind("layers[#].bias_jacobian", "local derivative", "dz#_db", _bias_jacobian),
    "dh": Kind("layers[#].activation_gradients", "derivative of the loss", "dh#", lambda u, i: u.dh[i]),
    "delta": Kind("layers[#].deltas", "delta", "delta#", lambda u, i: u.gradients.delta[i]),
    "dW": Kind("layers[#].weight_gradients", "gradient", "dW#", lambda u, i: u.gradients.dW[i]),
    "db": Kind("layers[#].bias_gradients", "gradient", "db#", lambda u, i: u.gradients.db[i]),
    "dW_rows": Kind(
        "row_gradients[#].weights",
        "gradient of the sample",
        "dW#_rows",
        _row_weights,
        element=_row_weights_element,
        shape=_row_weights_shape,
    ),
    "db_rows": Kind("row_gradients[#].biases", "gradient of the sample", "db#_rows", _row_biases),
    "dW_sums": Kind(
        "row_gradients[#].weight_sums",
        "sum of the samples' gradients",
        "dW#_sums",
        _row_sums,
        element=_row_sums_element,
        shape=_row_weights_shape,
    ),
    "db_sums": Kind("row_gradients[#].bias_sums", "sum of the samples' gradients", "db#_sums", _bias_sums),
    "W_new": Kind("updated[#].weights", "new weight", "W#_new", lambda u, i: u.updated.layers[i].W),
    "b_new": Kind("updated[#].biases", "new bias", "b#_new", lambda u, i: u.updated.layers[i].b),
    "z_new": Kind("updated[#].pre_activations", "new pre-activation", "z#_new", lambda u, i: u.passed_again.z[i]),
    "h_new": Kind("updated[#].activations", "new activation", "h#_new", lambda u, i: u.passed_again.h[i + 1]),
    "losses_new": Kind("new_losses", "new loss of the sample", "losses_new", lambda u, i: u.new_losses),
    "L_new": Kind("loss_after", "new loss", "L_new", lambda u, i: u.loss_after),
    "k": Kind("optimizer.k", "number of the update", "k", lambda u, i: u.k, given=True),
}


def _slot(name: str, parameter: str) -> Kind:
    """What the rule remembered of W or b before the update."""
    letter = "W" if parameter == "weights" else "b"

    def array(u: Update, layer: int) -> Array | None:
        if name not in u.slots or (letter == "b" and u.network.layers[layer].b is None):
            return None
        before = sum(1 if each.b is None else 2 for each in u.network.layers[:layer])
        return u.slots[name][before + (letter == "b")]

    return Kind(f"slots[#].{name}.{parameter}", "remembered by the rule", f"{name}_{letter}#", array, given=True)


def _hyperparameter(name: str) -> Kind:
    def array(u: Update, layer: int) -> float | None:
        return hyperparameters(u).get(name)

    return Kind(f"optimizer.{name}", "number of the rule", name, array, given=True)


def hyperparameters(u: Update) -> dict[str, float]:
    """The numbers that the update rule takes beside η."""
    return values_of(OPTIMIZERS[u.optimizer.method].hyperparameters, u.optimizer.hyperparameters)


for _rule in OPTIMIZERS.values():
    for _each in _rule.slots:
        KINDS[f"slot.{_each.name}.W"] = _slot(_each.name, "weights")
        KINDS[f"slot.{_each.name}.b"] = _slot(_each.name, "biases")
    for _value in _rule.hyperparameters:
        KINDS[f"rule.{_value.name}"] = _hyperparameter(_value.name)

_NAME = re.compile(r"(?:(layers|updated|row_gradients|slots)\[([0-9]{1,6})\]\.)?([a-z_0-9.]+)((?:\[[0-9]{1,9}\])*)")


@dataclass(frozen=True)
class Number:
    """One number: its kind, its place, and its layer (from 0) where it belongs to one."""

    kind: str
    at: tuple[int, ...] = ()
    layer: int = 0

    @property
    def path(self) -> str:
        """Its name."""
        return KINDS[self.kind].path.replace("#", str(self.layer)) + "".join(f"[{index}]" for index in self.at)

    def variable(self, u: Update) -> str:
        """The NumPy array that holds it; the last layer's activations are y_hat."""
        if self.kind in ("h", "h_new") and self.layer == len(u.network.layers) - 1:
            return "y_hat" if self.kind == "h" else "y_hat_new"
        return KINDS[self.kind].variable.replace("#", str(self.layer + 1))

    def value(self, u: Update) -> float:
        """The number itself."""
        kind = KINDS[self.kind]
        if kind.element is not None:
            return float(kind.element(u, self.layer, self.at))
        return float(np.asarray(kind.array(u, self.layer))[self.at])


@cache
def _kinds_by_path() -> dict[str, str]:
    return {kind.path: name for name, kind in KINDS.items()}


# a forward pass alone has these
NEED_NO_TARGET = {"x", "W", "b", "z", "h", "df", "J", "zW", "zb"}


def read(u: Update, name: str, location: str = "number") -> Number:
    """Find a number by its name; `location` is where the name stands, for the error.

    Raises
    ------
    InvalidInput
        For a name that is no path of a number of this update, saying what would be.
    """
    found = _NAME.fullmatch(name) if len(name) <= LONGEST_NAME else None
    group, layer, field, index = found.groups() if found else (None, None, "", "")
    kind = _kinds_by_path().get(f"{group}[#].{field}" if group else field)
    if kind is None:
        known = ", ".join(path.replace("#", "0") for path in _kinds_by_path() if "." not in path or "layers" in path)
        raise InvalidInput(location, f"No number has this name. Names begin with {known}, and the like.")
    place = int(layer or 0)
    if place >= len(u.network.layers):
        count = len(u.network.layers)
        raise InvalidInput(location, f"There is no layer {place}: there are {count}, counted from 0.")
    at = tuple(int(text) for text in re.findall(r"[0-9]+", index or ""))
    shape = KINDS[kind].shape_in(u, place)
    if shape is None:
        raise InvalidInput(location, f"This update has no {KINDS[kind].path.replace('#', str(place))}.")
    _check_place(at, shape, location)
    return Number(kind, at, place)


def _check_place(at: tuple[int, ...], shape: tuple[int, ...], location: str) -> None:
    if len(at) != len(shape):
        example = "".join("[0]" for _ in shape)
        raise InvalidInput(location, f"Give {len(shape)} indices, as {example}." if shape else "This takes no index.")
    for index, count in zip(at, shape, strict=True):
        if index >= count:
            raise InvalidInput(location, f"The index {index} is too large: there are {count}, counted from 0.")


def all_numbers(u: Update) -> list[Number]:
    """Every number of the update."""
    arrays = [(name, layer, KINDS[name].shape_in(u, layer)) for name, layer in _kinds_and_layers(u)]
    return [Number(name, at, layer) for name, layer, shape in arrays if shape is not None for at in np.ndindex(shape)]


def namespace(u: Update) -> dict[str, Any]:
    """The arrays by the names that NumPy lines use: x, y, W1, b1, z1, h1, delta1, dW1, W1_new, eta, m and the like."""
    found: dict[str, Any] = {"np": np}
    for name, layer in _kinds_and_layers(u):
        array = KINDS[name].array(u, layer)
        if array is not None:
            found[Number(name, (), layer).variable(u)] = array
    return found


def _kinds_and_layers(u: Update) -> list[tuple[str, int]]:
    depth = len(u.network.layers)
    return [(name, layer) for name, kind in KINDS.items() for layer in range(depth if "#" in kind.path else 1)]
