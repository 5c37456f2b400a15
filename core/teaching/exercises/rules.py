"""Diagnosis: which known mistake gives exactly what was typed; shape first, then values."""

from dataclasses import dataclass

import numpy as np

from core.network.activations import Array
from core.sentence_numbers import written
from core.teaching.exercises.answers import Reading
from core.teaching.exercises.comparison import factor_between, fits, has_too_few_digits, size_of, told_apart
from core.teaching.exercises.fields import Compute, Field, Rule, Values
from core.teaching.exercises.variants import applies

# what a factor of these rules comes from is said by the rule itself
FACTOR_RULES = {"missing_half", "missing_mean", "mean_of_outputs", "mean_too_early", "mean_twice"}
SIGN_MESSAGE = "The sizes are right. Which way does it go?"


@dataclass(frozen=True)
class Diagnosis:
    """A mistake by its identifier, in words, with its factor where it is one, and the computation that makes it."""

    rule: str
    title: str
    message: str
    factor: float | None = None
    compute: Compute | None = None


def shape_text(shape: tuple[int, ...]) -> str:
    """As it is written under a matrix."""
    return "×".join(map(str, shape))


def diagnose(field: Field, reading: Reading, values: Values, expected: Array) -> Diagnosis | None:
    """Find the first rule that fits all cells.

    Parameters
    ----------
    field : Field
    reading : Reading
        Readable, and not right.
    values : mapping
        What the field is computed from: the true numbers, or the student's own.
    expected : array
        What would be right from these values.

    Returns
    -------
    Diagnosis or None
        None where no rule fits: a slip, or a mistake that is not known.
    """
    for rule in field.rules:
        if applies(rule, values) and _explains(rule, reading, values, expected):
            return Diagnosis(rule.name, rule.title, rule.message, _factor_of(rule, reading, expected), rule.compute)
    if reading.values.shape != expected.shape:
        return _wrong_shape(field, reading, expected)
    if fits(reading, -expected):
        return Diagnosis("sign", "Every sign is turned", SIGN_MESSAGE, -1.0, computation("sign", field))
    if (factor := factor_between(reading, expected)) is not None:
        text = f"Every number is the right one times {written(factor)}. What was left out, or counted twice?"
        compute = computation("factor", field, factor)
        return Diagnosis("factor", f"All off by the factor {written(factor)}", text, factor, compute)
    if has_too_few_digits(reading, expected):
        text = "What you typed fits as far as it goes. Give at least three significant digits."
        return Diagnosis("too_few_digits", "Rounded too far", text)
    return None


def untold_rules(field: Field, values: Values) -> list[Rule]:
    """Mistakes that give the right answer with these numbers."""
    right = values[field.name]
    return [
        rule
        for rule in field.rules
        if rule.untold and not (applies(rule, values) and told_apart(rule.compute(values), right, size_of(right)))
    ]


def _explains(rule: Rule, reading: Reading, values: Values, expected: Array) -> bool:
    """Whether a rule gives what was typed, and something else than what is right."""
    with np.errstate(all="ignore"):
        answer = rule.compute(values)
    if answer.shape != reading.values.shape or told_apart(answer, reading.values, size_of(answer)):
        return False
    return fits(reading, answer) and told_apart(answer, expected, size_of(expected))


def _factor_of(rule: Rule, reading: Reading, expected: Array) -> float | None:
    if rule.name not in FACTOR_RULES or reading.values.shape != expected.shape:
        return None
    if expected.size == 1:
        return float(reading.values[0, 0] / expected[0, 0]) if expected[0, 0] else None
    return factor_between(reading, expected)


def _wrong_shape(field: Field, reading: Reading, expected: Array) -> Diagnosis:
    yours, right = shape_text(reading.values.shape), shape_text(expected.shape)
    if fits(reading, expected.T):
        text = f"Yours is {yours}; {field.label} is {right}. The numbers are right, but they lie on their side."
        return Diagnosis("transposed", "You transposed it", text, compute=computation("transposed", field))
    text = f"Yours is {yours}; {field.label} is {right}: rows by columns."
    return Diagnosis("size", "This has another shape", text)


def computation(rule: str, field: Field, factor: float | None = None) -> Compute:
    """The right computation of a field with a mistake that any field can have: sign, factor or transposed."""
    by = {"sign": -1.0, "factor": factor or 1.0, "transposed": 1.0}[rule]
    return lambda v: by * (field.step(v).T if rule == "transposed" else field.step(v))
