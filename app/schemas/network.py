"""Layers and where their weights start: as asked for, and filled in."""

from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import Field, Tag, ValidationInfo, field_validator, model_validator

from app.schemas.validation import (
    Frozen,
    FrozenMatrix,
    Matrix,
    Number,
    Seed,
    Strict,
    check_shape,
    form,
    from_its_defaults,
    known,
    refusal,
)
from app.settings import Limits
from core.network.activations import ACTIVATIONS
from core.network.initializers import INITIALIZATIONS


class InitializationRequest(Strict):
    """Where the weights start: a method with a seed, or the numbers themselves."""

    method: str | None = Field(default=None, description="A name from the catalog's initializations.", examples=["he"])
    seed: Seed | None = Field(default=None, description="Seed of the generator; 0 unless given.", examples=[0])
    weights: list[Matrix] | None = Field(
        default=None,
        description="Explicit weights, one (out, in) matrix a layer.",
        examples=[[[[3.0, 2.0], [4.0, 1.0], [5.0, 2.0]]]],
    )
    biases: list[list[Number]] | None = Field(
        default=None,
        description="Explicit biases beside weights, one list a layer; zeros unless given.",
        examples=[None],
    )


class NetworkRequest(Strict):
    """Layers, first to last."""

    layer_sizes: list[int] | None = Field(
        default=None, description="Widths from the inputs to the outputs.", examples=[[2, 3, 3]]
    )
    activations: list[str] | None = Field(
        default=None,
        description="One name from the catalog for each layer after the inputs.",
        examples=[["relu", "linear"]],
    )
    bias: bool | None = Field(
        default=None, description="Whether layers have biases; true unless given.", examples=[True]
    )
    initialization: InitializationRequest | None = Field(
        default=None, description="Where the weights start; He unless given."
    )


class Drawn(Frozen):
    """Weights drawn by a method."""

    method: Annotated[str, known(INITIALIZATIONS)] = "he"
    seed: Seed = 0


class Given(Frozen):
    """Weights as they were given; biases start at zero unless given too."""

    weights: tuple[FrozenMatrix, ...]
    biases: FrozenMatrix | None = None


class NetworkConfiguration(Frozen):
    """Layers, first to last, and where their weights start."""

    layer_sizes: tuple[int, ...] = ()
    activations: tuple[Annotated[str, known(ACTIVATIONS)], ...] = ()
    bias: bool = True
    initialization: Annotated[
        Annotated[Drawn, Tag("<drawn>")] | Annotated[Given, Tag("<given>")], form("weights", "given", "drawn")
    ] = from_its_defaults()

    @field_validator("layer_sizes")
    @classmethod
    def _widths(cls, sizes: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        limits: Limits | None = info.context
        if len(sizes) < 2:
            raise refusal("Give at least two widths, inputs and outputs, as [2, 3].")
        if any(size < 1 for size in sizes):
            raise refusal("Every width must be at least 1.")
        if limits and len(sizes) - 1 > limits.layers:
            raise refusal(f"At most {limits.layers} layers.", limit=True)
        if limits and max(sizes) > limits.layer_width:
            raise refusal(f"Every width must be at most {limits.layer_width}.", limit=True)
        return sizes

    @field_validator("activations")
    @classmethod
    def _one_a_layer(cls, activations: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        layers = len(info.data["layer_sizes"]) - 1 if "layer_sizes" in info.data else len(activations)
        if len(activations) != layers:
            raise refusal(f"Give {layers} names, one for each layer after the inputs.")
        return activations

    @field_validator("initialization", mode="before")
    @classmethod
    def _one_form(cls, said: Any) -> Any:
        if isinstance(said, dict) and "weights" in said and not said.keys().isdisjoint({"method", "seed"}):
            raise refusal("Give either a method with a seed, or weights; not both.")
        if isinstance(said, dict) and "biases" in said and "weights" not in said:
            raise refusal("Biases go with weights; give both, or a method.", "biases")
        return said

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        sizes, start, limits = self.layer_sizes, self.initialization, info.context
        parameters = sum(a * b + (b if self.bias else 0) for a, b in pairwise(sizes))
        if limits and parameters > limits.parameters:
            raise refusal(f"{parameters} parameters; at most {limits.parameters}.", "layer_sizes", limit=True)
        if isinstance(start, Given):
            self._check_weights(start.weights)
            if start.biases is not None:
                self._check_biases(start.biases)
        return self

    def _check_weights(self, weights: tuple[FrozenMatrix, ...]) -> None:
        shapes = [(rows, columns) for columns, rows in pairwise(self.layer_sizes)]
        where = ("initialization", "weights")
        if len(weights) != len(shapes):
            raise refusal(f"Give {len(shapes)} matrices, one a layer.", *where)
        for index, (matrix, (rows, columns)) in enumerate(zip(weights, shapes, strict=True)):
            check_shape(matrix, rows, columns, *where, index)

    def _check_biases(self, biases: FrozenMatrix) -> None:
        where, sizes = ("initialization", "biases"), list(self.layer_sizes[1:])
        if not self.bias:
            message = "This network has no bias; set network.bias to true, or leave the biases out."
            raise refusal(message, *where)
        if [len(row) for row in biases] != sizes:
            raise refusal(f"Give one list a layer, with {sizes} numbers.", *where)
