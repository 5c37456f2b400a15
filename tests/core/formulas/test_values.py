"""Programs: what a formula gives on arrays, and in high precision; where it may break."""

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from mpmath import mp, mpf

from core.calculus.precise import evaluate_precisely
from core.formulas.expressions import parse
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Number, number, variables_of
from core.formulas.printing import text_of
from core.formulas.programs import OPERATORS, arity_of, breaks_of, evaluate, program_of, value_of
from tests.core.formulas.formulas import VARIABLES, loosened, trees

NAN = math.nan


def value(text, *values):
    expression = parse(text)
    return evaluate(program_of(expression.node, expression.variables), values).tolist()


def test_a_program_is_postfix_and_fits_into_json():
    program = program_of(parse("2x^2 + y/0.5 - pi").node, ("x", "y"))
    assert program == [
        ["number", 2],
        ["variable", 0],
        ["number", 2],
        ["power"],
        ["multiply"],
        ["variable", 1],
        ["number", 0.5],
        ["divide"],
        ["add"],
        ["number", math.pi],
        ["subtract"],
    ]
    assert json.loads(json.dumps(program)) == program
    assert isinstance(program[0][1], int)


def test_values_are_broadcast():
    program = program_of(parse("x + 10y").node, ("x", "y"))
    grid = evaluate(program, [np.array([0.0, 1.0]), np.array([[1.0], [2.0], [3.0]])])
    assert grid.tolist() == [[10, 11], [20, 21], [30, 31]]
    assert evaluate(program, [1, 2]).shape == ()
    assert evaluate(program_of(number(7), ("x",)), [np.zeros((2, 3))]).tolist() == [[7] * 3] * 2


def test_the_values_given_are_left_alone():
    x = np.array([1.0, 2.0])
    result = evaluate(program_of(parse("x").node, ("x",)), [x])
    result[:] = 5
    assert x.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("1/x", 0.0, NAN),
        ("1/x", 5e-324, NAN),  # overflow
        ("0/x", 0.0, NAN),
        ("x^-1", 0.0, NAN),
        ("0^x", -1.0, NAN),
        ("x^0", 0.0, 1.0),
        ("x^x", 0.0, 1.0),
        ("x^0.5", -1.0, NAN),
        ("x^(1/3)", -8.0, NAN),
        ("x^3", -2.0, -8.0),
        ("x^-2", -2.0, 0.25),
        ("ln(x)^0", -1.0, NAN),  # what is undefined stays so
        ("1^ln(x)", -1.0, NAN),
        ("1^exp(x)", 1000.0, NAN),
        ("ln x", 0.0, NAN),
        ("ln x", -1.0, NAN),
        ("log2 x", 0.0, NAN),
        ("log2 x", 8.0, 3.0),
        ("log10 x", 1000.0, 3.0),
        ("sqrt x", -1.0, NAN),
        ("sqrt x", 0.0, 0.0),
        ("cbrt x", -8.0, -2.0),
        ("asin x", 2.0, NAN),
        ("acos x", -2.0, NAN),
        ("exp x", 1000.0, NAN),
        ("1/exp(x)", 1000.0, 0.0),  # an overflow on the way may be harmless
        ("exp(x) - exp(x)", 1000.0, NAN),
        ("|x|", -3.0, 3.0),
        ("sign x", 0.0, 0.0),
        ("sign x", -2.0, -1.0),
        ("step x", 0.0, 0.0),
        ("step x", 1e-300, 1.0),
        ("step(ln x)", -1.0, NAN),
        ("relu x", -2.0, 0.0),
        ("relu x", 2.0, 2.0),
        ("relu(ln x)", -1.0, NAN),
        ("sigmoid x", -1000.0, 0.0),
        ("sigmoid x", 0.0, 0.5),
        ("softplus x", 1000.0, 1000.0),
        ("max(x, 1)", 2.0, 2.0),
        ("min(x, 1)", 2.0, 1.0),
        ("max(1, ln x)", -1.0, NAN),
        ("-x^2", 3.0, -9.0),
        ("1/2x", 4.0, 2.0),
        ("2^-x", 1.0, 0.5),
        ("2^3^x", 2.0, 512.0),
        ("x-1-2", 5.0, 2.0),
        ("8/x/2", 2.0, 2.0),
    ],
)
def test_what_is_defined_and_what_is_not(text, x, expected):
    np.testing.assert_allclose(value(text, x), expected, rtol=1e-15)


def test_a_constant_has_a_value_without_variables():
    assert value_of(parse("2^10").node) == 1024
    assert value_of(parse("2x").node) is None


def test_every_operation_knows_its_arity():
    for op in (*OPERATORS, *FUNCTIONS):
        assert arity_of(op) == (2 if op in {"add", "subtract", "multiply", "divide", "power", "max", "min"} else 1)


@settings(max_examples=400)
@given(trees())
def test_high_precision_agrees_with_float64(node):
    point = dict(zip(VARIABLES, (0.7, -1.3, 2.9, 0.4), strict=True))
    with mp.workdps(40):
        precise = evaluate_precisely(node, {name: mpf(x) for name, x in point.items()})
    with mp.workdps(13):  # what rounding does, a hundred times as large
        moved = evaluate_precisely(node, {name: mpf(x) for name, x in point.items()})
    rough = float(evaluate(program_of(node, VARIABLES), list(point.values())))
    if precise is None or moved is None or math.isnan(rough):
        return
    slack = 1e-9 * (1 + abs(rough)) + 10 * abs(float(moved - precise))
    assert abs(float(precise) - rough) <= slack or breaks_near(node, point)


def breaks_near(node, point):
    """Whether a number on the way sits on a kink, a jump or a pole, where rounding decides."""
    with mp.workdps(40):
        values = {name: mpf(x) for name, x in point.items()}
        places = [evaluate_precisely(each, values) for each in breaks_of(loosened(node, values))]
    return any(each is None or abs(each) < 1e-9 for each in places)


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("1/x", "0", None),
        ("0^x", "-1", None),
        ("x^0", "0", "1"),
        ("x^2", "0", "0"),
        ("x^0.5", "-1", None),
        ("x^0.5", "2", "1.4142135623730950488016887242096980786"),
        ("ln x", "0", None),
        ("ln x", "-1", None),
        ("sqrt x", "-1", None),
        ("asin x", "2", None),
        ("exp(exp x)", "20", "inf"),  # larger than 10⁴⁰⁰⁰
        ("ln(exp(exp x))", "20", "inf"),
        ("1/(1 + exp(exp x))", "20", "0"),
        ("exp(exp x) - exp(exp x)", "20", None),
        ("tan(exp(exp x))", "20", None),
        ("exp(-exp(exp x))", "9", "0"),
        ("2^x", "2000", str(2**2000)),
        ("(-1)^x", "2001", "-1"),
        ("(-1)^x", "2002", "1"),
        ("(-1)^x", "0.5", None),
        ("cbrt x", "-8", "-2"),
        ("sign x", "-3", "-1"),
        ("step x", "0", "0"),
        ("relu x", "-3", "0"),
        ("sigmoid x", "-3", "0.047425873177566781"),
        ("sigmoid x", "3", "0.952574126822433219"),
        ("softplus x", "3", "3.048587351573742055"),
        ("log2 x", "8", "3"),
        ("log10 x", "1000", "3"),
        ("max(x, 1)", "3", "3"),
        ("min(x, 1)", "3", "1"),
        ("|x|", "-3", "3"),
        ("pi x", "1", "3.14159265358979323846264338327950288419"),
        ("e x", "1", "2.71828182845904523536028747135266249775"),
        ("0.1x", "1", "0.1"),
        ("-x", "1", "-1"),
    ],
)
def test_high_precision(text, x, expected):
    with mp.workdps(40):
        got = evaluate_precisely(parse(text).node, {"x": mpf(x)})
        if expected is None:
            assert got is None
        elif expected == "inf":
            assert got == mp.inf
        else:
            assert abs(got - mpf(expected)) <= mpf(10) ** -17 * (1 + abs(got))
            assert abs(mpf("0.1") - evaluate_precisely(parse("0.1").node, {})) < mpf(10) ** -38


@pytest.mark.parametrize(
    "text", ["exp(exp(exp(x)))", "x^x^x^x", "sin(exp(exp(x)))", "1/exp(-1/x^2)", "(1/x)^(1/x)^(1/x)"]
)
@pytest.mark.parametrize("x", ["1e-3999", "-1e-40", "9.1", "1e40", "-1e3999"])
def test_high_precision_never_hangs(text, x):
    with mp.workdps(60):
        got = evaluate_precisely(parse(text).node, {"x": mpf(x)})
        assert got is None or not mp.isnan(got)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2 + sin x + e^x", []),
        ("|x - 1|", ["x - 1"]),
        ("|x^2|", ["x"]),
        ("relu(2x - 1)", ["2*x - 1"]),
        ("sign x + step x", ["x"]),
        ("max(x, y)", ["x - y"]),
        ("min(x^2, 1)", ["x**2 - 1"]),
        ("1/(x y)", ["x", "y"]),
        ("1/(2x)", ["x"]),
        ("1/-x", ["x"]),
        ("x/2 + 2^x", []),
        ("x^-1 + x^0.5", ["x"]),
        ("x^3", []),
        ("x^y", ["x"]),
        ("ln(x + 1) sqrt(x - 1)", ["x + 1", "x - 1"]),
        ("cbrt x", ["x"]),
        ("asin x + acos x", ["1 - x**2"]),
        ("tan(2x)", ["cos(2*x)"]),
        ("||x| - 1|", ["x", "abs(x) - 1"]),
        ("sqrt(x^2)", ["x"]),
        ("ln 2 + |3|", []),
    ],
)
def test_where_a_formula_may_break(text, expected):
    assert [text_of(node) for node in breaks_of(parse(text).node)] == expected


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_agrees_with_its_high_precision_twin(name):
    function = FUNCTIONS[name]
    for x in (-3.0, -0.75, 0.25, 0.5, 2.0, 30.0):
        args = (x, 0.5)[: function.arity]
        with np.errstate(all="ignore"):
            rough = float(function.f(*(np.asarray(arg) for arg in args)))
        with mp.workdps(30):
            precise = function.precise(mp, *(mpf(arg) for arg in args))
        if math.isnan(rough):
            assert isinstance(precise, mp.mpc)
        else:
            assert float(precise) == pytest.approx(rough, rel=1e-13, abs=1e-300)


def test_reading_formulas_imports_no_computer_algebra():
    code = "import sys, core.formulas.expressions, core.formulas.programs\n"
    code += "assert not {'sympy', 'mpmath'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3], timeout=60)


def test_numbers_keep_their_exact_value():
    assert isinstance(parse("0.1").node, Number)
    assert variables_of(parse("0.1").node) == ()
    assert program_of(parse("0.1").node, ()) == [["number", 0.1]]
