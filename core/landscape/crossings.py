"""Where pre-activations behind smooth activations cross 0 along a straight line: brackets, then bisection."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.landscape.vectors import vector_of, with_parameters
from core.network.activations import Array
from core.network.layers import Network, forward

PARTS = 256
# more brackets, or more numbers on the grid, are not followed
MOST_BRACKETS = 500
MOST_NUMBERS = 10_000_000
Crossing = tuple[float, int, int, int]


def crossings_between(
    network: Network, along: Network, x: Array, until: float, layers: Sequence[int]
) -> list[Crossing] | None:
    """Find changes of sign of z between η = 0 and η = until on a grid of 257 points, to the last digit.

    Parameters
    ----------
    network, along : Network
        θ and v: parameters move as θ − η v.
    x : array (m, d)
    until : float
    layers : sequence of int
        The layers to look at.

    Returns
    -------
    list of (η, layer, unit, sample), or None where that is too much work
    """
    widths = sum(network.layer_sizes[layer + 1] for layer in layers)
    if len(x) * widths * PARTS > MOST_NUMBERS:
        return None
    theta, v = vector_of(network), vector_of(along)

    def signs(eta: float, rows: Array) -> list[NDArray[np.bool_]]:
        z = forward(with_parameters(network, theta - eta * v), rows).z
        return [z[layer] > 0 for layer in layers]

    found: list[Crossing] = []
    grid = np.linspace(0, until, PARTS + 1)
    # between the first two points, as z may be exactly 0 at the start
    before = signs(grid[1] / PARTS, x)
    for low, high in pairwise(grid):
        after = signs(high, x)
        for which, (old, new) in enumerate(zip(before, after, strict=True)):
            for sample, unit in np.argwhere(old != new):
                if len(found) == MOST_BRACKETS:
                    return None
                row = x[sample : sample + 1]
                was = bool(old[sample, unit])
                a, b = float(low), float(high)
                while a < (middle := (a + b) / 2) < b:
                    same = bool(signs(middle, row)[which][0, unit]) == was
                    a, b = (middle, b) if same else (a, middle)
                found.append((b, layers[which], int(unit), int(sample)))
        before = after
    return found
