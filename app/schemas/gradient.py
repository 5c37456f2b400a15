"""The gradient of a function of two variables: request and answer."""

from pydantic import BaseModel, Field

from app.schemas.formulas import PROGRAM_ORDER, Domains, Formula, FormulaWithValue, Point, Program, Text
from app.schemas.numbers import Numbers
from app.schemas.validation import Strict


class GradientRequest(Strict):
    """A function of two variables and a point."""

    expression: Text = Field(examples=["x^2 + 3y"])
    at: Point = Field(
        min_length=2,
        max_length=2,
        description="The point; it names the two variables, and their order is that of the answer's lists.",
        examples=[{"x": 1, "y": 2}],
    )
    domain: Domains | None = Field(
        default=None,
        description="Left and right end for each variable; −3 to 3 unless given.",
        examples=[{"x": [-3, 3], "y": [-3, 3]}],
    )
    samples: int = Field(default=41, ge=2, le=101, description="Points a side of the surface.", examples=[41])


class SliceAnswer(BaseModel):
    """The surface cut along one variable, and the tangent z = slope·x + intercept."""

    x: list[float] = Field(description="Positions along that variable.")
    z: Numbers
    slope: float | None = Field(examples=[2.0])
    intercept: float | None = Field(examples=[5.0])


class SurfaceAnswer(BaseModel):
    """f on a grid."""

    x: list[float] = Field(description="Of the first variable.")
    y: list[float] = Field(description="Of the second variable.")
    z: list[Numbers] = Field(description="One row for each y.")


class ArrowsAnswer(BaseModel):
    """True gradients on a coarse grid; null where there is none."""

    x: list[float]
    y: list[float]
    dx: Numbers
    dy: Numbers


class GradientPrograms(BaseModel):
    """f and its partial derivatives for a page that evaluates them itself."""

    value: Program = Field(description=PROGRAM_ORDER)
    partials: dict[str, Program]
    steps: dict[str, Program] = Field(
        description="Where a step of gradient descent leads in each variable, over the point and η."
    )


class GradientAnswer(BaseModel):
    """The gradient at a point."""

    expression: Formula
    variables: list[str] = Field(description="In the order of the point.", examples=[["x", "y"]])
    at: dict[str, float] = Field(examples=[{"x": 1.0, "y": 2.0}])
    value: float | None = Field(examples=[7.0])
    partials: dict[str, FormulaWithValue]
    gradient: Numbers = Field(examples=[[2.0, 3.0]])
    norm: float | None = Field(description="Its length.", examples=[3.605551275463989])
    differentiable: bool
    reason: str | None = Field(examples=[None])
    slices: dict[str, SliceAnswer] = Field(description="Through the point, along each variable.")
    surface: SurfaceAnswer
    arrows: ArrowsAnswer
    programs: GradientPrograms
