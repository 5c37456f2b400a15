"""Curves that break where the function does: corners stay sharp, and no line crosses a pole or a jump."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from mpmath import mp, mpf
from numpy.typing import NDArray

from core.calculus.analysis import Analysis
from core.calculus.limits import DIGITS, exact
from core.calculus.points import PointStudy, along, study_precisely, zero_near
from core.formulas.programs import Program, evaluate
from core.network.activations import Array

# points between which a change of sign is looked for, and how often its bracket is halved: to the last bit of float64
GRID = 2001
HALVINGS = 60
MOST_BREAKS = 100
# how far from a zero found in float64 the true one may be, in steps of float64
ULPS = 64
# points this near to a break, as a share of the domain, give way to it
NEAR = 1e-9
# a stretch is halved where the curve is off its chord by more than this share of the height that is seen
BENT = 0.002
# how often at most
ROUNDS = 6
# how many times the points that were asked for there may be
MOST_POINTS = 4
# fewer samples are a table, not a curve to look at: they stay as they were asked for
A_CURVE = 100


@dataclass(frozen=True)
class EndPoint:
    """Where a piece of a curve ends at a jump or a hole: a closed point belongs to f, an open one does not."""

    x: float
    y: float
    closed: bool


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
    points : list of EndPoint
        The ends of its pieces at jumps and holes.
    """

    x: Array
    y: Array
    derivative: Array
    points: list[EndPoint]


def sample(
    analysis: Analysis, point: Mapping[str, float], variable: str, domain: tuple[float, float], samples: int
) -> Curve:
    """Sample f evenly, from a hundred samples on closer where it bends, with one more point at each of its breaks.

    Parameters
    ----------
    analysis : Analysis
    point : mapping of str to float
        Where the other variables are held.
    variable : str
        The variable that moves.
    domain : (float, float)
    samples : int
        How many points, without those for bends and breaks.

    Returns
    -------
    Curve
    """
    span = domain[1] - domain[0]
    x: Array = np.linspace(*domain, samples)
    breaks = find_breaks(analysis, point, variable, domain)
    places = np.array([place for place, _ in breaks])
    jumps = np.array([place for place, study in breaks if study.obstacle == "jump"])
    x = x[(np.abs(x[:, None] - places) > NEAR * span).all(axis=1)]
    beside = np.concatenate([jumps - NEAR * span, jumps + NEAR * span])
    beside = beside[(beside >= domain[0]) & (beside <= domain[1])]
    index = analysis.variables.index(variable)
    f, derivative = (
        _moving(program, analysis.variables, point, variable)
        for program in (analysis.program, analysis.partial_programs[index])
    )
    x = np.unique(np.concatenate([x, places, beside]))
    if samples >= A_CURVE:
        x = _where_bent(f, x, MOST_POINTS * samples)
    y, slope = f(x), derivative(x)
    slope[np.isnan(y)] = np.nan
    for place, study in breaks:
        index = int(np.searchsorted(x, place))
        hidden = study.value is None or study.obstacle in {"pole", "jump"}
        y[index] = np.nan if hidden else study.value
        slope[index] = np.nan if study.slope is None else study.slope
    return Curve(x, y, slope, [end for place, study in breaks for end in _ends(place, study, domain)])


def _where_bent(f: Callable[[Array], Array], x: Array, most: int) -> Array:
    """Add points where the curve is not as straight as drawn; a round that would make too many is left out."""
    for _ in range(ROUNDS):
        y, middle = f(x), (x[:-1] + x[1:]) / 2
        seen = y[np.isfinite(y)]
        if not seen.size:
            return x
        # a few points near a pole are not what the height is for
        height = float(np.subtract(*np.percentile(seen, (98, 2))))
        with np.errstate(invalid="ignore", over="ignore"):
            off = np.abs(f(middle) - (y[:-1] + y[1:]) / 2)
        bent = middle[off > BENT * height]
        if not bent.size or x.size + bent.size > most:
            return x
        x = np.concatenate([x, bent])
        x.sort()
    return x


def _ends(place: float, study: PointStudy, domain: tuple[float, float]) -> list[EndPoint]:
    """The points to draw at a jump or a hole; none where f goes on, or has nothing near it."""
    sides = [side for side, edge in zip(study.sides, domain, strict=True) if side is not None and place != edge]
    if not sides or all(side == study.value for side in sides):
        return []
    heights = dict.fromkeys([*sides, *([] if study.value is None else [study.value])])
    return [EndPoint(place, height, height == study.value) for height in heights]


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
    low, high = domain
    step = (high - low) / (GRID - 1)
    # a zero at an end of the domain may be seen from outside alone
    x = np.concatenate([[low - step], np.linspace(low, high, GRID), [high + step]])
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
    room = ULPS * max(math.ulp(low), math.ulp(high))
    zeros = np.concatenate([x[_isolated(y == 0)], a[crossed]])
    return sorted(np.clip(zeros[(zeros >= low - room) & (zeros <= high + room)], low, high).tolist())


def _isolated(zero: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Zeros that have a neighbor which is none: of a stretch of zeros, its ends."""
    before, after = np.r_[True, zero[:-1]], np.r_[zero[1:], True]
    ends: NDArray[np.bool_] = zero & ~(before & after)
    return ends
