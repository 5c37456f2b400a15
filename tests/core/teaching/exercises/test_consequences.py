"""Does my mistake matter? The courses of the loss, against closed forms."""

from typing import Any

import pytest

from core.errors import InvalidInput
from core.teaching.exercises.catalog import EXERCISES
from core.teaching.exercises.consequences import Consequence, consequence

LAB = EXERCISES["lab-gradients"]


def by_rule(field: str, rule: str, seed: int = 0, steps: int = 6, name: str = "lab-update") -> Consequence:
    return consequence(EXERCISES[name], seed, {}, {}, {field: rule}, steps)


def by_answers(steps: int = 6, **answers: Any) -> Consequence:
    return consequence(LAB, 0, answers, {}, {}, steps)


def test_the_right_course_is_the_lectures() -> None:
    found = by_rule("weight_gradients", "missing_input")
    # the residual is multiplied by 1 − 5η = ½ at every step
    assert found.right == pytest.approx([32.5 * 0.25**k for k in range(7)])
    assert found.right_ratio == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("field", "rule", "ratio"),
    [
        # each step multiplies the residual by 1 − η c, where c is what the gradient meets: x·x, Σx, or 2x·x
        ("weight_gradients", "missing_input", (1 - 0.1 * 3) ** 2),
        ("loss_gradient", "sign", (1 + 0.1 * 5) ** 2),
        ("weights", "sign", (1 + 0.1 * 5) ** 2),
        ("new_z", "bias_trained", (1 - 0.1 * 6) ** 2),
    ],
)
def test_the_factor_of_a_mistake(field: str, rule: str, ratio: float) -> None:
    found = by_rule(field, rule, steps=3)
    assert found.wrong[:2] == pytest.approx([32.5, 32.5 * ratio])
    if ratio < 1:
        assert found.wrong_ratio == pytest.approx(ratio)
    assert found.applied == "every_step"


def test_a_doubled_gradient_is_luck_with_the_lectures_numbers() -> None:
    found = by_rule("loss_gradient", "missing_half")
    assert found.wrong[1] == pytest.approx(0, abs=1e-20)
    assert found.title == "It falls faster, by luck"


def test_cut_by_columns_wanders() -> None:
    found = by_answers(weight_gradients=[["6", "2"], ["5", "12"], ["4", "10"]])
    assert found.mistakes == {"weight_gradients": "by_columns"}
    assert found.wrong[1:3] == pytest.approx([16.285, 17.4578], rel=1e-4)
    assert (found.title, found.wrong_ratio) == ("It wanders", None)


def test_shapes_catch_a_transposed_gradient() -> None:
    found = by_answers(weight_gradients=[[6, 2, 5], [12, 4, 10]])
    assert (found.applied, found.wrong, found.title) == ("never", [], "Shapes catch it")
    assert "dL/dW is 3×2 and yours is 2×3" in found.message


def test_a_slip_is_used_for_one_step() -> None:
    found = by_answers(delta=[[6, 2, 4]])
    assert (found.applied, found.mistakes) == ("one_step", {"delta": None})
    # W₃ − 0.1·4·x: z₃ = 9 − 0.1·4·5 = 7, and ½(9 + 1 + 9)
    assert found.wrong == pytest.approx([32.5, 9.5])
    assert "one step only" in found.message


def test_two_mistakes_are_both_made() -> None:
    found = by_answers(loss_gradient=[[-6, -2, -5]], weight_gradients=[[-6, -6], [-2, -2], [-5, -5]])
    assert found.mistakes == {"loss_gradient": "sign", "weight_gradients": "missing_input"}
    assert found.wrong_ratio == pytest.approx((1 + 0.1 * 3) ** 2)


def test_what_follows_from_a_mistake_is_none_of_its_own() -> None:
    found = by_answers(loss_gradient=[[-6, -2, -5]], delta=[[-6, -2, -5]])
    assert found.mistakes == {"loss_gradient": "sign"}


def test_nothing_wrong_and_nothing_that_steers() -> None:
    assert by_answers(delta=[[6, 2, 5]]).applied == "never"
    assert by_answers(delta=[["6", "", "5"]]).applied == "never"
    found = by_rule("loss", "missing_half", name="lab-forward")
    assert (found.wrong, found.title) == (found.right, "No difference here")


def test_a_step_that_is_too_long_kills_the_units() -> None:
    # the residual [6, 2, 5] would be multiplied by 1 − 5, so every z falls below 0 and ŷ stays 0
    found = by_rule("weights", "missing_learning_rate")
    assert found.wrong == pytest.approx([32.5] + [(1 + 16 + 16) / 2] * 6)
    assert found.title == "It gets stuck"


def test_divergence_is_a_result() -> None:
    found = by_rule("weights", "sign", steps=100)
    assert found.diverged
    assert len(found.wrong) < 101
    assert found.title == "It climbs"


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_rule_can_be_trained_with_or_says_why_not(exercise: Any) -> None:
    for seed in range(4):
        for field in exercise.fields:
            for rule in field.rules:
                if rule.needs_batch and exercise.name != "batch":
                    continue
                found = consequence(exercise, seed, {}, {}, {field.name: rule.name}, 5)
                assert found.applied in {"every_step", "never"}
                assert found.message
                assert len(found.right) == 6


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no such field"):
        by_rule("nothing", "sign")
    with pytest.raises(InvalidInput, match="no such rule"):
        by_rule("delta", "nothing")
