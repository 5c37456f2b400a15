"""Curves have their corners and gaps exactly where the function has them."""

import math

import numpy as np
import pytest

from core.calculus.analysis import analyze
from core.calculus.curves import Curve, find_breaks, sample
from core.formulas.expressions import parse


def curve(text: str, domain: tuple[float, float] = (-3, 3), samples: int = 201) -> Curve:
    expression = parse(text)
    [variable] = expression.variables or ("x",)
    return sample(analyze(expression.node, (variable,)), {}, variable, domain, samples)


def breaks(text: str, domain: tuple[float, float] = (-3, 3)) -> list[tuple[float, str | None]]:
    expression = parse(text)
    found = find_breaks(analyze(expression.node, ("x",)), {}, "x", domain)
    return [(place, study.obstacle) for place, study in found]


def test_a_smooth_curve_is_its_samples() -> None:
    found = curve("x^2", samples=5)
    assert found.x.tolist() == [-3, -1.5, 0, 1.5, 3]
    assert found.y.tolist() == [9, 2.25, 0, 2.25, 9]
    assert found.derivative.tolist() == [-6, -3, 0, 3, 6]


def test_a_curve_is_closer_where_it_bends() -> None:
    steep = curve("sin(1/x)")
    assert len(curve("x^2").x) == 201
    assert 300 < len(steep.x) <= 4 * 201 + 2
    # between two neighbors it goes as straight as it is drawn, where it does not swing faster than can be drawn
    away = (np.abs(steep.x[:-1]) > 0.15) & (np.abs(steep.x[1:]) > 0.15)
    middle = (steep.x[:-1] + steep.x[1:])[away] / 2
    off = np.sin(1 / middle) - ((steep.y[:-1] + steep.y[1:]) / 2)[away]
    assert np.abs(off).max() < 0.005


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("floor(x)", {(1.0, 0.0, False), (1.0, 1.0, True)}),
        ("ceil(x)", {(1.0, 1.0, True), (1.0, 2.0, False)}),
        ("(x^2-1)/(x-1)", {(1.0, 2.0, False)}),
        ("|x-1|/(x-1)", {(1.0, -1.0, False), (1.0, 1.0, False)}),
        ("sign(x-1)", {(1.0, -1.0, False), (1.0, 0.0, True), (1.0, 1.0, False)}),
        ("|x-1|", set()),
        ("1/(x-1)", set()),
        ("sqrt(x-1)", set()),
    ],
)
def test_the_ends_of_its_pieces_are_open_or_closed(text: str, points: set[tuple[float, float, bool]]) -> None:
    assert {(each.x, each.y, each.closed) for each in curve(text).points if each.x == 1} == points


def test_a_jump_at_the_end_of_the_domain_has_no_line_to_it() -> None:
    found = curve("floor(x)")
    assert np.isnan(found.y[-1])
    assert found.y[-2] == 2
    assert [(each.y, each.closed) for each in found.points if each.x == 3] == [(2, False), (3, True)]


def test_a_corner_is_a_point_without_derivative() -> None:
    found = curve("|3x - 0.3|", samples=10)
    [index] = np.flatnonzero(found.x == 0.1)
    assert found.y[index] == 0
    assert np.isnan(found.derivative[index])
    assert np.isnan(found.derivative).sum() == 1
    assert len(found.x) == 11


def test_a_corner_takes_the_place_of_a_sample_beside_it() -> None:
    found = curve("|x - 0.3|", (0, 1), 11)
    assert np.linspace(0, 1, 11)[3] != 0.3
    assert len(found.x) == 11
    assert 0.3 in found.x


@pytest.mark.parametrize("text", ["1/x", "1/x^2", "ln|x|"])
def test_a_pole_is_a_gap(text: str) -> None:
    found = curve(text, samples=10)
    [index] = np.flatnonzero(found.x == 0)
    assert np.isnan(found.y[index])
    assert np.isnan(found.derivative[index])
    assert np.isfinite(np.delete(found.y, index)).all()


def test_poles_of_the_tangent() -> None:
    found = curve("tan(x)", (-5, 5))
    gaps = found.x[np.isnan(found.y)]
    assert gaps == pytest.approx([-1.5 * math.pi, -math.pi / 2, math.pi / 2, 1.5 * math.pi], rel=1e-15)


def test_a_jump_is_a_gap_with_both_its_ends() -> None:
    found = curve("sign(x)", samples=2)
    assert found.x == pytest.approx([-3, -6e-9, 0, 6e-9, 3])
    assert found.y.tolist() == pytest.approx([-1, -1, np.nan, 1, 1], nan_ok=True)


def test_a_jump_at_the_end_of_the_domain() -> None:
    found = curve("sign(x)", (0, 1), 3)
    assert found.y.tolist() == pytest.approx([np.nan, 1, 1, 1], nan_ok=True)


def test_an_edge_is_a_point() -> None:
    found = curve("sqrt(x + 0.5)", samples=4)
    assert found.x.tolist() == [-3, -1, -0.5, 1, 3]
    assert found.y.tolist() == pytest.approx([np.nan, np.nan, 0, math.sqrt(1.5), math.sqrt(3.5)], nan_ok=True)


def test_what_only_looks_like_a_break_is_none() -> None:
    found = curve("x|x|", samples=4)
    assert found.x.tolist() == [-3, -1, 0, 1, 3]
    assert found.derivative.tolist() == [6, 2, 0, 2, 6]


def test_the_derivative_has_the_holes_of_the_function() -> None:
    found = curve("x/x", samples=5)
    assert np.isnan(found.y[2])
    assert np.isnan(found.derivative[2])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/(sin(x) - 0.5)", [(math.pi / 6, "pole"), (5 * math.pi / 6, "pole")]),
        ("1/((x - 1)^2 (x + 2))", [(-2, "pole"), (1, "pole")]),
        ("max(x, x^2)", [(0, "kink"), (1, "kink")]),
        ("relu(x) + relu(x)", [(0, "kink")]),
        ("sqrt(relu(x))", [(0, "vertical")]),
        ("cbrt(x/(x + 5))", [(0, "vertical")]),
        ("1/tan(x/2)", [(0, "pole")]),
        ("abs(-x)^0.5", [(0, "vertical")]),
        ("|2|x", []),
    ],
)
def test_places(text: str, expected: list[tuple[float, str]]) -> None:
    found = breaks(text)
    assert [kind for _, kind in found] == [kind for _, kind in expected]
    assert [place for place, _ in found] == pytest.approx([place for place, _ in expected], rel=1e-15)


def test_a_hundred_breaks_are_enough() -> None:
    assert len(breaks("tan(100x)", (-10, 10))) == 100


def test_another_variable_is_held() -> None:
    analysis = analyze(parse("|x - y|").node, ("x", "y"))
    assert [place for place, _ in find_breaks(analysis, {"x": 7, "y": 0.1}, "x", (-1, 1))] == [0.1]
    found = sample(analysis, {"x": 0, "y": 0.1}, "y", (-1, 1), 3)
    assert found.x.tolist() == [-1, 0, 1]
    assert found.y.tolist() == [1, 0, 1]
