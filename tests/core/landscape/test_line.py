"""The step as a curve: the lecture's lab exactly, the true loss by stepping, kinks against a search on a fine grid."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from core.data.samples import Data
from core.landscape import kinks as module
from core.landscape.crossings import crossings_between
from core.landscape.kinks import find_kinks
from core.landscape.line import line
from core.landscape.vectors import gradient_vector, vector_of, with_parameters
from core.network.initializers import initialize
from core.network.layers import Layer, Network, backward, forward
from core.training.advance import advance, begin
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_LAYER, ONE_SAMPLE, two_layers

LOSS = "squared_error"


def test_the_lab_of_one_layer():
    rates = [0, 0.1, 0.2, 0.3, 0.6]
    found = line(ONE_LAYER, LOSS, ONE_SAMPLE, rates)
    np.testing.assert_allclose(found.parabola, [32.5 * (1 - 5 * eta) ** 2 for eta in rates], atol=1e-12)
    # before the first kink the parabola is the loss
    np.testing.assert_allclose(found.loss[:3], [32.5, 8.125, 0], atol=1e-12)
    assert found.loss[3] != pytest.approx(found.parabola[3])
    assert found.best_learning_rate == pytest.approx(0.2, rel=1e-15)
    assert (found.gradient_norm, found.curvature_along_gradient) == pytest.approx((np.sqrt(325), 5))
    # z = [7, 6, 9] moves by −η δ ‖x‖² with δ = [6, 2, 5] and ‖x‖² = 5
    expected = [Fraction(7, 30), Fraction(9, 25), Fraction(6, 10)]
    assert [(kink.layer, kink.unit, kink.sample) for kink in found.kinks.first] == [(0, 0, 0), (0, 2, 0), (0, 1, 0)]
    assert [kink.learning_rate for kink in found.kinks.first] == pytest.approx([float(f) for f in expected], rel=1e-15)
    assert [kink.unit for kink in line(ONE_LAYER, LOSS, ONE_SAMPLE, [0.3]).kinks.first] == [0]


@pytest.mark.parametrize("eta", [0.05, 0.1, 0.3])
def test_the_curve_is_what_a_step_leads_to(eta):
    found = line(two_layers(), LOSS, ONE_SAMPLE, [0, eta])
    after = advance(begin(two_layers(), Recipe(), eta, ONE_SAMPLE).state, Recipe(), ONE_SAMPLE, 1)
    assert found.loss.tolist() == pytest.approx([after.records[0].loss_before, after.records[0].loss_after], rel=1e-13)


def drawn(activations, sizes, m, seed):
    network, _ = initialize("he", seed, sizes, activations, True)
    generator = np.random.default_rng(seed)
    data = Data(generator.normal(size=(m, sizes[0])), generator.normal(size=(m, sizes[-1])))
    g = gradient_vector(backward(network, LOSS, forward(network, data.inputs), data.targets))
    return network, with_parameters(network, g), data.inputs


def searched(network, along, x, until, points=20_001):
    """What a fine grid sees: every change of sign of z, with the two points that it lies between."""
    theta, v = vector_of(network), vector_of(along)
    grid = np.linspace(0, until, points)
    before, seen = None, set()
    for low, high in pairwise(grid):
        if before is None:
            before = [z > 0 for z in forward(with_parameters(network, theta - low * v), x).z]
        after = [z > 0 for z in forward(with_parameters(network, theta - high * v), x).z]
        for layer, (old, new) in enumerate(zip(before, after, strict=True)):
            if network.layers[layer].activation in ("relu", "leaky_relu"):
                seen |= {
                    (layer, int(u), int(s), round(high / until * (points - 1))) for s, u in np.argwhere(old != new)
                }
        before = after
    return seen


CASES = [
    (["relu", "relu", "linear"], [3, 4, 4, 2]),
    (["leaky_relu", "relu", "leaky_relu"], [3, 4, 4, 3]),
    (["relu", "relu", "relu", "relu"], [2, 4, 4, 3, 2]),
    (["linear", "relu", "linear"], [3, 4, 3, 2]),
    (["relu", "tanh", "relu", "linear"], [3, 4, 4, 3, 2]),
]


@pytest.mark.parametrize(("activations", "sizes"), CASES)
@pytest.mark.parametrize("seed", [1, 2])
def test_deeper_layers_against_a_fine_grid(activations, sizes, seed):
    network, along, x = drawn(activations, sizes, 3, seed)
    until, points = 2.0, 4001
    found = find_kinks(network, along, x, until)
    assert found.not_searched == ()
    assert found.count == len(found.first) > 0
    mine = {
        (k.layer, k.unit, k.sample, int(np.ceil(k.learning_rate / until * (points - 1) - 1e-9))) for k in found.first
    }
    # a grid sees no unit that switches there and back between two of its points
    twice = {(k.layer, k.unit, k.sample) for k in found.first} if len(mine) != found.count else set()
    theirs = searched(network, along, x, until, points)
    assert {each for each in mine ^ theirs if each[:3] not in twice} == set()
    theta, v = vector_of(network), vector_of(along)
    for kink in found.first:
        z = forward(with_parameters(network, theta - kink.learning_rate * v), x).z[kink.layer]
        scale = np.abs(z).max() + 1
        assert abs(z[kink.sample, kink.unit]) < 1e-12 * scale


def test_bisection_and_roots_agree():
    network, along, x = drawn(["relu", "relu", "linear"], [3, 4, 4, 2], 4, 5)
    found = find_kinks(network, along, x, 0.5)
    bisected = crossings_between(network, along, x, 0.5 * module.BEYOND, [0, 1])
    assert sorted(bisected) == [pytest.approx((k.learning_rate, k.layer, k.unit, k.sample)) for k in found.first]


def test_what_touches_and_what_stays_at_zero_does_not_switch():
    # the second layer sees nothing once the first is dead, and without bias stays at 0
    network = Network((Layer(np.array([[1.0]]), None, "relu"), Layer(np.array([[1.0]]), None, "relu")))
    along = Network((Layer(np.array([[1.0]]), None, "relu"), Layer(np.array([[0.0]]), None, "relu")))
    found = find_kinks(network, along, np.array([[1.0]]), 3.0)
    assert [(k.learning_rate, k.layer) for k in found.first] == [(1.0, 0), (1.0, 1)]
    # h = (1 − η)², from above: z of the second layer touches 0 at 1
    square = Network((Layer(np.array([[1.0]]), None, "linear"), Layer(np.array([[1.0]]), None, "relu")))
    along = Network((Layer(np.array([[1.0]]), None, "linear"), Layer(np.array([[1.0]]), None, "relu")))
    assert find_kinks(square, along, np.array([[1.0]]), 3.0).count == 0
    assert find_kinks(network, along, np.array([[1.0]]), 0.0).count == 0


def test_many_samples_keep_the_first_ones(monkeypatch):
    network, along, x = drawn(["relu", "linear"], [3, 8, 2], 500, 3)
    whole = find_kinks(network, along, x, 1.0)
    monkeypatch.setattr(module, "CHUNK_ROWS", 70)
    monkeypatch.setattr(module, "MOST_KINKS", 20)
    few = find_kinks(network, along, x, 1.0)
    assert few.first == whole.first[:20]
    assert few.count == whole.count > 20


def test_too_much_work_is_told(monkeypatch):
    network, along, x = drawn(["relu", "relu", "linear"], [3, 4, 4, 2], 50, 3)
    monkeypatch.setattr(module, "MOST_NUMBERS", 500)
    assert find_kinks(network, along, x, 1.0).not_searched == (1,)
    smooth, along, x = drawn(["tanh", "relu", "linear"], [3, 4, 4, 2], 50, 3)
    monkeypatch.setattr("core.landscape.crossings.MOST_BRACKETS", 0)
    assert find_kinks(smooth, along, x, 5.0).not_searched == (1,)
    monkeypatch.setattr("core.landscape.crossings.MOST_NUMBERS", 0)
    assert find_kinks(smooth, along, x, 5.0).not_searched == (1,)


def test_smooth_networks_have_none():
    network, along, x = drawn(["tanh", "linear"], [3, 4, 2], 5, 3)
    assert find_kinks(network, along, x, 5.0).count == 0


def test_flat_and_beyond_the_finite_range():
    flat = Network((Layer(np.zeros((2, 2)), None, "relu"), Layer(np.zeros((3, 2)), None, "linear")))
    found = line(flat, LOSS, ONE_SAMPLE, [0, 1])
    assert (found.best_learning_rate, found.curvature_along_gradient) == (None, None)
    assert found.loss.tolist() == found.parabola.tolist() == [16.5, 16.5]
    assert not np.isfinite(line(two_layers(), LOSS, ONE_SAMPLE, [0, 1e200]).loss[1])


def test_crossings_that_no_number_can_hold_are_left_out():
    network = Network(tuple(Layer(np.full((2, 2), 1e200), None, "relu") for _ in range(2)))
    assert find_kinks(network, network, np.ones((1, 2)), 2.0).count == 2
    # every coefficient of the second layer's polynomials is infinite
    away = Network(tuple(Layer(-layer.W, None, layer.activation) for layer in network.layers))
    assert find_kinks(network, away, np.ones((1, 2)), 2.0).count == 0
