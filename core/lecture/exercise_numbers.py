"""Numbers for the exercises of slides that print none; they start from the lab's own where they can."""

from typing import Any

from core.lecture.presets import PRESETS

_LAB = PRESETS["lab-one-layer"].configuration
[_X] = _LAB["data"]["inputs"]
[_Y] = _LAB["data"]["targets"]
_ETA = _LAB["optimizer"]["learning_rate"]

EXERCISE_NUMBERS: dict[str, dict[str, Any]] = {
    # one hidden unit below ReLU's kink
    "two-layers": {
        "weights": [[[1, 1], [1, -1]], [[2, 1], [-1, 1]]],
        "biases": [[0, 0], [-1, 2]],
        "inputs": [_X],
        "targets": [_Y[:2]],
        "learning_rate": 0.02,
    },
    # the lab's sample above, one with a unit below the kink under it
    "batch": {
        "weights": _LAB["network"]["initialization"]["weights"],
        "biases": [[0, 0, 0]],
        "inputs": [_X, [1, -2]],
        "targets": [_Y, [3, 0, 4]],
        "learning_rate": _ETA,
    },
}
