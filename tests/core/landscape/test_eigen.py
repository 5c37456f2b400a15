"""The Hessian of one layer is I ⊗ xxᵀ: eigenvalues 5, 5, 5, 0, 0, 0, each about one unit."""

import numpy as np

from core.landscape.eigen import blocks_of, eigen
from core.landscape.hessian import Hessian
from core.network.layers import Layer, Network
from tests.core.training.lab_networks import ONE_LAYER, ONE_SAMPLE


def test_the_lecture_s_layer() -> None:
    x = np.array([1.0, 2.0])
    dense = Hessian(ONE_LAYER, "squared_error", ONE_SAMPLE).dense()
    np.testing.assert_array_equal(dense, np.kron(np.eye(3), np.outer(x, x)))
    found = eigen(dense)
    np.testing.assert_allclose(found.values, [5, 5, 5, 0, 0, 0], atol=1e-15)
    assert found.blocks == ((0, 1), (2, 3), (4, 5))
    # along x it learns, across it nothing happens
    for k in range(3):
        np.testing.assert_allclose(found.vectors[k].reshape(3, 2)[k], x / np.sqrt(5), atol=1e-15)
        np.testing.assert_allclose(
            np.abs(found.vectors[3 + k]).reshape(3, 2)[k], np.array([2, 1]) / np.sqrt(5), atol=1e-15
        )


def test_with_biases_and_a_shut_unit() -> None:
    W = np.array([[3.0, 2.0], [4.0, 1.0], [-5.0, 1.0]])
    found = eigen(Hessian(Network((Layer(W, np.zeros(3), "relu"),)), "squared_error", ONE_SAMPLE).dense())
    # ‖x‖² + 1 for each open unit: weights and bias of one unit hang together, those of the shut one do not move at all
    np.testing.assert_allclose(found.values, [6, 6] + [0] * 7, atol=1e-14)
    assert found.blocks[:2] == ((0, 1, 6), (2, 3, 7))
    np.testing.assert_allclose(found.vectors[0][[0, 1, 6]], np.array([1, 2, 1]) / np.sqrt(6), atol=1e-15)


def test_any_symmetric_matrix() -> None:
    rng = np.random.default_rng(0)
    a = rng.normal(size=(7, 7))
    matrix = np.zeros((9, 9))
    matrix[:7, :7] = a + a.T
    found = eigen(matrix)
    np.testing.assert_allclose(found.values, np.sort(np.linalg.eigvalsh(matrix))[::-1], atol=1e-12)
    np.testing.assert_allclose(found.vectors.T @ np.diag(found.values) @ found.vectors, matrix, atol=1e-12)
    np.testing.assert_allclose(found.vectors @ found.vectors.T, np.eye(9), atol=1e-12)
    assert blocks_of(matrix) == ((0, 1, 2, 3, 4, 5, 6), (7,), (8,))
