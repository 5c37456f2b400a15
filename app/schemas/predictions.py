"""Outputs of a run's network: for inputs, for a drawn digit, for the digits of MNIST."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.numbers import Rows
from app.schemas.validation import Matrix, Strict


class PredictRequest(Strict):
    """Inputs for the network, one drawn digit, or one digit of the test set."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"inputs": [[1, 2]]}]})

    inputs: Matrix | None = Field(default=None, description="One sample a row.", examples=[[[0.15, -0.05]]])
    drawing: Matrix | None = Field(
        default=None, description="MNIST runs: a square gray image, 0 for paper to 1 for ink.", examples=[None]
    )
    digit: int | None = Field(
        default=None, ge=0, description="MNIST runs: a digit of the test set, by its own pixels.", examples=[None]
    )
    step: int | None = Field(
        default=None, ge=0, le=2**62, description="A step of the past; the newest unless given.", examples=[None]
    )


class PredictionAnswer(BaseModel):
    """Outputs of the network."""

    step: int
    outputs: Rows
    probabilities: Rows | None
    predictions: list[int] | None
    image: Rows | None


class DigitAnswersAnswer(BaseModel):
    """The network's answers to digits."""

    step: int
    split: str
    digits: list[dict[str, Any]]
    correct: int
    of: int
    total: int
    total_correct: int | None
