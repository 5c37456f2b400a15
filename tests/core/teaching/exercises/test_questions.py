"""Questions are judged with the mistake that was made."""

import pytest

from core.errors import InvalidInput
from core.lecture.questions import QUESTIONS
from core.lecture.slides import SLIDES
from core.teaching.exercises.questions import judge

BY_NAME = {question.name: question for question in QUESTIONS}
NUMBER, CHOICE, WAY = (BY_NAME[name] for name in ("left-of-the-valley", "at-the-corner", "down-the-valley"))
GRADIENT = [4.0, 20.0]


@pytest.mark.parametrize(
    ("answer", "expected", "verdict"),
    [
        ("-4", -4.0, "right"),
        ("−4", -4.0, "right"),
        (-4, -4.0, "right"),
        ("4", -4.0, "sign"),
        ("-8", -4.0, "double"),
        ("−2", -4.0, "half"),
        ("7", -4.0, "wrong"),
        ("0", 0.0, "right"),
        ("1", 0.0, "wrong"),
        ("-1.384", -1.3840107, "right"),
        ("−1,38", -1.3840107, "right"),
        ("-1.4", -1.3840107, "right"),
        ("-1.1", -1.3840107, "wrong"),
        ("-1.385", -1.3840107, "rough"),
        (7, 7.3375630, "rough"),
        ("7", 7.3375630, "rough"),
        ("1e1", 6.0, "wrong"),
        ("0e9", 6.0, "wrong"),
        ("0e400", 6.0, "wrong"),
        ("13/8", 1.625, "right"),
        (2.5, 2.5, "right"),
    ],
)
def test_a_number_is_judged(answer: float | str, expected: float, verdict: str) -> None:
    assert judge(NUMBER, answer, expected).verdict == verdict


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ([-4.0, -20.0], "right"),
        ([-0.1, -1.0], "right"),
        ([4.0, 20.0], "up"),
        ([-20.0, 4.0], "level"),
        ([20.0, -4.0], "level"),
        ([-2.0, -1.0], "wrong"),
        ([1.0, 1.0], "wrong"),
    ],
)
def test_a_way_is_judged_against_the_gradient(answer: list[float], verdict: str) -> None:
    assert judge(WAY, answer, GRADIENT).verdict == verdict


def test_numbers_that_the_question_gives_rounded_may_be_used() -> None:
    # the mean of −1.361, 3.139, 0 and 27.57, as they stand in the question
    assert judge(BY_NAME["mean-of-rows"], "7.337", 7.337562941).right
    assert judge(BY_NAME["loss-of-a-batch"], "46.5995", 46.59824009).right
    assert judge(BY_NAME["mean-of-rows"], "7.37", 7.337562941).verdict == "rough"


def test_no_slope_is_an_answer_too() -> None:
    assert judge(CHOICE, "there is none", None).right
    assert not judge(CHOICE, "0", None).right
    # a minus sign as keyboards have it
    assert judge(CHOICE, "-1", -1.0).right


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (NUMBER, "minus four", -4.0),
        (NUMBER, [1.0], -4.0),
        (NUMBER, "", -4.0),
        (CHOICE, "2", None),
        (CHOICE, 0.0, None),
        (WAY, [0.0, 0.0], GRADIENT),
        (WAY, [1.0], GRADIENT),
        (WAY, "1, 2", GRADIENT),
    ],
    ids=repr,
)
def test_what_cannot_be_judged_is_refused(question: object, answer: object, expected: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        judge(question, answer, expected)  # type: ignore[arg-type]
    assert refused.value.location == "answer"


def test_each_question_goes_with_a_slide_of_its_station_and_names_are_unique() -> None:
    assert len(BY_NAME) == len(QUESTIONS)
    station_of = {slide.number: slide.station for slide in SLIDES}
    for question in QUESTIONS:
        assert station_of[question.slide] == question.station, question.name
        assert (question.kind == "choice") == bool(question.choices), question.name
