"""MNIST training against an autograd that is not ours, and against the lecture's printed numbers."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from platformdirs import user_data_path

from core.data import mnist
from core.data.datasets import DataSpec, load
from core.errors import InvalidInput
from core.network.initializers import initialize
from core.network.layers import parameters
from core.training.advance import advance, begin
from core.training.state import Recipe

DATA_DIR = user_data_path("downhill")
pytestmark = [
    pytest.mark.mnist,
    pytest.mark.skipif(mnist.status(DATA_DIR) != "ready", reason="MNIST is not here; get it: downhill fetch mnist"),
]


def start(method, learning_rate, dtype, spec=None, recipe=None):
    network, generator = initialize(method, 0, [784, 32, 10], ["relu", "linear"], True, dtype)
    data = load(spec or DataSpec("mnist"), DATA_DIR, generator, dtype)
    return data, begin(network, recipe or Recipe(), learning_rate, data)


def test_eight_full_batch_steps_agree_with_autograd():
    data, progress = start("he", 0.05, "float64")
    x, y = data.inputs.astype(np.float64), data.targets

    def objective(thetas):
        W1, b1, W2, b2 = thetas
        h = anp.maximum(anp.dot(x, W1.T) + b1, 0)
        return anp.sum((anp.dot(h, W2.T) + b2 - y) ** 2) / (2 * len(y))

    gradient, thetas, losses = autograd.value_and_grad(objective), list(parameters(progress.state.network)), []
    for _ in range(8):
        loss, slopes = gradient(thetas)
        losses.append(loss)
        thetas = [theta - 0.05 * slope for theta, slope in zip(thetas, slopes, strict=True)]
    ours = advance(progress.state, Recipe(), data, 8)
    np.testing.assert_allclose([record.loss_before for record in ours.records], losses, rtol=1e-10)
    for a, b in zip(parameters(ours.state.network), thetas, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-7, atol=1e-10)


def test_the_lectures_recipe_starts_at_75012():
    _, progress = start("legacy_normal", 0.0005, "float64", DataSpec("mnist", constant_pixels="amplify"))
    assert progress.state.loss == pytest.approx(75012, abs=1)


def test_one_test_digit_has_ink_where_training_never_has():
    letter = start("he", 0.05, "float32", DataSpec("mnist", constant_pixels="amplify"))[0].test.inputs
    ignored = start("he", 0.05, "float32")[0].test.inputs
    assert (np.abs(letter) > 1000).any(axis=1).sum() == 1
    assert np.abs(ignored).max() < 1000


def test_it_learns_in_float32():
    data, progress = start("he", 0.05, "float32")
    assert (len(data.inputs), len(data.test.inputs)) == (60_000, 10_000)
    evaluations = advance(progress.state, Recipe(), data, 10).evaluations
    assert evaluations[-1].train_loss < evaluations[0].train_loss / 3
    assert evaluations[-1].test_accuracy > 0.3


def test_samples_may_be_fewer_but_not_more():
    assert len(load(DataSpec("mnist", 500), DATA_DIR, np.random.default_rng(0)).inputs) == 500
    with pytest.raises(InvalidInput, match="60000"):
        load(DataSpec("mnist", 60_001), DATA_DIR, np.random.default_rng(0))
    with pytest.raises(InvalidInput, match="Known"):
        load(DataSpec("cifar"), DATA_DIR, np.random.default_rng(0))
