"""The numbers of a seed: the lecture's for 0, else small whole ones that tell every mistake from every other."""

from functools import lru_cache

import numpy as np

from core.teaching.exercises.comparison import APART, size_of
from core.teaching.exercises.fields import Field, Rule, Setting, Sheet, Values
from core.teaching.exercises.walks import goes_down

MOST_SEED = 2**32 - 1
LOSS_STEPS = 6


@lru_cache(maxsize=4096)
def setting_of(sheet: Sheet, seed: int) -> Setting:
    """The numbers of a seed.

    Parameters
    ----------
    sheet : Sheet
    seed : int
        0 for the lecture's own, else any up to 2³² − 1; the same seed always gives the same numbers.

    Returns
    -------
    Setting
        Of a drawn one, all rules of all fields give different answers, and the right step lowers the loss.
    """
    if seed == 0:
        return sheet.lecture
    random = np.random.default_rng(seed)
    while True:
        setting = sheet.draw(random)
        if is_fit(sheet, setting):
            return setting


def is_fit(sheet: Sheet, setting: Setting) -> bool:
    """Whether no number stands on ReLU's kink, training goes downhill, and every rule can be told from the others."""
    values = sheet.compute(setting)
    if any((values[name] == 0).any() for name in ("z", "z1") if name in values):
        return False
    return all(tells_apart(each, values) for each in sheet.fields) and goes_down(sheet, setting, LOSS_STEPS)


def tells_apart(each: Field, values: Values) -> bool:
    """Whether every two rules of a field, the turned sign and the truth give different answers."""
    truth = values[each.name]
    named = [("right", truth), ("sign", -truth)]
    named += [(rule.name, rule.compute(values)) for rule in each.rules if applies(rule, values)]
    for shape in {answer.shape for _, answer in named}:
        names = np.array([name for name, answer in named if answer.shape == shape])
        cells = np.stack([answer.ravel() for _, answer in named if answer.shape == shape])
        distances = np.abs(cells[:, None] - cells).max(axis=2)
        if (distances <= APART * size_of(truth))[names[:, None] != names].any():
            return False
    return True


def applies(rule: Rule, values: Values) -> bool:
    """Whether a rule is a mistake at all for so many samples."""
    return len(values["y"]) > 1 or not rule.needs_batch
