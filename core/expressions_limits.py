"""What a formula may ask for at most, and constants that have no value, checked on the finished tree."""

import math
from dataclasses import dataclass

import numpy as np

from core.expressions_nodes import Call, Constant, Node, Number, walk
from core.expressions_printing import text_of
from core.expressions_programs import CONSTANTS, apply
from core.expressions_tokens import Mistake

LARGEST_NUMBER = 10**9
LARGEST_CONSTANT = 1e15
LARGEST_EXPONENT = 20
MOST_NODES = 80
DEEPEST = 20
HIGHEST_DEGREE = 400

# a chain of these is written without nesting, and read without it
_CHAINS = {"add": "sum", "subtract": "sum", "multiply": "product", "divide": "product"}


@dataclass(frozen=True)
class _Size:
    """What is known of a subtree: its value where it is constant, its depth, its degree as a polynomial."""

    value: float | None
    depth: int
    degree: int


def _mistake(message: str, node: Node) -> Mistake:
    return Mistake(message, *node.span)


def check(node: Node) -> None:
    """Refuse a formula that is too large, or that holds a constant without a value.

    Parameters
    ----------
    node : Node

    Raises
    ------
    Mistake
        With the place of the subexpression at fault.
    """
    for count, each in enumerate(walk(node), start=1):
        if count > MOST_NODES:
            message = f"A formula has at most {MOST_NODES} numbers, variables and operations. Leave something out."
            raise _mistake(message, each)
    _size(node)


def _size(node: Node) -> _Size:
    if isinstance(node, Number):
        if node.value > LARGEST_NUMBER:
            raise _mistake("Numbers go up to 1e9.", node)
        return _Size(float(node.value), 1, 1)
    if isinstance(node, Constant):
        return _Size(CONSTANTS[node.name], 1, 1)
    if not isinstance(node, Call):
        return _Size(None, 1, 1)
    sizes = [_size(arg) for arg in node.args]
    depth = max(size.depth + 1 for size in sizes)
    first = node.args[0]
    if isinstance(first, Call) and _CHAINS.get(first.op) == _CHAINS.get(node.op, ""):
        depth = max(sizes[0].depth, sizes[1].depth + 1)
    if depth > DEEPEST:
        raise _mistake(f"A formula is nested at most {DEEPEST} deep.", node)
    return _Size(_value(node, sizes), depth, _degree(node, sizes))


def _value(node: Call, sizes: list[_Size]) -> float | None:
    last = sizes[-1].value
    if node.op == "divide" and last == 0:
        raise _mistake("Nothing can be divided by 0.", node.args[1])
    if node.op == "power" and last is not None and abs(last) > LARGEST_EXPONENT:
        raise _mistake(f"Exponents go from -{LARGEST_EXPONENT} to {LARGEST_EXPONENT}.", node.args[1])
    values = [size.value for size in sizes if size.value is not None]
    if len(values) < len(sizes):
        return None
    with np.errstate(all="ignore"):
        value = float(apply(node.op, [np.asarray(value) for value in values]))
    if math.isnan(value):
        raise _mistake(f"{text_of(node)} is not a real number.", node)
    if abs(value) > LARGEST_CONSTANT:
        raise _mistake(f"{text_of(node)} is too large. Constants go up to 1e15.", node)
    return value


def _degree(node: Call, sizes: list[_Size]) -> int:
    degree = max(size.degree for size in sizes)
    if node.op in {"multiply", "divide"}:
        degree = sum(size.degree for size in sizes)
    if node.op == "power" and sizes[1].value is not None:
        degree = sizes[0].degree * max(1, math.ceil(abs(sizes[1].value)))
    if degree > HIGHEST_DEGREE:
        raise _mistake(f"Powers of powers go up to {HIGHEST_DEGREE} in all.", node)
    return degree
