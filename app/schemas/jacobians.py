"""The chain of Jacobians from the loss to a layer's parameters."""

from typing import Literal

from pydantic import BaseModel, Field

from app.schemas.numbers import Rows


class MatrixAnswer(BaseModel):
    """A matrix; without values above 20 000 numbers."""

    shape: list[int] = Field(examples=[[1, 6]])
    values: Rows | None = Field(examples=[[[6, 12, 2, 4, 5, 10]]])


class ProductAnswer(MatrixAnswer):
    """The product of the factors so far, from left to right."""

    name: str = Field(examples=["dL/dW"])
    latex: str = Field(examples=[r"\frac{dL}{dW}"])


class FactorAnswer(BaseModel):
    """One Jacobian of the chain."""

    name: str = Field(examples=["dz/dW"])
    latex: str = Field(examples=[r"\frac{dz}{dW}"])
    shape: list[int] = Field(examples=[[3, 6]])
    values: Rows | None = Field(
        description="null above 20 000 numbers.",
        examples=[[[1, 2, 0, 0, 0, 0], [0, 0, 1, 2, 0, 0], [0, 0, 0, 0, 1, 2]]],
    )
    structure: Literal["row", "diagonal", "full", "weights", "blocks"] = Field(
        description="blocks: I ⊗ x, the input once a unit.", examples=["blocks"]
    )
    rows: list[str] | None = Field(description="What each row stands for.", examples=[["z₁", "z₂", "z₃"]])
    columns: list[str] | None = Field(
        description="What each column stands for.", examples=[["w₁₁", "w₁₂", "w₂₁", "w₂₂", "w₃₁", "w₃₂"]]
    )
    numbers: int = Field(description="How many the matrix holds.", examples=[18])
    nonzero: int = Field(description="How many the structure does not force to be 0.", examples=[6])
    bytes: int = Field(description="In float64.", examples=[144])
    why_no_values: str | None = Field(examples=[None])


class CostAnswer(BaseModel):
    """What a chain takes, explicit and collapsed."""

    multiplications_left_to_right: int = Field(examples=[27])
    right_to_left: int = Field(description="Multiplications from the other end.", examples=[72])
    sparse: int = Field(
        description="Multiplications from left to right without those by the zeros of the structure.", examples=[9]
    )
    collapsed: int = Field(description="Multiplications of δᵀx, with δ by the structure.", examples=[9])
    numbers_explicit: int = Field(description="Numbers in all factors.", examples=[30])
    numbers_collapsed: int = Field(description="Numbers in δ and the input.", examples=[5])
    nonzero: int = Field(description="Numbers in all factors that the structure does not force to be 0.", examples=[12])


class BiasChainAnswer(BaseModel):
    """The chain to b: only its last factor differs from the one to W."""

    factor: FactorAnswer
    row: MatrixAnswer
    max_difference: float | None = Field(description="Largest |row − δ|.", examples=[0])
    cost: CostAnswer


class LayerChainAnswer(BaseModel):
    """The chain from L to the weights of one layer."""

    layer: int = Field(description="From 1.", examples=[1])
    factors: list[FactorAnswer]
    products: list[ProductAnswer]
    row: MatrixAnswer = Field(description="∂L/∂vec(W), row-major.")
    reshaped: MatrixAnswer = Field(description="The row in the shape of W.")
    delta: list[float | None] = Field(examples=[[6, 2, 5]])
    input: list[float | None] = Field(examples=[[1, 2]])
    outer_product: Rows | None = Field(description="δᵀx", examples=[[[6, 12], [2, 4], [5, 10]]])
    max_difference: float | None = Field(description="Largest |reshaped − δᵀx|.", examples=[0])
    cost: CostAnswer
    bias: BiasChainAnswer | None = Field(description="null without biases.")


class CollapseAnswer(BaseModel):
    """Softmax with cross-entropy: the first two factors of every chain together are ŷ − y."""

    latex: str = Field(examples=[r"\frac{dL}{dz} = \hat{y} - y"])
    product: list[float | None] = Field(description="∂L/∂ŷ · ∂ŷ/∂z, multiplied out.", examples=[[0.25, -0.75, 0.5]])
    values: list[float | None] = Field(description="ŷ − y", examples=[[0.25, -0.75, 0.5]])
    sum: float | None = Field(description="Of ŷ − y: both sum to 1.", examples=[0])
    max_difference: float | None = Field(description="Largest |product − (ŷ − y)|.", examples=[0])


class JacobiansAnswer(BaseModel):
    """The explicit chain of every layer, for one sample."""

    sample: int = Field(examples=[0])
    step: int = Field(description="The step from which the update starts.", examples=[0])
    batch_size: int = Field(examples=[1])
    note: str | None = Field(description="Of a batch: that one sample's chain has no 1/m.", examples=[None])
    layers: list[LayerChainAnswer]
    collapse: CollapseAnswer | None = Field(description="null but for softmax with cross_entropy.", examples=[None])


class LayerCostAnswer(BaseModel):
    """The factors of one layer by their shapes, without values."""

    layer: int = Field(description="From 1.", examples=[1])
    factors: list[FactorAnswer]
    cost: CostAnswer


class CostsAnswer(BaseModel):
    """What the chains of a network take."""

    layer_sizes: list[int] = Field(examples=[[784, 128, 10]])
    layers: list[LayerCostAnswer]
