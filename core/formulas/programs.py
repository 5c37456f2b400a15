"""A formula as a program in postfix order, and what it gives on arrays; static/js/base/program.js runs the same one."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Constant, Node, Number, Variable
from core.network.activations import Array

Program = list[list[str | int | float]]

CONSTANTS = {"pi": math.pi, "e": math.e}


def _divide(u: Array, v: Array) -> Array:
    return np.where(v == 0, np.nan, u / v)


def _power(u: Array, v: Array) -> Array:
    # What is undefined stays undefined (IEEE makes NaN⁰ and 1^NaN one), and so do 0 to a negative power and (±1)^∞.
    undefined = np.isnan(u) | np.isnan(v) | ((u == 0) & (v < 0)) | ((np.abs(u) == 1) & np.isinf(v))
    return np.where(undefined, np.nan, np.power(u, v))


OPERATORS: dict[str, tuple[int, Callable[..., Array]]] = {
    "add": (2, np.add),
    "subtract": (2, np.subtract),
    "multiply": (2, np.multiply),
    "divide": (2, _divide),
    "power": (2, _power),
    "negate": (1, np.negative),
}


def arity_of(op: str) -> int:
    """How many arguments an operation takes.

    Parameters
    ----------
    op : str
        An operator or a name of FUNCTIONS.

    Returns
    -------
    int
    """
    return OPERATORS[op][0] if op in OPERATORS else FUNCTIONS[op].arity


def apply(op: str, args: Sequence[Array]) -> NDArray[np.float64]:
    """Carry out one operation on arrays.

    Parameters
    ----------
    op : str
    args : sequence of array
        As many as the operation takes.

    Returns
    -------
    array of float64
    """
    f = OPERATORS[op][1] if op in OPERATORS else FUNCTIONS[op].f
    return np.asarray(f(*args), np.float64)


def program_of(node: Node, variables: Sequence[str]) -> Program:
    """Write a formula in postfix order.

    Parameters
    ----------
    node : Node
    variables : sequence of str
        The order in which values will be given; it holds every variable of the formula.

    Returns
    -------
    list of [op] or [op, operand]
        ``["number", 2]``, ``["variable", 0]`` (an index into `variables`), ``["add"]``, ``["sin"]`` …
    """
    if isinstance(node, Number):
        return [["number", int(node.value) if node.value.denominator == 1 else float(node.value)]]
    if isinstance(node, Constant):
        return [["number", CONSTANTS[node.name]]]
    if isinstance(node, Variable):
        return [["variable", variables.index(node.name)]]
    return [step for arg in node.args for step in program_of(arg, variables)] + [[node.op]]


def evaluate(program: Program, values: Sequence[ArrayLike]) -> NDArray[np.float64]:
    """Run a program.

    Parameters
    ----------
    program : Program
    values : sequence of arrays or numbers
        One per variable; they are broadcast against one another.

    Returns
    -------
    array of float64
        Of the common shape of the values; NaN where the formula is undefined or not finite.
    """
    arrays = [np.asarray(value, np.float64) for value in values]
    stack: list[Array] = []
    with np.errstate(all="ignore"):
        for op, *operand in program:
            if op == "number":
                stack.append(np.asarray(operand[0], np.float64))
            elif op == "variable":
                stack.append(arrays[int(operand[0])])
            else:
                name = str(op)
                count = arity_of(name)
                stack[-count:] = [apply(name, stack[-count:])]
    result = np.broadcast_to(stack[-1], np.broadcast_shapes(*(array.shape for array in arrays)))
    return np.where(np.isfinite(result), result, np.nan)


def value_of(node: Node) -> float | None:
    """Evaluate a formula without variables.

    Parameters
    ----------
    node : Node

    Returns
    -------
    float or None
        None where it depends on a variable; NaN where it is undefined.
    """
    try:
        return float(evaluate(program_of(node, ()), ()))
    except ValueError:
        return None


def breaks_of(node: Node) -> list[Node]:
    """Collect what may vanish where the formula has a kink, a jump, a pole or the edge of its domain.

    Parameters
    ----------
    node : Node

    Returns
    -------
    list of Node
        Subexpressions that depend on a variable, each once; the formula is smooth wherever none of them is 0.
    """
    found: dict[Node, None] = {}
    _collect(node, found)
    return list(found)


def _collect(node: Node, found: dict[Node, None]) -> None:
    if not isinstance(node, Call):
        return
    for arg in node.args:
        _collect(arg, found)
    for candidate in _breaks_here(node):
        for zero in _factors(candidate):
            if value_of(zero) is None:
                found.setdefault(zero)


def _factors(node: Node) -> list[Node]:
    """What vanishes where the node does: x for x², which touches 0 without a change of sign; u and v for u·v."""
    match node:
        case Call("multiply", args):
            return [each for arg in args for each in _factors(arg)]
        case Call("power" | "divide" | "negate" | "abs" | "sqrt" | "cbrt" | "sign", args):
            return _factors(args[0])
    return [node]


def _breaks_here(node: Call) -> tuple[Node, ...]:
    if node.op in FUNCTIONS:
        return FUNCTIONS[node.op].breaks(*node.args)
    if node.op == "divide":
        return (node.args[1],)
    if node.op == "power":
        exponent = value_of(node.args[1])
        smooth = exponent is not None and exponent >= 0 and exponent.is_integer()
        return () if smooth else (node.args[0],)
    return ()
