"""Every activation with every loss that takes its outputs."""

import itertools

from core.network.activations import ACTIVATIONS
from core.network.losses import LOSSES

PAIRS = [
    (activation, name)
    for activation, (name, loss) in itertools.product(ACTIVATIONS, LOSSES.items())
    if loss.outputs != "probabilities" or activation == "softmax"
]


def grid(*others):
    """The pairs with all combinations of something else."""
    return [(*pair, *rest) for pair, *rest in itertools.product(PAIRS, *others)]
