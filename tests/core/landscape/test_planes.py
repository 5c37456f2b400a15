"""The grid against one forward pass a point, for every activation and loss; bounded memory; clipped numbers."""

import tracemalloc

import numpy as np
import pytest

from core.data.samples import Data
from core.landscape import planes as module
from core.landscape.planes import Grid, Plane, grid_losses
from core.landscape.samples import spread
from core.landscape.vectors import vector_of, with_parameters
from core.network.initializers import initialize
from core.network.layers import forward, mean_loss
from core.training.advance import begin
from core.training.state import Recipe
from tests.core.network.pairs import PAIRS, grid
from tests.core.training.lab_networks import ONE_SAMPLE, two_layers

A, B = np.linspace(-1, 1, 5), np.linspace(-0.5, 2, 4)


def draw(activation, depth, bias, m=7, precision="float64"):
    network, _ = initialize("xavier", 1, [3, *([4] * (depth - 1)), 3], [activation] * depth, bias, precision)
    generator = np.random.default_rng(2)
    data = Data(generator.normal(size=(m, 3)), generator.dirichlet(np.ones(3), size=m))
    u, v = generator.normal(size=(2, network.parameter_count))
    return Plane(network, u, v, A, B), data


def directly(plane, loss, data):
    theta = vector_of(plane.network)

    def at(a, b):
        there = with_parameters(plane.network, theta + a * plane.u + b * plane.v)
        return mean_loss(loss, forward(there, data.inputs).h[-1], data.targets.astype(there.dtype))

    return np.array([[at(a, b) for a in plane.a] for b in plane.b])


@pytest.mark.parametrize(("activation", "loss", "depth", "bias"), grid([1, 2, 3], [True, False]))
def test_every_point_is_the_loss_there(activation, loss, depth, bias):
    plane, data = draw(activation, depth, bias)
    np.testing.assert_allclose(grid_losses(plane, loss, data), directly(plane, loss, data), rtol=1e-10)


@pytest.mark.parametrize(("activation", "loss"), [pair for pair in PAIRS if pair[0] in ("relu", "tanh", "softmax")])
def test_in_float32(activation, loss):
    plane, data = draw(activation, 2, True, precision="float32")
    np.testing.assert_allclose(grid_losses(plane, loss, data), directly(plane, loss, data), rtol=1e-5)


def test_chunks_add_up_and_tell_how_far_they_are(monkeypatch):
    plane, data = draw("relu", 2, True, m=25)
    whole = grid_losses(plane, "squared_error", data)
    monkeypatch.setattr(module, "chunk_rows", lambda network: 7)
    grid = Grid(plane, "squared_error", data)
    assert list(grid.pieces()) == pytest.approx(np.arange(1, 17) / 16)
    np.testing.assert_allclose(grid.losses, whole, rtol=1e-12)


def test_the_center_is_the_loss_of_the_run():
    plane = Plane(two_layers(), np.ones(21), np.arange(21.0), np.array([0.0]), np.array([0.0]))
    assert grid_losses(plane, "squared_error", ONE_SAMPLE)[0, 0] == pytest.approx(
        begin(two_layers(), Recipe(), 0.1, ONE_SAMPLE).state.loss, rel=1e-14
    )


def test_memory_does_not_grow_with_the_samples():
    network, _ = initialize("he", 0, [3, 8, 3], ["relu", "linear"], True)
    peaks = []
    for m in (2000, 20_000):
        generator = np.random.default_rng(0)
        data = Data(generator.normal(size=(m, 3)), generator.normal(size=(m, 3)))
        plane = Plane(network, np.ones(59), np.ones(59), A, B)
        tracemalloc.start()
        grid_losses(plane, "squared_error", data)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]


def test_what_no_number_can_hold_is_not_finite():
    plane = Plane(two_layers(), np.ones(21), np.ones(21), np.array([0.0, 1e200]), np.array([0.0]))
    losses = grid_losses(plane, "squared_error", ONE_SAMPLE)
    assert np.isfinite(losses).tolist() == [[True, False]]


def test_samples_are_spread_evenly():
    data = Data(np.arange(10.0)[:, None], np.arange(10.0)[:, None], np.arange(10))
    assert spread(data, 4).labels.tolist() == [0, 2, 5, 7]
    assert len(spread(data, 10).inputs) == len(spread(data, 99).inputs) == 10
