"""Training as a pure function: advance(state, data, count) → new state and records (slides 34, 50–59)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from core.data.samples import Data
from core.errors import Diverged
from core.network.layers import ForwardPass, Gradients, Network, backward, forward, parameters
from core.training.batches import batch_of, steps_per_epoch
from core.training.diagnostics import Observations, nothing_observed, observe_loss, observe_units
from core.training.optimizers import Slots, initial_slots, update
from core.training.state import Evaluation, Progress, Recipe, State, StepRecord
from core.training.sweep import Sweep, prepare, sweep


def begin(network: Network, recipe: Recipe, learning_rate: float, data: Data) -> Progress:
    """Step 0: the state of a fresh network, its loss, finite or not, and, for labelled data, its evaluation."""
    network = prepare(network, recipe.batch_size or len(data.inputs))
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
        Where to start; its learning rate is the base of the schedule.
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
    state = _prepare(state, recipe, len(data.inputs))
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


def _prepare(state: State, recipe: Recipe, samples: int) -> State:
    """The state, and what its rule remembers, in the order of memory that passes like best."""
    network = prepare(state.network, recipe.batch_size or samples)
    shapes = [theta.flags.c_contiguous for theta in parameters(network)]
    slots = {
        name: tuple(a if c else np.asfortranarray(a) for a, c in zip(arrays, shapes, strict=True))
        for name, arrays in state.slots.items()
    }
    return replace(state, network=network, slots=slots)


Move = tuple[State, StepRecord, list[Evaluation]]


def _full_steps(state: State, recipe: Recipe, data: Data, count: int) -> Iterator[Move]:
    """Updates on all samples: the sweep after one update is the sweep before the next, so each is done once."""
    here = sweep(state.network, recipe.loss, data, with_gradients=True)
    for left in range(count, 0, -1):
        assert here.gradients is not None
        network, slots, rate = _update(state, recipe, here.gradients)
        there = sweep(network, recipe.loss, data, with_gradients=left > 1)
        step = state.step + 1
        seen = observe_units(state.observations, there.alive, step)
        seen = observe_loss(seen, step, here.loss, there.loss, float(np.finfo(network.dtype).eps))
        after = replace(state, step=step, network=network, slots=slots, loss=there.loss, loss_step=step)
        after = replace(after, observations=_note_divergence(seen, after))
        record = StepRecord(step, step, here.loss, there.loss, rate, len(data.inputs))
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
        network, slots, rate = _update(state, recipe, here.gradients)
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
            StepRecord(step, step // per_epoch, here.loss, then, rate, len(batch.inputs)),
            evaluated,
        )
        if after.diverged:
            return
        state = after


def _update(state: State, recipe: Recipe, gradients: Gradients) -> tuple[Network, Slots, float]:
    """Move the parameters once; the rate is the state's base rate times the schedule's factor."""
    rate = recipe.schedule.rate(state.learning_rate, state.step)
    network, slots = update(recipe.optimizer, state.network, gradients, state.slots, state.step + 1, rate)
    return network, slots, rate


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
