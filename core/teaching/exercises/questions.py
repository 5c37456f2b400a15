"""Judging an answer to one of the stations' questions, with the mistake where it is known."""

import math
from dataclasses import dataclass

from core.errors import InvalidInput
from core.lecture.question import Question
from core.teaching.exercises.answers import Unreadable, read_number, text_of

ROUNDED = 0.02  # how far a rounded number may be off, of its size
GIVEN = 1e-3  # the same where the question itself gives rounded numbers
ROUGH = 0.25  # too few digits are told up to here
TINY = 1e-9
STRAIGHT = 15.0  # degrees that a direction may be off

Expected = float | list[float] | None


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer.

    Attributes
    ----------
    verdict : str
        "right", or what the mistake is: "rough" (near, or with too few digits), "sign", "double", "half", "up" (the way
        up instead of down), "level" (along the level line), "wrong".
    message : str
        In words, without the right answer.
    """

    verdict: str
    message: str

    @property
    def right(self) -> bool:
        """Whether it counts."""
        return self.verdict == "right"


def judge(question: Question, answer: float | str | list[float], expected: Expected) -> Verdict:
    """Judge an answer.

    Parameters
    ----------
    question : Question
    answer : float, str or list of float
        A number, also as typed; the text of a choice; or the way down as [dx, dy].
    expected : float, list of float or None
        What stands at the question's address: for a direction the gradient, None where there is no such number.

    Raises
    ------
    InvalidInput
        Where the answer cannot be read as what the question asks for.
    """
    if question.kind == "direction":
        return _direction(answer, expected)
    if question.kind == "choice":
        return _choice(question, answer, expected)
    return _number(answer, expected, GIVEN if "{" in question.text else TINY)


def _choice(question: Question, answer: float | str | list[float], expected: Expected) -> Verdict:
    values = dict(question.choices)
    chosen = answer.replace("-", "−") if isinstance(answer, str) else None
    if chosen not in values:
        raise InvalidInput("answer", f"Choose one of: {', '.join(values)}.")
    right = values[chosen] == expected
    return Verdict("right", "Yes.") if right else Verdict("wrong", "No.")


def _number(answer: float | str | list[float], expected: Expected, exact: float) -> Verdict:
    if isinstance(answer, list) or not isinstance(expected, float | int):
        raise InvalidInput("answer", "Give one number, as 4, −2.5 or 65/8.")
    try:
        value, half = read_number(text_of(answer))
    except Unreadable as fault:
        raise InvalidInput("answer", str(fault)) from fault
    size = max(abs(expected), TINY)
    off = abs(value - expected)
    if off <= exact * size or (off <= half + TINY and off <= ROUNDED * size):
        return Verdict("right", "Yes.")
    if off <= min(half, ROUGH * size) or off <= ROUNDED * size:
        return Verdict("rough", "Near, but not exact.")
    for factor, verdict, message in (
        (-1.0, "sign", "The right size, with the wrong sign."),
        (2.0, "double", "Twice what it is."),
        (0.5, "half", "Half of what it is."),
    ):
        if math.isclose(value, factor * expected, rel_tol=ROUNDED):
            return Verdict(verdict, message)
    return Verdict("wrong", "No.")


def _direction(answer: float | str | list[float], expected: Expected) -> Verdict:
    if not isinstance(answer, list) or len(answer) != 2 or not any(answer):
        raise InvalidInput("answer", "Give the way as two numbers that are not both 0, as [-1, -2].")
    assert isinstance(expected, list)
    (dx, dy), (gx, gy) = answer, expected
    # between the answer and the way down, −∇f
    degrees = math.degrees(abs(math.atan2(dy * gx - dx * gy, -(dx * gx + dy * gy))))
    if degrees <= STRAIGHT:
        return Verdict("right", "Yes.")
    if degrees >= 180 - STRAIGHT:
        return Verdict("up", "That is the way up: the gradient itself.")
    if abs(degrees - 90) <= STRAIGHT:
        return Verdict("level", "That goes along the level line: neither up nor down.")
    return Verdict("wrong", f"Off by {degrees:.0f}°." if degrees < 90 else "That goes up.")
