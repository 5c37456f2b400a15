"""How strongly L bends: the ends of the Hessian's spectrum, and what they say about the learning rate (slide 34)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.data.samples import Data
from core.landscape.hessian import Hessian
from core.network.activations import Array
from core.network.layers import Network

MOST_ITERATIONS = 300
# a residual of this share of the largest |λ| ends the iteration, by the precision of the network
TOLERANCE = {"float64": 1e-10, "float32": 1e-5}
# below this share of the largest |λ| the next direction is rounding: the space is complete
BREAKDOWN = 1e-13


@dataclass(frozen=True)
class Spectrum:
    """Both ends of a symmetric matrix's spectrum.

    Attributes
    ----------
    largest, smallest : float
        Eigenvalues with their signs.
    eigenvector : array (n,)
        Of the largest, of length 1.
    residual : float
        The larger one of ‖Av − λv‖ over both ends.
    iterations : int
        How many products it took.
    """

    largest: float
    smallest: float
    eigenvector: Array
    residual: float
    iterations: int


@dataclass(frozen=True)
class Curvature:
    """L's second derivatives at a point, in numbers that a learning rate can be held against.

    Attributes
    ----------
    spectrum : Spectrum
        Of the Hessian of L.
    speed_limit : float or None
        2/λ: on a parabola with this λ gradient descent is stable below it; None where nothing bends up.
    gradient_norm : float
        ‖g‖.
    curvature_along_gradient : float or None
        gᵀHg / gᵀg; None where g = 0.
    best_learning_rate : float or None
        gᵀg / gᵀHg, the lowest point of the parabola along −g; None where it has none.
    samples : int
    """

    spectrum: Spectrum
    speed_limit: float | None
    gradient_norm: float
    curvature_along_gradient: float | None
    best_learning_rate: float | None
    samples: int


def curvature(
    network: Network, loss: str, data: Data, start: Array | None = None, most_iterations: int = MOST_ITERATIONS
) -> Curvature:
    """Measure how L bends at a network's parameters.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    data : Data
        The samples that L is the mean over.
    start : array (n,) or None
        Where the iteration starts: the eigenvector of a step before saves products.
    most_iterations : int
        Products at most; the spectrum's residual tells how good they were.

    Returns
    -------
    Curvature
    """
    with np.errstate(all="ignore"):
        hessian = Hessian(network, loss, data)
        g = hessian.gradient
        spectrum = lanczos(
            hessian.product, hessian.size, TOLERANCE[str(network.dtype)], start, most_iterations=most_iterations
        )
        squared = float(g @ g)
        along = float(g @ hessian.product(g)) / squared if squared > 0 else None
    return Curvature(
        spectrum,
        2 / spectrum.largest if spectrum.largest > 0 else None,
        float(np.sqrt(squared)),
        along,
        1 / along if along is not None and along > 0 else None,
        hessian.samples,
    )


def lanczos(
    product: Callable[[Array], Array],
    size: int,
    tolerance: float,
    start: Array | None = None,
    both_ends: bool = True,
    most_iterations: int = MOST_ITERATIONS,
) -> Spectrum:
    """Find both ends of a symmetric matrix's spectrum from its products alone (Lanczos 1950).

    Parameters
    ----------
    product : callable
        v (n,) → Av (n,).
    size : int
        n.
    tolerance : float
        A residual of this share of the largest |λ| is good enough.
    start : array (n,) or None
        A first guess; a little of a random vector is added, as a start in an invariant space would stay there.
    both_ends : bool
        False: stop when the largest one is good enough; `residual` is its own, and `smallest` is a first estimate.
    most_iterations : int
        Products at most.

    Returns
    -------
    Spectrum
        After at most so many products; `residual` tells how good it is. NaN where the products are.

    Notes
    -----
    Every new vector is made orthogonal to all before it, twice, so that no eigenvalue shows up a second time.
    """
    q = np.random.default_rng(0).standard_normal(size)
    q /= np.linalg.norm(q)
    if start is not None and np.linalg.norm(start) > 0:
        q = start / np.linalg.norm(start) + 0.01 * q
    basis = np.empty((min(size, most_iterations), size))
    basis[0] = q / np.linalg.norm(q)
    diagonal: list[float] = []
    beside: list[float] = []
    for k in range(len(basis)):
        w = product(basis[k])
        if not np.isfinite(w).all():
            return Spectrum(np.nan, np.nan, np.full(size, np.nan), np.nan, k + 1)
        diagonal.append(float(basis[k] @ w))
        for _ in range(2):
            w = w - basis[: k + 1].T @ (basis[: k + 1] @ w)
        norm = float(np.linalg.norm(w))
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
        scale = float(np.abs(values).max())
        residual = norm * float(np.abs(vectors[-1, [0, -1] if both_ends else [-1]]).max())
        if norm <= BREAKDOWN * scale or (residual <= tolerance * scale and k > 0) or k + 1 == len(basis):
            break
        beside.append(norm)
        basis[k + 1] = w / norm
    eigenvector = basis[: k + 1].T @ vectors[:, -1]
    return Spectrum(float(values[-1]), float(values[0]), eigenvector, residual, k + 1)
