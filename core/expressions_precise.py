"""A formula on numbers of any precision, for limits that float64 cannot see."""

from collections.abc import Callable, Mapping
from typing import Any

from mpmath import mp, mpc, mpf

from core.expressions_functions import FUNCTIONS
from core.expressions_nodes import Constant, Node, Number, Variable

LARGEST = mpf(10) ** 4000
_FACTORS = 1000  # integer powers up to this are products, larger ones go over the logarithm


def _divide(u: Any, v: Any) -> Any:
    return mp.nan if v == 0 else u / v


def _power(u: Any, v: Any) -> Any:
    if u == 0:
        return mp.nan if v < 0 else mpf(v == 0)
    if not mp.isint(v):
        return mp.nan if u < 0 else mp.power(u, v)
    if abs(v) <= _FACTORS:
        return u ** int(v)
    size = mp.exp(v * mp.log(abs(u)))
    return -size if u < 0 and int(v) % 2 else size


OPERATORS: dict[str, Callable[..., Any]] = {
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": lambda u, v: u * v,
    "divide": _divide,
    "power": _power,
    "negate": lambda u: -u,
}


def evaluate_precisely(node: Node, values: Mapping[str, Any]) -> Any | None:
    """Evaluate a formula in the precision that the caller has set in ``mpmath.mp``.

    Parameters
    ----------
    node : Node
    values : mapping of str to mpf
        One number for each variable of the formula.

    Returns
    -------
    mpf or None
        None where the formula is undefined, or where a number on the way is larger than 10⁴⁰⁰⁰.
    """
    if isinstance(node, Number):
        return mpf(node.value.numerator) / node.value.denominator
    if isinstance(node, Constant):
        return +(mp.pi if node.name == "pi" else mp.e)
    if isinstance(node, Variable):
        return mp.mpf(values[node.name])
    args = []
    for arg in node.args:
        value = evaluate_precisely(arg, values)
        if value is None:
            return None
        args.append(value)
    if node.op in OPERATORS:
        return _defined(OPERATORS[node.op](*args))
    return _defined(FUNCTIONS[node.op].precise(mp, *args))


def _defined(value: Any) -> Any | None:
    if isinstance(value, mpc) or not mp.isfinite(value) or abs(value) > LARGEST:
        return None
    return value
