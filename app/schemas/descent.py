"""Gradient descent on a function: request and answer."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, WrapValidator
from pydantic_core import PydanticCustomError

from app.schemas.formulas import Formula, Point, Real, Text
from app.schemas.numbers import Numbers
from app.schemas.optimizer import OptimizerRequest
from app.schemas.validation import Strict

MOST_RACERS = 6
_NUMBER, _POINT = TypeAdapter(Real), TypeAdapter(Point)


def _number_or_point(value: Any, _: Any) -> float | dict[str, float]:
    """Validate as what it looks like, so that an error names one place, not one for each form."""
    if isinstance(value, dict):
        return _POINT.validate_python(value, strict=True)
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = 'Give a number, or one for each variable by its name, as {"x": 1, "y": 2}.'
        raise PydanticCustomError("number_or_point", message)
    return _NUMBER.validate_python(value, strict=True)


class DescentRequest(Strict):
    """A function of one or two variables, a start, and an update rule."""

    expression: Text
    start: Annotated[Real | Point, WrapValidator(_number_or_point)] = Field(
        description="A number, or one for each variable, by name.", examples=[2.5, {"x": 1, "y": 2}]
    )
    optimizer: OptimizerRequest | None = Field(
        default=None, description="Gradient descent with learning rate 0.1 unless given."
    )
    steps: int = Field(default=20, ge=1, le=1000, description="Updates to make.", examples=[20])


class DescentStepAnswer(BaseModel):
    """One point of a trajectory."""

    step: int = Field(examples=[0])
    point: Numbers = Field(examples=[[2.5]])
    value: float | None = Field(examples=[6.25])
    gradient: Numbers = Field(examples=[[5.0]])


class UpdateRule(OptimizerRequest):
    """The update rule, filled in: every number that it takes, as momentum, stands beside its method."""

    method: str = Field(examples=["gradient_descent"])
    learning_rate: float = Field(examples=[0.1])


class DescentAnswer(BaseModel):
    """A trajectory of gradient descent, and how it ended."""

    expression: Formula
    variables: list[str] = Field(examples=[["x"]])
    optimizer: UpdateRule
    trajectory: list[DescentStepAnswer] = Field(description="Step 0 is the start; shorter where it ends early.")
    diverged_at: int | None = Field(description="The step at which the numbers ran off.", examples=[None])
    overshot_at: list[int] = Field(description="The steps at which the value rose.", examples=[[]])
    reason: str | None = Field(description="What kept it from coming down.", examples=[None])


class RaceOnFunctionRequest(Strict):
    """A function of one or two variables, a start, and several update rules."""

    expression: Text
    start: Annotated[Real | Point, WrapValidator(_number_or_point)] = Field(
        description="A number, or one for each variable, by name.", examples=[2.5, {"x": 1, "y": 2}]
    )
    racers: list[OptimizerRequest] = Field(
        min_length=1,
        max_length=MOST_RACERS,
        description="Each as `optimizer` of a descent; learning rate 0.1 unless given.",
        examples=[[{"learning_rate": 0.1}, {"method": "momentum", "learning_rate": 0.1}]],
    )
    steps: int = Field(default=20, ge=1, le=1000, description="Updates of each.", examples=[20])
    minima: list[Point] = Field(
        default_factory=list, max_length=20, description="Known minima, to tell how far they are.", examples=[[]]
    )


class PartAnswer(BaseModel):
    """A part of an update."""

    coordinates: list[float | None] = Field(description="On the axes of the picture.", examples=[[-0.1, 0.02]])
    norm: float | None = Field(description="Its length in the space of all parameters.", examples=[0.15])


class UpdatePartsAnswer(BaseModel):
    """An update as a sum: `downhill` + `correction` = `move`."""

    downhill: PartAnswer = Field(description="−η ∇L, as plain gradient descent would go from there.")
    correction: PartAnswer = Field(description="What the rule adds; of momentum its memory, −η β v.")
    move: PartAnswer = Field(description="From this state to the next.")


class RacePointAnswer(DescentStepAnswer):
    """One point of a racer's trajectory."""

    distance: float | None = Field(description="To the nearest of the known minima.", examples=[2.5])


class FunctionRacerAnswer(BaseModel):
    """An update rule from the common start."""

    optimizer: UpdateRule
    points: list[RacePointAnswer] = Field(description="Step 0 is the start; shorter where it ends early.")
    updates: list[UpdatePartsAnswer] = Field(description="From each point to the next.")
    diverged_at: int | None = Field(description="The step at which the numbers ran off.", examples=[None])
    overshot_at: list[int] = Field(description="The steps at which the value rose.", examples=[[]])
    reason: str | None = Field(description="What kept it from coming down.", examples=[None])


class RaceOnFunctionAnswer(BaseModel):
    """A race over a function."""

    expression: Formula
    variables: list[str] = Field(examples=[["x", "y"]])
    steps: int = Field(examples=[20])
    racers: list[FunctionRacerAnswer]
