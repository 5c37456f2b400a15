"""Races: the numbers of a rule by hand, the lecture's own run, and what is kept of it."""

import numpy as np
import pytest

from core.data.samples import Data
from core.landscape.races import Course, Racer, directions_of, race, updates
from core.landscape.walks import walk
from core.network.layers import Layer, Network
from core.training.optimizers import OptimizerSettings
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_SAMPLE, two_layers

RECIPE = Recipe("squared_error")


def one_weight(w: float, x: float = 1.0) -> tuple[Network, Data]:
    """L = ½ (w x)², so that g = w x²."""
    return Network((Layer(np.array([[w]]), None, "linear"),)), Data(np.array([[x]]), np.array([[0.0]]))


def weights_of(course: Course) -> list[float]:
    return [float(state[0]) for _, state in course.states]


def test_a_racer_is_the_rule_by_hand() -> None:
    network, data = one_weight(1.0)
    plain = race(network, RECIPE, data, Racer(OptimizerSettings(), 0.1), 3)
    np.testing.assert_allclose(weights_of(plain), [1, 0.9, 0.81, 0.729])
    heavy = race(network, RECIPE, data, Racer(OptimizerSettings("momentum", {"momentum": 0.5}), 0.1), 3)
    # v: 1, 0.5 + 0.9 = 1.4, 0.7 + 0.76 = 1.46
    np.testing.assert_allclose(weights_of(heavy), [1, 0.9, 0.76, 0.614])
    np.testing.assert_allclose(heavy.losses, [w * w / 2 for w in (1, 0.9, 0.76, 0.614)])


def test_the_lecture_s_own_run_leaps_as_the_walk_does() -> None:
    network, data = two_layers(), ONE_SAMPLE
    course = race(network, RECIPE, data, Racer(OptimizerSettings(), 0.1), 20)
    expected = walk(network, "squared_error", data, [0.1] * 20)
    np.testing.assert_allclose(course.losses, expected.losses, rtol=1e-12)
    assert course.losses[1] == pytest.approx(38.86, abs=0.005)


def test_a_racer_that_diverges_keeps_its_finite_states() -> None:
    network, data = one_weight(1.0, 1e3)
    course = race(network, RECIPE, data, Racer(OptimizerSettings(), 1e3), 200)
    assert 1 < (course.diverged_at or 0) < 200
    assert len(course.states) == course.diverged_at
    assert np.isfinite(course.losses).all()
    assert not course.came_down


def test_states_are_kept_every_so_often_and_at_the_end() -> None:
    network, data = one_weight(1.0)
    course = race(network, RECIPE, data, Racer(OptimizerSettings("adam"), 0.1), 25, every=10)
    assert [step for step, _ in course.states] == [0, 10, 20, 25]
    every = race(network, RECIPE, data, Racer(OptimizerSettings("adam"), 0.1), 25)
    assert course.losses == [every.losses[step] for step in (0, 10, 20, 25)]


def test_batches_are_the_same_for_all() -> None:
    rng = np.random.default_rng(0)
    data = Data(rng.normal(size=(12, 3)), rng.normal(size=(12, 2)))
    network = Network((Layer(rng.normal(size=(2, 3)), np.zeros(2), "linear"),))
    recipe = Recipe("squared_error", batch_size=4, seed=3)
    one = race(network, recipe, data, Racer(OptimizerSettings(), 0.1), 9)
    same = race(network, recipe, data, Racer(OptimizerSettings("momentum", {"momentum": 0.0}), 0.1), 9)
    np.testing.assert_array_equal(one.states[-1][1], same.states[-1][1])
    # the loss of a state is that of all samples, not of its batch
    theta, loss = one.states[4][1], one.losses[4]
    W, b = theta[:6].reshape(2, 3), theta[6:]
    assert loss == pytest.approx(np.mean(0.5 * ((data.inputs @ W.T + b - data.targets) ** 2).sum(axis=1)), rel=1e-12)


def test_the_plane_holds_those_that_come_down() -> None:
    network, data = two_layers(), ONE_SAMPLE
    calm = race(network, RECIPE, data, Racer(OptimizerSettings(), 0.02), 20)
    wild = race(network, RECIPE, data, Racer(OptimizerSettings(), 0.1), 2)
    assert (calm.came_down, wild.came_down) == (True, False)
    directions, shares = directions_of([calm, wild])
    alone, same = directions_of([calm])
    np.testing.assert_array_equal(directions[0].vector, alone[0].vector)
    offsets = np.stack([state - calm.states[0][1] for _, state in calm.states])
    squares = np.linalg.svd(offsets, compute_uv=False) ** 2
    np.testing.assert_allclose(shares, squares[:2] / squares.sum())
    np.testing.assert_allclose(shares, same)


def test_whoever_does_not_wait_ends_it() -> None:
    network, data = one_weight(1.0)

    def left() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        race(network, RECIPE, data, Racer(OptimizerSettings(), 0.1), 20, go_on=left)


def test_an_update_is_downhill_and_memory() -> None:
    network, data = one_weight(1.0)
    racer = Racer(OptimizerSettings("momentum", {"momentum": 0.5}), 0.1)
    course = race(network, RECIPE, data, racer, 3)
    found = np.array([[*downhill, *move] for downhill, move in updates(network, RECIPE, data, racer, course)])
    # g = 1, 0.9, 0.76; v = 1, 1.4, 1.46; move = −0.1 v
    np.testing.assert_allclose(found, [[-0.1, -0.1], [-0.09, -0.14], [-0.076, -0.146]])
    # the rest is −η β v of the update before
    np.testing.assert_allclose(found[:, 1] - found[:, 0], [0, -0.05, -0.07], atol=1e-15)
