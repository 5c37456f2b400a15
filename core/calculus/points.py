"""A formula at one point along one of its variables: the exact point, both sides, and the derivative there."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mpmath import mp, mpf

from core.calculus.analysis import Analysis
from core.calculus.limits import CLOSE, Limit, Obstacle, Precise, Study, digits_for, exact, study
from core.calculus.precise import evaluate_precisely
from core.calculus.reasons import reason_of
from core.formulas.nodes import Node
from core.formulas.programs import evaluate
from core.sentence_numbers import finely_written

# what may vanish is below this in float64, where it vanishes next to the point
NEAR = 1e-6
# of Newton's method, which doubles the digits each time
STEPS = 12


@dataclass(frozen=True)
class PointStudy:
    """One point of a function along one variable.

    Attributes
    ----------
    value, slope : float or None
        f and its derivative there; None where there is none.
    left, right : float or None
        The one-sided slopes.
    obstacle : str or None
        ``undefined``, ``pole``, ``jump``, ``vertical``, ``edge`` or ``kink`` where there is no derivative.
    reason : str or None
        The obstacle in words, with its numbers.
    sides : tuple of (float or None)
        What f tends to from the left and from the right.
    """

    value: float | None
    slope: float | None
    left: float | None
    right: float | None
    obstacle: Obstacle | None
    reason: str | None
    sides: tuple[float | None, float | None] = (None, None)

    @property
    def differentiable(self) -> bool:
        """Whether there is a derivative."""
        return self.obstacle is None


def study_point(analysis: Analysis, point: Mapping[str, float], variable: str) -> PointStudy:
    """Look at f along one variable, all others held.

    Parameters
    ----------
    analysis : Analysis
    point : mapping of str to float
        Each number is read as the decimal that its shortest text says.
    variable : str

    Returns
    -------
    PointStudy
    """
    with mp.workdps(digits_for(point[variable])):
        return study_precisely(analysis, place_of(analysis, point, variable), variable)


def place_of(analysis: Analysis, point: Mapping[str, float], variable: str) -> dict[str, Any]:
    """The exact point, in the precision that is set.

    Parameters
    ----------
    analysis : Analysis
    point : mapping of str to float
    variable : str
        The one that moves: of a break that float64 cannot tell from the point, as π/2 for tan, the place is taken.

    Returns
    -------
    dict of str to mpf
    """
    values = {name: exact(number) for name, number in point.items()}
    values[variable] = _center(analysis, point, values, variable)
    return values


def study_precisely(analysis: Analysis, values: Mapping[str, Any], variable: str, name: str = "f") -> PointStudy:
    """Do the same at a point of many digits, in the precision that is set.

    Parameters
    ----------
    analysis : Analysis
    values : mapping of str to mpf
    variable : str
    name : str
        What the reason calls the function.

    Returns
    -------
    PointStudy
    """
    found = study(along(analysis.node, values, variable), values[variable])
    symbolic = evaluate_precisely(analysis.partials[analysis.variables.index(variable)], values)
    away = symbolic is not None and all(evaluate_precisely(node, values) for node in analysis.breaks)
    if away and not (found.differentiable or found.value is None):
        # f is smooth here, and only swings faster than the quotients can follow
        found = replace(found, obstacle=None)
    slope = _slope(symbolic, found) if found.differentiable else Limit("undefined")
    left, right = (side.slope if slope.number is None else slope for side in (found.left, found.right))
    obstacle, reason = found.obstacle, reason_of(analysis.node, values, variable, found, name)
    if found.differentiable and slope.number is None:
        where = f"{variable} = {finely_written(values[variable])}"
        obstacle, reason = "vertical", f"At {where} the slope of {name} is too large to be written down."
    value = None if found.value is None else float(found.value)
    sides = found.left.value.number, found.right.value.number
    return PointStudy(value, slope.number, left.number, right.number, obstacle, reason, sides)


def along(node: Node, values: Mapping[str, Any], variable: str) -> Precise:
    """A formula as a function of one variable.

    Parameters
    ----------
    node : Node
    values : mapping of str to mpf
    variable : str

    Returns
    -------
    callable
        mpf → mpf or None.
    """
    return lambda x: evaluate_precisely(node, {**values, variable: x})


def _slope(symbolic: Any | None, found: Study) -> Limit:
    """The derivative's own value where the quotients confirm it: it has all its digits also where they tend slowly."""
    limit = found.right.slope
    if symbolic is None:
        return limit
    close = abs(symbolic - limit.value) <= 4 * limit.error + CLOSE * max(1, abs(symbolic))
    return Limit("finite", symbolic) if close or limit.kind != "finite" else limit


def _center(analysis: Analysis, point: Mapping[str, float], values: Mapping[str, Any], variable: str) -> Any:
    """The point itself, or the place of a break that float64 cannot tell from it, as π/2 for tan."""
    x = values[variable]
    room = mpf(math.ulp(point[variable]))
    coordinates = [point[name] for name in analysis.variables]
    for node, program in zip(analysis.breaks, analysis.break_programs, strict=True):
        if abs(float(evaluate(program, coordinates))) < NEAR:
            zero = zero_near(along(node, values, variable), x, room)
            if zero is not None and float(zero) == point[variable]:
                return zero
    return x


def zero_near(g: Precise, x: Any, room: Any) -> Any:
    """Find a zero by Newton's method.

    Parameters
    ----------
    g : callable
        mpf → mpf or None.
    x : mpf
        Where to start.
    room : mpf
        How far from x the zero may be.

    Returns
    -------
    mpf or None
        None where there is no simple zero that near.
    """
    h = max(mp.one, abs(x)) * mpf(10) ** -60
    z = x
    for _ in range(STEPS):
        here, ahead = g(z), g(z + h)
        if here is None or ahead is None or here == ahead:
            return None
        if here == 0:
            return z
        z -= here * h / (ahead - here)
        if abs(z - x) > room:
            return None
    return None
