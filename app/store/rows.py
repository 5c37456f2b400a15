"""What the store hands out and takes in: the row of a run, and what one slice of training adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.training.state import State

RECORD_FIELDS = ("step", "epoch", "loss_before", "loss_after", "learning_rate", "batch_size")
EVALUATION_FIELDS = ("step", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy")


@dataclass(frozen=True)
class Run:
    """The row of one run, without its configuration."""

    id: str
    share_id: str
    created_at: str
    preset: str | None
    status: str
    step: int
    generation: int
    learning_rate: float
    rate: float | None
    loss: float | None
    loss_step: int
    diverged_at: int | None
    grid: int
    state_bytes: int


@dataclass(frozen=True)
class Slice:
    """What one slice of training adds: where the run now stands, rows of records and evaluations, states to keep.

    `kept` are states as bytes by their step. The state that the run stood at stays when its step is a multiple of
    `spacing`. `seconds` is how long the slice took, and `told` its records as JSON with commas between.
    """

    head: State
    previous: State
    records: Sequence[tuple[Any, ...]]
    evaluations: Sequence[tuple[Any, ...]]
    kept: Mapping[int, bytes]
    spacing: int
    seconds: float
    told: bytes


def status_of(state: State, otherwise: str) -> str:
    """A run whose newest state diverged is diverged, whatever it was doing."""
    return "diverged" if state.diverged else otherwise
