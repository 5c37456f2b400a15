"""Several update rules from one start, on the same samples: a race (slide 34; the rules as PyTorch documents them)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from core.data.samples import Data
from core.landscape.directions import Direction, principal_directions
from core.landscape.vectors import gradient_vector, vector_of, with_parameters
from core.network.activations import Array
from core.network.layers import Network
from core.training.advance import advance, begin
from core.training.batches import batch_of
from core.training.optimizers import OptimizerSettings
from core.training.schedules import CONSTANT, ScheduleSettings
from core.training.state import Recipe, State
from core.training.sweep import sweep

# updates between two looks at whether somebody still waits
AT_A_TIME = 10


@dataclass(frozen=True)
class Racer:
    """An update rule that remembers nothing yet, its learning rate η, and how η changes."""

    optimizer: OptimizerSettings
    learning_rate: float
    schedule: ScheduleSettings = CONSTANT


@dataclass(frozen=True)
class Course:
    """Where a racer came by.

    Attributes
    ----------
    states : list of (step, array (n,))
        All parameters at the start and after updates, as far as they are finite.
    losses : list of float
        Of these states, over the samples of the race.
    diverged_at : int or None
        The update after which a number was not finite: it is the last one.
    """

    states: list[tuple[int, Array]]
    losses: list[float]
    diverged_at: int | None

    @property
    def came_down(self) -> bool:
        """Whether it ends at a lower loss than it began with."""
        return self.diverged_at is None and self.losses[-1] < self.losses[0]


def race(
    network: Network,
    recipe: Recipe,
    data: Data,
    racer: Racer,
    steps: int,
    every: int = 1,
    go_on: Callable[[], None] = lambda: None,
) -> Course:
    """Train from a start with one update rule.

    Parameters
    ----------
    network : Network
        The start of every racer.
    recipe : Recipe
        Its loss, batch size and shuffling hold for all racers alike; its own update rule does not run.
    data : Data
    racer : Racer
    steps : int
        At least 1; fewer are made where it diverges.
    every : int
        The states at multiples of it are kept, and the last one.
    go_on : callable
        Called now and then; what it raises ends the race.

    Returns
    -------
    Course
    """
    rules = replace(recipe, optimizer=racer.optimizer, schedule=racer.schedule)
    state = begin(network, rules, racer.learning_rate, data).state
    states, losses = [(0, vector_of(state.network))], [state.loss]
    while state.step < steps and not state.diverged:
        go_on()
        progress = advance(state, rules, data, min(AT_A_TIME, steps - state.step), keep_every=1)
        state = progress.state
        for kept in progress.kept:
            if not kept.diverged and (kept.step % every == 0 or kept.step == steps):
                states.append((kept.step, vector_of(kept.network)))
                losses.append(_loss_of(kept, recipe, data))
    return Course(states, losses, state.observations.diverged_at)


def _loss_of(state: State, recipe: Recipe, data: Data) -> float:
    """Over all samples; with batches a state knows that of the epoch's end."""
    if state.loss_step == state.step:
        return state.loss
    return sweep(state.network, recipe.loss, data, with_gradients=False).loss


def directions_of(courses: Sequence[Course]) -> tuple[list[Direction], Array]:
    """Find the plane through the start that holds most of a race.

    Parameters
    ----------
    courses : sequence of Course
        Those that end above their start, where others do not, would push all others together: they are left out.

    Returns
    -------
    (list of Direction, array (2,))
        The principal components of θ_k − θ_0, and the shares of Σ‖θ_k − θ_0‖² in them.
    """
    counted = [course for course in courses if course.came_down] or courses
    start = counted[0].states[0][1]
    return principal_directions(np.stack([state - start for course in counted for _, state in course.states]))


def updates(
    network: Network, recipe: Recipe, data: Data, racer: Racer, course: Course
) -> Iterator[tuple[Array, Array]]:  # fmt: skip
    """Compare each update with that of plain gradient descent from the same place.

    Parameters
    ----------
    network : Network
        Gives the shapes of the layers.
    recipe, data, racer : Recipe, Data, Racer
        As for `race`.
    course : Course
        With every state kept.

    Yields
    ------
    (array (n,), array (n,))
        −η ∇L on the update's batch, and what the rule did, θ_{k+1} − θ_k. Of momentum the rest is its memory, −η β v.
    """
    for (k, state), (_, after) in pairwise(course.states):
        batch = batch_of(recipe, data, k)
        with np.errstate(all="ignore"):
            here = sweep(with_parameters(network, state), recipe.loss, batch, with_gradients=True)
        assert here.gradients is not None
        yield -racer.schedule.rate(racer.learning_rate, k) * gradient_vector(here.gradients), after - state
