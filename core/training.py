"""Training as a pure function: advance(state, data, count) → new state and records (slides 34, 50–59)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.diagnostics import Observations, nothing_observed, observe_loss, observe_units
from core.errors import Diverged
from core.network import ForwardPass, Gradients, Network, backward, forward
from core.optimizers import OptimizerSettings, Slots, initial_slots, parameters, update
from core.sweep import Data, Sweep, sweep


@dataclass(frozen=True)
class Recipe:
    """How a run trains: the loss, the update rule, the batch size (None: all samples), the shuffling seed."""

    loss: str = "squared_error"
    optimizer: OptimizerSettings = field(default_factory=OptimizerSettings)
    batch_size: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class State:
    """All that a run is at one step; `loss` is the training set's at `loss_step`."""

    step: int
    network: Network
    slots: Slots
    learning_rate: float
    loss: float
    loss_step: int
    observations: Observations

    @property
    def size(self) -> int:
        """Bytes of its numbers: parameters and velocities."""
        return sum(array.nbytes for array in (*parameters(self.network), *self.slots))

    @property
    def diverged(self) -> bool:
        """Whether the numbers left the finite range at this step."""
        return self.observations.diverged_at is not None


@dataclass(frozen=True)
class StepRecord:
    """One update: losses of its batch before and after; `epoch` counts the epochs completed with it."""

    step: int
    epoch: int
    loss_before: float
    loss_after: float | None
    learning_rate: float
    batch_size: int


@dataclass(frozen=True)
class Evaluation:
    """Loss and accuracy (share of right answers by argmax) over the whole training and test set."""

    step: int
    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float | None
    test_accuracy: float | None


@dataclass(frozen=True)
class Progress:
    """What `advance` returns; `previous` is the state before the last step, `kept` the states asked for."""

    state: State
    previous: State
    records: tuple[StepRecord, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    kept: tuple[State, ...] = ()


def steps_per_epoch(recipe: Recipe, samples: int) -> int:
    """How many updates one pass over the samples makes; the last batch may be smaller."""
    return 1 if recipe.batch_size is None else -(-samples // recipe.batch_size)


def batch_of(recipe: Recipe, data: Data, step: int) -> Data:
    """The batch that update number `step` + 1 uses.

    The shuffle of an epoch depends on (seed, epoch) alone, so that any step can be replayed by itself.
    """
    size = recipe.batch_size
    if size is None or size >= len(data.inputs):
        return data
    per_epoch = steps_per_epoch(recipe, len(data.inputs))
    epoch, index = divmod(step, per_epoch)
    order = _shuffled(recipe.seed, epoch, len(data.inputs))
    return data.rows(order[index * size : (index + 1) * size])


@lru_cache(maxsize=4)
def _shuffled(seed: int, epoch: int, samples: int) -> NDArray[np.int64]:
    order = np.random.default_rng([seed, epoch]).permutation(samples)
    order.flags.writeable = False
    return order


def begin(network: Network, recipe: Recipe, learning_rate: float, data: Data) -> Progress:
    """Step 0: the state of a fresh network, its loss, finite or not, and, for labelled data, its evaluation."""
    first = sweep(network, recipe.loss, data, with_gradients=False)
    seen = observe_units(nothing_observed(network), first.alive, 0)
    slots = initial_slots(recipe.optimizer, network)
    state = State(0, network, slots, learning_rate, first.loss, 0, seen)
    return Progress(state, state, evaluations=tuple(_evaluate(state, first, recipe, data)))


def advance(
    state: State, recipe: Recipe, data: Data, count: int, *, loss_after: bool = False, keep_every: int = 0
) -> Progress:
    """Make `count` updates, or fewer when the run diverges: that step is then the last.

    Parameters
    ----------
    state : State
        Where to start; its learning rate is used.
    recipe : Recipe
    data : Data
    count : int
        At least 1.
    loss_after : bool
        With mini-batches: also compute each batch's loss after its update. Always given with one batch per epoch.
    keep_every : int
        Return the states at multiples of this number as `kept`; 0 for none.

    Returns
    -------
    Progress

    Raises
    ------
    Diverged
        If the run had diverged before.
    """
    if state.diverged:
        raise Diverged(state.step)
    whole = steps_per_epoch(recipe, len(data.inputs)) == 1
    moves = _full_steps(state, recipe, data, count) if whole else _batch_steps(state, recipe, data, count, loss_after)
    records: list[StepRecord] = []
    evaluations: list[Evaluation] = []
    kept: list[State] = []
    previous = state
    # divergence is a result here, told by the finite check, not by warnings
    with np.errstate(all="ignore"):
        for after, record, evaluated in moves:
            previous, state = state, after
            records.append(record)
            evaluations.extend(evaluated)
            if keep_every and state.step % keep_every == 0:
                kept.append(state)
    return Progress(state, previous, tuple(records), tuple(evaluations), tuple(kept))


Move = tuple[State, StepRecord, list[Evaluation]]


def _full_steps(state: State, recipe: Recipe, data: Data, count: int) -> Iterator[Move]:
    """Updates on all samples: the sweep after one update is the sweep before the next, so each is done once."""
    here = sweep(state.network, recipe.loss, data, with_gradients=True)
    for left in range(count, 0, -1):
        assert here.gradients is not None
        network, slots = update(recipe.optimizer, state.network, here.gradients, state.slots, state.learning_rate)
        there = sweep(network, recipe.loss, data, with_gradients=left > 1)
        step = state.step + 1
        seen = observe_units(state.observations, there.alive, step)
        seen = observe_loss(seen, step, here.loss, there.loss, float(np.finfo(network.dtype).eps))
        after = replace(state, step=step, network=network, slots=slots, loss=there.loss, loss_step=step)
        after = replace(after, observations=_note_divergence(seen, after))
        record = StepRecord(step, step, here.loss, there.loss, state.learning_rate, len(data.inputs))
        yield after, record, _evaluate(after, there, recipe, data)
        if after.diverged:
            return
        state, here = after, there


def _batch_steps(state: State, recipe: Recipe, data: Data, count: int, loss_after: bool) -> Iterator[Move]:
    """Updates on shuffled mini-batches, with a sweep over all samples at the end of each epoch."""
    per_epoch = steps_per_epoch(recipe, len(data.inputs))
    for _ in range(count):
        batch = batch_of(recipe, data, state.step)
        here = sweep(state.network, recipe.loss, batch, with_gradients=True)
        assert here.gradients is not None
        network, slots = update(recipe.optimizer, state.network, here.gradients, state.slots, state.learning_rate)
        step, seen = state.step + 1, state.observations
        precision = float(np.finfo(network.dtype).eps)
        then = sweep(network, recipe.loss, batch, with_gradients=False).loss if loss_after else None
        after = replace(state, step=step, network=network, slots=slots)
        evaluated: list[Evaluation] = []
        if step % per_epoch == 0:
            whole = sweep(network, recipe.loss, data, with_gradients=False)
            seen = observe_loss(observe_units(seen, whole.alive, step), step, state.loss, whole.loss, precision)
            after = replace(after, loss=whole.loss, loss_step=step)
            evaluated = _evaluate(after, whole, recipe, data)
        after = replace(after, observations=_note_divergence(seen, after, here.loss, 0.0 if then is None else then))
        yield (
            after,
            StepRecord(step, step // per_epoch, here.loss, then, state.learning_rate, len(batch.inputs)),
            evaluated,
        )
        if after.diverged:
            return
        state = after


def _note_divergence(seen: Observations, state: State, *losses: float) -> Observations:
    finite = np.isfinite([state.loss, *losses]).all() and all(np.isfinite(p).all() for p in parameters(state.network))
    return seen if finite else replace(seen, diverged_at=state.step)


def _evaluate(state: State, train: Sweep, recipe: Recipe, data: Data) -> list[Evaluation]:
    if train.correct is None:
        return []
    n = len(data.inputs)
    epoch = state.step // steps_per_epoch(recipe, n)
    test_loss = test_accuracy = None
    if data.test is not None:
        test = sweep(state.network, recipe.loss, data.test, with_gradients=False)
        test_loss, test_accuracy = test.loss, (test.correct or 0) / len(data.test.inputs)
    return [Evaluation(state.step, epoch, train.loss, train.correct / n, test_loss, test_accuracy)]


def trace(state: State, recipe: Recipe, data: Data) -> tuple[ForwardPass, Gradients]:
    """Every number of the next update, before it is made: forward and backward on its batch."""
    batch = batch_of(recipe, data, state.step)
    with np.errstate(all="ignore"):
        passed = forward(state.network, batch.inputs)
        return passed, backward(state.network, recipe.loss, passed, batch.targets)
