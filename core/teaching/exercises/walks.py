"""Training a lab's network on, with the right computation or with one that holds a mistake."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from core.network.activations import Array
from core.network.layers import Network, backward, forward, mean_loss
from core.teaching.exercises.fields import Compute, Setting, Sheet

LOSS = "squared_error"
OUT_OF_SIGHT = 1e12


def loss_of(setting: Setting) -> float:
    """The true loss of a network."""
    return mean_loss(LOSS, forward(setting.network, setting.x).h[-1], setting.y)


def values_of(sheet: Sheet, setting: Setting, wrong: Mapping[str, Compute]) -> dict[str, Array]:
    """Every field from the ones before, some of them by another computation."""
    values = sheet.start(setting)
    for each in sheet.fields:
        values[each.name] = np.asarray(wrong.get(each.name, each.step)(values))
    return values


def walk(sheet: Sheet, setting: Setting, wrong: Mapping[str, Compute], steps: int) -> list[float]:
    """Train, and note the true loss before every step and at the end.

    Parameters
    ----------
    sheet : Sheet
    setting : Setting
    wrong : mapping
        Field → what is computed in the place of its right step, at every update.
    steps : int

    Returns
    -------
    list of float
        One more than the steps, or fewer when the loss leaves all bounds.
    """

    def step(now: Setting) -> Network:
        return sheet.update(now, values_of(sheet, now, wrong))

    return _losses(setting, step, steps)


def walk_with_bias(setting: Setting, steps: int) -> list[float]:
    """Train a layer without bias as if it had one that starts at 0 and learns."""
    layers = (replace(layer, b=np.zeros(len(layer.W))) for layer in setting.network.layers)
    return _losses(replace(setting, network=Network(tuple(layers))), _descended, steps)


def _losses(setting: Setting, step: Callable[[Setting], Network], steps: int) -> list[float]:
    losses = [loss_of(setting)]
    with np.errstate(all="ignore"):
        while len(losses) <= steps and losses[-1] < OUT_OF_SIGHT:
            setting = replace(setting, network=step(setting))
            losses.append(loss_of(setting))
    return losses


def goes_down(sheet: Sheet, setting: Setting, steps: int) -> bool:
    """Whether every right step lowers the loss."""
    losses = walk(sheet, setting, {}, steps)
    return all(after < before for before, after in pairwise(losses))


def _descended(setting: Setting) -> Network:
    found = backward(setting.network, LOSS, forward(setting.network, setting.x), setting.y)
    layers = []
    for layer, dW, db in zip(setting.network.layers, found.dW, found.db, strict=True):
        b = None if layer.b is None or db is None else layer.b - setting.eta * db
        layers.append(replace(layer, W=layer.W - setting.eta * dW, b=b))
    return Network(tuple(layers))
