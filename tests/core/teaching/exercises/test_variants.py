"""The numbers of a seed, and that every mistake can be told from every other with them."""

from itertools import combinations

import numpy as np
import pytest

from core.teaching.exercises.answers import read_answer
from core.teaching.exercises.carrying import Own, follow
from core.teaching.exercises.catalog import EXERCISES
from core.teaching.exercises.fields import Field, Rule, Sheet, Values
from core.teaching.exercises.grading import judge
from core.teaching.exercises.variants import applies, setting_of
from core.teaching.exercises.walks import values_of, walk

SHEETS = {exercise.sheet.name: exercise.sheet for exercise in EXERCISES.values()}
BLOCK = 250  # seeds of one test
BLOCKS = [range(first, first + BLOCK) for first in range(1, 1001, BLOCK)]

every_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


@pytest.mark.no_cover  # a thousand times the same lines are not traced
@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
@every_sheet
def test_of_a_thousand_seeds_every_mistake_is_found(sheet: Sheet, seeds: range) -> None:
    for seed in seeds:
        values = sheet.compute(setting_of(sheet, seed))
        own = follow(sheet, values, {})
        for field in sheet.fields:
            rules = [rule for rule in field.rules if applies(rule, values)]
            every_two_answers_differ(field, rules, values, seed)
            every_rule_is_found(field, rules, values, own, seed)
            what_any_field_can_have_is_found(field, values, own, seed)


def every_two_answers_differ(field: Field, rules: list[Rule], values: Values, seed: int) -> None:
    """The right answer, the one of the wrong sign and those of all rules differ by 2 % of the largest number."""
    right = values[field.name]
    answers = [("right", right), ("sign", -right), *((rule.name, rule.compute(values)) for rule in rules)]
    apart = 0.02 * np.abs(right).max()
    plain = [(name, answer.shape, answer.ravel().tolist()) for name, answer in answers]
    for (a, a_shape, a_cells), (b, b_shape, b_cells) in combinations(plain, 2):
        if a != b and a_shape == b_shape:
            differences = [abs(x - y) for x, y in zip(a_cells, b_cells, strict=True)]
            assert max(differences) > apart, (seed, field.name, a, b)


def every_rule_is_found(field: Field, rules: list[Rule], values: Values, own: Own, seed: int) -> None:
    """What each rule computes is wrong, by that rule."""
    for rule in rules:
        judged = judge(field, read_answer(rule.compute(values).tolist()), values, own)
        assert (judged.state, judged.rule, judged.score) == ("wrong", rule.name, 0), (seed, field.name)


def what_any_field_can_have_is_found(field: Field, values: Values, own: Own, seed: int) -> None:
    """The right answer, its sign turned, another size, and rows as columns."""
    right = values[field.name]
    answers = [(right, "exact", None), (-right, "wrong", "sign"), (np.ones((4, 4)), "wrong", "size")]
    if right.shape[0] != right.shape[1]:
        answers.append((right.T, "wrong", "transposed"))
    for answer, state, rule in answers:
        judged = judge(field, read_answer(answer.tolist()), values, own)
        assert (judged.state, judged.rule) == (state, rule), (seed, field.name)


@every_sheet
def test_the_steps_give_what_the_core_gives(sheet: Sheet) -> None:
    for seed in range(200):
        setting = setting_of(sheet, seed)
        by_core, by_steps = sheet.compute(setting), values_of(sheet, setting, {})
        assert by_core.keys() == by_steps.keys()
        for name, value in by_core.items():
            np.testing.assert_allclose(by_steps[name], value, rtol=1e-12, atol=1e-12)


@every_sheet
def test_numbers_are_small_and_the_right_step_goes_down(sheet: Sheet) -> None:
    for seed in range(200):
        setting = setting_of(sheet, seed)
        whole = [setting.x, setting.y, *(layer.W for layer in setting.network.layers)]
        assert all((each == each.round()).all() and np.abs(each).max() < 10 for each in whole)
        losses = walk(sheet, setting, {}, 6)
        assert losses == sorted(losses, reverse=True)
