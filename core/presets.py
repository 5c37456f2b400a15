"""The lecture's labs by name, in the form in which a client would ask for them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Preset:
    """A named configuration, exactly as `POST /runs` takes it, with the slides it serves."""

    name: str
    title: str
    slides: str
    note: str
    configuration: dict[str, Any]


def _configuration(network: dict[str, Any], data: dict[str, Any], learning_rate: float, **more: Any) -> dict[str, Any]:
    optimizer = {"method": "gradient_descent", "learning_rate": learning_rate}
    base = {"network": network, "loss": "squared_error", "data": data, "optimizer": optimizer, "batch_size": None}
    return base | more


def _two_layers(sizes: list[int], method: str, seed: int = 0) -> dict[str, Any]:
    return {
        "layer_sizes": sizes,
        "activations": ["relu", "linear"],
        "bias": True,
        "initialization": {"method": method, "seed": seed},
    }


_ONE_LAYER = {
    "layer_sizes": [2, 3],
    "activations": ["relu"],
    "bias": False,
    "initialization": {"weights": [[[3, 2], [4, 1], [5, 2]]]},
}
_ONE_SAMPLE = {"inputs": [[1, 2]], "targets": [[1, 4, 4]]}
_MNIST = {"dataset": "mnist"}
_MNIST_TO_THE_LETTER = {"dataset": "mnist", "constant_pixels": "amplify"}

_ALL = (
    Preset(
        "lab-one-layer",
        "One layer by hand",
        "35–42",
        "2 → 3, ReLU, no bias: L falls from 32.5 to 8.125 in one step.",
        _configuration(_ONE_LAYER, _ONE_SAMPLE, 0.1),
    ),
    Preset(
        "lab-two-layer",
        "Two layers in NumPy",
        "50–51",
        "2 → 3 → 3 from numpy.random.seed(0): the first update overshoots, the second kills the hidden layer.",
        _configuration(_two_layers([2, 3, 3], "legacy_normal"), _ONE_SAMPLE, 0.1),
    ),
    Preset(
        "lab-quadratic",
        "Batches: two squares and a product",
        "55–56",
        "2 → 1000 → 3 on 1000 points; weights and points come from one generator, as in the lecture's script.",
        _configuration(_two_layers([2, 1000, 3], "legacy_normal"), {"dataset": "quadratic"}, 0.01),
    ),
    Preset(
        "mnist",
        "MNIST, all digits at once",
        "57–59",
        "784 → 128 → 10 from a He start.",
        _configuration(_two_layers([784, 128, 10], "he"), _MNIST, 0.05, precision="float32"),
    ),
    Preset(
        "mnist-minibatch",
        "MNIST in mini-batches",
        "58",
        "784 → 128 → 10 from a He start, 128 digits a step: 88 % of the test digits right after 5 epochs.",
        _configuration(_two_layers([784, 128, 10], "he"), _MNIST, 0.005, precision="float32", batch_size=128),
    ),
    Preset(
        "mnist-lecture",
        "MNIST, the lecture's own recipe",
        "59",
        "784 → 32 → 10 from unscaled randn, in float64 as the lecture computes: most hidden units die.",
        _configuration(_two_layers([784, 32, 10], "legacy_normal"), _MNIST_TO_THE_LETTER, 0.0005, precision="float64"),
    ),
)

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _ALL}
