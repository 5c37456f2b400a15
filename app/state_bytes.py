"""A training state as bytes and back, to the bit: JSON for scalars, safetensors for arrays."""

import json
import struct
from typing import Any

import numpy as np
from safetensors.numpy import load, save

from core.activations import Array
from core.diagnostics import Observations, Overshoot
from core.network import Layer, Network
from core.training import State

_LENGTH = struct.Struct("<I")


def to_bytes(state: State) -> bytes:
    """Write a state."""
    arrays: dict[str, Array] = {}
    for index, layer in enumerate(state.network.layers):
        arrays[f"W{index}"] = np.ascontiguousarray(layer.W)
        if layer.b is not None:
            arrays[f"b{index}"] = np.ascontiguousarray(layer.b)
    for index, slot in enumerate(state.slots):
        arrays[f"slot{index}"] = np.ascontiguousarray(slot)
    seen = state.observations
    scalars = {
        "step": state.step,
        "activations": [layer.activation for layer in state.network.layers],
        "slots": len(state.slots),
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
    slots = tuple(arrays[f"slot{index}"] for index in range(scalars["slots"]))
    return State(
        scalars["step"],
        Network(layers),
        slots,
        scalars["learning_rate"],
        scalars["loss"],
        scalars["loss_step"],
        seen,
    )
