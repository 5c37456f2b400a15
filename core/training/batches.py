"""Which samples an update uses: all of them, or a shuffled mini-batch."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.data.samples import Data
from core.training.state import Recipe


def steps_per_epoch(recipe: Recipe, samples: int) -> int:
    """How many updates one pass over the samples makes; the last batch may be smaller."""
    return 1 if recipe.batch_size is None else -(-samples // recipe.batch_size)


def batch_of(recipe: Recipe, data: Data, step: int) -> Data:
    """The batch that update number `step` + 1 uses.

    The shuffle of an epoch depends on (seed, epoch) alone, so that any step can be replayed by itself.
    """
    size = recipe.batch_size
    if size is None or size >= len(data.inputs):
        return data
    per_epoch = steps_per_epoch(recipe, len(data.inputs))
    epoch, index = divmod(step, per_epoch)
    order = _shuffled(recipe.seed, epoch, len(data.inputs))
    return data.rows(order[index * size : (index + 1) * size])


@lru_cache(maxsize=4)
def _shuffled(seed: int, epoch: int, samples: int) -> NDArray[np.int64]:
    order = np.random.default_rng([seed, epoch]).permutation(samples)
    order.flags.writeable = False
    return order
