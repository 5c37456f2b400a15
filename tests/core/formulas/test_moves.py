"""What pages evaluate ahead of the server's answer is what the server answers."""

import numpy as np
import pytest

from core.calculus.analysis import analyze
from core.calculus.derivative import differentiate
from core.calculus.jacobian import jacobian_at
from core.calculus.square import square_at
from core.formulas.expressions import parse
from core.formulas.moves import (
    MOVE,
    RATE,
    area_factor_of,
    change_of,
    linear_of,
    minors_of,
    secant_of,
    step_of,
)
from core.formulas.nodes import Node
from core.formulas.programs import evaluate, program_of


def value(node: Node, **values: float) -> float:
    return float(evaluate(program_of(node, tuple(values)), list(values.values())))


@pytest.mark.parametrize("text", ["x^2", "sin(x)", "x^3 - 2x", "e^(-x)", "1/x", "|x|"])
@pytest.mark.parametrize("delta", [0.5, -0.25, 1e-9])
def test_the_secant_has_the_slope_of_the_core(text: str, delta: float) -> None:
    analysis = analyze(parse(text).node, ("x",))
    slope = value(secant_of(analysis.node, "x"), x=1.5, **{MOVE: delta})
    assert slope == differentiate(analysis, 1.5, delta).secant.slope


def test_the_lectures_secant() -> None:
    assert value(secant_of(parse("x^2").node, "x"), x=1.5, **{MOVE: 1.0}) == 4


def test_a_step_downhill() -> None:
    analysis = analyze(parse("x^2 + 3y").node, ("x", "y"))
    to = [
        value(step_of(partial, name), x=2.0, y=1.0, **{RATE: 0.1})
        for name, partial in zip(("x", "y"), analysis.partials, strict=True)
    ]
    assert to == [2 - 0.1 * 4, 1 - 0.1 * 3]


@pytest.mark.parametrize("texts", [("x1 + 2x2", "3x1 - x2"), ("x1^2", "x1 x2", "sin(x2)"), ("x1 x2^2",)])
def test_the_square_is_the_cores(texts: tuple[str, ...]) -> None:
    names, point, side = ("x1", "x2"), {"x1": 1.25, "x2": -0.5}, 0.25
    outputs = [analyze(parse(text).node, names) for text in texts]
    jacobian = jacobian_at(outputs, point)
    square = square_at(outputs, point, side, jacobian)
    moved = point | {MOVE: side}
    changes = [value(change_of(output.node, names), **moved) for output in outputs]
    np.testing.assert_allclose(changes, square.step.change, rtol=0, atol=1e-15)
    assert square.step.linear is not None
    np.testing.assert_allclose(
        [value(linear_of(each.partials), **moved) for each in outputs], square.step.linear, rtol=1e-15
    )
    matrix = [output.partials for output in outputs]
    factor, minors = area_factor_of(matrix), minors_of(matrix)
    assert len(minors) == len(texts) * (len(texts) - 1) // 2
    if factor is None:
        assert square.areas.parallelogram is None
    else:
        assert value(factor, **point) * side**2 == pytest.approx(square.areas.parallelogram, rel=1e-14)
    if len(texts) == 2:
        assert value(minors[0], **point) == pytest.approx(jacobian.determinant, rel=1e-14)
