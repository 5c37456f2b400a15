"""Every number of one update: request and answer."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.jacobians import JacobiansAnswer
from app.schemas.landscape import CurvatureAnswer, HessianAnswer
from app.schemas.numbers import Rows
from app.schemas.runs import CreateRunRequest
from app.schemas.steps import LayerAnswer, ParametersAnswer
from app.schemas.why import WhyAnswer

_ONE_LAYER: dict[str, Any] = {
    "network": {
        "layer_sizes": [2, 3],
        "activations": ["relu"],
        "bias": False,
        "initialization": {"weights": [[[3, 2], [4, 1], [5, 2]]]},
    },
    "loss": "squared_error",
    "data": {"inputs": [[1, 2]], "targets": [[1, 4, 4]]},
    "optimizer": {"method": "gradient_descent", "learning_rate": 0.1},
}


EXAMPLES: dict[str, Any] = {
    "one layer": {"summary": "One layer by hand, slides 35–42", "value": _ONE_LAYER},
    "two layers": {"summary": "The 2-3-3 network of slides 50–51", "value": {"preset": "lab-two-layer"}},
    "jacobians": {
        "summary": "One layer with its chain of Jacobians, slides 21–31",
        "value": _ONE_LAYER | {"include": ["jacobians"]},
    },
    "why": {
        "summary": "Why one number is what it is, slide 29",
        "value": _ONE_LAYER | {"why": "layers[0].weight_gradients[1][0]"},
    },
    "rows": {
        "summary": "A batch of two with the gradients of its rows, slides 52–54",
        "value": _ONE_LAYER
        | {"data": {"inputs": [[1, 2], [2, 0]], "targets": [[1, 4, 4], [6, 8, 9]]}, "include": ["row_gradients"]},
    },
}


class BackpropagationRequest(CreateRunRequest):
    """One update to look at: a run's configuration, and what else to tell of its first update. Nothing is stored."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ONE_LAYER]})

    sample: int = Field(default=0, ge=0, description="Row of the batch, from 0, for the Jacobians.", examples=[0])
    include: list[Literal["jacobians", "row_gradients", "curvature", "hessian", "diagnostics"]] = Field(
        default_factory=list,
        description="jacobians: the explicit chain of one sample; row_gradients: each sample's, before the mean; "
        "curvature: how the loss on all samples bends here, and the speed limit 2/λ; hessian: every second derivative, "
        "of up to 800 parameters; diagnostics: what is wrong here already, as units that no sample activates.",
        examples=[["jacobians"]],
    )
    why: str | None = Field(
        default=None,
        max_length=120,
        description="A number's name, its path in the answer: unfold it into what it is computed from.",
        examples=["layers[0].weight_gradients[1][0]"],
    )
    digits: int = Field(default=4, ge=1, le=17, description="Significant digits of the numbers in LaTeX.", examples=[4])


class UpdateLayerAnswer(LayerAnswer):
    """All numbers of one layer in one update, with the local derivatives."""

    activation: str = Field(examples=["relu"])
    activation_derivatives: Rows | None = Field(
        description="f′(z), one row a sample; null where outputs are coupled (softmax).", examples=[[[1, 1, 1]]]
    )
    activation_gradients: Rows = Field(
        description="∂L/∂h of this layer's h, one row a sample, without 1/m.", examples=[[[6, 2, 5]]]
    )


class UpdatedLayerAnswer(ParametersAnswer):
    """New parameters of one layer, and the new forward pass."""

    pre_activations: Rows = Field(examples=[[[4, 5, 6.5]]])
    activations: Rows = Field(examples=[[[4, 5, 6.5]]])


class RowGradientsAnswer(BaseModel):
    """One layer's gradients of each sample, before the mean."""

    weights: list[Rows] = Field(description="(m, out, in)", examples=[[[[6, 12], [2, 4], [5, 10]]]])
    biases: Rows | None = Field(description="(m, out)", examples=[None])
    weight_sums: list[Rows] = Field(
        description="(m, out, in): the sum of the first samples, up to each; the last one / m is the gradient.",
        examples=[[[[6, 12], [2, 4], [5, 10]]]],
    )
    bias_sums: Rows | None = Field(description="(m, out), the same of the biases.", examples=[None])


class BackpropagationAnswer(BaseModel):
    """Every number of one update; a number's name is its path here, as layers[0].weight_gradients[1][0]."""

    batch_size: int = Field(examples=[1])
    learning_rate: float = Field(examples=[0.1])
    inputs: Rows = Field(examples=[[[1, 2]]])
    targets: Rows = Field(examples=[[[1, 4, 4]]])
    loss_before: float | None = Field(examples=[32.5])
    loss_after: float | None = Field(examples=[8.125])
    losses: list[float | None] = Field(description="One a sample, before the update.", examples=[[32.5]])
    new_losses: list[float | None] = Field(description="One a sample, after the update.", examples=[[8.125]])
    loss_gradient: Rows = Field(description="∂L/∂ŷ, one row a sample, without 1/m.", examples=[[[6, 2, 5]]])
    layers: list[UpdateLayerAnswer]
    updated: list[UpdatedLayerAnswer]
    diverged: bool = Field(description="Whether a number is not finite; such numbers are null.", examples=[False])
    jacobians: JacobiansAnswer | None = Field(description="When include asks for it.")
    row_gradients: list[RowGradientsAnswer] | None = Field(description="When include asks for it.")
    curvature: CurvatureAnswer | None = Field(None, description="When include asks for it.")
    hessian: HessianAnswer | None = Field(None, description="When include asks for it.")
    diagnostics: list[dict[str, Any]] | None = Field(
        None, description="When include asks for it: what is wrong before the first update, as in a run's view."
    )
    why: WhyAnswer | None = Field(description="Of the number asked for.")
