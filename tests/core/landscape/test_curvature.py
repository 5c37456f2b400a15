"""Eigenvalues: the lecture's labs exactly, and Lanczos against NumPy's own."""

import numpy as np
import pytest

from core.data.datasets import draw_quadratic
from core.landscape.curvature import MOST_ITERATIONS, curvature, lanczos
from core.landscape.hessian import Hessian
from core.network.initializers import initialize
from core.network.layers import Layer, Network
from core.training.advance import advance, begin
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_LAYER, ONE_SAMPLE, two_layers

LOSS = "squared_error"


def test_lab_one_layer_bends_with_the_square_of_x():
    found = curvature(ONE_LAYER, LOSS, ONE_SAMPLE)
    assert found.spectrum.largest == pytest.approx(5, rel=1e-14)
    assert found.spectrum.smallest == pytest.approx(0, abs=1e-13)
    assert found.speed_limit == pytest.approx(0.4)
    # L(η) = 32.5 (1 − 5η)²: its lowest point is at 1/5
    assert found.best_learning_rate == pytest.approx(0.2)
    assert found.curvature_along_gradient == pytest.approx(5)
    assert (found.samples, found.spectrum.iterations) == (1, 2)
    dense = Hessian(ONE_LAYER, LOSS, ONE_SAMPLE).dense()
    np.testing.assert_array_equal(dense, np.kron(np.eye(3), [[1, 2], [2, 4]]))
    np.testing.assert_allclose(np.linalg.eigvalsh(dense), [0, 0, 0, 5, 5, 5], atol=1e-14)


def test_a_trained_bias_adds_one():
    network = Network((Layer(ONE_LAYER.layers[0].W, np.zeros(3), "relu"),))
    assert curvature(network, LOSS, ONE_SAMPLE).spectrum.largest == pytest.approx(6, rel=1e-14)


def test_lab_two_layers_at_its_start_and_dead():
    found = curvature(two_layers(), LOSS, ONE_SAMPLE)
    assert found.spectrum.largest == pytest.approx(46.7803, abs=5e-5)
    assert found.speed_limit == pytest.approx(0.0428, abs=5e-5)
    dense = np.linalg.eigvalsh(Hessian(two_layers(), LOSS, ONE_SAMPLE).dense())
    assert (found.spectrum.smallest, found.spectrum.largest) == pytest.approx((dense[0], dense[-1]), rel=1e-10)
    dead = advance(begin(two_layers(), Recipe(), 0.1, ONE_SAMPLE).state, Recipe(), ONE_SAMPLE, 5).state.network
    assert curvature(dead, LOSS, ONE_SAMPLE).spectrum.largest == pytest.approx(1, rel=1e-14)


def test_lab_of_the_quadratic():
    network, generator = initialize("legacy_normal", 0, [2, 1000, 3], ["relu", "linear"], True)
    data = draw_quadratic(1000, generator)
    found = curvature(network, LOSS, data)
    assert found.spectrum.largest == pytest.approx(317.535, abs=5e-4)
    assert found.spectrum.iterations < MOST_ITERATIONS
    v = found.spectrum.eigenvector
    true_residual = np.linalg.norm(Hessian(network, LOSS, data).product(v) - found.spectrum.largest * v)
    assert true_residual < 1e-6
    assert true_residual == pytest.approx(found.spectrum.residual, abs=1e-6)


def test_lanczos_against_numpy_signs_included():
    generator = np.random.default_rng(1)
    for size in (1, 2, 7, 60):
        for shift in (-9.0, 0.0, 9.0):
            half = generator.standard_normal((size, size))
            matrix = half + half.T + shift * np.eye(size)
            expected = np.linalg.eigvalsh(matrix)
            found = lanczos(lambda v, matrix=matrix: matrix @ v, size, 1e-12)
            assert (found.smallest, found.largest) == pytest.approx((expected[0], expected[-1]), rel=1e-9)
            assert np.linalg.norm(found.eigenvector) == pytest.approx(1)
            np.testing.assert_allclose(matrix @ found.eigenvector, found.largest * found.eigenvector, atol=1e-8)


def test_a_good_start_saves_products():
    generator = np.random.default_rng(2)
    basis, _ = np.linalg.qr(generator.standard_normal((200, 200)))
    matrix = (basis * np.concatenate([np.linspace(0, 1, 199), [5.0]])) @ basis.T
    cold = lanczos(lambda v: matrix @ v, 200, 1e-4)
    warm = lanczos(lambda v: matrix @ v, 200, 1e-4, start=basis[:, -1])
    assert warm.iterations <= cold.iterations
    assert warm.largest == pytest.approx(5)
    followed = lanczos(lambda v: matrix @ v, 200, 1e-4, start=basis[:, -1], both_ends=False)
    assert followed.iterations < 10
    assert followed.largest == pytest.approx(5, rel=1e-6)


def test_no_curvature_and_no_gradient():
    network = Network((Layer(np.zeros((2, 2)), None, "relu"), Layer(np.zeros((3, 2)), None, "linear")))
    found = curvature(network, LOSS, ONE_SAMPLE)
    assert found.spectrum.largest == 0
    assert (found.speed_limit, found.best_learning_rate, found.curvature_along_gradient) == (None, None, None)
    assert found.gradient_norm == 0


def test_numbers_beyond_the_finite_range_are_a_result():
    network = Network((Layer(np.full((3, 2), 1e200), None, "linear"), Layer(np.full((3, 3), 1e200), None, "linear")))
    assert np.isnan(curvature(network, LOSS, ONE_SAMPLE).spectrum.largest)


def test_float32_is_as_exact_as_its_numbers():
    network, _ = initialize("legacy_normal", 0, [2, 3, 3], ["relu", "linear"], True, "float32")
    assert curvature(network, LOSS, ONE_SAMPLE).spectrum.largest == pytest.approx(46.7803, rel=1e-5)
