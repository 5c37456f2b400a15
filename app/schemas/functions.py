"""Bodies of function calls: strict types, no unknown field, every number finite."""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter, WrapValidator
from pydantic_core import PydanticCustomError

from app.schemas.requests import OptimizerRequest, Strict

LARGEST = 1e9
MOST_VARIABLES = 4
Text = Annotated[str, Field(description="A formula as people write it.", examples=["x^2"])]
Real = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Domain = Annotated[
    list[Real], Field(min_length=2, max_length=2, description="Left and right end.", examples=[[-3.0, 3.0]])
]
Point = dict[str, Real]
Domains = Annotated[dict[str, Domain], Field(max_length=MOST_VARIABLES)]

_NUMBER, _POINT = TypeAdapter(Real), TypeAdapter(Point)


def _number_or_point(value: Any, _: Any) -> float | dict[str, float]:
    """Validate as what it looks like, so that an error names one place, not one for each form."""
    if isinstance(value, dict):
        return _POINT.validate_python(value, strict=True)
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = 'Give a number, or one for each variable by its name, as {"x": 1, "y": 2}.'
        raise PydanticCustomError("number_or_point", message)
    return _NUMBER.validate_python(value, strict=True)


class DerivativeRequest(Strict):
    """A function of one variable, a point, and a Δx."""

    expression: Text
    at: Real = Field(default=1.5, description="Where the tangent touches.", examples=[1.5])
    delta: Real = Field(default=0.5, description="Δx of the secant, of either sign, not 0.", examples=[0.5])
    domain: Domain = Field(default_factory=lambda: [-3.0, 3.0], description="Where the curves are drawn.")
    samples: int = Field(default=201, ge=2, le=2001, description="Points of the curves.", examples=[201])


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


class ChainRequest(Strict):
    """y = f(u) of u = g(x), a point, and a nudge."""

    outer: Text = Field(description="f, in one variable.", examples=["sin(u)"])
    inner: Text = Field(description="g, in one variable.", examples=["x^2"])
    at: Real = Field(default=1.0, description="x.", examples=[1.0])
    nudge: Real = Field(default=0.1, description="dx, of either sign, not 0.", examples=[0.1])
    domain: Domain = Field(default_factory=lambda: [-3.0, 3.0], description="Where the curves are drawn.")
    samples: int = Field(default=201, ge=2, le=2001, description="Points of the curves.", examples=[201])


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
