"""Gradient descent on typed functions: the four learning rates, divergence, edges and kinks."""

import math

import pytest

from core.calculus.analysis import analyze
from core.calculus.descent import Descent, descend
from core.formulas.expressions import parse
from core.training.optimizers import OptimizerSettings


def down(
    text: str, start: dict[str, float], eta: float, steps: int = 20, method: str = "gradient_descent", **more: float
) -> Descent:
    analysis = analyze(parse(text).node, tuple(start))
    return descend(analysis, start, OptimizerSettings(method, more), eta, steps)


def test_on_the_square_each_step_multiplies_by_one_minus_two_eta() -> None:
    for eta in (0.01, 0.1, 0.9, 1.1):
        found = down("x^2", {"x": 2.5}, eta)
        assert [step.step for step in found.trajectory] == list(range(21))
        for step in found.trajectory:
            assert step.point[0] == pytest.approx(2.5 * (1 - 2 * eta) ** step.step)
            assert step.value == pytest.approx(step.point[0] ** 2)
            assert step.gradient[0] == pytest.approx(2 * step.point[0])


@pytest.mark.parametrize(("eta", "overshot"), [(0.01, 0), (0.1, 0), (0.9, 0), (1.1, 20)])
def test_what_a_learning_rate_does(eta: float, overshot: int) -> None:
    found = down("x^2", {"x": 2.5}, eta)
    assert len(found.overshot_at) == overshot
    assert found.diverged_at is None
    assert (found.reason is None) == (overshot == 0)
    if overshot:
        assert found.reason == "The value rose at every step: the learning rate is too large."


@pytest.mark.parametrize(
    ("text", "start", "eta", "words"),
    [
        ("x^2", {"x": 1.0}, 1.0, "It goes to and fro between x = 1 and x = −1 for ever. Try a smaller learning rate."),
        ("|x|", {"x": 1.0}, 0.3, "From step 3 on it goes to and fro between x = 0.1 and x = −0.2 for ever."),
        ("x^2 + y^2", {"x": 1.0, "y": -2.0}, 1.0, "between (1, −2) and (−1, 2) for ever."),
    ],
)
def test_going_to_and_fro_for_ever_is_named(text: str, start: dict[str, float], eta: float, words: str) -> None:
    found = down(text, start, eta)
    assert found.reason is not None
    assert words in found.reason


@pytest.mark.parametrize(("text", "eta"), [("x^2", 0.5), ("x^2", 0.999999), ("cos(x + pi)", 2.0), ("5", 1.0)])
def test_standing_still_or_creeping_nearer_is_not_going_to_and_fro(text: str, eta: float) -> None:
    assert down(text, {"x": 0.01}, eta, 50).reason is None


def test_some_overshoots_are_no_reason() -> None:
    found = down("x^2", {"x": 2.5}, 0.1, 30, method="momentum", momentum=0.9)
    assert 0 < len(found.overshot_at) < 30
    assert all(found.trajectory[k].value > found.trajectory[k - 1].value for k in found.overshot_at)
    assert found.reason is None


@pytest.mark.parametrize(
    ("text", "x", "eta"),
    [("x^4", 10.0, 0.1), ("x^2", 1.0, 1e6), ("e^(x^2)", 3.0, 1.0), ("x^3", -1.0, 0.5)],
)
def test_divergence_is_a_result(text: str, x: float, eta: float) -> None:
    found = down(text, {"x": x}, eta, 1000)
    assert found.diverged_at == len(found.trajectory) - 1
    assert found.reason is not None
    assert f"ran off at step {found.diverged_at}" in found.reason
    last = found.trajectory[-1]
    assert not abs(last.point[0]) <= 1e100 or not abs(last.value) <= 1e100


def test_a_start_with_a_value_too_large() -> None:
    found = down("1e-6/x", {"x": 1e-170}, 0.1)
    assert found.diverged_at == 0


def test_where_only_float64_fails_it_goes_on() -> None:
    found = down("e^x/(1 + e^x)", {"x": 800.0}, 0.1, 2)
    assert [step.value for step in found.trajectory] == [1, 1, 1]
    assert [step.gradient[0] for step in found.trajectory] == [0, 0, 0]


@pytest.mark.parametrize("text", ["-x^2", "-e^x", "x^3 - 7"])
def test_a_way_down_without_an_end_does_not_blame_the_learning_rate(text: str) -> None:
    found = down(text, {"x": -1.0 if "3" in text else 1.0}, 0.1, 1000)
    assert found.diverged_at == len(found.trajectory) - 1
    assert found.overshot_at == ()
    assert found.reason == (
        f"The numbers ran off at step {found.diverged_at}: "
        "the value fell at every step, and no lowest point came in sight."
    )


@pytest.mark.parametrize(("text", "eta"), [("x^2", 1.1), ("x^4", 1.0), ("e^(x^2)", 1.0), ("x^4 - e^x", 1.0)])
def test_steps_that_are_too_large_are_named(text: str, eta: float) -> None:
    reason = down(text, {"x": 3.0}, eta, 1000).reason
    assert reason is not None
    assert reason.endswith("the steps became too large. Try a smaller learning rate.")


def test_a_start_beyond_float64_made_no_step() -> None:
    found = down("e^(x^2)", {"x": 30.0}, 0.1)
    assert (found.diverged_at, len(found.trajectory)) == (0, 1)
    assert found.reason == "The numbers are too large already at the start."


def test_a_single_step_to_infinity() -> None:
    found = down("x^2", {"x": 1e40}, 1e300)
    assert (found.diverged_at, len(found.trajectory)) == (1, 2)
    assert found.reason is not None
    assert found.reason.endswith("the steps became too large. Try a smaller learning rate.")


def test_outside_the_domain_there_is_no_gradient() -> None:
    # where 1/x has a value, and ln x has none
    last = down("ln(x)", {"x": 0.3}, 0.1).trajectory[-1]
    assert last.point[0] < 0
    assert math.isnan(last.value)
    assert math.isnan(last.gradient[0])


def test_leaving_the_domain_is_a_reason() -> None:
    found = down("x - ln(x)", {"x": 0.1}, 0.5)
    assert found.diverged_at is None
    found = down("sqrt(x)", {"x": 0.25}, 0.5)
    assert [step.point[0] for step in found.trajectory] == [0.25, -0.25]
    assert math.isnan(found.trajectory[-1].value)
    assert math.isnan(found.trajectory[-1].gradient[0])
    assert found.reason is not None
    assert found.reason.startswith("Step 1 left the domain of f. f is not defined at x = −0.25: the square root needs")


def test_a_start_outside_the_domain() -> None:
    found = down("ln(x) + y", {"x": -1.0, "y": 2.0}, 0.1)
    assert len(found.trajectory) == 1
    assert found.reason is not None
    assert found.reason.startswith("The start lies outside the domain of f. Along x, with y = 2 held: f is not defined")


def test_on_a_kink_there_is_no_gradient_to_follow() -> None:
    found = down("|x|", {"x": 0.5}, 0.5)
    assert [step.point[0] for step in found.trajectory] == [0.5, 0]
    assert math.isnan(found.trajectory[-1].gradient[0])
    assert found.reason is not None
    assert found.reason.startswith("At step 1 there is no gradient to follow. f has a kink at x = 0")


def test_a_vertical_tangent() -> None:
    found = down("sqrt(x)", {"x": 0.0}, 0.1)
    assert found.reason is not None
    assert "At step 0 there is no gradient to follow." in found.reason
    assert "the tangent is vertical" in found.reason


def test_a_break_that_is_smooth_does_not_stop_it() -> None:
    found = down("x|x| + (y - 1)^2", {"x": 0.0, "y": 0.0}, 0.5, 2)
    assert [step.point.tolist() for step in found.trajectory] == [[0, 0], [0, 1], [0, 1]]


def test_momentum_by_hand() -> None:
    found = down("x^2", {"x": 1.0}, 0.1, 3, method="momentum", momentum=0.5)
    x, v = 1.0, 0.0
    for step in found.trajectory:
        assert step.point[0] == pytest.approx(x)
        v = 0.5 * v + 2 * x
        x -= 0.1 * v
