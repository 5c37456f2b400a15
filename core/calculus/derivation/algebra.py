"""The limit behind a derivative, line by line, as on slides 7–10: real algebra where there is some, else the rules."""

import math
from typing import Any

import sympy

from core.calculus.analysis import Analysis
from core.calculus.derivation.known_limits import known_limit_lines
from core.calculus.derivation.lines import Line, Sketch, call, product, total
from core.calculus.derivation.rules import rule_lines
from core.calculus.symbolic import from_sympy, symbol, to_sympy
from core.formulas.nodes import Call, Node, number, variables_of, walk
from core.formulas.programs import value_of

# beyond these the lines would be too long to read
HIGHEST_DEGREE = 6
HIGHEST_FRACTION = 3


def limit_lines(analysis: Analysis) -> list[Line]:
    """Derive the derivative from its definition.

    Parameters
    ----------
    analysis : Analysis
        Of f, of one variable.

    Returns
    -------
    list of Line
        The definition, f put in, the steps to where Δx can go to 0, and the result.
    """
    [variable], [derivative] = analysis.variables, analysis.partials
    sketch = Sketch(analysis.node, variable, derivative)
    steps = known_limit_lines(sketch) or _algebra(sketch) or rule_lines(sketch)
    lines = [*sketch.beginning(), *steps]
    return [line for k, line in enumerate(lines) if k == 0 or line.latex != lines[k - 1].latex]


def _algebra(sketch: Sketch) -> list[Line] | None:
    # looked at first: SymPy would multiply anything out
    if _degree(sketch.node) > 2 * HIGHEST_DEGREE:
        return None
    x = symbol(sketch.variable)
    f = to_sympy(sketch.node)
    over, under = sympy.fraction(sympy.together(f))
    top, bottom = sympy.degree(over, x), sympy.degree(under, x)
    if bottom == 0 and top <= HIGHEST_DEGREE:
        # x (1/x + 1) is a polynomial only once it is multiplied out
        return _polynomial(sketch, sympy.expand(over / under))
    if max(top, bottom) <= HIGHEST_FRACTION:
        return _fraction(sketch, sympy.expand(over), sympy.expand(under))
    return None


def _degree(node: Node) -> float:
    """The highest degree that multiplying out may meet; infinite where f is no fraction of polynomials."""
    if not variables_of(node):
        return 0
    if not isinstance(node, Call):
        return 1
    degrees = [_degree(arg) for arg in node.args]
    if node.op in {"multiply", "divide"}:
        return sum(degrees)
    if node.op == "power" and (exponent := value_of(node.args[1])) is not None and exponent.is_integer():
        return degrees[0] * abs(exponent)
    return max(degrees) if node.op in {"add", "subtract", "negate"} else math.inf


def _polynomial(sketch: Sketch, f: Any) -> list[Line]:
    x, h = symbol(sketch.variable), symbol(sketch.step_name)
    ahead = f.subs(x, x + h)
    difference = sketch.over_step(call("subtract", _sum(sketch, ahead), _sum(sketch, f)))
    rest = sympy.expand(ahead - f)
    put_in = sketch.put_in()
    # x + Δx + 1 need not be multiplied out
    multiplied = [] if len(list(walk(difference))) == len(list(walk(put_in))) else [difference]
    return [
        *(sketch.line(each, "Expand.") for each in multiplied),
        sketch.line(sketch.over_step(_sum(sketch, rest)), f"Simplify: what has no {sketch.step_name} cancels."),
        sketch.line(_sum(sketch, rest / h), f"Divide by {sketch.step_name}."),
        sketch.equal(_sum(sketch, f.diff(x)), f"Take the limit: what still has a {sketch.step_name} goes to 0."),
        sketch.result(),
    ]


def _fraction(sketch: Sketch, over: Any, under: Any) -> list[Line]:
    x, h = symbol(sketch.variable), symbol(sketch.step_name)
    p, q = _sum(sketch, over), _sum(sketch, under)
    crossed = call("subtract", product(sketch.ahead(p), q), product(p, sketch.ahead(q)))
    below, with_step = product(q, sketch.ahead(q)), product(q, sketch.step, sketch.ahead(q))
    rest = sympy.expand(over.subs(x, x + h) * under - over * under.subs(x, x + h))
    divided = sympy.expand(rest / h)
    limit = call("divide", _sum(sketch, divided.subs(h, 0)), call("power", q, number(2)))
    return [
        sketch.line(call("divide", crossed, with_step), "Bring to a common denominator."),
        sketch.line(call("divide", _sum(sketch, rest), with_step), "Expand and simplify."),
        sketch.line(call("divide", _sum(sketch, divided), below), f"Divide by {sketch.step_name}."),
        sketch.equal(limit, f"Take the limit: what still has a {sketch.step_name} goes to 0."),
        sketch.result(),
    ]


def _sum(sketch: Sketch, expr: Any) -> Node:
    """A polynomial in x and Δx multiplied out: first what has no Δx, higher powers of x before lower ones."""
    x, h = symbol(sketch.variable), symbol(sketch.step_name)
    terms = sorted(sympy.Poly(expr, x, h).terms(), key=lambda term: (term[0][1], -term[0][0]))
    nodes = [from_sympy(factor * x**a * h**b, sketch.decimals) for (a, b), factor in terms]
    return total(nodes)
