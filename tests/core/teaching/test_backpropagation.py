"""Every number of one update: the lecture's own, and those that others worked out by hand."""

import numpy as np
import pytest

from core.network.layers import Layer, Network
from core.teaching.backpropagation import compute_update, numbers, row_gradients
from core.training.optimizers import OPTIMIZERS, OptimizerSettings
from tests.core.training.lab_networks import ONE_LAYER, ONE_SAMPLE, two_layers

DESCENT = OptimizerSettings()


def one_layer(network=ONE_LAYER):
    return compute_update(network, "squared_error", DESCENT, 0.1, ONE_SAMPLE.inputs, ONE_SAMPLE.targets)


def softmax_with_cross_entropy():
    """One layer with z = (0, ln 2, ln 5), so ŷ = (1, 2, 5) / 8; the second class is asked for."""
    network = Network((Layer(np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.5]]), np.log([1.0, 2.0, 5.0]), "softmax"),))
    return compute_update(network, "cross_entropy", DESCENT, 0.1, np.zeros((1, 2)), np.array([[0.0, 1.0, 0.0]]))


def test_the_lab_of_slides_35_to_42():
    found = numbers(one_layer())
    [layer], [new] = found["layers"], found["updated"]
    assert layer["pre_activations"].tolist() == layer["activations"].tolist() == [[7, 6, 9]]
    assert found["loss_before"] == found["losses"][0] == 32.5
    assert found["loss_gradient"].tolist() == layer["activation_gradients"].tolist() == [[6, 2, 5]]
    assert layer["activation_derivatives"].tolist() == [[1, 1, 1]]
    assert layer["deltas"].tolist() == [[6, 2, 5]]
    assert layer["weight_gradients"].tolist() == [[6, 12], [2, 4], [5, 10]]
    assert layer["biases"] is layer["bias_gradients"] is None
    np.testing.assert_allclose(new["weights"], [[2.4, 0.8], [3.8, 0.6], [4.5, 1.0]], rtol=1e-15)
    np.testing.assert_allclose(new["pre_activations"], [[4, 5, 6.5]], rtol=1e-15)
    assert found["loss_after"] == found["new_losses"][0] == 8.125


def test_with_a_bias_that_is_trained_the_loss_is_another():
    [layer] = ONE_LAYER.layers
    found = one_layer(Network((Layer(layer.W, np.zeros(3), "relu"),)))
    assert found.gradients.db[0].tolist() == [6, 2, 5]
    assert found.loss_after == pytest.approx(5.2, rel=1e-15)


def test_the_lab_of_slides_50_and_51_jumps():
    found = one_layer(two_layers())
    assert (round(found.loss_before, 4), round(found.loss_after, 4)) == (3.4776, 38.8598)
    np.testing.assert_array_equal(found.dh[0], found.gradients.delta[1] @ found.network.layers[1].W)


@pytest.mark.parametrize("method", OPTIMIZERS)
def test_every_rule_makes_its_first_step(method):
    found = compute_update(
        two_layers(), "squared_error", OptimizerSettings(method), 0.1, ONE_SAMPLE.inputs, ONE_SAMPLE.targets
    )
    assert not found.diverged
    assert (found.updated.layers[1].W != found.network.layers[1].W).any()


def test_rows_before_their_mean():
    x, y = np.array([[1.0, 2.0], [2.0, 0.0]]), np.array([[1.0, 4.0, 4.0], [6.0, 8.0, 9.0]])
    found = compute_update(two_layers(), "squared_error", DESCENT, 0.1, x, y)
    for rows, dW, db in zip(row_gradients(found), found.gradients.dW, found.gradients.db, strict=True):
        np.testing.assert_allclose(rows["weights"].mean(axis=0), dW, rtol=1e-12)
        np.testing.assert_allclose(rows["biases"].mean(axis=0), db, rtol=1e-12)
        np.testing.assert_allclose(rows["weight_sums"][-1] / found.m, dW, rtol=1e-12)
        np.testing.assert_allclose(rows["weight_sums"][0], rows["weights"][0], rtol=1e-12)
        np.testing.assert_allclose(rows["bias_sums"][-1] / found.m, db, rtol=1e-12)


def test_overflow_is_a_result():
    huge = Network((Layer(np.full((3, 2), 1e200), None, "linear"),))
    found = one_layer(huge)
    assert found.diverged
    assert found.loss_before == np.inf
