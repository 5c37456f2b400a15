"""Why there is no derivative at a point, in words a student reads, with the numbers."""

from collections.abc import Mapping
from typing import Any

from mpmath import mp

from core.calculus.limits import LARGEST, Limit, Study
from core.calculus.precise import evaluate_precisely
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Node
from core.sentence_numbers import finely_written

# what a function asks of its argument
_DOMAINS = {
    "ln": "a number above 0",
    "log2": "a number above 0",
    "log10": "a number above 0",
    "sqrt": "a number that is not negative",
    "asin": "a number from −1 to 1",
    "acos": "a number from −1 to 1",
}
_TOO_LARGE = "a number on the way is too large"


def reason_of(node: Node, values: Mapping[str, Any], variable: str, found: Study, name: str = "f") -> str | None:
    """Say what stands in the way of the derivative.

    Parameters
    ----------
    node : Node
    values : mapping of str to mpf
        The point.
    variable : str
        The variable that moves.
    found : Study
    name : str
        What the function is called.

    Returns
    -------
    str or None
        None where the derivative exists.
    """
    if found.obstacle is None:
        return None
    where = f"{variable} = {finely_written(values[variable])}"
    if found.value is None or found.obstacle == "pole":
        cause = _cause(node, values)
        verdict = "cannot be computed" if cause == _TOO_LARGE else "is not defined"
        return _undefined(f"{name} {verdict} at {where}: {cause}.", found, name)
    return _WORDS[found.obstacle](where, found, name)


def _undefined(start: str, found: Study, name: str) -> str:
    left, right = found.left.value, found.right.value
    kinds = (left.kind, right.kind)
    if found.obstacle == "pole":
        # not "a pole": ln x and e^(1/x) have none at 0, but this all of them have
        return f"{start} The curve has a vertical asymptote there: {_sides(found, name)}."
    if kinds == ("undefined", "undefined"):
        return start
    if kinds == ("finite", "finite") and abs(left.value - right.value) <= 4 * (left.error + right.error):
        return f"{start} Both sides tend to {finely_written(left.value)}: the curve has a hole there."
    return f"{start} On its sides, {_sides(found, name)}."


def _sides(found: Study, name: str) -> str:
    return f"{_tends('left', found.left.value, name)}, {_tends('right', found.right.value, name)}"


def _tends(side: str, limit: Limit, name: str) -> str:
    match limit.kind:
        case "finite":
            return f"from the {side} {name} tends to {finely_written(limit.value)}"
        case "infinite":
            return f"from the {side} {name} {'rises' if limit.value > 0 else 'falls'} without bound"
        case "undefined":
            return f"on the {side} {name} is not defined"
    return f"from the {side} {name} does not settle"


def _jump(where: str, found: Study, name: str) -> str:
    return f"{name} jumps at {where}: {_sides(found, name)}, and {name} itself is {finely_written(found.value)} there."


def _vertical(where: str, found: Study, name: str) -> str:
    left, right = found.left.slope, found.right.slope
    if left.kind == right.kind == "infinite":
        if left.value == right.value:
            way = _boundless(left.value)
            return f"The tangent at {where} is vertical: the slopes of the secants {way} on both sides."
        start = f"{name} has a cusp at {where}: from the left the slopes of the secants {_boundless(left.value)}"
        return f"{start}, from the right they {_boundless(right.value)}."
    side, other, beside = ("left", "right", right) if left.kind == "infinite" else ("right", "left", left)
    way = _boundless((left if side == "left" else right).value)
    start = f"From the {side} the slopes of the secants at {where} {way}: the tangent is vertical"
    if beside.kind == "finite":
        return f"{start}. From the {other} the slope is {finely_written(beside.value)}."
    return f"{start}. On the {other} {name} is not defined."


def _boundless(slope: float) -> str:
    return "grow without bound" if slope > 0 else "fall without bound"


def _edge(where: str, found: Study, name: str) -> str:
    left, right = found.left.slope, found.right.slope
    if left.kind == right.kind:
        return f"{name} is defined at {where} alone and on neither side of it, so there is no secant."
    missing, other, slope = ("left", "right", right) if left.kind == "undefined" else ("right", "left", left)
    start = f"The domain of {name} ends at {where}: on the {missing} {name} is not defined."
    return f"{start} From the {other} the slope is {finely_written(slope.value)}, but a derivative needs both sides."


def _kink(where: str, found: Study, name: str) -> str:
    left, right = found.left.slope, found.right.slope
    if left.kind == right.kind == "finite":
        return (
            f"{name} has a kink at {where}: the slope is {finely_written(left.value)} from the left and "
            f"{finely_written(right.value)} from the right, so the secants have no common limit."
        )
    return f"The slopes of the secants at {where} do not settle, so they have no limit."


_WORDS = {"jump": _jump, "vertical": _vertical, "edge": _edge, "kink": _kink}


def _cause(node: Node, values: Mapping[str, Any]) -> str:
    """The first operation that cannot be done, its arguments being fine."""
    assert isinstance(node, Call)
    args = []
    for arg in node.args:
        value = evaluate_precisely(arg, values)
        if value is None:
            return _cause(arg, values)
        args.append(value)
    if not all(abs(value) < LARGEST for value in args):
        return _TOO_LARGE
    return _failure(node.op, args)


def _failure(op: str, args: list[Any]) -> str:
    if op == "divide" and args[1] == 0:
        return "division by 0"
    if op == "power" and args[0] == 0:
        return "0 to a negative power is a division by 0"
    if op == "power" and args[0] < 0 and not mp.isint(args[1]):
        base, exponent = (finely_written(value) for value in args)
        thirds = 3 * args[1]
        hint = "; cbrt takes cube roots of negative numbers too" if mp.almosteq(thirds, mp.nint(thirds)) else ""
        this = f"this is {base} to the power {exponent}{hint}"
        return f"a negative number has powers with whole exponents only, and {this}"
    if op in _DOMAINS:
        return f"the {FUNCTIONS[op].label} needs {_DOMAINS[op]} and gets {finely_written(args[0])}"
    if op == "tan":
        return "the tangent divides by the cosine, which is 0 there"
    return _TOO_LARGE
