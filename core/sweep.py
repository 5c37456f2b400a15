"""One pass over a set of samples: loss, right answers, living units and gradients, chunk by chunk."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial, reduce

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS, Array
from core.diagnostics import BoolArray
from core.losses import LOSSES
from core.network import ForwardPass, Gradients, Network, backward, forward

# A chunk of this many rows stays in a core's cache: 784-32-10 over 60 000 rows takes 0.8 of the unchunked time.
CHUNK_ROWS = 500
GROUPS = 4
# below so many multiplications a pass takes less time than handing it to threads
PARALLEL_OPERATIONS = 2_000_000


@dataclass(frozen=True)
class Data:
    """Inputs (n, d), targets (n, k), class labels (n,) where there are some, and a test set."""

    inputs: Array
    targets: Array
    labels: NDArray[np.integer] | None = None
    test: "Data | None" = None

    def rows(self, which: slice | NDArray[np.integer]) -> "Data":
        """The samples chosen by a slice or by indices."""
        labels = None if self.labels is None else self.labels[which]
        return Data(self.inputs[which], self.targets[which], labels)


@dataclass(frozen=True)
class Sweep:
    """One pass over a set: its loss, how many argmax answers are right, living units, and the gradients."""

    loss: float
    correct: int | None
    alive: tuple[BoolArray | None, ...]
    gradients: Gradients | None


def sweep(network: Network, loss: str, data: Data, with_gradients: bool) -> Sweep:
    """Go once over all samples, in chunks that stay in the cache, a group of chunks in each thread.

    The groups depend on the number of samples alone, and they are added up in order: the numbers are the same
    however many cores there are.

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
    if n <= CHUNK_ROWS:
        return _mean(_sweep_chunks(network, loss, data, with_gradients, [slice(None)]), data)
    chunks = [slice(start, start + CHUNK_ROWS) for start in range(0, n, CHUNK_ROWS)]
    groups = [chunks[k * len(chunks) // GROUPS : (k + 1) * len(chunks) // GROUPS] for k in range(GROUPS)]
    work = partial(_sweep_chunks, network, loss, data, with_gradients)
    run = _threads().map if n * network.parameter_count >= PARALLEL_OPERATIONS else map
    return _mean(reduce(_join, run(work, filter(None, groups))), data)


def _mean(whole: Sweep, data: Data) -> Sweep:
    """The whole pass, its loss as a mean; right answers only where there are labels."""
    correct = None if data.labels is None else whole.correct
    return Sweep(whole.loss / len(data.inputs), correct, whole.alive, whole.gradients)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(GROUPS, os.cpu_count() or 1), thread_name_prefix="sweep")


def _sweep_chunks(network: Network, loss: str, data: Data, with_gradients: bool, chunks: list[slice]) -> Sweep:
    """The sum of the losses over some chunks, and their share of the mean gradients."""
    total, correct = 0.0, 0
    alive: tuple[BoolArray | None, ...] = (None,) * len(network.layers)
    gradients: Gradients | None = None
    # told by the finite check, not by warnings; said here because threads do not inherit it
    with np.errstate(all="ignore"):
        for rows in chunks:
            chunk = data.rows(rows)
            passed = forward(network, chunk.inputs)
            total += float(LOSSES[loss].f(passed.h[-1], chunk.targets).sum(dtype=np.float64))
            if chunk.labels is not None:
                correct += int((passed.h[-1].argmax(axis=1) == chunk.labels).sum())
            alive = _either(alive, _living(network, passed))
            if with_gradients:
                part = backward(network, loss, passed, chunk.targets)
                gradients = _add(gradients, _share_of(part, len(chunk.inputs) / len(data.inputs)))
    return Sweep(total, correct, alive, gradients)


def _join(one: Sweep, other: Sweep) -> Sweep:
    gradients = None if other.gradients is None else _add(one.gradients, other.gradients)
    correct = (one.correct or 0) + (other.correct or 0)
    return Sweep(one.loss + other.loss, correct, _either(one.alive, other.alive), gradients)


def _living(network: Network, passed: ForwardPass) -> tuple[BoolArray | None, ...]:
    """Which units some sample activates, where units can die."""
    return tuple(
        z.max(axis=0) > 0 if ACTIVATIONS[layer.activation].can_die else None
        for layer, z in zip(network.layers, passed.z, strict=True)
    )


def _either(one: tuple[BoolArray | None, ...], other: tuple[BoolArray | None, ...]) -> tuple[BoolArray | None, ...]:
    return tuple(b if a is None or b is None else a | b for a, b in zip(one, other, strict=True))


def _share_of(part: Gradients, share: float) -> Gradients:
    """A chunk's mean gradients, weighted by its share of the samples; deltas are dropped."""
    if share == 1.0:
        return replace(part, delta=())
    dW = tuple(g * g.dtype.type(share) for g in part.dW)
    db = tuple(None if g is None else g * g.dtype.type(share) for g in part.db)
    return Gradients(part.dloss[:0], (), dW, db)


def _add(total: Gradients | None, part: Gradients) -> Gradients:
    if total is None:
        return part
    dW = tuple(a + b for a, b in zip(total.dW, part.dW, strict=True))
    db = tuple(None if a is None or b is None else a + b for a, b in zip(total.db, part.db, strict=True))
    return replace(part, dW=dW, db=db)
