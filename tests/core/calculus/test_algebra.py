"""Every line of a derivation is the derivative: evaluated with a small Δx, and as the lecture prints it."""

import pytest
from mpmath import mp, mpf

from core.calculus.analysis import analyze
from core.calculus.derivation.algebra import limit_lines
from core.calculus.derivation.lines import Line, product, total
from core.calculus.precise import evaluate_precisely
from core.calculus.symbolic import derivative
from core.errors import InvalidInput
from core.formulas.expressions import parse
from core.formulas.nodes import Call, Variable, number
from core.formulas.printing import text_of


def lines(text: str) -> list[Line]:
    expression = parse(text)
    return limit_lines(analyze(expression.node, expression.variables or ("x",)))


def test_the_lecture_line() -> None:
    assert [line.latex for line in lines("x")] == [
        r"f'(x) = \lim_{\Delta x \to 0} \frac{f(x + \Delta x) - f(x)}{\Delta x}",
        r"f'(x) = \lim_{\Delta x \to 0} \frac{x + \Delta x - x}{\Delta x}",
        r"f'(x) = \lim_{\Delta x \to 0} \frac{\Delta x}{\Delta x}",
        r"f'(x) = \lim_{\Delta x \to 0} 1",
        "f'(x) = 1",
    ]


def test_the_lecture_square() -> None:
    assert [line.latex for line in lines("x^2")] == [
        r"f'(x) = \lim_{\Delta x \to 0} \frac{f(x + \Delta x) - f(x)}{\Delta x}",
        r"f'(x) = \lim_{\Delta x \to 0} \frac{\left(x + \Delta x\right)^{2} - x^{2}}{\Delta x}",
        r"f'(x) = \lim_{\Delta x \to 0} "
        r"\frac{x^{2} + 2 x \Delta x + \left(\Delta x\right)^{2} - x^{2}}{\Delta x}",
        r"f'(x) = \lim_{\Delta x \to 0} \frac{2 x \Delta x + \left(\Delta x\right)^{2}}{\Delta x}",
        r"f'(x) = \lim_{\Delta x \to 0} \left(2 x + \Delta x\right)",
        "f'(x) = 2 x",
    ]


BY_ALGEBRA = [
    "x", "x + 1", "2x + 1", "x^2", "3", "0x", "-x^2", "(x + 1)^2", "0.5x^2 + 3x - 1", "x^3 - 2x", "x^6", "pi x^2",
    "1/x", "(x + 1)/(x - 2)", "(x^2 - 1)/(x + 2)", "1/x^2", "x/(1 + x^2)", "3/(2x)", "x/x", "x^-3",
    "sqrt(x)", "sqrt(2x + 1)", "sqrt(5 - x)", "sin(x)", "sin(3x - 1)", "cos(x)", "cos(2x)", "cos(-x)",
    "e^x", "e^(-2x)", "e^(x/2)", "ln(x)", "ln(3x + 1)", "x (1/x + 1)", "x ((x + 0.1)/x + 1/x)",
]  # fmt: skip

BY_RULES = [
    "x sin(x)", "sin(x^2)", "sin(x)/x", "sin(x)/3", "3sin(x)", "sin(x) 3", "2^x", "x^x", "x^1.5", "sin(x)^2", "-tan(x)",
    "tan(x)", "tan(x) + e^x", "tan(x) - e^x", "max(x, x^2)", "min(x, x^2)", "sigmoid(2x)", "x^7", "1/(x^4 + 1)",
    "sqrt(x^2 + 1)", "asin(x/4)", "(x + 1)(x + 2)(x + 3)(x + 4)(x + 5)(x + 6)(x + 7)(x + 8)",
]  # fmt: skip


@pytest.mark.parametrize("text", BY_ALGEBRA + BY_RULES)
def test_every_line_is_the_derivative(text: str) -> None:
    expression = parse(text)
    found = lines(text)
    slope = derivative(expression.node, "x")
    with mp.workdps(60):
        for x in (mpf("0.7"), mpf("2.9")):
            expected = evaluate_precisely(slope, {"x": x})
            for line in found:
                if line.node is not None:
                    value = evaluate_precisely(line.node, {"x": x, "Δx": mpf(10) ** -25})
                    assert value is not None, line.latex
                    assert abs(value - expected) < mpf(10) ** -18, line.latex
    assert sum(line.node is not None for line in found) >= 2
    assert all(line.note.endswith(".") for line in found)
    assert found[0].node is None
    assert found[-1].latex.startswith("f'(x) = ")
    assert r"\lim" not in found[-1].latex
    assert len({line.latex for line in found}) == len(found)


@pytest.mark.parametrize("text", BY_ALGEBRA)
def test_algebra_names_no_rule(text: str) -> None:
    assert not [line for line in lines(text) if "rules" in line.note]


@pytest.mark.parametrize("text", BY_RULES)
def test_what_is_not_derived_says_so(text: str) -> None:
    assert lines(text)[2].note.startswith("By the rules of differentiation: the ")


@pytest.mark.parametrize(
    ("text", "place", "right", "left"),
    [
        ("|x|", "0", "1", "-1"),
        ("|3x - 0.3|", "0.1", "3", "-3"),
        ("|-2x + 1|", "0.5", "2", "-2"),
        ("relu(x)", "0", "1", "0"),
        ("relu(1 - 2x)", "0.5", "0", "-2"),
    ],
)
def test_one_sided_lines(text: str, place: str, right: str, left: str) -> None:
    _, _, from_right, from_left, result = lines(text)
    assert r"\to 0^+" in from_right.latex
    assert from_right.latex.endswith(f" = {right}")
    assert r"\to 0^-" in from_left.latex
    assert from_left.latex.endswith(f" = {left}")
    assert from_right.note == f"At x = {place}, from the right."
    assert f"at x = {place} there is no limit" in result.note
    assert r"\begin{cases}" in result.latex


def test_known_limits_are_named() -> None:
    assert "sin Δx/Δx → 1" in lines("sin(x)")[-2].note
    assert "sin(2·Δx)/Δx → 2" in lines("cos(2x)")[-2].note
    assert "(e^Δx − 1)/Δx → 1" in lines("e^x")[-1].note


def test_minus_one_is_a_sign() -> None:
    assert lines("e^(-x)")[-1].note == "Known limit: (e^(−Δx) − 1)/Δx → −1."
    assert "Known limits: (cos(−Δx) − 1)/Δx → 0 and sin(−Δx)/Δx → −1." in [line.note for line in lines("cos(-x)")]


@pytest.mark.parametrize("text", ["sign(x)", "step(2x)", "max(x, x^2)", "|x^2 - 1|", "x relu(x)", "sqrt(x^2)"])
def test_rules_do_not_reach_kinks_and_jumps(text: str) -> None:
    found = lines(text)
    assert found[-1].note.endswith("It holds where f has neither a kink nor a jump.")
    assert sum("kink" in line.note for line in found) == 1


def test_smooth_functions_need_no_such_word() -> None:
    assert not [line for line in lines("x sin(x)") if "kink" in line.note]


def test_another_variable() -> None:
    assert lines("t^2")[-2].latex == r"f'(t) = \lim_{\Delta t \to 0} \left(2 t + \Delta t\right)"
    assert lines("ŷ")[-2].latex == r"f'(\hat{y}) = \lim_{\Delta \hat{y} \to 0} 1"


def test_what_has_no_derivative_is_refused() -> None:
    with pytest.raises(InvalidInput):
        lines("sqrt(-x^2)")


def test_sums_and_products_are_written_as_in_a_book() -> None:
    x, minus_two = Variable("x"), number(-2)
    assert text_of(product(minus_two, x, product(x, number(1)))) == "-2*x*x"
    assert text_of(product(number(-1), x)) == "-x"
    assert text_of(product(number(1))) == "1"
    assert text_of(product(number(-1))) == "-1"
    assert text_of(total([])) == "0"
    assert text_of(total([x, Call("negate", (x,)), number(1)])) == "x - x + 1"
