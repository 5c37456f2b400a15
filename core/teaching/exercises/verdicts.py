"""What two courses of the loss show, in a sentence."""

from itertools import pairwise

import numpy as np

from core.sentence_numbers import written

SAME = 1e-9
STILL = 0.99
GONE = 1e-20


def ratio_of(losses: list[float]) -> float | None:
    """By what the loss is multiplied at each step, where that is the same at every step to a thousandth."""
    ratios = [after / before for before, after in pairwise(losses) if before > GONE]
    if len(ratios) < 2 or not np.isfinite(ratios).all() or max(ratios) - min(ratios) > 1e-3 * max(ratios):
        return None
    return float(np.mean(ratios))


def verdict(applied: str, right: list[float], wrong: list[float]) -> tuple[str, str]:
    """A title and a sentence for what is seen."""
    if applied == "never":
        return "Nothing to go wrong yet", "No wrong answer that could be read is here, so there is only one curve."
    if applied == "one_step":
        return _after_one_step(right, wrong)
    first, last, aim = (written(each) for each in (wrong[0], wrong[-1], right[-1]))
    if len(wrong) == len(right) and np.allclose(wrong, right, rtol=SAME, atol=SAME):
        return (
            "No difference here",
            "Both curves are the same: this number, wrong as it is, does not steer training.",
        )
    if len(wrong) < len(right) or not wrong[-1] <= wrong[0]:
        return "It climbs", f"The loss grows from {first} to {last}. This mistake cannot hide."
    if wrong[-1] > STILL * wrong[-2] and wrong[-1] > STILL * right[-1]:
        return "It gets stuck", f"The loss stays near {last}; the right one falls to {aim}."
    if wrong[-1] < right[-1]:
        return (
            "It falls faster, by luck",
            "The step is wrong, but lands well with these numbers. With others it may overshoot.",
        )
    if any(after > before for before, after in pairwise(wrong)):
        return "It wanders", "The loss falls and rises again: some weights get a push that belongs to others."
    return "It still goes downhill, only slower", "A falling loss does not prove a gradient right."


def _after_one_step(right: list[float], wrong: list[float]) -> tuple[str, str]:
    before, after = wrong[0], wrong[-1]
    compared = f"from {written(before)} to {written(after)}; the right ones lead to {written(right[1])}."
    message = f"No rule gives your numbers, so they are used for one step only: {compared}"
    return ("Up in one step" if after > before else "Down in one step"), message
