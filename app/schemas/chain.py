"""The chain rule at a point: request and answer."""

from pydantic import BaseModel, Field

from app.schemas.formulas import PROGRAM_ORDER, Domain, Formula, Program, Real, Text
from app.schemas.numbers import Numbers
from app.schemas.validation import Strict


class ChainRequest(Strict):
    """y = f(u) of u = g(x), a point, and a nudge."""

    outer: Text = Field(description="f, in one variable.", examples=["sin(u)"])
    inner: Text = Field(description="g, in one variable.", examples=["x^2"])
    at: Real = Field(default=1.0, description="x.", examples=[1.0])
    nudge: Real = Field(default=0.1, description="dx, of either sign, not 0.", examples=[0.1])
    domain: Domain = Field(default_factory=lambda: [-3.0, 3.0], description="Where the curves are drawn.")
    samples: int = Field(default=201, ge=2, le=2001, description="Points of the curves.", examples=[201])


class PartAnswer(Formula):
    """One function of a chain at its point."""

    variable: str = Field(examples=["x"])
    value: float | None = Field(examples=[1.0])
    slope: float | None = Field(examples=[2.0])
    derivative: Formula


class NudgeAnswer(BaseModel):
    """A step dx and what becomes of it: truly, and by the slopes."""

    dx: float = Field(examples=[0.1])
    du: float | None = Field(examples=[0.2100000000000002])
    dy: float | None = Field(examples=[0.09414501674548947])
    du_linear: float | None = Field(description="du/dx · dx.", examples=[0.2])
    dy_linear: float | None = Field(description="dy/du · du/dx · dx.", examples=[0.10806046117362795])


class PlainCurveAnswer(BaseModel):
    """A curve; y is null where undefined."""

    x: list[float] = Field(description="Of the outer function: u.")
    y: Numbers


class ChainCurvesAnswer(BaseModel):
    """g and f(g) over the domain, f over the values of g."""

    inner: PlainCurveAnswer
    outer: PlainCurveAnswer
    composite: PlainCurveAnswer


class NudgePrograms(BaseModel):
    """What becomes of a step, each over x and dx."""

    du: Program
    dy: Program
    du_linear: Program
    dy_linear: Program


class ChainPrograms(BaseModel):
    """The functions and their derivatives for a page that evaluates them itself."""

    inner: Program = Field(description=PROGRAM_ORDER)
    inner_derivative: Program
    outer: Program
    outer_derivative: Program
    composite: Program
    composite_derivative: Program
    product: Program = Field(description="dy/du · du/dx, over x.")
    nudge: NudgePrograms


class ChainAnswer(BaseModel):
    """The chain rule at a point."""

    inner: PartAnswer
    outer: PartAnswer
    composite: PartAnswer
    at: float = Field(examples=[1.0])
    product: float | None = Field(description="dy/du · du/dx.", examples=[1.0806046117362795])
    differentiable: bool = Field(description="Whether the composite is.")
    reason: str | None = Field(description="Why the slopes cannot be multiplied.", examples=[None])
    nudge: NudgeAnswer
    curves: ChainCurvesAnswer
    programs: ChainPrograms
