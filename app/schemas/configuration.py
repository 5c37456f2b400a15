"""The configuration of a run: parsed once, checked as a whole, and never changed.

Limits are the context of the validation when a run is made. What was stored is opened without them: it was within
the limits of its day, and a combination that is refused today may have been allowed then.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Tag, ValidationInfo, field_validator, model_validator

from app.errors import StoredByNewer
from app.schemas.data import FromDataset, Inline
from app.schemas.network import Drawn, NetworkConfiguration
from app.schemas.optimizer import OptimizerConfiguration
from app.schemas.runs import CreateRunRequest
from app.schemas.validation import (
    Frozen,
    Seed,
    check_shape,
    form,
    from_its_defaults,
    given,
    known,
    parse,
    refusal,
    without_nulls,
)
from app.settings import Limits
from core.data.datasets import DATASETS, DataSpec
from core.errors import InvalidInput
from core.lecture.presets import PRESETS
from core.network.layers import Network
from core.network.losses import LOSSES
from core.training import setup
from core.training.setup import Setup
from core.training.state import Recipe

FORMAT = 1
# a choice between two forms: giving one member of a form drops the other form's
_FORMS = (
    ({"weights", "biases"}, {"method", "seed"}),
    ({"inputs", "targets"}, {"dataset", "samples", "constant_pixels"}),
)


class Configuration(Frozen):
    """A run as it was asked for, every field filled in."""

    format: int = FORMAT
    preset: str | None = None
    network: NetworkConfiguration = from_its_defaults()
    loss: Annotated[str, known(LOSSES)] = "squared_error"
    data: Annotated[
        Annotated[FromDataset, Tag("<dataset>")] | Annotated[Inline, Tag("<inline>")],
        form("dataset", "dataset", "inline"),
    ] = from_its_defaults()
    optimizer: OptimizerConfiguration = from_its_defaults()
    batch_size: int | None = None
    precision: Literal["float32", "float64"] = "float64"
    shuffle_seed: Seed = 0

    @field_validator("data", mode="before")
    @classmethod
    def _one_form(cls, said: Any) -> Any:
        if isinstance(said, dict) and "dataset" in said and not said.keys().isdisjoint({"inputs", "targets"}):
            raise refusal("Give either inputs and targets, or a data set's name; not both.")
        if isinstance(said, dict) and "dataset" not in said:
            for name in ("samples", "constant_pixels"):
                if name in said:
                    raise refusal("This goes with a data set; inline inputs are all used.", name)
        return said

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        limits: Limits | None = info.context
        self._check_sizes()
        if isinstance(self.data, Inline):
            values = len(self.data.inputs) * (self.network.layer_sizes[0] + self.network.layer_sizes[-1])
            if limits and values > limits.inline_values:
                message = f"At most {limits.inline_values} numbers, inputs and targets together."
                raise refusal(message, "data", "inputs", limit=True)
        if self.batch_size is not None and self.batch_size > self.samples:
            raise refusal(f"There are {self.samples} samples; give at most so many, or null for all.", "batch_size")
        if limits:
            self._refuse_other_outputs()
        return self

    def _check_sizes(self) -> None:
        first, last = self.network.layer_sizes[0], self.network.layer_sizes[-1]
        if isinstance(self.data, Inline):
            check_shape(self.data.inputs, None, first, "data", "inputs")
            check_shape(self.data.targets, len(self.data.inputs), last, "data", "targets")
            return
        dataset = DATASETS[self.data.dataset]
        if (first, last) != (dataset.inputs, dataset.outputs):
            sizes = f"{dataset.inputs} inputs and {dataset.outputs} outputs"
            raise refusal(f"{dataset.name} has {sizes}; begin and end with these.", "network", "layer_sizes")

    def _refuse_other_outputs(self) -> None:
        """Refuse what makes of the last layer's outputs something that the loss does not take."""
        last, outputs = len(self.network.activations) - 1, LOSSES[self.loss].outputs
        is_softmax = self.network.activations[last] == "softmax"
        if outputs == "logits" and is_softmax:
            message = (
                "This loss applies softmax to the last layer's outputs by itself, so they would go through it twice."
                " Give linear here, or take cross_entropy."
            )
            raise refusal(message, "network", "activations", last)
        if outputs == "probabilities" and not is_softmax:
            message = (
                "This loss takes probabilities. Give softmax here, or take softmax_cross_entropy, which applies it."
            )
            raise refusal(message, "network", "activations", last)

    @property
    def samples(self) -> int:
        """How many training samples there are."""
        if isinstance(self.data, Inline):
            return len(self.data.inputs)
        return self.data.samples or DATASETS[self.data.dataset].samples

    def plan(self) -> setup.Plan:
        """The same in the terms of the core."""
        start, data, rule = self.network.initialization, self.data, self.optimizer
        return setup.Plan(
            self.network.layer_sizes,
            self.network.activations,
            self.network.bias,
            setup.Drawn(**vars(start)) if isinstance(start, Drawn) else setup.Given(**vars(start)),
            setup.Inline(**vars(data)) if isinstance(data, Inline) else DataSpec(**vars(data)),
            Recipe(self.loss, rule.settings, self.batch_size, self.shuffle_seed, rule.schedule_settings),
            self.precision,
        )

    def build(self, data_dir: Path) -> tuple[Network, Setup]:
        """Make the first network and bring its data."""
        return setup.build(self.plan(), self.model_dump_json(), data_dir)


def configuration_of(body: CreateRunRequest, limits: Limits) -> Configuration:
    """Fill in everything that was not said, from the preset and the defaults, and refuse what cannot be."""
    said = {name: value for name, value in given(body).items() if name in CreateRunRequest.model_fields}
    if body.preset is not None:
        if body.preset not in PRESETS:
            raise InvalidInput("preset", f"Unknown name. Known: {', '.join(PRESETS)}.")
        said = merge(PRESETS[body.preset].configuration, said)
    said = without_nulls(said)
    if said.get("data", {}).get("dataset") == "mnist":
        said.setdefault("precision", "float32")
    return parse(Configuration, said, limits)


def stored(text: str) -> Configuration:
    """Open the configuration of a stored run."""
    said = json.loads(text)
    if said.get("format", FORMAT) > FORMAT:
        raise StoredByNewer("The configuration of this run")
    return Configuration.model_validate(said)


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay one configuration over another, field by field."""
    result = dict(base)
    for one, other in (*_FORMS, *(pair[::-1] for pair in _FORMS)):
        if any(over.get(name) is not None for name in one):
            result = {name: value for name, value in result.items() if name not in other}
    for name, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(name), dict)
        result[name] = merge(result[name], value) if both else value
    return result
