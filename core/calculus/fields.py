"""Partial derivatives and the gradient of a function of two variables, with its surface and arrows (slides 12–13)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from mpmath import mp

from core.calculus.analysis import Analysis
from core.calculus.curves import Curve, sample
from core.calculus.limits import CLOSE, Precise, digits_for, exact, study
from core.calculus.points import PointStudy, study_point
from core.calculus.precise import evaluate_precisely
from core.formulas.programs import evaluate
from core.network.activations import Array
from core.sentence_numbers import finely_written

Domain = tuple[float, float]

SLICE_SAMPLES = 121
ARROWS = 11
# looked at with many digits, because a break passes through them or very near
NEAR = 1e-9
MOST_STUDIES = 100
# as a share, the last digits of a slope in float64
ROUNDED = 1e-12
# directions, in two of the variables, along which a tangent plane has the slope that the gradient gives
DIRECTIONS = ((1, 1), (1, -1), (1, 2), (2, -1))


@dataclass(frozen=True)
class Gradient:
    """The gradient at one point.

    Attributes
    ----------
    value : float or None
        f there.
    partials : dict of str to PointStudy
        f along each variable, the other one held.
    norm : float or None
        Length of the gradient, None where a partial derivative is missing.
    reason : str or None
        Why f is not differentiable there, in words; None where it is.
    """

    value: float | None
    partials: dict[str, PointStudy]
    norm: float | None
    reason: str | None

    @property
    def vector(self) -> list[float | None]:
        """The gradient; None where a partial derivative is missing."""
        return [partial.slope for partial in self.partials.values()]


@dataclass(frozen=True)
class Surface:
    """f on a grid: z[j, i] belongs to x[i], y[j]; NaN where undefined."""

    x: Array
    y: Array
    z: Array


@dataclass(frozen=True)
class Arrows:
    """Gradients (dx, dy) at points (x, y), all of shape (n,); NaN where there is none."""

    x: Array
    y: Array
    dx: Array
    dy: Array


def gradient_at(analysis: Analysis, point: Mapping[str, float]) -> Gradient:
    """Look at the partial derivatives at a point.

    Parameters
    ----------
    analysis : Analysis
    point : mapping of str to float

    Returns
    -------
    Gradient
    """
    partials = {name: study_point(analysis, point, name) for name in analysis.variables}
    first = next(iter(partials.values()))
    slopes = [partial.slope for partial in partials.values() if partial.slope is not None]
    norm = math.hypot(*slopes) if len(slopes) == len(partials) else None
    return Gradient(first.value, partials, norm, _reason(analysis, point, partials))


def _reason(analysis: Analysis, point: Mapping[str, float], partials: Mapping[str, PointStudy]) -> str | None:
    for name, partial in partials.items():
        if partial.reason is not None:
            held = ", ".join(f"{other} = {finely_written(point[other])}" for other in point if other != name)
            return f"Along {name}, with {held} held: {partial.reason}" if held else partial.reason
    return _no_tangent_plane(analysis, point, partials)


def _no_tangent_plane(analysis: Analysis, point: Mapping[str, float], partials: Mapping[str, PointStudy]) -> str | None:
    """All partial derivatives exist; where a break passes, that is not enough."""
    slopes = [partials[name].slope or 0.0 for name in analysis.variables]
    with mp.workdps(max(map(digits_for, point.values()))):
        values = {name: exact(number) for name, number in point.items()}
        if all(evaluate_precisely(node, values) for node in analysis.breaks):
            return None
        for direction in _directions(len(slopes)):
            found = study(_towards(analysis, values, direction), mp.zero)
            expected = sum(slope * step for slope, step in zip(slopes, direction, strict=True))
            limit, room = found.right.slope, CLOSE + ROUNDED * abs(expected)
            if not found.differentiable or abs(limit.value - expected) > 4 * limit.error + room:
                where = ", ".join(finely_written(point[name]) for name in analysis.variables)
                towards = ", ".join(map(finely_written, direction))
                return (
                    f"All partial derivatives exist at ({where}), but in the direction ({towards}) f does not have "
                    f"the slope {finely_written(expected)} that they give: the surface has no tangent plane there."
                )
    return None


def _directions(dimensions: int) -> list[list[int]]:
    found = []
    for i, j in combinations(range(dimensions), 2):
        for first, second in DIRECTIONS:
            direction = [0] * dimensions
            direction[i], direction[j] = first, second
            found.append(direction)
    return found


def _towards(analysis: Analysis, values: Mapping[str, Any], direction: Sequence[int]) -> Precise:
    """f on the line through a point, over how many steps have been gone."""
    steps = dict(zip(analysis.variables, direction, strict=True))
    return lambda t: evaluate_precisely(analysis.node, {name: values[name] + t * step for name, step in steps.items()})


def slice_along(analysis: Analysis, point: Mapping[str, float], variable: str, domain: Domain) -> Curve:
    """Cut the surface along one variable through a point.

    Parameters
    ----------
    analysis : Analysis
    point : mapping of str to float
    variable : str
        The one that moves; the others are held.
    domain : (float, float)

    Returns
    -------
    Curve
    """
    return sample(analysis, point, variable, domain, SLICE_SAMPLES)


def surface_of(analysis: Analysis, domains: Mapping[str, Domain], samples: int) -> Surface:
    """Evaluate f on a grid.

    Parameters
    ----------
    analysis : Analysis
        Of two variables: the first one is x, the second one is y.
    domains : mapping of str to (float, float)
    samples : int
        Points a side.

    Returns
    -------
    Surface
    """
    x, y = (np.linspace(*domains[name], samples) for name in analysis.variables)
    return Surface(x, y, analysis.values(x[None, :], y[:, None]))


def arrows_of(analysis: Analysis, domains: Mapping[str, Domain]) -> Arrows:
    """Evaluate the gradient on a coarse grid.

    Parameters
    ----------
    analysis : Analysis
        Of two variables.
    domains : mapping of str to (float, float)

    Returns
    -------
    Arrows
        True gradients: where f has none, as on a kink, there is no arrow.
    """
    axes = [np.linspace(*domains[name], ARROWS) for name in analysis.variables]
    x, y = (grid.ravel() for grid in np.meshgrid(*axes))
    gradients = np.stack([evaluate(program, [x, y]) for program in analysis.partial_programs])
    gradients[:, np.isnan(analysis.values(x, y))] = np.nan
    broken = np.zeros(x.shape, bool)
    for program in analysis.break_programs:
        broken |= np.abs(evaluate(program, [x, y])) < NEAR
    gradients[:, broken] = np.nan
    for index in np.flatnonzero(broken)[:MOST_STUDIES]:
        point = dict(zip(analysis.variables, (float(x[index]), float(y[index])), strict=True))
        found = gradient_at(analysis, point)
        if found.reason is None:
            gradients[:, index] = found.vector
    return Arrows(x, y, gradients[0], gradients[1])
