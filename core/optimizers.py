"""Update rules: (parameter, gradient, velocity, η) → (parameter, velocity) (slides 34, 39–40)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.activations import Array
from core.network import Gradients, Layer, Network

Slots = tuple[Array, ...]


@dataclass(frozen=True)
class OptimizerSettings:
    """Which update rule, and its momentum where it has one."""

    method: str = "gradient_descent"
    momentum: float = 0.9


@dataclass(frozen=True)
class Optimizer:
    """One update rule and its formula; `has_velocity` says whether it remembers."""

    name: str
    label: str
    has_velocity: bool
    update: Callable[[Array, Array, Array | None, float, float], tuple[Array, Array | None]]
    formula: str


def _gradient_descent(
    theta: Array, gradient: Array, velocity: Array | None, eta: float, momentum: float
) -> tuple[Array, Array | None]:
    return theta - theta.dtype.type(eta) * gradient, None


def _momentum(
    theta: Array, gradient: Array, velocity: Array | None, eta: float, momentum: float
) -> tuple[Array, Array | None]:
    v = gradient if velocity is None else theta.dtype.type(momentum) * velocity + gradient
    return theta - theta.dtype.type(eta) * v, v


_ALL = (
    Optimizer(
        "gradient_descent",
        "gradient descent",
        False,
        _gradient_descent,
        r"W \leftarrow W - \eta \frac{\partial L}{\partial W}",
    ),
    Optimizer(
        "momentum",
        "gradient descent with momentum",
        True,
        _momentum,
        r"v \leftarrow \beta v + \frac{\partial L}{\partial W},\quad W \leftarrow W - \eta v",
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {optimizer.name: optimizer for optimizer in _ALL}


def initial_slots(settings: OptimizerSettings, network: Network) -> Slots:
    """Zero velocities, W then b of each layer, for a rule that remembers; else nothing."""
    if not OPTIMIZERS[settings.method].has_velocity:
        return ()
    return tuple(np.zeros_like(theta) for theta in parameters(network))


def parameters(network: Network) -> tuple[Array, ...]:
    """W and, where there is one, b of each layer, first to last."""
    return tuple(theta for layer in network.layers for theta in (layer.W, layer.b) if theta is not None)


def update(
    settings: OptimizerSettings, network: Network, gradients: Gradients, slots: Slots, eta: float
) -> tuple[Network, Slots]:
    """Apply one update to every parameter.

    Parameters
    ----------
    settings : OptimizerSettings
    network : Network
    gradients : Gradients
    slots : tuple of arrays
        Velocities in the order of `parameters`, or empty.
    eta : float
        Learning rate.

    Returns
    -------
    (Network, tuple of arrays)
        New values; the old ones are untouched.
    """
    rule = OPTIMIZERS[settings.method].update
    old = iter(slots)
    new_slots: list[Array] = []

    def step(theta: Array, gradient: Array) -> Array:
        moved, velocity = rule(theta, gradient, next(old, None), eta, settings.momentum)
        if velocity is not None:
            new_slots.append(velocity)
        return moved

    layers = []
    for layer, dW, db in zip(network.layers, gradients.dW, gradients.db, strict=True):
        W = step(layer.W, dW)
        b = None if layer.b is None or db is None else step(layer.b, db)
        layers.append(Layer(W, b, layer.activation))
    return Network(tuple(layers)), tuple(new_slots)
