"""Two samples at once (slides 52–53)."""

from dataclasses import replace

import numpy as np

from core.lecture.exercise_numbers import EXERCISE_NUMBERS
from core.network.activations import Array
from core.network.layers import Layer, Network, backward, forward, mean_loss
from core.teaching.exercises.batch_fields import BIAS_GRADIENTS, DELTA, LOSS, WEIGHT_GRADIENTS
from core.teaching.exercises.fields import Setting, Sheet, Values, scalar


def _lecture() -> Setting:
    given = EXERCISE_NUMBERS["batch"]
    x, y = (np.array(given[name], np.float64) for name in ("inputs", "targets"))
    layer = Layer(np.array(given["weights"][0], np.float64), np.array(given["biases"][0], np.float64), "relu")
    return Setting(Network((layer,)), x, y, given["learning_rate"])


def _draw(random: np.random.Generator) -> Setting:
    weights = random.integers(-4, 6, (3, 2)).astype(np.float64)
    biases = random.integers(-2, 3, 3).astype(np.float64)
    x = random.choice([-2.0, -1.0, 1.0, 2.0, 3.0], (2, 2))
    y = random.integers(-3, 9, (2, 3)).astype(np.float64)
    return Setting(Network((Layer(weights, biases, "relu"),)), x, y, float(random.choice([0.1, 0.2, 0.05])))


def _start(setting: Setting) -> dict[str, Array]:
    [layer] = setting.network.layers
    assert layer.b is not None
    passed = forward(setting.network, setting.x)
    return {
        "x": setting.x,
        "W": layer.W,
        "b": layer.b[None, :],
        "y": setting.y,
        "eta": scalar(setting.eta),
        "z": passed.z[0],
        "y_hat": passed.h[1],
    }


def _compute(setting: Setting) -> dict[str, Array]:
    passed = forward(setting.network, setting.x)
    found = backward(setting.network, "squared_error", passed, setting.y)
    bias = found.db[0]
    assert bias is not None
    return _start(setting) | {
        "loss": scalar(mean_loss("squared_error", passed.h[1], setting.y)),
        "delta": found.delta[0],
        "weight_gradients": found.dW[0],
        "bias_gradients": bias[None, :],
    }


def _update(setting: Setting, values: Values) -> Network:
    [layer] = setting.network.layers
    assert layer.b is not None
    W = layer.W - setting.eta * values["weight_gradients"]
    return Network((replace(layer, W=W, b=layer.b - setting.eta * values["bias_gradients"][0]),))


BATCH = Sheet("batch", (LOSS, DELTA, WEIGHT_GRADIENTS, BIAS_GRADIENTS), _compute, _start, _update, _lecture(), _draw)
