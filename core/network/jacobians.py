"""The explicit chain of Jacobians from the loss to the parameters of a layer, for one sample (slides 21–31, 44–47)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.network.activations import ACTIVATIONS, Array
from core.network.layers import ForwardPass, Gradients, Network

Structure = Literal["row", "diagonal", "full", "weights", "blocks"]
Kind = Literal["loss", "activation", "inputs", "weights", "biases"]

# above so many numbers a matrix is never built: 784 → 128 would take 12 845 056 of them for dz/dW
MOST_VALUES = 20_000


@dataclass(frozen=True)
class Factor:
    """One Jacobian of the chain.

    Attributes
    ----------
    kind : {"loss", "activation", "inputs", "weights", "biases"}
        ∂L/∂ŷ, ∂h/∂z, ∂z/∂(the layer's inputs), ∂z/∂W or ∂z/∂b.
    layer : int
        Index of the layer, from 0.
    shape : (int, int)
    structure : {"row", "diagonal", "full", "weights", "blocks"}
        "blocks" is I ⊗ x: the input once a unit, on a diagonal (slides 25, 47).
    nonzero : int
        How many numbers the structure does not force to be 0.
    collapsed : int
        Multiplications that a row times this factor takes when the structure is used.
    core : array
        The numbers that the factor is made of: ∂L/∂ŷ (k,), f′(z) (n,), softmax's h (n,), W (out, in), x (d,).
    values : array (shape) or None
        The matrix itself; None above `MOST_VALUES`.
    """

    kind: Kind
    layer: int
    shape: tuple[int, int]
    structure: Structure
    nonzero: int
    collapsed: int
    core: Array
    values: Array | None

    @property
    def size(self) -> int:
        """How many numbers the whole matrix holds."""
        return self.shape[0] * self.shape[1]

    def after(self, row: Array) -> Array:
        """A row (1, shape[0]) times this factor: the explicit product, or by the structure where nothing is built."""
        if self.values is not None:
            return np.asarray(row @ self.values)
        if self.kind == "weights":
            return np.asarray(row.reshape(-1, 1) * self.core).reshape(1, -1)
        if self.structure == "full":
            return np.asarray(self.core * (row - (row * self.core).sum()))
        return np.asarray(row @ self.core if self.structure == "weights" else row * self.core)


def chain(
    network: Network,
    passed: ForwardPass,
    gradients: Gradients,
    sample: int,
    layer: int,
    parameter: Literal["weights", "biases"] = "weights",
    most: int = MOST_VALUES,
) -> tuple[Factor, ...]:
    """The factors of ∂L/∂W or ∂L/∂b of one layer, in the order in which they are multiplied.

    Parameters
    ----------
    network : Network
    passed : ForwardPass
    gradients : Gradients
        Only ∂L/∂ŷ is taken from it.
    sample : int
        Row of the batch. The chain is that of the sample's own loss: it carries no 1/m.
    layer : int
        From 0.
    parameter : {"weights", "biases"}
    most : int
        Matrices of more numbers are not built; 0: none is.

    Returns
    -------
    tuple of Factor
        ∂L/∂ŷ, ∂ŷ/∂z_L, then ∂z/∂h and ∂h/∂z down to the layer, then ∂z/∂vec(W), row-major, or ∂z/∂b.
    """
    loss = gradients.dloss[sample]
    factors = [
        Factor("loss", len(network.layers) - 1, (1, loss.size), "row", loss.size, 0, loss, loss[None] if most else None)
    ]
    for index in range(len(network.layers) - 1, layer, -1):
        factors += [_activation(network, passed, sample, index, most), _inputs(network.layers[index].W, index, most)]
    factors.append(_activation(network, passed, sample, layer, most))
    units = network.layers[layer].W.shape[0]
    if parameter == "weights":
        return (*factors, _weights(passed.h[layer][sample], units, layer, most))
    return (*factors, bias_factor(gradients, units, layer, most))


def _activation(network: Network, passed: ForwardPass, sample: int, layer: int, most: int) -> Factor:
    activation, z = ACTIVATIONS[network.layers[layer].activation], passed.z[layer][sample : sample + 1]
    n = z.size
    values = activation.jacobian(z)[0] if n * n <= most else None
    if activation.derivative is None:
        return Factor("activation", layer, (n, n), "full", n * n, 2 * n, passed.h[layer + 1][sample], values)
    return Factor("activation", layer, (n, n), "diagonal", n, n, activation.derivative(z)[0], values)


def _inputs(W: Array, layer: int, most: int) -> Factor:
    shape = (W.shape[0], W.shape[1])
    return Factor("inputs", layer, shape, "weights", W.size, W.size, W, W if W.size <= most else None)


def _weights(x: Array, units: int, layer: int, most: int) -> Factor:
    shape = (units, units * x.size)
    values = np.kron(np.eye(units, dtype=x.dtype), x) if shape[0] * shape[1] <= most else None
    return Factor("weights", layer, shape, "blocks", units * x.size, units * x.size, x, values)


def bias_factor(gradients: Gradients, units: int, layer: int, most: int = MOST_VALUES) -> Factor:
    """∂z/∂b, the identity: the only factor in which the chain to b differs from the one to W (slide 32)."""
    dtype = gradients.dloss.dtype
    values = np.eye(units, dtype=dtype) if units * units <= most else None
    return Factor("biases", layer, (units, units), "diagonal", units, 0, np.ones(units, dtype), values)


def products(factors: tuple[Factor, ...]) -> list[Array]:
    """The products from left to right, each a row: ∂L/∂z_L, …, ∂L/∂vec(W)."""
    rows = [factors[0].core[None]]
    with np.errstate(all="ignore"):
        for factor in factors[1:]:
            rows.append(factor.after(rows[-1]))
    return rows[1:]


def multiplications(factors: tuple[Factor, ...]) -> dict[str, int]:
    """How many multiplications the chain takes.

    Explicit matrices in either order; `sparse` without those by the zeros of the structure, from the left; `collapsed`
    with the structure used throughout.
    """
    columns = factors[-1].shape[1]
    return {
        "multiplications_left_to_right": sum(factor.size for factor in factors[1:]),
        "right_to_left": sum(factor.size * columns for factor in factors[:-1]),
        "sparse": sum(factor.nonzero for factor in factors[1:]),
        "collapsed": sum(factor.collapsed for factor in factors),
    }
