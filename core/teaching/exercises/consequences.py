"""Does my mistake matter? Training goes on with it, beside the right computation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from core.errors import InvalidInput
from core.network.activations import Array
from core.teaching.exercises.answers import read_answer
from core.teaching.exercises.carrying import follow
from core.teaching.exercises.catalog import Exercise
from core.teaching.exercises.fields import Compute, Field, Setting, Sheet, Values
from core.teaching.exercises.grading import Answers, check_names, find_mistake, judge
from core.teaching.exercises.rules import computation, shape_text
from core.teaching.exercises.variants import applies, setting_of
from core.teaching.exercises.verdicts import ratio_of, verdict
from core.teaching.exercises.walks import walk, walk_with_bias

BIAS_TRAINED = "bias_trained"


@dataclass(frozen=True)
class Consequence:
    """Two courses of the true loss.

    Attributes
    ----------
    applied : str
        "every_step" (known mistakes), "one_step" (numbers that no rule explains, used once), or "never".
    mistakes : dict
        Field → rule as applied, None for numbers that no rule explains.
    right, wrong : list of float
        Losses, first the one before any step; `wrong` ends early when it leaves all bounds.
    right_ratio, wrong_ratio : float or None
        By what the loss is multiplied at each step, where that is the same at every step.
    diverged : bool
    title, message : str
        What is seen, in words.
    """

    applied: str
    mistakes: dict[str, str | None]
    right: list[float]
    wrong: list[float]
    right_ratio: float | None
    wrong_ratio: float | None
    diverged: bool
    title: str
    message: str


@dataclass
class Mistakes:
    """What is wrong: computations to make again, numbers to use once, and what cannot be used at all."""

    names: dict[str, str | None] = field(default_factory=dict)
    computed: dict[str, Compute] = field(default_factory=dict)
    typed: dict[str, Compute] = field(default_factory=dict)
    refused: str = ""


def consequence(
    exercise: Exercise, seed: int, answers: Answers, earlier: Answers, rules: Mapping[str, str], steps: int
) -> Consequence:
    """Train on with what is wrong, and with the right computation.

    Parameters
    ----------
    exercise : Exercise
    seed : int
    answers, earlier : mapping
        As for grading. Known mistakes are made again at every step; numbers that no rule explains are used for one.
    rules : mapping
        Field → identifier of a rule, in the place of answers.
    steps : int

    Returns
    -------
    Consequence

    Raises
    ------
    InvalidInput
        For a field or a rule that is not there.
    """
    check_names(exercise.parts, answers, "answers")
    check_names(exercise.earlier, earlier, "earlier")
    check_names((*exercise.earlier, *exercise.parts), rules, "mistakes")
    setting = setting_of(exercise.sheet, seed)
    truth = exercise.sheet.compute(setting)
    found = _found_in({**earlier, **answers}, exercise.sheet, truth)
    for name, rule in rules.items():
        _add(found, exercise.sheet.by_name[name], rule, _compute_of(exercise.sheet.by_name[name], rule, truth), truth)
    return _trained(exercise.sheet, setting, found, steps)


def _found_in(answers: Answers, sheet: Sheet, truth: Values) -> Mistakes:
    """Every wrong answer, by the rule that explains it."""
    found = Mistakes()
    readings = {name: read_answer(rows) for name, rows in answers.items()}
    own = follow(sheet, truth, readings)
    for each in sheet.fields:
        reading = readings.get(each.name)
        if reading is None or judge(each, reading, truth, own).state not in {"close", "wrong"}:
            continue
        diagnosis = find_mistake(each, reading, truth, own)[0]
        typed = reading.values
        if diagnosis is not None and diagnosis.compute is not None:
            _add(found, each, diagnosis.rule, diagnosis.compute, truth)
        else:
            found.names[each.name] = None
            found.typed[each.name] = _constant(typed)
            _check_shape(found, each, typed, truth)
    return found


def _constant(typed: Array) -> Compute:
    return lambda _: typed


def _add(found: Mistakes, each: Field, rule: str, compute: Compute, truth: Values) -> None:
    found.names[each.name] = rule
    found.computed[each.name] = compute
    _check_shape(found, each, compute(truth), truth)


def _check_shape(found: Mistakes, each: Field, answer: Array, truth: Values) -> None:
    yours, right = answer.shape, truth[each.name].shape
    if yours != right:
        found.refused = (
            f"It cannot be trained with: {each.short} is {shape_text(right)} and yours is {shape_text(yours)}, "
            "so the next formula does not exist. Shapes catch this mistake for you."
        )


def _compute_of(each: Field, name: str, truth: Values) -> Compute:
    """The computation of a rule by its identifier."""
    known = {rule.name: rule.compute for rule in reversed(each.rules) if applies(rule, truth)}
    known |= {generic: computation(generic, each) for generic in ("sign", "transposed") if generic not in known}
    if name not in known:
        message = f"{each.name} has no such rule. Known: {', '.join(known)}."
        raise InvalidInput(f"mistakes.{each.name}", message)
    return known[name]


def _trained(sheet: Sheet, setting: Setting, found: Mistakes, steps: int) -> Consequence:
    right = walk(sheet, setting, {}, steps)
    applied, wrong = "every_step", right
    if found.refused or not found.names:
        applied, wrong = "never", []
    elif found.typed:
        applied, wrong = "one_step", walk(sheet, setting, found.computed | found.typed, 1)
    elif BIAS_TRAINED in found.names.values():
        wrong = walk_with_bias(setting, steps)
    else:
        wrong = walk(sheet, setting, found.computed, steps)
    title, message = ("Shapes catch it", found.refused) if found.refused else verdict(applied, right, wrong)
    diverged = (bool(wrong) and not np.isfinite(wrong[-1])) or (0 < len(wrong) <= steps and applied == "every_step")
    return Consequence(applied, found.names, right, wrong, ratio_of(right), ratio_of(wrong), diverged, title, message)
