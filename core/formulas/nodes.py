"""The tree of a formula: numbers, constants, variables and calls, each with its place in the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

Span = tuple[int, int]
NOWHERE: Span = (0, 0)


@dataclass(frozen=True)
class Number:
    """A number that is not negative, exact as it was typed."""

    value: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Constant:
    """π or Euler's number: the name is ``pi`` or ``e``."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Variable:
    """A variable: one letter or ŷ, and an index where it has one, as in ``x1``."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Call:
    """An operation on nodes.

    Attributes
    ----------
    op : str
        ``add``, ``subtract``, ``multiply``, ``divide``, ``power``, ``negate``, or a name of FUNCTIONS.
    args : tuple of Node
        As many as the operation takes.
    span : (int, int)
        Where the text of this node starts and ends, in characters; it takes no part in comparisons.
    """

    op: str
    args: tuple["Node", ...]
    span: Span = field(default=NOWHERE, compare=False)


Node = Number | Constant | Variable | Call


def number(value: int | Fraction) -> Node:
    """Build the node of a rational number; a negative one is the negation of its size.

    Parameters
    ----------
    value : int or Fraction

    Returns
    -------
    Node
    """
    size = Number(abs(Fraction(value)))
    return Call("negate", (size,)) if value < 0 else size


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it, parents first.

    Parameters
    ----------
    node : Node

    Yields
    ------
    Node
    """
    yield node
    if isinstance(node, Call):
        for arg in node.args:
            yield from walk(arg)


def variables_of(node: Node) -> tuple[str, ...]:
    """List the variables of a formula in their natural order: x before y, y before ŷ, x2 before x10.

    Parameters
    ----------
    node : Node

    Returns
    -------
    tuple of str
    """
    return tuple(sorted({each.name for each in walk(node) if isinstance(each, Variable)}, key=_order))


def _order(name: str) -> tuple[str, bool, int]:
    return ("y" if name[0] == "ŷ" else name[0], name[0] == "ŷ", int(name[1:] or -1))


def substituted(node: Node, replacements: Mapping[str, Node]) -> Node:
    """Put formulas in the place of variables, as in f(g(x)).

    Parameters
    ----------
    node : Node
    replacements : mapping of str to Node
        What stands for which variable; the other variables stay.

    Returns
    -------
    Node
    """
    if isinstance(node, Variable):
        return replacements.get(node.name, node)
    if isinstance(node, Call):
        return replace(node, args=tuple(substituted(arg, replacements) for arg in node.args))
    return node
