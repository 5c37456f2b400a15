"""The largest eigenvalue of the Hessian along a run, and up to which one gradient descent is stable (slide 34)."""

import numpy as np

from core.data.samples import Data
from core.landscape.curvature import Spectrum, lanczos
from core.landscape.hessian import Hessian
from core.network.activations import Array
from core.network.layers import Network
from core.training.hyperparameters import values_of
from core.training.optimizers import OPTIMIZERS, OptimizerSettings

# a residual of this share of λ, by the precision of the network: the error of λ is about the square of it, that of the
# direction about as large
TOLERANCE = {"float64": 1e-5, "float32": 1e-4}
MOST_ITERATIONS = 60


def sharpness(
    network: Network, loss: str, data: Data, start: Array | None = None, most_iterations: int = MOST_ITERATIONS
) -> Spectrum:
    """Find λ, the largest eigenvalue of the Hessian of L, and its direction.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    data : Data
        The samples that L is the mean over.
    start : array (n,) or None
        The eigenvector some steps before: with it a few products are enough.
    most_iterations : int
        Products at most; `residual` tells how good λ is.

    Returns
    -------
    Spectrum
        `smallest` is a first estimate only.
    """
    with np.errstate(all="ignore"):
        hessian = Hessian(network, loss, data)
        tolerance = TOLERANCE[str(network.dtype)]
        return lanczos(
            hessian.product, hessian.size, tolerance, start, both_ends=False, most_iterations=most_iterations
        )


def stability_threshold(optimizer: OptimizerSettings, eta: float) -> float | None:
    """Compute the largest λ at which an update rule is stable on a parabola.

    Parameters
    ----------
    optimizer : OptimizerSettings
    eta : float
        Learning rate.

    Returns
    -------
    float or None
        2/η of gradient descent, 2 (1 + β)/η of momentum (Cohen et al. 2021, appendix B); None of a rule that scales
        each parameter by itself or looks ahead, and where η is 0.
    """
    if eta <= 0 or optimizer.method not in ("gradient_descent", "momentum"):
        return None
    rule = OPTIMIZERS[optimizer.method]
    beta = values_of(rule.hyperparameters, optimizer.hyperparameters).get("momentum", 0.0)
    return 2 * (1 + beta) / eta
