"""Learning-rate schedules: the factor of the base rate as a pure function of the step."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.training.hyperparameters import Hyperparameter, values_of

# a base rate is looked for among so many neighbouring floats
NEIGHBORS = 4


@dataclass(frozen=True)
class Schedule:
    """One schedule: `factor(k, **hyperparameters)` with k updates made so far, so 0 at the first; its formula."""

    name: str
    label: str
    factor: Callable[..., float]
    formula: str
    hyperparameters: tuple[Hyperparameter, ...] = ()


@dataclass(frozen=True)
class ScheduleSettings:
    """Which schedule, and the hyperparameters that differ from its defaults."""

    method: str = "constant"
    hyperparameters: Mapping[str, float] = field(default_factory=dict)

    def factor(self, step: int) -> float:
        """Return what the base rate is multiplied by in the update that starts from `step`."""
        schedule = SCHEDULES[self.method]
        return schedule.factor(step, **values_of(schedule.hyperparameters, self.hyperparameters))

    def rate(self, base: float, step: int) -> float:
        """Return the learning rate that the update from `step` uses: base rate times factor."""
        return base * self.factor(step)

    def base_of(self, used: float, step: int, base: float) -> float:
        """Find the base rate with which the update from `step` used a rate, to the bit.

        Parameters
        ----------
        used : float
            The rate that the step's record tells.
        step : int
        base : float
            The base rate before; it is kept where it gives `used`, or where the factor is 0 and says nothing.

        Returns
        -------
        float
        """
        factor = self.factor(step)
        if base * factor == used or factor == 0:
            return base
        guess = low = high = used / factor
        for _ in range(NEIGHBORS):
            for near in (guess, low, high):
                if near * factor == used:
                    return near
            low, high = math.nextafter(low, 0), math.nextafter(high, math.inf)
        return guess


def _constant(k: int) -> float:
    return 1.0


def _step(k: int, every: float, gamma: float) -> float:
    return float(gamma ** (k // every))


def _cosine(k: int, steps: float, final: float) -> float:
    return float(final + (1 - final) * (1 + math.cos(math.pi * min(k / steps, 1))) / 2)


def _warm_up(k: int, steps: float) -> float:
    return float(min((k + 1) / steps, 1.0))


MOST_STEPS = 1e9


def _steps(name: str, symbol: str, label: str, default: int) -> Hyperparameter:
    return Hyperparameter(name, symbol, label, default, 1, MOST_STEPS, whole=True)


_ALL = (
    Schedule("constant", "constant", _constant, r"\eta_k = \eta"),
    Schedule(
        "step",
        "step by step",
        _step,
        r"\eta_k = \eta\,\gamma^{\lfloor k / s \rfloor}",
        (
            _steps("every", "s", "steps between two drops", 100),
            Hyperparameter("gamma", r"\gamma", "factor of a drop", 0.1, 0, 1, open_below=True),
        ),
    ),
    Schedule(
        "cosine",
        "cosine",
        _cosine,
        r"\eta_k = \eta \left( r + \frac{1 - r}{2} \left( 1 + \cos \frac{\pi \min(k, T)}{T} \right) \right)",
        (
            _steps("steps", "T", "steps until the end", 1000),
            Hyperparameter("final", "r", "factor at the end", 0.0, 0, 1),
        ),
    ),
    Schedule(
        "warm_up",
        "warm-up",
        _warm_up,
        r"\eta_k = \eta \min\left( 1, \frac{k + 1}{T} \right)",
        (_steps("steps", "T", "steps until the full rate", 100),),
    ),
)

SCHEDULES: dict[str, Schedule] = {schedule.name: schedule for schedule in _ALL}

CONSTANT = ScheduleSettings()
