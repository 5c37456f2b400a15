"""advance: pure, replayable, and honest about divergence."""

from dataclasses import replace

import numpy as np
import pytest

from core.data.samples import Data
from core.errors import Diverged, InvalidInput
from core.network.initializers import initialize
from core.network.layers import parameters
from core.training.advance import advance, begin
from core.training.batches import batch_of, steps_per_epoch
from core.training.diagnostics import diagnose
from core.training.optimizers import OPTIMIZERS, OptimizerSettings
from core.training.state import Recipe
from core.training.sweep import sweep
from tests.core.training.lab_networks import ONE_SAMPLE, two_layers

MINI = Recipe(batch_size=4, seed=7)


def labelled(n=10, seed=1):
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 3, n)
    test = Data(generator.normal(size=(5, 2)), np.eye(3)[[0, 1, 2, 0, 1]], np.array([0, 1, 2, 0, 1]))
    return Data(generator.normal(size=(n, 2)), np.eye(3)[labels], labels, test)


def same(a, b):
    pairs = zip(parameters(a.network), parameters(b.network), strict=True)
    return a.step == b.step and all(np.array_equal(p, q) for p, q in pairs)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [None, 4])
def test_many_steps_at_once_are_the_same_as_one_by_one(batch_size, optimizer):
    recipe, data = Recipe(optimizer=OptimizerSettings(optimizer), batch_size=batch_size, seed=7), labelled()
    one_by_one = start = begin(two_layers(), recipe, 0.01, data).state
    for _ in range(9):
        one_by_one = advance(one_by_one, recipe, data, 1).state
    assert same(one_by_one, advance(start, recipe, data, 9).state)
    assert start.step == 0


def test_momentum_moves_by_the_velocity():
    recipe = Recipe(optimizer=OptimizerSettings("momentum", {"momentum": 0.5}))
    start = begin(two_layers(), recipe, 0.001, ONE_SAMPLE).state
    first = advance(start, recipe, ONE_SAMPLE, 1).state
    second = advance(first, recipe, ONE_SAMPLE, 1).state
    plain = advance(first, Recipe(), ONE_SAMPLE, 1).state
    drift = 0.5 * 0.001 * first.slots["velocity"][0]
    np.testing.assert_allclose(second.network.layers[0].W, plain.network.layers[0].W - drift, rtol=1e-12)


def test_an_epoch_uses_each_sample_once_and_shuffles_anew():
    data = labelled()
    assert steps_per_epoch(MINI, 10) == 3
    epochs = [[batch_of(MINI, data, 3 * epoch + k).inputs for k in range(3)] for epoch in range(2)]
    assert [len(b) for b in epochs[0]] == [4, 4, 2]
    for batches in epochs:
        assert sorted(map(tuple, np.concatenate(batches))) == sorted(map(tuple, data.inputs))
    assert not np.array_equal(epochs[0][0], epochs[1][0])
    np.testing.assert_array_equal(epochs[1][0], batch_of(MINI, data, 3).inputs)


def test_mini_batches_evaluate_after_each_epoch():
    data = labelled()
    progress = advance(begin(two_layers(), MINI, 0.01, data).state, MINI, data, 7)
    assert [(e.step, e.epoch) for e in progress.evaluations] == [(3, 1), (6, 2)]
    assert [r.epoch for r in progress.records] == [0, 0, 1, 1, 1, 2, 2]
    assert [r.batch_size for r in progress.records[:3]] == [4, 4, 2]
    assert progress.state.loss_step == 6
    assert progress.state.loss == sweep_loss(advance(begin(two_layers(), MINI, 0.01, data).state, MINI, data, 6), data)
    assert all(r.loss_after is None for r in progress.records)


def test_labels_without_a_test_set():
    data = replace(labelled(), test=None)
    found = advance(begin(two_layers(), MINI, 0.01, data).state, MINI, data, 3).evaluations[0]
    assert (found.test_loss, found.test_accuracy) == (None, None)
    assert 0 <= found.train_accuracy <= 1


def sweep_loss(progress, data):
    return sweep(progress.state.network, "squared_error", data, False).loss


def test_loss_after_on_request():
    data = labelled()
    progress = advance(begin(two_layers(), MINI, 0.01, data).state, MINI, data, 2, loss_after=True)
    assert all(r.loss_after < r.loss_before for r in progress.records)


def test_states_are_kept_on_a_grid():
    progress = advance(begin(two_layers(), MINI, 0.01, labelled()).state, MINI, labelled(), 9, keep_every=4)
    assert [s.step for s in progress.kept] == [4, 8]
    assert progress.previous.step == 8


@pytest.mark.parametrize("recipe", [Recipe(), MINI])
def test_divergence_is_a_result(recipe):
    data = labelled()
    start = begin(two_layers(), recipe, 1e6, data).state
    progress = advance(start, recipe, data, 1000)
    assert progress.state.diverged
    assert progress.state.step == progress.records[-1].step == progress.previous.step + 1
    assert all(np.isfinite(p).all() for p in parameters(progress.previous.network))
    assert diagnose(progress.state.observations)[0].kind == "diverged"
    with pytest.raises(Diverged):
        advance(progress.state, recipe, data, 1)


def test_a_start_that_is_not_finite_is_told_without_a_warning():
    huge = Data(np.full((2, 2), 1e308), np.zeros((2, 3)))
    assert not np.isfinite(begin(two_layers(), Recipe(), 0.1, huge).state.loss)


def test_float32_stays_float32():
    network, _ = initialize("he", 0, [2, 3, 3], ["relu", "linear"], True, "float32")
    recipe = Recipe(optimizer=OptimizerSettings("momentum"))
    state = advance(begin(network, recipe, 0.01, ONE_SAMPLE).state, recipe, ONE_SAMPLE, 3).state
    assert {p.dtype for p in (*parameters(state.network), *state.slots["velocity"])} == {np.dtype("float32")}


def test_invalid_input_names_the_place():
    error = InvalidInput("data.targets", "give 3 numbers a row")
    assert str(error) == "data.targets: give 3 numbers a row"
    from core.network.losses import LOSSES

    with pytest.raises(InvalidInput, match="adding up to 1"):
        LOSSES["softmax_cross_entropy"].check_targets(np.array([[0.5, 0.6]]))
