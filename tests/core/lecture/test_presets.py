"""The rows of the batch of slides 52–54 are data of the lecture; their targets are the functions of slide 55."""

import numpy as np

from core.data.datasets import DATASETS, quadratic_targets
from core.lecture.presets import PRESETS


def test_the_targets_of_the_batch_are_the_functions_of_slide_55() -> None:
    preset = PRESETS["lab-batch"]
    assert preset.more_rows is not None
    for rows in (preset.configuration["data"], preset.more_rows):
        points = np.array(rows["inputs"], float)
        np.testing.assert_array_equal(quadratic_targets(points), rows["targets"])
    assert len(preset.configuration["data"]["inputs"]) == 4


def test_what_the_quadratic_lab_tells_is_of_slide_56():
    preset = PRESETS["lab-quadratic"]
    assert preset.told == {"point": [3, -1], "epochs": [0, 1, 10, 100, 1000], "end": 10_000}
    names = DATASETS[preset.configuration["data"]["dataset"]].target_names
    assert names is not None
    assert len(names) == preset.configuration["network"]["layer_sizes"][-1]
