"""Hand-worked examples that others published: their numbers, to the digits that they print."""

import numpy as np

from core.data.samples import Data
from core.network.layers import Layer, Network
from core.teaching.backpropagation import compute_update
from core.training.advance import advance, begin
from core.training.optimizers import OptimizerSettings
from core.training.state import Recipe


def network(*layers, activation="sigmoid"):
    return Network(
        tuple(Layer(np.array(W, float), None if b is None else np.array(b, float), activation) for W, b in layers)
    )


def update(net, x, y, eta):
    return compute_update(net, "squared_error", OptimizerSettings(), eta, np.array([x], float), np.array([y], float))


def assert_printed(found, printed, digits):
    np.testing.assert_allclose(np.asarray(found), printed, rtol=0, atol=0.5001 * 10.0**-digits)


def test_matt_mazur_a_step_by_step_backpropagation_example():
    """Matt Mazur, "A Step by Step Backpropagation Example", 2015; his biases are not trained."""
    start = network(([[0.15, 0.20], [0.25, 0.30]], [0.35] * 2), ([[0.40, 0.45], [0.50, 0.55]], [0.60] * 2))
    found = update(start, [0.05, 0.10], [0.01, 0.99], 0.5)
    assert_printed(found.passed.z[0][0, 0], 0.3775, 9)
    assert_printed(found.passed.h[1], [[0.593269992, 0.596884378]], 9)
    assert_printed(found.passed.z[1][0, 0], 1.105905967, 9)
    assert_printed(found.passed.h[2][0, 0], 0.75136507, 8)
    assert_printed(found.passed.h[2][0, 1], 0.772928465, 9)
    assert_printed(found.loss_before, 0.298371109, 9)
    assert_printed(found.gradients.dloss[0, 0], 0.74136507, 8)
    assert_printed(found.derivatives[1][0, 0], 0.186815602, 9)
    assert_printed(found.gradients.delta[1][0, 0], 0.138498562, 9)
    assert_printed(found.gradients.dW[1][0, 0], 0.082167041, 9)
    assert_printed(found.updated.layers[1].W, [[0.35891648, 0.408666186], [0.511301270, 0.561370121]], 8)
    assert_printed(found.dh[0][0, 0], 0.036350306, 9)
    assert_printed(found.derivatives[0][0, 0], 0.241300709, 9)
    assert_printed(found.gradients.dW[0][0, 0], 0.000438568, 9)
    assert_printed(found.updated.layers[0].W, [[0.149780716, 0.19956143], [0.24975114, 0.29950229]], 8)
    untrained = zip(found.updated.layers, start.layers, strict=True)
    again = Network(tuple(Layer(new.W, old.b, "sigmoid") for new, old in untrained))
    # he prints 0.291027924; his own nine-digit weights give 0.29102777
    assert_printed(update(again, [0.05, 0.10], [0.01, 0.99], 0.5).loss_before, 0.291027924, 6)


def test_cs231n_a_sigmoid_neuron():
    """Andrej Karpathy, CS231n notes "Backpropagation, Intuitions": the output's own gradient, so ∂L/∂ŷ is 1."""
    start = network(([[2, -3]], [-3]))
    y_hat = update(start, [-1, -2], [0], 0.1).passed.h[1][0]
    found = update(start, [-1, -2], y_hat - 1, 0.1)
    assert_printed(y_hat, [0.73], 2)
    np.testing.assert_allclose(found.gradients.dW[0], [[-0.19661193324148185, -0.3932238664829637]], rtol=1e-14)
    np.testing.assert_allclose(found.gradients.db[0], [0.19661193324148185], rtol=1e-14)
    dx = found.gradients.delta[0] @ start.layers[0].W
    np.testing.assert_allclose(dx, [[0.3932238664829637, -0.5898357997244456]], rtol=1e-14)


def test_han_kamber_pei_classification_by_backpropagation():
    """Han, Kamber and Pei, "Data Mining: Concepts and Techniques", Example 9.1; Err is −δ."""
    start = network(([[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]], [-0.4, 0.2]), ([[-0.3, -0.2]], [0.1]))
    found = update(start, [1, 0, 1], [1], 0.9)
    assert_printed(found.passed.z[0], [[-0.7, 0.1]], 9)
    assert_printed(found.passed.h[1], [[0.332, 0.525]], 3)
    assert_printed(found.passed.z[1], [[-0.105]], 3)
    assert_printed(found.passed.h[2], [[0.474]], 3)
    # they go on from three rounded digits: 0.474 · 0.526 · 0.526 is 0.1311, the exact number 0.13117
    assert_printed(-found.gradients.delta[1], [[0.1311]], 3)
    assert_printed(-found.gradients.delta[0], [[-0.0087, -0.0065]], 4)
    assert_printed(found.updated.layers[1].W, [[-0.261, -0.138]], 3)
    assert_printed(found.updated.layers[1].b, [0.218], 3)
    assert_printed(found.updated.layers[0].W, [[0.192, 0.4, -0.508], [-0.306, 0.1, 0.194]], 3)
    assert_printed(found.updated.layers[0].b, [-0.408, 0.194], 3)


def test_negnevitsky_exclusive_or():
    """Michael Negnevitsky, "Artificial Intelligence: A Guide to Intelligent Systems", 6.4; θ is −b, his δ −δ."""
    start = network(([[0.5, 0.4], [0.9, 1.0]], [-0.8, 0.1]), ([[-1.2, 1.1]], [-0.3]))
    found = update(start, [1, 1], [0], 0.1)
    assert_printed(found.passed.h[1], [[0.5250, 0.8808]], 4)
    assert_printed(found.passed.h[2], [[0.5097]], 4)
    assert_printed(-found.gradients.delta[1], [[-0.1274]], 4)
    assert_printed(-found.gradients.delta[0], [[0.0381, -0.0147]], 4)
    assert_printed(found.updated.layers[0].W, [[0.5038, 0.4038], [0.8985, 0.9985]], 4)
    assert_printed(found.updated.layers[1].W, [[-1.2067, 1.0888]], 4)
    assert_printed(-found.updated.layers[0].b, [0.7962, -0.0985], 4)
    assert_printed(-found.updated.layers[1].b, [0.3127], 4)


def test_hmkcode_backpropagation_step_by_step():
    """HMKCODE, "Backpropagation Step by Step": a linear 2-2-1 network without biases."""
    start = network(([[0.11, 0.21], [0.12, 0.08]], None), ([[0.14, 0.15]], None), activation="linear")
    found = update(start, [2, 3], [1], 0.05)
    assert_printed(found.passed.h[1], [[0.85, 0.48]], 9)
    assert_printed(found.passed.h[2], [[0.191]], 9)
    assert_printed(found.loss_before, 0.327, 3)
    assert_printed(found.gradients.delta[1], [[-0.809]], 9)
    assert_printed(found.updated.layers[1].W, [[0.17, 0.17]], 2)
    assert_printed(found.updated.layers[0].W, [[0.12, 0.23], [0.13, 0.10]], 2)
    assert_printed(found.passed_again.h[2], [[0.26]], 2)


def test_nielsen_a_neuron_that_learns_slowly():
    """Michael Nielsen, "Neural Networks and Deep Learning", chapter 3: 300 epochs of one sigmoid neuron at η = 0.15."""
    data = Data(np.array([[1.0]]), np.array([[0.0]]))
    for start, first, last in ((network(([[0.6]], [0.9])), 0.82, 0.09), (network(([[2.0]], [2.0])), 0.98, 0.20)):
        found = begin(start, Recipe(), 0.15, data)
        assert_printed(update(start, [1], [0], 0.15).passed.h[1], [[first]], 2)
        trained = advance(found.state, Recipe(), data, 300).state.network
        assert_printed(update(trained, [1], [0], 0.15).passed.h[1], [[last]], 2)
