"""Symbolic derivatives against SymPy, complex steps and differences in high precision; and how they read."""

import math

import numpy as np
import pytest
import sympy
from hypothesis import given, reject, settings
from mpmath import mp, mpf

from core.calculus.precise import evaluate_precisely
from core.calculus.symbolic import derivative, from_sympy, symbol, to_sympy
from core.errors import InvalidInput
from core.formulas.expressions import parse
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Number, Variable, variables_of, walk
from core.formulas.printing import latex_of, text_of
from core.formulas.programs import OPERATORS, breaks_of, evaluate, program_of
from tests.core.formulas.formulas import readable, trees
from tests.core.formulas.test_printing import mathml

X = sympy.Symbol("x", real=True)
STEP = 1e-30  # an imaginary step has no round-off


def bend(condition, left, right):
    return np.where(condition, left, right)


# text: the same function by hand in SymPy, and in complex NumPy, and where to compare
FUNCTIONS_BY_HAND = {
    "7": (sympy.Integer(7) + 0 * X, lambda z: 7 + 0 * z, (-2, 0, 3)),
    "x": (X, lambda z: z, (-2, 0, 3)),
    "2x - 5": (2 * X - 5, lambda z: 2 * z - 5, (-2, 0, 3)),
    "x^2": (X**2, lambda z: z * z, (-2, 0, 1.5)),
    "(x+1)(x-1)": ((X + 1) * (X - 1), lambda z: z**2 - 1, (-2, 0, 1.5)),
    "x³ - 3x": (X**3 - 3 * X, lambda z: z**3 - 3 * z, (-2, 0, 1)),
    "x^20": (X**20, lambda z: z**20, (-1.1, 0.5, 1)),
    "(x²+1)^5": ((X**2 + 1) ** 5, lambda z: (z * z + 1) ** 5, (-1, 0, 2)),
    "1/x": (1 / X, lambda z: 1 / z, (-2, 0.5, 3)),
    "x^-3": (X**-3, lambda z: 1 / z**3, (-2, 0.5, 3)),
    "x/(x+1)": (X / (X + 1), lambda z: z / (z + 1), (-2, 0, 3)),
    "(2x+1)/(x²+1)": ((2 * X + 1) / (X**2 + 1), lambda z: (2 * z + 1) / (z * z + 1), (-2, 0, 3)),
    "√x": (sympy.sqrt(X), np.sqrt, (0.01, 1, 9)),
    "√(1-x²)": (sympy.sqrt(1 - X**2), lambda z: np.sqrt(1 - z * z), (-0.9, 0, 0.5)),
    "1/√x": (1 / sympy.sqrt(X), lambda z: 1 / np.sqrt(z), (0.1, 1, 9)),
    "x^(3/2)": (X ** sympy.Rational(3, 2), lambda z: z**1.5, (0.1, 1, 4)),
    "x^0.1": (X ** sympy.Rational(1, 10), lambda z: z**0.1, (0.1, 1, 4)),
    "cbrt x": (sympy.real_root(X, 3), lambda z: bend(z.real > 0, z, -z) ** (1 / 3) * np.sign(z.real), (-8, 0.5, 27)),
    "e^x": (sympy.exp(X), np.exp, (-3, 0, 2)),
    "e^(-x²)": (sympy.exp(-(X**2)), lambda z: np.exp(-z * z), (-1, 0, 0.7)),
    "2^x": (2**X, lambda z: 2**z, (-3, 0, 4)),
    "x^x": (X**X, lambda z: z**z, (0.2, 1, 3)),
    "x e^x": (X * sympy.exp(X), lambda z: z * np.exp(z), (-2, 0, 1)),
    "ln x": (sympy.log(X), np.log, (0.1, 1, 5)),
    "log2 x": (sympy.log(X, 2), np.log2, (0.1, 1, 5)),
    "log10(x²+1)": (sympy.log(X**2 + 1, 10), lambda z: np.log10(z * z + 1), (-2, 0, 5)),
    "x ln x": (X * sympy.log(X), lambda z: z * np.log(z), (0.1, 1, 5)),
    "ln(1+e^x)": (sympy.log(1 + sympy.exp(X)), lambda z: np.log(1 + np.exp(z)), (-3, 0, 2)),
    "sin x": (sympy.sin(X), np.sin, (-2, 0, 3)),
    "cos 3x": (sympy.cos(3 * X), lambda z: np.cos(3 * z), (-2, 0, 3)),
    "tan x": (sympy.tan(X), np.tan, (-1, 0, 1.2)),
    "sin² x": (sympy.sin(X) ** 2, lambda z: np.sin(z) ** 2, (-2, 0, 3)),
    "sin(x²)": (sympy.sin(X**2), lambda z: np.sin(z * z), (-2, 0, 1)),
    "sin x cos x": (sympy.sin(X) * sympy.cos(X), lambda z: np.sin(z) * np.cos(z), (-2, 0, 1)),
    "sin(x)/x": (sympy.sin(X) / X, lambda z: np.sin(z) / z, (-2, 0.5, 3)),
    "asin x": (sympy.asin(X), np.arcsin, (-0.8, 0, 0.5)),
    "acos x": (sympy.acos(X), np.arccos, (-0.8, 0, 0.5)),
    "atan 2x": (sympy.atan(2 * X), lambda z: np.arctan(2 * z), (-2, 0, 3)),
    "sinh x": (sympy.sinh(X), np.sinh, (-2, 0, 3)),
    "cosh x": (sympy.cosh(X), np.cosh, (-2, 0, 3)),
    "tanh x": (sympy.tanh(X), np.tanh, (-2, 0, 0.5)),
    "sigmoid(2x)": (1 / (1 + sympy.exp(-2 * X)), lambda z: 1 / (1 + np.exp(-2 * z)), (-2, 0, 3)),
    "softplus x": (sympy.log(1 + sympy.exp(X)), lambda z: np.log(1 + np.exp(z)), (-2, 0, 3)),
    "relu(x-1)": (sympy.Max(0, X - 1), lambda z: bend(z.real > 1, z - 1, 0 * z), (-2, 0, 3)),
    "|x²-1|": (sympy.Abs(X**2 - 1), lambda z: bend(abs(z.real) > 1, z * z - 1, 1 - z * z), (-2, 0.5, 3)),
    "x|x|": (X * sympy.Abs(X), lambda z: bend(z.real > 0, z * z, -z * z), (-2, 0.5, 3)),
    "sign(x) x": (sympy.Abs(X), lambda z: bend(z.real > 0, z, -z), (-2, 0.5, 3)),
    "x step(x)": (sympy.Max(X, 0), lambda z: bend(z.real > 0, z, 0 * z), (-2, 0.5, 3)),
    "max(x², x)": (sympy.Max(X**2, X), lambda z: bend(z.real**2 > z.real, z * z, z), (-2, 0.5, 3)),
    "min(x², 1)": (sympy.Min(X**2, 1), lambda z: bend(z.real**2 < 1, z * z, 1 + 0 * z), (-2, 0.5, 3)),
    "√(x²)": (sympy.sqrt(X**2), lambda z: bend(z.real > 0, z, -z), (-2, 0.5, 3)),
    "ln|x|": (sympy.log(sympy.Abs(X)), lambda z: np.log(bend(z.real > 0, z, -z)), (-2, 0.5, 3)),
}


@pytest.mark.parametrize("text", FUNCTIONS_BY_HAND)
def test_derivatives_agree_with_sympy_and_with_complex_steps(text):
    by_hand, f, points = FUNCTIONS_BY_HAND[text]
    node = parse(text).node
    slope = derivative(node, "x")
    ours = evaluate(program_of(slope, ("x",)), [np.array(points, float)])
    oracle = [float(sympy.diff(by_hand, X).subs(X, sympy.Rational(str(point))).evalf(25)) for point in points]
    np.testing.assert_allclose(ours, oracle, rtol=1e-12, atol=1e-13)
    stepped = np.array([f(np.complex128(complex(point, STEP))).imag / STEP for point in points])
    np.testing.assert_allclose(ours, stepped, rtol=1e-12, atol=1e-13)


def test_there_are_enough_of_them():
    assert len(FUNCTIONS_BY_HAND) >= 40


# as a mathematician would write them
CANONICAL = {
    "3": "0",
    "x": "1",
    "-x": "-1",
    "pi x": "pi",
    "x**2": "2*x",
    "x^3/3": "x**2",
    "x^2/2": "x",
    "-x^2": "-2*x",
    "x^2+3y": "2*x",
    "2x+1": "2",
    "(ŷ-x)^2": "2*(x - ŷ)",
    "0.1x^2": "0.2*x",
    "0.37x^3": "1.11*x**2",
    "x^2/3": "2*x/3",
    "1-x^2": "-2*x",
    "1/x": "-1/x**2",
    "x^-2": "-2/x**3",
    "x/(x+1)": "1/(x + 1)**2",
    "(x^2+1)^5": "10*x*(x**2 + 1)**4",
    "sqrt(x)": "1/(2*sqrt(x))",
    "1/sqrt(x)": "-1/(2*x**(3/2))",
    "x^(3/2)": "3*sqrt(x)/2",
    "x^(1/3)": "1/(3*x**(2/3))",
    "cbrt x": "1/(3*cbrt(x)**2)",
    "sqrt(1-x^2)": "-x/sqrt(1 - x**2)",
    "sqrt(x^2+y^2)": "x/sqrt(x**2 + y**2)",
    "e^x": "exp(x)",
    "e^(-x)": "-exp(-x)",
    "e^(-x^2)": "-2*x*exp(-x**2)",
    "2^x": "2**x*ln(2)",
    "x^x": "x**x*(ln(x) + 1)",
    "x^y": "y*x**(y - 1)",
    "ln x": "1/x",
    "ln|x|": "1/x",
    "ln(x^2+1)": "2*x/(x**2 + 1)",
    "log2 x": "1/(x*ln(2))",
    "x ln x": "ln(x) + 1",
    "sin x": "cos(x)",
    "cos x": "-sin(x)",
    "sin x cos x": "cos(x)**2 - sin(x)**2",
    "sin^2 x": "2*sin(x)*cos(x)",
    "cos(3x)/2": "-3*sin(3*x)/2",
    "tan x": "tan(x)**2 + 1",
    "asin x": "1/sqrt(1 - x**2)",
    "acos x": "-1/sqrt(1 - x**2)",
    "atan x": "1/(x**2 + 1)",
    "tanh x": "1 - tanh(x)**2",
    "|x|": "sign(x)",
    "x|x|": "2*abs(x)",
    "|x-1|": "sign(x - 1)",
    "|sin x|": "cos(x)*sign(sin(x))",
    "sign x": "0",
    "step x": "0",
    "relu(x)": "step(x)",
    "relu(2x-1)": "2*step(2*x - 1)",
    "max(0, x)": "step(x)",
    "max(x, 0)": "step(x)",
    "max(x, x)": "1",
    "min(x, 1)": "step(1 - x)",
    "sigmoid(x)": "sigmoid(x)*(1 - sigmoid(x))",
    "softplus(x)": "sigmoid(x)",
    "(1-x)^2 + 100(y-x^2)^2": "-400*x*(y - x**2) + 2*x - 2",
    "u^2": "0",
}


@pytest.mark.parametrize("text", CANONICAL)
def test_derivatives_read_as_in_a_book(text):
    slope = derivative(parse(text).node, "x")
    assert text_of(slope) == CANONICAL[text]
    assert parse(CANONICAL[text]).node == slope
    mathml(latex_of(slope))


def test_the_other_variable():
    assert text_of(derivative(parse("x^2+3y").node, "y")) == "3"
    assert text_of(derivative(parse("x1 + 2 x2").node, "x2")) == "2"
    assert text_of(derivative(parse("(ŷ-y)^2").node, "ŷ")) == "2*(ŷ - y)"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("sqrt x", r"\frac{1}{2 \sqrt{x}}"),
        ("x^2", "2 x"),
        ("sin x", r"\cos x"),
        ("|x|", r"\operatorname{sign}\left(x\right)"),
        ("2^x", r"2^{x} \ln 2"),
        ("sigmoid x", r"\sigma\left(x\right) \left(1 - \sigma\left(x\right)\right)"),
        ("(ŷ-x)^2", r"2 \left(x - \hat{y}\right)"),
        ("1/x", r"-\frac{1}{x^{2}}"),
    ],
)
def test_derivatives_in_latex(text, latex):
    assert latex_of(derivative(parse(text).node, "x")) == latex


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_derivative_in_the_registry_is_the_derivative(name):
    function = FUNCTIONS[name]
    at = {"x": mpf("0.37"), "y": mpf("-0.21")}
    args = tuple(Variable(letter) for letter in ("x", "y")[: function.arity])
    for letter, text in zip("xy", function.derivatives, strict=False):
        with mp.workdps(60):
            expected = difference(Call(name, args), at, letter)
            assert float(evaluate_precisely(parse(text).node, at)) == pytest.approx(float(expected), rel=1e-15)
            ours = evaluate_precisely(derivative(Call(name, args), letter), at)
            assert float(ours) == pytest.approx(float(expected), rel=1e-15)


def difference(node, at, letter):
    """The central difference with a step of 10⁻²⁵ in the precision of mpmath, or None where there is none."""
    step = mpf(10) ** -25
    left, right = (evaluate_precisely(node, at | {letter: at[letter] + sign * step}) for sign in (-1, 1))
    if left is None or right is None or not (mp.isfinite(left) and mp.isfinite(right)):
        return None
    return (right - left) / (2 * step)


def beside_a_break(node, at):
    """Whether a kink or a pole is near, or a negative base under an exponent that happens to be a whole number."""
    values = [evaluate_precisely(each, at) for each in breaks_of(node)]
    powers = [each.args for each in walk(node) if isinstance(each, Call) and each.op == "power"]
    bases = [evaluate_precisely(u, at) for u, v in powers if variables_of(v)]
    near = any(value is None or abs(value) < mpf(10) ** -9 for value in values)
    return near or any(u is None or u <= 0 for u in bases)


def slope_of(node):
    """The derivative; a formula that SymPy sees to be undefined everywhere, like 0^x, is no example."""
    try:
        return derivative(node, "x")
    except InvalidInput:
        reject()


@settings(max_examples=150)
@given(trees(variables=("x", "y"), most=6))
def test_any_derivative_agrees_with_a_difference_in_high_precision(node):
    slope = slope_of(node)
    with mp.workdps(90):
        for x in ("0.7312", "-1.459", "2.803"):
            at = {"x": mpf(x), "y": mpf("0.6173")}
            expected = difference(node, at, "x")
            if expected is None or abs(expected) > 1e12 or beside_a_break(node, at):
                continue
            got = evaluate_precisely(slope, at)
            assert got is not None
            assert abs(got - expected) <= mpf(10) ** -12 * (1 + abs(expected)), text_of(slope)


@settings(max_examples=100)
@given(trees(variables=("x", "y"), most=6))
def test_any_derivative_prints_as_it_reads(node):
    slope = slope_of(node)
    text = text_of(slope)
    assert not any(bad in text for bad in ("+ -", "- -", "--", "**-", "-1*", "*-", "nan", "zoo"))
    mathml(latex_of(slope))
    if readable(slope):
        assert parse(text).node == slope


@settings(max_examples=150)
@given(trees(variables=("x", "y"), most=6))
def test_sympy_and_back_is_the_same_function(node):
    try:
        back = from_sympy(to_sympy(node))
    except InvalidInput:  # undefined everywhere
        reject()
    with mp.workdps(60):
        at = {"x": mpf("0.7312"), "y": mpf("0.6173")}
        before, after = evaluate_precisely(node, at), evaluate_precisely(back, at)
        if before is None or abs(before) > 1e12 or beside_a_break(node, at):
            return
        assert after is not None
        assert abs(after - before) <= mpf(10) ** -40 * (1 + abs(before))


def test_a_long_derivative_is_left_as_it_comes():
    text = " ".join(f"sin({k}x)" for k in range(1, 10))
    slope = derivative(parse(text).node, "x")
    at = {"x": mpf("0.3")}
    with mp.workdps(40):
        expected = difference(parse(text).node, at, "x")
        assert float(evaluate_precisely(slope, at)) == pytest.approx(float(expected), rel=1e-12)


def test_symbols_can_be_given():
    h = sympy.Symbol("h", positive=True)
    assert to_sympy(parse("x^2 + y").node, {"x": symbol("x") + h, "y": sympy.Integer(3)}) == (symbol("x") + h) ** 2 + 3


def test_rationals_are_fractions_or_decimals():
    half = sympy.Rational(-3, 2)
    assert text_of(from_sympy(half)) == "-3/2"
    assert text_of(from_sympy(half, decimals=True)) == "-1.5"
    assert text_of(from_sympy(sympy.Rational(1, 3), decimals=True)) == "1/3"
    assert text_of(from_sympy(half * X)) == "-3*x/2"
    assert text_of(from_sympy(half * X, decimals=True)) == "-1.5*x"
    assert text_of(from_sympy(sympy.pi * X / 2)) == "pi*x/2"
    assert text_of(from_sympy(1 / (2 * X))) == "1/(2*x)"


@pytest.mark.parametrize("expr", [sympy.zoo, sympy.nan, sympy.oo, sympy.I * X, sympy.gamma(X), X + sympy.oo])
def test_what_formulas_have_no_word_for_is_refused(expr):
    with pytest.raises(InvalidInput, match="cannot be written"):
        from_sympy(expr)


@pytest.mark.parametrize("value", [10**300, -(10**301), sympy.Rational(1, 10**300)])
def test_numbers_beyond_float64_are_refused(value):
    with pytest.raises(InvalidInput, match="too large"):
        from_sympy(sympy.sympify(value))


def test_large_numbers_on_the_way_are_refused_not_hung():
    with pytest.raises(InvalidInput):
        derivative(parse("(999999999x)^20^1 (999999999x)^20").node, "x")


@pytest.mark.parametrize("text", ["x/sin(pi)", "0^x", "ln(x-x)"])
def test_a_formula_that_is_undefined_everywhere(text):
    with pytest.raises(InvalidInput, match="cannot be written"):
        derivative(parse(text).node, "x")


def test_every_operation_has_its_sympy_form():
    for op in OPERATORS:
        assert to_sympy(Call(op, (Number(2), Number(3))[: 1 if op == "negate" else 2])).is_number
    assert math.isclose(float(to_sympy(parse("pi + e").node)), math.pi + math.e)
