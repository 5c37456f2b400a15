"""Asking for a network's outputs over the plane that its samples come from."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.runs import CreateRunRequest
from app.schemas.validation import Number

Maps = list[list[list[float | None]]]


class PlaneRequest(CreateRunRequest):
    """A run's configuration, whose first network is asked over its plane. Nothing is stored."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"preset": "lab-quadratic", "point": [3, -1]}]})

    resolution: int = Field(default=41, ge=2, le=101, description="Points a side.", examples=[41])
    point: list[Number] | None = Field(
        default=None, min_length=2, max_length=2, description="x₁ and x₂ of one point beside.", examples=[[3, -1]]
    )


class OnePointAnswer(BaseModel):
    """The network at one point of the plane."""

    point: list[float] = Field(examples=[[3.0, -1.0]])
    outputs: list[float | None] = Field(examples=[[-1.97, -3.61, 0.85]])
    targets: list[float | None] = Field(examples=[[9.0, 1.0, -6.0]])
    errors: list[float | None] = Field(description="Outputs minus targets.", examples=[[-10.97, -4.61, 6.85]])


class PlaneAnswer(BaseModel):
    """Outputs over a grid of points (x₁, x₂)."""

    step: int = Field(examples=[300])
    loss: float | None = Field(description="Of the training set; null where it is not finite.", examples=[6.879])
    diagnostics: list[dict[str, Any]] = Field(description="What went wrong up to this step, as in the run's view.")
    scale: float = Field(description="The network's inputs are the points divided by it.", examples=[20.0])
    x: list[float] = Field(description="x₁ of each column.")
    y: list[float] = Field(description="x₂ of each row.")
    outputs: Maps = Field(description="One map an output: row i is at y[i], column j at x[j].")
    targets: Maps = Field(description="What the outputs should be.")
    errors: Maps = Field(description="Outputs minus targets.")
    at: OnePointAnswer | None = Field(description="When a point is asked for.")


class AnswerAtStep(BaseModel):
    """Outputs at one step."""

    step: int = Field(examples=[0])
    outputs: list[float | None] = Field(examples=[[-1.97, -3.61, 0.85]])
    errors: list[float | None] = Field(description="Outputs minus targets.", examples=[[-10.97, -4.61, 6.85]])


class PointAnswer(BaseModel):
    """One point, through the run's past."""

    point: list[float] = Field(examples=[[3.0, -1.0]])
    targets: list[float] = Field(examples=[[9.0, 1.0, -6.0]])
    answers: list[AnswerAtStep]
