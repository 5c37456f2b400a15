"""Lines of a derivation: what stands in each, as LaTeX for the page and as a tree that a test can evaluate."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.formulas.nodes import Call, Node, Number, Variable, number, substituted, walk
from core.formulas.printing import latex_of

STEP = "Δ"  # with the variable's name behind it: the variable Δx


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes
    ----------
    latex : str
    note : str
        In words, what was done.
    node : Node or None
        What stands behind "lim", in x and Δx, where the line holds for all x; None where it cannot be evaluated.
    """

    latex: str
    note: str
    node: Node | None = None


@dataclass(frozen=True)
class Sketch:
    """A function whose derivative is being derived, the derivative, and how lines about them are written."""

    node: Node
    variable: str
    derivative: Node

    @cached_property
    def x(self) -> Node:
        """The variable."""
        return Variable(self.variable)

    @property
    def step_name(self) -> str:
        """The name of Δx."""
        return STEP + self.variable

    @cached_property
    def step(self) -> Node:
        """Δx."""
        return Variable(self.step_name)

    @cached_property
    def decimals(self) -> bool:
        """Whether numbers are written as decimals."""
        return any(isinstance(each, Number) and each.value.denominator > 1 for each in walk(self.node))

    @property
    def head(self) -> str:
        """The left side of every line."""
        return f"f'({latex_of(self.x)})"

    def limit(self, direction: str = "") -> str:
        """lim with Δx → 0 under it; the direction is ``^+`` or ``^-`` where it matters."""
        return rf"\lim_{{{latex_of(self.step)} \to 0{direction}}}"

    def ahead(self, node: Node) -> Node:
        """The same formula at x + Δx."""
        return substituted(node, {self.variable: call("add", self.x, self.step)})

    def over_step(self, node: Node) -> Node:
        """A formula divided by Δx."""
        return call("divide", node, self.step)

    def line(self, node: Node, note: str) -> Line:
        """A line in which Δx still goes to 0."""
        return Line(f"{self.head} = {self.limit()} {_behind_limit(node)}", note, node)

    def equal(self, node: Node, note: str) -> Line:
        """A line in which Δx is gone."""
        return Line(f"{self.head} = {latex_of(node)}", note, node)

    def beginning(self) -> list[Line]:
        """The definition, and f put into it."""
        x, step = latex_of(self.x), latex_of(self.step)
        definition = rf"{self.head} = {self.limit()} \frac{{f({x} + {step}) - f({x})}}{{{step}}}"
        return [
            Line(definition, "The definition."),
            self.line(self.put_in(), "Substitute f."),
        ]

    def put_in(self) -> Node:
        """The slope of the secant."""
        return self.over_step(call("subtract", self.ahead(self.node), self.node))

    def result(self) -> Line:
        """The derivative as it is used from here on."""
        return self.equal(self.derivative, "The result.")


def _behind_limit(node: Node) -> str:
    latex = latex_of(node)
    is_sum = isinstance(node, Call) and node.op in {"add", "subtract", "negate"}
    return rf"\left({latex}\right)" if is_sum else latex


def call(op: str, *args: Node) -> Node:
    """Build an operation.

    Parameters
    ----------
    op : str
    *args : Node

    Returns
    -------
    Node
    """
    return Call(op, args)


def total(terms: Sequence[Node]) -> Node:
    """Add terms up; what is negative is subtracted.

    Parameters
    ----------
    terms : sequence of Node

    Returns
    -------
    Node
        0 where there are none.
    """
    if not terms:
        return number(0)
    result = terms[0]
    for term in terms[1:]:
        if isinstance(term, Call) and term.op == "negate":
            result = call("subtract", result, term.args[0])
        else:
            result = call("add", result, term)
    return result


def product(*factors: Node) -> Node:
    """Multiply; factors of 1 are left out, and the sign of a negative number goes in front.

    Parameters
    ----------
    *factors : Node

    Returns
    -------
    Node
    """
    flat = [each for factor in factors for each in _factors(factor) if each != number(1)] or [number(1)]
    first = flat[0]
    negative = isinstance(first, Call) and first.op == "negate" and isinstance(first.args[0], Number)
    result = first.args[0] if isinstance(first, Call) and negative else first
    if negative and result == number(1) and len(flat) > 1:
        result, flat = flat[1], flat[1:]
    for factor in flat[1:]:
        result = call("multiply", result, factor)
    return call("negate", result) if negative else result


def _factors(node: Node) -> list[Node]:
    if isinstance(node, Call) and node.op == "multiply":
        return [factor for arg in node.args for factor in _factors(arg)]
    return [node]
