"""What cannot be read: the place, what is wrong, and a text that can be read."""

import pickle
from copy import deepcopy

import pytest

from core.errors import FormulaError, InvalidInput
from core.formulas.expressions import EXAMPLE, parse

# text: (place, suggestion, a word of the message)
MISTAKES = {
    "sen(x)": ((0, 3), "sin(x)", "sin"),
    "2 sen x": ((2, 3), "2 sin x", "sin"),
    "sinn(x)": ((0, 4), "sin(x)", "Did you mean sin"),
    "cso(x)": ((0, 3), "cos(x)", "Did you mean cos"),
    "sqr(x)": ((0, 3), "sqrt(x)", "Did you mean sqrt"),
    "tg x": ((0, 2), "tan x", "tan"),
    "lg2 x": ((0, 3), "log10 2 x", "log10"),
    "In x": ((0, 2), "ln x", "ln"),
    "cot(x)": ((0, 3), "1/tan(x)", "1/tan"),
    "abc": ((0, 3), "a*b*c", "a*b*c"),
    "acs x": ((0, 3), "a*c*s x", "a*c*s"),
    "foo(x)": ((0, 3), "floor(x)", "no function foo"),
    "cosxy": ((0, 5), "cos(xy)", "parentheses"),
    "import os": ((0, 6), EXAMPLE, "import"),
    "x + hello": ((4, 5), EXAMPLE, "hello"),
    "f(x)": ((0, 1), "f*(x)", "f is no known function"),
    "e2": ((0, 2), "e*2", "no index"),
    "x123": ((0, 4), "x12", "two digits"),
    "sin_2 x": ((0, 5), "sin x", "no index"),
    "log_3 x": ((0, 5), "1/ln(3)*ln x", "ln, log2 and log10"),
    "log_1 x": ((0, 5), "log x", "ln, log2 and log10"),
    "": ((0, 0), EXAMPLE, "x^2"),
    "   ": ((0, 3), EXAMPLE, "x^2"),
    "y =": ((0, 3), EXAMPLE, "x^2"),
    "2^": ((1, 1), "2^2", "Behind ^"),
    "(2^)x": ((2, 1), "(2^2)x", "Behind ^"),
    "x*": ((1, 1), "x*x", "Behind *"),
    "x +": ((2, 1), "x +x", "Behind +"),
    "-": ((0, 1), "-x", "Behind -"),
    "√": ((0, 1), "√x", "Behind √"),
    "*x": ((0, 1), "x", "In front of *"),
    "x^^2": ((2, 1), "x^2", "In front of ^"),
    "x**^2": ((3, 1), "x**2", "In front of ^"),
    "²": ((0, 1), EXAMPLE, "In front of ²"),
    "(x": ((0, 1), "(x)", "not closed"),
    "2((x+1)": ((1, 1), "2((x+1))", "not closed"),
    "sin(x": ((3, 1), "sin(x)", "not closed"),
    "x)": ((1, 1), "x", "never opened"),
    "x+1)(x-1)": ((3, 1), "(x+1)(x-1)", "never opened"),
    ")": ((0, 1), EXAMPLE, "In front of )"),
    "()": ((0, 2), "(x)", "Between the parentheses"),
    "sin()": ((3, 2), "sin(x)", "Between the parentheses"),
    "(": ((0, 1), "(x)", "Behind ("),
    "||": ((0, 2), "|x|", "Between the bars"),
    "|x": ((0, 1), "|x|", "not closed"),
    "x|": ((1, 1), "|x|", "Behind |"),
    "|(x|": ((3, 1), "|(x)|", "Behind |"),
    "(|x)": ((1, 1), "(|x|)", "not closed"),
    "sin": ((0, 3), "sin(x)", "argument of sin"),
    "sin + 1": ((0, 3), "sin(x) + 1", "argument of sin"),
    "sin^2": ((0, 5), "sin^2(x)", "argument of sin"),
    "max": ((0, 3), "max(x, 0)", "parentheses"),
    "max x": ((0, 3), "max(x, 0)", "parentheses"),
    "max 3": ((0, 3), "max(3, 0)", "parentheses"),
    "max(x)": ((0, 6), "max(x, 0)", "two arguments"),
    "sin^-1 x": ((0, 6), "asin x", "asin"),
    "sin⁻¹x": ((0, 5), "asin x", "asin"),
    "exp^-1(x)": ((0, 6), "ln(x)", "ln"),
    "sinh^-1 x": ((0, 7), "sinh x", "(sinh x)^n"),
    "sin^-2 x": ((0, 6), "sin x", "(sin x)^n"),
    "sin^x": ((0, 4), "sin x", "(sin x)^n"),
    "1,5": ((1, 1), "1.5", "point"),
    "sin(1,5 x)": ((5, 1), "sin(1.5 x)", "point"),
    "x, y": ((1, 1), "x  y", "comma"),
    "2 3": ((0, 3), "2*3", "side by side"),
    "1 000 x": ((0, 5), "1000 x", "side by side"),
    "1.2.3": ((0, 5), "1.23", "side by side"),
    "sin 2 3": ((4, 3), "sin 2*3", "side by side"),
    "x.y": ((1, 1), "x*y", "point"),
    ".": ((0, 1), EXAMPLE, "point"),
    "x..y": ((1, 1), "x*y", "point"),
    "x_": ((1, 1), "x", "_ means nothing"),
    "x = 2": ((2, 1), "x - 2", "equation"),
    "y = y + 1": ((2, 1), "y - (y + 1)", "equation"),
    "x =": ((2, 1), "x", "equation"),
    "x == 2": ((2, 1), "x - 2", "equation"),
    "= x": ((0, 1), "x", "In front of ="),
    "x!": ((1, 1), "x", "factorial"),
    "50% x": ((2, 1), "50/100 x", "percent"),
    "x%2": ((1, 1), "x/100*2", "percent"),
    "f'(x) = 2x": ((1, 1), "f(x) = 2x", "'"),
    r"\sin x": ((0, 1), "sin x", "LaTeX"),
    "∞": ((0, 1), EXAMPLE, "Infinity"),
    "2½x": ((1, 1), "(2+1/2)x", "(2+1/2)"),
    "х^2": ((0, 1), "x^2", "Cyrillic"),
    "α": ((0, 1), "a", "Greek small letter alpha"),
    "θ^2": ((0, 1), "t^2", "letters from a to z"),
    "é + 1": ((0, 1), "e + 1", "letters from a to z"),
    "x🙂": ((1, 1), "x", "🙂"),
    "x\u200f": ((1, 1), "x", "RIGHT-TO-LEFT MARK"),
    "x\u0301": ((1, 1), "x", "COMBINING ACUTE ACCENT"),
    "x\0": ((1, 1), "x", "U+0000"),
    "x ? y : z": ((2, 1), "x  y  z", "? means nothing"),
    "1e10": ((0, 4), "1e9", "1e9"),
    "1e999 x": ((0, 5), "1e9 x", "1e9"),
    "1" * 41: ((0, 41), "1e9", "40 digits"),
    "x^101": ((2, 3), "x^100", "-100 to 100"),
    "x^-101": ((2, 4), "x^(-100)", "-100 to 100"),
    "x^(7*30)": ((3, 4), "x^(100)", "-100 to 100"),
    "10^15*10": ((0, 8), "10^15", "1e15"),
    "x/0": ((2, 1), EXAMPLE, "divided by 0"),
    "x/(1-1)": ((3, 3), EXAMPLE, "divided by 0"),
    "ln(0) x": ((0, 5), EXAMPLE, "ln(0) is not a real number"),
    "sqrt(-1)": ((0, 8), EXAMPLE, "not a real number"),
    "0^-1": ((0, 4), EXAMPLE, "not a real number"),
    "√" * 20 + "x": ((0, 21), EXAMPLE, "20 deep"),
    "((x^20)^20)^2": ((0, 13), EXAMPLE, "400"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_has_a_place_and_a_suggestion(text):
    place, suggestion, word = MISTAKES[text]
    with pytest.raises(FormulaError) as caught:
        parse(text, "outer")
    error = caught.value
    assert (error.position, error.length) == place
    assert error.suggestion == suggestion
    assert word in error.message
    assert error.location == "outer"
    assert str(error) == f"outer: {error.message}"


@pytest.mark.parametrize("text", MISTAKES)
def test_what_is_suggested_can_be_read(text):
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    parse(caught.value.suggestion)


def test_the_place_is_counted_in_the_text_as_it_was_typed():
    with pytest.raises(FormulaError) as caught:
        parse("y\u0302 · 2 + sen(x)")
    assert (caught.value.position, caught.value.length) == (9, 3)


def test_a_place_behind_a_combining_hat():
    with pytest.raises(FormulaError) as caught:
        parse("(y\u0302")
    assert caught.value.suggestion == "(y\u0302)"


def test_an_error_crosses_a_process_border():
    with pytest.raises(FormulaError) as caught:
        parse("sen(x)")
    for copy in (pickle.loads(pickle.dumps(caught.value)), deepcopy(caught.value)):
        assert vars(copy) == vars(caught.value)
        assert str(copy) == str(caught.value)
