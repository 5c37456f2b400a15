"""Why a number is what it is: request and answer."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.validation import Matrix, Number, Strict


class RunWhyRequest(Strict):
    """One number to unfold, for given inputs, a drawn digit or one of the test set."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"number": "layers[1].activations[0][0]", "inputs": [1, 2], "include": ["contributions"]}]
        }
    )

    number: str = Field(
        max_length=120,
        description="A number's name; the row of samples is 0.",
        examples=["layers[1].activations[0][3]"],
    )
    inputs: list[Number] | None = Field(default=None, description="One sample.", examples=[[0.15, -0.05]])
    drawing: Matrix | None = Field(
        default=None, description="MNIST runs: a square gray image, 0 for paper to 1 for ink.", examples=[None]
    )
    digit: int | None = Field(
        default=None, ge=0, description="MNIST runs: a digit of the test set, with its target.", examples=[None]
    )
    targets: list[Number] | None = Field(
        default=None, description="For numbers that depend on them, as losses and deltas.", examples=[None]
    )
    include: list[Literal["contributions"]] = Field(
        default_factory=list,
        description="contributions: what each input adds to a pre-activation or an activation.",
        examples=[["contributions"]],
    )
    step: int | None = Field(default=None, ge=0, le=2**62, description="A step of the past; the newest unless given.")
    digits: int = Field(default=4, ge=1, le=17, description="Significant digits of the numbers in LaTeX.", examples=[4])


class NamedNumberAnswer(BaseModel):
    """A number that can be asked why in turn."""

    number: str = Field(examples=["layers[0].deltas[0][1]"])
    value: float | None = Field(examples=[2])
    name: str = Field(examples=["δ₂"])


class OperandAnswer(NamedNumberAnswer):
    """One of the numbers that a number is computed from."""

    latex: str = Field(examples=[r"\delta_{2}"])
    role: str = Field(description="What it is, in words.", examples=["delta"])


class TermAnswer(BaseModel):
    """One term of a sum."""

    factors: list[NamedNumberAnswer]
    value: float | None = Field(examples=[2])
    operation: str | None = Field(None, description="What is done to the factors where they are not multiplied.")


class NumericalAnswer(BaseModel):
    """The central difference (f(θ + h) − f(θ − h)) / 2h."""

    value: float | None = Field(examples=[1.9999999999])
    difference: float | None = Field(description="How far it is from the value.", examples=[1e-10])
    h: float = Field(examples=[4e-05])


class ContributionsAnswer(BaseModel):
    """What each input adds to one number: its slope times the input, and what is left beside."""

    slopes: list[float | None] = Field(description="∂(number)/∂x, one an input.", examples=[[3, 2]])
    contributions: list[float | None] = Field(description="Slope times input.", examples=[[3, 4]])
    rest: float | None = Field(description="The number less their sum.", examples=[0])
    sums_up: bool = Field(
        description="Whether every activation on the way is a line through 0 at its own z, as ReLU: then the rest is "
        "the share of the biases. Else it is also what the tangent does not tell.",
        examples=[True],
    )


class WhyAnswer(BaseModel):
    """One number unfolded."""

    number: str = Field(description="Its path in the answer.", examples=["layers[0].weight_gradients[1][0]"])
    value: float | None = Field(examples=[2])
    name: str = Field(examples=["∂L/∂w₂₁"])
    symbol: str = Field(description="Its name in LaTeX.", examples=[r"\frac{\partial L}{\partial w_{21}}"])
    latex: str = Field(
        description="The equation in letters.", examples=[r"\frac{\partial L}{\partial w_{21}} = \delta_{2} \, x_{1}"]
    )
    filled: str = Field(
        description="Its right side in numbers, and the value after = or, where digits were left out, ≈.",
        examples=[r"2 \cdot 1 = 2"],
    )
    mathml: str = Field(description="`latex` as browsers typeset it.", examples=["<math><mi>z</mi></math>"])
    filled_mathml: str = Field(
        description="`filled`, after =, as browsers typeset it.", examples=["<math><mo>=</mo><mn>2</mn></math>"]
    )
    terms: list[TermAnswer] | None = Field(description="The sum written out; null where there is none, or too long.")
    terms_divided_by: int = Field(description="What the sum is divided by: m for a mean.", examples=[1])
    operands: list[OperandAnswer]
    operands_left_out: int = Field(description="Operands that are too many to be listed.", examples=[0])
    numerical: NumericalAnswer | None = Field(description="Of a derivative.")
    numerical_reason: str | None = Field(description="Why there is no difference, as at a kink.", examples=[None])
    numpy: str = Field(
        description="Gives the number where x, y, W1, b1, z1, h1, y_hat, dy_hat, df1, J1, dh1, delta1, dW1, db1, "
        "W1_new, z1_new, losses, L, eta, m and the like are the arrays of this update, one row a sample.",
        examples=["np.outer(delta1, x)[1, 0]"],
    )
    slide: int = Field(description="Where the lecture has it.", examples=[29])
    given: bool = Field(description="Whether it comes from outside: x, y, W, b, η.", examples=[False])
    note: str | None = Field(
        description="Where a given number comes from; why a number is 0 by structure.", examples=[None]
    )
    contributions: ContributionsAnswer | None = Field(description="On request, of z, h and ŷ.", examples=[None])
