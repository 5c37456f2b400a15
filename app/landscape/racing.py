"""The race beside a landscape: run, placed on its plane, told."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.schemas.landscape import RaceRequest
from app.schemas.optimizer import OptimizerConfiguration
from core.data.samples import Data
from core.landscape.directions import Direction, project
from core.landscape.races import Course, Racer, race, updates
from core.landscape.trajectories import MOST_NUMBERS, TrajectoryPoint, offsets_from, placed, share_held
from core.landscape.vectors import vector_of
from core.network.activations import Array
from core.network.layers import Network
from core.training.state import Recipe

# a racer that leaps so many times further than the usual one is not followed with the picture
FURTHER = 5


class Race:
    """All racers from one start, and where each is seen on a plane."""

    def __init__(self, asked: RaceRequest, racers: Sequence[OptimizerConfiguration]) -> None:
        self._asked, self._racers = asked, racers
        self._points: list[list[TrajectoryPoint]] = []
        self._updates: list[list[dict[str, Any]]] | list[None] = [None] * len(racers)
        self._every = 1
        self.courses: list[Course] = []

    def run(self, start: Network, recipe: Recipe, data: Data, go_on: Callable[[], None]) -> None:
        """Let every racer train; what `go_on` raises ends it."""
        steps = self._asked.steps
        # all states together hold at most so many numbers
        self._every = -(-steps * len(self._racers) * start.parameter_count // MOST_NUMBERS)
        for rule in self._racers:
            self.courses.append(race(start, recipe, data, _racer(rule), steps, self._every, go_on))

    def place(self, directions: Sequence[Direction], center: tuple[float, float], network: Network) -> None:
        """Find the nearest point of the plane for every state; the network is in the plane's middle."""
        theta = vector_of(network)
        self._points = [placed(directions, center, theta, course.states, course.losses) for course in self.courses]

    def unfold(self, directions: Sequence[Direction], network: Network, recipe: Recipe, data: Data) -> None:
        """Take every update apart, where that was asked for and every state was kept."""
        if "updates" not in self._asked.include or self._every > 1:
            return
        self._updates = [
            [
                _update_view(directions, downhill, move)
                for downhill, move in updates(network, recipe, data, _racer(rule), course)
            ]
            for rule, course in zip(self._racers, self.courses, strict=True)
        ]

    def seen(self) -> list[TrajectoryPoint]:
        """What a picture should hold: who leaps much further than the usual one, and not down, is left to run off."""
        starts = [(points[0].x, points[0].y) for points in self._points]
        reaches = [reach_of(points, start) for points, start in zip(self._points, starts, strict=True)]
        usual = sorted(reaches)[(len(reaches) - 1) // 2]
        return [
            point
            for points, reach, course in zip(self._points, reaches, self.courses, strict=True)
            if course.came_down or reach <= FURTHER * usual
            for point in points
        ]

    def view(self) -> dict[str, Any]:
        """The answer."""
        states = [state for course in self.courses for _, state in course.states]
        racers = zip(self._racers, self.courses, self._points, self._updates, strict=True)
        return {
            "steps": self._asked.steps,
            "racers": [
                {
                    "optimizer": rule.model_dump(),
                    "points": [vars(point) for point in points],
                    "updates": updated,
                    "diverged_at": course.diverged_at,
                }
                for rule, course, points, updated in racers
            ],
            "share": share_held(offsets_from(states[0], states), [point for each in self._points for point in each]),
        }


def reach_of(points: Sequence[TrajectoryPoint], middle: tuple[float, float]) -> float:
    """How far from the middle of the plane the furthest point is, along an axis."""
    return max(max(abs(point.x - middle[0]), abs(point.y - middle[1])) for point in points)


def _racer(rule: OptimizerConfiguration) -> Racer:
    return Racer(rule.settings, rule.learning_rate, rule.schedule_settings)


def _update_view(directions: Sequence[Direction], downhill: Array, move: Array) -> dict[str, Any]:
    """The parts of an update: their coordinates on the plane, and their lengths in the space of parameters."""
    parts = {"downhill": downhill, "correction": move - downhill, "move": move}
    return {
        name: {"coordinates": project(directions, part)[0], "norm": float(np.linalg.norm(part))}
        for name, part in parts.items()
    }
