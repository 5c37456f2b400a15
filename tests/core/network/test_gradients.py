"""Gradients against oracles that are not ours: central differences and autograd."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.network.activations import ACTIVATIONS, LEAK
from core.network.gradient_check import check
from core.network.initializers import INITIALIZATIONS, initialize
from core.network.layers import Layer, Network, backward, forward, mean_loss, parameters
from core.network.losses import LOSSES
from tests.core.network.pairs import grid

AUTOGRAD_ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: anp.maximum(z, 0),
    "leaky_relu": lambda z: anp.where(z > 0, z, LEAK * z),
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
}
AUTOGRAD_LOSSES = {
    "squared_error": lambda o, y: 0.5 * anp.sum((o - y) ** 2) / len(y),
    "softmax_cross_entropy": lambda o, y: (
        -anp.sum(y * (o - anp.log(anp.sum(anp.exp(o), axis=1, keepdims=True)))) / len(y)
    ),
    "cross_entropy": lambda o, y: -anp.sum(y * anp.log(o)) / len(y),
}
GRID = grid([1, 2, 4], [True, False], [1, 5])  # activation, loss, depth, bias, batch


def draw(activation, depth, bias, m, seed=3):
    sizes = [3, *([4] * (depth - 1)), 3]
    network, _ = initialize("xavier", seed, sizes, [activation] * depth, bias)
    generator = np.random.default_rng(seed)
    return network, generator.normal(size=(m, 3)), generator.dirichlet(np.ones(3), size=m)


@pytest.mark.parametrize(("activation", "loss", "depth", "bias", "m"), GRID)
def test_backward_agrees_with_central_differences(activation, loss, depth, bias, m):
    network, x, y = draw(activation, depth, bias, m)
    result = check(network, loss, x, y)
    assert result.passed, result.worst
    assert result.checked > 0
    assert result.checked + result.skipped == network.parameter_count


@pytest.mark.parametrize(("activation", "loss", "depth", "bias", "m"), GRID)
def test_backward_agrees_with_autograd(activation, loss, depth, bias, m):
    network, x, y = draw(activation, depth, bias, m)

    def objective(thetas):
        left, h = list(thetas), x
        for layer in network.layers:
            z = anp.dot(h, left.pop(0).T)
            h = AUTOGRAD_ACTIVATIONS[activation](z if layer.b is None else z + left.pop(0))
        return AUTOGRAD_LOSSES[loss](h, y)

    expected = autograd.grad(objective)(list(parameters(network)))
    gradients = backward(network, loss, forward(network, x), y)
    ours = [g for pair in zip(gradients.dW, gradients.db, strict=True) for g in pair if g is not None]
    for a, b in zip(ours, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("m", [1, 6])
def test_cross_entropy_after_softmax_is_the_fused_loss_on_the_logits(m):
    """Two ways to one number: −y/ŷ through softmax's Jacobian, and softmax(z) − y at once."""
    network, x, y = draw("softmax", 2, True, m)
    logits = Network((network.layers[0], Layer(network.layers[1].W, network.layers[1].b, "linear")))
    apart, fused = forward(network, x), forward(logits, x)
    assert mean_loss("cross_entropy", apart.h[-1], y) == pytest.approx(
        mean_loss("softmax_cross_entropy", fused.h[-1], y), rel=1e-14
    )
    ours, theirs = backward(network, "cross_entropy", apart, y), backward(logits, "softmax_cross_entropy", fused, y)
    for a, b in zip((*ours.delta, *ours.dW, *ours.db), (*theirs.delta, *theirs.dW, *theirs.db), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(ours.delta[-1], apart.h[-1] - y, atol=1e-15)
    np.testing.assert_allclose(ours.delta[-1].sum(axis=1), 0, atol=1e-15)


def test_an_output_without_a_target_is_not_in_the_cross_entropy():
    y_hat, y = np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 1.0, 0.0]])
    loss = LOSSES["cross_entropy"]
    assert loss.f(y_hat, y).tolist() == [0]
    assert loss.derivative(y_hat, y).tolist() == [[0, -1, 0]]
    with np.errstate(divide="ignore"):
        assert loss.f(y_hat, y[:, ::-1] * 0 + [[1.0, 0, 0]]).tolist() == [np.inf]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_jacobian_carries_the_backward_rule(name):
    activation = ACTIVATIONS[name]
    generator = np.random.default_rng(0)
    z, dh = generator.normal(size=(4, 5)), generator.normal(size=(4, 5))
    product = np.einsum("mi,mij->mj", dh, activation.jacobian(z))
    np.testing.assert_allclose(activation.backward(dh, z, activation.f(z)), product, rtol=1e-12)
    off_diagonal = activation.jacobian(z)[:, ~np.eye(5, dtype=bool)]
    assert (activation.derivative is None) == bool(np.abs(off_diagonal).max() > 0)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_activations_stay_finite_and_keep_their_precision(name, dtype):
    z = np.array([[-1e4, -1.0, 0.0, 1.0, 1e4]], dtype)
    h = ACTIVATIONS[name].f(z)
    assert np.isfinite(h).all()
    assert h.dtype == dtype
    assert ACTIVATIONS[name].backward(np.ones_like(z), z, h).dtype == dtype


def test_a_wrong_gradient_is_found(monkeypatch):
    from core.network import gradient_check

    network, x, y = draw("tanh", 2, True, 3)

    def wrong(*arguments):
        right = backward(*arguments)
        return type(right)(right.dloss, right.delta, tuple(1.01 * g for g in right.dW), right.db)

    monkeypatch.setattr(gradient_check, "backward", wrong)
    result = check(network, "squared_error", x, y)
    assert not result.passed
    assert result.worst["parameter"] == "weights"


def test_a_kink_is_skipped_not_failed():
    network, x, y = draw("relu", 1, False, 1)
    network.layers[0].W[0] = 0
    result = check(network, "squared_error", x, y)
    assert result.passed
    assert result.skipped == 3


def test_a_large_network_is_sampled():
    network, x, y = draw("tanh", 4, True, 2)
    assert check(network, "squared_error", x, y, sample=10).checked == 10


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5),
    m=st.integers(1, 7),
    method=st.sampled_from(sorted(INITIALIZATIONS)),
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    bias=st.booleans(),
    seed=st.integers(0, 2**31),
)
def test_a_batch_is_the_mean_of_its_samples(sizes, m, method, activation, bias, seed):
    network, _ = initialize(method, seed, sizes, [activation] * (len(sizes) - 1), bias)
    generator = np.random.default_rng(seed)
    x, y = generator.normal(size=(m, sizes[0])), generator.normal(size=(m, sizes[-1]))

    def gradients(rows):
        return backward(network, "squared_error", forward(network, x[rows]), y[rows])

    whole, single = gradients(slice(None)), [gradients(slice(i, i + 1)) for i in range(m)]
    for index, layer in enumerate(network.layers):
        assert whole.delta[index].shape == (m, layer.W.shape[0])
        assert whole.dW[index].shape == layer.W.shape
        np.testing.assert_allclose(whole.dW[index], np.mean([g.dW[index] for g in single], axis=0), atol=1e-9)
        np.testing.assert_allclose(whole.delta[index], np.concatenate([g.delta[index] for g in single]), atol=1e-9)
        if bias:
            np.testing.assert_allclose(whole.db[index], np.mean([g.db[index] for g in single], axis=0), atol=1e-9)
