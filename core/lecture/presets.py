"""The lecture's labs by name, in the form in which a client would ask for them."""

from dataclasses import dataclass
from math import cos, sin, sqrt, tau
from typing import Any


@dataclass(frozen=True)
class Preset:
    """A named configuration, exactly as `POST /runs` takes it, with the slides it serves.

    `more_rows` are inputs and targets that a page may put behind those of the configuration. `told` is what the lecture
    tells of the trained network: at which point, after which epochs, and after how many its training ends. Of a run
    that is to show the edge of stability it tells until which step its learning rate holds, which one comes then, when
    there is enough to see, and how many steps a second let one follow.
    """

    name: str
    title: str
    slides: str
    note: str
    configuration: dict[str, Any]
    more_rows: dict[str, Any] | None = None
    told: dict[str, Any] | None = None


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
_ONE_WEIGHT = {
    "layer_sizes": [1, 1],
    "activations": ["linear"],
    "bias": False,
    "initialization": {"weights": [[[1]]]},
}
_ONE_SAMPLE = {"inputs": [[1, 2]], "targets": [[1, 4, 4]]}
# points with small whole numbers, and the targets (x₁², x₂², 2x₁x₂) of slide 55; the fifth wakes no hidden unit
_BATCH = {
    "inputs": [[1, 2], [2, 1], [-1, 2], [3, -1]],
    "targets": [[1, 4, 4], [4, 1, 4], [1, 4, -4], [9, 1, -6]],
}
_MORE_ROWS = {"inputs": [[-2, -1], [0, 3]], "targets": [[4, 1, 4], [0, 9, 0]]}
_TWENTY = [-1 + 2 * k / 19 for k in range(20)]
_WAVE = {"inputs": [[x] for x in _TWENTY], "targets": [[sin(tau * x) + 0.5 * cos(3 * x)] for x in _TWENTY]}
_DEEP = {
    "layer_sizes": [1, 30, 20, 1],
    "activations": ["tanh", "tanh", "linear"],
    "bias": True,
    "initialization": {"method": "xavier", "seed": 0},
}
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
        "lab-one-layer-shut",
        "z₃ < 0",
        "23",
        "The same layer with a third row of W that ReLU shuts: its row of the gradient is zero.",
        _configuration(_ONE_LAYER | {"initialization": {"weights": [[[3, 2], [4, 1], [-5, 1]]]}}, _ONE_SAMPLE, 0.1),
    ),
    Preset(
        "lab-one-layer-softmax",
        "Softmax, cross-entropy",
        "22",
        "The same layer with softmax and cross-entropy, the second class asked for: δ = ŷ − y.",
        _configuration(
            _ONE_LAYER | {"activations": ["softmax"]},
            {"inputs": [[1, 2]], "targets": [[0, 1, 0]]},
            0.1,
            loss="cross_entropy",
        ),
    ),
    Preset(
        "lab-two-layer",
        "Two layers in NumPy",
        "50–51",
        "2 → 3 → 3 from numpy.random.seed(0): the first update overshoots, the second kills the hidden layer.",
        _configuration(_two_layers([2, 3, 3], "legacy_normal"), _ONE_SAMPLE, 0.1),
    ),
    Preset(
        "one-weight",
        "x²",
        "4",
        "One weight w, no bias: ŷ = √2 w and y = 0, so that L = w². Each step multiplies w by 1 − 2η.",
        _configuration(_ONE_WEIGHT, {"inputs": [[sqrt(2)]], "targets": [[0]]}, 0.3),
    ),
    Preset(
        "lab-batch",
        "A batch of four rows",
        "52–54",
        "The 2 → 3 → 3 network of slide 50 on four rows: the gradient is the mean of their outer products.",
        _configuration(_two_layers([2, 3, 3], "legacy_normal"), _BATCH, 0.01),
        _MORE_ROWS,
    ),
    Preset(
        "lab-quadratic",
        "Batches: two squares and a product",
        "55–56",
        "2 → 1000 → 3 on 1000 points; weights and points come from one generator, as in the lecture's script.",
        _configuration(_two_layers([2, 1000, 3], "legacy_normal"), {"dataset": "quadratic"}, 0.01),
        told={"point": [3, -1], "epochs": [0, 1, 10, 100, 1000], "end": 10_000},
    ),
    Preset(
        "edge-of-stability",
        "The edge of stability",
        "34",
        "1 → 30 → 20 → 1 with tanh on 20 points: λ grows up to 2/η = 10 and stays there while the loss falls.",
        _configuration(_DEEP, _WAVE, 0.2),
        told={"until": 3000, "learning_rate": 0.3, "end": 6000, "pace": 400},
    ),
    Preset(
        "mnist",
        "MNIST, all digits at once",
        "57–59",
        "784 → 128 → 10 from a He start.",
        _configuration(_two_layers([784, 128, 10], "he"), _MNIST, 0.05, precision="float32"),
    ),
    Preset(
        "mnist-edge",
        "MNIST at the edge of stability",
        "34, 57–59",
        "784 → 32 → 10 from a He start: from epoch 80 with η = 0.12, over the limit, the run leaps to flatter ground.",
        _configuration(_two_layers([784, 32, 10], "he"), _MNIST, 0.05, precision="float32"),
        told={"until": 80, "learning_rate": 0.12, "end": 120, "pace": None},
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
