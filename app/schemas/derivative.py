"""The derivative of a function of one variable: request and answer."""

from typing import Literal

from pydantic import BaseModel, Field

from app.schemas.formulas import PROGRAM_ORDER, Domain, Formula, FormulaWithValue, Program, Real, Text
from app.schemas.numbers import Numbers
from app.schemas.validation import Strict


class DerivativeRequest(Strict):
    """A function of one variable, a point, and a Δx."""

    expression: Text
    at: Real = Field(default=1.5, description="Where the tangent touches.", examples=[1.5])
    delta: Real = Field(default=0.5, description="Δx of the secant, of either sign, not 0.", examples=[0.5])
    domain: Domain = Field(default_factory=lambda: [-3.0, 3.0], description="Where the curves are drawn.")
    samples: int = Field(
        default=201, ge=2, le=2001, description="Points of the curves; from 100 on, more where f bends.", examples=[201]
    )


class SecantAnswer(BaseModel):
    """The line through (x₀, f(x₀)) and (x₀ + Δx, f(x₀ + Δx))."""

    delta: float = Field(examples=[0.5])
    x: float = Field(description="x₀ + Δx.", examples=[2.0])
    y: float | None = Field(description="f there.", examples=[4.0])
    slope: float | None = Field(examples=[3.5])


class TangentAnswer(BaseModel):
    """The line y = slope·x + intercept."""

    slope: float = Field(examples=[3.0])
    intercept: float | None = Field(examples=[-2.25])


class TableRowAnswer(BaseModel):
    """One Δx of the table, in plain float64."""

    delta: float = Field(examples=[1.0])
    slope: float | None = Field(examples=[4.0])
    error: float | None = Field(description="slope − f′(x₀).", examples=[1.0])


class OneSidedAnswer(BaseModel):
    """The limits of the secants' slopes from either side."""

    left: float | None = Field(examples=[3.0])
    right: float | None = Field(examples=[3.0])


class EndPointAnswer(BaseModel):
    """Where a piece of the curve ends at a jump or a hole."""

    x: float = Field(examples=[2])
    y: float = Field(examples=[1])
    closed: bool = Field(description="Whether it belongs to f.", examples=[False])


class CurveAnswer(BaseModel):
    """f and f′; null where undefined; more points where f bends, and one at each break."""

    x: list[float]
    y: Numbers
    derivative: Numbers = Field(description="null at kinks too.")
    points: list[EndPointAnswer]


class LineAnswer(BaseModel):
    """One line of the derivation."""

    latex: str = Field(examples=["f'(x) = 2 x"])
    mathml: str
    note: str = Field(description="What was done.")


class DerivativePrograms(BaseModel):
    """f, f′ and what follows from them, for a page that evaluates them itself."""

    value: Program = Field(description=PROGRAM_ORDER, examples=[[["variable", 0], ["number", 2], ["power"]]])
    derivative: Program
    secant: Program = Field(description="The secant's slope, over x and Δx.")
    step: Program = Field(description="Where a step of gradient descent leads, over x and η.")


class DerivativeAnswer(BaseModel):
    """The derivative at a point as the limit of secants."""

    expression: Formula
    variable: str = Field(examples=["x"])
    at: float = Field(examples=[1.5])
    value: float | None = Field(description="f(x₀).", examples=[2.25])
    derivative: FormulaWithValue
    secant: SecantAnswer
    tangent: TangentAnswer | None
    table: list[TableRowAnswer] = Field(description="Δx = 1, 0.1, … 1e-15, with the sign of the given Δx.")
    one_sided: OneSidedAnswer
    differentiable: bool
    obstacle: Literal["undefined", "pole", "jump", "vertical", "edge", "kink"] | None = Field(examples=[None])
    reason: str | None = Field(description="The obstacle in words.", examples=[None])
    curve: CurveAnswer
    limit: list[LineAnswer] = Field(description="The derivation, line by line.")
    programs: DerivativePrograms
