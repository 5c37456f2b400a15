"""Samples: as asked for, and filled in."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from app.schemas.validation import Frozen, FrozenMatrix, Matrix, Strict, known, refusal
from core.data.datasets import DATASETS


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


class Inline(Frozen):
    """Samples as they were given."""

    inputs: FrozenMatrix = ()
    targets: FrozenMatrix = ()

    @field_validator("inputs")
    @classmethod
    def _some_inputs(cls, inputs: FrozenMatrix) -> FrozenMatrix:
        if not inputs:
            raise refusal("Give at least one sample, as [[1, 2]], or the name of a data set.")
        return inputs

    @field_validator("targets")
    @classmethod
    def _as_many_targets(cls, targets: FrozenMatrix, info: ValidationInfo) -> FrozenMatrix:
        if not targets and info.data.get("inputs"):
            raise refusal("Give one row of targets for each row of inputs.")
        return targets


class FromDataset(Frozen):
    """Samples of a data set."""

    dataset: Annotated[str, known(DATASETS)]
    samples: int | None = None
    constant_pixels: Literal["ignore", "amplify"] = "ignore"

    @field_validator("samples")
    @classmethod
    def _not_too_many(cls, samples: int | None, info: ValidationInfo) -> int | None:
        dataset = DATASETS.get(info.data.get("dataset", ""))
        if samples is not None and dataset and samples > dataset.samples:
            raise refusal(f"{dataset.name} has {dataset.samples} samples; ask for at most so many.")
        return samples
