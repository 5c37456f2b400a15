"""States as bytes: to the bit, and those of version 0.1."""

import json

import numpy as np
import pytest
from safetensors.numpy import load, save

from app.store.state_bytes import _LENGTH, from_bytes, to_bytes
from core.network.layers import parameters
from core.training.advance import advance, begin
from core.training.optimizers import OPTIMIZERS, OptimizerSettings
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_SAMPLE, two_layers


def after_three_steps(method):
    recipe = Recipe(optimizer=OptimizerSettings(method))
    return advance(begin(two_layers(), recipe, 0.01, ONE_SAMPLE).state, recipe, ONE_SAMPLE, 3).state


def assert_same(a, b):
    assert (a.step, a.loss, a.learning_rate, list(a.slots)) == (b.step, b.loss, b.learning_rate, list(b.slots))
    mine, other = ((*parameters(s.network), *(x for slot in s.slots.values() for x in slot)) for s in (a, b))
    for one, another in zip(mine, other, strict=True):
        np.testing.assert_array_equal(one, another)
        assert one.dtype == another.dtype


@pytest.mark.parametrize("method", OPTIMIZERS)
def test_there_and_back(method):
    state = after_three_steps(method)
    assert_same(from_bytes(to_bytes(state)), state)


@pytest.mark.parametrize("method", ["gradient_descent", "momentum"])
def test_slots_of_version_0_1_have_numbers(method):
    state = after_three_steps(method)
    blob = to_bytes(state)
    (length,) = _LENGTH.unpack_from(blob)
    header, arrays = json.loads(blob[4 : 4 + length]), load(blob[4 + length :])
    arrays = {name.replace("velocity", "slot"): array for name, array in arrays.items()}
    header["slots"] = header["slots"].get("velocity", 0)
    text = json.dumps(header).encode()
    assert_same(from_bytes(_LENGTH.pack(len(text)) + text + save(arrays)), state)
