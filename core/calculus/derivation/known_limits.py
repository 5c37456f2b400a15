"""Derivations that need one trick or one known limit: roots, sine, cosine, exponential, logarithm, |x|, ReLU."""

from collections.abc import Callable
from fractions import Fraction

import sympy

from core.calculus.derivation.lines import Line, Sketch, call, product
from core.calculus.symbolic import from_sympy, symbol, to_sympy
from core.formulas.nodes import Call, Node, number
from core.formulas.printing import latex_of, text_of


def known_limit_lines(sketch: Sketch) -> list[Line] | None:
    """Derive f′ for one function of a line ax + b.

    Parameters
    ----------
    sketch : Sketch

    Returns
    -------
    list of Line or None
        None where f is not such a function.
    """
    found = _function_of_line(sketch.node)
    if found is None:
        return None
    op, u = found
    slope = sympy.diff(to_sympy(u), symbol(sketch.variable))
    if op not in _DERIVATIONS or not slope.is_Rational or slope == 0:
        return None
    return _DERIVATIONS[op](sketch, u, Fraction(int(slope.p), int(slope.q)))


def _function_of_line(node: Node) -> tuple[str, Node] | None:
    return (node.op, node.args[0]) if isinstance(node, Call) and len(node.args) == 1 else None


def _root(sketch: Sketch, u: Node, a: Fraction) -> list[Line]:
    ahead, here = call("sqrt", sketch.ahead(u)), call("sqrt", u)
    both = call("add", ahead, here)
    below = product(sketch.step, both)
    widened = call("multiply", call("subtract", ahead, here), both)
    return [
        sketch.line(
            call("divide", widened, below), "Multiply by the conjugate, above and below: (a − b)(a + b) = a² − b²."
        ),
        sketch.line(call("divide", call("subtract", sketch.ahead(u), u), below), "The roots above are gone."),
        sketch.line(call("divide", number(a), both), f"Simplify, and divide by {sketch.step_name}."),
        sketch.equal(call("divide", number(a), product(number(2), here)), "Take the limit: both roots become one."),
        sketch.result(),
    ]


def _sine(sketch: Sketch, u: Node, a: Fraction) -> list[Line]:
    theorem = "sin(a + b) = sin a cos b + cos a sin b."
    return _by_addition(sketch, call("sin", u), "add", call("cos", u), a, theorem)


def _cosine(sketch: Sketch, u: Node, a: Fraction) -> list[Line]:
    theorem = "cos(a + b) = cos a cos b − sin a sin b."
    return _by_addition(sketch, call("cos", u), "subtract", call("sin", u), a, theorem)


def _by_addition(sketch: Sketch, f: Node, sign: str, g: Node, a: Fraction, theorem: str) -> list[Line]:
    """For f(u + d) = f(u) cos d ± g(u) sin d, where d = aΔx."""
    d = product(number(a), sketch.step)
    ahead = call(sign, call("multiply", f, call("cos", d)), call("multiply", g, call("sin", d)))
    first, second = _known_quotients(sketch, d)
    limit = call(sign, call("multiply", f, number(0)), call("multiply", g, number(a)))
    return [
        sketch.line(sketch.over_step(call("subtract", ahead, f)), theorem),
        sketch.line(call(sign, call("multiply", f, first), call("multiply", g, second)), "Collect terms."),
        sketch.equal(limit, _known_in_words(sketch, a)),
        sketch.result(),
    ]


def _known_quotients(sketch: Sketch, d: Node) -> tuple[Node, Node]:
    less_one = call("subtract", call("cos", d), number(1))
    return sketch.over_step(less_one), sketch.over_step(call("sin", d))


def _known_in_words(sketch: Sketch, a: Fraction) -> str:
    step, inner = sketch.step_name, _step_in_words(sketch, a)
    inner = f"({inner})" if a != 1 else f" {inner}"
    return f"Known limits: (cos{inner} − 1)/{step} → 0 and sin{inner}/{step} → {_in_words(a)}."


def _step_in_words(sketch: Sketch, a: Fraction) -> str:
    """a·Δx."""
    if abs(a) == 1:
        return sketch.step_name if a == 1 else f"−{sketch.step_name}"
    return f"{_in_words(a)}·{sketch.step_name}"


def _exponential(sketch: Sketch, u: Node, a: Fraction) -> list[Line]:
    exp, ahead = call("exp", u), call("exp", product(number(a), sketch.step))
    step = sketch.step_name
    power = f"e^({_step_in_words(sketch, a)})" if a != 1 else f"e^{step}"
    split = call("subtract", call("multiply", exp, ahead), exp)
    quotient = sketch.over_step(call("subtract", ahead, number(1)))
    return [
        sketch.line(sketch.over_step(split), "e^(a + b) = e^a · e^b."),
        sketch.line(call("multiply", exp, quotient), "Factor out."),
        sketch.equal(product(number(a), exp), f"Known limit: ({power} − 1)/{step} → {_in_words(a)}."),
        sketch.result(),
    ]


def _logarithm(sketch: Sketch, u: Node, a: Fraction) -> list[Line]:
    share = call("divide", product(number(a), sketch.step), u)
    known = call("divide", call("ln", call("add", number(1), share)), share)
    return [
        sketch.line(sketch.over_step(call("ln", call("divide", sketch.ahead(u), u))), "ln a − ln b = ln(a/b)."),
        sketch.line(
            call("multiply", call("divide", number(a), u), known), "The same share t stands in ln(1 + t) and under it."
        ),
        sketch.equal(call("divide", number(a), u), "Known limit: ln(1 + t)/t → 1, as t goes to 0."),
        sketch.result(),
    ]


def _absolute(sketch: Sketch, u: Node, a: Fraction) -> list[Line]:
    return _corner(sketch, u, a, (a, -a), (-abs(a), abs(a)))


def _relu(sketch: Sketch, u: Node, a: Fraction) -> list[Line]:
    return _corner(sketch, u, a, (a, Fraction(0)), (min(a, Fraction(0)), max(a, Fraction(0))))


def _corner(
    sketch: Sketch, u: Node, a: Fraction, above_and_below: tuple[Fraction, Fraction], sides: tuple[Fraction, Fraction]
) -> list[Line]:
    """Both one-sided limits where u = 0; `above_and_below` are the slopes where u > 0 and where u < 0."""
    above, below = (latex_of(number(slope)) for slope in above_and_below)
    line, x = latex_of(u), sketch.variable
    at_zero = latex_of(sketch.over_step(call(_op(sketch), product(number(a), sketch.step))))
    place = _in_words(_zero(sketch, u, a))
    left, right = sides
    cases = rf"\begin{{cases}} {above} & {line} > 0 \\ {below} & {line} < 0 \end{{cases}}"
    return [
        Line(rf"{sketch.limit('^+')} {at_zero} = {latex_of(number(right))}", f"At {x} = {place}, from the right."),
        Line(rf"{sketch.limit('^-')} {at_zero} = {latex_of(number(left))}", f"At {x} = {place}, from the left."),
        Line(
            f"{sketch.head} = {cases}",
            f"The two sides differ: at {x} = {place} there is no limit. Elsewhere f is a line near {x}.",
        ),
    ]


def _op(sketch: Sketch) -> str:
    assert isinstance(sketch.node, Call)
    return sketch.node.op


def _zero(sketch: Sketch, u: Node, a: Fraction) -> Node:
    offset = to_sympy(u).subs(symbol(sketch.variable), 0)
    return from_sympy(-offset / sympy.Rational(a.numerator, a.denominator), decimals=True)


def _in_words(value: Fraction | Node) -> str:
    text = text_of(number(value) if isinstance(value, Fraction) else value)
    return text.replace("-", "−")


_DERIVATIONS: dict[str, Callable[[Sketch, Node, Fraction], list[Line]]] = {
    "sqrt": _root,
    "sin": _sine,
    "cos": _cosine,
    "exp": _exponential,
    "ln": _logarithm,
    "abs": _absolute,
    "relu": _relu,
}
