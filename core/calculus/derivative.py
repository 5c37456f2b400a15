"""The derivative at a point: secant, tangent, table of Δx against slope, one-sided slopes (slides 4–11)."""

from dataclasses import dataclass

import numpy as np

from core.calculus.analysis import Analysis
from core.calculus.points import PointStudy, study_point

# Δx from 1 down to where round-off has eaten every digit of the slope
TABLE = tuple(float(f"1e-{exponent}") for exponent in range(16))


@dataclass(frozen=True)
class Secant:
    """The line through (x₀, f(x₀)) and (x₀ + Δx, f(x₀ + Δx)); NaN where one of them is undefined."""

    delta: float
    x: float
    y: float
    slope: float


@dataclass(frozen=True)
class Tangent:
    """The line y = slope·x + intercept."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class TableRow:
    """One Δx, the slope of its secant in plain float64, and slope − f′(x₀); NaN where undefined."""

    delta: float
    slope: float
    error: float


@dataclass(frozen=True)
class Derivative:
    """All about the derivative at one point.

    Attributes
    ----------
    point : PointStudy
    secant : Secant
    tangent : Tangent or None
        None where there is no derivative.
    table : tuple of TableRow
        Sixteen, Δx = ±1 to ±1e-15.
    """

    point: PointStudy
    secant: Secant
    tangent: Tangent | None
    table: tuple[TableRow, ...]


def differentiate(analysis: Analysis, at: float, delta: float) -> Derivative:
    """Look at the limit of the secants at a point.

    Parameters
    ----------
    analysis : Analysis
        Of one variable.
    at : float
        x₀.
    delta : float
        Δx, not 0; its sign is also the sign of the table's.

    Returns
    -------
    Derivative
    """
    [variable] = analysis.variables
    found = study_point(analysis, {variable: at}, variable)
    y = np.nan if found.value is None else float(analysis.values(at))
    deltas = np.array([delta, *np.copysign(TABLE, delta)])
    ahead = analysis.values(at + deltas)
    # Δx as given, not (x₀ + Δx) − x₀, so that the table shows what float64 does to the definition
    slopes = (ahead - y) / deltas
    slope = np.nan if found.slope is None else found.slope
    table = (TableRow(float(d), float(s), float(s - slope)) for d, s in zip(deltas[1:], slopes[1:], strict=True))
    secant = Secant(delta, at + delta, float(ahead[0]), float(slopes[0]))
    return Derivative(found, secant, tangent_of(found, at), tuple(table))


def tangent_of(point: PointStudy, at: float) -> Tangent | None:
    """The tangent at a point, where there is one.

    Parameters
    ----------
    point : PointStudy
    at : float

    Returns
    -------
    Tangent or None
    """
    if point.slope is None or point.value is None:
        return None
    return Tangent(point.slope, point.value - point.slope * at)
