"""The chain rule: slopes multiply, kinks are said, a nudge travels."""

import math

import pytest

from core.calculus.analysis import analyze
from core.calculus.chain import (
    Chain,
    Composition,
    chain_at,
    compose,
    composite_of,
    curves_of,
    nudge_through,
    seen_by_outer,
)
from core.errors import InvalidInput, LimitExceeded
from core.formulas.expressions import parse
from core.formulas.printing import text_of


def of(outer: str, inner: str) -> Composition:
    f, g = parse(outer), parse(inner)
    return compose(analyze(f.node, f.variables or ("u",)), analyze(g.node, g.variables or ("x",)))


def at(outer: str, inner: str, x: float) -> Chain:
    return chain_at(of(outer, inner), x)


@pytest.mark.parametrize(
    ("outer", "inner", "text"),
    [
        ("sin(u)", "x^2", "sin(x**2)"),
        ("u^2", "2x - 1", "(2*x - 1)**2"),
        ("u + u^2", "x + 1", "x + 1 + (x + 1)**2"),
        ("x^2", "x + 1", "(x + 1)**2"),
        ("5", "x", "5"),
    ],
)
def test_composite(outer: str, inner: str, text: str) -> None:
    assert text_of(of(outer, inner).composite.node) == text


@pytest.mark.parametrize("outer", ["sin(u)", "u^2", "e^u", "sigmoid(u)", "1/u", "sqrt(u + 5)", "|u|", "u^1.5", "3"])
@pytest.mark.parametrize("inner", ["x^2", "2x - 1", "e^x", "sin(x) + 2", "ln(x)", "relu(x)", "7"])
def test_slopes_multiply(outer: str, inner: str) -> None:
    for x in (1.25, 0.75):
        found = at(outer, inner, x)
        if found.product is not None:
            assert found.composite.slope == pytest.approx(found.product, rel=1e-14, abs=1e-14)
            assert found.reason is None
        else:
            assert found.reason is not None


def test_the_lecture_way_of_writing() -> None:
    found = at("sin(u)", "x^2", 1.0)
    assert found.outer is not None
    assert (found.inner.value, found.inner.slope, found.outer.slope) == (1, 2, math.cos(1))
    assert found.product == 2 * math.cos(1)


@pytest.mark.parametrize(
    ("outer", "inner", "x", "product", "slope", "words"),
    [
        ("relu(u)", "2x - 1", 0.5, None, None, "f has a kink at u = 0: the slope is 0 from the left and 1"),
        ("relu(u)", "3x - 0.3", 0.1, None, None, "f has a kink at u = 0"),
        ("relu(u)", "x^2 - 2", math.sqrt(2), None, None, "f has a kink at u = 0"),
        ("|u|", "x^2", 0, None, 0, "although f(g) itself has a slope here: 0."),
        ("u^2", "|x|", 0, None, 0, "g has a kink at x = 0"),
        ("cbrt(u)", "x^3", 0, None, 1, "although f(g) itself has a slope here: 1."),
        ("ln(u)", "-x^2", 1, None, None, "f is not defined at u = −1: the natural logarithm needs"),
        ("u", "1/x", 0, None, None, "g is not defined at x = 0"),
        ("u", "e^e^e^x", 3, None, None, "g cannot be computed at x = 3: a number on the way is too large."),
        ("1/u", "e^(-1000x)", 1, None, None, "f cannot be computed at u = 0: a number on the way is too large"),
        ("sin(1e9u)", "x/1e9", 0, 1, 1, None),
    ],
)
def test_where_a_factor_is_missing(
    outer: str, inner: str, x: float, product: float | None, slope: float | None, words: str | None
) -> None:
    found = at(outer, inner, x)
    assert found.product == product
    assert found.composite.slope == slope
    if words is None:
        assert found.reason is None
    else:
        assert found.reason is not None
        assert words in found.reason


def test_nudge() -> None:
    composition = of("u^2", "2x - 1")
    found = nudge_through(composition, chain_at(composition, 1.0), 1.0, 0.5)
    assert (found.dx, found.du, found.du_linear) == (0.5, 1, 1)
    assert (found.dy, found.dy_linear) == (3, 2)
    composition = of("u^2", "1/x")
    found = nudge_through(composition, chain_at(composition, 0.0), 0.0, 0.5)
    assert all(map(math.isnan, (found.du, found.dy, found.du_linear, found.dy_linear)))


def test_no_nudge_starts_from_a_pole_that_float64_cannot_meet() -> None:
    composition = of("tan(u)", "2x")
    found = nudge_through(composition, chain_at(composition, math.pi / 4), math.pi / 4, 0.5)
    assert (found.du, math.isnan(found.dy)) == (1, True)


@pytest.mark.parametrize(
    ("inner", "x", "left", "right"),
    [("x^2", 1, -0.9, 9.9), ("4", 1, 3, 5), ("x", 5, -3.8, 5.8), ("ln(x - 9)", 1, -1.2, 1.2)],
)
def test_what_the_outer_function_is_shown_over(inner: str, x: float, left: float, right: float) -> None:
    assert seen_by_outer(of("u", inner), (-3, 3), x) == pytest.approx((left, right))


def test_a_pole_of_the_inner_function_does_not_stretch_the_outer_curve() -> None:
    left, right = seen_by_outer(of("u", "tan(x)"), (-3, 3), 1)
    assert -30 < left < -5
    assert 5 < right < 30


def test_curves() -> None:
    composition = of("|u|", "x^3")
    found = curves_of(composition, (-1, 1), 5, seen_by_outer(composition, (-1, 1), 0.5))
    assert found.inner.y.tolist() == [-1, -0.125, 0, 0.125, 1]
    assert found.composite.y.tolist() == [1, 0.125, 0, 0.125, 1]
    assert found.outer.x[0] == pytest.approx(-1.2)
    assert 0 in found.outer.x


def test_too_long() -> None:
    long = parse("+".join(["u^2"] * 18)).node
    with pytest.raises(LimitExceeded):
        composite_of(long, "u", long)


def test_a_composite_that_is_defined_nowhere() -> None:
    with pytest.raises(InvalidInput, match=r"^outer: "):
        of("ln(u)", "x - x")
