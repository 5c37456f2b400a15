"""Jacobians: the lecture's numbers, central differences, exact determinants, grids and squares."""

import math

import numpy as np
import pytest

from core.calculus.analysis import Analysis, analyze
from core.calculus.jacobian import Jacobian, determinant_of, grid_of, jacobian_at
from core.calculus.square import CORNERS, Areas, square_at
from core.formulas.expressions import parse
from core.formulas.printing import text_of

LECTURE = ["x1 + 2 x2", "3x1 - x2"]


def of(texts: list[str], variables: tuple[str, ...] = ("x1", "x2")) -> list[Analysis]:
    return [analyze(parse(text).node, variables) for text in texts]


def at(texts: list[str], **point: float) -> Jacobian:
    return jacobian_at(of(texts, tuple(point)), point)


def test_the_lecture() -> None:
    assert [[text_of(node) for node in output.partials] for output in of(LECTURE)] == [["1", "2"], ["3", "-1"]]
    for x1, x2 in ((1.0, 1.0), (-2.0, 0.5)):
        found = at(LECTURE, x1=x1, x2=x2)
        assert found.values == [x1 + 2 * x2, 3 * x1 - x2]
        assert found.matrix == [[1, 2], [3, -1]]
        assert found.determinant == -7
        assert found.reason is None


@pytest.mark.parametrize(
    "texts", [["x1 cos(x2)", "x1 sin(x2)"], ["x1^2 - x2^2", "2x1 x2"], ["e^x1", "x1 x2", "tanh(x1/x2)"], ["x1^x2"]]
)
def test_against_central_differences(texts: list[str]) -> None:
    outputs, h = of(texts), 1e-6
    x = np.array([1.2, 0.7])
    expected = [
        [
            float(output.values(*(x + h * unit)) - output.values(*(x - h * unit))) / (2 * h)
            for unit in np.eye(2)
        ]
        for output in outputs
    ]  # fmt: skip
    found = jacobian_at(outputs, {"x1": 1.2, "x2": 0.7})
    np.testing.assert_allclose(np.array(found.matrix, float), expected, rtol=1e-7)


def test_polar_coordinates_stretch_by_their_radius() -> None:
    assert at(["r cos(t)", "r sin(t)"], r=1.5, t=0.75).determinant == pytest.approx(1.5, rel=1e-15)


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ([[5]], 5),
        ([[1, 2], [3, -1]], -7),
        ([[2, 0, 1], [1, 3, 2], [1, 1, 4]], 18),
        ([[0.1, 0.2], [0.3, 0.6]], 0),
        ([[1, 2, 3]], None),
        ([[1], [2]], None),
        ([[1, None], [2, 3]], None),
    ],
)
def test_determinant(matrix: list[list[float | None]], expected: float | None) -> None:
    found = determinant_of(matrix)
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-16))


def test_four_by_four_determinant_against_numpy() -> None:
    matrix = np.random.default_rng(0).normal(size=(4, 4))
    assert determinant_of(matrix.tolist()) == pytest.approx(np.linalg.det(matrix))


def test_three_variables() -> None:
    found = at(["x y z", "|x| + |y| + z"], x=1, y=2, z=3)
    assert found.matrix == [[6, 3, 2], [1, 1, 1]]
    found = at(["z + sqrt|x y|", "x"], x=0, y=0, z=3)
    assert found.matrix == [[0, 0, 1], [1, 0, 0]]
    assert found.reason is not None
    assert "Output 1: All partial derivatives exist at (0, 0, 3), but in the direction (1, 1, 0)" in found.reason


def test_one_variable_needs_no_direction() -> None:
    assert at(["t|t|", "t"], t=0).reason is None
    reason = at(["|t|"], t=0).reason
    assert reason is not None
    assert reason.startswith("f has a kink")


def test_grid_lines_are_straight_and_mapped() -> None:
    lines = grid_of(of(LECTURE), {"x1": (-2, 2), "x2": (0, 8)})
    assert [line.along for line in lines] == ["x1"] * 9 + ["x2"] * 9
    assert [line.fixed for line in lines[:9]] == list(range(9))
    for line in lines:
        moving = ["x1", "x2"].index(line.along)
        assert (line.x[1 - moving] == line.fixed).all()
        np.testing.assert_allclose(line.image, np.array([[1, 2], [3, -1]]) @ line.x, atol=1e-12)


def test_of_a_linear_function_the_image_is_the_parallelogram() -> None:
    outputs, point = of(LECTURE), {"x1": 1.0, "x2": 1.0}
    found = square_at(outputs, point, 0.5, jacobian_at(outputs, point))
    assert found.corners.tolist() == [[1 + 0.5 * a, 1 + 0.5 * b] for a, b in CORNERS]
    assert found.parallelogram is not None
    np.testing.assert_allclose(found.image[:, ::24], found.parallelogram, atol=1e-15)
    assert found.edges.shape == (2, 97)


def test_the_parallelogram_is_what_a_smaller_square_becomes() -> None:
    outputs, point = of(["r cos(t)", "r sin(t)"], ("r", "t")), {"r": 1.0, "t": 0.75}
    gaps = []
    for side in (0.1, 0.01):
        found = square_at(outputs, point, side, jacobian_at(outputs, point))
        assert found.parallelogram is not None
        gaps.append(np.abs(found.image[:, ::24] - found.parallelogram).max() / side)
    assert gaps[1] < gaps[0] / 5


def test_where_there_is_no_jacobian_there_is_no_parallelogram() -> None:
    outputs, point = of(["ln(x1)", "x2"]), {"x1": -1.0, "x2": 0.0}
    found = square_at(outputs, point, 2, jacobian_at(outputs, point))
    assert found.parallelogram is None
    assert math.isnan(found.image[0, 0])
    assert np.isfinite(found.image[0]).any()


def areas_of(texts: list[str], side: float, **point: float) -> Areas:
    outputs = of(texts, tuple(point))
    return square_at(outputs, point, side, jacobian_at(outputs, point)).areas


def test_areas_of_closed_forms() -> None:
    # between two circles and two rays
    found = areas_of(["r cos(t)", "r sin(t)"], 0.5, r=1.0, t=0.75)
    assert found.image == pytest.approx(0.5 * (1.5**2 - 1) / 2, rel=1e-3)
    assert found.parallelogram == pytest.approx(0.25)
    assert areas_of(LECTURE, 1e-4, x1=1.0, x2=1.0).image == pytest.approx(7e-8, rel=1e-6)
    # a piece of the cylinder x² + z² = 1, as long as its arc
    found = areas_of(["cos(t)", "y", "sin(t)"], 0.5, t=0.2, y=1.0)
    assert found.image == pytest.approx(0.25, rel=1e-3)
    assert found.parallelogram == pytest.approx(0.25)
    # every digit that a page shows
    assert areas_of(["x y", "x^2 - y^2"], 0.5, x=1.0, y=2.0).image == pytest.approx(10 / 3, rel=1e-12)
    assert areas_of(["x", "y", "x y"], 0.5, x=1.0, y=1.0).image == pytest.approx(0.509345862446814, rel=1e-7)
    # a plane, whatever its place among four coordinates
    found = areas_of(["x", "y", "x + y", "2"], 0.5, x=0.0, y=0.0)
    assert found.image == found.parallelogram == pytest.approx(0.25 * math.sqrt(3))


def test_where_there_is_no_area() -> None:
    assert areas_of(["x y"], 0.5, x=1.0, y=1.0) == Areas(0.25, None, None)
    assert areas_of(["ln(x)", "y"], 2, x=-1.0, y=0.0) == Areas(4, None, None)
    assert areas_of(["ln(x)", "y", "x"], 2, x=-1.0, y=0.0) == Areas(4, None, None)


def test_a_step_across_the_square() -> None:
    outputs, point = of(["x^2", "x y"], ("x", "y")), {"x": 1.0, "y": 2.0}
    step = square_at(outputs, point, 0.5, jacobian_at(outputs, point)).step
    np.testing.assert_allclose(step.change, [1.25, 1.75])
    assert step.linear is not None
    np.testing.assert_allclose(step.linear, [1, 1.5])


def test_what_is_too_large_for_a_number_is_none() -> None:
    found = at(["e^x", "e^y"], x=700.0, y=700.0)
    assert found.matrix[0][0] == pytest.approx(math.exp(700))
    assert found.determinant is None
    assert areas_of(["e^x", "e^y"], 0.5, x=709.5, y=709.5) == Areas(0.25, None, None)
