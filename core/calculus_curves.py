"""Curves that break where the function does: corners stay sharp, and no line crosses a pole or a jump."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from mpmath import mp, mpf
from numpy.typing import NDArray

from core.activations import Array
from core.calculus_analysis import Analysis
from core.calculus_limits import DIGITS, exact
from core.calculus_points import PointStudy, along, study_precisely, zero_near
from core.expressions_programs import Program, evaluate

# points between which a change of sign is looked for, and how often its bracket is halved: to the last bit of float64
GRID = 2001
HALVINGS = 60
MOST_BREAKS = 100
# how far from a zero found in float64 the true one may be, in steps of float64
ULPS = 64
# points this near to a break, as a share of the domain, give way to it
NEAR = 1e-9


@dataclass(frozen=True)
class Curve:
    """Points of f and of its derivative along one variable.

    Attributes
    ----------
    x : array (n,)
        Increasing.
    y : array (n,)
        f; NaN where it is undefined, at poles and at jumps.
    derivative : array (n,)
        NaN where there is none, as at kinks.
    """

    x: Array
    y: Array
    derivative: Array


def sample(
    analysis: Analysis, point: Mapping[str, float], variable: str, domain: tuple[float, float], samples: int
) -> Curve:
    """Sample f evenly, with one more point at each of its breaks.

    Parameters
    ----------
    analysis : Analysis
    point : mapping of str to float
        Where the other variables are held.
    variable : str
        The variable that moves.
    domain : (float, float)
    samples : int
        How many points, breaks not counted.

    Returns
    -------
    Curve
    """
    span = domain[1] - domain[0]
    x = np.linspace(*domain, samples)
    breaks = find_breaks(analysis, point, variable, domain)
    places = np.array([place for place, _ in breaks])
    jumps = np.array([place for place, study in breaks if study.obstacle == "jump"])
    x = x[(np.abs(x[:, None] - places) > NEAR * span).all(axis=1)]
    beside = np.concatenate([jumps - NEAR * span, jumps + NEAR * span])
    beside = beside[(beside >= domain[0]) & (beside <= domain[1])]
    x = np.unique(np.concatenate([x, places, beside]))
    index = analysis.variables.index(variable)
    y, slope = (
        _moving(program, analysis.variables, point, variable)(x)
        for program in (analysis.program, analysis.partial_programs[index])
    )
    slope[np.isnan(y)] = np.nan
    for place, study in breaks:
        index = int(np.searchsorted(x, place))
        hidden = study.value is None or study.obstacle in {"pole", "jump"}
        y[index] = np.nan if hidden else study.value
        slope[index] = np.nan if study.slope is None else study.slope
    return Curve(x, y, slope)


def find_breaks(
    analysis: Analysis, point: Mapping[str, float], variable: str, domain: tuple[float, float]
) -> list[tuple[float, PointStudy]]:
    """Find where f may have a kink, a jump, a pole or the edge of its domain, and look what it has.

    Parameters
    ----------
    analysis : Analysis
    point : mapping of str to float
        Where the other variables are held.
    variable : str
    domain : (float, float)

    Returns
    -------
    list of (float, PointStudy)
        Left to right, each place once; a hundred of them where there are more.
    """
    found: dict[float, PointStudy] = {}
    with mp.workdps(DIGITS):
        values = {name: exact(number) for name, number in point.items()}
        for node, program in zip(analysis.breaks, analysis.break_programs, strict=True):
            g = _moving(program, analysis.variables, point, variable)
            for zero in zeros_of(g, domain)[: MOST_BREAKS - len(found)]:
                near = zero_near(along(node, values, variable), exact(zero), ULPS * mpf(math.ulp(zero)))
                place = zero if near is None else min(max(float(near), domain[0]), domain[1])
                if place not in found:
                    values[variable] = exact(zero) if near is None else near
                    found[place] = study_precisely(analysis, values, variable)
    return sorted(found.items(), key=lambda item: item[0])


def _moving(
    program: Program, variables: Sequence[str], point: Mapping[str, float], variable: str
) -> Callable[[Array], Array]:
    """A program as a function of one variable."""
    return lambda x: evaluate(program, [x if name == variable else point[name] for name in variables])


def zeros_of(g: Callable[[Array], Array], domain: tuple[float, float]) -> list[float]:
    """Find the zeros that show on a fine grid: exact ones, and changes of sign.

    Parameters
    ----------
    g : callable
        Arrays → arrays; NaN where undefined.
    domain : (float, float)

    Returns
    -------
    list of float
        Left to right, each to the last digits of float64.
    """
    x = np.linspace(*domain, GRID)
    y = g(x)
    with np.errstate(invalid="ignore", over="ignore"):
        brackets = np.flatnonzero(np.sign(y[:-1]) * np.sign(y[1:]) < 0)
    a, b, sign = x[brackets], x[brackets + 1], np.sign(y[brackets])
    for _ in range(HALVINGS):
        middle = (a + b) / 2
        same = np.sign(g(middle)) == sign
        a, b = np.where(same, middle, a), np.where(same, b, middle)
    size = np.fmin(np.abs(g(a)), np.abs(g(b)))
    # where the sign changes over a pole of g, its size grows
    crossed = size <= np.minimum(np.abs(y[brackets]), np.abs(y[brackets + 1]))
    return sorted([*x[_isolated(y == 0)].tolist(), *a[crossed].tolist()])


def _isolated(zero: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Zeros that have a neighbor which is none: of a stretch of zeros, its ends."""
    before, after = np.r_[True, zero[:-1]], np.r_[zero[1:], True]
    ends: NDArray[np.bool_] = zero & ~(before & after)
    return ends
