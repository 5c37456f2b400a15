"""Where no short algebra leads to the limit: the rule of differentiation that does, with its parts filled in."""

from dataclasses import dataclass, replace

from core.calculus.derivation.lines import Line, Sketch, call, product
from core.calculus.symbolic import derivative
from core.formulas.expressions import parse
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Node, Variable, number, substituted, variables_of, walk
from core.formulas.printing import latex_of

# what has a kink or a jump
_BREAKING = {"abs", "sign", "step", "relu", "max", "min", "floor", "ceil", "round"}


@dataclass(frozen=True)
class _Rule:
    """A rule in letters, what the letters are here, and what the rule gives."""

    name: str
    letters: str
    parts: str
    applied: Node


def rule_lines(sketch: Sketch) -> list[Line]:
    """Name the rule for the outermost operation and apply it.

    Parameters
    ----------
    sketch : Sketch

    Returns
    -------
    list of Line
        The rule in letters, its parts, the rule applied, and the result.
    """
    node = sketch.node
    assert isinstance(node, Call)  # numbers and variables are polynomials
    rule = _RULES.get(node.op, _chain)(sketch, node)
    put_in, result = sketch.equal(rule.applied, "Put in."), sketch.result()
    steps = [put_in] if put_in.latex == result.latex else [put_in, result]
    if any(isinstance(each, Call) and each.op in _BREAKING for each in (*walk(node), *walk(sketch.derivative))):
        steps[-1] = replace(steps[-1], note=f"{steps[-1].note} It holds where f has neither a kink nor a jump.")
    return [
        Line(rule.letters, f"By the rules of differentiation: the {rule.name}."),
        Line(rule.parts, "What the letters are here."),
        *steps,
    ]


def _parts(*named: tuple[str, Node]) -> str:
    return r", \quad ".join(f"{name} = {latex_of(node)}" for name, node in named)


def _sum(sketch: Sketch, node: Call) -> _Rule:
    (u, v), (du, dv) = node.args, _derivatives(sketch, node)
    sign = "+" if node.op == "add" else "-"
    letters = rf"\left(u {sign} v\right)' = u' {sign} v'"
    return _Rule("sum rule", letters, _parts(("u", u), ("v", v)), call(node.op, du, dv))


def _negative(sketch: Sketch, node: Call) -> _Rule:
    [u], [du] = node.args, _derivatives(sketch, node)
    return _Rule("rule of the constant factor", r"\left(-u\right)' = -u'", _parts(("u", u)), call("negate", du))


def _product(sketch: Sketch, node: Call) -> _Rule:
    (u, v), (du, dv) = node.args, _derivatives(sketch, node)
    if not variables_of(u):
        return _constant_factor(u, v, dv)
    if not variables_of(v):
        return _constant_factor(v, u, du)
    applied = call("add", product(du, v), product(u, dv))
    return _Rule("product rule", r"\left(u v\right)' = u' v + u v'", _parts(("u", u), ("v", v)), applied)


def _constant_factor(c: Node, u: Node, du: Node) -> _Rule:
    name = "rule of the constant factor"
    return _Rule(name, r"\left(c u\right)' = c u'", _parts(("c", c), ("u", u)), product(c, du))


def _quotient(sketch: Sketch, node: Call) -> _Rule:
    (u, v), (du, dv) = node.args, _derivatives(sketch, node)
    if not variables_of(v):
        letters = r"\left(\frac{u}{c}\right)' = \frac{u'}{c}"
        return _Rule("rule of the constant factor", letters, _parts(("u", u), ("c", v)), call("divide", du, v))
    above = call("subtract", product(du, v), product(u, dv))
    letters = r"\left(\frac{u}{v}\right)' = \frac{u' v - u v'}{v^{2}}"
    parts = _parts(("u", u), ("v", v))
    return _Rule("quotient rule", letters, parts, call("divide", above, call("power", v, number(2))))


def _power(sketch: Sketch, node: Call) -> _Rule:
    (u, v), (du, dv) = node.args, _derivatives(sketch, node)
    if not variables_of(v):
        less = call("power", u, call("subtract", v, number(1)))
        letters = r"\left(u^{n}\right)' = n u^{n - 1} u'"
        return _Rule("power rule", letters, _parts(("u", u), ("n", v)), product(v, less, du))
    if not variables_of(u):
        letters = r"\left(c^{u}\right)' = c^{u} \ln(c) \, u'"
        return _Rule("exponential rule", letters, _parts(("c", u), ("u", v)), product(node, call("ln", u), dv))
    letters = r"\left(u^{v}\right)' = u^{v} \left(v' \ln u + \frac{v u'}{u}\right)"
    inner = call("add", product(dv, call("ln", u)), call("divide", product(v, du), u))
    return _Rule("rule for powers, from u^v = e^(v ln u)", letters, _parts(("u", u), ("v", v)), product(node, inner))


def _chain(sketch: Sketch, node: Call) -> _Rule:
    [u], [du] = node.args, _derivatives(sketch, node)
    slope = parse(FUNCTIONS[node.op].derivatives[0]).node
    outer = Call(node.op, (Variable("u"),))
    known = latex_of(substituted(slope, {"x": Variable("u")}))
    letters = rf"\left(g(u)\right)' = g'(u) \, u', \quad g'(u) = {known}"
    return _Rule("chain rule", letters, _parts(("g(u)", outer), ("u", u)), product(substituted(slope, {"x": u}), du))


def _larger_or_smaller(sketch: Sketch, node: Call) -> _Rule:
    (u, v), (du, dv) = node.args, _derivatives(sketch, node)
    first, second = (substituted(parse(text).node, {"x": u, "y": v}) for text in FUNCTIONS[node.op].derivatives)
    sign, other = (">", "<") if node.op == "max" else ("<", ">")
    cases = rf"\begin{{cases}} u' & u {sign} v \\ v' & u {other} v \end{{cases}}"
    letters = rf"\left(\{node.op}(u, v)\right)' = {cases}"
    applied = call("add", product(first, du), product(second, dv))
    return _Rule(f"{FUNCTIONS[node.op].label}, case by case", letters, _parts(("u", u), ("v", v)), applied)


def _derivatives(sketch: Sketch, node: Call) -> list[Node]:
    return [derivative(arg, sketch.variable) for arg in node.args]


_RULES = {
    "add": _sum,
    "subtract": _sum,
    "negate": _negative,
    "multiply": _product,
    "divide": _quotient,
    "power": _power,
    "max": _larger_or_smaller,
    "min": _larger_or_smaller,
}
