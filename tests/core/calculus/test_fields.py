"""Partial derivatives and gradients: the lecture's numbers, oracles, and points without a tangent plane."""

import math

import numpy as np
import pytest

from core.calculus.analysis import Analysis, analyze
from core.calculus.fields import ARROWS, Gradient, arrows_of, gradient_at, slice_along, surface_of
from core.formulas.expressions import parse
from core.formulas.printing import text_of

SQUARE = {"x": (-3.0, 3.0), "y": (-3.0, 3.0)}


def of(text: str) -> Analysis:
    return analyze(parse(text).node, ("x", "y"))


def at(text: str, x: float, y: float) -> Gradient:
    return gradient_at(of(text), {"x": x, "y": y})


def test_the_lecture() -> None:
    analysis = of("x^2 + 3y")
    assert [text_of(node) for node in analysis.partials] == ["2*x", "3"]
    for x, y in ((1.0, 2.0), (-2.0, 0.5), (0.0, 0.0)):
        found = gradient_at(analysis, {"x": x, "y": y})
        assert found.value == x * x + 3 * y
        assert found.vector == [2 * x, 3]
        assert found.norm == pytest.approx(math.hypot(2 * x, 3))
        assert found.reason is None


@pytest.mark.parametrize(
    "text",
    [
        "x y",
        "sin(x) cos(y)",
        "e^(-x^2 - y^2)",
        "(1 - x)^2 + 100(y - x^2)^2",
        "x/y",
        "ln(x + y)",
        "x^y",
        "sqrt(x^2 + y^2)",
        "tanh(x y) + sigmoid(x - y)",
        "|x| y + relu(y)",
    ],
)
def test_against_central_differences(text: str) -> None:
    analysis, h = of(text), 1e-6
    for x, y in ((0.5, 1.25), (2.0, 0.3)):
        dx = (analysis.values(x + h, y) - analysis.values(x - h, y)) / (2 * h)
        dy = (analysis.values(x, y + h) - analysis.values(x, y - h)) / (2 * h)
        assert at(text, x, y).vector == pytest.approx([float(dx), float(dy)], rel=1e-6, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "point", "vector", "words"),
    [
        ("|x| + |y|", (1, 0), [1, None], "Along y, with x = 1 held: f has a kink at y = 0"),
        ("max(x, y)", (2, 2), [None, None], "Along x, with y = 2 held: f has a kink at x = 2"),
        ("sqrt(x^2 + y^2)", (0, 0), [None, None], "kink"),
        ("x y/(x^2 + y^2)", (0, 0), [None, None], "division by 0"),
        ("sqrt|x y|", (0, 0), [0, 0], "in the direction (1, 1) f does not have the slope 0"),
        ("cbrt(x^3 + y^3)", (0, 0), [1, 1], "no tangent plane"),
        ("relu(x - y) relu(y - x)", (1, 1), [0, 0], None),
        ("x|x| + y|y|", (0, 0), [0, 0], None),
        ("x |y|", (0, 0), [0, 0], None),
        ("x^y", (-1, 2), [-2, None], "f is defined at y = 2 alone and on neither side of it"),
        ("ln(x)", (-1, 2), [None, None], "the natural logarithm needs a number above 0"),
    ],
)
def test_where_there_is_no_tangent_plane(
    text: str, point: tuple[float, float], vector: list[float | None], words: str | None
) -> None:
    found = at(text, *point)
    assert found.vector == vector
    assert (found.norm is None) == (None in vector)
    if words is None:
        assert found.reason is None
    else:
        assert found.reason is not None
        assert words in found.reason


def test_surface_has_one_row_for_each_y() -> None:
    found = surface_of(of("x + 10y"), {"x": (0, 1), "y": (0, 2)}, 3)
    assert found.x.tolist() == [0, 0.5, 1]
    assert found.y.tolist() == [0, 1, 2]
    assert found.z.tolist() == [[0, 0.5, 1], [10, 10.5, 11], [20, 20.5, 21]]


def test_slice_holds_the_other_variable() -> None:
    found = slice_along(of("x^2 + 3y"), {"x": 1, "y": 2}, "y", (-1, 1))
    np.testing.assert_allclose(found.y, 1 + 3 * found.x)


def test_arrows_are_gradients() -> None:
    found = arrows_of(of("x^2 + 3y"), SQUARE)
    assert found.x.shape == (ARROWS**2,)
    np.testing.assert_array_equal(found.dx, 2 * found.x)
    np.testing.assert_array_equal(found.dy, 3 + 0 * found.y)


def test_there_is_no_arrow_on_a_kink_or_outside() -> None:
    found = arrows_of(of("|x| + y"), SQUARE)
    np.testing.assert_array_equal(np.isnan(found.dx), found.x == 0)
    found = arrows_of(of("ln(x) + y"), SQUARE)
    np.testing.assert_array_equal(np.isnan(found.dy), found.x <= 0)
    found = arrows_of(of("x|x| + y"), SQUARE)
    assert np.isfinite(found.dx).all()
