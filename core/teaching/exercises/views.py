"""An exercise with the numbers of a seed, and its right answers, as plain data."""

from typing import Any

from core.network.activations import Array
from core.teaching.exercises.catalog import EXERCISES, Exercise
from core.teaching.exercises.fields import Setting, Values
from core.teaching.exercises.grading import check_names
from core.teaching.exercises.rules import untold_rules
from core.teaching.exercises.variants import applies, setting_of
from core.teaching.exercises.walks import LOSS


def listed() -> list[dict[str, Any]]:
    """Every exercise by name, without its numbers."""
    return [_heading(exercise) | {"fields": list(exercise.parts)} for exercise in EXERCISES.values()]


def shown(exercise: Exercise, seed: int) -> dict[str, Any]:
    """An exercise with its numbers.

    Parameters
    ----------
    exercise : Exercise
    seed : int
        0 for the lecture's own numbers.

    Returns
    -------
    dict
        ``given`` numbers; ``fields`` with shapes, hints and known mistakes, without any answer; and the
        ``configuration`` of the same network, samples and learning rate.
    """
    setting = setting_of(exercise.sheet, seed)
    values = exercise.sheet.compute(setting)
    given = {
        each.name: {
            "label": each.label,
            "latex": each.latex,
            "symbol": each.symbol,
            "shape": values[each.name].shape,
            "values": positive_zeros(values[each.name]),
        }
        for each in exercise.given
    }
    shown = {"seed": seed, "given": given, "fields": _fields(exercise, values)}
    return _heading(exercise) | shown | {"configuration": configuration_of(setting)}


def revealed(exercise: Exercise, seed: int, fields: list[str]) -> dict[str, dict[str, Array]]:
    """The right numbers of some fields.

    Raises
    ------
    InvalidInput
        For a field that the exercise does not have.
    """
    check_names(exercise.parts, fields, "fields")
    values = exercise.sheet.compute(setting_of(exercise.sheet, seed))
    return {name: {"values": positive_zeros(values[name])} for name in fields}


def configuration_of(setting: Setting) -> dict[str, Any]:
    """The same numbers as a client would create a run of them."""
    layers = setting.network.layers
    biases = [layer.b for layer in layers if layer.b is not None]
    return {
        "network": {
            "layer_sizes": list(setting.network.layer_sizes),
            "activations": [layer.activation for layer in layers],
            "bias": bool(biases),
            "initialization": {"weights": [layer.W for layer in layers]} | ({"biases": biases} if biases else {}),
        },
        "loss": LOSS,
        "data": {"inputs": setting.x, "targets": setting.y},
        "optimizer": {"method": "gradient_descent", "learning_rate": setting.eta},
    }


def positive_zeros(values: Array) -> Array:
    """Without the sign of a zero, which nobody would type."""
    return values + 0.0


def _heading(exercise: Exercise) -> dict[str, Any]:
    heading = {name: getattr(exercise, name) for name in ("name", "title", "slides", "task")}
    return heading | {"sheet": exercise.sheet.name, "earlier": list(exercise.earlier)}


def _fields(exercise: Exercise, values: Values) -> list[dict[str, Any]]:
    fields = []
    for part, each in enumerate(exercise.fields, 1):
        untold = {rule.name: rule.untold for rule in untold_rules(each, values)}
        rules = dict.fromkeys(rule.name for rule in each.rules if applies(rule, values) and rule.name not in untold)
        fields.append(
            {
                "name": each.name,
                "label": each.label,
                "latex": each.latex,
                "symbol": each.symbol,
                "shape": values[each.name].shape,
                "part": part,
                "inputs": list(each.inputs),
                "hints": list(each.hints),
                "rules": list(rules),
                "untold": [{"rule": name, "why": why} for name, why in untold.items()],
            }
        )
    return fields
