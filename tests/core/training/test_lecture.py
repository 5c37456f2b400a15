"""The lecture's own numbers, slide by slide."""

import numpy as np
import pytest

from core.network.layers import Layer, Network, backward, forward, mean_loss
from core.training.advance import advance, begin, trace
from core.training.diagnostics import diagnose
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_LAYER, ONE_SAMPLE, two_layers


def test_lab_one_layer_forward_and_gradients():
    passed = forward(ONE_LAYER, ONE_SAMPLE.inputs)
    gradients = backward(ONE_LAYER, "squared_error", passed, ONE_SAMPLE.targets)
    assert passed.z[0].tolist() == [[7, 6, 9]]
    assert passed.h[1].tolist() == [[7, 6, 9]]
    assert mean_loss("squared_error", passed.h[-1], ONE_SAMPLE.targets) == 32.5
    assert gradients.dloss.tolist() == [[6, 2, 5]]
    assert gradients.delta[0].tolist() == [[6, 2, 5]]
    assert gradients.dW[0].tolist() == [[6, 12], [2, 4], [5, 10]]
    assert gradients.db == (None,)


def test_lab_one_layer_update_and_new_loss():
    start = begin(ONE_LAYER, Recipe(), 0.1, ONE_SAMPLE).state
    progress = advance(start, Recipe(), ONE_SAMPLE, 1)
    np.testing.assert_allclose(progress.state.network.layers[0].W, [[2.4, 0.8], [3.8, 0.6], [4.5, 1.0]], rtol=1e-15)
    assert progress.records[0].loss_before == 32.5
    assert progress.records[0].loss_after == pytest.approx(8.125, rel=1e-15)
    assert trace(progress.state, Recipe(), ONE_SAMPLE)[0].z[0] == pytest.approx(np.array([[4, 5, 6.5]]))


def test_a_trained_bias_would_give_another_loss():
    with_bias = Network((Layer(ONE_LAYER.layers[0].W, np.zeros(3), "relu"),))
    start = begin(with_bias, Recipe(), 0.1, ONE_SAMPLE).state
    assert advance(start, Recipe(), ONE_SAMPLE, 1).state.loss == pytest.approx(5.2)


def test_lab_two_layers_prints_the_losses_of_slide_51():
    start = begin(two_layers(), Recipe(), 0.1, ONE_SAMPLE).state
    losses = [record.loss_before for record in advance(start, Recipe(), ONE_SAMPLE, 20).records]
    assert [f"{loss:.4f}" for loss in losses[:4]] == ["3.4776", "38.8598", "20.0820", "16.2665"]
    assert [f"{loss:.4f}" for loss in losses[-2:]] == ["0.6896", "0.5585"]


def test_lab_two_layers_overshoots_and_dies():
    start = begin(two_layers(), Recipe(), 0.1, ONE_SAMPLE).state
    progress = advance(start, Recipe(), ONE_SAMPLE, 20)
    overshot, dead = diagnose(progress.state.observations)
    assert (overshot.kind, overshot.step, overshot.details["count"]) == ("overshot", 1, 1)
    assert (dead.kind, dead.step, dead.details["since"]) == ("dead_units", 2, [2, 2, 0])
    assert "3 of 3 hidden units are dead since epoch 2" in dead.message
    ratios = [record.loss_after / record.loss_before for record in progress.records[2:]]
    assert ratios == pytest.approx([0.81] * 18)


def test_delta_uses_the_weights_before_the_update():
    network = two_layers()
    passed = forward(network, ONE_SAMPLE.inputs)
    gradients = backward(network, "squared_error", passed, ONE_SAMPLE.targets)
    expected = (gradients.delta[1] @ network.layers[1].W) * (passed.z[0] > 0)
    np.testing.assert_array_equal(gradients.delta[0], expected)


def test_relu_derivative_at_zero_is_zero():
    network = Network((Layer(np.zeros((2, 2)), None, "relu"),))
    passed = forward(network, np.ones((1, 2)))
    assert backward(network, "squared_error", passed, np.ones((1, 2))).delta[0].tolist() == [[0, 0]]
