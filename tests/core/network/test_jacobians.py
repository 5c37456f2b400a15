"""Products of explicit Jacobians against central differences and autograd, for every activation, loss and depth."""

import itertools

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from core.network import jacobians
from core.network.initializers import initialize
from core.network.jacobians import MOST_VALUES, chain, multiplications, products
from core.network.layers import Layer, Network, backward, forward
from core.network.losses import LOSSES
from tests.core.network.pairs import grid
from tests.core.network.test_gradients import AUTOGRAD_ACTIVATIONS, AUTOGRAD_LOSSES

GRID = grid([1, 2, 3, 4])
PARAMETERS = ("weights", "biases")


def draw(activation, depth, seed):
    """A random network of random widths, with three samples."""
    generator = np.random.default_rng([seed, depth])
    sizes = generator.integers(2, 6, depth + 1).tolist()
    network, _ = initialize("xavier", seed, sizes, [activation] * depth, True)
    layers = [Layer(layer.W, generator.normal(size=layer.W.shape[0]), layer.activation) for layer in network.layers]
    x, y = generator.normal(size=(3, sizes[0])), generator.dirichlet(np.ones(sizes[-1]), size=3)
    return Network(tuple(layers)), x, y


def passes(network, loss, x, y):
    passed = forward(network, x)
    return passed, backward(network, loss, passed, y)


def replaced(network, index, name, theta):
    layer = network.layers[index]
    new = Layer(theta, layer.b, layer.activation) if name == "weights" else Layer(layer.W, theta, layer.activation)
    return Network((*network.layers[:index], new, *network.layers[index + 1 :]))


@pytest.mark.parametrize(("activation", "loss", "depth"), GRID)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_product_is_the_gradient_by_central_differences(activation, loss, depth, seed):
    network, x, y = draw(activation, depth, seed)
    passed, gradients = passes(network, loss, x, y)
    sample, h = seed, 1e-6

    def value(index, name, theta):
        y_hat = forward(replaced(network, index, name, theta), x[[sample]]).h[-1]
        return LOSSES[loss].f(y_hat, y[[sample]])[0]

    for index, name in itertools.product(range(depth), PARAMETERS):
        row = products(chain(network, passed, gradients, sample, index, name))[-1][0]
        theta = network.layers[index].W if name == "weights" else network.layers[index].b
        numeric = []
        for place in np.ndindex(theta.shape):
            nudge = np.zeros_like(theta)
            nudge[place] = h
            numeric.append((value(index, name, theta + nudge) - value(index, name, theta - nudge)) / (2 * h))
        np.testing.assert_allclose(row, numeric, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize(("activation", "loss", "depth"), GRID)
def test_the_product_and_every_factor_are_those_of_autograd(activation, loss, depth):
    network, x, y = draw(activation, depth, 7)
    passed, gradients = passes(network, loss, x, y)
    sample, last = 2, depth - 1
    f = AUTOGRAD_ACTIVATIONS[activation]

    def onwards(h, index, theta=None, name="weights"):
        for place in range(index, depth):
            layer = network.layers[place]
            W = theta if place == index and theta is not None and name == "weights" else layer.W
            b = theta if place == index and theta is not None and name == "biases" else layer.b
            h = f(anp.dot(h, W.T) + b)
        return AUTOGRAD_LOSSES[loss](h, y[[sample]])

    loss_row = autograd.grad(lambda h: AUTOGRAD_LOSSES[loss](h[None], y[[sample]]))(passed.h[-1][sample])
    for index, name in itertools.product(range(depth), PARAMETERS):
        factors = chain(network, passed, gradients, sample, index, name)
        theta = network.layers[index].W if name == "weights" else network.layers[index].b
        expected = autograd.grad(lambda t, i=index, n=name: onwards(passed.h[i][[sample]], i, t, n))(theta)
        np.testing.assert_allclose(products(factors)[-1].reshape(theta.shape), expected, rtol=1e-9, atol=1e-13)
        np.testing.assert_allclose(factors[0].values[0], loss_row, rtol=1e-9, atol=1e-13)
        assert [factor.kind for factor in factors[1:-1]] == ["activation", "inputs"] * (last - index) + ["activation"]
        for factor in factors[1:]:
            layer, h = network.layers[factor.layer], passed.h[factor.layer][sample]
            of = {
                "activation": (lambda z: f(z[None])[0], passed.z[factor.layer][sample]),
                "inputs": (lambda h, layer=layer: anp.dot(layer.W, h), h),
                "weights": (lambda W, h=h: anp.dot(W, h), layer.W),
                "biases": (lambda b: b + 0.0, layer.b),
            }[factor.kind]
            matrix = autograd.jacobian(of[0])(of[1]).reshape(factor.shape)
            np.testing.assert_allclose(factor.values, matrix, rtol=1e-9, atol=1e-13)
            assert np.count_nonzero(factor.values) <= factor.nonzero


@pytest.mark.parametrize(("activation", "loss", "depth"), GRID)
def test_structure_alone_gives_the_same_products(activation, loss, depth, monkeypatch):
    network, x, y = draw(activation, depth, 11)
    passed, gradients = passes(network, loss, x, y)
    for index, name in itertools.product(range(depth), PARAMETERS):
        built = products(chain(network, passed, gradients, 0, index, name))
        unbuilt = chain(network, passed, gradients, 0, index, name, most=0)
        assert all(factor.values is None for factor in unbuilt)
        for a, b in zip(built, products(unbuilt), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-15)


def test_the_counts_of_the_lab():
    network = Network((Layer(np.array([[3.0, 2.0], [4.0, 1.0], [5.0, 2.0]]), None, "relu"),))
    passed, gradients = passes(network, "squared_error", np.array([[1.0, 2.0]]), np.array([[1.0, 4.0, 4.0]]))
    factors = chain(network, passed, gradients, 0, 0)
    assert [factor.shape for factor in factors] == [(1, 3), (3, 3), (3, 6)]
    assert [factor.structure for factor in factors] == ["row", "diagonal", "blocks"]
    assert factors[2].values.tolist() == [[1, 2, 0, 0, 0, 0], [0, 0, 1, 2, 0, 0], [0, 0, 0, 0, 1, 2]]
    assert multiplications(factors) == {
        "multiplications_left_to_right": 27,
        "right_to_left": 72,
        "sparse": 9,
        "collapsed": 9,
    }


def test_softmax_has_no_zeros_to_leave_out():
    network = Network((Layer(np.array([[3.0, 2.0], [4.0, 1.0], [5.0, 2.0]]), None, "softmax"),))
    passed, gradients = passes(network, "squared_error", np.array([[1.0, 2.0]]), np.array([[1.0, 4.0, 4.0]]))
    counts = multiplications(chain(network, passed, gradients, 0, 0))
    # 3 · 3 and 3 · 2; with δ = ŷ ⊙ (g − g·ŷ) 2 · 3 and 3 · 2
    assert (counts["sparse"], counts["collapsed"]) == (15, 12)


def test_what_is_too_large_is_never_built(monkeypatch):
    network, _ = initialize("he", 0, [784, 128, 10], ["softmax", "relu"], True, "float32")
    x, y = np.random.default_rng(0).normal(size=(1, 784)), np.eye(10)[[3]]
    passed, gradients = passes(network, "squared_error", x, y)
    built = []

    def kron(a, b):
        built.append(a.size * b.size)
        return np.multiply.outer(a, b).reshape(a.shape[0], -1)

    monkeypatch.setattr(jacobians.np, "kron", kron)
    factors = chain(network, passed, gradients, 0, 0)
    assert [factor.values is None for factor in factors] == [False, False, False, False, True]
    assert factors[-1].size == 12_845_056
    assert max(built, default=0) <= MOST_VALUES
    np.testing.assert_allclose(products(factors)[-1].reshape(128, 784), gradients.dW[0], rtol=1e-4, atol=1e-7)
