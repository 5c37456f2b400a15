"""Formulas printed: read back they are the same tree, and their LaTeX can be set."""

import re
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from math_core import LatexToMathML

from core.formulas.expressions import parse
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Constant, Number, Variable, number, substituted, variables_of, walk
from core.formulas.printing import latex_of, number_text, text_of, variable_latex
from core.formulas.programs import evaluate, program_of
from tests.core.formulas.formulas import VARIABLES, trees

X = Variable("x")
POINTS = [np.array([-2.5, -1.0, 0.0, 0.3, 1.0, 4.0]) + 0.1 * k for k in range(len(VARIABLES))]

LATEX = {
    "x^2": "x^{2}",
    "2x": "2 x",
    "2*3": r"2 \cdot 3",
    "x*2": r"x \cdot 2",
    "2(3x)": r"2 \left(3 x\right)",
    "2*3^x": r"2 \cdot 3^{x}",
    "x*(1/2)": r"x \cdot \frac{1}{2}",
    "x*-y": r"x \left(-y\right)",
    "-(x+y)": r"-\left(x + y\right)",
    "x-(y-x)": r"x - \left(y - x\right)",
    "x/(y+1)": r"\frac{x}{y + 1}",
    "(x/y)^2": r"\left(\frac{x}{y}\right)^{2}",
    "x^(3/2)": "x^{3/2}",
    "x^(y/2)": r"x^{\frac{y}{2}}",
    "x^-1": "x^{-1}",
    "(-x)^2": r"\left(-x\right)^{2}",
    "(x^2)^3": r"\left(x^{2}\right)^{3}",
    "1/(2√x)": r"\frac{1}{2 \sqrt{x}}",
    "√x^2": r"\left(\sqrt{x}\right)^{2}",
    "∛x": r"\sqrt[3]{x}",
    "|x|": r"\left|x\right|",
    "|x|^2": r"\left|x\right|^{2}",
    "e^x": "e^{x}",
    "(e^x)^2": r"\left(e^{x}\right)^{2}",
    "sin x": r"\sin x",
    "sin x1": r"\sin x_{1}",
    "sin 2x": r"\sin\left(2 x\right)",
    "sin^2 x": r"\sin^{2} x",
    "sin(2x)^2": r"\sin^{2}\left(2 x\right)",
    "sin(x)^y": r"\left(\sin x\right)^{y}",
    "sin(x) y": r"\sin\left(x\right) y",
    "sin(x)^2 y": r"\sin^{2}\left(x\right) y",
    "2 sin(x) y": r"2 \sin\left(x\right) y",
    "sin x cos x": r"\sin x \cos x",
    "sin(x) cos(x)^2": r"\sin x \cos^{2} x",
    "x sin x": r"x \sin x",
    "x (y sin x) y": r"x \left(y \sin x\right) y",
    "x (y sin x) 2": r"x \left(y \sin x\right) \cdot 2",
    "log2(x) log10(y)": r"\log_{2} x \log_{10} y",
    "sigmoid(x)^2": r"\sigma\left(x\right)^{2}",
    "relu x": r"\operatorname{ReLU}\left(x\right)",
    "relu(x)^2 y": r"\operatorname{ReLU}\left(x\right)^{2} y",
    "max(x, 0)": r"\max\left(x, 0\right)",
    "(ŷ-y)^2": r"\left(\hat{y} - y\right)^{2}",
    "ŷ1": r"\hat{y}_{1}",
    "2pi x": r"2 \pi x",
    "0.5x": "0.5 x",
}


@settings(max_examples=400)
@given(trees())
def test_print_and_read_give_the_same_tree(node):
    text = text_of(node)
    expression = parse(text)
    assert expression.node == node
    assert expression.text == text
    assert expression.variables == variables_of(node)
    again = evaluate(program_of(expression.node, VARIABLES), POINTS)
    np.testing.assert_array_equal(again, evaluate(program_of(node, VARIABLES), POINTS))


@settings(max_examples=400)
@given(trees())
def test_the_latex_of_any_formula_can_be_set_and_says_everything_once(node):
    latex = latex_of(node)
    mathml(latex)
    commands = Counter(re.findall(r"\\([a-z]+)", latex))
    letters = Counter(re.sub(r"\\[a-z]+|[A-Za-z]{2,}", " ", latex))
    calls = Counter(each.op for each in walk(node) if isinstance(each, Call))
    variables = Counter(each.name[0] for each in walk(node) if isinstance(each, Variable))
    for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "ln", "max", "min"):
        assert commands[name] == calls[name]
    assert commands["hat"] == variables["ŷ"]
    assert letters["x"] == variables["x"]
    assert letters["y"] == variables["y"] + variables["ŷ"]


@settings(max_examples=200)
@given(trees(), trees(most=3))
def test_a_formula_put_into_another_one(outer, inner):
    composite = substituted(outer, {"x": inner})
    at = dict(zip(VARIABLES, POINTS, strict=True))
    u = evaluate(program_of(inner, VARIABLES), POINTS)
    expected = evaluate(program_of(outer, VARIABLES), list((at | {"x": u}).values()))
    np.testing.assert_array_equal(evaluate(program_of(composite, VARIABLES), POINTS), expected)


def mathml(latex):
    # a strict converter: an unknown command is an error
    return LatexToMathML(fancy_error=False).convert_with_local_state(latex, displaystyle=False)


@pytest.mark.parametrize("text", LATEX)
def test_latex_as_in_a_book(text):
    expression = parse(text)
    assert expression.latex == LATEX[text]
    assert mathml(expression.latex).startswith("<math>")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_formulas_of_the_functions_can_be_set(name):
    function = FUNCTIONS[name]
    mathml(function.formula)
    example = parse(function.example)
    assert name in {node.op for node in walk(example.node) if isinstance(node, Call)}
    mathml(example.latex)


@pytest.mark.parametrize("name", VARIABLES)
def test_variables_in_latex(name):
    assert variable_latex(name) == parse(name).latex


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("12", "12"), ("0.5", "0.5"), ("0.001", "0.001"), ("1.05", "1.05"), ("0.0625", "0.0625")],
)
def test_numbers_are_printed_exactly(value, text):
    assert number_text(Fraction(value)) == text
    assert parse(text).node == Number(Fraction(value))


def test_a_number_without_an_end_is_a_fraction():
    third = Number(Fraction(1, 3))
    assert text_of(third) == "1/3"
    assert latex_of(third) == r"\frac{1}{3}"
    assert text_of(Call("power", (third, X))) == "(1/3)**x"
    assert latex_of(Call("power", (third, X))) == r"\left(\frac{1}{3}\right)^{x}"
    assert latex_of(Call("power", (X, third))) == r"x^{\frac{1}{3}}"
    assert text_of(number(-2)) == "-2"
    assert number(-2) == Call("negate", (number(2),))


def test_spans_say_where_a_node_came_from():
    text = "2 + sin^2(x·ŷ) − |x|"
    spans = {text_of(node): text[slice(*node.span)] for node in walk(parse(text).node)}
    assert spans["sin(x*ŷ)**2"] == "sin^2(x·ŷ)"
    assert spans["x*ŷ"] == "x·ŷ"
    assert spans["abs(x)"] == "|x|"
    assert spans["2 + sin(x*ŷ)**2 - abs(x)"] == text


def test_constants_print_as_they_are_read():
    assert latex_of(Constant("e")) == "e"
    assert parse("2pi + e").latex == r"2 \pi + e"
