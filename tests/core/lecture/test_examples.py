"""The lecture's functions: each can be asked as it stands, and gives what its slide says."""

from collections.abc import Iterator

import numpy as np
import pytest

from core.formulas.expressions import parse
from core.formulas.programs import evaluate, program_of
from core.lecture.examples import EXAMPLES, CalculusExample


def formulas(example: CalculusExample) -> Iterator[str]:
    request = example.request
    yield from (request[key] for key in ("expression", "outer", "inner") if key in request)
    yield from request.get("expressions", [])


def value(text: str, at: dict[str, float]) -> float:
    names = tuple(at)
    return float(evaluate(program_of(parse(text).node, names), [np.asarray(at[name]) for name in names]))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.call}-{example.name}")
def test_every_formula_can_be_read(example: CalculusExample) -> None:
    assert all(parse(text).variables for text in formulas(example))


def test_names_are_unique_within_a_call() -> None:
    assert len({(example.call, example.name) for example in EXAMPLES}) == len(EXAMPLES)


def test_the_predictions_of_slide_2_cost_what_it_says() -> None:
    [squared] = [example for example in EXAMPLES if example.name == "squared-error"]
    costs = {mark["ŷ"]: value(squared.request["expression"], mark) for mark in squared.marks}
    assert costs == {0.0: 1.0, 2.0: 1.0, -1.0: 4.0, 3.0: 4.0}
    assert {mark["y"] for mark in squared.marks} == {squared.request["at"]["y"]} == {1.0}


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.call == "chain"], ids=lambda each: each.name)
def test_a_nudge_stays_where_it_is_drawn(example: CalculusExample) -> None:
    low, high = example.request["domain"]
    at, nudge = example.request["at"], example.request["nudge"]
    assert low < at < high
    assert low < at + nudge < high
    assert abs(nudge) > (high - low) / 20
