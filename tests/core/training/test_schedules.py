"""Schedules: their values by hand, and runs that use them."""

import math

import numpy as np
import pytest

from core.errors import InvalidInput
from core.network.layers import parameters
from core.training.advance import advance, begin
from core.training.optimizers import OptimizerSettings
from core.training.schedules import SCHEDULES, ScheduleSettings
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_SAMPLE, two_layers

TABLE = [
    ("constant", {}, {0: 1, 1000: 1}),
    ("step", {"every": 10, "gamma": 0.5}, {0: 1, 9: 1, 10: 0.5, 29: 0.25, 30: 0.125}),
    ("cosine", {"steps": 100}, {0: 1, 25: (1 + math.sqrt(0.5)) / 2, 50: 0.5, 100: 0, 1000: 0}),
    ("cosine", {"steps": 2, "final": 0.5}, {0: 1, 1: 0.75, 2: 0.5, 3: 0.5}),
    ("warm_up", {"steps": 4}, {0: 0.25, 1: 0.5, 2: 0.75, 3: 1, 4: 1}),
]


@pytest.mark.parametrize(("method", "numbers", "factors"), TABLE)
def test_factors(method, numbers, factors):
    schedule = ScheduleSettings(method, numbers)
    for step, factor in factors.items():
        assert schedule.factor(step) == pytest.approx(factor, abs=1e-15)


def test_every_schedule_is_in_the_table():
    assert {row[0] for row in TABLE} == set(SCHEDULES)
    for schedule in SCHEDULES.values():
        for each in schedule.hyperparameters:
            assert each.symbol in schedule.formula
            with pytest.raises(InvalidInput):
                each.check("here", -1)
    with pytest.raises(InvalidInput, match="Give a whole number from 1"):
        SCHEDULES["warm_up"].hyperparameters[0].check("here", 2.5)


@pytest.mark.parametrize("method", ["step", "cosine", "warm_up"])
def test_records_tell_the_rate_used_and_any_step_can_be_made_again(method):
    numbers = {"every": 2, "gamma": 0.3} if method == "step" else {"steps": 7}
    recipe = Recipe(optimizer=OptimizerSettings("adam"), schedule=ScheduleSettings(method, numbers))
    start = begin(two_layers(), recipe, 0.01, ONE_SAMPLE).state
    whole = advance(start, recipe, ONE_SAMPLE, 9, keep_every=4)
    assert [r.learning_rate for r in whole.records] == [0.01 * recipe.schedule.factor(k) for k in range(9)]
    assert whole.state.learning_rate == 0.01
    again = advance(whole.kept[0], recipe, ONE_SAMPLE, 5).state
    for a, b in zip(parameters(whole.state.network), parameters(again.network), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(("method", "numbers", "_"), TABLE)
def test_the_base_rate_is_found_from_the_rate_used(method, numbers, _):
    schedule = ScheduleSettings(method, numbers)
    for base in np.random.default_rng(0).uniform(1e-4, 1, 50).tolist():
        for step in range(12):
            used = schedule.rate(base, step)
            assert schedule.base_of(used, step, base) == base
            found = schedule.base_of(used, step, 0.123)
            assert schedule.rate(found, step) == used
            assert found == pytest.approx(base) or schedule.factor(step) == 0
