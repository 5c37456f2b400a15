"""Starting weights: the lecture's own, and the variances that the papers ask for."""

import numpy as np
import pytest

from core.data.datasets import draw_quadratic
from core.network.initializers import initialize

TWO = (["relu", "linear"], True)


def test_legacy_normal_is_numpys_global_generator_in_the_lectures_order():
    lecture = np.random.RandomState(0)
    W1, W2, x = lecture.randn(1000, 2), lecture.randn(3, 1000), lecture.uniform(-10, 10, size=(1000, 2))
    network, generator = initialize("legacy_normal", 0, [2, 1000, 3], *TWO)
    data = draw_quadratic(1000, generator)
    np.testing.assert_array_equal(network.layers[0].W, W1)
    np.testing.assert_array_equal(network.layers[1].W, W2)
    np.testing.assert_array_equal(data.inputs, x / 20)
    np.testing.assert_array_equal(data.targets[:, 2], 2 * x[:, 0] * x[:, 1])
    assert not network.layers[0].b.any()


@pytest.mark.parametrize(("method", "variance"), [("normal", 1), ("xavier", 2 / 500), ("he", 2 / 300), ("zeros", 0)])
def test_variance(method, variance):
    network, _ = initialize(method, 1, [300, 200], ["relu"], False)
    assert network.layers[0].W.var() == pytest.approx(variance, rel=0.02)
    assert network.layers[0].b is None


def test_a_seed_gives_the_same_start_again():
    first, second = (initialize("he", 5, [4, 3], ["relu"], True)[0] for _ in range(2))
    np.testing.assert_array_equal(first.layers[0].W, second.layers[0].W)
    assert first.layer_sizes == (4, 3)
    assert first.parameter_count == 15
