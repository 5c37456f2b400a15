"""Parameters, forward, backward: the heart of the lecture (slides 19–54), and nothing else."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.network.activations import ACTIVATIONS, Array
from core.network.losses import LOSSES


@dataclass(frozen=True)
class Layer:
    """One layer h = f(x Wᵀ + b): W (out, in), b (out,) or None, and the activation's name."""

    W: Array
    b: Array | None
    activation: str


@dataclass(frozen=True)
class Network:
    """Layers, first to last."""

    layers: tuple[Layer, ...]

    @cached_property
    def layer_sizes(self) -> tuple[int, ...]:
        """Widths from the inputs to the outputs."""
        return (self.layers[0].W.shape[1], *(layer.W.shape[0] for layer in self.layers))

    @cached_property
    def parameter_count(self) -> int:
        """How many numbers training may change."""
        return sum(layer.W.size + (0 if layer.b is None else layer.b.size) for layer in self.layers)

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The precision of all parameters."""
        return self.layers[0].W.dtype


def parameters(network: Network) -> tuple[Array, ...]:
    """W and, where there is one, b of each layer, first to last."""
    return tuple(theta for layer in network.layers for theta in (layer.W, layer.b) if theta is not None)


@dataclass(frozen=True)
class ForwardPass:
    """All z (m, out) per layer, and all h with h[0] = x and h[-1] = ŷ."""

    z: tuple[Array, ...]
    h: tuple[Array, ...]


@dataclass(frozen=True)
class Gradients:
    """∂L/∂ŷ (m, k) and δ (m, out) per sample without 1/m; dW and db averaged over the batch."""

    dloss: Array
    delta: tuple[Array, ...]
    dW: tuple[Array, ...]
    db: tuple[Array | None, ...]


def forward(network: Network, x: Array) -> ForwardPass:
    """Compute every pre-activation and activation (slides 19–20, 43, 52).

    Parameters
    ----------
    network : Network
    x : array (m, d)
        One sample a row; cast to the network's precision.

    Returns
    -------
    ForwardPass
    """
    z: list[Array] = []
    h: list[Array] = [x.astype(network.dtype, copy=False)]
    for layer in network.layers:
        z.append(h[-1] @ layer.W.T if layer.b is None else h[-1] @ layer.W.T + layer.b)
        h.append(ACTIVATIONS[layer.activation].f(z[-1]))
    return ForwardPass(tuple(z), tuple(h))


def backward(network: Network, loss: str, passed: ForwardPass, y: Array) -> Gradients:
    """Compute every δ and every gradient from the last layer to the first (slides 28–33, 46–54).

    Parameters
    ----------
    network : Network
        The parameters of the forward pass: δ₁ uses W₂ as it was before any update.
    loss : str
        A name in `LOSSES`.
    passed : ForwardPass
    y : array (m, k)
        Cast to the network's precision.

    Returns
    -------
    Gradients
        δ_L = ∂L/∂ŷ · ∂ŷ/∂z, δ_l = (δ_{l+1} W_{l+1}) ⊙ f′(z_l); dW_l = δ_lᵀ h_{l−1} / m, db_l = Σ δ_l / m.
    """
    m = y.shape[0]
    dloss = LOSSES[loss].derivative(passed.h[-1], y.astype(network.dtype, copy=False))
    delta: list[Array] = []
    dh = dloss
    for layer, z, h in zip(reversed(network.layers), reversed(passed.z), reversed(passed.h), strict=False):
        delta.insert(0, ACTIVATIONS[layer.activation].backward(dh, z, h))
        if len(delta) < len(network.layers):
            dh = delta[0] @ layer.W
    dW = tuple(d.T @ h / m for d, h in zip(delta, passed.h, strict=False))
    db = tuple(None if layer.b is None else d.sum(axis=0) / m for layer, d in zip(network.layers, delta, strict=True))
    return Gradients(dloss, tuple(delta), dW, db)


def mean_loss(loss: str, y_hat: Array, y: Array) -> float:
    """The loss of a batch, L = (1/m) Σ losses of the samples, added up in float64."""
    return float(LOSSES[loss].f(y_hat, y).mean(dtype=np.float64))
