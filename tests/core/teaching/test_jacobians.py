"""The chain as it is told: the issue's example to the number, labels, costs, and what is too large to be sent."""

import numpy as np
import pytest

from core.network.activations import ACTIVATIONS
from core.network.initializers import initialize
from core.teaching.backpropagation import compute_update
from core.teaching.jacobians import costs, jacobians, size
from core.training.optimizers import OptimizerSettings
from tests.core.teaching.test_backpropagation import one_layer, softmax_with_cross_entropy
from tests.core.training.lab_networks import two_layers


def test_one_layer_of_two_inputs_and_three_units():
    told = jacobians(one_layer(), 0)
    assert (told["sample"], told["step"], told["note"]) == (0, 0, None)
    [layer] = told["layers"]
    assert [factor["name"] for factor in layer["factors"]] == ["dL/dy_hat", "dy_hat/dz", "dz/dW"]
    assert [factor["values"].tolist() for factor in layer["factors"][:2]] == [[[6, 2, 5]], np.eye(3).tolist()]
    assert layer["factors"][2]["rows"] == ("z₁", "z₂", "z₃")
    assert layer["factors"][2]["columns"] == ("w₁₁", "w₁₂", "w₂₁", "w₂₂", "w₃₁", "w₃₂")
    assert layer["row"]["shape"] == [1, 6]
    assert layer["row"]["values"].tolist() == [[6, 12, 2, 4, 5, 10]]
    assert layer["reshaped"]["values"].tolist() == layer["outer_product"].tolist() == [[6, 12], [2, 4], [5, 10]]
    assert (layer["delta"].tolist(), layer["input"].tolist()) == ([6, 2, 5], [1, 2])
    assert layer["max_difference"] == 0
    assert layer["cost"] == {
        "multiplications_left_to_right": 27,
        "right_to_left": 72,
        "sparse": 9,
        "collapsed": 9,
        "numbers_explicit": 30,
        "numbers_collapsed": 5,
        "nonzero": 12,
    }
    assert layer["bias"] is None
    assert told["collapse"] is None


def test_softmax_with_cross_entropy_collapses_to_a_difference():
    """ŷ = (1, 2, 5) / 8 and y = (0, 1, 0): −y/ŷ = (0, −4, 0) picks one row of diag(ŷ) − ŷᵀŷ, four times too large."""
    told = jacobians(softmax_with_cross_entropy(), 0)
    loss, activation, _ = told["layers"][0]["factors"]
    np.testing.assert_allclose(loss["values"], [[0, -4, 0]], rtol=1e-15)
    expected = np.array([[7, -2, -5], [-2, 12, -10], [-5, -10, 15]]) / 64
    np.testing.assert_allclose(activation["values"], expected, rtol=1e-14)
    np.testing.assert_allclose(activation["values"].sum(axis=1), 0, atol=1e-16)
    collapse = told["collapse"]
    assert collapse["latex"] == r"\frac{dL}{dz} = \hat{y} - y"
    for name in ("product", "values"):
        np.testing.assert_allclose(collapse[name], [1 / 8, -6 / 8, 5 / 8], rtol=1e-14)
    assert abs(collapse["sum"]) < 1e-15
    assert collapse["max_difference"] < 1e-15
    np.testing.assert_allclose(told["layers"][0]["delta"], collapse["values"], rtol=1e-14)
    # 3 · 3 + 3 · 18 as they stand, 3 · 3 + 3 · 2 without zeros, and 3 · 2 with δ = ŷ − y
    cost = told["layers"][0]["cost"]
    assert [cost[name] for name in ("multiplications_left_to_right", "sparse", "collapsed")] == [27, 15, 6]


@pytest.mark.parametrize("y", [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
def test_the_collapse_of_a_deeper_network_in_a_batch(y):
    network, _ = initialize("xavier", 1, [2, 4, 3], ["tanh", "softmax"], True)
    x = np.random.default_rng(5).normal(size=(2, 2))
    found = compute_update(network, "cross_entropy", OptimizerSettings(), 0.1, x, np.array([y, y[::-1]]))
    for sample in range(2):
        told = jacobians(found, sample)
        np.testing.assert_allclose(told["collapse"]["values"], found.passed.h[-1][sample] - found.y[sample])
        np.testing.assert_allclose(told["collapse"]["product"], told["layers"][1]["delta"], atol=1e-15)
        assert told["collapse"]["latex"] == r"\frac{\partial L}{\partial z_{2}} = \hat{y} - y"
        assert max(layer["max_difference"] for layer in told["layers"]) < 1e-15


def test_two_layers_have_the_five_pieces_of_slide_45():
    first, second = jacobians(one_layer(two_layers()), 0)["layers"]
    names = ["dL/dy_hat", "dy_hat/dz2", "dz2/dh1", "dh1/dz1", "dz1/dW1"]
    assert [factor["name"] for factor in first["factors"]] == names
    assert [factor["structure"] for factor in first["factors"]] == ["row", "diagonal", "weights", "diagonal", "blocks"]
    assert [product["name"] for product in first["products"]] == ["dL/dz2", "dL/dh1", "dL/dz1", "dL/dW1"]
    assert first["factors"][2]["columns"] == ("h⁽¹⁾₁", "h⁽¹⁾₂", "h⁽¹⁾₃")
    assert first["bias"]["factor"]["name"] == "dz1/db1"
    assert first["bias"]["row"]["values"].tolist() == [first["delta"].tolist()]
    assert len(second["factors"]) == 3


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_batch_is_the_mean_of_its_chains(activation):
    network, _ = initialize("xavier", 1, [3, 4, 2], [activation, activation], True)
    generator = np.random.default_rng(5)
    x, y = generator.normal(size=(4, 3)), generator.normal(size=(4, 2))
    found = compute_update(network, "squared_error", OptimizerSettings(), 0.1, x, y)
    told = [jacobians(found, sample) for sample in range(4)]
    assert "1/m" in told[0]["note"]
    for index, (dW, db) in enumerate(zip(found.gradients.dW, found.gradients.db, strict=True)):
        layers = [each["layers"][index] for each in told]
        assert max(layer["max_difference"] for layer in layers) < 1e-15
        np.testing.assert_allclose(np.mean([layer["reshaped"]["values"] for layer in layers], axis=0), dW, atol=1e-15)
        np.testing.assert_allclose(np.mean([layer["bias"]["row"]["values"][0] for layer in layers], axis=0), db)


def count(told):
    """How many numbers an answer holds."""
    if isinstance(told, np.ndarray):
        return told.size
    if isinstance(told, dict | list):
        return sum(map(count, told.values() if isinstance(told, dict) else told))
    return 0


@pytest.mark.parametrize("sizes", [[2, 3], [2, 3, 3], [4, 3, 5, 2], [784, 128, 10]])
def test_the_size_of_an_answer_is_known_before(sizes):
    network, _ = initialize("he", 0, sizes, ["relu"] * (len(sizes) - 1), True)
    x, y = np.ones((1, sizes[0])), np.ones((1, sizes[-1]))
    told = jacobians(compute_update(network, "squared_error", OptimizerSettings(), 0.1, x, y), 0)
    assert 0.4 * count(told) <= size(sizes) <= 1.3 * count(told)


def test_costs_are_those_of_the_real_chains():
    sizes = [4, 3, 5, 2]
    network, _ = initialize("he", 0, sizes, ["relu"] * 3, True)
    found = compute_update(network, "squared_error", OptimizerSettings(), 0.1, np.ones((1, 4)), np.ones((1, 2)))
    known = ("name", "latex", "shape", "structure", "numbers", "nonzero", "bytes")
    for told, real in zip(costs(sizes)["layers"], jacobians(found, 0)["layers"], strict=True):
        assert told["cost"] == real["cost"]
        for a, b in zip(told["factors"], real["factors"], strict=True):
            assert {name: a[name] for name in known} == {name: b[name] for name in known}


def test_mnist_says_why_its_matrix_is_not_sent():
    factor = costs([784, 128])["layers"][0]["factors"][-1]
    assert (factor["shape"], factor["numbers"]) == ([128, 100_352], 12_845_056)
    assert factor["why_no_values"].startswith("12 845 056 numbers, 103 MB a sample")
