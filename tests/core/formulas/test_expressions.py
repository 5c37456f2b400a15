"""Formulas as people write them: what is read, and as what."""

import pytest

from core.formulas.expressions import parse

READ = {
    "x^2": "x**2",
    "x**2": "x**2",
    "x²": "x**2",
    "x⁻¹": "x**(-1)",
    "2x": "2*x",
    "3x y": "3*x*y",
    "xy": "x*y",
    "2·x": "2*x",
    "2×x": "2*x",
    "x−1": "x - 1",
    "x÷2": "x/2",
    "2(x+1)": "2*(x + 1)",
    "(x+1)(x-1)": "(x + 1)*(x - 1)",
    "sin(x)": "sin(x)",
    "sin x": "sin(x)",
    "sin 2x": "sin(2*x)",
    "sin2x": "sin(2*x)",
    "sin^2 x": "sin(x)**2",
    "sin²x": "sin(x)**2",
    "sin x cos x": "sin(x)*cos(x)",
    "sin x/2": "sin(x)/2",
    "sin 2(x+1)": "sin(2*(x + 1))",
    "sin(x)^2 y": "sin(x)**2*y",
    "sin -x": "sin(-x)",
    "xsin(x)": "x*sin(x)",
    "sinx": "sin(x)",
    "2sinx1": "2*sin(x1)",
    "xsinx": "x*sin(x)",
    "lnx": "ln(x)",
    "cosx^2": "cos(x**2)",
    "½x²": "1/2*x**2",
    "x^¾": "x**(3/4)",
    "x^100": "x**100",
    "floor(x)": "floor(x)",
    "ceil x": "ceil(x)",
    "x - 2floor(x/2)": "x - 2*floor(x/2)",
    "e^x": "exp(x)",
    "e²x": "exp(2)*x",
    "√x": "sqrt(x)",
    "√(x+1)": "sqrt(x + 1)",
    "ln x": "ln(x)",
    "log(x)": "ln(x)",
    "log_2 x": "log2(x)",
    "log10 x": "log10(x)",
    "|x|": "abs(x)",
    "2|x|": "2*abs(x)",
    "||x|-1|": "abs(abs(x) - 1)",
    "|x-|y||": "abs(x - abs(y))",
    "|x|y|z|": "abs(x)*y*abs(z)",
    "π": "pi",
    "2pi x": "2*pi*x",
    "x₁ + x_2 + x3 + x_{4}": "x1 + x2 + x3 + x4",
    "ŷ - y": "ŷ - y",
    "y\u0302 - y": "ŷ - y",
    "(yhat-y)^2": "(ŷ - y)**2",
    "-x^2": "-x**2",
    "1/2x": "1/2*x",
    "2^-x": "2**(-x)",
    "x^2^3": "x**2**3",
    "x*-2": "x*(-2)",
    "y = x^2": "x**2",
    "f(x) = x^2": "x**2",
    "f(x, y) = x y": "x*y",
    "max(x, 0, 1)": "max(max(x, 0), 1)",
    "σ(x)": "sigmoid(x)",
    "ReLU(x)": "relu(x)",
    "１２x": "12*x",
    "0.10x": "0.1*x",
    ".5x": "0.5*x",
    "1e-3 x": "0.001*x",
}


@pytest.mark.parametrize("text", READ)
def test_what_people_write_is_read(text):
    expression = parse(text)
    assert expression.text == READ[text]
    assert parse(expression.text).node == expression.node


def test_variables_stand_in_their_natural_order():
    assert parse("x10 + x2 + ŷ + y + a").variables == ("a", "x2", "x10", "y", "ŷ")
