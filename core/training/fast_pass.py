"""Forward and backward over many rows without a new array: what `layers` says, in buffers that are made once.

Everything here is tested against `core.network.layers`, which is the place to read how it works.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.samples import Data
from core.network.activations import ACTIVATIONS, Array
from core.network.layers import Layer, Network
from core.network.losses import LOSSES
from core.training.diagnostics import BoolArray

# a chunk's widest layer has at most so many numbers, which stay in a core's cache, and at most so many rows
CHUNK_VALUES = 131_072
CHUNK_ROWS = 1000
FEWEST_ROWS = 64
# a product with a Wᵀ that is laid out anew is faster, but a pass over fewer rows than this does not earn the copy back
ROWS_FOR_TRANSPOSE = 1000
# up to so many inputs are copied beside a column of ones: with x̃ = [x 1] the bias is part of the product (slide 33)
FEW_INPUTS = 16


@dataclass(frozen=True)
class Sums:
    """Added up over some rows: the losses, the right answers, ∂L/∂W and ∂L/∂b without 1/m; and who is alive."""

    loss: float
    correct: int
    alive: tuple[BoolArray | None, ...]
    dW: tuple[Array, ...] = ()
    db: tuple[Array | None, ...] = ()

    def __add__(self, other: "Sums") -> "Sums":
        """Both sets of rows together; changes the arrays of the left one in place."""
        for mine, theirs in zip((*self.dW, *self.db), (*other.dW, *other.db), strict=True):
            if mine is not None and theirs is not None:
                mine += theirs
        alive = tuple(None if a is None or b is None else a | b for a, b in zip(self.alive, other.alive, strict=True))
        return Sums(self.loss + other.loss, self.correct + other.correct, alive, self.dW, self.db)


def chunk_rows(network: Network) -> int:
    """How many rows one chunk has: by the network's shape alone."""
    return min(CHUNK_ROWS, max(FEWEST_ROWS, CHUNK_VALUES // max(network.layer_sizes[1:])))


def laid_out(network: Network) -> Network:
    """The same numbers in the order of memory that a pass likes: the first layer's W column by column.

    Its transpose is then the right factor of the forward product as it stands, and ∂L/∂W has the same order.
    """
    first = network.layers[0]
    return Network((Layer(np.asfortranarray(first.W), first.b, first.activation), *network.layers[1:]))


class FastPass:
    """Buffers for chunks of one network shape; used by one thread at a time.

    Parameters
    ----------
    network : Network
        Any network of the shape and precision.
    rows : int
        At most so many rows a chunk.
    """

    def __init__(self, network: Network, rows: int) -> None:
        dtype, (inputs, *widths) = network.dtype, network.layer_sizes
        self._network, self._loss = network, ""
        self._right: list[Array] = []
        self._z = [np.empty((rows, width), dtype) for width in widths]
        self._dh = [np.empty((rows, width), dtype) for width in widths]
        self._mask = [np.empty((rows, width), np.bool_) for width in widths]
        self._ones = np.ones(rows, dtype)
        self._extended = None
        if inputs <= FEW_INPUTS and network.layers[0].b is not None:
            self._extended = np.ones((rows, inputs + 1), dtype)
        first = (inputs + (self._extended is not None), widths[0])
        self._product = [np.empty(first, dtype), *(np.empty_like(layer.W) for layer in network.layers[1:])]
        self._column = [np.empty(width, dtype) for width in widths]

    def run(self, network: Network, loss: str, data: Data, chunks: Sequence[slice], with_gradients: bool) -> Sums:
        """Go over some chunks of rows.

        Parameters
        ----------
        network : Network
            Of the shape and precision that the buffers were made for.
        loss : str
            A name in `LOSSES`.
        data : Data
        chunks : sequence of slice
            Each of at most the rows that the buffers were made for.
        with_gradients : bool

        Returns
        -------
        Sums
            Arrays of its own.
        """
        self._network, self._loss = network, loss
        many = len(data.inputs) >= ROWS_FOR_TRANSPOSE
        self._right = [np.ascontiguousarray(layer.W.T) if many else layer.W.T for layer in network.layers]
        if self._extended is not None:
            self._right[0] = np.concatenate([self._right[0], network.layers[0].b[None]])  # type: ignore[index]
        total_loss, correct = 0.0, 0
        alive = [np.zeros(width, np.bool_) for width in network.layer_sizes[1:]]
        products = [np.empty_like(product) for product in self._product] if with_gradients else []
        columns = [np.empty_like(column) for column in self._column] if with_gradients else []
        for number, rows in enumerate(chunks):
            h = self._forward(data.inputs[rows], alive)
            y = data.targets[rows].astype(network.dtype, copy=False)
            total_loss += self._loss_of(h[-1], y)
            if data.labels is not None:
                correct += int(np.count_nonzero(h[-1].argmax(axis=1) == data.labels[rows]))
            if with_gradients:
                self._backward(h, y, products, columns, first=number == 0)
        dies = [ACTIVATIONS[layer.activation].can_die for layer in network.layers]
        living = tuple(lives if can else None for lives, can in zip(alive, dies, strict=True))
        return Sums(total_loss, correct, living, *self._gradients(products, columns))

    def _forward(self, x: Array, alive: list[BoolArray]) -> list[Array]:
        """All h with h[0] = x, or x̃; z is kept where the activation's derivative needs it."""
        m, network = len(x), self._network
        if self._extended is None:
            h = [x.astype(network.dtype, copy=False)]
        else:
            h = [self._extended[:m]]
            h[0][:, :-1] = x
        for index, layer in enumerate(network.layers):
            z = self._z[index][:m]
            np.matmul(h[-1], self._right[index], out=z)
            if layer.b is not None and not (index == 0 and self._extended is not None):
                np.add(z, layer.b, out=z)
            if layer.activation == "relu":
                np.maximum(z, 0, out=z)
                # no h is below 0: their sum is above it where one of them is
                alive[index] |= np.matmul(self._ones[:m], z, out=self._column[index]) > 0
                h.append(z)
            elif layer.activation == "linear":
                h.append(z)
            else:
                h.append(ACTIVATIONS[layer.activation].f(z))
        return h

    def _loss_of(self, y_hat: Array, y: Array) -> float:
        """The sum over the samples; for squared error the differences stay where ∂L/∂ŷ is wanted."""
        if self._loss == "squared_error":
            difference = np.subtract(y_hat, y, out=self._dh[-1][: len(y)])
            squares = float(np.vdot(difference, difference))
            if np.isfinite(squares):
                return squares / 2
        return float(LOSSES[self._loss].f(y_hat, y).sum(dtype=np.float64))

    def _backward(self, h: list[Array], y: Array, products: list[Array], columns: list[Array], first: bool) -> None:
        """Add this chunk's share to every ∂L/∂W and ∂L/∂b; the first one is written where the sum will be."""
        m, layers = len(y), self._network.layers
        dh = self._dh[-1][:m]
        if self._loss != "squared_error":
            dh = LOSSES[self._loss].derivative(h[-1], y)
        for index in range(len(layers) - 1, -1, -1):
            delta = self._delta(index, dh, h[index + 1])
            left, right = (h[0].T, delta) if index == 0 else (delta.T, h[index])
            product = np.matmul(left, right, out=products[index] if first else self._product[index])
            if not first:
                products[index] += product
            if layers[index].b is not None and not (index == 0 and self._extended is not None):
                column = np.matmul(self._ones[:m], delta, out=columns[index] if first else self._column[index])
                if not first:
                    columns[index] += column
            if index:
                dh = np.matmul(delta, layers[index].W, out=self._dh[index - 1][:m])

    def _delta(self, index: int, dh: Array, h: Array) -> Array:
        """∂L/∂h becomes δ, in place where that is easy."""
        activation = self._network.layers[index].activation
        if activation == "linear":
            return dh
        if activation == "relu":
            return np.multiply(dh, np.greater(h, 0, out=self._mask[index][: len(h)]), out=dh)
        return ACTIVATIONS[activation].backward(dh, self._z[index][: len(h)], h)

    def _gradients(
        self, products: list[Array], columns: list[Array]
    ) -> tuple[tuple[Array, ...], tuple[Array | None, ...]]:
        """The sums in the shapes of W and b."""
        if not products:
            return (), ()
        biased = [layer.b is not None for layer in self._network.layers]
        db = [column if has else None for column, has in zip(columns, biased, strict=True)]
        first = products[0]
        if self._extended is not None:
            first, db[0] = first[:-1], first[-1]
        return (first.T, *products[1:]), tuple(db)
