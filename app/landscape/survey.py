"""One landscape, computed in a thread slice by slice: directions first, then the grid, then what is told of both."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.landscape.racing import Race, reach_of
from app.schemas.landscape import LandscapeRequest
from app.schemas.optimizer import OptimizerConfiguration
from core.data.samples import Data
from core.landscape import directions as ways
from core.landscape.directions import Direction
from core.landscape.hessian import Hessian
from core.landscape.planes import Grid, Plane
from core.landscape.races import directions_of
from core.landscape.samples import spread
from core.landscape.trajectories import TrajectoryPoint, offsets_from, seen_on, share_held
from core.landscape.vectors import gradient_vector, vector_of, with_parameters
from core.network.activations import Array
from core.network.layers import Network
from core.training.setup import Setup
from core.training.sweep import Sweep, sweep

# the trajectory is seen whole, unless it is so many times longer than the plane would be without it
MOST_TIMES = 10
MARGIN = 1.2
States = list[tuple[int, Array]]


@dataclass(frozen=True)
class Asked:
    """What is to be surveyed: the request with its defaults filled in, and the network in the middle of the plane.

    `step` and `generation` say when a run was there; both are 0 at a start that is not stored.
    """

    body: LandscapeRequest
    network: Network
    setup: Setup
    step: int
    generation: int
    sides: tuple[int, ...]
    samples: int
    parameters: tuple[str, ...]
    racers: tuple[OptimizerConfiguration, ...]
    origin: "Origin"


@dataclass(frozen=True)
class Origin:
    """The state that gives the directions: that in the middle of the plane, or another one of the run."""

    network: Network
    step: int


class Stopped(Exception):
    """Nobody waits for the answer any more."""


class Survey:
    """The work on one question."""

    def __init__(self, asked: Asked, states: States, earlier: States | None = None) -> None:
        """`earlier` are the states up to the one that gives the directions, where that is another one."""
        self.stopped = False
        self._asked, self._states = asked, states
        self._earlier = states if earlier is None else earlier
        self._data: Data
        self._directions: list[Direction] = []
        self._center = (0.0, 0.0)
        self._base = 1.0
        self._more: dict[str, Any] = {"explained_variance": None, "largest_eigenvalue": None}
        self._here: Sweep
        self._there: Sweep  # where the directions come from
        self._points: list[TrajectoryPoint] = []
        race = asked.body.race
        self._contest = Race(race, asked.racers) if race else None
        self._x = self._y = np.zeros(1)
        self._grid: Grid
        self._pieces: Iterator[float]

    def prepare(self) -> None:
        """Choose samples and directions, place the trajectory on the plane, and lay out the grid."""
        network, setup, body = self._asked.network, self._asked.setup, self._asked.body
        loss = setup.recipe.loss
        self._data = spread(setup.data, self._asked.samples)
        with np.errstate(all="ignore"):
            self._here = self._there = sweep(network, loss, self._data, with_gradients=True)
            if self._asked.origin.network is not network:
                self._there = sweep(self._asked.origin.network, loss, self._data, with_gradients=True)
        getattr(self, f"_{body.directions}")()
        self._directions = self._directions[: len(self._asked.sides)]
        self._points = seen_on(self._directions, self._center, network, loss, self._data, self._states)
        if self._contest:
            if body.directions != "race":
                self._run_race(self._start_of_race())
            self._contest.place(self._directions, self._center, network)
            self._contest.unfold(self._directions, network, setup.recipe, self._data)
        middle = self._middle()
        span = body.span or self._default_span(middle)
        columns, rows = (*self._asked.sides, 1)[:2]
        self._x = np.linspace(middle[0] - span, middle[0] + span, columns)
        self._y = np.linspace(middle[1] - span, middle[1] + span, rows) if rows > 1 else np.array([middle[1]])
        v = self._directions[1].vector if len(self._directions) > 1 else np.zeros(network.parameter_count)
        plane = Plane(network, self._directions[0].vector, v, self._x - self._center[0], self._y - self._center[1])
        self._grid = Grid(plane, loss, self._data)
        self._pieces = self._grid.pieces()

    def advance(self, seconds: float) -> float:
        """Compute for about so long; the share of the grid that is done."""
        end, share = time.monotonic() + seconds, 1.0
        for share in self._pieces:
            if self.stopped or time.monotonic() >= end:
                return share
        return 1.0

    def _weights(self) -> None:
        network, names = self._asked.network, list(self._asked.parameters)
        if not names:
            assert self._there.gradients is not None
            names = ways.steepest_parameters(network, gradient_vector(self._there.gradients), len(self._asked.sides))
        named = [ways.along_parameter(network, name, f"parameters.{index}") for index, name in enumerate(names)]
        self._directions = [direction for direction, _ in named]
        values = [value for _, value in named]
        self._center = (values[0], values[1] if len(values) > 1 else 0.0)
        self._base = max(2.0, *(abs(value) for value in values), 0.0)

    def _race(self) -> None:
        self._run_race(self._asked.network)
        assert self._contest is not None
        self._directions, shares = directions_of(self._contest.courses)
        self._more["explained_variance"] = shares[: len(self._asked.sides)]
        self._base = 0.0

    def _start_of_race(self) -> Network:
        """The network at the chosen point of the plane."""
        network, race = self._asked.network, self._asked.body.race
        assert race is not None
        if race.start is None:
            return network
        moved = zip(self._directions, race.start, self._center, strict=True)
        steps = sum((to - here) * each.vector for each, to, here in moved)
        return with_parameters(network, vector_of(network) + steps)

    def _run_race(self, start: Network) -> None:
        assert self._contest is not None
        self._contest.run(start, self._asked.setup.recipe, self._data, self._check_waited)

    def _check_waited(self) -> None:
        if self.stopped:
            raise Stopped

    def _random(self) -> None:
        self._directions = ways.random_directions(self._asked.origin.network, self._asked.body.seed)

    def _trajectory(self) -> None:
        offsets = offsets_from(vector_of(self._asked.origin.network), [state for _, state in self._earlier])
        self._directions, shares = ways.principal_directions(offsets)
        self._more["explained_variance"] = shares[: len(self._asked.sides)]
        self._base = 0.0

    def _sharpest(self) -> None:
        hessian = Hessian(self._asked.origin.network, self._asked.setup.recipe.loss, self._data)

        def product(v: Array) -> Array:
            self._check_waited()
            return hessian.product(v)

        with np.errstate(all="ignore"):
            self._directions, largest = ways.sharpest_directions(product, hessian.gradient)
        self._more["largest_eigenvalue"] = largest
        # so far along the sharpest direction a parabola rises by L
        loss = self._there.loss
        self._base = float(np.sqrt(2 * loss / largest)) if largest > 0 and loss > 0 else 1.0

    def _steps(self) -> None:
        first, last = self._asked.body.steps or [0, 0]
        at = dict(self._states)
        self._directions = [Direction(f"step {first} to step {last}", at[last] - at[first])]
        self._center = (1.0, 0.0)
        self._base = 0.75

    def _offsets(self) -> Array:
        return offsets_from(vector_of(self._asked.network), [state for _, state in self._states])

    def _middle(self) -> tuple[float, float]:
        """Of the picture: the step itself, but of a line between two steps, or of a race, what lies between."""
        if self._asked.body.directions == "steps":
            return (0.5, 0.0)
        if self._asked.body.directions != "race" or self._contest is None:
            return self._center
        seen = self._contest.seen()
        x, y = [each.x for each in seen], [each.y for each in seen]
        return (min(x) + max(x)) / 2, (min(y) + max(y)) / 2

    def _default_span(self, middle: tuple[float, float]) -> float:
        if self._asked.body.directions == "steps":
            return self._base
        points = self._contest.seen() if self._contest else []
        if self._asked.body.directions != "race":
            points = [*points, *self._points]
        reach = reach_of(points, middle)
        widest = MARGIN * reach if self._base == 0 else min(MARGIN * reach, MOST_TIMES * self._base)
        return max(self._base, widest) or 1.0

    def view(self) -> dict[str, Any]:
        """The answer."""
        asked, losses = self._asked, self._grid.losses
        finite = np.isfinite(losses)
        highest = float(losses[finite].max()) if finite.any() else None
        clipped = int((~finite).sum())
        return {
            "step": asked.step,
            "generation": asked.generation,
            "directions": asked.body.directions,
            "directions_step": asked.origin.step,
            "x": self._x,
            "y": self._y,
            "loss": losses if highest is None else np.where(finite, losses, highest),
            "center": self._center[: len(asked.sides)],
            "center_loss": self._here.loss,
            "axes": [self._axis(each) for each in self._directions],
            "angle": ways.angle_between(self._directions),
            "gradient": self._gradient(),
            "trajectory": [vars(point) for point in self._points],
            "trajectory_share": share_held(self._offsets(), self._points),
            "clipped": {"count": clipped, "value": highest} if clipped else None,
            "parameters": asked.network.parameter_count,
            "samples": self._grid.samples,
            "race": self._contest.view() if self._contest else None,
        } | self._more

    def _axis(self, each: Direction) -> dict[str, Any]:
        return {"name": each.name, "norm": each.norm, "zero_rows": each.zero_rows, "zero": each.norm == 0}

    def _gradient(self) -> dict[str, Any]:
        """The part of ∇L that lies in the plane."""
        assert self._here.gradients is not None
        g = gradient_vector(self._here.gradients)
        coordinates, distance = ways.project(self._directions, g)
        norm = float(np.linalg.norm(g))
        share = float(np.sqrt(max(0.0, 1 - (distance / norm) ** 2))) if norm > 0 else None
        return {"coordinates": coordinates, "norm": norm, "share": share}
