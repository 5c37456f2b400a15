"""Diagnostics say what happened in the words of the lecture."""

import numpy as np
import pytest

from core.training.diagnostics import ALIVE, Observations, diagnose


def _dead(*layers: list[int] | None) -> Observations:
    return Observations(tuple(None if layer is None else np.array(layer) for layer in layers))


@pytest.mark.parametrize(
    ("layers", "steps_per_epoch", "words"),
    [
        (
            ([40] * 21 + [ALIVE] * 11, None),
            1,
            "21 of 32 hidden units are dead since epoch 40: no sample activates them,",
        ),
        (([ALIVE, 3, 2], None), 1, "2 of 3 hidden units are dead since epoch 3:"),
        (
            ([ALIVE, 6, ALIVE], None),
            2,
            "1 of 3 hidden units is dead since epoch 3: no sample activates it, so its weights",
        ),
        (([ALIVE, 5, ALIVE], None), 2, "1 of 3 hidden units is dead since step 5:"),
        (([ALIVE], [7, ALIVE], None), 1, "1 of 2 units of hidden layer 2 is dead since epoch 7:"),
        (([1, ALIVE, ALIVE],), 1, "1 of 3 output units is dead since epoch 1:"),
    ],
)
def test_dead_units_in_words(layers: tuple[list[int] | None, ...], steps_per_epoch: int, words: str) -> None:
    (found,) = diagnose(_dead(*layers), steps_per_epoch)
    assert found.kind == "dead_units"
    assert words in found.message


def test_no_word_about_living_units() -> None:
    assert diagnose(_dead([ALIVE, ALIVE], None)) == []
