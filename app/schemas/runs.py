"""A run: created, branched, read."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.data import DataRequest
from app.schemas.network import NetworkRequest
from app.schemas.optimizer import OptimizerRequest
from app.schemas.steps import EvaluationAnswer
from app.schemas.validation import Number, Seed, Strict


class CreateRunRequest(Strict):
    """A run to create: a preset, or a whole configuration, or a preset with some fields changed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.05}}]}
    )

    preset: str | None = Field(
        default=None, description="A preset's name from the catalog.", examples=["lab-two-layer"]
    )
    network: NetworkRequest | None = Field(default=None, description="Layers and where they start.")
    loss: str | None = Field(
        default=None, description="A loss's name; squared_error unless given.", examples=["squared_error"]
    )
    data: DataRequest | None = Field(default=None, description="What to learn from.")
    optimizer: OptimizerRequest | None = Field(default=None, description="How to learn.")
    batch_size: int | None = Field(
        default=None, ge=1, description="Samples a step; null: all of them.", examples=[None]
    )
    precision: Literal["float32", "float64"] | None = Field(
        default=None, description="float64 unless given; float32 for MNIST.", examples=["float64"]
    )
    shuffle_seed: Seed | None = Field(
        default=None, description="Seed of the mini-batches; 0 unless given.", examples=[0]
    )


class BranchRequest(Strict):
    """Where the second run starts."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"step": 0, "learning_rate": 0.1}]})

    step: int | None = Field(
        default=None, ge=0, description="A step of the past; the newest unless given.", examples=[0]
    )
    learning_rate: Number | None = Field(
        default=None, gt=0, description="η of the second run; the first one's unless given.", examples=[0.05]
    )


class DivergenceAnswer(BaseModel):
    """Where a run that diverged went wrong."""

    last_fall: int = Field(
        description="The last step to which the loss fell, in mini-batches an evaluation or a batch against the mean "
        "of the ten before it; 0 if it never did.",
        examples=[12],
    )
    learning_rate: float = Field(description="The largest η of the updates after it.", examples=[0.5])


class RunAnswer(BaseModel):
    """A run."""

    id: str | None = Field(None, description="Who has it may step; absent under /shared.")
    share_id: str = Field(description="Opens the run read-only.")
    step: int
    epoch: int
    steps_per_epoch: int
    loss: float | None
    loss_step: int
    status: str = Field(examples=["ready"], description="ready, playing, paused or diverged.")
    parameters: int
    diverged: bool
    diverged_at: int | None
    divergence: DivergenceAnswer | None
    diagnostics: list[dict[str, Any]]
    network: dict[str, Any]
    optimizer: dict[str, Any]
    loss_function: str
    batch_size: int | None
    precision: str
    samples: int
    dataset: str | None
    labelled: bool
    preset: str | None
    configuration: dict[str, Any] = Field(description="Can be sent to POST /runs again.")
    losses: list[dict[str, Any]]
    evaluation: EvaluationAnswer | None
    rate: float | None
    generation: int
    created_at: str


class CheckAnswer(BaseModel):
    """Analytic against numeric gradients."""

    max_relative_error: float
    passed: bool
    worst: dict[str, Any] | None
    checked: int
    skipped: int
    tolerance: float
    rows: int
    step: int
