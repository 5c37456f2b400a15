"""Where the weights start: each method draws W of shape (out, in) from a generator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.network.activations import Array
from core.network.layers import Layer, Network

Generator = np.random.Generator | np.random.RandomState


@dataclass(frozen=True)
class Initialization:
    """One method: how W is drawn, and which kind of generator it draws from."""

    name: str
    label: str
    draw: Callable[[Generator, int, int], Array]
    legacy: bool
    formula: str


def _normal(scale: Callable[[int, int], float]) -> Callable[[Generator, int, int], Array]:
    def draw(generator: Generator, n_out: int, n_in: int) -> Array:
        return np.asarray(generator.standard_normal((n_out, n_in)) * scale(n_out, n_in))

    return draw


_ALL = (
    Initialization(
        "legacy_normal",
        "lecture's randn",
        _normal(lambda n_out, n_in: 1.0),
        True,
        r"w \sim \mathcal{N}(0, 1), \text{ numpy.random.seed(s); randn}",
    ),
    Initialization("normal", "normal", _normal(lambda n_out, n_in: 1.0), False, r"w \sim \mathcal{N}(0, 1)"),
    Initialization(
        "xavier",
        "Xavier",
        _normal(lambda n_out, n_in: (2.0 / (n_in + n_out)) ** 0.5),
        False,
        r"w \sim \mathcal{N}(0, \tfrac{2}{n_{in} + n_{out}})",
    ),
    Initialization(
        "he", "He", _normal(lambda n_out, n_in: (2.0 / n_in) ** 0.5), False, r"w \sim \mathcal{N}(0, \tfrac{2}{n_{in}})"
    ),
    Initialization("zeros", "zeros", lambda generator, n_out, n_in: np.zeros((n_out, n_in)), False, "w = 0"),
)

INITIALIZATIONS: dict[str, Initialization] = {method.name: method for method in _ALL}


def initialize(
    method: str, seed: int, layer_sizes: Sequence[int], activations: Sequence[str], bias: bool, dtype: str = "float64"
) -> tuple[Network, Generator]:
    """Draw a network, first layer first, with biases at 0 (slide 50).

    Parameters
    ----------
    method : str
        A name in `INITIALIZATIONS`: normal, xavier (Glorot & Bengio 2010), he (He et al. 2015), zeros, or
        legacy_normal, which reproduces ``numpy.random.seed(seed)`` and ``randn`` in the lecture's order.
    seed : int
    layer_sizes : sequence of int
        Widths from inputs to outputs.
    activations : sequence of str
        One name per layer.
    bias : bool
        Whether layers have b.
    dtype : str
        Numbers are drawn in float64 and then rounded to this precision.

    Returns
    -------
    (Network, generator)
        The generator goes on where the weights ended: the lecture draws its data from there (slide 56).
    """
    chosen = INITIALIZATIONS[method]
    generator: Generator = np.random.RandomState(seed) if chosen.legacy else np.random.default_rng(seed)
    layers = []
    for n_in, n_out, activation in zip(layer_sizes, layer_sizes[1:], activations, strict=False):
        W = chosen.draw(generator, n_out, n_in).astype(dtype)
        layers.append(Layer(W, np.zeros(n_out, dtype) if bias else None, activation))
    return Network(tuple(layers)), generator
