"""What a formula may ask for at most, and constants that have no value, checked on the finished tree."""

import math
from dataclasses import dataclass

import numpy as np

from core.formulas.nodes import Call, Constant, Node, Number, walk
from core.formulas.printing import number_text, text_of
from core.formulas.programs import CONSTANTS, apply
from core.formulas.tokens import LONGEST_NUMBER, Mistake

LARGEST_NUMBER = 10**9
LARGEST_CONSTANT = 1e15
LARGEST_EXPONENT = 100
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


def check(node: Node, text: str) -> None:
    """Refuse a formula that is too large, or that holds a constant without a value.

    Parameters
    ----------
    node : Node
    text : str
        What it was read from.

    Raises
    ------
    Mistake
        With the place of the subexpression at fault.
    """
    for count, each in enumerate(walk(node), start=1):
        if count > MOST_NODES:
            message = f"A formula has at most {MOST_NODES} numbers, variables and operations. Leave something out."
            raise Mistake(message, *each.span)
    _Check(text).size(node)


class _Check:
    def __init__(self, text: str) -> None:
        self.text = text

    def mistake(self, message: str, node: Node, instead: str | None = None) -> Mistake:
        start, end = node.span
        texts = [] if instead is None else [self.text[:start] + instead + self.text[end:]]
        return Mistake(message, start, end, *texts)

    def size(self, node: Node) -> _Size:
        if isinstance(node, Number):
            if node.value > LARGEST_NUMBER:
                raise self.mistake("Numbers go up to 1e9.", node, "1e9")
            if len(number_text(node.value)) > LONGEST_NUMBER:
                raise self.mistake(f"Numbers have at most {LONGEST_NUMBER} digits.", node, "0")
            return _Size(float(node.value), 1, 1)
        if not isinstance(node, Call):
            return _Size(CONSTANTS[node.name] if isinstance(node, Constant) else None, 1, 1)
        sizes = [self.size(arg) for arg in node.args]
        depth = max(size.depth for size in sizes) + 1
        first = node.args[0]
        if node.op in _CHAINS and isinstance(first, Call) and _CHAINS.get(first.op) == _CHAINS[node.op]:
            depth = max(sizes[0].depth, sizes[1].depth + 1)
        if depth > DEEPEST:
            raise self.mistake(f"A formula is nested at most {DEEPEST} deep.", node)
        return _Size(self.value(node, sizes), depth, self.degree(node, sizes))

    def value(self, node: Call, sizes: list[_Size]) -> float | None:
        last = sizes[-1].value
        if node.op == "divide" and last == 0:
            raise self.mistake("Nothing can be divided by 0.", node.args[1])
        if node.op == "power" and last is not None and abs(last) > LARGEST_EXPONENT:
            largest = f"{'-' if last < 0 else ''}{LARGEST_EXPONENT}"
            message = f"Exponents go from -{LARGEST_EXPONENT} to {LARGEST_EXPONENT}."
            raise self.mistake(message, node.args[1], f"({largest})" if last < 0 else largest)
        values = [np.float64(size.value) for size in sizes if size.value is not None]
        if len(values) < len(sizes):
            return None
        with np.errstate(all="ignore"):
            value = float(apply(node.op, [np.asarray(value) for value in values]))
        if math.isnan(value):
            raise self.mistake(f"{text_of(node)} is not a real number.", node)
        if abs(value) > LARGEST_CONSTANT:
            raise self.mistake(f"{text_of(node)} is too large: constants go up to 1e15.", node, "10^15")
        return value

    def degree(self, node: Call, sizes: list[_Size]) -> int:
        degree = max(size.degree for size in sizes)
        if node.op in {"multiply", "divide"}:
            degree = sum(size.degree for size in sizes)
        if node.op == "power" and sizes[1].value is not None:
            degree = sizes[0].degree * max(1, math.ceil(abs(sizes[1].value)))
        if degree > HIGHEST_DEGREE:
            message = f"Powers of powers go up to degree {HIGHEST_DEGREE} in all."
            raise self.mistake(message, node)
        return degree
