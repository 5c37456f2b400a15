"""The lab of slides 55-56 against its own formulas, and its question at the end."""

import numpy as np
import pytest

from core.data.datasets import DataSpec, load
from core.network.initializers import initialize
from core.network.layers import forward
from core.training.advance import advance, begin
from core.training.state import Recipe


def test_it_moves_as_the_lectures_script_does(tmp_path):
    network, generator = initialize("legacy_normal", 0, [2, 1000, 3], ["relu", "linear"], True)
    data = load(DataSpec("quadratic"), tmp_path, generator)
    progress = advance(begin(network, Recipe(), 0.01, data).state, Recipe(), data, 300)

    W1, W2, b1, b2 = network.layers[0].W, network.layers[1].W, np.zeros(1000), np.zeros(3)
    losses, m = [], 1000
    for _ in range(300):
        z1 = data.inputs @ W1.T + b1
        h = np.maximum(0.0, z1)
        difference = h @ W2.T + b2 - data.targets
        losses.append(0.5 / m * np.sum(difference**2))
        delta = (difference @ W2) * (z1 > 0)
        W2, b2 = W2 - 0.01 * (difference.T @ h) / m, b2 - 0.01 * difference.mean(axis=0)
        W1, b1 = W1 - 0.01 * (delta.T @ data.inputs) / m, b1 - 0.01 * delta.mean(axis=0)
    np.testing.assert_allclose([record.loss_before for record in progress.records], losses, rtol=1e-8)
    answer = forward(progress.state.network, np.array([[3 / 20, -1 / 20]])).h[-1][0]
    assert answer[0] == pytest.approx(9, abs=6)
    assert answer[2] < 0
