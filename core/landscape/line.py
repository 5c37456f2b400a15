"""The step as a curve: the loss along −∇L, its parabola, and where they part (slide 34)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.samples import Data
from core.landscape.hessian import Hessian
from core.landscape.kinks import Kinks, find_kinks
from core.landscape.vectors import vector_of, with_parameters
from core.network.activations import Array
from core.network.layers import Network
from core.training.sweep import sweep


@dataclass(frozen=True)
class Line:
    """The loss after one step of gradient descent, as a function of its learning rate.

    Attributes
    ----------
    learning_rates : array (k,)
    loss : array (k,)
        The true loss at θ − η g, not finite where the numbers are too large.
    parabola : array (k,)
        L − η gᵀg + ½ η² gᵀHg: all that the gradient and the curvature at θ know.
    gradient_norm : float
        ‖g‖.
    curvature_along_gradient : float or None
        gᵀHg / gᵀg; None where g = 0.
    best_learning_rate : float or None
        The lowest point of the parabola; None where it has none.
    kinks : Kinks
        Up to the largest learning rate.
    samples : int
    """

    learning_rates: Array
    loss: Array
    parabola: Array
    gradient_norm: float
    curvature_along_gradient: float | None
    best_learning_rate: float | None
    kinks: Kinks
    samples: int


def line(network: Network, loss: str, data: Data, learning_rates: Sequence[float]) -> Line:
    """Go down the gradient without stepping.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    data : Data
        The samples that L is the mean over.
    learning_rates : sequence of float
        At least one, none below 0.

    Returns
    -------
    Line
    """
    rates = np.array(learning_rates, np.float64)
    samples = Data(data.inputs, data.targets)
    with np.errstate(all="ignore"):
        hessian = Hessian(network, loss, samples)
        g = hessian.gradient
        squared = float(g @ g)
        bend = float(g @ hessian.product(g))
        theta = vector_of(network)
        here = sweep(network, loss, samples, with_gradients=False).loss
        losses = [
            here if eta == 0 else sweep(with_parameters(network, theta - eta * g), loss, samples, False).loss
            for eta in rates
        ]
        kinks = find_kinks(network, with_parameters(network, g), samples.inputs, float(rates.max()))
        parabola = here - rates * squared + rates**2 * (bend / 2)
    along = bend / squared if squared > 0 else None
    best = 1 / along if along is not None and along > 0 else None
    return Line(rates, np.array(losses), parabola, float(np.sqrt(squared)), along, best, kinks, hessian.samples)
