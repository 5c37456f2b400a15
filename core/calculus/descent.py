"""Gradient descent on a typed function of one or two variables (slides 4–5, 13, 34)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from mpmath import mp

from core.calculus.analysis import Analysis
from core.calculus.fields import gradient_at
from core.calculus.limits import DIGITS, exact
from core.calculus.precise import evaluate_precisely
from core.formulas.programs import evaluate
from core.network.activations import Array
from core.sentence_numbers import finely_written
from core.training.optimizers import OptimizerSettings
from core.training.schedules import CONSTANT, ScheduleSettings

# still finite, but on the way out
LARGEST = 1e100
# of a step: a point that is so near to the last but one is back there
SAME = 1e-12


@dataclass(frozen=True)
class DescentStep:
    """One point of a trajectory, shape (n,), with NaN where the function or a partial derivative is undefined."""

    step: int
    point: Array
    value: float
    gradient: Array


@dataclass(frozen=True)
class Descent:
    """A trajectory and how it ended.

    Attributes
    ----------
    trajectory : tuple of DescentStep
        Step 0 is the start; it ends early where it diverges, leaves the domain, or finds no gradient.
    diverged_at : int or None
        The step at which a coordinate or the value left the range ±1e100.
    overshot_at : tuple of int
        The steps at which the value rose.
    reason : str or None
        In words, what kept it from coming down.
    """

    trajectory: tuple[DescentStep, ...]
    diverged_at: int | None
    overshot_at: tuple[int, ...]
    reason: str | None


@dataclass(frozen=True)
class Ending:
    """How a trajectory ended."""

    diverged: bool
    reason: str | None


def descend(
    analysis: Analysis,
    start: Mapping[str, float],
    settings: OptimizerSettings,
    eta: float,
    steps: int,
    schedule: ScheduleSettings = CONSTANT,
) -> Descent:
    """Follow the negative gradient.

    Parameters
    ----------
    analysis : Analysis
        Of one or two variables.
    start : mapping of str to float
    settings : OptimizerSettings
        The update rule and its hyperparameters.
    eta : float
        Learning rate η.
    steps : int
        How many updates to make at most.
    schedule : ScheduleSettings
        Factors of η, step by step.

    Returns
    -------
    Descent
        Leaving the domain and diverging are results, not errors.

    Notes
    -----
    One update is W ← W − η ∂L/∂W (slide 34) with the point in the place of W.
    """
    point = np.array([start[name] for name in analysis.variables])
    memory = settings.start(point)
    trajectory = [_visit(analysis, 0, point)]
    while (ending := _ending(analysis, trajectory)) is None and len(trajectory) <= steps:
        with np.errstate(over="ignore", invalid="ignore"):
            k = len(trajectory)
            moved, memory = settings.update(point, trajectory[-1].gradient, memory, k, schedule.rate(eta, k - 1))
        point = np.asarray(moved, np.float64)
        trajectory.append(_visit(analysis, len(trajectory), point))
    values = [here.value for here in trajectory]
    overshot = tuple(step for step in range(1, len(values)) if values[step] > values[step - 1])
    if ending is None:
        rose = "The value rose at every step: the learning rate is too large."
        ending = Ending(False, rose if len(overshot) == steps else _to_and_fro(analysis, trajectory))
    return Descent(tuple(trajectory), len(values) - 1 if ending.diverged else None, overshot, ending.reason)


def updates(found: Descent, eta: float, schedule: ScheduleSettings = CONSTANT) -> list[tuple[Array, Array]]:
    """Compare each update with that of plain gradient descent from the same point.

    Parameters
    ----------
    found : Descent
    eta : float
        Learning rate η of its rule.
    schedule : ScheduleSettings
        Factors of η, step by step.

    Returns
    -------
    list of (array (n,), array (n,))
        −η ∇f, and what the rule did. Of momentum the rest is its memory, −η β v.
    """
    moves = pairwise(found.trajectory)
    return [(-schedule.rate(eta, here.step) * here.gradient, there.point - here.point) for here, there in moves]


def nearest(minima: Sequence[Sequence[float]], point: Array) -> float | None:
    """How far the nearest of some points is; None where there are none."""
    return min((float(np.linalg.norm(point - np.array(each))) for each in minima), default=None)


def _visit(analysis: Analysis, step: int, point: Array) -> DescentStep:
    """Evaluate f and its gradient in float64; at a break, or where float64 fails, a closer look decides."""
    coordinates = list(point)
    value = float(analysis.values(*point))
    gradient = np.array([float(evaluate(partial, coordinates)) for partial in analysis.partial_programs])
    fails = not np.isfinite([value, *gradient]).all()
    if _within(point) and (fails or any(evaluate(program, coordinates) == 0 for program in analysis.break_programs)):
        found = gradient_at(analysis, _named(analysis, point))
        value = np.nan if found.value is None else found.value
        gradient = np.array(found.vector if found.reason is None else [None] * len(point), np.float64)
    return DescentStep(step, point, value, gradient)


def _ending(analysis: Analysis, trajectory: Sequence[DescentStep]) -> Ending | None:
    """Why it cannot go on from its last point."""
    here = trajectory[-1]
    if _within(here.point) and abs(here.value) <= LARGEST and np.isfinite(here.gradient).all():
        return None
    precise = _precise_value(analysis, here.point)
    if not _within(here.point) or (precise is not None and abs(precise) > LARGEST):
        return Ending(True, _ran_off(trajectory, precise))
    reason = gradient_at(analysis, _named(analysis, here.point)).reason
    if np.isfinite(here.value):
        return Ending(False, f"At step {here.step} there is no gradient to follow. {reason}")
    where = f"Step {here.step} left the domain of f." if here.step else "The start lies outside the domain of f."
    return Ending(False, f"{where} {reason}")


def _to_and_fro(analysis: Analysis, trajectory: Sequence[DescentStep]) -> str | None:
    """Whether it jumps between two points for ever, as on x² with a learning rate of 1."""
    points = [visited.point for visited in trajectory]
    steps = [float(np.linalg.norm(there - here)) for here, there in pairwise(points)]
    over_two = [float(np.linalg.norm(there - here)) for here, there in zip(points, points[2:], strict=False)]
    back = [two <= SAME * one and one > 0 for two, one in zip(over_two, steps[1:], strict=True)]
    if len(back) < 2 or not all(back[-2:]):
        return None
    first = next((k for k in range(len(back), 0, -1) if not back[k - 1]), 0)
    places = " and ".join(_place(analysis, point) for point in points[first : first + 2])
    start = "It" if first == 0 else f"From step {first} on it"
    return f"{start} goes to and fro between {places} for ever. Try a smaller learning rate."


def _place(analysis: Analysis, point: Array) -> str:
    numbers = ", ".join(finely_written(each) for each in point)
    return f"{analysis.variables[0]} = {numbers}" if len(point) == 1 else f"({numbers})"


def _within(point: Array) -> bool:
    return bool((np.abs(point) <= LARGEST).all())


def _named(analysis: Analysis, point: Array) -> dict[str, float]:
    return dict(zip(analysis.variables, point.tolist(), strict=True))


def _precise_value(analysis: Analysis, point: Array) -> Any | None:
    """f also where float64 does not reach; None where it is undefined, or the point is not finite."""
    if not np.isfinite(point).all():
        return None
    with mp.workdps(DIGITS):
        values = {name: exact(number) for name, number in _named(analysis, point).items()}
        return evaluate_precisely(analysis.node, values)


def _ran_off(trajectory: Sequence[DescentStep], precise: Any | None) -> str:
    """Numbers beyond all bounds: from steps that are too large, or on a way down that has no end."""
    step = trajectory[-1].step
    if step == 0:
        return "The numbers are too large already at the start."
    values = [visited.value for visited in trajectory[:-1]] + ([] if precise is None else [precise])
    if precise is not None and all(later < earlier for earlier, later in pairwise(values)):
        return f"The numbers ran off at step {step}: the value fell at every step, and no lowest point came in sight."
    return f"The numbers ran off at step {step}: the steps became too large. Try a smaller learning rate."
