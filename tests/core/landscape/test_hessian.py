"""Hessian-vector products against differences of the gradient, symmetry, and autograd."""

import numpy as np
import pytest

from core.data.samples import Data
from core.errors import LimitExceeded
from core.landscape import hessian as module
from core.landscape.hessian import Hessian
from core.landscape.vectors import gradient_vector, vector_of, with_parameters
from core.network.initializers import initialize
from core.network.layers import backward, forward
from tests.core.network.pairs import grid

GRID = grid([1, 2, 3], [True, False])


def draw(activation, depth, bias, m=5, seed=3):
    network, _ = initialize("xavier", seed, [3, *([4] * (depth - 1)), 3], [activation] * depth, bias)
    generator = np.random.default_rng(seed)
    return network, Data(generator.normal(size=(m, 3)), generator.dirichlet(np.ones(3), size=m)), generator


def gradient_at(network, loss, data, vector):
    there = with_parameters(network, vector)
    return gradient_vector(backward(there, loss, forward(there, data.inputs), data.targets))


@pytest.mark.parametrize(("activation", "loss", "depth", "bias"), GRID)
def test_products_agree_with_differences_of_the_gradient(activation, loss, depth, bias):
    network, data, generator = draw(activation, depth, bias)
    hessian = Hessian(network, loss, data)
    theta, v = vector_of(network), generator.standard_normal(network.parameter_count)
    np.testing.assert_allclose(hessian.gradient, gradient_at(network, loss, data, theta), rtol=1e-12)
    h = 1e-5
    ahead, behind = (gradient_at(network, loss, data, theta + sign * h * v) for sign in (1, -1))
    np.testing.assert_allclose(hessian.product(v), (ahead - behind) / (2 * h), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(("activation", "loss", "depth", "bias"), GRID)
def test_the_dense_hessian_is_symmetric(activation, loss, depth, bias):
    network, data, _ = draw(activation, depth, bias)
    dense = Hessian(network, loss, data).dense()
    assert dense.shape == (network.parameter_count,) * 2
    np.testing.assert_allclose(dense, dense.T, atol=1e-14)


@pytest.mark.parametrize("kept", [0, 10**9])
def test_chunks_add_up(monkeypatch, kept):
    network, data, generator = draw("tanh", 3, True, m=25)
    v = generator.standard_normal(network.parameter_count)
    whole = Hessian(network, "squared_error", data)
    monkeypatch.setattr(module, "CHUNK_ROWS", 7)
    monkeypatch.setattr(module, "MOST_KEPT", kept)
    chunked = Hessian(network, "squared_error", data)
    assert len(chunked._kept) == (4 if kept else 0)
    np.testing.assert_allclose(chunked.product(v), whole.product(v), rtol=1e-12)
    np.testing.assert_allclose(chunked.gradient, whole.gradient, rtol=1e-12)


def test_the_dense_hessian_has_a_limit():
    network, _ = initialize("he", 0, [20, 40], ["relu"], True)
    with pytest.raises(LimitExceeded, match="840 parameters"):
        Hessian(network, "squared_error", Data(np.zeros((1, 20)), np.zeros((1, 40)))).dense()


def test_vectors_there_and_back():
    network, _, _ = draw("tanh", 3, True)
    vector = vector_of(network)
    np.testing.assert_array_equal(vector_of(with_parameters(network, vector)), vector)
