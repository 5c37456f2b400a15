"""Formulas as SymPy expressions, built by hand from the tree, and their symbolic derivatives."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import sympy

from core.errors import InvalidInput
from core.formulas.expressions import parse
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Constant, Node, Number, Variable, number, variables_of, walk
from core.formulas.printing import text_of

# what SymPy knows by itself; the other functions become classes with the derivative of their registry entry
_NATIVE: dict[str, Any] = {
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "exp": sympy.exp,
    "ln": sympy.log,
    "sqrt": sympy.sqrt,
}
_NAMES_OF_NATIVE = {function: name for name, function in _NATIVE.items()} | {sympy.Abs: "abs", sympy.sign: "sign"}
_OPERATORS: dict[str, Any] = {
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": lambda u, v: u * v,
    "divide": lambda u, v: u / v,
    "power": lambda u, v: u**v,
    "negate": lambda u: -u,
}
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E}
_LARGEST = 10**300  # numbers beyond leave float64
_STACKED = 4  # how many signs a fraction inside a fraction is worth
_EXPANDED = 200  # terms up to which fractions are reduced
_TIDY = 60  # operations up to which a shorter form of a derivative is looked for


def symbol(name: str) -> sympy.Symbol:
    """Build the symbol of a variable: a real one.

    Parameters
    ----------
    name : str

    Returns
    -------
    sympy.Symbol
    """
    return sympy.Symbol(name, real=True)


@cache
def _class_of(name: str) -> Any:
    """A SymPy function that knows the derivatives of its registry entry, and nothing more."""
    function = FUNCTIONS[name]

    def fdiff(self: Any, argindex: int = 1) -> Any:
        given = parse(function.derivatives[argindex - 1]).node
        return to_sympy(given, dict(zip(("x", "y"), self.args, strict=False)))

    def evaluate(cls: Any, *args: Any) -> Any:
        if len(args) == 2 and args[0] == args[1]:
            return args[0]
        # a number stands behind: the derivative of max(0, x) is step(x), as that of max(x, 0)
        return cls(args[1], args[0]) if len(args) == 2 and args[0].is_number and not args[1].is_number else None

    members = {"fdiff": fdiff, "eval": classmethod(evaluate), "nargs": function.arity, "is_real": True}
    if name == "abs":
        # |u|² is u², by which sign(u)/|u| becomes 1/u
        members["_eval_power"] = lambda self, exponent: self.args[0] ** exponent if exponent.is_even else None
    return type(sympy.Function)(name, (sympy.Function,), members)


def to_sympy(node: Node, symbols: Mapping[str, Any] | None = None) -> Any:
    """Build the SymPy expression of a formula.

    Parameters
    ----------
    node : Node
    symbols : mapping of str to sympy expression, optional
        What stands for each variable; without it a real symbol of that name.

    Returns
    -------
    sympy.Expr
    """
    if isinstance(node, Number):
        return sympy.Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, Constant):
        return _CONSTANTS[node.name]
    if isinstance(node, Variable):
        return symbol(node.name) if symbols is None else symbols[node.name]
    args = [to_sympy(arg, symbols) for arg in node.args]
    build = _OPERATORS.get(node.op) or _NATIVE.get(node.op) or _class_of(node.op)
    return build(*args)


def derivative(node: Node, variable: str) -> Node:
    """Differentiate a formula.

    Parameters
    ----------
    node : Node
    variable : str

    Returns
    -------
    Node
        The derivative where there is one; at kinks and jumps it has the value that sign(0) = step(0) = 0 give.

    Raises
    ------
    InvalidInput
        Where the formula is undefined everywhere, or its derivative holds numbers beyond float64.
    """
    built = to_sympy(node)
    if built.has(sympy.zoo, sympy.nan, sympy.oo):
        raise _unwritable()
    raw = sympy.diff(built, symbol(variable))
    decimals = any(isinstance(each, Number) and each.value.denominator > 1 for each in walk(node))
    candidates = [from_sympy(form, decimals) for form in _forms(raw)]
    return min(candidates, key=_awkwardness)


def _awkwardness(node: Node) -> tuple[int, int]:
    """How much there is to read; a variable under a line counts for more, and a fraction inside a fraction."""
    fractions = [each for each in walk(node) if isinstance(each, Call) and each.op == "divide"]
    variable = sum(bool(variables_of(each.args[1])) for each in fractions)
    stacked = sum(each in walk(other) for each in fractions for other in fractions if each is not other)
    return len(list(walk(node))) + variable + _STACKED * stacked, len(text_of(node))


def _forms(raw: Any) -> list[Any]:
    """The same expression in a few forms, of which the shortest will be shown."""
    if raw.count_ops() > _TIDY:
        return [raw]
    together = sympy.together(raw)
    forms = [raw, together, sympy.factor_terms(raw), sympy.powsimp(raw), *_with_sizes(raw)]
    numerator, denominator = together.as_numer_denom()
    if denominator != 1 and _roots(raw) * _terms(numerator) * _terms(denominator) <= _EXPANDED:
        forms += [sympy.expand(numerator) / denominator, sympy.cancel(raw)]
    return forms


def _roots(expr: Any) -> int:
    """The common denominator of all exponents, which is the degree that reducing a fraction has to work with."""
    exponents = [power.exp for power in expr.atoms(sympy.Pow) if power.exp.is_Rational]
    return math.lcm(*(int(exponent.q) for exponent in exponents))


def _terms(expr: Any) -> int:
    """At most how many terms the expression has when its powers and products are expanded."""
    if expr.is_Add:
        return sum(_terms(arg) for arg in expr.args)
    if expr.is_Mul:
        return math.prod(_terms(arg) for arg in expr.args)
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return int(_terms(expr.base) ** int(expr.exp))
    return 1


def _unwritable() -> InvalidInput:
    return InvalidInput(
        "expression", "The result is infinite, complex or undefined: it cannot be written as a formula."
    )


def _with_sizes(raw: Any) -> list[Any]:
    """The forms in which sign(u)/|u| is 1/u, and u·sign(u) is |u|."""
    sign, size = _class_of("sign"), _class_of("abs")

    def folded(product: Any) -> Any:
        for factor in product.args:
            if factor.func == sign and factor.args[0] in product.args:
                return product / factor / factor.args[0] * size(factor.args[0])
        return product

    return [raw.replace(sign, lambda u: u / size(u)), raw.replace(lambda each: each.is_Mul, folded)]


def from_sympy(expr: Any, decimals: bool = False) -> Node:
    """Write a SymPy expression as a formula, in the way a book would: no negative powers, signs in front.

    Parameters
    ----------
    expr : sympy.Expr
    decimals : bool
        Whether rational numbers that have an end are written as decimals: 0.2 instead of 1/5.

    Returns
    -------
    Node

    Raises
    ------
    InvalidInput
        Where it holds what formulas have no word for: infinity, complex numbers, numbers beyond float64.
    """
    return _Writer(decimals).node(expr)


class _Writer:
    def __init__(self, decimals: bool) -> None:
        self.decimals = decimals

    def node(self, expr: Any) -> Node:
        if expr.is_Rational:
            return self._rational(Fraction(int(expr.p), int(expr.q)))
        if expr in (sympy.pi, sympy.E):
            return Constant("pi" if expr == sympy.pi else "e")
        if expr.is_Symbol:
            return Variable(expr.name)
        if expr.is_Add:
            return self._sum(_ordered(expr))
        if expr.is_Mul:
            return self._product(expr)
        if expr.is_Pow:
            return self._power(expr)
        name = _NAMES_OF_NATIVE.get(expr.func) or expr.func.__name__
        if name in FUNCTIONS:
            return Call(name, tuple(self.node(arg) for arg in expr.args))
        raise _unwritable()

    def _rational(self, value: Fraction) -> Node:
        if not abs(value.numerator) < _LARGEST > value.denominator:
            raise InvalidInput("expression", "The numbers in the result are too large.")
        if value.denominator == 1 or (self.decimals and 10**15 % value.denominator == 0):
            return number(value)
        node = Call("divide", (number(abs(value.numerator)), number(value.denominator)))
        return Call("negate", (node,)) if value < 0 else node

    def _sum(self, terms: Sequence[Any]) -> Node:
        node = self.node(terms[0])
        for term in terms[1:]:
            if _is_negative(term):
                node = Call("subtract", (node, self.node(-term)))
            else:
                node = Call("add", (node, self.node(term)))
        return node

    def _power(self, expr: Any) -> Node:
        base, exponent = expr.as_base_exp()
        if exponent.is_Rational and exponent < 0:
            return Call("divide", (number(1), self.node(sympy.Pow(base, -exponent))))
        if exponent == sympy.Rational(1, 2):
            return Call("sqrt", (self.node(base),))
        return Call("power", (self.node(base), self.node(exponent)))

    def _product(self, expr: Any) -> Node:
        """Write a product as sign, coefficient, factors, over what has a negative exponent."""
        coefficient, rest = expr.as_coeff_Mul(rational=True)
        if coefficient < 0:
            return Call("negate", (self.node(-expr),))
        over, under = _fraction(rest)
        value = Fraction(int(coefficient.p), int(coefficient.q))
        whole, part = value, Fraction(1)
        if not (self.decimals and 10**15 % value.denominator == 0):
            whole, part = Fraction(value.numerator), Fraction(value.denominator)
        numerator = [self._rational(whole)] * (whole != 1 or not over) + [self.node(factor) for factor in over]
        denominator = [self._rational(part)] * (part != 1) + [self.node(factor) for factor in under]
        node = _chain(numerator)
        return Call("divide", (node, _chain(denominator))) if denominator else node


def _is_negative(term: Any) -> bool:
    return bool(term.as_coeff_Mul(rational=True)[0] < 0)


def _ordered(expr: Any) -> list[Any]:
    """The terms of a sum from the highest power down; of two terms a negative one stands last: 1 − x²."""
    terms = list(expr.as_ordered_terms())
    return terms[::-1] if len(terms) == 2 and _is_negative(terms[0]) and not _is_negative(terms[1]) else terms


def _fraction(expr: Any) -> tuple[list[Any], list[Any]]:
    """Split the factors of a product into those over and those under the line, in the order of a book."""
    over, under = [], []
    for factor in sorted(sympy.Mul.make_args(expr), key=_rank):
        base, exponent = factor.as_base_exp()
        if exponent.is_Rational and exponent < 0:
            under.append(sympy.Pow(base, -exponent))
        else:
            over.append(factor)
    return over, under


def _rank(factor: Any) -> tuple[int, Any]:
    """Numbers, then variables, then functions, then sums."""
    base, exponent = factor.as_base_exp()
    plain = factor.is_number and not factor.has(sympy.Function)
    kind = 0 if plain else 1 if base.is_Symbol and exponent.is_number else 3 if base.is_Add else 2
    return kind, sympy.default_sort_key(factor)


def _chain(factors: Sequence[Node]) -> Node:
    node = factors[0]
    for factor in factors[1:]:
        node = Call("multiply", (node, factor))
    return node
