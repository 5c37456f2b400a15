"""A formula on numbers of any precision, for limits that float64 cannot see."""

from collections.abc import Callable, Mapping
from typing import Any

from mpmath import mp, mpc, mpf

from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Constant, Node, Number, Variable

LARGEST = mpf(10) ** 4000
_FACTORS = 1000  # integer powers up to this are products, larger ones go over the logarithm
_GUARD = 40  # bits at the end of a number that rounding may have touched
# functions with zeros away from 0, where rounding leaves a trace
_WINDING = {"sin", "cos"}
_CROSSING = {*_WINDING, "ln", "log2", "log10"}


def _sum(u: Any, v: Any) -> Any:
    total = u + v
    return mp.zero if abs(total) <= _noise(max(abs(u), abs(v))) else total


def _noise(size: Any) -> Any:
    return mp.ldexp(size, _GUARD - mp.prec) if mp.isfinite(size) else mp.zero


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
    "add": _sum,
    "subtract": lambda u, v: _sum(u, -v),
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
        None where the formula is undefined; ±∞ where it is larger than 10⁴⁰⁰⁰.

    Notes
    -----
    Differences that only rounding has left are 0, so that 3x − 0.3 vanishes at 0.1, and 2 − x² at √2.
    As in float64, what is too large goes on as ±∞: 1/(1 + ∞) is 0.
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
    if node.op == "tan":
        # over the cosine, which knows its zeros
        return _defined(_divide(_call("sin", args), _call("cos", args)))
    return _defined(_call(node.op, args))


def _call(name: str, args: list[Any]) -> Any:
    value = FUNCTIONS[name].precise(mp, *args)
    if name in _CROSSING and abs(args[0]) > _noise(mp.one):
        # the trace is as large as that of the angle; of a logarithm, whose zero is at 1, as that of 1
        noise = _noise(max(mp.one, abs(args[0])) if name in _WINDING else mp.one)
        if noise >= 1:
            # not one digit of the angle is known
            return mp.nan
        if abs(value) <= noise:
            return mp.zero
    # ln 0 is undefined; what is only too large is still finite here
    return mp.nan if mp.isinf(value) and all(map(mp.isfinite, args)) else value


def _defined(value: Any) -> Any | None:
    if isinstance(value, mpc) or mp.isnan(value):
        return None
    return mp.inf * mp.sign(value) if abs(value) > LARGEST else value
