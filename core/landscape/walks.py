"""The same start, many learning rates: where gradient descent gets in a number of updates (slide 34)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.data.samples import Data
from core.landscape.vectors import gradient_vector, vector_of, with_parameters
from core.network.activations import Array
from core.network.layers import Network
from core.training.diagnostics import BoolArray
from core.training.sweep import sweep

BISECTIONS = 50
# a share of the loss that rounding may change in so many updates
SAME = 1e-9


@dataclass(frozen=True)
class Walk:
    """Updates of plain gradient descent with one learning rate.

    Attributes
    ----------
    learning_rate : float
    losses : array (steps + 1,)
        Before the first update and after each; not finite where the numbers are too large.
    living : int array (steps + 1,)
        How many ReLU units give something for at least one sample.
    network : Network
        At the end.
    """

    learning_rate: float
    losses: Array
    living: Array
    network: Network

    @property
    def outcome(self) -> str:
        """What became of the loss: it "falls", "stays", "rises_first", "ends_above" its start, or "diverges"."""
        start, end = self.losses[0], self.losses[-1]
        if not np.isfinite(self.losses).all():
            return "diverges"
        rounding = SAME * start
        if abs(end - start) <= rounding:
            return "stays"
        if end > start:
            return "ends_above"
        return "rises_first" if self.losses.max() > start + rounding else "falls"


def walk(network: Network, loss: str, data: Data, learning_rates: Sequence[float]) -> Walk:
    """Make an update of plain gradient descent with each learning rate in turn.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    data : Data
        The samples that L is the mean over.
    learning_rates : sequence of float
        One an update; none leaves the network where it is.

    Returns
    -------
    Walk
        Its `learning_rate` is the last one, 0 where there is none.
    """
    samples = Data(data.inputs, data.targets)
    losses, living = [], []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            here = sweep(network, loss, samples, with_gradients=True)
            losses.append(here.loss)
            living.append(_count(here.alive))
            assert here.gradients is not None
            network = with_parameters(network, vector_of(network) - rate * gradient_vector(here.gradients))
        end = sweep(network, loss, samples, with_gradients=False)
    rate = learning_rates[-1] if len(learning_rates) else 0.0
    return Walk(rate, np.array([*losses, end.loss]), np.array([*living, _count(end.alive)]), network)


def _count(alive: Sequence[BoolArray | None]) -> int:
    return sum(int(lives.sum()) for lives in alive if lives is not None)


def first_above(loss_after: Callable[[float], float], start: float, learning_rates: Sequence[float]) -> float | None:
    """The smallest learning rate from which a loss is above its start, to the last digits; None up to the largest.

    Parameters
    ----------
    loss_after : callable
        η → the loss that it leads to.
    start : float
        The loss at η = 0.
    learning_rates : sequence of float
        In order; between two of them the loss is taken to cross its start once.
    """
    low = 0.0
    for high in learning_rates:
        if loss_after(high) <= start:
            low = high
            continue
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            low, high = (middle, high) if loss_after(middle) <= start else (low, middle)
        return high
    return None
