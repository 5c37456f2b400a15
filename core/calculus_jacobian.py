"""The Jacobian of a function from ℝⁿ to ℝᵐ: its matrix, the image of a grid, and of a small square (slides 15–16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from core.activations import Array
from core.calculus_analysis import Analysis
from core.calculus_fields import Domain, Gradient, gradient_at

# from −2 to 2 they stand at every half unit
GRID_LINES = 9
LINE_SAMPLES = 41
EDGE_SAMPLES = 25
# from the point along the first variable, around, and back
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))


@dataclass(frozen=True)
class Jacobian:
    """All partial derivatives at one point.

    Attributes
    ----------
    rows : tuple of Gradient
        The gradient of each output.
    determinant : float or None
        None unless the matrix is square and complete.
    reason : str or None
        Why the function is not differentiable there, in words; None where it is.
    """

    rows: tuple[Gradient, ...]
    determinant: float | None
    reason: str | None

    @property
    def values(self) -> list[float | None]:
        """The outputs."""
        return [row.value for row in self.rows]

    @property
    def matrix(self) -> list[list[float | None]]:
        """One row for each output, one column for each variable (slide 15)."""
        return [row.vector for row in self.rows]


@dataclass(frozen=True)
class GridLine:
    """A straight line of the grid and its image.

    Attributes
    ----------
    along : str
        The variable that moves.
    fixed : float
        Where the other one is held.
    x : array (2, n)
    image : array (m, n)
        NaN where the function is undefined.
    """

    along: str
    fixed: float
    x: Array
    image: Array


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
    """

    side: float
    corners: Array
    edges: Array
    image: Array
    parallelogram: Array | None


def jacobian_at(outputs: Sequence[Analysis], point: Mapping[str, float]) -> Jacobian:
    """Look at all partial derivatives at a point.

    Parameters
    ----------
    outputs : sequence of Analysis
        All over the same variables.
    point : mapping of str to float

    Returns
    -------
    Jacobian
    """
    rows = tuple(gradient_at(output, point) for output in outputs)
    faults = [(k, row.reason) for k, row in enumerate(rows, start=1) if row.reason is not None]
    reason = None
    if faults:
        number, words = faults[0]
        reason = words if len(rows) == 1 else f"Output {number}: {words}"
    return Jacobian(rows, determinant_of([row.vector for row in rows]), reason)


def determinant_of(matrix: Sequence[Sequence[float | None]]) -> float | None:
    """The determinant, exact until it is rounded once.

    Parameters
    ----------
    matrix : sequence of sequences of float or None

    Returns
    -------
    float or None
        None unless the matrix is square and complete.
    """
    entries = [[Fraction(entry) for entry in row if entry is not None] for row in matrix]
    if any(len(row) != len(entries) for row in entries) or any(len(row) != len(entries) for row in matrix):
        return None
    return float(_expanded(entries))


def _expanded(rows: list[list[Fraction]]) -> Fraction:
    """Laplace's expansion along the first row."""
    if not rows:
        return Fraction(1)
    first, *rest = rows
    return sum(
        ((-1) ** k * entry * _expanded([row[:k] + row[k + 1 :] for row in rest]) for k, entry in enumerate(first)),
        Fraction(0),
    )


def grid_of(outputs: Sequence[Analysis], domains: Mapping[str, Domain]) -> list[GridLine]:
    """The image of a grid of straight lines.

    Parameters
    ----------
    outputs : sequence of Analysis
        Of two variables.
    domains : mapping of str to (float, float)

    Returns
    -------
    list of GridLine
        Nine along each variable.
    """
    names = outputs[0].variables
    lines = []
    for moving, along in enumerate(names):
        path = np.linspace(*domains[along], LINE_SAMPLES)
        for fixed in np.linspace(*domains[names[1 - moving]], GRID_LINES):
            x = np.full((2, LINE_SAMPLES), fixed)
            x[moving] = path
            lines.append(GridLine(along, float(fixed), x, _image(outputs, x)))
    return lines


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
    parallelogram = None
    if jacobian.reason is None:
        values, J = np.array(jacobian.values, np.float64), np.array(jacobian.matrix, np.float64)
        parallelogram = values[:, None] + side * J @ np.array(CORNERS, np.float64).T
    return Square(side, corners, edges, _image(outputs, edges), parallelogram)


def _image(outputs: Sequence[Analysis], x: Array) -> Array:
    return np.stack([output.values(*x) for output in outputs])
