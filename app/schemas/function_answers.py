"""Answers to function calls as OpenAPI describes them; they are encoded elsewhere, once."""

from typing import Any, Literal

from pydantic import BaseModel, Field

Numbers = list[float | None]
Program = list[list[Any]]

_PROGRAM = 'In postfix order: ["variable", index], ["number", value], [operation]; null is what is not a finite number.'


class Formula(BaseModel):
    """A formula to read, to typeset, and to show."""

    text: str = Field(description="Can be sent as an expression.", examples=["2*x"])
    latex: str = Field(examples=["2 x"])
    mathml: str = Field(examples=["<math><mn>2</mn><mi>x</mi></math>"])


class FormulaWithValue(Formula):
    """A formula and what it is at the point; null where there is no derivative."""

    value: float | None = Field(examples=[3.0])


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


class CurveAnswer(BaseModel):
    """f and f′; null where undefined; a point more at each break."""

    x: list[float]
    y: Numbers
    derivative: Numbers = Field(description="null at kinks too.")


class LineAnswer(BaseModel):
    """One line of the derivation."""

    latex: str = Field(examples=["f'(x) = 2 x"])
    mathml: str
    note: str = Field(description="What was done.")


class DerivativePrograms(BaseModel):
    """f and f′ for a page that evaluates them itself."""

    value: Program = Field(description=_PROGRAM, examples=[[["variable", 0], ["number", 2], ["power"]]])
    derivative: Program


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

    value: Program = Field(description=_PROGRAM)
    partials: dict[str, Program]


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


class GridLineAnswer(BaseModel):
    """A straight line of the grid and its image."""

    along: str = Field(description="The variable that moves.", examples=["x1"])
    fixed: float = Field(description="Where the other one is held.", examples=[-2.0])
    x: list[list[float]] = Field(description="One list for each variable.")
    image: list[Numbers] = Field(description="One list for each output.")


class AreasAnswer(BaseModel):
    """How large the square, its image and the parallelogram are."""

    square: float = Field(examples=[0.25])
    image: float | None = Field(description="null with one output, and where f is undefined.", examples=[1.75])
    parallelogram: float | None = Field(
        description="null with one output, and where f is not differentiable.", examples=[1.75]
    )


class SquareStep(BaseModel):
    """From the point to the far corner of the square, one number for each output."""

    change: Numbers = Field(description="f(x + Δx) − f(x).", examples=[[1.5, 1.0]])
    linear: list[float] | None = Field(description="J Δx; null where f is not differentiable.", examples=[[1.5, 1.0]])


class SquareAnswer(BaseModel):
    """A small square at the point, what the function makes of it, and what its Jacobian does."""

    side: float = Field(examples=[0.5])
    corners: list[list[float]] = Field(description="Five points, from the point around and back to it.")
    edges: list[list[float]] = Field(description="A fine path around; one list for each variable.")
    image: list[Numbers] = Field(description="Of the edges; one list for each output.")
    parallelogram: list[list[float]] | None = Field(
        description="f(x) and the columns of J; one list for each output, null where f is not differentiable."
    )
    areas: AreasAnswer
    step: SquareStep


class JacobianPrograms(BaseModel):
    """The outputs and their partial derivatives for a page that evaluates them itself."""

    values: list[Program] = Field(description=_PROGRAM)
    matrix: list[list[Program]]


class JacobianAnswer(BaseModel):
    """The Jacobian at a point: one row for each output, one column for each variable."""

    expressions: list[Formula]
    variables: list[str] = Field(description="In the order of the point.", examples=[["x1", "x2"]])
    at: dict[str, float] = Field(examples=[{"x1": 1.0, "x2": 1.0}])
    values: Numbers = Field(examples=[[3.0, 2.0]])
    symbolic: list[list[Formula]]
    matrix: list[Numbers] = Field(examples=[[[1.0, 2.0], [3.0, -1.0]]])
    determinant: float | None = Field(description="null unless the matrix is square.", examples=[-7.0])
    differentiable: bool
    reason: str | None = Field(examples=[None])
    grid: list[GridLineAnswer] | None = Field(description="With two variables.")
    square: SquareAnswer | None = Field(description="With two variables.")
    programs: JacobianPrograms


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


class ChainPrograms(BaseModel):
    """The functions and their derivatives for a page that evaluates them itself."""

    inner: Program = Field(description=_PROGRAM)
    inner_derivative: Program
    outer: Program
    outer_derivative: Program
    composite: Program
    composite_derivative: Program


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


class DescentStepAnswer(BaseModel):
    """One point of a trajectory."""

    step: int = Field(examples=[0])
    point: Numbers = Field(examples=[[2.5]])
    value: float | None = Field(examples=[6.25])
    gradient: Numbers = Field(examples=[[5.0]])


class UpdateRule(BaseModel):
    """The update rule, whole."""

    method: str = Field(examples=["gradient_descent"])
    learning_rate: float = Field(examples=[0.1])
    momentum: float = Field(examples=[0.9])


class DescentAnswer(BaseModel):
    """A trajectory of gradient descent, and how it ended."""

    expression: Formula
    variables: list[str] = Field(examples=[["x"]])
    optimizer: UpdateRule
    trajectory: list[DescentStepAnswer] = Field(description="Step 0 is the start; shorter where it ends early.")
    diverged_at: int | None = Field(description="The step at which the numbers ran off.", examples=[None])
    overshot_at: list[int] = Field(description="The steps at which the value rose.", examples=[[]])
    reason: str | None = Field(description="What kept it from coming down.", examples=[None])
