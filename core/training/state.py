"""What a run is made of and where it stands: recipe, state, records of its steps."""

from dataclasses import dataclass, field
from itertools import chain

from core.network.layers import Network, parameters
from core.training.diagnostics import Observations
from core.training.optimizers import OptimizerSettings, Slots
from core.training.schedules import ScheduleSettings


@dataclass(frozen=True)
class Recipe:
    """How a run trains: loss, update rule, batch size (None: all samples), shuffling seed, learning-rate schedule."""

    loss: str = "squared_error"
    optimizer: OptimizerSettings = field(default_factory=OptimizerSettings)
    batch_size: int | None = None
    seed: int = 0
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)


@dataclass(frozen=True)
class State:
    """All that a run is at one step.

    `loss` is the training set's at `loss_step`; `learning_rate` is the base rate, before the schedule's factor.
    """

    step: int
    network: Network
    slots: Slots
    learning_rate: float
    loss: float
    loss_step: int
    observations: Observations

    @property
    def size(self) -> int:
        """Bytes of its numbers: parameters and slots."""
        return sum(array.nbytes for array in (*parameters(self.network), *chain(*self.slots.values())))

    @property
    def diverged(self) -> bool:
        """Whether the numbers left the finite range at this step."""
        return self.observations.diverged_at is not None


@dataclass(frozen=True)
class StepRecord:
    """One update: losses of its batch before and after, and the learning rate that it used.

    `epoch` counts the epochs completed with it.
    """

    step: int
    epoch: int
    loss_before: float
    loss_after: float | None
    learning_rate: float
    batch_size: int


@dataclass(frozen=True)
class Evaluation:
    """Loss and accuracy (share of right answers by argmax) over the whole training and test set."""

    step: int
    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float | None
    test_accuracy: float | None


@dataclass(frozen=True)
class Progress:
    """What `advance` returns; `previous` is the state before the last step, `kept` the states asked for."""

    state: State
    previous: State
    records: tuple[StepRecord, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    kept: tuple[State, ...] = ()
