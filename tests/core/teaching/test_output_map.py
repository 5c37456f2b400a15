"""Maps of a network's outputs over the plane, against asking point by point."""

import numpy as np

from core.data.datasets import PLANES, quadratic_targets
from core.network.initializers import initialize
from core.network.layers import forward
from core.teaching.output_map import output_map, outputs_at


def test_the_lecture_asks_for_nine_one_and_minus_six():
    assert quadratic_targets(np.array([[3.0, -1.0]])).tolist() == [[9.0, 1.0, -6.0]]


def test_every_point_is_where_the_axes_say():
    network, _ = initialize("he", 3, (2, 20, 3), ("relu", "linear"), True)
    found = output_map(network, PLANES["quadratic"], 5)
    assert found.x.tolist() == [-10.0, -5.0, 0.0, 5.0, 10.0]
    for i, x2 in enumerate(found.y):
        for j, x1 in enumerate(found.x):
            asked = forward(network, np.array([[x1 / 20, x2 / 20]])).h[-1][0]
            np.testing.assert_allclose(found.outputs[:, i, j], asked, rtol=1e-12)
            assert found.targets[:, i, j].tolist() == [x1**2, x2**2, 2 * x1 * x2]
    np.testing.assert_array_equal(found.errors, found.outputs - found.targets)


def test_many_points_are_asked_in_chunks():
    network, _ = initialize("he", 3, (2, 4, 1), ("tanh", "linear"), True)
    points = np.random.default_rng(0).uniform(-10, 10, (2503, 2))
    np.testing.assert_allclose(outputs_at(network, points, 20.0), forward(network, points / 20).h[-1], rtol=1e-12)
