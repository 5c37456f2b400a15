"""The lecture's lab in three parts: one layer, one sample, one step (slides 35–42)."""

from dataclasses import replace

import numpy as np

from core.lecture.presets import PRESETS
from core.network.activations import Array
from core.network.layers import Layer, Network, backward, forward, mean_loss
from core.teaching.exercises.fields import Setting, Sheet, Values, scalar
from core.teaching.exercises.lab_forward import LOSS, Y_HAT, Z
from core.teaching.exercises.lab_gradients import ACTIVATION_JACOBIAN, DELTA, LOSS_GRADIENT, WEIGHT_GRADIENTS
from core.teaching.exercises.lab_update import NEW_LOSS, NEW_Z, WEIGHTS
from core.teaching.exercises.mistakes import relu

ETAS = (0.1, 0.2, 0.05)


def _lecture() -> Setting:
    given = PRESETS["lab-one-layer"].configuration
    weights = np.array(given["network"]["initialization"]["weights"][0], np.float64)
    x, y = (np.array(given["data"][name], np.float64) for name in ("inputs", "targets"))
    return Setting(Network((Layer(weights, None, "relu"),)), x, y, given["optimizer"]["learning_rate"])


def _draw(random: np.random.Generator) -> Setting:
    """Some units on either side of ReLU's kink, some predictions on either side of their target."""
    weights = random.integers(-4, 6, (3, 2)).astype(np.float64)
    x = random.choice([-2.0, -1.0, 1.0, 2.0, 3.0], (1, 2))
    y = random.integers(-3, 9, (1, 3)).astype(np.float64)
    return Setting(Network((Layer(weights, None, "relu"),)), x, y, float(random.choice(ETAS)))


def _start(setting: Setting) -> dict[str, Array]:
    return {"x": setting.x, "W": setting.network.layers[0].W, "y": setting.y, "eta": scalar(setting.eta)}


def _compute(setting: Setting) -> dict[str, Array]:
    network, x, y = setting.network, setting.x, setting.y
    passed = forward(network, x)
    gradients = backward(network, "squared_error", passed, y)
    new_weights = network.layers[0].W - setting.eta * gradients.dW[0]
    new = forward(Network((replace(network.layers[0], W=new_weights),)), x)
    return _start(setting) | {
        "z": passed.z[0],
        "y_hat": passed.h[1],
        "loss": scalar(mean_loss("squared_error", passed.h[1], y)),
        "loss_gradient": gradients.dloss,
        "activation_jacobian": relu.jacobian(passed.z[0])[0],
        "delta": gradients.delta[0],
        "weight_gradients": gradients.dW[0],
        "weights": new_weights,
        "new_z": new.z[0],
        "new_loss": scalar(mean_loss("squared_error", new.h[1], y)),
    }


def _update(setting: Setting, values: Values) -> Network:
    return Network((replace(setting.network.layers[0], W=values["weights"]),))


ONE_LAYER = Sheet(
    "one-layer",
    (
        Z,
        Y_HAT,
        LOSS,
        LOSS_GRADIENT,
        ACTIVATION_JACOBIAN,
        DELTA,
        WEIGHT_GRADIENTS,
        WEIGHTS,
        NEW_Z,
        NEW_LOSS,
    ),
    _compute,
    _start,
    _update,
    _lecture(),
    _draw,
)
