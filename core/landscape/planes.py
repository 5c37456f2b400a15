"""The loss over a grid of points of a plane through the parameters, fast."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.samples import Data
from core.landscape.vectors import with_parameters
from core.network.activations import ACTIVATIONS, Array
from core.network.layers import Layer, Network
from core.network.losses import LOSSES
from core.training.fast_pass import chunk_rows


@dataclass(frozen=True)
class Plane:
    """The points θ + a u + b v.

    Attributes
    ----------
    network : Network
        θ.
    u, v : array (n,)
    a, b : array (k,), (l,)
        The coordinates of the grid.
    """

    network: Network
    u: Array
    v: Array
    a: Array
    b: Array


class Grid:
    """The mean loss at every point of a plane's grid, computed piece by piece.

    Parameters
    ----------
    plane : Plane
    loss : str
        A name in `LOSSES`.
    data : Data
        m samples.

    Notes
    -----
    Up to the first activation everything is linear in a and b: z₁ = x W₁ᵀ + a x U₁ᵀ + b x V₁ᵀ (biases alike). So the
    products with the inputs, nearly all of the work of a wide first layer, are made three times in all and not once a
    point. Samples go through in chunks that stay in the cache: memory does not grow with their number.
    """

    def __init__(self, plane: Plane, loss: str, data: Data) -> None:
        self._plane, self._loss, self._data = plane, loss, data
        self._u, self._v = with_parameters(plane.network, plane.u), with_parameters(plane.network, plane.v)
        self._sums = np.zeros((len(plane.b), len(plane.a)))
        self.samples = len(data.inputs)

    @property
    def losses(self) -> Array:
        """(l, k): row i at b[i]; whole once `pieces` has come to its end; not finite where numbers are too large."""
        return self._sums / self.samples

    def pieces(self) -> Iterator[float]:
        """Compute one row of the grid for one chunk of the samples at a time; tell the share that is done."""
        rows = chunk_rows(self._plane.network)
        starts = range(0, self.samples, rows)
        pieces = len(starts) * len(self._plane.b)
        for number, start in enumerate(starts):
            chunk = _Chunk(
                self._plane.network, self._u, self._v, self._loss, self._data.rows(slice(start, start + rows))
            )
            for index, b in enumerate(self._plane.b):
                self._sums[index] += chunk.row(self._plane.a, float(b))
                yield (number * len(self._plane.b) + index + 1) / pieces


def grid_losses(plane: Plane, loss: str, data: Data) -> Array:
    """All of it at once: (l, k)."""
    grid = Grid(plane, loss, data)
    for _ in grid.pieces():
        pass
    return grid.losses


class _Chunk:
    """Some rows of the samples, with the three products of the first layer, and buffers for one point at a time."""

    def __init__(self, network: Network, u: Network, v: Network, loss: str, rows: Data) -> None:
        dtype, m = network.dtype, len(rows.inputs)
        x = rows.inputs.astype(dtype, copy=False)
        self._y = rows.targets.astype(dtype, copy=False)
        self._network, self._loss = network, loss
        with np.errstate(all="ignore"):
            self._first = [_affine(each.layers[0], x) for each in (network, u, v)]
        self._behind = list(zip(network.layers[1:], u.layers[1:], v.layers[1:], strict=True))
        self._z = [np.empty((m, width), dtype) for width in network.layer_sizes[1:]]
        self._difference = np.empty_like(self._y)

    def row(self, a: Array, b: float) -> Array:
        """The sums of the losses at (a, b) for each a (k,)."""
        with np.errstate(all="ignore"):
            base, slope = self._first[0] + self._z[0].dtype.type(b) * self._first[2], self._first[1]
            behind = [(_moved(layer, v, b), u) for layer, u, v in self._behind]
            return np.array([self._point(base, slope, behind, float(each)) for each in a])

    def _point(self, base: Array, slope: Array, behind: list[tuple[Layer, Layer]], a: float) -> float:
        z = np.multiply(slope, slope.dtype.type(a), out=self._z[0])
        z += base
        h = _activated(self._network.layers[0].activation, z)
        for (layer, u), buffer in zip(behind, self._z[1:], strict=True):
            here = _moved(layer, u, a)
            z = np.matmul(h, here.W.T, out=buffer)
            if here.b is not None:
                z += here.b
            h = _activated(layer.activation, z)
        if self._loss == "squared_error":
            np.subtract(h, self._y, out=self._difference)
            return 0.5 * float(np.vdot(self._difference, self._difference))
        return float(LOSSES[self._loss].f(h, self._y).sum(dtype=np.float64))


def _affine(layer: Layer, x: Array) -> Array:
    return np.asarray(x @ layer.W.T if layer.b is None else x @ layer.W.T + layer.b)


def _moved(layer: Layer, along: Layer, by: float) -> Layer:
    """The layer's parameters + by · along."""
    step = layer.W.dtype.type(by)
    b = None if layer.b is None or along.b is None else layer.b + step * along.b
    return Layer(layer.W + step * along.W, b, layer.activation)


def _activated(activation: str, z: Array) -> Array:
    """f(z), in place where that is all there is to it."""
    if activation == "relu":
        return np.asarray(np.maximum(z, 0, out=z))
    return ACTIVATIONS[activation].f(z)
