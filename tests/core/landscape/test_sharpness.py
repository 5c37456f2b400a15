"""λ with few products, and up to which λ an update rule is stable."""

import numpy as np
import pytest

from core.data.samples import Data
from core.landscape.curvature import curvature
from core.landscape.sharpness import sharpness, stability_threshold
from core.network.initializers import initialize
from core.training.optimizers import OptimizerSettings


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_it_is_the_largest_eigenvalue_and_a_direction_near_it_saves_products(activation):
    generator = np.random.default_rng(3)
    network, _ = initialize("xavier", 1, [6, 20, 4], [activation, "linear"], True)
    data = Data(generator.standard_normal((40, 6)), generator.standard_normal((40, 4)))
    exact = curvature(network, "squared_error", data).spectrum
    found = sharpness(network, "squared_error", data)
    assert found.largest == pytest.approx(exact.largest, rel=1e-8)
    assert abs(found.eigenvector @ exact.eigenvector) == pytest.approx(1, abs=1e-8)
    again = sharpness(network, "squared_error", data, found.eigenvector)
    assert again.largest == pytest.approx(exact.largest, rel=1e-8)
    assert again.iterations < found.iterations


@pytest.mark.parametrize(
    ("method", "hyperparameters"), [("gradient_descent", {}), ("momentum", {}), ("momentum", {"momentum": 0.3})]
)
def test_beyond_the_threshold_a_parabola_throws_the_rule_out(method, hyperparameters):
    rule, eta = OptimizerSettings(method, hyperparameters), 0.1
    threshold = stability_threshold(rule, eta)

    def end(curvature_there):
        theta = np.array([1.0])
        memory = rule.start(theta)
        for k in range(1, 2001):
            theta, memory = rule.update(theta, curvature_there * theta, memory, k, eta)
        return abs(float(theta[0]))

    assert end(0.99 * threshold) < 1e-3
    assert end(1.01 * threshold) > 1e3


@pytest.mark.parametrize(("method", "eta"), [("adam", 0.1), ("nesterov", 0.1), ("gradient_descent", 0.0)])
def test_other_rules_have_none(method, eta):
    assert stability_threshold(OptimizerSettings(method), eta) is None
