"""The Jacobian of a function with several outputs: request and answer."""

from pydantic import BaseModel, Field

from app.schemas.formulas import MOST_VARIABLES, PROGRAM_ORDER, Domains, Formula, Point, Program, Real, Text
from app.schemas.numbers import Numbers
from app.schemas.validation import Strict


class JacobianRequest(Strict):
    """One to four functions of one to four variables, and a point."""

    expressions: list[Text] = Field(
        min_length=1, max_length=4, description="One formula for each output.", examples=[["x1 + 2 x2", "3x1 - x2"]]
    )
    at: Point = Field(
        min_length=1,
        max_length=MOST_VARIABLES,
        description="The point; it names the variables, and their order is that of the columns.",
        examples=[{"x1": 1, "x2": 1}],
    )
    domain: Domains | None = Field(
        default=None,
        description="Where the grid lies; −2 to 2 unless given.",
        examples=[{"x1": [-2, 2], "x2": [-2, 2]}],
    )
    side: Real = Field(default=0.5, gt=0, description="Side of the small square at the point.", examples=[0.5])


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

    values: list[Program] = Field(description=PROGRAM_ORDER)
    matrix: list[list[Program]]
    change: list[Program] = Field(description="f(x + Δx) − f(x) with Δx = (s, s, …), over the point and s.")
    linear: list[Program] = Field(description="J Δx, over the point and s.")
    determinant: Program | None = Field(description="Where J is 2×2.")
    area_factor: Program | None = Field(description="√det(JᵀJ), with two variables and more than one output.")


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
