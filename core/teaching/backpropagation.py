"""One update with every number that a hand would write down: forward, backward, new parameters, forward again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.network.activations import ACTIVATIONS, Array
from core.network.layers import ForwardPass, Gradients, Network, backward, forward, mean_loss, parameters
from core.network.losses import LOSSES
from core.training.optimizers import OptimizerSettings, Slots, initial_slots, update


@dataclass(frozen=True)
class Update:
    """Every number of one update on one batch (slides 20–54).

    Attributes
    ----------
    network, updated : Network
        Before and after.
    loss : str
        A name in `LOSSES`.
    optimizer : OptimizerSettings
    slots : mapping of str to tuple of arrays
        What the update rule remembered before, in the order of `parameters`.
    k : int
        The number of the update, from 1, which some rules take into account.
    eta : float
    x, y : arrays (m, d), (m, k)
        The batch, in the network's precision.
    passed, passed_again : ForwardPass
        Forward before and after, on the same batch.
    gradients : Gradients
    dh : tuple of arrays (m, out)
        ∂(loss of the sample)/∂h of each layer, without 1/m; the last one is ∂L/∂ŷ.
    """

    network: Network
    loss: str
    optimizer: OptimizerSettings
    slots: Slots
    k: int
    eta: float
    x: Array
    y: Array
    passed: ForwardPass
    gradients: Gradients
    dh: tuple[Array, ...]
    updated: Network
    passed_again: ForwardPass

    @property
    def m(self) -> int:
        """How many samples the batch has."""
        return len(self.x)

    @cached_property
    def losses(self) -> Array:
        """Losses of the samples before the update (m,)."""
        return LOSSES[self.loss].f(self.passed.h[-1], self.y)

    @cached_property
    def new_losses(self) -> Array:
        """Losses of the samples after the update (m,)."""
        return LOSSES[self.loss].f(self.passed_again.h[-1], self.y)

    @cached_property
    def loss_before(self) -> float:
        """L, the mean over the batch."""
        return mean_loss(self.loss, self.passed.h[-1], self.y)

    @cached_property
    def loss_after(self) -> float:
        """The same after the update."""
        return mean_loss(self.loss, self.passed_again.h[-1], self.y)

    @cached_property
    def derivatives(self) -> tuple[Array | None, ...]:
        """f′(z) (m, out) of each layer; None where outputs are coupled (softmax)."""
        found = (ACTIVATIONS[layer.activation].derivative for layer in self.network.layers)
        return tuple(None if f is None else f(z) for f, z in zip(found, self.passed.z, strict=True))

    @property
    def diverged(self) -> bool:
        """Whether a number of the update is not finite."""
        arrays = (*self.passed.z, *self.passed.h, *self.gradients.delta, *self.gradients.dW, *self.dh)
        arrays += (*parameters(self.updated), *self.passed_again.z, *self.passed_again.h)
        finite = np.isfinite([self.loss_before, self.loss_after]).all()
        return not (finite and all(np.isfinite(array).all() for array in arrays))


def compute_update(
    network: Network,
    loss: str,
    optimizer: OptimizerSettings,
    eta: float,
    x: Array,
    y: Array,
    slots: Slots | None = None,
    k: int = 1,
) -> Update:
    """Compute every number of one update; numbers that leave the finite range stay as they are.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    optimizer : OptimizerSettings
    eta : float
        Learning rate η.
    x, y : arrays (m, d), (m, k)
        The batch; cast to the network's precision.
    slots : mapping of str to tuple of arrays, or None
        What the update rule remembers; None: its first step.
    k : int
        The number of the update, from 1.

    Returns
    -------
    Update
    """
    x, y = x.astype(network.dtype, copy=False), y.astype(network.dtype, copy=False)
    slots = initial_slots(optimizer, network) if slots is None else slots
    with np.errstate(all="ignore"):
        passed = forward(network, x)
        gradients = backward(network, loss, passed, y)
        after = zip(gradients.delta[1:], network.layers[1:], strict=True)
        dh = (*(delta @ layer.W for delta, layer in after), gradients.dloss)
        updated, _ = update(optimizer, network, gradients, slots, k, eta)
        again = forward(updated, x)
        made = Update(network, loss, optimizer, slots, k, eta, x, y, passed, gradients, dh, updated, again)
        # computed here, where overflow is told by the finite check and not by warnings
        _ = made.losses, made.new_losses, made.loss_before, made.loss_after, made.derivatives
    return made


def row_gradients(found: Update) -> list[dict[str, Array | None]]:
    """The gradients of each sample before the mean (slides 52–54): weights (m, out, in), biases (m, out).

    Beside them their running sums in the same shapes: `weight_sums[s]` adds the first s + 1 samples, and the last one
    divided by m is the gradient.
    """
    rows = zip(found.network.layers, found.gradients.delta, found.passed.h, strict=False)
    with np.errstate(all="ignore"):
        return [_rows(delta, h, layer.b is not None) for layer, delta, h in rows]


def _rows(delta: Array, h: Array, bias: bool) -> dict[str, Array | None]:
    weights = delta[:, :, None] * h[:, None, :]
    return {
        "weights": weights,
        "biases": delta if bias else None,
        "weight_sums": weights.cumsum(axis=0),
        "bias_sums": delta.cumsum(axis=0) if bias else None,
    }


def numbers(found: Update) -> dict[str, Any]:
    """Every number by the name that it has everywhere: paths in this dictionary.

    Parameters
    ----------
    found : Update

    Returns
    -------
    dict
        `layers` as in the answer of a step, with f′(z) and ∂L/∂h beside; `updated` with the new forward pass.
    """
    return {
        "batch_size": found.m,
        "learning_rate": found.eta,
        "inputs": found.x,
        "targets": found.y,
        "loss_before": found.loss_before,
        "loss_after": found.loss_after,
        "losses": found.losses,
        "new_losses": found.new_losses,
        "loss_gradient": found.gradients.dloss,
        "layers": [_layer(found, index) for index in range(len(found.network.layers))],
        "updated": [
            {"weights": layer.W, "biases": layer.b, "pre_activations": z, "activations": h}
            for layer, z, h in zip(found.updated.layers, found.passed_again.z, found.passed_again.h[1:], strict=True)
        ],
    }


def _layer(found: Update, index: int) -> dict[str, Any]:
    layer, gradients = found.network.layers[index], found.gradients
    return {
        "weights": layer.W,
        "biases": layer.b,
        "pre_activations": found.passed.z[index],
        "activations": found.passed.h[index + 1],
        "deltas": gradients.delta[index],
        "weight_gradients": gradients.dW[index],
        "bias_gradients": gradients.db[index],
        "activation_derivatives": found.derivatives[index],
        "activation_gradients": found.dh[index],
        "activation": layer.activation,
    }
