"""A training state as bytes and back, to the bit: JSON for scalars, safetensors for arrays."""

import json
import struct
from typing import Any

import numpy as np
from safetensors.numpy import load, save

from app.errors import StoredByNewer
from core.network.activations import Array
from core.network.layers import Layer, Network
from core.training.diagnostics import Observations, Overshoot
from core.training.optimizers import Slots
from core.training.state import State

# 1: slots by name; 0, which is not written: version 0.1, slots by number
FORMAT = 1
_LENGTH = struct.Struct("<I")


def to_bytes(state: State) -> bytes:
    """Write a state."""
    arrays: dict[str, Array] = {}
    for index, layer in enumerate(state.network.layers):
        arrays[f"W{index}"] = np.ascontiguousarray(layer.W)
        if layer.b is not None:
            arrays[f"b{index}"] = np.ascontiguousarray(layer.b)
    for name, slot in state.slots.items():
        arrays |= {f"{name}{index}": np.ascontiguousarray(array) for index, array in enumerate(slot)}
    seen = state.observations
    scalars = {
        "format": FORMAT,
        "step": state.step,
        "activations": [layer.activation for layer in state.network.layers],
        "slots": {name: len(slot) for name, slot in state.slots.items()},
        "learning_rate": state.learning_rate,
        "loss": state.loss,
        "loss_step": state.loss_step,
        "dead_since": [None if since is None else since.tolist() for since in seen.dead_since],
        "overshoots": seen.overshoots,
        "first_overshoot": seen.first_overshoot and vars(seen.first_overshoot),
        "last_overshoot": seen.last_overshoot and vars(seen.last_overshoot),
        "diverged_at": seen.diverged_at,
    }
    header = json.dumps(scalars).encode()
    return _LENGTH.pack(len(header)) + header + save(arrays)


def from_bytes(blob: bytes) -> State:
    """Read a state."""
    (length,) = _LENGTH.unpack_from(blob)
    body = _LENGTH.size + length
    scalars: dict[str, Any] = json.loads(blob[_LENGTH.size : body])
    if scalars.get("format", 0) > FORMAT:
        raise StoredByNewer("The state of this run")
    arrays = load(blob[body:])
    layers = tuple(
        Layer(arrays[f"W{index}"], arrays.get(f"b{index}"), activation)
        for index, activation in enumerate(scalars["activations"])
    )
    seen = Observations(
        tuple(None if since is None else np.array(since, np.int64) for since in scalars["dead_since"]),
        scalars["overshoots"],
        scalars["first_overshoot"] and Overshoot(**scalars["first_overshoot"]),
        scalars["last_overshoot"] and Overshoot(**scalars["last_overshoot"]),
        scalars["diverged_at"],
    )
    slots = _slots(scalars["slots"], arrays)
    return State(
        scalars["step"],
        Network(layers),
        slots,
        scalars["learning_rate"],
        scalars["loss"],
        scalars["loss_step"],
        seen,
    )


def _slots(stored: dict[str, int] | int, arrays: dict[str, Array]) -> Slots:
    """Slots by name; version 0.1 numbered them, and knew the velocity alone."""
    if isinstance(stored, int):
        return {"velocity": tuple(arrays[f"slot{index}"] for index in range(stored))} if stored else {}
    return {name: tuple(arrays[f"{name}{index}"] for index in range(count)) for name, count in stored.items()}
