"""A run's own way, seen on a plane: where its states project to, at their true loss, and how far off they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.samples import Data
from core.landscape.directions import Direction, project
from core.landscape.vectors import vector_of, with_parameters
from core.network.activations import Array
from core.network.layers import Network
from core.training.sweep import sweep

MOST_STATES = 60
# all states together hold at most so many numbers
MOST_NUMBERS = 8_000_000


@dataclass(frozen=True)
class TrajectoryPoint:
    """A state of the run beside a plane: coordinates of the nearest point, its own loss, its distance off the plane."""

    step: int
    x: float
    y: float
    loss: float
    distance: float


def chosen_steps(newest: int, parameters: int, grid: int) -> list[int]:
    """Choose the steps that stand for a trajectory: evenly spaced from 0 on, and the newest.

    Parameters
    ----------
    newest : int
        Where the trajectory ends.
    parameters : int
        How many numbers a state has: fewer states of a larger network.
    grid : int
        The spacing is a multiple of it.

    Returns
    -------
    list of int
        At most 61, at least two if `newest` is above 0.
    """
    most = max(1, min(MOST_STATES, MOST_NUMBERS // parameters))
    stride = max(1, -(-newest // most))
    return [*range(0, newest, -(-stride // grid) * grid), newest]


def offsets_from(center: Array, states: Sequence[Array]) -> Array:
    """θ_k − θ for each state: (t, n)."""
    return np.stack([state - center for state in states])


def seen_on(
    directions: Sequence[Direction],
    center: tuple[float, float],
    network: Network,
    loss: str,
    data: Data,
    states: Sequence[tuple[int, Array]],
) -> list[TrajectoryPoint]:
    """Place states on a plane.

    Parameters
    ----------
    directions : sequence of Direction
        One or two.
    center : (float, float)
        The coordinates of the network itself.
    network : Network
        θ.
    loss : str
        A name in `LOSSES`.
    data : Data
        The samples that the losses are means over.
    states : sequence of (step, array (n,))

    Returns
    -------
    list of TrajectoryPoint
    """
    with np.errstate(all="ignore"):
        losses = [sweep(with_parameters(network, state), loss, data, with_gradients=False).loss for _, state in states]
    return placed(directions, center, vector_of(network), states, losses)


def placed(
    directions: Sequence[Direction],
    center: tuple[float, float],
    theta: Array,
    states: Sequence[tuple[int, Array]],
    losses: Sequence[float],
) -> list[TrajectoryPoint]:
    """The same for states whose losses are known; θ (n,) is where the plane's coordinates are `center`."""
    points = []
    for (step, state), loss in zip(states, losses, strict=True):
        coordinates, distance = project(directions, state - theta)
        x, y = (*(float(each) for each in coordinates), 0.0)[:2]
        points.append(TrajectoryPoint(step, center[0] + x, center[1] + y, loss, distance))
    return points


def share_held(offsets: Array, points: Sequence[TrajectoryPoint]) -> float | None:
    """The share of Σ‖θ_k − θ‖² that lies in the plane; None where the run has not moved."""
    total = float((offsets**2).sum())
    return 1 - sum(point.distance**2 for point in points) / total if total > 0 else None
