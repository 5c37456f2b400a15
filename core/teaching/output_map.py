"""What a network with two inputs answers over a whole square of points, beside what it should answer (slides 55–56)."""

from dataclasses import dataclass

import numpy as np

from core.data.datasets import Plane
from core.network.activations import Array
from core.network.layers import Network, forward

CHUNK_ROWS = 1000


@dataclass(frozen=True)
class OutputMap:
    """Outputs over a grid of points.

    Attributes
    ----------
    x, y : arrays (n,)
        The points' coordinates x₁ and x₂.
    outputs, targets, errors : arrays (k, n, n)
        One map an output; row i is at y[i], column j at x[j]; errors are ŷ − y.
    """

    x: Array
    y: Array
    outputs: Array
    targets: Array
    errors: Array


def output_map(network: Network, plane: Plane, resolution: int) -> OutputMap:
    """Ask the network at every point of a square grid.

    Parameters
    ----------
    network : Network
        With two inputs.
    plane : Plane
        The points, and their targets.
    resolution : int
        n, points a side; at least 2.

    Returns
    -------
    OutputMap
        In float64; what is not finite stays as it is.
    """
    axis = np.linspace(plane.low, plane.high, resolution)
    x1, x2 = np.meshgrid(axis, axis)
    points = np.column_stack((x1.ravel(), x2.ravel()))
    targets = plane.targets(points)
    outputs = outputs_at(network, points, plane.scale)
    maps = [np.moveaxis(each.reshape(resolution, resolution, -1), -1, 0) for each in (outputs, targets)]
    with np.errstate(all="ignore"):
        return OutputMap(axis, axis, maps[0], maps[1], maps[0] - maps[1])


def outputs_at(network: Network, points: Array, scale: float) -> Array:
    """The network's outputs (n, k) at points (n, 2), which are divided by the scale first; chunk by chunk."""
    inputs = points / scale
    chunks = [inputs[start : start + CHUNK_ROWS] for start in range(0, len(inputs), CHUNK_ROWS)]
    with np.errstate(all="ignore"):
        return np.concatenate([forward(network, chunk).h[-1].astype(np.float64) for chunk in chunks])
