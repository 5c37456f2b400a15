"""Judging: the lecture's numbers, rounding, mistakes, and what is carried forward."""

import re
from typing import Any

import numpy as np
import pytest

from core.errors import InvalidInput
from core.teaching.exercises.catalog import EXERCISES, Exercise
from core.teaching.exercises.grading import Judgement, grade
from core.teaching.exercises.views import listed, revealed, shown

LECTURE: dict[str, dict[str, Any]] = {
    "lab-forward": {"z": [[7, 6, 9]], "y_hat": [[7, 6, 9]], "loss": [[32.5]]},
    "lab-gradients": {
        "loss_gradient": [[6, 2, 5]],
        "activation_jacobian": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        "delta": [[6, 2, 5]],
        "weight_gradients": [[6, 12], [2, 4], [5, 10]],
    },
    "lab-update": {"weights": [[2.4, 0.8], [3.8, 0.6], [4.5, 1.0]], "new_z": [[4, 5, 6.5]], "new_loss": [[8.125]]},
    # by hand: x = [1, 2] goes to z₁ = [3, −1], h = [3, 0], ŷ = [5, −1]; y = [1, 4]
    "two-layers": {
        "delta2": [[4, -5]],
        "weight_gradients2": [[12, 0], [-15, 0]],
        "bias_gradients2": [[4, -5]],
        "delta1": [[13, 0]],
        "weight_gradients1": [[13, 26], [0, 0]],
        "bias_gradients1": [[13, 0]],
    },
    # by hand: ŷ = [7, 6, 9] and [0, 2, 1]; y = [1, 4, 4] and [3, 0, 4]
    "batch": {
        "loss": [[21.75]],
        "delta": [[6, 2, 5], [0, 2, -3]],
        "weight_gradients": [[3, 6], [2, 0], [1, 8]],
        "bias_gradients": [[3, 2, 1]],
    },
}


def judged(field: str, answer: Any, name: str | None = None, seed: int = 0, **others: Any) -> Judgement:
    exercise = EXERCISES[name or next(n for n, e in EXERCISES.items() if field in e.parts)]
    answers = {each: rows for each, rows in others.items() if each in exercise.parts}
    earlier = {each: rows for each, rows in others.items() if each in exercise.earlier}
    return grade(exercise, seed, {field: answer, **answers}, earlier)[field]


@pytest.mark.parametrize(("name", "answers"), LECTURE.items(), ids=LECTURE)
def test_the_lectures_numbers(name: str, answers: dict[str, Any]) -> None:
    exercise = EXERCISES[name]
    assert tuple(answers) == exercise.parts
    found = grade(exercise, 0, answers, {})
    assert {each.state for each in found.values()} == {"exact"}
    for field, right in revealed(exercise, 0, list(exercise.parts)).items():
        assert right["values"] == pytest.approx(np.array(answers[field]), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("8.125", "exact"),
        ("65/8", "exact"),
        ("8,125", "exact"),
        ("8.13", "rounded"),
        ("8.12", "rounded"),
        ("8.1", "close"),
        ("8.124", "close"),
        ("8.2", "close"),
        ("8.11", "close"),
        ("8", "wrong"),
        ("8.3", "wrong"),
        ("", "empty"),
        ("8.1 25", "invalid"),
    ],
)
def test_rounding(text: str, state: str) -> None:
    found = judged("new_loss", [[text]])
    assert (found.state, found.score) == (state, 1 if state in {"exact", "rounded"} else 0)
    if state == "rounded":
        assert found.exact is not None
        assert found.exact[0, 0] == 8.125


def test_too_few_digits_are_told() -> None:
    assert judged("new_loss", [["8"]]).rule == "too_few_digits"
    assert judged("loss", [["33"]]).rule == "too_few_digits"


def test_exact_means_a_billionth_of_the_largest_number() -> None:
    assert judged("weights", [[2.4, 0.7999999999999998], [3.8, 0.6], [4.5, 1]]).state == "exact"
    assert judged("weights", [[2.4, 0.80000001], [3.8, 0.6], [4.5, 1]]).state == "close"


@pytest.mark.parametrize(
    ("field", "answer", "rule"),
    [
        ("z", [[5, 5, 7]], "missing_input"),
        ("z", [[7], [6], [9]], "transposed"),
        ("loss", [["65"]], "missing_half"),
        ("loss", [[6.5]], "absolute"),
        ("loss", [["8.06"]], "root"),
        ("loss", [[83]], "prediction_instead_of_error"),
        ("loss", [["169/2"]], "added"),
        ("loss_gradient", [["−6", "−2", "−5"]], "sign"),
        ("loss_gradient", [[12, 4, 10]], "missing_half"),
        ("loss_gradient", [[7, 6, 9]], "prediction_instead_of_error"),
        ("loss_gradient", [[18, 6, 15]], "factor"),
        ("activation_jacobian", [[1, 1, 1]], "size"),
        ("activation_jacobian", [[1, 1, 1], [1, 1, 1], [1, 1, 1]], "off_diagonal"),
        ("delta", [[6, 0, 0], [0, 2, 0], [0, 0, 5]], "size"),
        ("delta", [[7, 3, 6]], "added"),
        ("weight_gradients", [[6, 2, 5], [12, 4, 10]], "transposed"),
        ("weight_gradients", [[6, 12, 2, 4, 5, 10]], "size"),
        ("weight_gradients", [[6, 2], [5, 12], [4, 10]], "by_columns"),
        ("weight_gradients", [[6, 6], [2, 2], [5, 5]], "missing_input"),
        ("weight_gradients", [[7, 14], [6, 12], [9, 18]], "prediction_instead_of_error"),
        ("weight_gradients", [[6, 12], [2, 4]], "size"),
        ("weights", [[3.6, 3.2], [4.2, 1.4], [5.5, 3]], "sign"),
        ("weights", [[-3, -10], [2, -3], [0, -8]], "missing_learning_rate"),
        ("weights", [[0.6, 1.2], [0.2, 0.4], [0.5, 1]], "change_only"),
        ("new_z", [[3.4, 4.8, 6]], "bias_trained"),
        ("new_loss", [[5.2]], "bias_trained"),
        ("new_loss", [[32.5]], "old_weights"),
        ("new_loss", [[73.125]], "sign"),
        ("new_loss", [[16.25]], "missing_half"),
        ("delta1", [[13, 9e-9]], None),
    ],
)
def test_mistakes_with_the_lectures_numbers(field: str, answer: Any, rule: str | None) -> None:
    found = judged(field, answer)
    assert found.rule == rule
    if rule:
        assert found.state == "wrong"
        assert found.title
        assert found.message


def test_a_factor_has_its_value() -> None:
    assert judged("loss_gradient", [[18, 6, 15]]).factor == 3
    assert judged("loss_gradient", [[12, 4, 10]]).factor == 2
    assert judged("loss", [["65"]]).factor == 2
    assert judged("delta", [["2", "2/3", "5/3"]]).factor == pytest.approx(1 / 3)
    assert judged("loss", [[50]]).rule is None, "a single number is a multiple of any other"


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_no_hint_and_no_diagnosis_holds_an_answer(exercise: Exercise) -> None:
    for field in exercise.fields:
        texts = [*field.hints, *(f"{rule.title} {rule.message}" for rule in field.rules)]
        assert not [text for text in texts if re.search(r"\d\.?\d", text)]
        assert len(field.hints) >= 2


def test_a_slip_names_its_cell() -> None:
    found = judged("delta", [["6", "2", "4"]])
    assert (found.state, found.rule, found.wrong_cells) == ("wrong", None, [(0, 2)])
    assert found.title == "One cell is off"


def test_right_from_your_own() -> None:
    found = judged("weight_gradients", [[6, 12], [2, 4], [4, 8]], delta=[["6", "2", "4"]])
    assert (found.state, found.score, found.carried_forward, found.from_own) == ("exact", 1, True, ("delta",))
    assert "your δ" in found.title
    # also over an empty field between, over an exercise, and along a chain
    assert judged("weights", [[2.4, 0.8], [3.8, 0.6], [4.6, 1.2]], delta=[["6", "2", "4"]]).carried_forward
    chain = {
        "loss_gradient": [[-6, -2, -5]],
        "delta": [[-6, -2, -5]],
        "weight_gradients": [[-6, -12], [-2, -4], [-5, -10]],
    }
    assert judged("weights", [[3.6, 3.2], [4.2, 1.4], [5.5, 3]], **chain).carried_forward
    assert judged("delta", [[-6, -2, -5]], loss_gradient=[[-6, -2, -5]]).from_own == ("loss_gradient",)


def test_rounded_numbers_may_be_carried() -> None:
    found = judged("new_loss", [["8.005"]], new_z=[["3.97", "5", "6.5"]])
    assert not found.carried_forward
    found = judged("new_loss", [["8.04"]], new_z=[["3.97", "5", "6.5"]])
    assert (found.state, found.carried_forward) == ("rounded", True)
    assert found.exact is not None
    assert found.exact[0, 0] == pytest.approx((2.97**2 + 1 + 2.5**2) / 2)


@pytest.mark.parametrize("delta", [[[0, 0, 0]], [[6], [2], [5]], [["x", "2", "5"]], [["1e12", "1e12", "1e12"]]])
def test_nothing_is_carried_from_zeros_or_a_wrong_shape(delta: Any) -> None:
    for answer in ([[0, 0], [0, 0], [0, 0]], [[1, 2], [1, 2], [1, 2]]):
        found = judged("weight_gradients", answer, delta=delta)
        assert (found.state, found.carried_forward) == ("wrong", False)
    assert judged("weight_gradients", LECTURE["lab-gradients"]["weight_gradients"], delta=delta).state == "exact"


def test_nothing_is_carried_from_a_copy_of_what_is_given() -> None:
    # with the old weights as the new ones, z and L of before would follow, copied too
    weights: Any = [["3", "2"], ["4", "1"], ["5", "2"]]
    found = judged("weights", weights)
    assert (found.state, found.title) == ("wrong", "Copied")
    assert "the given numbers of W" in found.message
    assert judged("new_z", [[7, 6, 9]], weights=weights).state == "wrong"
    assert judged("new_z", LECTURE["lab-update"]["new_z"], weights=weights).state == "exact"
    assert judged("y_hat", [[1, 4, 4]], z=[["1", "4", "4"]]).score == 0


def test_nothing_is_carried_where_only_zeros_would_follow() -> None:
    # every z below 0 makes ŷ all zeros, whatever the numbers
    assert not judged("y_hat", [[0, 0, 0]], z=[[-1, -2, -3]]).carried_forward
    assert judged("y_hat", [[1, 0, 3]], z=[[1, -2, 3]]).carried_forward


def test_a_slip_on_top_of_ones_own_numbers() -> None:
    found = judged("weight_gradients", [[6, 12], [2, 4], [4, 9]], delta=[["6", "2", "4"]])
    assert (found.rule, found.wrong_cells, found.from_own) == (None, [(2, 1)], ("delta",))
    assert found.message == "From your δ: no known mistake gives these numbers. Look for a slip."


def test_a_mistake_on_top_of_ones_own_numbers() -> None:
    found = judged("weight_gradients", [[6, 6], [2, 2], [4, 4]], delta=[["6", "2", "4"]])
    assert (found.state, found.rule, found.from_own, found.score) == ("wrong", "missing_input", ("delta",), 0)
    assert found.message.startswith("From your δ: ")


def test_what_the_lectures_numbers_cannot_tell_is_said() -> None:
    assert judged("delta", [[6, 2, 5]]).untold == ("missing_activation_derivative",)
    assert "cannot tell" in judged("delta", [[6, 2, 5]]).message
    assert judged("weight_gradients", [[6, 12], [2, 4], [5, 10]]).untold == (
        "missing_mean",
        "missing_activation_derivative",
    )
    fields = {each["name"]: each for each in shown(EXERCISES["lab-gradients"], 0)["fields"]}
    assert {each["rule"] for each in fields["delta"]["untold"]} == {"missing_activation_derivative"}
    with_seed = {each["name"]: each for each in shown(EXERCISES["lab-gradients"], 1)["fields"]}
    assert with_seed["delta"]["untold"] == []
    assert [each["rule"] for each in with_seed["weight_gradients"]["untold"]] == ["missing_mean"]


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no such field"):
        grade(EXERCISES["lab-forward"], 0, {"delta": [[1]]}, {})
    with pytest.raises(InvalidInput, match="No field comes before"):
        grade(EXERCISES["lab-forward"], 0, {}, {"z": [[1]]})


def test_every_exercise_is_listed_with_its_fields() -> None:
    assert {each["name"]: tuple(each["fields"]) for each in listed()} == {
        name: tuple(answers) for name, answers in LECTURE.items()
    }
    assert [each["slides"] for each in listed()] == ["35–36", "37–38", "39–42", "43–47", "52–53"]
