"""The derivative call's mathematics: the lecture's numbers, and three oracles over many functions."""

import math
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from core.calculus.analysis import analyze
from core.calculus.derivative import Derivative, differentiate
from core.calculus.limits import DIGITS
from core.calculus.points import place_of, study_point
from core.calculus.precise import evaluate_precisely
from core.calculus.symbolic import symbol, to_sympy
from core.errors import InvalidInput
from core.formulas.expressions import parse
from core.formulas.programs import OPERATORS, evaluate
from tests.core.formulas.formulas import trees


def at(text: str, x: float, delta: float = 0.5) -> Derivative:
    expression = parse(text)
    return differentiate(analyze(expression.node, expression.variables or ("x",)), x, delta)


def test_the_lecture_square() -> None:
    found = at("x^2", 1.5)
    assert (found.point.value, found.point.slope, found.point.left, found.point.right) == (2.25, 3, 3, 3)
    assert (found.secant.delta, found.secant.x, found.secant.y, found.secant.slope) == (0.5, 2, 4, 3.5)
    assert found.tangent is not None
    assert (found.tangent.slope, found.tangent.intercept) == (3, -2.25)
    assert (found.table[0].delta, found.table[0].slope, found.table[0].error) == (1, 4, 1)
    assert [row.delta for row in found.table] == [10.0**-k for k in range(16)]


def test_the_lecture_lines_have_slope_one_everywhere() -> None:
    for text in ("x", "x + 1", "x + 2"):
        for x in (-3.0, 0.0, 0.1, 2.5):
            assert at(text, x).point.slope == 1


def test_squared_error_of_one_prediction() -> None:
    for prediction, error in ((0, 1), (2, 1), (-1, 4), (3, 4)):
        assert at("(ŷ - 1)^2", prediction).point.value == error


def test_negative_delta() -> None:
    found = at("x^2", 1.5, -0.5)
    assert (found.secant.x, found.secant.slope) == (1, 2.5)
    assert [row.delta for row in found.table] == [-(10.0**-k) for k in range(16)]
    assert found.table[0].error == -1


def test_the_error_falls_and_then_rises_by_round_off() -> None:
    errors = [abs(row.error) for row in at("sin(x)", 1.0).table]
    best = int(np.argmin(errors))
    assert 6 <= best <= 10
    assert errors[0] > 1e-2 > 1e-7 > errors[best]
    assert errors[15] > 1e3 * errors[best]


def test_where_there_is_no_derivative_no_number_is_made_up() -> None:
    found = at("|x|", 0)
    assert found.tangent is None
    assert found.secant.slope == 1
    assert all(math.isnan(row.error) and row.slope == 1 for row in found.table)
    found = at("ln(x)", 0)
    assert math.isnan(found.secant.slope)
    assert all(math.isnan(row.slope) for row in found.table)


def test_a_secant_that_leaves_the_domain() -> None:
    found = at("sqrt(x)", 0.25, -1)
    assert (found.point.value, found.point.slope) == (0.5, 1)
    assert math.isnan(found.secant.y)
    assert math.isnan(found.table[0].slope)
    assert found.table[1].slope == pytest.approx(1, rel=0.2)


SMOOTH = [
    "x^3 - 2x",
    "(x + 1)^5",
    "1/x",
    "(x^2 + 1)/(x - 3)",
    "x^-3",
    "x^2.5",
    "2^x",
    "x^x",
    "e^x",
    "e^(-x^2)",
    "e^(-1/x^2)",
    "ln(x)",
    "ln(1 + x^2)",
    "log2(x)",
    "log10(3x)",
    "sqrt(x)",
    "sqrt(1 + x^2)",
    "cbrt(x)",
    "sin(x)",
    "cos(3x)",
    "tan(x/2)",
    "sin(x)^2",
    "sin(x)cos(x)",
    "sin(x)/x",
    "asin(x/3)",
    "acos(x/3)",
    "atan(x)",
    "sinh(x)",
    "cosh(x)",
    "tanh(x)",
    "sigmoid(2x - 1)",
    "softplus(x)",
    "1/(1 + e^(-x))",
    "x e^x",
    "x ln(x) - x",
    "e^sin(x)",
    "sin(e^x)",
    "pi x^2/4",
    "tanh(x)^2 + sigmoid(x)",
    "(x^2 - 1)^2",
    "x sin(1/x)",
    "ln(sin(x/2) + 2)",
]
POINTS = (0.3, 1.1, 2.2)

COMPLEX: dict[str, Any] = {
    "sqrt": np.sqrt,
    "cbrt": lambda z: z ** (1 / 3),
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "exp": np.exp,
    "ln": np.log,
    "log2": lambda z: np.log(z) / np.log(2),
    "log10": lambda z: np.log(z) / np.log(10),
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": lambda u, v: u * v,
    "divide": lambda u, v: u / v,
    "power": lambda u, v: u**v,
    "negate": lambda u: -u,
}


def complex_step(text: str, x: float) -> float:
    """Im f(x + ih)/h: no difference is taken, so nothing cancels."""
    stack: list[Any] = []
    for op, *operand in analyze(parse(text).node, ("x",)).program:
        if op == "number":
            stack.append(operand[0])
        elif op == "variable":
            stack.append(complex(x, 1e-200))
        else:
            count = 2 if op in OPERATORS and op != "negate" else 1
            stack[-count:] = [COMPLEX[str(op)](*stack[-count:])]
    return float(np.imag(stack[0]) / 1e-200)


@pytest.mark.parametrize("text", SMOOTH)
@pytest.mark.parametrize("x", POINTS)
def test_slope_against_three_oracles(text: str, x: float) -> None:
    expression = parse(text)
    analysis = analyze(expression.node, ("x",))
    found = at(text, x).point
    assert found.differentiable
    assert found.slope is not None
    if "cbrt" not in text and "log" not in text and "sigmoid" not in text and "softplus" not in text:
        # the other functions are classes of ours, which SymPy differentiates by our own rules
        slope = sympy.diff(to_sympy(expression.node), symbol("x"))
        assert found.slope == pytest.approx(float(slope.subs(symbol("x"), sympy.Rational(str(x))).evalf(30)), rel=1e-14)
    assert found.slope == pytest.approx(complex_step(text, x), rel=1e-11)
    h = 1e-5
    difference = (analysis.values(x + h) - analysis.values(x - h)) / (2 * h)
    assert found.slope == pytest.approx(float(difference), rel=1e-5, abs=1e-8)
    assert found.slope == pytest.approx(float(evaluate(analysis.partial_programs[0], [x])), rel=1e-11)


@settings(max_examples=200)
@given(trees(("x",)), st.sampled_from([0.0, 1.0, -1.0, 0.5, -2.0, 0.1, 1e9, 1e-17, math.pi]))
def test_of_any_formula_at_any_point_the_quotients_confirm_the_symbolic_derivative(node: Any, x: float) -> None:
    try:
        analysis = analyze(node, ("x",))
    except InvalidInput:
        return
    found = study_point(analysis, {"x": x}, "x")
    assert (found.reason is None) == found.differentiable == (found.slope is not None)
    with mp.workdps(DIGITS):
        expected = evaluate_precisely(analysis.partials[0], place_of(analysis, {"x": x}, "x"))
    if found.slope is not None and expected is not None:
        assert found.slope == pytest.approx(float(expected), rel=1e-12, abs=1e-30)


@pytest.mark.parametrize(
    ("text", "at", "left", "right", "value"),
    [
        ("floor(x)", 2.0, 1, 2, 2),
        ("floor(10x)", 0.3, 2, 3, 3),
        ("ceil(x)", -1.0, -1, 0, -1),
        ("round(x)", 0.5, 0, 1, 1),
        ("round(x)", -0.5, -1, 0, 0),
        ("x - floor(x)", 1.0, 1, 0, 0),
    ],
)
def test_rounding_jumps_and_says_from_where_to_where(
    text: str, at: float, left: float, right: float, value: float
) -> None:
    analysis = analyze(parse(text).node, ("x",), "expression")
    found = study_point(analysis, {"x": at}, "x")
    assert (found.value, found.slope, found.obstacle) == (value, None, "jump")
    words = [f"{number:g}".replace("-", "−") for number in (left, right)]
    assert f"from the left f tends to {words[0]}, from the right f tends to {words[1]}" in str(found.reason)
    assert study_point(analysis, {"x": at + 0.25}, "x").slope == (1 if text.startswith("x") else 0)


def test_a_reason_writes_its_numbers_as_on_a_board() -> None:
    for point, words in ((2.5e-7, "2.5·10⁻⁷"), (12345.5, "12\u202f345.5"), (-2e8, "−2·10⁸")):
        reason = at(f"|x - ({point})|", point).point.reason
        assert reason is not None
        assert reason.startswith(f"f has a kink at x = {words}: the slope is −1 from the left and 1 from the right")
