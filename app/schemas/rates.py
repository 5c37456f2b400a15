"""What each learning rate would do: requests and answers."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.landscape import CurvatureAnswer, LineAnswer
from app.schemas.runs import CreateRunRequest
from app.schemas.validation import Number

MOST_RATES = 1001
MOST_STEPS = 100

Rate = Annotated[Number, Field(ge=0)]
_LAB: dict[str, Any] = {"preset": "lab-two-layer"}


Outcome = Annotated[
    Literal["falls", "stays", "rises_first", "ends_above", "diverges"],
    Field(description="Of the loss: never above its start; there again; above it on the way, at the end; not finite."),
]


class FirstLineRequest(CreateRunRequest):
    """A run's configuration, the updates made from its start, and the learning rates to look at. Nothing is stored."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [_LAB | {"learning_rates": [0, 0.02, 0.06], "made": [0.1]}]}
    )

    learning_rates: list[Rate] = Field(min_length=1, max_length=MOST_RATES, examples=[[0, 0.02, 0.06]])
    made: list[Rate] = Field(
        default_factory=list,
        max_length=MOST_STEPS,
        description="Learning rates of the updates of gradient descent made before.",
        examples=[[0.1]],
    )


class FirstLineAnswer(LineAnswer):
    """The next step as a curve, how the loss bends there, and how one came there."""

    losses: list[float | None] = Field(
        description="At the start and after each update made.", examples=[[3.4776, 38.8598]]
    )
    living: list[int] = Field(
        description="ReLU units that give something for a sample, the same way.", examples=[[2, 2]]
    )
    outcome: Outcome
    curvature: CurvatureAnswer


class WalksRequest(CreateRunRequest):
    """A run's configuration, and the learning rates to go on with from its start. Nothing is stored."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LAB | {"learning_rates": [0.02, 0.06, 0.1]}]})

    learning_rates: list[Rate] = Field(min_length=1, max_length=MOST_RATES, examples=[[0.02, 0.06, 0.1]])
    steps: int = Field(default=20, ge=1, le=MOST_STEPS, description="Updates with each.", examples=[20])
    include: list[Literal["curvature"]] = Field(
        default_factory=list, description="λ where each ends.", examples=[["curvature"]]
    )


class WalkAnswer(BaseModel):
    """Updates of gradient descent with one learning rate."""

    learning_rate: float = Field(examples=[0.1])
    losses: list[float | None] = Field(
        description="At the start and after each update; null where it is not finite.", examples=[[3.4776, 38.8598]]
    )
    living: list[int] = Field(
        description="ReLU units that give something for a sample, the same way.", examples=[[2, 2]]
    )
    outcome: Outcome
    largest_eigenvalue: float | None = Field(description="λ at the end, when include asks for it.", examples=[1])


class LimitsAnswer(BaseModel):
    """Three limits of the learning rate that are easily taken for one another."""

    speed_limit: float | None = Field(
        description="2/λ: above it gradient descent overshoots on a parabola with this λ.", examples=[0.0428]
    )
    step_breaks_even: float | None = Field(
        description="From here on the first step ends above the start; null up to the largest asked for.",
        examples=[0.0482],
    )
    walk_rises: float | None = Field(
        description="From here on the loss is above its start at some step; null up to the largest asked for.",
        examples=[0.0453],
    )


class WalksAnswer(BaseModel):
    """The same start with each learning rate."""

    steps: int = Field(examples=[20])
    units: int = Field(description="How many units can die: those with a ReLU.", examples=[3])
    walks: list[WalkAnswer]
    limits: LimitsAnswer
