"""All parameters of a network as one vector, in the order of `parameters`: W1, b1, W2, …"""

from collections.abc import Iterable

import numpy as np

from core.network.activations import Array
from core.network.layers import Gradients, Layer, Network, parameters


def flatten(arrays: Iterable[Array]) -> Array:
    """Lay arrays out one behind the other, in float64."""
    return np.concatenate([array.ravel() for array in arrays]).astype(np.float64, copy=False)


def vector_of(network: Network) -> Array:
    """The parameters as a vector (n,) in float64."""
    return flatten(parameters(network))


def gradient_vector(gradients: Gradients) -> Array:
    """∂L/∂θ as a vector (n,) in float64."""
    pairs = zip(gradients.dW, gradients.db, strict=True)
    return flatten(array for pair in pairs for array in pair if array is not None)


def with_parameters(network: Network, vector: Array) -> Network:
    """The same layers with the numbers of a vector (n,), in the network's precision; views where that needs no cast."""
    numbers, start, layers = vector.astype(network.dtype, copy=False), 0, []
    for layer in network.layers:
        W = numbers[start : start + layer.W.size].reshape(layer.W.shape)
        start += layer.W.size
        b = None if layer.b is None else numbers[start : start + layer.b.size]
        start += 0 if b is None else b.size
        layers.append(Layer(W, b, layer.activation))
    return Network(tuple(layers))
