"""What is computed for runs: pure functions with plain data, here or in a worker process."""

import json
import os
import signal
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.computing.threads import one_thread_a_product
from app.encoding import encode
from app.schemas.configuration import stored
from app.store.rows import EVALUATION_FIELDS, RECORD_FIELDS, Slice
from app.store.state_bytes import to_bytes
from core.network.layers import Network
from core.training.advance import advance, begin
from core.training.setup import Setup
from core.training.state import Evaluation, State, StepRecord

NICENESS = 10
CACHED_SETUPS = 16


def prepare() -> None:
    """Run at lower priority, and leave Ctrl-C to the server."""
    one_thread_a_product()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)


@dataclass(frozen=True)
class Order:
    """What to train: from where, how many steps, which states to keep, and whether the records are told in JSON."""

    state: State
    count: int
    spacing: int
    loss_after: bool = False
    told: bool = False


Rows = list[tuple[Any, ...]]


def begin_there(configuration: str, data_dir: Path) -> tuple[State, Rows]:
    """Bring the data, then begin."""
    return begin_with(*stored(configuration).build(data_dir))


def begin_with(network: Network, setup: Setup) -> tuple[State, Rows]:
    """Step 0 of a run, with its evaluation."""
    learning_rate = json.loads(setup.configuration)["optimizer"]["learning_rate"]
    first = begin(network, setup.recipe, learning_rate, setup.data)
    return first.state, [_evaluation_row(evaluation) for evaluation in first.evaluations]


@lru_cache(maxsize=CACHED_SETUPS)
def _setup(configuration: str, data_dir: Path) -> Setup:
    return stored(configuration).build(data_dir)[1]


def train_there(configuration: str, data_dir: Path, order: Order) -> Slice:
    """Bring the data, then train; the arguments are small enough to send to a process."""
    return train(_setup(configuration, data_dir), order)


def train(setup: Setup, order: Order) -> Slice:
    """Train one slice."""
    started = time.perf_counter()
    found = advance(
        order.state,
        setup.recipe,
        setup.data,
        order.count,
        loss_after=order.loss_after,
        keep_every=order.spacing,
    )
    kept = {state.step: to_bytes(state) for state in found.kept}
    if found.state.diverged:
        # the last state before a divergence is always kept
        kept[found.previous.step] = to_bytes(found.previous)
    return Slice(
        head=found.state,
        previous=found.previous,
        records=[_record_row(record) for record in found.records],
        evaluations=[_evaluation_row(evaluation) for evaluation in found.evaluations],
        kept=kept,
        spacing=order.spacing,
        seconds=time.perf_counter() - started,
        told=encode([vars(record) for record in found.records])[1:-1] if order.told else b"",
    )


def _record_row(record: StepRecord) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in RECORD_FIELDS)


def _evaluation_row(evaluation: Evaluation) -> tuple[Any, ...]:
    return tuple(getattr(evaluation, name) for name in EVALUATION_FIELDS)


def with_rate(state: State, learning_rate: float) -> State:
    """The same state with another learning rate."""
    return state if state.learning_rate == learning_rate else replace(state, learning_rate=learning_rate)
