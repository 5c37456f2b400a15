"""What the calls of functions share: formulas, points, domains, programs."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

LARGEST = 1e9
MOST_VARIABLES = 4
Text = Annotated[str, Field(description="A formula as people write it.", examples=["x^2"])]
Real = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Domain = Annotated[
    list[Real], Field(min_length=2, max_length=2, description="Left and right end.", examples=[[-3.0, 3.0]])
]
Point = dict[str, Real]
Domains = Annotated[dict[str, Domain], Field(max_length=MOST_VARIABLES)]
Program = list[list[Any]]
PROGRAM_ORDER = (
    'In postfix order: ["variable", index], ["number", value], [operation]; null is what is not a finite number.'
)


class Formula(BaseModel):
    """A formula to read, to typeset, and to show."""

    text: str = Field(description="Can be sent as an expression.", examples=["2*x"])
    latex: str = Field(examples=["2 x"])
    mathml: str = Field(examples=["<math><mn>2</mn><mi>x</mi></math>"])


class FormulaWithValue(Formula):
    """A formula and what it is at the point; null where there is no derivative."""

    value: float | None = Field(examples=[3.0])
