"""The Jacobian of a function from ℝⁿ to ℝᵐ: its matrix, and the image of a grid (slides 14–15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from core.calculus.analysis import Analysis
from core.calculus.fields import Domain, Gradient, gradient_at
from core.network.activations import Array

# from −2 to 2 they stand at every half unit
GRID_LINES = 9
LINE_SAMPLES = 41


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
        """One row for each output, one column for each variable (slide 14)."""
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
        None unless the matrix is square and complete, and where it is too large for float64.
    """
    entries = [[Fraction(entry) for entry in row if entry is not None] for row in matrix]
    if any(len(row) != len(entries) for row in entries) or any(len(row) != len(entries) for row in matrix):
        return None
    try:
        return float(_expanded(entries))
    except OverflowError:
        return None


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
            lines.append(GridLine(along, float(fixed), x, image_of(outputs, x)))
    return lines


def image_of(outputs: Sequence[Analysis], x: Array) -> Array:
    """What all outputs make of points.

    Parameters
    ----------
    outputs : sequence of Analysis
    x : array (n, ...)

    Returns
    -------
    array (m, ...)
        NaN where an output is undefined.
    """
    return np.stack([output.values(*x) for output in outputs])
