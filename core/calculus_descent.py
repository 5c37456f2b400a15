"""Gradient descent on a typed function of one or two variables (slides 4–5, 14, 34)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from mpmath import mp

from core.activations import Array
from core.calculus_analysis import Analysis
from core.calculus_fields import gradient_at
from core.calculus_limits import DIGITS, exact
from core.expressions_precise import evaluate_precisely
from core.expressions_programs import evaluate
from core.optimizers import OPTIMIZERS, OptimizerSettings

# still finite, but on the way out
LARGEST = 1e100


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
    analysis: Analysis, start: Mapping[str, float], settings: OptimizerSettings, eta: float, steps: int
) -> Descent:
    """Follow the negative gradient.

    Parameters
    ----------
    analysis : Analysis
        Of one or two variables.
    start : mapping of str to float
    settings : OptimizerSettings
        A name of OPTIMIZERS, and its momentum.
    eta : float
        Learning rate η.
    steps : int
        How many updates to make at most.

    Returns
    -------
    Descent
        Leaving the domain and diverging are results, not errors.

    Notes
    -----
    One update is W ← W − η ∂L/∂W (slide 34) with the point in the place of W.
    """
    rule = OPTIMIZERS[settings.method].update
    point = np.array([start[name] for name in analysis.variables])
    velocity: Array | None = None
    trajectory = [_visit(analysis, 0, point)]
    while (ending := _ending(analysis, trajectory[-1])) is None and len(trajectory) <= steps:
        with np.errstate(over="ignore", invalid="ignore"):
            moved, velocity = rule(point, trajectory[-1].gradient, velocity, eta, settings.momentum)
        point = np.asarray(moved, np.float64)
        trajectory.append(_visit(analysis, len(trajectory), point))
    values = [here.value for here in trajectory]
    overshot = tuple(step for step in range(1, len(values)) if values[step] > values[step - 1])
    if ending is None:
        rose = "The value rose at every step: the learning rate is too large."
        ending = Ending(False, rose if len(overshot) == steps else None)
    return Descent(tuple(trajectory), len(values) - 1 if ending.diverged else None, overshot, ending.reason)


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


def _ending(analysis: Analysis, here: DescentStep) -> Ending | None:
    """Why it cannot go on from here."""
    if _within(here.point) and abs(here.value) <= LARGEST and np.isfinite(here.gradient).all():
        return None
    if not _within(here.point) or abs(here.value) > LARGEST or _is_too_large(analysis, here.point):
        ran_off = f"The numbers ran off at step {here.step}: the steps became too large. Try a smaller learning rate."
        return Ending(True, ran_off)
    reason = gradient_at(analysis, _named(analysis, here.point)).reason
    if np.isfinite(here.value):
        return Ending(False, f"At step {here.step} there is no gradient to follow. {reason}")
    where = f"Step {here.step} left the domain of f." if here.step else "The start lies outside the domain of f."
    return Ending(False, f"{where} {reason}")


def _within(point: Array) -> bool:
    return bool((np.abs(point) <= LARGEST).all())


def _named(analysis: Analysis, point: Array) -> dict[str, float]:
    return dict(zip(analysis.variables, point.tolist(), strict=True))


def _is_too_large(analysis: Analysis, point: Array) -> bool:
    """Whether f is defined at the point, but beyond what float64 holds."""
    with mp.workdps(DIGITS):
        values = {name: exact(number) for name, number in _named(analysis, point).items()}
        value = evaluate_precisely(analysis.node, values)
    return value is not None and bool(abs(value) > LARGEST)
