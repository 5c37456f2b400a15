"""Why a number of an update is what it is: its formula, the operands filled in, a numerical check, a line of NumPy."""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.teaching import backward_why, forward_why, names, parameter_why, update_why
from core.teaching.backpropagation import Update
from core.teaching.explanation import Explanation, Term
from core.teaching.nudges import Difference, central_difference
from core.teaching.numbers import KINDS, Number, read
from core.teaching.writing import Writing

DIGITS = 4

_EXPLAIN: dict[str, Callable[[Writing, Number], Explanation]] = {
    "z": forward_why.pre_activation,
    "h": forward_why.activation,
    "losses": forward_why.sample_loss,
    "L": forward_why.batch_loss,
    "dloss": backward_why.loss_gradient,
    "df": backward_why.derivative,
    "J": backward_why.jacobian,
    "zW": parameter_why.weight_jacobian,
    "zb": parameter_why.bias_jacobian,
    "dh": backward_why.activation_gradient,
    "delta": backward_why.delta,
    "dW": backward_why.weight_gradient,
    "db": backward_why.bias_gradient,
    "dW_rows": backward_why.row_weight_gradient,
    "db_rows": backward_why.row_bias_gradient,
    "dW_sums": backward_why.weight_gradient_sum,
    "db_sums": backward_why.bias_gradient_sum,
    "W_new": update_why.new_parameter,
    "b_new": update_why.new_parameter,
    "z_new": forward_why.pre_activation,
    "h_new": forward_why.activation,
    "losses_new": forward_why.sample_loss,
    "L_new": forward_why.batch_loss,
}
_GIVEN_SLIDES = {"x": 19, "y": 19, "W": 19, "b": 32, "m": 52}
_GIVEN = {
    "x": "An input: it is given.",
    "y": "A target: it is given.",
    "W": "A weight before this update: where it started, or what the update before made of it.",
    "b": "A bias before this update: where it started, or what the update before made of it.",
    "eta": "The learning rate: it is chosen.",
    "m": "The batch size: how many samples the update sees.",
    "k": "The number of this update, counted from 1.",
}
_OF_THE_RULE = "What the update rule remembers from the updates before; 0 at the start."
_CHOSEN = "A number of the update rule: it is chosen."


def why(u: Update, name: str, digits: int = DIGITS) -> dict[str, Any]:
    """Unfold one number into what it is computed from.

    Parameters
    ----------
    u : Update
    name : str
        Its path, as ``layers[0].weight_gradients[1][0]``.
    digits : int
        Significant digits of the numbers in LaTeX.

    Returns
    -------
    dict
        `number`, `value`, `name`, `latex` and `filled` (the whole equation in letters, the right side in numbers),
        `terms`, `operands` (numbers that can be asked again), `numerical` or `numerical_reason`, `numpy`, `slide`,
        `given`. A given number (x, y, W, b, η and what the rule remembers) has no operands.

    Raises
    ------
    InvalidInput
        For a name that no number of this update has.
    """
    with np.errstate(all="ignore"):
        number, w = read(u, name), Writing(u, digits)
        if KINDS[number.kind].given:
            return _given(w, number)
        found = _EXPLAIN[number.kind](w, number)
        check = central_difference(w, number)
        value = w.value(number)
        return {
            "number": number.path,
            "value": value,
            "name": w.text(number),
            "symbol": w.latex(number),
            "latex": f"{w.latex(number)} = {found.formula}",
            "filled": _filled(found.filled, value, digits),
            "terms": None if found.terms is None else [_term(w, term) for term in found.terms],
            "terms_divided_by": found.divisor,
            "operands": [_operand(w, each) for each in found.operands],
            "operands_left_out": found.left_out,
            "numerical": vars(check) if isinstance(check, Difference) else None,
            "numerical_reason": None if isinstance(check, Difference) else check,
            "numpy": found.numpy,
            "slide": found.slide,
            "given": False,
            "note": found.note,
        }


def _filled(operands: str, value: float, digits: int) -> str:
    """The right side in numbers and its value; where the right side is that number itself, it is said once."""
    said = names.equals(value, digits)
    return said if operands == names.rounded(value, digits) else f"{operands} {said}"


def _given(w: Writing, number: Number) -> dict[str, Any]:
    of_rule = _OF_THE_RULE if number.kind.startswith("slot.") else _CHOSEN
    return {
        "number": number.path,
        "value": w.value(number),
        "name": w.text(number),
        "symbol": w.latex(number),
        "latex": w.latex(number),
        "filled": names.equals(w.value(number), w.digits),
        "terms": None,
        "terms_divided_by": 1,
        "operands": [],
        "operands_left_out": 0,
        "numerical": None,
        "numerical_reason": "It is given, not computed.",
        "numpy": w.variable(number),
        "slide": _GIVEN_SLIDES.get(number.kind, 34),
        "given": True,
        "note": _GIVEN.get(number.kind, of_rule),
    }


def _operand(w: Writing, number: Number) -> dict[str, Any]:
    return {
        "number": number.path,
        "value": w.value(number),
        "name": w.text(number),
        "latex": w.latex(number),
        "role": KINDS[number.kind].role,
    }


def _term(w: Writing, term: Term) -> dict[str, Any]:
    factors = [{"number": each.path, "value": w.value(each), "name": w.text(each)} for each in term.factors]
    told: dict[str, Any] = {"factors": factors, "value": term.value}
    return told if term.operation is None else told | {"operation": term.operation}
