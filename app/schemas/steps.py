"""Steps of a run: asking for them, their records, and every number of one."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.numbers import Rows
from app.schemas.validation import Number, Strict


class StepRequest(Strict):
    """How many updates to make."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"count": 20}]})

    count: int = Field(default=1, ge=1, description="Updates to make.", examples=[1])
    expected_step: int | None = Field(
        default=None, ge=0, description="Do nothing (409) unless the run stands at this step.", examples=[0]
    )
    learning_rate: Number | None = Field(
        default=None, gt=0, description="Change η first, and for good.", examples=[0.1]
    )
    include: list[Literal["layers", "loss_after"]] = Field(
        default_factory=list,
        description="layers: every number of the last step, also of large networks; "
        "loss_after: each mini-batch's loss after its update.",
        examples=[["layers"]],
    )


class PlayRequest(Strict):
    """How to train in the background."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rate": 5, "until_step": 20}]})

    rate: Number | None = Field(
        default=None, ge=0.01, le=1000, description="Steps per second; null: as fast as it goes.", examples=[5]
    )
    learning_rate: Number | None = Field(
        default=None, gt=0, description="Change η, also while it plays.", examples=[0.1]
    )
    until_step: int | None = Field(default=None, ge=1, description="Pause there.", examples=[20])


class RewindRequest(Strict):
    """Where to go back to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"step": 0}]})

    step: int = Field(ge=0, description="A step of the past.", examples=[0])


class StepRecordAnswer(BaseModel):
    """One update."""

    step: int = Field(examples=[1])
    epoch: int = Field(examples=[1])
    loss_before: float | None = Field(examples=[32.5])
    loss_after: float | None = Field(examples=[8.125])
    learning_rate: float = Field(examples=[0.1])
    batch_size: int = Field(examples=[1])


class EvaluationAnswer(BaseModel):
    """Loss and accuracy after an epoch."""

    step: int = Field(examples=[1])
    epoch: int = Field(examples=[1])
    train_loss: float | None = Field(examples=[0.5])
    train_accuracy: float | None = Field(examples=[0.9])
    test_loss: float | None = Field(examples=[0.5])
    test_accuracy: float | None = Field(examples=[0.9])


class LayerAnswer(BaseModel):
    """All numbers of one layer in one update."""

    weights: Rows = Field(examples=[[[3, 2], [4, 1], [5, 2]]])
    biases: list[float | None] | None = Field(examples=[None])
    pre_activations: Rows = Field(examples=[[[7, 6, 9]]])
    activations: Rows = Field(examples=[[[7, 6, 9]]])
    deltas: Rows = Field(examples=[[[6, 2, 5]]])
    weight_gradients: Rows = Field(examples=[[[6, 12], [2, 4], [5, 10]]])
    bias_gradients: list[float | None] | None = Field(examples=[None])


class ParametersAnswer(BaseModel):
    """Weights and biases of one layer."""

    weights: Rows = Field(examples=[[[2.4, 0.8], [3.8, 0.6], [4.5, 1.0]]])
    biases: list[float | None] | None = Field(examples=[None])


class StepAnswer(BaseModel):
    """What one request to step did."""

    id: str
    step: int = Field(examples=[1])
    epoch: int = Field(examples=[1])
    loss: float | None = Field(examples=[8.125])
    loss_step: int = Field(examples=[1])
    completed: bool = Field(description="False when it diverged or the time limit came first.")
    diverged: bool
    diverged_at: int | None
    diagnostics: list[dict[str, Any]]
    records: list[StepRecordAnswer]
    layers: list[LayerAnswer] | None = Field(description="The last update, as it was at the gradient.")
    updated: list[ParametersAnswer] | None
    evaluations: list[EvaluationAnswer]


class StateAnswer(BaseModel):
    """The state at one step."""

    id: str | None = None
    step: int
    epoch: int
    loss: float | None
    loss_step: int
    learning_rate: float
    diverged: bool
    diverged_at: int | None
    diagnostics: list[dict[str, Any]]
    record: StepRecordAnswer | None
    layers: list[LayerAnswer] | None
    parameters: list[ParametersAnswer] | None


class LossesAnswer(BaseModel):
    """A page of records."""

    records: list[StepRecordAnswer]
    evaluations: list[EvaluationAnswer]
    next: int | None = Field(description="Give it as since to read on.")
