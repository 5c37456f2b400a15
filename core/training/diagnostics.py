"""What went wrong and since when, as facts: diverged, overshot, dead units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.network.activations import ACTIVATIONS
from core.network.layers import Network
from core.sentence_numbers import written

ALIVE = -1
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Overshoot:
    """One update after which the loss was larger than before."""

    step: int
    loss_before: float
    loss_after: float


@dataclass(frozen=True)
class Observations:
    """All that has been noticed up to one step.

    Attributes
    ----------
    dead_since : tuple of int arrays (units,) or None, one per layer
        The step since which each unit has been dead, `ALIVE` for a living one; None where units cannot die.
    overshoots : int
        How many updates made the loss rise.
    first_overshoot, last_overshoot : Overshoot or None
    diverged_at : int or None
    """

    dead_since: tuple[IntArray | None, ...]
    overshoots: int = 0
    first_overshoot: Overshoot | None = None
    last_overshoot: Overshoot | None = None
    diverged_at: int | None = None


@dataclass(frozen=True)
class Diagnostic:
    """One fact in words, with the step at which it happened and its numbers."""

    kind: str
    step: int
    message: str
    details: dict[str, Any]


def nothing_observed(network: Network) -> Observations:
    """Start a record in which every unit that can die is alive."""
    return Observations(
        tuple(
            np.full(layer.W.shape[0], ALIVE) if ACTIVATIONS[layer.activation].can_die else None
            for layer in network.layers
        )
    )


def observe_units(seen: Observations, alive: Sequence[BoolArray | None], step: int) -> Observations:
    """Note which units no sample of the training set activates at a step.

    Parameters
    ----------
    seen : Observations
    alive : sequence of bool arrays (units,) or None
        Per layer: whether some sample has f′(z) ≠ 0.
    step : int
    """
    dead_since = tuple(
        None if since is None or lives is None else np.where(lives, ALIVE, np.where(since == ALIVE, step, since))
        for since, lives in zip(seen.dead_since, alive, strict=True)
    )
    return replace(seen, dead_since=dead_since)


def observe_loss(seen: Observations, step: int, before: float, after: float, precision: float) -> Observations:
    """Note an overshoot when the loss rose by more than rounding (`precision` is the machine epsilon)."""
    if not np.isfinite(after) or after <= before * (1 + 100 * precision):
        return seen
    overshoot = Overshoot(step, before, after)
    return replace(
        seen,
        overshoots=seen.overshoots + 1,
        first_overshoot=seen.first_overshoot or overshoot,
        last_overshoot=overshoot,
    )


def diagnose(seen: Observations, steps_per_epoch: int = 1) -> list[Diagnostic]:
    """Put the observations into words, the gravest first.

    Parameters
    ----------
    seen : Observations
    steps_per_epoch : int
        To say epochs where the reader thinks in epochs.

    Returns
    -------
    list of Diagnostic
    """
    found = []
    if seen.diverged_at is not None:
        k = seen.diverged_at
        message = (
            f"The numbers left the finite range at step {k}: the learning rate is too large. "
            f"Step {k - 1} is still there to go back to."
        )
        found.append(Diagnostic("diverged", k, message, {}))
    if seen.last_overshoot is not None and seen.first_overshoot is not None:
        found.append(_overshot(seen, seen.first_overshoot, seen.last_overshoot))
    for index, since in enumerate(seen.dead_since):
        if since is not None and (since != ALIVE).any():
            found.append(_dead_units(index, since, _units_of(index, len(seen.dead_since)), steps_per_epoch))
    return found


def _overshot(seen: Observations, first: Overshoot, last: Overshoot) -> Diagnostic:
    times = "once" if seen.overshoots == 1 else f"{seen.overshoots} times, last at step {last.step}"
    rise = f"rose from {written(first.loss_before)} to {written(first.loss_after)}"
    message = f"At step {first.step} the loss {rise}: the update overshot. This happened {times}."
    details = {
        "count": seen.overshoots,
        "loss_before": first.loss_before,
        "loss_after": first.loss_after,
        "last_step": last.step,
    }
    return Diagnostic("overshot", first.step, message, details)


def _units_of(index: int, layers: int) -> str:
    if index == layers - 1:
        return "output units"
    return "hidden units" if layers == 2 else f"units of hidden layer {index + 1}"


def _dead_units(index: int, since: IntArray, named: str, steps_per_epoch: int) -> Diagnostic:
    units = np.flatnonzero(since != ALIVE)
    # the count that stands now was reached when its last unit died
    step = int(since[units].max())
    when = f"epoch {step // steps_per_epoch}" if step % steps_per_epoch == 0 else f"step {step}"
    are, them, their = ("is", "it", "its") if len(units) == 1 else ("are", "them", "their")
    message = (
        f"{len(units)} of {len(since)} {named} {are} dead since {when}: no sample activates {them}, so {their} weights "
        "no longer change."
    )
    details = {
        "layer": index + 1,
        "units": units.tolist(),
        "count": len(units),
        "of": len(since),
        "since": since[units].tolist(),
    }
    return Diagnostic("dead_units", step, message, details)
