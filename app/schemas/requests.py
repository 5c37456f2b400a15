"""Bodies of requests: strict types, no unknown field, every number finite."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

LISTED_ERRORS = 50
Number = Annotated[float, Field(allow_inf_nan=False)]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
Matrix = list[list[Number]]


class Strict(BaseModel):
    """A body in which every field is known and has its very type."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _name_unknown_fields(cls, sent: Any) -> Any:
        """Say of an unknown field which ones are known; "forbid" alone says only that it is not."""
        unknown = [name for name in sent if name not in cls.model_fields] if isinstance(sent, dict) else []
        if unknown:
            known = {"known": ", ".join(cls.model_fields)}
            error = PydanticCustomError("unknown_field", "Unknown field. Known: {known}.", known)
            lines = [InitErrorDetails(type=error, loc=(name,), input=None) for name in unknown[:LISTED_ERRORS]]
            raise ValidationError.from_exception_data(cls.__name__, lines)
        return sent


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


class DataRequest(Strict):
    """Samples given inline, or the name of a data set."""

    inputs: Matrix | None = Field(default=None, description="One sample a row.", examples=[[[1.0, 2.0]]])
    targets: Matrix | None = Field(default=None, description="One sample a row.", examples=[[[1.0, 4.0, 4.0]]])
    dataset: str | None = Field(default=None, description="A data set's name from the catalog.", examples=[None])
    samples: int | None = Field(default=None, ge=1, description="Only the first so many samples.", examples=[None])
    constant_pixels: Literal["ignore", "amplify"] | None = Field(
        default=None,
        description="MNIST: test pixels that never vary in training count as 0 (ignore, the default), "
        "or are divided by 1e-6 as in the lecture (amplify).",
        examples=[None],
    )


class OptimizerRequest(Strict):
    """The update rule."""

    method: str | None = Field(
        default=None, description="A name from the catalog's optimizers; gradient_descent unless given.",
        examples=["gradient_descent"],
    )  # fmt: skip
    learning_rate: Number | None = Field(default=None, gt=0, description="η, above 0.", examples=[0.1])
    momentum: Number | None = Field(
        default=None, ge=0, lt=1, description="For the method momentum; 0.9 unless given.", examples=[0.9]
    )


class CreateRunRequest(Strict):
    """A run to create: a preset, or a whole configuration, or a preset with some fields changed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.05}}]}
    )

    preset: str | None = Field(
        default=None, description="A preset's name from the catalog.", examples=["lab-two-layer"]
    )
    network: NetworkRequest | None = Field(default=None, description="Layers and where they start.")
    loss: str | None = Field(
        default=None, description="A loss's name; squared_error unless given.", examples=["squared_error"]
    )
    data: DataRequest | None = Field(default=None, description="What to learn from.")
    optimizer: OptimizerRequest | None = Field(default=None, description="How to learn.")
    batch_size: int | None = Field(
        default=None, ge=1, description="Samples a step; null: all of them.", examples=[None]
    )
    precision: Literal["float32", "float64"] | None = Field(
        default=None, description="float64 unless given; float32 for MNIST.", examples=["float64"]
    )
    shuffle_seed: Seed | None = Field(
        default=None, description="Seed of the mini-batches; 0 unless given.", examples=[0]
    )


class StepRequest(Strict):
    """How many updates to make."""

    count: int = Field(default=1, ge=1, description="Updates to make.", examples=[1])
    expected_step: int | None = Field(
        default=None, ge=0, description="Do nothing (409) unless the run stands at this step.", examples=[0]
    )
    learning_rate: Number | None = Field(
        default=None, gt=0, description="Change η first, and for good.", examples=[0.1]
    )
    include: list[Literal["layers", "loss_after"]] = Field(
        default_factory=list,
        description="layers: every number of the last step, also of large networks; "
        "loss_after: each mini-batch's loss after its update.",
        examples=[["layers"]],
    )


class RewindRequest(Strict):
    """Where to go back to."""

    step: int = Field(ge=0, description="A step of the past.", examples=[0])


class BranchRequest(Strict):
    """Where the second run starts."""

    step: int | None = Field(
        default=None, ge=0, description="A step of the past; the newest unless given.", examples=[0]
    )


class PlayRequest(Strict):
    """How to train in the background."""

    rate: Number | None = Field(
        default=None, ge=0.01, le=1000, description="Steps per second; null: as fast as it goes.", examples=[5]
    )
    learning_rate: Number | None = Field(
        default=None, gt=0, description="Change η, also while it plays.", examples=[0.1]
    )
    until_step: int | None = Field(default=None, ge=1, description="Pause there.", examples=[20])


class PredictRequest(Strict):
    """Inputs for the network, or one drawn digit."""

    inputs: Matrix | None = Field(default=None, description="One sample a row.", examples=[[[0.15, -0.05]]])
    drawing: Matrix | None = Field(
        default=None, description="MNIST runs: a square gray image, 0 for paper to 1 for ink.", examples=[None]
    )


def given(body: BaseModel) -> dict[str, Any]:
    """Only the fields that the client sent."""
    return body.model_dump(exclude_unset=True)
