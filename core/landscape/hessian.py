"""Exact products of the Hessian of L with vectors (Pearlmutter 1994), and the dense Hessian of a small network."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.samples import Data
from core.errors import LimitExceeded
from core.landscape.vectors import flatten, gradient_vector, with_parameters
from core.network.activations import ACTIVATIONS, Array
from core.network.layers import ForwardPass, Gradients, Network, backward, forward
from core.network.losses import LOSSES

MOST_DENSE = 800
# so many rows at a time; the passes of all chunks are kept while they have at most so many numbers
CHUNK_ROWS = 1000
MOST_KEPT = 4_000_000


@dataclass(frozen=True)
class _Pass:
    """One chunk of samples, forward and backward, and ∂L/∂h of each layer (m, out), without 1/m."""

    y: Array
    passed: ForwardPass
    gradients: Gradients
    dh: tuple[Array, ...]


class Hessian:
    """The Hessian of L at a network's parameters, as far as it is asked for: one forward and backward pass a product.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    data : Data
        m samples.

    Attributes
    ----------
    size : int
        How many parameters there are, n.
    samples : int
        m.
    gradient : array (n,)
        ∂L/∂θ in float64.

    Notes
    -----
    At a kink of ReLU it takes the mask that holds at this point, as `backward` does; so it has no spikes.
    """

    def __init__(self, network: Network, loss: str, data: Data) -> None:
        self.network, self.loss, self.data = network, loss, data
        self.size, self.samples = network.parameter_count, len(data.inputs)
        self._kept: list[_Pass] = []
        keeps = self.samples * sum(network.layer_sizes[1:]) * 3 <= MOST_KEPT
        gradient = np.zeros(self.size)
        for each in self._passes():
            gradient += gradient_vector(each.gradients) * (len(each.y) / self.samples)
            if keeps:
                self._kept.append(each)
        self.gradient = gradient

    def _passes(self) -> Iterator[_Pass]:
        if self._kept:
            yield from self._kept
            return
        for start in range(0, self.samples, CHUNK_ROWS):
            rows = self.data.rows(slice(start, start + CHUNK_ROWS))
            y = rows.targets.astype(self.network.dtype, copy=False)
            passed = forward(self.network, rows.inputs)
            gradients = backward(self.network, self.loss, passed, y)
            behind = zip(gradients.delta[1:], self.network.layers[1:], strict=True)
            dh = (*(delta @ layer.W for delta, layer in behind), gradients.dloss)
            yield _Pass(y, passed, gradients, dh)

    def product(self, v: Array) -> Array:
        """Compute ∇²L v.

        Parameters
        ----------
        v : array (n,)

        Returns
        -------
        array (n,)
            In float64; with a network in float32 its numbers are that exact.
        """
        direction = with_parameters(self.network, v)
        total = np.zeros(self.size)
        for each in self._passes():
            total += self._of_chunk(each, direction)
        return total / self.samples

    def _of_chunk(self, at: _Pass, v: Network) -> Array:
        """The R-operator over one chunk: how every number of both passes changes when θ moves along v; without 1/m."""
        layers, z, h, delta = self.network.layers, at.passed.z, at.passed.h, at.gradients.delta
        change_h: list[Array | None] = [None]
        change_z: list[Array] = []
        for index, (layer, along) in enumerate(zip(layers, v.layers, strict=True)):
            change = h[index] @ along.W.T
            if along.b is not None:
                change += along.b
            before = change_h[-1]
            if before is not None:
                change += before @ layer.W.T
            change_z.append(change)
            # ∂h/∂z is symmetric for every activation: its product from the left is its product from the right
            change_h.append(ACTIVATIONS[layer.activation].backward(change, z[index], h[index + 1]))
        last = change_h[-1]
        assert last is not None
        change_dh: Array = LOSSES[self.loss].hessian_product(h[-1], at.y, last)
        parts: list[Array] = []
        for index in range(len(layers) - 1, -1, -1):
            layer, along = layers[index], v.layers[index]
            change_delta = ACTIVATIONS[layer.activation].backward_change(
                at.dh[index], change_dh, z[index], h[index + 1], change_z[index]
            )
            if layer.b is not None:
                parts.insert(0, change_delta.sum(axis=0))
            dW: Array = change_delta.T @ h[index]
            before = change_h[index]
            if before is not None:
                dW += delta[index].T @ before
                change_dh = change_delta @ layer.W + delta[index] @ along.W
            parts.insert(0, dW)
        return flatten(parts)

    def dense(self) -> Array:
        """All of it, (n, n), column by column.

        Raises
        ------
        LimitExceeded
            Above 800 parameters.
        """
        if self.size > MOST_DENSE:
            raise LimitExceeded("dense", f"{self.size} parameters; the whole Hessian is shown up to {MOST_DENSE}.")
        return np.stack([self.product(unit) for unit in np.eye(self.size)], axis=1)
