"""A small 2-2-2 network, backward (slides 43–47)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.lecture.exercise_numbers import EXERCISE_NUMBERS
from core.network.activations import Array
from core.network.layers import Layer, Network, backward, forward
from core.teaching.exercises.fields import Setting, Sheet, Values, scalar
from core.teaching.exercises.two_layer_fields import (
    BIAS_GRADIENTS1,
    BIAS_GRADIENTS2,
    DELTA1,
    DELTA2,
    WEIGHT_GRADIENTS1,
    WEIGHT_GRADIENTS2,
)


def _network(weights: Sequence[Array], biases: Sequence[Array]) -> Network:
    activations = ("relu", "linear")
    return Network(tuple(Layer(W, b, f) for W, b, f in zip(weights, biases, activations, strict=True)))


def _lecture() -> Setting:
    given = EXERCISE_NUMBERS["two-layers"]
    weights, biases = ([np.array(each, np.float64) for each in given[name]] for name in ("weights", "biases"))
    x, y = (np.array(given[name], np.float64) for name in ("inputs", "targets"))
    return Setting(_network(weights, biases), x, y, given["learning_rate"])


def _draw(random: np.random.Generator) -> Setting:
    weights = [random.integers(-3, 4, (2, 2)).astype(np.float64) for _ in range(2)]
    biases = [random.integers(-2, 3, 2).astype(np.float64) for _ in range(2)]
    x = random.choice([-2.0, -1.0, 1.0, 2.0, 3.0], (1, 2))
    y = random.integers(-4, 9, (1, 2)).astype(np.float64)
    return Setting(_network(weights, biases), x, y, float(random.choice([0.1, 0.05, 0.02])))


def _start(setting: Setting) -> dict[str, Array]:
    first, second = setting.network.layers
    assert first.b is not None
    assert second.b is not None
    passed = forward(setting.network, setting.x)
    return {
        "x": setting.x,
        "W1": first.W,
        "b1": first.b[None, :],
        "W2": second.W,
        "b2": second.b[None, :],
        "y": setting.y,
        "eta": scalar(setting.eta),
        "z1": passed.z[0],
        "h": passed.h[1],
        "y_hat": passed.h[2],
    }


def _compute(setting: Setting) -> dict[str, Array]:
    found = backward(setting.network, "squared_error", forward(setting.network, setting.x), setting.y)
    computed = _start(setting)
    for k, layer in enumerate(("1", "2")):
        bias = found.db[k]
        assert bias is not None
        computed |= {
            f"delta{layer}": found.delta[k],
            f"weight_gradients{layer}": found.dW[k],
            f"bias_gradients{layer}": bias[None, :],
        }
    return computed


def _update(setting: Setting, values: Values) -> Network:
    layers = []
    for k, layer in enumerate(setting.network.layers, 1):
        assert layer.b is not None
        W = layer.W - setting.eta * values[f"weight_gradients{k}"]
        layers.append(replace(layer, W=W, b=layer.b - setting.eta * values[f"bias_gradients{k}"][0]))
    return Network(tuple(layers))


TWO_LAYERS = Sheet(
    "two-layers",
    (DELTA2, WEIGHT_GRADIENTS2, BIAS_GRADIENTS2, DELTA1, WEIGHT_GRADIENTS1, BIAS_GRADIENTS1),
    _compute,
    _start,
    _update,
    _lecture(),
    _draw,
)
