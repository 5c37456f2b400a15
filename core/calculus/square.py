"""What a function makes of a small square, and what its Jacobian makes of it (slides 14–15)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from core.calculus.analysis import Analysis
from core.calculus.jacobian import Jacobian, image_of
from core.network.activations import Array

EDGE_SAMPLES = 25
PATCH_PIECES = 12  # a side of a surface whose area is summed
# from the point along the first variable, around, and back
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))


@dataclass(frozen=True)
class Areas:
    """How large the small square, its image and the parallelogram are; with one output there is no area.

    Attributes
    ----------
    square : float
    image : float or None
        Of what the path around encloses, or with more than two outputs of the surface; None where the function is
        undefined.
    parallelogram : float or None
        None where the function is not differentiable.
    """

    square: float
    image: float | None
    parallelogram: float | None


@dataclass(frozen=True)
class Step:
    """From the point to the far corner of the square.

    Attributes
    ----------
    change : array (m,)
        f(x + Δx) − f(x).
    linear : array (m,) or None
        J Δx; None where f is not differentiable.
    """

    change: Array
    linear: Array | None


@dataclass(frozen=True)
class Square:
    """A small square at the point, what the function makes of it, and what its Jacobian does.

    Attributes
    ----------
    side : float
    corners : array (5, 2)
        Closed.
    edges : array (2, n)
        A fine path around.
    image : array (m, n)
        Of the edges.
    parallelogram : array (m, 5) or None
        f(x) and the multiples of the columns of J; None where f is not differentiable.
    areas : Areas
    step : Step
    """

    side: float
    corners: Array
    edges: Array
    image: Array
    parallelogram: Array | None
    areas: Areas
    step: Step


def square_at(outputs: Sequence[Analysis], point: Mapping[str, float], side: float, jacobian: Jacobian) -> Square:
    """A small square at the point and its image, beside the parallelogram of the Jacobian.

    Parameters
    ----------
    outputs : sequence of Analysis
        Of two variables.
    point : mapping of str to float
        Its lower left corner.
    side : float
    jacobian : Jacobian
        At that point.

    Returns
    -------
    Square
    """
    x = np.array([point[name] for name in outputs[0].variables])
    corners = x + side * np.array(CORNERS, np.float64)
    share = np.linspace(0, 1, EDGE_SAMPLES)[:, None]
    sides = [a + share[: EDGE_SAMPLES - 1] * (b - a) for a, b in pairwise(corners)]
    edges = np.concatenate([*sides, corners[-1:]]).T
    image = image_of(outputs, edges)
    with np.errstate(over="ignore", invalid="ignore"):
        return Square(side, corners, edges, image, *_measured(outputs, x, side, image, jacobian))


def _measured(
    outputs: Sequence[Analysis], x: Array, side: float, image: Array, jacobian: Jacobian
) -> tuple[Array | None, Areas, Step]:
    parallelogram = spread = linear = None
    if jacobian.reason is None:
        values, J = np.array(jacobian.values, np.float64), np.array(jacobian.matrix, np.float64)
        parallelogram = values[:, None] + side * J @ np.array(CORNERS, np.float64).T
        linear = side * J.sum(axis=1)
        spread = _finite(side**2 * float(_area_between(*J.T))) if len(outputs) > 1 else None
    areas = Areas(side**2, _image_area(outputs, x, side, image), spread)
    across = 2 * (EDGE_SAMPLES - 1)
    return parallelogram, areas, Step(image[:, across] - image[:, 0], linear)


def _image_area(outputs: Sequence[Analysis], corner: Array, side: float, image: Array) -> float | None:
    if len(outputs) == 1:
        return None
    if len(outputs) == 2:
        area = abs(_refined(_around(image), _around(image[:, ::2])))
    else:
        share = side * np.linspace(0, 1, PATCH_PIECES + 1)
        places = np.stack(np.meshgrid(corner[0] + share, corner[1] + share, indexing="ij"))
        surface = image_of(outputs, places)
        area = _refined(_of_triangles(surface), _of_triangles(surface[:, ::2, ::2]))
    return _finite(area)


def _refined(fine: float, coarse: float) -> float:
    """From pieces of one size and of twice that size: the error falls as their square, and is taken off."""
    return fine + (fine - coarse) / 3


def _around(path: Array) -> float:
    """What a closed path encloses, from its start, so that small ones keep their digits."""
    u, v = path - path[:, :1]
    return float(np.sum(u[:-1] * v[1:] - u[1:] * v[:-1])) / 2


def _of_triangles(surface: Array) -> float:
    here, across = surface[:, :-1, :-1], surface[:, 1:, 1:] - surface[:, :-1, :-1]
    halves = (surface[:, 1:, :-1] - here, surface[:, :-1, 1:] - here)
    return sum(float(np.sum(_area_between(half, across))) for half in halves) / 2


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _area_between(u: Array, v: Array) -> NDArray[np.float64]:
    """Of the parallelogram that two vectors span in any number of dimensions; the first axis holds coordinates."""
    minors = [u[i] * v[j] - u[j] * v[i] for i, j in combinations(range(len(u)), 2)]
    return np.asarray(np.sqrt(np.sum(np.square(minors), axis=0)), np.float64)
