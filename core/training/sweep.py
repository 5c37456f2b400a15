"""One pass over a set of samples: loss, right answers, living units and gradients."""

import os
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial, reduce
from operator import add

import numpy as np

from core.data.samples import Data
from core.network.activations import ACTIVATIONS
from core.network.layers import Gradients, Network, backward, forward, mean_loss
from core.training.diagnostics import BoolArray
from core.training.fast_pass import FastPass, Sums, chunk_rows, laid_out

GROUPS = 4
# below so many multiplications a pass needs no buffers of its own: the formulas of `layers` as they stand
FAST_OPERATIONS = 100_000
# below so many it takes less time than handing it to threads
PARALLEL_OPERATIONS = 2_000_000
KEPT_BUFFERS = 4
_NO_ROWS = np.empty((0, 0))


@dataclass(frozen=True)
class Sweep:
    """One pass over a set: its loss, how many argmax answers are right, living units, and the gradients."""

    loss: float
    correct: int | None
    alive: tuple[BoolArray | None, ...]
    gradients: Gradients | None


def sweep(network: Network, loss: str, data: Data, with_gradients: bool) -> Sweep:
    """Go once over all samples, in chunks that stay in the cache, a group of chunks in each thread.

    Chunks and groups depend on the number of samples and the network's shape alone, and they are added up in order:
    the numbers are the same however many cores there are.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    data : Data
        n samples.
    with_gradients : bool
        Whether dL/dW and dL/db (mean over the n samples) are wanted too. Deltas are not kept.

    Returns
    -------
    Sweep
    """
    n = len(data.inputs)
    operations = n * network.parameter_count
    if operations < FAST_OPERATIONS:
        return _as_written(network, loss, data, with_gradients)
    rows = chunk_rows(network)
    chunks = [slice(start, min(start + rows, n)) for start in range(0, n, rows)]
    work = partial(_sum_up, network, loss, data, with_gradients)
    if len(chunks) == 1:
        return _mean(work(chunks), data)
    groups = [chunks[k * len(chunks) // GROUPS : (k + 1) * len(chunks) // GROUPS] for k in range(GROUPS)]
    run = _threads().map if operations >= PARALLEL_OPERATIONS else map
    return _mean(reduce(add, run(work, filter(None, groups))), data)


def prepare(network: Network, rows: int) -> Network:
    """The same numbers, in the order of memory that passes over so many rows like best."""
    return laid_out(network) if rows * network.parameter_count >= FAST_OPERATIONS else network


def _as_written(network: Network, loss: str, data: Data, with_gradients: bool) -> Sweep:
    """The formulas of the lecture over all rows at once."""
    # told by the finite check, not by warnings
    with np.errstate(all="ignore"):
        passed = forward(network, data.inputs)
        correct = None
        if data.labels is not None:
            correct = int((passed.h[-1].argmax(axis=1) == data.labels).sum())
        alive = tuple(
            z.max(axis=0) > 0 if ACTIVATIONS[layer.activation].can_die else None
            for layer, z in zip(network.layers, passed.z, strict=True)
        )
        gradients = None
        if with_gradients:
            found = backward(network, loss, passed, data.targets)
            gradients = Gradients(_NO_ROWS, (), found.dW, found.db)
        return Sweep(mean_loss(loss, passed.h[-1], data.targets), correct, alive, gradients)


def _sum_up(network: Network, loss: str, data: Data, with_gradients: bool, chunks: list[slice]) -> Sums:
    # said here because threads do not inherit it
    with np.errstate(all="ignore"):
        return _buffers(network, chunks[0].stop - chunks[0].start).run(network, loss, data, chunks, with_gradients)


def _mean(sums: Sums, data: Data) -> Sweep:
    """Sums over the pass as means; right answers only where there are labels."""
    n, gradients = len(data.inputs), None
    if sums.dW:
        for array in (*sums.dW, *sums.db):
            if array is not None:
                array /= n
        gradients = Gradients(_NO_ROWS, (), sums.dW, sums.db)
    return Sweep(sums.loss / n, None if data.labels is None else sums.correct, sums.alive, gradients)


_kept = threading.local()


def _buffers(network: Network, rows: int) -> FastPass:
    """This thread's buffers for a shape, made once; the ones used last are kept."""
    kept: OrderedDict[tuple[object, ...], FastPass] = _kept.__dict__.setdefault("buffers", OrderedDict())
    key = (network.layer_sizes, network.dtype, network.layers[0].b is None, rows)
    found = kept.pop(key, None) or FastPass(network, rows)
    kept[key] = found
    while len(kept) > KEPT_BUFFERS:
        kept.popitem(last=False)
    return found


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(GROUPS, os.cpu_count() or 1), thread_name_prefix="sweep")
