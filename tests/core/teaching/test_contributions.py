"""What each input adds to a number of the forward pass, against an autograd that we did not write."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from core.network.activations import ACTIVATIONS
from core.network.layers import Layer, Network
from core.teaching.backpropagation import Update, compute_update
from core.teaching.contributions import contributions
from core.training.optimizers import OptimizerSettings

REFERENCE = {
    "relu": lambda z: anp.maximum(z, 0),
    "tanh": anp.tanh,
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z)),
}


def made(activations: list[str], seed: int = 0) -> Update:
    generator = np.random.default_rng(seed)
    sizes = [5, *[4] * (len(activations) - 1), 3]
    layers = tuple(
        Layer(generator.normal(size=(sizes[i + 1], sizes[i])), generator.normal(size=sizes[i + 1]), name)
        for i, name in enumerate(activations)
    )
    x, y = generator.normal(size=(2, 5)), generator.normal(size=(2, 3))
    return compute_update(Network(layers), "squared_error", OptimizerSettings("gradient_descent"), 0.1, x, y)


@pytest.mark.parametrize("activations", [["relu", "linear"], ["tanh", "relu", "sigmoid"], ["relu", "softmax"]])
@pytest.mark.parametrize("field", ["pre_activations", "activations"])
def test_slopes_are_those_of_autograd(activations: list[str], field: str) -> None:
    u = made(activations)
    for index in range(len(activations)):
        for unit in range(len(u.network.layers[index].W)):

            def number(x: np.ndarray, index: int = index, unit: int = unit) -> float:
                for layer in u.network.layers[: index + 1]:
                    z = anp.dot(layer.W, x) + layer.b
                    x = REFERENCE[layer.activation](z)
                return (z if field == "pre_activations" else x)[unit]

            found = contributions(u, f"layers[{index}].{field}[1][{unit}]")
            assert found is not None
            np.testing.assert_allclose(found["slopes"], grad(number)(u.x[1]), rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(found["contributions"], found["slopes"] * u.x[1])
            assert found["contributions"].sum() + found["rest"] == pytest.approx(number(u.x[1]))


def test_in_the_first_layer_the_slopes_are_the_weights_and_the_rest_the_bias() -> None:
    u = made(["tanh", "linear"])
    found = contributions(u, "layers[0].pre_activations[0][2]")
    assert found is not None
    assert found["slopes"].tolist() == u.network.layers[0].W[2].tolist()
    assert found["rest"] == pytest.approx(float(u.network.layers[0].b[2]))
    assert found["sums_up"]


@pytest.mark.parametrize(("hidden", "sums_up"), [("relu", True), ("leaky_relu", True), ("tanh", False)])
def test_without_biases_the_rest_of_lines_through_zero_is_nothing(hidden: str, sums_up: bool) -> None:
    assert hidden in ACTIVATIONS
    u = made([hidden, "linear"])
    bare = Network(tuple(Layer(layer.W, None, layer.activation) for layer in u.network.layers))
    u = compute_update(bare, "squared_error", OptimizerSettings("gradient_descent"), 0.1, u.x, u.y)
    found = contributions(u, "layers[1].activations[0][0]")
    assert found is not None
    assert found["sums_up"] is sums_up
    assert (abs(found["rest"]) < 1e-12) is sums_up


def test_other_numbers_have_none() -> None:
    assert contributions(made(["relu", "linear"]), "layers[0].weights[0][0]") is None
