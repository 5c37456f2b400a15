"""Answers as OpenAPI describes them; they are encoded elsewhere, once."""

from typing import Any

from pydantic import BaseModel, Field

Matrix = list[list[float | None]]


class FieldError(BaseModel):
    """One invalid value."""

    location: str = Field(description="Dotted path.", examples=["network.layer_sizes"])
    message: str = Field(description="What would be right.", examples=["Every width must be at least 1."])
    position: int | None = Field(
        None, description="Of a formula: the first character at fault, from 0.", examples=[None]
    )
    length: int | None = Field(None, description="Of a formula: how many characters are at fault.", examples=[None])
    suggestion: str | None = Field(None, description="Of a formula: a whole text that can be read.", examples=[None])


class ProblemAnswer(BaseModel):
    """A problem (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Unprocessable Entity"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["network.layer_sizes: Every width must be at least 1."])
    errors: list[FieldError] | None = None
    command: str | None = Field(None, description="503: what fetches the data set.")


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

    weights: Matrix = Field(examples=[[[3, 2], [4, 1], [5, 2]]])
    biases: list[float | None] | None = Field(examples=[None])
    pre_activations: Matrix = Field(examples=[[[7, 6, 9]]])
    activations: Matrix = Field(examples=[[[7, 6, 9]]])
    deltas: Matrix = Field(examples=[[[6, 2, 5]]])
    weight_gradients: Matrix = Field(examples=[[[6, 12], [2, 4], [5, 10]]])
    bias_gradients: list[float | None] | None = Field(examples=[None])


class ParametersAnswer(BaseModel):
    """Weights and biases of one layer."""

    weights: Matrix = Field(examples=[[[2.4, 0.8], [3.8, 0.6], [4.5, 1.0]]])
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


class PredictionAnswer(BaseModel):
    """Outputs of the network."""

    step: int
    outputs: Matrix
    probabilities: Matrix | None
    predictions: list[int] | None
    image: Matrix | None


class AnswersAnswer(BaseModel):
    """The network's answers to digits."""

    step: int
    split: str
    digits: list[dict[str, Any]]
    correct: int
    of: int
    total: int
    total_correct: int | None


class MnistAnswer(BaseModel):
    """Whether MNIST is there."""

    status: str = Field(examples=["ready"])
    train: int
    test: int
    shape: list[int]
    command: str


class ImagesAnswer(BaseModel):
    """Digits as pixels."""

    split: str
    images: list[dict[str, Any]]


class HealthAnswer(BaseModel):
    """Whether the server is well."""

    status: str = Field(examples=["ok"])
    version: str
    datasets: dict[str, str]
    executor: dict[str, int]


class CatalogAnswer(BaseModel):
    """What can be chosen."""

    version: str
    activations: list[dict[str, Any]]
    losses: list[dict[str, Any]]
    initializations: list[dict[str, Any]]
    optimizers: list[dict[str, Any]]
    datasets: list[dict[str, Any]]
    presets: list[dict[str, Any]]
    functions: list[dict[str, Any]] = Field(description="What a formula may call.")
    examples: list[dict[str, Any]] = Field(description="The lecture's functions as requests to /functions/….")
    precisions: list[str]
    limits: dict[str, int | float]
